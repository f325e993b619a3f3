/* targets: a targeting file with its options, and signals joined to it. */
#include <config.h>

#include "tests/unit/unit.h"

#include "tests/unit/conditions.h"

#include "libprospect/targeting/targets.h"

static const char settings[] =
    "version: 1\n"
    "missing: unknown\n"
    "fields:\n"
    "  naf: {version: rev2}\n"
    "signal_codes: [new_target]\n"
    "targets:\n"
    "  idf_industry:\n"
    "    label: \"Industrie, Île-de-France\"\n"
    "    all:\n"
    "      - department: {region: ile_de_france}\n"
    "      - naf: {in: [\"10..33\", \"62\", \"J\"]}\n"
    "        label: activité\n"
    "      - turnover: {ge: 2 M€, missing: pass}\n"
    "      - any:\n"
    "          - export_turnover: {gt: 0}\n"
    "          - international: true\n"
    "      - not: {legal_form: {starts: [\"1\"]}}\n"
    "    signals:\n"
    "      any: [{hr_moves: {within: 90 days}}, {new_sites: {min: 2}}]\n"
    "      none: [{distress: {within: 12 months}}]\n"
    "    keywords: {any: [logistique], none: [intérim], in: [name, "
    "signal.title]}\n"
    "  active_contact:\n"
    "    at_least: {n: 2, of: [{connections: {ge: 300}}, {replies: {gt: "
    "0}}, {inbound: {gt: 0}}]}\n"
    "segments:\n"
    "  gold: {target: idf_industry, turnover: {ge: 10 M€}}\n"
    "  rest: {}\n";

/* Reads `text`, NULL for no file, into `*targets`; keeps all in the bench. */
static struct psp_targets *
read_targets(struct bench *b, const char *text,
    const struct psp_targets_options *options)
{
	struct psp_targets_options wanted = *options;

	wanted.today = psp_days_from_civil(2026, 11, 23);
	if (text != NULL
	    && !psp_settings_parse(&b->settings, psp_slice_of(text),
		"targeting.yaml", &b->problems, &b->err))
		fail_msg("%s", b->problems.items[0].message);
	return psp_targets_new(text == NULL ? NULL : b->settings.root, &wanted,
	    b->schema, &b->problems, &b->err);
}

static void
criteria_come_one_by_one(void **state)
{
	static const char *const names[] = { "department", "activité",
		"turnover", "(export_turnover or international)",
		"not (legal_form)", "(signal hr_moves or signal new_sites)",
		"not (signal distress)", "keywords", "no keywords", "headcount",
		"naf", "keywords" };
	static const char *const expressions[] = {
		"headcount >= 20 and naf ^ 1"
	};
	static const char *const words[] = { "froid", "glace" };
	struct psp_targets_options options = { .target = "idf_industry",
		.expressions = expressions,
		.n_expressions = 1,
		.keywords = words,
		.n_keywords = 2 };
	const struct psp_condition *const *criteria;
	const struct psp_target *segments;
	struct psp_targets *targets;
	struct psp_buffer text;
	struct bench b;
	size_t n;

	(void)state;
	bench_init(&b, NULL);
	targets = read_targets(&b, settings, &options);
	if (targets == NULL)
		fail_msg("%s", b.problems.items[0].message);
	criteria = psp_targets_criteria(targets, &n);
	assert_int_equal(n, sizeof(names) / sizeof(names[0]));
	psp_buffer_init(&text);
	for (size_t i = 0; i < n; i++) {
		text.size = 0;
		assert_true(psp_condition_describe(criteria[i], &text, &b.err)
			    && psp_buffer_put(&text, '\0', &b.err));
		assert_string_equal(text.bytes, names[i]);
	}
	psp_buffer_clear(&text);
	assert_true(psp_targets_use_signals(targets, false));
	assert_string_equal(psp_targets_terms(targets)->key, "siren");
	assert_int_equal(psp_targets_terms(targets)->codes.n, 10);
	assert_true(psp_slice_is(
	    psp_targets_chosen(targets)->label, "Industrie, Île-de-France"));
	segments = psp_targets_segments(targets, &n);
	assert_int_equal(n, 2);
	assert_true(psp_slice_is(segments[0].name, "gold"));
	assert_int_equal(segments[1].condition->n_children, 0);
	psp_targets_free(targets);
	bench_clear(&b);
}

static void
without_settings_only_options_count(void **state)
{
	static const char *const expressions[] = { "a > 1", "b = x" };
	struct psp_targets_options options = { .expressions = expressions,
		.n_expressions = 2 };
	struct psp_targets_options none = { 0 };
	struct psp_targets *targets;
	struct bench b;
	size_t n;

	(void)state;
	bench_init(&b, NULL);
	targets = read_targets(&b, NULL, &options);
	assert_non_null(targets);
	(void)psp_targets_criteria(targets, &n);
	assert_int_equal(n, 2);
	assert_null(psp_targets_chosen(targets));
	assert_false(psp_targets_use_signals(targets, true));
	psp_targets_free(targets);
	targets = read_targets(&b, NULL, &none);
	assert_non_null(targets);
	(void)psp_targets_criteria(targets, &n);
	assert_int_equal(n, 0);
	psp_targets_free(targets);
	bench_clear(&b);
}

static void
what_is_wrong_is_said(void **state)
{
	static const char two[] = "targets:\n  a: {x: 1}\n  north: {x: 2}\n";
	static const struct {
		const char *text;
		const char *target;
		const char *problem;
	} rows[] = {
		{ two, NULL,
		    "0:0: the settings have 2 targets: choose one "
		    "with --target" },
		{ two, "nort",
		    "0:0: --target 'nort': the settings have no "
		    "such target; did you mean 'north'?" },
		{ "version: 2\n", NULL, "1:10: version 2 of the settings" },
		{ "target:\n  a: {}\n", NULL, "1:1: unknown key 'target'" },
		{ "targets: [a]\n", NULL, "1:10: " },
		{ "targets:\n  a: [naf]\n", NULL, "2:6: 'a' expects a map" },
		{ "targets:\n  a:\n    all:\n      - naf: {grt: 3}\n", NULL,
		    "4:15: unknown key 'grt' in a test" },
		{ "missing: no\n", NULL, "1:10: " },
		{ "targets:\n  a: {signals: {any: distress}}\n", NULL,
		    "2:22: expected a list of signals" },
		{ "targets:\n  a: {signals: {some: [distress]}}\n", NULL,
		    "2:17: unknown key 'some' in signals" },
		{ "targets:\n  a: {x: 1}\nsegments:\n  s: {target: b}\n", NULL,
		    "4:15: no target of this file is called 'b' (known: a)" },
		{ "targets:\n  a: {signals: {distress: {within: 90}}}\n", NULL,
		    "2:17: 'distress' stands in 'signal', or in a list" },
		{ "targets:\n  a: {keywords: {any: ['*']}}\n", NULL, "2:24: " },
		{ "targets:\n  a: {headcount: '> 20'}\n", NULL,
		    "2:18: '> 20': the operator is a key here, as in {gt: " },
		{ "targets:\n  a: {headcount: '<=20'}\n", NULL,
		    "2:18: '<=20': the operator is a key here, as in {le: " },
		{ "targets:\n  a: {turnover: {between: [1,5 M€, 2]}}\n", NULL,
		    "2:18: 'between' of 'turnover' takes two values, such as "
		    "[20, 249], with a point in decimals, 3 found" },
		{ "targets:\n  a: {created: {within: 3 pommes}}\n", NULL,
		    "2:25: '3 pommes'" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct psp_targets_options options = { .target =
							   rows[i].target };
		char said[700];
		struct bench b;

		bench_init(&b, NULL);
		if (read_targets(&b, rows[i].text, &options) != NULL)
			fail_msg("no problem: %s", rows[i].text);
		psp_problems_sort(&b.problems);
		assert_true(b.problems.n > 0);
		snprintf(said, sizeof(said), "%zu:%zu: %s",
		    b.problems.items[0].line, b.problems.items[0].column,
		    b.problems.items[0].message);
		if (strncmp(said, rows[i].problem, strlen(rows[i].problem))
		    != 0)
			fail_msg("said %s\nexpected %s", said, rows[i].problem);
		bench_clear(&b);
	}
}

static void
missing_of_the_file_is_the_default(void **state)
{
	struct psp_targets_options options = { 0 };
	struct psp_targets *targets;
	const struct psp_test *test;
	enum psp_truth truth;
	struct bench b;
	size_t n;

	(void)state;
	bench_init(&b, NULL);
	targets = read_targets(&b,
	    "missing: pass\nhorizons: {near: 6 months}\n"
	    "targets:\n  a:\n    all:\n      - x: {gt: 1}\n"
	    "      - created: {within: near}\n"
	    "      - not: {y: {gt: 1, missing: fail}}\n"
	    "      - not: {any: [{x: {gt: 1, missing: fail}}]}\n"
	    "      - {x: {gt: 1}, y: {gt: 1}, label: both}\n",
	    &options);
	assert_non_null(targets);
	b.rules = psp_targets_terms(targets)->rules;
	bench_open(&b, "x;y;created\n;;2026-05-23\n");
	test = psp_plan_add(
	    b.plan, psp_targets_condition(targets), &b.problems, &b.err);
	assert_non_null(test);
	bench_start(&b);
	assert_true(psp_evaluate(b.evaluation, test, &truth, &b.err));
	assert_int_equal(truth, PSP_TRUE);
	(void)psp_targets_criteria(targets, &n);
	assert_int_equal(n, 5);
	psp_evaluation_free(b.evaluation);
	b.evaluation = NULL;
	psp_plan_free(b.plan);
	b.plan = NULL;
	psp_targets_free(targets);
	bench_clear(&b);
}

/* Of a group nothing is missing but what its tests leave unknown. */
static void
groups_stay_unknown(void **state)
{
	struct psp_targets_options options = { 0 };
	struct psp_targets *targets;
	const struct psp_test *test;
	enum psp_truth truth;
	struct bench b;

	(void)state;
	bench_init(&b, NULL);
	targets = read_targets(&b,
	    "missing: pass\ntargets:\n  a:\n    any: [{x: {gt: 1, missing: "
	    "unknown}}]\n",
	    &options);
	assert_non_null(targets);
	b.rules = psp_targets_terms(targets)->rules;
	bench_open(&b, "x;y\n;\n");
	test = psp_plan_add(
	    b.plan, psp_targets_condition(targets), &b.problems, &b.err);
	assert_non_null(test);
	bench_start(&b);
	assert_true(psp_evaluate(b.evaluation, test, &truth, &b.err));
	assert_int_equal(truth, PSP_UNKNOWN);
	psp_evaluation_free(b.evaluation);
	b.evaluation = NULL;
	psp_plan_free(b.plan);
	b.plan = NULL;
	psp_targets_free(targets);
	bench_clear(&b);
}

/* Signals of three companies; the fourth is silent. */
static void
signals_are_joined(void **state)
{
	static const char signals[] =
	    "siren,date,signal,title,strength\n"
	    "732829320,2026-11-01,hr_moves,Nouvelle directrice,1\n"
	    "732829320,2026-01-10,hr_moves,Directeur logistique,0.2\n"
	    "732829320,2024-05-01,distress,Sauvegarde,1\n"
	    "552100554,2026-10-01,distress,Redressement,1\n"
	    "552100554,2027-10-01,new_sites,Futur,1\n";
	static const char csv[] = "siren;name\n732 829 320;A\n552100554;B\n"
				  "383474814;C\n;D\n";
	static const struct {
		const char *condition;
		int truths[4];
	} rows[] = {
		{ "{signal: hr_moves}", { 2, 0, 0, 1 } },
		{ "{signal: [hr_moves, distress]}", { 2, 2, 0, 1 } },
		{ "{signal: {distress: {within: 12 months}}}", { 0, 2, 0, 1 } },
		{ "{signals: {none: [{distress: {within: 12 months}}]}}",
		    { 2, 0, 2, 1 } },
		{ "{signal: {hr_moves: {min: 2}}}", { 2, 0, 0, 1 } },
		{ "{signal: {hr_moves: {min: 2, within: 90 days}}}",
		    { 0, 0, 0, 1 } },
		{ "{signal: {hr_moves: {min: 2, within: 90 days, before: "
		  "2027}}}",
		    { 0, 0, 0, 1 } },
		{ "{signal: {hr_moves: {min: 2, strength: 0.5}}}",
		    { 0, 0, 0, 1 } },
		{ "{signal: {distress: {before: 2025, after: 2023}}}",
		    { 2, 0, 0, 1 } },
		{ "{signal: {hr_moves: {this_month: true}}}", { 2, 0, 0, 1 } },
		{ "{signals: {all: [hr_moves, distress]}}", { 2, 0, 0, 1 } },
		{ "{signal: new_sites}", { 0, 0, 0, 1 } },
		{ "{silent: true}", { 0, 0, 2, 1 } },
		{ "{keywords: {any: [logistique], in: [signal.title]}}",
		    { 2, 0, 0, 1 } },
		{ "{keywords: {any: [a], in: [name, signal.title]}}",
		    { 2, 0, 0, 0 } },
		{ "not signal.distress older_than 1 year", { 0, 2, 2, 1 } },
	};
	struct psp_reader_options options;
	enum psp_truth truth;
	char path[64];

	(void)state;
	bench_write(path, signals);
	psp_reader_options_init(&options);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct psp_test *test;
		struct psp_condition *condition;
		struct bench b;

		bench_init(&b, NULL);
		b.signals = psp_signals_open(
		    path, &b.codes, "siren", b.rules.today, &options, &b.err);
		if (b.signals == NULL)
			fail_msg("%s", b.err.message);
		bench_open(&b, csv);
		condition = bench_parse(&b, rows[i].condition);
		assert_non_null(condition);
		test = psp_plan_add(b.plan, condition, &b.problems, &b.err);
		assert_non_null(test);
		assert_true(psp_plan_uses_signals(b.plan));
		assert_true(psp_condition_uses_signals(condition));
		bench_start(&b);
		for (size_t j = 0; j < 4; j++) {
			psp_record_seek(&b.record, j);
			psp_evaluation_seek(b.evaluation, &b.record);
			assert_true(
			    psp_evaluate(b.evaluation, test, &truth, &b.err));
			if ((int)truth != rows[i].truths[j])
				fail_msg("%s of company %zu is %d",
				    rows[i].condition, j, (int)truth);
		}
		bench_clear(&b);
	}
	unlink(path);
}

static void
signals_need_a_key(void **state)
{
	(void)state;
	check_problem(NULL, "{signal: distress}", "name\nA\n",
	    "1:16: signals are joined by 'siren'");
	check_problem(NULL, "{silent: true}", "name\nA\n",
	    "1:8: signals are joined by 'siren'");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(criteria_come_one_by_one),
		cmocka_unit_test(without_settings_only_options_count),
		cmocka_unit_test(what_is_wrong_is_said),
		cmocka_unit_test(missing_of_the_file_is_the_default),
		cmocka_unit_test(groups_stay_unknown),
		cmocka_unit_test(signals_are_joined),
		cmocka_unit_test(signals_need_a_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
