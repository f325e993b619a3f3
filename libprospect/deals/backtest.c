/*
 * backtest: the forecast as it would have been made at the end of each month,
 * from what the history knew then, against what came of those deals since. It
 * tells how far this forecast can be trusted.
 *
 * A deal was open on a day when its last move before led to an open stage. Its
 * amount is that of its last move until then, else that of today; its chance
 * was learned from deals that had ended by then, else is its stage's.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "libprospect/base/calendar.h"
#include "libprospect/base/catalog.h"
#include "libprospect/deals/reports.h"
#include "libprospect/deals/standing.h"
#include "libprospect/stats/outlook.h"

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
	int32_t last; /* its last day */
	struct psp_prospect *prospects;
	size_t n_prospects, capacity;
	size_t n_deals, n_open;
	int64_t came, open;
	size_t n_ended, n_won; /* of the deals whose chance is known */
	double error;          /* sum of (chance - came)^2 of these */
	struct psp_learned learned[PSP_MAX_STAGES]; /* by its end */
};

struct testing {
	struct psp_inquiry *inquiry;
	struct month *months;
	size_t n;
	int32_t first; /* month of months[0], counted from year 0 */
	struct psp_error *err;
};

static int32_t
month_of(int32_t day)
{
	struct psp_civil civil = psp_civil_from_days(day);

	return civil.year * 12 + civil.month - 1;
}

/* From the month of the first move, or of --since, to the last that is over. */
static bool
lay_out(struct testing *t)
{
	const struct psp_history *history = &t->inquiry->history;
	const struct psp_inquiry_options *options = &t->inquiry->options;
	int32_t first = INT32_MAX, last = options->today;
	int32_t end;
	size_t n;

	for (size_t i = 0; i < history->n; i++)
		if (history->moves[i].date < first)
			first = history->moves[i].date;
	if (options->from != PSP_NO_DAY && options->from > first)
		first = options->from;
	if (options->to != PSP_NO_DAY && options->to < last)
		last = options->to;
	if (first > last)
		return true;
	t->first = month_of(first);
	/* The month of the last day counts when that day ends it. */
	end = month_of(last + 1);
	n = end > t->first ? (size_t)(end - t->first) : 0;
	t->months = calloc(n + 1, sizeof(*t->months));
	if (t->months == NULL)
		return psp_error_memory(t->err);
	t->n = n;
	for (size_t i = 0; i < t->n; i++) {
		int32_t next = t->first + (int32_t)i + 1;

		t->months[i].last =
		    psp_days_from_civil(next / 12, next % 12 + 1, 1) - 1;
	}
	return true;
}

/* The first month that ends on `day` or later; t->n when there is none. */
static size_t
month_at(const struct testing *t, int32_t day)
{
	int32_t month = month_of(day) - t->first;

	if (month < 0)
		return 0;
	return (size_t)month < t->n ? (size_t)month : t->n;
}

/* What the ended deals teach from the month of their end on. */
static void
learn(struct testing *t)
{
	const struct psp_book *book = &t->inquiry->book;
	const struct psp_history *history = &t->inquiry->history;

	for (size_t i = 0; i < book->n; i++) {
		const struct psp_deal *deal = &book->deals[i];
		enum psp_state state = psp_deal_state(book, deal);
		uint64_t been = 0;
		size_t at;

		if (state == PSP_STATE_OPEN || deal->closed == PSP_NO_DAY)
			continue;
		at = month_at(t, deal->closed);
		if (at == t->n)
			continue;
		for (size_t j = history->starts[i]; j < history->starts[i + 1];
		     j++)
			been |= (uint64_t)1 << history->moves[j].to;
		for (size_t j = 0; j < book->handbook->n_stages; j++)
			if ((been >> j & 1) != 0) {
				t->months[at].learned[j].n_ended++;
				t->months[at].learned[j].n_won +=
				    state == PSP_STATE_WON;
			}
	}
	for (size_t i = 1; i < t->n; i++)
		for (size_t j = 0; j < PSP_MAX_STAGES; j++) {
			struct psp_learned *learned = t->months[i].learned;

			learned[j].n_ended +=
			    t->months[i - 1].learned[j].n_ended;
			learned[j].n_won += t->months[i - 1].learned[j].n_won;
		}
}

/* The chance that a deal in that stage had at the end of the month. */
static int64_t
chance_then(const struct testing *t, const struct month *month, size_t stage)
{
	const struct psp_stage *known = &t->inquiry->handbook->stages[stage];
	const struct psp_learned *learned = &month->learned[stage];

	if (learned->n_ended >= PSP_LEARN_MIN)
		return (int64_t)(learned->n_won * PSP_NUMBER_SCALE
				 / learned->n_ended);
	return known->has_probability ? known->probability : -1;
}

/* A deal that was open at the end of a month, in `stage`. */
static bool
add_then(struct testing *t, struct month *month, const struct psp_deal *deal,
    size_t stage, int64_t amount)
{
	enum psp_state state = psp_deal_state(&t->inquiry->book, deal);
	int64_t chance = chance_then(t, month, stage);
	double share = (double)chance / PSP_NUMBER_SCALE;
	struct psp_prospect *prospects;

	month->n_deals++;
	month->n_open += state == PSP_STATE_OPEN;
	if (chance >= 0 && state != PSP_STATE_OPEN) {
		double came = state == PSP_STATE_WON ? 1 : 0;

		month->n_ended++;
		month->n_won += state == PSP_STATE_WON;
		month->error += (share - came) * (share - came);
	}
	if (amount == PSP_NO_AMOUNT || chance < 0)
		return true;
	if ((state == PSP_STATE_WON
		&& !psp_cents_add(&month->came, amount, t->err))
	    || (state == PSP_STATE_OPEN
		&& !psp_cents_add(&month->open, amount, t->err)))
		return false;
	prospects = psp_array_reserve(month->prospects, &month->capacity,
	    month->n_prospects + 1, sizeof(*prospects), t->err);
	if (prospects == NULL)
		return false;
	month->prospects = prospects;
	prospects[month->n_prospects].amount = amount;
	prospects[month->n_prospects].chance = share;
	month->n_prospects++;
	return true;
}

/* The months at whose end a deal was open, move by move. */
static bool
add_deal(struct testing *t, size_t index)
{
	const struct psp_history *history = &t->inquiry->history;
	const struct psp_handbook *handbook = t->inquiry->handbook;
	const struct psp_deal *deal = &t->inquiry->book.deals[index];
	size_t end = history->starts[index + 1];
	int64_t amount = deal->amount;

	for (size_t i = history->starts[index]; i < end; i++) {
		const struct psp_move *move = &history->moves[i];
		size_t from = month_at(t, move->date), until = t->n;

		if (history->amounts[i] != PSP_NO_AMOUNT)
			amount = history->amounts[i];
		if (i + 1 < end)
			until = month_at(t, history->moves[i + 1].date);
		else if (deal->closed != PSP_NO_DAY
			 && psp_deal_state(&t->inquiry->book, deal)
				!= PSP_STATE_OPEN)
			until = month_at(t, deal->closed);
		if (psp_handbook_state(handbook, move->to) != PSP_STATE_OPEN)
			continue;
		for (size_t j = from; j < until; j++)
			if (t->months[j].last >= move->date
			    && !add_then(
				t, &t->months[j], deal, move->to, amount))
				return false;
	}
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
put_month(struct testing *t, struct month *month)
{
	struct psp_report *report = t->inquiry->report;
	double n = (double)month->n_ended, base, brier;
	struct psp_outlook outlook;

	if (!psp_outlook_of(
		month->prospects, month->n_prospects, &outlook, t->err))
		return false;
	base = n > 0 ? (double)month->n_won / n : NAN;
	brier = n > 0 ? month->error / n : NAN;
	psp_report_day(report, month->last);
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
run(struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct testing t = { .inquiry = inquiry, .err = err };
	bool is_done = lay_out(&t);

	if (is_done && t.n > 0)
		learn(&t);
	for (size_t i = 0; is_done && t.n > 0 && i < inquiry->book.n; i++)
		is_done = add_deal(&t, i);
	for (size_t i = 0; is_done && i < t.n; i++)
		if (t.months[i].n_deals > 0)
			is_done = put_month(&t, &t.months[i]);
	for (size_t i = 0; i < t.n; i++)
		free(t.months[i].prospects);
	free(t.months);
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
	.needs = PSP_FACT_BIT(PSP_FACT_AMOUNT) | PSP_FACT_BIT(PSP_FACT_CURRENCY)
	         | PSP_FACT_BIT(PSP_FACT_DECISION_DATE)
	         | PSP_FACT_BIT(PSP_FACT_CREATED)
	         | PSP_FACT_BIT(PSP_FACT_CLOSED),
	.needs_history = true,
	.run = run,
};
