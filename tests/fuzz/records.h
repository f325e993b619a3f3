/*
 * Records of batches, written down so that two readings can be compared, and
 * what must hold of each of them.
 */
#ifndef TESTS_FUZZ_RECORDS_H
#define TESTS_FUZZ_RECORDS_H

#include "libprospect/stream/record.h"
#include "tests/fuzz/fuzz.h"

/* What was read. Starts from zeros. */
struct fuzz_records {
	struct psp_buffer shown; /* all that the records and faults say */
	struct psp_buffer cells; /* the texts of the cells alone */
	struct psp_buffer kept;  /* bytes that must be those of the input */
	size_t n_spans, n_rejected, n_blank;
};

static inline void
fuzz_records_clear(struct fuzz_records *records)
{
	psp_buffer_clear(&records->shown);
	psp_buffer_clear(&records->cells);
	psp_buffer_clear(&records->kept);
}

/* Whether a byte must come out: the others may be added or left out. */
static inline bool
fuzz_records_must_stay(const struct psp_dialect *dialect, char byte)
{
	return (unsigned char)byte != dialect->separator
	       && (unsigned char)byte != dialect->quote && byte != '\r'
	       && byte != '\n' && byte != ' ' && byte != '\t';
}

static inline void
fuzz_records_keep(const struct psp_dialect *dialect, struct psp_slice bytes,
    struct psp_buffer *kept, struct psp_error *err)
{
	for (size_t i = 0; i < bytes.size; i++)
		if (fuzz_records_must_stay(dialect, bytes.bytes[i]))
			fuzz_must(psp_buffer_put(kept, bytes.bytes[i], err),
			    "memory suffices");
}

/* Appends a text with its size, so that no two sequences look alike. */
static inline void
fuzz_records_show(struct psp_buffer *out, const char *what, size_t number,
    struct psp_slice text, struct psp_error *err)
{
	fuzz_must(
	    psp_buffer_format(out, err, "%s %zu %zu ", what, number, text.size)
		&& psp_buffer_slice(out, text, err)
		&& psp_buffer_put(out, '\n', err),
	    "memory suffices");
}

static inline void
fuzz_records_take_fault(const struct psp_dialect *dialect,
    const struct psp_batch *batch, const struct psp_fault *fault,
    struct fuzz_records *records, struct psp_error *err)
{
	struct psp_buffer *out = &records->shown;

	if (!fault->is_repair)
		fuzz_records_keep(dialect, fault->bytes, &records->kept, err);
	if (!fault->is_repair && fault->kind != PSP_FAULT_CONTINUED)
		records->n_rejected++;
	if (fault->kind != PSP_FAULT_CONTINUED)
		fuzz_must(
		    psp_buffer_format(out, err,
			"%s %d line %zu quote %zu field %zu fields %zu ",
			fault->is_repair ? "repair" : "fault", (int)fault->kind,
			batch->first_line + fault->n_lines,
			fault->field_number == 0
			    ? 0
			    : batch->first_line + fault->n_quote_lines,
			fault->field_number, fault->n_fields),
		    "memory suffices");
	fuzz_must(psp_buffer_slice(out, fault->bytes, err), "memory suffices");
	if (!fault->goes_on)
		fuzz_must(psp_buffer_put(out, '\n', err), "memory suffices");
}

/* The cells of a record lie in its bytes, one after the other. */
static inline void
fuzz_records_check_cells(const struct psp_dialect *dialect,
    struct psp_record *record, struct fuzz_records *records,
    struct psp_error *err)
{
	struct psp_slice bytes = psp_record_bytes(record);
	size_t n = record->batch->n_fields, at = 0;

	for (size_t i = 0; i < n; i++) {
		struct psp_slice raw = psp_record_raw(record, i);
		struct psp_slice text = psp_record_text(record, i);

		fuzz_must(raw.bytes == bytes.bytes + at,
		    "a field begins behind the one before");
		at += raw.size;
		fuzz_must(at <= bytes.size, "a field is inside its record");
		fuzz_must(i + 1 == n
			      || (at < bytes.size
				  && (unsigned char)bytes.bytes[at]
					 == dialect->separator),
		    "a separator stands behind a field");
		at++;
		fuzz_must(text.size <= raw.size, "text is no longer than raw");
		fuzz_must(psp_slice_equal(text, psp_record_text(record, i)),
		    "a text asked again is the same");
		fuzz_records_show(&records->shown, "cell", i, text, err);
		fuzz_records_show(&records->cells, "cell", i, text, err);
	}
	fuzz_must(at == bytes.size + 1, "fields fill their record");
}

static inline void
fuzz_records_take_batch(const struct psp_dialect *dialect,
    const struct psp_batch *batch, struct fuzz_records *records,
    struct psp_error *err)
{
	struct psp_record record;
	size_t fault = 0;

	memset(&record, 0, sizeof(record));
	fuzz_must(psp_record_init(&record, batch, err), "memory suffices");
	for (size_t i = 0; i <= batch->n_spans; i++) {
		while (fault < batch->n_faults
		       && batch->faults[fault].span_index <= i)
			fuzz_records_take_fault(dialect, batch,
			    &batch->faults[fault++], records, err);
		if (i == batch->n_spans)
			break;
		psp_record_seek(&record, i);
		if (batch->n_fields > 0)
			fuzz_records_check_cells(
			    dialect, &record, records, err);
		fuzz_records_keep(
		    dialect, psp_record_bytes(&record), &records->kept, err);
		fuzz_records_show(&records->shown, "line",
		    psp_record_line(&record), psp_record_bytes(&record), err);
		records->n_spans++;
		fuzz_must(psp_record_number(&record) == records->n_spans,
		    "records are counted");
	}
	fuzz_must(fault == batch->n_faults, "faults stand among the records");
	records->n_blank += batch->n_blank_lines;
	psp_record_clear(&record);
}

#endif
