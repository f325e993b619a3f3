/* The report `hours`: when people are reached and appointments are made, hour
 * by hour of each weekday. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/calls/call_reports.h"

enum { GRID, LEAST_FOR_BEST = 10 };

static const struct psp_report_column columns[] = {
	{ N_("weekday"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("day"), PSP_REPORT_TEXT, PSP_REPORT_PEOPLE, 0 },
	{ N_("hour"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("calls"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("reached"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("reach_rate"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	{ "reach_low", PSP_REPORT_RATE, PSP_REPORT_PROGRAMS, 0 },
	{ "reach_high", PSP_REPORT_RATE, PSP_REPORT_PROGRAMS, 0 },
	{ N_("interval"), PSP_REPORT_TEXT, PSP_REPORT_PEOPLE, 0 },
	{ N_("bar"), PSP_REPORT_BAR, PSP_REPORT_PEOPLE, 0 },
	{ N_("p_holm"), PSP_REPORT_P, PSP_REPORT_ALL, 0 },
	{ N_("pitched"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("appointments"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("appointment_rate"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	{ "appointment_low", PSP_REPORT_RATE, PSP_REPORT_PROGRAMS, 0 },
	{ "appointment_high", PSP_REPORT_RATE, PSP_REPORT_PROGRAMS, 0 },
	{ N_("appointment_interval"), PSP_REPORT_TEXT, PSP_REPORT_PEOPLE, 0 },
};

static const char *const weekdays[] = { N_("Monday"), N_("Tuesday"),
	N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"),
	N_("Sunday") };

static bool
plan_hours(struct psp_log_plan *plan, struct psp_problems *problems)
{
	size_t dims[2] = { psp_log_plan_dim(plan, PSP_DIM_WEEKDAY),
		psp_log_plan_dim(plan, PSP_DIM_HOUR) };

	if (!psp_call_columns_need(&plan->columns, PSP_CALL_DATE,
		N_("the report 'hours'"), problems))
		return false;
	psp_log_plan_cube(plan, dims, 2, psp_log_plan_units(plan));
	return true;
}

/* Reached of calls in a cell. */
static size_t
reached(const struct psp_totals *totals, size_t cell)
{
	return psp_totals_marked(
	    totals, cell, PSP_UNIT_CALL, PSP_MARK_REACHED_PERSON);
}

static size_t
calls(const struct psp_totals *totals, size_t cell)
{
	return psp_totals_marked(totals, cell, PSP_UNIT_CALL, PSP_MARK_CALL);
}

/*
 * The p-values of the cells from `from` to before `to` of the order, each
 * against all the others, corrected. `room` is for to - from of each.
 */
static void
compare(const struct psp_totals *totals, size_t from, size_t to, double *p,
    double *p_holm, size_t *order)
{
	size_t all_calls = 0, all_reached = 0;

	for (size_t i = from; i < to; i++) {
		all_calls += calls(totals, totals->order[i]);
		all_reached += reached(totals, totals->order[i]);
	}
	for (size_t i = from; i < to; i++) {
		size_t cell = totals->order[i];

		p[i - from] = psp_two_rates(reached(totals, cell),
		    calls(totals, cell), all_reached - reached(totals, cell),
		    all_calls - calls(totals, cell));
	}
	psp_holm(p, to - from, order, p_holm);
}

static bool
put_cell(const struct psp_call_view *view, const struct psp_totals *totals,
    size_t cell, double p_holm, struct psp_report *report,
    struct psp_error *err)
{
	const struct psp_ratios *ratios = &view->model->ratios;
	const struct psp_ratio *rate =
	    psp_ratios_find(ratios, psp_slice_of("appointment_rate"));
	const struct psp_fraction *fraction =
	    psp_totals_fraction(totals, cell, (size_t)(rate - ratios->items));
	const uint32_t *ids = psp_totals_ids(totals, cell);
	uint32_t weekday = ids[view->plan->n_by];
	uint32_t hour = ids[view->plan->n_by + 1];
	size_t n = calls(totals, cell), n_reached = reached(totals, cell);
	char text[8] = "";

	if (!psp_view_put_by(view, report, ids, err))
		return false;
	if (weekday != PSP_NO_ID) {
		psp_report_count(report, weekday);
		psp_report_term(report, weekdays[weekday - 1]);
	} else {
		psp_report_unknown(report);
		psp_report_unknown(report);
	}
	if (hour != PSP_NO_ID) {
		snprintf(text, sizeof(text), "%02u", hour % 100);
		psp_report_words(report, text);
	} else {
		psp_report_unknown(report);
	}
	psp_report_count(report, n);
	psp_report_count(report, n_reached);
	psp_view_put_share(report, n_reached, n);
	psp_report_bar(report, (double)n_reached / (double)n);
	psp_report_p(report, p_holm);
	psp_report_count(report, fraction->den);
	psp_report_count(report, fraction->num);
	psp_view_put_share(report, fraction->num, fraction->den);
	return true;
}

/* Names the hour at which most are reached, of those with calls enough. */
static bool
say_best(const struct psp_call_view *view, const struct psp_totals *totals,
    size_t from, size_t to, struct psp_report *report, struct psp_error *err)
{
	size_t best = SIZE_MAX;
	const uint32_t *ids;
	const char *group;

	for (size_t i = from; i < to; i++) {
		size_t cell = totals->order[i];

		ids = psp_totals_ids(totals, cell);
		if (calls(totals, cell) < LEAST_FOR_BEST
		    || ids[view->plan->n_by + 1] == PSP_NO_ID)
			continue;
		/* Fractions compared without division. */
		if (best == SIZE_MAX
		    || reached(totals, cell) * calls(totals, best)
			   > reached(totals, best) * calls(totals, cell))
			best = cell;
	}
	if (best == SIZE_MAX)
		return true;
	ids = psp_totals_ids(totals, best);
	group = psp_view_group(view, ids, err);
	if (group == NULL)
		return false;
	psp_report_remark(report,
	    "%sbest time to reach people: %s from %u h (%zu of %zu calls)",
	    group, _(weekdays[ids[view->plan->n_by] - 1]),
	    ids[view->plan->n_by + 1], reached(totals, best),
	    calls(totals, best));
	return true;
}

static bool
fill(const struct psp_call_view *view, const struct psp_totals *totals,
    struct psp_report *report, struct psp_error *err)
{
	size_t n = totals->n_cells + 1, from = 0, to;
	double *p = calloc(2 * n, sizeof(*p));
	size_t *order = calloc(n, sizeof(*order));
	bool is_done = p != NULL && order != NULL;

	if (!is_done)
		psp_error_memory(err);
	while (is_done && from < totals->n_cells) {
		to = from;
		while (to < totals->n_cells
		       && psp_totals_same(totals, totals->order[from],
			   totals->order[to], view->plan->n_by))
			to++;
		compare(totals, from, to, p, p + n, order);
		for (size_t i = from; is_done && i < to; i++)
			is_done = put_cell(view, totals, totals->order[i],
			    p[n + i - from], report, err);
		is_done =
		    is_done && say_best(view, totals, from, to, report, err);
		from = to;
	}
	free(p);
	free(order);
	return is_done;
}

static struct psp_report *
make_hours(
    const struct psp_call_view *view, bool *has_findings, struct psp_error *err)
{
	(void)has_findings;
	return psp_view_make(view, "prospect-ratios/hours/1", columns,
	    sizeof(columns) / sizeof(columns[0]), GRID, SIZE_MAX, fill, err);
}

const struct psp_call_report psp_hours_report = {
	.name = "hours",
	.plan = plan_hours,
	.make = make_hours,
};
