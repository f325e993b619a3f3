/* source: regular files, redirected input, pipes, and what is refused. */
#include <config.h>

#include "tests/unit/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "libprospect/stream/source.h"

static char path[64];

static int
make_file(void **state)
{
	int fd;

	(void)state;
	strcpy(path, "source-test-XXXXXX");
	fd = mkstemp(path);
	if (fd == -1 || write(fd, "0123456789", 10) != 10)
		return -1;
	return close(fd);
}

static int
remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

/* Puts `fd` in the place of standard input; returns the old one. */
static int
replace_stdin(int fd)
{
	int old = dup(STDIN_FILENO);

	assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	close(fd);
	return old;
}

static void
restore_stdin(int old)
{
	dup2(old, STDIN_FILENO);
	close(old);
}

static void
file_is_read_to_its_size_at_opening(void **state)
{
	struct psp_error err;
	struct psp_source *source;
	char bytes[64];
	size_t size = 0;
	int fd;

	(void)state;
	psp_error_init(&err);
	source = psp_source_open(path, &err);
	assert_non_null(source);
	assert_string_equal(psp_source_name(source), path);
	assert_true(psp_source_size(source, &size));
	assert_int_equal(size, 10);
	fd = open(path, O_WRONLY | O_APPEND);
	assert_int_equal(write(fd, "later", 5), 5);
	close(fd);
	assert_int_equal(psp_source_read(source, bytes, 4, &err), 4);
	assert_memory_equal(bytes, "0123", 4);
	assert_true(psp_source_size(source, &size));
	assert_int_equal(size, 6);
	assert_int_equal(psp_source_read(source, bytes, 64, &err), 6);
	assert_memory_equal(bytes, "456789", 6);
	assert_int_equal(psp_source_read(source, bytes, 64, &err), 0);
	psp_source_close(source);
}

static void
file_that_shrinks_ends(void **state)
{
	struct psp_error err;
	struct psp_source *source;
	char bytes[64];

	(void)state;
	psp_error_init(&err);
	source = psp_source_open(path, &err);
	assert_non_null(source);
	assert_int_equal(truncate(path, 3), 0);
	assert_int_equal(psp_source_read(source, bytes, 64, &err), 3);
	assert_int_equal(psp_source_read(source, bytes, 64, &err), 0);
	psp_source_close(source);
}

static void
redirected_input_begins_at_its_offset(void **state)
{
	struct psp_error err;
	struct psp_source *source;
	char bytes[64];
	size_t size = 0;
	int fd = open(path, O_RDONLY), old;

	(void)state;
	psp_error_init(&err);
	assert_int_equal(lseek(fd, 7, SEEK_SET), 7);
	old = replace_stdin(fd);
	source = psp_source_open("-", &err);
	assert_non_null(source);
	assert_string_equal(psp_source_name(source), "standard input");
	assert_true(psp_source_size(source, &size));
	assert_int_equal(size, 3);
	assert_int_equal(psp_source_read(source, bytes, 64, &err), 3);
	assert_memory_equal(bytes, "789", 3);
	psp_source_close(source);
	/* not ours to close */
	assert_int_not_equal(fcntl(STDIN_FILENO, F_GETFD), -1);
	restore_stdin(old);
}

static void
offset_past_the_end_is_an_end(void **state)
{
	struct psp_error err;
	struct psp_source *source;
	char bytes[64];
	int fd = open(path, O_RDONLY), old;

	(void)state;
	psp_error_init(&err);
	assert_int_equal(lseek(fd, 100, SEEK_SET), 100);
	old = replace_stdin(fd);
	source = psp_source_open("-", &err);
	assert_non_null(source);
	assert_int_equal(psp_source_read(source, bytes, 64, &err), 0);
	psp_source_close(source);
	restore_stdin(old);
}

static void
on_alarm(int signal_number)
{
	(void)signal_number;
}

/* A pipe gives what is there, waits through signals and although it was made
 * not to wait. */
static void
pipe_gives_what_one_read_gave(void **state)
{
	struct itimerval soon = { { 0, 1000 }, { 0, 1000 } };
	struct itimerval never = { { 0, 0 }, { 0, 0 } };
	struct sigaction action = { .sa_handler = on_alarm };
	struct psp_error err;
	struct psp_source *source;
	char bytes[64];
	size_t size = 0;
	int ends[2], old;

	(void)state;
	psp_error_init(&err);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
	if (fork() == 0) {
		ssize_t n = write(ends[1], "abc", 3);

		usleep(30000);
		n += write(ends[1], "de", 2);
		_exit(n == 5 ? 0 : 1);
	}
	close(ends[1]);
	old = replace_stdin(ends[0]);
	source = psp_source_open("-", &err);
	assert_non_null(source);
	assert_false(psp_source_size(source, &size));
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	assert_int_equal(psp_source_read(source, bytes, 64, &err), 3);
	assert_int_equal(psp_source_read(source, bytes, 64, &err), 2);
	assert_memory_equal(bytes, "de", 2);
	assert_int_equal(psp_source_read(source, bytes, 64, &err), 0);
	setitimer(ITIMER_REAL, &never, NULL);
	psp_source_close(source);
	restore_stdin(old);
}

#ifdef F_GETPIPE_SZ
/* As far as the system grows pipes here: another one is grown to compare. */
static void
pipe_is_grown(void **state)
{
	struct psp_error err;
	struct psp_source *source;
	int ends[2], other[2], old;

	(void)state;
	psp_error_init(&err);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(pipe(other), 0);
	(void)fcntl(other[0], F_SETPIPE_SZ, 1 << 20);
	old = replace_stdin(ends[0]);
	source = psp_source_open("-", &err);
	assert_non_null(source);
	assert_int_equal(
	    fcntl(STDIN_FILENO, F_GETPIPE_SZ), fcntl(other[0], F_GETPIPE_SZ));
	psp_source_close(source);
	close(ends[1]);
	close(other[0]);
	close(other[1]);
	restore_stdin(old);
}
#endif

static void
empty_file_has_no_bytes(void **state)
{
	struct psp_error err;
	struct psp_source *source;
	char bytes[4];

	(void)state;
	psp_error_init(&err);
	assert_int_equal(truncate(path, 0), 0);
	source = psp_source_open(path, &err);
	assert_non_null(source);
	assert_int_equal(psp_source_read(source, bytes, 4, &err), 0);
	psp_source_close(source);
}

static void
refusals_say_why(void **state)
{
	struct psp_error err;
	int old;

	(void)state;
	psp_error_init(&err);
	assert_null(psp_source_open(".", &err));
	assert_int_equal(err.status, PSP_EIO);
	assert_string_equal(err.file, ".");
	assert_string_equal(err.message, "cannot open: Is a directory");
	psp_error_init(&err);
	assert_null(psp_source_open("no/such/file.csv", &err));
	assert_int_equal(err.status, PSP_EIO);
	assert_string_equal(
	    err.message, "cannot open: No such file or directory");
	psp_error_init(&err);
	old = replace_stdin(open(".", O_RDONLY));
	assert_null(psp_source_open("-", &err));
	assert_string_equal(err.file, "standard input");
	assert_string_equal(err.message, "cannot read: Is a directory");
	close(STDIN_FILENO);
	psp_error_init(&err);
	assert_null(psp_source_open("-", &err));
	assert_string_equal(err.message, "cannot read: Bad file descriptor");
	restore_stdin(old);
	psp_source_close(NULL);
}

static void
failed_read_is_said(void **state)
{
	struct psp_error err;
	struct psp_source *source;
	char byte;
	int old;

	(void)state;
	psp_error_init(&err);
	old = replace_stdin(open("/dev/null", O_WRONLY));
	source = psp_source_open("-", &err);
	assert_non_null(source);
	assert_int_equal(psp_source_read(source, &byte, 1, &err), -1);
	assert_int_equal(err.status, PSP_EIO);
	assert_string_equal(err.message, "cannot read: Bad file descriptor");
	psp_source_close(source);
	restore_stdin(old);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    file_is_read_to_its_size_at_opening, make_file,
		    remove_file),
		cmocka_unit_test_setup_teardown(
		    file_that_shrinks_ends, make_file, remove_file),
		cmocka_unit_test_setup_teardown(
		    redirected_input_begins_at_its_offset, make_file,
		    remove_file),
		cmocka_unit_test_setup_teardown(
		    offset_past_the_end_is_an_end, make_file, remove_file),
		cmocka_unit_test(pipe_gives_what_one_read_gave),
#ifdef F_GETPIPE_SZ
		cmocka_unit_test(pipe_is_grown),
#endif
		cmocka_unit_test_setup_teardown(
		    empty_file_has_no_bytes, make_file, remove_file),
		cmocka_unit_test(refusals_say_why),
		cmocka_unit_test(failed_read_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
