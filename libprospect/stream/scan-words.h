/*
 * The part of a scanner that is the same for all instruction sets: quotes and
 * proofs are resolved on the masks of byte classes. Included once by each
 * scan-*.c, which has defined before
 *
 *   PSP_TARGET      the attribute that its functions carry, or nothing
 *   struct needles  what to look for, as it wants to have it; prepare()
 *   classify()      the masks of one word of 64 bytes, without regard to quotes
 *   find_quotes()   its quotes and CR
 *   saw_nul()       whether classify() has met a NUL so far
 *   is_doubtful()   whether a word after another is perhaps no UTF-8
 *   prefix_xor()    bit i of the result is the xor of bits 0 to i
 */
#ifndef PSP_STREAM_SCAN_WORDS_H
#define PSP_STREAM_SCAN_WORDS_H

#include <string.h>

#include "libprospect/base/word.h"

/* Words with quotes in a window above which it is resolved as a whole. */
enum { MANY_SPECIAL = PSP_SCAN_WORDS / 4 };

/* What resolving one word gives. */
struct resolved {
	uint64_t ends;     /* separators and line ends outside quotes */
	uint64_t newlines; /* line ends outside quotes */
	uint64_t irregular;
};

/* Resolves a word by what its quotes and CR say. `valid` has the bits of the
 * bytes that count, a run that begins at bit `first`. */
PSP_TARGET static inline struct resolved
resolve(uint64_t separator, uint64_t newline, const struct quotes *quotes,
    uint64_t valid, unsigned first, struct psp_scan_state *state)
{
	uint64_t quote = quotes->quote & valid;
	uint64_t inside = prefix_xor(quote) ^ state->in_quotes;
	uint64_t opens = quote & inside;
	uint64_t closes = quote & ~inside;
	uint64_t cr = quotes->cr & valid & ~inside;
	uint64_t ends, may_open, closed, after_cr;
	struct resolved resolved;

	newline &= valid;
	separator = (separator & valid) | newline;
	ends = separator & ~inside;
	may_open = ((ends | closes) << 1) | (state->may_open << first);
	closed = (closes << 1) | (state->has_closed << first);
	after_cr = (cr << 1) | (state->had_cr << first);
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

/* Whether what came before a word makes quotes or CR of account in it. */
static inline bool
is_open(const struct psp_scan_state *state)
{
	return (state->in_quotes | state->has_closed | state->had_cr) != 0;
}

/* The masks of a window, before its record ends are noted. */
struct masks {
	uint64_t newlines[PSP_SCAN_WORDS]; /* outside quotes */
	uint64_t all_newlines[PSP_SCAN_WORDS];
	size_t n_words;     /* known so far */
	size_t irregular;   /* the first byte not regular; SIZE_MAX: none */
	uint64_t with_ends; /* bit w: word w has newlines */
	uint64_t special;   /* bit w: it has quotes or CR */
	uint64_t high;      /* bit w: it holds bytes beyond ASCII, or the one
	                     * before ended in them */
	bool has_inner;     /* line ends inside quotes */
	bool has_nul;
};

/* Keeps what word `w` is; false: it is irregular. */
PSP_TARGET static inline bool
keep(struct masks *masks, size_t w, const struct resolved *word,
    uint64_t *separators)
{
	uint64_t newlines = word->newlines;

	separators[w] = word->ends;
	if (PSP_UNLIKELY(newlines != masks->newlines[w]) && !masks->has_inner) {
		memcpy(masks->all_newlines, masks->newlines,
		    sizeof(masks->newlines));
		masks->has_inner = true;
	}
	if (PSP_UNLIKELY(word->irregular != 0)) {
		masks->irregular = w * 64 + psp_lowest_bit(word->irregular);
		newlines &= psp_bits_below(masks->irregular % 64);
	}
	masks->newlines[w] = newlines;
	masks->n_words = w + 1;
	return word->irregular == 0;
}

/* The masks of a word of which only some bytes count. */
PSP_TARGET static bool
scan_part(const struct psp_scanner *scanner, const char *bytes, uint64_t valid,
    unsigned first, struct psp_scan_state *state, struct masks *masks,
    uint64_t *separators)
{
	struct needles needles = prepare(scanner);
	size_t w = masks->n_words;
	struct classes classes = classify(&needles, bytes + w * 64);
	struct quotes quotes = find_quotes(&needles, bytes + w * 64);
	struct resolved word;
	bool is_regular;

	masks->has_nul = masks->has_nul || saw_nul(&needles);
	masks->high |= (uint64_t)((classes.high | state->had_high) != 0) << w;
	state->had_high = classes.high >> 61;
	masks->newlines[w] = classes.newline & valid;
	masks->all_newlines[w] = classes.newline & valid;
	word = resolve(
	    classes.separator, classes.newline, &quotes, valid, first, state);
	is_regular = keep(masks, w, &word, separators);
	masks->with_ends |= (uint64_t)(masks->newlines[w] != 0) << w;
	return is_regular;
}

/* Bit w is set where flags[w], 0 or 1, is. */
PSP_TARGET static inline uint64_t
gather_flags(const unsigned char flags[PSP_SCAN_WORDS])
{
	uint64_t bits = 0;

	for (unsigned i = 0; i < PSP_SCAN_WORDS; i += 8)
		bits |= ((psp_word_load((const char *)flags + i)
			     * UINT64_C(0x0102040810204080))
			    >> 56)
		        << i;
	return bits;
}

/* The masks of whole words from `first` to before `n` as if there were neither
 * quotes nor CR. */
PSP_TARGET static inline void
scan_plain(const struct psp_scanner *scanner, const char *bytes, size_t first,
    size_t n, struct psp_scan_state *state, struct masks *masks,
    uint64_t *separators)
{
	struct needles needles = prepare(scanner);
	unsigned char special[PSP_SCAN_WORDS] = { 0 };
	unsigned char with_end[PSP_SCAN_WORDS] = { 0 };
	unsigned char is_high[PSP_SCAN_WORDS] = { 0 };
	uint64_t had_high = state->had_high;

	for (size_t w = first; w < n; w++) {
		struct classes classes = classify(&needles, bytes + w * 64);

		separators[w] = classes.separator | classes.newline;
		masks->newlines[w] = classes.newline;
		with_end[w] = classes.newline != 0;
		is_high[w] = (classes.high | had_high) != 0;
		had_high = classes.high >> 61;
		special[w] = classes.is_special;
	}
	if (masks->has_inner)
		memcpy(masks->all_newlines + first, masks->newlines + first,
		    (n - first) * sizeof(*masks->newlines));
	masks->with_ends |= gather_flags(with_end);
	masks->special = gather_flags(special);
	masks->high |= gather_flags(is_high);
	masks->has_nul = masks->has_nul || saw_nul(&needles);
	state->had_high = had_high;
}

/* Puts them right where there are, and tells whether all is regular. */
PSP_TARGET static inline bool
resolve_special(const struct psp_scanner *scanner, const char *bytes,
    size_t first, size_t n, struct psp_scan_state *state, struct masks *masks,
    uint64_t *separators)
{
	struct needles needles = prepare(scanner);
	struct psp_scan_state now = *state;
	uint64_t special = masks->special, with_ends = masks->with_ends;
	bool is_regular = true;

	for (size_t w = first; w < n && is_regular; w++) {
		struct quotes quotes;
		struct resolved word;

		if (!is_open(&now)) {
			uint64_t rest = special & ~psp_bits_below(w);
			size_t next = rest != 0 ? psp_lowest_bit(rest) : n;

			if (next > w)
				now.may_open = separators[next - 1] >> 63;
			w = next;
			if (w == n)
				break;
		}
		quotes = find_quotes(&needles, bytes + w * 64);
		word = resolve(separators[w], masks->newlines[w], &quotes,
		    ~UINT64_C(0), 0, &now);
		is_regular = keep(masks, w, &word, separators);
		if (masks->newlines[w] == 0)
			with_ends &= ~((uint64_t)1 << w);
	}
	if (is_regular)
		masks->n_words = n;
	else
		with_ends &= UINT64_MAX >> (PSP_SCAN_WORDS - masks->n_words);
	masks->with_ends = with_ends;
	*state = now;
	return is_regular;
}

/*
 * The same of a whole window, all words at once and without a branch, for those
 * that are full of quotes. False: not all is regular, and nothing was done; how
 * far it is, resolve_special() knows.
 */
PSP_TARGET static inline bool
resolve_window(const struct psp_scanner *scanner, const char *bytes,
    struct psp_scan_state *state, struct masks *masks, uint64_t *separators)
{
	enum { N = PSP_SCAN_WORDS };
	struct needles needles = prepare(scanner);
	/* Of these, [w] is word w - 1, and [0] what came before. */
	uint64_t closes[N + 1], may_open[N + 1], cr[N + 1];
	uint64_t inside[N], quote[N], ends[N], newlines[N];
	uint64_t turns = 0, in_quotes, irregular = 0, inner = 0;

	for (size_t w = 0; w < N; w++) {
		struct quotes quotes = find_quotes(&needles, bytes + w * 64);

		quote[w] = quotes.quote;
		cr[w + 1] = quotes.cr;
		inside[w] = prefix_xor(quotes.quote);
		turns |= (inside[w] >> 63) << w;
	}
	/* Bit w: word w ends inside quotes. */
	in_quotes = prefix_xor(turns) ^ state->in_quotes;
	turns = (in_quotes << 1) | (state->in_quotes & 1);
	closes[0] = state->has_closed << 63;
	may_open[0] = state->may_open << 63;
	cr[0] = state->had_cr << 63;
	for (size_t w = 0; w < N; w++)
		inside[w] ^= -(turns >> w & 1);
	for (size_t w = 0; w < N; w++) {
		closes[w + 1] = quote[w] & ~inside[w];
		cr[w + 1] &= ~inside[w];
		newlines[w] = masks->newlines[w] & ~inside[w];
		inner |= masks->newlines[w] & inside[w];
		ends[w] = separators[w] & ~inside[w];
		may_open[w + 1] = ends[w] | closes[w + 1];
	}
	for (size_t w = 0; w < N; w++) {
		uint64_t opens = quote[w] & inside[w];
		uint64_t begins = (may_open[w + 1] << 1) | (may_open[w] >> 63);
		uint64_t closed = (closes[w + 1] << 1) | (closes[w] >> 63);
		uint64_t after_cr = (cr[w + 1] << 1) | (cr[w] >> 63);

		irregular |=
		    (opens & ~begins)
		    | (closed & ~(separators[w] | quote[w] | cr[w + 1]))
		    | (after_cr & ~masks->newlines[w]);
	}
	if (irregular != 0)
		return false;
	if (inner != 0) {
		memcpy(masks->all_newlines, masks->newlines, sizeof(newlines));
		masks->has_inner = true;
	}
	memcpy(masks->newlines, newlines, sizeof(newlines));
	memcpy(separators, ends, sizeof(ends));
	masks->with_ends = 0;
	for (size_t w = 0; w < N; w++)
		masks->with_ends |= (uint64_t)(newlines[w] != 0) << w;
	masks->n_words = N;
	state->in_quotes = -(in_quotes >> 63);
	state->may_open = may_open[N] >> 63;
	state->has_closed = closes[N] >> 63;
	state->had_cr = cr[N] >> 63;
	return true;
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

/* Counts the lines of a window in which line ends lie inside quotes, too. */
PSP_TARGET static PSP_NOINLINE void
count_lines(
    const struct masks *masks, size_t n_whole, struct psp_scan_window *window)
{
	struct psp_scan_end *end = window->ends;
	size_t n_lines = 0;

	for (size_t w = 0; w < masks->n_words; w++) {
		uint64_t all_newlines = masks->all_newlines[w];

		for (uint64_t bits = masks->newlines[w]; bits != 0;
		     bits &= bits - 1, end++)
			end->n_lines =
			    (uint32_t)(n_lines
				       + psp_count_bits(
					   all_newlines & (bits ^ (bits - 1))));
		n_lines += psp_count_bits(all_newlines);
		if (w < n_whole)
			window->n_lines = n_lines;
	}
}

/* Puts how many bits stand before each of `n` words, and before the one after
 * the last, into `before`. */
PSP_TARGET static inline void
count_before(const uint64_t *mask, size_t n, uint32_t *before)
{
	size_t count = 0;

	for (size_t w = 0; w < n; w++) {
		before[w] = (uint32_t)count;
		count += psp_count_bits(mask[w]);
	}
	before[n] = (uint32_t)count;
}

/* Notes the record ends in the masks, and counts what is in `n_whole` words. */
PSP_TARGET static inline void
note_ends(const struct masks *masks, const uint64_t *separators, size_t n_whole,
    struct psp_scan_window *window)
{
	uint32_t before[PSP_SCAN_WORDS + 1], n_ends = 0;
	struct psp_scan_end *end = window->ends;
	uint64_t words = masks->with_ends;

	if (masks->n_words < n_whole)
		n_whole = masks->n_words;
	count_before(separators, masks->n_words, before);
	for (; words != 0; words &= words - 1) {
		size_t w = psp_lowest_bit(words);
		uint64_t newlines = masks->newlines[w];

		do {
			uint64_t below = (newlines & -newlines) - 1;

			end->at = (uint32_t)(w * 64 + psp_lowest_bit(newlines));
			end->n_separators =
			    before[w]
			    + (uint32_t)psp_count_bits(separators[w] & below);
			end->n_lines = ++n_ends;
			end++;
			newlines &= newlines - 1;
		} while (PSP_UNLIKELY(newlines != 0));
	}
	window->n_ends = n_ends;
	window->n_separators = before[n_whole];
	window->n_lines = n_ends;
	if (n_whole < masks->n_words)
		window->n_lines -= psp_count_bits(masks->newlines[n_whole]);
	if (masks->has_inner)
		count_lines(masks, n_whole, window);
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
	masks.with_ends = 0;
	masks.high = 0;
	masks.has_inner = false;
	masks.has_nul = false;
	if (skip > 0 && n_whole > 0) {
		is_regular = scan_part(scanner, bytes, ~psp_bits_below(skip),
		    skip, state, &masks, separators);
		skip = 0;
	}
	if (is_regular) {
		size_t first = masks.n_words;

		scan_plain(
		    scanner, bytes, first, n_whole, state, &masks, separators);
		is_regular = (first == 0 && n_whole == PSP_SCAN_WORDS
				 && psp_count_bits(masks.special) > MANY_SPECIAL
				 && resolve_window(
				     scanner, bytes, state, &masks, separators))
		             || resolve_special(scanner, bytes, first, n_whole,
				 state, &masks, separators);
	}
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
