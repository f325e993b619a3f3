/*
 * Whether what was measured session after session rises or falls: rates by
 * Cochran and Armitage, levels by Mann, Kendall and Sen, and whether a mix of
 * kinds has changed.
 */
#ifndef PSP_STATS_TREND_H
#define PSP_STATS_TREND_H

#include <stdbool.h>
#include <stddef.h>

#include "libprospect/base/error.h"

struct psp_trend {
	bool is_known;    /* false: too little to tell anything */
	double statistic; /* standard normal when there is no trend */
	double slope;     /* change from one to the next */
	double p;         /* two-sided */
};

/* One of a series: `n_yes` of `n` at `score` (a session's rank, an hour). */
struct psp_trend_point {
	double score;
	size_t n_yes, n;
};

/*
 * Trend of a rate over `n` points (Cochran 1954, Armitage 1955):
 * T = sum x_i (R_i - R) / sqrt(p (1 - p) sum n_i (R_i - R)^2), R the mean
 * score weighted by n_i. The slope is that of the weighted least squares.
 * Unknown when all scores, or all answers, are alike.
 */
struct psp_trend psp_cochran_armitage(
    const struct psp_trend_point *points, size_t n);

/*
 * The same within strata, numerators and variances added up: what is left of a
 * trend when the mix of strata is held. To be built with _add from zeros.
 */
struct psp_strata {
	double numerator, variance, spread;
};

void psp_strata_add(
    struct psp_strata *strata, const struct psp_trend_point *points, size_t n);

struct psp_trend psp_strata_trend(const struct psp_strata *strata);

/*
 * Trend of a level over `n` values in order (Mann 1945, Kendall 1975), z with
 * the correction for continuity and for ties; the slope is Sen's median of the
 * slopes of all pairs (Sen 1968). Unknown under 3 values or when all are alike.
 * Above 2,000 values Sen's slopes are taken of 2,000 values evenly spread.
 * Fails with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_mann_kendall(const double *values, size_t n,
    struct psp_trend *trend, struct psp_error *err);

/*
 * Whether two rows of counts have the same mix over `n` kinds: Pearson's
 * chi-square. `is_known` is false when fewer than two kinds, or one row alone,
 * have counts. The slope is Cramer's V, 0 to 1.
 */
struct psp_trend psp_mix_change(
    const size_t *before, const size_t *after, size_t n);

#endif
