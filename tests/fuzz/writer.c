/*
 * The writer: what it writes as CSV or TSV must read as what it was given.
 * Three bytes choose the separator, the format and the way. The rest is either
 * cells of ours, parted by form feeds, or a file whose records are passed on.
 */
#include <config.h>

#include "tests/fuzz/company.h"

#include "libprospect/base/text.h"
#include "libprospect/stream/spreadsheet.h"
#include "libprospect/stream/writer.h"

enum { MOST_COLUMNS = 5, MOST_ROWS = 20 };

struct choices {
	struct psp_writer_options form;
	const struct psp_format *format;
	unsigned char separator; /* of the output */
	size_t n_columns;
	bool passes_file;
	bool adds_cell; /* to the records of the file */
};

static struct fuzz_file source, output;

static void
remove_files(void)
{
	fuzz_file_remove(&source);
	fuzz_file_remove(&output);
}

static void
choose(struct psp_slice *input, struct choices *chosen)
{
	static const unsigned char separators[] = { ',', ';', '\t', '|' };
	unsigned char signs = fuzz_take(input);
	unsigned char way = fuzz_take(input);

	memset(chosen, 0, sizeof(*chosen));
	chosen->separator = separators[signs & 3];
	chosen->form.separator = chosen->separator;
	chosen->form.excel = (signs & 4) != 0;
	chosen->format = &psp_format_csv;
	if ((signs & 8) != 0) {
		chosen->format = &psp_format_tsv;
		chosen->separator = '\t';
	}
	chosen->passes_file = (way & 1) != 0;
	chosen->adds_cell = (way & 2) != 0;
	chosen->n_columns = fuzz_take(input) % MOST_COLUMNS + (size_t)1;
}

/* What is written of a cell: --excel keeps formulas from running. */
static void
show_expected(const struct choices *chosen, struct psp_buffer *out,
    size_t column, struct psp_slice text, struct psp_error *err)
{
	const char *prefix =
	    chosen->form.excel && psp_spreadsheet_runs(text) ? "'" : "";

	fuzz_must(psp_buffer_format(out, err, "cell %zu %s", column, prefix)
		      && psp_buffer_slice(out, text, err)
		      && psp_buffer_put(out, '\n', err),
	    "memory suffices");
}

static void
show_read(struct psp_buffer *out, size_t column, struct psp_slice text,
    struct psp_error *err)
{
	fuzz_must(psp_buffer_format(out, err, "cell %zu ", column)
		      && psp_buffer_slice(out, text, err)
		      && psp_buffer_put(out, '\n', err),
	    "memory suffices");
}

/* The output reads as `expected`: names first, then the cells of the rows. */
static void
check_output(const struct choices *chosen, size_t n_columns, size_t n_rows,
    const struct psp_buffer *expected)
{
	struct psp_reader_options options =
	    fuzz_company_output(chosen->separator);
	struct psp_reader *reader;
	struct psp_record *record;
	struct psp_buffer read;
	struct psp_error err;
	size_t n = 0;

	psp_error_init(&err);
	psp_buffer_init(&read);
	reader = psp_reader_open(output.path, &options, &err);
	/* It may look like a file of some other kind. */
	if (reader == NULL && strstr(err.message, "not CSV") != NULL)
		return;
	fuzz_must(reader != NULL, "what is written can be read");
	fuzz_must(psp_reader_header(reader).n == n_columns,
	    "as many columns are read as were written");
	for (size_t i = 0; i < n_columns; i++)
		show_read(&read, i, psp_reader_header(reader).items[i], &err);
	while (psp_reader_next(reader, &record, &err) == 1) {
		for (size_t i = 0; i < n_columns; i++)
			show_read(&read, i, psp_record_text(record, i), &err);
		n++;
	}
	fuzz_must_equal(psp_buffer_content(&read), psp_buffer_content(expected),
	    "what is read is what was written");
	fuzz_must(n == n_rows && psp_reader_n_rejected(reader) == 0,
	    "as many rows are read as were written");
	psp_buffer_clear(&read);
	psp_reader_close(reader);
}

/* Opens a writer on the emptied output and begins. */
static struct psp_writer *
begin(const struct choices *chosen, const struct psp_layout *layout,
    struct psp_error *err)
{
	struct psp_writer *writer;

	fuzz_file_empty(&output);
	writer = psp_writer_open(
	    output.fd, "output", chosen->format, &chosen->form, layout, err);
	fuzz_must(
	    writer != NULL && psp_writer_begin(writer, err), "a writer begins");
	return writer;
}

static void
finish(struct psp_writer *writer, struct psp_rows *rows, struct psp_error *err)
{
	fuzz_must(psp_writer_take(writer, rows, SIZE_MAX, err)
		      && psp_writer_finish(writer, err),
	    "a writer ends");
	psp_rows_clear(rows);
	psp_writer_close(writer);
}

/* Rows of cells of ours. */
static void
write_cells(const struct choices *chosen, struct psp_slice input)
{
	static const struct psp_slice names[MOST_COLUMNS] = { { "un", 2 },
		{ "deux; trois", 11 }, { "\"quatre\"", 8 }, { " cinq,", 6 },
		{ "six\n\tsept", 9 } };
	const struct psp_slices header = { NULL, 0 },
				cells = { names, chosen->n_columns };
	const struct psp_notes silent = { NULL, NULL };
	struct psp_cell row[MOST_COLUMNS];
	struct psp_layout layout;
	struct psp_buffer expected;
	struct psp_error err;
	struct psp_rows rows = { .writer = NULL };
	size_t n_rows = 0;

	psp_error_init(&err);
	psp_buffer_init(&expected);
	fuzz_must(psp_layout_init(&layout, header, cells, &silent, &err),
	    "memory suffices");
	rows.writer = begin(chosen, &layout, &err);
	for (size_t i = 0; i < chosen->n_columns; i++)
		show_expected(chosen, &expected, i, names[i], &err);
	do {
		for (size_t i = 0; i < chosen->n_columns; i++) {
			row[i].text = fuzz_take_part(&input);
			row[i].kind = PSP_CELL_TEXT;
			show_expected(chosen, &expected, i, row[i].text, &err);
		}
		fuzz_must(
		    psp_rows_put(&rows, NULL, row, &err), "memory suffices");
		n_rows++;
	} while (input.size > 0 && n_rows < MOST_ROWS);
	finish(rows.writer, &rows, &err);
	check_output(chosen, chosen->n_columns, n_rows, &expected);
	psp_buffer_clear(&expected);
	psp_layout_clear(&layout);
}

/* The records of a file, and perhaps a cell of ours behind them. */
static void
pass_records(const struct choices *chosen, struct psp_reader *reader)
{
	static const struct psp_slice ours = { "\"ours\"", 6 };
	const struct psp_slices header = psp_reader_header(reader),
				cells = { &ours, chosen->adds_cell };
	const struct psp_notes silent = { NULL, NULL };
	struct psp_cell cell = { PSP_CELL_TEXT, { "=a;\"b", 5 } };
	struct psp_layout layout;
	struct psp_buffer expected;
	struct psp_record *record;
	struct psp_error err;
	struct psp_rows rows = { .writer = NULL };
	size_t n_rows = 0, n = header.n;

	psp_error_init(&err);
	psp_buffer_init(&expected);
	fuzz_must(psp_layout_init(&layout, header, cells, &silent, &err)
		      && psp_layout_keep_header(&layout,
			  psp_reader_header_bytes(reader),
			  psp_reader_dialect(reader), &err),
	    "memory suffices");
	rows.writer = begin(chosen, &layout, &err);
	for (size_t i = 0; i < n; i++)
		show_expected(chosen, &expected, i, header.items[i], &err);
	if (layout.n_columns > n)
		show_expected(chosen, &expected, n, ours, &err);
	while (psp_reader_next(reader, &record, &err) == 1) {
		for (size_t i = 0; i < n; i++)
			show_expected(chosen, &expected, i,
			    layout.columns[i].is_input
				? psp_record_text(record, i)
				: cell.text,
			    &err);
		if (layout.n_columns > n)
			show_expected(chosen, &expected, n, cell.text, &err);
		fuzz_must(psp_rows_put(&rows, record, &cell, &err),
		    "memory suffices");
		n_rows++;
	}
	finish(rows.writer, &rows, &err);
	check_output(chosen, layout.n_columns, n_rows, &expected);
	psp_buffer_clear(&expected);
	psp_layout_clear(&layout);
}

/* A byte order mark at a start is no text to any reader of CSV. */
static bool
begins_with_mark(struct psp_slice text)
{
	return text.size >= 3 && memcmp(text.bytes, "\xEF\xBB\xBF", 3) == 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct psp_slice input = fuzz_bytes(data, size);
	struct psp_reader_options options;
	struct psp_reader *reader;
	struct choices chosen;
	struct psp_error err;

	if (output.fd == 0)
		atexit(remove_files);
	choose(&input, &chosen);
	if (!chosen.passes_file) {
		if (psp_utf8_valid(input))
			write_cells(&chosen, input);
		return 0;
	}
	fuzz_file_write(&source, input);
	psp_error_init(&err);
	psp_reader_options_init(&options);
	reader = psp_reader_open(source.path, &options, &err);
	if (reader != NULL
	    && (chosen.form.excel
		|| !begins_with_mark(psp_reader_header(reader).items[0])))
		pass_records(&chosen, reader);
	psp_reader_close(reader);
	return 0;
}
