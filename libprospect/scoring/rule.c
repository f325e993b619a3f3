/* Reading one rule; see the header. */
#include <config.h>

#include "libprospect/scoring/rule.h"

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/scoring/choices.h"
#include "libprospect/targeting/clause.h"

/* A rule as it is written. */
struct written {
	const struct psp_node *when, *bins, *map;
	struct psp_slice field, signal, because, half_life;
	int64_t points, otherwise, missing, cap;
};

static const struct psp_key rule_keys[] = {
	PSP_KEY("when", PSP_KEY_MAP, struct written, when),
	PSP_KEY("field", PSP_KEY_TEXT, struct written, field),
	PSP_KEY("bins", PSP_KEY_LIST, struct written, bins),
	PSP_KEY("map", PSP_KEY_MAP, struct written, map),
	PSP_KEY("signal", PSP_KEY_TEXT, struct written, signal),
	PSP_KEY("points", PSP_KEY_NUMBER, struct written, points),
	PSP_KEY("else", PSP_KEY_NUMBER, struct written, otherwise),
	PSP_KEY("missing", PSP_KEY_NUMBER, struct written, missing),
	PSP_KEY("cap", PSP_KEY_NUMBER, struct written, cap),
	PSP_KEY("half_life", PSP_KEY_TEXT, struct written, half_life),
	PSP_KEY("because", PSP_KEY_TEXT, struct written, because),
	PSP_KEY_END,
};

struct psp_place
psp_model_place(const struct psp_node *node)
{
	struct psp_place place = { node->file, node->line, node->column };

	return place;
}

struct psp_place
psp_model_key_place(const struct psp_node *node)
{
	struct psp_place place = { node->file, node->key_line,
		node->key_column };

	return place;
}

bool
psp_points_check(
    const struct psp_node *node, int64_t points, struct psp_problems *problems)
{
	if (points >= -PSP_MAX_POINTS && points <= PSP_MAX_POINTS)
		return true;
	return psp_node_problem(node, problems,
	    "'%.*s' is out of range: expected from -1000000 to 1000000 points",
	    PSP_SLICE_ARGS(node->text));
}

bool
psp_half_life_read(const struct psp_model_reading *reading,
    const struct psp_node *node, int32_t *days)
{
	const struct psp_condition_rules *rules = &reading->model->terms->rules;
	struct psp_duration duration;

	if (node->kind != PSP_NODE_SCALAR
	    || !psp_constant_duration(node->text, rules->horizons, &duration))
		return psp_node_problem(node, reading->problems,
		    "'half_life': a duration such as 90 days or 6 months "
		    "expected, found '%.*s'",
		    PSP_SLICE_ARGS(node->text));
	*days =
	    rules->today - psp_days_add_duration(rules->today, &duration, -1);
	if (*days > 0)
		return true;
	return psp_node_problem(node, reading->problems,
	    "'half_life': '%.*s' is too short: expected 1 day or more (to keep "
	    "all points at any age, leave the key out)",
	    PSP_SLICE_ARGS(node->text));
}

/* Whether `name` is a result of the file, known to classes only. */
static bool
is_result(const struct psp_model *model, struct psp_slice name)
{
	const struct psp_condition_rules *rules = &model->class_rules;

	for (size_t i = 0; i < rules->n_virtuals; i++)
		if (psp_slice_equal(rules->virtuals[i].name, name))
			return true;
	return false;
}

static bool
refuse_result(struct psp_place place, struct psp_slice name,
    struct psp_problems *problems)
{
	return psp_place_problem(place, problems,
	    "'%.*s' is a result of these settings, which classes alone can "
	    "ask for; if a column is meant, give it another name under "
	    "'columns:'",
	    PSP_SLICE_ARGS(name));
}

/* Rules come before the results: no condition of theirs may ask for one. */
static bool
check_names(const struct psp_model_reading *reading,
    const struct psp_condition *condition)
{
	const struct psp_condition *child;
	const struct psp_keywords_condition *words = &condition->keywords;
	bool is_good = true;

	if (condition->kind == PSP_CONDITION_FIELD) {
		if (is_result(reading->model, condition->name))
			is_good = refuse_result(condition->place,
			    condition->name, reading->problems);
		if (condition->other.size > 0
		    && is_result(reading->model, condition->other))
			is_good = refuse_result(condition->other_place,
			    condition->other, reading->problems);
	}
	for (size_t i = 0; i < words->n_in; i++)
		if (is_result(reading->model, words->in[i].text))
			is_good = refuse_result(words->in[i].place,
			    words->in[i].text, reading->problems);
	for (child = condition->first; child != NULL; child = child->next)
		is_good = check_names(reading, child) && is_good;
	return is_good;
}

struct psp_condition *
psp_model_condition(const struct psp_model_reading *reading,
    const struct psp_node *node, bool is_class)
{
	struct psp_model *model = reading->model;
	struct psp_condition *condition = psp_condition_parse(
	    is_class ? &model->class_rules : &model->terms->rules, node,
	    reading->problems, reading->err);

	if (condition == NULL)
		return NULL;
	if (!is_class && !check_names(reading, condition))
		return NULL;
	model->uses_signals =
	    model->uses_signals || psp_condition_uses_signals(condition);
	return condition;
}

bool
psp_model_describe(const struct psp_model_reading *reading,
    const struct psp_condition *condition, struct psp_slice *words)
{
	struct psp_buffer text;
	const char *copy = NULL;

	psp_buffer_init(&text);
	if (psp_condition_describe(condition, &text, reading->err))
		copy = psp_arena_copy(reading->model->arena,
		    psp_buffer_content(&text), reading->err);
	*words = psp_slice(copy, copy == NULL ? 0 : text.size);
	psp_buffer_clear(&text);
	return copy != NULL;
}

static bool
read_signal(const struct psp_model_reading *reading,
    const struct psp_node *node, const struct written *written,
    int32_t half_life, struct psp_rule *rule)
{
	struct psp_model *model = reading->model;
	const struct psp_node *at = psp_node_get(node, "signal");
	struct psp_slices known = { model->terms->codes.names,
		model->terms->codes.n };
	struct psp_slice near;
	bool is_good = true;

	rule->kind = PSP_RULE_SIGNAL;
	rule->name = written->signal;
	rule->cap = written->cap;
	rule->half_life = half_life;
	model->has_signal_rules = true;
	model->uses_signals = true;
	if (!psp_signal_codes_find(
		&model->terms->codes, written->signal, &rule->code)) {
		near = psp_text_nearest(written->signal, known);
		if (near.size > 0)
			return psp_node_problem(at, reading->problems,
			    "unknown signal '%.*s'; did you mean '%.*s'?",
			    PSP_SLICE_ARGS(written->signal),
			    PSP_SLICE_ARGS(near));
		return psp_node_problem(at, reading->problems,
		    "unknown signal '%.*s': list your own under "
		    "'signal_codes: [%.*s]'",
		    PSP_SLICE_ARGS(written->signal),
		    PSP_SLICE_ARGS(written->signal));
	}
	rule->name = model->terms->codes.names[rule->code];
	if (written->half_life.size > 0)
		is_good = psp_half_life_read(
		    reading, psp_node_get(node, "half_life"), &rule->half_life);
	if (rule->cap == PSP_POINTS_NONE || (rule->cap > 0 && rule->points > 0)
	    || (rule->cap < 0 && rule->points < 0))
		return is_good;
	return psp_node_problem(psp_node_get(node, "cap"), reading->problems,
	    "'cap' has the sign of 'points' and is not 0: it is the most that "
	    "all occurrences together can give or take");
}

/* Keys that do not go with the kind of the rule. */
static bool
check_keys(const struct psp_model_reading *reading, const struct psp_node *node,
    enum psp_rule_kind kind)
{
	static const struct {
		const char *key;
		unsigned kinds; /* bit k: goes with kind k */
		const char *with;
	} rows[] = {
		{ "bins", 1U << PSP_RULE_BINS, "field" },
		{ "map", 1U << PSP_RULE_MAP, "field" },
		{ "points", 1U << PSP_RULE_WHEN | 1U << PSP_RULE_SIGNAL,
		    N_("when' or 'signal") },
		{ "else",
		    1U << PSP_RULE_WHEN | 1U << PSP_RULE_BINS
			| 1U << PSP_RULE_MAP,
		    N_("when', 'bins' or 'map") },
		{ "missing",
		    1U << PSP_RULE_WHEN | 1U << PSP_RULE_BINS
			| 1U << PSP_RULE_MAP,
		    N_("when', 'bins' or 'map") },
		{ "cap", 1U << PSP_RULE_SIGNAL, "signal" },
		{ "half_life", 1U << PSP_RULE_SIGNAL, "signal" },
	};
	bool is_good = true;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct psp_node *key = psp_node_get(node, rows[i].key);

		if (key != NULL && (rows[i].kinds & (1U << kind)) == 0)
			is_good = psp_node_key_problem(key, reading->problems,
			    "'%s' goes with '%s' only: take it out",
			    rows[i].key, _(rows[i].with));
	}
	return is_good;
}

/* Finds the kind; a rule is one of them. */
static bool
find_kind(const struct psp_model_reading *reading, const struct psp_node *node,
    const struct written *written, struct psp_rule *rule)
{
	int n = (written->when != NULL) + (written->field.size > 0)
	        + (written->signal.size > 0);

	if (n != 1)
		return psp_node_problem(node, reading->problems,
		    "a rule has one of 'when', 'field' and 'signal', found "
		    "%d of them",
		    n);
	rule->kind = PSP_RULE_WHEN;
	if (written->signal.size > 0)
		rule->kind = PSP_RULE_SIGNAL;
	if (written->field.size > 0) {
		rule->kind =
		    written->map != NULL ? PSP_RULE_MAP : PSP_RULE_BINS;
		if ((written->map != NULL) == (written->bins != NULL))
			return psp_node_problem(node, reading->problems,
			    "'field' goes with either 'bins: [[LOW, HIGH, "
			    "POINTS]]' or 'map: {VALUE: POINTS}'");
	} else if (psp_node_get(node, "points") == NULL) {
		return psp_node_problem(node, reading->problems,
		    "the key 'points' is missing in this rule; add it, as in "
		    "points: 10");
	}
	return true;
}

/* Whether the points of keys that stand alone are in range. */
static bool
check_points(const struct psp_model_reading *reading,
    const struct psp_node *node, const struct written *written)
{
	const struct psp_node *key;
	bool is_good = true;

	key = psp_node_get(node, "points");
	if (key != NULL)
		is_good =
		    psp_points_check(key, written->points, reading->problems);
	key = psp_node_get(node, "else");
	if (key != NULL)
		is_good =
		    psp_points_check(key, written->otherwise, reading->problems)
		    && is_good;
	key = psp_node_get(node, "missing");
	if (key != NULL)
		is_good =
		    psp_points_check(key, written->missing, reading->problems)
		    && is_good;
	key = psp_node_get(node, "cap");
	if (key != NULL)
		is_good = psp_points_check(key, written->cap, reading->problems)
		          && is_good;
	return is_good;
}

static int64_t
larger(int64_t weight, int64_t points)
{
	int64_t size = points < 0 ? -points : points;

	return size > weight ? size : weight;
}

static int64_t
weigh(const struct psp_rule *rule)
{
	int64_t weight = 0;

	if (rule->kind == PSP_RULE_SIGNAL)
		return larger(
		    0, rule->cap != PSP_POINTS_NONE ? rule->cap : rule->points);
	weight = larger(larger(0, rule->otherwise), rule->missing);
	if (rule->kind == PSP_RULE_WHEN)
		return larger(weight, rule->points);
	for (size_t i = 0; i < rule->n_choices; i++)
		weight = larger(weight, rule->choices[i].points);
	return weight;
}

static bool
is_rule_key(struct psp_slice name)
{
	for (const struct psp_key *key = rule_keys; key->name != NULL; key++)
		if (psp_slice_is(name, key->name))
			return true;
	return false;
}

/* Names the mend where a condition stands without its `when`. */
static bool
check_condition(
    const struct psp_model_reading *reading, const struct psp_node *node)
{
	const struct psp_node *child =
	    node->kind == PSP_NODE_MAP ? node->first : NULL;

	for (; child != NULL; child = child->next) {
		if (psp_slice_is(child->key, "if")
		    || psp_slice_is(child->key, "si"))
			return psp_node_key_problem(child, reading->problems,
			    "'%.*s' is written 'when' here",
			    PSP_SLICE_ARGS(child->key));
		if (!is_rule_key(child->key)
		    && psp_criterion_find(child->key) != NULL)
			return psp_node_key_problem(child, reading->problems,
			    "a condition stands under 'when': write when: "
			    "{%.*s: ...}",
			    PSP_SLICE_ARGS(child->key));
	}
	return true;
}

bool
psp_rule_read(const struct psp_model_reading *reading,
    const struct psp_node *node, int32_t half_life, struct psp_rule *rule)
{
	struct written written = { .cap = PSP_POINTS_NONE };
	bool is_good;

	if (!check_condition(reading, node)
	    || !psp_settings_read(
		node, "a rule", rule_keys, NULL, &written, reading->problems)
	    || !find_kind(reading, node, &written, rule))
		return false;
	rule->place = psp_model_place(node);
	rule->points = written.points;
	rule->otherwise = written.otherwise;
	rule->missing = written.missing;
	rule->name = written.field;
	is_good = check_keys(reading, node, rule->kind);
	is_good = check_points(reading, node, &written) && is_good;
	switch (rule->kind) {
	case PSP_RULE_WHEN:
		rule->when = psp_model_condition(reading, written.when, false);
		is_good =
		    rule->when != NULL
		    && psp_model_describe(reading, rule->when, &rule->name)
		    && is_good;
		break;
	case PSP_RULE_SIGNAL:
		is_good = read_signal(reading, node, &written, half_life, rule)
		          && is_good;
		break;
	case PSP_RULE_BINS:
	case PSP_RULE_MAP:
		if (is_result(reading->model, rule->name))
			is_good = refuse_result(
			    psp_model_place(psp_node_get(node, "field")),
			    rule->name, reading->problems);
		else if (rule->kind == PSP_RULE_BINS)
			is_good = psp_bins_read(reading, written.bins, rule)
			          && is_good;
		else
			is_good =
			    psp_map_read(reading, written.map, rule) && is_good;
		break;
	}
	rule->because = written.because.size > 0 ? written.because : rule->name;
	rule->weight = weigh(rule);
	return is_good;
}
