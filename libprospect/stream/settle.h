/*
 * What is settled in input order, batch by batch, whoever worked on them:
 * messages, counts, rejects, the limit, rows to the writer, states merged.
 *
 *   psp_work_run      any thread, batches in any order
 *   psp_settle        one at a time, batches in input order
 */
#ifndef PSP_STREAM_SETTLE_H
#define PSP_STREAM_SETTLE_H

#include "libprospect/stream/flow.h"
#include "libprospect/stream/rejects.h"

struct psp_settling {
	const struct psp_flow_options *options;
	const struct psp_flow_steps *steps;
	void *plan;
	struct psp_writer *writer;
	struct psp_flow_counts counts;
	struct psp_rejects rejects;
	void *merged; /* the state so far; NULL: none yet */
	bool has_said_nul;
	bool has_said_spanned;
	bool has_said_header;
};

/* What the steps made of one batch. Starts from zeros. */
struct psp_work {
	void *state;
	struct psp_rows rows;
	bool is_run;
	struct psp_error failure; /* unless it is */
};

/* Runs the batch through the steps with an empty state. */
void psp_work_run(struct psp_work *work, const struct psp_settling *settling,
    const struct psp_batch *batch);

/* Empties `work` for the next batch. */
void psp_work_reset(struct psp_work *work, const struct psp_settling *settling);

/* Frees all of it. */
void psp_work_clear(struct psp_work *work, const struct psp_settling *settling);

/*
 * Settles a batch that was run, and empties `work`. Fails with what the batch
 * failed with, with what the writer does, and with PSP_ESYNTAX when `strict` or
 * `max_rejects` stops the run. With counts.limit_reached it was the last.
 */
PSP_NODISCARD bool psp_settle(struct psp_settling *settling,
    const struct psp_batch *batch, struct psp_work *work,
    struct psp_error *err);

#endif
