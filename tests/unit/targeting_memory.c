/* Memory that runs out at each allocation in turn, from settings to truth. */
#include <config.h>

#include "tests/unit/unit.h"

#include "tests/unit/conditions.h"
#include "tests/unit/exhaustion.h"

#include "libprospect/targeting/suppression.h"
#include "libprospect/targeting/targets.h"

#include <stdlib.h>
#include <unistd.h>

static const char settings[] =
    "fields:\n"
    "  naf: {version: rev2}\n"
    "  note: {type: number, absent: [inconnu]}\n"
    "targets:\n"
    "  a:\n"
    "    all:\n"
    "      - naf: {in: [\"10..33\", J, 62.10Y]}\n"
    "      - department: {in: [ile_de_france, 69]}\n"
    "      - legal_form: [SARL, 57]\n"
    "      - headcount: {between: [10, 300]}\n"
    "      - name: {matches: \"^soci.té\"}\n"
    "      - name: {in: [a, b, c, d, e, \"société du froid\"]}\n"
    "      - tags: {all_of: [x, y], count: {ge: 2}}\n"
    "      - note: {ge: 3, missing: pass}\n"
    "      - margin: {ge: 1 %}\n"
    "      - created: {older_than: 3 years}\n"
    "      - site_type: siege\n"
    "    signals: {none: [{distress: {within: 1 year}}]}\n"
    "    keywords: {any: [froid], in: [name, signal.title]}\n";
static const char csv[] =
    "siren;naf;naf25;department;legal_form;headcount;name;tags;note;CA;"
    "profit;created;site_type\n"
    "732829320;62.01Z;62.10Y;69;5710;25;Société du froid;x|y;Inconnu;1000;"
    "100;2019-01-01;siège\n";

/* Whether all went well; what ran out is in `err`. */
static bool
run(struct bench *b, enum psp_truth *truth)
{
	static const char *const expressions[] = {
		"turnover > [profit] and tags not empty or age >= 2"
	};
	static const char *const words[] = { "froid" };
	struct psp_targets_options options = { .expressions = expressions,
		.n_expressions = 1,
		.keywords = words,
		.n_keywords = 1,
		.today = b->rules.today };
	const struct psp_test *test;
	struct psp_schema *schema = psp_schema_new(&b->err);
	struct psp_targets *targets = NULL;
	bool is_done = false;

	if (schema != NULL)
		targets = psp_targets_new(
		    b->settings.root, &options, schema, &b->problems, &b->err);
	if (targets != NULL)
		b->plan = psp_plan_new(&psp_targets_terms(targets)->rules,
		    psp_reader_header(b->reader), "siren", &b->err);
	if (b->plan != NULL) {
		test = psp_plan_add(b->plan, psp_targets_condition(targets),
		    &b->problems, &b->err);
		if (test != NULL && psp_plan_finish(b->plan, &b->err))
			b->evaluation =
			    psp_evaluation_new(b->plan, NULL, &b->err);
		if (b->evaluation != NULL) {
			psp_evaluation_seek(b->evaluation, &b->record);
			is_done =
			    psp_evaluate(b->evaluation, test, truth, &b->err);
		}
	}
	psp_evaluation_free(b->evaluation);
	b->evaluation = NULL;
	psp_plan_free(b->plan);
	b->plan = NULL;
	psp_targets_free(targets);
	psp_schema_free(schema);
	return is_done;
}

static void
running_out_of_memory_is_an_error(void **state)
{
	struct bench b;
	enum psp_truth truth = PSP_UNKNOWN;
	bool is_done = false;

	(void)state;
	bench_init(&b, NULL);
	assert_true(psp_settings_parse(&b.settings, psp_slice_of(settings),
	    "t.yaml", &b.problems, &b.err));
	bench_open(&b, csv);
	psp_plan_free(b.plan);
	b.plan = NULL;
	for (long n = 0; !is_done && n < 5000; n++) {
		psp_error_init(&b.err);
		allocations_left = n;
		is_done = run(&b, &truth);
		allocations_left = -1;
		if (!is_done && b.problems.n > 0)
			fail_msg("after %ld allocations: %s", n,
			    b.problems.items[0].message);
		if (!is_done && b.err.status != PSP_ENOMEM)
			fail_msg("after %ld allocations: %s", n, b.err.message);
	}
	assert_true(is_done);
	assert_int_equal(truth, PSP_TRUE);
	bench_clear(&b);
}

/* Opens a list of `text` while memory runs out at each allocation in turn. */
static void
check_list(const char *text, size_t size)
{
	struct psp_reader_options options;
	struct psp_suppression *list = NULL;
	struct psp_error err;
	char path[] = "/tmp/prospect-list-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	psp_reader_options_init(&options);
	for (long n = 0; list == NULL && n < 5000; n++) {
		psp_error_init(&err);
		allocations_left = n;
		list = psp_suppression_open(path, &options, &err);
		allocations_left = -1;
		if (list == NULL)
			assert_int_equal(err.status, PSP_ENOMEM);
	}
	unlink(path);
	assert_non_null(list);
	assert_int_equal(err.status, PSP_OK);
	assert_int_equal(psp_suppression_size(list), size);
	psp_suppression_close(list);
}

/* A person must not be forgotten because memory ran out. */
static void
no_suppressed_value_is_lost(void **state)
{
	(void)state;
	check_list("f531673d09e74d6e3fc76743cf52a7c0b0af68579c02f97592719eb0ec"
		   "1b396e\n732829320\n0199001234\nexemple.test\n",
	    4);
	check_list("siren;email;mail\n732829320;a@exemple.test;b@exemple."
		   "test\n",
	    3);
}

/* Binds and asks with a lone failure after `n` allocations. False when it is
 * told as an error. */
static bool
survives(const char *condition, const char *file, long n, enum psp_truth *truth)
{
	struct bench b;
	const struct psp_test *test;
	struct psp_condition *parsed;
	bool is_done = false;

	bench_init(&b, NULL);
	bench_open(&b, file);
	parsed = bench_parse(&b, condition);
	assert_non_null(parsed);
	allocation_fails_once = true;
	allocations_left = n;
	test = psp_plan_add(b.plan, parsed, &b.problems, &b.err);
	if (test != NULL && psp_plan_finish(b.plan, &b.err))
		b.evaluation = psp_evaluation_new(b.plan, NULL, &b.err);
	if (b.evaluation != NULL) {
		psp_evaluation_seek(b.evaluation, &b.record);
		is_done = psp_evaluate(b.evaluation, test, truth, &b.err);
	}
	allocations_left = -1;
	allocation_fails_once = false;
	if (!is_done && b.err.status != PSP_ENOMEM)
		fail_msg("%s after %ld allocations: %s", condition, n,
		    b.problems.n > 0 ? b.problems.items[0].message
				     : b.err.message);
	bench_clear(&b);
	return is_done;
}

static void
a_lone_failure_is_not_passed_over(void **state)
{
	static const struct {
		const char *condition, *file;
		enum psp_truth truth;
	} cases[] = {
		{ "{naf: 64}", "naf;nomenclature naf\n64.11;NAP\n",
		    PSP_UNKNOWN },
		{ "{naf: 62.10Y}", "naf;naf25\n62.01Z;62.10Y\n", PSP_TRUE },
		{ "{naf: [62.10Y, 33]}", "naf;naf25\n62.01Z;62.10Y\n",
		    PSP_TRUE },
		{ "{keywords: {any: [froid]}}",
		    "name;description\nx;le froid\n", PSP_TRUE },
		{ "{margin: {ge: 10 %}}", "profit;turnover\n10;100\n",
		    PSP_TRUE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (long n = 0; n < 60; n++) {
			enum psp_truth truth = PSP_FALSE;

			if (survives(
				cases[i].condition, cases[i].file, n, &truth)
			    && truth != cases[i].truth)
				fail_msg("%s after %ld allocations is %d",
				    cases[i].condition, n, (int)truth);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(running_out_of_memory_is_an_error),
		cmocka_unit_test(a_lone_failure_is_not_passed_over),
		cmocka_unit_test(no_suppressed_value_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
