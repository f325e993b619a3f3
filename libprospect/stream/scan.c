/*
 * The portable scanner: eight bytes at a time in a 64-bit integer. What it
 * gives per word (four masks of byte classes) is all that a faster classifier
 * has to give; quotes and proofs are resolved on the masks, the same for all.
 */
#include <config.h>

#include "libprospect/stream/scan.h"

#include <string.h>

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* Which of 64 bytes are of each class. */
struct classes {
	uint64_t separator, quote, newline, cr;
	bool has_high;
};

/* One bit for each of the eight bytes of `bytes` that equals `pattern`'s. */
static inline uint64_t
equal_bytes(uint64_t bytes, uint64_t pattern)
{
	uint64_t difference = bytes ^ pattern;
	uint64_t zeros =
	    ~(((difference & ~HIGHS) + ~HIGHS) | difference) & HIGHS;

	return ((zeros >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

static inline uint64_t
load_little_endian(const char *bytes)
{
	uint64_t word;

	memcpy(&word, bytes, sizeof(word));
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

static inline void
classify(const struct psp_scanner *scanner, const char *bytes,
    struct classes *classes)
{
	const uint64_t separator = ONES * scanner->separator;
	const uint64_t quote = ONES * scanner->quote;
	const uint64_t newline = ONES * scanner->newline;
	const uint64_t cr = ONES * '\r';
	uint64_t all = 0;

	memset(classes, 0, sizeof(*classes));
	for (unsigned i = 0; i < 8; i++) {
		uint64_t word = load_little_endian(bytes + i * 8);

		all |= word;
		classes->separator |= equal_bytes(word, separator) << (i * 8);
		classes->quote |= equal_bytes(word, quote) << (i * 8);
		classes->newline |= equal_bytes(word, newline) << (i * 8);
		classes->cr |= equal_bytes(word, cr) << (i * 8);
	}
	classes->has_high = (all & HIGHS) != 0;
	if (!scanner->has_quote)
		classes->quote = 0;
	if (!scanner->has_cr)
		classes->cr = 0;
}

/* Bit i of the result is the xor of bits 0 to i. */
static inline uint64_t
prefix_xor(uint64_t bits)
{
	bits ^= bits << 1;
	bits ^= bits << 2;
	bits ^= bits << 4;
	bits ^= bits << 8;
	bits ^= bits << 16;
	bits ^= bits << 32;
	return bits;
}

struct psp_scan_state
psp_scan_start(void)
{
	struct psp_scan_state state = { 0, 1, 0, 0 };

	return state;
}

/*
 * Resolves one word. `valid` has the bits of the bytes that count, a run that
 * begins at bit `first`; the state comes from the byte before it.
 */
static inline void
resolve(const struct classes *classes, uint64_t valid, unsigned first,
    struct psp_scan_state *state, uint64_t *separators, uint64_t *newlines,
    uint64_t *all_newlines, uint64_t *irregular)
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

	*irregular =
	    valid
	    & ((opens & ~may_open) | (closed & ~(separator | quote | cr))
		| (after_cr & ~newline));
	*all_newlines = newline;
	*newlines = newline & ~inside;
	*separators = ends;

	state->in_quotes = (inside >> 63) != 0 ? ~UINT64_C(0) : 0;
	state->may_open = (ends | closes) >> 63;
	state->has_closed = closes >> 63;
	state->had_cr = cr >> 63;
}

void
psp_scan(const struct psp_scanner *scanner, const char *bytes, size_t size,
    unsigned skip, struct psp_scan_state *state, uint64_t *separators,
    struct psp_scan_window *window)
{
	window->n_words = (size + 63) / 64;
	window->high = 0;
	window->ends_in_quotes = state->in_quotes != 0;
	for (size_t w = 0; w < window->n_words; w++) {
		size_t rest = size - w * 64;
		unsigned first = w == 0 ? skip : 0;
		uint64_t valid = ~psp_bits_below(first);
		uint64_t kept = separators[w] & psp_bits_below(first);
		struct psp_scan_state in_part = *state;
		struct psp_scan_state *moved = rest < 64 ? &in_part : state;
		struct classes classes;

		if (rest < 64)
			valid &= psp_bits_below(rest);
		classify(scanner, bytes + w * 64, &classes);
		resolve(&classes, valid, first, moved, &separators[w],
		    &window->newlines[w], &window->all_newlines[w],
		    &window->irregular[w]);
		separators[w] |= kept;
		window->ends_in_quotes = moved->in_quotes != 0;
		window->high |= (uint64_t)classes.has_high << w;
	}
}
