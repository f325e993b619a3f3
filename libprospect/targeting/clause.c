/* Conditions out of settings; see the header. */
#include <config.h>

#include "libprospect/targeting/clause.h"

#include "libprospect/targeting/keyword_clause.h"
#include "libprospect/targeting/signal_clause.h"

/* What all functions here need. */
struct parse {
	const struct psp_condition_rules *rules;
	struct psp_problems *problems;
	struct psp_error *err;
};

static struct psp_condition *parse_map(
    const struct parse *p, const struct psp_node *node);

static struct psp_place
place_of(const struct psp_node *node)
{
	struct psp_place place = { node->file, node->line, node->column };

	return place;
}

static struct psp_place
key_place(const struct psp_node *node)
{
	struct psp_place place = { node->file, node->key_line,
		node->key_column };

	return place;
}

static struct psp_condition *
new_group(
    const struct parse *p, enum psp_condition_kind kind, struct psp_place place)
{
	return psp_condition_new(p->rules, kind, place, p->err);
}

static bool
add_constant(struct psp_condition *field, const struct psp_node *node)
{
	struct psp_constant *c = &field->constants[field->n_constants++];

	c->text = node->text;
	c->place = place_of(node);
	c->is_quoted = node->is_quoted;
	return true;
}

/* The values of an operator: a scalar or a list of scalars. */
static bool
read_values(const struct parse *p, struct psp_condition *field,
    const struct psp_node *value)
{
	const struct psp_node *child;
	size_t n = value->kind == PSP_NODE_LIST ? value->n_children : 1;

	field->constants = psp_arena_array(
	    p->rules->arena, n + 1, sizeof(*field->constants), p->err);
	if (field->constants == NULL)
		return false;
	if (value->kind == PSP_NODE_SCALAR && value->text.size == 0
	    && !value->is_quoted)
		return psp_place_problem(key_place(value), p->problems,
		    "'%.*s' has no value; several values of one key are a "
		    "list, as in [69, 38]",
		    PSP_SLICE_ARGS(value->key));
	if (value->kind == PSP_NODE_SCALAR)
		return add_constant(field, value);
	for (child = value->first; child != NULL; child = child->next) {
		if (child->kind != PSP_NODE_SCALAR)
			return psp_node_problem(child, p->problems,
			    "expected a value of '%.*s', found %s; conditions "
			    "are joined by all, any, not and at_least",
			    PSP_SLICE_ARGS(field->name),
			    psp_node_kind_name(child));
		add_constant(field, child);
	}
	return true;
}

/* `{column: NAME}` or `{region: NAME}` in place of a value. */
static bool
read_reference(const struct parse *p, struct psp_condition *field,
    const struct psp_node *value)
{
	const struct psp_node *child = value->first;

	if (child == NULL || child->next != NULL
	    || !psp_slice_is(child->key, "column")
	    || child->kind != PSP_NODE_SCALAR || child->text.size == 0)
		return psp_node_problem(value, p->problems,
		    "expected a value, a list or {column: NAME}");
	field->other = child->text;
	field->other_place = place_of(child);
	return true;
}

static struct psp_condition *
new_field(const struct parse *p, struct psp_slice name,
    const struct psp_operator *op, struct psp_place place)
{
	struct psp_condition *field = new_group(p, PSP_CONDITION_FIELD, place);

	if (field != NULL) {
		field->name = name;
		field->op = op;
		field->is_negated = op->is_negated;
	}
	return field;
}

/* What qualifies all operators of one field. */
struct qualities {
	struct psp_slice label;
	enum psp_missing missing;
	bool is_inside;
	bool of_count;
	struct psp_place name_place;
};

static void
qualify(struct psp_condition *field, const struct qualities *q)
{
	field->missing = q->missing;
	field->is_inside = q->is_inside;
	field->of_count = q->of_count;
	field->name_place = q->name_place;
}

static struct psp_condition *
finish_field(const struct parse *p, struct psp_condition *field)
{
	return psp_condition_settle(p->rules, field, p->problems, p->err)
	           ? field
	           : NULL;
}

/* The operator that a bare word is: `email: not_empty`, `created: last_month`.
 * Quoted it is a text. NULL when it is none. */
static const struct psp_operator *
bare_operator(const struct psp_node *node)
{
	const struct psp_operator *op;

	if (node->kind != PSP_NODE_SCALAR || node->is_quoted)
		return NULL;
	op = psp_operator_find(node->text);
	return op != NULL && op->arity == PSP_ARITY_NONE
	               && psp_slice_is(node->text, op->name)
	           ? op
	           : NULL;
}

/* `NAME: value`, `NAME: [values]` and `NAME: OP` of an operator without one. */
static struct psp_condition *
parse_short(const struct parse *p, const struct psp_node *node)
{
	const char *usual = node->kind == PSP_NODE_LIST ? "in" : "eq";
	const struct psp_operator *op = bare_operator(node);
	struct psp_condition *field = new_field(p, node->key,
	    op != NULL ? op : psp_operator_find(psp_slice_of(usual)),
	    key_place(node));

	if (field == NULL || (op == NULL && !read_values(p, field, node)))
		return NULL;
	return finish_field(p, field);
}

/* `OP: value` inside the map of a field. */
static struct psp_condition *
parse_operator(const struct parse *p, struct psp_slice name,
    const struct psp_operator *op, const struct psp_node *node,
    const struct qualities *q)
{
	struct psp_condition *field = new_field(p, name, op, key_place(node));
	bool flag;

	if (field == NULL)
		return NULL;
	qualify(field, q);
	if (op->arity == PSP_ARITY_NONE) {
		if (node->kind != PSP_NODE_SCALAR) {
			psp_node_problem(node, p->problems,
			    "'%s' takes true or false", op->name);
			return NULL;
		}
		if (!psp_node_bool(node, &flag, p->problems))
			return NULL;
		if (!flag)
			field->is_negated = !field->is_negated;
	} else if (node->kind == PSP_NODE_MAP) {
		if (!read_reference(p, field, node))
			return NULL;
	} else if (!read_values(p, field, node)) {
		return NULL;
	}
	return finish_field(p, field);
}

/* Adds `child`, when there is one, to a group. */
static bool
keep(struct psp_condition *group, struct psp_condition *child)
{
	if (child == NULL)
		return false;
	psp_condition_append(group, child);
	return true;
}

/* A group of one is its child. */
static struct psp_condition *
simplify(struct psp_condition *group, struct psp_slice label)
{
	struct psp_condition *one = group->first;

	if (group->kind != PSP_CONDITION_ALL || group->n_children != 1)
		one = group;
	if (label.size > 0)
		one->label = label;
	return one;
}

static bool
read_quality(const struct parse *p, const struct psp_node *node,
    struct qualities *q, bool *is_read)
{
	bool is_scalar = node->kind == PSP_NODE_SCALAR;

	*is_read = true;
	if (psp_slice_is(node->key, "label")) {
		q->label = node->text;
		if (!is_scalar)
			*is_read = psp_node_problem(node, p->problems,
			    "expected a text, found %s",
			    psp_node_kind_name(node));
	} else if (psp_slice_is(node->key, "missing")) {
		if (is_scalar && psp_slice_is(node->text, "unknown"))
			q->missing = PSP_MISSING_UNKNOWN;
		else if (is_scalar && psp_slice_is(node->text, "fail"))
			q->missing = PSP_MISSING_FAIL;
		else if (is_scalar && psp_slice_is(node->text, "pass"))
			q->missing = PSP_MISSING_PASS;
		else
			*is_read = psp_node_problem(node, p->problems,
			    "'missing' takes unknown, fail or pass");
	} else if (psp_slice_is(node->key, "band")) {
		q->is_inside = is_scalar && psp_slice_is(node->text, "inside");
		if (!q->is_inside
		    && (!is_scalar || !psp_slice_is(node->text, "overlap")))
			*is_read = psp_node_problem(node, p->problems,
			    "'band' takes overlap or inside");
	} else {
		return false;
	}
	return true;
}

/* "unknown key", with the operators as what is known. */
static bool
refuse_key(const struct parse *p, const struct psp_node *node)
{
	struct psp_slice names[80];
	struct psp_slices known = { names, 0 };
	const struct psp_operator *op = psp_operator_meant(node->key);

	if (op != NULL)
		return psp_place_problem(key_place(node), p->problems,
		    "'%.*s' is written '%s' here", PSP_SLICE_ARGS(node->key),
		    op->name);
	if (node->kind == PSP_NODE_SCALAR && node->text.size == 0
	    && node->key.size > 0 && node->key.bytes[0] >= '0'
	    && node->key.bytes[0] <= '9')
		return psp_place_problem(key_place(node), p->problems,
		    "'%.*s' stands behind a comma as a key of its own: write "
		    "decimals with a point, several values as [1, 2]",
		    PSP_SLICE_ARGS(node->key));
	for (op = psp_operators(); op->name != NULL && known.n < 76; op++)
		names[known.n++] = psp_slice_of(op->name);
	names[known.n++] = psp_slice_of("missing");
	names[known.n++] = psp_slice_of("band");
	names[known.n++] = psp_slice_of("label");
	return psp_node_unknown_key(node, "a test", known, p->problems);
}

static bool parse_operators(const struct parse *p, struct psp_slice name,
    const struct psp_node *map, const struct qualities *q,
    struct psp_condition *group);

/* `count: 2` or `count: {ge: 2}`. */
static bool
parse_count(const struct parse *p, struct psp_slice name,
    const struct psp_node *node, const struct qualities *outer,
    struct psp_condition *group)
{
	struct qualities q = *outer;

	q.of_count = true;
	if (node->kind == PSP_NODE_MAP)
		return parse_operators(p, name, node, &q, group);
	return keep(
	    group, parse_operator(p, name,
		       psp_operator_find(psp_slice_of("eq")), node, &q));
}

static bool
parse_operators(const struct parse *p, struct psp_slice name,
    const struct psp_node *map, const struct qualities *q,
    struct psp_condition *group)
{
	const struct psp_operator *op;
	const struct psp_node *child;
	struct qualities ignored = *q;
	bool is_good = true, is_read;

	for (child = map->first; child != NULL; child = child->next) {
		op = psp_operator_find(child->key);
		if (op == NULL) {
			if (read_quality(p, child, &ignored, &is_read))
				is_good = is_read && is_good;
			else
				is_good = refuse_key(p, child);
		} else if (op->core == PSP_CORE_COUNT && !q->of_count) {
			is_good =
			    parse_count(p, name, child, q, group) && is_good;
		} else {
			is_good =
			    keep(group, parse_operator(p, name, op, child, q))
			    && is_good;
		}
	}
	return is_good;
}

/* `NAME: {OP: value, …, missing: pass}` */
static struct psp_condition *
parse_field(const struct parse *p, const struct psp_node *node)
{
	struct qualities q = { { NULL, 0 }, p->rules->missing, false, false,
		key_place(node) };
	struct psp_problems unheard;
	struct parse quiet = *p;
	struct psp_condition *group;
	const struct psp_node *child;
	bool is_read, is_good;

	if (node->kind != PSP_NODE_MAP)
		return parse_short(p, node);
	/* What is wrong with a quality is said once, with the operators. */
	psp_problems_init(&unheard);
	quiet.problems = &unheard;
	for (child = node->first; child != NULL; child = child->next)
		(void)read_quality(&quiet, child, &q, &is_read);
	psp_problems_clear(&unheard);
	group = new_group(p, PSP_CONDITION_ALL, key_place(node));
	if (group == NULL)
		return NULL;
	is_good = parse_operators(p, node->key, node, &q, group);
	if (is_good && group->n_children == 0) {
		psp_node_problem(node, p->problems,
		    "'%.*s' has no operator: expected one such as {ge: 20}",
		    PSP_SLICE_ARGS(node->key));
		return NULL;
	}
	if (!is_good)
		return NULL;
	if (q.label.size == 0 && group->n_children > 1)
		q.label = node->key;
	return simplify(group, q.label);
}

/* `all:` and `any:`, a list of maps. */
static struct psp_condition *
parse_list(const struct parse *p, const struct psp_node *node,
    enum psp_condition_kind kind, const char *what)
{
	struct psp_condition *group = new_group(p, kind, key_place(node));
	const struct psp_node *child;
	bool is_good = true;

	if (group == NULL)
		return NULL;
	if (node->kind != PSP_NODE_LIST || node->first == NULL) {
		psp_node_problem(node, p->problems,
		    "'%s' expects a list of conditions, each as "
		    "'- {department: 69}'",
		    what);
		return NULL;
	}
	for (child = node->first; child != NULL; child = child->next)
		is_good = keep(group, parse_map(p, child)) && is_good;
	return is_good ? group : NULL;
}

static struct psp_condition *
parse_not(const struct parse *p, const struct psp_node *node)
{
	struct psp_condition *group, *child;

	if (node->kind != PSP_NODE_MAP) {
		psp_node_problem(node, p->problems,
		    "'not' expects one condition, such as {naf: 84}; put "
		    "several in {any: […]}");
		return NULL;
	}
	group = new_group(p, PSP_CONDITION_NOT, key_place(node));
	child = parse_map(p, node);
	return group != NULL && keep(group, child) ? group : NULL;
}

static struct psp_condition *
parse_at_least(const struct parse *p, const struct psp_node *node)
{
	struct counted {
		int64_t n;
		const struct psp_node *of;
	} read = { 0, NULL };
	static const struct psp_key keys[] = {
		PSP_KEY_REQUIRED("n", PSP_KEY_INTEGER, struct counted, n),
		PSP_KEY_REQUIRED("of", PSP_KEY_LIST, struct counted, of),
		PSP_KEY_END,
	};
	struct psp_condition *group;

	if (node->kind != PSP_NODE_MAP) {
		psp_node_problem(node, p->problems,
		    "'at_least' expects {n: 2, of: [conditions]}");
		return NULL;
	}
	if (!psp_settings_read(
		node, "at_least", keys, NULL, &read, p->problems))
		return NULL;
	if (read.n < 1 || (uint64_t)read.n > read.of->n_children) {
		psp_node_problem(node, p->problems,
		    "'n' of at_least goes from 1 to the number of its "
		    "conditions, %zu",
		    read.of->n_children);
		return NULL;
	}
	group = parse_list(p, read.of, PSP_CONDITION_AT_LEAST, "of");
	if (group != NULL)
		group->n_needed = (size_t)read.n;
	return group;
}

/* The keys of a map that are no fields. */
static struct psp_condition *
parse_key(const struct parse *p, const struct psp_node *node)
{
	if (psp_slice_is(node->key, "all"))
		return parse_list(p, node, PSP_CONDITION_ALL, "all");
	if (psp_slice_is(node->key, "any"))
		return parse_list(p, node, PSP_CONDITION_ANY, "any");
	if (psp_slice_is(node->key, "not"))
		return parse_not(p, node);
	if (psp_slice_is(node->key, "at_least"))
		return parse_at_least(p, node);
	if (psp_slice_is(node->key, "signal"))
		return psp_clause_signal(p->rules, node, p->problems, p->err);
	if (psp_slice_is(node->key, "signals"))
		return psp_clause_signals(p->rules, node, p->problems, p->err);
	if (psp_slice_is(node->key, "keywords"))
		return psp_clause_keywords(p->rules, node, p->problems, p->err);
	return parse_field(p, node);
}

static struct psp_condition *
parse_map(const struct parse *p, const struct psp_node *node)
{
	struct psp_slice label = { NULL, 0 };
	struct psp_condition *group;
	const struct psp_node *child;
	bool is_good = true;

	if (node->kind != PSP_NODE_MAP) {
		psp_node_problem(node, p->problems,
		    "expected a condition such as {department: 69}, found %s",
		    psp_node_kind_name(node));
		return NULL;
	}
	group = new_group(p, PSP_CONDITION_ALL, place_of(node));
	if (group == NULL)
		return NULL;
	for (child = node->first; child != NULL; child = child->next) {
		if (psp_slice_is(child->key, "label")
		    && child->kind == PSP_NODE_SCALAR)
			label = child->text;
		else
			is_good = keep(group, parse_key(p, child)) && is_good;
	}
	if (is_good && group->n_children == 0)
		is_good = psp_node_problem(node, p->problems,
		    "empty condition: expected one such as {department: 69}");
	return is_good ? simplify(group, label) : NULL;
}

struct psp_condition *
psp_condition_parse(const struct psp_condition_rules *rules,
    const struct psp_node *node, struct psp_problems *problems,
    struct psp_error *err)
{
	struct parse p = { rules, problems, err };

	return parse_map(&p, node);
}

struct psp_condition *
psp_condition_parse_key(const struct psp_condition_rules *rules,
    const struct psp_node *node, struct psp_problems *problems,
    struct psp_error *err)
{
	struct parse p = { rules, problems, err };

	return parse_key(&p, node);
}
