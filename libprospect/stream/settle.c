/* Settling in input order; see the header. */
#include <config.h>

#include "libprospect/stream/settle.h"

#include <stdlib.h>

#include "libprospect/stream/fault.h"

void
psp_work_run(struct psp_work *work, const struct psp_settling *settling,
    const struct psp_batch *batch)
{
	const struct psp_flow_steps *steps = settling->steps;

	psp_work_reset(work, settling);
	psp_error_init(&work->failure);
	if (work->state == NULL && steps->new_state != NULL) {
		work->state = steps->new_state(settling->plan, &work->failure);
		if (work->state == NULL)
			return;
	}
	work->is_run = steps->batch(
	    settling->plan, work->state, batch, &work->rows, &work->failure);
}

static void
free_state(struct psp_work *work, const struct psp_settling *settling)
{
	if (work->state != NULL)
		settling->steps->free_state(work->state);
	work->state = NULL;
}

void
psp_work_reset(struct psp_work *work, const struct psp_settling *settling)
{
	const struct psp_flow_steps *steps = settling->steps;

	if (work->state != NULL && steps->reset_state != NULL)
		steps->reset_state(settling->plan, work->state);
	else
		free_state(work, settling);
	work->is_run = false;
	work->rows.writer = settling->writer;
	work->rows.keep_ends = settling->options->limit != SIZE_MAX;
	work->rows.joins = true; /* the batch stays until it is settled */
	work->rows.run.size = 0;
	work->rows.bytes.size = 0;
	work->rows.n_rows = 0;
}

void
psp_work_clear(struct psp_work *work, const struct psp_settling *settling)
{
	free_state(work, settling);
	psp_rows_clear(&work->rows);
}

/* Whether that many rejected records end the run. */
static bool
is_enough(const struct psp_settling *settling, size_t n_rejected)
{
	return n_rejected > 0
	       && (settling->options->strict
		   || n_rejected > settling->options->max_rejects);
}

/* Says that a rejected record ended the run. */
static bool
stop(const struct psp_settling *settling, const struct psp_batch *batch,
    const struct psp_fault *fault, struct psp_error *err)
{
	size_t line = batch->first_line + fault->n_lines;

	if (settling->options->strict)
		return psp_error_set(err, PSP_ESYNTAX, batch->file, line, 0,
		    "stopped at the first rejected record (--strict)");
	return psp_error_set(err, PSP_ESYNTAX, batch->file, line, 0,
	    "stopped: more than %zu rejected records (--max-rejects)",
	    settling->options->max_rejects);
}

static bool
settle_fault(struct psp_settling *settling, const struct psp_batch *batch,
    const struct psp_fault *fault, struct psp_error *err)
{
	struct psp_flow_counts *counts = &settling->counts;
	bool is_counted = psp_fault_counts(fault);

	if (!psp_fault_note(
		batch, fault, &settling->options->reader.notes, err))
		return false;
	counts->n_repaired += fault->is_repair;
	counts->n_rejected += is_counted;
	counts->n_read += is_counted;
	if (!fault->is_repair
	    && !psp_rejects_put(
		&settling->rejects, fault->bytes, !fault->goes_on, err))
		return false;
	return !is_counted || !is_enough(settling, counts->n_rejected)
	       || stop(settling, batch, fault, err);
}

/* A thing that is said once, where it first shows. */
struct remark {
	bool is_due;
	size_t at; /* line ends from the batch's start to it */
	bool *has_said;
};

static void
say_nul(const struct psp_settling *settling, const struct psp_batch *batch)
{
	psp_note(&settling->options->reader.notes, PSP_NOTE_WARNING, NULL,
	    batch->file, 0, 0, "the input holds NUL bytes, which are kept");
}

/* A stray quote and another one far below make one record of all between. */
static void
say_spanned(const struct psp_settling *settling, const struct psp_batch *batch)
{
	psp_note(&settling->options->reader.notes, PSP_NOTE_WARNING, NULL,
	    batch->file, batch->first_line + batch->spanned_at, 0,
	    "a record of %zu lines: is a quote missing?", batch->n_spanned);
}

/* Files joined by cat; a mark between them would have made it a fault. */
static void
say_header(const struct psp_settling *settling, const struct psp_batch *batch)
{
	psp_note(&settling->options->reader.notes, PSP_NOTE_WARNING, NULL,
	    batch->file, batch->first_line + batch->header_at, 0,
	    "the header again, taken for a record: if the input is files "
	    "joined by cat, name them one by one");
}

/*
 * Says what shows before line `n_lines` of the batch and was not said yet, in
 * the order of the lines, so that no message depends on where batches are cut.
 */
static void
make_remarks(struct psp_settling *settling, const struct psp_batch *batch,
    size_t n_lines)
{
	static void (*const say[])(const struct psp_settling *,
	    const struct psp_batch *) = { say_nul, say_spanned, say_header };

	for (;;) {
		struct remark remarks[] = {
			{ batch->has_nul, batch->nul_at,
			    &settling->has_said_nul },
			{ batch->n_spanned > 0, batch->spanned_at,
			    &settling->has_said_spanned },
			{ batch->has_header, batch->header_at,
			    &settling->has_said_header },
		};
		size_t first = SIZE_MAX;

		for (size_t i = 0; i < sizeof(say) / sizeof(say[0]); i++)
			if (remarks[i].is_due && !*remarks[i].has_said
			    && remarks[i].at <= n_lines
			    && (first == SIZE_MAX
				|| remarks[i].at < remarks[first].at))
				first = i;
		if (first == SIZE_MAX)
			return;
		*remarks[first].has_said = true;
		say[first](settling, batch);
	}
}

/* Settles the faults of the batch. */
static bool
settle_faults(struct psp_settling *settling, const struct psp_batch *batch,
    struct psp_error *err)
{
	for (size_t i = 0; i < batch->n_faults; i++) {
		const struct psp_fault *fault = &batch->faults[i];

		make_remarks(settling, batch, fault->n_lines);
		if (!settle_fault(settling, batch, fault, err))
			return false;
	}
	return true;
}

/* The batch up to its record `n_spans`, with the faults before that. */
static struct psp_batch
cut_at_record(const struct psp_batch *batch, size_t n_spans)
{
	struct psp_batch cut = *batch;
	size_t end =
	    n_spans < batch->n_spans ? batch->spans[n_spans].n_lines : SIZE_MAX;

	cut.n_spans = n_spans;
	for (cut.n_faults = 0; cut.n_faults < batch->n_faults; cut.n_faults++)
		if (batch->faults[cut.n_faults].span_index >= n_spans)
			break;
	if (cut.n_faults < batch->n_faults
	    && batch->faults[cut.n_faults].n_lines < end)
		end = batch->faults[cut.n_faults].n_lines;
	cut.n_blank_lines = 0;
	cut.n_converted = 0;
	if (n_spans > 0) {
		const struct psp_span *last = &batch->spans[n_spans - 1];

		cut.n_blank_lines = last->n_blank_lines;
		cut.n_converted = last->n_converted;
	}
	cut.has_nul = cut.has_nul && cut.nul_at < end;
	cut.has_header = cut.has_header && cut.header_at < end;
	if (cut.spanned_at >= end)
		cut.n_spanned = 0;
	cut.is_cut = false;
	return cut;
}

/* The batch up to its fault `index`, with it. */
static struct psp_batch
cut_at_fault(const struct psp_batch *batch, size_t index)
{
	const struct psp_fault *fault = &batch->faults[index];
	struct psp_batch cut = cut_at_record(batch, fault->span_index);

	cut.n_faults = index + 1;
	cut.n_blank_lines = fault->n_blank_lines;
	cut.n_converted = fault->n_converted;
	cut.has_nul = batch->has_nul && batch->nul_at <= fault->n_lines;
	return cut;
}

/* The fault that ends the run; n_faults when none does. */
static size_t
find_stop(const struct psp_settling *settling, const struct psp_batch *batch)
{
	size_t n_rejected = settling->counts.n_rejected, i;

	for (i = 0; i < batch->n_faults; i++) {
		if (!psp_fault_counts(&batch->faults[i]))
			continue;
		n_rejected++;
		if (is_enough(settling, n_rejected))
			break;
	}
	return i;
}

/*
 * Where the limit or a rejected record ends the run within the batch, it is
 * run again up to there, so that no row and no count depends on where batches
 * are cut.
 */
static void
run_to_end(struct psp_settling *settling, struct psp_batch *batch,
    struct psp_work *work)
{
	size_t rest = settling->options->limit - settling->counts.n_written;
	size_t fault = find_stop(settling, batch), n_spans = SIZE_MAX;

	if (work->rows.n_rows >= rest)
		n_spans = rest > 0 ? work->rows.records[rest - 1] + 1 : 0;
	if (fault < batch->n_faults
	    && batch->faults[fault].span_index < n_spans) {
		*batch = cut_at_fault(batch, fault);
	} else if (n_spans != SIZE_MAX) {
		*batch = cut_at_record(batch, n_spans);
		settling->counts.limit_reached = true;
	} else {
		return;
	}
	psp_work_run(work, settling, batch);
}

/*
 * A batch that failed at a record is run again up to there; `*failure` then
 * tells what comes behind. Whether that went well.
 */
static bool
run_to_failure(const struct psp_settling *settling, struct psp_batch *batch,
    struct psp_work *work, struct psp_error *failure)
{
	*failure = work->failure;
	for (size_t i = 0; i < batch->n_spans; i++)
		if (batch->first_line + batch->spans[i].n_lines
		    == failure->line) {
			struct psp_batch cut = cut_at_record(batch, i + 1);

			/* What stands before the record comes before it. */
			cut.n_spans = i;
			*batch = cut;
			psp_work_run(work, settling, batch);
			break;
		}
	return work->is_run;
}

/* Settles what was run of a batch. */
static bool
take(struct psp_settling *settling, const struct psp_batch *batch,
    struct psp_work *work, struct psp_error *err)
{
	struct psp_flow_counts *counts = &settling->counts;
	bool goes_on;

	counts->n_blank_lines += batch->n_blank_lines;
	counts->n_converted += batch->n_converted;
	/* Where a fault ends the run, the rows before it are written. */
	goes_on = settle_faults(settling, batch, err);
	if (goes_on)
		make_remarks(settling, batch, SIZE_MAX);
	if (batch->is_cut)
		psp_fault_note_cut(batch, &settling->options->reader.notes);
	counts->n_read += batch->n_spans;
	counts->n_written += work->rows.n_rows;
	if (!psp_writer_take(settling->writer, &work->rows, SIZE_MAX, err))
		return false;
	if (settling->merged == NULL) {
		settling->merged = work->state;
		work->state = NULL;
	} else if (!settling->steps->merge(
		       settling->plan, settling->merged, work->state, err)) {
		return false;
	}
	return goes_on;
}

bool
psp_settle(struct psp_settling *settling, const struct psp_batch *batch,
    struct psp_work *work, struct psp_error *err)
{
	struct psp_batch settled = *batch;
	struct psp_error failure;
	bool goes_on;

	psp_error_init(&failure);
	run_to_end(settling, &settled, work);
	if (!work->is_run
	    && !run_to_failure(settling, &settled, work, &failure)) {
		*err = failure;
		return false;
	}
	goes_on = take(settling, &settled, work, err);
	psp_work_reset(work, settling);
	if (goes_on && failure.status != PSP_OK) {
		*err = failure;
		goes_on = false;
	}
	return goes_on;
}
