/*
 * Everything wrong with a settings file at once: a list of errors, each with
 * its place, shown in the order of the file.
 */
#ifndef PSP_BASE_PROBLEMS_H
#define PSP_BASE_PROBLEMS_H

#include "libprospect/base/error.h"

struct psp_problems {
	struct psp_error *items;
	size_t n;
	size_t capacity;
	bool out_of_memory; /* some could not be kept */
};

void psp_problems_init(struct psp_problems *problems);

void psp_problems_clear(struct psp_problems *problems);

/*
 * Adds a problem, once. Always returns false, so that a check can end in it.
 * Beyond 200 none is kept, but `n` goes on counting no further than that.
 */
bool psp_problems_add(struct psp_problems *problems, enum psp_status status,
    const char *file, size_t line, size_t column, const char *format, ...)
    PSP_PRINTF(6, 7);

/* Whether no more are kept: a search for what else is wrong can be spared. */
bool psp_problems_full(const struct psp_problems *problems);

/* Sorts by file (in order of first mention), line and column. */
void psp_problems_sort(struct psp_problems *problems);

#endif
