/*
 * The tables by which scanners prove UTF-8 (see scan-avx2.c). Bits are faults
 * that a pair of neighbouring bytes can be part of:
 */
#ifndef PSP_STREAM_SCAN_UTF8_H
#define PSP_STREAM_SCAN_UTF8_H

enum {
	TOO_SHORT = 1 << 0,      /* a lead byte, then no continuation */
	TOO_LONG = 1 << 1,       /* ASCII, then a continuation */
	OVERLONG_3 = 1 << 2,     /* E0, then below A0 */
	TOO_LARGE = 1 << 3,      /* F4, then 90 or above; or F5 and above */
	SURROGATE = 1 << 4,      /* ED, then A0 or above */
	OVERLONG_2 = 1 << 5,     /* C0 or C1 */
	TOO_LARGE_1000 = 1 << 6, /* F5 and above, then 80 to 8F */
	OVERLONG_4 = 1 << 6,     /* F0, then below 90 */
	TWO_CONTINUE = 1 << 7,   /* two continuations: right in E and F only */
	ANY_LOW = TOO_SHORT | TOO_LONG | TWO_CONTINUE
};

/* By the upper half of the first byte. */
static const unsigned char psp_utf8_first_high[16] = { TOO_LONG, TOO_LONG,
	TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
	TWO_CONTINUE, TWO_CONTINUE, TWO_CONTINUE, TWO_CONTINUE,
	TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
	TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4 };

/* By its lower half. */
static const unsigned char psp_utf8_first_low[16] = {
	ANY_LOW | OVERLONG_3 | OVERLONG_2 | OVERLONG_4,
	ANY_LOW | OVERLONG_2,
	ANY_LOW,
	ANY_LOW,
	ANY_LOW | TOO_LARGE,
	ANY_LOW | TOO_LARGE | TOO_LARGE_1000,
	ANY_LOW | TOO_LARGE | TOO_LARGE_1000,
	ANY_LOW | TOO_LARGE | TOO_LARGE_1000,
	ANY_LOW | TOO_LARGE | TOO_LARGE_1000,
	ANY_LOW | TOO_LARGE | TOO_LARGE_1000,
	ANY_LOW | TOO_LARGE | TOO_LARGE_1000,
	ANY_LOW | TOO_LARGE | TOO_LARGE_1000,
	ANY_LOW | TOO_LARGE | TOO_LARGE_1000,
	ANY_LOW | TOO_LARGE | TOO_LARGE_1000 | SURROGATE,
	ANY_LOW | TOO_LARGE | TOO_LARGE_1000,
	ANY_LOW | TOO_LARGE | TOO_LARGE_1000,
};

/* By the upper half of the second. */
static const unsigned char psp_utf8_second_high[16] = { TOO_SHORT, TOO_SHORT,
	TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
	TOO_LONG | OVERLONG_2 | TWO_CONTINUE | OVERLONG_3 | TOO_LARGE_1000
	    | OVERLONG_4,
	TOO_LONG | OVERLONG_2 | TWO_CONTINUE | OVERLONG_3 | TOO_LARGE,
	TOO_LONG | OVERLONG_2 | TWO_CONTINUE | SURROGATE | TOO_LARGE,
	TOO_LONG | OVERLONG_2 | TWO_CONTINUE | SURROGATE | TOO_LARGE, TOO_SHORT,
	TOO_SHORT, TOO_SHORT, TOO_SHORT };

#endif
