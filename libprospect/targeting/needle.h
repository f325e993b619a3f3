/*
 * Looking for a folded text in a cell as it stands, without folding the cell.
 *
 * Of the text one byte is chosen, the anchor, which no accented letter folds
 * to: 'g' of "logiciel". It is looked for with two letters beside it, "gic", at
 * many places at once, in both cases; where they stand, the rest is compared
 * character by character, to the right and to the left. Characters that may
 * fold to anything (beyond U+00FF but for a few usual ones) end the search
 * unsure: then the cell is to be folded.
 *
 *   cell     Éditeur de LOGICIELS    the anchor at 14
 *   text               logiciel      folded, compared both ways from there
 */
#ifndef PSP_TARGETING_NEEDLE_H
#define PSP_TARGETING_NEEDLE_H

#include <stdint.h>

#include "libprospect/base/slice.h"

struct psp_needle;

/*
 * The first place from `at` on, among `size` bytes (PSP_LOOK_SIZE at least), at
 * which a look for the needle may see something (needle_look.h): it goes back
 * from the end where the last look needs that. `size`: there is none.
 */
typedef size_t psp_needle_skip_fn(
    const struct psp_needle *needle, const char *bytes, size_t at, size_t size);

struct psp_needle {
	struct psp_slice text; /* folded; borrowed */
	size_t anchor;         /* place of the anchor in it; SIZE_MAX: none */
	bool has_triple;
	char triple[3]; /* the anchor and two letters or digits beside it */
	size_t place;   /* of the anchor in those */
	size_t beside;  /* of the rarer of the others */
	/* The same sixteen times over, and the highest bit where a byte beyond
	 * ASCII may stand instead. */
	char letters[3][16], beyond[3][16];
	psp_needle_skip_fn *pass; /* the best that the processor can run */
};

/* The least byte that begins a character which may fold to an anchor. */
enum { PSP_FIRST_SUSPECT = 0xC4 };

enum psp_find { PSP_FIND_NO, PSP_FIND_YES, PSP_FIND_UNSURE };

/* The needle of a folded text: its rarest byte that may be an anchor. */
struct psp_needle psp_needle_of(struct psp_slice text);

/* Whether the folded `cell` holds the text. Without an anchor, or with
 * characters that may fold to it, UNSURE. */
enum psp_find psp_needle_find(
    const struct psp_needle *needle, struct psp_slice cell);

/* Where a text stands in a cell. */
struct psp_found {
	size_t anchor; /* the place of the anchor; where to begin, 0 at first */
	size_t start, end; /* of the text; SIZE_MAX amid the letters of one
	                    * character */
};

/* The same from `found->anchor` on; on YES `found` tells where, and to find the
 * next the caller adds 1 to the anchor. */
enum psp_find psp_needle_next(const struct psp_needle *needle,
    struct psp_slice cell, struct psp_found *found);

/* Whether the folded `cell` begins with, ends with, or is the folded `text`. */
bool psp_folded_begins(struct psp_slice cell, struct psp_slice text);
bool psp_folded_ends(struct psp_slice cell, struct psp_slice text);
bool psp_folded_is(struct psp_slice cell, struct psp_slice text);

/* As psp_folded_ends; `*start` is where the text begins in the cell, SIZE_MAX
 * when that is amid the letters of one character. */
bool psp_folded_ends_from(
    struct psp_slice cell, struct psp_slice text, size_t *start);

/* The start of the character that ends before `end`, above 0. */
size_t psp_character_before(struct psp_slice text, size_t end);

#endif
