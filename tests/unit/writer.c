/* stream/writer, layout, format-csv, format-json, spreadsheet. */
#include <config.h>

#include "tests/unit/written.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "libprospect/stream/spreadsheet.h"

static const char *const nothing[] = { NULL };

static void
count_notes(void *user, enum psp_note_level level, const char *kind,
    const struct psp_error *note)
{
	size_t *n = user;

	assert_int_equal(level, PSP_NOTE_WARNING);
	assert_null(kind);
	assert_non_null(strstr(note->message, "'score'"));
	(*n)++;
}

static void
cells_come_after_the_input(void **state)
{
	const char *const header[] = { "siren", "name", NULL };
	const char *const cells[] = { "score", "class", NULL };
	struct written w;

	(void)state;
	written_lay_out(&w, header, cells, NULL);
	assert_int_equal(w.layout.n_columns, 4);
	assert_int_equal(w.layout.n_inputs, 2);
	assert_int_equal(w.layout.n_cells, 2);
	assert_int_equal(w.layout.columns[0].n_run, 2);
	assert_int_equal(w.layout.columns[2].n_run, 0);
	assert_true(w.layout.columns[1].is_input);
	assert_int_equal(w.layout.columns[1].index, 1);
	assert_false(w.layout.columns[3].is_input);
	assert_int_equal(w.layout.columns[3].index, 1);
	assert_true(psp_slice_is(w.layout.columns[3].name, "class"));
	written_clear(&w);
}

static void
a_cell_takes_the_place_of_its_name(void **state)
{
	const char *const header[] = { "score", "Score", "score", NULL };
	const char *const cells[] = { "class", "score", "score", NULL };
	size_t n_notes = 0;
	const struct psp_notes notes = { count_notes, &n_notes };
	struct written w;

	(void)state;
	written_lay_out(&w, header, cells, &notes);
	assert_int_equal(n_notes, 1);
	assert_int_equal(w.layout.n_columns, 5);
	assert_int_equal(w.layout.columns[0].n_run, 0);
	assert_int_equal(w.layout.columns[1].n_run, 2);
	assert_int_equal(w.layout.columns[2].n_run, 1);
	assert_false(w.layout.columns[0].is_input);
	assert_int_equal(w.layout.columns[0].index, 1);
	assert_true(w.layout.columns[1].is_input);
	assert_true(w.layout.columns[2].is_input);
	assert_int_equal(w.layout.columns[3].index, 0);
	assert_int_equal(w.layout.columns[4].index, 2);
	written_clear(&w);
}

static void
check_header(const char *line, const char *expected)
{
	const char *const header[] = { "a", "b;\"c\"", "", NULL };
	const char *const cells[] = { "x;y", NULL };
	const struct psp_writer_options options = { .separator = ';' };
	const struct psp_dialect dialect = { .separator = ';', .quote = '"' };
	struct written w;

	written_lay_out(&w, header, cells, NULL);
	assert_true(psp_layout_keep_header(
	    &w.layout, psp_slice_of(line), &dialect, &w.err));
	written_open(&w, &psp_format_csv, &options);
	assert_string_equal(written_text(&w, NULL), expected);
	written_clear(&w);
}

static void
the_header_keeps_its_quotes(void **state)
{
	(void)state;
	check_header("\"a\";\"b;\"\"c\"\"\";\"\"",
	    "\"a\";\"b;\"\"c\"\"\";\"\";\"x;y\"\n");
	check_header("a;\"b;\"\"c\"\"\";", "a;\"b;\"\"c\"\"\";;\"x;y\"\n");
	/* Not the header's names, or no regular line: written anew. */
	check_header("\"z\";\"b", "a;\"b;\"\"c\"\"\";;\"x;y\"\n");
	check_header("\"a\"a;b", "a;\"b;\"\"c\"\"\";;\"x;y\"\n");
	check_header("\"a", "a;\"b;\"\"c\"\"\";;\"x;y\"\n");
	check_header("", "a;\"b;\"\"c\"\"\";;\"x;y\"\n");
}

static void
check_field(const char *text, size_t size, bool is_only, const char *expected)
{
	struct psp_buffer buffer;
	struct psp_error err;

	psp_error_init(&err);
	psp_buffer_init(&buffer);
	assert_true(psp_csv_put_field(
	    &buffer, psp_slice(text, size), ';', is_only, &err));
	assert_true(psp_buffer_put(&buffer, '\0', &err));
	assert_string_equal(buffer.bytes, expected);
	psp_buffer_clear(&buffer);
}

static void
fields_are_quoted_only_where_needed(void **state)
{
	char text[32];

	(void)state;
	check_field("abc", 3, false, "abc");
	check_field("a,b'c d", 7, false, "a,b'c d");
	check_field("", 0, false, "");
	check_field("", 0, true, "\"\"");
	check_field("a", 1, true, "a");
	check_field("a;b", 3, false, "\"a;b\"");
	check_field("5\" t", 4, false, "\"5\"\" t\"");
	check_field("\"", 1, false, "\"\"\"\"");
	check_field("a\nb", 3, false, "\"a\nb\"");
	check_field("a\r", 2, false, "\"a\r\"");
	check_field(" a", 2, false, "\" a\"");
	check_field("a\t", 2, false, "\"a\t\"");
	check_field("\xC2\xA0"
		    "a\xE2\x80\xA8",
	    6, false,
	    "\xC2\xA0"
	    "a\xE2\x80\xA8");
	/* Wherever it stands in a word or after one. */
	for (size_t i = 0; i < 21; i++)
		for (size_t size = i + 1; size < 22; size++) {
			struct psp_buffer buffer;
			struct psp_error err;

			memset(text, 'x', sizeof(text));
			text[i] = ';';
			text[size] = ';';
			psp_error_init(&err);
			psp_buffer_init(&buffer);
			assert_true(psp_csv_put_field(
			    &buffer, psp_slice(text, size), ';', false, &err));
			assert_int_equal(buffer.size, size + 2);
			buffer.size = 0;
			text[i] = (char)0xBB;
			assert_true(psp_csv_put_field(
			    &buffer, psp_slice(text, size), ';', false, &err));
			assert_int_equal(buffer.size, size);
			psp_buffer_clear(&buffer);
		}
}

static void
check_report(const struct psp_format *format,
    const struct psp_writer_options *options, const char *expected)
{
	const char *const names[] = { "name", "n", "rate", "note", NULL };
	const struct psp_cell rows[][4] = {
		{ TEXT("Caf\xC3\xA9; bar"), NUMBER("-12.50"), RATE("0.0512"),
		    TEXT("say \"yes\"\n\\") },
		{ TEXT("=1+1"), NUMBER("3"), UNKNOWN, TEXT("+33 6") },
	};
	struct written w;

	written_lay_out(&w, nothing, names, NULL);
	written_open(&w, format, options);
	for (size_t i = 0; i < 2; i++)
		written_put(&w, rows[i]);
	assert_string_equal(written_text(&w, NULL), expected);
	written_clear(&w);
}

static void
reports_are_written_in_each_format(void **state)
{
	const struct psp_writer_options plain = { .separator = ';' };
	const struct psp_writer_options comma = { .no_header = true };
	const struct psp_writer_options excel = { .excel = true };
	const struct psp_writer_options excel_comma = {
		.separator = ',', .no_header = true, .excel = true
	};

	(void)state;
	check_report(&psp_format_csv, &plain,
	    "name;n;rate;note\n"
	    "\"Caf\xC3\xA9; bar\";-12.50;0.0512;\"say \"\"yes\"\"\n\\\"\n"
	    "=1+1;3;;+33 6\n");
	check_report(&psp_format_csv, &comma,
	    "Caf\xC3\xA9; bar,-12.50,0.0512,\"say \"\"yes\"\"\n\\\"\n"
	    "=1+1,3,,+33 6\n");
	check_report(&psp_format_csv, &excel,
	    "\xEF\xBB\xBFname;n;rate;note\r\n"
	    "\"Caf\xC3\xA9; bar\";-12,50;0,0512;\"say \"\"yes\"\"\n\\\"\r\n"
	    "'=1+1;3;;+33 6\r\n");
	check_report(&psp_format_csv, &excel_comma,
	    "\xEF\xBB\xBF"
	    "Caf\xC3\xA9; bar,\"-12,50\",\"0,0512\","
	    "\"say \"\"yes\"\"\n\\\"\r\n"
	    "'=1+1,\"3\",,+33 6\r\n");
	check_report(&psp_format_tsv, &plain,
	    "name\tn\trate\tnote\n"
	    "Caf\xC3\xA9; bar\t-12.50\t0.0512\t\"say \"\"yes\"\"\n\\\"\n"
	    "=1+1\t3\t\t+33 6\n");
	check_report(&psp_format_jsonl, &plain,
	    "{\"name\":\"Caf\xC3\xA9; bar\",\"n\":-12.50,\"rate\":0.0512,"
	    "\"note\":\"say \\\"yes\\\"\\n\\\\\"}\n"
	    "{\"name\":\"=1+1\",\"n\":3,\"rate\":null,\"note\":\"+33 6\"}\n");
	check_report(&psp_format_json, &plain,
	    "[\n{\"name\":\"Caf\xC3\xA9; bar\",\"n\":-12.50,\"rate\":0.0512,"
	    "\"note\":\"say \\\"yes\\\"\\n\\\\\"},\n"
	    "{\"name\":\"=1+1\",\"n\":3,\"rate\":null,\"note\":\"+33 6\"}\n"
	    "]\n");
}

static void
check_empty(const struct psp_format *format, const char *expected)
{
	const char *const names[] = { "a", "b", NULL };
	const struct psp_writer_options options = { .separator = ';' };
	struct written w;

	written_lay_out(&w, nothing, names, NULL);
	written_open(&w, format, &options);
	assert_string_equal(written_text(&w, NULL), expected);
	written_clear(&w);
}

static void
no_rows_are_a_result_too(void **state)
{
	(void)state;
	check_empty(&psp_format_csv, "a;b\n");
	check_empty(&psp_format_tsv, "a\tb\n");
	check_empty(&psp_format_jsonl, "");
	check_empty(&psp_format_json, "[]\n");
}

static void
an_only_cell_is_never_an_empty_line(void **state)
{
	const char *const names[] = { "a", NULL };
	const struct psp_writer_options options = { .no_header = true };
	const struct psp_cell unknown[] = { UNKNOWN };
	const struct psp_cell empty[] = { TEXT("") };
	struct written w;

	(void)state;
	written_lay_out(&w, nothing, names, NULL);
	written_open(&w, &psp_format_csv, &options);
	written_put(&w, unknown);
	written_put(&w, empty);
	assert_string_equal(written_text(&w, NULL), "\"\"\n\"\"\n");
	written_clear(&w);
}

static void
json_names_are_unique(void **state)
{
	const char *const names[] = { "a", "a", "a_2", "", "", "a", "q\"\t",
		NULL };
	const struct psp_writer_options options = { 0 };
	const struct psp_cell cells[] = { NUMBER("1"), NUMBER("2"), NUMBER("3"),
		NUMBER("4"), NUMBER("5"), NUMBER("6"),
		TEXT("\0\x1F\x7F\b\f\r\xE2\x80\xA8") };
	struct written w;

	(void)state;
	written_lay_out(&w, nothing, names, NULL);
	written_open(&w, &psp_format_jsonl, &options);
	written_put(&w, cells);
	assert_string_equal(written_text(&w, NULL),
	    "{\"a\":1,\"a_3\":2,\"a_2\":3,\"\":4,\"_2\":5,\"a_4\":6,"
	    "\"q\\\"\\t\":"
	    "\"\\u0000\\u001f\x7F\\b\\f\\r\xE2\x80\xA8\"}\n");
	written_clear(&w);
}

static void
only_formulas_are_guarded(void **state)
{
	static const char *const run[] = { "=1+1", "=cmd|'/c calc'!A1",
		"@SUM(1)", "\t1", "\r1", " =1", "\xC2\xA0@x", "'=1", "-1+2",
		"+33-6-12", "+a", "\xEF\xBC\x9Dx", "\xEF\xBC\x8Bx", "-12%%",
		"--1", "+()", "-1e", "+" };
	static const char *const shown[] = { "", "a=b", "12", "-12,5", "-5",
		"-1 234,56 \xE2\x82\xAC", "+33 6 12 34 56 78", "+33612345678",
		"+33 (0)6.12", "-3 %", "-1\xE2\x80\xAF,5", "-", "--", "'a",
		"5-3", "e@x.fr" };

	(void)state;
	for (size_t i = 0; i < sizeof(run) / sizeof(run[0]); i++)
		if (!psp_spreadsheet_runs(psp_slice_of(run[i])))
			fail_msg("'%s' is not guarded", run[i]);
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		if (psp_spreadsheet_runs(psp_slice_of(shown[i])))
			fail_msg("'%s' is guarded", shown[i]);
	assert_false(psp_spreadsheet_runs(psp_slice("\0=", 2)));
}

static void
check_limit(const struct psp_format *format, size_t limit, const char *expected)
{
	const char *const names[] = { "a", NULL };
	const struct psp_writer_options options = { 0 };
	const struct psp_cell rows[][1] = { { NUMBER("1") }, { NUMBER("2") },
		{ NUMBER("3") } };
	struct written w;

	written_lay_out(&w, nothing, names, NULL);
	written_open(&w, format, &options);
	w.rows.keep_ends = true;
	for (size_t i = 0; i < 3; i++)
		written_put(&w, rows[i]);
	assert_int_equal(w.rows.n_rows, 3);
	assert_true(w.rows.records[2] == SIZE_MAX);
	assert_true(psp_writer_take(w.writer, &w.rows, limit, &w.err));
	assert_int_equal(w.rows.n_rows, 0);
	assert_int_equal(w.rows.bytes.size, 0);
	written_put(&w, rows[0]);
	assert_string_equal(written_text(&w, NULL), expected);
	written_clear(&w);
}

static void
rows_are_cut_at_the_limit(void **state)
{
	(void)state;
	check_limit(&psp_format_csv, 0, "a\n1\n");
	check_limit(&psp_format_csv, 2, "a\n1\n2\n1\n");
	check_limit(&psp_format_csv, 9, "a\n1\n2\n3\n1\n");
	check_limit(&psp_format_json, 0, "[\n{\"a\":1}\n]\n");
	check_limit(&psp_format_json, 1, "[\n{\"a\":1},\n{\"a\":1}\n]\n");
}

/* Opens a CSV writer of one column on `fd`. */
static void
open_on(struct written *w, int fd)
{
	const char *const names[] = { "a", NULL };
	const struct psp_writer_options options = { .no_header = true };

	written_lay_out(w, nothing, names, NULL);
	w->writer = psp_writer_open(fd, "standard output", &psp_format_csv,
	    &options, &w->layout, &w->err);
	assert_non_null(w->writer);
	w->rows.writer = w->writer;
}

/* Puts row `number` of the long run below. */
static void
put_numbered(struct written *w, size_t number)
{
	char text[32];
	struct psp_cell cell = { PSP_CELL_NUMBER, { text, 0 } };

	cell.text.size = (size_t)snprintf(text, sizeof(text), "%zu", number);
	written_put(w, &cell);
}

static void
writes_are_large(void **state)
{
	int fds[2];
	struct written w;
	struct pollfd ready;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds), 0);
	ready.fd = fds[0];
	ready.events = POLLIN;
	open_on(&w, fds[1]);
	assert_true(psp_writer_begin(w.writer, &w.err));
	for (size_t i = 0; i < 10000; i++)
		put_numbered(&w, i);
	assert_true(psp_writer_take(w.writer, &w.rows, SIZE_MAX, &w.err));
	assert_int_equal(poll(&ready, 1, 0), 0);
	for (size_t i = 0; i < 20000; i++)
		put_numbered(&w, i);
	assert_true(psp_writer_take(w.writer, &w.rows, SIZE_MAX, &w.err));
	assert_int_equal(poll(&ready, 1, 0), 1);
	assert_int_equal(
	    recv(fds[0], NULL, 0, MSG_TRUNC | MSG_PEEK), 48890 + 48890 + 60000);
	written_clear(&w);
	close(fds[0]);
	close(fds[1]);
}

static void
idle_input_lets_rows_go(void **state)
{
	int fds[2];
	char text[8];
	struct written w;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	open_on(&w, fds[1]);
	put_numbered(&w, 42);
	assert_true(psp_writer_take(w.writer, &w.rows, SIZE_MAX, &w.err));
	assert_true(psp_writer_flush(w.writer, &w.err));
	assert_int_equal(read(fds[0], text, sizeof(text)), 3);
	assert_memory_equal(text, "42\n", 3);
	written_clear(&w);
	close(fds[0]);
	close(fds[1]);
}

static void
ring(int signal)
{
	(void)signal;
}

/* Reads numbers, a line each, a few bytes at a time; 0 when all came. */
static int
read_numbers(int fd, size_t n_expected)
{
	char bytes[4099];
	size_t number = 0, value = 0, turn = 0;

	for (;;) {
		ssize_t n = read(fd, bytes, turn++ % 7 == 0 ? 5 : 4099);

		if (n <= 0)
			return n < 0 || number != n_expected;
		for (ssize_t i = 0; i < n; i++) {
			if (bytes[i] != '\n') {
				value = value * 10 + (size_t)(bytes[i] - '0');
				continue;
			}
			if (value != number)
				return 1;
			number++;
			value = 0;
		}
		if (turn % 50 == 0)
			poll(NULL, 0, 1);
	}
}

/* Storms of signals, small pipes and full ones: no byte lost or doubled. */
static void
short_writes_lose_nothing(void **state)
{
	const struct itimerval storm = { { 0, 500 }, { 0, 500 } };
	const struct itimerval calm = { { 0, 0 }, { 0, 0 } };
	const size_t n_rows = 200000;
	struct sigaction action = { .sa_handler = ring }, before;
	int fds[2], status;
	struct written w;
	pid_t child;

	(void)state;
	for (int is_nonblocking = 0; is_nonblocking < 2; is_nonblocking++) {
		assert_int_equal(pipe(fds), 0);
		child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			close(fds[1]);
			_exit(read_numbers(fds[0], n_rows));
		}
		close(fds[0]);
		open_on(&w, fds[1]);
#ifdef F_SETPIPE_SZ
		fcntl(fds[1], F_SETPIPE_SZ, 4096);
#endif
		if (is_nonblocking != 0)
			fcntl(fds[1], F_SETFL, O_NONBLOCK);
		assert_int_equal(sigaction(SIGALRM, &action, &before), 0);
		assert_int_equal(setitimer(ITIMER_REAL, &storm, NULL), 0);
		for (size_t i = 0; i < n_rows; i++) {
			put_numbered(&w, i);
			if (i % 977 == 0)
				assert_true(psp_writer_take(
				    w.writer, &w.rows, SIZE_MAX, &w.err));
		}
		assert_true(
		    psp_writer_take(w.writer, &w.rows, SIZE_MAX, &w.err));
		assert_true(psp_writer_finish(w.writer, &w.err));
		assert_int_equal(setitimer(ITIMER_REAL, &calm, NULL), 0);
		assert_int_equal(sigaction(SIGALRM, &before, NULL), 0);
		written_clear(&w);
		close(fds[1]);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_int_equal(status, 0);
	}
}

/* Writes one row on `fd` and expects the error that `errnum` is. */
static void
check_failure(int fd, int errnum)
{
	struct psp_error again;
	struct written w;

	open_on(&w, fd);
	put_numbered(&w, 1);
	assert_true(psp_writer_take(w.writer, &w.rows, SIZE_MAX, &w.err));
	assert_false(psp_writer_finish(w.writer, &w.err));
	assert_int_equal(w.err.status, PSP_EIO);
	assert_string_equal(w.err.file, "standard output");
	assert_non_null(strstr(w.err.message, strerror(errnum)));
	psp_error_init(&again);
	assert_false(psp_writer_flush(w.writer, &again));
	assert_int_equal(again.status, PSP_EIO);
	written_clear(&w);
}

static void
failed_writes_are_said(void **state)
{
	struct written w;
	int fds[2], full;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	close(fds[0]);
	signal(SIGPIPE, SIG_IGN);
	check_failure(fds[1], EPIPE);
	close(fds[1]);
	signal(SIGPIPE, SIG_DFL);
	check_failure(fds[1], EBADF);
	full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	if (full >= 0) {
		check_failure(full, ENOSPC);
		close(full);
	}
	/* Nothing to say, nothing to fail. */
	open_on(&w, fds[1]);
	assert_true(psp_writer_begin(w.writer, &w.err));
	assert_true(psp_writer_finish(w.writer, &w.err));
	written_clear(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_come_after_the_input),
		cmocka_unit_test(a_cell_takes_the_place_of_its_name),
		cmocka_unit_test(the_header_keeps_its_quotes),
		cmocka_unit_test(fields_are_quoted_only_where_needed),
		cmocka_unit_test(reports_are_written_in_each_format),
		cmocka_unit_test(no_rows_are_a_result_too),
		cmocka_unit_test(an_only_cell_is_never_an_empty_line),
		cmocka_unit_test(json_names_are_unique),
		cmocka_unit_test(only_formulas_are_guarded),
		cmocka_unit_test(rows_are_cut_at_the_limit),
		cmocka_unit_test(writes_are_large),
		cmocka_unit_test(idle_input_lets_rows_go),
		cmocka_unit_test(short_writes_lose_nothing),
		cmocka_unit_test(failed_writes_are_said),
	};

	return cmocka_run_group_tests_name("writer", tests, NULL, NULL);
}
