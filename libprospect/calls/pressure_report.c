/*
 * The report `pressure`: how often each company was called of late, against the
 * limits of the settings; and with --consumers who may not be called at a given
 * moment, and why, in columns that --suppress of prospect-filter reads. With
 * --by a company stands in the group of its last call, with all of its calls.
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
	if (!plan->knows_companies
	    && !psp_call_has(&plan->columns, PSP_CALL_PHONE))
		return psp_call_columns_need(&plan->columns, PSP_CALL_COMPANY,
		    N_("the report 'pressure'"), problems);
	if (!psp_call_columns_need(&plan->columns, PSP_CALL_DATE,
		N_("the report 'pressure'"), problems))
		return false;
	psp_log_plan_cube(plan, NULL, 0, 0);
	plan->parts |= PSP_LOG_TOUCHES;
	return true;
}

struct entry {
	const struct psp_touched *touched;
	struct psp_slice company, phone;
	size_t rank; /* of its group */
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

/* By group; those called most of late first. */
static int
by_pressure(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
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

static bool
put_consumer(const struct psp_call_view *view, const struct entry *entry,
    const uint32_t *ids, struct psp_report *report, struct psp_error *err)
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
		return true;
	if (!psp_view_put_by(view, report, ids, err))
		return false;
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
	return true;
}

/* Companies in order; `ranks` are those of the groups. NULL with PSP_ENOMEM. */
static struct entry *
sort_companies(const struct psp_call_view *view, const size_t *ranks,
    struct psp_error *err)
{
	const struct psp_touches *touches = &view->log->touches;
	const struct psp_slice *texts = view->log->symbols.texts;
	size_t n = touches->keys.n;
	struct entry *entries = calloc(n + 1, sizeof(*entries));

	if (entries == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	for (size_t i = 0; i < n; i++) {
		const struct psp_touched *touched = &touches->items[i];

		entries[i].touched = touched;
		entries[i].company = texts[touched->texts[PSP_TOUCHED_COMPANY]];
		entries[i].phone = texts[touched->texts[PSP_TOUCHED_PHONE]];
		entries[i].rank = ranks[touched->group];
	}
	if (n > 1)
		qsort(entries, n, sizeof(*entries), by_pressure);
	return entries;
}

static void
put_remarks(
    const struct psp_call_view *view, size_t n_over, struct psp_report *report)
{
	const struct psp_touches *touches = &view->log->touches;

	if (n_over > 0)
		psp_report_remark(report,
		    "%zu of %zu were called more than %lld times in %d days",
		    n_over, touches->keys.n,
		    (long long)view->model->pressure.max,
		    (int)view->model->pressure.days);
	if (touches->n_unknown > 0)
		psp_report_remark(report,
		    "%zu calls of nobody known are left out",
		    touches->n_unknown);
}

static bool
fill(const struct psp_call_view *view, const struct psp_totals *groups,
    struct psp_report *report, struct psp_error *err)
{
	size_t *ranks = psp_totals_ranks(groups, err);
	struct entry *entries =
	    ranks != NULL ? sort_companies(view, ranks, err) : NULL;
	bool is_done = entries != NULL;
	size_t n_over = 0;

	for (size_t i = 0; is_done && i < view->log->touches.keys.n; i++) {
		const uint32_t *ids =
		    psp_totals_ids(groups, entries[i].touched->group);

		if (view->options->for_consumers) {
			is_done =
			    put_consumer(view, &entries[i], ids, report, err);
			continue;
		}
		is_done = psp_view_put_by(view, report, ids, err);
		if (is_done)
			n_over += put_company(view, &entries[i], report);
	}
	if (is_done)
		put_remarks(view, n_over, report);
	free(entries);
	free(ranks);
	return is_done;
}

static struct psp_report *
make_pressure(
    const struct psp_call_view *view, bool *has_findings, struct psp_error *err)
{
	(void)has_findings;
	if (view->options->for_consumers)
		return psp_view_make(view, "prospect-ratios/consumers/1",
		    consumer_columns,
		    sizeof(consumer_columns) / sizeof(consumer_columns[0]), 0,
		    SIZE_MAX, fill, err);
	return psp_view_make(view, "prospect-ratios/pressure/1", columns,
	    sizeof(columns) / sizeof(columns[0]), 0, SIZE_MAX, fill, err);
}

const struct psp_call_report psp_pressure_report = {
	.name = "pressure",
	.uses_today = true,
	.plan = plan_pressure,
	.make = make_pressure,
};
