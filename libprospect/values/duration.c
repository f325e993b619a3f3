/*
 * A duration is a clock ("1:30:00") or pairs of a number and a unit. Units are
 * counted in one of three currencies that do not convert: months, days,
 * seconds; all pairs of a cell must be of one, largest unit first.
 */
#include <config.h>

#include "libprospect/values/duration.h"

#include "libprospect/base/calendar.h"
#include "libprospect/values/wording.h"

enum {
	SECONDS_PER_DAY = 86400,
	MAX_YEARS = 1000,
	MAX_MONTHS = MAX_YEARS * 12,
	MAX_DAYS = MAX_YEARS * 366
};

enum measure { SECONDS, DAYS, MONTHS };

struct unit {
	enum measure measure;
	int32_t factor;
};

enum { SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER, HALF, YEAR };

static const struct unit units[] = {
	[SECOND] = { SECONDS, 1 },
	[MINUTE] = { SECONDS, 60 },
	[HOUR] = { SECONDS, 3600 },
	[DAY] = { DAYS, 1 },
	[WEEK] = { DAYS, 7 },
	[MONTH] = { MONTHS, 1 },
	[QUARTER] = { MONTHS, 3 },
	[HALF] = { MONTHS, 6 },
	[YEAR] = { MONTHS, 12 },
};

static const struct psp_word_meaning names[] = { { "s", SECOND },
	{ "sec", SECOND }, { "secs", SECOND }, { "second", SECOND },
	{ "seconds", SECOND }, { "seconde", SECOND }, { "secondes", SECOND },
	{ "min", MINUTE }, { "mins", MINUTE }, { "mn", MINUTE },
	{ "minute", MINUTE }, { "minutes", MINUTE }, { "h", HOUR },
	{ "hr", HOUR }, { "hrs", HOUR }, { "hour", HOUR }, { "hours", HOUR },
	{ "heure", HOUR }, { "heures", HOUR }, { "d", DAY }, { "day", DAY },
	{ "days", DAY }, { "j", DAY }, { "jour", DAY }, { "jours", DAY },
	{ "w", WEEK }, { "wk", WEEK }, { "week", WEEK }, { "weeks", WEEK },
	{ "sem", WEEK }, { "semaine", WEEK }, { "semaines", WEEK },
	{ "mois", MONTH }, { "month", MONTH }, { "months", MONTH },
	{ "quarter", QUARTER }, { "quarters", QUARTER },
	{ "trimestre", QUARTER }, { "trimestres", QUARTER },
	{ "semestre", HALF }, { "semestres", HALF }, { "y", YEAR },
	{ "yr", YEAR }, { "yrs", YEAR }, { "year", YEAR }, { "years", YEAR },
	{ "an", YEAR }, { "ans", YEAR }, { "annee", YEAR },
	{ "annees", YEAR } };

/* What has been read so far; `unit` is the last one, or -1. */
struct sum {
	int64_t amount;
	enum measure measure;
	int unit;
};

static bool
is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Passes the letters or digits that `text` starts with, after spaces. */
static struct psp_slice
take_run(struct psp_slice *text, bool (*is_part)(char))
{
	struct psp_slice run;
	size_t n = 0;

	while (text->size > 0 && text->bytes[0] == ' ') {
		text->bytes++;
		text->size--;
	}
	while (n < text->size && is_part(text->bytes[n]))
		n++;
	run = psp_slice(text->bytes, n);
	text->bytes += n;
	text->size -= n;
	return run;
}

static bool
add(struct sum *sum, int number, int unit)
{
	if (sum->unit >= 0
	    && (unit >= sum->unit || units[unit].measure != sum->measure))
		return false;
	sum->measure = units[unit].measure;
	sum->unit = unit;
	sum->amount += (int64_t)number * units[unit].factor;
	return true;
}

/* A number and its unit. After hours, minutes need none: "1h30". */
static bool
read_pair(struct psp_slice *text, struct sum *sum)
{
	struct psp_slice digits = take_run(text, is_digit);
	int number = psp_word_integer(digits);
	struct psp_slice name;
	int unit;

	if (digits.size == 0)
		number = psp_word_numeral(take_run(text, is_letter));
	name = take_run(text, is_letter);
	if (number < 0)
		return false;
	if (name.size == 0 && text->size == 0 && sum->unit == HOUR
	    && digits.size == 2 && number < 60)
		return add(sum, number, MINUTE);
	unit = psp_word_find(name, names, sizeof(names) / sizeof(names[0]));
	return unit >= 0 && add(sum, number, unit);
}

static bool
read_pairs(struct psp_slice text, struct sum *sum)
{
	do {
		struct psp_slice rest = text;
		struct psp_slice word = take_run(&rest, is_letter);

		if (sum->unit >= 0
		    && (psp_slice_is(word, "et") || psp_slice_is(word, "and")))
			text = rest;
		if (!read_pair(&text, sum))
			return false;
	} while (text.size > 0);
	return true;
}

/* h:mm or h:mm:ss. */
static bool
read_clock(struct psp_slice text, struct sum *sum)
{
	struct psp_slice parts[3];
	size_t n = psp_wording_split(text, ":", parts, 3);
	int unit = HOUR;

	if (n < 2 || n > 3 || parts[0].bytes != text.bytes)
		return false;
	for (size_t i = 0; i < n; i++, unit--) {
		int number = psp_word_integer(parts[i]);

		if (number < 0 || (i > 0 && (parts[i].size != 2 || number > 59))
		    || (i > 0
			&& parts[i].bytes
			       != parts[i - 1].bytes + parts[i - 1].size + 1)
		    || !add(sum, number, unit))
			return false;
	}
	return parts[n - 1].bytes + parts[n - 1].size == text.bytes + text.size;
}

bool
psp_duration_read(struct psp_slice cell, struct psp_duration *duration)
{
	static const int64_t limits[] = {
		[SECONDS] = (int64_t)MAX_DAYS * SECONDS_PER_DAY,
		[DAYS] = MAX_DAYS,
		[MONTHS] = MAX_MONTHS,
	};
	struct sum sum = { 0, SECONDS, -1 };
	struct psp_wording wording;
	struct psp_slice text;

	if (!psp_wording_read(cell, &wording) || wording.size == 0)
		return false;
	text = psp_wording_slice(&wording);
	if (memchr(text.bytes, ':', text.size) != NULL) {
		if (!read_clock(text, &sum))
			return false;
	} else if (!read_pairs(text, &sum)) {
		return false;
	}
	if (sum.amount > limits[sum.measure])
		return false;
	*duration = (struct psp_duration){ 0, 0, 0 };
	if (sum.measure == SECONDS)
		duration->seconds = sum.amount;
	else if (sum.measure == DAYS)
		duration->days = (int32_t)sum.amount;
	else
		duration->months = (int32_t)sum.amount;
	return true;
}

int32_t
psp_days_add_duration(
    int32_t day, const struct psp_duration *duration, int times)
{
	if (duration->months != 0)
		day = psp_days_add_months(day, duration->months * times);
	day += duration->days * times;
	return day + (int32_t)(duration->seconds / SECONDS_PER_DAY) * times;
}
