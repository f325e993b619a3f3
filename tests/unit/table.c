/* report: tables that fit a terminal, Markdown, values for people. */
#include <config.h>

#include "tests/unit/written.h"

#include "libprospect/base/text.h"
#include "libprospect/report/display.h"
#include "libprospect/report/fit.h"
#include "libprospect/report/html.h"
#include "libprospect/report/markdown.h"
#include "libprospect/report/table.h"

#define LINE "\xE2\x94\x80"
#define DOTS "\xE2\x80\xA6"

static const char *const nothing[] = { NULL };

static void
check_rate(const char *rate, const char *expected)
{
	struct psp_buffer buffer;
	struct psp_error err;

	psp_error_init(&err);
	psp_buffer_init(&buffer);
	assert_true(psp_buffer_append(&buffer, "0", 1, &err));
	assert_true(psp_display_rate(&buffer, psp_slice_of(rate), &err));
	assert_true(psp_buffer_put(&buffer, '\0', &err));
	assert_string_equal(buffer.bytes + 1, expected);
	psp_buffer_clear(&buffer);
}

static void
rates_become_percentages(void **state)
{
	(void)state;
	check_rate("0.0512", "5.12 %");
	check_rate("0.6000", "60.00 %");
	check_rate("1", "100 %");
	check_rate("1.2345", "123.45 %");
	check_rate("0", "0 %");
	check_rate("0.5", "50 %");
	check_rate("0.05", "5 %");
	check_rate("-0.0500", "-5.00 %");
	check_rate("0.00001", "0.001 %");
	check_rate("", "");
	check_rate(".5", ".5");
	check_rate("1.", "1.");
	check_rate("1.5x", "1.5x");
	check_rate("\033[2J", "\\x1b[2J");
}

static void
check_rows(const struct psp_format *format,
    const struct psp_writer_options *options, const char *const *names,
    const struct psp_cell *cells, size_t n_rows, const char *expected)
{
	struct written w;

	written_lay_out(&w, nothing, names, NULL);
	written_open(&w, format, options);
	for (size_t i = 0; i < n_rows; i++)
		written_put(&w, cells + i * w.layout.n_cells);
	assert_string_equal(written_text(&w, NULL), expected);
	written_clear(&w);
}

static void
a_table_lines_up(void **state)
{
	const char *const names[] = { "name", "n", "rate", "zip", "note",
		NULL };
	const struct psp_cell cells[] = {
		TEXT("\xC3\x89t\xC3\xA9"), NUMBER("-12.50"), RATE("0.0512"),
		TEXT("75001"), TEXT("x"), /**/
		TEXT("\xE6\x97\xA5\xE6\x9C\xAC"), NUMBER("3"), UNKNOWN,
		TEXT(""), UNKNOWN, /**/
		TEXT("a\033\n"), UNKNOWN, RATE("1"), TEXT("1 234,5 %"),
		TEXT("12 rue"), /**/
	};
	const struct psp_writer_options whole = { .no_header = true };
	const struct psp_writer_options ascii = { .ascii = true };

	(void)state;
	check_rows(&psp_format_table, &whole, names, cells, 3,
	    "name            n    rate        zip  note\n" LINE LINE LINE LINE
		LINE LINE LINE LINE LINE "  " LINE LINE LINE LINE LINE LINE
	    "  " LINE LINE LINE LINE LINE LINE
	    "  " LINE LINE LINE LINE LINE LINE LINE LINE LINE
	    "  " LINE LINE LINE LINE LINE LINE "\n"
	    "\xC3\x89t\xC3\xA9        -12.50  5.12 %      75001  x\n"
	    "\xE6\x97\xA5\xE6\x9C\xAC            3\n"
	    "a\\x1b\\x0a           100 %  1 234,5 %  12 rue\n");
	check_rows(&psp_format_table, &ascii, names, cells, 1,
	    "name       n    rate    zip  note\n"
	    "----  ------  ------  -----  ----\n"
	    "\xC3\x89t\xC3\xA9   -12.50  5.12 %  75001  x\n");
}

static void
a_table_without_rows_has_its_header(void **state)
{
	const char *const names[] = { "a", "bb", NULL };
	const struct psp_writer_options options = { .ascii = true,
		.width = 80 };

	(void)state;
	check_rows(
	    &psp_format_table, &options, names, NULL, 0, "a  bb\n-  --\n");
}

static void
long_cells_are_cut(void **state)
{
	const char *const names[] = { "name", "n", NULL };
	const struct psp_cell cells[] = {
		TEXT("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
		     "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"),
		NUMBER("12345"), /**/
		TEXT("\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97"
		     "\xA5\xE6\x97\xA5\xE6\x97\xA5"),
		NUMBER("1"),                                 /**/
		TEXT("e\xCC\x81 123456789ab"), NUMBER("22"), /**/
	};
	const struct psp_writer_options unicode = { .width = 19 };
	const struct psp_writer_options ascii = { .width = 19, .ascii = true };

	(void)state;
	check_rows(&psp_format_table, &unicode, names, cells, 3,
	    "name              n\n" LINE LINE LINE LINE LINE LINE LINE LINE LINE
		LINE LINE LINE "  " LINE LINE LINE LINE LINE "\n"
	    "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
	    "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9" DOTS "  12345\n"
	    "\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5" DOTS
	    "       1\n"
	    "e\xCC\x81 123456789" DOTS "     22\n");
	check_rows(&psp_format_table, &ascii, names, cells, 1,
	    "name              n\n"
	    "------------  -----\n"
	    "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
	    "\xC3\xA9\xC3\xA9...  12345\n");
}

static void
columns_left_out_are_named(void **state)
{
	const char *const names[] = { "first", "second\n", "third", "fourth",
		NULL };
	const struct psp_cell cells[] = { TEXT("abcdefghijkl"),
		TEXT("abcdefghijkl"), TEXT("abcdefghijkl"), NUMBER("123456") };
	const struct psp_writer_options options = { .width = 22,
		.ascii = true };
	const struct psp_writer_options narrow = { .width = 2, .ascii = true };

	(void)state;
	check_rows(&psp_format_table, &options, names, cells, 1,
	    "first         fourth\n"
	    "------------  ------\n"
	    "abcdefghijkl  123456\n"
	    "\n"
	    "columns left out: second\\x0a,\n"
	    "  third\n");
	check_rows(&psp_format_table, &narrow, names, cells, 1,
	    "..\n"
	    "--\n"
	    "..\n"
	    "\n"
	    "columns left out: second\\x0a,\n"
	    "  third,\n"
	    "  fourth\n");
}

static void
the_first_columns_and_ours_are_shown(void **state)
{
	struct psp_fit fits[8] = { 0 };
	size_t used = 0, n_shown = 0;

	(void)state;
	for (size_t i = 0; i < 8; i++) {
		fits[i].natural = 20;
		fits[i].least = 12;
		fits[i].is_ours = i >= 6;
	}
	psp_fit_columns(fits, 8, 75);
	for (size_t i = 0; i < 8; i++)
		if (fits[i].is_shown) {
			used += fits[i].width + (n_shown > 0 ? 2 : 0);
			n_shown++;
		}
	assert_int_equal(n_shown, 5);
	assert_int_equal(used, 75);
	assert_true(fits[0].is_shown && fits[1].is_shown && fits[2].is_shown);
	assert_true(fits[6].is_shown && fits[7].is_shown);
	assert_true(fits[0].width == 14 && fits[7].width == 13);
	psp_fit_columns(fits, 8, 0);
	for (size_t i = 0; i < 8; i++)
		assert_true(fits[i].is_shown && fits[i].width == 20);
	/* Whatever the room, the columns shown stay in it. */
	for (size_t room = 1; room < 200; room++) {
		used = 0;
		n_shown = 0;
		psp_fit_columns(fits, 8, room);
		for (size_t i = 0; i < 8; i++)
			if (fits[i].is_shown)
				used += fits[i].width + (n_shown++ > 0 ? 2 : 0);
		assert_true(n_shown > 0 && used <= room);
	}
}

static void
markdown_is_escaped(void **state)
{
	const char *const names[] = { "a|b", "n", NULL };
	const struct psp_cell cells[] = {
		TEXT("x|y\r\nz\n\\*<b>`[\033"), NUMBER("-1.5"), /**/
		UNKNOWN, RATE("0.5"),                           /**/
	};
	const struct psp_writer_options options = { 0 };

	(void)state;
	check_rows(&psp_format_markdown, &options, names, cells, 2,
	    "| a\\|b | n |\n"
	    "| --- | --- |\n"
	    "| x\\|y z \\\\\\*\\<b>\\`\\[\\\\x1b | -1.5 |\n"
	    "|  | 50 % |\n");
}

static void
html_is_escaped(void **state)
{
	const char *const names[] = { "a<b", "n", NULL };
	const struct psp_cell cells[] = {
		TEXT("x\r\n<script>\ny\r&\"'\033"), NUMBER("-1.5"), /**/
		UNKNOWN, RATE("0.5"),                               /**/
	};
	const struct psp_writer_options options = { 0 };
	struct written w;
	const char *page;

	(void)state;
	written_lay_out(&w, nothing, names, NULL);
	written_open(&w, &psp_format_html, &options);
	written_put(&w, cells);
	written_put(&w, cells + 2);
	page = written_text(&w, NULL);
	assert_true(strncmp(page, "<!DOCTYPE html>\n", 16) == 0);
	assert_null(strstr(page, "<script"));
	assert_non_null(strstr(page, "default-src 'none'"));
	assert_string_equal(strstr(page, "<body>"),
	    "<body>\n<table>\n<thead>\n"
	    "<tr><th scope=\"col\">a&lt;b</th><th scope=\"col\">n</th></tr>\n"
	    "</thead>\n<tbody>\n"
	    "<tr><td>x<br>&lt;script&gt;<br>y<br>&amp;&quot;'\\x1b</td>"
	    "<td class=\"n\">-1.5</td></tr>\n"
	    "<tr><td></td><td class=\"n\">50 %</td></tr>\n"
	    "</tbody>\n</table>\n</body>\n</html>\n");
	written_clear(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rates_become_percentages),
		cmocka_unit_test(a_table_lines_up),
		cmocka_unit_test(a_table_without_rows_has_its_header),
		cmocka_unit_test(long_cells_are_cut),
		cmocka_unit_test(columns_left_out_are_named),
		cmocka_unit_test(the_first_columns_and_ours_are_shown),
		cmocka_unit_test(markdown_is_escaped),
		cmocka_unit_test(html_is_escaped),
	};

	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
