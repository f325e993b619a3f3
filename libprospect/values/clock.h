/*
 * Times of day, and moments made of a date and a time, as call logs write
 * them. Civil times: no zones, an offset is passed over.
 */
#ifndef PSP_VALUES_CLOCK_H
#define PSP_VALUES_CLOCK_H

#include <stdint.h>

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"
#include "libprospect/base/word.h"

enum { PSP_SECONDS_PER_DAY = 86400 };

/*
 * "9:12:58", "09:12", "9h12", "9 h", "9h12m30", "9:12 PM"; fractions of a
 * second and an offset (Z, +01:00) after h:mm:ss are passed over. Seconds since
 * midnight; false when it is no time from 0:00 to 23:59:59 (24:00 is none).
 */
PSP_NODISCARD bool psp_clock_read(struct psp_slice cell, int32_t *seconds);

/* The seconds of a time written "hh:mm:ss", its bytes as a word; -1: it is none
 * so written. */
static inline int32_t
psp_clock_read_word(uint64_t text)
{
	const uint64_t colons = UINT64_C(0x00003A00003A0000);
	uint64_t digits = (text & 0xFFFF) | (text >> 8 & 0xFFFF0000)
	                  | (text >> 16 & UINT64_C(0xFFFF00000000))
	                  | UINT64_C(0x3030000000000000);
	uint32_t hour, minute, second;

	if ((text & UINT64_C(0x0000FF0000FF0000)) != colons
	    || !psp_word_is_digits(digits))
		return -1;
	digits -= psp_word_spread('0');
	digits = digits * 10 + (digits >> 8);
	hour = digits & 0xFF;
	minute = digits >> 16 & 0xFF;
	second = digits >> 32 & 0xFF;
	return hour < 24 && minute < 60 && second < 60
	           ? (int32_t)(hour * 3600 + minute * 60 + second)
	           : -1;
}

enum psp_moment_result {
	PSP_MOMENT_TIMED, /* day and seconds */
	PSP_MOMENT_DAY,   /* a day without a time */
	PSP_MOMENT_NONE   /* neither */
};

/*
 * A cell that holds a date (values/date.h, of day precision), with or without
 * a time behind a space or T.
 */
enum psp_moment_result psp_moment_read(
    struct psp_slice cell, int32_t *day, int32_t *seconds);

/* How long a call took: "261" seconds, "0:04:21", "4:21" (minutes and seconds),
 * "4min"; not negative, under a day. */
PSP_NODISCARD bool psp_call_length_read(
    struct psp_slice cell, int32_t *seconds);

/* Writes h:mm:ss of 0 or more seconds, any number of hours, and a NUL. */
void psp_length_format(int64_t seconds, char text[32]);

/* Writes hh:mm and a NUL. */
void psp_clock_format(int32_t seconds, char text[16]);

#endif
