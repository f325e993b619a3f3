/*
 * Keywords and the making of their automaton; see automaton.h. Keywords are put
 * into a tree, whose missing steps are then filled by those of the longest
 * suffix.
 */
#include <config.h>

#include "libprospect/targeting/automaton.h"

#include <stdlib.h>

#include "libprospect/base/folds.h"
#include "libprospect/base/text.h"

struct psp_keywords *
psp_keywords_new(struct psp_error *err)
{
	struct psp_keywords *keywords = calloc(1, sizeof(*keywords));

	if (keywords == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_map_init(&keywords->ids);
	psp_arena_init(&keywords->texts);
	psp_buffer_init(&keywords->scratch);
	return keywords;
}

void
psp_keywords_free(struct psp_keywords *keywords)
{
	if (keywords == NULL)
		return;
	psp_map_clear(&keywords->ids);
	psp_arena_clear(&keywords->texts);
	psp_buffer_clear(&keywords->scratch);
	free(keywords->words);
	free(keywords->next);
	free(keywords->states);
	free(keywords);
}

size_t
psp_keywords_count(const struct psp_keywords *keywords)
{
	return keywords->n_words;
}

/* Takes the stars off the ends of a word as written. */
static struct psp_slice
take_stars(struct psp_slice text, struct psp_keyword *word)
{
	text = psp_text_trim(text);
	word->is_open_left = text.size > 0 && text.bytes[0] == '*';
	if (word->is_open_left) {
		text.bytes++;
		text.size--;
	}
	word->is_open_right = text.size > 0 && text.bytes[text.size - 1] == '*';
	if (word->is_open_right)
		text.size--;
	return psp_text_trim(text);
}

static bool
has_word_character(struct psp_slice text)
{
	size_t at = 0;

	while (at < text.size)
		if (psp_character_is_word(psp_utf8_next(text, &at)))
			return true;
	return false;
}

bool
psp_keywords_add(struct psp_keywords *keywords, struct psp_slice word,
    size_t *id, struct psp_error *err)
{
	struct psp_buffer *key = &keywords->scratch;
	struct psp_map_entry *entry;
	struct psp_keyword added, *words;
	struct psp_slice text = take_stars(word, &added);
	const char *copy;
	bool is_new;

	if (memchr(text.bytes != NULL ? text.bytes : "", '*', text.size)
	    != NULL)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "keyword '%.*s': a '*' may only stand at an end, for a "
		    "stem such as logisti*",
		    PSP_SLICE_ARGS(word));
	if (!psp_keyword_normalize(key, text, err))
		return false;
	text = psp_text_trim(psp_buffer_content(key));
	if (!has_word_character(text))
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "keyword '%.*s' holds no letter or digit; give a word",
		    PSP_SLICE_ARGS(word));
	copy = psp_arena_copy(&keywords->texts, text, err);
	if (copy == NULL)
		return false;
	added.text = psp_slice(copy, text.size);
	/* An end that is no letter is whole whatever stands beside it. */
	if (!psp_word_begins_at(text, 0))
		added.is_open_left = true;
	if (!psp_word_ends_at(text, text.size))
		added.is_open_right = true;
	if (!psp_buffer_put(key, added.is_open_left ? '*' : '.', err)
	    || !psp_buffer_put(key, added.is_open_right ? '*' : '.', err)
	    || !psp_map_put(&keywords->ids, psp_buffer_content(key),
		keywords->n_words, &entry, &is_new, err))
		return false;
	*id = entry->value;
	if (!is_new)
		return true;
	words = psp_array_reserve(keywords->words, &keywords->words_capacity,
	    keywords->n_words + 1, sizeof(*words), err);
	if (words == NULL)
		return false;
	keywords->words = words;
	words[keywords->n_words++] = added;
	return true;
}

/* Gives bytes their classes and takes memory for the most states possible. */
static bool
make_room(struct psp_keywords *keywords, struct psp_error *err)
{
	size_t most = 1;

	memset(keywords->classes, 0, sizeof(keywords->classes));
	keywords->n_classes = 1;
	for (size_t i = 0; i < keywords->n_words; i++) {
		struct psp_slice text = keywords->words[i].text;

		most += text.size;
		for (size_t j = 0; j < text.size; j++) {
			unsigned char *class =
			    &keywords->classes[(unsigned char)text.bytes[j]];

			if (*class == 0)
				*class = (unsigned char)keywords->n_classes++;
		}
	}
	if (most >= PSP_IS_END / keywords->n_classes)
		return psp_error_memory(err);
	for (size_t c = 0; c < 128; c++)
		keywords->ascii_classes[c] = keywords->classes[(
		    unsigned char)psp_keyword_byte((char)psp_ascii_folds[c])];
	keywords->next =
	    calloc(most * keywords->n_classes, sizeof(*keywords->next));
	keywords->states = calloc(most, sizeof(*keywords->states));
	if (keywords->next == NULL || keywords->states == NULL)
		return psp_error_memory(err);
	keywords->states[0].word = PSP_NO_WORD;
	keywords->n_states = 1;
	return true;
}

/* Adds the path of word `i` to the tree. */
static void
add_path(struct psp_keywords *keywords, uint32_t i)
{
	struct psp_keyword *word = &keywords->words[i];
	uint32_t state = 0;

	for (size_t j = 0; j < word->text.size; j++) {
		unsigned char byte = (unsigned char)word->text.bytes[j];
		uint32_t *next = &keywords->next[state * keywords->n_classes
						 + keywords->classes[byte]];

		if (*next == 0) {
			*next = (uint32_t)keywords->n_states++;
			keywords->states[*next].word = PSP_NO_WORD;
		}
		state = *next;
	}
	word->same = keywords->states[state].word;
	keywords->states[state].word = i;
}

/*
 * Fills the missing steps breadth first: where the tree has none, the step of
 * the longest proper suffix stands.
 */
static bool
add_suffixes(struct psp_keywords *keywords, struct psp_error *err)
{
	size_t n_classes = keywords->n_classes, first = 0, last = 0;
	uint32_t *queue = calloc(keywords->n_states, sizeof(*queue));
	uint32_t *fail = calloc(keywords->n_states, sizeof(*fail));

	if (queue == NULL || fail == NULL) {
		free(queue);
		free(fail);
		return psp_error_memory(err);
	}
	for (size_t c = 0; c < n_classes; c++)
		if (keywords->next[c] != 0)
			queue[last++] = keywords->next[c];
	while (first < last) {
		uint32_t state = queue[first++];
		uint32_t *row = &keywords->next[state * n_classes];
		const uint32_t *back = &keywords->next[fail[state] * n_classes];
		uint32_t suffix = fail[state];

		keywords->states[state].suffix =
		    keywords->states[suffix].word != PSP_NO_WORD
			? suffix
			: keywords->states[suffix].suffix;
		for (size_t c = 0; c < n_classes; c++) {
			if (row[c] == 0) {
				row[c] = back[c];
			} else {
				fail[row[c]] = back[c];
				queue[last++] = row[c];
			}
		}
	}
	free(queue);
	free(fail);
	return true;
}

/* Lets states that end in a space stay there at the next; and steps lead to
 * where the row begins, marked when a word ends there. */
static void
finish_table(struct psp_keywords *keywords)
{
	size_t n_classes = keywords->n_classes;
	size_t space = keywords->classes[' '];

	for (size_t i = 0; space != 0 && i < keywords->n_states; i++) {
		uint32_t after = keywords->next[i * n_classes + space];

		/* The root is not after a space of a keyword. */
		if (after != 0)
			keywords->next[after * n_classes + space] = after;
	}
	for (size_t i = 0; i < keywords->n_states * n_classes; i++) {
		const struct psp_keyword_state *state =
		    &keywords->states[keywords->next[i]];
		uint32_t row = keywords->next[i] * (uint32_t)n_classes;

		if (state->word != PSP_NO_WORD || state->suffix != 0)
			row |= PSP_IS_END;
		keywords->next[i] = row;
	}
}

/* The piece of a keyword, between spaces, whose needle has the rarest anchor.
 */
static struct psp_needle
choose_needle(struct psp_slice text)
{
	struct psp_needle best = psp_needle_of(psp_slice(NULL, 0));

	while (text.size > 0) {
		const char *space = memchr(text.bytes, ' ', text.size);
		size_t size =
		    space != NULL ? (size_t)(space - text.bytes) : text.size;
		struct psp_needle needle =
		    psp_needle_of(psp_slice(text.bytes, size));

		if (needle.anchor != SIZE_MAX
		    && (best.anchor == SIZE_MAX || size > best.text.size))
			best = needle;
		size += space != NULL;
		text = psp_slice(text.bytes + size, text.size - size);
	}
	return best;
}

/* Looks for pieces first when there are few keywords, all with an anchor. */
static void
choose_needles(struct psp_keywords *keywords)
{
	keywords->n_needles = 0;
	if (keywords->n_words > PSP_MAX_KEYWORD_NEEDLES)
		return;
	for (size_t i = 0; i < keywords->n_words; i++) {
		keywords->needles[i] = choose_needle(keywords->words[i].text);
		if (keywords->needles[i].anchor == SIZE_MAX)
			return;
	}
	keywords->n_needles = keywords->n_words;
	keywords->are_single = true;
	for (size_t i = 0; i < keywords->n_words; i++)
		if (keywords->needles[i].text.size
		    != keywords->words[i].text.size)
			keywords->are_single = false;
}

bool
psp_keywords_compile(struct psp_keywords *keywords, struct psp_error *err)
{
	if (!make_room(keywords, err))
		return false;
	for (size_t i = 0; i < keywords->n_words; i++)
		add_path(keywords, (uint32_t)i);
	if (!add_suffixes(keywords, err))
		return false;
	finish_table(keywords);
	choose_needles(keywords);
	return true;
}
