/*
 * Temporary files; see the header. Each is locked by the process that writes
 * it, and the lock goes with the process, however it dies: a file of our
 * naming, owned by this user, that nobody holds a lock on is left over. Where
 * a file system has no locks nothing is removed.
 */
#include <config.h>

#include "cmd/cli/temporary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

/* A name is PREFIX, digits in hexadecimal, SUFFIX. */
static const char prefix[] = ".prospect-";
static const char suffix[] = ".tmp";

enum { PREFIX_SIZE = sizeof(prefix) - 1, N_DIGITS = 16, N_TRIES = 100 };

/*
 * The file to remove, for the handler of signals: the one thing that outlives
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

/* A name in the folder of `path` that nobody can foresee. Freed by the caller.
 */
static char *
make_name(const char *path, struct psp_error *err)
{
	const char *slash = strrchr(path, '/');
	int folder_size = slash != NULL ? (int)(slash + 1 - path) : 0;
	unsigned long long number;
	char *name;

	if (getrandom(&number, sizeof(number), 0) != sizeof(number)) {
		psp_error_system(err, path, "get a random number", errno);
		return NULL;
	}
	if (asprintf(&name, "%.*s%s%0*llx%s", folder_size, path, prefix,
		N_DIGITS, number, suffix)
	    < 0) {
		psp_error_memory(err);
		return NULL;
	}
	return name;
}

/*
 * Locks a file just made. False when another run took it for left over: it
 * holds the lock, or has removed the file already.
 */
static bool
lock_new_file(int fd)
{
	struct stat status;

	if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
		return false;
	return fstat(fd, &status) != 0 || status.st_nlink > 0;
}

/* Makes the file `name` and takes its place among what signals remove. Returns
 * its descriptor; -1 with errno. */
static int
make_file(char *name)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	sigset_t old;
	int fd, errnum;

	hold_signals(&old);
	fd = open(name, flags, 0600);
	errnum = errno;
	if (fd >= 0 && !lock_new_file(fd)) {
		unlink(name);
		close(fd);
		fd = -1;
		errnum = EEXIST;
	}
	if (fd >= 0) {
		to_remove = name;
		watch_signals();
	}
	sigprocmask(SIG_SETMASK, &old, NULL);
	errno = errnum;
	return fd;
}

static bool
is_our_naming(const char *name)
{
	return strncmp(name, prefix, PREFIX_SIZE) == 0
	       && strspn(name + PREFIX_SIZE, "0123456789abcdef") == N_DIGITS
	       && strcmp(name + PREFIX_SIZE + N_DIGITS, suffix) == 0;
}

/* Removes a file of our naming that nobody writes any more. */
static void
remove_if_left_over(int folder, const char *name)
{
	struct stat status;
	int fd;

	if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0
	    || !S_ISREG(status.st_mode) || status.st_uid != geteuid())
		return;
	fd = openat(folder, name,
	    O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		unlinkat(folder, name, 0);
	close(fd);
}

/* A folder that cannot be read is not cleaned: nothing depends on it. */
static void
remove_left_over(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *name;
	DIR *folder;

	name = slash != NULL ? strndup(path, (size_t)(slash + 1 - path))
	                     : strdup(".");
	if (name == NULL)
		return;
	folder = opendir(name);
	free(name);
	if (folder == NULL)
		return;
	for (;;) {
		const struct dirent *entry = readdir(folder);

		if (entry == NULL)
			break;
		if (is_our_naming(entry->d_name))
			remove_if_left_over(dirfd(folder), entry->d_name);
	}
	closedir(folder);
}

char *
cli_temporary_new(const char *path, int *fd, struct psp_error *err)
{
	int errnum = EEXIST;

	remove_left_over(path);
	for (int i = 0; (errnum == EEXIST || errnum == EINTR) && i < N_TRIES;
	     i++) {
		char *name = make_name(path, err);

		if (name == NULL)
			return NULL;
		*fd = make_file(name);
		if (*fd >= 0)
			return name;
		errnum = errno;
		free(name);
	}
	psp_error_system(err, path, "create a new file in the folder", errnum);
	return NULL;
}

void
cli_temporary_free(char *temporary, bool is_renamed)
{
	if (temporary == NULL)
		return;
	if (!is_renamed)
		unlink(temporary);
	to_remove = NULL;
	free(temporary);
}
