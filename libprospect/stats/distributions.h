/*
 * The distributions that the room's tests and intervals need, and variates of
 * them. The only file that meets the GNU Scientific Library is distributions.c.
 */
#ifndef PSP_STATS_DISTRIBUTIONS_H
#define PSP_STATS_DISTRIBUTIONS_H

#include <stdint.h>

#include "libprospect/base/error.h"

/* The quantile of the standard normal for two-sided intervals of 95 %. */
#define PSP_Z95 1.959963984540054

/* P(|Z| >= |z|), Z standard normal. */
double psp_normal_two_sided(double z);

/* P(X >= x), X chi-square with `df` degrees of freedom. */
double psp_chi_square_upper(double x, double df);

/* The x with P(X <= x) = p, X chi-square with `df` > 0; 0 < p < 1. */
double psp_chi_square_quantile(double p, double df);

/* The x with P(X <= x) = p, X ~ Beta(a, b); a, b > 0; 0 < p < 1. */
double psp_beta_quantile(double p, double a, double b);

/* Variates from a fixed seed: the same on every machine and every run. */
struct psp_variates;

PSP_NODISCARD struct psp_variates *psp_variates_new(
    uint32_t seed, struct psp_error *err);

void psp_variates_free(struct psp_variates *variates);

/* From 0 included to 1 excluded. */
double psp_variate_uniform(struct psp_variates *variates);

/* Standard normal. */
double psp_variate_normal(struct psp_variates *variates);

/* Gamma with this shape and mean shape / rate. */
double psp_variate_gamma(
    struct psp_variates *variates, double shape, double rate);

double psp_variate_beta(struct psp_variates *variates, double a, double b);

#endif
