/*
 * Civil dates of the proleptic Gregorian calendar as a number of days since
 * 1970-01-01. No time zones and no clock: see product rule "--today".
 */
#ifndef PSP_BASE_CALENDAR_H
#define PSP_BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

struct psp_civil {
	int year;
	int month; /* 1 to 12 */
	int day;   /* 1 to 31 */
};

/* Days in `month` (1 to 12) of `year`. */
int psp_days_in_month(int year, int month);

/* Whether such a day exists. */
static inline bool
psp_civil_valid(int year, int month, int day)
{
	return month >= 1 && month <= 12 && day >= 1
	       && (day <= 28 || day <= psp_days_in_month(year, month));
}

/*
 * A year is counted from 1 March so that the leap day comes last; 400 years are
 * 146,097 days (era). The method is the well-known one described by Howard
 * Hinnant, "chrono-compatible low-level date algorithms".
 */
enum { PSP_DAYS_PER_ERA = 146097, PSP_DAYS_TO_EPOCH = 719468 };

/* The day's number; the date must be valid. */
static inline int32_t
psp_days_from_civil(int year, int month, int day)
{
	int march_year = year - (month <= 2);
	int era = (march_year >= 0 ? march_year : march_year - 399) / 400;
	int year_of_era = march_year - era * 400;
	int day_of_year =
	    (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100
	                 + day_of_year;

	return era * PSP_DAYS_PER_ERA + day_of_era - PSP_DAYS_TO_EPOCH;
}

/* The date of a day's number. */
struct psp_civil psp_civil_from_days(int32_t days);

/*
 * `days` moved by `months` (may be negative); a day that the month lacks
 * becomes its last: 31 January + 1 month = 28 or 29 February.
 */
int32_t psp_days_add_months(int32_t days, int32_t months);

/* Whole months from `from` to `to`, cut towards 0: 15 March to 14 April is 0.
 */
int32_t psp_months_between(int32_t from, int32_t to);

/* 1 Monday to 7 Sunday, as ISO 8601. */
int psp_weekday(int32_t days);

#endif
