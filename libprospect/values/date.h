/*
 * Dates, periods and durations, in French and English. A date of month or year
 * precision, and a period, is a range of days; a test that holds for a part of
 * it is unknown. Bounds 1800-01-01 to 2100-12-31; impossible dates are refused,
 * never shifted.
 */
#ifndef PSP_VALUES_DATE_H
#define PSP_VALUES_DATE_H

#include <stdint.h>

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"

enum psp_date_precision {
	PSP_PRECISION_DAY,
	PSP_PRECISION_MONTH,
	PSP_PRECISION_YEAR
};

/* Days since 1970-01-01, both ends included. */
struct psp_days {
	int32_t first;
	int32_t last;
};

/* Why a cell is no date. */
enum psp_date_result {
	PSP_DATE_READ,
	PSP_DATE_SHAPE,      /* looks like no date */
	PSP_DATE_IMPOSSIBLE, /* 31 April */
	PSP_DATE_BOUNDS      /* before 1800 or after 2100 */
};

/*
 * A date: ISO first (time and offset ignored), else day first with / - or .,
 * two-digit years turning at 70, 20261123, month names of both languages with
 * or without accents, short forms, "1er", a weekday in front, 2026-11, 11/2026,
 * 2026. `precision` may be NULL.
 */
PSP_NODISCARD enum psp_date_result psp_date_read(struct psp_slice cell,
    struct psp_days *days, enum psp_date_precision *precision);

/*
 * A period in words or a date: "1er trimestre 2027", "T1 2027", "Q1 2027",
 * "S1 2027", "février prochain", "next February", "fin novembre", "mi-mars",
 * "début 2027", "sous 3 mois", "within 3 months". Without a year it is the
 * next to come from `today` (the present one included).
 */
PSP_NODISCARD bool psp_period_read(
    struct psp_slice cell, int32_t today, struct psp_days *days);

/* A length of time: months are not days. Exactly one part is not zero, but
 * for 0 itself. */
struct psp_duration {
	int32_t months;
	int32_t days;
	int64_t seconds;
};

/*
 * "90 days", "90d", "3 years", "6 mois", "2 ans", "3h", "45min", "1 semaine",
 * "2 weeks", "h:mm:ss"; years are 12 months, weeks 7 days. A bare number is
 * not understood.
 */
PSP_NODISCARD bool psp_duration_read(
    struct psp_slice cell, struct psp_duration *duration);

/* `day` moved by `times` (usually 1 or -1) the duration, seconds in whole
 * days. */
int32_t psp_days_add_duration(
    int32_t day, const struct psp_duration *duration, int times);

/* Writes YYYY-MM-DD and a NUL. */
void psp_date_format(int32_t day, char text[16]);

#endif
