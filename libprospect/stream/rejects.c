/* The file of rejected records; see the header. */
#include <config.h>

#include "libprospect/stream/rejects.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libprospect/base/descriptor.h"

enum { MODE = 0600, WRITE_SIZE = 65536 };

void
psp_rejects_init(struct psp_rejects *rejects, const char *path)
{
	rejects->path = path;
	rejects->fd = -1;
	psp_buffer_init(&rejects->waiting);
}

void
psp_rejects_clear(struct psp_rejects *rejects)
{
	if (rejects->fd >= 0)
		close(rejects->fd);
	rejects->fd = -1;
	psp_buffer_clear(&rejects->waiting);
}

bool
psp_rejects_check(
    const struct psp_rejects *rejects, const char *path, struct psp_error *err)
{
	struct stat kept, input;
	bool is_stdin = strcmp(path, "-") == 0;

	if (rejects->path == NULL || stat(rejects->path, &kept) != 0
	    || !S_ISREG(kept.st_mode)
	    || (is_stdin ? fstat(STDIN_FILENO, &input) : stat(path, &input))
		   != 0
	    || input.st_dev != kept.st_dev || input.st_ino != kept.st_ino)
		return true;
	return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
	    "option '--rejects' names the input '%s', which would be lost; "
	    "name another file",
	    path);
}

bool
psp_rejects_open(struct psp_rejects *rejects, struct psp_error *err)
{
	if (rejects->path == NULL)
		return true;
	rejects->fd =
	    psp_descriptor_open(rejects->path, O_CREAT | O_TRUNC, MODE);
	return rejects->fd >= 0
	       || psp_error_system(err, rejects->path, "create", errno);
}

static bool
flush(struct psp_rejects *rejects, struct psp_error *err)
{
	if (!psp_descriptor_put(
		rejects->fd, rejects->waiting.bytes, rejects->waiting.size))
		return psp_error_system(err, rejects->path, "write", errno);
	rejects->waiting.size = 0;
	return true;
}

bool
psp_rejects_put(struct psp_rejects *rejects, struct psp_slice bytes,
    bool ends_line, struct psp_error *err)
{
	if (rejects->fd < 0)
		return true;
	if (!psp_buffer_slice(&rejects->waiting, bytes, err)
	    || (ends_line && !psp_buffer_put(&rejects->waiting, '\n', err)))
		return false;
	return rejects->waiting.size < WRITE_SIZE || flush(rejects, err);
}

bool
psp_rejects_close(struct psp_rejects *rejects, struct psp_error *err)
{
	int fd = rejects->fd;
	bool is_written;

	if (fd < 0)
		return true;
	is_written = flush(rejects, err);
	rejects->fd = -1;
	if (close(fd) == 0 || !is_written)
		return is_written;
	return psp_error_system(err, rejects->path, "close", errno);
}
