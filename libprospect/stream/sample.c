/* Records of the sample; see the header. */
#include <config.h>

#include "libprospect/stream/sample.h"

#include <stdlib.h>

#include "libprospect/stream/cells.h"

/*
 * Walks over the next record, whose field ends go to `ends` (n_fields of them).
 * Returns 1 when it is plainly a record of so many fields, 0 when it is not, -1
 * at the end or where the sample may be cut.
 */
static int
take_record(struct psp_cells *cells, struct psp_sample *sample, uint32_t *ends)
{
	size_t n_fields = sample->batch.n_fields, n = 0, start = cells->at;
	struct psp_span *span = &sample->batch.spans[sample->batch.n_spans];
	struct psp_sample_cell cell;
	bool is_plain = true;

	do {
		if (!psp_cells_next(cells, &cell))
			return -1;
		is_plain = is_plain && !cell.is_odd;
		if (n < n_fields)
			ends[n] = (uint32_t)((size_t)(cell.raw.bytes
						      - cells->text.bytes)
					     + cell.raw.size - start);
		n++;
	} while (!cell.ends_record);
	if (!cell.ends_line && !cells->is_whole)
		return -1;
	if (!is_plain || n != n_fields)
		return 0;
	span->bytes = cells->text.bytes + start;
	span->size = ends[n - 1];
	span->ends = ends;
	return 1;
}

/* Whether both are the same names. */
static bool
are_same(struct psp_slices a, struct psp_slices b)
{
	for (size_t i = 0; i < a.n && i < b.n; i++)
		if (!psp_slice_equal(a.items[i], b.items[i]))
			return false;
	return a.n == b.n;
}

/* Takes the records of the text, the first of them perhaps the header. */
static void
take_records(
    struct psp_sample *sample, struct psp_cells *cells, bool has_header)
{
	struct psp_batch *batch = &sample->batch;
	int found = 0;

	while (found >= 0 && batch->n_spans < PSP_SAMPLE_RECORDS) {
		struct psp_span *span = &batch->spans[batch->n_spans];

		found = take_record(cells, sample,
		    sample->ends + batch->n_spans * batch->n_fields);
		if (found != 1)
			continue;
		if (has_header) {
			has_header = false;
			continue;
		}
		if (span->size > batch->longest)
			batch->longest = span->size;
		batch->n_spans++;
	}
}

bool
psp_sample_init(
    struct psp_sample *sample, struct psp_flow *flow, struct psp_error *err)
{
	const struct psp_reader *reader = psp_flow_first(flow);
	const struct psp_dialect *dialect = psp_reader_dialect(reader);
	struct psp_slices header = psp_reader_header(reader);
	struct psp_batch *batch = &sample->batch;
	struct psp_cells cells = { .separator = dialect->separator,
		.newline = dialect->newline,
		.quote = dialect->quote };

	memset(sample, 0, sizeof(*sample));
	batch->file = psp_reader_name(reader);
	batch->dialect = dialect;
	batch->n_fields = header.n;
	batch->spans = sample->spans;
	if (header.n == 0 || !are_same(header, psp_flow_header(flow)))
		return true;
	sample->ends =
	    calloc(header.n, PSP_SAMPLE_RECORDS * sizeof(*sample->ends));
	if (sample->ends == NULL)
		return psp_error_memory(err);
	cells.text = psp_reader_sample(reader, &cells.is_whole);
	take_records(sample, &cells, psp_reader_has_header(reader));
	return true;
}

void
psp_sample_clear(struct psp_sample *sample)
{
	if (sample == NULL)
		return;
	free(sample->ends);
	sample->ends = NULL;
	sample->batch.n_spans = 0;
}
