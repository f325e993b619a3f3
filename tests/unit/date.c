/* date: all shapes of french-data.md 4.5, precision, what is refused. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/base/calendar.h"
#include "libprospect/values/date.h"

#define NBSP "\xC2\xA0"
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct understood {
	const char *cell;
	const char *first; /* the day, when the last is NULL */
	const char *last;
};

static void
check(const struct understood *expected)
{
	static const enum psp_date_precision precisions[] = { PSP_PRECISION_DAY,
		PSP_PRECISION_MONTH, PSP_PRECISION_YEAR };
	struct psp_days days;
	enum psp_date_precision precision = PSP_PRECISION_YEAR;
	enum psp_date_result result =
	    psp_date_read(psp_slice_of(expected->cell), &days, &precision);
	char first[16], last[16];
	const char *wanted =
	    expected->last == NULL ? expected->first : expected->last;
	size_t length;

	if (result != PSP_DATE_READ)
		fail_msg("'%s' is refused: %d", expected->cell, (int)result);
	psp_date_format(days.first, first);
	psp_date_format(days.last, last);
	if (strcmp(first, expected->first) != 0 || strcmp(last, wanted) != 0)
		fail_msg("'%s' is %s..%s", expected->cell, first, last);
	length = (size_t)(days.last - days.first + 1);
	assert_int_equal(precision, precisions[(length > 1) + (length > 31)]);
}

static void
check_alike(int year, int month, int day, char mark)
{
	char cell[32];
	struct psp_days plain = { 0, 0 }, other = { 0, 0 };
	enum psp_date_result read, wanted;

	snprintf(
	    cell, sizeof(cell), " %04d-%02d%c%02d", year, month, mark, day);
	read = psp_date_read(psp_slice_of(cell + 1), &plain, NULL);
	wanted = psp_date_read(psp_slice_of(cell), &other, NULL);
	if (read != wanted || plain.first != other.first
	    || plain.last != other.last)
		fail_msg("'%s' is read in two ways", cell + 1);
}

static void
dates_are_read(void **state)
{
	static const struct understood cases[] = {
		{ "2026-11-23", "2026-11-23", NULL },
		{ "23/11/2026", "2026-11-23", NULL },
		{ "23-11-2026", "2026-11-23", NULL },
		{ "23.11.2026", "2026-11-23", NULL },
		{ "3/2/2026", "2026-02-03", NULL },
		{ "01/02/2026", "2026-02-01", NULL },
		{ "23/11/26", "2026-11-23", NULL },
		{ "1/1/24", "2024-01-01", NULL },
		{ "23/11/75", "1975-11-23", NULL },
		{ "23/11/70", "1970-11-23", NULL },
		{ "23/11/69", "2069-11-23", NULL },
		{ "20261123", "2026-11-23", NULL },
		{ "2025-12-06T05:25:38", "2025-12-06", NULL },
		{ "2025-12-06T05:25:38Z", "2025-12-06", NULL },
		{ "2025-12-06T05:25:38.123+02:00", "2025-12-06", NULL },
		{ "2025-12-06T23:59:60-0500", "2025-12-06", NULL },
		{ "2026-11-23 08:30", "2026-11-23", NULL },
		{ "2026-11-23" NBSP "08:30", "2026-11-23", NULL },
		{ "23/11/2026 08:30:15", "2026-11-23", NULL },
		{ "23/11/2026 \xC3\xA0 8h30", "2026-11-23", NULL },
		{ "27 novembre 2008", "2008-11-27", NULL },
		{ "1er janvier 2020", "2020-01-01", NULL },
		{ "1er" NBSP "janvier" NBSP "2020", "2020-01-01", NULL },
		{ "lundi 23 novembre 2026", "2026-11-23", NULL },
		{ "le lundi 23 novembre 2026", "2026-11-23", NULL },
		{ "lun. 23/11/2026", "2026-11-23", NULL },
		{ "le 23/11/2026", "2026-11-23", NULL },
		{ "mar 3 mars 2026", "2026-03-03", NULL },
		{ "Mar 3, 2026", "2026-03-03", NULL },
		{ "15 ao\xC3\xBBt 2025", "2025-08-15", NULL },
		{ "15 aou\xCC\x82t 2025", "2025-08-15", NULL },
		{ "15 AO\xC3\x9BT 2025", "2025-08-15", NULL },
		{ "15 aout 2025", "2025-08-15", NULL },
		{ "5 f\xC3\xA9vr. 2024", "2024-02-05", NULL },
		{ "12 d\xC3\xA9"
		  "c. 2023",
		    "2023-12-12", NULL },
		{ "23-nov-26", "2026-11-23", NULL },
		{ "November 23, 2026", "2026-11-23", NULL },
		{ "Nov 23rd 2026", "2026-11-23", NULL },
		{ "23rd of November 2026", "2026-11-23", NULL },
		{ "Monday, 23 November 2026 at 10:30", "2026-11-23", NULL },
		{ "23 novembre 2026 \xC3\xA0 10h", "2026-11-23", NULL },
		{ "2026-11", "2026-11-01", "2026-11-30" },
		{ "11/2026", "2026-11-01", "2026-11-30" },
		{ "2/2024", "2024-02-01", "2024-02-29" },
		{ "novembre 2026", "2026-11-01", "2026-11-30" },
		{ "Mar 2026", "2026-03-01", "2026-03-31" },
		{ "2026", "2026-01-01", "2026-12-31" },
		{ "29/02/2024", "2024-02-29", NULL },
		{ "29/02/2000", "2000-02-29", NULL },
		{ "1900-01-01", "1900-01-01", NULL },
		{ "1800-01-01", "1800-01-01", NULL },
		{ "2100-12-31", "2100-12-31", NULL },
		{ " 2026-11-23\t", "2026-11-23", NULL },
		{ NBSP "23/11/2026 ", "2026-11-23", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check(&cases[i]);
}

static void
dates_are_refused(void **state)
{
	static const struct {
		const char *cell;
		enum psp_date_result result;
	} cases[] = { { "29/02/2026", PSP_DATE_IMPOSSIBLE },
		{ "29/02/2023", PSP_DATE_IMPOSSIBLE },
		{ "29/02/1900", PSP_DATE_IMPOSSIBLE },
		{ "29/02/2100", PSP_DATE_IMPOSSIBLE },
		{ "31/02/2024", PSP_DATE_IMPOSSIBLE },
		{ "31/04/2026", PSP_DATE_IMPOSSIBLE },
		{ "31 avril 2026", PSP_DATE_IMPOSSIBLE },
		{ "01/13/2024", PSP_DATE_IMPOSSIBLE },
		{ "00/00/0000", PSP_DATE_IMPOSSIBLE },
		{ "0000-00-00", PSP_DATE_IMPOSSIBLE },
		{ "13/2026", PSP_DATE_IMPOSSIBLE },
		{ "2026-00", PSP_DATE_IMPOSSIBLE },
		{ "20261332", PSP_DATE_IMPOSSIBLE },
		{ "0009-12-02", PSP_DATE_BOUNDS },
		{ "0001-01-01", PSP_DATE_BOUNDS },
		{ "5025-05-27", PSP_DATE_BOUNDS },
		{ "9999-12-31", PSP_DATE_BOUNDS },
		{ "1799-12-31", PSP_DATE_BOUNDS },
		{ "2101-01-01", PSP_DATE_BOUNDS }, { "1234", PSP_DATE_BOUNDS },
		{ "9999", PSP_DATE_BOUNDS }, { "", PSP_DATE_SHAPE },
		{ "[ND]", PSP_DATE_SHAPE }, { "demain", PSP_DATE_SHAPE },
		{ "2026/11/23", PSP_DATE_SHAPE },
		{ "2026-1-5", PSP_DATE_SHAPE }, { "2026-11-2", PSP_DATE_SHAPE },
		{ "2026-11-233", PSP_DATE_SHAPE },
		{ "2026-11-", PSP_DATE_SHAPE },
		{ "23/11-2026", PSP_DATE_SHAPE },
		{ "23/11/026", PSP_DATE_SHAPE },
		{ "23/11/20266", PSP_DATE_SHAPE },
		{ "123/11/2026", PSP_DATE_SHAPE },
		{ "23//2026", PSP_DATE_SHAPE }, { "11.2026", PSP_DATE_SHAPE },
		{ "23/11", PSP_DATE_SHAPE }, { "45000", PSP_DATE_SHAPE },
		{ "-2026", PSP_DATE_SHAPE }, { "2026-11-23x", PSP_DATE_SHAPE },
		{ "2026-11-23T", PSP_DATE_SHAPE },
		{ "2026-11-23T25:00", PSP_DATE_SHAPE },
		{ "2026-11-23 08:61", PSP_DATE_SHAPE },
		{ "11/3/2026 8:30 AM", PSP_DATE_SHAPE },
		{ "01.99.00.12.34", PSP_DATE_SHAPE },
		{ "nov 26", PSP_DATE_SHAPE }, { "23 novembre", PSP_DATE_SHAPE },
		{ "32e novembre 2026", PSP_DATE_SHAPE },
		{ "5 jui 2026", PSP_DATE_SHAPE },
		{ "lundi 2026", PSP_DATE_SHAPE }, { "lundi", PSP_DATE_SHAPE },
		{ "novembre", PSP_DATE_SHAPE },
		{ "mars mars 2026", PSP_DATE_SHAPE },
		{ "a b c d e f g h i j 2026", PSP_DATE_SHAPE } };
	char text[300];
	struct psp_days days;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		enum psp_date_result result =
		    psp_date_read(psp_slice_of(cases[i].cell), &days, NULL);

		if (result != cases[i].result)
			fail_msg("'%s' gives %d", cases[i].cell, (int)result);
	}
	memset(text, '1', sizeof(text));
	assert_int_equal(
	    psp_date_read(psp_slice(text, sizeof(text)), &days, NULL),
	    PSP_DATE_SHAPE);
	assert_int_equal(
	    psp_date_read(psp_slice("2026-11-23\0", 11), &days, NULL),
	    PSP_DATE_SHAPE);
	assert_int_equal(
	    psp_date_read(psp_slice(NULL, 0), &days, NULL), PSP_DATE_SHAPE);
}

static void
days_are_written_and_read_back(void **state)
{
	char text[16];
	struct psp_days days;

	(void)state;
	for (int32_t day = psp_days_from_civil(PSP_MIN_YEAR, 1, 1);
	     day <= psp_days_from_civil(PSP_MAX_YEAR, 12, 31); day += 13) {
		psp_date_format(day, text);
		assert_int_equal(strlen(text), 10);
		assert_int_equal(psp_date_read(psp_slice_of(text), &days, NULL),
		    PSP_DATE_READ);
		assert_int_equal(days.first, day);
		assert_int_equal(days.last, day);
	}
	psp_date_format(psp_days_from_civil(12345, 6, 7), text);
	assert_string_equal(text, "0012345-06-07");
}

/* The way for plain days, and the long one, which a space in front makes it
 * take, tell the same of all cells of that shape, days or none. */
static void
plain_days_are_read_as_others(void **state)
{
	static const int years[] = { 0, 1799, 1800, 1900, 2000, 2023, 2024,
		2100, 2101, 9999 };
	static const char marks[] = "-/.0 :a";

	(void)state;
	for (size_t i = 0; i < COUNT(years); i++)
		for (int month = 0; month < 20; month++)
			for (int day = 0; day < 40; day++)
				for (const char *mark = marks; *mark != '\0';
				     mark++)
					check_alike(
					    years[i], month, day, *mark);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_read),
		cmocka_unit_test(dates_are_refused),
		cmocka_unit_test(plain_days_are_read_as_others),
		cmocka_unit_test(days_are_written_and_read_back),
	};

	return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
