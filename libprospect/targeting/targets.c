/* Reading a targeting file; see the header. */
#include <config.h>

#include "libprospect/targeting/targets.h"

#include <stdio.h>
#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/targeting/clause.h"
#include "libprospect/targeting/expression.h"
#include "libprospect/targeting/keyword_clause.h"

struct psp_targets {
	struct psp_arena arena;
	struct psp_terms terms;
	struct psp_target *targets;
	size_t n_targets;
	struct psp_target *segments;
	size_t n_segments;
	const struct psp_target *chosen; /* may be NULL */
	struct psp_condition *condition;
	const struct psp_condition **criteria;
	size_t n_criteria, criteria_capacity;
};

/* The keys of a targeting file. */
struct file {
	const struct psp_node *targets, *segments;
};

static const struct psp_key file_keys[] = {
	PSP_KEY("targets", PSP_KEY_MAP, struct file, targets),
	PSP_KEY("segments", PSP_KEY_MAP, struct file, segments),
	PSP_KEY_END,
};

/* What the functions of a reading share. */
struct reading {
	struct psp_targets *targets;
	const struct psp_targets_options *options;
	struct psp_problems *problems;
	struct psp_error *err;
};

/* What `target: NAME` of a segment means. */
static const struct psp_target *
find_target(struct reading *r, struct psp_slice name)
{
	for (size_t i = 0; i < r->targets->n_targets; i++)
		if (psp_slice_equal(r->targets->targets[i].name, name))
			return &r->targets->targets[i];
	return NULL;
}

/* The first names, as many as there is room for: " (known: a, b)". */
static void
list_names(struct psp_slices names, char *text, size_t size)
{
	static const char end[] = ")", more[] = ", ...";
	const char *start = _(" (known: ");
	size_t used = 0;

	for (size_t i = 0; i < names.n; i++) {
		const char *before = i == 0 ? start : ", ";

		if (used + strlen(before) + names.items[i].size + sizeof(more)
			+ sizeof(end)
		    > size) {
			before = i == 0 ? "" : more;
			used += (size_t)snprintf(
			    text + used, size - used, "%s", before);
			break;
		}
		used += (size_t)snprintf(text + used, size - used, "%s%.*s",
		    before, PSP_SLICE_ARGS(names.items[i]));
	}
	if (used > 0)
		(void)snprintf(text + used, size - used, "%s", end);
}

/* The name of a target that is near to a wrong one, as "; did you mean …",
 * else the names there are. */
static void
hint(struct reading *r, struct psp_slice name, char *text, size_t size)
{
	struct psp_slice *names, near = { NULL, 0 };
	struct psp_slices all;

	text[0] = '\0';
	names = psp_arena_array(&r->targets->arena, r->targets->n_targets + 1,
	    sizeof(*names), r->err);
	if (names == NULL)
		return;
	for (size_t i = 0; i < r->targets->n_targets; i++)
		names[i] = r->targets->targets[i].name;
	all.items = names;
	all.n = r->targets->n_targets;
	near = psp_text_nearest(name, all);
	if (near.size > 0)
		(void)snprintf(text, size, _("; did you mean '%.*s'?"),
		    PSP_SLICE_ARGS(near));
	else
		list_names(all, text, size);
}

/* `target: NAME` inside a segment: that target's condition. */
static struct psp_condition *
refer(struct reading *r, const struct psp_node *node)
{
	const struct psp_target *target = NULL;
	struct psp_condition *copy;
	struct psp_place place = { node->file, node->line, node->column };
	char near[256];

	if (node->kind == PSP_NODE_SCALAR)
		target = find_target(r, node->text);
	if (target == NULL) {
		hint(r, node->text, near, sizeof(near));
		psp_node_problem(node, r->problems,
		    "no target of this file is called '%.*s'%s",
		    PSP_SLICE_ARGS(node->text), near);
		return NULL;
	}
	/* A child has one parent: the group is copied, its children shared. */
	copy = psp_condition_new(
	    &r->targets->terms.rules, PSP_CONDITION_ALL, place, r->err);
	if (copy == NULL || target->condition == NULL)
		return copy;
	*copy = *target->condition;
	copy->next = NULL;
	return copy;
}

/* A target or a segment: all of its keys must hold. */
static bool
read_target(struct reading *r, const struct psp_node *node, bool is_segment,
    struct psp_target *target)
{
	struct psp_place place = { node->file, node->key_line,
		node->key_column };
	const struct psp_node *child;
	struct psp_condition *part;
	bool is_good = true;

	target->name = node->key;
	target->label = node->key;
	if (node->kind != PSP_NODE_MAP)
		return psp_node_problem(node, r->problems,
		    "'%.*s' expects a map of conditions, such as "
		    "{all: [{department: 69}]}",
		    PSP_SLICE_ARGS(node->key));
	target->condition = psp_condition_new(
	    &r->targets->terms.rules, PSP_CONDITION_ALL, place, r->err);
	if (target->condition == NULL)
		return false;
	for (child = node->first; child != NULL; child = child->next) {
		if (psp_slice_is(child->key, "label")) {
			target->label = child->text;
			if (child->kind != PSP_NODE_SCALAR)
				is_good = psp_node_problem(child, r->problems,
				    "expected a text, found %s",
				    psp_node_kind_name(child));
			continue;
		}
		if (is_segment && psp_slice_is(child->key, "target"))
			part = refer(r, child);
		else
			part = psp_condition_parse_key(&r->targets->terms.rules,
			    child, r->problems, r->err);
		if (part == NULL)
			is_good = false;
		else
			psp_condition_append(target->condition, part);
	}
	return is_good;
}

/* The children of `targets:` or `segments:`. */
static bool
read_targets(struct reading *r, const struct psp_node *map, bool is_segment,
    struct psp_target **targets, size_t *n)
{
	const struct psp_node *child;
	bool is_good = true;

	if (map == NULL)
		return true;
	*targets = psp_arena_array(
	    &r->targets->arena, map->n_children + 1, sizeof(**targets), r->err);
	if (*targets == NULL)
		return false;
	for (child = map->first; child != NULL; child = child->next) {
		is_good = read_target(r, child, is_segment, &(*targets)[*n])
		          && is_good;
		(*n)++;
	}
	return is_good;
}

/* --target, or the only one. */
static bool
choose(struct reading *r)
{
	struct psp_targets *t = r->targets;
	const char *wanted = r->options->target;
	char near[256];

	if (wanted != NULL) {
		t->chosen = find_target(r, psp_slice_of(wanted));
		if (t->chosen != NULL)
			return true;
		hint(r, psp_slice_of(wanted), near, sizeof(near));
		return psp_problems_add(r->problems, PSP_EUSAGE, NULL, 0, 0,
		    t->n_targets == 0
			? "--target '%s': the settings have no targets; write "
			  "them under 'targets:'%s"
			: N_("--target '%s': the settings have no such "
			     "target%s"),
		    wanted, near);
	}
	if (t->n_targets == 1)
		t->chosen = &t->targets[0];
	if (t->n_targets < 2 || r->options->all_targets)
		return true;
	return psp_problems_add(r->problems, PSP_EUSAGE, NULL, 0, 0,
	    "the settings have %zu targets: choose one with --target, such as "
	    "--target %.*s",
	    t->n_targets, PSP_SLICE_ARGS(t->targets[0].name));
}

/* Adds a criterion, and for a group without a label its parts instead. */
static bool
add_criteria(struct psp_targets *t, const struct psp_condition *condition,
    struct psp_error *err)
{
	const struct psp_condition *child;
	const struct psp_condition **criteria;

	if (condition->kind == PSP_CONDITION_ALL
	    && condition->label.size == 0) {
		for (child = condition->first; child != NULL;
		     child = child->next)
			if (!add_criteria(t, child, err))
				return false;
		return true;
	}
	criteria = psp_array_reserve(t->criteria, &t->criteria_capacity,
	    t->n_criteria + 1, sizeof(*criteria), err);
	if (criteria == NULL)
		return false;
	t->criteria = criteria;
	criteria[t->n_criteria++] = condition;
	return true;
}

/* Adds what must hold besides; NULL, with a problem, is passed on. */
static bool
require(struct psp_targets *t, struct psp_condition *condition)
{
	if (condition == NULL)
		return false;
	psp_condition_append(t->condition, condition);
	return true;
}

/* The -k: any of them. */
static bool
read_words(struct reading *r)
{
	size_t n = r->options->n_keywords;
	struct psp_constant *words;

	if (n == 0)
		return true;
	words = psp_arena_array(&r->targets->arena, n, sizeof(*words), r->err);
	if (words == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		words[i].text = psp_slice_of(r->options->keywords[i]);
		words[i].place.file = "-k";
	}
	return require(
	    r->targets, psp_keywords_test_new(&r->targets->terms.rules, words,
			    n, r->problems, r->err));
}

/* Target, -e and -k together. */
static bool
combine(struct reading *r)
{
	struct psp_targets *t = r->targets;
	struct psp_place place = { "settings", 0, 0 };
	struct psp_condition *chosen;
	bool is_good = true;

	t->condition = psp_condition_new(
	    &t->terms.rules, PSP_CONDITION_ALL, place, r->err);
	if (t->condition == NULL)
		return false;
	if (t->chosen != NULL && t->chosen->condition != NULL) {
		chosen = psp_condition_new(
		    &t->terms.rules, PSP_CONDITION_ALL, place, r->err);
		if (chosen == NULL)
			return false;
		*chosen = *t->chosen->condition;
		psp_condition_append(t->condition, chosen);
	}
	for (size_t i = 0; i < r->options->n_expressions; i++)
		is_good =
		    require(t, psp_expression_parse(&t->terms.rules,
				   psp_slice_of(r->options->expressions[i]),
				   r->problems, r->err))
		    && is_good;
	is_good = read_words(r) && is_good;
	return is_good && add_criteria(t, t->condition, r->err);
}

/* Names the mend where conditions stand without a target. */
static bool
check_conditions(struct reading *r, const struct psp_node *root)
{
	const struct psp_node *child =
	    root != NULL && root->kind == PSP_NODE_MAP ? root->first : NULL;

	for (; child != NULL; child = child->next)
		if (!psp_file_has_key(child->key)
		    && (psp_criterion_find(child->key) != NULL
			|| psp_slice_is(child->key, "all")
			|| psp_slice_is(child->key, "any")))
			return psp_node_key_problem(child, r->problems,
			    "conditions stand below the name of a target: "
			    "write targets: {mine: {%.*s: ...}}",
			    PSP_SLICE_ARGS(child->key));
	return true;
}

/* Everything in an order that lets later parts know earlier ones. */
static bool
read_all(
    struct reading *r, const struct psp_node *root, struct psp_schema *schema)
{
	struct psp_targets *t = r->targets;
	struct psp_file_keys common;
	struct file file = { NULL, NULL };
	bool is_good;

	if (!check_conditions(r, root))
		return false;
	is_good = psp_file_read(
	    root, "targeting settings", file_keys, &file, &common, r->problems);

	is_good = psp_terms_init(&t->terms, &common, &t->arena, schema,
		      r->options->today, r->problems, r->err)
	          && is_good;
	if (r->err->status != PSP_OK)
		return false;
	is_good =
	    read_targets(r, file.targets, false, &t->targets, &t->n_targets)
	    && is_good;
	is_good =
	    read_targets(r, file.segments, true, &t->segments, &t->n_segments)
	    && is_good;
	is_good = choose(r) && is_good;
	return combine(r) && is_good;
}

struct psp_targets *
psp_targets_new(const struct psp_node *root,
    const struct psp_targets_options *options, struct psp_schema *schema,
    struct psp_problems *problems, struct psp_error *err)
{
	struct psp_targets *targets = calloc(1, sizeof(*targets));
	struct reading reading = { targets, options, problems, err };

	if (targets == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_arena_init(&targets->arena);
	if (!read_all(&reading, root, schema)) {
		psp_targets_free(targets);
		return NULL;
	}
	return targets;
}

void
psp_targets_free(struct psp_targets *targets)
{
	if (targets == NULL)
		return;
	free(targets->criteria);
	psp_arena_clear(&targets->arena);
	free(targets);
}

const struct psp_terms *
psp_targets_terms(const struct psp_targets *targets)
{
	return &targets->terms;
}

const struct psp_condition *
psp_targets_condition(const struct psp_targets *targets)
{
	return targets->condition;
}

const struct psp_target *
psp_targets_chosen(const struct psp_targets *targets)
{
	return targets->chosen;
}

const struct psp_condition *const *
psp_targets_criteria(const struct psp_targets *targets, size_t *n)
{
	*n = targets->n_criteria;
	return targets->criteria;
}

const struct psp_target *
psp_targets_all(const struct psp_targets *targets, size_t *n)
{
	*n = targets->n_targets;
	return targets->targets;
}

const struct psp_target *
psp_targets_segments(const struct psp_targets *targets, size_t *n)
{
	if (targets->n_segments > 0) {
		*n = targets->n_segments;
		return targets->segments;
	}
	*n = targets->n_targets;
	return targets->targets;
}

bool
psp_targets_use_signals(const struct psp_targets *targets, bool segments)
{
	const struct psp_target *all;
	size_t n;

	if (psp_condition_uses_signals(targets->condition))
		return true;
	all = psp_targets_segments(targets, &n);
	for (size_t i = 0; segments && i < n; i++)
		if (psp_condition_uses_signals(all[i].condition))
			return true;
	return false;
}
