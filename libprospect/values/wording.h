/*
 * How a cell is worded: folded, single spaces, punctuation kept (plain.h drops
 * it), in a buffer of the caller, so that readers of amounts of time and
 * people compare words without allocating. This is their long way: digits and
 * ISO dates are read from the cell itself.
 */
#ifndef PSP_VALUES_WORDING_H
#define PSP_VALUES_WORDING_H

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"

enum { PSP_WORDING_SIZE = 96 };

struct psp_wording {
	char bytes[PSP_WORDING_SIZE];
	size_t size;
};

/*
 * Folds `cell` as psp_text_fold does, with single spaces and none at the ends.
 * False when the result does not fit: it is then none of our words.
 */
PSP_NODISCARD bool psp_wording_read(
    struct psp_slice cell, struct psp_wording *wording);

static inline struct psp_slice
psp_wording_slice(const struct psp_wording *wording)
{
	return psp_slice(wording->bytes, wording->size);
}

/*
 * Parts `text` at any byte of `separators` into `words`, empty ones left out.
 * Returns their number, or `max` + 1 when there are more than `max`.
 */
size_t psp_wording_split(struct psp_slice text, const char *separators,
    struct psp_slice *words, size_t max);

/* A word and what it means to a reader (0 or more). */
struct psp_word_meaning {
	const char *word;
	int meaning;
};

/* The meaning of `word` in a table of `n` words, or -1. */
int psp_word_find(
    struct psp_slice word, const struct psp_word_meaning *table, size_t n);

/* The value of `text` when it is all digits, one to nine of them; else -1. */
int psp_word_integer(struct psp_slice text);

/* The number, 1 to 31, that a word says ("un", "three", "douze"), or -1. */
int psp_word_numeral(struct psp_slice word);

#endif
