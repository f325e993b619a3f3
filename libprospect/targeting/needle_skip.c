/*
 * Passing over the bytes of a cell in which a needle is not, see needle_look.h.
 * Processors that have vectors of 32 bytes take half the steps; which they have
 * is asked once, when the needle is made.
 */
#include <config.h>

#include "libprospect/targeting/needle_look.h"

size_t
psp_needle_skip_plain(
    const struct psp_needle *needle, const char *bytes, size_t at, size_t size)
{
	size_t last = size - PSP_LOOK_SIZE;

	for (; at < last; at += PSP_LOOK_PLACES)
		if (psp_needle_peek(needle, bytes + at))
			return at;
	if (at < last + PSP_LOOK_PLACES
	    && psp_needle_peek(needle, bytes + last))
		return last;
	return size;
}

#if defined(__x86_64__)

#include <immintrin.h>

#define PSP_TARGET __attribute__((target("avx2")))

PSP_TARGET static inline __m256i
load(const char *p)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

PSP_TARGET static inline __m256i
twice(const char bytes[16])
{
	return _mm256_broadcastsi128_si256(
	    _mm_loadu_si128((const __m128i *)(const void *)bytes));
}

PSP_TARGET static size_t
skip_avx2(
    const struct psp_needle *needle, const char *bytes, size_t at, size_t size)
{
	const __m256i case_bit = _mm256_set1_epi8(0x20);
	const __m256i suspect = _mm256_set1_epi8((char)PSP_FIRST_SUSPECT);
	const __m256i anchor = twice(needle->letters[needle->place]);
	const __m256i letter = twice(needle->letters[needle->beside]);
	size_t last = size - PSP_LOOK_SIZE, place = needle->place;
	size_t beside = needle->beside, from;

	for (; at < last + PSP_LOOK_PLACES; at += PSP_LOOK_PLACES) {
		__m256i anchors, letters, found, all;

		from = at < last ? at : last;
		anchors = load(bytes + from + place);
		letters = load(bytes + from + beside);
		found = _mm256_or_si256(
		    letters, _mm256_cmpeq_epi8(
				 _mm256_or_si256(letters, case_bit), letter));
		found = _mm256_and_si256(
		    found, _mm256_cmpeq_epi8(
			       _mm256_or_si256(anchors, case_bit), anchor));
		all =
		    _mm256_max_epu8(load(bytes + from), load(bytes + from + 2));
		found = _mm256_or_si256(found,
		    _mm256_cmpeq_epi8(_mm256_max_epu8(all, suspect), all));
		if (_mm256_movemask_epi8(found) != 0)
			return from;
	}
	return size;
}

psp_needle_skip_fn *
psp_needle_skip_best(void)
{
	__builtin_cpu_init();
	return __builtin_cpu_supports("avx2") ? skip_avx2
	                                      : psp_needle_skip_plain;
}

#else

psp_needle_skip_fn *
psp_needle_skip_best(void)
{
	return psp_needle_skip_plain;
}

#endif
