/*
 * Temporary files beside the files they are to replace. They go away with a
 * signal that ends the process; what a death without notice leaves behind is
 * removed by the next run that makes one in the same folder.
 */
#ifndef CLI_TEMPORARY_H
#define CLI_TEMPORARY_H

#include <stdbool.h>

#include "libprospect/base/error.h"

/*
 * Makes a new file of mode 0600 in the folder of `path`, opens it for writing
 * and locks it. Returns its name, to be given back to cli_temporary_free, and
 * its descriptor in `*fd`; NULL with PSP_EIO or PSP_ENOMEM. One at a time.
 */
PSP_NODISCARD char *cli_temporary_new(
    const char *path, int *fd, struct psp_error *err);

/* Removes the file unless it `is_renamed`. NULL is accepted. */
void cli_temporary_free(char *temporary, bool is_renamed);

#endif
