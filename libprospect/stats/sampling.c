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

/* The middle one of three. */
static double
middle(double a, double b, double c)
{
	if (a > b)
		return middle(b, a, c);
	return c < a ? a : c > b ? b : c;
}

/* Hoare 1961, algorithm 65: FIND. */
void
psp_select_value(double *values, size_t n, size_t rank)
{
	size_t low = 0, high = n;

	while (high - low > 1) {
		double pivot = middle(values[low],
		    values[low + (high - low) / 2], values[high - 1]);
		size_t up = low, down = high;

		while (up < down) {
			double held;

			while (values[up] < pivot)
				up++;
			while (values[down - 1] > pivot)
				down--;
			if (up >= down)
				break;
			held = values[up];
			values[up++] = values[--down];
			values[down] = held;
		}
		if (rank < down)
			high = down;
		else if (rank >= up)
			low = up;
		else
			break;
	}
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
