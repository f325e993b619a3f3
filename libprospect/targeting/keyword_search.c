/*
 * Running the automaton of keywords over texts as they stand; see automaton.h.
 *
 * That a match is a whole word is checked at its ends only when it is found.
 * Where that takes more than the ASCII around it, the text is brought into
 * normal form after all, once. Of few keywords a piece is looked for first,
 * since most texts hold none.
 */
#include <config.h>

#include "libprospect/base/folds.h"
#include "libprospect/base/text.h"
#include "libprospect/targeting/automaton.h"

bool
psp_keyword_normalize(
    struct psp_buffer *buffer, struct psp_slice text, struct psp_error *err)
{
	size_t kept = 0;

	buffer->size = 0;
	if (!psp_text_fold(buffer, text, err))
		return false;
	for (size_t i = 0; i < buffer->size; i++) {
		char c = psp_keyword_byte(buffer->bytes[i]);

		if (c != ' ' || kept == 0 || buffer->bytes[kept - 1] != ' ')
			buffer->bytes[kept++] = c;
	}
	buffer->size = kept;
	return true;
}

bool
psp_word_ends_at(struct psp_slice text, size_t at)
{
	size_t start = at;

	while (start > 0 && at - start < 4) {
		start--;
		if (((unsigned char)text.bytes[start] & 0xC0) != 0x80)
			break;
	}
	return start < at && psp_character_is_word(psp_utf8_next(text, &start));
}

bool
psp_word_begins_at(struct psp_slice text, size_t at)
{
	return at < text.size
	       && psp_character_is_word(psp_utf8_next(text, &at));
}

/* Whether the word, found before `end` of a text in normal form, stands there
 * as a whole. */
static bool
is_whole(const struct psp_keyword *word, struct psp_slice text, size_t end)
{
	size_t start = end - word->text.size;

	return (word->is_open_left || !psp_word_ends_at(text, start))
	       && (word->is_open_right || !psp_word_begins_at(text, end));
}

static void
mark(uint64_t *found, uint32_t word)
{
	found[word / 64] |= (uint64_t)1 << (word % 64);
}

/* Searches a text that is brought into normal form. */
static bool
search_normal(const struct psp_keywords *keywords, struct psp_slice text,
    uint64_t *found, struct psp_buffer *scratch, struct psp_error *err)
{
	size_t n_classes = keywords->n_classes, row = 0;

	if (!psp_keyword_normalize(scratch, text, err))
		return false;
	text = psp_buffer_content(scratch);
	for (size_t end = 1; end <= text.size; end++) {
		unsigned char byte = (unsigned char)text.bytes[end - 1];
		uint32_t step = keywords->next[row + keywords->classes[byte]];
		uint32_t state;

		row = step & ~PSP_IS_END;
		if ((step & PSP_IS_END) == 0)
			continue;
		state = (uint32_t)(row / n_classes);
		for (; state != 0; state = keywords->states[state].suffix) {
			uint32_t i = keywords->states[state].word;

			for (; i != PSP_NO_WORD; i = keywords->words[i].same)
				if (is_whole(&keywords->words[i], text, end))
					mark(found, i);
		}
	}
	return true;
}

/* Whether an ASCII byte is a letter or a digit: what psp_character_is_word says
 * of it. */
static inline bool
is_ascii_word(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26
	       || (unsigned char)(c - '0') < 10;
}

static inline bool
is_ascii(char c)
{
	return ((unsigned char)c & 0x80) == 0;
}

/* Whether the character of a text at `at` begins with a part of a word when
 * it is folded. False for `*is_plain` when that hangs on those after it. */
static bool
begins_word(struct psp_slice text, size_t at, bool *is_plain)
{
	char folded[PSP_FOLDED_SIZE];
	size_t size, first = 0;

	if (at == text.size)
		return false;
	if (is_ascii(text.bytes[at]))
		return is_ascii_word(text.bytes[at]);
	size = psp_text_fold_next(text, &at, folded);
	if (size == 0) {
		*is_plain = false;
		return false;
	}
	return psp_character_is_word(
	    psp_utf8_next(psp_slice(folded, size), &first));
}

/* The same of the character before `at`, and its end. */
static bool
ends_word(struct psp_slice text, size_t at, bool *is_plain)
{
	char folded[PSP_FOLDED_SIZE];
	size_t size;

	if (at == 0)
		return false;
	if (is_ascii(text.bytes[at - 1]))
		return is_ascii_word(text.bytes[at - 1]);
	at = psp_character_before(text, at);
	size = psp_text_fold_next(text, &at, folded);
	if (size == 0)
		*is_plain = false;
	return psp_word_ends_at(psp_slice(folded, size), size);
}

/*
 * Marks the words that end before `end` of a text as it stands. False when only
 * its normal form tells whether they are whole.
 */
static bool
mark_words(const struct psp_keywords *keywords, uint32_t state,
    struct psp_slice text, size_t end, uint64_t *found)
{
	for (; state != 0; state = keywords->states[state].suffix) {
		uint32_t i = keywords->states[state].word;

		for (; i != PSP_NO_WORD; i = keywords->words[i].same) {
			const struct psp_keyword *word = &keywords->words[i];
			bool is_plain = true, is_part = false;
			size_t start;

			if (!word->is_open_left) {
				/* Dashes and runs of spaces are not told. */
				is_plain = psp_folded_ends_from(
					       psp_slice(text.bytes, end),
					       word->text, &start)
				           && start != SIZE_MAX;
				is_part = is_plain
				          && ends_word(text, start, &is_plain);
			}
			if (!word->is_open_right)
				is_part = begins_word(text, end, &is_plain)
				          || is_part;
			if (!is_plain)
				return false;
			if (!is_part)
				mark(found, i);
		}
	}
	return true;
}

/*
 * Looks for keyword `i`, which is one piece, and marks it. False when only the
 * normal form tells.
 */
static bool
mark_single(const struct psp_keywords *keywords, size_t i,
    struct psp_slice text, uint64_t *found)
{
	const struct psp_keyword *word = &keywords->words[i];
	struct psp_found at = { 0, 0, 0 };
	bool is_plain = true, is_part;

	for (;; at.anchor++) {
		switch (psp_needle_next(&keywords->needles[i], text, &at)) {
		case PSP_FIND_NO:
			return true;
		case PSP_FIND_UNSURE:
			return false;
		case PSP_FIND_YES:
			break;
		}
		if (at.start == SIZE_MAX || at.end == SIZE_MAX)
			return false;
		is_part = (!word->is_open_left
			      && ends_word(text, at.start, &is_plain))
		          || (!word->is_open_right
			      && begins_word(text, at.end, &is_plain));
		if (!is_plain)
			return false;
		if (!is_part) {
			mark(found, (uint32_t)i);
			return true;
		}
	}
}

/* Whether the few keywords, or pieces of them, tell all there is to find. */
static bool
search_pieces(
    const struct psp_keywords *keywords, struct psp_slice text, uint64_t *found)
{
	for (size_t i = 0; i < keywords->n_needles; i++) {
		if (keywords->are_single) {
			if (!mark_single(keywords, i, text, found))
				return false;
		} else if (psp_needle_find(&keywords->needles[i], text)
			   != PSP_FIND_NO) {
			return false;
		}
	}
	return keywords->n_needles > 0;
}

/* Steps over a character beyond ASCII. False where a word ends in it: its
 * letters are told apart by the normal form only. */
static bool
step_over(const struct psp_keywords *keywords, struct psp_slice text,
    size_t *at, uint32_t *row)
{
	char folded[PSP_FOLDED_SIZE];
	size_t size = psp_text_fold_next(text, at, folded);

	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)psp_keyword_byte(folded[i]);

		*row = keywords->next[*row + keywords->classes[byte]];
		if ((*row & PSP_IS_END) != 0)
			return false;
	}
	return true;
}

bool
psp_keywords_search(const struct psp_keywords *keywords, struct psp_slice text,
    uint64_t *found, struct psp_buffer *scratch, struct psp_error *err)
{
	const unsigned char *p = (const unsigned char *)text.bytes;
	uint32_t row = 0;
	size_t at = 0;

	if (search_pieces(keywords, text, found))
		return true;
	while (at < text.size) {
		if (PSP_UNLIKELY(p[at] >= 0x80)) {
			if (!step_over(keywords, text, &at, &row))
				return search_normal(
				    keywords, text, found, scratch, err);
			continue;
		}
		row = keywords->next[row + keywords->ascii_classes[p[at++]]];
		if (PSP_LIKELY((row & PSP_IS_END) == 0))
			continue;
		row &= ~PSP_IS_END;
		if (!mark_words(keywords, row / (uint32_t)keywords->n_classes,
			text, at, found))
			return search_normal(
			    keywords, text, found, scratch, err);
	}
	return true;
}
