/*
 * check: where deals and their histories are not as the handbook has them, a
 * line a finding. What a rule finds is told with what it expected
 * (findings.h).
 */
#include <config.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/deals/dota.h"
#include "libprospect/deals/findings.h"
#include "libprospect/deals/reports.h"

static const struct psp_report_column columns[] = {
	{ N_("rule"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("severity"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("deal"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("owner"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("stage"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("value"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("expected"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("place"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
};

/* A check being made. */
struct checking {
	struct psp_inquiry *inquiry;
	const struct psp_book *book;
	const struct psp_handbook *handbook;
	const struct psp_deal *deal; /* at hand */
	size_t index;                /* its number */
	struct psp_findings *findings;
	struct psp_error *err;
};

/* A finding on the deal at hand. */
static bool
find(struct checking *check, enum psp_rule rule, enum psp_severity severity,
    uint64_t at)
{
	return psp_findings_add(
	    check->findings, rule, severity, check->index, at, check->err);
}

/* Stage, number, and fields that the stage asks for. */
static bool
check_record(struct checking *check)
{
	const struct psp_deal *deal = check->deal;
	const struct psp_stage *stage;

	if (deal->id_size == 0
	    && !find(check, PSP_RULE_NO_NUMBER, PSP_SEVERITY_ERROR, 0))
		return false;
	if (deal->stage == PSP_NO_STAGE)
		return find(
		    check, PSP_RULE_UNKNOWN_STAGE, PSP_SEVERITY_ERROR, 0);
	stage = &check->handbook->stages[deal->stage];
	if ((stage->requires & ~deal->filled) != 0
	    && !find(check, PSP_RULE_MISSING_FIELDS, PSP_SEVERITY_ERROR, 0))
		return false;
	if (deal->criteria == PSP_FALSE)
		return find(
		    check, PSP_RULE_STAGE_MISMATCH, PSP_SEVERITY_ERROR, 0);
	if (deal->criteria == PSP_UNKNOWN)
		return find(
		    check, PSP_RULE_STAGE_UNKNOWN, PSP_SEVERITY_WARN, 0);
	return true;
}

/* "2026-03-01" before "2026-02-01"; either may be unknown. */
static bool
check_order(struct checking *check, enum psp_date_order order)
{
	int32_t days[2];

	psp_findings_days(check->findings, check->index, order, days);
	return days[0] == PSP_NO_DAY || days[1] == PSP_NO_DAY
	       || days[0] <= days[1]
	       || find(check, PSP_RULE_DATES, PSP_SEVERITY_ERROR, order);
}

static bool
check_dates(struct checking *check)
{
	return check_order(check, PSP_CREATED_CLOSED)
	       && check_order(check, PSP_CREATED_STAGE_DATE)
	       && check_order(check, PSP_CREATED_TODAY)
	       && check_order(check, PSP_STAGE_DATE_TODAY)
	       && check_order(check, PSP_LAST_CONTACT_TODAY)
	       && (psp_deal_state(check->book, check->deal) != PSP_STATE_OPEN
		       ? check_order(check, PSP_CLOSED_TODAY)
		       : check->deal->closed == PSP_NO_DAY
			     || find(check, PSP_RULE_OPEN_CLOSED,
				 PSP_SEVERITY_WARN, 0));
}

/* Called a project and no project, or the other way round. */
static bool
check_qualification(struct checking *check)
{
	struct psp_dota dota;

	if (psp_deal_state(check->book, check->deal) != PSP_STATE_OPEN)
		return true;
	dota = psp_deal_dota(check->book, check->deal);
	if (dota.said == PSP_QUALIFICATION_NONE || dota.said == dota.is)
		return true;
	if (dota.is == PSP_QUALIFICATION_PROJECT)
		return find(
		    check, PSP_RULE_LEAD_IS_PROJECT, PSP_SEVERITY_WARN, 0);
	return find(check, PSP_RULE_PROJECT_IS_LEAD, PSP_SEVERITY_ERROR, 0);
}

/* Whether a text is in a list of the settings, which may be empty. */
static bool
is_known(struct psp_slice text, const struct psp_slice *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (psp_text_same(list[i], text))
			return true;
	return n == 0;
}

/* Looks up the families that were not met before. */
static bool
list_families(struct checking *check)
{
	const struct psp_handbook *handbook = check->handbook;
	struct psp_findings *findings = check->findings;
	const struct psp_labels *met = &findings->grouping.families;
	struct psp_slices known = { handbook->families, handbook->n_families };

	while (findings->n_families < met->n) {
		struct psp_slice name = met->names[findings->n_families];
		struct psp_listed_family *families = psp_array_reserve(
		    findings->families, &findings->families_capacity,
		    findings->n_families + 1, sizeof(*families), check->err);

		if (families == NULL)
			return false;
		findings->families = families;
		families += findings->n_families++;
		families->is_known = is_known(name, known.items, known.n);
		families->nearest = families->is_known
		                        ? psp_slice(NULL, 0)
		                        : psp_text_nearest(name, known);
	}
	return true;
}

static bool
check_values(struct checking *check)
{
	const struct psp_handbook *handbook = check->handbook;
	const struct psp_deal *deal = check->deal;
	struct psp_slice reason =
	    psp_deal_label(check->book, deal, PSP_LABEL_REASON);
	const struct psp_stage *stage;
	const uint32_t *families;
	size_t n;

	if (!psp_grouping_families(
		&check->findings->grouping, deal, &families, &n, check->err)
	    || !list_families(check))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!check->findings->families[families[i] - 1].is_known
		    && !find(check, PSP_RULE_UNKNOWN_FAMILY, PSP_SEVERITY_ERROR,
			families[i]))
			return false;
	if (reason.size == 0 || deal->stage >= handbook->n_stages)
		return true;
	stage = &handbook->stages[deal->stage];
	return is_known(reason, stage->reasons, stage->n_reasons)
	       || find(check, PSP_RULE_UNKNOWN_REASON, PSP_SEVERITY_ERROR, 0);
}

/* Amounts of two currencies, in one cell or beside others. */
static bool
check_currency(struct checking *check)
{
	const struct psp_deal *deal = check->deal;
	struct psp_slice *wanted = &check->findings->currency;
	struct psp_slice currency =
	    psp_deal_label(check->book, deal, PSP_LABEL_CURRENCY);

	if (deal->is_two_currencies)
		return find(
		    check, PSP_RULE_TWO_CURRENCIES, PSP_SEVERITY_ERROR, 0);
	if (currency.size == 0)
		return true;
	if (wanted->size == 0)
		*wanted = currency;
	return psp_slice_equal(currency, *wanted)
	       || find(check, PSP_RULE_OTHER_CURRENCY, PSP_SEVERITY_ERROR, 0);
}

/* One move of the history. */
static bool
check_move(struct checking *check, const struct psp_move *move, size_t at)
{
	static const enum psp_rule rules[] = {
		[PSP_MOVE_SKIP] = PSP_RULE_SKIP,
		[PSP_MOVE_BACKWARD] = PSP_RULE_BACKWARD,
		[PSP_MOVE_REOPEN] = PSP_RULE_REOPEN,
	};
	const struct psp_handbook *handbook = check->handbook;
	enum psp_move_kind kind =
	    psp_handbook_move(handbook, move->from, move->to);

	if (move->is_late
	    && !find(check, PSP_RULE_OUT_OF_ORDER, PSP_SEVERITY_WARN, at))
		return false;
	if (move->is_other && !find(check, PSP_RULE_GAP, PSP_SEVERITY_WARN, at))
		return false;
	return kind == PSP_MOVE_ALLOWED
	       || find(check, rules[kind],
		   psp_handbook_severity(handbook, kind), at);
}

/* The moves of the deal at hand, and how they fit to it. */
static bool
check_moves(struct checking *check)
{
	const struct psp_history *history = &check->inquiry->history;
	const struct psp_deal *deal = check->deal;
	size_t first, end;

	if (history->starts == NULL)
		return true;
	first = history->starts[check->index];
	end = history->starts[check->index + 1];
	for (size_t i = first; i < end; i++)
		if (!check_move(check, &history->moves[i], i))
			return false;
	if (first == end)
		return true;
	if (history->moves[end - 1].to != deal->stage
	    && !find(
		check, PSP_RULE_HISTORY_MISMATCH, PSP_SEVERITY_ERROR, end - 1))
		return false;
	return psp_deal_state(check->book, deal) == PSP_STATE_OPEN
	       || check_order(check, PSP_MOVED_CLOSED);
}

static bool
check_deal(struct checking *check)
{
	return check_record(check) && check_dates(check)
	       && check_qualification(check) && check_values(check)
	       && check_currency(check) && check_moves(check);
}

/* Records of deals that were there before. */
static bool
check_repeats(struct checking *check)
{
	for (size_t i = 0; i < check->book->n_repeats; i++) {
		check->index = check->book->repeats[i].deal;
		if (!find(check, PSP_RULE_REPEATED, PSP_SEVERITY_ERROR, i))
			return false;
	}
	return true;
}

/* Rows of the history that could not be followed. */
static bool
check_history(struct checking *check)
{
	static const enum psp_rule rules[PSP_N_HISTORY_FAULTS] = {
		[PSP_HISTORY_DEAL] = PSP_RULE_UNKNOWN_DEAL,
		[PSP_HISTORY_STAGE] = PSP_RULE_UNKNOWN_MOVE,
		[PSP_HISTORY_DATE] = PSP_RULE_NO_DATE,
	};
	const struct psp_history *history = &check->inquiry->history;

	for (size_t i = 0; i < PSP_N_HISTORY_FAULTS; i++)
		if (history->faults[i].n > 0
		    && !find(check, rules[i],
			i == PSP_HISTORY_DEAL ? PSP_SEVERITY_WARN
					      : PSP_SEVERITY_ERROR,
			i))
			return false;
	return true;
}

static bool
run(struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct checking check = { .inquiry = inquiry,
		.book = &inquiry->book,
		.handbook = inquiry->handbook,
		.findings = psp_findings_new(inquiry, err),
		.err = err };
	struct psp_findings *findings = check.findings;
	bool is_done = findings != NULL;

	for (size_t i = 0; is_done && i < inquiry->book.n; i++) {
		check.deal = &inquiry->book.deals[i];
		check.index = i;
		is_done = check_deal(&check);
	}
	is_done = is_done && check_repeats(&check) && check_history(&check);
	if (!is_done) {
		psp_findings_free(findings);
		return false;
	}
	inquiry->n_found = findings->n_errors;
	psp_report_remark(inquiry->report, "errors %zu, warnings %zu",
	    findings->n_errors, findings->n_warnings);
	psp_report_rows_later(inquiry->report, findings->n, psp_findings_put,
	    psp_findings_free, findings);
	return true;
}

const struct psp_inquiry_form psp_form_check = {
	.name = "check",
	.schema = "prospect-pipeline/check/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.needs = UINT32_MAX,
	.asks_criteria = true,
	.allows_currencies = true,
	.no_sum =
	    N_("looks for deals that come twice, and lists what it finds"),
	.run = run,
};
