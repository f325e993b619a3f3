/*
 * What a scorer holds: shared by scorer.c, which binds it, and scorer_steps.c,
 * which runs it. Where there are several scores all of them are made of each
 * record; the leading one ranks, chooses and explains.
 */
#ifndef PSP_SCORING_SCORING_H
#define PSP_SCORING_SCORING_H

#include "libprospect/scoring/kept.h"
#include "libprospect/scoring/rollup.h"
#include "libprospect/scoring/scorer.h"
#include "libprospect/targeting/tallies.h"

struct psp_scorer {
	struct psp_scorer_options options;
	const struct psp_models *models;
	size_t leading;
	const struct psp_signals *signals;
	struct psp_score_plan **plans; /* of the models */
	struct psp_score_columns columns;
	bool *wanted; /* by class, then whether the disqualified are; or NULL */
	struct psp_buffer id; /* the joining form of options.id */
	struct psp_rollup_rule rollup;
	struct psp_arena arena;
	bool *has_quotas; /* by model: which rows show or are chosen by */
	bool keeps;       /* rows are known at the end: see kept.h */
	size_t n_written; /* once the flow has run */
	/* Of the rows merged so far: without it each batch would format rows
	 * that have long been beaten. A hint to workers; nothing hangs on when
	 * they see it. */
	_Atomic uint64_t floor;
};

/* What one batch has, or several merged. Arrays are by model. */
struct psp_scorer_state {
	size_t n_models;
	struct psp_asked *asked;
	struct psp_score *scores;
	struct psp_score_cells cells;
	struct psp_stretch stretch;
	struct psp_record record;
	struct psp_buffer key, kept;
	struct psp_ranking ranking;
	struct psp_quota_scores *quotas;
	struct psp_rollup rollup;
	size_t n_written;
};

/* The model that ranks, chooses and explains, and its plan. */
const struct psp_model *psp_scorer_leader(const struct psp_scorer *scorer);
struct psp_score_plan *psp_scorer_leading_plan(const struct psp_scorer *scorer);

#endif
