/*
 * Partial results as text, for work cut into pieces: a state that one run
 * writes and another joins with its like (--partial, --merge). The first line
 * names what it is of; states that differ in it are not joined. Each further
 * line is a word and its fields, parted by tabs; the last tells how many lines
 * there are, so that a state cut short is known.
 *
 *   prospect-ratios	summary	1	9f86d081884c7d65
 *   cell	0	12	3
 *   end	1
 */
#ifndef PSP_REPORT_PARTIAL_H
#define PSP_REPORT_PARTIAL_H

#include <stdint.h>

#include "libprospect/base/buffer.h"

/* What the first line says. */
struct psp_partial_name {
	const char *tool;
	const char *report;
	unsigned version;  /* of the lines that follow */
	uint64_t settings; /* hash of all that decides what is counted */
};

/* A state being written; psp_partial_begin starts it. */
struct psp_partial {
	struct psp_buffer bytes; /* the caller writes and clears them */
	size_t n_lines;
	struct psp_error err; /* memory that ran out; told at the end */
};

void psp_partial_begin(
    struct psp_partial *partial, const struct psp_partial_name *name);

void psp_partial_clear(struct psp_partial *partial);

/* A line: its word, then its fields. */
void psp_partial_line(struct psp_partial *partial, const char *word);
void psp_partial_text(struct psp_partial *partial, struct psp_slice text);
void psp_partial_number(struct psp_partial *partial, int64_t number);

/* Ends the state. PSP_ENOMEM, here or before. */
PSP_NODISCARD bool psp_partial_end(
    struct psp_partial *partial, struct psp_error *err);

/* A state being read. */
struct psp_partial_reader;

/*
 * Reads the state in file `path`, or "-". Fails with PSP_EUSAGE when it is of
 * another tool, report, version or settings than `name`; PSP_ESYNTAX when it is
 * no state or a part of one; PSP_EIO, PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_partial_reader *psp_partial_open(const char *path,
    const struct psp_partial_name *name, struct psp_error *err);

void psp_partial_close(struct psp_partial_reader *reader);

/* Moves to the next line: false at the end. */
bool psp_partial_next(struct psp_partial_reader *reader);

/* Whether the line begins with this word. */
bool psp_partial_is(const struct psp_partial_reader *reader, const char *word);

/*
 * The next field of the line. A text is borrowed until the next line. False
 * when there is none or it is no number; `err` then says so, PSP_ESYNTAX.
 */
PSP_NODISCARD bool psp_partial_get_text(struct psp_partial_reader *reader,
    struct psp_slice *text, struct psp_error *err);
PSP_NODISCARD bool psp_partial_get_number(
    struct psp_partial_reader *reader, int64_t *number, struct psp_error *err);

/* The same where the number is a count below `limit`. */
PSP_NODISCARD bool psp_partial_get_count(struct psp_partial_reader *reader,
    size_t limit, size_t *count, struct psp_error *err);

/* Adds the next field, a count, to `*sum`. */
PSP_NODISCARD bool psp_partial_add_count(
    struct psp_partial_reader *reader, size_t *sum, struct psp_error *err);

/* Fields of the line that were not taken yet. */
size_t psp_partial_n_fields(const struct psp_partial_reader *reader);

/* "not a line of a state" at the line at hand. Always false. */
bool psp_partial_refuse(
    const struct psp_partial_reader *reader, struct psp_error *err);

#endif
