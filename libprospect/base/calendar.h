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

/* Whether such a day exists. */
bool psp_civil_valid(int year, int month, int day);

/* Days in `month` (1 to 12) of `year`. */
int psp_days_in_month(int year, int month);

/* The day's number; the date must be valid. */
int32_t psp_days_from_civil(int year, int month, int day);

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
