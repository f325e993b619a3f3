/* Conditions on signals; see the header. */
#include <config.h>

#include "libprospect/targeting/signal_clause.h"

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/values/words.h"

struct parse {
	const struct psp_condition_rules *rules;
	struct psp_problems *problems;
	struct psp_error *err;
};

static struct psp_place
place_of(const struct psp_node *node, bool at_key)
{
	struct psp_place place = { node->file,
		at_key ? node->key_line : node->line,
		at_key ? node->key_column : node->column };

	return place;
}

static struct psp_constant
constant_of(const struct psp_node *node)
{
	struct psp_constant constant = { 0 };

	constant.text = node->text;
	constant.place = place_of(node, false);
	constant.is_quoted = node->is_quoted;
	return constant;
}

struct psp_condition *
psp_signal_test_new(const struct psp_condition_rules *rules,
    struct psp_slice name, struct psp_place place,
    struct psp_problems *problems, struct psp_error *err)
{
	struct psp_condition *test;
	struct psp_slices known;
	struct psp_slice near;
	size_t code;

	if (rules->codes == NULL) {
		psp_place_problem(place, problems,
		    "signals cannot be tested here; take them out");
		return NULL;
	}
	if (!psp_signal_codes_find(rules->codes, name, &code)) {
		known.items = rules->codes->names;
		known.n = rules->codes->n;
		near = psp_text_nearest(name, known);
		psp_place_problem(place, problems,
		    "unknown signal '%.*s'%s%.*s%s (codes of your own are "
		    "declared with 'signal_codes: [...]')",
		    PSP_SLICE_ARGS(name),
		    near.size > 0 ? _("; did you mean '") : "",
		    PSP_SLICE_ARGS(near), near.size > 0 ? _("'?") : "");
		return NULL;
	}
	test = psp_condition_new(rules, PSP_CONDITION_SIGNAL, place, err);
	if (test == NULL)
		return NULL;
	test->name = rules->codes->names[code];
	test->signal.code = code;
	test->signal.first = INT32_MIN;
	test->signal.last = INT32_MAX;
	test->signal.n_needed = 1;
	return test;
}

bool
psp_signal_test_narrow(const struct psp_condition_rules *rules,
    struct psp_condition *test, const struct psp_operator *op,
    struct psp_constant *value, struct psp_problems *problems,
    struct psp_error *err)
{
	struct psp_constant_rules how = { PSP_TYPE_DATE, op, NULL,
		rules->horizons, rules->today, rules->arena };
	struct psp_constant days = { 0 };
	int32_t first, last;

	if ((op->families & (1U << PSP_FAMILY_DATE)) == 0 || op->is_negated
	    || op->core == PSP_CORE_EMPTY || op->arity > PSP_ARITY_ONE)
		return psp_place_problem(test->place, problems,
		    "'%s' does not apply to a signal: use within, older_than, "
		    "before, after or on",
		    op->name);
	if (op->core == PSP_CORE_PERIOD) {
		psp_operator_period(op, rules->today, &first, &last);
		days.first = first;
		days.last = last;
	} else {
		if (!psp_constant_read(value, &how, problems, err))
			return false;
		days = *value;
	}
	if (days.first > test->signal.first)
		test->signal.first = (int32_t)days.first;
	if (days.last < test->signal.last)
		test->signal.last = (int32_t)days.last;
	return true;
}

static bool
read_strength(const struct parse *p, const struct psp_node *node,
    struct psp_condition *test)
{
	int64_t strength;

	if (node->kind != PSP_NODE_SCALAR
	    || !psp_number_read(node->text, PSP_STYLE_POINT, &strength)
	    || strength < 0 || strength > PSP_NUMBER_SCALE)
		return psp_node_problem(node, p->problems,
		    "'strength' is the least strength, from 0 to 1");
	test->signal.strength = strength;
	return true;
}

/* One key of `{within: 90 days, min: 2}`. */
static bool
read_limit(const struct parse *p, const struct psp_node *node,
    struct psp_condition *test)
{
	static const struct psp_slice names[] = { { "within", 6 },
		{ "older_than", 10 }, { "before", 6 }, { "after", 5 },
		{ "on", 2 }, { "min", 3 }, { "strength", 8 } };
	struct psp_slices known = { names, sizeof(names) / sizeof(names[0]) };
	const struct psp_operator *op = psp_operator_find(node->key);
	struct psp_constant value;
	int64_t n;
	bool flag;

	if (psp_slice_is(node->key, "strength"))
		return read_strength(p, node, test);
	if (psp_slice_is(node->key, "min")) {
		if (!psp_node_integer(node, &n, p->problems))
			return false;
		if (n < 1)
			return psp_node_problem(node, p->problems,
			    "'min' is the least number of signals: expected 1 "
			    "or more");
		test->signal.n_needed = (size_t)n;
		return true;
	}
	if (op == NULL || (op->families & (1U << PSP_FAMILY_DATE)) == 0)
		return psp_node_unknown_key(
		    node, "a signal", known, p->problems);
	if (node->kind != PSP_NODE_SCALAR)
		return psp_node_problem(node, p->problems,
		    "expected one value, found %s", psp_node_kind_name(node));
	if (op->core == PSP_CORE_PERIOD) {
		if (!psp_node_bool(node, &flag, p->problems))
			return false;
		if (!flag)
			return psp_node_problem(node, p->problems,
			    "'%s' takes true; leave it out otherwise",
			    op->name);
	}
	value = constant_of(node);
	return psp_signal_test_narrow(
	    p->rules, test, op, &value, p->problems, p->err);
}

/* `CODE: {…}`, `CODE: true`. */
static struct psp_condition *
parse_entry(const struct parse *p, const struct psp_node *node)
{
	struct psp_condition *test = psp_signal_test_new(
	    p->rules, node->key, place_of(node, true), p->problems, p->err);
	const struct psp_node *child;
	bool is_good = true, flag;

	if (test == NULL)
		return NULL;
	if (node->kind == PSP_NODE_SCALAR) {
		if (node->text.size == 0)
			return test;
		if (!psp_bool_read(node->text, &flag)) {
			psp_node_problem(node, p->problems,
			    "expected limits such as {within: 90 days}, or "
			    "true, found '%.*s'",
			    PSP_SLICE_ARGS(node->text));
			return NULL;
		}
		test->is_negated = !flag;
		return test;
	}
	if (node->kind != PSP_NODE_MAP) {
		psp_node_problem(node, p->problems,
		    "expected limits such as {within: 90 days}");
		return NULL;
	}
	for (child = node->first; child != NULL; child = child->next)
		is_good = read_limit(p, child, test) && is_good;
	return is_good ? test : NULL;
}

/* A code alone, or a map of codes which must all hold. */
static struct psp_condition *
parse_codes(const struct parse *p, const struct psp_node *node)
{
	struct psp_condition *group, *test;
	const struct psp_node *child;
	bool is_good = true;

	if (node->kind == PSP_NODE_SCALAR)
		return psp_signal_test_new(p->rules, node->text,
		    place_of(node, false), p->problems, p->err);
	if (node->kind != PSP_NODE_MAP || node->first == NULL) {
		psp_node_problem(node, p->problems,
		    "expected a signal such as {distress: {within: 12 "
		    "months}}");
		return NULL;
	}
	group = psp_condition_new(
	    p->rules, PSP_CONDITION_ALL, place_of(node, false), p->err);
	if (group == NULL)
		return NULL;
	for (child = node->first; child != NULL; child = child->next) {
		test = parse_entry(p, child);
		if (test == NULL)
			is_good = false;
		else
			psp_condition_append(group, test);
	}
	if (!is_good)
		return NULL;
	return group->n_children == 1 ? group->first : group;
}

/* A list of which any or all must hold; `none` is a negated any. */
static struct psp_condition *
parse_many(const struct parse *p, const struct psp_node *node,
    enum psp_condition_kind kind)
{
	struct psp_condition *group =
	    psp_condition_new(p->rules, kind, place_of(node, false), p->err);
	struct psp_condition *test;
	const struct psp_node *child;
	bool is_good = true;

	if (group == NULL)
		return NULL;
	if (node->first == NULL) {
		psp_node_problem(node, p->problems,
		    "expected a list of "
		    "signals, not an empty "
		    "one");
		return NULL;
	}
	for (child = node->first; child != NULL; child = child->next) {
		test = parse_codes(p, child);
		if (test == NULL)
			is_good = false;
		else
			psp_condition_append(group, test);
	}
	if (!is_good)
		return NULL;
	return group->n_children == 1 ? group->first : group;
}

struct psp_condition *
psp_clause_signal(const struct psp_condition_rules *rules,
    const struct psp_node *node, struct psp_problems *problems,
    struct psp_error *err)
{
	struct parse p = { rules, problems, err };

	if (node->kind == PSP_NODE_LIST)
		return parse_many(&p, node, PSP_CONDITION_ANY);
	return parse_codes(&p, node);
}

/* A key of `signals` that is none of its three: perhaps a code. */
static bool
refuse_key(const struct parse *p, const struct psp_node *node)
{
	static const struct psp_slice names[] = { { "any", 3 }, { "all", 3 },
		{ "none", 4 } };
	struct psp_slices known = { names, 3 };
	size_t code;

	if (p->rules->codes == NULL
	    || !psp_signal_codes_find(p->rules->codes, node->key, &code))
		return psp_node_unknown_key(
		    node, "signals", known, p->problems);
	return psp_node_key_problem(node, p->problems,
	    "'%.*s' stands in 'signal', or in a list of 'signals': write "
	    "signal: {%.*s: ...} or signals: {any: [{%.*s: ...}]}",
	    PSP_SLICE_ARGS(node->key), PSP_SLICE_ARGS(node->key),
	    PSP_SLICE_ARGS(node->key));
}

struct psp_condition *
psp_clause_signals(const struct psp_condition_rules *rules,
    const struct psp_node *node, struct psp_problems *problems,
    struct psp_error *err)
{
	struct parse p = { rules, problems, err };
	struct psp_condition *group, *part;
	const struct psp_node *child;
	bool is_good = true;

	if (node->kind != PSP_NODE_MAP || node->first == NULL) {
		psp_node_problem(node, problems,
		    "'signals' expects any, all or none with a list, such as "
		    "{none: [distress]}");
		return NULL;
	}
	group = psp_condition_new(
	    rules, PSP_CONDITION_ALL, place_of(node, true), err);
	for (child = node->first; child != NULL && group != NULL;
	     child = child->next) {
		bool is_none = psp_slice_is(child->key, "none");
		bool is_all = psp_slice_is(child->key, "all");

		if (!is_none && !is_all && !psp_slice_is(child->key, "any")) {
			is_good = refuse_key(&p, child);
			continue;
		}
		if (child->kind != PSP_NODE_LIST) {
			is_good = psp_node_problem(child, problems,
			    "expected a list of signals, found %s",
			    psp_node_kind_name(child));
			continue;
		}
		part = parse_many(
		    &p, child, is_all ? PSP_CONDITION_ALL : PSP_CONDITION_ANY);
		if (part != NULL && is_none) {
			struct psp_condition *inner = part;

			part = psp_condition_new(rules, PSP_CONDITION_NOT,
			    place_of(child, true), err);
			if (part != NULL)
				psp_condition_append(part, inner);
		}
		if (part == NULL)
			is_good = false;
		else
			psp_condition_append(group, part);
	}
	return is_good ? group : NULL;
}
