/*
 * The report `attempts`: the chance to reach the decision maker at the k-th
 * attempt, h(k) = reached at k / still unreached and tried k times (the life
 * table of Cutler and Ederer 1958), and after how many attempts a fresh name
 * is the better call: where decision makers reached per call are most.
 */
#include <config.h>

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/calls/call_reports.h"

enum { MOST_ROWS = 50, LEAST_FOR_BEST = 20 };

static const struct psp_report_column columns[] = {
	{ N_("attempt"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("tried"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("reached"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("rate"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	PSP_REPORT_INTERVAL_OF(PSP_REPORT_RATE, 0),
	{ N_("bar"), PSP_REPORT_BAR, PSP_REPORT_PEOPLE, 0 },
	{ N_("cumulated"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	{ N_("reached_per_call"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
};

static bool
plan_attempts(struct psp_log_plan *plan, struct psp_problems *problems)
{
	if (plan->n_by > 0)
		return psp_problems_add(problems, PSP_EUSAGE, NULL, 0, 0,
		    "the report 'attempts' follows persons over all of the "
		    "log: it has no --by");
	if (!plan->knows_persons)
		return psp_call_columns_need(&plan->columns, PSP_CALL_COMPANY,
		    N_("the report 'attempts'"), problems);
	plan->parts |= PSP_LOG_ATTEMPTS;
	return true;
}

/* The attempts of all persons, by their number. */
struct table {
	size_t *tried, *reached;
	size_t n; /* rows; attempt k stands at k - 1 */
};

static bool
count_attempts(
    struct table *table, const struct psp_people *people, struct psp_error *err)
{
	for (size_t i = 0; i < people->keys.n; i++)
		if (people->items[i].attempts.n > table->n)
			table->n = people->items[i].attempts.n;
	if (table->n > MOST_ROWS)
		table->n = MOST_ROWS;
	table->tried = calloc(table->n + 1, sizeof(*table->tried));
	table->reached = calloc(table->n + 1, sizeof(*table->reached));
	if (table->tried == NULL || table->reached == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < people->keys.n; i++) {
		const struct psp_attempts *attempts =
		    &people->items[i].attempts;

		for (size_t k = 0; k < attempts->n && k < table->n; k++)
			table->tried[k]++;
		if (attempts->is_reached && attempts->n <= table->n)
			table->reached[attempts->n - 1]++;
	}
	return true;
}

static void
fill(const struct table *table, struct psp_report *report)
{
	double unreached = 1, calls = 0, best = 0;
	size_t best_attempt = 0;

	for (size_t k = 0; k < table->n; k++) {
		double rate =
		    (double)table->reached[k] / (double)table->tried[k];
		double per_call;

		calls += unreached;
		unreached *= 1 - rate;
		per_call = (1 - unreached) / calls;
		psp_report_count(report, k + 1);
		psp_report_count(report, table->tried[k]);
		psp_report_count(report, table->reached[k]);
		psp_view_put_share(report, table->reached[k], table->tried[k]);
		psp_report_bar(report, rate);
		psp_report_rate(report, 1 - unreached);
		psp_report_rate(report, per_call);
		if (per_call > best && table->tried[k] >= LEAST_FOR_BEST) {
			best = per_call;
			best_attempt = k + 1;
		}
	}
	if (best_attempt > 0)
		psp_report_remark(report,
		    "most decision makers reached for a call when one stops "
		    "after attempt %zu and takes a fresh name (%.2f %%)",
		    best_attempt, best * 100);
}

static struct psp_report *
make_attempts(
    const struct psp_call_view *view, bool *has_findings, struct psp_error *err)
{
	struct psp_report *report =
	    psp_view_report(view, "prospect-ratios/attempts/1", columns,
		sizeof(columns) / sizeof(columns[0]), err);
	struct table table = { NULL, NULL, 0 };
	bool is_done;

	(void)has_findings;
	is_done =
	    report != NULL && count_attempts(&table, &view->log->people, err);
	if (is_done) {
		fill(&table, report);
		if (view->log->people.n_unknown > 0)
			psp_report_remark(report,
			    "%zu calls of nobody known are left out",
			    view->log->people.n_unknown);
	}
	free(table.tried);
	free(table.reached);
	if (is_done)
		return report;
	psp_report_free(report);
	return NULL;
}

const struct psp_call_report psp_attempts_report = {
	.name = "attempts",
	.plan = plan_attempts,
	.make = make_attempts,
};
