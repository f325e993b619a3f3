/* Reading bins and maps; see the header. */
#include <config.h>

#include "libprospect/scoring/choices.h"

/* A test of the rule's field; the caller gives operator and constants. */
static struct psp_condition *
new_test(const struct psp_model_reading *reading, struct psp_slice field,
    struct psp_place place, const char *operator_name, size_t n_constants)
{
	const struct psp_condition_rules *rules = &reading->model->terms->rules;
	struct psp_condition *test =
	    psp_condition_new(rules, PSP_CONDITION_FIELD, place, reading->err);

	if (test == NULL)
		return NULL;
	test->name = field;
	test->op = psp_operator_find(psp_slice_of(operator_name));
	test->missing = PSP_MISSING_UNKNOWN;
	test->n_constants = n_constants;
	test->constants = psp_arena_array(
	    rules->arena, n_constants, sizeof(*test->constants), reading->err);
	return test->constants == NULL ? NULL : test;
}

static struct psp_choice *
new_choices(const struct psp_model_reading *reading,
    const struct psp_node *written, struct psp_rule *rule)
{
	rule->choices = psp_arena_array(reading->model->arena,
	    written->n_children + 1, sizeof(*rule->choices), reading->err);
	return rule->choices;
}

/* `null`, `~` or nothing: a bin without that bound. */
static bool
is_open(const struct psp_node *bound)
{
	return !bound->is_quoted
	       && (bound->text.size == 0 || psp_slice_is(bound->text, "null")
		   || psp_slice_is(bound->text, "~"));
}

static void
set_constant(struct psp_constant *constant, const struct psp_node *node)
{
	constant->text = node->text;
	constant->place = psp_model_place(node);
	constant->is_quoted = node->is_quoted;
}

/* `[low, high, points]` */
static bool
read_bin(const struct psp_model_reading *reading, const struct psp_node *node,
    struct psp_rule *rule)
{
	struct psp_choice *bin = &rule->choices[rule->n_choices];
	const struct psp_node *low, *high, *points;
	struct psp_condition *test;
	const char *op = "between";
	size_t n = 0;

	if (node->kind != PSP_NODE_LIST || node->n_children != 3)
		return psp_node_problem(node, reading->problems,
		    "a bin is [LOW, HIGH, POINTS], such as [10, 49, 10] or "
		    "[250, null, 12]");
	low = node->first;
	high = low->next;
	points = high->next;
	if (low->kind != PSP_NODE_SCALAR || high->kind != PSP_NODE_SCALAR)
		return psp_node_problem(node, reading->problems,
		    "the bounds of a bin are single values, or null for none");
	if (!psp_node_hundredths(points, &bin->points, reading->problems)
	    || !psp_points_check(points, bin->points, reading->problems))
		return false;
	if (is_open(low) && is_open(high))
		return psp_node_problem(node, reading->problems,
		    "a bin needs a bound: for all other values write "
		    "'else: %.*s'",
		    PSP_SLICE_ARGS(points->text));
	if (is_open(high))
		op = "ge";
	else if (is_open(low))
		op = "le";
	test = new_test(reading, rule->name, psp_model_place(node), op,
	    is_open(low) || is_open(high) ? 1 : 2);
	if (test == NULL)
		return false;
	if (!is_open(low))
		set_constant(&test->constants[n++], low);
	if (!is_open(high))
		set_constant(&test->constants[n++], high);
	bin->condition = test;
	rule->n_choices++;
	return true;
}

bool
psp_type_has_order(enum psp_type type)
{
	switch (psp_type_family(type)) {
	case PSP_FAMILY_NUMBER:
	case PSP_FAMILY_DATE:
	case PSP_FAMILY_HEADCOUNT:
	case PSP_FAMILY_INTERNATIONAL:
	case PSP_FAMILY_DIGITAL:
		return true;
	default:
		return false;
	}
}

/* Makes all values of a map of one type: texts where they differ. */
static bool
agree(const struct psp_model_reading *reading, struct psp_rule *rule)
{
	enum psp_type type = rule->choices[0].condition->type;
	bool is_good = true;

	for (size_t i = 1; i < rule->n_choices; i++)
		if (rule->choices[i].condition->type != type)
			type = PSP_TYPE_TEXT;
	for (size_t i = 0; i < rule->n_choices; i++) {
		struct psp_condition *test = rule->choices[i].condition;

		if (test->type != type)
			is_good =
			    psp_condition_retype(&reading->model->terms->rules,
				test, type, reading->problems, reading->err)
			    && is_good;
	}
	return is_good;
}

/* The type of a name as far as it is known before any header. */
static enum psp_type
find_type(const struct psp_condition_rules *rules, struct psp_slice name)
{
	const struct psp_field_rules *field =
	    psp_schema_rules(rules->schema, name);
	const struct psp_criterion *criterion =
	    psp_schema_criterion(rules->schema, name);
	enum psp_type type = PSP_TYPE_NONE;

	if (field != NULL && field->type != PSP_TYPE_NONE)
		return field->type;
	if (criterion != NULL && criterion->type != PSP_TYPE_NONE)
		return criterion->type;
	(void)psp_derived_find(name, &type);
	return type;
}

/*
 * The type that the bounds of all bins have together: plain numbers go with
 * what the others are, as in [0, 1 M€]. NONE where some are of no such kind.
 */
static enum psp_type
guess_type(const struct psp_rule *rule)
{
	const struct psp_operator *eq = psp_operator_find(psp_slice_of("eq"));
	enum psp_type type = PSP_TYPE_NUMBER, one;

	for (size_t i = 0; i < rule->n_choices; i++) {
		const struct psp_condition *test = rule->choices[i].condition;

		for (size_t j = 0; j < test->n_constants; j++) {
			one = psp_constant_guess(&test->constants[j], 1, eq);
			if (one == PSP_TYPE_NUMBER || one == type)
				continue;
			if (type != PSP_TYPE_NUMBER || !psp_type_has_order(one))
				return PSP_TYPE_NONE;
			type = one;
		}
	}
	return type;
}

/* Reads the bounds, once all bins are known. */
static bool
settle_bins(const struct psp_model_reading *reading,
    const struct psp_node *list, struct psp_rule *rule)
{
	const struct psp_condition_rules *rules = &reading->model->terms->rules;
	enum psp_type type = find_type(rules, rule->name);
	bool is_known = type != PSP_TYPE_NONE;
	bool is_good = true;

	if (is_known && !psp_type_has_order(type))
		return psp_node_key_problem(list, reading->problems,
		    "'%.*s' has no order that bins could follow: use 'map:', "
		    "such as map: {62: 10}",
		    PSP_SLICE_ARGS(rule->name));
	if (!is_known)
		type = guess_type(rule);
	for (size_t i = 0; i < rule->n_choices; i++) {
		struct psp_condition *test = rule->choices[i].condition;

		is_good = (is_known || type == PSP_TYPE_NONE
				  ? psp_condition_settle(rules, test,
				      reading->problems, reading->err)
				  : psp_condition_retype(rules, test, type,
				      reading->problems, reading->err))
		          && is_good;
	}
	return is_good;
}

bool
psp_bins_check(const struct psp_rule *rule, struct psp_problems *problems)
{
	bool is_good = true;

	for (size_t i = 1; i < rule->n_choices; i++) {
		const struct psp_condition *test = rule->choices[i].condition;
		const struct psp_constant *bin = test->constants;

		for (size_t j = 0; j < i; j++) {
			const struct psp_condition *before =
			    rule->choices[j].condition;

			/* A bound that two bins share is the first's. */
			if (before->constants->last <= bin->first
			    || bin->last <= before->constants->first)
				continue;
			is_good = psp_place_problem(test->place, problems,
			    "this bin overlaps the one at line %zu, column "
			    "%zu: let each begin where the other ends",
			    before->place.line, before->place.column);
			break;
		}
	}
	return is_good;
}

bool
psp_bins_read(const struct psp_model_reading *reading,
    const struct psp_node *list, struct psp_rule *rule)
{
	const struct psp_node *node;
	bool is_good = true;

	rule->kind = PSP_RULE_BINS;
	if (list->first == NULL)
		return psp_node_problem(list, reading->problems,
		    "'bins' is empty: expected bins such as [10, 49, 10]");
	if (new_choices(reading, list, rule) == NULL)
		return false;
	for (node = list->first; node != NULL; node = node->next)
		is_good = read_bin(reading, node, rule) && is_good;
	if (!settle_bins(reading, list, rule) || !is_good)
		return false;
	return psp_bins_check(rule, reading->problems);
}

/* `VALUE: points`; values are written as after `in:`. */
static bool
read_map_value(const struct psp_model_reading *reading,
    const struct psp_node *node, struct psp_rule *rule)
{
	struct psp_choice *choice = &rule->choices[rule->n_choices];
	struct psp_condition *test;

	if (!psp_node_hundredths(node, &choice->points, reading->problems)
	    || !psp_points_check(node, choice->points, reading->problems))
		return false;
	test =
	    new_test(reading, rule->name, psp_model_key_place(node), "in", 1);
	if (test == NULL)
		return false;
	test->constants->text = node->key;
	test->constants->place = test->place;
	choice->condition = test;
	rule->n_choices++;
	return psp_condition_settle(&reading->model->terms->rules, test,
	    reading->problems, reading->err);
}

bool
psp_map_read(const struct psp_model_reading *reading,
    const struct psp_node *map, struct psp_rule *rule)
{
	const struct psp_node *node;
	bool is_good = true;

	rule->kind = PSP_RULE_MAP;
	if (map->first == NULL)
		return psp_node_problem(map, reading->problems,
		    "'map' is empty: expected values and points, such as "
		    "{ceo: 15, finance: 10}");
	if (new_choices(reading, map, rule) == NULL)
		return false;
	for (node = map->first; node != NULL; node = node->next)
		is_good = read_map_value(reading, node, rule) && is_good;
	return is_good && agree(reading, rule);
}
