/*
 * A scoring model bound to a header: its conditions are tests of a plan, its
 * fields columns. Read only once made, so that workers share it.
 */
#ifndef PSP_SCORING_SCORE_PLAN_H
#define PSP_SCORING_SCORE_PLAN_H

#include "libprospect/scoring/model.h"
#include "libprospect/targeting/evaluation.h"
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

/* Rules whose points are looked up by all their answers together: more would
 * need tables too large for the nearest memory. */
enum { PSP_RULES_TOGETHER = 4 };

/* What an answer ahead may be: a truth, or none. */
enum { PSP_N_ANSWERS = PSP_NO_ANSWER + 1 };

/* The weight of what is still to be asked: more than rules can make good. */
#define PSP_OPEN_WEIGHT (-((int64_t)1 << 46))

struct psp_given {
	int64_t points, weight;
};

/* Some of a group, and what they give by their answers, of which each takes two
 * bits, the last one the lowest. */
struct psp_rules_together {
	size_t group, n;
	size_t slots[PSP_RULES_TOGETHER]; /* of their answers */
	struct psp_given given[1 << (2 * PSP_RULES_TOGETHER)];
};

/* Scores as virtual numbers, both ends included. */
struct psp_score_range {
	int64_t first, last;
};

struct psp_score_plan {
	const struct psp_model *model;
	struct psp_plan *plan;
	struct psp_bound_rule *rules; /* of all groups, in written order */
	struct psp_rules_together *together; /* in the order of groups */
	size_t n_together;
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

/* Whether a rule gives points by an answer that is found ahead: it is one of
 * those taken together. */
static inline bool
psp_rule_is_answered(const struct psp_bound_rule *bound)
{
	return bound->rule->kind == PSP_RULE_WHEN && bound->slot != SIZE_MAX;
}

#endif
