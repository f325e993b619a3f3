/* duration: units of both languages, clocks, what does not add up. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/base/calendar.h"
#include "libprospect/values/duration.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void
durations_are_read(void **state)
{
	static const struct {
		const char *cell;
		int32_t months, days;
		int64_t seconds;
	} cases[] = { { "90 days", 0, 90, 0 }, { "90d", 0, 90, 0 },
		{ "90 jours", 0, 90, 0 }, { "90 j", 0, 90, 0 },
		{ "1 day", 0, 1, 0 }, { "2 weeks", 0, 14, 0 },
		{ "2w", 0, 14, 0 }, { "1 semaine", 0, 7, 0 },
		{ "2 SEMAINES", 0, 14, 0 }, { "3 years", 36, 0, 0 },
		{ "3 y", 36, 0, 0 }, { "3 ans", 36, 0, 0 },
		{ "1 an", 12, 0, 0 }, { "un an", 12, 0, 0 },
		{ "2 ann\xC3\xA9"
		  "es",
		    24, 0, 0 },
		{ "6 months", 6, 0, 0 }, { "6 mois", 6, 0, 0 },
		{ "6\xC2\xA0mois", 6, 0, 0 }, { "2 trimestres", 6, 0, 0 },
		{ "2 ans et 6 mois", 30, 0, 0 }, { "three months", 3, 0, 0 },
		{ "3h", 0, 0, 10800 }, { "3 hours", 0, 0, 10800 },
		{ "3 heures", 0, 0, 10800 }, { "45min", 0, 0, 2700 },
		{ "45 minutes", 0, 0, 2700 }, { "30s", 0, 0, 30 },
		{ "1h30", 0, 0, 5400 }, { "1 h 30 min", 0, 0, 5400 },
		{ "1h05min10s", 0, 0, 3910 }, { "1:30:00", 0, 0, 5400 },
		{ "0:00:07", 0, 0, 7 }, { "1:30", 0, 0, 5400 },
		{ "100:00", 0, 0, 360000 }, { "0 days", 0, 0, 0 },
		{ " 3 h ", 0, 0, 10800 }, { "1000 ans", 12000, 0, 0 } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct psp_duration duration = { -1, -1, -1 };

		if (!psp_duration_read(psp_slice_of(cases[i].cell), &duration))
			fail_msg("'%s' is not understood", cases[i].cell);
		assert_int_equal(duration.months, cases[i].months);
		assert_int_equal(duration.days, cases[i].days);
		assert_int_equal(duration.seconds, cases[i].seconds);
	}
}

static void
durations_are_refused(void **state)
{
	static const char *const cells[] = { "", " ", "90", "0", "days",
		"-3 days", "+3 days", "6m", "6 m", "1.5 years", "1,5 an",
		"3 days 3 days", "1 month 3 days", "6 mois 2 ans", "1h75",
		"1h5", "2 30", "1:60", "1:5", "1:30:60", "1:30:", ":30",
		"1::30", "1:30:00:00", "-1:30", "1:30h", "3 lightyears",
		"3 days ago", "et 3 jours", "3 jours et", "1001 ans",
		"9999999999 days", "999999999 weeks", "999999999 h", "h",
		"\xC2\xBD h" };
	struct psp_duration duration;

	(void)state;
	for (size_t i = 0; i < COUNT(cells); i++)
		if (psp_duration_read(psp_slice_of(cells[i]), &duration))
			fail_msg("'%s' is understood", cells[i]);
	assert_false(psp_duration_read(psp_slice("3h\0", 3), &duration));
}

static void
durations_move_days(void **state)
{
	int32_t day = psp_days_from_civil(2024, 1, 31);
	struct psp_duration months = { 1, 0, 0 }, days = { 0, 30, 0 };
	struct psp_duration seconds = { 0, 0, 2 * 86400 + 3600 };

	(void)state;
	assert_int_equal(psp_days_add_duration(day, &months, 1),
	    psp_days_from_civil(2024, 2, 29));
	assert_int_equal(psp_days_add_duration(day, &months, -1),
	    psp_days_from_civil(2023, 12, 31));
	assert_int_equal(psp_days_add_duration(day, &days, -1), day - 30);
	assert_int_equal(psp_days_add_duration(day, &seconds, 1), day + 2);
	assert_int_equal(psp_days_add_duration(day, &seconds, -1), day - 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(durations_are_read),
		cmocka_unit_test(durations_are_refused),
		cmocka_unit_test(durations_move_days),
	};

	return cmocka_run_group_tests_name("duration", tests, NULL, NULL);
}
