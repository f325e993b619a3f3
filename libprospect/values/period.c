/*
 * A period is read in two steps. Its words, in nearly any order, fill a
 * `struct phrase`, each kind of word at most once and no word unknown; then
 * the phrase is resolved to days by counting units (months, quarters…) from
 * year 0, so that "the next one" is one more.
 */
#include <config.h>

#include "libprospect/values/period.h"

#include "libprospect/base/calendar.h"
#include "libprospect/base/text.h"
#include "libprospect/values/wording.h"

enum { MAX_WORDS = 12, MAX_COUNT = 1200, NONE = -1 };

enum unit { DAY, WEEK, MONTH, QUARTER, HALF, YEAR };

enum part { WHOLE, EARLY, MIDDLE, LATE };

/* Which one, when no year tells. */
enum choice { COMING, NEXT, PRESENT, LAST };

enum reach { WITHIN, UNTIL, IN };

struct phrase {
	int unit;
	int number;  /* of the month, quarter or half in its year */
	int ordinal; /* "1er": a number, or the day of a named month */
	int count;   /* "3" */
	int year;
	int choice;
	int part;
	int reach;
	bool has_article;       /* "dans les 3 mois" is not "dans 3 mois" */
	bool count_is_last;     /* "trimestre 1" is not "1 trimestre" */
	bool choice_is_of_year; /* "mars de l'an prochain" */
};

/* What a word is; added to it, its value of the enum of that kind. */
enum {
	NOISE = 0,
	ARTICLE = 16,
	A_UNIT = 32,
	A_PART = 48,
	A_CHOICE = 64,
	A_REACH = 80,
	AN_ORDINAL = 96,
	A_DAY = 112,
	KIND_SIZE = 16
};

static const struct psp_word_meaning words[] = { { "le", NOISE },
	{ "la", NOISE }, { "l", NOISE }, { "au", NOISE }, { "du", NOISE },
	{ "de", NOISE }, { "d", NOISE }, { "en", NOISE }, { "of", NOISE },
	{ "on", NOISE }, { "for", NOISE }, { "during", NOISE },
	{ "pour", NOISE }, { "ci", NOISE }, { "courant", NOISE },
	{ "hui", NOISE }, { "les", ARTICLE }, { "the", ARTICLE },
	{ "jour", A_UNIT + DAY }, { "jours", A_UNIT + DAY },
	{ "day", A_UNIT + DAY }, { "days", A_UNIT + DAY },
	{ "semaine", A_UNIT + WEEK }, { "semaines", A_UNIT + WEEK },
	{ "week", A_UNIT + WEEK }, { "weeks", A_UNIT + WEEK },
	{ "mois", A_UNIT + MONTH }, { "month", A_UNIT + MONTH },
	{ "months", A_UNIT + MONTH }, { "trimestre", A_UNIT + QUARTER },
	{ "trimestres", A_UNIT + QUARTER }, { "quarter", A_UNIT + QUARTER },
	{ "quarters", A_UNIT + QUARTER }, { "semestre", A_UNIT + HALF },
	{ "semestres", A_UNIT + HALF }, { "half", A_UNIT + HALF },
	{ "an", A_UNIT + YEAR }, { "ans", A_UNIT + YEAR },
	{ "annee", A_UNIT + YEAR }, { "annees", A_UNIT + YEAR },
	{ "year", A_UNIT + YEAR }, { "years", A_UNIT + YEAR },
	{ "debut", A_PART + EARLY }, { "early", A_PART + EARLY },
	{ "beginning", A_PART + EARLY }, { "start", A_PART + EARLY },
	{ "mi", A_PART + MIDDLE }, { "mid", A_PART + MIDDLE },
	{ "milieu", A_PART + MIDDLE }, { "middle", A_PART + MIDDLE },
	{ "fin", A_PART + LATE }, { "end", A_PART + LATE },
	{ "late", A_PART + LATE }, { "prochain", A_CHOICE + NEXT },
	{ "prochaine", A_CHOICE + NEXT }, { "prochains", A_CHOICE + NEXT },
	{ "prochaines", A_CHOICE + NEXT }, { "next", A_CHOICE + NEXT },
	{ "ce", A_CHOICE + PRESENT }, { "cet", A_CHOICE + PRESENT },
	{ "cette", A_CHOICE + PRESENT }, { "cours", A_CHOICE + PRESENT },
	{ "this", A_CHOICE + PRESENT }, { "current", A_CHOICE + PRESENT },
	{ "dernier", A_CHOICE + LAST }, { "derniere", A_CHOICE + LAST },
	{ "passe", A_CHOICE + LAST }, { "passee", A_CHOICE + LAST },
	{ "last", A_CHOICE + LAST }, { "sous", A_REACH + WITHIN },
	{ "within", A_REACH + WITHIN }, { "ici", A_REACH + UNTIL },
	{ "by", A_REACH + UNTIL }, { "dans", A_REACH + IN },
	{ "in", A_REACH + IN }, { "premier", AN_ORDINAL + 1 },
	{ "first", AN_ORDINAL + 1 }, { "deuxieme", AN_ORDINAL + 2 },
	{ "second", AN_ORDINAL + 2 }, { "troisieme", AN_ORDINAL + 3 },
	{ "third", AN_ORDINAL + 3 }, { "quatrieme", AN_ORDINAL + 4 },
	{ "fourth", AN_ORDINAL + 4 }, { "aujourd", A_DAY + PRESENT },
	{ "today", A_DAY + PRESENT }, { "demain", A_DAY + NEXT },
	{ "tomorrow", A_DAY + NEXT }, { "hier", A_DAY + LAST },
	{ "yesterday", A_DAY + LAST } };

/* Sets a field that must not be set yet. */
static bool
set_once(int *field, int value)
{
	if (*field != NONE)
		return false;
	*field = value;
	return true;
}

/* A second unit may only be the year that the first is in. */
static bool
set_unit(struct phrase *phrase, int unit)
{
	if (phrase->unit == unit && unit == MONTH && phrase->number != NONE)
		return true; /* "mars, mois de…" */
	if (phrase->unit == NONE) {
		phrase->unit = unit;
		return true;
	}
	if (phrase->choice_is_of_year || (unit != YEAR && phrase->unit != YEAR))
		return false;
	if (unit != YEAR)
		phrase->unit = unit;
	phrase->choice_is_of_year = true;
	return true;
}

static bool
set_month(struct phrase *phrase, int month)
{
	if (phrase->unit != MONTH && !set_unit(phrase, MONTH))
		return false;
	return set_once(&phrase->number, month);
}

/* "t1", "q1", "s1", "h1": a unit and its number. */
static bool
set_short_unit(struct phrase *phrase, struct psp_slice word)
{
	int number = word.bytes[1] - '0';
	int unit;

	switch (word.bytes[0]) {
	case 't':
	case 'q':
		unit = QUARTER;
		break;
	case 's':
	case 'h':
		unit = HALF;
		break;
	default:
		return false;
	}
	return number >= 1 && number <= (unit == QUARTER ? 4 : 2)
	       && set_unit(phrase, unit) && set_once(&phrase->number, number);
}

/* "2027", "3", "1er", "2e", "3rd". */
static bool
set_figure(struct phrase *phrase, struct psp_slice word)
{
	static const struct psp_word_meaning suffixes[] = { { "er", 0 },
		{ "re", 0 }, { "ere", 0 }, { "e", 0 }, { "eme", 0 },
		{ "ieme", 0 }, { "st", 0 }, { "nd", 0 }, { "rd", 0 },
		{ "th", 0 } };
	size_t n = 0;
	int number;

	while (n < word.size && word.bytes[n] >= '0' && word.bytes[n] <= '9')
		n++;
	number = psp_word_integer(psp_slice(word.bytes, n));
	if (number < 0)
		return false;
	if (n < word.size)
		return psp_word_find(psp_slice(word.bytes + n, word.size - n),
			   suffixes, sizeof(suffixes) / sizeof(suffixes[0]))
		           >= 0
		       && set_once(&phrase->ordinal, number);
	if (n == 4)
		return set_once(&phrase->year, number);
	phrase->count_is_last = phrase->unit != NONE;
	return set_once(&phrase->count, number);
}

static bool
set_word(struct phrase *phrase, struct psp_slice word)
{
	int found =
	    psp_word_find(word, words, sizeof(words) / sizeof(words[0]));
	int month = psp_month_find(word);
	int value = found % KIND_SIZE;

	if (month > 0)
		return set_month(phrase, month);
	/* "within a month", but "à la fin du mois" */
	if (psp_slice_is(word, "a"))
		return (phrase->reach != WITHIN && phrase->reach != IN)
		       || set_once(&phrase->count, 1);
	switch (found < 0 ? NONE : found - value) {
	case NOISE:
		return true;
	case ARTICLE:
		phrase->has_article = true;
		return true;
	case A_UNIT:
		return set_unit(phrase, value);
	case A_PART:
		return set_once(&phrase->part, value);
	case A_CHOICE:
		/* "dernier trimestre" may be the fourth */
		if (value == LAST && phrase->unit == NONE
		    && word.bytes[0] == 'd')
			return false;
		return set_once(&phrase->choice, value);
	case A_REACH:
		return set_once(&phrase->reach, value);
	case AN_ORDINAL:
		return set_once(&phrase->ordinal, value);
	case A_DAY:
		return set_once(&phrase->choice, value)
		       && set_unit(phrase, DAY);
	default:
		break;
	}
	if (word.bytes[0] >= '0' && word.bytes[0] <= '9')
		return set_figure(phrase, word);
	if (word.size == 2 && set_short_unit(phrase, word))
		return true;
	return psp_word_numeral(word) > 0
	       && set_once(&phrase->count, psp_word_numeral(word));
}

static bool
read_phrase(struct psp_slice text, struct phrase *phrase)
{
	struct psp_slice parts[MAX_WORDS];
	size_t n = psp_wording_split(text, " ,-/.'", parts, MAX_WORDS);

	*phrase = (struct phrase){ NONE, NONE, NONE, NONE, NONE, NONE, NONE,
		NONE, false, false, false };
	if (n == 0 || n > MAX_WORDS || parts[0].bytes != text.bytes)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!set_word(phrase, parts[i]))
			return false;
	return true;
}

/* How many of `unit` a year has; 0 for those that do not divide it. */
static int
per_year(int unit)
{
	static const int counts[] = {
		[MONTH] = 12, [QUARTER] = 4, [HALF] = 2, [YEAR] = 1
	};

	return unit < MONTH ? 0 : counts[unit];
}

/* `n` months from the `first` one, counted from year 0. */
static struct psp_days
days_of_months(int first, int n)
{
	struct psp_days days;

	days.first = psp_days_from_civil(first / 12, first % 12 + 1, 1);
	days.last =
	    psp_days_from_civil((first + n) / 12, (first + n) % 12 + 1, 1) - 1;
	return days;
}

/* The unit that `day` is in, counted from year 0; days and weeks from 1970. */
static int
index_of_day(int unit, int32_t day)
{
	struct psp_civil civil = psp_civil_from_days(day);

	if (unit == DAY)
		return day;
	if (unit == WEEK)
		return (day - psp_weekday(day) + 4) / 7;
	return civil.year * per_year(unit)
	       + (civil.month - 1) * per_year(unit) / 12;
}

/* The days of a unit or of a part of it. */
static struct psp_days
days_of_index(int unit, int index, int part)
{
	/* Of quarters, halves and years: first month and number of months. */
	static const int months[][4][2] = {
		[QUARTER] = { { 0, 3 }, { 0, 1 }, { 1, 1 }, { 2, 1 } },
		[HALF] = { { 0, 6 }, { 0, 2 }, { 2, 2 }, { 4, 2 } },
		[YEAR] = { { 0, 12 }, { 0, 3 }, { 3, 6 }, { 9, 3 } },
	};
	struct psp_days days;

	if (unit == DAY)
		return (struct psp_days){ index, index };
	if (unit == WEEK)
		return (struct psp_days){ index * 7 - 3, index * 7 + 3 };
	if (unit != MONTH)
		return days_of_months(
		    index * (12 / per_year(unit)) + months[unit][part][0],
		    months[unit][part][1]);
	days = days_of_months(index, 1);
	if (part == EARLY || part == MIDDLE)
		days.last = days.first + (part == EARLY ? 9 : 19);
	if (part == MIDDLE || part == LATE)
		days.first += part == MIDDLE ? 10 : 20;
	return days;
}

/* "sous 3 mois", "dans 3 mois". */
static bool
resolve_count(const struct phrase *phrase, int32_t today, struct psp_days *days)
{
	bool is_span = phrase->reach == WITHIN || phrase->reach == UNTIL
	               || phrase->choice == NEXT
	               || (phrase->reach == IN && phrase->has_article);
	int unit = phrase->unit;

	if (phrase->number != NONE || phrase->part != NONE
	    || phrase->ordinal != NONE || phrase->year != NONE
	    || phrase->count > MAX_COUNT
	    || (phrase->choice != NONE && phrase->choice != NEXT)
	    || (!is_span && phrase->reach != IN))
		return false;
	if (!is_span) {
		*days = days_of_index(
		    unit, index_of_day(unit, today) + phrase->count, WHOLE);
		return true;
	}
	days->first = today;
	if (unit == DAY || unit == WEEK)
		days->last = today + phrase->count * (unit == WEEK ? 7 : 1);
	else
		days->last = psp_days_add_months(
		    today, phrase->count * 12 / per_year(unit));
	return true;
}

/*
 * The unit to begin with and the step to the next candidate: "mars" comes each
 * 12 months, "mois" each month.
 */
static void
first_candidate(
    const struct phrase *phrase, int32_t today, int *index, int *step)
{
	int year = psp_civil_from_days(today).year;

	*step = phrase->number == NONE ? 1 : per_year(phrase->unit);
	if (phrase->number == NONE)
		*index = index_of_day(phrase->unit, today);
	else
		*index = year * per_year(phrase->unit) + phrase->number - 1;
}

/* A unit without a year: which one is told by `choice` and today. */
static bool
resolve_choice(
    const struct phrase *phrase, int32_t today, struct psp_days *days)
{
	int part = phrase->part == NONE ? WHOLE : phrase->part;
	int index, step;

	first_candidate(phrase, today, &index, &step);
	switch (phrase->choice) {
	case NEXT:
		while (days_of_index(phrase->unit, index, WHOLE).first <= today)
			index += step;
		break;
	case LAST:
		while (days_of_index(phrase->unit, index, WHOLE).last >= today)
			index -= step;
		break;
	case PRESENT:
		break;
	default:
		if (phrase->number == NONE && part == WHOLE)
			return false;
		while (days_of_index(phrase->unit, index, part).last < today)
			index += step;
	}
	*days = days_of_index(phrase->unit, index, part);
	return true;
}

/* The day of a named month: "1er mars", "15 mars prochain". */
static bool
resolve_day(
    const struct phrase *phrase, int day, int32_t today, struct psp_days *days)
{
	int year = psp_civil_from_days(today).year;
	int32_t from = phrase->choice == NEXT ? today + 1 : today;

	if (phrase->part != NONE || phrase->year != NONE
	    || (phrase->choice != NONE && phrase->choice != NEXT))
		return false;
	/* 29 February may be eight years away */
	for (int i = 0; i <= 8; i++) {
		if (!psp_civil_valid(year + i, phrase->number, day))
			continue;
		days->first =
		    psp_days_from_civil(year + i, phrase->number, day);
		days->last = days->first;
		if (days->first >= from)
			return true;
	}
	return false;
}

/* Puts the number of "1er trimestre" and "trimestre 1" in its place. */
static bool
settle_number(struct phrase *phrase)
{
	int *number = phrase->ordinal != NONE ? &phrase->ordinal
	              : phrase->count_is_last ? &phrase->count
	                                      : NULL;

	if (number == NULL || phrase->number != NONE
	    || (phrase->unit != QUARTER && phrase->unit != HALF))
		return true;
	phrase->number = *number;
	*number = NONE;
	return phrase->number >= 1 && phrase->number <= per_year(phrase->unit);
}

/* Turns "de l'an prochain" into a year. */
static bool
settle_year(struct phrase *phrase, int32_t today)
{
	int year = psp_civil_from_days(today).year;

	if (!phrase->choice_is_of_year || phrase->year != NONE)
		return true;
	if (phrase->number == NONE || phrase->choice == NONE)
		return false;
	phrase->year =
	    year + (phrase->choice == NEXT) - (phrase->choice == LAST);
	phrase->choice = NONE;
	return true;
}

static bool
resolve(struct phrase *phrase, int32_t today, struct psp_days *days)
{
	int day;

	if (phrase->unit == NONE && phrase->year != NONE)
		phrase->unit = YEAR;
	if (phrase->unit == NONE || !settle_number(phrase)
	    || !settle_year(phrase, today)
	    || (phrase->unit < MONTH && phrase->part != NONE))
		return false;
	day = phrase->ordinal != NONE ? phrase->ordinal : phrase->count;
	if (day != NONE && phrase->number != NONE) {
		if (phrase->unit != MONTH || phrase->count_is_last
		    || (phrase->ordinal != NONE && phrase->count != NONE))
			return false;
		return resolve_day(phrase, day, today, days);
	}
	if (phrase->count != NONE)
		return resolve_count(phrase, today, days);
	if (phrase->ordinal != NONE || phrase->reach == WITHIN)
		return false;
	if (phrase->year == NONE)
		return resolve_choice(phrase, today, days);
	if (phrase->choice != NONE
	    || (phrase->number == NONE && phrase->unit != YEAR))
		return false;
	*days = days_of_index(phrase->unit,
	    phrase->year * per_year(phrase->unit)
		+ (phrase->number == NONE ? 0 : phrase->number - 1),
	    phrase->part == NONE ? WHOLE : phrase->part);
	return true;
}

static bool
is_in_bounds(const struct psp_days *days)
{
	return days->first >= psp_days_from_civil(PSP_MIN_YEAR, 1, 1)
	       && days->last <= psp_days_from_civil(PSP_MAX_YEAR, 12, 31);
}

bool
psp_period_read(struct psp_slice cell, int32_t today, struct psp_days *days)
{
	struct psp_wording wording;
	struct phrase phrase;
	enum psp_date_result result = psp_date_read(cell, days, NULL);

	if (result != PSP_DATE_SHAPE)
		return result == PSP_DATE_READ;
	if (!psp_wording_read(cell, &wording)
	    || !read_phrase(psp_wording_slice(&wording), &phrase)
	    || !resolve(&phrase, today, days))
		return false;
	if (phrase.reach == UNTIL)
		days->first = today;
	return days->last >= days->first && is_in_bounds(days);
}
