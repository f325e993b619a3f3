/* Tests of trend; see the header for what each is and where it comes from. */
#include <config.h>

#include "libprospect/stats/trend.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "libprospect/stats/distributions.h"
#include "libprospect/stats/sampling.h"

enum { SEN_MOST = 2000, KENDALL_LEAST = 3 };

/* Numerator and variance of Cochran and Armitage; `spread` is what the slope
 * is divided by. */
static void
weigh(const struct psp_trend_point *points, size_t n, double *numerator,
    double *variance, double *spread)
{
	double all = 0, yes = 0, mean = 0, rate;

	*numerator = *variance = *spread = 0;
	for (size_t i = 0; i < n; i++) {
		all += (double)points[i].n;
		yes += (double)points[i].n_yes;
		mean += points[i].score * (double)points[i].n;
	}
	if (all <= 0)
		return;
	mean /= all;
	rate = yes / all;
	for (size_t i = 0; i < n; i++) {
		double distance = points[i].score - mean;

		*numerator += (double)points[i].n_yes * distance;
		*spread += (double)points[i].n * distance * distance;
	}
	*variance = rate * (1 - rate) * *spread;
}

static struct psp_trend
conclude(double numerator, double variance, double spread)
{
	struct psp_trend trend = { variance > 0, 0, 0, 1 };

	if (!trend.is_known)
		return trend;
	trend.statistic = numerator / sqrt(variance);
	trend.slope = numerator / spread;
	trend.p = psp_normal_two_sided(trend.statistic);
	return trend;
}

struct psp_trend
psp_cochran_armitage(const struct psp_trend_point *points, size_t n)
{
	double numerator, variance, spread;

	weigh(points, n, &numerator, &variance, &spread);
	return conclude(numerator, variance, spread);
}

void
psp_strata_add(
    struct psp_strata *strata, const struct psp_trend_point *points, size_t n)
{
	double numerator, variance, spread;

	weigh(points, n, &numerator, &variance, &spread);
	if (variance <= 0)
		return;
	strata->numerator += numerator;
	strata->variance += variance;
	strata->spread += spread;
}

struct psp_trend
psp_strata_trend(const struct psp_strata *strata)
{
	return conclude(strata->numerator, strata->variance, strata->spread);
}

/* How many pairs fall, counted while `values` are sorted by merging. */
static double
count_falling(double *values, double *room, size_t n)
{
	size_t half = n / 2, i = 0, j = half, k = 0;
	double falling;

	if (n < 2)
		return 0;
	falling = count_falling(values, room, half)
	          + count_falling(values + half, room, n - half);
	while (i < half || j < n) {
		if (j == n || (i < half && values[i] <= values[j])) {
			room[k++] = values[i++];
		} else {
			falling += (double)(half - i);
			room[k++] = values[j++];
		}
	}
	memcpy(values, room, n * sizeof(*values));
	return falling;
}

/* Pairs that are equal, and what ties take from the variance. */
static void
count_ties(const double *sorted, size_t n, double *equal, double *taken)
{
	size_t run = 1;

	*equal = *taken = 0;
	for (size_t i = 1; i <= n; i++) {
		double t = (double)run;

		if (i < n && sorted[i] == sorted[i - 1]) {
			run++;
			continue;
		}
		*equal += t * (t - 1) / 2;
		*taken += t * (t - 1) * (2 * t + 5);
		run = 1;
	}
}

/* The median of the values, which are moved. Below its place are the lesser
 * half: the greatest of them is the other one in the middle. */
static double
find_median(double *values, size_t n)
{
	double below = -INFINITY;

	psp_select_value(values, n, n / 2);
	if (n % 2 != 0)
		return values[n / 2];
	for (size_t i = 0; i < n / 2; i++)
		below = fmax(below, values[i]);
	return (below + values[n / 2]) / 2;
}

/* Sen's slope: the median of the slopes of all pairs. */
static bool
find_sen(const double *values, size_t n, double *slope, struct psp_error *err)
{
	size_t m = n < SEN_MOST ? n : SEN_MOST, n_slopes = 0;
	double *slopes = calloc(m * (m - 1) / 2, sizeof(*slopes));

	if (slopes == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < m; i++) {
		size_t from = i * (n - 1) / (m - 1);

		for (size_t j = i + 1; j < m; j++) {
			size_t to = j * (n - 1) / (m - 1);

			slopes[n_slopes++] =
			    (values[to] - values[from]) / (double)(to - from);
		}
	}
	*slope = find_median(slopes, n_slopes);
	free(slopes);
	return true;
}

bool
psp_mann_kendall(const double *values, size_t n, struct psp_trend *trend,
    struct psp_error *err)
{
	double *sorted, falling, equal, taken, all, s, variance;
	double count = (double)n;
	bool is_done = false;

	memset(trend, 0, sizeof(*trend));
	trend->p = 1;
	if (n < KENDALL_LEAST)
		return true;
	sorted = n <= SIZE_MAX / (2 * sizeof(*sorted))
	             ? malloc(2 * n * sizeof(*sorted))
	             : NULL;
	if (sorted == NULL)
		return psp_error_memory(err);
	memcpy(sorted, values, n * sizeof(*sorted));
	falling = count_falling(sorted, sorted + n, n);
	count_ties(sorted, n, &equal, &taken);
	all = count * (count - 1) / 2;
	s = all - equal - 2 * falling;
	variance = (count * (count - 1) * (2 * count + 5) - taken) / 18;
	if (variance > 0) {
		trend->is_known = true;
		if (s != 0)
			trend->statistic =
			    (s > 0 ? s - 1 : s + 1) / sqrt(variance);
		trend->p = psp_normal_two_sided(trend->statistic);
		is_done = find_sen(values, n, &trend->slope, err);
	} else {
		is_done = true;
	}
	free(sorted);
	return is_done;
}

struct psp_trend
psp_mix_change(const size_t *before, const size_t *after, size_t n)
{
	struct psp_trend change = { false, 0, 0, 1 };
	double n_before = 0, n_after = 0, all;
	size_t n_kinds = 0;

	for (size_t i = 0; i < n; i++) {
		n_before += (double)before[i];
		n_after += (double)after[i];
		n_kinds += before[i] + after[i] > 0;
	}
	all = n_before + n_after;
	if (n_kinds < 2 || n_before <= 0 || n_after <= 0)
		return change;
	change.is_known = true;
	for (size_t i = 0; i < n; i++) {
		double kind = (double)(before[i] + after[i]);
		double expected = kind * n_before / all, difference;

		if (kind <= 0)
			continue;
		difference = (double)before[i] - expected;
		change.statistic +=
		    difference * difference / expected
		    + difference * difference / (kind * n_after / all);
	}
	change.p =
	    psp_chi_square_upper(change.statistic, (double)(n_kinds - 1));
	change.slope = sqrt(change.statistic / all);
	return change;
}
