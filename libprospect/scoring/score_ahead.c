/* Scoring a stretch; see the header. */
#include <config.h>

#include "libprospect/scoring/score_ahead.h"

#include <stdlib.h>

enum { ROWS = PSP_STRETCH_RECORDS };

bool
psp_score_ahead_init(struct psp_score_ahead *ahead,
    const struct psp_score_plan *plan, struct psp_error *err)
{
	size_t n = (plan->model->n_groups + 1) * ROWS;

	ahead->sums = calloc(n, sizeof(*ahead->sums));
	ahead->groups = calloc(n, sizeof(*ahead->groups));
	return (ahead->sums != NULL && ahead->groups != NULL)
	       || psp_error_memory(err);
}

void
psp_score_ahead_clear(struct psp_score_ahead *ahead)
{
	free(ahead->sums);
	free(ahead->groups);
}

/* Adds what rules give by the truths of their conditions. */
static void
add_together(struct psp_score_ahead *ahead,
    const struct psp_rules_together *together,
    const struct psp_evaluation *evaluation, size_t n, int64_t *sums)
{
	unsigned char all[ROWS] = { 0 };

	/* All rows, of which those behind the last hold old answers: a number
	 * of turns that is known makes one of a vector. */
	for (size_t i = 0; i < together->n; i++) {
		const unsigned char *answers =
		    psp_evaluation_column(evaluation, together->slots[i]);

		for (size_t row = 0; row < ROWS; row++)
			all[row] = (unsigned char)(all[row] * PSP_N_ANSWERS
						   + answers[row]);
	}
	for (size_t row = 0; row < n; row++) {
		sums[row] += together->given[all[row]].points;
		ahead->known[row] += together->given[all[row]].weight;
	}
}

/* Adds what a rule gives for plain numbers. */
static void
add_bins(struct psp_score_ahead *ahead, const struct psp_bound_rule *bound,
    const struct psp_numbers *numbers, size_t n, int64_t *sums)
{
	for (size_t row = 0; row < n; row++) {
		sums[row] += psp_step_points(
		    bound, numbers->items[row] * numbers->scale);
		ahead->known[row] += numbers->is_number[row] != 0
		                         ? bound->rule->weight
		                         : PSP_OPEN_WEIGHT;
	}
}

static void
leave_all(struct psp_score_ahead *ahead)
{
	for (size_t row = 0; row < ROWS; row++)
		ahead->is_open[row] = true;
}

/* Adds what a rule gives by the first value of a map that holds. False when
 * one of them is not asked ahead. */
static bool
add_map(struct psp_score_ahead *ahead, const struct psp_bound_rule *bound,
    const struct psp_evaluation *evaluation, size_t n, int64_t *sums)
{
	const struct psp_rule *rule = bound->rule;
	bool is_found[ROWS] = { false };

	for (size_t i = 0; i < rule->n_choices; i++) {
		const struct psp_bound_choice *choice = &bound->choices[i];
		size_t slot = psp_plan_answer_slot(choice->test);
		const unsigned char *answers;
		int64_t points[PSP_NO_ANSWER + 1] = { 0 };
		int64_t weight[PSP_NO_ANSWER + 1] = { 0 };

		if (slot == SIZE_MAX)
			return false;
		points[PSP_TRUE] = choice->points;
		points[PSP_UNKNOWN] = rule->missing;
		weight[PSP_TRUE] = rule->weight;
		weight[PSP_NO_ANSWER] = PSP_OPEN_WEIGHT;
		answers = psp_evaluation_column(evaluation, slot);
		for (size_t row = 0; row < n; row++) {
			if (is_found[row])
				continue;
			sums[row] += points[answers[row]];
			ahead->known[row] += weight[answers[row]];
			is_found[row] = answers[row] != PSP_FALSE;
		}
	}
	for (size_t row = 0; row < n; row++) {
		if (is_found[row])
			continue;
		sums[row] += rule->otherwise;
		ahead->known[row] += rule->weight;
	}
	return true;
}

/* Adds what a rule gives that is none of those taken together; other kinds are
 * left to be asked. */
static void
add_rule(struct psp_score_ahead *ahead, const struct psp_bound_rule *bound,
    const struct psp_evaluation *evaluation, size_t n, int64_t *sums)
{
	struct psp_numbers numbers;

	if (psp_rule_is_answered(bound))
		return;
	if (bound->rule->kind == PSP_RULE_BINS
	    && psp_evaluation_numbers(evaluation, bound->field, &numbers))
		add_bins(ahead, bound, &numbers, n, sums);
	else if (bound->rule->kind != PSP_RULE_MAP
		 || !add_map(ahead, bound, evaluation, n, sums))
		leave_all(ahead);
}

/* Leaves the records that are perhaps disqualified. */
static void
leave_disqualified(struct psp_score_ahead *ahead,
    const struct psp_score_plan *plan, const struct psp_evaluation *evaluation,
    size_t n)
{
	for (size_t i = 0; i < plan->model->n_disqualifiers; i++) {
		size_t slot = psp_plan_answer_slot(plan->disqualifiers[i]);
		const unsigned char *answers;

		if (slot == SIZE_MAX) {
			leave_all(ahead);
			return;
		}
		answers = psp_evaluation_column(evaluation, slot);
		for (size_t row = 0; row < n; row++)
			ahead->is_open[row] = ahead->is_open[row]
			                      || answers[row] == PSP_TRUE
			                      || answers[row] == PSP_NO_ANSWER;
	}
}

/* The first class that each total belongs to. */
static void
find_classes(
    struct psp_score_ahead *ahead, const struct psp_score_plan *plan, size_t n)
{
	const struct psp_model *model = plan->model;
	int64_t units[ROWS];

	for (size_t row = 0; row < n; row++) {
		units[row] = psp_points_units(
		    psp_points_cut(ahead->totals[row], model->min, model->max));
		ahead->classes[row] = SIZE_MAX;
	}
	for (size_t i = model->n_classes; i-- > 0;) {
		const struct psp_score_range range = plan->class_scores[i];

		/* No branch: scores are not to be foretold. */
		for (size_t row = 0; row < n; row++) {
			size_t is_in =
			    (size_t)psp_score_is_within(&range, units[row]);

			ahead->classes[row] =
			    (ahead->classes[row] & (is_in - 1))
			    | (i & (0 - is_in));
		}
	}
}

void
psp_score_look_ahead(struct psp_score_ahead *ahead,
    const struct psp_score_plan *plan, const struct psp_evaluation *evaluation,
    size_t n)
{
	const struct psp_model *model = plan->model;
	size_t next = 0; /* of the rules taken together */

	ahead->is_made = true;
	memset(ahead->is_open, 0, sizeof(ahead->is_open));
	memset(ahead->known, 0, sizeof(ahead->known));
	memset(ahead->totals, 0, sizeof(ahead->totals));
	if (psp_plan_uses_signals(plan->plan)) {
		leave_all(ahead);
		return;
	}
	leave_disqualified(ahead, plan, evaluation, n);
	for (size_t i = 0; i < model->n_groups; i++) {
		const struct psp_group *group = &model->groups[i];
		int64_t *sums = ahead->sums + i * ROWS;
		int64_t *groups = ahead->groups + i * ROWS;

		memset(sums, 0, ROWS * sizeof(*sums));
		for (;
		     next < plan->n_together && plan->together[next].group == i;
		     next++)
			add_together(
			    ahead, &plan->together[next], evaluation, n, sums);
		for (size_t j = 0; j < group->n_rules; j++)
			add_rule(ahead, &plan->rules[group->first_rule + j],
			    evaluation, n, sums);
		for (size_t row = 0; row < n; row++) {
			groups[row] =
			    psp_points_cut(sums[row], group->min, group->max);
			ahead->totals[row] += groups[row];
		}
	}
	for (size_t row = 0; row < n; row++)
		ahead->is_open[row] =
		    ahead->is_open[row] || ahead->known[row] < 0;
	if (plan->class_scores != NULL && !model->has_quotas)
		find_classes(ahead, plan, n);
}
