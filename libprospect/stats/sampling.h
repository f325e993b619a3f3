/* Quantiles of what was drawn. */
#ifndef PSP_STATS_SAMPLING_H
#define PSP_STATS_SAMPLING_H

#include <stddef.h>

/* Sorts `values` upwards. */
void psp_sort_values(double *values, size_t n);

/* Moves the values so that `values[rank]` is what it would be if they were sorted,
 * and none before it is greater; rank < n. */
void psp_select_value(double *values, size_t n, size_t rank);

/* The p-quantile of `n` >= 1 sorted values, between the two nearest by share
 * (type 7 of Hyndman and Fan 1996). */
double psp_sorted_quantile(const double *sorted, size_t n, double p);

#endif
