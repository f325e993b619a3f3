/*
 * The dialect of a file: encoding, line end, separator, quote, where the
 * header begins, and how its people write decimals. Found from the first
 * 64 KiB, each part overridden by an option, said with -v.
 */
#ifndef PSP_STREAM_DIALECT_H
#define PSP_STREAM_DIALECT_H

#include "libprospect/stream/decode.h"
#include "libprospect/stream/note.h"

enum { PSP_SAMPLE_SIZE = 65536 };

/* Marks of `quote` besides a byte. */
enum { PSP_QUOTE_DETECT = 0, PSP_QUOTE_NONE = -1 };

/* What 1.234 and 1,234 mean. */
enum psp_decimal {
	PSP_DECIMAL_UNKNOWN, /* the sample does not show it: not understood */
	PSP_DECIMAL_POINT,
	PSP_DECIMAL_COMMA
};

/* What the user said of a dialect; zero means "detect". */
struct psp_dialect_options {
	unsigned char separator;
	int quote; /* a byte, PSP_QUOTE_DETECT or PSP_QUOTE_NONE */
	enum psp_encoding encoding;
	enum psp_decimal decimal;
	bool skip_lines_given;
	size_t skip_lines; /* lines before the header */
};

struct psp_dialect {
	unsigned char separator;
	int quote;             /* a byte or PSP_QUOTE_NONE */
	unsigned char newline; /* '\n' (LF and CRLF) or '\r' (CR only) */
	enum psp_encoding encoding;
	enum psp_decimal decimal;
	size_t bom_size; /* bytes to skip before decoding */
	size_t
	    skip_size; /* decoded bytes before the header: `sep=;`, preamble */
	size_t n_skipped_lines; /* lines in them */
	bool separator_is_sure; /* else said by a warning */
};

/*
 * Finds the dialect of a file from its first bytes (raw, at most
 * PSP_SAMPLE_SIZE; `is_whole` when there are no more). `name` is the file's
 * for notes and errors. Fails with PSP_ESYNTAX for bytes that are no text of
 * ours (gzip, zip, zstd, xz, bzip2, UTF-32, UTF-16 without BOM that cannot be
 * told, spreadsheets, parquet), naming what they are and the command that
 * opens them; for fewer lines than `skip_lines`; with PSP_EUSAGE where the
 * separator found is the quote that was named; with PSP_ENOMEM. An empty
 * sample gives the defaults. What was found goes to `notes` as one
 * PSP_NOTE_DETAIL; doubts, and words left out above the header, as warnings.
 */
PSP_NODISCARD bool psp_dialect_detect(struct psp_slice sample, bool is_whole,
    const struct psp_dialect_options *options, const char *name,
    const struct psp_notes *notes, struct psp_dialect *dialect,
    struct psp_error *err);

#endif
