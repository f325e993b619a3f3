/* Cells that were not understood: told at the end, or an error when asked. */
#ifndef PSP_TARGETING_TALLIES_H
#define PSP_TARGETING_TALLIES_H

#include "libprospect/stream/note.h"
#include "libprospect/targeting/evaluation.h"

/* A plan and what was asked by it. */
struct psp_asked {
	const struct psp_plan *plan;
	struct psp_evaluation *evaluation;
};

/*
 * Sends a warning for each field of the `n` plans with cells that were not
 * understood: how many, and the first with its place. Plans of the same records
 * that tell the same do so once.
 */
void psp_tallies_note(
    const struct psp_asked *asked, size_t n, const struct psp_notes *notes);

/* PSP_ESYNTAX at the first cell that was not understood, if there is one. */
PSP_NODISCARD bool psp_tallies_check(
    const struct psp_asked *asked, size_t n, struct psp_error *err);

#endif
