/*
 * From a score to a chance: 1 / (1 + e^-(intercept + slope x score)), in whole
 * numbers, the same on every machine.
 */
#ifndef PSP_SCORING_LOGISTIC_H
#define PSP_SCORING_LOGISTIC_H

#include <stdint.h>

enum { PSP_CHANCE_SCALE = 10000, PSP_MAX_SLOPE = 1000000000 };

/*
 * The chance in ten-thousandths, never 0 and never certain: 1 to 9999.
 * `intercept` and `slope` (of one point) are millionths, at most MAX_SLOPE
 * either way; `score` is hundredths.
 */
int32_t psp_chance_of(int64_t intercept, int64_t slope, int64_t score);

#endif
