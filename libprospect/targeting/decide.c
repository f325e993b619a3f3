/*
 * The tree of a plan's tests, asked of a record by Kleene's logic. A test of
 * one field goes its short way when it has one (shortcut.h), else the long way
 * over the value of the field (ask.c).
 */
#include <config.h>

#include "libprospect/targeting/ahead.h"
#include "libprospect/targeting/shortcut.h"

static enum psp_truth decide_long(struct psp_evaluation *e,
    const struct psp_test *test, struct psp_error *err);

/* A test by its short way, else by the long one. */
static inline enum psp_truth
decide(struct psp_evaluation *e, const struct psp_test *test,
    struct psp_error *err)
{
	enum psp_truth truth;

	if (test->way == PSP_WAY_READ || !psp_shortcut_take(e, test, &truth))
		truth = decide_long(e, test, err);
	return psp_truth_settled(test, truth, test->is_negated);
}

/* The least (all) or greatest (any) of what is known `so_far` and of the
 * children from `first` on, as soon as it is known. */
static enum psp_truth
decide_rest(struct psp_evaluation *e, const struct psp_test *test, size_t first,
    enum psp_truth so_far, enum psp_truth decisive, struct psp_error *err)
{
	enum psp_truth truth;

	for (size_t i = first; i < test->n_children; i++) {
		truth = decide(e, test->children[i], err);
		if (truth == decisive)
			return decisive;
		if (truth == PSP_UNKNOWN)
			so_far = PSP_UNKNOWN;
	}
	return so_far;
}

/* Of all children. */
static enum psp_truth
decide_group(struct psp_evaluation *e, const struct psp_test *test,
    enum psp_truth neutral, enum psp_truth decisive, struct psp_error *err)
{
	return decide_rest(e, test, 0, neutral, decisive, err);
}

static enum psp_truth
decide_at_least(struct psp_evaluation *e, const struct psp_test *test,
    struct psp_error *err)
{
	size_t n_true = 0, n_false = 0;

	for (size_t i = 0; i < test->n_children; i++) {
		enum psp_truth truth = decide(e, test->children[i], err);

		n_true += truth == PSP_TRUE;
		n_false += truth == PSP_FALSE;
		if (n_true >= test->n_needed)
			return PSP_TRUE;
		if (test->n_children - n_false < test->n_needed)
			return PSP_FALSE;
	}
	return PSP_UNKNOWN;
}

/* Groups, and tests that cannot go a short way with this record. */
static PSP_NOINLINE enum psp_truth
decide_long(struct psp_evaluation *e, const struct psp_test *test,
    struct psp_error *err)
{
	enum psp_truth truth;

	switch (test->kind) {
	case PSP_TEST_ALL:
		return decide_group(e, test, PSP_TRUE, PSP_FALSE, err);
	case PSP_TEST_ANY:
		return decide_group(e, test, PSP_FALSE, PSP_TRUE, err);
	case PSP_TEST_NOT:
		truth = decide_group(e, test, PSP_TRUE, PSP_FALSE, err);
		return truth == PSP_UNKNOWN ? truth
		                            : psp_truth_of(truth == PSP_FALSE);
	case PSP_TEST_AT_LEAST:
		return decide_at_least(e, test, err);
	default:
		truth = psp_ask(e, test, err);
		if (test->way != PSP_WAY_READ)
			psp_shortcut_keep(e, test, truth);
		return truth;
	}
}

bool
psp_evaluate(struct psp_evaluation *e, const struct psp_test *test,
    enum psp_truth *truth, struct psp_error *err)
{
	unsigned char answer = psp_ahead_answer(e, test);

	if (answer != PSP_NO_ANSWER) {
		*truth = (enum psp_truth)answer;
		return true;
	}
	/* Most are `all` of some tests: straight there. */
	if (test->kind == PSP_TEST_ALL && !test->is_negated)
		*truth = decide_group(e, test, PSP_TRUE, PSP_FALSE, err);
	else
		*truth = decide(e, test, err);
	return err->status == PSP_OK;
}

bool
psp_evaluate_from(struct psp_evaluation *e, const struct psp_test *test,
    size_t next, enum psp_truth so_far, enum psp_truth *truth,
    struct psp_error *err)
{
	*truth = decide_rest(e, test, next, so_far, PSP_FALSE, err);
	return err->status == PSP_OK;
}
