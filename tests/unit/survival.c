/* stats/survival and stats/outlook: the vectors of the formulas. */
#include <config.h>

#include "tests/unit/unit.h"

#include <math.h>

#include "libprospect/stats/outlook.h"
#include "libprospect/stats/survival.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

static void
assert_near(double value, double wanted, int n_decimals)
{
	if (!(fabs(value - wanted) <= 0.5000001 * pow(10, -n_decimals)))
		fail_msg(
		    "%.8f where %.*f was wanted", value, n_decimals, wanted);
}

/* Nine spells, five of which ended, one together with one that goes on. */
static void
fill(struct psp_survival *survival)
{
	static const struct {
		size_t day;
		unsigned exit;
	} spells[] = { { 5, 1 }, { 8, 1 }, { 8, 0 }, { 12, 1 }, { 20, 0 },
		{ 21, 1 }, { 30, 0 }, { 34, 1 }, { 40, 0 } };
	struct psp_error err;

	psp_error_init(&err);
	memset(survival, 0, sizeof(*survival));
	for (size_t i = 0; i < N_OF(spells); i++)
		assert_true(psp_survival_add(
		    survival, spells[i].day, spells[i].exit, &err));
}

static void
what_goes_on_is_at_risk(void **state)
{
	static const struct {
		size_t day, n_at_risk;
		double share, error;
	} wanted[] = { { 5, 9, .8889, .1048 }, { 8, 8, .7778, .1386 },
		{ 12, 6, .6481, .1653 }, { 21, 4, .4861, .1873 },
		{ 34, 2, .2431, .1957 } };
	struct psp_survival survival;
	struct psp_survival_step step = { 0 };
	struct psp_survival_quantile median;

	(void)state;
	fill(&survival);
	for (size_t i = 0; i < N_OF(wanted); i++) {
		assert_true(psp_survival_next(&survival, &step));
		assert_int_equal(step.day, wanted[i].day);
		assert_int_equal(step.n_at_risk, wanted[i].n_at_risk);
		assert_near(step.share, wanted[i].share, 4);
		assert_near(step.error, wanted[i].error, 4);
	}
	assert_false(psp_survival_next(&survival, &step));
	median = psp_survival_quantile(&survival, 0.5);
	assert_true(median.is_known);
	assert_int_equal(median.day, 21);
	assert_false(psp_survival_quantile(&survival, 0.9).is_known);
	psp_survival_clear(&survival);
}

/* The interval of S(5) = 8/9: S^exp(+-z s / (S |log S|)). */
static void
intervals_are_log_log(void **state)
{
	struct psp_survival survival;
	struct psp_survival_step step = { 0 };

	(void)state;
	fill(&survival);
	assert_true(psp_survival_next(&survival, &step));
	assert_true(step.interval.is_known);
	assert_near(step.interval.low, 0.4330, 4);
	assert_near(step.interval.high, 0.9836, 4);
	psp_survival_clear(&survival);
}

/* Exits compete: their shares and what goes on add up to one. */
static void
exits_compete(void **state)
{
	struct psp_survival survival = { 0 };
	struct psp_survival_step step = { 0 };
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	assert_true(psp_survival_add(&survival, 1, 1, &err));
	assert_true(psp_survival_add(&survival, 2, 2, &err));
	assert_true(psp_survival_add(&survival, 2, 0, &err));
	assert_true(psp_survival_add(&survival, 3, 1, &err));
	while (psp_survival_next(&survival, &step))
		assert_near(
		    step.share + step.by[1] + step.by[2] + step.by[3], 1, 12);
	/* 1/4 at once, then 3/4 x 2/3 x 1/1. */
	assert_near(step.by[1], 0.75, 12);
	assert_near(step.by[2], 0.25, 12);
	psp_survival_clear(&survival);
}

static void
nothing_is_known_of_nothing(void **state)
{
	struct psp_survival survival = { 0 };
	struct psp_survival_step step = { 0 };
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	assert_false(psp_survival_next(&survival, &step));
	assert_false(psp_survival_quantile(&survival, 0.5).is_known);
	assert_true(psp_survival_add(&survival, 7, 0, &err));
	assert_false(psp_survival_next(&survival, &step));
	psp_survival_clear(&survival);
}

static void
sums_have_mean_and_deviation(void **state)
{
	struct psp_prospect prospects[] = { { 10000, .2 }, { 20000, .5 },
		{ 5000, .8 }, { 40000, .1 } };
	struct psp_outlook outlook;
	struct psp_draws draws;
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	psp_draws_init(&draws, 0);
	assert_true(
	    psp_outlook_of(&draws, prospects, N_OF(prospects), &outlook, &err));
	assert_near(outlook.mean, 20000, 6);
	assert_near(outlook.sd, 16248.1, 1);
	assert_true(outlook.is_exact);
	/* All outcomes: nothing at all comes in 7.2 of 100 cases, 5,000 or
	 * less in 36. */
	assert_near(outlook.p10, 5000, 6);
	assert_near(outlook.p50, 20000, 6);
	assert_near(outlook.p90, 35000, 6);
	psp_draws_clear(&draws);
}

static void
certain_ones_are_no_risk(void **state)
{
	struct psp_prospect prospects[] = { { 300, 1 }, { 500, 0 } };
	struct psp_outlook outlook;
	struct psp_draws draws;
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	psp_draws_init(&draws, 0);
	assert_true(psp_outlook_of(&draws, prospects, 2, &outlook, &err));
	assert_near(outlook.mean, 300, 9);
	assert_near(outlook.sd, 0, 9);
	assert_near(outlook.p10, 300, 9);
	assert_near(outlook.p90, 300, 9);
	assert_true(psp_outlook_of(&draws, prospects, 0, &outlook, &err));
	assert_near(outlook.p90, 0, 9);
	psp_draws_clear(&draws);
}

/* 1,000 deals of 100 at one half: nearly normal, sd 1581.14. The draws are
 * fixed, and near to what they stand for. */
static void
many_are_drawn_the_same_way(void **state)
{
	static struct psp_prospect prospects[1000];
	struct psp_outlook first, second;
	struct psp_draws draws;
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	psp_draws_init(&draws, 0);
	for (size_t i = 0; i < N_OF(prospects); i++)
		prospects[i] = (struct psp_prospect){ 100, 0.5 };
	assert_true(
	    psp_outlook_of(&draws, prospects, N_OF(prospects), &first, &err));
	assert_true(
	    psp_outlook_of(&draws, prospects, N_OF(prospects), &second, &err));
	assert_false(first.is_exact);
	assert_true(first.p10 == second.p10 && first.p90 == second.p90);
	assert_near(first.sd, 1581.14, 2);
	assert_true(fabs(first.p50 - 50000) < 60);
	assert_true(fabs(first.p10 - (50000 - 1.2816 * first.sd)) < 80);
	assert_true(fabs(first.p90 - (50000 + 1.2816 * first.sd)) < 80);
	psp_draws_clear(&draws);
}

/* What was kept of other outlooks changes nothing: fewer prospects, others
 * without a rest that is drawn as one. */
static void
draws_that_are_kept_are_the_same(void **state)
{
	static const size_t sizes[] = { 1000, 1000, 256, 40, 1000, 40, 257 };
	static struct psp_prospect prospects[1000];
	struct psp_draws kept, fresh;
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	psp_draws_init(&kept, 0);
	for (size_t i = 0; i < N_OF(sizes); i++) {
		struct psp_outlook first, second;

		for (size_t pass = 0; pass < 2; pass++) {
			struct psp_draws *draws = pass == 0 ? &kept : &fresh;

			psp_draws_init(&fresh, 0);
			for (size_t j = 0; j < sizes[i]; j++)
				prospects[j] = (struct psp_prospect){
					(int64_t)(100 + j * 37 % 101),
					0.1 + (double)(j % 8) / 10
				};
			assert_true(psp_outlook_of(draws, prospects, sizes[i],
			    pass == 0 ? &first : &second, &err));
			psp_draws_clear(&fresh);
		}
		assert_true(first.p10 == second.p10 && first.p50 == second.p50
			    && first.p90 == second.p90);
	}
	psp_draws_clear(&kept);
}

/* Of many small ones and three large ones that come last the large ones are
 * drawn one by one: their sum is no normal variate. */
static void
large_ones_are_drawn_by_themselves(void **state)
{
	static struct psp_prospect prospects[2003];
	const size_t n = N_OF(prospects);
	struct psp_outlook outlook;
	struct psp_draws draws;
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	psp_draws_init(&draws, 0);
	for (size_t i = 0; i < n; i++)
		prospects[i] = (struct psp_prospect){ (int64_t)(i % 7), 0.5 };
	for (size_t i = n - 3; i < n; i++)
		prospects[i] = (struct psp_prospect){ 1000000, 0.5 };
	assert_true(psp_outlook_of(&draws, prospects, n, &outlook, &err));
	assert_false(outlook.is_exact);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(prospects[i].amount, 1000000);
	/* None, one, two and three come 1, 3, 3 and 1 times in 8. */
	assert_true(outlook.p10 > 2500 && outlook.p10 < 3500);
	assert_true(outlook.p90 > 3002500 && outlook.p90 < 3003500);
	psp_draws_clear(&draws);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_goes_on_is_at_risk),
		cmocka_unit_test(intervals_are_log_log),
		cmocka_unit_test(exits_compete),
		cmocka_unit_test(nothing_is_known_of_nothing),
		cmocka_unit_test(sums_have_mean_and_deviation),
		cmocka_unit_test(certain_ones_are_no_risk),
		cmocka_unit_test(many_are_drawn_the_same_way),
		cmocka_unit_test(draws_that_are_kept_are_the_same),
		cmocka_unit_test(large_ones_are_drawn_by_themselves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
