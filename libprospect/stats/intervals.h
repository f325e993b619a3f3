/*
 * Intervals of 95 % for what was counted, and the correction of several tests.
 */
#ifndef PSP_STATS_INTERVALS_H
#define PSP_STATS_INTERVALS_H

#include <stdbool.h>
#include <stddef.h>

struct psp_interval {
	bool is_known; /* false: nothing was observed */
	double low, high;
};

/*
 * Of a rate, `n_yes` of `n`: Wilson's score interval (Wilson 1927; Brown, Cai,
 * DasGupta 2001). Unknown for n = 0. n_yes <= n.
 */
struct psp_interval psp_wilson(size_t n_yes, size_t n);

/*
 * Of events per unit, `n` of them in `exposure` (hours): Garwood 1936. Unknown
 * for an exposure of 0 or less.
 */
struct psp_interval psp_garwood(size_t n, double exposure);

/*
 * Of the difference of two rates, the first less the second: Newcombe's hybrid
 * score (Newcombe 1998, method 10). Unknown when either n is 0.
 */
struct psp_interval psp_newcombe(
    size_t n_yes_1, size_t n_1, size_t n_yes_2, size_t n_2);

/*
 * The two-sided p-value of two rates being equal: pooled score test. 1 where
 * it cannot be made (an n of 0, all alike).
 */
double psp_two_rates(size_t n_yes_1, size_t n_1, size_t n_yes_2, size_t n_2);

/*
 * Corrects `n` p-values for being several (Holm 1979): `adjusted`, in their
 * order, at most 1. `order` is room for n indexes. The arrays are the caller's
 * and differ.
 */
void psp_holm(const double *p, size_t n, size_t *order, double *adjusted);

#endif
