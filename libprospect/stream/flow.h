/*
 * The one shape of all commands: batches of records go through `batch`, whose
 * states are merged and whose rows are written in input order, whatever the
 * number of workers. Faults, counts, rejects and --limit are settled there, in
 * order, so that nothing depends on threads.
 */
#ifndef PSP_STREAM_FLOW_H
#define PSP_STREAM_FLOW_H

#include "libprospect/stream/reader.h"
#include "libprospect/stream/writer.h"

/* How far a run is. */
struct psp_progress {
	size_t n_records; /* read */
	size_t n_bytes;   /* read from all inputs so far */
	size_t size;      /* of all inputs; 0: not known */
};

typedef void psp_progress_fn(void *user, const struct psp_progress *now);

struct psp_flow_options {
	struct psp_reader_options reader;
	psp_progress_fn *progress; /* called after each batch; may be NULL */
	void *progress_user;
	const char *rejects; /* file to write rejected records to, or NULL */
	bool strict;         /* stop at the first rejected record */
	size_t max_rejects;  /* stop after so many; SIZE_MAX: never */
	size_t limit;        /* rows to write; SIZE_MAX: all */
	bool allow_union;    /* inputs are aligned by name: see union.h */
	size_t n_threads;    /* at most; not all inputs can have several */
	size_t part_size;    /* bytes that a thread takes of a file at once */
	size_t min_parts;    /* of a file that is given to several threads */
};

void psp_flow_options_init(struct psp_flow_options *options);

/* What is counted; read = written + filtered + rejected for a filter. */
struct psp_flow_counts {
	size_t n_read;
	size_t n_written; /* rows */
	size_t n_rejected;
	size_t n_repaired;
	size_t n_blank_lines;
	size_t n_converted;
	bool rejects_taken; /* by the file of options.rejects */
	bool limit_reached;
};

/*
 * The steps of a command. `plan` is what the command compiled, read only while
 * the flow runs. A state belongs to one batch until it is merged.
 */
struct psp_flow_steps {
	/* A new state, or NULL with `err` filled. May be NULL: no state. */
	void *(*new_state)(void *plan, struct psp_error *err);
	void (*free_state)(void *state);
	/* Empties a state, which was merged into another, for the next batch.
	 * May be NULL: then each batch has a new one. */
	void (*reset_state)(void *plan, void *state);
	/* Handles each record of the batch; appends to `rows`. */
	bool (*batch)(void *plan, void *state, const struct psp_batch *batch,
	    struct psp_rows *rows, struct psp_error *err);
	/* Adds `next` to `into`; called in input order. */
	bool (*merge)(
	    void *plan, void *into, void *next, struct psp_error *err);
	/* After the last batch: appends what the state amounts to. May be NULL.
	 */
	bool (*finish)(void *plan, void *state, struct psp_rows *rows,
	    struct psp_error *err);
};

struct psp_flow;

/*
 * Opens the inputs (`-` for standard input; none: standard input), all headers
 * read before any output: inputs after the first must have its names in its
 * order, unless `allow_union`. Fails as psp_reader_open, with PSP_ESYNTAX on a
 * header that differs, and with PSP_EUSAGE where the file of rejects is one of
 * the inputs.
 */
PSP_NODISCARD struct psp_flow *psp_flow_open(const char *const *paths,
    size_t n_paths, const struct psp_flow_options *options,
    struct psp_error *err);

void psp_flow_close(struct psp_flow *flow);

/* The names of the columns that batches have: the first input's header, or the
 * union of all. */
struct psp_slices psp_flow_header(const struct psp_flow *flow);

/* The header as it stands in the file; empty when the union made another. */
struct psp_slice psp_flow_header_bytes(const struct psp_flow *flow);

/* The reader of the first input that is not empty: its header and dialect. */
struct psp_reader *psp_flow_first(struct psp_flow *flow);

/*
 * Runs all batches of all inputs through `steps`, and `finish` at the end with
 * the merged state. Does not finish the writer. Fails with what a step, a
 * reader or the writer failed with, and with PSP_ESYNTAX when `strict` or
 * `max_rejects` stopped it.
 */
PSP_NODISCARD bool psp_flow_run(struct psp_flow *flow,
    const struct psp_flow_steps *steps, void *plan, struct psp_writer *writer,
    struct psp_error *err);

/* The counts so far. */
const struct psp_flow_counts *psp_flow_counts(const struct psp_flow *flow);

#endif
