/*
 * pressure: how often open deals are touched, against what their stage asks
 * for: who is worked too little, and who is asked too often.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/reports.h"
#include "libprospect/deals/touches.h"

static const struct psp_report_column columns[] = {
	{ N_("deals"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("touches"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("mean"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 2 },
	{ N_("under"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("within"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("over"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("under_share"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	{ N_("over_share"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
};

struct worked {
	size_t n, n_touches, n_under, n_over;
};

struct pressing {
	struct psp_inquiry *inquiry;
	struct psp_grouping grouping;
	struct worked *all; /* by group */
	size_t n_ready, capacity;
	uint32_t *counts; /* touches by deal */
	struct psp_error *err;
};

static bool
grow(struct pressing *p)
{
	size_t n = p->grouping.n;
	struct worked *items = psp_array_reserve(
	    p->all, &p->capacity, n + 1, sizeof(*items), p->err);

	if (items == NULL)
		return false;
	p->all = items;
	for (; p->n_ready < n; p->n_ready++)
		memset(&items[p->n_ready], 0, sizeof(*items));
	return true;
}

static bool
add_deal(struct pressing *p, size_t index)
{
	const struct psp_book *book = &p->inquiry->book;
	const struct psp_deal *deal = &book->deals[index];
	const struct psp_touches *asked;
	const char *where = "within";
	const size_t *groups;
	size_t n;

	if (deal->stage >= book->handbook->n_stages
	    || psp_deal_state(book, deal) == PSP_STATE_LOST)
		return true;
	asked = &book->handbook->stages[deal->stage].touches;
	if (!asked->is_there)
		return true;
	if (!psp_grouping_put(&p->grouping, deal, &groups, &n, p->err)
	    || !grow(p))
		return false;
	if (p->counts[index] < asked->min)
		where = "under";
	else if (p->counts[index] > asked->max)
		where = "over";
	for (size_t i = 0; i < n; i++) {
		struct worked *worked = &p->all[groups[i]];

		worked->n++;
		worked->n_touches += p->counts[index];
		worked->n_under += where[0] == 'u';
		worked->n_over += where[0] == 'o';
		psp_inquiry_count_in(
		    p->inquiry, index, &p->grouping, groups[i], "deals");
		psp_inquiry_count_in(
		    p->inquiry, index, &p->grouping, groups[i], where);
	}
	return true;
}

static bool
put_rows(struct pressing *p)
{
	struct psp_report *report = p->inquiry->report;
	size_t *order = calloc(p->grouping.n + 1, sizeof(*order));
	bool is_put = order != NULL || psp_error_memory(p->err);

	is_put = is_put && psp_grouping_order(&p->grouping, order, p->err);
	for (size_t i = 0; is_put && i < p->grouping.n; i++) {
		const struct worked *worked = &p->all[order[i]];

		psp_inquiry_put_group(p->inquiry, &p->grouping, order[i]);
		psp_report_count(report, worked->n);
		psp_report_count(report, worked->n_touches);
		psp_report_number(
		    report, worked->n > 0
				? (double)worked->n_touches / (double)worked->n
				: NAN);
		psp_report_count(report, worked->n_under);
		psp_report_count(
		    report, worked->n - worked->n_under - worked->n_over);
		psp_report_count(report, worked->n_over);
		psp_report_share(report, worked->n_under, worked->n);
		psp_report_share(report, worked->n_over, worked->n);
	}
	free(order);
	return is_put;
}

static bool
run(struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct pressing p = { .inquiry = inquiry, .err = err };
	size_t n_others = 0;
	bool is_done;

	psp_grouping_init(&p.grouping, &inquiry->book, inquiry->options.by,
	    inquiry->options.n_by);
	p.counts = calloc(inquiry->book.n + 1, sizeof(*p.counts));
	is_done = (p.counts != NULL || psp_error_memory(err)) && grow(&p)
	          && psp_touches_count(inquiry->options.touches, &inquiry->book,
		      inquiry->options.today, &inquiry->options.side->reader,
		      p.counts, &n_others, err);
	for (size_t i = 0; is_done && i < inquiry->book.n; i++)
		is_done = add_deal(&p, i);
	is_done = is_done && put_rows(&p);
	if (p.grouping.n == 0)
		psp_report_remark(
		    inquiry->report, "no deal is in a stage with 'touches:'");
	if (n_others > 0)
		psp_report_remark(inquiry->report,
		    "left out, of nobody here or without a date: %zu",
		    n_others);
	free(p.all);
	free(p.counts);
	psp_grouping_clear(&p.grouping);
	return is_done;
}

const struct psp_inquiry_form psp_form_pressure = {
	.name = "pressure",
	.schema = "prospect-pipeline/pressure/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.countable = "deals under within over",
	.needs = PSP_FACT_BIT(PSP_FACT_SIREN),
	.is_grouped = true,
	.by = PSP_BY_STAGE,
	.allows_currencies = true,
	.run = run,
};
