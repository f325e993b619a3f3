/*
 * GSL's own error handler would end the process; it is turned off, and what is
 * asked for here is within the domain of its functions.
 */
#include <config.h>

#include "libprospect/stats/distributions.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

enum { BISECTIONS = 200 };

struct psp_variates {
	gsl_rng *generator;
};

double
psp_normal_two_sided(double z)
{
	double p = 2 * gsl_cdf_ugaussian_Q(fabs(z));

	return p < 1 ? p : 1;
}

double
psp_chi_square_upper(double x, double df)
{
	return x > 0 ? gsl_cdf_chisq_Q(x, df) : 1;
}

double
psp_chi_square_quantile(double p, double df)
{
	gsl_set_error_handler_off();
	return gsl_cdf_chisq_Pinv(p, df);
}

/* By bisection: gsl_cdf_beta_Pinv does not converge for all shapes. */
double
psp_beta_quantile(double p, double a, double b)
{
	double low = 0, high = 1;

	for (int i = 0; i < BISECTIONS; i++) {
		double middle = low + (high - low) / 2;

		if (middle <= low || middle >= high)
			break;
		if (gsl_cdf_beta_P(middle, a, b) < p)
			low = middle;
		else
			high = middle;
	}
	return high;
}

struct psp_variates *
psp_variates_new(uint32_t seed, struct psp_error *err)
{
	struct psp_variates *variates = calloc(1, sizeof(*variates));

	gsl_set_error_handler_off();
	if (variates != NULL)
		variates->generator = gsl_rng_alloc(gsl_rng_mt19937);
	if (variates == NULL || variates->generator == NULL) {
		free(variates);
		psp_error_memory(err);
		return NULL;
	}
	gsl_rng_set(variates->generator, seed);
	return variates;
}

void
psp_variates_free(struct psp_variates *variates)
{
	if (variates == NULL)
		return;
	gsl_rng_free(variates->generator);
	free(variates);
}

double
psp_variate_uniform(struct psp_variates *variates)
{
	return gsl_rng_uniform(variates->generator);
}

double
psp_variate_normal(struct psp_variates *variates)
{
	return gsl_ran_ugaussian(variates->generator);
}

double
psp_variate_gamma(struct psp_variates *variates, double shape, double rate)
{
	return gsl_ran_gamma(variates->generator, shape, 1 / rate);
}

double
psp_variate_beta(struct psp_variates *variates, double a, double b)
{
	return gsl_ran_beta(variates->generator, a, b);
}
