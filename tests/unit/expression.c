/* expression: the one-line grammar and where its errors point. */
#include <config.h>

#include "tests/unit/unit.h"

#include "tests/unit/conditions.h"

static const char header[] = "naf;department;headcount;turnover;created;name;"
			     "Code APE;siren\n";
static const char cells[] = "62.01Z;69;25;2 500 000;2020-03-15;Chaîne (du "
			    "froid);62.01Z;732829320\n";

static void
expressions_hold_or_not(void **state)
{
	static const struct {
		const char *text;
		int truth;
	} rows[] = {
		{ "department in (69,38) and headcount >= 20 and not naf ^ "
		  "\"84\"",
		    PSP_TRUE },
		{ "department in ( 69 , 38 )", PSP_TRUE },
		{ "department=69", PSP_TRUE },
		{ "department!=69", PSP_FALSE },
		{ "DEPARTMENT in (38)", PSP_FALSE },
		{ "headcount between 20 and 249", PSP_TRUE },
		{ "headcount not between 20 and 249", PSP_FALSE },
		{ "headcount between 20 and 24 or headcount = 25", PSP_TRUE },
		{ "turnover >= 2M€", PSP_TRUE },
		{ "turnover >= 2 M€ and turnover < 3 M€", PSP_TRUE },
		{ "turnover<3M€", PSP_TRUE },
		{ "created >= 2020-01-31", PSP_TRUE },
		{ "created older_than 3 years", PSP_TRUE },
		{ "created within 90d", PSP_FALSE },
		{ "name empty", PSP_FALSE },
		{ "name not empty", PSP_TRUE },
		{ "name not_empty", PSP_TRUE },
		{ "name contains 'du froid'", PSP_TRUE },
		{ "name contains du and name starts chaine", PSP_TRUE },
		{ "name contains (glace, FROID)", PSP_TRUE },
		{ "name not contains (glace, FROID)", PSP_FALSE },
		{ "name ~ '\\(du'", PSP_TRUE },
		{ "name ^ 'CHAI'", PSP_TRUE },
		{ "name ~ 'o''x'", PSP_FALSE },
		{ "name = 'a)' or name in ('a)', 'b,', 'c')", PSP_FALSE },
		{ "name in (l'eau, d'un, l'or, x, y, z, a, b, 'c, d')",
		    PSP_FALSE },
		{ "headcount in (1, 2, 3, 4, 5, 6, 7, 8, 9, 25)", PSP_TRUE },
		{ "[Code APE] ^ 62", PSP_TRUE },
		{ "department region ile_de_france", PSP_FALSE },
		{ "NOT (department = 38 OR headcount < 3)", PSP_TRUE },
		{ "((department = 69))", PSP_TRUE },
		{ "not (not (department = 69))", PSP_TRUE },
		{ "department = 38 and department = 69 or naf = 62", PSP_TRUE },
		{ "department = 38 and (department = 69 or naf = 62)",
		    PSP_FALSE },
		{ "age >= 6", PSP_TRUE },
		{ "signal.distress", PSP_FALSE },
		{ "not signal.distress within 12 months", PSP_TRUE },
		{ "silent = true", PSP_TRUE },
		{ "naf\xC2\xA0=\xC2\xA0"
		  "62",
		    PSP_TRUE },
	};
	char csv[400];

	(void)state;
	snprintf(csv, sizeof(csv), "%s%s", header, cells);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if ((int)truth_with(NULL, rows[i].text, csv) != rows[i].truth)
			fail_msg("%s is not %d", rows[i].text, rows[i].truth);
	}
}

static void
errors_point_at_the_character(void **state)
{
	static const struct {
		const char *text;
		const char *problem;
	} rows[] = {
		{ "", "1:1: expected a name, 'not' or '(', found the end" },
		{ "   ", "1:4: expected a name" },
		{ "naf",
		    "1:4: expected an operator such as =, >=, in, between, "
		    "within, contains or empty, found the end; put the whole "
		    "condition in quotes" },
		{ "distress within 90d",
		    "1:1: no column for 'distress', which is a signal: write "
		    "signal.distress" },
		{ "naf =", "1:6: expected a value such as 20" },
		{ "naf = and x = 1", "1:7: expected a value" },
		{ "naf 62", "1:5: expected an operator" },
		{ "naf == 62", "1:5: expected an operator" },
		{ "name = 62 headcount > 3",
		    "1:21: expected 'and', 'or' or the "
		    "end, found '>'" },
		{ "(naf = 62", "1:10: expected 'and', 'or' or ')'" },
		{ "naf = 62)", "1:9: expected 'and', 'or' or the end, found "
			       "')'" },
		{ "naf in 62", "1:8: expected '(' and a list" },
		{ "naf in (62", "1:11: expected ',' or ')'" },
		{ "naf in ()", "1:9: expected a value" },
		{ "naf in (62,)", "1:12: expected a value" },
		{ "headcount between 20",
		    "1:21: expected 'and' and the upper" },
		{ "headcount between 20 or 30", "1:22: expected 'and'" },
		{ "headcount between 30 and 20", "1:19: nothing lies" },
		{ "name = 'abc", "1:8: ''' opened here is not closed" },
		{ "[name = 3", "1:1: '[' opened here is not closed" },
		{ "é = 1 and (", "1:12: expected a name" },
		{ "name = 'é' and headcount >= x", "1:29: 'x' is not "
						   "understood: expected a "
						   "headcount" },
		{ "turnover > 1,5", "1:13: expected 'and', 'or' or the end, "
				    "found ','" },
		{ "Code APE = 62", "1:6: expected an operator such as =, >=, "
				   "in, between, within, contains or empty, "
				   "found 'APE'; a name of several words" },
		{ "turnover > 1,5M", "1:13: expected 'and', 'or' or the end, "
				     "found ','; write decimals with a point" },
		{ "name = a, b", "1:9: expected 'and', 'or' or the end, found "
				 "','" },
		{ "headcount => 20", "1:12: expected a value such as 20, "
				     "2M€, 2024-01-31 or 'text', found '>'; "
				     "write >=" },
		{ "headcount > = 20", "1:13: expected a value such as 20, "
				      "2M€, 2024-01-31 or 'text', found '='; "
				      "write >=" },
		{ "naf == 62", "1:5: expected an operator such as =, >=, in, "
			       "between, within, contains or empty, found "
			       "'=='; write =" },
		{ "headcount ≥ 20", "1:11: expected an operator such as =, "
				    ">=, in, between, within, contains or "
				    "empty, found '≥'; write >=" },
		{ "name = a et headcount > 20",
		    "1:10: 'et' joins no conditions: write 'and'" },
		{ "name = a OU b", "1:10: 'OU' joins no conditions: write "
				   "'or'" },
		{ "name = a && b", "1:10: '&&' joins no conditions: write "
				   "'and'" },
		{ "turnover > profit", "1:12: 'profit' is not understood: "
				       "expected an amount such as 850 K€ or "
				       "2 M€; the column of that name" },
		{ "turnover > 1.500", "1:12: '1.500' may be with decimals" },
		{ "turnover > '12.000 €'", "1:12: '12.000 €' may be" },
		{ "created > 12/31/2020", "1:11: '12/31/2020': there is no "
					  "such day; dates are" },
		{ "naf < 62", "1:1: 'lt' does not apply to 'naf'" },
		{ "name ~ '(a*)(a*)\\1b'", "1:8: back-references" },
		{ "nothing = 1", "1:1: " },
		{ "or", "1:1: expected a name" },
		{ "not", "1:4: expected a name" },
		{ "[] = 1", "1:1: expected a name" },
		{ "signal.nothing", "1:1: unknown signal 'nothing'" },
		{ "signal.distress contains x",
		    "1:1: 'contains' does not apply to a signal" },
		{ "naf count", "1:10: expected an operator and a number" },
	};
	char csv[400];

	(void)state;
	snprintf(csv, sizeof(csv), "%s%s", header, cells);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_problem(NULL, rows[i].text, csv, rows[i].problem);
}

static void
values_are_all_checked(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b, NULL);
	assert_null(bench_parse(&b, "naf = x and headcount > y or "
				    "created < z"));
	assert_int_equal(b.problems.n, 3);
	assert_string_equal(b.problems.items[0].file, "-e");
	bench_clear(&b);
}

static void
nesting_is_bounded(void **state)
{
	char text[2000] = "";
	struct bench b;

	(void)state;
	for (size_t i = 0; i < 600; i++)
		strcat(text, "(");
	bench_init(&b, NULL);
	assert_null(bench_parse(&b, text));
	assert_int_equal(b.problems.n, 1);
	assert_int_equal(b.problems.items[0].column, 65);
	bench_clear(&b);
}

/* No beginning of an expression, and no byte put into one, does harm. */
static void
cut_and_spoilt_expressions_are_errors(void **state)
{
	static const char whole[] =
	    "not (naf in ('62', 'C') or [Code APE] ~ \"x\") and turnover "
	    "between 2 M€ and 3 M€ and signal.distress within 90d";
	static const char spoils[] = "\0'\"([])=,<~\xFF\xC3";
	char text[200];
	struct bench b;

	(void)state;
	for (size_t i = 0; i <= strlen(whole); i++) {
		for (size_t j = 0; j < sizeof(spoils); j++) {
			struct psp_condition *condition;

			memcpy(text, whole, sizeof(whole));
			if (i < strlen(whole))
				text[i] = spoils[j];
			bench_init(&b, "naf: {version: rev2}");
			condition = psp_expression_parse(&b.rules,
			    psp_slice(text, j == 0 ? i : strlen(whole)),
			    &b.problems, &b.err);
			assert_true((condition != NULL) == (b.problems.n == 0));
			bench_clear(&b);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expressions_hold_or_not),
		cmocka_unit_test(errors_point_at_the_character),
		cmocka_unit_test(values_are_all_checked),
		cmocka_unit_test(nesting_is_bounded),
		cmocka_unit_test(cut_and_spoilt_expressions_are_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
