/* Files to write; see the header. */
#include <config.h>

#include "libprospect/base/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_DIGITS = 9 };

/* The descriptor that `path` is a name of; -1: it is none. */
static int
descriptor_of(const char *path)
{
	static const char *const folders[] = { "/dev/fd/", "/proc/self/fd/" };

	if (strcmp(path, "/dev/stdout") == 0)
		return STDOUT_FILENO;
	if (strcmp(path, "/dev/stderr") == 0)
		return STDERR_FILENO;
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		const char *digits = path + strlen(folders[i]);
		size_t n;

		if (strncmp(path, folders[i], strlen(folders[i])) != 0)
			continue;
		n = strspn(digits, "0123456789");
		if (n > 0 && n <= MOST_DIGITS && digits[n] == '\0')
			return atoi(digits);
	}
	return -1;
}

int
psp_descriptor_open(const char *path, int flags, unsigned int mode)
{
	int named = descriptor_of(path), fd;

	if (named >= 0)
		return fcntl(named, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	do
		fd = open(path, flags | O_WRONLY | O_CLOEXEC, (mode_t)mode);
	while (fd < 0 && errno == EINTR);
	return fd;
}

bool
psp_descriptor_may_retry(int fd, int errnum)
{
	struct pollfd ready = { .fd = fd, .events = POLLOUT };

	if (errnum == EINTR)
		return true;
	if (errnum != EAGAIN && errnum != EWOULDBLOCK)
		return false;
	return poll(&ready, 1, -1) >= 0 || errno == EINTR;
}

bool
psp_descriptor_put(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = write(fd, bytes, size);

		if (n < 0 && psp_descriptor_may_retry(fd, errno))
			continue;
		if (n == 0)
			errno = EIO;
		if (n <= 0)
			return false;
		bytes += n;
		size -= (size_t)n;
	}
	return true;
}
