/*
 * The writer: what it writes as CSV, TSV or JSON must read as what it was
 * given, and what it writes for people must keep its shape. Three bytes choose
 * the separator, the format and the way. The rest is either cells of ours,
 * parted by form feeds, or a file whose records are passed on.
 */
#include <config.h>

#include "tests/fuzz/company.h"
#include "tests/fuzz/json.h"

#include "libprospect/base/text.h"
#include "libprospect/report/markdown.h"
#include "libprospect/report/table.h"
#include "libprospect/stream/spreadsheet.h"
#include "libprospect/stream/writer.h"

enum { MOST_COLUMNS = 5, MOST_ROWS = 20 };

struct choices {
	struct psp_writer_options form;
	const struct psp_format *format;
	unsigned char separator; /* of the output; 0: it is no CSV */
	size_t n_columns;
	bool passes_file;
	bool adds_cell; /* to the records of the file */
};

/* What the output must say. */
struct expected {
	struct psp_buffer shown; /* the names, then the cells of the rows */
	size_t names_size;       /* of the names in `shown` */
	size_t n_columns, n_rows;
	struct psp_error err;
};

static struct fuzz_file source, output;

static void
remove_files(void)
{
	fuzz_file_remove(&source);
	fuzz_file_remove(&output);
}

/* The formats that are not for CSV: the way chooses one, 0 none. */
static void
choose_other(unsigned char way, bool is_second, struct choices *chosen)
{
	static const struct psp_format *const others[][2] = {
		{ &psp_format_jsonl, &psp_format_jsonl },
		{ &psp_format_json, &psp_format_json },
		{ &psp_format_table, &psp_format_markdown },
	};

	if (way == 0)
		return;
	chosen->format = others[way - 1][is_second];
	chosen->separator = 0;
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
	choose_other(way >> 2 & 3, (signs & 8) != 0, chosen);
	chosen->passes_file = (way & 1) != 0;
	chosen->adds_cell = (way & 2) != 0;
	chosen->n_columns = fuzz_take(input) % MOST_COLUMNS + (size_t)1;
}

static void
show(struct psp_buffer *out, size_t column, const char *prefix,
    struct psp_slice text, struct psp_error *err)
{
	fuzz_must(psp_buffer_format(out, err, "cell %zu %s", column, prefix)
		      && psp_buffer_slice(out, text, err)
		      && psp_buffer_put(out, '\n', err),
	    "memory suffices");
}

/* What is written of a cell: --excel keeps formulas in CSV from running. */
static void
expect(const struct choices *chosen, struct expected *expected, size_t column,
    struct psp_slice text)
{
	bool runs = chosen->separator != 0 && chosen->form.excel
	            && psp_spreadsheet_runs(text);

	show(&expected->shown, column, runs ? "'" : "", text, &expected->err);
}

/* The output reads as CSV. */
static void
check_csv(const struct choices *chosen, struct expected *expected)
{
	struct psp_reader_options options =
	    fuzz_company_output(chosen->separator);
	struct psp_error *err = &expected->err;
	struct psp_reader *reader;
	struct psp_record *record;
	struct psp_buffer read;
	size_t n = 0;

	psp_buffer_init(&read);
	reader = psp_reader_open(output.path, &options, err);
	/* It may look like a file of some other kind. */
	if (reader == NULL && strstr(err->message, "not CSV") != NULL)
		return;
	fuzz_must(reader != NULL, "what is written can be read");
	fuzz_must(psp_reader_header(reader).n == expected->n_columns,
	    "as many columns are read as were written");
	for (size_t i = 0; i < expected->n_columns; i++)
		show(&read, i, "", psp_reader_header(reader).items[i], err);
	while (psp_reader_next(reader, &record, err) == 1) {
		for (size_t i = 0; i < expected->n_columns; i++)
			show(&read, i, "", psp_record_text(record, i), err);
		n++;
	}
	fuzz_must_equal(psp_buffer_content(&read),
	    psp_buffer_content(&expected->shown),
	    "what is read is what was written");
	fuzz_must(n == expected->n_rows && psp_reader_n_rejected(reader) == 0,
	    "as many rows are read as were written");
	psp_buffer_clear(&read);
	psp_reader_close(reader);
}

/* Takes an object, appends its cells, and its keys where no row was before. */
static void
take_object(struct psp_slice *json, struct expected *expected,
    struct psp_buffer *keys, struct psp_buffer *cells)
{
	struct psp_error *err = &expected->err;
	struct psp_buffer text, row_keys;

	psp_buffer_init(&text);
	psp_buffer_init(&row_keys);
	fuzz_json_sign(json, '{');
	for (size_t i = 0; i < expected->n_columns; i++) {
		if (i > 0)
			fuzz_json_sign(json, ',');
		text.size = 0;
		fuzz_json_string(json, &text, err);
		show(&row_keys, i, "", psp_buffer_content(&text), err);
		fuzz_json_sign(json, ':');
		text.size = 0;
		fuzz_json_string(json, &text, err);
		show(cells, i, "", psp_buffer_content(&text), err);
	}
	fuzz_json_sign(json, '}');
	if (keys->size == 0)
		fuzz_must(
		    psp_buffer_slice(keys, psp_buffer_content(&row_keys), err),
		    "memory suffices");
	fuzz_must_equal(psp_buffer_content(keys), psp_buffer_content(&row_keys),
	    "all objects have the same keys");
	psp_buffer_clear(&row_keys);
	psp_buffer_clear(&text);
}

/* The output reads as an array of objects, or as an object a line. */
static void
check_json(const struct choices *chosen, struct expected *expected)
{
	struct psp_buffer written = fuzz_file_content(&output), keys, cells;
	struct psp_slice json = psp_buffer_content(&written), names, rest;
	bool is_array = chosen->format == &psp_format_json;

	psp_buffer_init(&keys);
	psp_buffer_init(&cells);
	if (is_array)
		fuzz_json_sign(&json, '[');
	for (size_t n = 0; n < expected->n_rows; n++) {
		if (is_array && n > 0)
			fuzz_json_sign(&json, ',');
		if (is_array)
			fuzz_json_sign(&json, '\n');
		take_object(&json, expected, &keys, &cells);
		if (!is_array)
			fuzz_json_sign(&json, '\n');
	}
	if (is_array && expected->n_rows > 0)
		fuzz_json_sign(&json, '\n');
	if (is_array) {
		fuzz_json_sign(&json, ']');
		fuzz_json_sign(&json, '\n');
	}
	fuzz_must(json.size == 0, "nothing follows");
	names = psp_slice(expected->shown.bytes, expected->names_size);
	rest = psp_slice(expected->shown.bytes + expected->names_size,
	    expected->shown.size - expected->names_size);
	/* A name that comes again gets a number. */
	fuzz_must(expected->n_rows == 0 || keys.size >= names.size,
	    "no key is shorter than its name");
	if (keys.size == names.size)
		fuzz_must_equal(
		    psp_buffer_content(&keys), names, "the keys are the names");
	fuzz_must_equal(psp_buffer_content(&cells), rest,
	    "what is read is what was written");
	psp_buffer_clear(&cells);
	psp_buffer_clear(&keys);
	psp_buffer_clear(&written);
}

/* A line a row below names and a rule, and nothing that moves a cursor. */
static void
check_lines(const struct expected *expected)
{
	struct psp_buffer written = fuzz_file_content(&output);
	struct psp_slice text = psp_buffer_content(&written);
	size_t n_lines = 0;

	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.bytes[i];

		n_lines += c == '\n';
		fuzz_must((c >= 0x20 || c == '\n') && c != 0x7F,
		    "controls are made visible");
	}
	fuzz_must(n_lines == expected->n_rows + 2, "a line a row");
	fuzz_must(psp_utf8_valid(text), "what people read is UTF-8");
	psp_buffer_clear(&written);
}

static void
check_output(const struct choices *chosen, struct expected *expected)
{
	if (chosen->separator != 0)
		check_csv(chosen, expected);
	else if (chosen->format == &psp_format_json
		 || chosen->format == &psp_format_jsonl)
		check_json(chosen, expected);
	else
		check_lines(expected);
	psp_buffer_clear(&expected->shown);
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

static void
expect_nothing(struct expected *expected)
{
	memset(expected, 0, sizeof(*expected));
	psp_error_init(&expected->err);
	psp_buffer_init(&expected->shown);
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
	struct expected expected;
	struct psp_rows rows = { .writer = NULL };

	expect_nothing(&expected);
	expected.n_columns = chosen->n_columns;
	fuzz_must(
	    psp_layout_init(&layout, header, cells, &silent, &expected.err),
	    "memory suffices");
	rows.writer = begin(chosen, &layout, &expected.err);
	for (size_t i = 0; i < chosen->n_columns; i++)
		expect(chosen, &expected, i, names[i]);
	expected.names_size = expected.shown.size;
	do {
		for (size_t i = 0; i < chosen->n_columns; i++) {
			row[i] = psp_cell_text(fuzz_take_part(&input));
			expect(chosen, &expected, i, row[i].text);
		}
		fuzz_must(psp_rows_put(&rows, NULL, row, &expected.err),
		    "memory suffices");
		expected.n_rows++;
	} while (input.size > 0 && expected.n_rows < MOST_ROWS);
	finish(rows.writer, &rows, &expected.err);
	check_output(chosen, &expected);
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
	struct expected expected;
	struct psp_record *record;
	struct psp_rows rows = { .writer = NULL };

	expect_nothing(&expected);
	fuzz_must(
	    psp_layout_init(&layout, header, cells, &silent, &expected.err)
		&& psp_layout_keep_header(&layout,
		    psp_reader_header_bytes(reader), psp_reader_dialect(reader),
		    &expected.err),
	    "memory suffices");
	rows.writer = begin(chosen, &layout, &expected.err);
	expected.n_columns = layout.n_columns;
	for (size_t i = 0; i < layout.n_columns; i++)
		expect(chosen, &expected, i, layout.columns[i].name);
	expected.names_size = expected.shown.size;
	while (psp_reader_next(reader, &record, &expected.err) == 1) {
		for (size_t i = 0; i < layout.n_columns; i++)
			expect(chosen, &expected, i,
			    layout.columns[i].is_input
				? psp_record_text(record, i)
				: cell.text);
		fuzz_must(psp_rows_put(&rows, record, &cell, &expected.err),
		    "memory suffices");
		expected.n_rows++;
	}
	finish(rows.writer, &rows, &expected.err);
	check_output(chosen, &expected);
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
