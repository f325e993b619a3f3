/* Binding a model; see the header. */
#include <config.h>

#include "libprospect/scoring/score_plan.h"

#include <stdlib.h>

#include "libprospect/scoring/choices.h"

/* What the functions of a binding share. */
struct binding {
	struct psp_score_plan *plan;
	struct psp_problems *problems;
	struct psp_error *err;
	bool lacks_key; /* said already */
};

static void *
take(struct binding *b, size_t n, size_t size)
{
	return psp_arena_array(&b->plan->arena, n + 1, size, b->err);
}

static int
compare_steps(const void *a, const void *b)
{
	const struct psp_step *left = a, *right = b;

	return (left->first > right->first) - (left->first < right->first);
}

/* What one number scores by the bins, of which the first written counts. */
static int64_t
points_of(const struct psp_bound_rule *bound, int64_t number)
{
	for (size_t i = 0; i < bound->rule->n_choices; i++)
		if (number >= bound->choices[i].first
		    && number <= bound->choices[i].last)
			return bound->choices[i].points;
	return bound->rule->otherwise;
}

/* The same as steps: points change where a bin begins or behind its end. */
static bool
make_steps(struct binding *b, struct psp_bound_rule *bound)
{
	size_t n = bound->rule->n_choices, n_steps = 1;
	struct psp_step *steps = take(b, 2 * n + 1, sizeof(*steps));

	if (steps == NULL)
		return false;
	steps[0].first = INT64_MIN;
	for (size_t i = 0; i < n; i++) {
		steps[n_steps++].first = bound->choices[i].first;
		if (bound->choices[i].last < INT64_MAX)
			steps[n_steps++].first = bound->choices[i].last + 1;
	}
	qsort(steps, n_steps, sizeof(*steps), compare_steps);
	for (size_t i = 0; i < n_steps; i++)
		steps[i].points = points_of(bound, steps[i].first);
	bound->steps = steps;
	bound->n_steps = n_steps;
	return true;
}

/* The bins as the column's type reads their bounds. */
static bool
bind_bins(struct binding *b, struct psp_bound_rule *bound)
{
	const struct psp_rule *rule = bound->rule;
	struct psp_condition_rules rules = b->plan->model->terms->rules;
	struct psp_rule read = *rule;
	bool is_good = true;

	if (!psp_type_has_order(bound->type))
		return psp_place_problem(rule->place, b->problems,
		    "'%.*s' is read as %s here, which has no order that bins "
		    "could follow: give it a type under 'fields:', or use "
		    "'map:'",
		    PSP_SLICE_ARGS(rule->name), psp_type_name(bound->type));
	rules.arena = &b->plan->arena;
	read.choices = take(b, rule->n_choices, sizeof(*read.choices));
	if (read.choices == NULL)
		return false;
	for (size_t i = 0; i < rule->n_choices; i++) {
		const struct psp_condition *test = rule->choices[i].condition;
		struct psp_condition *own = take(b, 1, sizeof(*own));

		if (own == NULL)
			return false;
		*own = *test;
		read.choices[i].condition = own;
		if (own->type != bound->type) {
			own->constants =
			    take(b, own->n_constants, sizeof(*own->constants));
			if (own->constants == NULL)
				return false;
			memcpy(own->constants, test->constants,
			    own->n_constants * sizeof(*own->constants));
			is_good = psp_condition_retype(&rules, own, bound->type,
				      b->problems, b->err)
			          && is_good;
		}
		bound->choices[i].first = own->constants->first;
		bound->choices[i].last = own->constants->last;
	}
	return is_good && psp_bins_check(&read, b->problems)
	       && make_steps(b, bound);
}

static bool
bind_map(struct binding *b, struct psp_bound_rule *bound)
{
	const struct psp_rule *rule = bound->rule;
	bool is_good = true;

	for (size_t i = 0; i < rule->n_choices; i++) {
		bound->choices[i].test = psp_plan_add(b->plan->plan,
		    rule->choices[i].condition, b->problems, b->err);
		if (bound->choices[i].test != NULL)
			psp_plan_ask_ahead(
			    b->plan->plan, bound->choices[i].test);
		else
			is_good = false;
	}
	return is_good;
}

/* Binds the field of a rule and its choices. */
static bool
bind_field(struct binding *b, struct psp_bound_rule *bound)
{
	const struct psp_rule *rule = bound->rule;
	const struct psp_condition *first = rule->choices[0].condition;

	bound->choices = take(b, rule->n_choices, sizeof(*bound->choices));
	if (bound->choices == NULL)
		return false;
	for (size_t i = 0; i < rule->n_choices; i++)
		bound->choices[i].points = rule->choices[i].points;
	if (!psp_plan_add_field(b->plan->plan, rule->name, first->type,
		rule->place, &bound->field, b->problems, b->err))
		return false;
	bound->type = psp_plan_field(b->plan->plan, bound->field).type;
	if (rule->kind == PSP_RULE_MAP)
		return bind_map(b, bound);
	psp_plan_ask_number_ahead(b->plan->plan, bound->field);
	return bind_bins(b, bound);
}

static bool
bind_rule(struct binding *b, struct psp_bound_rule *bound)
{
	switch (bound->rule->kind) {
	case PSP_RULE_WHEN:
		bound->when = psp_plan_add(
		    b->plan->plan, bound->rule->when, b->problems, b->err);
		if (bound->when == NULL)
			return false;
		psp_plan_ask_ahead(b->plan->plan, bound->when);
		return true;
	case PSP_RULE_SIGNAL:
		b->lacks_key = b->lacks_key
		               || !psp_plan_add_key(b->plan->plan,
				   bound->rule->place, b->problems, b->err);
		return !b->lacks_key;
	case PSP_RULE_BINS:
	case PSP_RULE_MAP:
		break;
	}
	return bind_field(b, bound);
}

static bool
bind_rules(struct binding *b)
{
	struct psp_score_plan *plan = b->plan;
	const struct psp_model *model = plan->model;
	struct psp_bound_rule *next;
	bool is_good = true;

	plan->rules = take(b, model->n_rules, sizeof(*plan->rules));
	if (plan->rules == NULL)
		return false;
	next = plan->rules;
	for (size_t i = 0; i < model->n_groups; i++)
		for (size_t j = 0; j < model->groups[i].n_rules; j++) {
			next->rule = &model->groups[i].rules[j];
			plan->weight += next->rule->weight;
			is_good = bind_rule(b, next++) && is_good;
		}
	return is_good;
}

static bool
bind_results(struct binding *b)
{
	struct psp_score_plan *plan = b->plan;
	const struct psp_model *model = plan->model;
	bool is_good = true;

	plan->disqualifiers =
	    take(b, model->n_disqualifiers, sizeof(*plan->disqualifiers));
	plan->classes = take(b, model->n_classes, sizeof(*plan->classes));
	if (plan->disqualifiers == NULL || plan->classes == NULL)
		return false;
	for (size_t i = 0; i < model->n_disqualifiers; i++) {
		plan->disqualifiers[i] = psp_plan_add(plan->plan,
		    model->disqualifiers[i].when, b->problems, b->err);
		if (plan->disqualifiers[i] != NULL)
			psp_plan_ask_ahead(plan->plan, plan->disqualifiers[i]);
		else
			is_good = false;
	}
	for (size_t i = 0; i < model->n_classes; i++) {
		if (model->classes[i].when == NULL)
			continue;
		plan->classes[i] = psp_plan_add(
		    plan->plan, model->classes[i].when, b->problems, b->err);
		is_good = is_good && plan->classes[i] != NULL;
	}
	return is_good;
}

/* The column by which --explain calls records. */
static bool
bind_key(struct binding *b, struct psp_slices header)
{
	struct psp_score_plan *plan = b->plan;
	char message[400] = "";

	switch (psp_schema_bind(plan->model->terms->rules.schema, header,
	    psp_slice_of(plan->model->terms->key), &plan->key, message,
	    sizeof(message))) {
	case PSP_BOUND:
		plan->has_key = true;
		return true;
	case PSP_BIND_FAILED:
		return psp_error_memory(b->err);
	default:
		return psp_problems_add(b->problems, PSP_ESETTINGS, NULL, 0, 0,
		    "records are called by '%s': %s; any other column can be "
		    "named by 'key:' in the settings",
		    plan->model->terms->key, message);
	}
}

/* What rules about a condition give and know, by its truth. */
static void
tabulate(struct psp_bound_rule *bound)
{
	const struct psp_rule *rule = bound->rule;

	bound->slot = SIZE_MAX;
	if (rule->kind != PSP_RULE_WHEN)
		return;
	bound->slot = psp_plan_answer_slot(bound->when);
	bound->points[PSP_TRUE] = rule->points;
	bound->points[PSP_FALSE] = rule->otherwise;
	bound->points[PSP_UNKNOWN] = rule->missing;
	bound->weight[PSP_TRUE] = rule->weight;
	bound->weight[PSP_FALSE] = rule->weight;
	bound->weight[PSP_UNKNOWN] = 0;
}

/* What the rules give by one answer each, two bits of `answers` a rule, the
 * last rule's lowest. */
static struct psp_given
given_by(const struct psp_bound_rule *const *rules, size_t n, size_t answers)
{
	struct psp_given given = { 0, 0 };

	while (n-- > 0) {
		size_t answer = answers % PSP_N_ANSWERS;

		answers /= PSP_N_ANSWERS;
		if (answer == PSP_NO_ANSWER) {
			given.weight += PSP_OPEN_WEIGHT;
			continue;
		}
		given.points += rules[n]->points[answer];
		given.weight += rules[n]->weight[answer];
	}
	return given;
}

/* Takes rules of a group together, from `first` on: as many as fit of those
 * that are answered ahead. Returns the first rule behind them. */
static size_t
take_together(struct psp_rules_together *together,
    const struct psp_score_plan *plan, size_t first, size_t end)
{
	const struct psp_bound_rule *rules[PSP_RULES_TOGETHER];
	size_t n_known = 1;

	together->n = 0;
	for (; first < end && together->n < PSP_RULES_TOGETHER; first++) {
		const struct psp_bound_rule *bound = &plan->rules[first];

		if (!psp_rule_is_answered(bound))
			continue;
		together->slots[together->n] = bound->slot;
		rules[together->n++] = bound;
		n_known *= PSP_N_ANSWERS;
	}
	for (size_t i = 0; i < n_known; i++)
		together->given[i] = given_by(rules, together->n, i);
	return first;
}

/* Takes the rules of each group together. */
static bool
take_rules_together(struct binding *b)
{
	struct psp_score_plan *plan = b->plan;
	const struct psp_model *model = plan->model;

	plan->together =
	    take(b, model->n_rules / PSP_RULES_TOGETHER + model->n_groups + 1,
		sizeof(*plan->together));
	if (plan->together == NULL)
		return false;
	for (size_t i = 0; i < model->n_groups; i++) {
		const struct psp_group *group = &model->groups[i];
		size_t rule = group->first_rule, end = rule + group->n_rules;

		while (rule < end) {
			struct psp_rules_together *next =
			    &plan->together[plan->n_together];

			next->group = i;
			rule = take_together(next, plan, rule, end);
			plan->n_together += next->n > 0;
		}
	}
	return true;
}

/* The scores of each class, when no class asks for anything else. */
static bool
find_class_scores(struct binding *b)
{
	struct psp_score_plan *plan = b->plan;
	size_t n = plan->model->n_classes, slot;
	struct psp_score_range *ranges = take(b, n, sizeof(*ranges));

	if (ranges == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		ranges[i].first = INT64_MIN;
		ranges[i].last = INT64_MAX;
		if (plan->classes[i] != NULL
		    && (!psp_plan_is_range(plan->plan, plan->classes[i], &slot,
			    &ranges[i].first, &ranges[i].last)
			|| slot != PSP_SLOT_SCORE))
			return true;
	}
	plan->class_scores = ranges;
	return true;
}

/* Once ways are chosen. */
static bool
find_short_ways(struct binding *b)
{
	for (size_t i = 0; i < b->plan->model->n_rules; i++)
		tabulate(&b->plan->rules[i]);
	return take_rules_together(b) && find_class_scores(b);
}

struct psp_score_plan *
psp_score_plan_new(const struct psp_model *model, struct psp_slices header,
    const struct psp_score_wishes *wishes, struct psp_problems *problems,
    struct psp_error *err)
{
	struct psp_score_plan *plan = calloc(1, sizeof(*plan));
	struct binding b = { plan, problems, err, false };
	struct psp_place nowhere = { NULL, 0, 0 };
	bool is_good;

	if (plan == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_arena_init(&plan->arena);
	plan->model = model;
	plan->plan =
	    psp_plan_new(&model->class_rules, header, model->terms->key, err);
	is_good = plan->plan != NULL && bind_rules(&b);
	if (plan->plan != NULL && err->status == PSP_OK)
		is_good = bind_results(&b) && is_good;
	if (is_good && wishes->has_signals)
		is_good = psp_plan_add_key(plan->plan, nowhere, problems, err);
	if (err->status == PSP_OK && wishes->needs_key)
		is_good = bind_key(&b, header) && is_good;
	if (!is_good || !psp_plan_finish(plan->plan, err)
	    || !find_short_ways(&b)) {
		psp_score_plan_free(plan);
		return NULL;
	}
	for (size_t i = 0; i < model->class_rules.n_virtuals; i++)
		plan->has_results =
		    plan->has_results || psp_plan_wants(plan->plan, i);
	return plan;
}

void
psp_score_plan_free(struct psp_score_plan *plan)
{
	if (plan == NULL)
		return;
	psp_plan_free(plan->plan);
	psp_arena_clear(&plan->arena);
	free(plan);
}
