/*
 * Days from civil dates and back. A year is counted from 1 March so that the
 * leap day comes last; 400 years are 146,097 days (era). The method is the
 * well-known one described by Howard Hinnant, "chrono-compatible low-level
 * date algorithms".
 */
#include <config.h>

#include "libprospect/base/calendar.h"

enum { DAYS_PER_ERA = 146097, DAYS_TO_EPOCH = 719468 };

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int
psp_days_in_month(int year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };

	return lengths[month - 1] + (month == 2 && is_leap(year));
}

bool
psp_civil_valid(int year, int month, int day)
{
	return month >= 1 && month <= 12 && day >= 1
	       && day <= psp_days_in_month(year, month);
}

int32_t
psp_days_from_civil(int year, int month, int day)
{
	int march_year = year - (month <= 2);
	int era = (march_year >= 0 ? march_year : march_year - 399) / 400;
	int year_of_era = march_year - era * 400;
	int day_of_year =
	    (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100
	                 + day_of_year;

	return era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

struct psp_civil
psp_civil_from_days(int32_t days)
{
	int shifted = days + DAYS_TO_EPOCH;
	int era = (shifted >= 0 ? shifted : shifted - (DAYS_PER_ERA - 1))
	          / DAYS_PER_ERA;
	int day_of_era = shifted - era * DAYS_PER_ERA;
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524
			      - day_of_era / 146096)
	                  / 365;
	int day_of_year =
	    day_of_era
	    - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int shifted_month = (5 * day_of_year + 2) / 153;
	struct psp_civil civil;

	civil.day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
	civil.month = shifted_month + (shifted_month < 10 ? 3 : -9);
	civil.year = year_of_era + era * 400 + (civil.month <= 2);
	return civil;
}

int32_t
psp_days_add_months(int32_t days, int32_t months)
{
	struct psp_civil civil = psp_civil_from_days(days);
	int32_t total = civil.year * 12 + (civil.month - 1) + months;
	int year = total >= 0 ? total / 12 : (total - 11) / 12;
	int month = total - year * 12 + 1;
	int length = psp_days_in_month(year, month);

	return psp_days_from_civil(
	    year, month, civil.day < length ? civil.day : length);
}

int32_t
psp_months_between(int32_t from, int32_t to)
{
	struct psp_civil a = psp_civil_from_days(from);
	struct psp_civil b = psp_civil_from_days(to);
	int32_t months = (b.year - a.year) * 12 + (b.month - a.month);

	while (months > 0 && psp_days_add_months(from, months) > to)
		months--;
	while (months < 0 && psp_days_add_months(from, months) < to)
		months++;
	return months;
}

int
psp_weekday(int32_t days)
{
	int from_thursday = days % 7; /* 1970-01-01 was a Thursday */

	if (from_thursday < 0)
		from_thursday += 7;
	return (from_thursday + 3) % 7 + 1;
}
