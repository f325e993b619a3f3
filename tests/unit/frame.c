/*
 * stream: bytes to records, whatever the cuts. Each case is framed by every
 * scanner, whole and in pieces of 1, 2, 3, 7 and 61 bytes; records are shown as
 * <a|b>, repairs as a ~ before theirs, rejects as !bytes!.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/stream/frame.h"

enum { MAX_RECORD = 200 };

struct framing {
	struct psp_block_rules rules;
	struct psp_dialect dialect;
	size_t n_fields;
	const char *header;
};

static struct framing
usual(size_t n_fields)
{
	struct framing framing;

	memset(&framing, 0, sizeof(framing));
	framing.rules.max_record = MAX_RECORD;
	framing.rules.repair = true;
	framing.dialect.separator = ';';
	framing.dialect.quote = '"';
	framing.dialect.newline = '\n';
	framing.dialect.encoding = PSP_ENCODING_UTF8;
	framing.n_fields = n_fields;
	return framing;
}

static void
show_fault(const struct psp_fault *fault, struct psp_buffer *shown,
    struct psp_error *err)
{
	if (fault->is_repair) {
		assert_true(psp_buffer_put(shown, '~', err));
		return;
	}
	if (fault->kind != PSP_FAULT_CONTINUED)
		assert_true(psp_buffer_put(shown, '!', err));
	assert_true(psp_buffer_slice(shown, fault->bytes, err));
	if (!fault->goes_on)
		assert_true(psp_buffer_put(shown, '!', err));
}

static void
show_batch(const struct psp_batch *batch, struct psp_buffer *shown,
    struct psp_error *err)
{
	struct psp_record record;
	size_t fault = 0;

	memset(&record, 0, sizeof(record));
	assert_true(psp_record_init(&record, batch, err));
	for (size_t i = 0; i <= batch->n_spans; i++) {
		while (fault < batch->n_faults
		       && batch->faults[fault].span_index <= i)
			show_fault(&batch->faults[fault++], shown, err);
		if (i == batch->n_spans)
			break;
		psp_record_seek(&record, i);
		assert_true(psp_buffer_put(shown, '<', err));
		for (size_t j = 0; j < batch->n_fields; j++) {
			struct psp_slice text = psp_record_text(&record, j);

			assert_true(j == 0 || psp_buffer_put(shown, '|', err));
			assert_true(psp_buffer_slice(shown, text, err));
			assert_true(
			    psp_slice_equal(text, psp_record_text(&record, j)));
		}
		assert_true(psp_buffer_put(shown, '>', err));
	}
	psp_record_clear(&record);
}

/* Frames `input` in pieces and appends what it gives to `shown`. */
static void
frame_pieces(const struct framing *framing, struct psp_slice input,
    size_t piece, struct psp_buffer *shown, struct psp_error *err)
{
	struct psp_block block;
	size_t at = 0;
	bool is_last = false;

	assert_true(psp_block_init(
	    &block, &framing->rules, &framing->dialect, "test", err));
	psp_block_set_fields(&block, framing->n_fields);
	if (framing->header != NULL)
		psp_block_set_header(&block, psp_slice_of(framing->header));
	while (!is_last) {
		size_t size = input.size - at < piece ? input.size - at : piece;
		char *room = psp_block_room(&block, size, err);

		assert_non_null(room);
		if (size > 0)
			memcpy(room, input.bytes + at, size);
		psp_block_added(&block, size);
		at += size;
		is_last = at == input.size;
		assert_true(psp_frame_run(&block, is_last, SIZE_MAX, err));
		if (block.batch.n_spans + block.batch.n_faults > 0 || is_last) {
			show_batch(&block.batch, shown, err);
			psp_block_next(&block);
		}
	}
	psp_block_clear(&block);
}

static void
check_scanner(
    const struct framing *framing, struct psp_slice input, const char *expected)
{
	static const size_t pieces[] = { SIZE_MAX, 1, 2, 3, 7, 61 };
	struct psp_error err;

	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct psp_buffer shown;

		psp_error_init(&err);
		psp_buffer_init(&shown);
		frame_pieces(framing, input, pieces[i], &shown, &err);
		assert_true(psp_buffer_put(&shown, '\0', &err));
		if (strcmp(shown.bytes, expected) != 0)
			fail_msg("%s, pieces of %zu: '%s' gives '%s', not '%s'",
			    framing->rules.scan->name, pieces[i], input.bytes,
			    shown.bytes, expected);
		psp_buffer_clear(&shown);
	}
}

static void
check(
    const struct framing *framing, struct psp_slice input, const char *expected)
{
	struct framing by = *framing;

	for (size_t i = 0; i < PSP_N_SCANNERS; i++) {
		by.rules.scan = psp_scanners[i];
		if (psp_scan_can_run(by.rules.scan))
			check_scanner(&by, input, expected);
	}
}

static void
check_text(size_t n_fields, const char *input, const char *expected)
{
	struct framing framing = usual(n_fields);

	check(&framing, psp_slice_of(input), expected);
}

static void
regular_records(void **state)
{
	(void)state;
	check_text(2, "a;b\nc;d\n", "<a|b><c|d>");
	check_text(2, "a;b\nc;d", "<a|b><c|d>");
	check_text(2, "a;b\r\nc;d\r\n", "<a|b><c|d>");
	check_text(2, "a;b\r\nc;d\r", "<a|b><c|d>");
	check_text(2, ";\n;", "<|><|>");
	check_text(2, "", "");
	check_text(2, " a ; b \n", "< a | b >");
	check_text(2, "\"a;1\";\"b\n\"\n", "<a;1|b\n>");
	check_text(2, "\"a\"\"b\";\"\"\"\"\n", "<a\"b|\">");
	check_text(2, "\"\";\"\"\n", "<|>");
	check_text(2, "\"x\r\ny\";1\r\n", "<x\r\ny|1>");
	check_text(3, "\"\"\"a\"\"\";\"\"\"\";x\n", "<\"a\"|\"|x>");
}

static void
one_column(void **state)
{
	(void)state;
	check_text(1, "a\n\nb\n", "<a><><b>");
	check_text(1, "a\n\n", "<a><>");
	check_text(1, "\n", "<>");
	check_text(1, "\"\"\n", "<>");
}

static void
blank_lines(void **state)
{
	(void)state;
	check_text(2, "\n\na;b\n\r\n  \t\nc;d\n\n", "<a|b><c|d>");
}

static void
long_records_cross_words_and_windows(void **state)
{
	char input[20000], expected[20000];
	size_t n = 0, m = 0;
	struct framing framing = usual(3);

	(void)state;
	framing.rules.max_record = 100000;
	for (int i = 0; i < 120; i++) {
		int size = i % 97;

		n += (size_t)sprintf(input + n, "%0*d;\"%0*d;\n\";%d\n", size,
		    i, size / 2, i, i);
		m += (size_t)sprintf(
		    expected + m, "<%0*d|%0*d;\n|%d>", size, i, size / 2, i, i);
	}
	check(&framing, psp_slice(input, n), expected);
}

/* Short records behind one that reaches any place about a window's end. */
static void
records_end_about_a_window(void **state)
{
	static const char rest[] = "a;\"b\nc\"\r\nd;e\r\nf;g\n";
	struct framing framing = usual(2);

	(void)state;
	framing.rules.max_record = 100000;
	for (size_t size = PSP_SCAN_SIZE - 90; size < PSP_SCAN_SIZE + 70;
	     size++) {
		char input[PSP_SCAN_SIZE + 120], expected[PSP_SCAN_SIZE + 120];
		int n = (int)size;

		(void)snprintf(input, sizeof(input), "x;%0*d\n%s", n, 0, rest);
		(void)snprintf(expected, sizeof(expected),
		    "<x|%0*d><a|b\nc><d|e><f|g>", n, 0);
		check(&framing, psp_slice_of(input), expected);
	}
}

static void
wrong_number_of_fields(void **state)
{
	(void)state;
	check_text(2, "a\nb;c\nd;e;f\ng;h\n", "!a!<b|c>!d;e;f!<g|h>");
	check_text(2, "a;b\nc", "<a|b>!c!");
}

/* Files joined by cat: the byte order mark tells that it is no record. */
static void
header_again(void **state)
{
	struct framing framing = usual(2);

	(void)state;
	framing.header = "a;\"b\"";
	check(&framing,
	    psp_slice_of("1;2\n\xEF\xBB\xBF"
			 "a;\"b\"\n3;4\n\xEF\xBB\xBF"
			 "a;b\na;\"b\"\n"),
	    "<1|2>!\xEF\xBB\xBF"
	    "a;\"b\"!<3|4><\xEF\xBB\xBF"
	    "a|b><a|b>");
	framing.header = "\"a\";b";
	check(&framing, psp_slice_of("1;2\r\n\xEF\xBB\xBF\"a\";b\r\n3;4"),
	    "<1|2>!\xEF\xBB\xBF\"a\";b!<3|4>");
}

static void
ragged_records(void **state)
{
	struct framing framing = usual(3);

	(void)state;
	framing.rules.ragged = true;
	check(&framing, psp_slice_of("a\nb;\"c\"\nd;e;f;;\ng;h;i;j\n"),
	    "<a||><b|c|><d|e|f>!g;h;i;j!");
	check(&framing, psp_slice_of("a;b;c;\"\";;\"\"\nd;e;\"\";\"f\"\n"),
	    "<a|b|c>!d;e;\"\";\"f\"!");
}

static void
quotes_inside_unquoted_fields(void **state)
{
	(void)state;
	check_text(2, "5\" t;x\na;b\n", "<5\" t|x><a|b>");
	check_text(2, "a;b\"c\"d\n\"q\";e\n", "<a|b\"c\"d><q|e>");
	check_text(2, "a;b\"\nc;d\"\ne;f\n", "<a|b\"><c|d\"><e|f>");
	check_text(2, "x\"\"y;\"z\"\n", "<x\"\"y|z>");
}

static void
lone_cr(void **state)
{
	(void)state;
	check_text(2, "a\rb;c\nd;e\n", "<a\rb|c><d|e>");
	check_text(2, "\ra;b\nc;\rd\n", "<\ra|b><c|\rd>");
	check_text(2, "a;b\r\r\nc;d\n", "<a|b\r><c|d>");
}

static void
cr_only(void **state)
{
	struct framing framing = usual(2);

	(void)state;
	framing.dialect.newline = '\r';
	check(&framing, psp_slice_of("a;b\r\"c\nx\";d\re;f"),
	    "<a|b><c\nx|d><e|f>");
}

static void
no_quote(void **state)
{
	struct framing framing = usual(2);

	(void)state;
	framing.dialect.quote = PSP_QUOTE_NONE;
	check(&framing, psp_slice_of("\"a;b\"\r\nc;\"\n"), "<\"a|b\"><c|\">");
}

/* Once the judge took 0xFF for a quote where there is none, and never ended. */
static void
no_quote_and_a_byte_that_is_no_text(void **state)
{
	struct framing framing = usual(2);
	char input[800], expected[800];
	size_t n;

	(void)state;
	framing.dialect.quote = PSP_QUOTE_NONE;
	n = (size_t)sprintf(
	    input, "\xFF\xFFx;%0300d\nc;\xFE\xFF%0300d\nd;e", 1, 2);
	sprintf(expected, "!\xFF\xFFx;%0300d!!c;\xFE\xFF%0300d!<d|e>", 1, 2);
	check(&framing, psp_slice(input, n), expected);
}

static void
text_after_a_closing_quote(void **state)
{
	(void)state;
	check_text(2, "\"a\"b;c\nd;e\n", "~<\"a\"b|c><d|e>");
	check_text(2, "\"a\" ;c\nd;e\n", "~<\"a\" |c><d|e>");
	check_text(2, "\"a\"b;c;x\nd;e\n", "!\"a\"b;c;x!<d|e>");
	check_text(2, "\"a;b\"c;d\ne;f\n", "!\"a;b\"c;d!<e|f>");
	check_text(3, "\"a\"b;\"c\"d;\"e;\nf\"\ng;h;i\n",
	    "~<\"a\"b|\"c\"d|e;\nf><g|h|i>");
}

static void
quotes_never_closed(void **state)
{
	(void)state;
	check_text(2, "1;2\n3;\"x", "<1|2>!3;\"x!");
	check_text(2, "1;\"2\n3;4\n5;6\n", "~<1|\"2><3|4><5|6>");
	check_text(2, "1;\"2;x\n3;4\n5;6", "!1;\"2;x!<3|4><5|6>");
	check_text(2, "a;\"b\nc;d\ne;\"f\"\n", "~<a|\"b><c|d><e|f>");
}

static void
no_repair(void **state)
{
	struct framing framing = usual(2);

	(void)state;
	framing.rules.repair = false;
	check(&framing, psp_slice_of("\"a\"b;c\nd;e\n1;\"2\n3;4\n"),
	    "!\"a\"b;c!<d|e>!1;\"2!<3|4>");
}

static void
records_over_the_limit(void **state)
{
	struct framing framing = usual(2);
	char input[1500], expected[1500];
	size_t n;

	(void)state;
	n = (size_t)sprintf(input, "a;b\n%0400d;c\nd;e\n", 7);
	sprintf(expected, "<a|b>!%0400d;c!<d|e>", 7);
	check(&framing, psp_slice(input, n), expected);
	/* An unclosed quote must not swallow what follows. */
	n = (size_t)sprintf(input, "a;\"b\nc;d\n%0150d;e\n%0150d;f\n", 8, 9);
	sprintf(expected, "~<a|\"b><c|d><%0150d|e><%0150d|f>", 8, 9);
	check(&framing, psp_slice(input, n), expected);
	n = (size_t)sprintf(input, "a;b\n%0500d", 7);
	sprintf(expected, "<a|b>!%0500d!", 7);
	check(&framing, psp_slice(input, n), expected);
}

static void
encodings(void **state)
{
	struct framing framing = usual(2);

	(void)state;
	check(&framing, psp_slice_of("caf\xE9;1\nth\xC3\xA9;2\n"),
	    "!caf\xE9;1!<th\xC3\xA9|2>");
	framing.rules.is_mixed = true;
	check(&framing, psp_slice_of("caf\xE9;1\nth\xC3\xA9;2\n\"\x80;\";3\n"),
	    "<caf\xC3\xA9|1><th\xC3\xA9|2><\xE2\x82\xAC;|3>");
	check(&framing, psp_slice_of("a\x81;1\n"), "!a\x81;1!");
}

/* Read as Windows-1252 it is longer than in the block, and its place there. */
static void
mixed_encodings_and_bad_quotes(void **state)
{
	struct framing framing = usual(2);

	(void)state;
	framing.rules.is_mixed = true;
	check(&framing, psp_slice_of("\xE9\xE9\xE9\xE9\xE9;\"\"x"),
	    "~<\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9|\"\"x>");
	check(
	    &framing, psp_slice_of("1;\"\xE9\nc;d\n"), "~<1|\"\xC3\xA9><c|d>");
	check(&framing, psp_slice_of("1;\"\xE9"), "!1;\"\xE9!");
}

static void
lines_are_counted(void **state)
{
	struct framing framing = usual(2);
	struct psp_block block;
	struct psp_error err;
	struct psp_record record;
	static const char input[] = "a;\"x\ny\"\n\n5\";b\nc\nd;e\n";
	char *room;

	(void)state;
	psp_error_init(&err);
	memset(&record, 0, sizeof(record));
	assert_true(psp_block_init(
	    &block, &framing.rules, &framing.dialect, "t", &err));
	psp_block_set_fields(&block, 2);
	room = psp_block_room(&block, sizeof(input) - 1, &err);
	assert_non_null(room);
	memcpy(room, input, sizeof(input) - 1);
	psp_block_added(&block, sizeof(input) - 1);
	assert_true(psp_frame_run(&block, true, SIZE_MAX, &err));
	assert_int_equal(block.batch.n_spans, 3);
	assert_int_equal(block.batch.n_blank_lines, 1);
	assert_true(psp_record_init(&record, &block.batch, &err));
	psp_record_seek(&record, 1);
	assert_int_equal(psp_record_line(&record), 4);
	psp_record_seek(&record, 2);
	assert_int_equal(psp_record_line(&record), 6);
	assert_int_equal(block.batch.faults[0].n_lines, 4);
	psp_record_clear(&record);
	psp_block_clear(&block);
}

/*
 * What lies in the block before a record that was moved is no part of it: once
 * a lead byte left there made a character of the record's first byte.
 */
static void
bytes_left_before_a_record(void **state)
{
	static const char *const pieces[] = { "a;b\nxx\xC3\xA9;1", "\n\xA9;3",
		"\n" };
	struct framing framing = usual(2);

	(void)state;
	for (size_t i = 0; i < PSP_N_SCANNERS; i++) {
		struct psp_block block;
		struct psp_error err;

		framing.rules.scan = psp_scanners[i];
		if (!psp_scan_can_run(framing.rules.scan))
			continue;
		psp_error_init(&err);
		assert_true(psp_block_init(
		    &block, &framing.rules, &framing.dialect, "test", &err));
		psp_block_set_fields(&block, 2);
		for (size_t j = 0; j < 3; j++) {
			size_t size = strlen(pieces[j]);
			char *room;

			psp_block_next(&block);
			room = psp_block_room(&block, size, &err);
			assert_non_null(room);
			memcpy(room, pieces[j], size);
			psp_block_added(&block, size);
			assert_true(psp_frame_run(&block, false, 9, &err));
			assert_int_equal(block.batch.n_spans, j < 2);
		}
		assert_int_equal(block.batch.n_faults, 1);
		psp_block_clear(&block);
	}
}

/* Random bytes of a small alphabet: pieces must not matter. */
static void
random_input_does_not_depend_on_pieces(void **state)
{
	static const char alphabet[] = "ab;;\"\"\n\n\r x\xE9\xC3\xA9";
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 6000; round++) {
		struct framing framing = usual(1 + (size_t)round % 3);
		struct psp_error err;
		struct psp_buffer whole, parts;
		char input[160];
		size_t size = (size_t)round % sizeof(input);

		for (size_t i = 0; i < size; i++) {
			seed = seed * 1664525 + 1013904223;
			input[i] =
			    alphabet[(seed >> 16) % (sizeof(alphabet) - 1)];
		}
		framing.rules.max_record = 20 + (size_t)round % 100;
		framing.rules.repair = round % 5 != 0;
		framing.rules.is_mixed = round % 2 == 0;
		framing.rules.ragged = round % 7 == 0;
		psp_error_init(&err);
		psp_buffer_init(&whole);
		frame_pieces(
		    &framing, psp_slice(input, size), SIZE_MAX, &whole, &err);
		for (size_t piece = 1; piece < 70; piece += 1 + piece / 4) {
			psp_buffer_init(&parts);
			frame_pieces(&framing, psp_slice(input, size), piece,
			    &parts, &err);
			if (!psp_slice_equal(psp_buffer_content(&whole),
				psp_buffer_content(&parts)))
				fail_msg("round %d, pieces of %zu: %.*s "
					 "gives %.*s, not %.*s",
				    round, piece, (int)size, input,
				    (int)parts.size, parts.bytes,
				    (int)whole.size, whole.bytes);
			psp_buffer_clear(&parts);
		}
		psp_buffer_clear(&whole);
	}
}

/* Short records filled to a wide header must not take memory for all at once:
 * a batch ends early. */
static void
filled_records_end_a_batch(void **state)
{
	enum { N_FIELDS = 5000, N_RECORDS = 5000 };
	struct framing framing = usual(N_FIELDS);
	struct psp_block block;
	struct psp_error err;
	size_t n = 0;
	char *room;

	(void)state;
	psp_error_init(&err);
	framing.rules.ragged = true;
	framing.rules.max_record = 10 * N_FIELDS;
	assert_true(psp_block_init(
	    &block, &framing.rules, &framing.dialect, "test", &err));
	psp_block_set_fields(&block, N_FIELDS);
	room = psp_block_room(&block, 2 * N_RECORDS, &err);
	assert_non_null(room);
	for (size_t i = 0; i < N_RECORDS; i++)
		memcpy(room + 2 * i, "x\n", 2);
	psp_block_added(&block, 2 * N_RECORDS);
	while (n < N_RECORDS) {
		assert_true(psp_frame_run(&block, true, SIZE_MAX, &err));
		assert_in_range(block.batch.n_spans, 1, 400);
		assert_int_equal(block.batch.first_line, n + 1);
		assert_int_equal(block.batch.spans[0].size, N_FIELDS);
		n += block.batch.n_spans;
		psp_block_next(&block);
	}
	assert_int_equal(n, N_RECORDS);
	psp_block_clear(&block);
}

/* A long irregular record that comes in pieces, and what follows it. */
static void
long_irregular_records(void **state)
{
	enum { SIZE = 300000 };
	struct framing framing = usual(2);
	struct psp_buffer input, shown;
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	psp_buffer_init(&input);
	psp_buffer_init(&shown);
	framing.rules.max_record = 1 << 20;
	assert_true(psp_buffer_append(&input, "x\"y;\"", 5, &err));
	for (size_t i = 0; i < SIZE; i++)
		assert_true(
		    psp_buffer_put(&input, i % 9 == 0 ? '\n' : 'z', &err));
	assert_true(psp_buffer_append(&input, "\"\n1;2\n", 6, &err));
	frame_pieces(&framing, psp_buffer_content(&input), 1000, &shown, &err);
	assert_int_equal(shown.size, 1 + 3 + 1 + SIZE + 1 + 5);
	assert_memory_equal(shown.bytes + shown.size - 7, "z><1|2>", 7);
	psp_buffer_clear(&shown);
	psp_buffer_clear(&input);
}

/* The place of a quote in a record that was converted is a place in what it
 * became: longer than the bytes it came from. */
static void
faulty_quotes_of_converted_records_have_their_line(void **state)
{
	static const char input[] =
	    "\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9;\"x\"y\n\n\n\n\n\n";
	struct framing framing = usual(2);
	struct psp_block block;
	struct psp_error err;
	char *room;

	(void)state;
	psp_error_init(&err);
	framing.rules.is_mixed = true;
	assert_true(psp_block_init(
	    &block, &framing.rules, &framing.dialect, "test", &err));
	psp_block_set_fields(&block, 2);
	room = psp_block_room(&block, sizeof(input) - 1, &err);
	assert_non_null(room);
	memcpy(room, input, sizeof(input) - 1);
	psp_block_added(&block, sizeof(input) - 1);
	assert_true(psp_frame_run(&block, true, SIZE_MAX, &err));
	assert_int_equal(block.batch.n_faults, 1);
	assert_true(block.batch.faults[0].is_repair);
	assert_int_equal(block.batch.faults[0].n_quote_lines, 0);
	psp_block_clear(&block);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(regular_records),
		cmocka_unit_test(one_column),
		cmocka_unit_test(blank_lines),
		cmocka_unit_test(long_records_cross_words_and_windows),
		cmocka_unit_test(records_end_about_a_window),
		cmocka_unit_test(wrong_number_of_fields),
		cmocka_unit_test(header_again),
		cmocka_unit_test(ragged_records),
		cmocka_unit_test(quotes_inside_unquoted_fields),
		cmocka_unit_test(lone_cr),
		cmocka_unit_test(cr_only),
		cmocka_unit_test(no_quote),
		cmocka_unit_test(no_quote_and_a_byte_that_is_no_text),
		cmocka_unit_test(text_after_a_closing_quote),
		cmocka_unit_test(quotes_never_closed),
		cmocka_unit_test(no_repair),
		cmocka_unit_test(records_over_the_limit),
		cmocka_unit_test(encodings),
		cmocka_unit_test(mixed_encodings_and_bad_quotes),
		cmocka_unit_test(lines_are_counted),
		cmocka_unit_test(filled_records_end_a_batch),
		cmocka_unit_test(long_irregular_records),
		cmocka_unit_test(
		    faulty_quotes_of_converted_records_have_their_line),
		cmocka_unit_test(bytes_left_before_a_record),
		cmocka_unit_test(random_input_does_not_depend_on_pieces),
	};

	return cmocka_run_group_tests_name("frame", tests, NULL, NULL);
}
