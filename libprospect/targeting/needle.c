/* Texts in cells as they stand; see the header. */
#include <config.h>

#include "libprospect/targeting/needle.h"

#include "libprospect/base/folds.h"
#include "libprospect/base/text.h"
#include "libprospect/stream/scan.h"
#include "libprospect/targeting/needle_look.h"

/*
 * Bytes that may be anchors, rarest in French first (letters by their frequency
 * in running text). Left out is what an unsuspicious character beyond ASCII
 * folds to: the vowels, c d n s y, digits, blanks, ' - . and !.
 */
static const char anchors[] = "@#+&/_:=%kwxzjqgbfhvpmrlt";

/* The frequency of letters in French running text, in thousandths. */
static const unsigned char frequencies[26] = { 76, 9, 33, 37, 147, 11, 9, 7, 75,
	6, 1, 55, 30, 71, 55, 30, 14, 66, 79, 72, 63, 18, 1, 4, 3, 1 };

/* That of a letter or digit beside `other`, else 0. */
static size_t
frequency(char c, char other)
{
	if (c == 'u' && other == 'q') /* nothing but u comes after q */
		return 1000;
	if (c >= 'a' && c <= 'z')
		return frequencies[c - 'a'];
	return c >= '0' && c <= '9' ? 5 : 0;
}

/* The place of the rarer of the two letters beside that at `place`. */
static size_t
rarer_beside(const char triple[3], size_t place)
{
	size_t a = place == 0 ? 1 : 0, b = place == 2 ? 1 : 2;

	return frequency(triple[a], '\0') < frequency(triple[b], triple[b - 1])
	           ? a
	           : b;
}

/* Of the anchor and two bytes beside it the rarest three, if there are such. */
static void
choose_triple(struct psp_needle *needle)
{
	const char *p = needle->text.bytes;
	size_t size = needle->text.size, anchor = needle->anchor;
	size_t rarest = SIZE_MAX;

	needle->has_triple = false;
	needle->pass = psp_needle_skip_best();
	for (size_t place = 0; place < 3 && anchor != SIZE_MAX; place++) {
		size_t first = anchor - place, all;

		if (place > anchor || size - first < 3)
			continue;
		all = frequency(p[first], '\0')
		      * frequency(p[first + 1], p[first])
		      * frequency(p[first + 2], p[first + 1]);
		if (all == 0 || all >= rarest)
			continue;
		rarest = all;
		needle->has_triple = true;
		needle->place = place;
		needle->beside = rarer_beside(p + first, place);
		memcpy(needle->triple, p + first, sizeof(needle->triple));
	}
	for (size_t i = 0; i < 3; i++) {
		memset(needle->letters[i], needle->triple[i],
		    sizeof(needle->letters[i]));
		memset(needle->beyond[i], i == needle->place ? 0 : 0x80,
		    sizeof(needle->beyond[i]));
	}
}

struct psp_needle
psp_needle_of(struct psp_slice text)
{
	struct psp_needle needle = { .text = text, .anchor = SIZE_MAX };

	for (const char *p = anchors; *p != '\0' && text.size > 0; p++) {
		const char *found = memchr(text.bytes, *p, text.size);

		if (found == NULL)
			continue;
		needle.anchor = (size_t)(found - text.bytes);
		break;
	}
	choose_triple(&needle);
	return needle;
}

/* Whether the character at `p` is one of the usual ones beyond U+00FF: the
 * ligatures oe, punctuation of U+2000 to U+203F, the euro sign. */
static bool
is_usual(const unsigned char *p, size_t size)
{
	if (size >= 2 && p[0] == 0xC5)
		return p[1] == 0x92 || p[1] == 0x93;
	if (size >= 3 && p[0] == 0xE2)
		return p[1] == 0x80 || (p[1] == 0x82 && p[2] == 0xAC);
	return false;
}

/*
 * Compares the start of `cell` with that of `text` folded. True when all of the
 * text was found; `*used` is then what it took of the cell, SIZE_MAX where it
 * ends amid the letters of one character.
 */
static bool
matches_right(struct psp_slice cell, struct psp_slice text, size_t *used)
{
	const unsigned char *p = (const unsigned char *)cell.bytes;
	char folded[PSP_FOLDED_SIZE];
	size_t at = 0, i = 0, n;
	bool is_amid = false;

	while (i < text.size) {
		if (at == cell.size)
			return false;
		if (p[at] < 0x80) {
			if ((char)psp_ascii_folds[p[at++]] != text.bytes[i++])
				return false;
			continue;
		}
		n = psp_text_fold_next(cell, &at, folded);
		is_amid = n > text.size - i;
		if (is_amid)
			n = text.size - i;
		if (n > 0 && memcmp(folded, text.bytes + i, n) != 0)
			return false;
		i += n;
	}
	*used = is_amid ? SIZE_MAX : at;
	return true;
}

size_t
psp_character_before(struct psp_slice cell, size_t end)
{
	size_t start = end - 1, at;

	while (start > 0 && end - start < 4
	       && ((unsigned char)cell.bytes[start] & 0xC0) == 0x80)
		start--;
	at = start;
	(void)psp_utf8_next(cell, &at);
	return at == end ? start : end - 1; /* no UTF-8: byte by byte */
}

bool
psp_folded_ends_from(
    struct psp_slice cell, struct psp_slice text, size_t *start)
{
	const unsigned char *p = (const unsigned char *)cell.bytes;
	char folded[PSP_FOLDED_SIZE];
	size_t end = cell.size, i = text.size, n, at;

	while (i > 0) {
		if (end == 0)
			return false;
		if (p[end - 1] < 0x80) {
			if ((char)psp_ascii_folds[p[--end]] != text.bytes[--i])
				return false;
			continue;
		}
		end = at = psp_character_before(cell, end);
		n = psp_text_fold_next(cell, &at, folded);
		if (n > i) { /* the last of its letters */
			*start = SIZE_MAX;
			return memcmp(folded + n - i, text.bytes, i) == 0;
		}
		i -= n;
		if (n > 0 && memcmp(folded, text.bytes + i, n) != 0)
			return false;
	}
	*start = end;
	return true;
}

/* Not 0 in bytes that the anchor may be or that begin a suspect character; the
 * lowest bit set is right, as in psp_word_zeros. */
static uint64_t
marks(uint64_t word, uint64_t letter, uint64_t case_bit)
{
	uint64_t low = word & psp_word_spread(0x7F);
	uint64_t suspects = (low + psp_word_spread(0x100 - PSP_FIRST_SUSPECT))
	                    & word & psp_word_spread(0x80);

	return psp_word_zeros((word | case_bit) ^ letter) | suspects;
}

/* Whether the text stands around the anchor at `at`. */
static bool
stands_at(const struct psp_needle *needle, struct psp_slice cell, size_t at,
    struct psp_found *found)
{
	struct psp_slice text = needle->text;
	size_t used;

	if (!matches_right(psp_slice(cell.bytes + at, cell.size - at),
		psp_slice(
		    text.bytes + needle->anchor, text.size - needle->anchor),
		&used)
	    || !psp_folded_ends_from(psp_slice(cell.bytes, at),
		psp_slice(text.bytes, needle->anchor), &found->start))
		return false;
	found->anchor = at;
	found->end = used == SIZE_MAX ? used : at + used;
	return true;
}

/* The next place of a needle by its anchor alone. */
static enum psp_find
find_anchor(const struct psp_needle *needle, struct psp_slice cell,
    struct psp_found *found)
{
	const unsigned char *p = (const unsigned char *)cell.bytes;
	size_t at = found->anchor;
	unsigned char letter, case_bit;
	uint64_t letters, case_bits;

	letter = (unsigned char)needle->text.bytes[needle->anchor];
	case_bit = letter >= 'a' && letter <= 'z' ? 0x20 : 0;
	letters = psp_word_spread(letter);
	case_bits = psp_word_spread(case_bit);
	while (at < cell.size) {
		if (cell.size - at >= 8) {
			uint64_t marked = marks(
			    psp_word_load(cell.bytes + at), letters, case_bits);

			if (marked == 0) {
				at += 8;
				continue;
			}
			at += psp_word_first(marked);
		}
		if ((p[at] | case_bit) == letter) {
			if (stands_at(needle, cell, at, found))
				return PSP_FIND_YES;
		} else if (p[at] >= PSP_FIRST_SUSPECT
			   && !is_usual(p + at, cell.size - at)) {
			return PSP_FIND_UNSURE;
		}
		at++;
	}
	return PSP_FIND_NO;
}

/* Whether there is a suspect character in the cell that is none of the usual
 * ones, from `at` on among `n` bytes. */
static bool
holds_suspect(struct psp_slice cell, size_t at, size_t n)
{
	const unsigned char *p = (const unsigned char *)cell.bytes;

	for (size_t end = at + n; at < end && at < cell.size; at++)
		if (p[at] >= PSP_FIRST_SUSPECT
		    && !is_usual(p + at, cell.size - at))
			return true;
	return false;
}

/*
 * The next place of a needle by its triple. `bytes` are those of the cell and,
 * of a short one, zeros behind, `size` in all: PSP_LOOK_SIZE at least.
 */
static enum psp_find
find_triple(const struct psp_needle *needle, struct psp_slice cell,
    const char *bytes, size_t size, struct psp_found *found)
{
	size_t at = 0, from;

	if (found->anchor > needle->place)
		at = found->anchor - needle->place;
	for (; at + 2 < size; at = from + PSP_LOOK_PLACES) {
		struct psp_look look;

		from = needle->pass(needle, bytes, at, size);
		if (from == size)
			break;
		look = psp_needle_look(needle, bytes + from);
		if (at < from)
			at = from;
		look.places &= UINT32_MAX << (at - from);
		for (; look.places != 0; look.places &= look.places - 1) {
			size_t anchor =
			    from + psp_lowest_bit(look.places) + needle->place;

			if (anchor < cell.size
			    && stands_at(needle, cell, anchor, found))
				return PSP_FIND_YES;
		}
		if (PSP_UNLIKELY(look.has_suspect)
		    && holds_suspect(cell, from, PSP_LOOK_SIZE))
			return PSP_FIND_UNSURE;
	}
	return PSP_FIND_NO;
}

/* The same of a cell that is shorter than what is looked at. */
static PSP_NOINLINE enum psp_find
find_in_short(const struct psp_needle *needle, struct psp_slice cell,
    struct psp_found *found)
{
	char room[PSP_LOOK_SIZE] = { 0 };

	if (cell.size > 0)
		memcpy(room, cell.bytes, cell.size);
	return find_triple(needle, cell, room, sizeof(room), found);
}

enum psp_find
psp_needle_next(const struct psp_needle *needle, struct psp_slice cell,
    struct psp_found *found)
{
	if (needle->anchor == SIZE_MAX)
		return PSP_FIND_UNSURE;
	if (!needle->has_triple)
		return find_anchor(needle, cell, found);
	if (cell.size < PSP_LOOK_SIZE)
		return find_in_short(needle, cell, found);
	return find_triple(needle, cell, cell.bytes, cell.size, found);
}

enum psp_find
psp_needle_find(const struct psp_needle *needle, struct psp_slice cell)
{
	struct psp_found found = { 0, 0, 0 };

	return psp_needle_next(needle, cell, &found);
}

bool
psp_folded_begins(struct psp_slice cell, struct psp_slice text)
{
	size_t used;

	return matches_right(cell, text, &used);
}

bool
psp_folded_ends(struct psp_slice cell, struct psp_slice text)
{
	size_t start;

	return psp_folded_ends_from(cell, text, &start);
}

bool
psp_folded_is(struct psp_slice cell, struct psp_slice text)
{
	char folded[PSP_FOLDED_SIZE];
	size_t at = 0, i = 0, n;

	while (at < cell.size) {
		n = psp_text_fold_next(cell, &at, folded);
		if (n > text.size - i
		    || (n > 0 && memcmp(folded, text.bytes + i, n) != 0))
			return false;
		i += n;
	}
	return i == text.size;
}
