/* The way of results to their place; see the header. */
#include <config.h>

#include "cmd/cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEFAULT_WIDTH = 80, N_TRIES = 100 };

/*
 * The temporary file, for the handler of signals: the one thing that outlives
 * a call besides the options, since a handler gets no argument.
 */
static const char *volatile to_remove;

static const int ending_signals[] = { SIGHUP, SIGINT, SIGPIPE, SIGTERM };
enum { N_SIGNALS = sizeof(ending_signals) / sizeof(ending_signals[0]) };

/* Removes the temporary file and dies of the signal after all. */
static void
remove_and_die(int number)
{
	if (to_remove != NULL)
		unlink(to_remove);
	raise(number);
}

/* Signals that are ignored stay so. */
static void
watch_signals(void)
{
	struct sigaction action, old;

	memset(&action, 0, sizeof(action));
	action.sa_handler = remove_and_die;
	action.sa_flags = (int)SA_RESETHAND;
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < N_SIGNALS; i++)
		if (sigaction(ending_signals[i], NULL, &old) == 0
		    && old.sa_handler == SIG_DFL)
			sigaction(ending_signals[i], &action, NULL);
}

/* Blocks the signals while a file exists that `to_remove` does not name. */
static void
hold_signals(sigset_t *old)
{
	sigset_t held;

	sigemptyset(&held);
	for (size_t i = 0; i < N_SIGNALS; i++)
		sigaddset(&held, ending_signals[i]);
	sigprocmask(SIG_BLOCK, &held, old);
}

/* The columns of the terminal; 0 when `fd` is none. */
static size_t
terminal_width(int fd)
{
	struct winsize size;

	if (!isatty(fd))
		return 0;
	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return DEFAULT_WIDTH;
}

void
cli_output_init(struct cli_output *output)
{
	memset(output, 0, sizeof(*output));
	output->fd = -1;
}

/* A name in the folder of `path` that nobody can foresee. Freed by the caller.
 */
static char *
make_temporary_name(const char *path, struct psp_error *err)
{
	const char *slash = strrchr(path, '/');
	int folder_size = slash != NULL ? (int)(slash + 1 - path) : 0;
	unsigned long long number;
	char *name;

	if (getrandom(&number, sizeof(number), 0) != sizeof(number)) {
		psp_error_system(err, path, "get a random number", errno);
		return NULL;
	}
	if (asprintf(
		&name, "%.*s.prospect-%016llx.tmp", folder_size, path, number)
	    < 0) {
		psp_error_memory(err);
		return NULL;
	}
	return name;
}

static bool
open_temporary(
    struct cli_output *output, const char *path, struct psp_error *err)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	sigset_t old;

	for (int i = 0; i < N_TRIES; i++) {
		char *name = make_temporary_name(path, err);
		int errnum;

		if (name == NULL)
			return false;
		hold_signals(&old);
		output->fd = open(name, flags, 0600);
		errnum = errno;
		if (output->fd >= 0) {
			output->temporary = name;
			to_remove = name;
			watch_signals();
		}
		sigprocmask(SIG_SETMASK, &old, NULL);
		if (output->fd >= 0)
			return true;
		free(name);
		if (errnum != EEXIST)
			return psp_error_system(err, path,
			    "create a new file in the folder", errnum);
	}
	return psp_error_system(
	    err, path, "create a new file in the folder", EEXIST);
}

static mode_t
mode_of_new_file(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/* Opens a device or a pipe. */
static bool
open_straight(
    struct cli_output *output, const char *path, struct psp_error *err)
{
	output->fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	if (output->fd < 0)
		return psp_error_system(err, path, "open", errno);
	output->width = terminal_width(output->fd);
	return true;
}

static bool
open_file(struct cli_output *output, const char *path, struct psp_error *err)
{
	struct stat status;

	if (stat(path, &status) == 0) {
		/* /dev/stdout may well be a regular file. */
		if ((!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
		    || strncmp(path, "/dev/", 5) == 0)
			return open_straight(output, path, err);
		if (S_ISDIR(status.st_mode))
			return psp_error_system(err, path, "write", EISDIR);
		if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
			return psp_error_system(err, path, "write", errno);
		output->mode = status.st_mode & 0777;
	} else if (errno == ENOENT)
		output->mode = mode_of_new_file();
	else
		return psp_error_system(err, path, "open", errno);
	output->path = strdup(path);
	if (output->path == NULL)
		return psp_error_memory(err);
	return open_temporary(output, path, err);
}

bool
cli_output_open(
    struct cli_output *output, const char *path, struct psp_error *err)
{
	if (path != NULL) {
		output->name = path;
		return open_file(output, path, err);
	}
	output->name = "standard output";
	output->fd = STDOUT_FILENO;
	output->width = terminal_width(output->fd);
	return true;
}

bool
cli_output_write(struct cli_output *output, const char *bytes, size_t size,
    struct psp_error *err)
{
	while (size > 0) {
		ssize_t n = write(output->fd, bytes, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return psp_error_system(
			    err, output->name, "write", errno);
		bytes += n;
		size -= (size_t)n;
	}
	return true;
}

/* Gives the finished file its mode and its name. */
static bool
put_in_place(struct cli_output *output, struct psp_error *err)
{
	if (fchmod(output->fd, output->mode) != 0)
		return psp_error_system(
		    err, output->name, "set the mode", errno);
	if (fsync(output->fd) != 0)
		return psp_error_system(err, output->name, "write", errno);
	if (close(output->fd) != 0) {
		output->fd = -1;
		return psp_error_system(err, output->name, "close", errno);
	}
	output->fd = -1;
	if (rename(output->temporary, output->path) != 0)
		return psp_error_system(err, output->name, "replace", errno);
	return true;
}

/* Lets go of the temporary file, which is renamed or still to be removed. */
static void
forget_temporary(struct cli_output *output, bool in_place)
{
	if (!in_place && output->temporary != NULL)
		unlink(output->temporary);
	to_remove = NULL;
	free(output->temporary);
	free(output->path);
	output->temporary = NULL;
	output->path = NULL;
}

bool
cli_output_close(struct cli_output *output, bool keep, struct psp_error *err)
{
	bool done = true;

	if (keep && output->temporary != NULL)
		done = put_in_place(output, err);
	if (output->fd >= 0 && close(output->fd) != 0 && keep && errno != EINTR)
		done = psp_error_system(err, output->name, "close", errno);
	output->fd = -1;
	forget_temporary(output, keep && done);
	return done;
}
