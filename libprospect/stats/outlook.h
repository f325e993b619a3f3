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
 * The outlook of `n` prospects; their order may change. With more than
 * PSP_OUTLOOK_EXACT whose chance is neither 0 nor 1, the quantiles are those of
 * 10,000 draws by a fixed seed; the 256 prospects with the greatest variance
 * are drawn one by one, the others together as a normal variate of their mean
 * and variance. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_outlook_of(struct psp_prospect *prospects, size_t n,
    struct psp_outlook *outlook, struct psp_error *err);

#endif
