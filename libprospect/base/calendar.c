/* Civil dates from days, and months added; see the header. */
#include <config.h>

#include "libprospect/base/calendar.h"

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

struct psp_civil
psp_civil_from_days(int32_t days)
{
	int shifted = days + PSP_DAYS_TO_EPOCH;
	int era = (shifted >= 0 ? shifted : shifted - (PSP_DAYS_PER_ERA - 1))
	          / PSP_DAYS_PER_ERA;
	int day_of_era = shifted - era * PSP_DAYS_PER_ERA;
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
