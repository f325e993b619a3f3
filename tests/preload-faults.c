/*
 * Makes a call of a program fail: preloaded by the cases of tests/faults. The
 * variable PRELOAD_FAULT says which,
 *
 *	CALL:N:ERROR	the N-th CALL fails with that number of errno, or the
 *			process gets that signal there when it is negative
 *	CALL+:N:ERROR	the N-th and all after it
 *	short:N:0	reads and writes move 1 to 7 bytes, and every N-th is
 *			interrupted before it moves any
 *	reads:N:0	reads move at most N bytes
 *	random:1:0	random bytes are zeros, for whoever can foresee them
 *	clock:N:0	the clock stands still N seconds after 1970 began
 *
 * where CALL is malloc (calloc, realloc and the like count with it), read
 * (pread), write (writev; not to standard error), open, close, rename, fsync
 * or fchmod. What libraries do before main() is not counted. PRELOAD_REPORT
 * names a file that is made once the call has failed: without it, N was larger
 * than the calls there are.
 */
#include <config.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static struct {
	const char *call; /* NULL: nothing fails yet */
	size_t call_size;
	bool and_later;
	bool is_short, is_capped, is_foreseen, is_still;
	long n;
	int errnum;
} fault;

/* Whether `call` is the one to fail now; sets errno. */
static bool
fails(const char *call)
{
	static bool has_failed;
	const char *report;
	long n;

	if (fault.call == NULL || strlen(call) != fault.call_size
	    || memcmp(call, fault.call, fault.call_size) != 0)
		return false;
	n = __atomic_sub_fetch(&fault.n, 1, __ATOMIC_RELAXED);
	if (n > 0 || (n < 0 && !fault.and_later))
		return false;
	report = getenv("PRELOAD_REPORT");
	if (!has_failed && report != NULL) {
		long fd = syscall(SYS_openat, AT_FDCWD, report,
		    O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

		if (fd >= 0)
			syscall(SYS_close, fd);
	}
	has_failed = true;
	if (fault.errnum < 0)
		raise(-fault.errnum);
	errno = fault.errnum;
	return true;
}

/* The size of a read that moves no more than so many bytes. */
static size_t
cap(size_t size)
{
	return fault.is_capped && size > (size_t)fault.n ? (size_t)fault.n
	                                                 : size;
}

/* The size of a short read or write; 0 when it is interrupted. */
static size_t
shorten(size_t size)
{
	static long n_calls;

	if (!fault.is_short || size == 0)
		return size;
	n_calls++;
	if (n_calls % fault.n == 0) {
		errno = EINTR;
		return 0;
	}
	n_calls %= 7 * fault.n;
	return size < (size_t)(n_calls % 7 + 1) ? size
	                                        : (size_t)(n_calls % 7 + 1);
}

/* Makes `*next`, a pointer to a function, the function behind ours. ISO C knows
 * no cast for that. */
static void
find_next(void *next, const char *name)
{
	void *found;

	memcpy(&found, next, sizeof(found));
	if (found != NULL)
		return;
	found = dlsym(RTLD_NEXT, name);
	if (found == NULL)
		abort();
	memcpy(next, &found, sizeof(found));
}

__attribute__((constructor)) static void
read_fault(void)
{
	const char *text = getenv("PRELOAD_FAULT");
	const char *colon = text != NULL ? strchr(text, ':') : NULL;
	char *end;

	if (colon == NULL)
		return;
	fault.n = strtol(colon + 1, &end, 10);
	fault.errnum = *end == ':' ? (int)strtol(end + 1, &end, 10) : 0;
	fault.call_size = (size_t)(colon - text);
	fault.is_short = strncmp(text, "short:", 6) == 0;
	fault.is_capped = strncmp(text, "reads:", 6) == 0 && fault.n > 0;
	fault.is_foreseen = strncmp(text, "random:", 7) == 0;
	fault.is_still = strncmp(text, "clock:", 6) == 0;
	fault.and_later = colon[-1] == '+';
	fault.call_size -= fault.and_later;
	fault.call = text;
}

void *
malloc(size_t size)
{
	static void *(*next)(size_t);

	find_next(&next, "malloc");
	return fails("malloc") ? NULL : next(size);
}

void *
calloc(size_t n, size_t size)
{
	static void *(*next)(size_t, size_t);

	find_next(&next, "calloc");
	return fails("malloc") ? NULL : next(n, size);
}

void *
realloc(void *bytes, size_t size)
{
	static void *(*next)(void *, size_t);

	find_next(&next, "realloc");
	return fails("malloc") ? NULL : next(bytes, size);
}

void *
reallocarray(void *bytes, size_t n, size_t size)
{
	static void *(*next)(void *, size_t, size_t);

	find_next(&next, "reallocarray");
	return fails("malloc") ? NULL : next(bytes, n, size);
}

int
posix_memalign(void **bytes, size_t alignment, size_t size)
{
	static int (*next)(void **, size_t, size_t);

	find_next(&next, "posix_memalign");
	return fails("malloc") ? ENOMEM : next(bytes, alignment, size);
}

void *
aligned_alloc(size_t alignment, size_t size)
{
	static void *(*next)(size_t, size_t);

	find_next(&next, "aligned_alloc");
	return fails("malloc") ? NULL : next(alignment, size);
}

ssize_t
read(int fd, void *bytes, size_t size)
{
	static ssize_t (*next)(int, void *, size_t);
	size_t short_size;

	find_next(&next, "read");
	if (fails("read"))
		return -1;
	short_size = shorten(cap(size));
	return short_size == 0 && size > 0 ? -1 : next(fd, bytes, short_size);
}

ssize_t
pread(int fd, void *bytes, size_t size, off_t offset)
{
	static ssize_t (*next)(int, void *, size_t, off_t);
	size_t short_size;

	find_next(&next, "pread");
	if (fails("read"))
		return -1;
	short_size = shorten(cap(size));
	return short_size == 0 && size > 0
	           ? -1
	           : next(fd, bytes, short_size, offset);
}

ssize_t
write(int fd, const void *bytes, size_t size)
{
	static ssize_t (*next)(int, const void *, size_t);
	size_t short_size;

	find_next(&next, "write");
	/* The message about it has to come through. */
	if (fd != STDERR_FILENO && fails("write"))
		return -1;
	short_size = shorten(size);
	return short_size == 0 && size > 0 ? -1 : next(fd, bytes, short_size);
}

/* A short one is a write of the first bytes there are. */
ssize_t
writev(int fd, const struct iovec *parts, int n_parts)
{
	static ssize_t (*next)(int, const struct iovec *, int);

	find_next(&next, "writev");
	for (int i = 0; fault.is_short && i < n_parts; i++)
		if (parts[i].iov_len > 0)
			return write(fd, parts[i].iov_base, parts[i].iov_len);
	return fails("write") ? -1 : next(fd, parts, n_parts);
}

int
open(const char *path, int flags, ...)
{
	static int (*next)(const char *, int, ...);
	va_list arguments;
	mode_t mode;

	find_next(&next, "open");
	va_start(arguments, flags);
	mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
	va_end(arguments);
	return fails("open") ? -1 : next(path, flags, mode);
}

/* Closes all the same, as Linux does. */
int
close(int fd)
{
	static int (*next)(int);
	int errnum, result;

	find_next(&next, "close");
	if (!fails("close"))
		return next(fd);
	errnum = errno;
	result = next(fd);
	errno = errnum;
	return result == 0 ? -1 : result;
}

int
rename(const char *from, const char *to)
{
	static int (*next)(const char *, const char *);

	find_next(&next, "rename");
	return fails("rename") ? -1 : next(from, to);
}

int
fsync(int fd)
{
	static int (*next)(int);

	find_next(&next, "fsync");
	return fails("fsync") ? -1 : next(fd);
}

int
fchmod(int fd, mode_t mode)
{
	static int (*next)(int, mode_t);

	find_next(&next, "fchmod");
	return fails("fchmod") ? -1 : next(fd, mode);
}

ssize_t
getrandom(void *bytes, size_t size, unsigned int flags)
{
	static ssize_t (*next)(void *, size_t, unsigned int);

	find_next(&next, "getrandom");
	if (!fault.is_foreseen)
		return next(bytes, size, flags);
	memset(bytes, 0, size);
	return (ssize_t)size;
}

time_t
time(time_t *now)
{
	static time_t (*next)(time_t *);

	find_next(&next, "time");
	if (!fault.is_still)
		return next(now);
	if (now != NULL)
		*now = (time_t)fault.n;
	return (time_t)fault.n;
}
