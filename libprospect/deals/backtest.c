/*
 * backtest: the forecast as it would have been made at the end of each month,
 * from what the history knew then (replay.h), against what came of those deals
 * since. It tells how far this forecast can be trusted.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/replay.h"
#include "libprospect/deals/reports.h"
#include "libprospect/stats/outlook.h"
#include "libprospect/values/date.h"

static const struct psp_report_column columns[] = {
	{ N_("date"), PSP_REPORT_DAY, PSP_REPORT_ALL, 0 },
	{ N_("deals"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("expected"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("sd"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("p10"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("p90"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("came"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("still_open"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("open_amount"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("verdict"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("brier"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 4 },
	{ N_("skill"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 4 },
};

/* A month, at whose end a forecast is made. */
struct month {
	char name[16];        /* its last day */
	struct psp_slice row; /* the same */
	size_t n_prospects, n_deals, n_open;
	int64_t came, open;
	size_t n_ended, n_won; /* of the deals whose chance is known */
	double error;          /* sum of (chance - came)^2 of these */
};

struct testing {
	struct psp_inquiry *inquiry;
	struct psp_prospect *prospects; /* of the month, room for all deals */
	struct psp_draws draws;
	struct month month;
};

/* Tells --rows in which columns the deal is counted. */
static void
count_rows(struct testing *t, const struct psp_then *then)
{
	struct psp_slice row = t->month.row;

	psp_inquiry_count(t->inquiry, then->deal, row, "deals");
	if (then->came == PSP_STATE_OPEN)
		psp_inquiry_count(t->inquiry, then->deal, row, "still_open");
	if (then->came == PSP_STATE_WON && then->amount != PSP_NO_AMOUNT
	    && then->chance >= 0)
		psp_inquiry_count(t->inquiry, then->deal, row, "came");
}

/* A deal that was open at the end of the month. */
static bool
add_then(void *user, const struct psp_then *then, struct psp_error *err)
{
	struct testing *t = user;
	struct month *month = &t->month;
	double share = then->share;

	month->n_deals++;
	month->n_open += then->came == PSP_STATE_OPEN;
	if (t->inquiry->marks)
		count_rows(t, then);
	if (then->chance >= 0 && then->came != PSP_STATE_OPEN) {
		double came = then->came == PSP_STATE_WON ? 1 : 0;

		month->n_ended++;
		month->n_won += then->came == PSP_STATE_WON;
		month->error += (share - came) * (share - came);
	}
	if (then->amount == PSP_NO_AMOUNT || then->chance < 0)
		return true;
	if ((then->came == PSP_STATE_WON
		&& !psp_cents_add(&month->came, then->amount, err))
	    || (then->came == PSP_STATE_OPEN
		&& !psp_cents_add(&month->open, then->amount, err)))
		return false;
	t->prospects[month->n_prospects].amount = then->amount;
	t->prospects[month->n_prospects].chance = share;
	month->n_prospects++;
	return true;
}

static const char *
judge(const struct month *month, const struct psp_outlook *outlook)
{
	double low = (double)month->came;
	double high = low + (double)month->open;

	if (high < outlook->p10)
		return N_("below");
	if (low > outlook->p90)
		return N_("above");
	if (low >= outlook->p10 && high <= outlook->p90)
		return N_("inside");
	return N_("cannot tell");
}

static bool
put_month(struct testing *t, int32_t last, struct psp_error *err)
{
	struct psp_report *report = t->inquiry->report;
	const struct month *month = &t->month;
	double n = (double)month->n_ended, base, brier;
	struct psp_outlook outlook;

	if (!psp_outlook_of(
		&t->draws, t->prospects, month->n_prospects, &outlook, err))
		return false;
	base = n > 0 ? (double)month->n_won / n : NAN;
	brier = n > 0 ? month->error / n : NAN;
	psp_report_day(report, last);
	psp_report_count(report, month->n_deals);
	psp_report_money(report, llround(outlook.mean));
	psp_report_money(report, llround(outlook.sd));
	psp_report_money(report, llround(outlook.p10));
	psp_report_money(report, llround(outlook.p90));
	psp_report_money(report, month->came);
	psp_report_count(report, month->n_open);
	psp_report_money(report, month->open);
	psp_report_term(report, judge(month, &outlook));
	psp_report_number(report, brier);
	/* Against telling every deal the share that was won. */
	psp_report_number(report,
	    base > 0 && base < 1 ? 1 - brier / (base * (1 - base)) : NAN);
	return true;
}

static bool
test_months(struct testing *t, struct psp_replay *replay, struct psp_error *err)
{
	for (;;) {
		bool more;

		t->month = (struct month){ .n_deals = 0 };
		psp_replay_name(replay, t->month.name);
		t->month.row = psp_slice_of(t->month.name);
		if (!psp_replay_next(replay, &more, add_then, t, err))
			return false;
		if (!more)
			return true;
		/* With --rows deals are looked for, and no forecast. */
		if (t->month.n_deals > 0 && !t->inquiry->marks
		    && !put_month(t, replay->last, err))
			return false;
	}
}

static bool
run(struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct testing t = { .inquiry = inquiry };
	struct psp_replay replay;
	bool is_done = psp_replay_start(&replay, inquiry, err);

	psp_draws_init(&t.draws, inquiry->options.seed);
	t.prospects = calloc(inquiry->book.n + 1, sizeof(*t.prospects));
	is_done = is_done && (t.prospects != NULL || psp_error_memory(err))
	          && test_months(&t, &replay, err);
	free(t.prospects);
	psp_draws_clear(&t.draws);
	psp_replay_clear(&replay);
	psp_report_remark(inquiry->report,
	    "came: won since of the deals that were open then; skill: how much "
	    "better than telling each deal the share that was won");
	return is_done;
}

const struct psp_inquiry_form psp_form_backtest = {
	.name = "backtest",
	.schema = "prospect-pipeline/backtest/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.countable = "deals came still_open",
	.needs = PSP_FACT_BIT(PSP_FACT_AMOUNT) | PSP_FACT_BIT(PSP_FACT_CURRENCY)
	         | PSP_FACT_BIT(PSP_FACT_DECISION_DATE)
	         | PSP_FACT_BIT(PSP_FACT_CREATED)
	         | PSP_FACT_BIT(PSP_FACT_CLOSED),
	.needs_history = true,
	.no_sum = N_("learns chances from all deals"),
	.run = run,
};
