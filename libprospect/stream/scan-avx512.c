/*
 * The scanner of x86 processors with AVX-512: 64 bytes at a time, compared
 * straight to masks. UTF-8 is proven as in scan-avx2.c.
 */
#include <config.h>

#include "libprospect/stream/scanners.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include "libprospect/stream/scan-utf8.h"

#define PSP_TARGET                                                             \
	__attribute__((target("avx512f,avx512bw,avx2,bmi,bmi2,popcnt,"         \
			      "pclmul")))

struct needles {
	__m512i separator, quote, newline, cr;
	uint64_t quote_counts, cr_counts; /* all ones or 0 */
	__m512i least;                    /* of the bytes met, lane by lane */
};

PSP_TARGET static inline struct needles
prepare(const struct psp_scanner *scanner)
{
	struct needles needles;

	needles.separator = _mm512_set1_epi8((char)scanner->separator);
	needles.quote = _mm512_set1_epi8((char)scanner->quote);
	needles.newline = _mm512_set1_epi8((char)scanner->newline);
	needles.cr = _mm512_set1_epi8('\r');
	needles.quote_counts = scanner->has_quote ? ~UINT64_C(0) : 0;
	needles.cr_counts = scanner->has_cr ? ~UINT64_C(0) : 0;
	needles.least = needles.newline;
	return needles;
}

PSP_TARGET static inline bool
saw_nul(const struct needles *needles)
{
	return _mm512_testn_epi8_mask(needles->least, needles->least) != 0;
}

PSP_TARGET static inline __m512i
load(const char *bytes)
{
	return _mm512_loadu_si512((const void *)bytes);
}

PSP_TARGET static inline struct quotes
find_quotes(const struct needles *needles, const char *bytes)
{
	__m512i word = load(bytes);
	struct quotes quotes;

	quotes.quote = _mm512_cmpeq_epi8_mask(word, needles->quote)
	               & needles->quote_counts;
	quotes.cr =
	    _mm512_cmpeq_epi8_mask(word, needles->cr) & needles->cr_counts;
	return quotes;
}

PSP_TARGET static inline struct classes
classify(struct needles *needles, const char *bytes)
{
	__m512i word = load(bytes);
	__mmask64 quote = _mm512_mask_cmpeq_epi8_mask(
	    needles->quote_counts, word, needles->quote);
	__mmask64 cr =
	    _mm512_mask_cmpeq_epi8_mask(needles->cr_counts, word, needles->cr);
	struct classes classes;

	classes.separator = _mm512_cmpeq_epi8_mask(word, needles->separator);
	classes.newline = _mm512_cmpeq_epi8_mask(word, needles->newline);
	classes.high = _mm512_movepi8_mask(word);
	classes.is_special = !_kortestz_mask64_u8(quote, cr);
	needles->least = _mm512_min_epu8(needles->least, word);
	return classes;
}

PSP_TARGET static inline __m512i
look_up(const unsigned char table[16], __m512i halves)
{
	return _mm512_shuffle_epi8(_mm512_broadcast_i32x4(_mm_loadu_si128(
				       (const __m128i *)(const void *)table)),
	    halves);
}

/* Whether 64 bytes, after the three before them, are no UTF-8. */
PSP_TARGET static inline bool
is_doubtful(const char *bytes)
{
	const __m512i half = _mm512_set1_epi8(0x0F);
	__m512i now = load(bytes), before = load(bytes - 1);
	__m512i faults = _mm512_and_si512(
	    _mm512_and_si512(
		look_up(psp_utf8_first_high,
		    _mm512_and_si512(_mm512_srli_epi16(before, 4), half)),
		look_up(psp_utf8_first_low, _mm512_and_si512(before, half))),
	    look_up(psp_utf8_second_high,
		_mm512_and_si512(_mm512_srli_epi16(now, 4), half)));
	__m512i third = _mm512_subs_epu8(
	    load(bytes - 2), _mm512_set1_epi8((char)(0xE0 - 0x80)));
	__m512i fourth = _mm512_subs_epu8(
	    load(bytes - 3), _mm512_set1_epi8((char)(0xF0 - 0x80)));
	__m512i continues = _mm512_and_si512(
	    _mm512_or_si512(third, fourth), _mm512_set1_epi8((char)0x80));
	__m512i wrong = _mm512_xor_si512(faults, continues);

	return _mm512_test_epi8_mask(wrong, wrong) != 0;
}

PSP_TARGET static inline uint64_t
prefix_xor(uint64_t bits)
{
	__m128i product = _mm_clmulepi64_si128(
	    _mm_cvtsi64_si128((long long)bits), _mm_set1_epi8((char)0xFF), 0);

	return (uint64_t)_mm_cvtsi128_si64(product);
}

#include "libprospect/stream/scan-pdep.h"
#include "libprospect/stream/scan-places.h"
#include "libprospect/stream/scan-words.h"

PSP_TARGET static bool
is_odd(const char *bytes, size_t size, unsigned char byte)
{
	const __m512i needle = _mm512_set1_epi8((char)byte);
	uint64_t odd = 0;
	size_t i = 0;

	for (; i + 64 <= size; i += 64)
		odd ^= _mm512_cmpeq_epi8_mask(load(bytes + i), needle);
	return (psp_count_bits(odd) & 1)
	       != psp_is_odd(bytes + i, size - i, byte);
}

/* The numbers of the bytes of a word. */
static const char lanes_of_word[64] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
	12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
	30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
	48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63 };

/* Writes sixteen places. */
PSP_TARGET static inline void
put_places(__m128i places, __m512i base, uint32_t *at)
{
	_mm512_storeu_si512(
	    at, _mm512_add_epi32(_mm512_cvtepu8_epi32(places), base));
}

/* As list_bits(), all places of a word at once: the numbers 0 to 63 are moved
 * together where there are bits. */
__attribute__((target("avx512f,avx512bw,avx512vbmi2,avx2,bmi,bmi2,popcnt,"
		      "pclmul"))) static void
list_bits_together(
    const uint64_t *mask, size_t from, size_t to, uint32_t *places)
{
	const __m512i lanes = load(lanes_of_word);
	uint64_t above = ~psp_bits_below(from % 64);

	for (size_t w = from / 64; w * 64 < to; w++) {
		uint64_t bits = mask[w] & above;
		__m512i base = _mm512_set1_epi32((int)(w * 64 - from));
		__m512i all = _mm512_maskz_compress_epi8(bits, lanes);
		size_t n = psp_count_bits(bits);

		above = ~UINT64_C(0);
		put_places(_mm512_castsi512_si128(all), base, places);
		if (PSP_UNLIKELY(n > 16)) {
			put_places(_mm512_extracti32x4_epi32(all, 1), base,
			    places + 16);
			put_places(_mm512_extracti32x4_epi32(all, 2), base,
			    places + 32);
			put_places(_mm512_extracti32x4_epi32(all, 3), base,
			    places + 48);
		}
		places += n;
	}
}

const struct psp_scan_functions psp_scan_avx512 = {
	.name = "avx512",
	.scan = scan_words,
	.find_bit = find_bit,
	.find_fields = find_fields,
	.find_fields_back = find_fields_back,
	.list_bits = list_bits,
	.is_odd = is_odd,
};

const struct psp_scan_functions psp_scan_avx512_vbmi2 = {
	.name = "avx512",
	.scan = scan_words,
	.find_bit = find_bit,
	.find_fields = find_fields,
	.find_fields_back = find_fields_back,
	.list_bits = list_bits_together,
	.is_odd = is_odd,
};

#endif
