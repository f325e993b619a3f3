/*
 * How long something lasts when some of it has not ended yet: spells in whole
 * days, each ended by one of several exits or still going on (censored). What
 * goes on is neither left out nor taken for ended.
 *
 * Spells are counted by day, so that millions of them take no more memory than
 * the longest has days, and counts of parts add up.
 */
#ifndef PSP_STATS_SURVIVAL_H
#define PSP_STATS_SURVIVAL_H

#include <stddef.h>

#include "libprospect/base/error.h"
#include "libprospect/stats/intervals.h"

enum { PSP_MAX_EXITS = 3 };

/* Spells that ended on a day, by exit from 1 on; 0: those that go on. */
struct psp_spell_day {
	size_t n[PSP_MAX_EXITS + 1];
};

/* Starts from zeros. */
struct psp_survival {
	struct psp_spell_day *days;
	size_t n_days, capacity;
	size_t n;       /* spells */
	size_t n_ended; /* by any exit */
	double sum;     /* of the days of those that ended */
};

void psp_survival_clear(struct psp_survival *survival);

/* Adds a spell of `day` days; `exit` is 0 while it goes on. PSP_ENOMEM. */
PSP_NODISCARD bool psp_survival_add(struct psp_survival *survival, size_t day,
    unsigned exit, struct psp_error *err);

/* As many spells at once. */
PSP_NODISCARD bool psp_survival_add_many(struct psp_survival *survival,
    size_t day, unsigned exit, size_t n, struct psp_error *err);

/* The curve at a day on which spells ended. */
struct psp_survival_step {
	size_t day;
	size_t n_at_risk, n_ended;
	double share;                 /* that goes on past this day */
	double error;                 /* its standard error (Greenwood) */
	struct psp_interval interval; /* of 95 %, log-log */
	double by[PSP_MAX_EXITS + 1]; /* ended by each exit up to this day */
};

/*
 * The next step of the curve: Kaplan and Meier 1958, with Greenwood's
 * variance, an interval on the log-log scale, and the incidence of each exit
 * where they compete (Aalen and Johansen 1978). `*step` starts from zeros and
 * is the step before. Spells of a day that go on count as at risk on it. False
 * after the last.
 */
bool psp_survival_next(
    const struct psp_survival *survival, struct psp_survival_step *step);

/*
 * The first day at the end of which a share of at most 1 - p goes on: p = 0.5
 * is the median. Its interval is where that of the curve meets 1 - p. Not
 * known where the curve does not come down so far.
 */
struct psp_survival_quantile {
	bool is_known, has_low, has_high;
	size_t day, low, high;
};
struct psp_survival_quantile psp_survival_quantile(
    const struct psp_survival *survival, double p);

#endif
