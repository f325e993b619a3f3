/*
 * An input in parts by several threads, settled in the order of the parts: the
 * result is that of one thread, byte for byte.
 */
#ifndef PSP_STREAM_PARALLEL_H
#define PSP_STREAM_PARALLEL_H

#include "libprospect/stream/settle.h"

/* Called after each part was settled. */
typedef void psp_part_settled_fn(void *user);

struct psp_parallel_options {
	size_t n_threads; /* at most; that of the caller is one of them */
	size_t part_size; /* bytes */
	size_t min_parts; /* fewer are not worth a second thread */
	psp_part_settled_fn *settled;
	void *user;
};

/*
 * How many threads an input is worth: 1 when it is too small for more, or
 * cannot be split.
 */
size_t psp_parallel_threads(const struct psp_reader *reader,
    const struct psp_parallel_options *options);

/*
 * Runs the rest of an input, from which no batch was taken and which can be
 * split. Fails as psp_settle and psp_reader_batch do.
 */
PSP_NODISCARD bool psp_parallel_run(struct psp_reader *reader,
    struct psp_settling *settling, const struct psp_parallel_options *options,
    struct psp_error *err);

#endif
