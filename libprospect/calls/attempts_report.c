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
	if (!plan->knows_persons)
		return psp_call_columns_need(&plan->columns, PSP_CALL_COMPANY,
		    N_("the report 'attempts'"), problems);
	psp_log_plan_cube(plan, NULL, 0, 0);
	plan->parts |= PSP_LOG_ATTEMPTS;
	return true;
}

/* The attempts of the persons of each group, by their number: attempt k of a
 * group stands at group * n_rows + k - 1. */
struct table {
	size_t *tried, *reached;
	size_t n_rows;
};

static bool
count_attempts(struct table *table, const struct psp_people *people,
    size_t n_groups, struct psp_error *err)
{
	for (size_t i = 0; i < people->keys.n; i++)
		if (people->items[i].attempts.n > table->n_rows)
			table->n_rows = people->items[i].attempts.n;
	if (table->n_rows > MOST_ROWS)
		table->n_rows = MOST_ROWS;
	table->tried =
	    calloc(n_groups * table->n_rows + 1, sizeof(*table->tried));
	table->reached =
	    calloc(n_groups * table->n_rows + 1, sizeof(*table->reached));
	if (table->tried == NULL || table->reached == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < people->keys.n; i++) {
		const struct psp_attempts *attempts =
		    &people->items[i].attempts;
		size_t group = psp_keys_get(&people->keys, i)[0];
		size_t first = group * table->n_rows;

		for (size_t k = 0; k < attempts->n && k < table->n_rows; k++)
			table->tried[first + k]++;
		if (attempts->is_reached && attempts->n <= table->n_rows)
			table->reached[first + attempts->n - 1]++;
	}
	return true;
}

/* The rows of a group. */
static bool
put_group(const struct psp_call_view *view, const uint32_t *ids,
    const size_t *tried, const size_t *reached, size_t n,
    struct psp_report *report, struct psp_error *err)
{
	const char *group = psp_view_group(view, ids, err);
	double unreached = 1, calls = 0, best = 0;
	size_t best_attempt = 0;

	for (size_t k = 0; group != NULL && k < n && tried[k] > 0; k++) {
		double rate = (double)reached[k] / (double)tried[k];
		double per_call;

		calls += unreached;
		unreached *= 1 - rate;
		per_call = (1 - unreached) / calls;
		if (!psp_view_put_by(view, report, ids, err))
			return false;
		psp_report_count(report, k + 1);
		psp_report_count(report, tried[k]);
		psp_report_count(report, reached[k]);
		psp_view_put_share(report, reached[k], tried[k]);
		psp_report_bar(report, rate);
		psp_report_rate(report, 1 - unreached);
		psp_report_rate(report, per_call);
		if (per_call > best && tried[k] >= LEAST_FOR_BEST) {
			best = per_call;
			best_attempt = k + 1;
		}
	}
	if (best_attempt > 0)
		psp_report_remark(report,
		    "%smost decision makers reached for a call when one stops "
		    "after attempt %zu and takes a fresh name (%.2f %%)",
		    group, best_attempt, best * 100);
	return group != NULL;
}

static bool
fill(const struct psp_call_view *view, const struct psp_totals *groups,
    struct psp_report *report, struct psp_error *err)
{
	const struct psp_people *people = &view->log->people;
	struct table table = { NULL, NULL, 0 };
	bool is_done = count_attempts(&table, people, groups->n_cells, err);

	for (size_t i = 0; is_done && i < groups->n_cells; i++) {
		size_t first = groups->order[i] * table.n_rows;

		is_done =
		    put_group(view, psp_totals_ids(groups, groups->order[i]),
			table.tried + first, table.reached + first,
			table.n_rows, report, err);
	}
	if (is_done && people->n_unknown > 0)
		psp_report_remark(report,
		    "%zu calls of nobody known are left out",
		    people->n_unknown);
	free(table.tried);
	free(table.reached);
	return is_done;
}

static struct psp_report *
make_attempts(
    const struct psp_call_view *view, bool *has_findings, struct psp_error *err)
{
	(void)has_findings;
	return psp_view_make(view, "prospect-ratios/attempts/1", columns,
	    sizeof(columns) / sizeof(columns[0]), 0, SIZE_MAX, fill, err);
}

const struct psp_call_report psp_attempts_report = {
	.name = "attempts",
	.plan = plan_attempts,
	.make = make_attempts,
};
