/* Sums of what may come in; see the header. */
#include <config.h>

#include "libprospect/stats/outlook.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libprospect/stats/distributions.h"
#include "libprospect/stats/sampling.h"

enum { N_DRAWS = 10000, N_SINGLE = 256, SEED = 20261 };

static double
variance_of(const struct psp_prospect *prospect)
{
	double amount = (double)prospect->amount;

	return amount * amount * prospect->chance * (1 - prospect->chance);
}

/* By variance, the greatest first; equal ones by amount and chance. */
static int
compare_prospects(const void *a, const void *b)
{
	const struct psp_prospect *left = a, *right = b;
	double first = variance_of(left), second = variance_of(right);

	if (first != second)
		return first > second ? -1 : 1;
	if (left->amount != right->amount)
		return left->amount > right->amount ? -1 : 1;
	return left->chance > right->chance ? -1 : left->chance < right->chance;
}

struct outcome {
	double sum, chance;
};

static int
compare_outcomes(const void *a, const void *b)
{
	const struct outcome *left = a, *right = b;

	return left->sum < right->sum ? -1 : left->sum > right->sum;
}

/* The least sum that is not exceeded with probability p. */
static double
exact_quantile(const struct outcome *outcomes, size_t n, double p)
{
	double chance = 0;
	size_t i = 0;

	/* Chances add up to 1 but for rounding. */
	for (; i + 1 < n; i++) {
		chance += outcomes[i].chance;
		if (chance >= p - 1e-12)
			break;
	}
	return outcomes[i].sum;
}

/* All outcomes of the first `n` prospects; `certain` comes in any case. */
static bool
look_at_all(const struct psp_prospect *prospects, size_t n, double certain,
    struct psp_outlook *outlook, struct psp_error *err)
{
	size_t n_outcomes = (size_t)1 << n;
	struct outcome *outcomes = calloc(n_outcomes, sizeof(*outcomes));

	if (outcomes == NULL)
		return psp_error_memory(err);
	outcomes[0].sum = certain;
	outcomes[0].chance = 1;
	for (size_t i = 0; i < n; i++) {
		size_t half = (size_t)1 << i;

		for (size_t j = 0; j < half; j++) {
			outcomes[half + j].sum =
			    outcomes[j].sum + (double)prospects[i].amount;
			outcomes[half + j].chance =
			    outcomes[j].chance * prospects[i].chance;
			outcomes[j].chance *= 1 - prospects[i].chance;
		}
	}
	qsort(outcomes, n_outcomes, sizeof(*outcomes), compare_outcomes);
	outlook->p10 = exact_quantile(outcomes, n_outcomes, 0.1);
	outlook->p50 = exact_quantile(outcomes, n_outcomes, 0.5);
	outlook->p90 = exact_quantile(outcomes, n_outcomes, 0.9);
	outlook->is_exact = true;
	free(outcomes);
	return true;
}

void
psp_draws_init(struct psp_draws *draws, uint32_t seed)
{
	memset(draws, 0, sizeof(*draws));
	draws->seed = seed;
}

void
psp_draws_clear(struct psp_draws *draws)
{
	free(draws->uniforms);
	free(draws->normals);
	psp_draws_init(draws, draws->seed);
}

/* Draws for `n_single` prospects, and a normal variate behind each draw. */
static bool
draw_all(struct psp_draws *draws, size_t n_single, bool has_normals,
    struct psp_error *err)
{
	struct psp_variates *variates;

	if (draws->n_single == n_single && draws->has_normals == has_normals)
		return true;
	psp_draws_clear(draws);
	draws->uniforms = calloc(n_single, N_DRAWS * sizeof(*draws->uniforms));
	draws->normals = calloc(N_DRAWS, sizeof(*draws->normals));
	if (draws->uniforms == NULL || draws->normals == NULL)
		return psp_error_memory(err);
	variates = psp_variates_new(SEED + draws->seed, err);
	if (variates == NULL)
		return false;
	for (size_t draw = 0; draw < N_DRAWS; draw++) {
		for (size_t i = 0; i < n_single; i++)
			draws->uniforms[i * N_DRAWS + draw] =
			    psp_variate_uniform(variates);
		if (has_normals)
			draws->normals[draw] = psp_variate_normal(variates);
	}
	psp_variates_free(variates);
	draws->n_single = n_single;
	draws->has_normals = has_normals;
	return true;
}

/* Adds one prospect to the sums of the draws in which it comes. */
static void
add_where_it_comes(
    double *sums, const double *uniforms, const struct psp_prospect *prospect)
{
	double amount = (double)prospect->amount, chance = prospect->chance;

	for (size_t draw = 0; draw < N_DRAWS; draw++)
		sums[draw] += uniforms[draw] < chance ? amount : 0;
}

static bool
simulate(struct psp_draws *draws, const struct psp_prospect *prospects,
    size_t n, double certain, struct psp_outlook *outlook,
    struct psp_error *err)
{
	size_t n_single = n < N_SINGLE ? n : N_SINGLE;
	double mean = certain, variance = 0;
	double *sums;

	for (size_t i = n_single; i < n; i++) {
		mean += (double)prospects[i].amount * prospects[i].chance;
		variance += variance_of(&prospects[i]);
	}
	if (!draw_all(draws, n_single, variance > 0, err))
		return false;
	sums = calloc(N_DRAWS, sizeof(*sums));
	if (sums == NULL)
		return psp_error_memory(err);
	for (size_t draw = 0; draw < N_DRAWS; draw++)
		sums[draw] = mean;
	for (size_t i = 0; i < n_single; i++)
		add_where_it_comes(
		    sums, draws->uniforms + i * N_DRAWS, &prospects[i]);
	for (size_t draw = 0; draw < N_DRAWS && variance > 0; draw++)
		sums[draw] += sqrt(variance) * draws->normals[draw];
	psp_sort_values(sums, N_DRAWS);
	outlook->p10 = psp_sorted_quantile(sums, N_DRAWS, 0.1);
	outlook->p50 = psp_sorted_quantile(sums, N_DRAWS, 0.5);
	outlook->p90 = psp_sorted_quantile(sums, N_DRAWS, 0.9);
	free(sums);
	return true;
}

/* Lets the least of a heap of `n`, whose root changed, come to the root. */
static void
sink(struct psp_prospect *heap, size_t n)
{
	for (size_t at = 0;;) {
		size_t child = 2 * at + 1;
		struct psp_prospect other;

		if (child >= n)
			return;
		if (child + 1 < n
		    && compare_prospects(&heap[child], &heap[child + 1]) < 0)
			child++;
		if (compare_prospects(&heap[at], &heap[child]) >= 0)
			return;
		other = heap[at];
		heap[at] = heap[child];
		heap[child] = other;
		at = child;
	}
}

/* Brings the N_SINGLE with the greatest variance to the front, sorted. What is
 * sorted greatest first is a heap whose root is the least, read backwards. */
static void
bring_forward(struct psp_prospect *prospects, size_t n)
{
	size_t n_single = n < N_SINGLE ? n : N_SINGLE;

	qsort(prospects, n_single, sizeof(*prospects), compare_prospects);
	for (size_t i = 0; i < n_single / 2; i++) {
		struct psp_prospect other = prospects[i];

		prospects[i] = prospects[n_single - 1 - i];
		prospects[n_single - 1 - i] = other;
	}
	for (size_t i = n_single; i < n; i++) {
		struct psp_prospect other = prospects[i];

		if (compare_prospects(&other, &prospects[0]) >= 0)
			continue;
		prospects[i] = prospects[0];
		prospects[0] = other;
		sink(prospects, n_single);
	}
	qsort(prospects, n_single, sizeof(*prospects), compare_prospects);
}

bool
psp_outlook_of(struct psp_draws *draws, struct psp_prospect *prospects,
    size_t n, struct psp_outlook *outlook, struct psp_error *err)
{
	double variance = 0, certain = 0;
	size_t n_open = 0;

	*outlook = (struct psp_outlook){ .mean = 0 };
	for (size_t i = 0; i < n; i++) {
		struct psp_prospect prospect = prospects[i];

		outlook->mean += (double)prospect.amount * prospect.chance;
		variance += variance_of(&prospect);
		if (variance_of(&prospect) > 0) {
			prospects[i] = prospects[n_open];
			prospects[n_open++] = prospect;
		} else
			certain += (double)prospect.amount * prospect.chance;
	}
	outlook->sd = sqrt(variance);
	if (n_open > 0)
		bring_forward(prospects, n_open);
	if (n_open <= PSP_OUTLOOK_EXACT)
		return look_at_all(prospects, n_open, certain, outlook, err);
	return simulate(draws, prospects, n_open, certain, outlook, err);
}
