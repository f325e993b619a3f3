/*
 * The automaton of Aho and Corasick, "Efficient string matching: an aid to
 * bibliographic search" (1975), made deterministic: one step a byte. Bytes are
 * first put into classes (those that keywords hold, and all others), so that a
 * row of the table is short.
 *
 * Texts and keywords are folded, and runs of white space, `-` and `_` are one
 * space. That a match is a whole word is checked at its ends only when it is
 * found.
 */
#include <config.h>

#include "libprospect/targeting/keywords.h"

#include <stdlib.h>

#include "libprospect/base/map.h"
#include "libprospect/base/text.h"

/* What a state has that ends no word. */
static const uint32_t no_word = UINT32_MAX;

struct word {
	struct psp_slice text;            /* normal form */
	bool is_open_left, is_open_right; /* a `*` there */
	uint32_t
	    same; /* a word of the same text with other stars, or no_word */
};

struct state {
	uint32_t word;   /* that ends here, or no_word */
	uint32_t suffix; /* the next state, by suffixes, that ends a word; 0 */
};

struct psp_keywords {
	struct psp_map ids; /* of words as normal form with their stars */
	struct word *words;
	size_t n_words, words_capacity;
	struct psp_arena texts;
	struct psp_buffer scratch;

	unsigned char classes[256]; /* 0: in no keyword */
	size_t n_classes;
	uint32_t *next; /* by state and class */
	struct state *states;
	size_t n_states;
};

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

/* Folds and makes one space of each run of spaces and dashes. */
static bool
normalize(
    struct psp_buffer *buffer, struct psp_slice text, struct psp_error *err)
{
	size_t kept = 0;

	buffer->size = 0;
	if (!psp_text_fold(buffer, text, err))
		return false;
	for (size_t i = 0; i < buffer->size; i++) {
		char c = buffer->bytes[i];

		if (c == '-' || c == '_')
			c = ' ';
		if (c != ' ' || kept == 0 || buffer->bytes[kept - 1] != ' ')
			buffer->bytes[kept++] = c;
	}
	buffer->size = kept;
	return true;
}

/* Takes the stars off the ends of a word as written. */
static struct psp_slice
take_stars(struct psp_slice text, struct word *word)
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
	struct word added, *words;
	struct psp_slice text = take_stars(word, &added);
	const char *copy;
	bool is_new;

	if (memchr(text.bytes != NULL ? text.bytes : "", '*', text.size)
	    != NULL)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "keyword '%.*s': a '*' may only stand at an end, for a "
		    "stem such as logisti*",
		    PSP_SLICE_ARGS(word));
	if (!normalize(key, text, err))
		return false;
	text = psp_text_trim(psp_buffer_content(key));
	if (!has_word_character(text))
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "keyword '%.*s' holds no letter or digit",
		    PSP_SLICE_ARGS(word));
	copy = psp_arena_copy(&keywords->texts, text, err);
	if (copy == NULL)
		return false;
	added.text = psp_slice(copy, text.size);
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
	if (most > UINT32_MAX / keywords->n_classes)
		return psp_error_memory(err);
	keywords->next =
	    calloc(most * keywords->n_classes, sizeof(*keywords->next));
	keywords->states = calloc(most, sizeof(*keywords->states));
	if (keywords->next == NULL || keywords->states == NULL)
		return psp_error_memory(err);
	keywords->states[0].word = no_word;
	keywords->n_states = 1;
	return true;
}

/* Adds the path of word `i` to the tree. */
static void
add_path(struct psp_keywords *keywords, uint32_t i)
{
	struct word *word = &keywords->words[i];
	uint32_t state = 0;

	for (size_t j = 0; j < word->text.size; j++) {
		unsigned char byte = (unsigned char)word->text.bytes[j];
		uint32_t *next = &keywords->next[state * keywords->n_classes
						 + keywords->classes[byte]];

		if (*next == 0) {
			*next = (uint32_t)keywords->n_states++;
			keywords->states[*next].word = no_word;
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
		    keywords->states[suffix].word != no_word
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

bool
psp_keywords_compile(struct psp_keywords *keywords, struct psp_error *err)
{
	if (!make_room(keywords, err))
		return false;
	for (size_t i = 0; i < keywords->n_words; i++)
		add_path(keywords, (uint32_t)i);
	return add_suffixes(keywords, err);
}

/* Whether a word character ends before `at` or begins there. */
static bool
is_word_before(struct psp_slice text, size_t at)
{
	size_t start = at;

	while (start > 0 && at - start < 4) {
		start--;
		if (((unsigned char)text.bytes[start] & 0xC0) != 0x80)
			break;
	}
	return start < at && psp_character_is_word(psp_utf8_next(text, &start));
}

static bool
is_word_at(struct psp_slice text, size_t at)
{
	return at < text.size
	       && psp_character_is_word(psp_utf8_next(text, &at));
}

/* Whether the word, found before `end`, stands there as a whole. */
static bool
is_whole(const struct word *word, struct psp_slice text, size_t end)
{
	size_t start = end - word->text.size;

	return (word->is_open_left || !is_word_before(text, start)
		   || !is_word_at(text, start))
	       && (word->is_open_right || !is_word_at(text, end)
		   || !is_word_before(text, end));
}

/* Marks the words that end at `end` in the state. */
static void
mark_words(const struct psp_keywords *keywords, uint32_t state,
    struct psp_slice text, size_t end, uint64_t *found)
{
	for (; state != 0; state = keywords->states[state].suffix) {
		uint32_t i = keywords->states[state].word;

		for (; i != no_word; i = keywords->words[i].same)
			if (is_whole(&keywords->words[i], text, end))
				found[i / 64] |= (uint64_t)1 << (i % 64);
	}
}

bool
psp_keywords_search(const struct psp_keywords *keywords, struct psp_slice text,
    uint64_t *found, struct psp_buffer *scratch, struct psp_error *err)
{
	uint32_t state = 0;

	if (!normalize(scratch, text, err))
		return false;
	text = psp_buffer_content(scratch);
	for (size_t i = 0; i < text.size; i++) {
		unsigned char class =
		    keywords->classes[(unsigned char)text.bytes[i]];

		state = keywords->next[state * keywords->n_classes + class];
		if (PSP_UNLIKELY(keywords->states[state].word != no_word
				 || keywords->states[state].suffix != 0))
			mark_words(keywords, state, text, i + 1, found);
	}
	return true;
}
