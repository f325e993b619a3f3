/* Hours to obtain events; see the header. */
#include <config.h>

#include "libprospect/stats/hours.h"

#include <stdlib.h>

#include "libprospect/stats/distributions.h"
#include "libprospect/stats/sampling.h"

enum { N_DRAWS = 100000, SEED = 1 };

double
psp_hours_for(size_t k, size_t n, double hours, double p)
{
	double b = psp_beta_quantile(p, (double)k, (double)n + 0.5);

	return hours * b / (1 - b);
}

bool
psp_hours_through(size_t k, size_t n, double hours,
    const struct psp_step *steps, size_t n_steps, uint32_t seed,
    const double *probabilities, size_t n_wanted, double *found,
    struct psp_error *err)
{
	struct psp_variates *variates = psp_variates_new(SEED + seed, err);
	double *drawn = calloc(N_DRAWS, sizeof(*drawn));
	bool is_done = false;

	if (drawn == NULL)
		psp_error_memory(err);
	if (variates == NULL || drawn == NULL)
		goto done;
	for (size_t i = 0; i < N_DRAWS; i++) {
		double rate =
		    psp_variate_gamma(variates, (double)n + 0.5, hours);

		for (size_t j = 0; j < n_steps; j++)
			rate *= psp_variate_beta(variates,
			    (double)steps[j].n_yes + 0.5,
			    (double)(steps[j].n - steps[j].n_yes) + 0.5);
		drawn[i] = psp_variate_gamma(variates, (double)k, rate);
	}
	psp_sort_values(drawn, N_DRAWS);
	for (size_t i = 0; i < n_wanted; i++)
		found[i] =
		    psp_sorted_quantile(drawn, N_DRAWS, probabilities[i]);
	is_done = true;
done:
	free(drawn);
	psp_variates_free(variates);
	return is_done;
}
