/*
 * The report `check`: what is wrong with a log, a line a finding: codes that
 * nobody knows, cells that are not understood, refusals without a reason,
 * sessions that overlap or are too long.
 */
#include <config.h>

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/calls/call_reports.h"
#include "libprospect/values/clock.h"
#include "libprospect/values/date.h"

static const struct psp_report_column columns[] = {
	{ N_("rule"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("what"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("n"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("first_record"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("meaning"), PSP_REPORT_TEXT, PSP_REPORT_PEOPLE, 0 },
};

static const struct {
	const char *rule;
	const char *meaning;
} faults[PSP_N_CALL_FAULTS] = {
	[PSP_FAULT_NO_OUTCOME] = { "outcome_missing",
	    N_("a call without an outcome") },
	[PSP_FAULT_NO_AGENT] = { "agent_missing",
	    N_("a call without an agent") },
	[PSP_FAULT_NO_DATE] = { "date_missing", N_("a time without a date") },
	[PSP_FAULT_DISORDER] = { "date_backwards",
	    N_("an earlier date after a later one: attempts are counted in "
	       "the order of the file") },
	[PSP_FAULT_NO_SESSION] = { "session_missing",
	    N_("a call in no session") },
	[PSP_FAULT_REFUSAL_REASON] = { "refusal_without_reason",
	    N_("a refusal without a reason") },
	[PSP_FAULT_APPOINTMENT_REASON] = { "appointment_without_reason",
	    N_("an appointment without a reason") },
	[PSP_FAULT_OTHER_REASON] = { "reason_unlisted",
	    N_("a reason that the settings do not list") },
	[PSP_FAULT_NO_NEXT_DATE] = { "follow_up_without_date",
	    N_("a follow-up without a date") },
};

static const struct {
	const char *rule;
	const char *meaning;
} unread[PSP_N_UNREAD] = {
	[PSP_UNREAD_DATE] = { "date_unread", N_("a date not understood") },
	[PSP_UNREAD_TIME] = { "time_unread", N_("a time not understood") },
	[PSP_UNREAD_DURATION] = { "duration_unread",
	    N_("a duration not understood") },
	[PSP_UNREAD_NEXT_DATE] = { "next_date_unread",
	    N_("a date to call again that is not understood") },
};

static bool
plan_check(struct psp_log_plan *plan, struct psp_problems *problems)
{
	size_t session = psp_log_plan_dim(plan, PSP_DIM_SESSION);

	if (plan->n_by > 0)
		return psp_problems_add(problems, PSP_EUSAGE, NULL, 0, 0,
		    "the report 'check' looks at all of the log: it has no "
		    "--by");
	plan->parts |= PSP_LOG_CHECKS;
	psp_log_plan_cube(plan, &session, 1, 0);
	return true;
}

/*
 * A finding. Its place is the number of a record, 0 where it is none: a line of
 * a file would not be the same where the log is counted in pieces.
 */
static void
put_finding(struct psp_report *report, const char *rule, struct psp_slice what,
    size_t n, size_t record, const char *meaning)
{
	psp_report_words(report, rule);
	if (what.size > 0)
		psp_report_text(report, what);
	else
		psp_report_unknown(report);
	psp_report_count(report, n);
	if (record > 0)
		psp_report_count(report, record);
	else
		psp_report_unknown(report);
	psp_report_term(report, meaning);
}

/* What was counted, with its first record. */
static void
put_tally(const struct psp_log *log, const struct psp_call_tally *tally,
    const char *rule, const char *meaning, struct psp_report *report)
{
	if (tally->n > 0)
		put_finding(report, rule, log->places.texts[tally->text],
		    tally->n, tally->record, meaning);
}

static bool
put_codes(
    const struct psp_log *log, struct psp_report *report, struct psp_error *err)
{
	const struct psp_call_tally **codes = psp_log_unknown_codes(log, err);

	for (size_t i = 0; codes != NULL && i < log->unknown.n; i++)
		put_tally(log, codes[i], "outcome_unknown",
		    N_("a code that the settings do not know"), report);
	free(codes);
	return codes != NULL;
}

/* What a session is called in a finding: its name and whose, or the day. */
static bool
name_session(const struct psp_log *log, const struct psp_session *session,
    struct psp_buffer *name, struct psp_error *err)
{
	const struct psp_slice *texts = log->symbols.texts;
	char clock[16], day[16];
	int64_t at;

	name->size = 0;
	if (!psp_buffer_slice(name, texts[session->key], err)
	    || (session->key != 0 && !psp_buffer_put(name, ' ', err))
	    || !psp_buffer_slice(name, texts[session->agent], err))
		return false;
	if (session->start == PSP_NO_TIME)
		return true;
	at = session->start % PSP_SECONDS_PER_DAY;
	psp_clock_format(
	    (int32_t)(at < 0 ? at + PSP_SECONDS_PER_DAY : at), clock);
	psp_date_format(session->day, day);
	return psp_buffer_format(name, err, " %s %s", day, clock);
}

/* A finding on a session. */
static bool
put_session(const struct psp_call_view *view, uint32_t id, const char *rule,
    const char *meaning, struct psp_report *report, struct psp_error *err)
{
	struct psp_buffer name;
	bool is_done;

	psp_buffer_init(&name);
	is_done =
	    name_session(view->log, &view->log->sessions.items[id], &name, err);
	if (is_done)
		put_finding(
		    report, rule, psp_buffer_content(&name), 1, 0, meaning);
	psp_buffer_clear(&name);
	return is_done;
}

/* Sessions that are longer than one should be, or overlap the agent's one
 * before. */
static bool
put_sessions(const struct psp_call_view *view, const struct psp_totals *totals,
    struct psp_report *report, struct psp_error *err)
{
	const struct psp_log *log = view->log;
	const struct psp_session *items = log->sessions.items;
	bool is_done = true;
	/* Of each agent the session that ends last so far. */
	uint32_t *latest = calloc(log->symbols.n + 1, sizeof(*latest));

	if (latest == NULL)
		is_done = psp_error_memory(err);
	for (size_t i = 0; is_done && i < totals->n_cells; i++) {
		uint32_t id = psp_totals_ids(totals, totals->order[i])[0];
		const struct psp_session *before;
		uint32_t *last;

		if (id == PSP_NO_SESSION)
			continue;
		if (psp_session_seconds(log, view->plan, id)
		    > view->model->session_length)
			is_done = put_session(view, id, "session_too_long",
			    N_("longer than a session of the settings"), report,
			    err);
		if (items[id].start == PSP_NO_TIME)
			continue;
		last = &latest[items[id].agent];
		before = *last > 0 ? &items[*last - 1] : NULL;
		if (is_done && before != NULL && items[id].start < before->end)
			is_done = put_session(view, id, "session_overlap",
			    N_("begins while another session of the "
			       "agent lasts"),
			    report, err);
		if (before == NULL || items[id].end >= before->end)
			*last = id + 1;
	}
	free(latest);
	return is_done;
}

static bool
fill(const struct psp_call_view *view, const struct psp_totals *totals,
    struct psp_report *report, struct psp_error *err)
{
	const struct psp_log *log = view->log;

	if (!put_codes(log, report, err))
		return false;
	for (size_t i = 0; i < PSP_N_UNREAD; i++)
		put_tally(log, &log->unread[i], unread[i].rule,
		    unread[i].meaning, report);
	for (size_t i = 0; i < PSP_N_CALL_FAULTS; i++)
		put_tally(log, &log->faults[i], faults[i].rule,
		    faults[i].meaning, report);
	return put_sessions(view, totals, report, err);
}

static struct psp_report *
make_check(
    const struct psp_call_view *view, bool *has_findings, struct psp_error *err)
{
	struct psp_report *report =
	    psp_view_make(view, "prospect-ratios/check/1", columns,
		sizeof(columns) / sizeof(columns[0]), 0, SIZE_MAX, fill, err);

	*has_findings = report != NULL && psp_report_n_rows(report) > 0;
	return report;
}

const struct psp_call_report psp_check_report = {
	.name = "check",
	.plan = plan_check,
	.make = make_check,
};
