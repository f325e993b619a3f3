/*
 * The scanner of x86 processors since about 2013: 32 bytes at a time, quotes
 * by carry-less multiplication, bits found by pdep.
 *
 * UTF-8 is proven word by word (the method of Keiser and Lemire, "Validating
 * UTF-8 in less than one instruction per byte", 2020): three tables, looked up
 * by the two halves of a byte and the upper half of the next, each say which
 * faults the two can be part of; a fault is where all three agree. That a byte
 * continues another over two or three bytes is tested apart.
 */
#include <config.h>

#include "libprospect/stream/scanners.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include "libprospect/stream/scan-utf8.h"

#define PSP_TARGET __attribute__((target("avx2,bmi,bmi2,popcnt,pclmul")))

struct needles {
	__m256i separator, quote, newline, cr;
	uint64_t quote_counts, cr_counts; /* all ones or 0 */
	__m256i lowest;                   /* of all bytes so far */
};

PSP_TARGET static inline struct needles
prepare(const struct psp_scanner *scanner)
{
	struct needles needles;

	needles.separator = _mm256_set1_epi8((char)scanner->separator);
	needles.quote = _mm256_set1_epi8((char)scanner->quote);
	needles.newline = _mm256_set1_epi8((char)scanner->newline);
	needles.cr = _mm256_set1_epi8('\r');
	needles.quote_counts = scanner->has_quote ? ~UINT64_C(0) : 0;
	needles.cr_counts = scanner->has_cr ? ~UINT64_C(0) : 0;
	needles.lowest = _mm256_set1_epi8(1);
	return needles;
}

PSP_TARGET static inline uint64_t
bits_of(__m256i low, __m256i high)
{
	return (uint32_t)_mm256_movemask_epi8(low)
	       | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

PSP_TARGET static inline uint64_t
equal_bits(__m256i low, __m256i high, __m256i needle)
{
	return bits_of(
	    _mm256_cmpeq_epi8(low, needle), _mm256_cmpeq_epi8(high, needle));
}

PSP_TARGET static inline bool
saw_nul(const struct needles *needles)
{
	return _mm256_movemask_epi8(
		   _mm256_cmpeq_epi8(needles->lowest, _mm256_setzero_si256()))
	       != 0;
}

PSP_TARGET static inline __m256i
load(const char *bytes)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)bytes);
}

PSP_TARGET static inline struct classes
classify(struct needles *needles, const char *bytes)
{
	__m256i low = load(bytes), high = load(bytes + 32);
	__m256i special = _mm256_or_si256(
	    _mm256_or_si256(_mm256_cmpeq_epi8(low, needles->quote),
		_mm256_cmpeq_epi8(high, needles->quote)),
	    _mm256_or_si256(_mm256_cmpeq_epi8(low, needles->cr),
		_mm256_cmpeq_epi8(high, needles->cr)));
	struct classes classes;

	classes.separator = equal_bits(low, high, needles->separator);
	classes.newline = equal_bits(low, high, needles->newline);
	classes.high = bits_of(low, high);
	classes.is_special = !_mm256_testz_si256(special, special);
	needles->lowest =
	    _mm256_min_epu8(needles->lowest, _mm256_min_epu8(low, high));
	return classes;
}

PSP_TARGET static inline struct quotes
find_quotes(const struct needles *needles, const char *bytes)
{
	__m256i low = load(bytes), high = load(bytes + 32);
	struct quotes quotes;

	quotes.quote =
	    equal_bits(low, high, needles->quote) & needles->quote_counts;
	quotes.cr = equal_bits(low, high, needles->cr) & needles->cr_counts;
	return quotes;
}

PSP_TARGET static inline __m256i
look_up(const unsigned char table[16], __m256i halves)
{
	return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128(
				       (const __m128i *)(const void *)table)),
	    halves);
}

/* Not 0 where 32 bytes, after the three before them, are no UTF-8. */
PSP_TARGET static inline __m256i
utf8_faults(const char *bytes)
{
	const __m256i half = _mm256_set1_epi8(0x0F);
	__m256i now = load(bytes), before = load(bytes - 1);
	__m256i faults = _mm256_and_si256(
	    _mm256_and_si256(
		look_up(psp_utf8_first_high,
		    _mm256_and_si256(_mm256_srli_epi16(before, 4), half)),
		look_up(psp_utf8_first_low, _mm256_and_si256(before, half))),
	    look_up(psp_utf8_second_high,
		_mm256_and_si256(_mm256_srli_epi16(now, 4), half)));
	__m256i third = _mm256_subs_epu8(
	    load(bytes - 2), _mm256_set1_epi8((char)(0xE0 - 0x80)));
	__m256i fourth = _mm256_subs_epu8(
	    load(bytes - 3), _mm256_set1_epi8((char)(0xF0 - 0x80)));
	__m256i continues = _mm256_and_si256(
	    _mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));

	return _mm256_xor_si256(faults, continues);
}

PSP_TARGET static inline bool
is_doubtful(const char *bytes)
{
	__m256i faults =
	    _mm256_or_si256(utf8_faults(bytes), utf8_faults(bytes + 32));

	return !_mm256_testz_si256(faults, faults);
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
	const __m256i needle = _mm256_set1_epi8((char)byte);
	__m256i odd = _mm256_setzero_si256();
	size_t i = 0;

	for (; i + 32 <= size; i += 32)
		odd = _mm256_xor_si256(
		    odd, _mm256_cmpeq_epi8(load(bytes + i), needle));
	return ((unsigned)_mm_popcnt_u32((uint32_t)_mm256_movemask_epi8(odd))
		   & 1)
	       != psp_is_odd(bytes + i, size - i, byte);
}

const struct psp_scan_functions psp_scan_avx2 = {
	.name = "avx2",
	.scan = scan_words,
	.find_bit = find_bit,
	.find_fields = find_fields,
	.find_fields_back = find_fields_back,
	.list_bits = list_bits,
	.is_odd = is_odd,
};

const struct psp_scan_functions psp_scan_avx2_slow_pdep = {
	.name = "avx2",
	.scan = scan_words,
	.find_bit = psp_find_bit,
	.find_fields = psp_find_fields,
	.find_fields_back = psp_find_fields_back,
	.list_bits = list_bits,
	.is_odd = is_odd,
};

#endif
