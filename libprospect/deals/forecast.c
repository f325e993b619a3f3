/*
 * forecast: what will come in, month by month of the decision: the weighted
 * sum, and how far it may be off if deals are decided independently. Each
 * chance is the deal's own, else learned from the history, else the stage's.
 */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "libprospect/base/calendar.h"
#include "libprospect/base/catalog.h"
#include "libprospect/deals/chances.h"
#include "libprospect/deals/reports.h"
#include "libprospect/stats/outlook.h"

static const struct psp_report_column columns[] = {
	{ N_("month"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("deals"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("amount"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("expected"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ "", PSP_REPORT_BAR, PSP_REPORT_PEOPLE, 0 },
	{ N_("sd"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("p10"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("p50"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("p90"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("method"), PSP_REPORT_TEXT, PSP_REPORT_PROGRAMS, 0 },
	{ N_("by_deal"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("learned"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("by_stage"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("no_chance"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("no_amount"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
};

/* Months are counted from year 0; two that are none come at the ends. */
enum { OVERDUE = 0, UNDATED = 1000000 };

/* An open deal and when it is decided. */
struct item {
	int32_t month;
	uint32_t deal;
	int64_t chance; /* millionths; -1: not known */
	enum psp_chance_source source;
};

struct forecasting {
	struct psp_inquiry *inquiry;
	struct item *items;
	size_t n;
	struct psp_prospect *prospects; /* room for all */
	struct psp_draws draws;
	double most; /* the greatest that a month expects */
	struct psp_error *err;
};

static int
compare_items(const void *a, const void *b)
{
	const struct item *left = a, *right = b;

	if (left->month != right->month)
		return left->month < right->month ? -1 : 1;
	return left->deal < right->deal ? -1 : left->deal > right->deal;
}

static struct psp_slice
name_month(int32_t month, char text[16])
{
	if (month == OVERDUE)
		return psp_slice_of("overdue");
	if (month == UNDATED)
		return psp_slice_of("(none)");
	snprintf(text, 16, "%04d-%02d", (int)(month / 12 % 10000),
	    (int)(month % 12 + 1));
	return psp_slice_of(text);
}

static int32_t
month_of(const struct psp_deal *deal, int32_t today)
{
	struct psp_civil civil;

	if (deal->decision_last == PSP_NO_DAY)
		return UNDATED;
	if (deal->decision_last < today)
		return OVERDUE;
	civil = psp_civil_from_days(deal->decision_last);
	return civil.year * 12 + civil.month - 1;
}

/* The open deals with their months and chances. */
static bool
collect(struct forecasting *f)
{
	struct psp_inquiry *inquiry = f->inquiry;
	const struct psp_book *book = &inquiry->book;
	struct psp_learned learned[PSP_MAX_STAGES];

	f->items = calloc(book->n + 1, sizeof(*f->items));
	f->prospects = calloc(book->n + 1, sizeof(*f->prospects));
	if (f->items == NULL || f->prospects == NULL)
		return psp_error_memory(f->err);
	psp_chances_learn(
	    &inquiry->history, book, inquiry->options.today + 1, learned);
	for (size_t i = 0; i < book->n; i++) {
		const struct psp_deal *deal = &book->deals[i];
		struct item *item = &f->items[f->n];

		if (psp_deal_state(book, deal) != PSP_STATE_OPEN)
			continue;
		item->deal = (uint32_t)i;
		item->month = month_of(deal, inquiry->options.today);
		item->chance =
		    psp_deal_chance(book, deal, learned, &item->source);
		f->n++;
	}
	qsort(f->items, f->n, sizeof(*f->items), compare_items);
	return true;
}

/* What the deals of one month amount to. */
struct month_sums {
	int64_t amount;
	size_t sources[PSP_CHANCE_STAGE + 1];
	size_t n_no_amount;
	size_t n_prospects;
};

static bool
add_items(struct forecasting *f, const struct item *items, size_t n,
    struct psp_slice name, struct month_sums *sums)
{
	static const char *const sources[] = { "no_chance", "by_deal",
		"learned", "by_stage" };
	struct psp_inquiry *inquiry = f->inquiry;

	memset(sums, 0, sizeof(*sums));
	for (size_t i = 0; i < n; i++) {
		const struct psp_deal *deal =
		    &inquiry->book.deals[items[i].deal];
		struct psp_prospect *prospect =
		    &f->prospects[sums->n_prospects];

		psp_inquiry_count(inquiry, items[i].deal, name, "deals");
		psp_inquiry_count(
		    inquiry, items[i].deal, name, sources[items[i].source]);
		sums->sources[items[i].source]++;
		if (deal->amount == PSP_NO_AMOUNT) {
			psp_inquiry_count(
			    inquiry, items[i].deal, name, "no_amount");
			sums->n_no_amount++;
			continue;
		}
		if (!psp_cents_add(&sums->amount, deal->amount, f->err))
			return false;
		if (items[i].chance < 0)
			continue;
		prospect->amount = deal->amount;
		prospect->chance = (double)items[i].chance / PSP_NUMBER_SCALE;
		sums->n_prospects++;
	}
	return true;
}

static void
put_row(struct forecasting *f, struct psp_slice name, size_t n,
    const struct month_sums *sums, const struct psp_outlook *outlook)
{
	struct psp_report *report = f->inquiry->report;

	psp_report_text(report, name);
	psp_report_count(report, n);
	psp_report_money(report, sums->amount);
	psp_report_money(report, llround(outlook->mean));
	psp_report_bar(report, f->most > 0 ? outlook->mean / f->most : 0);
	psp_report_money(report, llround(outlook->sd));
	psp_report_money(report, llround(outlook->p10));
	psp_report_money(report, llround(outlook->p50));
	psp_report_money(report, llround(outlook->p90));
	psp_report_term(
	    report, outlook->is_exact ? N_("exact") : N_("simulated"));
	psp_report_count(report, sums->sources[PSP_CHANCE_DEAL]);
	psp_report_count(report, sums->sources[PSP_CHANCE_LEARNED]);
	psp_report_count(report, sums->sources[PSP_CHANCE_STAGE]);
	psp_report_count(report, sums->sources[PSP_CHANCE_NONE]);
	psp_report_count(report, sums->n_no_amount);
}

/* The row of `n` items; `is_shown` else only `most` is looked for. */
static bool
forecast_month(struct forecasting *f, const struct item *items, size_t n,
    struct psp_slice name, bool is_shown)
{
	struct month_sums sums;
	struct psp_outlook outlook;

	if (!add_items(f, items, n, name, &sums))
		return false;
	if (!is_shown) {
		double mean = 0;

		for (size_t i = 0; i < sums.n_prospects; i++)
			mean += (double)f->prospects[i].amount
			        * f->prospects[i].chance;
		f->most = mean > f->most ? mean : f->most;
		return true;
	}
	if (!psp_outlook_of(
		&f->draws, f->prospects, sums.n_prospects, &outlook, f->err))
		return false;
	put_row(f, name, n, &sums, &outlook);
	return true;
}

/* Month after month, once to find the greatest and once to show them. */
static bool
go_through(struct forecasting *f, bool is_shown)
{
	char text[16];

	for (size_t first = 0, end; first < f->n; first = end) {
		int32_t month = f->items[first].month;

		for (end = first; end < f->n && f->items[end].month == month;
		     end++)
			;
		if (!forecast_month(f, f->items + first, end - first,
			name_month(month, text), is_shown))
			return false;
	}
	return !is_shown || f->n == 0
	       || forecast_month(
		   f, f->items, f->n, psp_slice_of("(all)"), true);
}

static bool
run(struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct forecasting f = { .inquiry = inquiry, .err = err };
	bool is_done;

	psp_draws_init(&f.draws, inquiry->options.seed);
	is_done = collect(&f) && go_through(&f, false) && go_through(&f, true);
	if (f.n == 0)
		psp_report_remark(inquiry->report, "no deal is open");
	else
		psp_report_remark(inquiry->report,
		    "sd and quantiles hold if deals are decided independently; "
		    "in 1 month of 10 less than p10 comes in, in 1 of 10 more "
		    "than p90");
	free(f.items);
	free(f.prospects);
	psp_draws_clear(&f.draws);
	return is_done;
}

const struct psp_inquiry_form psp_form_forecast = {
	.name = "forecast",
	.schema = "prospect-pipeline/forecast/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.countable = "deals by_deal learned by_stage no_chance no_amount",
	.needs = PSP_OUTLOOK_NEEDS,
	.no_sum = N_("draws from all deals"),
	.run = run,
};
