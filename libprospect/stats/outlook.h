/*
 * What may come in: the distribution of a sum of amounts, each of which comes
 * whole or not at all, with a chance of its own, independently of the others.
 */
#ifndef PSP_STATS_OUTLOOK_H
#define PSP_STATS_OUTLOOK_H

#include <stddef.h>
#include <stdint.h>

#include "libprospect/base/error.h"

struct psp_prospect {
	int64_t amount; /* cents */
	double chance;  /* 0 to 1 */
};

struct psp_outlook {
	double mean; /* sum a p */
	double sd;   /* root of sum a^2 p (1 - p) */
	double p10, p50, p90;
	bool is_exact; /* quantiles by all outcomes, not by simulation */
};

/* Up to so many prospects, all outcomes are looked at. */
enum { PSP_OUTLOOK_EXACT = 14 };

/*
 * What was drawn for the last outlook. Another one of as many prospects would
 * draw the same: it is kept. 20 MB once something is simulated.
 */
struct psp_draws {
	double *uniforms; /* of prospect i from i * number of draws on */
	double *normals;  /* one a draw */
	size_t n_single;  /* prospects drawn one by one; 0: none yet */
	bool has_normals;
	uint32_t seed;
};

/* `seed` chooses among the draws: 0 or another. */
void psp_draws_init(struct psp_draws *draws, uint32_t seed);

void psp_draws_clear(struct psp_draws *draws);

/*
 * The outlook of `n` prospects; their order may change. With more than
 * PSP_OUTLOOK_EXACT whose chance is neither 0 nor 1, the quantiles are those of
 * 10,000 draws by the seed; the 256 prospects with the greatest variance
 * are drawn one by one, the others together as a normal variate of their mean
 * and variance. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_outlook_of(struct psp_draws *draws,
    struct psp_prospect *prospects, size_t n, struct psp_outlook *outlook,
    struct psp_error *err);

#endif
