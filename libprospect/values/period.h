/*
 * Periods as people say them, in French and English: a range of days, often
 * without a year and then relative to a day given by the caller.
 */
#ifndef PSP_VALUES_PERIOD_H
#define PSP_VALUES_PERIOD_H

#include "libprospect/values/date.h"

/*
 * A period in words or a date: "1er trimestre 2027", "T1 2027", "Q1 2027",
 * "S1 2027", "février prochain", "next February", "fin novembre", "mi-mars",
 * "début 2027", "sous 3 mois", "within 3 months", "next month", "cette année".
 *
 * Without a year it is the next to come from `today`, the present one
 * included; "prochain" and "next" leave the present one out. "sous 3 mois" is
 * from `today` to the same day 3 months later; "dans 3 mois" the whole month
 * that day is in.
 *
 * Parts: of a month the days 1-10, 11-20 and 21 to its end; of a quarter its
 * months; of a half-year two months each; of a year the first quarter, the two
 * in the middle, the last.
 */
PSP_NODISCARD bool psp_period_read(
    struct psp_slice cell, int32_t today, struct psp_days *days);

#endif
