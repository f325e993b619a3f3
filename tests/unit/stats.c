/* stats/: the vectors of the formulas, to the digits they are known to. */
#include <config.h>

#include "tests/unit/unit.h"

#include <math.h>

#include "libprospect/stats/distributions.h"
#include "libprospect/stats/hours.h"
#include "libprospect/stats/intervals.h"
#include "libprospect/stats/sampling.h"
#include "libprospect/stats/trend.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Half of the last digit given. */
static void
assert_near(double value, double wanted, int n_decimals)
{
	if (!(fabs(value - wanted) <= 0.5000001 * pow(10, -n_decimals)))
		fail_msg(
		    "%.8f where %.*f was wanted", value, n_decimals, wanted);
}

static void
rates_have_wilson_intervals(void **state)
{
	static const struct {
		size_t n_yes, n;
		double low, high;
	} cases[] = {
		{ 6, 10, 0.3127, 0.8318 },
		{ 5, 10, 0.2366, 0.7634 },
		{ 0, 10, 0, 0.2775 },
		{ 15, 30, 0.3315, 0.6685 },
		{ 60, 100, 0.5020, 0.6906 },
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		struct psp_interval found =
		    psp_wilson(cases[i].n_yes, cases[i].n);

		assert_true(found.is_known);
		assert_near(found.low, cases[i].low, 4);
		assert_near(found.high, cases[i].high, 4);
	}
	assert_false(psp_wilson(0, 0).is_known);
	assert_true(psp_wilson(7, 7).high == 1);
	assert_true(psp_wilson(0, 7).low == 0);
}

static void
events_have_garwood_intervals(void **state)
{
	struct psp_interval found = psp_garwood(15, 3);

	(void)state;
	assert_near(found.low, 2.7985, 4);
	assert_near(found.high, 8.2467, 4);
	found = psp_garwood(3, 3);
	assert_near(found.low, 0.2062, 4);
	assert_near(found.high, 2.9224, 4);
	found = psp_garwood(0, 3);
	assert_true(found.low == 0);
	assert_near(found.high, 1.2296, 4);
	assert_false(psp_garwood(3, 0).is_known);
}

/* Newcombe 1998, table II, (a) and (h) for method 10. */
static void
differences_have_newcombe_intervals(void **state)
{
	struct psp_interval found = psp_newcombe(56, 70, 48, 80);

	(void)state;
	assert_near(found.low, 0.0524, 4);
	assert_near(found.high, 0.3339, 4);
	found = psp_newcombe(10, 10, 0, 10);
	assert_near(found.low, 0.6075, 4);
	assert_near(found.high, 1, 4);
	assert_false(psp_newcombe(1, 2, 0, 0).is_known);
	assert_near(psp_two_rates(56, 70, 48, 80), 0.0080, 4);
	assert_true(psp_two_rates(3, 3, 5, 5) == 1);
}

static void
several_comparisons_are_corrected(void **state)
{
	static const double p[] = { 0.01, 0.04, 0.03, 0.005, 0.9 };
	static const double wanted[] = { 0.04, 0.09, 0.09, 0.025, 0.9 };
	double adjusted[N_OF(p)];
	size_t order[N_OF(p)];

	(void)state;
	psp_holm(p, N_OF(p), order, adjusted);
	for (size_t i = 0; i < N_OF(p); i++)
		assert_near(adjusted[i], wanted[i], 9);
	psp_holm(p, 1, order, adjusted);
	assert_near(adjusted[0], 0.01, 9);
}

static void
rates_have_a_trend(void **state)
{
	static const struct psp_trend_point rising[] = { { 1, 3, 15 },
		{ 2, 4, 15 }, { 3, 6, 16 }, { 4, 8, 15 }, { 5, 9, 15 } };
	static const struct psp_trend_point falling[] = { { 1, 8, 15 },
		{ 2, 6, 15 }, { 3, 5, 15 }, { 4, 4, 15 }, { 5, 2, 15 } };
	struct psp_trend found = psp_cochran_armitage(rising, 5);
	struct psp_strata strata = { 0 };

	(void)state;
	assert_true(found.is_known);
	assert_near(found.statistic, 2.6727, 4);
	assert_near(found.p, 0.0075, 4);
	assert_true(found.slope > 0);
	found = psp_cochran_armitage(falling, 5);
	assert_near(found.statistic, -2.4249, 4);
	assert_near(found.p, 0.0153, 4);
	/* One stratum alone is no stratum; alike strata add up. */
	psp_strata_add(&strata, falling, 5);
	assert_near(psp_strata_trend(&strata).statistic, -2.4249, 4);
	psp_strata_add(&strata, falling, 5);
	assert_near(psp_strata_trend(&strata).statistic, -2.4249 * sqrt(2), 3);
	assert_false(psp_cochran_armitage(rising, 1).is_known);
	assert_false(psp_cochran_armitage(NULL, 0).is_known);
}

static void
levels_have_a_trend(void **state)
{
	static const double values[] = { 4.2, 4.8, 4.8, 5.1, 5.6, 5.3, 6.0,
		6.2 };
	static const double level[] = { 2, 2, 2, 2 };
	struct psp_trend found;
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	assert_true(psp_mann_kendall(values, N_OF(values), &found, &err));
	assert_true(found.is_known);
	/* S = 25 and its variance 64.3333 give this z. */
	assert_near(found.statistic, 24 / sqrt(64.3333), 4);
	assert_near(found.statistic, 2.9922, 4);
	assert_near(found.p, 0.0028, 4);
	assert_near(found.slope, 0.2775, 4);
	assert_true(psp_mann_kendall(level, N_OF(level), &found, &err));
	assert_false(found.is_known);
	assert_true(psp_mann_kendall(values, 2, &found, &err));
	assert_false(found.is_known);
}

static void
mixes_are_compared(void **state)
{
	static const size_t before[] = { 30, 10 }, after[] = { 10, 30 };
	struct psp_trend found = psp_mix_change(before, after, 2);

	(void)state;
	assert_true(found.is_known);
	assert_near(found.statistic, 20, 6);
	assert_near(found.slope, 0.5, 6);
	assert_near(found.p, 0.0000077, 7);
	assert_false(psp_mix_change(before, after, 1).is_known);
}

static void
hours_suffice_with_a_probability(void **state)
{
	static const double half[] = { 0.5, 0.8 };
	struct psp_step always = { 1000000, 1000000 };
	struct psp_error err;
	double found[2];

	(void)state;
	assert_near(psp_hours_for(8, 12, 24, 0.5), 15.127, 3);
	assert_near(psp_hours_for(8, 12, 24, 0.8), 22.162, 3);
	assert_near(psp_hours_for(1, 12, 24, 0.8), 3.298, 3);
	/* Drawn, the same to what 100,000 draws can tell. */
	psp_error_init(&err);
	assert_true(
	    psp_hours_through(8, 12, 24, &always, 1, 0, half, 2, found, &err));
	assert_true(fabs(found[0] - 15.127) < 0.15);
	assert_true(fabs(found[1] - 22.162) < 0.25);
}

static void
quantiles_lie_between_values(void **state)
{
	double values[] = { 3, 1, 2 };

	(void)state;
	psp_sort_values(values, 3);
	assert_near(psp_sorted_quantile(values, 3, 0.5), 2, 9);
	assert_near(psp_sorted_quantile(values, 3, 0.25), 1.5, 9);
	assert_near(psp_sorted_quantile(values, 3, 1), 3, 9);
	assert_near(psp_sorted_quantile(values, 1, 0.3), 1, 9);
}

static void
variates_have_a_fixed_seed(void **state)
{
	struct psp_error err;
	struct psp_variates *a, *b;

	(void)state;
	psp_error_init(&err);
	a = psp_variates_new(7, &err);
	b = psp_variates_new(7, &err);
	assert_non_null(a);
	assert_non_null(b);
	for (int i = 0; i < 100; i++) {
		double x = psp_variate_uniform(a);

		assert_true(x >= 0 && x < 1);
		assert_true(x == psp_variate_uniform(b));
	}
	psp_variates_free(a);
	psp_variates_free(b);
	psp_variates_free(NULL);
}

/* Against sorting, of values of which many are equal. */
static void
what_is_selected_is_what_sorting_gives(void **state)
{
	double values[67], sorted[67];
	uint32_t seed = 1;

	(void)state;
	for (size_t n = 1; n <= 67; n++) {
		for (size_t rank = 0; rank < n; rank++) {
			for (size_t i = 0; i < n; i++) {
				seed = seed * 1664525 + 1013904223;
				values[i] = (double)(seed >> 8)
				            / (rank % 2 ? 1 : 1 << 21);
				values[i] = floor(values[i]);
				sorted[i] = values[i];
			}
			psp_sort_values(sorted, n);
			psp_select_value(values, n, rank);
			assert_true(values[rank] == sorted[rank]);
			for (size_t i = 0; i < n; i++)
				assert_true(i < rank
				                ? values[i] <= values[rank]
				                : values[i] >= values[rank]);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rates_have_wilson_intervals),
		cmocka_unit_test(events_have_garwood_intervals),
		cmocka_unit_test(differences_have_newcombe_intervals),
		cmocka_unit_test(several_comparisons_are_corrected),
		cmocka_unit_test(rates_have_a_trend),
		cmocka_unit_test(levels_have_a_trend),
		cmocka_unit_test(mixes_are_compared),
		cmocka_unit_test(hours_suffice_with_a_probability),
		cmocka_unit_test(quantiles_lie_between_values),
		cmocka_unit_test(what_is_selected_is_what_sorting_gives),
		cmocka_unit_test(variates_have_a_fixed_seed),
	};

	return cmocka_run_group_tests_name("stats", tests, NULL, NULL);
}
