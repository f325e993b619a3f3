/*
 * A sessions file: session,agent,start,end,pause, a row a session. Read whole;
 * rows that cannot be read are noted and counted.
 */
#ifndef PSP_CALLS_SESSION_FILE_H
#define PSP_CALLS_SESSION_FILE_H

#include "libprospect/calls/call_columns.h"
#include "libprospect/stream/reader.h"

struct psp_session_row {
	struct psp_slice session, agent; /* empty: not said */
	int64_t start, end;              /* seconds since 1970 */
	int64_t pause;                   /* seconds */
	size_t line;
};

struct psp_session_file;

/*
 * Reads the file at `path`. Fails as psp_reader_open, with PSP_EUSAGE where a
 * column is missing, PSP_EIO, PSP_ENOMEM. The columns are found as those of a
 * log; `schema` may be NULL. `path` is borrowed.
 */
PSP_NODISCARD struct psp_session_file *psp_session_file_open(const char *path,
    const struct psp_schema *schema, const struct psp_reader_options *options,
    struct psp_error *err);

void psp_session_file_close(struct psp_session_file *file);

/* The rows, in the order of the file. */
const struct psp_session_row *psp_session_file_rows(
    const struct psp_session_file *file, size_t *n);

/* The path that it was opened by. */
const char *psp_session_file_path(const struct psp_session_file *file);

/* Rows that were no sessions: without start or end, or with the end first. */
size_t psp_session_file_n_rejected(const struct psp_session_file *file);

/* Appends the rows as text, all that they say: to be hashed. PSP_ENOMEM. */
PSP_NODISCARD bool psp_session_file_print(const struct psp_session_file *file,
    struct psp_buffer *out, struct psp_error *err);

/*
 * The session of a call: by its name where log and file have one, else that of
 * the agent in which the time lies; of several the first. PSP_NO_SESSION when
 * there is none. `at` may be PSP_NO_TIME.
 */
uint32_t psp_session_file_find(const struct psp_session_file *file,
    struct psp_slice session, struct psp_slice agent, int64_t at);

#endif
