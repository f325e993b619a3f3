/*
 * The report `pressure`: how often each company was called of late, against the
 * limits of the settings; and with --consumers who may not be called at a given
 * moment, and why, in columns that --suppress of prospect-filter reads.
 */
#include <config.h>

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/calls/call_reports.h"
#include "libprospect/calls/consumers.h"

static const struct psp_report_column columns[] = {
	{ N_("company"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("calls"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("recent"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("days"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("min"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("max"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("verdict"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("last_call"), PSP_REPORT_DAY, PSP_REPORT_ALL, 0 },
	{ N_("bar"), PSP_REPORT_BAR, PSP_REPORT_PEOPLE, 0 },
};

static const struct psp_report_column consumer_columns[] = {
	{ "siren", PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ "phone", PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("company"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("forbidden"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("recent"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("last_call"), PSP_REPORT_DAY, PSP_REPORT_ALL, 0 },
	{ N_("refused"), PSP_REPORT_DAY, PSP_REPORT_ALL, 0 },
};

static bool
plan_pressure(struct psp_log_plan *plan, struct psp_problems *problems)
{
	if (plan->n_by > 0)
		return psp_problems_add(problems, PSP_EUSAGE, NULL, 0, 0,
		    "the report 'pressure' lists companies: it has no --by");
	if (!plan->knows_companies
	    && !psp_call_has(&plan->columns, PSP_CALL_PHONE))
		return psp_call_columns_need(&plan->columns, PSP_CALL_COMPANY,
		    N_("the report 'pressure'"), problems);
	if (!psp_call_columns_need(&plan->columns, PSP_CALL_DATE,
		N_("the report 'pressure'"), problems))
		return false;
	plan->parts |= PSP_LOG_TOUCHES;
	return true;
}

struct entry {
	const struct psp_touched *touched;
	struct psp_slice company, phone;
};

static int
compare(struct psp_slice a, struct psp_slice b)
{
	size_t size = a.size < b.size ? a.size : b.size;
	int order = size > 0 ? memcmp(a.bytes, b.bytes, size) : 0;

	if (order != 0)
		return order;
	return (a.size > b.size) - (a.size < b.size);
}

/* Those called most of late first. */
static int
by_pressure(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order;

	if (x->touched->n_recent != y->touched->n_recent)
		return x->touched->n_recent < y->touched->n_recent ? 1 : -1;
	if (x->touched->n_calls != y->touched->n_calls)
		return x->touched->n_calls < y->touched->n_calls ? 1 : -1;
	order = compare(x->company, y->company);
	return order != 0 ? order : compare(x->phone, y->phone);
}

static void
put_text(struct psp_report *report, struct psp_slice text)
{
	if (text.size > 0)
		psp_report_text(report, text);
	else
		psp_report_unknown(report);
}

static void
put_day(struct psp_report *report, int32_t day)
{
	if (day != PSP_NO_DAY)
		psp_report_day(report, day);
	else
		psp_report_unknown(report);
}

/* A company against the limits; whether it is over them. */
static bool
put_company(const struct psp_call_view *view, const struct entry *entry,
    struct psp_report *report)
{
	const struct psp_pressure_rule *rule = &view->model->pressure;
	size_t n = entry->touched->n_recent;
	bool is_over = n > (size_t)rule->max;

	put_text(
	    report, entry->company.size > 0 ? entry->company : entry->phone);
	psp_report_count(report, entry->touched->n_calls);
	psp_report_count(report, n);
	psp_report_count(report, (size_t)rule->days);
	psp_report_count(report, (size_t)rule->min);
	psp_report_count(report, (size_t)rule->max);
	psp_report_term(report, is_over                 ? N_("over")
				: n < (size_t)rule->min ? N_("under")
							: N_("within"));
	put_day(report, entry->touched->last);
	psp_report_bar(
	    report, rule->max > 0 ? (double)n / (2 * (double)rule->max) : 1);
	return is_over;
}

/* Whether a text is a SIREN or SIRET as it stands: digits and blanks. */
static bool
is_number(struct psp_slice text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.size; i++) {
		if (text.bytes[i] == ' ')
			continue;
		if (text.bytes[i] < '0' || text.bytes[i] > '9')
			return false;
		n++;
	}
	return n == 9 || n == 14;
}

static void
put_consumer(const struct psp_call_view *view, const struct entry *entry,
    struct psp_report *report)
{
	const struct psp_touched *touched = entry->touched;
	const struct psp_slice *texts = view->log->symbols.texts;
	const struct psp_consumer_call call = {
		.at = psp_local_time(view->options->at,
		    texts[touched->texts[PSP_TOUCHED_DEPARTMENT]]),
		.consent = psp_consent_read(
		    texts[touched->texts[PSP_TOUCHED_CONSENT]]),
		.n_recent = touched->n_recent,
		.refused = touched->refused,
		.has_stop = touched->has_stop
	};
	const char *why = psp_consumer_forbids(&call);

	if (why == NULL)
		return;
	if (is_number(entry->company)) {
		psp_report_text(report, entry->company);
		put_text(report, entry->phone);
		psp_report_unknown(report);
	} else {
		psp_report_unknown(report);
		put_text(report, entry->phone);
		put_text(report, entry->company);
	}
	psp_report_term(report, why);
	psp_report_count(report, touched->n_recent);
	put_day(report, touched->last);
	put_day(report, touched->refused);
}

static void
fill(const struct psp_call_view *view, const struct entry *entries, size_t n,
    struct psp_report *report)
{
	size_t n_over = 0;

	for (size_t i = 0; i < n; i++) {
		if (view->options->for_consumers)
			put_consumer(view, &entries[i], report);
		else
			n_over += put_company(view, &entries[i], report);
	}
	if (n_over > 0)
		psp_report_remark(report,
		    "%zu of %zu were called more than %lld times in %d days",
		    n_over, n, (long long)view->model->pressure.max,
		    (int)view->model->pressure.days);
	if (view->log->touches.n_unknown > 0)
		psp_report_remark(report,
		    "%zu calls of nobody known are left out",
		    view->log->touches.n_unknown);
}

static struct psp_report *
make_pressure(
    const struct psp_call_view *view, bool *has_findings, struct psp_error *err)
{
	const struct psp_touches *touches = &view->log->touches;
	const struct psp_slice *texts = view->log->symbols.texts;
	bool is_law = view->options->for_consumers;
	size_t n = touches->keys.n;
	struct entry *entries = calloc(n + 1, sizeof(*entries));
	struct psp_report *report;

	(void)has_findings;
	if (entries == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	report =
	    is_law ? psp_view_report(view, "prospect-ratios/consumers/1",
		consumer_columns,
		sizeof(consumer_columns) / sizeof(consumer_columns[0]), err)
		   : psp_view_report(view, "prospect-ratios/pressure/1",
		       columns, sizeof(columns) / sizeof(columns[0]), err);
	for (size_t i = 0; i < n; i++) {
		entries[i].touched = &touches->items[i];
		entries[i].company =
		    texts[touches->items[i].texts[PSP_TOUCHED_COMPANY]];
		entries[i].phone =
		    texts[touches->items[i].texts[PSP_TOUCHED_PHONE]];
	}
	if (n > 1)
		qsort(entries, n, sizeof(*entries), by_pressure);
	if (report != NULL)
		fill(view, entries, n, report);
	free(entries);
	return report;
}

const struct psp_call_report psp_pressure_report = {
	.name = "pressure",
	.uses_today = true,
	.plan = plan_pressure,
	.make = make_pressure,
};
