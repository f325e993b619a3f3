/* The way of results to their place; see the header. */
#include <config.h>

#include "cmd/cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/cli/temporary.h"
#include "libprospect/base/catalog.h"
#include "libprospect/base/descriptor.h"

enum { DEFAULT_WIDTH = 80 };

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
	output->lock = -1;
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
	output->fd = psp_descriptor_open(path, O_NOCTTY, 0);
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
	output->temporary = cli_temporary_new(path, &output->fd, err);
	return output->temporary != NULL;
}

bool
cli_output_open(
    struct cli_output *output, const char *path, struct psp_error *err)
{
	if (path != NULL) {
		output->name = path;
		return open_file(output, path, err);
	}
	output->name = _("standard output");
	output->fd = STDOUT_FILENO;
	output->width = terminal_width(output->fd);
	return true;
}

bool
cli_output_write(struct cli_output *output, const char *bytes, size_t size,
    struct psp_error *err)
{
	return psp_descriptor_put(output->fd, bytes, size)
	       || psp_error_system(err, output->name, "write", errno);
}

/*
 * Gives the finished file its mode and its name. What was written may fail as
 * late as at the close, so it is closed before; a second descriptor keeps the
 * lock until then, or the file would look left over.
 */
static bool
put_in_place(struct cli_output *output, struct psp_error *err)
{
	if (fchmod(output->fd, output->mode) != 0)
		return psp_error_system(
		    err, output->name, "set the mode", errno);
	if (fsync(output->fd) != 0)
		return psp_error_system(err, output->name, "write", errno);
	output->lock = fcntl(output->fd, F_DUPFD_CLOEXEC, 0);
	if (output->lock < 0)
		return psp_error_system(err, output->name, "lock", errno);
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
	cli_temporary_free(output->temporary, in_place);
	if (output->lock >= 0)
		(void)close(output->lock);
	free(output->path);
	output->lock = -1;
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
