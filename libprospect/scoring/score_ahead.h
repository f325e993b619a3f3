/*
 * Scores of the records of a stretch, rule by rule, from what was answered
 * ahead (psp_evaluation_look_ahead). A record of which anything is still to be
 * asked is left to be scored at its turn, and so is one that is disqualified:
 * the others have the scores they would have then.
 */
#ifndef PSP_SCORING_SCORE_AHEAD_H
#define PSP_SCORING_SCORE_AHEAD_H

#include "libprospect/scoring/score_plan.h"
#include "libprospect/targeting/evaluation.h"

/* By row of the stretch; of groups by group first. Starts from zeros. */
struct psp_score_ahead {
	bool is_made;
	int64_t *sums;                       /* of the groups' rules */
	int64_t *groups;                     /* the same, cut */
	int64_t totals[PSP_STRETCH_RECORDS]; /* of the groups */
	int64_t known[PSP_STRETCH_RECORDS];  /* weight of rules */
	bool is_open[PSP_STRETCH_RECORDS];   /* still to be scored */
	/* Where classes hang on scores alone and none has a quota; SIZE_MAX:
	 * none. */
	size_t classes[PSP_STRETCH_RECORDS];
};

/* PSP_ENOMEM, and may then be cleared. */
PSP_NODISCARD bool psp_score_ahead_init(struct psp_score_ahead *ahead,
    const struct psp_score_plan *plan, struct psp_error *err);

void psp_score_ahead_clear(struct psp_score_ahead *ahead);

/* Scores `n` records of which `evaluation` has looked ahead. */
void psp_score_look_ahead(struct psp_score_ahead *ahead,
    const struct psp_score_plan *plan, const struct psp_evaluation *evaluation,
    size_t n);

/* Points within bounds, of which there may be none (PSP_POINTS_NONE). */
static inline int64_t
psp_points_cut(int64_t points, int64_t min, int64_t max)
{
	if (max != PSP_POINTS_NONE && points > max)
		return max;
	if (min != PSP_POINTS_NONE && points < min)
		return min;
	return points;
}

/* Points as a virtual number; what is too large for one counts as the most. */
static inline int64_t
psp_points_units(int64_t hundredths)
{
	const int64_t scale = PSP_NUMBER_SCALE / 100, most = INT64_MAX / scale;

	if (hundredths > most)
		return INT64_MAX;
	if (hundredths < -most)
		return -INT64_MAX;
	return hundredths * scale;
}

static inline bool
psp_score_is_within(const struct psp_score_range *range, int64_t units)
{
	return (int)(units >= range->first) & (int)(units <= range->last);
}

/* What one number scores by bins. */
static inline int64_t
psp_step_points(const struct psp_bound_rule *bound, int64_t number)
{
	const struct psp_step *step = bound->steps;

	/* The last step that begins at or before it, without a branch. */
	for (size_t n = bound->n_steps, half; n > 1; n -= half) {
		half = n / 2;
		step += step[half].first <= number ? half : 0;
	}
	return step->points;
}

#endif
