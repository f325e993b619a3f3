/*
 * Bytes to records: source, decode, dialect, scan and the judgement of
 * irregular records behind two calls, one for batches (the flow) and one for
 * single records (side files: signals, suppression lists, sessions).
 */
#ifndef PSP_STREAM_READER_H
#define PSP_STREAM_READER_H

#include "libprospect/stream/record.h"

struct psp_reader;

/* Offsets within a record have 32 bits, and quoting may double it. */
enum { PSP_MAX_RECORD = 1 << 30 };

/* How to read; psp_reader_options_init gives the defaults of the manual. */
struct psp_reader_options {
	struct psp_dialect_options dialect;
	struct psp_slices fields; /* names when there is no header line */
	bool no_header;           /* `fields` stands for the header */
	bool allow_empty;         /* no byte at all: no header, no error */
	bool no_repair;
	bool ragged;
	size_t max_record; /* bytes, up to PSP_MAX_RECORD */
	size_t max_columns;
	size_t read_size; /* bytes asked of the source at once */
	const struct psp_scan_functions *scan; /* NULL: the best */
	struct psp_notes notes;
};

void psp_reader_options_init(struct psp_reader_options *options);

/*
 * Opens `path` ("-": standard input), finds the dialect and reads the header.
 * `options` is copied; its `fields` and notes are borrowed until the close.
 * Fails with PSP_EIO, PSP_ENOMEM, PSP_ESYNTAX (empty input, compressed bytes,
 * header that is no record), PSP_EUSAGE (the separator found is the quote) or
 * PSP_ELIMIT (too many columns).
 */
PSP_NODISCARD struct psp_reader *psp_reader_open(const char *path,
    const struct psp_reader_options *options, struct psp_error *err);

void psp_reader_close(struct psp_reader *reader);

/* The names of the header, unquoted, borrowed until the close; none when an
 * empty input was allowed. */
struct psp_slices psp_reader_header(const struct psp_reader *reader);

/* The header line as it stands in the file (decoded), without line end. */
struct psp_slice psp_reader_header_bytes(const struct psp_reader *reader);

/* The line on which the header begins, from 1. */
size_t psp_reader_header_line(const struct psp_reader *reader);

const struct psp_dialect *psp_reader_dialect(const struct psp_reader *reader);

const char *psp_reader_name(const struct psp_reader *reader);

/*
 * The sample that told the dialect, decoded, from the header line on, or from
 * the first record without one; the last record may be cut unless `*is_whole`.
 * Borrowed until the close. For sample.h.
 */
struct psp_slice psp_reader_sample(
    const struct psp_reader *reader, bool *is_whole);

/* Whether the first record of the sample is the header. */
bool psp_reader_has_header(const struct psp_reader *reader);

/*
 * Fills `batch` with the next run of records. The batch and all it points to
 * live until the next call. Returns 1; 0 at the end; -1 with PSP_EIO,
 * PSP_ENOMEM or PSP_ELIMIT. A record over the limit is no error of this call
 * but a fault in the batch.
 */
PSP_NODISCARD int psp_reader_batch(struct psp_reader *reader,
    const struct psp_batch **batch, struct psp_error *err);

/* Bytes read from the source so far, and how many it had when opened; 0 when
 * it is no regular file. */
size_t psp_reader_n_bytes(const struct psp_reader *reader);
size_t psp_reader_size(const struct psp_reader *reader);

/* Numbers the records from `first` on (0 otherwise): for inputs after others.
 * To be called before the first batch is taken. */
void psp_reader_number_from(struct psp_reader *reader, size_t first);

/*
 * Whether the rest of the input, from which no batch was taken, can be read in
 * parts by several threads: a regular file of UTF-8. Its records lie between
 * `*from`, where one begins, and `*to` of the file.
 */
bool psp_reader_can_split(
    const struct psp_reader *reader, size_t *from, size_t *to);

/* Prepares a block of one's own for records of this input; its batch has the
 * line and number of the record at `*from`. PSP_ENOMEM. */
struct psp_block;
PSP_NODISCARD bool psp_reader_init_block(const struct psp_reader *reader,
    struct psp_block *block, struct psp_error *err);

/* Reads `size` bytes at `offset` of the file, less at its end; may be called by
 * several threads. Returns how many; -1 with PSP_EIO. */
PSP_NODISCARD ptrdiff_t psp_reader_read_at(const struct psp_reader *reader,
    void *bytes, size_t size, size_t offset, struct psp_error *err);

/* Counts bytes that were read in parts as read. */
void psp_reader_passed(struct psp_reader *reader, size_t n_bytes);

/* Whether the last read found less than it asked for: a good moment to write
 * what waits. */
bool psp_reader_is_idle(const struct psp_reader *reader);

/*
 * Moves `*record` to the next record; it belongs to the reader and lives until
 * the next call. Faults are sent as notes. Returns 1; 0 at the end; -1 as
 * above.
 */
PSP_NODISCARD int psp_reader_next(struct psp_reader *reader,
    struct psp_record **record, struct psp_error *err);

/* Records rejected so far by psp_reader_next. */
size_t psp_reader_n_rejected(const struct psp_reader *reader);

#endif
