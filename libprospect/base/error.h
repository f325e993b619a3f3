/*
 * Errors: what can fail takes a `struct psp_error *` last, fills it once and
 * returns false, NULL or -1. The first error wins. The struct holds copies and
 * no pointers: it outlives what it speaks of, and filling it never allocates.
 */
#ifndef PSP_BASE_ERROR_H
#define PSP_BASE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "libprospect/base/compiler.h"

/* What went wrong; cmd/cli/report.c turns it into the exit status. */
enum psp_status {
	PSP_OK,
	PSP_EUSAGE,    /* options or settings that cannot be followed */
	PSP_ESETTINGS, /* a settings file is wrong */
	PSP_ESYNTAX,   /* input data are wrong */
	PSP_ELIMIT,    /* input data exceed a limit that an option sets */
	PSP_EIO,       /* the system refused to open, read or write */
	PSP_ENOMEM     /* memory ran out */
};

struct psp_error {
	enum psp_status status; /* PSP_OK until something fails */
	char file[256];         /* "" when no file is concerned */
	size_t line;            /* from 1; 0 unknown */
	size_t column;          /* from 1; CSV: field number, YAML: character */
	char message[512];      /* one line, no full stop, no newline */
};

/* Makes `err` ready: no error yet. */
void psp_error_init(struct psp_error *err);

/*
 * Fills `err` unless it holds an error already. `file` may be NULL. A message
 * longer than the struct ends in "...". Always returns false, so that a
 * function can end in `return psp_error_set(...)`.
 */
bool psp_error_set(struct psp_error *err, enum psp_status status,
    const char *file, size_t line, size_t column, const char *format, ...)
    PSP_PRINTF(6, 7);

/* The same with the arguments in a list. */
bool psp_error_setv(struct psp_error *err, enum psp_status status,
    const char *file, size_t line, size_t column, const char *format,
    va_list arguments) PSP_PRINTF(6, 0);

/* Memory ran out. Always returns false. */
bool psp_error_memory(struct psp_error *err);

/*
 * A call of the system on `file` failed with `errnum`; `doing` is a verb such
 * as "read". Always returns false.
 */
bool psp_error_system(
    struct psp_error *err, const char *file, const char *doing, int errnum);

#endif
