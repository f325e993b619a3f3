/* Conditions on keywords; see the header. */
#include <config.h>

#include "libprospect/targeting/keyword_clause.h"

#include "libprospect/base/catalog.h"
#include "libprospect/targeting/keywords.h"

struct parse {
	const struct psp_condition_rules *rules;
	struct psp_problems *problems;
	struct psp_error *err;
};

/* The parts of a `keywords:` map. */
struct parts {
	const struct psp_node *any, *all, *none, *in;
	struct psp_slice label;
	int missing;
};

/* Whether each word can be searched for; said at reading, not at binding. */
static bool
check_words(const struct parse *p, const struct psp_constant *words, size_t n)
{
	struct psp_keywords *trial = psp_keywords_new(p->err);
	struct psp_error err;
	bool is_good = trial != NULL;
	size_t id;

	for (size_t i = 0; i < n && trial != NULL; i++) {
		psp_error_init(&err);
		if (psp_keywords_add(trial, words[i].text, &id, &err))
			continue;
		is_good = false;
		if (err.status == PSP_ENOMEM)
			psp_error_memory(p->err);
		else
			psp_place_problem(
			    words[i].place, p->problems, "%s", err.message);
	}
	psp_keywords_free(trial);
	return is_good;
}

/* A scalar or a list of scalars as constants in the arena. */
static bool
read_texts(const struct parse *p, const struct psp_node *node,
    struct psp_constant **texts, size_t *n)
{
	const struct psp_node *child =
	    node->kind == PSP_NODE_LIST ? node->first : node;
	size_t room = node->kind == PSP_NODE_LIST ? node->n_children : 1;

	*n = 0;
	if (node->kind == PSP_NODE_MAP || room == 0)
		return psp_node_problem(node, p->problems,
		    "expected a list of words, found %s",
		    room == 0 ? _("an empty one") : psp_node_kind_name(node));
	*texts =
	    psp_arena_array(p->rules->arena, room, sizeof(**texts), p->err);
	for (; *texts != NULL && *n < room; child = child->next) {
		struct psp_constant *text = &(*texts)[(*n)++];

		if (child->kind != PSP_NODE_SCALAR)
			return psp_node_problem(child, p->problems,
			    "expected a word or phrase, found %s",
			    psp_node_kind_name(child));
		text->text = child->text;
		text->place.file = child->file;
		text->place.line = child->line;
		text->place.column = child->column;
	}
	return *texts != NULL;
}

struct psp_condition *
psp_keywords_test_new(const struct psp_condition_rules *rules,
    struct psp_constant *words, size_t n, struct psp_problems *problems,
    struct psp_error *err)
{
	struct parse p = { rules, problems, err };
	struct psp_condition *test;

	if (!check_words(&p, words, n))
		return NULL;
	test = psp_condition_new(
	    rules, PSP_CONDITION_KEYWORDS, words[0].place, err);
	if (test == NULL)
		return NULL;
	test->keywords.words = words;
	test->keywords.n_words = n;
	return test;
}

/* One of any, all and none, added to `group`. */
static bool
add_part(const struct parse *p, struct psp_condition *group,
    const struct psp_node *node, const struct parts *parts,
    const struct psp_condition *in)
{
	struct psp_constant *words;
	struct psp_condition *test;
	size_t n;

	if (node == NULL)
		return true;
	if (!read_texts(p, node, &words, &n))
		return false;
	test = psp_keywords_test_new(p->rules, words, n, p->problems, p->err);
	if (test == NULL)
		return false;
	test->place.file = node->file;
	test->place.line = node->key_line;
	test->place.column = node->key_column;
	test->keywords.needs_all = node == parts->all;
	test->is_negated = node == parts->none;
	test->keywords.in = in->keywords.in;
	test->keywords.n_in = in->keywords.n_in;
	if (parts->missing >= 0)
		test->missing = (enum psp_missing)parts->missing;
	psp_condition_append(group, test);
	return true;
}

struct psp_condition *
psp_clause_keywords(const struct psp_condition_rules *rules,
    const struct psp_node *node, struct psp_problems *problems,
    struct psp_error *err)
{
	static const char *const policies[] = { "unknown", "fail", "pass",
		NULL };
	static const struct psp_key keys[] = {
		PSP_KEY("any", PSP_KEY_NODE, struct parts, any),
		PSP_KEY("all", PSP_KEY_NODE, struct parts, all),
		PSP_KEY("none", PSP_KEY_NODE, struct parts, none),
		PSP_KEY("in", PSP_KEY_NODE, struct parts, in),
		PSP_KEY("label", PSP_KEY_TEXT, struct parts, label),
		PSP_KEY_OF("missing", struct parts, missing, policies),
		PSP_KEY_END,
	};
	struct parse p = { rules, problems, err };
	struct parts parts = { NULL, NULL, NULL, NULL, { NULL, 0 }, -1 };
	struct psp_place place = { node->file, node->key_line,
		node->key_column };
	struct psp_condition *group =
	    psp_condition_new(rules, PSP_CONDITION_ALL, place, err);
	struct psp_condition in = { 0 };
	bool is_good;

	if (group == NULL)
		return NULL;
	if (node->kind != PSP_NODE_MAP)
		parts.any = node;
	else if (!psp_settings_read(
		     node, "keywords", keys, NULL, &parts, problems))
		return NULL;
	if (parts.any == NULL && parts.all == NULL && parts.none == NULL) {
		psp_node_problem(node, problems,
		    "'keywords' expects any, all or none with words");
		return NULL;
	}
	is_good =
	    parts.in == NULL
	    || read_texts(&p, parts.in, &in.keywords.in, &in.keywords.n_in);
	is_good = add_part(&p, group, parts.any, &parts, &in) && is_good;
	is_good = add_part(&p, group, parts.all, &parts, &in) && is_good;
	is_good = add_part(&p, group, parts.none, &parts, &in) && is_good;
	if (!is_good)
		return NULL;
	group->label = parts.label;
	return group;
}
