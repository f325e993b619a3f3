/*
 * Cells of calls read at a glance: what most logs write most of the time, told
 * by a few words of bytes. Each of these may only be fast, never different from
 * the long way (call.c), which takes all that they decline.
 */
#ifndef PSP_CALLS_CALL_CELLS_H
#define PSP_CALLS_CALL_CELLS_H

#include <string.h>

#include "libprospect/base/compiler.h"
#include "libprospect/base/word.h"
#include "libprospect/values/clock.h"

/*
 * Cells met lately and what they mean: logs repeat themselves. They are those
 * of one batch, as they stand there, without quotes.
 */
enum { PSP_MEMO_PLACES = 512 };

struct psp_memo {
	struct psp_memo_place {
		uint64_t key;      /* the cell, or a hash of it; 0: empty */
		const char *bytes; /* the cell, where the key is a hash */
		uint32_t value;
	} places[PSP_MEMO_PLACES];
};

/*
 * A cell of 1 to 255 bytes as one number. One of up to seven bytes is told
 * exactly: its size stands above them. Of a longer one it is a hash. `around`
 * holds the cell and may be read.
 */
static inline uint64_t
psp_memo_key(struct psp_slice cell, struct psp_slice around)
{
	const uint64_t multiplier = UINT64_C(0xBF58476D1CE4E5B9);
	uint64_t size = (uint64_t)cell.size << 56;

	if (PSP_LIKELY(cell.size < sizeof(size)))
		return psp_word_within(cell, around) | size;
	return ((psp_word_load(cell.bytes) * multiplier
		    ^ psp_word_load(cell.bytes + cell.size - sizeof(size)))
		       * multiplier
		   >> 8)
	       | size;
}

/* Whether the cell can be kept. */
static inline bool
psp_memo_takes(struct psp_slice cell)
{
	return cell.size - 1 < 255; /* 0 is the largest, less one */
}

/* Finds a cell that can be kept: `*place` is where it is, or would be. It has
 * two places, as two codes that come in turn must not drive each other out. */
static inline bool
psp_memo_find(struct psp_memo *memo, struct psp_slice cell, uint64_t key,
    struct psp_memo_place **place)
{
	size_t first = key * UINT64_C(0x9E3779B97F4A7C15) >> 55;

	*place = &memo->places[first];
	if (PSP_UNLIKELY((*place)->key != key && (*place)->key != 0))
		*place = &memo->places[first ^ 1];
	return (*place)->key == key
	       && (PSP_LIKELY(cell.size < sizeof(key))
		   || memcmp((*place)->bytes, cell.bytes, cell.size) == 0);
}
_Static_assert(PSP_MEMO_PLACES == 1 << (64 - 55), "a place for each hash");

static inline void
psp_memo_keep(struct psp_memo_place *place, struct psp_slice cell, uint64_t key,
    uint32_t value)
{
	place->key = key;
	place->bytes = cell.bytes;
	place->value = value;
}

/* The day written last. */
struct psp_day_memo {
	bool is_known;
	char text[10]; /* 2026-11-23 */
	int32_t day;
};

enum { PSP_ISO_DAY = 10, PSP_ISO_MOMENT = 19 };

/* A day, or "2026-11-23 09:12:58", on the day written last. `*seconds` is -1
 * without a time. */
static inline bool
psp_day_memo_read(const struct psp_day_memo *memo, struct psp_slice cell,
    int32_t *day, int32_t *seconds)
{
	if (!memo->is_known
	    || (cell.size != PSP_ISO_MOMENT && cell.size != PSP_ISO_DAY)
	    || psp_word_load(cell.bytes) != psp_word_load(memo->text)
	    || cell.bytes[8] != memo->text[8] || cell.bytes[9] != memo->text[9])
		return false;
	*day = memo->day;
	*seconds = -1;
	if (cell.size == PSP_ISO_DAY)
		return true;
	*seconds = psp_clock_read_word(psp_word_load(cell.bytes + 11));
	return *seconds >= 0
	       && (cell.bytes[10] == ' ' || cell.bytes[10] == 'T');
}

/* A number of seconds under a day in plain digits; -1: not so. */
static inline int32_t
psp_plain_length(struct psp_slice cell, struct psp_slice around)
{
	uint64_t digits;
	uint32_t length;
	unsigned missing;

	if (cell.size - 1 >= 5) /* 0 is the largest, less one */
		return -1;
	missing = (unsigned)(64 - 8 * cell.size);
	digits = psp_word_within(cell, around) << missing
	         | psp_word_spread('0') >> (64 - missing);
	if (!psp_word_is_digits(digits))
		return -1;
	length = psp_word_number(digits);
	return length < PSP_SECONDS_PER_DAY ? (int32_t)length : -1;
}

#endif
