/*
 * The reports on a call log. Each says what has to be counted for it, and makes
 * of the finished log a report for people and programs.
 */
#ifndef PSP_CALLS_CALL_REPORTS_H
#define PSP_CALLS_CALL_REPORTS_H

#include "libprospect/calls/totals.h"
#include "libprospect/report/report.h"
#include "libprospect/stats/hours.h"

/* What options ask of reports. */
struct psp_call_options {
	size_t n_wanted;                    /* effort: events to obtain */
	struct psp_step quotes, signatures; /* effort: n 0: not said */
	size_t seed;                        /* effort: of what is drawn */
	bool for_consumers;                 /* pressure: their rules */
	int64_t at; /* pressure: the moment asked about, of Paris */
};

/* What a report is made from. */
struct psp_call_view {
	const struct psp_log *log;
	const struct psp_log_plan *plan;
	struct psp_call_model *model;
	const struct psp_call_options *options;
	struct psp_arena *arena; /* lives as long as the report */
};

struct psp_call_report {
	const char *name;
	bool uses_today; /* what is counted depends on the day */
	/* Adds what has to be counted; a column that lacks is a problem. */
	bool (*plan)(struct psp_log_plan *plan, struct psp_problems *problems);
	/* Makes the report. NULL with PSP_ENOMEM. `*has_findings` tells
	 * whether there is something to mend. */
	struct psp_report *(*make)(const struct psp_call_view *view,
	    bool *has_findings, struct psp_error *err);
};

extern const struct psp_call_report psp_summary_report, psp_sessions_report,
    psp_trend_report, psp_diagnosis_report, psp_hours_report, psp_funnel_report,
    psp_reasons_report, psp_gatekeepers_report, psp_attempts_report,
    psp_due_report, psp_effort_report, psp_pressure_report, psp_check_report;

/*
 * A report with a column for each name of --by and then `columns`, all of it in
 * the view's arena. NULL with PSP_ENOMEM.
 */
struct psp_report *psp_view_report(const struct psp_call_view *view,
    const char *schema, const struct psp_report_column *columns,
    size_t n_columns, struct psp_error *err);

/*
 * A report of these columns that `fill` fills with the totals of cube `cube`
 * (`sessions` as in psp_totals_init). NULL with PSP_ENOMEM.
 */
typedef bool psp_view_fill_fn(const struct psp_call_view *view,
    const struct psp_totals *totals, struct psp_report *report,
    struct psp_error *err);
struct psp_report *psp_view_make(const struct psp_call_view *view,
    const char *schema, const struct psp_report_column *columns,
    size_t n_columns, size_t cube, size_t sessions, psp_view_fill_fn *fill,
    struct psp_error *err);

/* The cells of --by in a row. PSP_ENOMEM. */
PSP_NODISCARD bool psp_view_put_by(const struct psp_call_view *view,
    struct psp_report *report, const uint32_t *ids, struct psp_error *err);

/* "Adèle, 2026-W48: " before a remark on a group, "" without --by; in the
 * arena. NULL with PSP_ENOMEM. */
const char *psp_view_group(const struct psp_call_view *view,
    const uint32_t *ids, struct psp_error *err);

/* A ratio of a cell: numerator, denominator, value and interval, in the five
 * columns of PSP_RATIO_COLUMNS. */
void psp_view_put_ratio(struct psp_report *report,
    const struct psp_ratio *ratio, const struct psp_fraction *fraction);

/* A share in the columns of a rate and its interval. */
void psp_view_put_share(struct psp_report *report, size_t n_yes, size_t n);

/* clang-format off */
#define PSP_RATIO_COLUMNS                                                      \
	{ N_("num"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },                    \
	{ N_("den"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 2 },                   \
	{ N_("value"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 4 },                 \
	PSP_REPORT_INTERVAL_OF(PSP_REPORT_NUMBER, 4)
/* clang-format on */

/* The interval of a ratio: Wilson's of a rate, Garwood's of a level per hour;
 * unknown of one per session. */
struct psp_interval psp_ratio_interval(
    const struct psp_ratio *ratio, const struct psp_fraction *fraction);

#endif
