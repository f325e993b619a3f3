/*
 * The report `gatekeepers`: how often the gatekeeper is met and passed, by the
 * kind of barrier, the help given, the trouble on the way, and the hour.
 */
#include <config.h>

#include "libprospect/base/catalog.h"
#include "libprospect/calls/call_reports.h"

enum { LEAST_FOR_BEST = 5, MOST_SUBJECTS = 4 };

static const struct psp_report_column columns[] = {
	{ N_("subject"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("kind"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("calls"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("met"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("passed"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("pass_rate"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	PSP_REPORT_INTERVAL_OF(PSP_REPORT_RATE, 0),
	{ N_("bar"), PSP_REPORT_BAR, PSP_REPORT_PEOPLE, 0 },
};

/* What gatekeepers are looked at by; the hour is the last. */
static const struct {
	const char *word;
	enum psp_call_field field;
} subjects[] = {
	{ N_("barrier"), PSP_CALL_GATE_TYPE },
	{ N_("help"), PSP_CALL_GATE_HELP },
	{ N_("trouble"), PSP_CALL_GATE_TROUBLE },
	{ N_("hour"), PSP_CALL_DATE },
};

static bool
plan_gatekeepers(struct psp_log_plan *plan, struct psp_problems *problems)
{
	size_t dim;

	(void)problems;
	psp_log_plan_cube(plan, NULL, 0, 0);
	for (size_t i = 0; i < MOST_SUBJECTS; i++) {
		if (!psp_call_has(&plan->columns, subjects[i].field))
			continue;
		dim = subjects[i].field == PSP_CALL_DATE
		          ? psp_log_plan_dim(plan, PSP_DIM_HOUR)
		          : psp_log_plan_field(plan, subjects[i].field);
		psp_log_plan_cube(plan, &dim, 1, 0);
	}
	return true;
}

static size_t
met(const struct psp_totals *totals, size_t cell)
{
	return psp_totals_marked(
	    totals, cell, PSP_UNIT_CALL, PSP_MARK_GATE_MET);
}

static size_t
passed(const struct psp_totals *totals, size_t cell)
{
	return psp_totals_marked(
	    totals, cell, PSP_UNIT_CALL, PSP_MARK_GATE_PASSED);
}

/* A row; `dim` is that of the kind, SIZE_MAX for all kinds together. */
static bool
put_row(const struct psp_call_view *view, const struct psp_totals *totals,
    size_t cell, const char *subject, size_t dim, struct psp_report *report,
    struct psp_error *err)
{
	const uint32_t *ids = psp_totals_ids(totals, cell);
	struct psp_buffer text;
	size_t n_met = met(totals, cell), n_passed = passed(totals, cell);
	bool is_done = true;

	if (!psp_view_put_by(view, report, ids, err))
		return false;
	psp_report_term(report, subject);
	psp_buffer_init(&text);
	if (dim != SIZE_MAX)
		is_done = psp_dim_put(view->log, view->plan, dim,
		    ids[view->plan->n_by], &text, err);
	if (text.size > 0)
		psp_report_text(report, psp_buffer_content(&text));
	else
		psp_report_unknown(report);
	psp_buffer_clear(&text);
	psp_report_count(report,
	    psp_totals_marked(totals, cell, PSP_UNIT_CALL, PSP_MARK_CALL));
	psp_report_count(report, n_met);
	psp_report_count(report, n_passed);
	psp_view_put_share(report, n_passed, n_met);
	psp_report_bar(
	    report, n_met > 0 ? (double)n_passed / (double)n_met : 0);
	return is_done;
}

/* The hour at which the gate is passed best, of those met often enough. */
static void
say_best(const struct psp_call_view *view, const struct psp_totals *totals,
    struct psp_report *report)
{
	size_t best = SIZE_MAX;

	if (view->plan->n_by > 0)
		return;
	for (size_t i = 0; i < totals->n_cells; i++)
		if (met(totals, i) >= LEAST_FOR_BEST
		    && psp_totals_ids(totals, i)[0] != PSP_NO_ID
		    && (best == SIZE_MAX
			|| passed(totals, i) * met(totals, best)
			       > passed(totals, best) * met(totals, i)))
			best = i;
	if (best != SIZE_MAX)
		psp_report_remark(report,
		    "best hour to pass the gatekeeper: from %u h (%zu of %zu)",
		    psp_totals_ids(totals, best)[0], passed(totals, best),
		    met(totals, best));
}

static bool
put_subject(const struct psp_call_view *view, size_t cube, const char *subject,
    size_t dim, struct psp_report *report, struct psp_error *err)
{
	struct psp_totals totals;
	bool is_done;

	is_done = psp_totals_init(
	    &totals, view->log, view->plan, cube, SIZE_MAX, err);
	for (size_t i = 0; is_done && i < totals.n_cells; i++) {
		size_t cell = totals.order[i];
		bool is_said =
		    dim == SIZE_MAX
		    || view->plan->dims[dim].kind == PSP_DIM_HOUR
		    || psp_totals_ids(&totals, cell)[view->plan->n_by] != 0;

		if (is_said)
			is_done = put_row(
			    view, &totals, cell, subject, dim, report, err);
	}
	if (is_done && dim != SIZE_MAX
	    && view->plan->dims[dim].kind == PSP_DIM_HOUR)
		say_best(view, &totals, report);
	psp_totals_clear(&totals);
	return is_done;
}

static struct psp_report *
make_gatekeepers(
    const struct psp_call_view *view, bool *has_findings, struct psp_error *err)
{
	struct psp_report *report =
	    psp_view_report(view, "prospect-ratios/gatekeepers/1", columns,
		sizeof(columns) / sizeof(columns[0]), err);
	bool is_done =
	    report != NULL
	    && put_subject(view, 0, N_("all"), SIZE_MAX, report, err);
	size_t cube = 1;

	(void)has_findings;
	for (size_t i = 0; is_done && i < MOST_SUBJECTS; i++) {
		const struct psp_cube_plan *shape = &view->plan->cubes[cube];

		if (!psp_call_has(&view->plan->columns, subjects[i].field))
			continue;
		is_done = put_subject(view, cube++, subjects[i].word,
		    shape->dims[shape->n_dims - 1], report, err);
	}
	if (is_done)
		return report;
	psp_report_free(report);
	return NULL;
}

const struct psp_call_report psp_gatekeepers_report = {
	.name = "gatekeepers",
	.plan = plan_gatekeepers,
	.make = make_gatekeepers,
};
