/*
 * Dates, periods and lengths of time. Two bytes choose today, the rest is the
 * cell.
 */
#include <config.h>

#include "tests/fuzz/fuzz.h"

#include "libprospect/base/calendar.h"
#include "libprospect/values/date.h"
#include "libprospect/values/duration.h"
#include "libprospect/values/period.h"

/* A range of days is what its precision says it is. */
static void
check_precision(const struct psp_days *days, enum psp_date_precision precision)
{
	struct psp_civil first = psp_civil_from_days(days->first);
	struct psp_civil last = psp_civil_from_days(days->last);

	fuzz_must(first.year == last.year, "a date is within a year");
	switch (precision) {
	case PSP_PRECISION_DAY:
		fuzz_must(days->first == days->last, "a day is one day");
		break;
	case PSP_PRECISION_MONTH:
		fuzz_must(
		    first.month == last.month && first.day == 1
			&& last.day == psp_days_in_month(last.year, last.month),
		    "a month is a whole month");
		break;
	case PSP_PRECISION_YEAR:
		fuzz_must(first.month == 1 && first.day == 1 && last.month == 12
			      && last.day == 31,
		    "a year is a whole year");
		break;
	}
}

/* The day as it is written is the day. */
static void
check_written(int32_t day)
{
	struct psp_days again;
	char text[16];

	psp_date_format(day, text);
	fuzz_must(
	    psp_date_read(psp_slice_of(text), &again, NULL) == PSP_DATE_READ
		&& again.first == day && again.last == day,
	    "a date that is written reads back");
}

static void
check_date(struct psp_slice cell, int32_t today)
{
	const int32_t least = psp_days_from_civil(PSP_MIN_YEAR, 1, 1);
	const int32_t most = psp_days_from_civil(PSP_MAX_YEAR, 12, 31);
	struct psp_days days, again, period;
	enum psp_date_precision precision;

	if (psp_date_read(cell, &days, &precision) != PSP_DATE_READ)
		return;
	fuzz_must(days.first <= days.last, "a date has a day");
	fuzz_must(days.first >= least && days.last <= most,
	    "a date is within the bounds");
	check_precision(&days, precision);
	check_written(days.first);
	check_written(days.last);
	fuzz_must(psp_date_read(cell, &again, NULL) == PSP_DATE_READ
		      && again.first == days.first && again.last == days.last,
	    "the precision need not be asked for");
	fuzz_must(psp_period_read(cell, today, &period)
		      && period.first == days.first && period.last == days.last,
	    "a date is a period");
}

static void
check_period(struct psp_slice cell, int32_t today)
{
	struct psp_days days, again;

	if (!psp_period_read(cell, today, &days))
		return;
	fuzz_must(days.first <= days.last, "a period has a day");
	fuzz_must(psp_period_read(cell, today, &again)
		      && again.first == days.first && again.last == days.last,
	    "a period read again is the same");
}

static void
check_duration(struct psp_slice cell, int32_t today)
{
	struct psp_duration duration;
	int32_t later, earlier;

	if (!psp_duration_read(cell, &duration))
		return;
	fuzz_must((duration.months != 0) + (duration.days != 0)
			  + (duration.seconds != 0)
		      <= 1,
	    "a duration has one part");
	fuzz_must(
	    duration.months >= 0 && duration.days >= 0 && duration.seconds >= 0,
	    "a duration is not negative");
	later = psp_days_add_duration(today, &duration, 1);
	earlier = psp_days_add_duration(today, &duration, -1);
	fuzz_must(later >= today && earlier <= today,
	    "later is later and earlier is earlier");
	if (duration.months == 0)
		fuzz_must(psp_days_add_duration(later, &duration, -1) == today,
		    "days go there and back");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct psp_slice cell = fuzz_bytes(data, size);
	const int32_t least = psp_days_from_civil(PSP_MIN_YEAR, 1, 1);
	int32_t today = least + fuzz_take(&cell) * 256;

	today += fuzz_take(&cell);
	check_date(cell, today);
	check_period(cell, today);
	check_duration(cell, today);
	return 0;
}
