/*
 * How long it takes to obtain events that come at an unknown rate: the
 * posterior predictive of the gamma-Poisson model with Jeffreys' prior.
 */
#ifndef PSP_STATS_HOURS_H
#define PSP_STATS_HOURS_H

#include <stddef.h>
#include <stdint.h>

#include "libprospect/base/error.h"

/*
 * Hours that suffice with probability `p` (0 to 1, neither) to obtain `k` more
 * events, `n` having come in `hours`: H B / (1 - B), B the p-quantile of
 * Beta(k, n + 1/2). k >= 1, hours > 0.
 */
double psp_hours_for(size_t k, size_t n, double hours, double p);

/* A step that some of those before it reach: `n_yes` of `n`. */
struct psp_step {
	size_t n_yes, n;
};

/*
 * The same where an event must pass `n_steps` steps to count (appointment to
 * quote to signature): rate and shares are drawn from their gamma and beta
 * posteriors, the time then from the gamma of k events; `seed` chooses among
 * the draws, 0 or another.
 * `probabilities` are `n_wanted` of them, `found` gets the hours of each. Fails
 * with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_hours_through(size_t k, size_t n, double hours,
    const struct psp_step *steps, size_t n_steps, uint32_t seed,
    const double *probabilities, size_t n_wanted, double *found,
    struct psp_error *err);

#endif
