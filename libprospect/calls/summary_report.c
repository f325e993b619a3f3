/*
 * The report `summary`: every ratio with its numerator, denominator, interval,
 * target and trend, and the advice that follows. With --by each group is
 * compared with all the others together.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/calls/call_reports.h"
#include "libprospect/calls/series.h"

enum { GROUPS, SESSIONS, MOST_IN_CURVE = 16 };

static const struct psp_report_column columns[] = {
	{ N_("ratio"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("unit"), PSP_REPORT_TEXT, PSP_REPORT_PROGRAMS, 0 },
	PSP_RATIO_COLUMNS,
	{ N_("target"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 4 },
	{ N_("verdict"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("trend"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("curve"), PSP_REPORT_SPARK, PSP_REPORT_PEOPLE, 0 },
	{ N_("advice"), PSP_REPORT_TEXT, PSP_REPORT_PROGRAMS, 0 },
	/* With --by only: */
	{ N_("difference"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 4 },
	{ "difference_low", PSP_REPORT_NUMBER, PSP_REPORT_PROGRAMS, 4 },
	{ "difference_high", PSP_REPORT_NUMBER, PSP_REPORT_PROGRAMS, 4 },
	{ N_("p"), PSP_REPORT_P, PSP_REPORT_PROGRAMS, 0 },
	{ N_("p_holm"), PSP_REPORT_P, PSP_REPORT_ALL, 0 },
};
enum {
	N_COLUMNS = sizeof(columns) / sizeof(columns[0]),
	N_COMPARING = 5 /* the last of them */
};

static bool
plan_summary(struct psp_log_plan *plan, struct psp_problems *problems)
{
	size_t session = psp_log_plan_dim(plan, PSP_DIM_SESSION);

	(void)problems;
	psp_log_plan_cube(plan, NULL, 0, psp_log_plan_units(plan));
	psp_log_plan_cube(plan, &session, 1, psp_log_plan_units(plan));
	return true;
}

/* The report being made. */
struct making {
	const struct psp_call_view *view;
	const struct psp_ratios *ratios;
	struct psp_report *report;
	struct psp_totals groups, sessions;
	size_t next_session;
	struct psp_fraction *all; /* by ratio: all groups together */
	double *p;                /* by group and ratio, against all others */
	double *p_holm;           /* the same, corrected over the groups */
	struct psp_error *err;
};

/* What the group of `cell` is compared with: all other groups together. */
static struct psp_fraction
others(const struct making *making, size_t cell, size_t ratio)
{
	const struct psp_fraction *own =
	    psp_totals_fraction(&making->groups, cell, ratio);
	struct psp_fraction rest = making->all[ratio];

	rest.num -= own->num;
	rest.den -= own->den;
	return rest;
}

/* The p-values of all groups, corrected ratio by ratio. */
static bool
compare(struct making *making)
{
	size_t n = making->groups.n_cells, n_ratios = making->ratios->n;
	double *p = calloc(2 * n + 1, sizeof(*p));
	size_t *order = calloc(n + 1, sizeof(*order));
	bool is_done = p != NULL && order != NULL;

	making->p = calloc(n * n_ratios + 1, sizeof(*making->p));
	making->p_holm = calloc(n * n_ratios + 1, sizeof(*making->p_holm));
	making->all = calloc(n_ratios + 1, sizeof(*making->all));
	is_done = is_done && making->p != NULL && making->p_holm != NULL
	          && making->all != NULL;
	for (size_t i = 0; is_done && i < n * n_ratios; i++) {
		making->all[i % n_ratios].num +=
		    making->groups.fractions[i].num;
		making->all[i % n_ratios].den +=
		    making->groups.fractions[i].den;
	}
	for (size_t i = 0; is_done && i < n_ratios; i++) {
		for (size_t j = 0; j < n; j++) {
			const struct psp_fraction *own =
			    psp_totals_fraction(&making->groups, j, i);
			struct psp_fraction rest = others(making, j, i);

			p[j] = psp_two_rates(
			    own->num, own->den, rest.num, rest.den);
			making->p[j * n_ratios + i] = p[j];
		}
		psp_holm(p, n, order, p + n);
		for (size_t j = 0; j < n; j++)
			making->p_holm[j * n_ratios + i] = p[n + j];
	}
	free(p);
	free(order);
	return is_done || psp_error_memory(making->err);
}

static void
put_comparison(struct making *making, size_t cell, size_t ratio)
{
	const struct psp_fraction *own =
	    psp_totals_fraction(&making->groups, cell, ratio);
	struct psp_fraction rest = others(making, cell, ratio);
	struct psp_interval interval =
	    psp_newcombe(own->num, own->den, rest.num, rest.den);
	struct psp_report *report = making->report;
	size_t at = cell * making->ratios->n + ratio;

	if (making->ratios->items[ratio].per != PSP_PER_MARK
	    || !interval.is_known) {
		for (int i = 0; i < N_COMPARING; i++)
			psp_report_unknown(report);
		return;
	}
	psp_report_rate(report, (double)own->num / (double)own->den
				    - (double)rest.num / (double)rest.den);
	psp_report_rate(report, interval.low);
	psp_report_rate(report, interval.high);
	psp_report_p(report, making->p[at]);
	psp_report_p(report, making->p_holm[at]);
}

static void
put_verdict(struct psp_report *report, const struct psp_ratio *ratio,
    const struct psp_fraction *fraction)
{
	struct psp_interval interval = psp_ratio_interval(ratio, fraction);
	double target = (double)ratio->target / 1000000;

	if (!ratio->has_target) {
		psp_report_unknown(report);
		psp_report_unknown(report);
		return;
	}
	if (ratio->per == PSP_PER_MARK)
		psp_report_rate(report, target);
	else
		psp_report_number(report, target);
	if (!interval.is_known)
		psp_report_unknown(report);
	else if (interval.low > target)
		psp_report_term(report, N_("above"));
	else if (interval.high < target)
		psp_report_term(report, N_("below"));
	else
		psp_report_term(report, N_("cannot tell"));
}

/* The last sessions, drawn. */
static bool
put_curve(struct making *making, const struct psp_series *series, size_t ratio)
{
	struct psp_series last = *series;
	double values[MOST_IN_CURVE];

	if (last.to - last.from > MOST_IN_CURVE)
		last.from = last.to - MOST_IN_CURVE;
	psp_series_values(&last, ratio, values);
	if (last.to - last.from > 1)
		psp_report_spark(making->report, values, last.to - last.from);
	else
		psp_report_unknown(making->report);
	return true;
}

/* The codes of the advice that stands with this ratio. */
static bool
put_advice(struct making *making, size_t ratio, const bool *holds)
{
	const struct psp_advice *advice = &making->view->model->advice;
	struct psp_buffer codes;
	bool is_done = true;

	psp_buffer_init(&codes);
	for (size_t i = 0; i < advice->n; i++) {
		if (!holds[i]
		    || psp_advice_ratio(advice, making->ratios, i) != ratio)
			continue;
		for (size_t j = 0; is_done && j < advice->rules[i].say.n; j++)
			is_done =
			    (codes.size == 0
				|| psp_buffer_append(
				    &codes, "; ", 2, making->err))
			    && psp_buffer_slice(&codes,
				advice->rules[i].say.items[j], making->err);
	}
	if (codes.size > 0)
		psp_report_text(making->report, psp_buffer_content(&codes));
	else
		psp_report_unknown(making->report);
	psp_buffer_clear(&codes);
	return is_done;
}

/* The sentences of the advice that holds, below the table. */
static bool
say_advice(struct making *making, size_t cell, const bool *holds)
{
	const struct psp_advice *advice = &making->view->model->advice;
	const char *group = psp_view_group(
	    making->view, psp_totals_ids(&making->groups, cell), making->err);

	if (group == NULL)
		return false;
	for (size_t i = 0; i < advice->n; i++) {
		size_t ratio = psp_advice_ratio(advice, making->ratios, i);
		struct psp_slice name = ratio != SIZE_MAX
		                            ? making->ratios->items[ratio].name
		                            : psp_slice("", 0);

		for (size_t j = 0; holds[i] && j < advice->rules[i].say.n;
		     j++) {
			struct psp_slice code = advice->rules[i].say.items[j];
			const char *phrase = psp_phrase(code);
			struct psp_slice text =
			    phrase != NULL ? psp_slice_of(phrase) : code;

			psp_report_remark(making->report, "%s%.*s%s%.*s", group,
			    PSP_SLICE_ARGS(name), name.size > 0 ? ": " : "",
			    PSP_SLICE_ARGS(text));
		}
	}
	return true;
}

/* Asks every advice about a group. */
static bool
ask_advice(struct making *making, size_t cell,
    const enum psp_direction *directions, const struct psp_series *series,
    bool *holds)
{
	struct psp_advice *advice = &making->view->model->advice;
	const struct psp_advice_facts facts = {
		.fractions = psp_totals_fraction(&making->groups, cell, 0),
		.directions = directions,
		.n_sessions = series->to - series->from,
		.n_calls = psp_totals_marked(
		    &making->groups, cell, PSP_UNIT_CALL, PSP_MARK_CALL)
	};

	for (size_t i = 0; i < advice->n; i++)
		if (!psp_advice_holds(advice, making->ratios, i, &facts,
			&holds[i], making->err))
			return false;
	return true;
}

/* Whether the ratio can be computed from the columns that there are. */
static bool
is_possible(const struct psp_call_view *view, const struct psp_ratio *ratio)
{
	return ratio->unit != PSP_UNIT_COMPANY || view->plan->knows_companies;
}

static bool
put_ratio(struct making *making, size_t cell, size_t ratio,
    const struct psp_series *series, enum psp_direction direction,
    const bool *holds)
{
	const struct psp_ratio *of = &making->ratios->items[ratio];
	const struct psp_fraction *fraction =
	    psp_totals_fraction(&making->groups, cell, ratio);
	struct psp_report *report = making->report;

	if (!psp_view_put_by(making->view, report,
		psp_totals_ids(&making->groups, cell), making->err))
		return false;
	psp_report_text(report, of->name);
	psp_report_words(report, psp_unit_names[of->unit]);
	psp_view_put_ratio(report, of, fraction);
	put_verdict(report, of, fraction);
	psp_report_term(report, psp_direction_word(direction));
	if (!put_curve(making, series, ratio)
	    || !put_advice(making, ratio, holds))
		return false;
	if (making->view->plan->n_by > 0)
		put_comparison(making, cell, ratio);
	return true;
}

static bool
put_group(struct making *making, size_t cell, enum psp_direction *directions,
    bool *holds)
{
	struct psp_series series = psp_series_next(&making->sessions,
	    psp_totals_ids(&making->groups, cell), making->view->plan->n_by,
	    &making->next_session);

	for (size_t i = 0; i < making->ratios->n; i++) {
		struct psp_trend trend;

		if (!psp_series_trend(&series, i, &trend, making->err))
			return false;
		directions[i] = psp_trend_direction(&trend);
	}
	if (!ask_advice(making, cell, directions, &series, holds))
		return false;
	for (size_t i = 0; i < making->ratios->n; i++)
		if (is_possible(making->view, &making->ratios->items[i])
		    && !put_ratio(
			making, cell, i, &series, directions[i], holds))
			return false;
	return say_advice(making, cell, holds);
}

static bool
put_groups(struct making *making)
{
	enum psp_direction *directions =
	    calloc(making->ratios->n + 1, sizeof(*directions));
	bool *holds = calloc(making->view->model->advice.n + 1, sizeof(*holds));
	bool is_done = directions != NULL && holds != NULL;

	if (!is_done)
		psp_error_memory(making->err);
	for (size_t i = 0; is_done && i < making->groups.n_cells; i++)
		is_done = put_group(
		    making, making->groups.order[i], directions, holds);
	free(directions);
	free(holds);
	return is_done;
}

static struct psp_report *
make_summary(
    const struct psp_call_view *view, bool *has_findings, struct psp_error *err)
{
	struct making making = {
		.view = view, .ratios = &view->model->ratios, .err = err
	};
	bool is_done;

	(void)has_findings;
	is_done = psp_totals_init(&making.groups, view->log, view->plan, GROUPS,
		      SESSIONS, err)
	          && psp_totals_init(&making.sessions, view->log, view->plan,
		      SESSIONS, SIZE_MAX, err);
	making.report =
	    is_done ? psp_view_report(view, "prospect-ratios/summary/1",
		columns,
		view->plan->n_by > 0 ? N_COLUMNS : N_COLUMNS - N_COMPARING, err)
		    : NULL;
	is_done =
	    making.report != NULL && compare(&making) && put_groups(&making);
	psp_totals_clear(&making.groups);
	psp_totals_clear(&making.sessions);
	free(making.all);
	free(making.p);
	free(making.p_holm);
	if (is_done)
		return making.report;
	psp_report_free(making.report);
	return NULL;
}

const struct psp_call_report psp_summary_report = {
	.name = "summary",
	.plan = plan_summary,
	.make = make_summary,
};
