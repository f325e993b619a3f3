/* Quantiles; see the header. */
#include <config.h>

#include "libprospect/stats/sampling.h"

#include <math.h>
#include <stdlib.h>

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void
psp_sort_values(double *values, size_t n)
{
	if (n > 1)
		qsort(values, n, sizeof(*values), by_value);
}

double
psp_sorted_quantile(const double *sorted, size_t n, double p)
{
	double place = p * (double)(n - 1), below = floor(place);
	size_t i = (size_t)below;

	if (i + 1 >= n)
		return sorted[n - 1];
	return sorted[i] + (place - below) * (sorted[i + 1] - sorted[i]);
}
