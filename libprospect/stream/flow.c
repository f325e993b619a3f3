/*
 * The flow: its inputs opened, then each of them run through the steps, by one
 * thread batch after batch (here) or in parts by several (parallel.c), and
 * settled in input order (settle.c).
 */
#include <config.h>

#include "libprospect/stream/flow.h"

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/stream/parallel.h"
#include "libprospect/stream/settle.h"
#include "libprospect/stream/union.h"

enum { DEFAULT_PART_SIZE = 256 * 1024, DEFAULT_MIN_PARTS = 4 };

struct psp_flow {
	struct psp_flow_options options;
	struct psp_reader **readers;
	size_t n_readers;
	size_t first;          /* input whose header counts: not an empty one */
	struct psp_union *all; /* with --union */
	struct psp_settling settling;
	struct psp_work work; /* of one thread */
};

void
psp_flow_options_init(struct psp_flow_options *options)
{
	memset(options, 0, sizeof(*options));
	psp_reader_options_init(&options->reader);
	options->max_rejects = SIZE_MAX;
	options->limit = SIZE_MAX;
	options->n_threads = 1;
	options->part_size = DEFAULT_PART_SIZE;
	options->min_parts = DEFAULT_MIN_PARTS;
}

/* The inputs after the first must have its names in its order. */
static bool
check_header(const struct psp_flow *flow, const struct psp_reader *reader,
    struct psp_error *err)
{
	const struct psp_reader *wanted = flow->readers[flow->first];
	struct psp_slices first = psp_reader_header(wanted);
	struct psp_slices names = psp_reader_header(reader);
	const char *file = psp_reader_name(reader);
	size_t line = psp_reader_header_line(reader);

	if (names.n == 0) /* empty, and allowed to be */
		return true;

	if (names.n != first.n)
		return psp_error_set(err, PSP_ESYNTAX, file, line, 0,
		    "%zu columns where %s has %zu: the inputs of one run need "
		    "the same header, or --union",
		    names.n, psp_reader_name(wanted), first.n);
	for (size_t i = 0; i < names.n; i++)
		if (!psp_slice_equal(names.items[i], first.items[i]))
			return psp_error_set(err, PSP_ESYNTAX, file, line,
			    i + 1,
			    "column '%.*s' where %s has '%.*s': the inputs of "
			    "one run need the same header, or --union",
			    PSP_SLICE_ARGS(names.items[i]),
			    psp_reader_name(wanted),
			    PSP_SLICE_ARGS(first.items[i]));
	return true;
}

/* Makes one header of all, and says what inputs lack. */
static bool
unite(struct psp_flow *flow, struct psp_error *err)
{
	struct psp_slices *headers = calloc(flow->n_readers, sizeof(*headers));

	if (headers == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < flow->n_readers; i++)
		headers[i] = psp_reader_header(flow->readers[i]);
	flow->all = psp_union_new(headers, flow->n_readers, err);
	free(headers);
	for (size_t i = 0; flow->all != NULL && i < flow->n_readers; i++) {
		size_t n = psp_union_n_missing(flow->all, i);

		if (n > 0)
			psp_note(&flow->options.reader.notes, PSP_NOTE_WARNING,
			    NULL, psp_reader_name(flow->readers[i]), 0, 0,
			    psp_message_plural(
				"%zu of the %zu columns of all inputs is not "
				"here: empty (--union)",
				"%zu of the %zu columns of all inputs are not "
				"here: empty (--union)",
				n),
			    n, psp_union_header(flow->all).n);
	}
	return flow->all != NULL;
}

struct psp_flow *
psp_flow_open(const char *const *paths, size_t n_paths,
    const struct psp_flow_options *options, struct psp_error *err)
{
	static const char *const standard_input[] = { "-" };
	struct psp_flow *flow = calloc(1, sizeof(*flow));
	bool is_open = false;

	if (flow == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	flow->options = *options;
	flow->settling.options = &flow->options;
	psp_rejects_init(&flow->settling.rejects, options->rejects);
	if (n_paths == 0) {
		paths = standard_input;
		n_paths = 1;
	}
	flow->readers = calloc(n_paths, sizeof(struct psp_reader *));
	if (flow->readers == NULL) {
		psp_error_memory(err);
		goto done;
	}
	for (size_t i = 0; i < n_paths; i++) {
		if (!psp_rejects_check(&flow->settling.rejects, paths[i], err))
			goto done;
		flow->readers[i] =
		    psp_reader_open(paths[i], &flow->options.reader, err);
		if (flow->readers[i] == NULL)
			goto done;
		flow->n_readers++;
		if (psp_reader_header(flow->readers[flow->first]).n == 0)
			flow->first = i;
		if (!options->allow_union
		    && !check_header(flow, flow->readers[i], err))
			goto done;
	}
	is_open = !options->allow_union || unite(flow, err);
done:
	if (!is_open) {
		psp_flow_close(flow);
		return NULL;
	}
	return flow;
}

void
psp_flow_close(struct psp_flow *flow)
{
	if (flow == NULL)
		return;
	for (size_t i = 0; i < flow->n_readers; i++)
		psp_reader_close(flow->readers[i]);
	free(flow->readers);
	psp_union_free(flow->all);
	psp_rejects_clear(&flow->settling.rejects);
	psp_rows_clear(&flow->work.rows);
	free(flow);
}

struct psp_slices
psp_flow_header(const struct psp_flow *flow)
{
	return flow->all != NULL
	           ? psp_union_header(flow->all)
	           : psp_reader_header(flow->readers[flow->first]);
}

struct psp_slice
psp_flow_header_bytes(const struct psp_flow *flow)
{
	if (flow->all != NULL && !psp_union_is_same(flow->all, flow->first))
		return psp_slice(NULL, 0);
	return psp_reader_header_bytes(flow->readers[flow->first]);
}

struct psp_reader *
psp_flow_first(struct psp_flow *flow)
{
	return flow->readers[flow->first];
}

const struct psp_flow_counts *
psp_flow_counts(const struct psp_flow *flow)
{
	return &flow->settling.counts;
}

/* Tells how far the run is. */
static void
tell_progress(const struct psp_flow *flow)
{
	struct psp_progress now = { flow->settling.counts.n_read, 0, 0 };
	bool is_known = true;

	if (flow->options.progress == NULL)
		return;
	for (size_t i = 0; i < flow->n_readers; i++) {
		size_t size = psp_reader_size(flow->readers[i]);

		now.n_bytes += psp_reader_n_bytes(flow->readers[i]);
		now.size += size;
		is_known = is_known && size > 0;
	}
	if (!is_known)
		now.size = 0;
	flow->options.progress(flow->options.progress_user, &now);
}

static void
part_is_settled(void *user)
{
	tell_progress(user);
}

/* Runs what is left of an input, batch after batch. */
static bool
run_batches(struct psp_flow *flow, size_t input, struct psp_error *err)
{
	struct psp_reader *reader = flow->readers[input];
	struct psp_settling *settling = &flow->settling;
	const struct psp_batch *batch;
	int found = 0;

	while (!settling->counts.limit_reached) {
		found = psp_reader_batch(reader, &batch, err);
		if (found <= 0)
			break;
		if (flow->all != NULL
		    && !psp_union_align(flow->all, input, batch, &batch, err))
			return false;
		psp_work_run(&flow->work, settling, batch);
		if (!psp_settle(settling, batch, &flow->work, err))
			return false;
		tell_progress(flow);
		if (psp_reader_is_idle(reader) && settling->counts.n_written > 0
		    && !psp_writer_flush(settling->writer, err))
			return false;
	}
	return found >= 0;
}

static bool
run_input(struct psp_flow *flow, size_t input, struct psp_error *err)
{
	struct psp_reader *reader = flow->readers[input];
	const struct psp_flow_counts *counts = &flow->settling.counts;
	struct psp_parallel_options options = {
		.n_threads = flow->options.n_threads,
		.part_size = flow->options.part_size,
		.min_parts = flow->options.min_parts,
		.settled = part_is_settled,
		.user = flow,
	};
	bool is_aligned =
	    flow->all == NULL || psp_union_is_same(flow->all, input);

	psp_reader_number_from(reader, counts->n_read - counts->n_rejected);
	if (!counts->limit_reached && is_aligned
	    && psp_parallel_threads(reader, &options) > 1)
		return psp_parallel_run(reader, &flow->settling, &options, err);
	return run_batches(flow, input, err);
}

/* Makes the file of rejects, with the header that they had. */
static bool
open_rejects(struct psp_flow *flow, struct psp_error *err)
{
	struct psp_rejects *rejects = &flow->settling.rejects;

	if (!psp_rejects_open(rejects, err))
		return false;
	flow->settling.counts.rejects_taken = rejects->fd >= 0;
	return flow->options.reader.no_header
	       || psp_rejects_put(rejects,
		   psp_reader_header_bytes(flow->readers[flow->first]), true,
		   err);
}

/* What comes after the last batch. */
static bool
finish(struct psp_flow *flow, struct psp_error *err)
{
	struct psp_settling *settling = &flow->settling;
	const struct psp_flow_steps *steps = settling->steps;

	if (settling->merged == NULL && steps->new_state != NULL) {
		settling->merged = steps->new_state(settling->plan, err);
		if (settling->merged == NULL)
			return false;
	}
	if (steps->finish != NULL
	    && (!steps->finish(
		    settling->plan, settling->merged, &flow->work.rows, err)
		|| !psp_writer_take(
		    settling->writer, &flow->work.rows, SIZE_MAX, err)))
		return false;
	return psp_rejects_close(&settling->rejects, err);
}

bool
psp_flow_run(struct psp_flow *flow, const struct psp_flow_steps *steps,
    void *plan, struct psp_writer *writer, struct psp_error *err)
{
	struct psp_settling *settling = &flow->settling;
	struct psp_error ignored;
	bool is_done = true;

	settling->steps = steps;
	settling->plan = plan;
	settling->writer = writer;
	settling->counts.limit_reached = flow->options.limit == 0;
	if (!open_rejects(flow, err))
		return false;
	psp_work_reset(&flow->work, settling);
	for (size_t i = 0; is_done && i < flow->n_readers; i++)
		is_done = run_input(flow, i, err);
	/* The rows come before what is said at the end; a report that has
	 * none may still be refused there. */
	if (is_done && settling->counts.n_written > 0)
		is_done = psp_writer_flush(writer, err);
	is_done = is_done && finish(flow, err);
	/* What was written and rejected before a fault is still worth having,
	 * and the same wherever the input paused. */
	psp_error_init(&ignored);
	if (!is_done && settling->counts.n_written > 0)
		(void)!psp_writer_flush(writer, &ignored);
	(void)!psp_rejects_close(&settling->rejects, &ignored);
	psp_work_clear(&flow->work, settling);
	if (settling->merged != NULL)
		steps->free_state(settling->merged);
	settling->merged = NULL;
	return is_done;
}
