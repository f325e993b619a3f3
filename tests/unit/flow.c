/*
 * stream: the flow settles records, faults, counts, rejects and limits in
 * input order. The steps write records whose first field is not "no".
 */
#include <config.h>

#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "libprospect/stream/flow.h"

struct sums {
	size_t n_records;
	size_t n_batches;
};

/* What a run gave. */
struct result {
	char out[4096];
	char rejects[4096];
	char notes[4096];
	struct psp_flow_counts counts;
	struct sums sums;
	struct psp_error err;
	bool is_done;
};

static struct sums last_sums;

static void *
new_state(void *plan, struct psp_error *err)
{
	void *state = calloc(1, sizeof(struct sums));

	(void)plan;
	if (state == NULL)
		psp_error_memory(err);
	return state;
}

static bool
batch(void *plan, void *state, const struct psp_batch *batch_read,
    struct psp_rows *rows, struct psp_error *err)
{
	struct psp_record record;
	struct sums *sums = state;
	bool is_done = false;

	(void)plan;
	memset(&record, 0, sizeof(record));
	if (!psp_record_init(&record, batch_read, err))
		goto done;
	sums->n_batches++;
	for (size_t i = 0; i < batch_read->n_spans; i++) {
		psp_record_seek(&record, i);
		sums->n_records++;
		if (!psp_slice_is(psp_record_text(&record, 0), "no")
		    && !psp_rows_put(rows, &record, NULL, err))
			goto done;
	}
	is_done = true;
done:
	psp_record_clear(&record);
	return is_done;
}

static bool
merge(void *plan, void *into, void *next, struct psp_error *err)
{
	struct sums *a = into;
	const struct sums *b = next;

	(void)plan;
	(void)err;
	a->n_records += b->n_records;
	a->n_batches += b->n_batches;
	return true;
}

static bool
finish(void *plan, void *state, struct psp_rows *rows, struct psp_error *err)
{
	(void)plan;
	(void)rows;
	(void)err;
	last_sums = *(struct sums *)state;
	return true;
}

static const struct psp_flow_steps steps = { .new_state = new_state,
	.free_state = free,
	.batch = batch,
	.merge = merge,
	.finish = finish };

static void
take_note(void *user, enum psp_note_level level, const char *kind,
    const struct psp_error *note)
{
	char *notes = user;

	(void)kind;
	if (level != PSP_NOTE_DETAIL)
		snprintf(notes + strlen(notes), 4096 - strlen(notes),
		    "%zu %s\n", note->line, note->message);
}

static void
write_file(char path[32], const char *text)
{
	int fd;

	strcpy(path, "/tmp/psp-unit-XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	assert_int_equal(close(fd), 0);
}

static void
read_file(const char *path, char text[4096])
{
	int fd = open(path, O_RDONLY);
	ssize_t n;

	assert_true(fd >= 0);
	n = read(fd, text, 4095);
	assert_true(n >= 0);
	text[n] = '\0';
	close(fd);
}

/* Runs the inputs (ending in NULL) through the steps. */
static void
run(const char *const *inputs, struct psp_flow_options *options,
    struct result *result)
{
	char paths[4][32], out[32], rejects[32];
	const char *names[4];
	struct psp_writer_options form = { .separator = ';' };
	struct psp_layout layout;
	struct psp_writer *writer = NULL;
	struct psp_flow *flow;
	struct psp_slices none = { NULL, 0 };
	size_t n = 0;
	int fd;

	memset(result, 0, sizeof(*result));
	memset(&layout, 0, sizeof(layout));
	psp_error_init(&result->err);
	for (; inputs[n] != NULL; n++) {
		write_file(paths[n], inputs[n]);
		names[n] = paths[n];
	}
	write_file(out, "");
	write_file(rejects, "");
	if (options->rejects != NULL)
		options->rejects = rejects;
	options->reader.dialect.separator = ';';
	options->reader.notes.call = take_note;
	options->reader.notes.user = result->notes;
	fd = open(out, O_WRONLY);
	assert_true(fd >= 0);
	flow = psp_flow_open(names, n, options, &result->err);
	if (flow != NULL) {
		assert_true(psp_layout_init(&layout,
		    psp_reader_header(psp_flow_first(flow)), none, NULL,
		    &result->err));
		writer = psp_writer_open(
		    fd, "out", &psp_format_csv, &form, &layout, &result->err);
		assert_non_null(writer);
		result->is_done =
		    psp_writer_begin(writer, &result->err)
		    && psp_flow_run(flow, &steps, NULL, writer, &result->err)
		    && psp_writer_finish(writer, &result->err);
		result->counts = *psp_flow_counts(flow);
		result->sums = last_sums;
	}
	psp_writer_close(writer);
	psp_layout_clear(&layout);
	psp_flow_close(flow);
	close(fd);
	read_file(out, result->out);
	read_file(rejects, result->rejects);
	for (size_t i = 0; i < n; i++)
		unlink(paths[i]);
	unlink(out);
	unlink(rejects);
}

static void
read_is_written_filtered_and_rejected(void **state)
{
	static const char *const inputs[] = {
		"a;b\n1;x\nno;y\n2\n5\";z\n\"q\"r;s\n3;\"t\n", NULL
	};
	struct psp_flow_options options;
	struct result result;

	(void)state;
	psp_flow_options_init(&options);
	options.rejects = "";
	run(inputs, &options, &result);
	assert_true(result.is_done);
	assert_string_equal(result.out,
	    "a;b\n1;x\n\"5\"\"\";z\n\"\"\"q\"\"r\";s\n3;\"\"\"t\"\n");
	assert_string_equal(result.rejects, "a;b\n2\n");
	assert_int_equal(result.counts.n_read, 6);
	assert_int_equal(result.counts.n_written, 4);
	assert_int_equal(result.counts.n_rejected, 1);
	assert_int_equal(result.counts.n_repaired, 2);
	assert_true(result.counts.rejects_taken);
	assert_string_equal(result.notes,
	    "4 1 field where the header has 2\n"
	    "6 text after the closing quote of field 1, opened at line 6; the "
	    "quote was taken as text\n"
	    "7 the quote opened at line 7 (field 2) is not closed; the quote "
	    "was taken as text\n");
}

static void
limits_count_up_to_the_record_that_filled_them(void **state)
{
	static const char *const inputs[] = {
		"a;b\n1;x\nbad\nno;y\n2;z\nbad\n3;t\n", "a;b\n4;u\n", NULL
	};
	static const size_t read[] = { 0, 1, 4, 6, 7 };
	static const size_t rejected[] = { 0, 0, 1, 2, 2 };

	(void)state;
	for (size_t limit = 0; limit < 5; limit++) {
		struct psp_flow_options options;
		struct result result;

		psp_flow_options_init(&options);
		options.limit = limit;
		run(inputs, &options, &result);
		assert_true(result.is_done);
		assert_int_equal(result.counts.n_written, limit);
		assert_int_equal(result.counts.n_read, read[limit]);
		assert_int_equal(result.counts.n_rejected, rejected[limit]);
		assert_int_equal(
		    result.sums.n_records, read[limit] - rejected[limit]);
		assert_true(result.counts.limit_reached);
	}
}

static void
several_inputs_need_one_header(void **state)
{
	static const char *const right[] = { "a;b\n1;2\n", "a;b\n3;4", NULL };
	static const char *const wrong[] = { "a;b\n1;2\n", "a;c\n3;4", NULL };
	static const char *const shorter[] = { "a;b\n1;2\n", "a\n3", NULL };
	struct psp_flow_options options;
	struct result result;

	(void)state;
	psp_flow_options_init(&options);
	run(right, &options, &result);
	assert_string_equal(result.out, "a;b\n1;2\n3;4\n");
	run(wrong, &options, &result);
	assert_false(result.is_done);
	assert_int_equal(result.err.status, PSP_ESYNTAX);
	assert_non_null(strstr(result.err.message, "'c'"));
	assert_string_equal(result.out, "");
	run(shorter, &options, &result);
	assert_int_equal(result.err.status, PSP_ESYNTAX);
}

static void
strict_runs_stop_at_the_first_reject(void **state)
{
	static const char *const inputs[] = { "a;b\n1;x\nbad\n2;y\nbad\n",
		NULL };
	struct psp_flow_options options;
	struct result result;

	(void)state;
	psp_flow_options_init(&options);
	options.strict = true;
	run(inputs, &options, &result);
	assert_false(result.is_done);
	assert_int_equal(result.err.status, PSP_ESYNTAX);
	assert_int_equal(result.err.line, 3);
	psp_flow_options_init(&options);
	options.max_rejects = 1;
	options.rejects = "";
	run(inputs, &options, &result);
	assert_false(result.is_done);
	assert_int_equal(result.err.line, 5);
	assert_string_equal(result.rejects, "a;b\nbad\nbad\n");
}

static void
empty_inputs(void **state)
{
	static const char *const nothing[] = { "", NULL };
	static const char *const header[] = { "a;b\n", NULL };
	struct psp_flow_options options;
	struct result result;

	(void)state;
	psp_flow_options_init(&options);
	run(nothing, &options, &result);
	assert_int_equal(result.err.status, PSP_ESYNTAX);
	assert_non_null(strstr(result.err.message, "empty input"));
	run(header, &options, &result);
	assert_true(result.is_done);
	assert_string_equal(result.out, "a;b\n");
	options.reader.allow_empty = true;
	run(nothing, &options, &result);
	assert_true(result.is_done);
	assert_string_equal(result.out, "");
}

static void
no_header_reads_the_first_line(void **state)
{
	static const char *const inputs[] = { "Export;2026\n\n1;x\n", NULL };
	static const struct psp_slice names[] = { { "a", 1 }, { "b", 1 } };
	struct psp_flow_options options;
	struct result result;

	(void)state;
	psp_flow_options_init(&options);
	options.reader.no_header = true;
	options.reader.fields.items = names;
	options.reader.fields.n = 2;
	run(inputs, &options, &result);
	assert_true(result.is_done);
	assert_int_equal(result.counts.n_read, 2);
	assert_int_equal(result.counts.n_blank_lines, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_is_written_filtered_and_rejected),
		cmocka_unit_test(
		    limits_count_up_to_the_record_that_filled_them),
		cmocka_unit_test(several_inputs_need_one_header),
		cmocka_unit_test(strict_runs_stop_at_the_first_reject),
		cmocka_unit_test(empty_inputs),
		cmocka_unit_test(no_header_reads_the_first_line),
	};

	return cmocka_run_group_tests_name("flow", tests, NULL, NULL);
}
