/* report/report, bars and partial: what people and programs get of one report,
 * and states written and read back. */
#include <config.h>

#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "libprospect/report/bars.h"
#include "libprospect/report/markdown.h"
#include "libprospect/report/partial.h"
#include "libprospect/report/report.h"
#include "libprospect/report/table.h"
#include "tests/unit/exhaustion.h"

static const struct psp_report_column columns[] = {
	{ "name", PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ "n", PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ "rate", PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	PSP_REPORT_INTERVAL_OF(PSP_REPORT_RATE, 0),
	{ "bar", PSP_REPORT_BAR, PSP_REPORT_PEOPLE, 0 },
	{ "curve", PSP_REPORT_SPARK, PSP_REPORT_PEOPLE, 0 },
	{ "amount", PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ "day", PSP_REPORT_DAY, PSP_REPORT_ALL, 0 },
	{ "level", PSP_REPORT_NUMBER, PSP_REPORT_PROGRAMS, 1 },
};
enum { N_COLUMNS = sizeof(columns) / sizeof(columns[0]) };

static struct psp_report *
make_report(struct psp_error *err)
{
	static const double curve[] = { 1, NAN, 2, 8 };
	struct psp_report *report =
	    psp_report_new("prospect-ratios/trial/1", columns, N_COLUMNS, err);
	struct psp_interval interval = psp_wilson(6, 10);

	if (report == NULL)
		return NULL;
	psp_report_words(report, "refusals");
	psp_report_count(report, 10);
	psp_report_share(report, 6, 10);
	psp_report_interval(report, &interval, true, 0);
	psp_report_bar(report, 0.6);
	psp_report_spark(report, curve, 4);
	psp_report_money(report, -123456789);
	psp_report_day(report, 0);
	psp_report_number(report, -0.04);
	interval = psp_wilson(0, 0);
	psp_report_words(report, "none");
	psp_report_count(report, 0);
	psp_report_share(report, 0, 0);
	psp_report_interval(report, &interval, true, 0);
	psp_report_unknown(report);
	psp_report_spark(report, curve + 1, 1);
	psp_report_unknown(report);
	psp_report_unknown(report);
	psp_report_number(report, NAN);
	psp_report_remark(report, "%s of %d", "a remark", 1);
	return report;
}

/* What is written of the report, in memory of the caller. */
static void
write_report(const struct psp_format *format, bool ascii, char text[4096])
{
	struct psp_writer_options options = { .ascii = ascii };
	struct psp_error err;
	struct psp_report *report;
	FILE *file = tmpfile();
	size_t size;

	assert_non_null(file);
	psp_error_init(&err);
	report = make_report(&err);
	assert_non_null(report);
	assert_int_equal(psp_report_n_rows(report), 2);
	assert_true(psp_report_write(
	    report, fileno(file), "trial", format, &options, &err));
	rewind(file);
	size = fread(text, 1, 4095, file);
	text[size] = '\0';
	psp_report_free(report);
	fclose(file);
}

static void
programs_get_numbers(void **state)
{
	char text[4096];

	(void)state;
	write_report(&psp_format_csv, false, text);
	assert_string_equal(text,
	    "name,n,rate,low,high,amount,day,level\n"
	    "refusals,10,0.6000,0.3127,0.8318,-1234567.89,1970-01-01,0.0\n"
	    "none,0,,,,,,\n");
	write_report(&psp_format_json, false, text);
	assert_string_equal(text,
	    "{\"schema\":\"prospect-ratios/trial/1\",\"rows\":[\n"
	    "{\"name\":\"refusals\",\"n\":10,\"rate\":0.6000,\"low\":0.3127,"
	    "\"high\":0.8318,\"amount\":-1234567.89,\"day\":\"1970-01-01\","
	    "\"level\":0.0},\n"
	    "{\"name\":\"none\",\"n\":0,\"rate\":null,\"low\":null,"
	    "\"high\":null,\"amount\":null,\"day\":null,\"level\":null}\n"
	    "],\n\"remarks\":[\n\"a remark of 1\"\n]}\n");
}

static void
people_get_bars_and_remarks(void **state)
{
	char text[4096];

	(void)state;
	write_report(&psp_format_table, true, text);
	assert_string_equal(text,
	    "name       n     rate  interval         bar           curve  "
	    "       amount  day\n"
	    "--------  --  -------  ---------------  ------------  -----  "
	    "-------------  ----------\n"
	    "refusals  10  60.00 %  31.27 - 83.18 %  ############  _ .#   "
	    "-1 234 567.89  1970-01-01\n"
	    "none       0\n"
	    "\na remark of 1\n");
	write_report(&psp_format_table, false, text);
	assert_non_null(strstr(text,
	    "\u2588\u2588\u2588\u2588\u2588\u2588"
	    "\u2588\u2588\u2588\u2588\u2588\u2588  \u2581 \u2582\u2588 "));
	write_report(&psp_format_markdown, true, text);
	assert_non_null(strstr(text, "| refusals | 10 | 60.00 % |"));
	assert_non_null(strstr(text, "\n- a remark of 1\n"));
}

static void
bars_show_what_there_is(void **state)
{
	static const struct {
		double fraction;
		bool ascii;
		const char *bar;
	} cases[] = {
		{ 0, false, "" },
		{ -1, false, "" },
		{ 0.0001, false, "\u258F" },
		{ 0.0001, true, "#" },
		{ 0.05, false, "\u2588" },
		{ 0.075, false, "\u2588\u258C" },
		{ 7, true, "####################" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct psp_buffer out;
		struct psp_error err;

		psp_buffer_init(&out);
		psp_error_init(&err);
		assert_true(
		    psp_bar_put(&out, cases[i].fraction, cases[i].ascii, &err));
		assert_true(
		    psp_slice_is(psp_buffer_content(&out), cases[i].bar));
		psp_buffer_clear(&out);
	}
	assert_int_equal(psp_spark_height(3, 3, 3), 3);
	assert_int_equal(psp_spark_height(9, 0, 3), 7);
	assert_int_equal(psp_spark_height(-9, 0, 3), 0);
}

static const struct psp_partial_name name = { "prospect-ratios", "summary", 1,
	0x1234 };

/* Writes a state of two lines to a file of its own; its name in `path`. */
static void
write_state(char path[32], size_t cut)
{
	struct psp_partial partial;
	struct psp_error err;
	int fd;

	strcpy(path, "report-state.XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	psp_error_init(&err);
	psp_partial_begin(&partial, &name);
	psp_partial_line(&partial, "cell");
	psp_partial_text(&partial, psp_slice("a\tb\\\n\0c", 7));
	psp_partial_number(&partial, INT64_MIN);
	psp_partial_line(&partial, "nothing");
	assert_true(psp_partial_end(&partial, &err));
	assert_true(write(fd, partial.bytes.bytes, partial.bytes.size - cut)
		    == (ssize_t)(partial.bytes.size - cut));
	close(fd);
	psp_partial_clear(&partial);
}

static void
states_are_read_back(void **state)
{
	struct psp_partial_reader *reader;
	struct psp_slice text;
	struct psp_error err;
	char path[32];
	int64_t number;
	size_t count;

	(void)state;
	write_state(path, 0);
	psp_error_init(&err);
	reader = psp_partial_open(path, &name, &err);
	assert_non_null(reader);
	assert_true(psp_partial_next(reader));
	assert_true(psp_partial_is(reader, "cell"));
	assert_true(psp_partial_get_text(reader, &text, &err));
	assert_int_equal(text.size, 7);
	assert_memory_equal(text.bytes, "a\tb\\\n\0c", 7);
	assert_true(psp_partial_get_number(reader, &number, &err));
	assert_true(number == INT64_MIN);
	assert_true(psp_partial_next(reader));
	assert_true(psp_partial_is(reader, "nothing"));
	assert_false(psp_partial_get_count(reader, 3, &count, &err));
	assert_int_equal(err.status, PSP_ESYNTAX);
	assert_int_equal(err.line, 3);
	assert_false(psp_partial_next(reader));
	psp_partial_close(reader);
	unlink(path);
}

static void
other_states_are_refused(void **state)
{
	struct psp_partial_name other = name;
	struct psp_error err;
	char path[32];

	(void)state;
	write_state(path, 0);
	other.settings++;
	psp_error_init(&err);
	assert_null(psp_partial_open(path, &other, &err));
	assert_int_equal(err.status, PSP_EUSAGE);
	other = name;
	other.report = "trend";
	psp_error_init(&err);
	assert_null(psp_partial_open(path, &other, &err));
	assert_int_equal(err.status, PSP_EUSAGE);
	unlink(path);
	for (size_t cut = 2; cut < 30; cut += 9) {
		write_state(path, cut);
		psp_error_init(&err);
		assert_null(psp_partial_open(path, &name, &err));
		assert_int_equal(err.status, PSP_ESYNTAX);
		unlink(path);
	}
}

static void
memory_may_run_out(void **state)
{
	struct psp_writer_options options = { .ascii = false };
	FILE *file = tmpfile();
	bool is_done = false;

	(void)state;
	assert_non_null(file);
	for (long n = 0; !is_done; n++) {
		struct psp_report *report;
		struct psp_error err;

		psp_error_init(&err);
		allocations_left = n;
		report = make_report(&err);
		is_done = report != NULL
		          && psp_report_write(report, fileno(file), "trial",
			      &psp_format_table, &options, &err);
		allocations_left = -1;
		psp_report_free(report);
		assert_int_equal(err.status, is_done ? PSP_OK : PSP_ENOMEM);
	}
	fclose(file);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(programs_get_numbers),
		cmocka_unit_test(people_get_bars_and_remarks),
		cmocka_unit_test(bars_show_what_there_is),
		cmocka_unit_test(states_are_read_back),
		cmocka_unit_test(other_states_are_refused),
		cmocka_unit_test(memory_may_run_out),
	};

	return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
