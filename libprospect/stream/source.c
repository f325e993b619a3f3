/*
 * Opening and reading; what the bytes mean is left to others. A regular file
 * is read by pread, so that its size when opened holds even while it grows,
 * and so that standard input redirected from a file begins where the shell
 * left it. A regular file of size 0 may be one of /proc, whose size is not
 * known before it is read: it is read like a pipe.
 */
#include <config.h>

#include "libprospect/stream/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libprospect/base/catalog.h"

enum { PIPE_SIZE = 1 << 20, MAX_READ_SIZE = 1 << 30 };

struct psp_source {
	int fd;
	bool is_ours; /* to be closed by us */
	bool is_regular;
	off_t offset; /* of the next byte of a regular file */
	off_t end;
	char name[];
};

/* The pipes of a toolkit are three times as fast when they are larger; where
 * the system cannot or will not, they work as they are. */
static void
grow_pipe(int fd)
{
#ifdef F_SETPIPE_SZ
	(void)fcntl(fd, F_SETPIPE_SZ, (int)PIPE_SIZE);
#else
	(void)fd;
#endif
}

/* Finds out what `source` reads from. */
static bool
look_at(struct psp_source *source, const char *doing, struct psp_error *err)
{
	struct stat st;

	if (fstat(source->fd, &st) != 0)
		return psp_error_system(err, source->name, doing, errno);
	if (S_ISDIR(st.st_mode))
		return psp_error_system(err, source->name, doing, EISDIR);
	if (S_ISFIFO(st.st_mode))
		grow_pipe(source->fd);
	if (S_ISREG(st.st_mode) && st.st_size > 0) {
		source->offset = lseek(source->fd, 0, SEEK_CUR);
		if (source->offset == -1)
			return psp_error_system(
			    err, source->name, doing, errno);
		source->end = st.st_size;
		if (source->offset > source->end)
			source->end = source->offset;
		source->is_regular = true;
	}
	return true;
}

struct psp_source *
psp_source_open(const char *path, struct psp_error *err)
{
	bool is_stdin = strcmp(path, "-") == 0;
	const char *name = is_stdin ? _("standard input") : path;
	size_t name_size = strlen(name) + 1;
	struct psp_source *source = calloc(1, sizeof(*source) + name_size);

	if (source == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	memcpy(source->name, name, name_size);
	if (is_stdin) {
		source->fd = STDIN_FILENO;
	} else {
		do
			source->fd =
			    open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		while (source->fd == -1 && errno == EINTR);
		if (source->fd == -1) {
			psp_error_system(err, name, "open", errno);
			goto failed;
		}
		source->is_ours = true;
	}
	if (!look_at(source, is_stdin ? "read" : "open", err))
		goto failed;
	return source;
failed:
	psp_source_close(source);
	return NULL;
}

void
psp_source_close(struct psp_source *source)
{
	if (source == NULL)
		return;
	if (source->is_ours)
		(void)close(source->fd);
	free(source);
}

const char *
psp_source_name(const struct psp_source *source)
{
	return source->name;
}

bool
psp_source_size(const struct psp_source *source, size_t *size)
{
	if (!source->is_regular)
		return false;
	*size = (size_t)(source->end - source->offset);
	return true;
}

size_t
psp_source_offset(const struct psp_source *source)
{
	return (size_t)source->offset;
}

/* One read; waits where the descriptor came to us as one that does not. */
static ssize_t
read_once(
    const struct psp_source *source, char *bytes, size_t size, off_t offset)
{
	for (;;) {
		struct pollfd wanted = { source->fd, POLLIN, 0 };
		ssize_t n;

		if (source->is_regular)
			n = pread(source->fd, bytes, size, offset);
		else
			n = read(source->fd, bytes, size);
		if (n >= 0)
			return n;
		if (errno == EINTR)
			continue;
		if (errno != EAGAIN && errno != EWOULDBLOCK)
			return -1;
		if (poll(&wanted, 1, -1) == -1 && errno != EINTR)
			return -1;
	}
}

ptrdiff_t
psp_source_read(
    struct psp_source *source, void *bytes, size_t size, struct psp_error *err)
{
	size_t done = 0, left;

	if (size > MAX_READ_SIZE)
		size = MAX_READ_SIZE;
	if (psp_source_size(source, &left) && size > left)
		size = left;
	while (done < size) {
		ssize_t n = read_once(
		    source, (char *)bytes + done, size - done, source->offset);

		if (n < 0) {
			psp_error_system(err, source->name, "read", errno);
			return -1;
		}
		done += (size_t)n;
		if (n == 0 || !source->is_regular)
			break;
		source->offset += n;
	}
	return (ptrdiff_t)done;
}

ptrdiff_t
psp_source_read_at(const struct psp_source *source, void *bytes, size_t size,
    size_t offset, struct psp_error *err)
{
	size_t end = (size_t)source->end, done = 0;

	if (offset > end)
		offset = end;
	if (size > end - offset)
		size = end - offset;
	while (done < size) {
		ssize_t n = read_once(source, (char *)bytes + done, size - done,
		    (off_t)(offset + done));

		if (n < 0) {
			psp_error_system(err, source->name, "read", errno);
			return -1;
		}
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (ptrdiff_t)done;
}
