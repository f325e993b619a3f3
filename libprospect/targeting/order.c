/* The order of tests; see the header. */
#include <config.h>

#include "libprospect/targeting/order.h"

#include <stdlib.h>

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
	const struct psp_test **children;
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
		const struct psp_test *child = group->children[i];

		if (!may_open(group, child)) {
			children[n++] = child;
			continue;
		}
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
