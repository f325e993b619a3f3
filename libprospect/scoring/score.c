/* Scoring a record; see the header. */
#include <config.h>

#include "libprospect/scoring/score.h"

#include <stdlib.h>

#include "libprospect/base/text.h"
#include "libprospect/scoring/logistic.h"

/* A ten-thousandth in a virtual number. */
enum { UNITS_PER_COVERAGE = PSP_NUMBER_SCALE / PSP_COVERAGE_SCALE };

bool
psp_score_init(struct psp_score *score, const struct psp_score_plan *plan,
    struct psp_error *err)
{
	const struct psp_model *model = plan->model;

	memset(score, 0, sizeof(*score));
	score->rules = calloc(model->n_rules + 1, sizeof(*score->rules));
	score->sums = calloc(model->n_groups + 1, sizeof(*score->sums));
	score->groups = calloc(model->n_groups + 1, sizeof(*score->groups));
	score->may_be = calloc(model->n_classes + 1, sizeof(bool));
	if (score->rules == NULL || score->sums == NULL || score->groups == NULL
	    || score->may_be == NULL) {
		psp_score_clear(score);
		return psp_error_memory(err);
	}
	if (!psp_score_ahead_init(&score->ahead, plan, err)) {
		psp_score_clear(score);
		return false;
	}
	return true;
}

void
psp_score_clear(struct psp_score *score)
{
	if (score == NULL)
		return;
	free(score->rules);
	free(score->sums);
	free(score->groups);
	free(score->may_be);
	psp_score_ahead_clear(&score->ahead);
	memset(score, 0, sizeof(*score));
}

int64_t
psp_signal_points(const struct psp_rule *rule, const struct psp_signal *signal,
    int32_t today, struct psp_decay *decay)
{
	*decay = psp_decay_of(today - signal->date, rule->half_life);
	return psp_decay_apply(rule->points, signal->strength, *decay);
}

const struct psp_signal *
psp_signal_next(const struct psp_rule *rule, const struct psp_score *score,
    int32_t today, size_t *at, int64_t *given, int64_t *points)
{
	const struct psp_signal *signal;
	struct psp_decay decay;
	int64_t room;

	while (*at < score->n_signals && score->signals[*at].code != rule->code)
		(*at)++;
	if (*at == score->n_signals)
		return NULL;
	signal = &score->signals[(*at)++];
	*points = psp_signal_points(rule, signal, today, &decay);
	if (rule->cap != PSP_POINTS_NONE) {
		room = rule->cap - *given;
		if ((rule->cap > 0 && *points > room)
		    || (rule->cap < 0 && *points < room))
			*points = room;
	}
	*given += *points;
	return signal;
}

static void
score_signals(const struct psp_bound_rule *bound, struct psp_score *score,
    int32_t today, struct psp_outcome *outcome)
{
	int64_t points;
	size_t at = 0;

	if (score->n_signals == 0)
		return;
	outcome->is_known = true;
	while (psp_signal_next(
		   bound->rule, score, today, &at, &outcome->points, &points)
	       != NULL)
		continue;
}

static bool
score_when(const struct psp_bound_rule *bound,
    struct psp_evaluation *evaluation, struct psp_outcome *outcome,
    struct psp_error *err)
{
	enum psp_truth truth;

	if (!psp_evaluate(evaluation, bound->when, &truth, err))
		return false;
	outcome->is_known = truth != PSP_UNKNOWN;
	if (truth == PSP_TRUE)
		outcome->points = bound->rule->points;
	else if (truth == PSP_FALSE)
		outcome->points = bound->rule->otherwise;
	else
		outcome->points = bound->rule->missing;
	return true;
}

/*
 * The range of numbers that a value is for bins: one number of a date or a
 * headcount, as bins take it; else a range where a cell says no more ("yes" of
 * a count, the age of a company created in some year).
 */
static void
find_range(enum psp_type type, const struct psp_value *value, int64_t range[2])
{
	range[0] = value->first;
	range[1] = value->last;
	if (type == PSP_TYPE_DATE || type == PSP_TYPE_HEADCOUNT) {
		range[0] = psp_value_number(type, value);
		range[1] = range[0];
	}
}

/* What a range that a cell says scores. */
static void
score_range(const struct psp_bound_rule *bound, const int64_t range[2],
    struct psp_outcome *outcome)
{
	const struct psp_rule *rule = bound->rule;

	for (size_t i = 0; i < rule->n_choices; i++) {
		const struct psp_bound_choice *bin = &bound->choices[i];

		if (range[1] < bin->first || range[0] > bin->last)
			continue;
		/* A range that only a part of lies in the bin. */
		if (range[0] < bin->first || range[1] > bin->last)
			return;
		outcome->is_known = true;
		outcome->points = bin->points;
		return;
	}
	outcome->is_known = true;
	outcome->points = rule->otherwise;
}

static bool
score_bins(const struct psp_bound_rule *bound,
    struct psp_evaluation *evaluation, struct psp_outcome *outcome,
    struct psp_error *err)
{
	const struct psp_value *value;
	int64_t range[2];

	if (psp_field_number(evaluation, bound->field, &range[0])) {
		range[1] = range[0];
	} else {
		if (!psp_field_value(evaluation, bound->field, &value, err))
			return false;
		outcome->points = bound->rule->missing;
		if (value->state != PSP_VALUE_READ)
			return true;
		find_range(bound->type, value, range);
	}
	if (range[0] != range[1]) {
		score_range(bound, range, outcome);
		return true;
	}
	outcome->is_known = true;
	outcome->points = psp_step_points(bound, range[0]);
	return true;
}

static bool
score_map(const struct psp_bound_rule *bound, struct psp_evaluation *evaluation,
    struct psp_outcome *outcome, struct psp_error *err)
{
	const struct psp_rule *rule = bound->rule;
	enum psp_truth truth = PSP_FALSE;

	for (size_t i = 0; i < rule->n_choices && truth == PSP_FALSE; i++) {
		if (!psp_evaluate(
			evaluation, bound->choices[i].test, &truth, err))
			return false;
		outcome->points = bound->choices[i].points;
	}
	outcome->is_known = truth != PSP_UNKNOWN;
	if (truth == PSP_FALSE)
		outcome->points = rule->otherwise;
	else if (truth == PSP_UNKNOWN)
		outcome->points = rule->missing;
	return true;
}

static bool
score_rule(const struct psp_bound_rule *bound, int32_t today,
    struct psp_evaluation *evaluation, struct psp_score *score,
    struct psp_outcome *outcome, struct psp_error *err)
{
	outcome->is_known = false;
	outcome->points = 0;
	switch (bound->rule->kind) {
	case PSP_RULE_WHEN:
		return score_when(bound, evaluation, outcome, err);
	case PSP_RULE_BINS:
		return score_bins(bound, evaluation, outcome, err);
	case PSP_RULE_MAP:
		return score_map(bound, evaluation, outcome, err);
	case PSP_RULE_SIGNAL:
		break;
	}
	score_signals(bound, score, today, outcome);
	return true;
}

/* Known weight / weight in ten-thousandths, rounded. */
static int32_t
find_coverage(int64_t known, int64_t weight)
{
	if (weight == 0)
		return PSP_NO_COVERAGE;
	if (known == weight)
		return PSP_COVERAGE_SCALE;
	return (
	    int32_t)((known * PSP_COVERAGE_SCALE * 2 + weight) / (weight * 2));
}

/*
 * What a group's rules give, and know of their weight. Those about conditions
 * that were asked ahead are looked up: most rules are of that kind.
 */
static bool
score_group(const struct psp_score_plan *plan, size_t number,
    const unsigned char *answers, struct psp_evaluation *evaluation,
    struct psp_score *score, int64_t *known, struct psp_error *err)
{
	const struct psp_group *group = &plan->model->groups[number];
	const struct psp_bound_rule *bound = &plan->rules[group->first_rule];
	struct psp_outcome *outcome = &score->rules[group->first_rule];
	int32_t today = plan->model->terms->rules.today;
	int64_t sum = 0, weight = 0;

	for (size_t i = 0; i < group->n_rules; i++, bound++, outcome++) {
		unsigned char answer = PSP_NO_ANSWER;

		if (answers != NULL && bound->slot != SIZE_MAX)
			answer = answers[bound->slot * PSP_STRETCH_RECORDS];
		if (PSP_LIKELY(answer != PSP_NO_ANSWER)) {
			outcome->is_known = answer != PSP_UNKNOWN;
			outcome->points = bound->points[answer];
			weight += bound->weight[answer];
		} else if (!score_rule(
			       bound, today, evaluation, score, outcome, err)) {
			return false;
		} else if (outcome->is_known) {
			weight += bound->rule->weight;
		}
		sum += outcome->points;
	}
	score->sums[number] = sum;
	score->groups[number] = psp_points_cut(sum, group->min, group->max);
	*known += weight;
	return true;
}

static bool
score_rules(const struct psp_score_plan *plan,
    struct psp_evaluation *evaluation, struct psp_score *score,
    struct psp_error *err)
{
	const struct psp_model *model = plan->model;
	const unsigned char *answers = psp_evaluation_answers(evaluation);
	int64_t known = 0;
	bool has_key;

	score->signals = NULL;
	score->n_signals = 0;
	score->sum = 0;
	if (psp_plan_uses_signals(plan->plan)
	    && !psp_evaluation_signals(
		evaluation, &score->signals, &score->n_signals, &has_key, err))
		return false;
	for (size_t i = 0; i < model->n_groups; i++) {
		if (!score_group(
			plan, i, answers, evaluation, score, &known, err))
			return false;
		score->sum += score->groups[i];
	}
	score->cut = psp_points_cut(score->sum, model->min, model->max);
	score->coverage = find_coverage(known, plan->weight);
	return true;
}

/* Takes what was scored ahead for row `row` of the stretch. */
static void
take_ahead(
    const struct psp_score_plan *plan, struct psp_score *score, size_t row)
{
	const struct psp_model *model = plan->model;
	const struct psp_score_ahead *ahead = &score->ahead;

	score->signals = NULL;
	score->n_signals = 0;
	for (size_t i = 0; i < model->n_groups; i++) {
		score->sums[i] = ahead->sums[i * PSP_STRETCH_RECORDS + row];
		score->groups[i] = ahead->groups[i * PSP_STRETCH_RECORDS + row];
	}
	score->sum = ahead->totals[row];
	score->cut = psp_points_cut(score->sum, model->min, model->max);
	score->coverage = find_coverage(ahead->known[row], plan->weight);
	score->disqualified_by = SIZE_MAX;
	score->total = score->cut;
}

static bool
disqualify(const struct psp_score_plan *plan, struct psp_evaluation *evaluation,
    struct psp_score *score, struct psp_error *err)
{
	const struct psp_model *model = plan->model;
	enum psp_truth truth;

	score->disqualified_by = SIZE_MAX;
	score->total = score->cut;
	for (size_t i = 0; i < model->n_disqualifiers; i++) {
		if (!psp_evaluate(
			evaluation, plan->disqualifiers[i], &truth, err))
			return false;
		if (truth != PSP_TRUE)
			continue;
		score->disqualified_by = i;
		score->total = model->min != PSP_POINTS_NONE ? model->min : 0;
		break;
	}
	return true;
}

/* The steps that the groups reach, one after the other; none where a group is
 * below its last. */
static void
grade(const struct psp_model *model, struct psp_score *score)
{
	score->grade_size = 0;
	for (size_t i = 0; i < model->n_axes; i++) {
		const struct psp_grade_axis *axis = &model->axes[i];
		int64_t points = score->groups[axis->group];
		size_t step = 0;

		while (
		    step < axis->n_steps && points < axis->steps[step].points)
			step++;
		if (step == axis->n_steps) {
			score->grade_size = 0;
			return;
		}
		memcpy(score->grade + score->grade_size,
		    axis->steps[step].name.bytes, axis->steps[step].name.size);
		score->grade_size += axis->steps[step].name.size;
	}
}

/* The chance of a record that is not disqualified, and how it compares. */
static void
find_chance(const struct psp_model *model, struct psp_score *score)
{
	const struct psp_chance_rule *rule = &model->chance;

	score->chance = 0;
	score->lift = 0;
	if (!rule->is_there || score->disqualified_by != SIZE_MAX)
		return;
	score->chance =
	    psp_chance_of(rule->intercept, rule->slope, score->total);
	if (rule->base_rate > 0)
		score->lift = ((int64_t)score->chance * UNITS_PER_COVERAGE * 200
				  + rule->base_rate)
		              / (rule->base_rate * 2);
}

/* Gives a number to the conditions that ask for it. */
static void
supply_number(const struct psp_plan *plan, struct psp_evaluation *evaluation,
    size_t slot, int64_t number)
{
	if (psp_plan_wants(plan, slot)) {
		struct psp_value value = { .state = PSP_VALUE_READ };

		value.first = number;
		value.last = number;
		psp_evaluation_supply(evaluation, slot, &value);
	}
}

static void
supply_grade(struct psp_evaluation *evaluation, const struct psp_score *score,
    char folded[PSP_MAX_GRADE])
{
	struct psp_value value = { .state = PSP_VALUE_READ };
	size_t size;

	if (score->grade_size == 0
	    || !psp_text_fold_into(psp_slice(score->grade, score->grade_size),
		folded, PSP_MAX_GRADE, &size))
		return;
	value.text = psp_slice(folded, size);
	psp_evaluation_supply(evaluation, PSP_SLOT_GRADE, &value);
}

/* Gives the results to the conditions of classes. */
static void
supply(const struct psp_score_plan *plan, struct psp_evaluation *evaluation,
    const struct psp_score *score, char folded[PSP_MAX_GRADE])
{
	const struct psp_plan *tests = plan->plan;

	if (!plan->has_results)
		return;
	supply_number(
	    tests, evaluation, PSP_SLOT_SCORE, psp_points_units(score->total));
	if (score->coverage != PSP_NO_COVERAGE)
		supply_number(tests, evaluation, PSP_SLOT_COVERAGE,
		    (int64_t)score->coverage * UNITS_PER_COVERAGE);
	for (size_t i = 0; i < plan->model->n_groups; i++)
		supply_number(tests, evaluation, PSP_SLOT_GROUPS + i,
		    psp_points_units(score->groups[i]));
	if (score->chance > 0)
		supply_number(tests, evaluation, PSP_SLOT_PROBABILITY,
		    (int64_t)score->chance * UNITS_PER_COVERAGE);
	if (score->lift > 0)
		supply_number(tests, evaluation, PSP_SLOT_LIFT,
		    psp_points_units(score->lift));
	if (psp_plan_wants(tests, PSP_SLOT_GRADE))
		supply_grade(evaluation, score, folded);
}

static bool
classify(const struct psp_score_plan *plan, struct psp_evaluation *evaluation,
    struct psp_score *score, struct psp_error *err)
{
	const struct psp_model *model = plan->model;
	char folded[PSP_MAX_GRADE];
	enum psp_truth truth = PSP_FALSE;
	int64_t units = psp_points_units(score->total);
	bool holds;

	score->class_index = SIZE_MAX;
	for (size_t i = 0; model->has_quotas && i < model->n_classes; i++)
		score->may_be[i] = false;
	if (score->disqualified_by != SIZE_MAX || model->n_classes == 0)
		return true;
	if (plan->class_scores == NULL)
		supply(plan, evaluation, score, folded);
	for (size_t i = 0; i < model->n_classes; i++) {
		if (plan->class_scores == NULL && plan->classes[i] != NULL
		    && !psp_evaluate(evaluation, plan->classes[i], &truth, err))
			return false;
		holds = plan->class_scores != NULL
		            ? psp_score_is_within(&plan->class_scores[i], units)
		            : plan->classes[i] == NULL || truth == PSP_TRUE;
		score->may_be[i] = holds && model->classes[i].has_quota;
		if (holds && !model->classes[i].has_quota) {
			score->class_index = i;
			return true;
		}
	}
	return true;
}

bool
psp_score_take(
    const struct psp_score_plan *plan, struct psp_score *score, size_t row)
{
	const struct psp_model *model = plan->model;

	if (!score->ahead.is_made || row == SIZE_MAX
	    || score->ahead.is_open[row] || plan->class_scores == NULL
	    || model->has_quotas)
		return false;
	take_ahead(plan, score, row);
	grade(model, score);
	find_chance(model, score);
	score->class_index = score->ahead.classes[row];
	return true;
}

bool
psp_score_record(const struct psp_score_plan *plan,
    struct psp_evaluation *evaluation, struct psp_score *score,
    struct psp_error *err)
{
	size_t row = psp_evaluation_row(evaluation);

	if (score->ahead.is_made && row != SIZE_MAX
	    && !score->ahead.is_open[row])
		take_ahead(plan, score, row);
	else if (!score_rules(plan, evaluation, score, err)
		 || !disqualify(plan, evaluation, score, err))
		return false;
	grade(plan->model, score);
	find_chance(plan->model, score);
	return classify(plan, evaluation, score, err);
}

bool
psp_score_set(const struct psp_score_plan *plan,
    struct psp_evaluation *evaluation, struct psp_record *record,
    struct psp_score *score, int64_t total, struct psp_error *err)
{
	score->total = total;
	find_chance(plan->model, score);
	psp_evaluation_seek(evaluation, record);
	return classify(plan, evaluation, score, err);
}
