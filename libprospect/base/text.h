/*
 * Text as people compare it: without case and accents; header names without
 * punctuation too; the nearest of some names; control characters made visible.
 * The only file that meets utf8proc is text.c.
 */
#ifndef PSP_BASE_TEXT_H
#define PSP_BASE_TEXT_H

#include <stdint.h>

#include "libprospect/base/buffer.h"

/* Whether the bytes are well-formed UTF-8 (RFC 3629: no surrogates). */
bool psp_utf8_valid(struct psp_slice text);

/*
 * Decodes the character at `text.bytes[*at]` and moves `*at` past it. Returns
 * U+FFFD for a byte that is no UTF-8, and moves by one. `*at` < text.size.
 */
uint32_t psp_utf8_next(struct psp_slice text, size_t *at);

/* `text` without white space at both ends (U+00A0 and U+202F too). */
struct psp_slice psp_text_trim(struct psp_slice text);

/*
 * Appends `text` folded: no case, no accents, ligatures opened (oe, ae, ss),
 * NFC and NFD alike, every kind of space as ' ' and of apostrophe as '\''.
 * Bytes that are no UTF-8 stay. ASCII costs one pass. Fails with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_text_fold(
    struct psp_buffer *buffer, struct psp_slice text, struct psp_error *err);

/* The most bytes that a character folds to. */
enum { PSP_FOLDED_SIZE = 128 };

/*
 * Writes the folded form of the character at `text.bytes[*at]`, which does not
 * hang on its neighbours, moves `*at` past it and returns the size (perhaps 0).
 * `*at` < text.size.
 */
size_t psp_text_fold_next(
    struct psp_slice text, size_t *at, char folded[PSP_FOLDED_SIZE]);

/* Whether both texts fold to the same bytes: they differ in case and accents
 * at most. */
bool psp_text_same(struct psp_slice a, struct psp_slice b);

/*
 * The same folding into `folded`, which holds `capacity` bytes and gets no
 * NUL: for readers of values, which may not allocate. Returns false when it
 * does not fit.
 */
PSP_NODISCARD bool psp_text_fold_into(
    struct psp_slice text, char *folded, size_t capacity, size_t *size);

/* A letter of ASCII in lower case; other bytes stay. */
static inline char
psp_text_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

/* Whether the byte joins words and does not count in a key. */
static inline bool
psp_text_is_joint(char c)
{
	switch (c) {
	case ' ':
	case '.':
	case '-':
	case '_':
	case '\'':
	case '/':
		return true;
	default:
		return false;
	}
}

/*
 * Appends the key of a header or a settings name: folded, and without spaces,
 * dots, dashes, underscores, apostrophes and slashes. "Chiffre d'affaires",
 * "chiffre_d_affaires" have the same key. Fails with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_text_key(
    struct psp_buffer *buffer, struct psp_slice text, struct psp_error *err);

/* The same key into `key`, as psp_text_fold_into does. */
PSP_NODISCARD bool psp_text_key_into(
    struct psp_slice text, char *key, size_t capacity, size_t *size);

/*
 * Appends `text` with control characters (C0, C1, DEL), directional ones
 * (U+202A-E, U+2066-9), U+FEFF and bytes that are no UTF-8 written as \xNN or
 * \u{NNNN}. Fails with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_text_visible(
    struct psp_buffer *buffer, struct psp_slice text, struct psp_error *err);

/* The beginning of `text` made visible, as many whole characters as go into
 * `size` bytes with the NUL. `scratch` is reused. PSP_ENOMEM. */
PSP_NODISCARD bool psp_text_visible_cut(struct psp_slice text, char *out,
    size_t size, struct psp_buffer *scratch, struct psp_error *err);

/* Whether the character is part of a word: a letter, a mark or a digit. */
bool psp_character_is_word(uint32_t character);

/* Columns that `text` takes on a terminal; controls count as 0. */
size_t psp_text_width(struct psp_slice text);

/*
 * The name nearest to `name` among `names` (edits with swaps of neighbours,
 * case and punctuation not counting), or an empty slice when none is near:
 * more than a third of the letters differ.
 */
struct psp_slice psp_text_nearest(
    struct psp_slice name, struct psp_slices names);

#endif
