/* The order of tests; see the header. */
#include <config.h>

#include "libprospect/targeting/order.h"

#include <stdlib.h>

#include "libprospect/targeting/evaluation.h"

/* Fewer records of a sample tell nothing. */
enum { MIN_RECORDS = 32 };

/* By cost; equal ones in written order. */
static int
compare_costs(const void *a, const void *b)
{
	const struct psp_test *const *left = a, *const *right = b;

	if ((*left)->cost != (*right)->cost)
		return (*left)->cost < (*right)->cost ? -1 : 1;
	return (*left)->number < (*right)->number ? -1 : 1;
}

static bool
is_group(const struct psp_test *test)
{
	return test->kind <= PSP_TEST_AT_LEAST;
}

/*
 * Whether the children of `child` may stand for it in `parent`: all of all, any
 * of any, and whatever the child has one of. What is turned round or counted
 * stays apart.
 */
static bool
may_open(const struct psp_test *parent, const struct psp_test *child)
{
	bool is_all = child->kind == PSP_TEST_ALL;

	if ((!is_all && child->kind != PSP_TEST_ANY) || child->is_negated
	    || child->missing != PSP_MISSING_UNKNOWN)
		return false;
	if (child->n_children == 1)
		return true;
	if (parent->kind == PSP_TEST_ANY)
		return !is_all;
	return is_all && parent->kind != PSP_TEST_AT_LEAST;
}

/* Puts the children of groups that may be opened in their place. Those have
 * been opened themselves: the plan's tests are gone through from the last made,
 * and a group is made before its children. */
static bool
open_groups(
    struct psp_plan *plan, struct psp_test *group, struct psp_error *err)
{
	struct psp_test **children;
	size_t n = 0;

	for (size_t i = 0; i < group->n_children; i++)
		n += may_open(group, group->children[i])
		         ? group->children[i]->n_children
		         : 1;
	children = psp_arena_array(&plan->arena, n + 1, sizeof(*children), err);
	if (children == NULL)
		return false;
	n = 0;
	for (size_t i = 0; i < group->n_children; i++) {
		struct psp_test *child = group->children[i];

		if (!may_open(group, child)) {
			children[n++] = child;
			continue;
		}
		child->is_opened = true;
		for (size_t j = 0; j < child->n_children; j++)
			children[n++] = child->children[j];
	}
	group->children = children;
	group->n_children = n;
	return true;
}

bool
psp_order_settle(struct psp_plan *plan, struct psp_error *err)
{
	for (struct psp_test *test = plan->tests; test != NULL;
	     test = test->next) {
		if (!is_group(test))
			continue;
		if (!open_groups(plan, test, err))
			return false;
		qsort(test->children, test->n_children,
		    sizeof(struct psp_test *), compare_costs);
	}
	return true;
}

/* What a test takes of a cell of `size` bytes, in instructions: measured on
 * prospects of 20 columns, rounded. */
static size_t
cost_of(const struct psp_test *test, size_t size)
{
	switch (test->way) {
	case PSP_WAY_DIGITS:
	case PSP_WAY_DAY:
	case PSP_WAY_GIVEN:
		return 80;
	case PSP_WAY_MEMO:
		if (size <= 16)
			return test->beside == SIZE_MAX ? 80 : 130;
		break;
	case PSP_WAY_TEXT:
		return 100 + (test->kind == PSP_TEST_CONTAINS ? 3 * size : 0);
	case PSP_WAY_READ:
		break;
	}
	switch (test->kind) {
	case PSP_TEST_PATTERNS:
		return 1000 + 20 * size;
	case PSP_TEST_COMPARE:
		return 500;
	default:
		return 250 + 5 * size;
	}
}

/* The mean size of a column's cells. */
static size_t
measure_column(
    struct psp_record *record, const struct psp_batch *sample, size_t column)
{
	size_t size = 0;

	for (size_t i = 0; i < sample->n_spans; i++) {
		psp_record_seek(record, i);
		size += psp_record_text(record, column).size;
	}
	return size / sample->n_spans;
}

static size_t
measure_test(const struct psp_plan *plan, const struct psp_test *test,
    struct psp_record *record, const struct psp_batch *sample)
{
	const struct psp_field *field;
	size_t cost = 100;

	if (test->kind == PSP_TEST_SIGNAL)
		return 400;
	if (test->kind == PSP_TEST_KEYWORDS) {
		for (size_t i = 0; i < test->n_sources; i++) {
			const struct psp_source *source =
			    &plan->sources[test->sources[i]];

			field = &plan->fields[source->part];
			cost +=
			    source->is_signal || field->kind != PSP_FIELD_COLUMN
				? 1000
				: 15
				      * measure_column(
					  record, sample, field->index);
		}
		return cost;
	}
	field = &plan->fields[test->field];
	if (field->kind != PSP_FIELD_COLUMN)
		return 400;
	return cost_of(test, measure_column(record, sample, field->index));
}

/* Whether a truth decides a group of this kind. */
static bool
is_decisive(enum psp_test_kind group, enum psp_truth truth)
{
	return truth == (group == PSP_TEST_ANY ? PSP_TRUE : PSP_FALSE);
}

/*
 * By cost / chance to decide, the chance being (n_decisive + 1) / (n + 2) as
 * Laplace has it; equal ones as written.
 */
static int
compare_worth(const void *a, const void *b)
{
	const struct psp_test *const *left = a, *const *right = b;
	size_t left_cost = (*left)->cost * ((*right)->n_decisive + 1);
	size_t right_cost = (*right)->cost * ((*left)->n_decisive + 1);

	if (left_cost != right_cost)
		return left_cost < right_cost ? -1 : 1;
	return (*left)->number < (*right)->number ? -1 : 1;
}

/* What a group takes, its children being asked in order: of each, what those
 * before it leave undecided, in 1024ths. */
static size_t
add_costs(const struct psp_test *group, size_t n_records)
{
	size_t cost = 20, left = 1024;

	for (size_t i = 0; i < group->n_children; i++) {
		const struct psp_test *child = group->children[i];

		cost += 20 + child->cost * left / 1024;
		if (group->kind != PSP_TEST_AT_LEAST)
			left =
			    left * (n_records - child->n_decisive) / n_records;
	}
	return cost;
}

/* Counts for each child of a group how often it decides that, and sorts them.
 */
static bool
tune_group(struct psp_evaluation *evaluation, struct psp_record *record,
    struct psp_test *group, struct psp_error *err)
{
	size_t n = record->batch->n_spans;
	enum psp_truth truth;

	for (size_t j = 0; j < group->n_children; j++)
		group->children[j]->n_decisive = 0;
	for (size_t i = 0; i < n; i++) {
		psp_record_seek(record, i);
		psp_evaluation_seek(evaluation, record);
		for (size_t j = 0; j < group->n_children; j++) {
			struct psp_test *child = group->children[j];

			if (!psp_evaluate(evaluation, child, &truth, err))
				return false;
			child->n_decisive += is_decisive(group->kind, truth);
		}
	}
	if (group->kind != PSP_TEST_AT_LEAST)
		qsort(group->children, group->n_children,
		    sizeof(*group->children), compare_worth);
	group->cost = add_costs(group, n);
	return true;
}

bool
psp_plan_tune(struct psp_plan *plan, const struct psp_signals *signals,
    const struct psp_batch *sample, struct psp_error *err)
{
	struct psp_evaluation *evaluation = NULL;
	struct psp_record record = { .batch = NULL };
	bool is_tuned = false;

	if (sample->n_spans < MIN_RECORDS)
		return true;
	evaluation = psp_evaluation_new(plan, signals, err);
	if (evaluation == NULL || !psp_record_init(&record, sample, err))
		goto done;
	/* From the last made: children come before their group. */
	for (struct psp_test *test = plan->tests; test != NULL;
	     test = test->next) {
		if (test->is_opened)
			continue;
		if (!is_group(test))
			test->cost = measure_test(plan, test, &record, sample);
		else if (!tune_group(evaluation, &record, test, err))
			goto done;
	}
	is_tuned = true;
done:
	psp_record_clear(&record);
	psp_evaluation_free(evaluation);
	return is_tuned;
}
