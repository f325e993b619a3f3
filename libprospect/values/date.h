/*
 * Dates, in French and English (periods: period.h; lengths of time:
 * duration.h). A date of month or year precision is a range of days; a test
 * that holds for a part of it is unknown. Bounds 1800-01-01 to 2100-12-31;
 * impossible dates are refused, never shifted.
 */
#ifndef PSP_VALUES_DATE_H
#define PSP_VALUES_DATE_H

#include <stdint.h>

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"

enum { PSP_MIN_YEAR = 1800, PSP_MAX_YEAR = 2100 };

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
 * 2026. A weekday is passed over, not compared. A time with AM or PM is not
 * understood: its date may well be month first. `precision` may be NULL.
 */
PSP_NODISCARD enum psp_date_result psp_date_read(struct psp_slice cell,
    struct psp_days *days, enum psp_date_precision *precision);

/* The month, 1 to 12, that a folded word (wording.h) names, or 0: both
 * languages, whole names and usual short forms. */
int psp_month_find(struct psp_slice word);

/* Writes YYYY-MM-DD and a NUL. */
void psp_date_format(int32_t day, char text[16]);

#endif
