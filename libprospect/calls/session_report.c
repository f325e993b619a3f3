/* The report `sessions`: a row a session, with its ratios. */
#include <config.h>

#include "libprospect/base/catalog.h"
#include "libprospect/calls/call_reports.h"
#include "libprospect/values/clock.h"

enum { SESSIONS, SECONDS_PER_HOUR = 3600 };

static const struct psp_report_column columns[] = {
	{ N_("session"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("agent"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("date"), PSP_REPORT_DAY, PSP_REPORT_ALL, 0 },
	{ N_("start"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("end"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("hours"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 2 },
	{ N_("calls"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("reached"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("decision_makers"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("pitched"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("appointments"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("refusals"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("callbacks"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("calls_per_hour"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 4 },
	{ N_("pitches_per_hour"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 4 },
	{ N_("appointment_rate"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	PSP_REPORT_INTERVAL_OF(PSP_REPORT_RATE, 0),
	{ N_("bar"), PSP_REPORT_BAR, PSP_REPORT_PEOPLE, 0 },
};

/* The unit in which a ratio is counted, that of calls without one. */
static enum psp_unit
unit_of(const struct psp_ratios *ratios, const char *name)
{
	const struct psp_ratio *ratio =
	    psp_ratios_find(ratios, psp_slice_of(name));

	return ratio != NULL ? ratio->unit : PSP_UNIT_CALL;
}

static bool
plan_sessions(struct psp_log_plan *plan, struct psp_problems *problems)
{
	size_t session = psp_log_plan_dim(plan, PSP_DIM_SESSION);
	const struct psp_ratios *ratios = &plan->model->ratios;
	unsigned units = (1U << unit_of(ratios, "appointment_rate")
			     | 1U << unit_of(ratios, "pitches_per_hour"))
	                 & psp_log_plan_units(plan);

	if (plan->mode == PSP_SESSIONS_NONE)
		return psp_problems_add(problems, PSP_ESETTINGS, NULL, 0, 0,
		    "sessions need a column 'session' or 'date', or a file of "
		    "them with --sessions; where the header calls it otherwise "
		    "say columns: {date: HEADER}");
	psp_log_plan_cube(plan, &session, 1, units);
	return true;
}

static void
put_moment(struct psp_report *report, int64_t at)
{
	char text[16];

	if (at == PSP_NO_TIME) {
		psp_report_unknown(report);
		return;
	}
	/* Seconds before 1970 count from the midnight before. */
	at %= PSP_SECONDS_PER_DAY;
	if (at < 0)
		at += PSP_SECONDS_PER_DAY;
	psp_clock_format((int32_t)at, text);
	psp_report_words(report, text);
}

static void
put_session(const struct psp_call_view *view, struct psp_report *report,
    const struct psp_session *session)
{
	const struct psp_slice *texts = view->log->symbols.texts;

	if (session->key != 0)
		psp_report_text(report, texts[session->key]);
	else
		psp_report_unknown(report);
	if (session->agent != 0)
		psp_report_text(report, texts[session->agent]);
	else
		psp_report_unknown(report);
	if (session->day != PSP_NO_DAY)
		psp_report_day(report, session->day);
	else
		psp_report_unknown(report);
	put_moment(report, session->start);
	put_moment(report, session->end);
}

static void
put_level(const struct psp_totals *totals, size_t cell, const char *name,
    struct psp_report *report)
{
	const struct psp_ratios *ratios = &totals->plan->model->ratios;
	const struct psp_ratio *ratio =
	    psp_ratios_find(ratios, psp_slice_of(name));

	psp_report_number(report,
	    psp_fraction_value(ratio, psp_totals_fraction(totals, cell,
					  (size_t)(ratio - ratios->items))));
}

static bool
put_row(const struct psp_call_view *view, const struct psp_totals *totals,
    size_t cell, struct psp_report *report, struct psp_error *err)
{
	const struct psp_ratios *ratios = &view->model->ratios;
	const struct psp_ratio *rate =
	    psp_ratios_find(ratios, psp_slice_of("appointment_rate"));
	const struct psp_fraction *fraction =
	    psp_totals_fraction(totals, cell, (size_t)(rate - ratios->items));
	const uint32_t *ids = psp_totals_ids(totals, cell);
	uint32_t session = ids[view->plan->n_by];
	static const enum psp_mark of_calls[] = { PSP_MARK_CALL,
		PSP_MARK_REACHED_PERSON, PSP_MARK_DM };
	static const enum psp_mark of_units[] = { PSP_MARK_PITCHED,
		PSP_MARK_APPOINTMENT, PSP_MARK_REFUSAL };

	if (session == PSP_NO_SESSION)
		return true;
	if (!psp_view_put_by(view, report, ids, err))
		return false;
	put_session(view, report, &view->log->sessions.items[session]);
	psp_report_number(
	    report, (double)totals->seconds[cell] / SECONDS_PER_HOUR);
	for (size_t i = 0; i < sizeof(of_calls) / sizeof(of_calls[0]); i++)
		psp_report_count(report, psp_totals_marked(totals, cell,
					     PSP_UNIT_CALL, of_calls[i]));
	for (size_t i = 0; i < sizeof(of_units) / sizeof(of_units[0]); i++)
		psp_report_count(report,
		    psp_totals_marked(totals, cell, rate->unit, of_units[i]));
	psp_report_count(report,
	    psp_totals_marked(totals, cell, PSP_UNIT_CALL, PSP_MARK_CALLBACK));
	put_level(totals, cell, "calls_per_hour", report);
	put_level(totals, cell, "pitches_per_hour", report);
	psp_view_put_share(report, fraction->num, fraction->den);
	psp_report_bar(report, psp_fraction_value(rate, fraction));
	return true;
}

static bool
fill(const struct psp_call_view *view, const struct psp_totals *totals,
    struct psp_report *report, struct psp_error *err)
{
	for (size_t i = 0; i < totals->n_cells; i++)
		if (!put_row(view, totals, totals->order[i], report, err))
			return false;
	return true;
}

static struct psp_report *
make_sessions(
    const struct psp_call_view *view, bool *has_findings, struct psp_error *err)
{
	(void)has_findings;
	return psp_view_make(view, "prospect-ratios/sessions/1", columns,
	    sizeof(columns) / sizeof(columns[0]), SESSIONS, SIZE_MAX, fill,
	    err);
}

const struct psp_call_report psp_sessions_report = {
	.name = "sessions",
	.plan = plan_sessions,
	.make = make_sessions,
};
