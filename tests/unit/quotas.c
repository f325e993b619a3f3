/* Classes of the best records, whose floor shows at the end. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/scoring/quotas.h"
#include "tests/unit/scores.h"

/* The floor of `share` (thousandths of a percent) or `count` among scores from
 * 1 to `n`, in mixed order and merged from two. */
static int64_t
floor_of(int64_t share, size_t count, int64_t n)
{
	struct psp_class class = { .has_quota = true };
	struct psp_model model = { .classes = &class, .n_classes = 1 };
	struct psp_quota_scores scores = { NULL, 0, 0 }, next = { NULL, 0, 0 };
	struct psp_error err;
	int64_t floor = 0;

	psp_error_init(&err);
	class.quota.share = share;
	class.quota.count = count;
	for (int64_t i = n; i > n / 2; i--)
		assert_true(psp_quota_scores_put(&next, i, &err));
	for (int64_t i = 1; i <= n / 2; i++)
		assert_true(psp_quota_scores_put(&scores, i, &err));
	assert_true(psp_quota_scores_merge(&scores, &next, &err));
	psp_quotas_settle(&scores, &model, &floor);
	psp_quota_scores_clear(&scores);
	psp_quota_scores_clear(&next);
	return floor;
}

static void
shares_are_rounded_up(void **state)
{
	(void)state;
	assert_int_equal(floor_of(10000, 0, 100), 91);
	assert_int_equal(floor_of(10000, 0, 101), 91);
	assert_int_equal(floor_of(10000, 0, 9), 9);
	assert_int_equal(floor_of(10000, 0, 1), 1);
	assert_int_equal(floor_of(1, 0, 100001), 100000);
	assert_int_equal(floor_of(1, 0, 100000), 100000);
	assert_int_equal(floor_of(33333, 0, 3), 3);
	assert_int_equal(floor_of(33334, 0, 3), 2);
	assert_int_equal(floor_of(100000, 0, 7), 1);
	assert_int_equal(floor_of(0, 3, 10), 8);
	assert_int_equal(floor_of(0, 50, 10), 1);
	assert_int_equal(floor_of(0, 50, 0), INT64_MIN);
}

static void
the_first_class_that_holds_wins(void **state)
{
	struct psp_class classes[4] = { { .has_quota = true },
		{ .has_quota = false }, { .has_quota = true },
		{ .has_quota = false } };
	struct psp_model model = { .classes = classes, .n_classes = 4 };
	const int64_t floors[4] = { 50, INT64_MIN, 20, INT64_MIN };
	const bool none[4] = { false, false, false, false };
	const bool both[4] = { true, false, true, false };

	(void)state;
	assert_int_equal(psp_quotas_class(&model, floors, 50, both, 3), 0);
	assert_int_equal(psp_quotas_class(&model, floors, 49, both, 3), 2);
	assert_int_equal(psp_quotas_class(&model, floors, 49, both, 1), 1);
	assert_int_equal(psp_quotas_class(&model, floors, 19, both, 3), 3);
	assert_int_equal(psp_quotas_class(&model, floors, 99, none, 3), 3);
	assert_int_equal(
	    psp_quotas_class(&model, floors, 19, both, SIZE_MAX), SIZE_MAX);
	assert_int_equal(
	    psp_quotas_class(&model, floors, 20, both, SIZE_MAX), 2);
}

static void
the_disqualified_do_not_count(void **state)
{
	struct psp_scorer_options options = scores_options();
	struct scores s;

	(void)state;
	scores_init(&s,
	    "groups: {fit: {rules: [{field: headcount, "
	    "bins: [[1, 9, 1], [10, null, 2]]}]}}\n"
	    "disqualify: [{when: {naf: 62}}]\n"
	    "classes: [{name: best, top: 50%, when: {naf: \"10..33\"}}]\n",
	    "name,naf,headcount\n"
	    "a,62.01Z,50\n"
	    "b,62.01Z,50\n"
	    "c,10.11Z,12\n"
	    "d,,12\n"
	    "e,10.11Z,5\n",
	    NULL);
	options.add = "score,class";
	assert_string_equal(scores_of(&s, &options),
	    "name,naf,headcount,score,class\n"
	    "a,62.01Z,50,0,disqualified\n"
	    "b,62.01Z,50,0,disqualified\n"
	    "c,10.11Z,12,2,best\n"
	    "d,,12,2,\n"
	    "e,10.11Z,5,1,\n");
	scores_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares_are_rounded_up),
		cmocka_unit_test(the_first_class_that_holds_wins),
		cmocka_unit_test(the_disqualified_do_not_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
