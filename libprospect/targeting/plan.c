/* Binding conditions to a header; see plan.h. Constants are compiled in
 * compile.c, names bound in fields.c. */
#include <config.h>

#include "libprospect/targeting/plan.h"

#include <stdlib.h>

#include "libprospect/targeting/ahead.h"
#include "libprospect/targeting/order.h"
#include "libprospect/targeting/shortcut.h"

struct psp_plan *
psp_plan_new(const struct psp_condition_rules *rules, struct psp_slices header,
    const char *key, struct psp_error *err)
{
	struct psp_plan *plan = calloc(1, sizeof(*plan));

	if (plan == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_arena_init(&plan->arena);
	plan->rules = *rules;
	plan->rules.arena = &plan->arena;
	plan->header = header;
	plan->key = key;
	return plan;
}

void
psp_plan_free(struct psp_plan *plan)
{
	struct psp_owned *owned;

	if (plan == NULL)
		return;
	for (owned = plan->owned; owned != NULL; owned = owned->next) {
		psp_pattern_free(owned->pattern);
		psp_map_clear(owned->words);
	}
	psp_keywords_free(plan->keywords);
	psp_memos_clear(plan->memos);
	free(plan->memos);
	free(plan->fields);
	free(plan->sources);
	psp_arena_clear(&plan->arena);
	free(plan);
}

static struct psp_test *
new_test(struct psp_plan *plan, enum psp_test_kind kind,
    const struct psp_condition *condition, struct psp_error *err)
{
	struct psp_test *test =
	    psp_arena_alloc(&plan->arena, sizeof(*test), err);

	if (test == NULL)
		return NULL;
	test->kind = kind;
	test->missing = condition->missing;
	test->is_negated = condition->is_negated;
	test->number = plan->n_tests++; /* as written, parents first */
	test->slot = SIZE_MAX;
	test->next = plan->tests;
	plan->tests = test;
	return test;
}

static struct psp_test *bind_condition(struct psp_plan *plan,
    const struct psp_condition *condition, struct psp_problems *problems,
    struct psp_error *err);

static struct psp_test *
bind_group(struct psp_plan *plan, const struct psp_condition *condition,
    enum psp_test_kind kind, struct psp_problems *problems,
    struct psp_error *err)
{
	struct psp_test *group = new_test(plan, kind, condition, err), *test;
	const struct psp_condition *child;
	bool is_bound = true;

	if (group == NULL)
		return NULL;
	group->n_needed = condition->n_needed;
	group->missing = PSP_MISSING_UNKNOWN; /* said of tests only */
	group->children = psp_arena_array(&plan->arena,
	    condition->n_children + 1, sizeof(struct psp_test *), err);
	if (group->children == NULL)
		return NULL;
	for (child = condition->first; child != NULL; child = child->next) {
		test = bind_condition(plan, child, problems, err);
		if (test == NULL) {
			is_bound = false;
			continue;
		}
		group->children[group->n_children++] = test;
		group->cost += test->cost;
	}
	return is_bound ? group : NULL;
}

/* A field test with its constants as the column wants them. */
static struct psp_test *
bind_typed(struct psp_plan *plan, const struct psp_condition *condition,
    size_t field, struct psp_problems *problems, struct psp_error *err)
{
	struct psp_condition leaf = *condition;
	struct psp_test *test = new_test(plan, PSP_TEST_RANGES, condition, err);
	enum psp_type type = plan->fields[field].format.type;
	size_t n = leaf.n_constants;
	bool same = type == leaf.type
	            || (psp_type_family(type) == PSP_FAMILY_DEPARTMENT
			&& psp_type_family(leaf.type) == PSP_FAMILY_DEPARTMENT);

	if (test == NULL)
		return NULL;
	test->field = field;
	if (!same && !leaf.of_count) {
		leaf.constants = psp_arena_array(
		    &plan->arena, n + 1, sizeof(*leaf.constants), err);
		if (leaf.constants == NULL)
			return NULL;
		for (size_t i = 0; i < n; i++)
			leaf.constants[i] = condition->constants[i];
		if (!psp_condition_retype(
			&plan->rules, &leaf, type, problems, err))
			return NULL;
	}
	if (leaf.other.size > 0
	    && !psp_plan_add_field(plan, leaf.other, type, leaf.other_place,
		&test->other, problems, err))
		return NULL;
	return psp_test_compile(plan, &leaf, test, problems, err) ? test : NULL;
}

static bool
is_naf(const struct psp_plan *plan, struct psp_slice name)
{
	const struct psp_criterion *criterion =
	    psp_schema_criterion(plan->rules.schema, name);

	return criterion != NULL && strcmp(criterion->key, "naf") == 0;
}

/* The column of NAF 2025, when there is one. */
static bool
find_naf25(const struct psp_plan *plan, struct psp_column *column,
    bool *is_found, struct psp_error *err)
{
	char message[256];

	*is_found = false;
	switch (psp_schema_bind(plan->rules.schema, plan->header,
	    psp_slice_of("naf25"), column, message, sizeof(message))) {
	case PSP_BOUND:
		*is_found = true;
		return true;
	case PSP_BIND_MISSING:
		return true;
	case PSP_BIND_TWICE:
		return psp_error_set(
		    err, PSP_EUSAGE, NULL, 0, 0, "%s", message);
	case PSP_BIND_FAILED:
		break;
	}
	return psp_error_memory(err);
}

/*
 * Codes of NAF 2025 are looked for in the column that holds those, when there
 * is one: the test becomes one of each column, either of which will do.
 */
static struct psp_test *
bind_naf(struct psp_plan *plan, const struct psp_condition *condition,
    size_t field, struct psp_problems *problems, struct psp_error *err)
{
	struct psp_test *test =
	    bind_typed(plan, condition, field, problems, err);
	struct psp_test *group, *second;
	struct psp_column column;
	bool is_found;
	size_t other;

	if (test == NULL || test->kind != PSP_TEST_NAF
	    || test->naf.n[PSP_NAF_2025] == 0 || !is_naf(plan, condition->name))
		return test;
	if (!find_naf25(plan, &column, &is_found, err))
		return NULL;
	if (!is_found)
		return test;
	if (!psp_plan_put_column(plan, psp_slice_of("naf25"), &column,
		PSP_TYPE_NAF, &other, err))
		return NULL;
	if (test->naf.n[PSP_NAF_ANY] + test->naf.n[PSP_NAF_REV2] == 0) {
		test->field = other;
		return test;
	}
	second = new_test(plan, PSP_TEST_NAF, condition, err);
	group = new_test(plan, PSP_TEST_ANY, condition, err);
	if (second == NULL || group == NULL)
		return NULL;
	second->field = other;
	second->cost = test->cost;
	second->naf.items[PSP_NAF_2025] = test->naf.items[PSP_NAF_2025];
	second->naf.n[PSP_NAF_2025] = test->naf.n[PSP_NAF_2025];
	test->naf.n[PSP_NAF_2025] = 0;
	test->is_negated = second->is_negated = false;
	test->missing = second->missing = PSP_MISSING_UNKNOWN;
	group->children =
	    psp_arena_array(&plan->arena, 2, sizeof(struct psp_test *), err);
	if (group->children == NULL)
		return NULL;
	group->children[0] = test;
	group->children[1] = second;
	group->n_children = 2;
	group->cost = test->cost * 2;
	return group;
}

static struct psp_test *
bind_field(struct psp_plan *plan, const struct psp_condition *condition,
    struct psp_problems *problems, struct psp_error *err)
{
	enum psp_type type =
	    condition->of_count ? PSP_TYPE_SET : condition->type;
	size_t field;

	if (!psp_plan_add_field(plan, condition->name, type,
		condition->name_place, &field, problems, err))
		return NULL;
	return bind_naf(plan, condition, field, problems, err);
}

static bool
put_source(struct psp_plan *plan, bool is_signal, size_t part, size_t *number,
    struct psp_error *err)
{
	struct psp_source *sources;

	for (size_t i = 0; i < plan->n_sources; i++)
		if (plan->sources[i].is_signal == is_signal
		    && plan->sources[i].part == part) {
			*number = i;
			return true;
		}
	sources = psp_array_reserve(plan->sources, &plan->sources_capacity,
	    plan->n_sources + 1, sizeof(*sources), err);
	if (sources == NULL)
		return false;
	plan->sources = sources;
	sources[plan->n_sources].is_signal = is_signal;
	sources[plan->n_sources].part = part;
	sources[plan->n_sources].is_asked_ahead = false;
	*number = plan->n_sources++;
	return true;
}

/* A name of `in:`. */
static bool
bind_source(struct psp_plan *plan, const struct psp_constant *in,
    size_t *number, struct psp_problems *problems, struct psp_error *err)
{
	static const char *const parts[] = { "signal.title", "signal.source",
		"signal.url" };
	size_t field;

	for (size_t i = 0; i < 3; i++)
		if (psp_slice_is(in->text, parts[i]))
			return psp_plan_add_key(plan, in->place, problems, err)
			       && put_source(plan, true, i, number, err);
	if (in->text.size > 7 && memcmp(in->text.bytes, "signal.", 7) == 0)
		return psp_place_problem(in->place, problems,
		    "'%.*s': the texts of signals are signal.title, "
		    "signal.source and signal.url",
		    PSP_SLICE_ARGS(in->text));
	return psp_plan_add_field(plan, in->text, PSP_TYPE_TEXT, in->place,
		   &field, problems, err)
	       && put_source(plan, false, field, number, err);
}

/* Without `in:`, the texts that say what a company is and does. */
static bool
bind_default_sources(struct psp_plan *plan, struct psp_test *test,
    struct psp_place place, struct psp_problems *problems,
    struct psp_error *err)
{
	static const char *const names[] = { "name", "activity_label",
		"description" };
	struct psp_column column;
	size_t field;

	for (size_t i = 0; i < 3; i++) {
		enum psp_bind_result found = psp_schema_bind(plan->rules.schema,
		    plan->header, psp_slice_of(names[i]), &column, NULL, 0);

		if (found == PSP_BIND_FAILED)
			return psp_error_memory(err);
		if (found == PSP_BIND_MISSING)
			continue;
		if (!psp_plan_add_field(plan, psp_slice_of(names[i]),
			PSP_TYPE_TEXT, place, &field, problems, err)
		    || !put_source(plan, false, field,
			&test->sources[test->n_sources], err))
			return false;
		test->n_sources++;
	}
	return test->n_sources > 0
	       || psp_place_problem(place, problems,
		   "none of the columns name, activity_label and description "
		   "is there: say where to look with 'in: [...]'");
}

static struct psp_test *
bind_keywords(struct psp_plan *plan, const struct psp_condition *condition,
    struct psp_problems *problems, struct psp_error *err)
{
	const struct psp_keywords_condition *k = &condition->keywords;
	struct psp_test *test =
	    new_test(plan, PSP_TEST_KEYWORDS, condition, err);
	bool is_bound = true;

	if (plan->keywords == NULL)
		plan->keywords = psp_keywords_new(err);
	if (test == NULL || plan->keywords == NULL)
		return NULL;
	test->cost = 100;
	test->needs_all = k->needs_all;
	test->n_ids = k->n_words;
	test->ids =
	    psp_arena_array(&plan->arena, k->n_words, sizeof(*test->ids), err);
	test->sources = psp_arena_array(
	    &plan->arena, k->n_in + 3, sizeof(*test->sources), err);
	if (test->ids == NULL || test->sources == NULL)
		return NULL;
	for (size_t i = 0; i < k->n_words; i++)
		if (!psp_keywords_add(
			plan->keywords, k->words[i].text, &test->ids[i], err))
			return NULL;
	for (size_t i = 0; i < k->n_in; i++)
		is_bound = bind_source(plan, &k->in[i],
			       &test->sources[test->n_sources++], problems, err)
		           && is_bound;
	if (k->n_in == 0)
		is_bound = bind_default_sources(
		    plan, test, condition->place, problems, err);
	return is_bound ? test : NULL;
}

static struct psp_test *
bind_signal(struct psp_plan *plan, const struct psp_condition *condition,
    struct psp_problems *problems, struct psp_error *err)
{
	struct psp_test *test = new_test(plan, PSP_TEST_SIGNAL, condition, err);

	if (test == NULL
	    || !psp_plan_add_key(plan, condition->place, problems, err))
		return NULL;
	test->signal = condition->signal;
	test->cost = 20;
	return test;
}

static struct psp_test *
bind_condition(struct psp_plan *plan, const struct psp_condition *condition,
    struct psp_problems *problems, struct psp_error *err)
{
	switch (condition->kind) {
	case PSP_CONDITION_ALL:
		return bind_group(plan, condition, PSP_TEST_ALL, problems, err);
	case PSP_CONDITION_ANY:
		return bind_group(plan, condition, PSP_TEST_ANY, problems, err);
	case PSP_CONDITION_NOT:
		return bind_group(plan, condition, PSP_TEST_NOT, problems, err);
	case PSP_CONDITION_AT_LEAST:
		return bind_group(
		    plan, condition, PSP_TEST_AT_LEAST, problems, err);
	case PSP_CONDITION_SIGNAL:
		return bind_signal(plan, condition, problems, err);
	case PSP_CONDITION_KEYWORDS:
		return bind_keywords(plan, condition, problems, err);
	case PSP_CONDITION_FIELD:
		break;
	}
	return bind_field(plan, condition, problems, err);
}

const struct psp_test *
psp_plan_add(struct psp_plan *plan, const struct psp_condition *condition,
    struct psp_problems *problems, struct psp_error *err)
{
	return bind_condition(plan, condition, problems, err);
}

void
psp_plan_ask_ahead(struct psp_plan *plan, const struct psp_test *test)
{
	struct psp_test *own = plan->tests;

	while (own != test)
		own = own->next;
	own->is_asked_ahead = true;
}

void
psp_plan_ask_number_ahead(struct psp_plan *plan, size_t field)
{
	plan->fields[field].is_asked_ahead = true;
}

/* The keywords of a test as bits, now that all are known. */
static bool
mark_keywords(
    struct psp_plan *plan, struct psp_test *test, struct psp_error *err)
{
	test->wanted = psp_arena_array(&plan->arena,
	    (plan->n_keywords + 63) / 64, sizeof(*test->wanted), err);
	if (test->wanted == NULL)
		return false;
	for (size_t i = 0; i < test->n_ids; i++)
		test->wanted[test->ids[i] / 64] |= (uint64_t)1
		                                   << (test->ids[i] % 64);
	return true;
}

/* Finds the field of each virtual one that is asked for. */
static bool
find_slots(struct psp_plan *plan, struct psp_error *err)
{
	size_t n = plan->rules.n_virtuals;

	plan->slot_fields =
	    psp_arena_array(&plan->arena, n, sizeof(*plan->slot_fields), err);
	if (plan->slot_fields == NULL)
		return false;
	for (size_t slot = 0; slot < n; slot++)
		plan->slot_fields[slot] = SIZE_MAX;
	for (size_t i = 0; i < plan->n_fields; i++)
		if (plan->fields[i].kind == PSP_FIELD_VIRTUAL)
			plan->slot_fields[plan->fields[i].index] = i;
	return true;
}

/* Lets tests go short ways, and has tables for the answers they keep. */
static bool
choose_ways(struct psp_plan *plan, struct psp_error *err)
{
	for (size_t i = 0; i < plan->n_fields; i++)
		psp_shortcut_prepare(&plan->fields[i]);
	for (struct psp_test *test = plan->tests; test != NULL;
	     test = test->next)
		if (!psp_shortcut_choose(plan, test, err))
			return false;
	if (!plan->has_memo)
		return true;
	plan->memos = malloc(sizeof(*plan->memos));
	if (plan->memos == NULL)
		return psp_error_memory(err);
	psp_memos_init(plan->memos);
	return true;
}

bool
psp_plan_finish(struct psp_plan *plan, struct psp_error *err)
{
	if (!choose_ways(plan, err))
		return false;
	if (!find_slots(plan, err) || !psp_order_settle(plan, err))
		return false;
	psp_ahead_choose(plan);
	if (plan->keywords == NULL)
		return true;
	plan->n_keywords = psp_keywords_count(plan->keywords);
	for (struct psp_test *test = plan->tests; test != NULL;
	     test = test->next)
		if (test->kind == PSP_TEST_KEYWORDS
		    && !mark_keywords(plan, test, err))
			return false;
	return psp_keywords_compile(plan->keywords, err);
}

size_t
psp_plan_n_fields(const struct psp_plan *plan)
{
	return plan->n_fields;
}

struct psp_field_info
psp_plan_field(const struct psp_plan *plan, size_t number)
{
	const struct psp_field *field = &plan->fields[number];
	struct psp_field_info info = { field->name, field->format.type,
		field->kind == PSP_FIELD_COLUMN ? field->index : SIZE_MAX,
		field->rules };

	return info;
}

bool
psp_plan_wants(const struct psp_plan *plan, size_t slot)
{
	return plan->slot_fields[slot] != SIZE_MAX;
}

size_t
psp_plan_answer_slot(const struct psp_test *test)
{
	return test->slot;
}

size_t
psp_plan_n_columns_ahead(const struct psp_plan *plan)
{
	return plan->n_columns_ahead;
}

bool
psp_plan_is_range(const struct psp_plan *plan, const struct psp_test *test,
    size_t *slot, int64_t *first, int64_t *last)
{
	while ((test->kind == PSP_TEST_ALL || test->kind == PSP_TEST_ANY)
	       && test->n_children == 1 && !test->is_negated
	       && test->missing == PSP_MISSING_UNKNOWN)
		test = test->children[0];
	if (test->way != PSP_WAY_GIVEN || test->is_negated
	    || test->missing != PSP_MISSING_UNKNOWN || test->n_plain != 1)
		return false;
	*slot = plan->fields[test->field].index;
	*first = test->plain[0].first;
	*last = test->plain[0].last;
	return true;
}

bool
psp_plan_uses_signals(const struct psp_plan *plan)
{
	return plan->uses_signals;
}
