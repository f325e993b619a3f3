/*
 * A scoring model bound to a header: its conditions are tests of a plan, its
 * fields columns. Read only once made, so that workers share it.
 */
#ifndef PSP_SCORING_SCORE_PLAN_H
#define PSP_SCORING_SCORE_PLAN_H

#include "libprospect/scoring/model.h"
#include "libprospect/targeting/plan.h"

/* A choice of a bound rule. */
struct psp_bound_choice {
	int64_t first, last;         /* of a bin, in the unit of the field */
	const struct psp_test *test; /* of a map */
	int64_t points;
};

/* What numbers from `first` on score, up to the next step. */
struct psp_step {
	int64_t first; /* of the first step INT64_MIN */
	int64_t points;
};

struct psp_bound_rule {
	const struct psp_rule *rule;
	const struct psp_test *when;
	size_t slot;                  /* of its answers ahead; SIZE_MAX: none */
	int64_t points[PSP_TRUE + 1]; /* WHEN, by its truth */
	int64_t weight[PSP_TRUE + 1]; /* that is known then */
	struct psp_step *steps;       /* of BINS, for one number */
	size_t n_steps;
	size_t field; /* BINS, MAP */
	enum psp_type type;
	struct psp_bound_choice *choices; /* as many as the rule has */
};

/* Scores as virtual numbers, both ends included. */
struct psp_score_range {
	int64_t first, last;
};

struct psp_score_plan {
	const struct psp_model *model;
	struct psp_plan *plan;
	struct psp_bound_rule *rules; /* of all groups, in written order */
	const struct psp_test **disqualifiers;
	const struct psp_test **classes;      /* NULL: all that come to it */
	struct psp_score_range *class_scores; /* that belong to them; NULL:
	                                       * more than scores decides */
	int64_t weight;                       /* of all rules */
	bool has_results;                     /* classes ask for some */
	bool has_key;
	struct psp_column key; /* of --explain; bound when asked for */
	struct psp_arena arena;
};

/* What a run wants of the plan. */
struct psp_score_wishes {
	bool has_signals; /* there is a signals file */
	bool needs_key;   /* records are called by their key */
};

/*
 * Binds the model to a header; both are borrowed until the free. All that is
 * missing is found. NULL with problems, or PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_score_plan *psp_score_plan_new(
    const struct psp_model *model, struct psp_slices header,
    const struct psp_score_wishes *wishes, struct psp_problems *problems,
    struct psp_error *err);

void psp_score_plan_free(struct psp_score_plan *plan);

#endif
