/*
 * What tests of conditions share: a bench that reads conditions from YAML or
 * from one line, binds them to a CSV text and asks them of its records.
 * Today is 2026-11-23.
 */
#ifndef TESTS_UNIT_CONDITIONS_H
#define TESTS_UNIT_CONDITIONS_H

#include <stdlib.h>
#include <unistd.h>

#include "libprospect/base/calendar.h"
#include "libprospect/stream/reader.h"
#include "libprospect/targeting/clause.h"
#include "libprospect/targeting/evaluation.h"
#include "libprospect/targeting/expression.h"

struct bench {
	struct psp_error err;
	struct psp_problems problems;
	struct psp_settings fields, settings;
	struct psp_arena arena;
	struct psp_schema *schema;
	struct psp_signal_codes codes;
	struct psp_condition_rules rules;
	struct psp_signals *signals;

	struct psp_reader *reader;
	const struct psp_batch *batch;
	struct psp_record record;
	struct psp_plan *plan;
	struct psp_evaluation *evaluation;
	char path[64];
};

/* A new bench; `fields` is the YAML of `fields:` or NULL. */
static inline void
bench_init(struct bench *b, const char *fields)
{
	const struct psp_node *root;

	memset(b, 0, sizeof(*b));
	psp_error_init(&b->err);
	psp_problems_init(&b->problems);
	psp_settings_init(&b->fields);
	psp_settings_init(&b->settings);
	psp_arena_init(&b->arena);
	psp_signal_codes_init(&b->codes);
	b->schema = psp_schema_new(&b->err);
	assert_non_null(b->schema);
	if (fields != NULL) {
		assert_true(psp_settings_parse(&b->fields, psp_slice_of(fields),
		    "fields.yaml", &b->problems, &b->err));
		root = b->fields.root;
		assert_true(psp_schema_add_fields(
		    b->schema, root, &b->problems, &b->err));
	}
	b->rules.arena = &b->arena;
	b->rules.schema = b->schema;
	b->rules.codes = &b->codes;
	b->rules.today = psp_days_from_civil(2026, 11, 23);
}

static inline void
bench_clear(struct bench *b)
{
	psp_evaluation_free(b->evaluation);
	psp_plan_free(b->plan);
	psp_record_clear(&b->record);
	psp_reader_close(b->reader);
	psp_signals_close(b->signals);
	psp_schema_free(b->schema);
	psp_arena_clear(&b->arena);
	psp_settings_clear(&b->settings);
	psp_settings_clear(&b->fields);
	psp_problems_clear(&b->problems);
	if (b->path[0] != '\0')
		unlink(b->path);
}

/* Writes `text` to a file of its own. */
static inline void
bench_write(char path[64], const char *text)
{
	FILE *file;
	int fd;

	snprintf(path, 64, "/tmp/prospect-unit-XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	file = fdopen(fd, "w");
	assert_non_null(file);
	assert_int_equal(fputs(text, file) >= 0, 1);
	assert_int_equal(fclose(file), 0);
}

/* Opens a CSV text and stands on its first record. */
static inline void
bench_open(struct bench *b, const char *csv)
{
	struct psp_reader_options options;

	bench_write(b->path, csv);
	psp_reader_options_init(&options);
	b->reader = psp_reader_open(b->path, &options, &b->err);
	assert_non_null(b->reader);
	assert_int_equal(psp_reader_batch(b->reader, &b->batch, &b->err), 1);
	assert_true(psp_record_init(&b->record, b->batch, &b->err));
	psp_record_seek(&b->record, 0);
	b->plan = psp_plan_new(
	    &b->rules, psp_reader_header(b->reader), "siren", &b->err);
	assert_non_null(b->plan);
}

/* Reads a condition: `{…}` is YAML, all else one line. NULL with problems. */
static inline struct psp_condition *
bench_parse(struct bench *b, const char *text)
{
	char *yaml, *copy;
	size_t size = strlen(text) + 16;

	if (text[0] != '{')
		return psp_expression_parse(
		    &b->rules, psp_slice_of(text), &b->problems, &b->err);
	yaml = malloc(size);
	assert_non_null(yaml);
	snprintf(yaml, size, "when: %s\n", text);
	copy = psp_arena_copy(&b->arena, psp_slice_of(yaml), &b->err);
	free(yaml);
	psp_settings_clear(&b->settings);
	psp_settings_init(&b->settings);
	if (!psp_settings_parse(&b->settings, psp_slice_of(copy), "t.yaml",
		&b->problems, &b->err))
		return NULL;
	return psp_condition_parse(
	    &b->rules, b->settings.root->first, &b->problems, &b->err);
}

static inline void
bench_start(struct bench *b)
{
	assert_true(psp_plan_finish(b->plan, &b->err));
	b->evaluation = psp_evaluation_new(b->plan, b->signals, &b->err);
	assert_non_null(b->evaluation);
	psp_evaluation_seek(b->evaluation, &b->record);
}

/* The truth of `condition` for the only record of `csv`; fails the test when
 * it cannot be read or bound. */
static inline enum psp_truth
truth_with(const char *fields, const char *condition, const char *csv)
{
	struct bench b;
	struct psp_condition *parsed;
	const struct psp_test *test = NULL;
	enum psp_truth truth;

	bench_init(&b, fields);
	bench_open(&b, csv);
	parsed = bench_parse(&b, condition);
	if (parsed != NULL)
		test = psp_plan_add(b.plan, parsed, &b.problems, &b.err);
	if (test == NULL)
		fail_msg("%s: %s", condition,
		    b.problems.n > 0 ? b.problems.items[0].message
				     : b.err.message);
	bench_start(&b);
	assert_true(psp_evaluate(b.evaluation, test, &truth, &b.err));
	bench_clear(&b);
	return truth;
}

/* The message of the first problem of reading or binding, with its place:
 * "line:column: message". Fails the test without one. */
static inline void
check_problem(const char *fields, const char *condition, const char *csv,
    const char *expected)
{
	struct bench b;
	struct psp_condition *parsed;
	const struct psp_test *test = NULL;
	char said[700];

	bench_init(&b, fields);
	bench_open(&b, csv);
	parsed = bench_parse(&b, condition);
	if (parsed != NULL)
		test = psp_plan_add(b.plan, parsed, &b.problems, &b.err);
	if (test != NULL || b.problems.n == 0)
		fail_msg("%s: no problem (%s)", condition, b.err.message);
	psp_problems_sort(&b.problems);
	snprintf(said, sizeof(said), "%zu:%zu: %s", b.problems.items[0].line,
	    b.problems.items[0].column, b.problems.items[0].message);
	if (strncmp(said, expected, strlen(expected)) != 0)
		fail_msg("%s\n said     %s\n expected %s", condition, said,
		    expected);
	bench_clear(&b);
}

#endif
