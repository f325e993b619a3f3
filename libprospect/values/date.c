/*
 * Three ways to read a date, the fast one first: ISO at once, numbers
 * parted by / - or ., words of a folded copy. A weekday or "le" in front is
 * taken off last, so that "mar 2026" is March and no Tuesday.
 */
#include <config.h>

#include "libprospect/values/date.h"

#include "libprospect/base/calendar.h"
#include "libprospect/base/text.h"
#include "libprospect/base/word.h"
#include "libprospect/values/wording.h"

enum { MAX_WORDS = 8, TURN_OF_CENTURY = 70 };

/* A date as the cell says it, not yet known to exist. */
struct said {
	int year;
	int month;
	int day;
	enum psp_date_precision precision;
};

static const struct psp_word_meaning months[] = { { "janvier", 1 },
	{ "fevrier", 2 }, { "mars", 3 }, { "avril", 4 }, { "mai", 5 },
	{ "juin", 6 }, { "juillet", 7 }, { "aout", 8 }, { "septembre", 9 },
	{ "octobre", 10 }, { "novembre", 11 }, { "decembre", 12 },
	{ "janv", 1 }, { "fevr", 2 }, { "fev", 2 }, { "avr", 4 }, { "juil", 7 },
	{ "juill", 7 }, { "january", 1 }, { "february", 2 }, { "march", 3 },
	{ "april", 4 }, { "may", 5 }, { "june", 6 }, { "july", 7 },
	{ "august", 8 }, { "september", 9 }, { "october", 10 },
	{ "november", 11 }, { "december", 12 }, { "jan", 1 }, { "feb", 2 },
	{ "mar", 3 }, { "apr", 4 }, { "jun", 6 }, { "jul", 7 }, { "aug", 8 },
	{ "sep", 9 }, { "sept", 9 }, { "oct", 10 }, { "nov", 11 },
	{ "dec", 12 } };

/* Words that may stand in front of a date: weekdays (1 to 7) and "le" (0). */
static const struct psp_word_meaning fronts[] = { { "le", 0 }, { "lundi", 1 },
	{ "mardi", 2 }, { "mercredi", 3 }, { "jeudi", 4 }, { "vendredi", 5 },
	{ "samedi", 6 }, { "dimanche", 7 }, { "lun", 1 }, { "mar", 2 },
	{ "mer", 3 }, { "jeu", 4 }, { "ven", 5 }, { "sam", 6 }, { "dim", 7 },
	{ "monday", 1 }, { "tuesday", 2 }, { "wednesday", 3 },
	{ "thursday", 4 }, { "friday", 5 }, { "saturday", 6 }, { "sunday", 7 },
	{ "mon", 1 }, { "tue", 2 }, { "tues", 2 }, { "wed", 3 }, { "thu", 4 },
	{ "thur", 4 }, { "thurs", 4 }, { "fri", 5 }, { "sat", 6 },
	{ "sun", 7 } };

int
psp_month_find(struct psp_slice word)
{
	int month =
	    psp_word_find(word, months, sizeof(months) / sizeof(months[0]));

	return month < 0 ? 0 : month;
}

static enum psp_date_result
to_days(const struct said *said, struct psp_days *days)
{
	struct said first = *said, last = *said;

	if (said->precision == PSP_PRECISION_YEAR) {
		first.month = 1;
		last.month = 12;
	}
	if (first.month < 1 || last.month > 12)
		return PSP_DATE_IMPOSSIBLE;
	if (said->precision != PSP_PRECISION_DAY) {
		first.day = 1;
		last.day = psp_days_in_month(last.year, last.month);
	}
	if (!psp_civil_valid(first.year, first.month, first.day))
		return PSP_DATE_IMPOSSIBLE;
	if (said->year < PSP_MIN_YEAR || said->year > PSP_MAX_YEAR)
		return PSP_DATE_BOUNDS;
	days->first = psp_days_from_civil(first.year, first.month, first.day);
	days->last = psp_days_from_civil(last.year, last.month, last.day);
	return PSP_DATE_READ;
}

/* Passes the digits that `text` starts with. */
static struct psp_slice
take_digits(struct psp_slice *text)
{
	struct psp_slice digits = psp_slice(text->bytes, 0);

	while (digits.size < text->size && digits.bytes[digits.size] >= '0'
	       && digits.bytes[digits.size] <= '9')
		digits.size++;
	text->bytes += digits.size;
	text->size -= digits.size;
	return digits;
}

/* Passes `c` (a letter: in either case) if `text` starts with it. */
static bool
take(struct psp_slice *text, char c)
{
	if (text->size == 0)
		return false;
	if (text->bytes[0] != c
	    && (c < 'a' || c > 'z' || text->bytes[0] != c - 'a' + 'A'))
		return false;
	text->bytes++;
	text->size--;
	return true;
}

/* Passes one or two digits of at most `most`. */
static bool
take_pair(struct psp_slice *text, int most)
{
	struct psp_slice digits = take_digits(text);

	return (digits.size == 1 || digits.size == 2)
	       && psp_word_integer(digits) <= most;
}

/* Whether `text` is an offset of ISO 8601, or nothing. */
static bool
is_offset(struct psp_slice text)
{
	if (text.size == 0)
		return true;
	if (take(&text, 'z'))
		return text.size == 0;
	if (!take(&text, '+') && !take(&text, '-'))
		return false;
	if (take_digits(&text).size == 4)
		return text.size == 0;
	return text.size == 0
	       || (take(&text, ':') && take_pair(&text, 59) && text.size == 0);
}

/* Whether `text` is a time of day: 8:30, 08:30:15.250+02:00, 8h30, 8h. */
static bool
is_time(struct psp_slice text)
{
	if (!take_pair(&text, 24))
		return false;
	if (take(&text, 'h'))
		return text.size == 0
		       || (take_pair(&text, 59) && text.size == 0);
	if (!take(&text, ':') || !take_pair(&text, 59))
		return false;
	if (take(&text, ':')) {
		if (!take_pair(&text, 60))
			return false;
		if ((take(&text, '.') || take(&text, ','))
		    && take_digits(&text).size == 0)
			return false;
	}
	while (take(&text, ' '))
		continue;
	return is_offset(text);
}

/* Whether what follows a date is nothing or a time. */
static bool
is_tail(struct psp_slice text)
{
	if (text.size == 0)
		return true;
	if (take(&text, 't'))
		return is_time(text);
	if (!take(&text, ' '))
		return false;
	while (take(&text, ' '))
		continue;
	if (take(&text, 'a')) {
		(void)take(&text, 't');
		if (!take(&text, ' '))
			return false;
	}
	return is_time(text);
}

static int
full_year(struct psp_slice digits)
{
	int year = psp_word_integer(digits);

	if (digits.size > 2)
		return year;
	return year + (year >= TURN_OF_CENTURY ? 1900 : 2000);
}

/* What begins with a year of four digits: YYYY, YYYY-MM, YYYY-MM-DD. */
static bool
read_year_first(struct psp_slice text, struct said *said)
{
	struct psp_slice digits;

	said->precision = PSP_PRECISION_YEAR;
	if (text.size == 0)
		return true;
	if (!take(&text, '-'))
		return false;
	digits = take_digits(&text);
	if (digits.size != 2)
		return false;
	said->month = psp_word_integer(digits);
	said->precision = PSP_PRECISION_MONTH;
	if (text.size == 0)
		return true;
	if (!take(&text, '-'))
		return false;
	digits = take_digits(&text);
	said->day = psp_word_integer(digits);
	said->precision = PSP_PRECISION_DAY;
	return digits.size == 2 && is_tail(text);
}

/* What begins with one or two digits: D/M/Y with any of / - . alike; M/YYYY
 * with / or -. */
static bool
read_day_first(struct psp_slice first, struct psp_slice text, struct said *said)
{
	struct psp_slice second, third;
	char mark;

	if (text.size == 0 || memchr("/-.", text.bytes[0], 3) == NULL)
		return false;
	mark = text.bytes[0];
	(void)take(&text, mark);
	second = take_digits(&text);
	if (second.size == 4 && mark != '.') {
		said->year = psp_word_integer(second);
		said->month = psp_word_integer(first);
		said->precision = PSP_PRECISION_MONTH;
		return text.size == 0;
	}
	if ((second.size != 1 && second.size != 2) || !take(&text, mark))
		return false;
	third = take_digits(&text);
	said->year = full_year(third);
	said->month = psp_word_integer(second);
	said->day = psp_word_integer(first);
	said->precision = PSP_PRECISION_DAY;
	return (third.size == 2 || third.size == 4) && is_tail(text);
}

static bool
read_numbers(struct psp_slice text, struct said *said)
{
	struct psp_slice digits = take_digits(&text);

	if (digits.size == 8 && text.size == 0) {
		said->year = psp_word_integer(psp_slice(digits.bytes, 4));
		said->month = psp_word_integer(psp_slice(digits.bytes + 4, 2));
		said->day = psp_word_integer(psp_slice(digits.bytes + 6, 2));
		said->precision = PSP_PRECISION_DAY;
		return true;
	}
	if (digits.size == 4) {
		said->year = psp_word_integer(digits);
		return read_year_first(text, said);
	}
	return (digits.size == 1 || digits.size == 2)
	       && read_day_first(digits, text, said);
}

/* The day of "23", "1er", "2nd", "23rd", or -1. */
static int
day_of_word(struct psp_slice word)
{
	struct psp_slice digits = take_digits(&word);
	int day = psp_word_integer(digits);

	if (digits.size > 2)
		return -1;
	if (word.size == 0 || (psp_slice_is(word, "er") && day == 1)
	    || psp_slice_is(word, "st") || psp_slice_is(word, "nd")
	    || psp_slice_is(word, "rd") || psp_slice_is(word, "th"))
		return day;
	return -1;
}

/* Takes a time, with "a" or "at" before it or not, off the end of words. */
static size_t
without_time(const struct psp_slice *words, size_t n)
{
	if (n < 2 || !is_time(words[n - 1]))
		return n;
	n--;
	if (psp_slice_is(words[n - 1], "a") || psp_slice_is(words[n - 1], "at"))
		n--;
	return n;
}

/* A year of four digits, or two where `may_be_short`; 0 when it is none. */
static int
year_of_word(struct psp_slice word, bool may_be_short)
{
	if (psp_word_integer(word) < 0
	    || (word.size != 4 && (word.size != 2 || !may_be_short)))
		return 0;
	return full_year(word);
}

/* Day month year, month day year or month year, the month being a word. Two
 * digits are a year only where they can be no day. */
static bool
read_words(struct psp_slice text, struct said *said)
{
	struct psp_slice words[MAX_WORDS];
	size_t n = psp_wording_split(text, " ,-/.", words, MAX_WORDS);
	bool is_month_first;

	if (n > MAX_WORDS)
		return false;
	n = without_time(words, n);
	if (n == 4 && psp_slice_is(words[1], "of")) {
		words[1] = words[2];
		words[2] = words[3];
		n = 3;
	}
	if (n < 2 || n > 3)
		return false;
	said->month = psp_month_find(words[0]);
	is_month_first = said->month > 0;
	said->year = year_of_word(words[n - 1], !is_month_first);
	if (n == 2) {
		said->precision = PSP_PRECISION_MONTH;
		return is_month_first && said->year > 0;
	}
	if (!is_month_first)
		said->month = psp_month_find(words[1]);
	said->day = day_of_word(words[is_month_first ? 1 : 0]);
	said->precision = PSP_PRECISION_DAY;
	return said->month > 0 && said->day >= 0 && said->year > 0;
}

/* `text` without "le" and a weekday in front; false when there is none. */
static bool
take_front(struct psp_slice *text)
{
	bool is_found = false;

	for (int i = 0; i < 2; i++) {
		struct psp_slice rest = *text;
		size_t n = 0;

		while (n < rest.size && rest.bytes[n] >= 'a'
		       && rest.bytes[n] <= 'z')
			n++;
		if (psp_word_find(psp_slice(rest.bytes, n), fronts,
			sizeof(fronts) / sizeof(fronts[0]))
		    < 0)
			break;
		rest.bytes += n;
		rest.size -= n;
		while (take(&rest, '.') || take(&rest, ',') || take(&rest, ' '))
			continue;
		*text = rest;
		is_found = true;
	}
	return is_found;
}

static bool
read_long_way(struct psp_slice cell, struct said *said)
{
	struct psp_wording wording;
	struct psp_slice text;

	if (!psp_wording_read(cell, &wording))
		return false;
	text = psp_wording_slice(&wording);
	if (read_numbers(text, said) || read_words(text, said))
		return true;
	return take_front(&text)
	       && (read_numbers(text, said) || read_words(text, said))
	       && said->precision == PSP_PRECISION_DAY;
}

/*
 * YYYY-MM-DD and nothing else, as most dates are written, at once. False for
 * all else and for days that are none: the long way tells why.
 */
static bool
read_plain_day(struct psp_slice cell, int32_t *day)
{
	/* The two dashes become digits, 0, for all eight bytes to be read as
	 * one number: "2026-11-" is 2026 0 11 0. */
	const uint64_t dashes =
	    (uint64_t)('-' ^ '0') << 32 | (uint64_t)('-' ^ '0') << 56;
	uint64_t word;
	uint32_t number;
	unsigned tens, ones;
	int year, month;

	if (cell.size != 10)
		return false;
	word = psp_word_load(cell.bytes) ^ dashes;
	tens = (unsigned)((unsigned char)cell.bytes[8] - '0');
	ones = (unsigned)((unsigned char)cell.bytes[9] - '0');
	if (cell.bytes[4] != '-' || cell.bytes[7] != '-'
	    || !psp_word_is_digits(word) || tens > 9 || ones > 9)
		return false;
	number = psp_word_number(word);
	year = (int)(number / 10000);
	month = (int)(number % 10000 / 10);
	if (year < PSP_MIN_YEAR || year > PSP_MAX_YEAR
	    || !psp_civil_valid(year, month, (int)(tens * 10 + ones)))
		return false;
	*day = psp_days_from_civil(year, month, (int)(tens * 10 + ones));
	return true;
}

enum psp_date_result
psp_date_read(struct psp_slice cell, struct psp_days *days,
    enum psp_date_precision *precision)
{
	struct said said = { 0, 0, 0, PSP_PRECISION_DAY };
	enum psp_date_result result;

	if (PSP_LIKELY(read_plain_day(cell, &days->first))) {
		days->last = days->first;
		if (precision != NULL)
			*precision = PSP_PRECISION_DAY;
		return PSP_DATE_READ;
	}
	if (!read_numbers(cell, &said)) {
		cell = psp_text_trim(cell);
		if (cell.size == 0 || !read_long_way(cell, &said))
			return PSP_DATE_SHAPE;
	}
	result = to_days(&said, days);
	if (result == PSP_DATE_READ && precision != NULL)
		*precision = said.precision;
	return result;
}

void
psp_date_format(int32_t day, char text[16])
{
	struct psp_civil civil = psp_civil_from_days(day);
	unsigned year = (unsigned)(civil.year < 0 ? -civil.year : civil.year);
	char *p = text;

	if (civil.year < 0)
		*p++ = '-';
	for (unsigned place = year > 9999 ? 1000000 : 1000; place > 0;
	     place /= 10)
		*p++ = (char)('0' + year / place % 10);
	*p++ = '-';
	*p++ = (char)('0' + civil.month / 10);
	*p++ = (char)('0' + civil.month % 10);
	*p++ = '-';
	*p++ = (char)('0' + civil.day / 10);
	*p++ = (char)('0' + civil.day % 10);
	*p = '\0';
}
