/* From a file through reader and writer: what stays, what is made regular. */
#include <config.h>

#include "tests/unit/written.h"

#include "libprospect/report/markdown.h"
#include "libprospect/report/table.h"
#include "libprospect/stream/reader.h"

static const char *const no_cells[] = { NULL };
static const struct psp_writer_options semicolon = { .separator = ';' };

/* How a test reads; quote 0 is detected. */
static int reading_quote;

/* Puts `size` bytes into a file and gives its name, to be unlinked. */
static void
make_file(char *name, const char *bytes, size_t size)
{
	int fd;

	strcpy(name, "passage.XXXXXX");
	fd = mkstemp(name);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, size), size);
	close(fd);
}

/* Passes a file through a writer, with `cells` in every row. */
static char *
pass(const char *input, size_t input_size, const struct psp_format *format,
    const struct psp_writer_options *options, const char *const *names,
    const struct psp_cell *cells, size_t *size)
{
	struct written w;
	struct psp_slice items[MAX_WRITTEN_NAMES];
	struct psp_reader_options reading;
	struct psp_reader *reader;
	struct psp_record *record;
	char name[32], *text;
	int more;

	memset(&w, 0, sizeof(w));
	make_file(name, input, input_size);
	psp_reader_options_init(&reading);
	reading.dialect.quote = reading_quote;
	reader = psp_reader_open(name, &reading, &w.err);
	if (reader == NULL)
		fail_msg("%s", w.err.message);
	assert_true(psp_layout_init(&w.layout, psp_reader_header(reader),
	    names_of(names, items), NULL, &w.err));
	assert_true(
	    psp_layout_keep_header(&w.layout, psp_reader_header_bytes(reader),
		psp_reader_dialect(reader), &w.err));
	written_open(&w, format, options);
	while ((more = psp_reader_next(reader, &record, &w.err)) == 1)
		assert_true(psp_rows_put(&w.rows, record, cells, &w.err));
	assert_int_equal(more, 0);
	written_text(&w, size);
	text = w.text;
	w.text = NULL;
	written_clear(&w);
	psp_reader_close(reader);
	unlink(name);
	return text;
}

static void
check(const char *input, const struct psp_format *format,
    const struct psp_writer_options *options, const char *expected)
{
	char *text =
	    pass(input, strlen(input), format, options, no_cells, NULL, NULL);

	assert_string_equal(text, expected);
	free(text);
}

static void
untouched_records_pass_byte_for_byte(void **state)
{
	static const char input[] =
	    "\"a\";b;\"c;\"\"d\"\"\"\n"
	    "\"1\"; 2 ;\"x;\"\"y\"\"\r\nz\n\"\n"
	    "007;;\xE2\x80\xA8\xC2\x85\xC2\xA0\xF0\x9F\x98\x80\n"
	    "=1+1;e\xCC\x81;\033[2J\n"
	    "\"\";a\0b;'\n";
	char *text;
	size_t size;

	(void)state;
	text = pass(input, sizeof(input) - 1, &psp_format_csv, &semicolon,
	    no_cells, NULL, &size);
	assert_int_equal(size, sizeof(input) - 1);
	assert_memory_equal(text, input, size);
	free(text);
}

static void
cells_are_appended_or_replace(void **state)
{
	static const char input[] = "\"n\";score;n\n\"1\";2;\"3\"\n";
	const char *const added[] = { "class", "x;y", NULL };
	const char *const replacing[] = { "class", "score", NULL };
	const struct psp_cell cells[] = { TEXT("h\"t"), NUMBER("70.5") };
	char *text;

	(void)state;
	text = pass(input, strlen(input), &psp_format_csv, &semicolon, added,
	    cells, NULL);
	assert_string_equal(text, "\"n\";score;n;class;\"x;y\"\n"
				  "\"1\";2;\"3\";\"h\"\"t\";70.5\n");
	free(text);
	text = pass(input, strlen(input), &psp_format_csv, &semicolon,
	    replacing, cells, NULL);
	assert_string_equal(text, "\"n\";score;n;class\n"
				  "\"1\";70.5;\"3\";\"h\"\"t\"\n");
	free(text);
	text = pass(input, strlen(input), &psp_format_jsonl, &semicolon,
	    replacing, cells, NULL);
	assert_string_equal(text, "{\"n\":\"1\",\"score\":70.5,\"n_2\":\"3\","
				  "\"class\":\"h\\\"t\"}\n");
	free(text);
}

static void
another_separator_quotes_what_it_must(void **state)
{
	const struct psp_writer_options comma = { .separator = ',' };
	static const char input[] = "a;\"b\";c,d\n"
				    "1,5;\"x\"; y \n"
				    "\"p;q\";\"r,s\";\"t\"\"u\"\n"
				    ";\"\";\n";

	(void)state;
	check(input, &psp_format_csv, &comma,
	    "a,\"b\",\"c,d\"\n"
	    "\"1,5\",\"x\", y \n"
	    "\"p;q\",\"r,s\",\"t\"\"u\"\n"
	    ",\"\",\n");
	check(input, &psp_format_tsv, &comma,
	    "a\t\"b\"\tc,d\n"
	    "1,5\t\"x\"\t y \n"
	    "\"p;q\"\t\"r,s\"\t\"t\"\"u\"\n"
	    "\t\"\"\t\n");
}

static void
irregular_input_comes_out_regular(void **state)
{
	(void)state;
	check("a;b\r\n1;\"x\"\r\n2;\r\n", &psp_format_csv, &semicolon,
	    "a;b\n1;\"x\"\n2;\n");
	check("a;b\r1;\"x\"\r2;y\r", &psp_format_csv, &semicolon,
	    "a;b\n1;\"x\"\n2;y\n");
	check("a;b\n5\" t;x\n", &psp_format_csv, &semicolon,
	    "a;b\n\"5\"\" t\";x\n");
	check("a;b\n1;caf\xE9\n", &psp_format_csv, &semicolon,
	    "a;b\n1;caf\xC3\xA9\n");
	check("\xEF\xBB\xBF"
	      "a;b\n1;2",
	    &psp_format_csv, &semicolon, "a;b\n1;2\n");
	reading_quote = '\'';
	check("a;b\n1;'x;y'\n2;'it''s'\n3;z\"\n4;'s'\n", &psp_format_csv,
	    &semicolon, "a;b\n1;\"x;y\"\n2;it's\n3;\"z\"\"\"\n4;s\n");
	reading_quote = PSP_QUOTE_NONE;
	check("a;b\n1;\"x\"\n", &psp_format_csv, &semicolon,
	    "a;b\n1;\"\"\"x\"\"\"\n");
	reading_quote = PSP_QUOTE_DETECT;
}

/* In a file of CR a LF is no line end, even where the sample had none. */
static void
line_ends_of_others_are_quoted(void **state)
{
	static const char last[] = "1\n2;x\r";
	const size_t n_records = PSP_SAMPLE_SIZE / 4 + 1;
	size_t size = 4 * n_records + sizeof(last) - 1;
	char *input = malloc(size), *text, *end;

	(void)state;
	assert_non_null(input);
	for (size_t i = 0; i < n_records; i++)
		memcpy(input + 4 * i, "a;b\r", 4);
	memcpy(input + 4 * n_records, last, sizeof(last) - 1);
	text = pass(
	    input, size, &psp_format_csv, &semicolon, no_cells, NULL, &size);
	end = text + size - strlen("a;b\n\"1\n2\";x\n");
	assert_string_equal(end, "a;b\n\"1\n2\";x\n");
	free(text);
	free(input);
}

static void
output_is_stable_input(void **state)
{
	static const char input[] = "a;b\n5\" t;x\n'; y\n\"\";\"z\n\"\n;\n";
	char *once, *twice;
	size_t size;

	(void)state;
	once = pass(input, strlen(input), &psp_format_csv, &semicolon, no_cells,
	    NULL, &size);
	twice =
	    pass(once, size, &psp_format_csv, &semicolon, no_cells, NULL, NULL);
	assert_string_equal(once, twice);
	free(once);
	free(twice);
}

static void
excel_runs_nothing(void **state)
{
	const struct psp_writer_options excel = { .excel = true };
	static const char input[] = "=a,b,c\n"
				    "=cmd|'/c calc'!A1,+33 6 12,-5\n"
				    "@SUM(1),\"=x;\"\"y\"\"\",\"-1.5\"\n"
				    "'=z,1.5,a;b\n";

	(void)state;
	check(input, &psp_format_csv, &excel,
	    "\xEF\xBB\xBF'=a;b;c\r\n"
	    "'=cmd|'/c calc'!A1;+33 6 12;-5\r\n"
	    "'@SUM(1);\"'=x;\"\"y\"\"\";\"-1.5\"\r\n"
	    "''=z;1.5;\"a;b\"\r\n");
	check("a;b\n1;=2\n", &psp_format_csv, &excel,
	    "\xEF\xBB\xBF"
	    "a;b\r\n1;'=2\r\n");
}

static void
json_has_texts_without_quotes(void **state)
{
	(void)state;
	check("\"a;\";b\n007;\"x\"\"y\nz\"\n;\"\"\n", &psp_format_json,
	    &semicolon,
	    "[\n{\"a;\":\"007\",\"b\":\"x\\\"y\\nz\"},\n"
	    "{\"a;\":\"\",\"b\":\"\"}\n]\n");
}

static void
one_column_keeps_its_empty_records(void **state)
{
	(void)state;
	check("a\n1\n\"\"\n\n2\n", &psp_format_csv, &semicolon,
	    "a\n1\n\"\"\n\n2\n");
	check("a\n1\n\"\"\n\n2\n", &psp_format_tsv, &semicolon,
	    "a\n1\n\"\"\n\n2\n");
}

static void
tables_show_input(void **state)
{
	const struct psp_writer_options ascii = { .ascii = true };
	static const char input[] = "name;n\n\"a;b\033\";1 234,5\nc|d;-2\n;\n";

	(void)state;
	check(input, &psp_format_table, &ascii,
	    "name           n\n"
	    "-------  -------\n"
	    "a;b\\x1b  1 234,5\n"
	    "c|d           -2\n"
	    "\n");
	check(input, &psp_format_markdown, &ascii,
	    "| name | n |\n"
	    "| --- | --- |\n"
	    "| a;b\\\\x1b | 1 234,5 |\n"
	    "| c\\|d | -2 |\n"
	    "|  |  |\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(untouched_records_pass_byte_for_byte),
		cmocka_unit_test(cells_are_appended_or_replace),
		cmocka_unit_test(another_separator_quotes_what_it_must),
		cmocka_unit_test(irregular_input_comes_out_regular),
		cmocka_unit_test(line_ends_of_others_are_quoted),
		cmocka_unit_test(output_is_stable_input),
		cmocka_unit_test(excel_runs_nothing),
		cmocka_unit_test(json_has_texts_without_quotes),
		cmocka_unit_test(one_column_keeps_its_empty_records),
		cmocka_unit_test(tables_show_input),
	};

	return cmocka_run_group_tests_name("passage", tests, NULL, NULL);
}
