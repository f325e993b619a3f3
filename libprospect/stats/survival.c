/* Kaplan-Meier and Aalen-Johansen; see the header. */
#include <config.h>

#include "libprospect/stats/survival.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libprospect/base/buffer.h"
#include "libprospect/stats/distributions.h"

void
psp_survival_clear(struct psp_survival *survival)
{
	free(survival->days);
	memset(survival, 0, sizeof(*survival));
}

bool
psp_survival_add(struct psp_survival *survival, size_t day, unsigned exit,
    struct psp_error *err)
{
	return psp_survival_add_many(survival, day, exit, 1, err);
}

bool
psp_survival_add_many(struct psp_survival *survival, size_t day, unsigned exit,
    size_t n, struct psp_error *err)
{
	struct psp_spell_day *days;

	if (day >= survival->n_days) {
		days = psp_array_reserve(survival->days, &survival->capacity,
		    day + 1, sizeof(*days), err);
		if (days == NULL)
			return false;
		survival->days = days;
		memset(days + survival->n_days, 0,
		    (day + 1 - survival->n_days) * sizeof(*days));
		survival->n_days = day + 1;
	}
	survival->days[day].n[exit] += n;
	survival->n += n;
	if (exit == 0)
		return true;
	survival->n_ended += n;
	survival->sum += (double)day * (double)n;
	return true;
}

static size_t
ended_on(const struct psp_spell_day *day)
{
	size_t n = 0;

	for (size_t i = 1; i <= PSP_MAX_EXITS; i++)
		n += day->n[i];
	return n;
}

/* The interval of a share S with standard error s, on the scale of
 * log(-log S): S^exp(+-z s / (S log S)). */
static struct psp_interval
log_log_interval(double share, double error)
{
	struct psp_interval interval = { false, 0, 0 };
	double width;

	if (!(share > 0 && share < 1))
		return interval;
	width = exp(PSP_Z95 * error / (share * fabs(log(share))));
	interval.is_known = true;
	interval.low = pow(share, width);
	interval.high = pow(share, 1 / width);
	return interval;
}

bool
psp_survival_next(
    const struct psp_survival *survival, struct psp_survival_step *step)
{
	bool is_first = step->n_at_risk == 0;
	size_t day = is_first ? 0 : step->day + 1;
	size_t n_at_risk = is_first ? survival->n : step->n_at_risk;
	double before = is_first ? 1 : step->share;
	/* Greenwood's sum is the square of error / share. */
	double sum = is_first || before <= 0 ? 0 : pow(step->error / before, 2);

	if (!is_first)
		n_at_risk -= step->n_ended + survival->days[step->day].n[0];
	for (; day < survival->n_days; day++) {
		const struct psp_spell_day *spells = &survival->days[day];
		size_t n_ended = ended_on(spells);

		if (n_ended == 0) {
			n_at_risk -= spells->n[0];
			continue;
		}
		step->day = day;
		step->n_at_risk = n_at_risk;
		step->n_ended = n_ended;
		for (size_t i = 1; i <= PSP_MAX_EXITS; i++)
			step->by[i] +=
			    before * (double)spells->n[i] / (double)n_at_risk;
		step->share =
		    before * (double)(n_at_risk - n_ended) / (double)n_at_risk;
		if (n_at_risk > n_ended)
			sum += (double)n_ended
			       / ((double)n_at_risk
				   * (double)(n_at_risk - n_ended));
		step->error = step->share * sqrt(sum);
		step->interval = log_log_interval(step->share, step->error);
		return true;
	}
	return false;
}

struct psp_survival_quantile
psp_survival_quantile(const struct psp_survival *survival, double p)
{
	struct psp_survival_quantile found = { .is_known = false };
	struct psp_survival_step step = { 0 };
	/* 0.1 and its like are not exact: a hair above counts as reached. */
	double goal = 1 - p + 1e-12;

	while (psp_survival_next(survival, &step)) {
		bool ends = step.share <= 0;

		if (!found.is_known && step.share <= goal) {
			found.is_known = true;
			found.day = step.day;
		}
		if (!found.has_low
		    && (ends
			|| (step.interval.is_known
			    && step.interval.low <= goal))) {
			found.has_low = true;
			found.low = step.day;
		}
		if (!found.has_high && step.interval.is_known
		    && step.interval.high <= goal) {
			found.has_high = true;
			found.high = step.day;
		}
	}
	return found;
}
