/* The report `reasons`: why people refuse and why they accept, the most
 * frequent reason first (Pareto). */
#include <config.h>

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/calls/call_reports.h"

enum { CELLS, EMPTY_PERCENT = 20 };

static const struct psp_report_column columns[] = {
	{ N_("result"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("reason"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("n"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("share"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	PSP_REPORT_INTERVAL_OF(PSP_REPORT_RATE, 0),
	{ N_("cumulated"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	{ N_("bar"), PSP_REPORT_BAR, PSP_REPORT_PEOPLE, 0 },
};

static bool
plan_reasons(struct psp_log_plan *plan, struct psp_problems *problems)
{
	size_t reason;

	if (!psp_call_columns_need(&plan->columns, PSP_CALL_REASON,
		N_("the report 'reasons'"), problems))
		return false;
	reason = psp_log_plan_field(plan, PSP_CALL_REASON);
	psp_log_plan_cube(plan, &reason, 1, 0);
	return true;
}

/* A reason and how often it was given. */
struct given {
	struct psp_slice reason;
	size_t n;
};

/* The most frequent first, no reason last, equal ones by their bytes. */
static int
by_frequency(const void *a, const void *b)
{
	const struct given *x = a, *y = b;
	size_t size =
	    x->reason.size < y->reason.size ? x->reason.size : y->reason.size;
	int order;

	if ((x->reason.size == 0) != (y->reason.size == 0))
		return x->reason.size == 0 ? 1 : -1;
	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	order = size > 0 ? memcmp(x->reason.bytes, y->reason.bytes, size) : 0;
	if (order != 0)
		return order;
	return (x->reason.size > y->reason.size)
	       - (x->reason.size < y->reason.size);
}

/* A reason as the settings list it, or as it was met. */
static struct psp_slice
spell(struct psp_slice reason, const struct psp_slices *listed)
{
	for (size_t i = 0; i < listed->n; i++)
		if (psp_text_same(reason, listed->items[i]))
			return listed->items[i];
	return reason;
}

/* One group of --by and one result. */
struct pareto {
	const struct psp_call_view *view;
	const struct psp_totals *totals;
	size_t from, to; /* cells of the group */
	enum psp_mark result;
	struct given *given; /* room for all */
};

static bool
put_pareto(
    struct pareto *pareto, struct psp_report *report, struct psp_error *err)
{
	const struct psp_call_view *view = pareto->view;
	const struct psp_totals *totals = pareto->totals;
	const uint32_t *ids =
	    psp_totals_ids(totals, totals->order[pareto->from]);
	bool is_refusal = pareto->result == PSP_MARK_REFUSAL;
	const struct psp_slices *listed =
	    &view->model->reasons[is_refusal ? PSP_REASONS_REFUSAL
					     : PSP_REASONS_APPOINTMENT];
	size_t n = 0, all = 0, known = 0, sum = 0;
	const char *group;

	for (size_t i = pareto->from; i < pareto->to; i++) {
		size_t cell = totals->order[i];
		uint32_t reason =
		    psp_totals_ids(totals, cell)[view->plan->n_by];
		struct given *given = &pareto->given[n];

		given->reason = spell(view->log->symbols.texts[reason], listed);
		given->n = psp_totals_marked(
		    totals, cell, PSP_UNIT_CALL, pareto->result);
		all += given->n;
		known += given->reason.size > 0 ? given->n : 0;
		n += given->n > 0;
	}
	if (n > 1)
		qsort(pareto->given, n, sizeof(*pareto->given), by_frequency);
	for (size_t i = 0; i < n; i++) {
		const struct given *given = &pareto->given[i];

		sum += given->n;
		if (!psp_view_put_by(view, report, ids, err))
			return false;
		psp_report_term(
		    report, is_refusal ? N_("refusal") : N_("appointment"));
		if (given->reason.size > 0)
			psp_report_text(report, given->reason);
		else
			psp_report_unknown(report);
		psp_report_count(report, given->n);
		psp_view_put_share(report, given->n, all);
		psp_report_share(report, sum, all);
		psp_report_bar(report, (double)given->n / (double)all);
	}
	if (!is_refusal || (all - known) * 100 <= all * EMPTY_PERCENT)
		return true;
	group = psp_view_group(view, ids, err);
	if (group == NULL)
		return false;
	psp_report_remark(report,
	    "%s%zu of %zu refusals have no reason: counting refusals without "
	    "their reasons leads nowhere",
	    group, all - known, all);
	return true;
}

static bool
fill(const struct psp_call_view *view, const struct psp_totals *totals,
    struct psp_report *report, struct psp_error *err)
{
	struct pareto pareto = { .view = view, .totals = totals };
	bool is_done = true;

	pareto.given = calloc(totals->n_cells + 1, sizeof(*pareto.given));
	if (pareto.given == NULL)
		return psp_error_memory(err);
	while (is_done && pareto.from < totals->n_cells) {
		pareto.to = pareto.from;
		while (pareto.to < totals->n_cells
		       && psp_totals_same(totals, totals->order[pareto.from],
			   totals->order[pareto.to], view->plan->n_by))
			pareto.to++;
		pareto.result = PSP_MARK_REFUSAL;
		is_done = put_pareto(&pareto, report, err);
		pareto.result = PSP_MARK_APPOINTMENT;
		is_done = is_done && put_pareto(&pareto, report, err);
		pareto.from = pareto.to;
	}
	free(pareto.given);
	return is_done;
}

static struct psp_report *
make_reasons(
    const struct psp_call_view *view, bool *has_findings, struct psp_error *err)
{
	(void)has_findings;
	return psp_view_make(view, "prospect-ratios/reasons/1", columns,
	    sizeof(columns) / sizeof(columns[0]), CELLS, SIZE_MAX, fill, err);
}

const struct psp_call_report psp_reasons_report = {
	.name = "reasons",
	.plan = plan_reasons,
	.make = make_reasons,
};
