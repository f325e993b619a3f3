/*
 * The part of a scanner that is the same for all instruction sets: quotes and
 * proofs are resolved on the masks of byte classes. Included once by each
 * scan-*.c, which has defined before
 *
 *   PSP_TARGET      the attribute that its functions carry, or nothing
 *   struct needles  what to look for, as it wants to have it; prepare()
 *   classify()      the masks of one word of 64 bytes; `open` is not 0 when
 *                   it begins inside or just behind quotes, or behind a CR
 *   saw_nul()       whether classify() has met a NUL so far
 *   is_doubtful()   whether a word after another is perhaps no UTF-8
 *   prefix_xor()    bit i of the result is the xor of bits 0 to i
 */
#ifndef PSP_STREAM_SCAN_WORDS_H
#define PSP_STREAM_SCAN_WORDS_H

#include <string.h>

/* What resolving one word gives. */
struct resolved {
	uint64_t ends;     /* separators and line ends outside quotes */
	uint64_t newlines; /* line ends outside quotes */
	uint64_t irregular;
};

/* Resolves a word by what its quotes and CR say. `valid` has the bits of the
 * bytes that count, a run that begins at bit `first`. */
PSP_TARGET static inline struct resolved
resolve(const struct classes *classes, uint64_t valid, unsigned first,
    struct psp_scan_state *state)
{
	uint64_t quote = classes->quote & valid;
	uint64_t newline = classes->newline & valid;
	uint64_t separator = (classes->separator & valid) | newline;
	uint64_t inside = prefix_xor(quote) ^ state->in_quotes;
	uint64_t opens = quote & inside;
	uint64_t closes = quote & ~inside;
	uint64_t cr = classes->cr & valid & ~inside;
	uint64_t ends = separator & ~inside;
	uint64_t may_open = ((ends | closes) << 1) | (state->may_open << first);
	uint64_t closed = (closes << 1) | (state->has_closed << first);
	uint64_t after_cr = (cr << 1) | (state->had_cr << first);
	struct resolved resolved;

	resolved.ends = ends;
	resolved.newlines = newline & ~inside;
	resolved.irregular =
	    valid
	    & ((opens & ~may_open) | (closed & ~(separator | quote | cr))
		| (after_cr & ~newline));
	state->in_quotes = (uint64_t)((int64_t)inside >> 63);
	state->may_open = (ends | closes) >> 63;
	state->has_closed = closes >> 63;
	state->had_cr = cr >> 63;
	return resolved;
}

/* The same for a word without quotes and CR, outside quotes. */
PSP_TARGET static inline struct resolved
resolve_plain(const struct classes *classes, struct psp_scan_state *state)
{
	struct resolved resolved;

	resolved.newlines = classes->newline;
	resolved.ends = classes->separator | classes->newline;
	resolved.irregular = 0;
	state->may_open = resolved.ends >> 63;
	return resolved;
}

/* Whether quotes and CR play no part in a word. */
PSP_TARGET static inline bool
is_plain(const struct classes *classes, const struct psp_scan_state *state)
{
	return (classes->quote | classes->cr | state->in_quotes
		   | state->has_closed | state->had_cr)
	       == 0;
}

/* The masks of a window, before its record ends are noted. */
struct masks {
	uint64_t newlines[PSP_SCAN_WORDS]; /* outside quotes */
	uint64_t all_newlines[PSP_SCAN_WORDS];
	size_t n_words;   /* known so far */
	size_t irregular; /* the first byte not regular; SIZE_MAX: none */
	uint64_t high;    /* bit w: word w holds bytes beyond ASCII, or the one
	                   * before ended in them */
	bool has_nul;
};

/* Keeps what a word is; false: it is irregular. */
PSP_TARGET static inline bool
keep(struct masks *masks, const struct classes *classes, uint64_t valid,
    const struct resolved *word, uint64_t *separators)
{
	size_t w = masks->n_words++;

	separators[w] = word->ends;
	masks->newlines[w] = word->newlines;
	masks->all_newlines[w] = classes->newline & valid;
	if (PSP_LIKELY(word->irregular == 0))
		return true;
	masks->irregular = w * 64 + psp_lowest_bit(word->irregular);
	masks->newlines[w] &= psp_bits_below(masks->irregular % 64);
	return false;
}

/* The masks of a word of which only some bytes count. */
PSP_TARGET static bool
scan_part(const struct psp_scanner *scanner, const char *bytes, uint64_t valid,
    unsigned first, struct psp_scan_state *state, struct masks *masks,
    uint64_t *separators)
{
	struct needles needles = prepare(scanner);
	size_t w = masks->n_words;
	struct classes classes;
	struct resolved word;

	classify(&needles, bytes + w * 64, ~UINT64_C(0), &classes);
	masks->has_nul = masks->has_nul || saw_nul(&needles);
	masks->high |= (uint64_t)((classes.high | state->had_high) != 0) << w;
	state->had_high = classes.high >> 61;
	word = resolve(&classes, valid, first, state);
	return keep(masks, &classes, valid, &word, separators);
}

/* The masks of `n` whole words, and less if one is irregular. */
PSP_TARGET static inline bool
scan_whole(const struct psp_scanner *scanner, const char *bytes, size_t n,
    struct psp_scan_state *state, struct masks *masks, uint64_t *separators)
{
	struct needles needles = prepare(scanner);
	struct psp_scan_state now = *state;
	uint64_t high = masks->high;
	bool is_regular = true;

	while (masks->n_words < n && is_regular) {
		size_t w = masks->n_words;
		struct classes classes;
		struct resolved word;

		classify(&needles, bytes + w * 64,
		    now.in_quotes | now.has_closed | now.had_cr, &classes);
		high |= (uint64_t)((classes.high | now.had_high) != 0) << w;
		now.had_high = classes.high >> 61;
		if (is_plain(&classes, &now))
			word = resolve_plain(&classes, &now);
		else
			word = resolve(&classes, ~UINT64_C(0), 0, &now);
		is_regular =
		    keep(masks, &classes, ~UINT64_C(0), &word, separators);
	}
	masks->high = high;
	masks->has_nul = masks->has_nul || saw_nul(&needles);
	*state = now;
	return is_regular;
}

/* Which of the words beyond ASCII are perhaps no UTF-8. */
PSP_TARGET static inline uint64_t
find_doubtful(const char *bytes, uint64_t high, bool has_before)
{
	uint64_t doubtful = has_before ? 0 : high & 1;

	for (high &= ~doubtful; high != 0; high &= high - 1)
		if (is_doubtful(bytes + psp_lowest_bit(high) * 64))
			doubtful |= high & -high;
	return doubtful;
}

/* Notes the record ends in the masks, and counts what is in `n_whole` words. */
PSP_TARGET static inline void
note_ends(const struct masks *masks, const uint64_t *separators, size_t n_whole,
    struct psp_scan_window *window)
{
	struct psp_scan_end *end = window->ends;
	size_t n_separators = 0, n_lines = 0, n_ends = 0;

	for (size_t w = 0; w < masks->n_words; w++) {
		uint64_t newlines = masks->newlines[w];
		uint64_t all_newlines = masks->all_newlines[w];
		uint64_t separator = separators[w];

		if (w == n_whole) {
			window->n_separators = n_separators;
			window->n_lines = n_lines;
		}
		end = window->ends + n_ends;
		n_ends += psp_count_bits(newlines);
		/* Mostly there is one or none: one is noted without asking. */
		do {
			uint64_t below = (newlines & -newlines) - 1;

			end->at = (uint32_t)(w * 64 + psp_count_bits(below));
			end->n_separators =
			    (uint32_t)(n_separators
				       + psp_count_bits(separator & below));
			end->n_lines =
			    (uint32_t)(n_lines
				       + psp_count_bits(all_newlines & below)
				       + 1);
			end++;
			newlines &= newlines - 1;
		} while (PSP_UNLIKELY(newlines != 0));
		n_separators += psp_count_bits(separator);
		n_lines += psp_count_bits(all_newlines);
	}
	if (masks->n_words <= n_whole) {
		window->n_separators = n_separators;
		window->n_lines = n_lines;
	}
	window->n_ends = n_ends;
}

PSP_TARGET static void
scan_words(const struct psp_scanner *scanner, const char *bytes, size_t size,
    unsigned skip, bool has_before, struct psp_scan_state *state,
    uint64_t *separators, struct psp_scan_window *window)
{
	size_t n_whole = size / 64, rest = size % 64;
	uint64_t kept = separators[0] & psp_bits_below(skip);
	struct psp_scan_state end;
	bool is_regular = true;
	struct masks masks;

	masks.n_words = 0;
	masks.irregular = SIZE_MAX;
	masks.high = 0;
	masks.has_nul = false;
	if (skip > 0 && n_whole > 0) {
		is_regular = scan_part(scanner, bytes, ~psp_bits_below(skip),
		    skip, state, &masks, separators);
		skip = 0;
	}
	if (is_regular)
		is_regular = scan_whole(
		    scanner, bytes, n_whole, state, &masks, separators);
	end = *state;
	if (is_regular && rest > 0)
		scan_part(scanner, bytes,
		    psp_bits_below(rest) & ~psp_bits_below(skip), skip, &end,
		    &masks, separators);
	window->irregular = masks.irregular;
	window->has_nul = masks.has_nul;
	window->ends_in_quotes = end.in_quotes != 0;
	window->doubtful = find_doubtful(bytes, masks.high, has_before);
	note_ends(&masks, separators, n_whole, window);
	separators[0] |= kept;
}

#endif
