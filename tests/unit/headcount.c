/* headcount: bands, numbers, words, and the middle of a range. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/values/headcount.h"

#define NBSP "\xC2\xA0"
#define NNBSP "\xE2\x80\xAF"
#define SALARIES "salari\xC3\xA9s"
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void
bands_are_read(void **state)
{
	static const struct {
		const char *code;
		int32_t first, last, middle;
	} cases[] = { { "00", 0, 0, 0 }, { "01", 1, 2, 1 }, { "02", 3, 5, 4 },
		{ "03", 6, 9, 7 }, { "11", 10, 19, 14 }, { "12", 20, 49, 31 },
		{ "21", 50, 99, 70 }, { "22", 100, 199, 141 },
		{ "31", 200, 249, 223 }, { "32", 250, 499, 353 },
		{ "41", 500, 999, 707 }, { "42", 1000, 1999, 1414 },
		{ "51", 2000, 4999, 3162 }, { "52", 5000, 9999, 7071 },
		{ "53", 10000, INT32_MAX, 10000 } };
	static const char *const refused[] = { "0", "1", "04", "10", "54", "99",
		"", " " };
	struct psp_headcount headcount;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_true(psp_headcount_read(
		    psp_slice_of(cases[i].code), true, &headcount));
		assert_int_equal(headcount.first, cases[i].first);
		assert_int_equal(headcount.last, cases[i].last);
		assert_false(headcount.is_not_employer);
		assert_int_equal(
		    psp_headcount_middle(&headcount), cases[i].middle);
	}
	for (size_t i = 0; i < COUNT(refused); i++)
		if (psp_headcount_read(
			psp_slice_of(refused[i]), true, &headcount))
			fail_msg("'%s' is understood", refused[i]);
}

/* "02" among numbers is a band of 3 to 5 as likely as two people. */
static void
codes_among_numbers_are_left(void **state)
{
	static const char *const cells[] = { "01", "02", " 03 " };
	struct psp_headcount headcount;

	(void)state;
	for (size_t i = 0; i < COUNT(cells); i++)
		if (psp_headcount_read(
			psp_slice_of(cells[i]), false, &headcount))
			fail_msg("'%s' is understood", cells[i]);
}

static void
non_employers_are_told(void **state)
{
	static const char *const cells[] = { "NN", "nn", " NN ",
		"Unit\xC3\xA9 non employeuse",
		"Unit\xC3\xA9 non employeuse (pas de salari\xC3\xA9 de toute "
		"l'ann\xC3\xA9"
		"e, ni au d\xC3\xA9"
		"but ni \xC3\xA0 la fin, et rien d'autre)" };
	struct psp_headcount headcount;

	(void)state;
	for (size_t i = 0; i < COUNT(cells) * 2; i++) {
		assert_true(psp_headcount_read(
		    psp_slice_of(cells[i / 2]), i % 2 == 1, &headcount));
		assert_true(headcount.is_not_employer);
		assert_int_equal(headcount.first, 0);
		assert_int_equal(headcount.last, 0);
	}
}

static void
numbers_and_words_are_read(void **state)
{
	static const struct {
		const char *cell;
		int32_t first, last;
	} cases[] = { { "0", 0, 0 }, { "1", 1, 1 }, { "12", 12, 12 },
		{ "04", 4, 4 }, { "1 250", 1250, 1250 },
		{ "1" NNBSP "250", 1250, 1250 }, { "250.0", 250, 250 },
		{ "20 \xC3\xA0 49 " SALARIES, 20, 49 },
		{ "20" NBSP "\xC3\xA0" NBSP "49", 20, 49 },
		{ "20 to 49", 20, 49 }, { "20-49", 20, 49 },
		{ "20 - 49", 20, 49 },
		{ "20\xE2\x80\x93"
		  "49",
		    20, 49 },
		{ "de 20 \xC3\xA0 49", 20, 49 },
		{ "between 20 and 49 people", 20, 49 },
		{ "entre 20 et 49", 20, 49 }, { "1 ou 2 " SALARIES, 1, 2 },
		{ "1 000 \xC3\xA0 1 999 " SALARIES, 1000, 1999 },
		{ "1,001-5,000 employees", 1001, 5000 },
		{ "10 000 " SALARIES " et plus", 10000, INT32_MAX },
		{ "10000+", 10000, INT32_MAX },
		{ "10 000 +", 10000, INT32_MAX },
		{ "10,001+ employees", 10001, INT32_MAX },
		{ "250 ou plus", 250, INT32_MAX },
		{ "250 or more", 250, INT32_MAX },
		{ "au moins 250", 250, INT32_MAX },
		{ "at least 250", 250, INT32_MAX },
		{ ">= 250", 250, INT32_MAX },
		{ "\xE2\x89\xA5 250", 250, INT32_MAX },
		{ "plus de 250", 251, INT32_MAX },
		{ "more than 250", 251, INT32_MAX }, { "+250", 251, INT32_MAX },
		{ "+ 50", 51, INT32_MAX }, { "> 250", 251, INT32_MAX },
		{ "moins de 10", 0, 9 }, { "less than 10", 0, 9 },
		{ "<10", 0, 9 }, { "<=10", 0, 10 }, { "au plus 10", 0, 10 },
		{ "up to 10", 0, 10 }, { "jusqu'\xC3\xA0 10", 0, 10 },
		{ "10 ou moins", 0, 10 }, { "0 salari\xC3\xA9", 0, 0 },
		{ "0 salari\xC3\xA9 (mais il y en a eu)", 0, 0 },
		{ "5 salari\xC3\xA9(s)", 5, 5 }, { "7-7", 7, 7 } };
	struct psp_headcount headcount;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (!psp_headcount_read(
			psp_slice_of(cases[i].cell), false, &headcount))
			fail_msg("'%s' is not understood", cases[i].cell);
		if (headcount.first != cases[i].first
		    || headcount.last != cases[i].last)
			fail_msg("'%s' is %d..%d", cases[i].cell,
			    headcount.first, headcount.last);
		assert_false(headcount.is_not_employer);
	}
	assert_true(psp_headcount_read(
	    psp_slice_of("20 \xC3\xA0 49 " SALARIES), true, &headcount));
	assert_int_equal(headcount.first, 20);
	assert_true(psp_headcount_read(psp_slice_of("250"), true, &headcount));
	assert_int_equal(headcount.first, 250);
}

static void
the_rest_is_refused(void **state)
{
	static const char *const cells[] = { "", " ", "abc", "-5", "-10",
		"12,5", "1,250", "1.250", "12.5", "1e3", "49-20", "20 49",
		"20--49", "20-", "-", "+", "20-49-99", "10,5 \xC3\xA0 20",
		"moins de 0", "environ 50", "~50", "20 \xC3\xA0", "a b c",
		"999999999999", "2147483647", "2 147 483 648+", "0 001-2",
		"20 ou", "> 20 < 30", "nov-20 +", SALARIES, "2\xC3\xA8me" };
	struct psp_headcount headcount;

	(void)state;
	for (size_t i = 0; i < COUNT(cells); i++)
		if (psp_headcount_read(
			psp_slice_of(cells[i]), false, &headcount))
			fail_msg("'%s' is understood", cells[i]);
	assert_false(
	    psp_headcount_read(psp_slice("20\0", 3), false, &headcount));
}

static void
middles_are_rounded(void **state)
{
	static const struct {
		struct psp_headcount headcount;
		int32_t middle;
	} cases[] = { { { 1250, 1250, false }, 1250 }, { { 0, 0, true }, 0 },
		{ { 0, 9, false }, 3 }, { { 2, 3, false }, 2 },
		{ { 1, 2147483646, false }, 46341 },
		{ { 2147483645, 2147483646, false }, 2147483645 },
		{ { 251, INT32_MAX, false }, 251 } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(
		    psp_headcount_middle(&cases[i].headcount), cases[i].middle);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bands_are_read),
		cmocka_unit_test(codes_among_numbers_are_left),
		cmocka_unit_test(non_employers_are_told),
		cmocka_unit_test(numbers_and_words_are_read),
		cmocka_unit_test(the_rest_is_refused),
		cmocka_unit_test(middles_are_rounded),
	};

	return cmocka_run_group_tests_name("headcount", tests, NULL, NULL);
}
