/*
 * Numbers, amounts and percentages as people and machines write them, read
 * into integers: nothing that is compared or printed goes through binary
 * floating point, and no locale is asked.
 *
 * All readers trim the cell, take a sign (U+2212 too) or parentheses, and
 * thousands parted by space, U+00A0, U+202F, U+2009, apostrophe, or by the
 * point or comma that is not the decimal one. `1.234` and `1,234` alone mean
 * nothing without a style: PSP_STYLE_UNKNOWN leaves them not understood. Not
 * understood either: exponents, NaN, inf, 0x10, and what overflows int64_t.
 * More decimals than the unit keeps are rounded half away from zero.
 */
#ifndef PSP_VALUES_NUMBER_H
#define PSP_VALUES_NUMBER_H

#include <stdint.h>

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"

/* The values are those of enum psp_decimal in the stream. */
enum psp_number_style { PSP_STYLE_UNKNOWN, PSP_STYLE_POINT, PSP_STYLE_COMMA };

enum {
	PSP_NUMBER_SCALE = 1000000,
	PSP_MONEY_SCALE = 100,
	PSP_PERCENT_SCALE = 1000
};

/*
 * Whether a cell says nothing: blank, `[ND]`, nc, n.c., n/a, -, --, the
 * generic currency sign, null; case does not count.
 */
bool psp_value_is_absent(struct psp_slice cell);

/* A plain number, in millionths: |value| up to 9.2e12. Multipliers and units
 * are not understood. */
PSP_NODISCARD bool psp_number_read(
    struct psp_slice cell, enum psp_number_style style, int64_t *millionths);

/*
 * An amount in cents, French mode of the rule "Amounts": also the currency
 * (EUR, euros, the euro sign, before or after), HT, and the multipliers k, M,
 * Md, million(s), milliard(s).
 */
PSP_NODISCARD bool psp_money_read(
    struct psp_slice cell, enum psp_number_style style, int64_t *cents);

/* A share in thousandths of a percent: "12,5 %", "12.5", "12.5%" are 12500. */
PSP_NODISCARD bool psp_percent_read(
    struct psp_slice cell, enum psp_number_style style, int64_t *thousandths);

/* Writes the shortest decimal of value/scale (a power of ten) with a point
 * ("12.5", "-3") into `text` (at least 32 bytes, no NUL); returns its size. */
size_t psp_decimal_format(int64_t value, int64_t scale, char *text);

#endif
