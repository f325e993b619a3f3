/*
 * stream and targeting: the first records of an input tell in which order
 * conditions are asked.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/stream/sample.h"
#include "libprospect/targeting/compiled.h"
#include "tests/unit/conditions.h"

enum { N_RECORDS = 200 };

/* Every record is in department 75, one in ten qualified; one in two has a
 * name with an x. */
static void
put_records(struct psp_buffer *csv, size_t n, struct psp_error *err)
{
	assert_true(psp_buffer_format(
	    csv, err, "siren,department,status,name,turnover\n"));
	for (size_t i = 0; i < n; i++)
		assert_true(psp_buffer_format(csv, err,
		    "%zu,75,%s,company number %zu %s,%zu\n", i,
		    i % 10 == 0 ? "qualified" : "new", i, i % 2 ? "x" : "y",
		    i * 1000));
	assert_true(psp_buffer_put(csv, '\0', err));
}

/* The names of the fields that a group asks for, in order. */
static void
check_order(const struct bench *b, const struct psp_test *group,
    const char *const *names, size_t n)
{
	assert_int_equal(group->n_children, n);
	for (size_t i = 0; i < n; i++) {
		size_t field = group->children[i]->field;

		assert_true(psp_slice_is(
		    psp_plan_field(b->plan, field).name, names[i]));
	}
}

static const struct psp_test *
tuned(struct bench *b, size_t n_records, const char *condition)
{
	struct psp_condition *parsed;
	const struct psp_test *test;
	struct psp_buffer csv;

	psp_buffer_init(&csv);
	bench_init(b, NULL);
	put_records(&csv, n_records, &b->err);
	bench_open(b, csv.bytes);
	parsed = bench_parse(b, condition);
	assert_non_null(parsed);
	test = psp_plan_add(b->plan, parsed, &b->problems, &b->err);
	assert_non_null(test);
	bench_start(b);
	assert_true(psp_plan_tune(b->plan, NULL, b->batch, &b->err));
	psp_buffer_clear(&csv);
	return test;
}

static void
what_decides_comes_first(void **state)
{
	static const char condition[] =
	    "department = 75 and name contains 'x' and turnover >= 1000 and "
	    "status = qualified";
	static const char *const by_worth[] = { "status", "name", "turnover",
		"department" };
	static const char *const as_written[] = { "department", "turnover",
		"status", "name" };
	static const char *const for_any[] = { "department", "turnover",
		"status" };
	struct bench b;
	const struct psp_test *test;

	(void)state;
	test = tuned(&b, N_RECORDS, condition);
	check_order(&b, test, by_worth, 4);
	bench_clear(&b);
	/* Few records tell nothing: cheap ones first, then as written. */
	test = tuned(&b, 31, condition);
	check_order(&b, test, as_written, 4);
	bench_clear(&b);
	test = tuned(&b, N_RECORDS,
	    "status = qualified or turnover >= 30000 or department = 75");
	check_order(&b, test, for_any, 3);
	bench_clear(&b);
}

/* Groups within groups, whatever their order, and groups that are opened. */
static void
answers_stay_the_same(void **state)
{
	static const char *const conditions[] = {
		"department = 75 and (name contains 'x' and (status = "
		"qualified))",
		"department = 69 or (name contains 'x' or status = qualified)",
		"not (department = 75 and (name contains 'x' and status = "
		"new))",
		"not (name contains 'x' or status = qualified) and turnover "
		"> 5000",
		"{at_least: {n: 2, of: [{department: 75}, {all: [{status: "
		"qualified}, {name: {contains: x}}]}, {any: [{turnover: {lt: "
		"9000}}]}]}}",
		"turnover >= [turnover] and (status = new or name contains "
		"'7')",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(conditions) / sizeof(conditions[0]);
	     i++) {
		struct bench a, b;
		const struct psp_test *few = tuned(&a, 31, conditions[i]);
		const struct psp_test *many =
		    tuned(&b, N_RECORDS, conditions[i]);
		enum psp_truth x, y;

		for (size_t r = 0; r < 31; r++) {
			psp_record_seek(&a.record, r);
			psp_record_seek(&b.record, r);
			psp_evaluation_seek(a.evaluation, &a.record);
			psp_evaluation_seek(b.evaluation, &b.record);
			assert_true(
			    psp_evaluate(a.evaluation, few, &x, &a.err));
			assert_true(
			    psp_evaluate(b.evaluation, many, &y, &b.err));
			assert_int_equal(x, y);
		}
		bench_clear(&a);
		bench_clear(&b);
	}
}

static void
check_sample(const char *csv, bool no_header, size_t n, const char *first)
{
	const char *fields[] = { "a", "b" };
	struct psp_slice names[] = { psp_slice_of(fields[0]),
		psp_slice_of(fields[1]) };
	struct psp_flow_options options;
	struct psp_record record = { .batch = NULL };
	struct psp_sample sample;
	struct psp_flow *flow;
	struct psp_error err;
	const char *paths[1];
	char path[64];

	psp_error_init(&err);
	bench_write(path, csv);
	paths[0] = path;
	psp_flow_options_init(&options);
	options.reader.dialect.separator = ',';
	options.reader.no_header = no_header;
	if (no_header) {
		options.reader.fields.items = names;
		options.reader.fields.n = 2;
	}
	flow = psp_flow_open(paths, 1, &options, &err);
	assert_non_null(flow);
	assert_true(psp_sample_init(&sample, flow, &err));
	assert_int_equal(sample.batch.n_spans, n);
	if (n > 0) {
		assert_true(psp_record_init(&record, &sample.batch, &err));
		psp_record_seek(&record, 0);
		assert_true(psp_slice_is(psp_record_text(&record, 1), first));
	}
	psp_record_clear(&record);
	psp_sample_clear(&sample);
	psp_flow_close(flow);
	unlink(path);
}

static void
samples_hold_plain_records(void **state)
{
	(void)state;
	check_sample("a,b\n1,x\n2,y\n", false, 2, "x");
	check_sample("1,x\n2,y\n", true, 2, "x");
	check_sample(
	    "a,b\n\n1\n1,2,3\n1,\"x \"\"y\"\"\nz\"\n", false, 1, "x \"y\"\nz");
	check_sample("a,b\r\n1,\xE9\r\n2,y\r\n", false, 2, "\xC3\xA9");
	check_sample("a,b\n1,x\"y\" \"\n2,y\"\n", false, 2, "x\"y\" \"");
	check_sample("a,b\n", false, 0, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_decides_comes_first),
		cmocka_unit_test(answers_stay_the_same),
		cmocka_unit_test(samples_hold_plain_records),
	};

	return cmocka_run_group_tests_name("order", tests, NULL, NULL);
}
