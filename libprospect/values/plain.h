/*
 * What the readers of codes and names share: a cell as plain words, a lookup
 * in a sorted list of names, and which characters only part digits. Nothing
 * here allocates.
 */
#ifndef PSP_VALUES_PLAIN_H
#define PSP_VALUES_PLAIN_H

#include <stdint.h>

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"

enum { PSP_PLAIN_SIZE = 128, PSP_PLAIN_WORDS = 24 };

/*
 * The words of a cell: runs of letters and digits, folded, `&` as "et", "st"
 * as "saint". They lie one after the other in `text` with nothing between, so
 * that any run of words is a key too.
 */
struct psp_plain {
	char text[2 * PSP_PLAIN_SIZE];
	struct psp_slice words[PSP_PLAIN_WORDS];
	size_t n_words;
};

/* False for what no list has: a cell that is longer than any name we know,
 * begins with a sign, or has bytes that are neither Latin letters, digits,
 * spaces nor the marks of names. */
PSP_NODISCARD bool psp_plain_read(
    struct psp_slice cell, struct psp_plain *plain);

/* The words from `first` on, `n` of them (at least one), as one key. */
struct psp_slice psp_plain_key(
    const struct psp_plain *plain, size_t first, size_t n);

/* A name and what it stands for. Lists of them are sorted by name. */
struct psp_plain_name {
	const char *name;
	const char *meaning;
};

/* The meaning of `name` in the `n` sorted `aliases`, or NULL. */
const char *psp_plain_find(
    const struct psp_plain_name *aliases, size_t n, struct psp_slice name);

/* White space of every kind, and marks that have no width. */
bool psp_plain_is_space(uint32_t character);

/* The same, and dots and dashes: what people put between digits. */
bool psp_plain_is_gap(uint32_t character);

#endif
