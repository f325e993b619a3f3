/*
 * Where bytes come from: a regular file (read with pread from the offset it
 * came with to the size it had when opened) or a pipe, terminal or device
 * (read until its end). Pipes are grown where the system can.
 */
#ifndef PSP_STREAM_SOURCE_H
#define PSP_STREAM_SOURCE_H

#include "libprospect/base/error.h"

struct psp_source;

/*
 * Opens `path`; "-" is standard input. Folders are refused. Returns NULL with
 * PSP_EIO ("cannot open", "Is a directory") or PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_source *psp_source_open(
    const char *path, struct psp_error *err);

/* Closes it (not standard input); NULL is accepted. */
void psp_source_close(struct psp_source *source);

/* The name for messages: the path, or "standard input". */
const char *psp_source_name(const struct psp_source *source);

/* Whether it is a regular file, and then how many bytes remain to be read. */
bool psp_source_size(const struct psp_source *source, size_t *size);

/* The offset in the file of the next byte to read, of a regular file. */
size_t psp_source_offset(const struct psp_source *source);

/*
 * Reads up to `size` bytes at `offset` of a regular file, whatever was read of
 * it before and by whom; fewer at the end it had when opened, or where it has
 * become shorter. Returns the number of bytes, -1 with PSP_EIO.
 */
PSP_NODISCARD ptrdiff_t psp_source_read_at(const struct psp_source *source,
    void *bytes, size_t size, size_t offset, struct psp_error *err);

/*
 * Reads up to `size` bytes, going on after short reads and EINTR until `size`
 * bytes or the end; on a pipe it returns what a single read gave, so that slow
 * input flows. Returns the number of bytes, 0 at the end, -1 with PSP_EIO.
 */
PSP_NODISCARD ptrdiff_t psp_source_read(
    struct psp_source *source, void *bytes, size_t size, struct psp_error *err);

#endif
