/* Ratios over sessions; see the header. */
#include <config.h>

#include "libprospect/calls/series.h"

#include <math.h>
#include <stdlib.h>

#include "libprospect/base/catalog.h"

static const double significant = 0.05;

struct psp_series
psp_series_next(const struct psp_totals *totals, const uint32_t *ids, size_t n,
    size_t *next)
{
	struct psp_series series = { totals, *next, *next };
	size_t last;

	while (series.to < totals->n_cells
	       && (n == 0
		   || memcmp(psp_totals_ids(totals, totals->order[series.to]),
			  ids, n * sizeof(*ids))
			  == 0))
		series.to++;
	*next = series.to;
	/* Calls in no session are the last of the group. */
	if (series.to > series.from) {
		last = totals->order[series.to - 1];
		if (psp_totals_ids(totals, last)[n] == PSP_NO_SESSION)
			series.to--;
	}
	return series;
}

void
psp_series_values(const struct psp_series *series, size_t ratio, double *values)
{
	const struct psp_totals *totals = series->totals;
	const struct psp_ratio *of = &totals->plan->model->ratios.items[ratio];

	for (size_t i = series->from; i < series->to; i++)
		values[i - series->from] = psp_fraction_value(
		    of, psp_totals_fraction(totals, totals->order[i], ratio));
}

static bool
rate_trend(const struct psp_series *series, size_t ratio,
    struct psp_trend *trend, struct psp_error *err)
{
	const struct psp_totals *totals = series->totals;
	size_t n = series->to - series->from;
	struct psp_trend_point *points = calloc(n + 1, sizeof(*points));

	if (points == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < n; i++) {
		const struct psp_fraction *fraction = psp_totals_fraction(
		    totals, totals->order[series->from + i], ratio);

		points[i].score = (double)(i + 1);
		points[i].n_yes = fraction->num;
		points[i].n = fraction->den;
	}
	*trend = psp_cochran_armitage(points, n);
	free(points);
	return true;
}

static bool
level_trend(const struct psp_series *series, size_t ratio,
    struct psp_trend *trend, struct psp_error *err)
{
	size_t n = series->to - series->from, n_known = 0;
	double *values = calloc(n + 1, sizeof(*values));
	bool is_done;

	if (values == NULL)
		return psp_error_memory(err);
	psp_series_values(series, ratio, values);
	for (size_t i = 0; i < n; i++)
		if (isfinite(values[i]))
			values[n_known++] = values[i];
	is_done = psp_mann_kendall(values, n_known, trend, err);
	free(values);
	return is_done;
}

bool
psp_series_trend(const struct psp_series *series, size_t ratio,
    struct psp_trend *trend, struct psp_error *err)
{
	const struct psp_ratios *ratios = &series->totals->plan->model->ratios;

	return ratios->items[ratio].per == PSP_PER_MARK
	           ? rate_trend(series, ratio, trend, err)
	           : level_trend(series, ratio, trend, err);
}

enum psp_direction
psp_trend_direction(const struct psp_trend *trend)
{
	if (!trend->is_known)
		return PSP_NO_DIRECTION;
	if (trend->p >= significant)
		return PSP_STEADY;
	return trend->statistic > 0 ? PSP_RISING : PSP_FALLING;
}

const char *
psp_direction_word(enum psp_direction direction)
{
	switch (direction) {
	case PSP_RISING:
		return N_("rising");
	case PSP_FALLING:
		return N_("falling");
	case PSP_STEADY:
		return N_("no trend");
	case PSP_NO_DIRECTION:
		break;
	}
	return N_("too little to tell");
}
