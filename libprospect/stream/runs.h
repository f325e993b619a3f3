/*
 * Sorted runs of rows in a temporary file: what a ranking cannot keep in
 * memory. One file holds them all, one after the other:
 *
 *   |rank place size row|rank place size row| ... |rank place size row| ...
 *   |<-- run 0 ------------------------------------------->|<-- run 1 ...
 *
 * The lowest rank comes first, of equal ones the lowest place, which tells
 * where a row stood in the input. A merge reads so many runs at once as their
 * buffers have room, in several passes when there are more.
 *
 * The file has mode 0600 and no name: it is unlinked at once where the system
 * cannot make it without one, and goes with the process however that dies.
 */
#ifndef PSP_STREAM_RUNS_H
#define PSP_STREAM_RUNS_H

#include <stdint.h>

#include "libprospect/base/buffer.h"

/* A row of a run; its bytes are borrowed until the next. */
struct psp_run_row {
	uint64_t rank, place;
	struct psp_slice bytes;
};

struct psp_run; /* a part of the file */

struct psp_runs {
	const char *folder; /* where files are made, borrowed */
	int fd;             /* -1: no file yet */
	struct psp_run *items;
	size_t n, capacity;
	size_t n_rows;      /* of all runs */
	uint64_t size;      /* of the file */
	uint64_t last_rank; /* of the row put last */
	struct psp_buffer waiting;
};

void psp_runs_init(struct psp_runs *runs, const char *folder);

/* Closes the file, which is gone then; may be used again after an init. */
void psp_runs_clear(struct psp_runs *runs);

/*
 * Writes a run: begin, its rows in order, end. They fail with PSP_ENOMEM, and
 * with PSP_EIO when the file cannot be made or written.
 */
PSP_NODISCARD bool psp_runs_begin(struct psp_runs *runs, struct psp_error *err);
PSP_NODISCARD bool psp_runs_put(struct psp_runs *runs,
    const struct psp_run_row *row, struct psp_error *err);
PSP_NODISCARD bool psp_runs_end(struct psp_runs *runs, struct psp_error *err);

/* Takes a row of a merge. */
typedef bool psp_runs_fn(
    void *user, const struct psp_run_row *row, struct psp_error *err);

/*
 * Makes one run of all, the first `limit` rows of it, by reading buffers of
 * `memory` bytes. PSP_EIO, PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_runs_unite(
    struct psp_runs *runs, size_t memory, size_t limit, struct psp_error *err);

/* Hands the first `limit` rows of all runs to `take`, in order. Fails with what
 * that failed with, PSP_EIO or PSP_ENOMEM. */
PSP_NODISCARD bool psp_runs_merge(struct psp_runs *runs, size_t memory,
    size_t limit, psp_runs_fn *take, void *user, struct psp_error *err);

#endif
