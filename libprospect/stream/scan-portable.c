/*
 * The portable scanner: eight bytes at a time in a 64-bit integer. It leaves
 * every word beyond ASCII to the reader's own test of UTF-8.
 */
#include <config.h>

#include "libprospect/stream/scanners.h"

#include <string.h>

#define PSP_TARGET
#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

struct needles {
	uint64_t separator, quote, newline, cr;
	uint64_t quote_counts, cr_counts; /* all ones or 0 */
	uint64_t nul;                     /* not 0 when one was met */
};

static inline struct needles
prepare(const struct psp_scanner *scanner)
{
	struct needles needles = {
		.separator = ONES * scanner->separator,
		.quote = ONES * scanner->quote,
		.newline = ONES * scanner->newline,
		.cr = ONES * '\r',
		.quote_counts = scanner->has_quote ? ~UINT64_C(0) : 0,
		.cr_counts = scanner->has_cr ? ~UINT64_C(0) : 0,
	};

	return needles;
}

static inline bool
saw_nul(const struct needles *needles)
{
	return needles->nul != 0;
}

/* The highest bit of each byte that is 0. */
static inline uint64_t
zero_bytes(uint64_t bytes)
{
	return ~(((bytes & ~HIGHS) + ~HIGHS) | bytes) & HIGHS;
}

/* One bit for the highest bit of each of eight bytes. */
static inline uint64_t
gather(uint64_t highs)
{
	return ((highs >> 7) * UINT64_C(0x0102040810204080)) >> 56;
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

static inline struct classes
classify(struct needles *needles, const char *bytes)
{
	struct classes classes = { 0, 0, 0, false };
	uint64_t nul = 0, special = 0;

	for (unsigned i = 0; i < 64; i += 8) {
		uint64_t word = load_little_endian(bytes + i);

		classes.separator |=
		    gather(zero_bytes(word ^ needles->separator)) << i;
		classes.newline |= gather(zero_bytes(word ^ needles->newline))
		                   << i;
		classes.high |= gather(word & HIGHS) << i;
		special |= zero_bytes(word ^ needles->quote)
		           | zero_bytes(word ^ needles->cr);
		nul |= zero_bytes(word);
	}
	classes.is_special = special != 0;
	needles->nul |= nul;
	return classes;
}

static inline struct quotes
find_quotes(const struct needles *needles, const char *bytes)
{
	struct quotes quotes = { 0, 0 };

	for (unsigned i = 0; i < 64; i += 8) {
		uint64_t word = load_little_endian(bytes + i);

		quotes.quote |= gather(zero_bytes(word ^ needles->quote)) << i;
		quotes.cr |= gather(zero_bytes(word ^ needles->cr)) << i;
	}
	quotes.quote &= needles->quote_counts;
	quotes.cr &= needles->cr_counts;
	return quotes;
}

static inline bool
is_doubtful(const char *bytes)
{
	(void)bytes;
	return true;
}

static inline uint64_t
prefix_xor(uint64_t bits)
{
	return psp_prefix_xor(bits);
}

#include "libprospect/stream/scan-words.h"

const struct psp_scan_functions psp_scan_portable = {
	.name = "portable",
	.scan = scan_words,
	.find_bit = psp_find_bit,
	.find_fields = psp_find_fields,
	.find_fields_back = psp_find_fields_back,
	.list_bits = psp_list_bits,
	.is_odd = psp_is_odd,
};
