/* number: absent values, amounts in all writings, rounding, overflow. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/values/number.h"

#define NBSP "\xC2\xA0"
#define NNBSP "\xE2\x80\xAF"
#define THIN "\xE2\x80\x89"
#define EURO "\xE2\x82\xAC"
#define MINUS "\xE2\x88\x92"
#define QUOTE "\xE2\x80\x99"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

typedef bool (*reader)(struct psp_slice, enum psp_number_style, int64_t *);

struct understood {
	const char *cell;
	int64_t value;
};

static void
check_values(reader read, enum psp_number_style style,
    const struct understood *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int64_t value = -1;

		if (!read(psp_slice_of(cases[i].cell), style, &value))
			fail_msg("'%s' is not understood", cases[i].cell);
		if (value != cases[i].value)
			fail_msg(
			    "'%s' is %lld", cases[i].cell, (long long)value);
	}
}

static void
check_refused(reader read, enum psp_number_style style,
    const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int64_t value = -1;

		if (read(psp_slice_of(cells[i]), style, &value))
			fail_msg("'%s' is %lld", cells[i], (long long)value);
	}
}

static void
absent_values_are_told(void **state)
{
	static const char *const absent[] = { "", " ", "\t", NBSP, NNBSP " ",
		"[ND]", "[nd]", "nc", "NC", "n.c.", "N.C.", "n/a", "N/A", "-",
		"--", "\xC2\xA4", "null", "NULL", "  null  ", NBSP "-" };
	static const char *const present[] = { "0", "n", "nd", "ND", "none",
		"-1", "---", "nc1", "nulle", "na", ".", "[ND", "abc", "5", EURO,
		"\xC2", "\xE2", "n.c" };

	(void)state;
	for (size_t i = 0; i < COUNT(absent); i++)
		if (!psp_value_is_absent(psp_slice_of(absent[i])))
			fail_msg("'%s' is present", absent[i]);
	for (size_t i = 0; i < COUNT(present); i++)
		if (psp_value_is_absent(psp_slice_of(present[i])))
			fail_msg("'%s' is absent", present[i]);
	assert_true(psp_value_is_absent(psp_slice(NULL, 0)));
	assert_false(psp_value_is_absent(psp_slice("\0", 1)));
	assert_false(psp_value_is_absent(psp_slice("nc\0", 3)));
}

static void
amounts_that_read_in_one_way(void **state)
{
	static const struct understood cases[] = {
		{ "1234", 123400 },
		{ "1 234,56 " EURO, 123456 },
		{ "1" NBSP "234,56" NBSP EURO, 123456 },
		{ "1" NNBSP "234,56 " EURO, 123456 },
		{ "1" THIN "234,56" EURO, 123456 },
		{ "1'234.56", 123456 },
		{ "1" QUOTE "234" QUOTE "567.8", 123456780 },
		{ "1234,56", 123456 },
		{ "1234.56", 123456 },
		{ "1.234,56", 123456 },
		{ "1,234.56", 123456 },
		{ "1.234.567", 123456700 },
		{ "1,234,567", 123456700 },
		{ "1.234.567,8", 123456780 },
		{ "1 234.567", 123457 },
		{ "1234.567", 123457 },
		{ "0.234", 23 },
		{ "0,5", 50 },
		{ ".5", 50 },
		{ ",125", 13 },
		{ "12,5", 1250 },
		{ "12.5", 1250 },
		{ "1,2 M" EURO, 120000000 },
		{ "2M" EURO, 200000000 },
		{ "2 M", 200000000 },
		{ "12 k" EURO, 1200000 },
		{ "12 K" EURO, 1200000 },
		{ "12k", 1200000 },
		{ "850 KEUR", 85000000 },
		{ "3,5 Md" EURO, 350000000000 },
		{ "3 Mds", 300000000000 },
		{ "2 millions d'euros", 200000000 },
		{ "2 Millions d" QUOTE "euros", 200000000 },
		{ "1,5 milliard d'euros", 150000000000 },
		{ "2 milliards", 200000000000 },
		{ "1 million", 100000000 },
		{ "EUR 1 234,00", 123400 },
		{ EURO " 99,99", 9999 },
		{ EURO "-5", -500 },
		{ "-" EURO "5", -500 },
		{ "1 234 euros", 123400 },
		{ "1 euro", 100 },
		{ "1 234 EUR HT", 123400 },
		{ "1 234 " EURO " H.T.", 123400 },
		{ "12 HT", 1200 },
		{ "-1 234,5", -123450 },
		{ "- 7", -700 },
		{ MINUS "1 234", -123400 },
		{ "(1 234)", -123400 },
		{ "(1 234 " EURO ")", -123400 },
		{ "(1 234) " EURO, -123400 },
		{ "+250", 25000 },
		{ "000000000020264", 2026400 },
		{ "10418682", 1041868200 },
		{ "-3771000000", -377100000000 },
		{ "-0", 0 },
		{ " \t12" NBSP, 1200 },
		{ "007", 700 },
		/* half away from zero, exactly */
		{ "0,005", 1 },
		{ "0,0049999999999999999999999999", 0 },
		{ "-0,005", -1 },
		{ "90071992547409.93", 9007199254740993 },
		{ "92233720368547758,07", INT64_MAX },
		{ "-92233720368547758.07", -INT64_MAX },
	};

	(void)state;
	check_values(psp_money_read, PSP_STYLE_UNKNOWN, cases, COUNT(cases));
	check_values(psp_money_read, PSP_STYLE_POINT, cases, COUNT(cases));
	check_values(psp_money_read, PSP_STYLE_COMMA, cases, COUNT(cases));
}

static void
amounts_that_are_none(void **state)
{
	static const char *const cells[] = { "", " ", "-", "--", "+", "()",
		"12 34", "1 23", "1 2345", "1  234", "0 123", "012 345",
		"1 234 56", "12,34,567", "1.234,567.89", "1,234.567,89",
		"1,234 567", "1.2.3", "1..2", "1,", "1.", ".", ",", "12 %",
		"12%", "abc", "nc", "1e6", "1e999", "1E3", "NaN", "nan", "inf",
		"-inf", "Infinity", "0x10", "12-", "--5", "+-5", "-(5)", "(-5)",
		"(5", "5)", "(5))", EURO, EURO "5" EURO, "5 " EURO " " EURO,
		"$5", "5 $", "5 USD", "12 kg", "5 Mo", "1,2 m" EURO,
		"2 millions d'", "2 d'euros", "5 HT HT", "5 TTC",
		"12 345 " EURO " x", "1234.", "'5", "5'",
		"92233720368547758,08", "99999999999999999999",
		"9 999 999 999 Md", "\xC2", "5\xC2", "5\xE2\x80", "1 234\t567",
		"\xD9\xA1", "1_000", "1;5", "5 \xC2\xA4" };
	static const char zero_inside[] = "12\0";
	char digits[401];
	int64_t value;

	(void)state;
	check_refused(psp_money_read, PSP_STYLE_UNKNOWN, cells, COUNT(cells));
	check_refused(psp_money_read, PSP_STYLE_COMMA, cells, COUNT(cells));
	assert_false(psp_money_read(
	    psp_slice(zero_inside, 3), PSP_STYLE_UNKNOWN, &value));
	assert_false(
	    psp_money_read(psp_slice(NULL, 0), PSP_STYLE_UNKNOWN, &value));
	memset(digits, '9', 400);
	assert_false(
	    psp_money_read(psp_slice(digits, 400), PSP_STYLE_UNKNOWN, &value));
	digits[1] = '.';
	assert_true(
	    psp_money_read(psp_slice(digits, 400), PSP_STYLE_UNKNOWN, &value));
	assert_int_equal(value, 1000);
	memset(digits, '0', 400);
	digits[400] = '7';
	assert_true(
	    psp_money_read(psp_slice(digits, 401), PSP_STYLE_UNKNOWN, &value));
	assert_int_equal(value, 700);
}

static void
three_digits_after_one_mark_ask_the_style(void **state)
{
	static const char *const cells[] = { "1.234", "1,234", "12.345",
		"-123,456", ("1,234 " EURO), "1.234 k" };
	static const struct understood points[] = { { "1.234", 123 },
		{ "1,234", 123400 }, { "-123,456", -12345600 },
		{ "1.235", 124 }, { "1.234 k", 123400 } };
	static const struct understood commas[] = { { "1.234", 123400 },
		{ "1,234", 123 }, { "-123,456", -12346 }, { "1,115", 112 },
		{ "2,675 k", 267500 } };

	(void)state;
	check_refused(psp_money_read, PSP_STYLE_UNKNOWN, cells, COUNT(cells));
	check_values(psp_money_read, PSP_STYLE_POINT, points, COUNT(points));
	check_values(psp_money_read, PSP_STYLE_COMMA, commas, COUNT(commas));
}

static void
plain_numbers(void **state)
{
	static const struct understood cases[] = { { "12", 12000000 },
		{ "-3", -3000000 }, { "0,0000005", 1 }, { "0.0000004", 0 },
		{ "(12)", -12000000 }, { "1 250", 1250000000 },
		{ "999999999999", 999999999999000000 },
		{ "9223372036854,775807", INT64_MAX } };
	static const char *const refused[] = { "12 k", "2M", ("5 " EURO), "12%",
		"5 HT", "9223372036854,775808", "9999999999999", "1e3" };

	(void)state;
	check_values(psp_number_read, PSP_STYLE_UNKNOWN, cases, COUNT(cases));
	check_refused(
	    psp_number_read, PSP_STYLE_UNKNOWN, refused, COUNT(refused));
}

static void
percentages(void **state)
{
	static const struct understood cases[] = { { "12,5 %", 12500 },
		{ "12.5", 12500 }, { "12.5%", 12500 }, { "12" NBSP "%", 12000 },
		{ "(3 %)", -3000 }, { "(3) %", -3000 }, { "-0,5%", -500 },
		{ "0,0005 %", 1 } };
	static const char *const refused[] = { "%", "12 %%", "%12", "12 k%",
		("12 " EURO), "12 pour cent", "(3 %) %", "12.345" };

	(void)state;
	check_values(psp_percent_read, PSP_STYLE_UNKNOWN, cases, COUNT(cases));
	check_refused(
	    psp_percent_read, PSP_STYLE_UNKNOWN, refused, COUNT(refused));
}

static void
decimals_are_written_short(void **state)
{
	static const struct {
		int64_t value, scale;
		const char *text;
	} cases[] = { { 0, 100, "0" }, { 12500000, PSP_NUMBER_SCALE, "12.5" },
		{ -300, 100, "-3" }, { 5, 100, "0.05" }, { -5, 100, "-0.05" },
		{ 123456, 1, "123456" }, { 110, 100, "1.1" },
		{ 1, PSP_NUMBER_SCALE, "0.000001" },
		{ INT64_MAX, 100, "92233720368547758.07" },
		{ INT64_MIN, PSP_NUMBER_SCALE, "-9223372036854.775808" } };
	char text[32];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t size =
		    psp_decimal_format(cases[i].value, cases[i].scale, text);

		assert_int_equal(size, strlen(cases[i].text));
		assert_memory_equal(text, cases[i].text, size);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(absent_values_are_told),
		cmocka_unit_test(amounts_that_read_in_one_way),
		cmocka_unit_test(amounts_that_are_none),
		cmocka_unit_test(three_digits_after_one_mark_ask_the_style),
		cmocka_unit_test(plain_numbers),
		cmocka_unit_test(percentages),
		cmocka_unit_test(decimals_are_written_short),
	};

	return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
