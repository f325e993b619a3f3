/*
 * Deals added up as they come: of a report that is made of sums, without a
 * history and without --rows, nothing of a deal is kept but its number. What
 * comes out is what the order book would give (sums.h); tests compare both.
 */
#ifndef PSP_DEALS_PASSING_H
#define PSP_DEALS_PASSING_H

#include "libprospect/deals/roll.h"
#include "libprospect/deals/sums.h"

/* What is told of deals in stages that the settings do not have, and of those
 * that stand in the input twice. */
struct psp_oddities {
	size_t n_unknown; /* stages */
	uint32_t unknown; /* label of the first */
	uint32_t unknown_line;
	const char *unknown_file;
	size_t n_repeats;
	struct psp_slice repeated; /* number of the first, borrowed */
	uint32_t repeat_line, before_line;
	const char *repeat_file, *before_file;
};

struct psp_passing {
	const struct psp_inquiry *inquiry;
	struct psp_book book; /* labels and cells not understood; no deals */
	struct psp_roll roll;
	struct psp_sums_table table;
	struct psp_currencies currencies;
	struct psp_oddities oddities;
	struct psp_buffer repeated; /* bytes of oddities.repeated */
	struct psp_error failure;   /* of adding up; told at the end */
};

/* Whether a report can be made so. */
bool psp_passing_fits(const struct psp_inquiry *inquiry);

/* NULL with PSP_ENOMEM. */
PSP_NODISCARD struct psp_passing *psp_passing_new(
    const struct psp_inquiry *inquiry, struct psp_error *err);

void psp_passing_free(struct psp_passing *passing);

/* Adds the deals of a batch, which come later in the input. PSP_ENOMEM. */
PSP_NODISCARD bool psp_passing_add(struct psp_passing *passing,
    const struct psp_book *batch, struct psp_error *err);

#endif
