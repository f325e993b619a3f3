/*
 * Points that fade with age: points x strength x 2^(-age / half_life), in
 * whole hundredths, the same on every machine. No floating point is involved:
 * a factor is a fixed-point number of 63 bits, made by multiplying constants.
 */
#ifndef PSP_SCORING_DECAY_H
#define PSP_SCORING_DECAY_H

#include <stdint.h>

/* A factor in units of 2^-63, times 2^-halvings. */
struct psp_decay {
	uint64_t fraction; /* above 2^62, at most 2^63 */
	uint32_t halvings;
};

/*
 * 2^(-age / half_life), both in days; no decay when `half_life` is 0 or the
 * age not above 0. Exact when `age` is a multiple of `half_life`, else too
 * small by less than 2^-47 of itself.
 */
struct psp_decay psp_decay_of(int32_t age, int32_t half_life);

/* e^-x for `x` in hundred-millionths up to 20, with the same error. */
struct psp_decay psp_decay_exp(uint64_t x);

/* The factor in ten-thousandths, rounded, for people. */
int64_t psp_decay_shown(struct psp_decay decay);

/*
 * `points` (hundredths, at most 10^8 either way) times `strength` (millionths,
 * 0 to 1) times the factor, in hundredths rounded half away from zero. Before
 * the rounding it is wrong by less than 10^-6 hundredths.
 */
int64_t psp_decay_apply(
    int64_t points, int64_t strength, struct psp_decay decay);

#endif
