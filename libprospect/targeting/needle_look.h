/*
 * A look for a needle at 32 places of a cell at once: whether its anchor
 * stands there with the two letters beside it that are rarest (needle.h). The
 * anchor is ASCII, in either case; each of the others may be any byte beyond
 * ASCII, as an accented letter takes two or more of those. Part of needle.c.
 *
 * Most looks see nothing: a peek for two of the three letters tells first.
 */
#ifndef PSP_TARGETING_NEEDLE_LOOK_H
#define PSP_TARGETING_NEEDLE_LOOK_H

#include "libprospect/base/compiler.h"
#include "libprospect/base/word.h"
#include "libprospect/targeting/needle.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Places looked at at once, and bytes read for that. */
enum { PSP_LOOK_PLACES = 32, PSP_LOOK_SIZE = PSP_LOOK_PLACES + 2 };

/* What is there: bit i of `places` stands for three letters from byte i on. */
struct psp_look {
	uint32_t places;
	bool has_suspect; /* a byte from PSP_FIRST_SUSPECT on */
};

static inline bool
psp_look_is(const struct psp_needle *needle, size_t i, char byte)
{
	return (byte | 0x20) == needle->triple[i]
	       || (needle->place != i && ((unsigned char)byte & 0x80) != 0);
}

/* Not 0 when the anchor is among eight bytes, or one from PSP_FIRST_SUSPECT on.
 */
static inline uint64_t
psp_look_word(const struct psp_needle *needle, uint64_t word)
{
	unsigned char letter = (unsigned char)needle->triple[needle->place];
	uint64_t suspects = ((word & psp_word_spread(0x7F))
				+ psp_word_spread(0x100 - PSP_FIRST_SUSPECT))
	                    & word & psp_word_spread(0x80);

	return suspects
	       | psp_word_zeros(
		   (word | psp_word_spread(0x20)) ^ psp_word_spread(letter));
}

/* False when a look would see nothing. */
static inline bool
psp_needle_peek_portable(const struct psp_needle *needle, const char *p)
{
	uint64_t found =
	    psp_look_word(needle, psp_word_load(p + PSP_LOOK_SIZE - 8));

	for (size_t i = 0; i < PSP_LOOK_PLACES; i += 8)
		found |= psp_look_word(needle, psp_word_load(p + i));
	return found != 0;
}

static inline struct psp_look
psp_needle_look_portable(const struct psp_needle *needle, const char *p)
{
	struct psp_look look = { 0, false };

	for (size_t i = 0; i < PSP_LOOK_PLACES; i++)
		if (psp_look_is(needle, 0, p[i])
		    && psp_look_is(needle, 1, p[i + 1])
		    && psp_look_is(needle, 2, p[i + 2]))
			look.places |= (uint32_t)1 << i;
	for (size_t i = 0; i < PSP_LOOK_SIZE; i++)
		if ((unsigned char)p[i] >= PSP_FIRST_SUSPECT)
			look.has_suspect = true;
	return look;
}

#if defined(__SSE2__)

static inline __m128i
psp_look_load(const void *p)
{
	return _mm_loadu_si128(p);
}

/* The places of a letter, as their highest bits tell. */
static inline __m128i
psp_look_marks(const struct psp_needle *needle, size_t i, __m128i bytes)
{
	__m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));

	return _mm_or_si128(
	    _mm_cmpeq_epi8(lower, psp_look_load(needle->letters[i])),
	    _mm_and_si128(bytes, psp_look_load(needle->beyond[i])));
}

/* Places of the anchor among sixteen, with the rarer letter beside it. */
static inline __m128i
psp_peek_half(const struct psp_needle *needle, const char *p, __m128i *most)
{
	const __m128i case_bit = _mm_set1_epi8(0x20);
	__m128i anchors = psp_look_load(p + needle->place);

	*most = _mm_max_epu8(*most, anchors);
	return _mm_and_si128(_mm_cmpeq_epi8(_mm_or_si128(anchors, case_bit),
				 psp_look_load(needle->letters[needle->place])),
	    psp_look_marks(
		needle, needle->beside, psp_look_load(p + needle->beside)));
}

static inline bool
psp_needle_peek(const struct psp_needle *needle, const char *p)
{
	const __m128i suspect = _mm_set1_epi8((char)PSP_FIRST_SUSPECT);
	/* The anchors leave out two of all bytes. */
	__m128i most = _mm_max_epu8(
	    psp_look_load(p), psp_look_load(p + PSP_LOOK_SIZE - 16));
	__m128i found = psp_peek_half(needle, p, &most);

	found = _mm_or_si128(found, psp_peek_half(needle, p + 16, &most));
	found = _mm_or_si128(
	    found, _mm_cmpeq_epi8(_mm_max_epu8(most, suspect), most));
	return _mm_movemask_epi8(found) != 0;
}

/* Sixteen places; `*most` becomes at least each of 18 bytes that was more. */
static inline uint32_t
psp_look_half(const struct psp_needle *needle, const char *p, __m128i *most)
{
	__m128i a = psp_look_load(p);
	__m128i b = psp_look_load(p + 1);
	__m128i c = psp_look_load(p + 2);
	__m128i found =
	    _mm_and_si128(_mm_and_si128(psp_look_marks(needle, 0, a),
			      psp_look_marks(needle, 1, b)),
		psp_look_marks(needle, 2, c));

	*most = _mm_max_epu8(*most, _mm_max_epu8(a, c));
	return (uint32_t)_mm_movemask_epi8(found);
}

static inline struct psp_look
psp_needle_look(const struct psp_needle *needle, const char *p)
{
	const __m128i suspect = _mm_set1_epi8((char)PSP_FIRST_SUSPECT);
	__m128i most = _mm_setzero_si128();
	struct psp_look look;

	look.places = psp_look_half(needle, p, &most);
	look.places |= psp_look_half(needle, p + 16, &most) << 16;
	look.has_suspect =
	    _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(most, suspect), most))
	    != 0;
	return look;
}

#else

static inline bool
psp_needle_peek(const struct psp_needle *needle, const char *p)
{
	return psp_needle_peek_portable(needle, p);
}

static inline struct psp_look
psp_needle_look(const struct psp_needle *needle, const char *p)
{
	return psp_needle_look_portable(needle, p);
}

#endif

/* The function that any processor can run, and the best for this one. */
size_t psp_needle_skip_plain(
    const struct psp_needle *needle, const char *bytes, size_t at, size_t size);
psp_needle_skip_fn *psp_needle_skip_best(void);

#endif
