/*
 * Eight bytes at a time: short texts as one number, searches and digits without
 * a loop over bytes. The first byte is the lowest of the word on every machine;
 * compilers make one load of the shifts where that is what it takes.
 */
#ifndef PSP_BASE_WORD_H
#define PSP_BASE_WORD_H

#include <stdint.h>

#include "libprospect/base/slice.h"

/* Four bytes. */
static inline uint32_t
psp_word_load4(const char *bytes)
{
	const unsigned char *p = (const unsigned char *)bytes;

	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16
	       | (uint32_t)p[3] << 24;
}

/* Eight bytes. */
static inline uint64_t
psp_word_load(const char *bytes)
{
	const unsigned char *p = (const unsigned char *)bytes;

	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16
	       | (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32
	       | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48
	       | (uint64_t)p[7] << 56;
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

/* Whether all eight bytes are decimal digits. */
static inline bool
psp_word_is_digits(uint64_t word)
{
	return (((word + psp_word_spread(0x46)) | (word - psp_word_spread('0')))
		   & psp_word_spread(0x80))
	       == 0;
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
	const char *p = text.bytes;
	uint64_t word = 0, front = 0;
	size_t missing;

	if (text.size - 1 >= 12) /* 0 is the largest, less one */
		return false;
	while (text.size > 8) {
		if (*p < '0' || *p > '9')
			return false;
		front = front * 10 + (uint64_t)(*p++ - '0');
		text.size--;
	}
	missing = 8 * (8 - text.size); /* bits, 0 to 56 */
	if (text.size >= 4)
		word = (uint64_t)psp_word_load4(p) << missing
		       | (uint64_t)psp_word_load4(p + text.size - 4) << 32;
	else
		for (size_t i = 0; i < text.size; i++)
			word = word >> 8 | (uint64_t)(unsigned char)p[i] << 56;
	word |= psp_word_spread('0') & ~(UINT64_MAX << missing);
	if (!psp_word_is_digits(word))
		return false;
	*number = (int64_t)(front * 100000000 + psp_word_number(word));
	return true;
}

#endif
