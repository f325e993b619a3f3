/*
 * Eight bytes at a time: short texts as one number, searches and digits without
 * a loop over bytes. The first byte is the lowest of the word on every machine.
 */
#ifndef PSP_BASE_WORD_H
#define PSP_BASE_WORD_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"

/* Four bytes. */
static inline uint32_t
psp_word_load4(const char *bytes)
{
	uint32_t word;

	memcpy(&word, bytes, sizeof(word));
	return PSP_LITTLE_ENDIAN4(word);
}

/* Eight bytes. */
static inline uint64_t
psp_word_load(const char *bytes)
{
	uint64_t word;

	memcpy(&word, bytes, sizeof(word));
	return PSP_LITTLE_ENDIAN8(word);
}

/*
 * All bytes of a text of at most eight, some of them perhaps twice, and zeros:
 * together with its size no other text gives the same. Reads nothing beyond
 * the text.
 */
static inline uint64_t
psp_word_of(struct psp_slice text)
{
	const unsigned char *p = (const unsigned char *)text.bytes;

	if (text.size >= 4)
		return psp_word_load4(text.bytes)
		       | (uint64_t)psp_word_load4(text.bytes + text.size - 4)
		             << 32;
	if (text.size == 0)
		return 0;
	return (uint64_t)p[0] | (uint64_t)p[text.size / 2] << 8
	       | (uint64_t)p[text.size - 1] << 16;
}

/* The bytes of a text of at most eight at the end of a word, zeros in front. */
static inline uint64_t
psp_word_tail(struct psp_slice text)
{
	const unsigned char *p = (const unsigned char *)text.bytes;
	size_t missing = 8 * (8 - text.size), half = text.size / 2; /* bits */

	if (text.size >= 4)
		return (uint64_t)psp_word_load4(text.bytes) << missing
		       | (uint64_t)psp_word_load4(text.bytes + text.size - 4)
		             << 32;
	if (text.size == 0)
		return 0;
	return (uint64_t)p[0] << missing
	       | (uint64_t)p[half] << (missing + 8 * half)
	       | (uint64_t)p[text.size - 1] << 56;
}

/* All ones but for the bytes in front of the last `n`, 0 to 8, of a word. */
static inline uint64_t
psp_word_last(size_t n)
{
	size_t half = 4 * (8 - n); /* a shift by 64 bits is none */

	return UINT64_MAX << half << half;
}

/*
 * A text of one to eight bytes, zeros behind it. `around` holds it and may be
 * read, which spares a loop over bytes nearly always.
 */
static inline uint64_t
psp_word_within(struct psp_slice text, struct psp_slice around)
{
	unsigned missing = (unsigned)(64 - 8 * text.size); /* bits, 0 to 56 */
	uint64_t word = 0;

	if ((size_t)(around.bytes + around.size - text.bytes) >= sizeof(word))
		return psp_word_load(text.bytes) << missing >> missing;
	if (around.size >= sizeof(word))
		return psp_word_load(text.bytes + text.size - sizeof(word))
		       >> missing;
	for (size_t i = 0; i < text.size; i++)
		word |= (uint64_t)(unsigned char)text.bytes[i] << 8 * i;
	return word;
}

/* A word whose every byte is `byte`. */
static inline uint64_t
psp_word_spread(unsigned char byte)
{
	return byte * UINT64_C(0x0101010101010101);
}

/* Not 0 when a byte of `word` is 0; the lowest bit set is in the first. */
static inline uint64_t
psp_word_zeros(uint64_t word)
{
	return (word - psp_word_spread(0x01)) & ~word & psp_word_spread(0x80);
}

/* The place of the first byte that is marked by its highest bit alone: what is
 * below the lowest bit has as many whole bytes. `marks` is not 0. */
static inline size_t
psp_word_first(uint64_t marks)
{
	uint64_t below = (marks & (0 - marks)) - 1;

	return (
	    size_t)((below >> 7 & psp_word_spread(0x01)) * psp_word_spread(0x01)
		    >> 56);
}

/*
 * Which of 16 bytes are one of two: the lowest bit set tells the place of the
 * first, the bits above it need not be true. 0 when there is none.
 */
static inline uint64_t
psp_word_either_portable(
    const char *bytes, unsigned char one, unsigned char other)
{
	uint64_t ones = psp_word_spread(one), others = psp_word_spread(other);
	uint64_t places = 0;

	for (unsigned i = 0; i < 2; i++) {
		uint64_t word = psp_word_load(bytes + 8 * i);
		uint64_t marks =
		    psp_word_zeros(word ^ ones) | psp_word_zeros(word ^ others);

		/* The highest bits of the eight bytes, side by side. */
		places |=
		    (marks >> 7) * UINT64_C(0x0102040810204080) >> 56 << 8 * i;
	}
	return places;
}

#if defined(__SSE2__)

static inline uint64_t
psp_word_either(const char *bytes, unsigned char one, unsigned char other)
{
	const void *at = bytes;
	__m128i all = _mm_loadu_si128(at);
	__m128i is_one = _mm_cmpeq_epi8(all, _mm_set1_epi8((char)one));
	__m128i is_other = _mm_cmpeq_epi8(all, _mm_set1_epi8((char)other));

	return (uint32_t)_mm_movemask_epi8(_mm_or_si128(is_one, is_other));
}

#else

static inline uint64_t
psp_word_either(const char *bytes, unsigned char one, unsigned char other)
{
	return psp_word_either_portable(bytes, one, other);
}

#endif

/* Whether all eight bytes are decimal digits. */
static inline bool
psp_word_is_digits(uint64_t word)
{
	return (((word + psp_word_spread(0x46)) | (word - psp_word_spread('0')))
		   & psp_word_spread(0x80))
	       == 0;
}

/* Whether some of eight bytes is a decimal digit. */
static inline bool
psp_word_has_digit(uint64_t word)
{
	/* Where no carry crosses: bit 7 of a byte below 0x80 that is not below
	 * '0', and of one that is not above '9'. */
	uint64_t low = word & ~psp_word_spread(0x80);

	return ((low + psp_word_spread(0x80 - '0'))
		   & ~(low + psp_word_spread(0x80 - '9' - 1)) & ~word
		   & psp_word_spread(0x80))
	       != 0;
}

/* The number that eight digits make: pairs, then fours, then all eight are
 * joined at once. */
static inline uint32_t
psp_word_number(uint64_t digits)
{
	digits -= psp_word_spread('0');
	digits = (digits * 10 + (digits >> 8)) & UINT64_C(0x00FF00FF00FF00FF);
	digits = (digits * 100 + (digits >> 16)) & UINT64_C(0x0000FFFF0000FFFF);
	return (uint32_t)(digits * 10000 + (digits >> 32));
}

/*
 * Reads one to twelve digits and nothing else into `*number`. Shorter texts are
 * put before the word's end, zeros in front.
 */
static inline bool
psp_digits_read(struct psp_slice text, int64_t *number)
{
	uint64_t word, front = 0;

	if (text.size - 1 >= 12) /* 0 is the largest, less one */
		return false;
	while (text.size > 8) {
		if (*text.bytes < '0' || *text.bytes > '9')
			return false;
		front = front * 10 + (uint64_t)(*text.bytes++ - '0');
		text.size--;
	}
	word = psp_word_tail(text)
	       | (psp_word_spread('0') & ~psp_word_last(text.size));
	if (!psp_word_is_digits(word))
		return false;
	*number = (int64_t)(front * 100000000 + psp_word_number(word));
	return true;
}

/* The same of a text before whose end 16 bytes may be read, whatever they are:
 * without a branch on its size. */
static inline bool
psp_digits_read_behind_portable(struct psp_slice text, int64_t *number)
{
	size_t n = text.size > 8 ? 8 : text.size;
	uint64_t keep, keep_front, word, front;
	uint64_t zeros = psp_word_spread('0');
	const char *end;

	if (text.size - 1 >= 12)
		return false;
	end = text.bytes + text.size;
	keep = psp_word_last(n);
	keep_front = psp_word_last(text.size - n);
	word = (psp_word_load(end - 8) & keep) | (zeros & ~keep);
	front = (psp_word_load(end - 16) & keep_front) | (zeros & ~keep_front);
	*number =
	    (int64_t)psp_word_number(front) * 100000000 + psp_word_number(word);
	return ((int)psp_word_is_digits(word) & (int)psp_word_is_digits(front))
	       != 0;
}

#if defined(__SSE2__)

static inline bool
psp_digits_read_behind(struct psp_slice text, int64_t *number)
{
	/* The last `size` bytes of those from byte `size` on are all ones. */
	static const unsigned char keep[32] = { [16] = 0xFF,
		0xFF,
		0xFF,
		0xFF,
		0xFF,
		0xFF,
		0xFF,
		0xFF,
		0xFF,
		0xFF,
		0xFF,
		0xFF,
		0xFF,
		0xFF,
		0xFF,
		0xFF };
	const __m128i nine = _mm_set1_epi8(9);
	const void *last, *mask;
	__m128i digits, sums;
	uint64_t both;

	if (text.size - 1 >= 12)
		return false;
	last = text.bytes + text.size - 16;
	mask = keep + text.size;
	digits = _mm_sub_epi8(_mm_loadu_si128(last), _mm_set1_epi8('0'));
	digits = _mm_and_si128(digits, _mm_loadu_si128(mask));
	/* Pairs, fours and eights are joined at once. */
	sums = _mm_add_epi16(
	    _mm_mullo_epi16(_mm_and_si128(digits, _mm_set1_epi16(0xFF)),
		_mm_set1_epi16(10)),
	    _mm_srli_epi16(digits, 8));
	sums = _mm_madd_epi16(sums, _mm_set1_epi32(1 << 16 | 100));
	sums = _mm_packs_epi32(sums, sums);
	sums = _mm_madd_epi16(sums, _mm_set1_epi32(1 << 16 | 10000));
	both = (uint64_t)_mm_cvtsi128_si64(sums);
	*number =
	    (int64_t)(both & UINT32_MAX) * 100000000 + (int64_t)(both >> 32);
	return _mm_movemask_epi8(
		   _mm_cmpeq_epi8(_mm_max_epu8(digits, nine), nine))
	       == 0xFFFF;
}

#else

static inline bool
psp_digits_read_behind(struct psp_slice text, int64_t *number)
{
	return psp_digits_read_behind_portable(text, number);
}

#endif

#endif
