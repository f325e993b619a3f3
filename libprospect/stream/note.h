/*
 * What the library has to say while data flow: it never prints, it hands notes
 * to the command, which prints them (cmd/cli/report.c).
 */
#ifndef PSP_STREAM_NOTE_H
#define PSP_STREAM_NOTE_H

#include "libprospect/base/error.h"

enum psp_note_level {
	PSP_NOTE_DETAIL,  /* shown with -v: what was detected */
	PSP_NOTE_WARNING, /* always shown unless -q */
	PSP_NOTE_REPAIR,  /* a record was repaired; the first 20, then totals */
	PSP_NOTE_REJECT   /* a record was rejected; the first 20, then totals */
};

/*
 * Receives a note. The status of `note` is PSP_OK or, for a reject, what is
 * wrong; `kind` is a short constant text by which equal notes are counted
 * ("wrong number of fields"), NULL for those that are never summed up.
 */
typedef void psp_note_fn(void *user, enum psp_note_level level,
    const char *kind, const struct psp_error *note);

/* Where notes go; `call` may be NULL. */
struct psp_notes {
	psp_note_fn *call;
	void *user;
};

/* Sends a note; `file` may be NULL, `line` and `column` 0. */
void psp_note(const struct psp_notes *notes, enum psp_note_level level,
    const char *kind, const char *file, size_t line, size_t column,
    const char *format, ...) PSP_PRINTF(7, 8);

#endif
