/*
 * The flow with one worker: batch after batch, each with a state of its own
 * that is merged at once. What is settled here in input order (faults, counts,
 * rejects, the limit) is what a flow with many workers settles at its tickets.
 */
#include <config.h>

#include "libprospect/stream/flow.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/descriptor.h"
#include "libprospect/stream/fault.h"
#include "libprospect/stream/union.h"

enum { REJECTS_MODE = 0600, REJECTS_WAITING = 65536 };

struct psp_flow {
	struct psp_flow_options options;
	struct psp_reader **readers;
	size_t n_readers;
	size_t first;          /* input whose header counts: not an empty one */
	struct psp_union *all; /* with --union */
	struct psp_flow_counts counts;
	struct psp_rows rows;
	int rejects_fd;
	struct psp_buffer rejects;
	bool has_said_nul;
	bool has_said_spanned;
	bool has_said_header;
};

void
psp_flow_options_init(struct psp_flow_options *options)
{
	memset(options, 0, sizeof(*options));
	psp_reader_options_init(&options->reader);
	options->max_rejects = SIZE_MAX;
	options->limit = SIZE_MAX;
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

static bool
flush_rejects(struct psp_flow *flow, struct psp_error *err)
{
	size_t written = 0;

	while (written < flow->rejects.size) {
		ssize_t n =
		    write(flow->rejects_fd, flow->rejects.bytes + written,
			flow->rejects.size - written);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return psp_error_system(
			    err, flow->options.rejects, "write", errno);
		written += (size_t)n;
	}
	flow->rejects.size = 0;
	return true;
}

static bool
put_reject(struct psp_flow *flow, struct psp_slice bytes, bool ends_line,
    struct psp_error *err)
{
	if (!psp_buffer_slice(&flow->rejects, bytes, err)
	    || (ends_line && !psp_buffer_put(&flow->rejects, '\n', err)))
		return false;
	return flow->rejects.size < REJECTS_WAITING || flush_rejects(flow, err);
}

static bool
open_rejects(struct psp_flow *flow, struct psp_error *err)
{
	struct psp_slice header =
	    psp_reader_header_bytes(flow->readers[flow->first]);

	if (flow->options.rejects == NULL)
		return true;
	flow->rejects_fd = psp_descriptor_write(
	    flow->options.rejects, O_CREAT | O_TRUNC, REJECTS_MODE);
	if (flow->rejects_fd < 0)
		return psp_error_system(
		    err, flow->options.rejects, "create", errno);
	flow->counts.rejects_taken = true;
	return flow->options.reader.no_header
	       || put_reject(flow, header, true, err);
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

/* The file of rejects would empty an input before it is read. */
static bool
check_rejects_name(
    const struct psp_flow *flow, const char *path, struct psp_error *err)
{
	struct stat rejects, input;
	bool is_stdin = strcmp(path, "-") == 0;

	if (flow->options.rejects == NULL
	    || stat(flow->options.rejects, &rejects) != 0
	    || !S_ISREG(rejects.st_mode)
	    || (is_stdin ? fstat(STDIN_FILENO, &input) : stat(path, &input))
		   != 0
	    || input.st_dev != rejects.st_dev || input.st_ino != rejects.st_ino)
		return true;
	return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
	    "option '--rejects' names the input '%s', which would be lost; "
	    "name another file",
	    path);
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
	flow->rejects_fd = -1;
	psp_buffer_init(&flow->rejects);
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
		if (!check_rejects_name(flow, paths[i], err))
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
	if (flow->rejects_fd >= 0)
		close(flow->rejects_fd);
	psp_buffer_clear(&flow->rejects);
	psp_rows_clear(&flow->rows);
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
	return &flow->counts;
}

/* Whether so many rejected records end the run. */
static bool
check_rejects(const struct psp_flow *flow, const struct psp_batch *batch,
    const struct psp_fault *fault, struct psp_error *err)
{
	size_t line = batch->first_line + fault->n_lines;

	if (flow->options.strict)
		return psp_error_set(err, PSP_ESYNTAX, batch->file, line, 0,
		    "stopped at the first rejected record (--strict)");
	if (flow->counts.n_rejected > flow->options.max_rejects)
		return psp_error_set(err, PSP_ESYNTAX, batch->file, line, 0,
		    "stopped: more than %zu rejected records (--max-rejects)",
		    flow->options.max_rejects);
	return true;
}

/* Settles the faults that stand before record `n_spans` of the batch. */
static bool
settle_faults(struct psp_flow *flow, const struct psp_batch *batch,
    size_t n_spans, struct psp_error *err)
{
	for (size_t i = 0; i < batch->n_faults; i++) {
		const struct psp_fault *fault = &batch->faults[i];
		bool is_reject = !fault->is_repair;

		if (fault->span_index >= n_spans)
			break;
		if (!psp_fault_note(
			batch, fault, &flow->options.reader.notes, err))
			return false;
		flow->counts.n_repaired += fault->is_repair;
		flow->counts.n_rejected += psp_fault_counts(fault);
		flow->counts.n_read += psp_fault_counts(fault);
		if (is_reject && flow->rejects_fd >= 0
		    && !put_reject(flow, fault->bytes, !fault->goes_on, err))
			return false;
		if (psp_fault_counts(fault)
		    && !check_rejects(flow, batch, fault, err))
			return false;
	}
	return true;
}

/* The number of records up to that of line `line`; 0: there is none. */
static size_t
n_spans_to(const struct psp_batch *batch, size_t line)
{
	for (size_t i = 0; i < batch->n_spans; i++)
		if (batch->first_line + batch->spans[i].n_lines == line)
			return i + 1;
	return 0;
}

static void
say_nul(struct psp_flow *flow, const struct psp_batch *batch)
{
	if (!batch->has_nul || flow->has_said_nul)
		return;
	flow->has_said_nul = true;
	psp_note(&flow->options.reader.notes, PSP_NOTE_WARNING, NULL,
	    batch->file, 0, 0, "the input holds NUL bytes, which are kept");
}

/* A stray quote and another one far below make one record of all between. */
static void
say_spanned(struct psp_flow *flow, const struct psp_batch *batch)
{
	if (batch->n_spanned == 0 || flow->has_said_spanned)
		return;
	flow->has_said_spanned = true;
	psp_note(&flow->options.reader.notes, PSP_NOTE_WARNING, NULL,
	    batch->file, batch->first_line + batch->spanned_at, 0,
	    "a record of %zu lines: is a quote missing?", batch->n_spanned);
}

/* Files joined by cat; a mark between them would have made it a fault. */
static void
say_header_again(struct psp_flow *flow, const struct psp_batch *batch)
{
	if (!batch->has_header || flow->has_said_header)
		return;
	flow->has_said_header = true;
	psp_note(&flow->options.reader.notes, PSP_NOTE_WARNING, NULL,
	    batch->file, batch->first_line + batch->header_at, 0,
	    "the header again, taken for a record: if the input is files "
	    "joined by cat, name them one by one");
}

/* Runs the batch step with a new state and merges that into `*merged`. */
static bool
run_batch(struct psp_flow *flow, const struct psp_flow_steps *steps, void *plan,
    const struct psp_batch *batch, void **state, struct psp_error *err)
{
	*state = NULL;
	if (steps->new_state != NULL) {
		*state = steps->new_state(plan, err);
		if (*state == NULL)
			return false;
	}
	return steps->batch(plan, *state, batch, &flow->rows, err);
}

/*
 * The limit is met within this batch: the batch is run again up to the record
 * that filled it, so that no count depends on where batches are cut.
 */
static bool
run_to_limit(struct psp_flow *flow, const struct psp_flow_steps *steps,
    void *plan, const struct psp_batch *batch, size_t rest,
    struct psp_batch *cut, void **state, struct psp_error *err)
{
	*cut = *batch;
	cut->n_spans = rest > 0 ? flow->rows.records[rest - 1] + 1 : 0;
	cut->n_blank_lines = 0;
	if (cut->n_spans < batch->n_spans
	    && cut->nul_at >= batch->spans[cut->n_spans].n_lines)
		cut->has_nul = false;
	if (cut->n_spans == 0
	    || cut->spanned_at > cut->spans[cut->n_spans - 1].n_lines)
		cut->n_spanned = 0;
	if (cut->n_spans == 0
	    || cut->header_at > cut->spans[cut->n_spans - 1].n_lines)
		cut->has_header = false;
	if (*state != NULL)
		steps->free_state(*state);
	*state = NULL;
	flow->rows.bytes.size = 0;
	flow->rows.n_rows = 0;
	flow->counts.limit_reached = true;
	return run_batch(flow, steps, plan, cut, state, err);
}

/* One batch: run, settled, written and merged. */
static bool
take_batch(struct psp_flow *flow, const struct psp_flow_steps *steps,
    void *plan, const struct psp_batch *batch, void **merged,
    struct psp_writer *writer, struct psp_error *err)
{
	size_t rest = flow->options.limit - flow->counts.n_written;
	struct psp_batch cut;
	struct psp_error failure;
	void *state = NULL;
	bool is_done = false, is_run;
	size_t n_rows;

	psp_error_init(&failure);
	is_run = run_batch(flow, steps, plan, batch, &state, &failure);
	if (flow->rows.n_rows >= rest) {
		/* What failed came perhaps behind the limit. */
		if (!run_to_limit(
			flow, steps, plan, batch, rest, &cut, &state, err))
			goto done;
		batch = &cut;
	} else if (!is_run) {
		if (settle_faults(
			flow, batch, n_spans_to(batch, failure.line), err))
			*err = failure;
		goto done;
	}
	say_nul(flow, batch);
	say_spanned(flow, batch);
	say_header_again(flow, batch);
	flow->counts.n_blank_lines += batch->n_blank_lines;
	flow->counts.n_converted += batch->n_converted;
	if (!settle_faults(flow, batch,
		flow->counts.limit_reached ? batch->n_spans : SIZE_MAX, err))
		goto done;
	n_rows = flow->rows.n_rows;
	if (!psp_writer_take(writer, &flow->rows, SIZE_MAX, err))
		goto done;
	flow->counts.n_read += batch->n_spans;
	flow->counts.n_written += n_rows;
	if (*merged == NULL) {
		*merged = state;
		state = NULL;
	} else if (!steps->merge(plan, *merged, state, err)) {
		goto done;
	}
	is_done = true;
done:
	if (state != NULL)
		steps->free_state(state);
	return is_done;
}

/* Tells how far the run is. */
static void
tell_progress(const struct psp_flow *flow)
{
	struct psp_progress now = { flow->counts.n_read, 0, 0 };
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

static bool
run_input(struct psp_flow *flow, size_t input,
    const struct psp_flow_steps *steps, void *plan, void **merged,
    struct psp_writer *writer, struct psp_error *err)
{
	struct psp_reader *reader = flow->readers[input];
	const struct psp_batch *batch;
	int found = 0;

	psp_reader_number_from(
	    reader, flow->counts.n_read - flow->counts.n_rejected);
	while (!flow->counts.limit_reached) {
		found = psp_reader_batch(reader, &batch, err);
		if (found <= 0)
			break;
		if (flow->all != NULL
		    && !psp_union_align(flow->all, input, batch, &batch, err))
			return false;
		if (!take_batch(flow, steps, plan, batch, merged, writer, err))
			return false;
		tell_progress(flow);
		if (psp_reader_is_idle(reader)
		    && !psp_writer_flush(writer, err))
			return false;
	}
	return found >= 0;
}

bool
psp_flow_run(struct psp_flow *flow, const struct psp_flow_steps *steps,
    void *plan, struct psp_writer *writer, struct psp_error *err)
{
	void *merged = NULL;
	bool is_done = false;

	if (!open_rejects(flow, err))
		return false;
	flow->rows.writer = writer;
	flow->rows.keep_ends = flow->options.limit != SIZE_MAX;
	flow->counts.limit_reached = flow->options.limit == 0;
	for (size_t i = 0; i < flow->n_readers; i++)
		if (!run_input(flow, i, steps, plan, &merged, writer, err))
			goto done;
	if (merged == NULL && steps->new_state != NULL) {
		merged = steps->new_state(plan, err);
		if (merged == NULL)
			goto done;
	}
	if (steps->finish != NULL
	    && (!steps->finish(plan, merged, &flow->rows, err)
		|| !psp_writer_take(writer, &flow->rows, SIZE_MAX, err)))
		goto done;
	if (flow->rejects_fd >= 0) {
		int fd = flow->rejects_fd;

		if (!flush_rejects(flow, err))
			goto done;
		flow->rejects_fd = -1;
		if (close(fd) != 0) {
			psp_error_system(
			    err, flow->options.rejects, "close", errno);
			goto done;
		}
	}
	is_done = true;
done:
	if (!is_done && flow->rejects_fd >= 0) {
		struct psp_error ignored;

		/* What was rejected before the fault is still worth having. */
		psp_error_init(&ignored);
		(void)!flush_rejects(flow, &ignored);
	}
	if (merged != NULL)
		steps->free_state(merged);
	return is_done;
}
