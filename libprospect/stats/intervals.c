/* Intervals and Holm's correction; see the header. */
#include <config.h>

#include "libprospect/stats/intervals.h"

#include <math.h>

#include "libprospect/stats/distributions.h"

static const double tail = 0.025; /* on either side, for 95 % */

struct psp_interval
psp_wilson(size_t n_yes, size_t n)
{
	struct psp_interval interval = { n > 0, 0, 0 };
	double z2 = PSP_Z95 * PSP_Z95, count = (double)n;
	double rate, middle, half;

	if (n == 0)
		return interval;
	rate = (double)n_yes / count;
	middle = rate + z2 / (2 * count);
	half = PSP_Z95
	       * sqrt(rate * (1 - rate) / count + z2 / (4 * count * count));
	interval.low = (middle - half) / (1 + z2 / count);
	interval.high = (middle + half) / (1 + z2 / count);
	/* Exact at the ends, where the terms cancel but for rounding. */
	if (n_yes == 0)
		interval.low = 0;
	if (n_yes == n)
		interval.high = 1;
	return interval;
}

struct psp_interval
psp_garwood(size_t n, double exposure)
{
	struct psp_interval interval = { exposure > 0, 0, 0 };
	double count = (double)n;

	if (!interval.is_known)
		return interval;
	if (n > 0)
		interval.low =
		    psp_chi_square_quantile(tail, 2 * count) / (2 * exposure);
	interval.high =
	    psp_chi_square_quantile(1 - tail, 2 * count + 2) / (2 * exposure);
	return interval;
}

struct psp_interval
psp_newcombe(size_t n_yes_1, size_t n_1, size_t n_yes_2, size_t n_2)
{
	struct psp_interval interval = { n_1 > 0 && n_2 > 0, 0, 0 };
	struct psp_interval a = psp_wilson(n_yes_1, n_1);
	struct psp_interval b = psp_wilson(n_yes_2, n_2);
	double rate_1, rate_2;

	if (!interval.is_known)
		return interval;
	rate_1 = (double)n_yes_1 / (double)n_1;
	rate_2 = (double)n_yes_2 / (double)n_2;
	interval.low = rate_1 - rate_2 - hypot(rate_1 - a.low, b.high - rate_2);
	interval.high =
	    rate_1 - rate_2 + hypot(a.high - rate_1, rate_2 - b.low);
	return interval;
}

double
psp_two_rates(size_t n_yes_1, size_t n_1, size_t n_yes_2, size_t n_2)
{
	size_t n_yes = n_yes_1 + n_yes_2, n = n_1 + n_2;
	double pooled, deviation;

	if (n_1 == 0 || n_2 == 0 || n_yes == 0 || n_yes == n)
		return 1;
	pooled = (double)n_yes / (double)n;
	deviation =
	    sqrt(pooled * (1 - pooled) * (1 / (double)n_1 + 1 / (double)n_2));
	return psp_normal_two_sided(
	    ((double)n_yes_1 / (double)n_1 - (double)n_yes_2 / (double)n_2)
	    / deviation);
}

/* Sorts `order` by p, equal ones by place: a heap sort, without memory. */
static void
sift(const double *p, size_t *order, size_t root, size_t n)
{
	for (size_t child = 2 * root + 1; child < n; child = 2 * root + 1) {
		size_t swapped = order[root];

		if (child + 1 < n
		    && (p[order[child]] < p[order[child + 1]]
			|| (p[order[child]] == p[order[child + 1]]
			    && order[child] < order[child + 1])))
			child++;
		if (p[swapped] > p[order[child]]
		    || (p[swapped] == p[order[child]]
			&& swapped > order[child]))
			return;
		order[root] = order[child];
		order[child] = swapped;
		root = child;
	}
}

void
psp_holm(const double *p, size_t n, size_t *order, double *adjusted)
{
	double highest = 0;

	for (size_t i = 0; i < n; i++)
		order[i] = i;
	for (size_t i = n / 2; i > 0; i--)
		sift(p, order, i - 1, n);
	for (size_t i = n; i > 1; i--) {
		size_t last = order[i - 1];

		order[i - 1] = order[0];
		order[0] = last;
		sift(p, order, 0, i - 1);
	}
	for (size_t i = 0; i < n; i++) {
		double value = p[order[i]] * (double)(n - i);

		if (value > highest)
			highest = value;
		adjusted[order[i]] = highest < 1 ? highest : 1;
	}
}
