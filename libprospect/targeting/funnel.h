/*
 * What each criterion costs: counts for --funnel, in written order, in one
 * pass, mergeable in any grouping.
 */
#ifndef PSP_TARGETING_FUNNEL_H
#define PSP_TARGETING_FUNNEL_H

#include "libprospect/report/partial.h"
#include "libprospect/targeting/condition.h"

struct psp_funnel_row {
	size_t n_tested;
	size_t n_true, n_false, n_unknown;
	size_t n_left;   /* records that this and all before let pass */
	size_t n_gained; /* records more, were this one dropped */
};

struct psp_funnel {
	struct psp_funnel_row *rows;
	size_t n_rows;
	size_t n_records;
	size_t n_passed;
};

/* Counters for `n_rows` criteria, at zero. PSP_ENOMEM. */
PSP_NODISCARD bool psp_funnel_init(
    struct psp_funnel *funnel, size_t n_rows, struct psp_error *err);

void psp_funnel_clear(struct psp_funnel *funnel);

/* Counts a record: the truth of each criterion. A criterion lets pass what is
 * true, and with `keeps_unknown` what is unknown. */
void psp_funnel_add(struct psp_funnel *funnel, const enum psp_truth *truths,
    bool keeps_unknown);

/* Sets all counts to 0. */
void psp_funnel_reset(struct psp_funnel *funnel);

/* Adds the counts of `next`, of as many rows. */
void psp_funnel_merge(struct psp_funnel *into, const struct psp_funnel *next);

/* Appends the counts to a state, a line for each criterion by its label. */
void psp_funnel_save(const struct psp_funnel *funnel,
    const struct psp_slice *labels, struct psp_partial *partial);

/*
 * Adds the counts of the rest of a state, whose criteria must have the labels.
 * PSP_ESYNTAX, PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_funnel_load(struct psp_funnel *funnel,
    const struct psp_slice *labels, struct psp_partial_reader *reader,
    struct psp_error *err);

#endif
