/*
 * Records and results to bytes. A layout says what each column of the output
 * is: a column of the input that passes, or a cell of ours. Rows are formatted
 * into a `psp_rows` (one per batch, so that workers can format apart) and the
 * writer joins them in order, 128 KiB at a time.
 *
 * Formats are sets of functions (`struct psp_format`): CSV, TSV, JSON and JSON
 * lines are here; the table and Markdown, for people, are in report/ and use
 * the same interface.
 */
#ifndef PSP_STREAM_WRITER_H
#define PSP_STREAM_WRITER_H

#include "libprospect/stream/record.h"

/* A cell of ours. */
enum psp_cell_kind {
	PSP_CELL_TEXT,
	PSP_CELL_NUMBER, /* written as it stands; a number in JSON */
	PSP_CELL_RATE,   /* a number; people read 0.0512 as 5.12 % */
	PSP_CELL_NULL    /* unknown: empty in CSV, null in JSON */
};

struct psp_cell {
	enum psp_cell_kind kind;
	struct psp_slice text; /* of a number: digits, '-', '.' */
};

/* A cell of text, borrowed. */
static inline struct psp_cell
psp_cell_text(struct psp_slice text)
{
	struct psp_cell cell = { PSP_CELL_TEXT, text };

	return cell;
}

/* A cell with a count, whose digits are written to `digits`. */
struct psp_cell psp_cell_count(size_t count, char digits[24]);

/* Where a column of the output comes from. */
struct psp_layout_column {
	struct psp_slice name;
	struct psp_slice raw; /* the name as the input writes it, or empty */
	bool is_input;
	size_t index; /* of the input's column or of our cell */
	size_t n_run; /* columns from here on that are neighbours in the input
	               * too; 0 for a cell */
};

struct psp_layout {
	struct psp_layout_column *columns;
	size_t n_columns;
	size_t n_inputs; /* columns of the input */
	size_t n_cells;
	struct psp_arena arena;
};

/*
 * Lays out all columns of `header` followed by `cells` (names). A cell whose
 * name the header has (byte for byte) takes that column's place, which is said
 * to `notes`. `header` may be empty: a report. Fails with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_layout_init(struct psp_layout *layout,
    struct psp_slices header, struct psp_slices cells,
    const struct psp_notes *notes, struct psp_error *err);

void psp_layout_clear(struct psp_layout *layout);

/*
 * Lets the header pass as untouched as the records: `bytes` is the input's
 * header line (psp_reader_header_bytes) in `dialect`. Names that it does not
 * write regularly are written anew. Fails with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_layout_keep_header(struct psp_layout *layout,
    struct psp_slice bytes, const struct psp_dialect *dialect,
    struct psp_error *err);

struct psp_writer_options {
	unsigned char separator; /* of CSV; 0: ',', with excel ';' */
	bool no_header;          /* tables have one all the same */
	bool excel;   /* BOM, CRLF, decimal comma in our numbers, no formulas */
	size_t width; /* columns of the terminal for a table; 0: whole */
	bool ascii;   /* tables without Unicode lines */
	/* Of a report: JSON is then an object that names the schema, and the
	 * remarks stand below what people read. Borrowed. */
	const char *schema; /* NULL: no report */
	struct psp_slices remarks;
};

struct psp_writer;

/* Rows formatted apart, in order. Start from zeros. */
struct psp_rows {
	struct psp_writer *writer;
	struct psp_buffer bytes;
	size_t n_rows;
	size_t *ends;    /* end of each row in `bytes`, when keep_ends */
	size_t *records; /* record of the batch that made it, when keep_ends */
	size_t ends_capacity;
	bool keep_ends; /* `--limit` needs to cut between rows */
	/* The records outlive the rows, so that neighbours which are written as
	 * they stand need no copy each: `run` is those that come after `bytes`.
	 */
	bool joins;
	struct psp_slice run;
};

/*
 * A way of writing. `row` may run in several threads at once, before `begin`
 * too, so it only reads the state; the others run in one.
 */
struct psp_format {
	const char *name; /* as --to takes it */
	/* Fills the state when the writer opens; may be NULL. */
	bool (*open)(struct psp_writer *, struct psp_error *);
	/* Appends what comes before the first row (header, "["). */
	bool (*begin)(
	    struct psp_writer *, struct psp_buffer *, struct psp_error *);
	/* Appends one row. `record` is NULL where the layout has no input. */
	bool (*row)(struct psp_writer *, struct psp_buffer *,
	    struct psp_record *record, const struct psp_cell *cells,
	    struct psp_error *);
	/* The row of the record where it is bytes of the batch, line end and
	 * all, else empty; may be NULL. */
	struct psp_slice (*as_it_stands)(
	    struct psp_writer *, const struct psp_record *record);
	/* Takes the bytes of `n_rows` rows in order; NULL: they are output. */
	bool (*accept)(struct psp_writer *, struct psp_slice bytes,
	    size_t n_rows, struct psp_buffer *, struct psp_error *);
	/* Appends what comes after the last row ("]", the whole table). */
	bool (*end)(
	    struct psp_writer *, struct psp_buffer *, struct psp_error *);
	void (*close)(struct psp_writer *); /* frees the state; may be NULL */
	size_t state_size; /* bytes of zeroed state, psp_writer_state */
	bool is_for_people;
};

extern const struct psp_format psp_format_csv, psp_format_tsv, psp_format_jsonl,
    psp_format_json;

/*
 * A writer on `fd` (not closed by the writer), `name` for messages. `layout`
 * and `name` are borrowed until the close. Returns NULL with PSP_ENOMEM. What
 * writes fails with PSP_EIO, and does so again once it has failed.
 */
PSP_NODISCARD struct psp_writer *psp_writer_open(int fd, const char *name,
    const struct psp_format *format, const struct psp_writer_options *options,
    const struct psp_layout *layout, struct psp_error *err);

/* Frees it without writing what waits; NULL is accepted. */
void psp_writer_close(struct psp_writer *writer);

/* Writes the header or what the format begins with. PSP_EIO, PSP_ENOMEM. */
PSP_NODISCARD bool psp_writer_begin(
    struct psp_writer *writer, struct psp_error *err);

/*
 * Appends a row to `rows`; `record` NULL for a report. `cells` are the layout's
 * n_cells. On PSP_ENOMEM the rows are as they were.
 */
PSP_NODISCARD bool psp_rows_put(struct psp_rows *rows,
    struct psp_record *record, const struct psp_cell *cells,
    struct psp_error *err);

/*
 * Appends a row that psp_rows_put made before, for the same writer: one kept
 * aside to be ranked. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_rows_append(
    struct psp_rows *rows, struct psp_slice row, struct psp_error *err);

void psp_rows_clear(struct psp_rows *rows);

/*
 * Gives the rows to their writer once there are enough for a write: for rows
 * that are made in order after all input, of which there may be many. PSP_EIO,
 * PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_rows_pass(struct psp_rows *rows, struct psp_error *err);

/*
 * Takes the rows in order and empties `rows`: at most `limit` of them
 * (SIZE_MAX: all; less needs keep_ends). Writes when 128 KiB wait.
 */
PSP_NODISCARD bool psp_writer_take(struct psp_writer *writer,
    struct psp_rows *rows, size_t limit, struct psp_error *err);

/* Writes what waits: when input goes idle. */
PSP_NODISCARD bool psp_writer_flush(
    struct psp_writer *writer, struct psp_error *err);

/* Writes the end of the format and all that waits. */
PSP_NODISCARD bool psp_writer_finish(
    struct psp_writer *writer, struct psp_error *err);

/* For formats. */
const struct psp_layout *psp_writer_layout(const struct psp_writer *writer);
const struct psp_writer_options *psp_writer_options(
    const struct psp_writer *writer);
void *psp_writer_state(struct psp_writer *writer);

/* Appends a CSV field, quoted only where it must be: it holds the separator,
 * the quote, CR or LF, begins or ends with a blank, or is the only field and
 * empty. */
PSP_NODISCARD bool psp_csv_put_field(struct psp_buffer *buffer,
    struct psp_slice text, unsigned char separator, bool is_only,
    struct psp_error *err);

#endif
