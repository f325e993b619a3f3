/*
 * Memory that runs out at each allocation in turn, in layouts, formats and
 * writer.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "libprospect/report/html.h"
#include "libprospect/report/markdown.h"
#include "libprospect/report/table.h"
#include "tests/unit/exhaustion.h"

enum { N_ROWS = 300, MOST_ALLOCATIONS = 1000 };

/* A header with a column that is replaced, kept as it stands. */
static bool
lay_out_input(struct psp_error *err)
{
	static const struct psp_slice header[] = { { "a", 1 }, { "b;", 2 } };
	static const struct psp_slice cells[] = { { "a", 1 }, { "c", 1 } };
	const struct psp_slices inputs = { header, 2 }, ours = { cells, 2 };
	const struct psp_dialect dialect = { .separator = ';', .quote = '"' };
	const struct psp_notes silent = { NULL, NULL };
	struct psp_layout layout;
	bool is_done;

	if (!psp_layout_init(&layout, inputs, ours, &silent, err))
		return false;
	is_done = psp_layout_keep_header(
	    &layout, psp_slice_of("a;\"b;\""), &dialect, err);
	psp_layout_clear(&layout);
	return is_done;
}

static bool
put_rows(struct psp_rows *rows, struct psp_error *err)
{
	const struct psp_cell cells[] = {
		{ PSP_CELL_TEXT, { "a;|\"\n b", 7 } },
		{ PSP_CELL_NUMBER, { "1.5", 3 } },
		{ PSP_CELL_RATE, { "0.5", 3 } },
		{ PSP_CELL_TEXT, { "=1", 2 } },
		{ PSP_CELL_NULL, { NULL, 0 } },
	};

	for (size_t i = 0; i < N_ROWS; i++) {
		size_t before = rows->bytes.size;

		if (!psp_rows_put(rows, NULL, cells, err)) {
			assert_int_equal(rows->bytes.size, before);
			assert_int_equal(rows->n_rows, i);
			return false;
		}
	}
	return true;
}

/* Everything a report does, on `fd`. */
static bool
write_report(int fd, const struct psp_format *format, struct psp_error *err)
{
	static const struct psp_slice names[] = { { "a", 1 }, { "a", 1 },
		{ "c\"|", 3 }, { "=d", 2 }, { "e", 1 } };
	const struct psp_slices ours = { names, 5 }, none = { NULL, 0 };
	const struct psp_writer_options options = { .excel = true,
		.width = 16 };
	struct psp_layout layout;
	struct psp_writer *writer = NULL;
	struct psp_rows rows = { .keep_ends = true };
	bool is_done = false;

	if (!psp_layout_init(&layout, none, ours, NULL, err))
		return false;
	writer = psp_writer_open(fd, "nothing", format, &options, &layout, err);
	if (writer == NULL)
		goto done;
	rows.writer = writer;
	is_done = psp_writer_begin(writer, err) && put_rows(&rows, err)
	          && psp_writer_take(writer, &rows, N_ROWS - 1, err)
	          && psp_writer_finish(writer, err);
done:
	psp_rows_clear(&rows);
	psp_writer_close(writer);
	psp_layout_clear(&layout);
	return is_done;
}

static void
every_allocation_may_fail(void **state)
{
	const struct psp_format *const formats[] = { &psp_format_csv,
		&psp_format_tsv, &psp_format_json, &psp_format_jsonl,
		&psp_format_table, &psp_format_markdown, &psp_format_html };
	const size_t n_formats = sizeof(formats) / sizeof(formats[0]);
	int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);

	(void)state;
	assert_true(fd >= 0);
	for (size_t i = 0; i <= n_formats; i++) {
		bool is_done = false;
		long n = 0;

		while (!is_done) {
			struct psp_error err;

			assert_true(n < MOST_ALLOCATIONS);
			psp_error_init(&err);
			allocations_left = n++;
			is_done = i < n_formats
			              ? write_report(fd, formats[i], &err)
			              : lay_out_input(&err);
			allocations_left = -1;
			assert_int_equal(
			    err.status, is_done ? PSP_OK : PSP_ENOMEM);
		}
		assert_true(n > 2);
	}
	close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_allocation_may_fail),
	};

	return cmocka_run_group_tests_name("exhausted", tests, NULL, NULL);
}
