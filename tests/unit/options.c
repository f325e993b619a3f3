/* The command line: the table, GNU manners, values and their refusals. */
#include <config.h>

#include "tests/unit/unit.h"

#include "cmd/cli/options.h"

static struct {
	const char *target;
	const char *title;
	struct cli_list words;
	size_t limit;
	size_t size;
	bool invert;
	bool quiet;
	int format;
	unsigned char separator;
} opt;

static const struct cli_choice formats[] = {
	{ "csv", 1 },
	{ "json", 2 },
	{ NULL, 0 },
};

static const struct cli_option shared[] = {
	CLI_HEADING("Shared"),
	CLI_FLAG('q', "quiet", &opt.quiet, "no warnings"),
	CLI_HELP('h', "help", "show this help"),
	CLI_VERSION(0, "version", "show the version"),
	CLI_RARE,
	CLI_SIZE(0, "max-record", &opt.size, 1, SIZE_MAX / 8, "SIZE", "size"),
	CLI_END,
};

static const struct cli_option options[] = {
	CLI_STRING('t', "target", &opt.target, "NAME", "the target"),
	CLI_STRING(0, "title", &opt.title, "TEXT", "the title"),
	CLI_TABLE(shared),
	CLI_LIST('k', "keyword", &opt.words, "WORD", "a word"),
	CLI_COUNT('n', "limit", &opt.limit, 0, SIZE_MAX, "N", "most rows"),
	CLI_FLAG('i', "invert", &opt.invert, "the others"),
	CLI_CHOICE(0, "to", &opt.format, formats, "FORMAT", "format"),
	CLI_CHAR('d', "separator", &opt.separator, "CHAR", "separator"),
	CLI_END,
};

enum { MAX_ARGUMENTS = 8 };

struct line {
	char text[MAX_ARGUMENTS][128];
	char *arguments[MAX_ARGUMENTS];
	size_t n;
	enum cli_request request;
	struct psp_error err;
};

/* Parses up to eight arguments; the list ends with NULL. */
static bool
parse(struct line *line, ...)
{
	const char *text;
	va_list list;

	memset(line, 0, sizeof(*line));
	cli_options_clear(options);
	memset(&opt, 0, sizeof(opt));
	va_start(list, line);
	for (text = va_arg(list, const char *); text != NULL;
	     text = va_arg(list, const char *)) {
		assert_true(line->n < MAX_ARGUMENTS);
		snprintf(
		    line->text[line->n], sizeof(line->text[0]), "%s", text);
		line->arguments[line->n] = line->text[line->n];
		line->n++;
	}
	va_end(list);
	psp_error_init(&line->err);
	return cli_options_parse(
	    options, line->arguments, &line->n, &line->request, &line->err);
}

/* One argument (or two) that must be refused with this message. */
static void
refuse(const char *first, const char *second, const char *message)
{
	struct line line;

	assert_false(parse(&line, first, second, (const char *)NULL));
	assert_int_equal(line.err.status, PSP_EUSAGE);
	assert_string_equal(line.err.message, message);
}

#define PARSE(...) assert_true(parse(&line, __VA_ARGS__, (const char *)NULL))

static void
options_and_operands_mix(void **state)
{
	struct line line;

	(void)state;
	PARSE("a.csv", "--target", "x", "-", "-i", "--", "-q", "--");
	assert_int_equal(line.n, 4);
	assert_string_equal(line.arguments[0], "a.csv");
	assert_string_equal(line.arguments[1], "-");
	assert_string_equal(line.arguments[2], "-q");
	assert_string_equal(line.arguments[3], "--");
	assert_string_equal(opt.target, "x");
	assert_true(opt.invert);
	assert_false(opt.quiet);
}

static void
nothing_is_no_operand(void **state)
{
	struct line line;

	(void)state;
	assert_true(parse(&line, (const char *)NULL));
	assert_int_equal(line.n, 0);
	PARSE("");
	assert_int_equal(line.n, 1);
}

static void
short_options_bundle(void **state)
{
	struct line line;

	(void)state;
	PARSE("-qin7", "-d;", "-t", "-i");
	assert_true(opt.quiet);
	assert_true(opt.invert);
	assert_int_equal(opt.limit, 7);
	assert_int_equal(opt.separator, ';');
	assert_string_equal(opt.target, "-i");
	assert_int_equal(line.n, 0);
}

static void
long_options_may_be_cut(void **state)
{
	struct line line;

	(void)state;
	PARSE("--targ=a=b", "--inv", "--lim", "3");
	assert_string_equal(opt.target, "a=b");
	assert_true(opt.invert);
	assert_int_equal(opt.limit, 3);
	PARSE("--to=json");
	assert_int_equal(opt.format, 2);
	refuse("--t=x", NULL,
	    "option '--t' may mean '--target' or '--title'; write it in full");
}

static void
lists_keep_all_others_the_last(void **state)
{
	struct line line;

	(void)state;
	PARSE("-k", "a", "-tx", "--keyword=b", "-kc", "-ty");
	assert_int_equal(opt.words.n, 3);
	assert_string_equal(opt.words.items[0], "a");
	assert_string_equal(opt.words.items[1], "b");
	assert_string_equal(opt.words.items[2], "c");
	assert_string_equal(opt.target, "y");
	cli_options_clear(options);
	assert_int_equal(opt.words.n, 0);
}

static void
help_stops_the_reading(void **state)
{
	struct line line;

	(void)state;
	PARSE("-i", "--help", "--nonsense");
	assert_int_equal(line.request, CLI_SHOW_HELP);
	PARSE("-qhx");
	assert_int_equal(line.request, CLI_SHOW_HELP);
	PARSE("--version");
	assert_int_equal(line.request, CLI_SHOW_VERSION);
	PARSE("-i");
	assert_int_equal(line.request, CLI_RUN);
	refuse("--nonsense", "--help",
	    "unknown option '--nonsense' "
	    "(see --help)");
}

static void
unknown_options_are_refused(void **state)
{
	(void)state;
	refuse("--tagret", NULL,
	    "unknown option '--tagret'; did you mean '--target'? (see --help)");
	refuse("--tagret=5", NULL,
	    "unknown option '--tagret'; did you mean '--target'? (see --help)");
	refuse("-x", NULL, "unknown option '-x' (see --help)");
	refuse("-ix", NULL, "unknown option '-x' (see --help)");
	refuse("-\xC3\xA9", NULL, "unknown option '-\xC3\xA9' (see --help)");
	refuse("-verison", NULL,
	    "unknown option '-verison'; did you mean '--version'? "
	    "(see --help)");
}

static void
values_are_needed_or_not_wanted(void **state)
{
	(void)state;
	refuse("--target", NULL, "option '--target' needs a value: NAME");
	refuse("-it", NULL, "option '-t' needs a value: NAME");
	refuse("--target=", NULL,
	    "option '--target': expected NAME, not an empty text");
	refuse("-n", "", "option '-n': expected N, not an empty text");
	refuse(
	    "--inv=yes", NULL, "option '--invert' takes no value, not 'yes'");
	refuse("--=x", NULL, "unknown option '--' (see --help)");
}

static void
counts_are_strict(void **state)
{
	struct line line;

	(void)state;
	PARSE("--limit=18446744073709551615");
	assert_true(opt.limit == SIZE_MAX);
	PARSE("--limit=0007");
	assert_int_equal(opt.limit, 7);
	refuse("--limit=99999999999999999999", NULL,
	    "option '--limit': expected a number up to 18446744073709551615, "
	    "not '99999999999999999999'");
	refuse("--limit=18446744073709551616", NULL,
	    "option '--limit': expected a number up to 18446744073709551615, "
	    "not '18446744073709551616'");
	refuse("--limit=-1", NULL,
	    "option '--limit': expected a whole number in digits, not '-1'");
	refuse("-n", "1.5",
	    "option '-n': expected a whole number in digits, not '1.5'");
	refuse("-n", " 1",
	    "option '-n': expected a whole number in digits, not ' 1'");
	refuse("-n", "0x10",
	    "option '-n': expected a whole number in digits, not '0x10'");
}

static void
sizes_have_units(void **state)
{
	struct line line;

	(void)state;
	PARSE("--max-record=64K");
	assert_int_equal(opt.size, 65536);
	PARSE("--max-record=16m");
	assert_int_equal(opt.size, 16777216);
	PARSE("--max-record=12");
	assert_int_equal(opt.size, 12);
	refuse("--max-record=16X", NULL,
	    "option '--max-record': expected a size such as 64K, 16M or 1G, "
	    "not '16X'");
	refuse("--max-record=K", NULL,
	    "option '--max-record': expected a size such as 64K, 16M or 1G, "
	    "not 'K'");
	refuse("--max-record=16MB", NULL,
	    "option '--max-record': expected a size such as 64K, 16M or 1G, "
	    "not '16MB'");
	refuse("--max-record=0", NULL,
	    "option '--max-record': expected a size from 1 bytes, not '0'");
	refuse("--max-record=99999999999999999G", NULL,
	    "option '--max-record': expected a size up to 2305843009213693951 "
	    "bytes, not '99999999999999999G'");
}

static void
choices_offer_the_nearest(void **state)
{
	(void)state;
	refuse("--to", "jsno",
	    "option '--to': expected one of csv, json, not 'jsno'; did you "
	    "mean 'json'?");
	refuse("--to", "xml",
	    "option '--to': expected one of csv, json, not 'xml'");
}

static void
separators_are_one_byte(void **state)
{
	struct line line;

	(void)state;
	PARSE("-d", "\\t");
	assert_int_equal(opt.separator, '\t');
	PARSE("-d", "tab");
	assert_int_equal(opt.separator, '\t');
	PARSE("-d", "\t");
	assert_int_equal(opt.separator, '\t');
	refuse("-d", "||",
	    "option '-d': expected one character or 'tab', not '||'");
	refuse("-d", "\n",
	    "option '-d': expected one character or 'tab', not '\n'");
	refuse("-d", "\xC2\xA7",
	    "option '-d': expected one ASCII character or 'tab', not "
	    "'\xC2\xA7', which takes several bytes or depends on the "
	    "encoding");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_and_operands_mix),
		cmocka_unit_test(nothing_is_no_operand),
		cmocka_unit_test(short_options_bundle),
		cmocka_unit_test(long_options_may_be_cut),
		cmocka_unit_test(lists_keep_all_others_the_last),
		cmocka_unit_test(help_stops_the_reading),
		cmocka_unit_test(unknown_options_are_refused),
		cmocka_unit_test(values_are_needed_or_not_wanted),
		cmocka_unit_test(counts_are_strict),
		cmocka_unit_test(sizes_have_units),
		cmocka_unit_test(choices_offer_the_nearest),
		cmocka_unit_test(separators_are_one_byte),
	};

	return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
