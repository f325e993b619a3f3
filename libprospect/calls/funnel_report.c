/*
 * The report `funnel`: how many calls come how far. Each step contains the
 * next: whoever reached the decision maker passed the gate, if there was one.
 */
#include <config.h>

#include "libprospect/base/catalog.h"
#include "libprospect/calls/call_reports.h"

enum { CELLS };

static const struct psp_report_column columns[] = {
	{ N_("step"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("n"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("of_previous"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	PSP_REPORT_INTERVAL_OF(PSP_REPORT_RATE, 0),
	{ N_("of_calls"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	{ N_("bar"), PSP_REPORT_BAR, PSP_REPORT_PEOPLE, 0 },
};

static const char *const steps[] = { N_("calls"), N_("answered"),
	N_("gate passed"), N_("decision maker"), N_("pitched"),
	N_("appointment") };

enum { N_STEPS = sizeof(steps) / sizeof(steps[0]) };

static bool
plan_funnel(struct psp_log_plan *plan, struct psp_problems *problems)
{
	(void)problems;
	psp_log_plan_cube(plan, NULL, 0, 0);
	return true;
}

/* The furthest step that a call with these marks came to. */
static size_t
furthest(psp_marks marks)
{
	bool is_pitched = marks & PSP_MARK_BIT(PSP_MARK_PITCHED);

	if (is_pitched && marks & PSP_MARK_BIT(PSP_MARK_APPOINTMENT))
		return 5;
	if (is_pitched)
		return 4;
	if (marks & PSP_MARK_BIT(PSP_MARK_DM))
		return 3;
	if (marks & PSP_MARK_BIT(PSP_MARK_GATE_PASSED))
		return 2;
	return marks & PSP_MARK_BIT(PSP_MARK_REACHED_PERSON) ? 1 : 0;
}

static bool
put_cell(const struct psp_call_view *view, const struct psp_totals *totals,
    size_t cell, struct psp_report *report, struct psp_error *err)
{
	const struct psp_cube *cube = &view->log->cubes[totals->cube];
	const struct psp_outcomes *outcomes = &view->model->outcomes;
	const uint64_t *counts = psp_cube_counts(cube, cell);
	size_t reached[N_STEPS] = { 0 };

	for (size_t i = 0; i < cube->n_slots; i++)
		for (size_t j = 0;
		     j <= furthest(outcomes->items[i / 2].marks[i % 2]); j++)
			reached[j] += (size_t)counts[i];
	for (size_t i = 0; i < N_STEPS; i++) {
		if (!psp_view_put_by(
			view, report, psp_totals_ids(totals, cell), err))
			return false;
		psp_report_term(report, steps[i]);
		psp_report_count(report, reached[i]);
		if (i > 0)
			psp_view_put_share(report, reached[i], reached[i - 1]);
		else
			psp_view_put_share(report, 0, 0);
		psp_report_share(report, reached[i], reached[0]);
		psp_report_bar(report,
		    reached[0] > 0 ? (double)reached[i] / (double)reached[0]
				   : 0);
	}
	return true;
}

static bool
fill(const struct psp_call_view *view, const struct psp_totals *totals,
    struct psp_report *report, struct psp_error *err)
{
	for (size_t i = 0; i < totals->n_cells; i++)
		if (!put_cell(view, totals, totals->order[i], report, err))
			return false;
	return true;
}

static struct psp_report *
make_funnel(
    const struct psp_call_view *view, bool *has_findings, struct psp_error *err)
{
	(void)has_findings;
	return psp_view_make(view, "prospect-ratios/funnel/1", columns,
	    sizeof(columns) / sizeof(columns[0]), CELLS, SIZE_MAX, fill, err);
}

const struct psp_call_report psp_funnel_report = {
	.name = "funnel",
	.plan = plan_funnel,
	.make = make_funnel,
};
