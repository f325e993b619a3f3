/*
 * Constants of a settled test into the form that evaluation runs on: merged
 * ranges, bitmaps, sets of texts, patterns. Part of plan.h, whose inside is
 * compiled.h.
 */
#include <config.h>

#include <stdlib.h>

#include "libprospect/targeting/compiled.h"

/* More texts than this are hashed. */
enum { MANY_TEXTS = 4 };

struct compile {
	struct psp_plan *plan;
	const struct psp_condition *leaf;
	struct psp_test *test;
	size_t n; /* constants that count */
	struct psp_problems *problems;
	struct psp_error *err;
};

static struct psp_owned *
new_owned(struct compile *c)
{
	struct psp_owned *owned =
	    psp_arena_alloc(&c->plan->arena, sizeof(*owned), c->err);

	if (owned != NULL) {
		owned->next = c->plan->owned;
		c->plan->owned = owned;
	}
	return owned;
}

static int
compare_ranges(const void *a, const void *b)
{
	const struct psp_range *left = a, *right = b;

	if (left->first != right->first)
		return left->first < right->first ? -1 : 1;
	return (left->last > right->last) - (left->last < right->last);
}

/* Sorts, and joins those that meet or follow one another. */
static size_t
merge_ranges(struct psp_range *ranges, size_t n)
{
	size_t kept = 0;

	if (n == 0)
		return 0;
	qsort(ranges, n, sizeof(*ranges), compare_ranges);
	for (size_t i = 1; i < n; i++) {
		struct psp_range *last = &ranges[kept];

		if (last->last == INT64_MAX
		    || ranges[i].first <= last->last + 1) {
			if (ranges[i].last > last->last)
				last->last = ranges[i].last;
		} else {
			ranges[++kept] = ranges[i];
		}
	}
	return kept + 1;
}

static bool
compile_ranges(struct compile *c, enum psp_family family)
{
	struct psp_test *test = c->test;

	test->kind = c->leaf->of_count ? PSP_TEST_COUNT : PSP_TEST_RANGES;
	test->is_headcount = family == PSP_FAMILY_HEADCOUNT;
	test->is_equality = c->leaf->op->core == PSP_CORE_EQ;
	if (test->is_headcount)
		test->overlap =
		    c->leaf->is_inside ? PSP_OVERLAP_FALSE : PSP_OVERLAP_TRUE;
	test->ranges = psp_arena_array(
	    &c->plan->arena, c->n + 1, sizeof(*test->ranges), c->err);
	if (test->ranges == NULL)
		return false;
	for (size_t i = 0; i < c->n; i++) {
		const struct psp_constant *constant = &c->leaf->constants[i];

		if (constant->is_not_employer && test->is_equality) {
			test->takes_not_employer = true;
			continue;
		}
		test->ranges[test->n_ranges].first = constant->first;
		test->ranges[test->n_ranges++].last = constant->last;
	}
	test->n_ranges = merge_ranges(test->ranges, test->n_ranges);
	test->cost = 10;
	return true;
}

/* The constants' normal forms, hashed when they are many. */
static bool
keep_texts(struct compile *c)
{
	struct psp_test *test = c->test;
	struct psp_owned *owned;
	struct psp_map_entry *entry;
	bool is_new;

	test->texts = psp_arena_array(
	    &c->plan->arena, c->n + 1, sizeof(*test->texts), c->err);
	if (test->texts == NULL)
		return false;
	for (size_t i = 0; i < c->n; i++)
		test->texts[test->n_texts++] = c->leaf->constants[i].normal;
	if (c->n <= MANY_TEXTS)
		return true;
	owned = new_owned(c);
	test->words =
	    psp_arena_alloc(&c->plan->arena, sizeof(*test->words), c->err);
	if (owned == NULL || test->words == NULL)
		return false;
	psp_map_init(test->words);
	owned->words = test->words;
	for (size_t i = 0; i < c->n; i++)
		if (!psp_map_put(test->words, test->texts[i], i, &entry,
			&is_new, c->err))
			return false;
	return true;
}

static bool
compile_patterns(struct compile *c)
{
	struct psp_test *test = c->test;
	struct psp_owned *owned;
	char message[256];
	size_t at;

	test->kind = PSP_TEST_PATTERNS;
	test->cost = 200;
	c->plan->has_patterns = true;
	test->patterns = psp_arena_array(
	    &c->plan->arena, c->n + 1, sizeof(*test->patterns), c->err);
	if (test->patterns == NULL)
		return false;
	for (size_t i = 0; i < c->n; i++) {
		struct psp_pattern *pattern;

		owned = new_owned(c);
		if (owned == NULL)
			return false;
		pattern = psp_pattern_new(c->leaf->constants[i].normal, message,
		    sizeof(message), &at, c->err);
		if (pattern == NULL)
			return false;
		owned->pattern = pattern;
		test->patterns[test->n_texts++] = pattern;
	}
	return true;
}

static bool
compile_text(struct compile *c)
{
	struct psp_test *test = c->test;

	test->cost = 30;
	switch (c->leaf->op->core) {
	case PSP_CORE_CONTAINS:
		test->kind = PSP_TEST_CONTAINS;
		break;
	case PSP_CORE_STARTS:
		test->kind = PSP_TEST_STARTS;
		break;
	case PSP_CORE_ENDS:
		test->kind = PSP_TEST_ENDS;
		break;
	case PSP_CORE_MATCHES:
		return compile_patterns(c);
	default:
		test->kind = PSP_TEST_WORDS;
		test->cost = 15;
		break;
	}
	return keep_texts(c);
}

static bool
compile_members(struct compile *c)
{
	c->test->kind = c->leaf->op->core == PSP_CORE_ALL_OF
	                    ? PSP_TEST_ALL_MEMBERS
	                    : PSP_TEST_ANY_MEMBER;
	c->test->cost = 40;
	return keep_texts(c);
}

/* Types of numbers or words, by what the constants are. */
static bool
compile_mixed(struct compile *c, enum psp_family family)
{
	if (c->n > 0 && c->leaf->constants[0].is_word)
		return family == PSP_FAMILY_LISTED ? compile_text(c)
		                                   : compile_members(c);
	return compile_ranges(c, family);
}

static bool
compile_departments(struct compile *c)
{
	struct psp_departments *all = &c->test->departments;

	c->test->kind = PSP_TEST_DEPARTMENTS;
	c->test->cost = 5;
	for (size_t i = 0; i < c->n; i++)
		for (size_t j = 0; j < PSP_MAX_DEPARTMENTS / 64; j++)
			all->bits[j] |=
			    c->leaf->constants[i].departments.bits[j];
	return true;
}

static bool
compile_naf(struct compile *c)
{
	struct psp_naf_ranges *naf = &c->test->naf;

	c->test->kind = PSP_TEST_NAF;
	c->test->cost = 8;
	for (size_t version = 0; version < 3; version++) {
		naf->items[version] = psp_arena_array(
		    &c->plan->arena, c->n + 1, sizeof(**naf->items), c->err);
		if (naf->items[version] == NULL)
			return false;
	}
	for (size_t i = 0; i < c->n; i++) {
		const struct psp_constant *constant = &c->leaf->constants[i];
		size_t version = (size_t)constant->version;
		struct psp_range *range =
		    &naf->items[version][naf->n[version]++];

		range->first = psp_naf_number(constant->low);
		range->last = psp_naf_number(constant->high);
	}
	for (size_t version = 0; version < 3; version++)
		naf->n[version] =
		    merge_ranges(naf->items[version], naf->n[version]);
	return true;
}

static bool
compile_legal_forms(struct compile *c)
{
	struct psp_test *test = c->test;

	test->kind = PSP_TEST_LEGAL_FORM;
	test->cost = 8;
	test->forms = psp_arena_array(
	    &c->plan->arena, c->n + 1, sizeof(*test->forms), c->err);
	if (test->forms == NULL)
		return false;
	for (size_t i = 0; i < c->n; i++)
		test->forms[test->n_forms++] = c->leaf->constants[i].form;
	return true;
}

/* Units that may be compared are equal ones. */
static bool
compile_comparison(struct compile *c, enum psp_family family)
{
	enum psp_type type = c->plan->fields[c->test->field].format.type;
	enum psp_type other = c->plan->fields[c->test->other].format.type;
	bool is_text = family == PSP_FAMILY_TEXT;

	c->test->kind = PSP_TEST_COMPARE;
	c->test->core = c->leaf->op->core;
	c->test->cost = 25;
	c->test->is_text = is_text;
	if (c->leaf->of_count
	    || (!is_text && family != PSP_FAMILY_NUMBER
		&& family != PSP_FAMILY_DATE && family != PSP_FAMILY_BOOL
		&& family != PSP_FAMILY_HEADCOUNT && family != PSP_FAMILY_SITE)
	    || c->leaf->op->core == PSP_CORE_MATCHES)
		return psp_place_problem(c->leaf->other_place, c->problems,
		    "'%.*s' cannot be compared with another column by '%s': "
		    "give a value",
		    PSP_SLICE_ARGS(c->leaf->name), c->leaf->op->name);
	if (psp_type_family(other) != family
	    || (family == PSP_FAMILY_NUMBER && other != type))
		return psp_place_problem(c->leaf->other_place, c->problems,
		    "'%.*s' (%s) cannot be compared with '%.*s' (%s): choose "
		    "columns of one type, or give one under 'fields:'",
		    PSP_SLICE_ARGS(c->leaf->name), psp_type_name(type),
		    PSP_SLICE_ARGS(c->leaf->other), psp_type_name(other));
	return true;
}

bool
psp_test_compile(struct psp_plan *plan, const struct psp_condition *leaf,
    struct psp_test *test, struct psp_problems *problems, struct psp_error *err)
{
	struct compile c = { plan, leaf, test, leaf->n_constants, problems,
		err };
	enum psp_family family =
	    psp_type_family(plan->fields[test->field].format.type);

	if (leaf->op->core == PSP_CORE_EMPTY) {
		test->kind = PSP_TEST_EMPTY;
		test->cost = 1;
		return true;
	}
	if (leaf->other.size > 0)
		return compile_comparison(&c, family);
	if (leaf->op->core == PSP_CORE_BETWEEN)
		c.n = 1;
	if (leaf->of_count)
		return compile_ranges(&c, PSP_FAMILY_NUMBER);
	switch (family) {
	case PSP_FAMILY_TEXT:
		return compile_text(&c);
	case PSP_FAMILY_SET:
		return compile_members(&c);
	case PSP_FAMILY_DEPARTMENT:
		return compile_departments(&c);
	case PSP_FAMILY_NAF:
		return compile_naf(&c);
	case PSP_FAMILY_LEGAL_FORM:
		return compile_legal_forms(&c);
	case PSP_FAMILY_LISTED:
	case PSP_FAMILY_INTERNATIONAL:
	case PSP_FAMILY_DIGITAL:
		return compile_mixed(&c, family);
	default:
		return compile_ranges(&c, family);
	}
}
