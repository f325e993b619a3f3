/*
 * settings: what is refused and with which words, types, merging, printing.
 * This program is linked with --wrap for malloc and realloc, so that the n-th
 * allocation of the library can fail.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include <stdlib.h>
#include <unistd.h>

#include "libprospect/settings/settings.h"
#include "tests/unit/exhaustion.h"

struct fixture {
	struct psp_settings settings;
	struct psp_problems problems;
	struct psp_error err;
	struct psp_buffer out;
};

static void
begin(struct fixture *f)
{
	psp_settings_init(&f->settings);
	psp_problems_init(&f->problems);
	psp_error_init(&f->err);
	psp_buffer_init(&f->out);
}

static void
end(struct fixture *f)
{
	psp_buffer_clear(&f->out);
	psp_problems_clear(&f->problems);
	psp_settings_clear(&f->settings);
}

static bool
parse(struct fixture *f, const char *text)
{
	return psp_settings_parse(
	    &f->settings, psp_slice_of(text), "s.yaml", &f->problems, &f->err);
}

static void
print_problems(const struct psp_problems *problems)
{
	for (size_t i = 0; i < problems->n; i++)
		print_error("%s:%zu:%zu: %s\n", problems->items[i].file,
		    problems->items[i].line, problems->items[i].column,
		    problems->items[i].message);
}

/* Whether the problem number `i` is at this place and has these words. */
static bool
has_problem(const struct fixture *f, size_t i, const char *text, size_t line,
    size_t column, const char *words)
{
	const struct psp_error *problem = &f->problems.items[i];

	if (f->problems.n > i && problem->line == line
	    && problem->column == column
	    && strstr(problem->message, words) != NULL
	    && strchr(problem->message, '\n') == NULL
	    && strcmp(problem->file, "s.yaml") == 0
	    && problem->status == PSP_ESETTINGS)
		return true;
	print_error("in <%s>, expected %zu:%zu: %s; found:\n", text, line,
	    column, words);
	print_problems(&f->problems);
	return false;
}

struct slip_case {
	const char *text;
	size_t line, column;
	const char *words;
};

static const struct slip_case slips[] = {
	/* everyday slips */
	{ "a: \"\\d+\"", 1, 5,
	    "regex or a path in single quotes, as in '\\d+'" },
	{ "a: \"C:\\dir\"", 1, 7, "'\\d' means nothing" },
	{ "a: \"\\b[A-Z]\"", 1, 4, "write a regex in single quotes" },
	{ "a: \"\\xZZ\"", 1, 5, "single quotes" },
	{ "a: *.csv", 1, 4, "begins with '*' needs quotes, as in '*.csv'" },
	{ "a: [*.csv, b]", 1, 5, "as in '*.csv'" },
	{ "a: @x y", 1, 4, "begins with '@' needs quotes, as in '@x'" },
	{ "a: %50", 1, 4, "begins with '%' needs quotes, as in '%50'" },
	{ "%50: a", 1, 1, "begins with '%' needs quotes" },
	{ "a: `b`", 1, 4, "begins with '`' needs quotes" },
	{ "a: &", 1, 4, "begins with '&' needs quotes" },
	{ "a: [A-Z]+", 1, 9, "'[' needs quotes, as in '[A-Z]+'" },
	{ "a: [0-9]{2}x\nb: c", 1, 9, "'[' needs quotes, as in '[0-9]{2}x'" },
	{ "a: [[A-Z]+, b]", 1, 10, "as in '[A-Z]+'" },
	{ "a: {x}y", 1, 7, "'{' needs quotes" },
	{ "a: b\nkey: c: d", 2, 7, "needs quotes, as in 'c: d'" },
	{ "- a\n- b: c: d", 1, 1, "found a list" },
	{ "a: b\n  c: d", 2, 4, "indent both lines alike" },
	{ "a:\n\tb: c", 2, 1, "a tab cannot indent" },
	{ "\ta: b", 1, 1, "a tab cannot indent" },
	{ "a:\n  b: c\n\td: e", 3, 1, "a tab cannot indent" },
	{ "a:\n  - b\n  \t- c", 3, 1, "a tab cannot indent" },
	{ "a: [x #y, z]\nb: c", 1, 4, "' #' on line 1" },
	{ "a: b #c\n  d", 2, 3, "' #' on line 1" },
	{ "a: 'l'eau'", 1, 7, "apostrophe" },
	{ "a: \"l\"eau", 1, 7, "quote in double quotes as \\\"" },
	{ "a: 'x\nb: 'y'", 2, 5, "opened on line 1" },
	{ "a: 1\nb: \"x", 2, 4, "the quote opened here is not closed" },
	{ "a:b", 1, 1, "a space after ':'" },
	{ "a: 1\nb:c\nd: e", 2, 1, "a space after ':'" },
	{ "a: 1\nbcd\nd: e", 2, 1, "':' is missing" },
	{ "a: 1\n-b", 2, 1, "a space after '-'" },
	{ "a: 1\n- b", 2, 1, "a list item where a key is expected" },
	{ "a: - b", 1, 4, "list begins on the line after" },
	{ "a:\n    b: c\n  d: e", 3, 3, "not indented like any line" },
	{ "  a: b\nc: d", 2, 1, "not indented like any line" },
	{ "a: [1, 2\nb: c", 1, 4, "not closed with ']'" },
	{ "a: {b: 1", 1, 4, "not closed with '}'" },
	{ "a: [b: c: d]", 1, 9, "needs quotes in a list" },
	{ "a: [b]]", 1, 7, "']' closes nothing" },
	{ "a: ]", 1, 4, "']' cannot stand here" },
	{ "a: |x", 1, 4, "'|' needs quotes" },
	{ "a: >5 %", 1, 4, "the operator is a key here, as in {gt: 5 %}" },
	{ ": b", 1, 1, "a key is missing" },
	{ "a: {b: [1, 2}", 1, 13, "'[' in column 8 ends with ']', not '}'" },
	{ "a: {b: c]", 1, 9, "'{' in column 4 ends with '}', not ']'" },
	{ "a: [1, 2],", 1, 10, "',' cannot stand here" },
	{ "a: [\"b\" \"c\"]", 1, 9, "',' or ']' expected" },
	{ "a: [b, , c]", 1, 8, "',' cannot stand here" },
	{ "a: [b,", 2, 1, "a value is missing" },
	{ "a:\n  - b: c\n   - d: e", 3, 4, "align it with the '-' above" },
	{ "a: b\nc:\xC2\xA0"
	  "d\ne: f",
	    2, 1, "U+00A0" },
	{ "c:\xC2\xA0"
	  "d",
	    1, 1, "U+00A0" },
	{ "c\xC2\xA0: d", 1, 1, "U+00A0" },
	{ "a: b\n\xC2\xA0\xC2\xA0"
	  "c: d",
	    2, 1, "U+00A0" },
	{ "a: b\n...\nc: d", 3, 1, "after '...'" },
	{ "%YAML 1.1\na: b", 2, 1, "'%YAML' line" },
	{ "%YAML 2.0\n---\na: b", 1, 1, "'%YAML' line" },
	{ "%YAML 1.1\n%YAML 1.1\n---\na: b", 2, 1, "'%YAML' line" },
	{ "a: [a-z]*@[a-z]+", 1, 9, "begins with '[' needs quotes" },
	{ "a: [a-z]@b", 1, 9, "begins with '[' needs quotes" },
	{ "a: [>b]", 1, 5, "begins with '>' needs quotes, as in '>b'" },
	{ "a: [>5]", 1, 5, "the operator is a key here, as in {gt: 5}" },
	{ "a: {>=: 5}", 1, 5, "'>=' is written 'ge' here" },
	{ "a: {>: 5}", 1, 5, "'>' is written 'gt' here" },
	{ "a: >= 2 M€ # or so", 1, 4, "a key here, as in {ge: 2 M€}" },
	{ "a: > b", 1, 4, "after '>' the text begins on the next line" },
	{ "a: [|b]", 1, 5, "begins with '|' needs quotes" },
	{ "a: ? b", 1, 4, "begins with '?' needs quotes" },
	{ "a: [b,\n\t*.c]", 2, 2, "begins with '*'" },
	/* what YAML allows and we do not */
	{ "a: *b", 1, 4, "aliases are not allowed" },
	{ "a: &b c", 1, 4, "anchors are not allowed" },
	{ "a: &b [*b]", 1, 4, "anchors are not allowed" },
	{ "a: !include x", 1, 4, "tags are not allowed" },
	{ "a: !!int 1", 1, 4, "tags are not allowed" },
	{ "a: !b!c d", 1, 4, "tags are not allowed" },
	{ "a: ! b", 1, 4, "tags are not allowed" },
	{ "%TAG !a! b\n--- \na: b", 1, 1, "tags are not allowed" },
	{ "a: 1\nb: 2\na: 3", 3, 1,
	    "'a' on line 3 is there already, on line 1" },
	{ "\"a\\nb\": 1\n\"a\\nb\": 2", 2, 1, "the key 'a b' on line 2" },
	{ "a: {b: 1, b: 2}", 1, 11, "'b' on line 1" },
	{ "a: {<<: b}", 1, 5, "merge key '<<'" },
	{ "<<: *b", 1, 1, "merge key '<<'" },
	{ "? [a]\n: b", 1, 3, "a key must be text, found a list" },
	{ "a: {{b}: c}", 1, 5, "a key must be text, found a map" },
	{ "? \n: b", 1, 2, "a key is missing" },
	{ "a: b\n---\nc: d", 2, 1, "second document" },
	{ "- a", 1, 1, "found a list" },
	{ "just words", 1, 1, "settings are a map of keys, found text" },
	{ "", 1, 1, "the file holds no settings" },
	{ "# nothing\n", 2, 1, "the file holds no settings" },
	{ "---\n", 2, 1, "the file holds no settings" },
	{ "a: \"x\\0y\"", 1, 4, "NUL" },
	{ "a: \"x\\ey\"", 1, 4, "U+001B" },
	/* bytes */
	{ "a: b\nc: caf\xE9\n", 2, 7, "not UTF-8 (byte 12)" },
	{ "\xC3\xA9: \xE9", 1, 4, "not UTF-8 (byte 5)" },
	{ "\xFF\xFE"
	  "a",
	    1, 1, "UTF-16" },
	{ "a: \x01", 1, 4, "U+0001" },
	{ "a: \xE2\x80\xA8", 1, 4, "U+2028" },
	{ "a: \xC2\x85", 1, 4, "U+0085" },
	{ "a: \x7F", 1, 4, "U+007F" },
	{ "a: \xEF\xBB\xBF", 1, 4, "U+FEFF" },
	{ "\xC3\xA9\xC3\xA9: *.csv", 1, 5, "as in '*.csv'" },
	{ "\xEF\xBB\xBF"
	  "a: *.csv",
	    1, 4, "as in '*.csv'" },
	{ "a: b\r\nc: *.csv\r\n", 2, 4, "as in '*.csv'" },
	{ "a: b\rc: *.csv\r", 2, 4, "as in '*.csv'" },
};

static void
slips_are_told(void **state)
{
	size_t n_wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(slips) / sizeof(slips[0]); i++) {
		struct fixture f;

		begin(&f);
		assert_false(parse(&f, slips[i].text));
		n_wrong += !has_problem(&f, 0, slips[i].text, slips[i].line,
		    slips[i].column, slips[i].words);
		assert_int_equal(f.err.status, PSP_OK);
		end(&f);
	}
	assert_int_equal(n_wrong, 0);
}

static void
nul_bytes_are_told(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_false(psp_settings_parse(&f.settings,
	    psp_slice("a: b\nc: \0d\n", 11), "s.yaml", &f.problems, &f.err));
	assert_true(has_problem(&f, 0, "NUL", 2, 4, "NUL byte (byte 9)"));
	end(&f);
}

static void
no_bytes_are_no_settings(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_false(psp_settings_parse(
	    &f.settings, psp_slice(NULL, 0), "s.yaml", &f.problems, &f.err));
	assert_true(has_problem(&f, 0, "", 1, 1, "holds no settings"));
	end(&f);
}

static void
all_problems_are_told_at_once(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_false(parse(&f, "a: *x\nb: &y 1\nb: 2\nc: !z 3\nd: 4\n"));
	assert_int_equal(f.problems.n, 4);
	assert_true(has_problem(&f, 2, "b", 3, 1, "'b'"));
	/* What was read stays, for callers that look for more. */
	assert_non_null(psp_node_get(f.settings.root, "d"));
	assert_true(
	    psp_slice_is(psp_node_get(f.settings.root, "b")->text, "1"));
	end(&f);
}

/* Texts that must come out as they are, whatever YAML makes of them. */
static void
scalars_are_text(void **state)
{
	static const char *const texts[] = { "NO", "yes", "012", "1:30", "0x1F",
		"1_000", "~", "null", "1,5", "1e3", "2 M\xE2\x82\xAC", "a:b",
		"R&D", "l'eau", "\\d+", "10..33", "x#y", "-15", "a, b" };
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		char text[64];

		begin(&f);
		snprintf(text, sizeof(text), "a:\n  - %s\n", texts[i]);
		assert_true(parse(&f, text));
		assert_true(psp_slice_is(
		    psp_node_get(f.settings.root, "a")->first->text, texts[i]));
		assert_int_equal(f.problems.n, 0);
		end(&f);
	}
	begin(&f);
	assert_true(parse(&f, "pays: [FR, NO, BE] # Norway\n"));
	assert_int_equal(psp_node_get(f.settings.root, "pays")->n_children, 3);
	end(&f);
}

static void
nodes_know_their_place(void **state)
{
	const struct psp_node *node;
	struct fixture f;

	(void)state;
	begin(&f);
	assert_true(parse(&f, "a:\n  \xC3\xA9t\xC3\xA9: {b: [1, \"2\"]}\n"));
	node = psp_node_get(f.settings.root, "a");
	node = psp_node_get(node, "\xC3\xA9t\xC3\xA9");
	assert_int_equal(node->key_line, 2);
	assert_int_equal(node->key_column, 3);
	assert_int_equal(node->column, 8);
	assert_string_equal(psp_node_kind_name(node), "a map");
	node = psp_node_get(node, "b");
	assert_int_equal(node->n_children, 2);
	assert_false(node->first->is_quoted);
	assert_true(node->first->next->is_quoted);
	assert_int_equal(node->first->next->column, 16);
	assert_string_equal(node->first->next->text.bytes, "2");
	assert_string_equal(node->file, "s.yaml");
	assert_null(psp_node_get(node, "b"));
	assert_null(psp_node_get(NULL, "b"));
	end(&f);
}

/* `open` repeated, then the limits must have stopped the reading. */
static void
check_bomb(const char *head, const char *unit, size_t n, const char *words)
{
	struct fixture f;

	begin(&f);
	assert_true(psp_buffer_slice(&f.out, psp_slice_of(head), &f.err));
	for (size_t i = 0; i < n; i++)
		assert_true(
		    psp_buffer_slice(&f.out, psp_slice_of(unit), &f.err));
	assert_false(psp_settings_parse(&f.settings, psp_buffer_content(&f.out),
	    "s.yaml", &f.problems, &f.err));
	if (strstr(f.problems.items[0].message, words) == NULL) {
		print_problems(&f.problems);
		fail();
	}
	end(&f);
}

static void
bombs_are_defused(void **state)
{
	(void)state;
	check_bomb("a: ", "[", 500000, "nested deeper than 64");
	check_bomb("a: ", "{\"\":[", 100000, "nested deeper than 64");
	check_bomb("a:\n  ", "- ", 500000, "nested deeper than 64");
	check_bomb("", "? ", 500000, "a key must be text");
	check_bomb("a: ", "[\n", 400000, "nested deeper than 64");
	check_bomb("a: [", "x,", 500000, "more than 100000 values");
	check_bomb("a: [", "{},", 300000, "more than 100000 values");
	check_bomb("a:\n", " - b\n", 200000, "more than 100000 values");
	check_bomb("%YAML 1.1\n", "%TAG !a! b\n", 90000, "tags");
	check_bomb("a: [", "*a,", 300000, "aliases");
	check_bomb("a: &a [", "&a a,", 200000, "anchors");
	check_bomb("", "a: b\n", 200000, "is there already");
	check_bomb("", "a: b\n", 300000, "larger than 1 MiB");
	check_bomb("a: \"", "\\x", 500000, "single quotes");
	check_bomb("a: b\n", "---\na: b\n", 100000, "second document");
}

static void
depth_64_is_fine(void **state)
{
	struct fixture f;
	char text[200] = "a: ";

	(void)state;
	memset(text + 3, '[', 63);
	memset(text + 3 + 63, ']', 63);
	begin(&f);
	assert_true(parse(&f, text));
	end(&f);
}

static void
later_files_win_key_by_key(void **state)
{
	const struct psp_node *node;
	struct fixture f;

	(void)state;
	begin(&f);
	assert_true(parse(&f, "a: {x: 1, y: [1, 2]}\nb: {z: 1}\nc: 1\n"));
	assert_true(psp_settings_parse(&f.settings,
	    psp_slice_of("b: text\n\nd: 5\na: {y: [3], w: {v: 1}}\nc: {u: 1}"),
	    "t.yaml", &f.problems, &f.err));
	assert_true(psp_settings_print(f.settings.root, &f.out, &f.err));
	assert_true(psp_buffer_put(&f.out, '\0', &f.err));
	assert_string_equal(f.out.bytes, "a:\n  x: 1\n  y:\n    - 3\n"
					 "  w:\n    v: 1\nb: text\nc:\n"
					 "  u: 1\nd: 5\n");
	assert_int_equal(f.settings.root->n_children, 4);
	node = psp_node_get(f.settings.root, "d");
	assert_string_equal(node->file, "t.yaml");
	assert_int_equal(node->line, 3);
	node = psp_node_get(f.settings.root, "a");
	assert_string_equal(psp_node_get(node, "x")->file, "s.yaml");
	assert_string_equal(psp_node_get(node, "y")->file, "t.yaml");
	assert_int_equal(node->n_children, 3);
	end(&f);
}

static void
a_broken_file_is_not_merged(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_true(parse(&f, "a: 1\n"));
	assert_false(parse(&f, "a: 2\nb: [\n"));
	assert_true(
	    psp_slice_is(psp_node_get(f.settings.root, "a")->text, "1"));
	end(&f);
}

static void
check_same(const struct psp_node *a, const struct psp_node *b)
{
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->n_children, b->n_children);
	assert_true(psp_slice_equal(a->text, b->text));
	assert_true(psp_slice_equal(a->key, b->key));
	/* A bare text of several lines can only come back quoted. */
	if (memchr(
		a->text.bytes != NULL ? a->text.bytes : "", '\n', a->text.size)
	    == NULL)
		assert_int_equal(a->is_quoted, b->is_quoted);
	a = a->first;
	b = b->first;
	for (; a != NULL && b != NULL; a = a->next, b = b->next)
		check_same(a, b);
	assert_true(a == NULL && b == NULL);
}

/* What is printed reads back as the same tree, and prints the same. */
static void
check_round_trip(const char *text)
{
	struct fixture f, g;

	begin(&f);
	begin(&g);
	if (!parse(&f, text))
		print_problems(&f.problems);
	assert_int_equal(f.problems.n, 0);
	assert_true(psp_settings_print(f.settings.root, &f.out, &f.err));
	if (!psp_settings_parse(&g.settings, psp_buffer_content(&f.out),
		"s.yaml", &g.problems, &g.err)) {
		print_error("%.*s\n", (int)f.out.size, f.out.bytes);
		print_problems(&g.problems);
		fail();
	}
	check_same(f.settings.root, g.settings.root);
	assert_true(psp_settings_print(g.settings.root, &g.out, &g.err));
	assert_true(psp_slice_equal(
	    psp_buffer_content(&f.out), psp_buffer_content(&g.out)));
	end(&g);
	end(&f);
}

static void
print_reads_back(void **state)
{
	static const char signs[] = " -?:,[]{}#&*!|>'\"%@`~=<.\\/0a\t\n";
	char text[64];

	(void)state;
	check_round_trip("{}");
	check_round_trip("a: {}\nb: []\nc:\nd: ''\ne: [[], {}, '', [a], x]\n");
	check_round_trip("a: [[[b, {c: d, e: [f]}], g], {h: {i: j}}]\n");
	check_round_trip("a: |\n  two\n   lines\n\nb: >+\n  folded\n  on\n\n");
	check_round_trip("':\xC2\xA0': b\n'c\xC2\xA0': 'd\xC2\xA0'\n");
	check_round_trip("a: one\n  and\n\n  two\n'': 1\n");
	check_round_trip(
	    "\xC3\xA9t\xC3\xA9: 20 \xE2\x82\xAC\n'a: b': 'c #d'\n");
	check_round_trip(
	    "\"a\\tb\": \"\\x85\\u2028\\uFEFF\\U0001F600\\\\\\\"\"\n");
	check_round_trip("'---': 1\n'...': 2\n'<': 3\n'-': 4\n'- a': 5\n"
			 "' a ': 6\n'#': 7\n'? a': 8\na?: 9\n-a: 10\n");
	/* Keys and texts of two signs in a quoted form, all pairs. */
	for (size_t i = 0; i < sizeof(signs) - 1; i++)
		for (size_t j = 0; j < sizeof(signs) - 1; j++) {
			char a[3] = { signs[i], '\0' };
			char b[3] = { signs[j], '\0' };

			if (signs[i] == '"' || signs[i] == '\\') {
				a[0] = '\\';
				a[1] = signs[i];
			} else if (signs[i] == '\n') {
				memcpy(a, "\\n", 3);
			}
			if (signs[j] == '"' || signs[j] == '\\') {
				b[0] = '\\';
				b[1] = signs[j];
			} else if (signs[j] == '\n') {
				memcpy(b, "\\n", 3);
			}
			if (signs[i] == '<' && signs[j] == '<')
				continue;
			snprintf(text, sizeof(text),
			    "\"%s%s\": [\"x%s%s\", \"%s%sx\", \"%s%s\"]\n", a,
			    b, a, b, a, b, a, b);
			check_round_trip(text);
		}
}

static void
print_quotes_keys_only_where_needed(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_true(
	    parse(&f, "'a': '01'\n\"b c\": 01\n'd: e': f\n\"g\": \"h\\ni\""));
	assert_true(psp_settings_print(f.settings.root, &f.out, &f.err));
	assert_true(psp_buffer_put(&f.out, '\0', &f.err));
	assert_string_equal(
	    f.out.bytes, "a: '01'\nb c: 01\n'd: e': f\ng: \"h\\ni\"\n");
	end(&f);
}

static void
long_keys_read_back(void **state)
{
	struct psp_buffer text;
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	psp_buffer_init(&text);
	assert_true(psp_buffer_append(&text, "b:\n  ? ", 7, &err));
	for (int i = 0; i < 2000; i++)
		assert_true(psp_buffer_put(&text, 'k', &err));
	assert_true(psp_buffer_append(&text, "\n  : {c: d}\n", 13, &err));
	check_round_trip(text.bytes);
	psp_buffer_clear(&text);
}

struct typed {
	struct psp_slice text;
	bool truth;
	int64_t integer, number;
	int choice;
	const struct psp_node *map, *list, *node;
};

static const char *const choices[] = { "unknown", "fail", "pass", NULL };

static const struct psp_key keys[] = {
	PSP_KEY("text", PSP_KEY_TEXT, struct typed, text),
	PSP_KEY("truth", PSP_KEY_BOOL, struct typed, truth),
	PSP_KEY("integer", PSP_KEY_INTEGER, struct typed, integer),
	PSP_KEY("number", PSP_KEY_NUMBER, struct typed, number),
	PSP_KEY_OF("choice", struct typed, choice, choices),
	PSP_KEY("map", PSP_KEY_MAP, struct typed, map),
	PSP_KEY("list", PSP_KEY_LIST, struct typed, list),
	PSP_KEY("node", PSP_KEY_NODE, struct typed, node),
	PSP_KEY_END,
};

static const char *const also[] = { "version", "stages", NULL };

static void
keys_are_read(void **state)
{
	struct typed typed = { .choice = 7 };
	struct fixture f;

	(void)state;
	begin(&f);
	assert_true(parse(&f,
	    "text: '01'\ntruth: true\ninteger: -15\nnumber: -0.5\nversion: 1\n"
	    "choice: pass\nmap: {}\nlist: [1]\nnode: x\n"));
	assert_true(psp_settings_read(
	    f.settings.root, "settings", keys, also, &typed, &f.problems));
	assert_true(psp_slice_is(typed.text, "01"));
	assert_true(typed.truth);
	assert_int_equal(typed.integer, -15);
	assert_int_equal(typed.number, -50);
	assert_int_equal(typed.choice, 2);
	assert_int_equal(typed.map->n_children, 0);
	assert_int_equal(typed.list->n_children, 1);
	assert_true(psp_slice_is(typed.node->text, "x"));
	end(&f);
}

static void
no_map_leaves_the_defaults(void **state)
{
	struct typed typed = { .choice = 7 };
	struct fixture f;

	(void)state;
	begin(&f);
	assert_true(psp_settings_read(
	    NULL, "settings", keys, also, &typed, &f.problems));
	assert_int_equal(typed.choice, 7);
	assert_int_equal(f.problems.n, 0);
	end(&f);
}

static const struct slip_case wrong_keys[] = {
	{ "truth: NO", 1, 8, "found 'NO'; write true or false" },
	{ "truth: oui", 1, 8, "write true or false" },
	{ "truth: on", 1, 8, "write true or false" },
	{ "truth: yes", 1, 8, "write true or false" },
	{ "truth: True", 1, 8, "write true or false" },
	{ "truth: 1", 1, 8, "write true or false" },
	{ "truth:", 1, 7, "found nothing" },
	{ "truth: [true]", 1, 8, "found a list" },
	{ "integer: 012", 1, 10,
	    "'integer': a whole number such as 12 expected, "
	    "found '012'; write 12" },
	{ "integer: 0x1F", 1, 10, "write digits only" },
	{ "integer: 1:30", 1, 10, "write digits only" },
	{ "integer: 1_000", 1, 10, "write 1000" },
	{ "integer: 1 000", 1, 10, "write 1000" },
	{ "integer: 1\xE2\x80\xAF"
	  "000",
	    1, 10, "write 1000" },
	{ "integer: 1e3", 1, 10, "write digits only" },
	{ "integer: +5", 1, 10, "write 5" },
	{ "integer: -012", 1, 10, "write -12" },
	{ "integer: 1.5", 1, 10, "without decimals" },
	{ "integer: -", 1, 10, "a list begins" },
	{ "integer: '-'", 1, 10, "write digits only" },
	{ "integer: ''", 1, 10, "write digits only" },
	{ "integer: 20 %", 1, 10, "write digits only" },
	{ "integer: 99999999999999999999", 1, 10, "too large" },
	{ "integer: 9223372036854775808", 1, 10, "too large" },
	{ "number: 1,5", 1, 9, "write 1.5" },
	{ "number: -0,5", 1, 9, "write -0.5" },
	{ "number: 1 234,56", 1, 9, "write 1234.56" },
	{ "number: 1,234", 1, 9, "write digits, and a point" },
	{ "number: 1.234", 1, 9, "at most 2 decimals" },
	{ "number: .5", 1, 9, "write digits, and a point" },
	{ "number: 5.", 1, 9, "write digits, and a point" },
	{ "number: 01.5", 1, 9, "write 1.5" },
	{ "number: nan", 1, 9, "write digits" },
	{ "number: 92233720368547758.08", 1, 9, "too large" },
	{ "choice: pas", 1, 9,
	    "one of unknown, fail, pass expected, found "
	    "'pas'; did you mean 'pass'?" },
	{ "choice: zzzz", 1, 9, "one of unknown, fail, pass" },
	{ "choice: {}", 1, 9, "found a map" },
	{ "text: [a]", 1, 7, "text expected, found a list" },
	{ "text: #1", 1, 6, "'#' begins a comment" },
	{ "map: x", 1, 6, "write {key: value}" },
	{ "map: []", 1, 6, "a map expected, found a list" },
	{ "map:", 1, 5, "indent what belongs to it" },
	{ "list: x", 1, 7, "write [x]" },
	{ "list: {a: b}", 1, 7, "a list expected, found a map" },
	{ "text: a\n  \nintger: 5", 3, 1,
	    "unknown key 'intger' in settings; did you mean 'integer'? "
	    "(known: text, truth, integer, number, choice, map, list, node, "
	    "version, stages)" },
	{ "zzzzzz: 5", 1, 1, "unknown key 'zzzzzz' in settings (known: text" },
	{ "include: ../../etc/x", 1, 1, "unknown key 'include'" },
};

static void
wrong_keys_are_told(void **state)
{
	size_t n_wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong_keys) / sizeof(wrong_keys[0]);
	     i++) {
		struct typed typed = { .choice = 7 };
		struct fixture f;

		begin(&f);
		if (parse(&f, wrong_keys[i].text)) {
			assert_false(psp_settings_read(f.settings.root,
			    "settings", keys, also, &typed, &f.problems));
			assert_false(typed.truth);
			assert_int_equal(typed.choice, 7);
			assert_int_equal(typed.number, 0);
		}
		n_wrong += f.problems.n != 1
		           || !has_problem(&f, 0, wrong_keys[i].text,
			       wrong_keys[i].line, wrong_keys[i].column,
			       wrong_keys[i].words);
		end(&f);
	}
	assert_int_equal(n_wrong, 0);
}

static void
missing_keys_are_told(void **state)
{
	static const struct psp_key needed[] = {
		PSP_KEY_REQUIRED("text", PSP_KEY_TEXT, struct typed, text),
		PSP_KEY_REQUIRED("list", PSP_KEY_LIST, struct typed, list),
		PSP_KEY_END,
	};
	struct typed typed = { .choice = 0 };
	struct fixture f;

	(void)state;
	begin(&f);
	assert_true(parse(&f, "a: 1\nb:\n  list: []\n"));
	assert_false(psp_settings_read(psp_node_get(f.settings.root, "b"),
	    "a target", needed, NULL, &typed, &f.problems));
	assert_int_equal(f.problems.n, 1);
	assert_true(has_problem(
	    &f, 0, "b", 2, 1, "the key 'text' is missing in a target"));
	end(&f);
}

static void
numbers_reach_their_limits(void **state)
{
	struct typed typed = { .choice = 0 };
	struct fixture f;

	(void)state;
	begin(&f);
	assert_true(parse(&f, "integer: -9223372036854775808\n"
			      "number: -92233720368547758.08\n"));
	assert_true(psp_settings_read(
	    f.settings.root, "settings", keys, also, &typed, &f.problems));
	assert_true(typed.integer == INT64_MIN);
	assert_true(typed.number == INT64_MIN);
	assert_true(parse(&f, "integer: 9223372036854775807\n"
			      "number: 92233720368547758.07\n"));
	assert_true(psp_settings_read(
	    f.settings.root, "settings", keys, also, &typed, &f.problems));
	assert_true(typed.integer == INT64_MAX);
	assert_true(typed.number == INT64_MAX);
	assert_true(parse(&f, "integer: 0\nnumber: 0.1\n"));
	assert_true(psp_settings_read(
	    f.settings.root, "settings", keys, also, &typed, &f.problems));
	assert_int_equal(typed.integer, 0);
	assert_int_equal(typed.number, 10);
	end(&f);
}

static void
many_unknown_keys_stay_cheap(void **state)
{
	struct typed typed = { .choice = 0 };
	struct fixture f;

	(void)state;
	begin(&f);
	for (int i = 0; i < 90000; i++)
		assert_true(psp_buffer_format(&f.out, &f.err, "k%d: 1\n", i));
	assert_true(psp_settings_parse(&f.settings, psp_buffer_content(&f.out),
	    "s.yaml", &f.problems, &f.err));
	assert_true(psp_settings_parse(&f.settings, psp_buffer_content(&f.out),
	    "t.yaml", &f.problems, &f.err));
	assert_int_equal(f.settings.root->n_children, 90000);
	assert_false(psp_settings_read(
	    f.settings.root, "settings", keys, also, &typed, &f.problems));
	assert_true(psp_problems_full(&f.problems));
	end(&f);
}

static void
files_are_read(void **state)
{
	char path[] = "settings-XXXXXX";
	struct fixture f;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "a: 1\nb: *.csv\n", 14), 14);
	begin(&f);
	assert_false(psp_settings_load(&f.settings, path, &f.problems, &f.err));
	assert_int_equal(f.problems.n, 1);
	assert_string_equal(f.problems.items[0].file, path);
	assert_int_equal(f.problems.items[0].line, 2);
	end(&f);
	assert_int_equal(pwrite(fd, "a: 1\nb: 2.csv\n", 14, 0), 14);
	begin(&f);
	assert_true(psp_settings_load(&f.settings, path, &f.problems, &f.err));
	assert_true(
	    psp_slice_is(psp_node_get(f.settings.root, "b")->text, "2.csv"));
	end(&f);
	/* A hole of 50 MB is not read through. */
	assert_int_equal(ftruncate(fd, 50000000), 0);
	begin(&f);
	assert_false(psp_settings_load(&f.settings, path, &f.problems, &f.err));
	assert_non_null(strstr(f.problems.items[0].message, "1 MiB"));
	end(&f);
	assert_int_equal(unlink(path), 0);
	close(fd);
}

static void
what_cannot_be_read_is_an_error(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_false(psp_settings_load(
	    &f.settings, "no/such/file.yaml", &f.problems, &f.err));
	assert_int_equal(f.err.status, PSP_EIO);
	assert_string_equal(f.err.file, "no/such/file.yaml");
	assert_int_equal(f.problems.n, 0);
	end(&f);
	begin(&f);
	assert_false(psp_settings_load(&f.settings, ".", &f.problems, &f.err));
	assert_int_equal(f.err.status, PSP_EIO);
	end(&f);
	begin(&f);
	assert_false(psp_settings_load(&f.settings, "-", &f.problems, &f.err));
	assert_int_equal(f.err.status, PSP_EUSAGE);
	end(&f);
}

static void
memory_may_run_out(void **state)
{
	static const char text[] = "a: {b: [c, d], e: f}\ng: 'h'\n";
	bool is_done = false;
	long n;

	(void)state;
	for (n = 0; !is_done && n < 1000; n++) {
		struct fixture f;

		begin(&f);
		allocations_left = n;
		is_done =
		    parse(&f, text) && parse(&f, text)
		    && psp_settings_print(f.settings.root, &f.out, &f.err);
		allocations_left = -1;
		if (!is_done) {
			assert_int_equal(f.err.status, PSP_ENOMEM);
			assert_int_equal(f.problems.n, 0);
		}
		end(&f);
	}
	assert_true(is_done);
	assert_true(n > 5);
	for (n = 0, is_done = false; !is_done && n < 1000; n++) {
		struct fixture f;

		begin(&f);
		allocations_left = n;
		assert_false(parse(&f, "a: b\na: c\n"));
		allocations_left = -1;
		is_done = f.err.status == PSP_OK;
		if (!is_done)
			assert_int_equal(f.err.status, PSP_ENOMEM);
		else
			assert_int_equal(f.problems.n, 1);
		end(&f);
	}
	assert_true(is_done);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slips_are_told),
		cmocka_unit_test(nul_bytes_are_told),
		cmocka_unit_test(no_bytes_are_no_settings),
		cmocka_unit_test(all_problems_are_told_at_once),
		cmocka_unit_test(scalars_are_text),
		cmocka_unit_test(nodes_know_their_place),
		cmocka_unit_test(bombs_are_defused),
		cmocka_unit_test(depth_64_is_fine),
		cmocka_unit_test(later_files_win_key_by_key),
		cmocka_unit_test(a_broken_file_is_not_merged),
		cmocka_unit_test(print_reads_back),
		cmocka_unit_test(print_quotes_keys_only_where_needed),
		cmocka_unit_test(long_keys_read_back),
		cmocka_unit_test(keys_are_read),
		cmocka_unit_test(no_map_leaves_the_defaults),
		cmocka_unit_test(wrong_keys_are_told),
		cmocka_unit_test(missing_keys_are_told),
		cmocka_unit_test(numbers_reach_their_limits),
		cmocka_unit_test(many_unknown_keys_stay_cheap),
		cmocka_unit_test(files_are_read),
		cmocka_unit_test(what_cannot_be_read_is_an_error),
		cmocka_unit_test(memory_may_run_out),
	};

	return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
