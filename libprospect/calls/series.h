/* How a ratio moves over the sessions of a group. */
#ifndef PSP_CALLS_SERIES_H
#define PSP_CALLS_SERIES_H

#include "libprospect/calls/totals.h"
#include "libprospect/stats/trend.h"

/* Sessions of a group: cells `from` to before `to` of the order. */
struct psp_series {
	const struct psp_totals *totals; /* of the cube of sessions */
	size_t from, to;
};

/*
 * The sessions of the next group, whose cells begin with the `n` ids `ids`.
 * `*next` is where the group begins in the order, 0 for the first, and moves
 * past it. Calls that are in no session are left out.
 */
struct psp_series psp_series_next(const struct psp_totals *totals,
    const uint32_t *ids, size_t n, size_t *next);

/*
 * The values of ratio `ratio` in order, NaN where the denominator is empty;
 * room for to - from of them.
 */
void psp_series_values(
    const struct psp_series *series, size_t ratio, double *values);

/* The trend of a ratio: of rates by Cochran and Armitage, of levels by Mann and
 * Kendall. PSP_ENOMEM. */
PSP_NODISCARD bool psp_series_trend(const struct psp_series *series,
    size_t ratio, struct psp_trend *trend, struct psp_error *err);

/* What a trend says at 5 %. */
enum psp_direction psp_trend_direction(const struct psp_trend *trend);

/* Its word, marked N_(). */
const char *psp_direction_word(enum psp_direction direction);

#endif
