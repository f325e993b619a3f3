/*
 * Where results go: standard output, or the file of -o, which is either the
 * old one or the whole new one at any time. A regular file is written under
 * another name in its own folder and renamed at the end; a device or a pipe is
 * written straight. A symbolic link is replaced, not followed.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <sys/types.h>

#include "libprospect/base/error.h"

struct cli_output {
	int fd;   /* -1 while closed */
	int lock; /* of the temporary file, while it is renamed; or -1 */
	const char *name;
	size_t width; /* columns of the terminal; 0: it is none */
	char *path;   /* of -o, when it is replaced at the end */
	char *temporary;
	mode_t mode;
};

/* Makes it ready: closed. */
void cli_output_init(struct cli_output *output);

/*
 * Opens `path` for writing; NULL is standard output. The temporary file goes
 * away with a signal that ends the process. `path` is borrowed until the
 * close. PSP_EIO, PSP_ENOMEM.
 */
PSP_NODISCARD bool cli_output_open(
    struct cli_output *output, const char *path, struct psp_error *err);

/* Writes all the bytes. PSP_EIO. */
PSP_NODISCARD bool cli_output_write(struct cli_output *output,
    const char *bytes, size_t size, struct psp_error *err);

/*
 * Ends the output. `keep`: all was written, so the file takes its place;
 * PSP_EIO when that fails, and then the old file stands. Otherwise the new
 * file is removed. Nothing happens to an output that is closed.
 */
PSP_NODISCARD bool cli_output_close(
    struct cli_output *output, bool keep, struct psp_error *err);

#endif
