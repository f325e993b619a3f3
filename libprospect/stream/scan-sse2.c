/*
 * The scanner of every 64-bit x86 processor: 16 bytes at a time. It leaves
 * every word beyond ASCII to the reader's own test of UTF-8.
 */
#include <config.h>

#include "libprospect/stream/scanners.h"

#if defined(__x86_64__)

#include <emmintrin.h>

#define PSP_TARGET

struct needles {
	__m128i separator, quote, newline, cr;
	uint64_t quote_counts, cr_counts; /* all ones or 0 */
	__m128i lowest;                   /* of all bytes so far */
};

static inline struct needles
prepare(const struct psp_scanner *scanner)
{
	struct needles needles;

	needles.separator = _mm_set1_epi8((char)scanner->separator);
	needles.quote = _mm_set1_epi8((char)scanner->quote);
	needles.newline = _mm_set1_epi8((char)scanner->newline);
	needles.cr = _mm_set1_epi8('\r');
	needles.quote_counts = scanner->has_quote ? ~UINT64_C(0) : 0;
	needles.cr_counts = scanner->has_cr ? ~UINT64_C(0) : 0;
	needles.lowest = _mm_set1_epi8(1);
	return needles;
}

static inline uint64_t
bits_of(__m128i bytes)
{
	return (uint16_t)_mm_movemask_epi8(bytes);
}

static inline bool
saw_nul(const struct needles *needles)
{
	return bits_of(_mm_cmpeq_epi8(needles->lowest, _mm_setzero_si128()))
	       != 0;
}

static inline __m128i
load(const char *bytes)
{
	return _mm_loadu_si128((const __m128i *)(const void *)bytes);
}

static inline struct classes
classify(struct needles *needles, const char *bytes)
{
	struct classes classes = { 0, 0, 0, false };
	__m128i lowest = needles->lowest, special = _mm_setzero_si128();

	for (unsigned i = 0; i < 64; i += 16) {
		__m128i part = load(bytes + i);

		classes.separator |=
		    bits_of(_mm_cmpeq_epi8(part, needles->separator)) << i;
		classes.newline |=
		    bits_of(_mm_cmpeq_epi8(part, needles->newline)) << i;
		classes.high |= bits_of(part) << i;
		special = _mm_or_si128(
		    special, _mm_or_si128(_mm_cmpeq_epi8(part, needles->quote),
				 _mm_cmpeq_epi8(part, needles->cr)));
		lowest = _mm_min_epu8(lowest, part);
	}
	classes.is_special = bits_of(special) != 0;
	needles->lowest = lowest;
	return classes;
}

static inline struct quotes
find_quotes(const struct needles *needles, const char *bytes)
{
	struct quotes quotes = { 0, 0 };

	for (unsigned i = 0; i < 64; i += 16) {
		__m128i part = load(bytes + i);

		quotes.quote |= bits_of(_mm_cmpeq_epi8(part, needles->quote))
		                << i;
		quotes.cr |= bits_of(_mm_cmpeq_epi8(part, needles->cr)) << i;
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

const struct psp_scan_functions psp_scan_sse2 = {
	.name = "sse2",
	.scan = scan_words,
	.find_bit = psp_find_bit,
	.find_fields = psp_find_fields,
	.find_fields_back = psp_find_fields_back,
	.list_bits = psp_list_bits,
	.is_odd = psp_is_odd,
};

#endif
