/*
 * The report `trend`: how each ratio moves over the sessions, and `diagnosis`:
 * why appointments fall. Where they do, the first ends with the second.
 */
#include <config.h>

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/calls/call_reports.h"
#include "libprospect/calls/diagnosis.h"
#include "libprospect/calls/series.h"

enum { GROUPS, SESSIONS, DIAGNOSIS, MOST_IN_CURVE = 24 };

static const struct psp_report_column columns[] = {
	{ N_("ratio"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("sessions"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("first"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 4 },
	{ N_("last"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 4 },
	{ N_("trend"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("slope"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 4 },
	{ N_("statistic"), PSP_REPORT_NUMBER, PSP_REPORT_PROGRAMS, 4 },
	{ N_("p"), PSP_REPORT_P, PSP_REPORT_ALL, 0 },
	{ N_("p_holm"), PSP_REPORT_P, PSP_REPORT_ALL, 0 },
	{ N_("curve"), PSP_REPORT_SPARK, PSP_REPORT_PEOPLE, 0 },
};

static const struct psp_report_column diagnosis_columns[] = {
	{ N_("cause"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("finding"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("test"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("n"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("effect"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 4 },
	{ N_("statistic"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 4 },
	{ N_("p"), PSP_REPORT_P, PSP_REPORT_ALL, 0 },
};

static bool
plan_trend(struct psp_log_plan *plan, struct psp_problems *problems)
{
	size_t session = psp_log_plan_dim(plan, PSP_DIM_SESSION);

	if (plan->mode == PSP_SESSIONS_NONE)
		return psp_problems_add(problems, PSP_ESETTINGS, NULL, 0, 0,
		    "a trend needs sessions: a column 'session' or 'date', or "
		    "a file of them with --sessions; where the header calls it "
		    "otherwise say columns: {date: HEADER}");
	psp_log_plan_cube(plan, NULL, 0, psp_log_plan_units(plan));
	psp_log_plan_cube(plan, &session, 1, psp_log_plan_units(plan));
	psp_diagnosis_plan(plan);
	return true;
}

struct making {
	const struct psp_call_view *view;
	const struct psp_ratios *ratios;
	struct psp_report *report;
	struct psp_totals groups, sessions;
	size_t next_session;
	struct psp_trend *trends; /* by ratio */
	double *p, *p_holm;
	size_t *order;
	struct psp_error *err;
};

static bool
find_trends(struct making *making, const struct psp_series *series)
{
	size_t n = making->ratios->n;

	for (size_t i = 0; i < n; i++) {
		if (!psp_series_trend(
			series, i, &making->trends[i], making->err))
			return false;
		making->p[i] = making->trends[i].p;
	}
	psp_holm(making->p, n, making->order, making->p_holm);
	return true;
}

/* A value in the way of its ratio. */
static void
put_value(struct psp_report *report, const struct psp_ratio *ratio,
    const struct psp_fraction *fraction)
{
	if (ratio->per == PSP_PER_MARK)
		psp_report_share(report, fraction->num, fraction->den);
	else
		psp_report_number(report, psp_fraction_value(ratio, fraction));
}

static void
put_trend(struct psp_report *report, const struct psp_ratio *ratio,
    const struct psp_trend *trend, double p_holm)
{
	psp_report_term(report, psp_direction_word(psp_trend_direction(trend)));
	if (!trend->is_known) {
		for (int i = 0; i < 4; i++)
			psp_report_unknown(report);
		return;
	}
	if (ratio->per == PSP_PER_MARK)
		psp_report_rate(report, trend->slope);
	else
		psp_report_number(report, trend->slope);
	psp_report_number(report, trend->statistic);
	psp_report_p(report, trend->p);
	psp_report_p(report, p_holm);
}

static bool
put_ratio(struct making *making, size_t cell, size_t ratio,
    const struct psp_series *series)
{
	const struct psp_ratio *of = &making->ratios->items[ratio];
	struct psp_report *report = making->report;
	const size_t *order = making->sessions.order;
	struct psp_series last = *series;
	double values[MOST_IN_CURVE];
	size_t n = series->to - series->from;

	if (of->unit == PSP_UNIT_COMPANY
	    && !making->view->plan->knows_companies)
		return true;
	if (!psp_view_put_by(making->view, report,
		psp_totals_ids(&making->groups, cell), making->err))
		return false;
	psp_report_text(report, of->name);
	psp_report_count(report, n);
	if (n > 0) {
		put_value(report, of,
		    psp_totals_fraction(
			&making->sessions, order[series->from], ratio));
		put_value(report, of,
		    psp_totals_fraction(
			&making->sessions, order[series->to - 1], ratio));
	} else {
		psp_report_unknown(report);
		psp_report_unknown(report);
	}
	put_trend(report, of, &making->trends[ratio], making->p_holm[ratio]);
	if (n > MOST_IN_CURVE)
		last.from = last.to - MOST_IN_CURVE;
	psp_series_values(&last, ratio, values);
	psp_report_spark(report, values, last.to - last.from);
	return true;
}

/* Whether the trend of appointments falls. */
static bool
is_falling(const struct making *making)
{
	const struct psp_ratio *rate =
	    psp_ratios_find(making->ratios, psp_slice_of("appointment_rate"));

	return psp_trend_direction(
		   &making->trends[rate - making->ratios->items])
	       == PSP_FALLING;
}

/* What the data say of a cause, in a sentence. */
static void
remark_on_cause(struct psp_report *report, const char *group,
    enum psp_cause cause, const struct psp_cause_test *test)
{
	const char *name = _(psp_cause_word(cause));
	const char *finding = _(psp_finding_word(test->finding));
	char p[PSP_P_WORDS];

	psp_p_words(test->trend.p, p);
	if (test->trend.is_known)
		psp_report_remark(report,
		    "%s%s: %s (statistic %.2f, p %s, n %zu)", group, name,
		    finding, test->trend.statistic, p, test->n);
	else
		psp_report_remark(
		    report, "%s%s: %s (n %zu)", group, name, finding, test->n);
}

/* What the diagnosis finds, in remarks. */
static bool
say_diagnosis(struct making *making, size_t cell)
{
	const struct psp_call_view *view = making->view;
	const uint32_t *ids = psp_totals_ids(&making->groups, cell);
	const char *group = psp_view_group(view, ids, making->err);
	struct psp_diagnosis diagnosis;

	if (group == NULL
	    || !psp_diagnose(view->log, view->plan, DIAGNOSIS, ids,
		view->plan->n_by, &diagnosis, making->err))
		return false;
	psp_report_remark(making->report,
	    "%sappointments are falling; of the four causes that the method "
	    "names the data say:",
	    group);
	for (int i = 0; i < PSP_N_CAUSES; i++)
		remark_on_cause(making->report, group, (enum psp_cause)i,
		    &diagnosis.causes[i]);
	return true;
}

static bool
put_group(struct making *making, size_t cell)
{
	struct psp_series series = psp_series_next(&making->sessions,
	    psp_totals_ids(&making->groups, cell), making->view->plan->n_by,
	    &making->next_session);

	if (!find_trends(making, &series))
		return false;
	for (size_t i = 0; i < making->ratios->n; i++)
		if (!put_ratio(making, cell, i, &series))
			return false;
	return !is_falling(making) || say_diagnosis(making, cell);
}

static bool
take_memory(struct making *making)
{
	size_t n = making->ratios->n + 1;

	making->trends = calloc(n, sizeof(*making->trends));
	making->p = calloc(n, sizeof(*making->p));
	making->p_holm = calloc(n, sizeof(*making->p_holm));
	making->order = calloc(n, sizeof(*making->order));
	return (making->trends != NULL && making->p != NULL
		   && making->p_holm != NULL && making->order != NULL)
	       || psp_error_memory(making->err);
}

static struct psp_report *
make_trend(
    const struct psp_call_view *view, bool *has_findings, struct psp_error *err)
{
	struct making making = {
		.view = view, .ratios = &view->model->ratios, .err = err
	};
	bool is_done;

	(void)has_findings;
	making.report = psp_view_report(view, "prospect-ratios/trend/1",
	    columns, sizeof(columns) / sizeof(columns[0]), err);
	is_done = making.report != NULL && take_memory(&making)
	          && psp_totals_init(&making.groups, view->log, view->plan,
		      GROUPS, SESSIONS, err)
	          && psp_totals_init(&making.sessions, view->log, view->plan,
		      SESSIONS, SIZE_MAX, err);
	for (size_t i = 0; is_done && i < making.groups.n_cells; i++)
		is_done = put_group(&making, making.groups.order[i]);
	psp_totals_clear(&making.groups);
	psp_totals_clear(&making.sessions);
	free(making.trends);
	free(making.p);
	free(making.p_holm);
	free(making.order);
	if (is_done)
		return making.report;
	psp_report_free(making.report);
	return NULL;
}

static void
put_cause(struct psp_report *report, enum psp_cause cause,
    const struct psp_cause_test *test)
{
	static const char *const tests[] = {
		N_("appointment rate by hour of the session"),
		N_("share of companies called for the first time"),
		N_("mix of segments, first and second half"),
		N_("appointment rate where segment, hour and novelty are "
		   "alike"),
	};

	psp_report_term(report, psp_cause_word(cause));
	psp_report_term(report, psp_finding_word(test->finding));
	psp_report_term(report, tests[cause]);
	psp_report_count(report, test->n);
	if (!test->trend.is_known) {
		for (int i = 0; i < 3; i++)
			psp_report_unknown(report);
		return;
	}
	psp_report_rate(report, test->trend.slope);
	psp_report_number(report, test->trend.statistic);
	psp_report_p(report, test->trend.p);
}

static struct psp_report *
make_diagnosis(
    const struct psp_call_view *view, bool *has_findings, struct psp_error *err)
{
	struct psp_report *report = psp_view_report(view,
	    "prospect-ratios/diagnosis/1", diagnosis_columns,
	    sizeof(diagnosis_columns) / sizeof(diagnosis_columns[0]), err);
	struct psp_totals groups = { .log = NULL };
	bool is_done;

	(void)has_findings;
	is_done = report != NULL
	          && psp_totals_init(
		      &groups, view->log, view->plan, GROUPS, SESSIONS, err);
	for (size_t i = 0; is_done && i < groups.n_cells; i++) {
		const uint32_t *ids = psp_totals_ids(&groups, groups.order[i]);
		struct psp_diagnosis diagnosis;

		is_done = psp_diagnose(view->log, view->plan, DIAGNOSIS, ids,
		    view->plan->n_by, &diagnosis, err);
		for (int j = 0; is_done && j < PSP_N_CAUSES; j++) {
			is_done = psp_view_put_by(view, report, ids, err);
			put_cause(
			    report, (enum psp_cause)j, &diagnosis.causes[j]);
		}
	}
	psp_totals_clear(&groups);
	if (is_done)
		return report;
	psp_report_free(report);
	return NULL;
}

const struct psp_call_report psp_trend_report = {
	.name = "trend",
	.plan = plan_trend,
	.make = make_trend,
};

const struct psp_call_report psp_diagnosis_report = {
	.name = "diagnosis",
	.plan = plan_trend,
	.make = make_diagnosis,
};
