/*
 * The report `effort`: how many hours of calling it takes to obtain a number of
 * appointments, quotes and signatures, at 50 and at 80 %. Appointments by the
 * hours worked; what comes after them by the shares that are given (--quotes,
 * --signatures), each with its own uncertainty.
 */
#include <config.h>

#include <math.h>

#include "libprospect/base/catalog.h"
#include "libprospect/calls/call_reports.h"

enum { GROUPS, SESSIONS, SECONDS_PER_HOUR = 3600, N_GOALS = 3 };

static const struct psp_report_column columns[] = {
	{ N_("goal"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("wanted"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("hours_50"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 2 },
	{ N_("hours_80"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 2 },
	{ N_("calls_50"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 0 },
	{ N_("obtained"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("hours"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 2 },
	{ N_("calls"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
};

static const double probabilities[] = { 0.5, 0.8 };

static bool
plan_effort(struct psp_log_plan *plan, struct psp_problems *problems)
{
	size_t session = psp_log_plan_dim(plan, PSP_DIM_SESSION);

	if (plan->mode == PSP_SESSIONS_NONE)
		return psp_problems_add(problems, PSP_ESETTINGS, NULL, 0, 0,
		    "hours need sessions: a column 'session' or 'date', or a "
		    "file of them with --sessions; where the header calls it "
		    "otherwise say columns: {date: HEADER}");
	psp_log_plan_cube(plan, NULL, 0, psp_log_plan_units(plan));
	psp_log_plan_cube(plan, &session, 1, 0);
	return true;
}

/* What is known of a group. */
struct known {
	size_t n_appointments, n_calls;
	double hours;
};

static bool
find_hours(const struct psp_call_options *options, const struct known *known,
    size_t goal, double found[2], struct psp_error *err)
{
	const struct psp_step steps[] = { options->quotes,
		options->signatures };

	if (goal > 0)
		return psp_hours_through(options->n_wanted,
		    known->n_appointments, known->hours, steps, goal,
		    (uint32_t)options->seed, probabilities, 2, found, err);
	for (size_t i = 0; i < 2; i++)
		found[i] = psp_hours_for(options->n_wanted,
		    known->n_appointments, known->hours, probabilities[i]);
	return true;
}

static bool
put_goal(const struct psp_call_view *view, const struct known *known,
    size_t goal, struct psp_report *report, struct psp_error *err)
{
	static const char *const goals[] = { N_("appointment"), N_("quote"),
		N_("signature") };
	double found[2] = { NAN, NAN };

	if (known->hours > 0
	    && !find_hours(view->options, known, goal, found, err))
		return false;
	psp_report_term(report, goals[goal]);
	psp_report_count(report, view->options->n_wanted);
	psp_report_number(report, found[0]);
	psp_report_number(report, found[1]);
	psp_report_number(report,
	    known->hours > 0 ? found[0] * (double)known->n_calls / known->hours
			     : (double)NAN);
	if (goal == 0)
		psp_report_count(report, known->n_appointments);
	else
		psp_report_count(report, goal == 1
					     ? view->options->quotes.n_yes
					     : view->options->signatures.n_yes);
	psp_report_number(
	    report, known->hours > 0 ? known->hours : (double)NAN);
	psp_report_count(report, known->n_calls);
	return true;
}

static bool
fill(const struct psp_call_view *view, const struct psp_totals *totals,
    struct psp_report *report, struct psp_error *err)
{
	const struct psp_ratio *rate = psp_ratios_find(
	    &view->model->ratios, psp_slice_of("appointment_rate"));
	size_t n_goals = view->options->signatures.n > 0 ? N_GOALS
	                 : view->options->quotes.n > 0   ? 2
	                                                 : 1;

	for (size_t i = 0; i < totals->n_cells; i++) {
		size_t cell = totals->order[i];
		const struct known known = {
			.n_appointments = psp_totals_marked(
			    totals, cell, rate->unit, PSP_MARK_APPOINTMENT),
			.n_calls = psp_totals_marked(
			    totals, cell, PSP_UNIT_CALL, PSP_MARK_CALL),
			.hours =
			    (double)totals->seconds[cell] / SECONDS_PER_HOUR
		};

		for (size_t goal = 0; goal < n_goals; goal++)
			if (!psp_view_put_by(
				view, report, psp_totals_ids(totals, cell), err)
			    || !put_goal(view, &known, goal, report, err))
				return false;
	}
	return true;
}

static struct psp_report *
make_effort(
    const struct psp_call_view *view, bool *has_findings, struct psp_error *err)
{
	(void)has_findings;
	return psp_view_make(view, "prospect-ratios/effort/1", columns,
	    sizeof(columns) / sizeof(columns[0]), GROUPS, SESSIONS, fill, err);
}

const struct psp_call_report psp_effort_report = {
	.name = "effort",
	.plan = plan_effort,
	.make = make_effort,
};
