/*
 * Names of what is open already. To open /dev/stdout or /dev/fd/3 anew is to
 * begin at the start of the file behind it, and perhaps to empty it: the log
 * that a shell appends to. Such a name means the open descriptor itself.
 */
#ifndef PSP_BASE_DESCRIPTOR_H
#define PSP_BASE_DESCRIPTOR_H

#include "libprospect/base/compiler.h"

/*
 * Opens the file `path` to write it, closed on exec; a name of a descriptor
 * gives a copy of that. `flags` and `mode` are those of open(2), besides
 * O_WRONLY. Returns the descriptor; -1 with errno.
 */
PSP_NODISCARD int psp_descriptor_write(
    const char *path, int flags, unsigned int mode);

#endif
