/*
 * Records in a batch, their fields located only when somebody asks.
 *
 * A batch is a run of whole records. A regular record is a span of the batch's
 * bytes, which are decoded UTF-8; where its fields end is known from the mask
 * `separators` (bit i = byte i is a separator or a line end outside quotes), by
 * counting its bits from the record's start to the field asked for. An
 * irregular record (judged by libcsv, repaired, re-encoded, padded) carries the
 * ends of its fields instead and its bytes lie in the batch's arena, already
 * regular: quoted where needed.
 *
 *   bytes       a;b;"x;y"\n c;d;e\n
 *   separators   1 1      1  1 1 1
 */
#ifndef PSP_STREAM_RECORD_H
#define PSP_STREAM_RECORD_H

#include <stdint.h>

#include "libprospect/base/arena.h"
#include "libprospect/base/buffer.h"
#include "libprospect/stream/dialect.h"
#include "libprospect/stream/scan.h"

/* Where a record lies; made by the reader only. */
struct psp_span {
	const char *bytes; /* in the batch's block or in its arena */
	uint32_t size;     /* without the line end */
	uint32_t n_lines;  /* line ends from the batch's start to the record */
	const uint32_t *ends;   /* end of each field; NULL: use the masks */
	uint32_t n_blank_lines; /* of the batch before it */
	uint32_t n_converted;   /* likewise */
};

/* Why a record is no record, or how it was repaired; made by the reader. */
enum psp_fault_kind {
	PSP_FAULT_FIELDS,      /* wrong number of fields */
	PSP_FAULT_JUNK,        /* text after a closing quote */
	PSP_FAULT_UNCLOSED,    /* a quote is not closed */
	PSP_FAULT_UNDECODABLE, /* bytes that are no text in the encoding */
	PSP_FAULT_OVER_LIMIT,  /* longer than max_record */
	PSP_FAULT_HEADER,      /* the header again, after a byte order mark */
	PSP_FAULT_CONTINUED    /* more bytes of the fault before: not counted */
};

struct psp_fault {
	enum psp_fault_kind kind;
	bool is_repair;         /* repaired (its span is there), not rejected */
	bool goes_on;           /* a PSP_FAULT_CONTINUED follows */
	struct psp_slice bytes; /* verbatim (decoded), without the line end */
	size_t n_lines;         /* line ends from the batch's start to it */
	size_t n_quote_lines;   /* the same to the faulty quote */
	size_t field_number;    /* of the faulty quote, from 1; 0 none */
	size_t n_fields;        /* found, for PSP_FAULT_FIELDS */
	size_t n_expected;      /* what the header has, likewise */
	size_t span_index;      /* records of the batch before it */
	size_t n_blank_lines;   /* likewise */
	size_t n_converted;     /* likewise */
};

struct psp_batch {
	const char *file;    /* name for messages */
	size_t first_line;   /* line number of the batch's first byte */
	size_t first_record; /* number of its first record, from 0 */
	size_t n_fields;     /* of every record: the header's */
	const struct psp_dialect *dialect;

	struct psp_span *spans;
	size_t n_spans;
	struct psp_fault *faults; /* in input order */
	size_t n_faults;
	size_t n_blank_lines;
	size_t n_converted; /* records read as Windows-1252 in mixed mode */
	size_t longest;     /* size of the longest record */
	size_t n_lines;     /* line ends in the whole batch */
	bool has_nul;       /* a record or fault holds a NUL */
	size_t nul_at;      /* line ends from the batch's start to the first */
	size_t n_spanned;  /* lines of the first record of very many; 0: none */
	size_t spanned_at; /* line ends from the batch's start to it */
	bool has_header;   /* a record is, byte for byte, the header again */
	size_t header_at;  /* line ends from the batch's start to it */
	bool is_cut;       /* the input ends in it, and without a line end; no
	                    * fault says so */

	const char *bytes; /* the block */
	const uint64_t *separators;
	const struct psp_scan_functions *scan; /* that made them */
};

/* Whether the last thing in the batch is a fault: no record and no blank line
 * comes behind it. */
static inline bool
psp_batch_ends_in_fault(const struct psp_batch *batch)
{
	const struct psp_fault *last;

	if (batch->n_faults == 0)
		return false;
	last = &batch->faults[batch->n_faults - 1];
	return last->span_index == batch->n_spans
	       && last->n_blank_lines == batch->n_blank_lines;
}

/*
 * A record being read. A field is located when it is asked for; once half of
 * them were, all are, and those of the next record at once. `scratch` keeps
 * cells whose doubled quotes were undone. Prepared by psp_record_init, moved
 * from record to record by psp_record_seek. Starts from zeros.
 */
struct psp_record {
	const struct psp_batch *batch;
	const struct psp_span *span;
	size_t index;     /* in the batch, from 0 */
	bool is_flat;     /* `ends` are known */
	bool is_dense;    /* most fields of the record before were asked for */
	size_t n_asked;   /* how often */
	size_t last;      /* the field located last, when n_asked > 0 */
	size_t last_end;  /* its end in the batch's bytes */
	uint32_t *ends;   /* end of each field */
	uint32_t *undone; /* 1 + where the cell is in `scratch`; 0: not there */
	size_t n_places;  /* of `ends` and `undone` */
	char *scratch;    /* room for the longest record */
	size_t scratch_capacity;
	size_t scratch_used;
};

/*
 * Prepares `record` for the records of `batch`, taking memory for the longest
 * of them; to be called again for each batch. Fails with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_record_init(struct psp_record *record,
    const struct psp_batch *batch, struct psp_error *err);

/* Frees what psp_record_init took; NULL is accepted. */
void psp_record_clear(struct psp_record *record);

/* Moves to record `index` of the batch, below n_spans. */
void psp_record_seek(struct psp_record *record, size_t index);

/* Field `column` (from 0, below n_fields) as it stands in the file, quotes
 * included. Borrowed from the batch. */
struct psp_slice psp_record_raw(struct psp_record *record, size_t column);

/* Field `column` without its quotes. Borrowed until the next seek. */
struct psp_slice psp_record_text(struct psp_record *record, size_t column);

/* The line of the file on which the record begins, from 1. */
size_t psp_record_line(const struct psp_record *record);

/*
 * The whole record as it stands (an irregular one made regular), without its
 * line end. Borrowed from the batch.
 */
struct psp_slice psp_record_bytes(const struct psp_record *record);

/* The record's number in all inputs, from 1. */
size_t psp_record_number(const struct psp_record *record);

#endif
