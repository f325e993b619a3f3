/*
 * The steps of prospect-score: records with their scores in columns of ours,
 * as they come or ranked, or the scores line by line. What a score is, score.h
 * knows.
 */
#ifndef PSP_SCORING_SCORER_H
#define PSP_SCORING_SCORER_H

#include "libprospect/scoring/score_plan.h"
#include "libprospect/stream/flow.h"
#include "libprospect/stream/ranking.h"

struct psp_scorer_options {
	struct psp_ranking_options ranking; /* in which order, how many */
	bool explains;                      /* lines instead of records */
	const char *id;      /* explain this record only, or NULL */
	const char *classes; /* names or labels parted by commas, or NULL */
	const char *add;     /* columns to add, parted by commas; NULL: all */
	const char *score;   /* name of that which leads; NULL: the first */
	const char *rollup;  /* "siren=max" and the like, or NULL */
	bool strict;         /* a cell not understood is an error */
	struct psp_notes notes;
};

struct psp_scorer;

/*
 * Binds the scores of a file to a header. The leading one ranks, chooses by
 * class, explains and is rolled up. All arguments are borrowed until the free;
 * `signals` may be NULL when they need none. NULL with problems,
 * PSP_EUSAGE for options that name what is not there, or PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_scorer *psp_scorer_new(const struct psp_models *models,
    struct psp_slices header, const struct psp_signals *signals,
    const struct psp_scorer_options *options, struct psp_problems *problems,
    struct psp_error *err);

/* Orders the conditions by what records of a sample tell; see psp_plan_tune.
 * PSP_ENOMEM. */
PSP_NODISCARD bool psp_scorer_tune(struct psp_scorer *scorer,
    const struct psp_batch *sample, struct psp_error *err);

void psp_scorer_free(struct psp_scorer *scorer);

/* The names of the cells: for the layout, whose header is the input's unless
 * the scorer explains. */
struct psp_slices psp_scorer_cells(const struct psp_scorer *scorer);

/* Records written or explained, known once the flow has run. */
size_t psp_scorer_n_written(const struct psp_scorer *scorer);

/* The steps; the plan of the flow is the scorer. */
extern const struct psp_flow_steps psp_scorer_steps;

#endif
