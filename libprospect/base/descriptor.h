/*
 * Files to write: opened, and written whole.
 *
 * Some names are of what is open already. To open /dev/stdout or /dev/fd/3 anew
 * is to begin at the start of the file behind it, and perhaps to empty it: the
 * log that a shell appends to. Such a name means the open descriptor itself.
 */
#ifndef PSP_BASE_DESCRIPTOR_H
#define PSP_BASE_DESCRIPTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "libprospect/base/compiler.h"

/*
 * Opens the file `path` to write it, closed on exec; a name of a descriptor
 * gives a copy of that. `flags` and `mode` are those of open(2), besides
 * O_WRONLY. Returns the descriptor; -1 with errno.
 */
PSP_NODISCARD int psp_descriptor_open(
    const char *path, int flags, unsigned int mode);

/*
 * Whether a write that failed with `errnum` may be tried again: it was
 * interrupted, or had to wait and has waited.
 */
bool psp_descriptor_may_retry(int fd, int errnum);

/* Writes all of the bytes. False with errno. */
PSP_NODISCARD bool psp_descriptor_put(int fd, const char *bytes, size_t size);

#endif
