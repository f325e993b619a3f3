/*
 * The file of rejected records, as --rejects asks for it: the header, then each
 * record as it stood (decoded), in input order.
 */
#ifndef PSP_STREAM_REJECTS_H
#define PSP_STREAM_REJECTS_H

#include "libprospect/base/buffer.h"

struct psp_rejects {
	const char *path; /* borrowed; NULL: they are kept nowhere */
	int fd;           /* -1: not open */
	struct psp_buffer waiting;
};

/* Ready, and not open. */
void psp_rejects_init(struct psp_rejects *rejects, const char *path);

/* Closes it without writing what waits. */
void psp_rejects_clear(struct psp_rejects *rejects);

/*
 * Refuses a file of rejects that is the input `path` ("-": standard input):
 * it would be emptied before it is read. PSP_EUSAGE.
 */
PSP_NODISCARD bool psp_rejects_check(
    const struct psp_rejects *rejects, const char *path, struct psp_error *err);

/* Makes the file where a path was given. PSP_EIO. */
PSP_NODISCARD bool psp_rejects_open(
    struct psp_rejects *rejects, struct psp_error *err);

/* Appends a record where the file is open; one that comes in parts ends its
 * line with the last. PSP_EIO, PSP_ENOMEM. */
PSP_NODISCARD bool psp_rejects_put(struct psp_rejects *rejects,
    struct psp_slice bytes, bool ends_line, struct psp_error *err);

/* Writes what waits and closes the file where it is open. PSP_EIO. */
PSP_NODISCARD bool psp_rejects_close(
    struct psp_rejects *rejects, struct psp_error *err);

#endif
