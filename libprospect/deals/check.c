/*
 * check: where deals and their histories are not as the handbook has them, a
 * line a finding. What a rule finds is given with what it expected.
 */
#include <config.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/deals/dota.h"
#include "libprospect/deals/reports.h"
#include "libprospect/values/date.h"

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
	const struct psp_deal *deal;  /* at hand */
	size_t index;                 /* its number */
	struct psp_grouping grouping; /* knows the families of deals */
	struct psp_buffer value, expected, place;
	size_t n_errors, n_warnings;
	struct psp_error *err;
};

/* A finding on the deal at hand; value and expected are in the buffers. */
static bool
find(struct checking *check, const char *rule, enum psp_severity severity,
    const char *file, size_t line)
{
	const struct psp_book *book = check->book;
	struct psp_report *report = check->inquiry->report;

	if (severity == PSP_SEVERITY_IGNORE)
		return true;
	check->place.size = 0;
	if (!psp_buffer_format(&check->place, check->err, "%s:%zu", file, line))
		return false;
	psp_report_words(report, rule);
	psp_report_term(report,
	    severity == PSP_SEVERITY_ERROR ? N_("error") : N_("warning"));
	if (check->deal != NULL) {
		psp_report_text(report, psp_deal_id(book, check->deal));
		psp_report_text(
		    report, psp_deal_label(book, check->deal, PSP_LABEL_OWNER));
		psp_report_text(report, psp_deal_stage_name(book, check->deal));
	} else {
		psp_report_unknown(report);
		psp_report_unknown(report);
		psp_report_unknown(report);
	}
	psp_report_text(report, psp_buffer_content(&check->value));
	psp_report_text(report, psp_buffer_content(&check->expected));
	psp_report_text(report, psp_buffer_content(&check->place));
	if (severity == PSP_SEVERITY_ERROR)
		check->n_errors++;
	else
		check->n_warnings++;
	return true;
}

/* The same with both texts given, about the record of the deal. */
static bool
find_text(struct checking *check, const char *rule, enum psp_severity severity,
    struct psp_slice value, struct psp_slice expected)
{
	check->value.size = 0;
	check->expected.size = 0;
	return psp_buffer_slice(&check->value, value, check->err)
	       && psp_buffer_slice(&check->expected, expected, check->err)
	       && find(
		   check, rule, severity, check->deal->file, check->deal->line);
}

/* Stage, number, and fields that the stage asks for. */
static bool
check_record(struct checking *check)
{
	const struct psp_deal *deal = check->deal;
	const struct psp_stage *stage;
	uint32_t missing;

	if (deal->id_size == 0
	    && !find_text(check, "no_number", PSP_SEVERITY_ERROR,
		psp_slice("", 0), psp_slice_of(_("a number of the deal"))))
		return false;
	if (deal->stage == PSP_NO_STAGE)
		return find_text(check, "unknown_stage", PSP_SEVERITY_ERROR,
		    psp_deal_label(check->book, deal, PSP_LABEL_STAGE),
		    psp_slice_of(_("a stage of the settings")));
	stage = &check->handbook->stages[deal->stage];
	missing = stage->requires & ~deal->filled;
	if (missing != 0) {
		check->value.size = 0;
		check->expected.size = 0;
		if (!psp_facts_put(missing, &check->expected, check->err)
		    || !find(check, "missing_fields", PSP_SEVERITY_ERROR,
			deal->file, deal->line))
			return false;
	}
	if (deal->criteria == PSP_FALSE)
		return find_text(check, "stage_mismatch", PSP_SEVERITY_ERROR,
		    stage->name, psp_slice_of(_("its criteria hold")));
	if (deal->criteria == PSP_UNKNOWN)
		return find_text(check, "stage_unknown", PSP_SEVERITY_WARN,
		    stage->name,
		    psp_slice_of(_("what its criteria ask for is known")));
	return true;
}

/* "2026-03-01" before "2026-02-01"; either may be unknown. */
static bool
check_order(struct checking *check, int32_t first, const char *first_name,
    int32_t second, const char *second_name)
{
	char days[2][16];

	if (first == PSP_NO_DAY || second == PSP_NO_DAY || first <= second)
		return true;
	psp_date_format(first, days[0]);
	psp_date_format(second, days[1]);
	check->value.size = 0;
	check->expected.size = 0;
	return psp_buffer_format(
		   &check->value, check->err, "%s %s", second_name, days[1])
	       && psp_buffer_format(&check->expected, check->err,
		   _("not before %s %s"), first_name, days[0])
	       && find(check, "dates", PSP_SEVERITY_ERROR, check->deal->file,
		   check->deal->line);
}

static bool
check_dates(struct checking *check)
{
	const struct psp_deal *deal = check->deal;
	int32_t today = check->inquiry->options.today;

	return check_order(
		   check, deal->created, "created", deal->closed, "closed")
	       && check_order(check, deal->created, "created", deal->stage_date,
		   "stage_date")
	       && check_order(check, deal->created, "created", today, "today")
	       && (psp_deal_state(check->book, deal) == PSP_STATE_OPEN
		   || check_order(
		       check, deal->closed, "closed", today, "today"));
}

/* Called a project and no project, or the other way round. */
static bool
check_qualification(struct checking *check)
{
	struct psp_dota dota = psp_deal_dota(check->book, check->deal);

	if (dota.said == PSP_QUALIFICATION_NONE || dota.said == dota.is
	    || psp_deal_state(check->book, check->deal) != PSP_STATE_OPEN)
		return true;
	check->value.size = 0;
	check->expected.size = 0;
	if (!psp_buffer_format(&check->value, check->err, "%s %s",
		psp_qualification_name(dota.said), dota.letters))
		return false;
	if (dota.is == PSP_QUALIFICATION_PROJECT)
		return psp_buffer_format(
			   &check->expected, check->err, "project")
		       && find(check, "lead_is_project", PSP_SEVERITY_WARN,
			   check->deal->file, check->deal->line);
	if (!dota.has_role
	    && !psp_buffer_format(&check->expected, check->err, "source_role%s",
		dota.missing != 0 ? ", " : ""))
		return false;
	return psp_facts_put(dota.missing, &check->expected, check->err)
	       && find(check, "project_is_lead", PSP_SEVERITY_ERROR,
		   check->deal->file, check->deal->line);
}

/* A value that is in no list of the settings, with the nearest that is. */
static bool
find_unknown(struct checking *check, const char *rule, struct psp_slice value,
    const struct psp_slice *list, size_t n)
{
	struct psp_slices known = { list, n };
	struct psp_slice nearest = psp_text_nearest(value, known);

	check->value.size = 0;
	check->expected.size = 0;
	return psp_buffer_slice(&check->value, value, check->err)
	       && psp_buffer_format(&check->expected, check->err,
		   nearest.size > 0 ? _("one of the settings, perhaps '%.*s'")
				    : _("one of the settings"),
		   PSP_SLICE_ARGS(nearest))
	       && find(check, rule, PSP_SEVERITY_ERROR, check->deal->file,
		   check->deal->line);
}

/* Whether a text is in a list of the settings, which may be empty. */
static bool
is_known(struct psp_slice text, const struct psp_slice *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (psp_slice_equal(list[i], text))
			return true;
	return n == 0;
}

static bool
check_values(struct checking *check)
{
	const struct psp_handbook *handbook = check->handbook;
	const struct psp_deal *deal = check->deal;
	struct psp_slice reason =
	    psp_deal_label(check->book, deal, PSP_LABEL_REASON);
	const uint32_t *families;
	size_t n;

	if (!psp_grouping_families(
		&check->grouping, deal, &families, &n, check->err))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct psp_slice family =
		    psp_labels_get(&check->grouping.families, families[i]);

		if (!is_known(family, handbook->families, handbook->n_families)
		    && !find_unknown(check, "unknown_family", family,
			handbook->families, handbook->n_families))
			return false;
	}
	if (reason.size > 0 && deal->stage < handbook->n_stages) {
		const struct psp_stage *stage = &handbook->stages[deal->stage];

		if (!is_known(reason, stage->reasons, stage->n_reasons)
		    && !find_unknown(check, "unknown_reason", reason,
			stage->reasons, stage->n_reasons))
			return false;
	}
	return true;
}

/* Amounts of two currencies, in one cell or beside others. */
static bool
check_currency(struct checking *check, struct psp_slice *first)
{
	const struct psp_deal *deal = check->deal;
	struct psp_slice currency =
	    psp_deal_label(check->book, deal, PSP_LABEL_CURRENCY);

	if (deal->is_two_currencies)
		return find_text(check, "currencies", PSP_SEVERITY_ERROR,
		    psp_slice_of(_("two currencies in one amount")),
		    psp_slice_of(_("one")));
	if (currency.size == 0)
		return true;
	if (first->size == 0)
		*first = currency;
	return psp_slice_equal(currency, *first)
	       || find_text(
		   check, "currencies", PSP_SEVERITY_ERROR, currency, *first);
}

static struct psp_slice
stage_name(const struct psp_handbook *handbook, size_t stage)
{
	return stage < handbook->n_stages ? handbook->stages[stage].name
	                                  : psp_slice("", 0);
}

/* One move of the history. */
static bool
check_move(struct checking *check, const struct psp_move *move,
    const struct psp_move *before)
{
	static const char *const rules[] = {
		[PSP_MOVE_SKIP] = "skip",
		[PSP_MOVE_BACKWARD] = "backward",
		[PSP_MOVE_REOPEN] = "reopen",
	};
	const struct psp_handbook *handbook = check->handbook;
	const char *file = check->inquiry->history.file;
	enum psp_move_kind kind =
	    psp_handbook_move(handbook, move->from, move->to);
	struct psp_slice from = stage_name(handbook, move->from);
	struct psp_slice to = stage_name(handbook, move->to);
	char day[16];

	psp_date_format(move->date, day);
	check->value.size = 0;
	check->expected.size = 0;
	if (!psp_buffer_format(&check->value, check->err, _("%.*s%s%.*s on %s"),
		PSP_SLICE_ARGS(from), from.size > 0 ? " > " : "",
		PSP_SLICE_ARGS(to), day))
		return false;
	if (move->is_late
	    && !find(
		check, "out_of_order", PSP_SEVERITY_WARN, file, move->line))
		return false;
	if (move->is_other) {
		from = stage_name(handbook, before->to);
		if (!psp_buffer_format(&check->expected, check->err,
			_("from %.*s, where it was"), PSP_SLICE_ARGS(from))
		    || !find(check, "gap", PSP_SEVERITY_WARN, file, move->line))
			return false;
		check->expected.size = 0;
	}
	return kind == PSP_MOVE_ALLOWED
	       || find(check, rules[kind],
		   psp_handbook_severity(handbook, kind), file, move->line);
}

/* The moves of the deal at hand, and how they fit to it. */
static bool
check_moves(struct checking *check)
{
	const struct psp_history *history = &check->inquiry->history;
	const struct psp_deal *deal = check->deal;
	const struct psp_move *moves;
	size_t n;

	if (history->starts == NULL)
		return true;
	moves = history->moves + history->starts[check->index];
	n = history->starts[check->index + 1] - history->starts[check->index];
	for (size_t i = 0; i < n; i++)
		if (!check_move(check, &moves[i], i > 0 ? &moves[i - 1] : NULL))
			return false;
	if (n == 0)
		return true;
	if (moves[n - 1].to != deal->stage
	    && !find_text(check, "history_mismatch", PSP_SEVERITY_ERROR,
		stage_name(check->handbook, moves[n - 1].to),
		psp_deal_stage_name(check->book, deal)))
		return false;
	return psp_deal_state(check->book, deal) == PSP_STATE_OPEN
	       || check_order(check, moves[0].date, _("first move"),
		   deal->closed, "closed");
}

static bool
check_deal(struct checking *check, struct psp_slice *currency)
{
	return check_record(check) && check_dates(check)
	       && check_qualification(check) && check_values(check)
	       && check_currency(check, currency) && check_moves(check);
}

/* Records of deals that were there before. */
static bool
check_repeats(struct checking *check)
{
	for (size_t i = 0; i < check->book->n_repeats; i++) {
		const struct psp_repeat *repeat = &check->book->repeats[i];

		check->deal = &check->book->deals[repeat->deal];
		check->value.size = 0;
		check->expected.size = 0;
		if (!psp_buffer_format(&check->expected, check->err,
			_("once: it is at %s:%u"), check->deal->file,
			(unsigned)check->deal->line)
		    || !find(check, "repeated", PSP_SEVERITY_ERROR,
			repeat->file, repeat->line))
			return false;
	}
	return true;
}

/* Rows of the history that could not be followed. */
static bool
check_history(struct checking *check)
{
	static const struct {
		const char *rule, *expected;
	} faults[PSP_N_HISTORY_FAULTS] = {
		[PSP_HISTORY_DEAL] = { "unknown_deal",
		    N_("moves of deals of the input") },
		[PSP_HISTORY_STAGE] = { "unknown_move",
		    N_("moves to stages of the settings") },
		[PSP_HISTORY_DATE] = { "no_date", N_("moves with a date") },
	};
	const struct psp_history *history = &check->inquiry->history;

	check->deal = NULL;
	for (size_t i = 0; i < PSP_N_HISTORY_FAULTS; i++) {
		const struct psp_history_faults *fault = &history->faults[i];

		if (fault->n == 0)
			continue;
		check->value.size = 0;
		check->expected.size = 0;
		if (!psp_buffer_format(&check->value, check->err,
			_("%zu, first '%s'"), fault->n, fault->text)
		    || !psp_buffer_format(&check->expected, check->err, "%s",
			_(faults[i].expected))
		    || !find(check, faults[i].rule,
			i == PSP_HISTORY_DEAL ? PSP_SEVERITY_WARN
					      : PSP_SEVERITY_ERROR,
			history->file, fault->line))
			return false;
	}
	return true;
}

static bool
run(struct psp_inquiry *inquiry, struct psp_error *err)
{
	static const enum psp_by by[] = { PSP_BY_FAMILY };
	struct psp_slice currency = psp_slice_of(inquiry->handbook->currency);
	struct checking check = { .inquiry = inquiry,
		.book = &inquiry->book,
		.handbook = inquiry->handbook,
		.err = err };
	bool is_done = true;

	psp_grouping_init(&check.grouping, &inquiry->book, by, 1);
	for (size_t i = 0; is_done && i < inquiry->book.n; i++) {
		check.deal = &inquiry->book.deals[i];
		check.index = i;
		is_done = check_deal(&check, &currency);
	}
	is_done = is_done && check_repeats(&check) && check_history(&check);
	inquiry->n_found = check.n_errors;
	psp_report_remark(inquiry->report, "errors %zu, warnings %zu",
	    check.n_errors, check.n_warnings);
	psp_grouping_clear(&check.grouping);
	psp_buffer_clear(&check.value);
	psp_buffer_clear(&check.expected);
	psp_buffer_clear(&check.place);
	return is_done;
}

const struct psp_inquiry_form psp_form_check = {
	.name = "check",
	.schema = "prospect-pipeline/check/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.needs = UINT32_MAX,
	.asks_criteria = true,
	.allows_currencies = true,
	.run = run,
};
