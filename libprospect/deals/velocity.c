/*
 * velocity: what the pipeline brings a day: opportunities x mean won amount x
 * win rate / mean days of a won deal, and what a tenth more of each factor (a
 * tenth less of the days) would bring.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/reports.h"
#include "libprospect/deals/standing.h"

static const struct psp_report_column columns[] = {
	{ N_("factor"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("value"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 4 },
	{ N_("a_day"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 2 },
	{ N_("gain"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 2 },
};

struct factors {
	size_t n_open, n_won, n_lost;
	size_t n_amounts, n_cycles, n_backward;
	int64_t amount; /* cents, of the won deals that have one */
	int64_t days;   /* of the won deals whose days are known */
};

static bool
add_deal(struct psp_inquiry *inquiry, size_t index, struct factors *factors,
    struct psp_error *err)
{
	static const struct psp_slice none = { "", 0 };
	const struct psp_deal *deal = &inquiry->book.deals[index];

	switch (psp_deal_state(&inquiry->book, deal)) {
	case PSP_STATE_OPEN:
		factors->n_open++;
		psp_inquiry_count(inquiry, index, none, "open");
		return true;
	case PSP_STATE_LOST:
		if (!psp_is_within(&inquiry->options, deal->closed)
		    && psp_has_period(&inquiry->options))
			return true;
		factors->n_lost++;
		psp_inquiry_count(inquiry, index, none, "lost");
		return true;
	case PSP_STATE_WON:
		break;
	}
	if (!psp_is_within(&inquiry->options, deal->closed)
	    && psp_has_period(&inquiry->options))
		return true;
	factors->n_won++;
	psp_inquiry_count(inquiry, index, none, "won");
	if (deal->created != PSP_NO_DAY && deal->closed != PSP_NO_DAY) {
		if (deal->closed < deal->created)
			factors->n_backward++;
		else {
			factors->n_cycles++;
			factors->days += deal->closed - deal->created;
		}
	}
	if (deal->amount == PSP_NO_AMOUNT)
		return true;
	factors->n_amounts++;
	return psp_cents_add(&factors->amount, deal->amount, err);
}

static void
put_rows(struct psp_report *report, const struct factors *f)
{
	static const char *const names[] = { "opportunities", "mean_won_amount",
		"win_rate", "mean_cycle_days" };
	double values[4], a_day;

	values[0] = (double)f->n_open;
	values[1] = f->n_amounts > 0 ? (double)f->amount / PSP_MONEY_SCALE
	                                   / (double)f->n_amounts
	                             : NAN;
	values[2] = f->n_won + f->n_lost > 0
	                ? (double)f->n_won / (double)(f->n_won + f->n_lost)
	                : NAN;
	values[3] = f->n_cycles > 0 && f->days > 0
	                ? (double)f->days / (double)f->n_cycles
	                : NAN;
	a_day = psp_velocity(values[0], values[1], values[2], values[3]);
	for (size_t i = 0; i < 4; i++) {
		double more = i == 3 ? a_day / 0.9 : a_day * 1.1;

		/* More than all cannot be won. */
		if (i == 2 && values[2] * 1.1 > 1)
			more = a_day / values[2];
		psp_report_term(report, names[i]);
		psp_report_number(report, values[i]);
		psp_report_number(report, more);
		psp_report_number(report, more - a_day);
	}
	psp_report_term(report, N_("velocity"));
	psp_report_unknown(report);
	psp_report_number(report, a_day);
	psp_report_unknown(report);
}

static void *
new_sums(struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct factors *factors = calloc(1, sizeof(*factors));

	(void)inquiry;
	if (factors == NULL)
		psp_error_memory(err);
	return factors;
}

static bool
collect(struct psp_inquiry *inquiry, void *sums, struct psp_error *err)
{
	for (size_t i = 0; i < inquiry->book.n; i++)
		if (!add_deal(inquiry, i, sums, err))
			return false;
	return true;
}

static void
write_sums(const struct psp_inquiry *inquiry, const void *sums,
    struct psp_partial *partial)
{
	const struct factors *f = sums;
	const size_t counts[] = { f->n_open, f->n_won, f->n_lost, f->n_amounts,
		f->n_cycles, f->n_backward };

	(void)inquiry;
	psp_partial_line(partial, "factors");
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		psp_partial_number(partial, (int64_t)counts[i]);
	psp_partial_number(partial, f->amount);
	psp_partial_number(partial, f->days);
}

static bool
read_sums(struct psp_inquiry *inquiry, void *sums,
    struct psp_partial_reader *reader, struct psp_error *err)
{
	struct factors *f = sums;
	size_t *const counts[] = { &f->n_open, &f->n_won, &f->n_lost,
		&f->n_amounts, &f->n_cycles, &f->n_backward };
	int64_t amount, days;

	(void)inquiry;
	if (!psp_partial_is(reader, "factors"))
		return psp_partial_refuse(reader, err);
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		if (!psp_partial_add_count(reader, counts[i], err))
			return false;
	return psp_partial_get_number(reader, &amount, err)
	       && psp_partial_get_number(reader, &days, err)
	       && psp_cents_add(&f->amount, amount, err)
	       && psp_cents_add(&f->days, days, err);
}

static bool
show(struct psp_inquiry *inquiry, void *sums, struct psp_error *err)
{
	const struct factors *factors = sums;

	(void)err;
	put_rows(inquiry->report, factors);
	psp_report_remark(inquiry->report,
	    "a day: with a tenth more of the factor, of the days a tenth less; "
	    "gain: how much more that is");
	if (factors->n_open == 0)
		psp_report_remark(inquiry->report, "no deal is open");
	if (factors->n_won == 0)
		psp_report_remark(
		    inquiry->report, "no deal was won: there is no velocity");
	if (factors->n_backward > 0)
		psp_report_remark(inquiry->report,
		    "%zu won before opening, left out of the days: see check",
		    factors->n_backward);
	return true;
}

static const struct psp_summing summing = {
	.new_sums = new_sums,
	.free_sums = free,
	.collect = collect,
	.write = write_sums,
	.read = read_sums,
	.show = show,
};

const struct psp_inquiry_form psp_form_velocity = {
	.name = "velocity",
	.schema = "prospect-pipeline/velocity/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.countable = "open won lost",
	.needs = PSP_FACT_BIT(PSP_FACT_AMOUNT) | PSP_FACT_BIT(PSP_FACT_CURRENCY)
	         | PSP_FACT_BIT(PSP_FACT_CREATED)
	         | PSP_FACT_BIT(PSP_FACT_CLOSED)
	         | PSP_FACT_BIT(PSP_FACT_DECISION_DATE),
	.summing = &summing,
};
