/* Findings and how they are told; see the header. */
#include <config.h>

#include "libprospect/deals/findings.h"

#include <stdlib.h>

#include "libprospect/base/calendar.h"
#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/deals/criteria.h"
#include "libprospect/deals/dota.h"
#include "libprospect/values/date.h"

static const char *const rule_names[PSP_N_RULES] = {
	[PSP_RULE_NO_NUMBER] = "no_number",
	[PSP_RULE_UNKNOWN_STAGE] = "unknown_stage",
	[PSP_RULE_MISSING_FIELDS] = "missing_fields",
	[PSP_RULE_STAGE_MISMATCH] = "stage_mismatch",
	[PSP_RULE_STAGE_UNKNOWN] = "stage_unknown",
	[PSP_RULE_DATES] = "dates",
	[PSP_RULE_OPEN_CLOSED] = "open_closed",
	[PSP_RULE_LEAD_IS_PROJECT] = "lead_is_project",
	[PSP_RULE_PROJECT_IS_LEAD] = "project_is_lead",
	[PSP_RULE_UNKNOWN_FAMILY] = "unknown_family",
	[PSP_RULE_UNKNOWN_REASON] = "unknown_reason",
	[PSP_RULE_TWO_CURRENCIES] = "currencies",
	[PSP_RULE_OTHER_CURRENCY] = "currencies",
	[PSP_RULE_OUT_OF_ORDER] = "out_of_order",
	[PSP_RULE_GAP] = "gap",
	[PSP_RULE_SKIP] = "skip",
	[PSP_RULE_BACKWARD] = "backward",
	[PSP_RULE_REOPEN] = "reopen",
	[PSP_RULE_HISTORY_MISMATCH] = "history_mismatch",
	[PSP_RULE_REPEATED] = "repeated",
	[PSP_RULE_UNKNOWN_DEAL] = "unknown_deal",
	[PSP_RULE_UNKNOWN_MOVE] = "unknown_move",
	[PSP_RULE_NO_DATE] = "no_date",
};

struct psp_findings *
psp_findings_new(const struct psp_inquiry *inquiry, struct psp_error *err)
{
	static const enum psp_by by[] = { PSP_BY_FAMILY };
	struct psp_findings *findings = calloc(1, sizeof(*findings));

	if (findings == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	findings->inquiry = inquiry;
	findings->currency = psp_slice_of(inquiry->handbook->currency);
	psp_grouping_init(&findings->grouping, &inquiry->book, by, 1);
	psp_buffer_init(&findings->value);
	psp_buffer_init(&findings->expected);
	psp_buffer_init(&findings->place);
	return findings;
}

void
psp_findings_free(void *findings)
{
	struct psp_findings *own = findings;

	if (own == NULL)
		return;
	free(own->items);
	free(own->families);
	psp_grouping_clear(&own->grouping);
	psp_buffer_clear(&own->value);
	psp_buffer_clear(&own->expected);
	psp_buffer_clear(&own->place);
	free(own);
}

bool
psp_findings_add(struct psp_findings *findings, enum psp_rule rule,
    enum psp_severity severity, size_t deal, uint64_t at, struct psp_error *err)
{
	struct psp_finding *items;

	if (severity == PSP_SEVERITY_IGNORE)
		return true;
	items = psp_array_reserve(findings->items, &findings->capacity,
	    findings->n + 1, sizeof(*items), err);
	if (items == NULL)
		return false;
	findings->items = items;
	items[findings->n].at = at;
	items[findings->n].deal = (uint32_t)deal;
	items[findings->n].rule = (uint8_t)rule;
	items[findings->n].severity = (uint8_t)severity;
	findings->n++;
	if (severity == PSP_SEVERITY_ERROR)
		findings->n_errors++;
	else
		findings->n_warnings++;
	return true;
}

/* The last day that a date may mean: what is said by month or year holds for
 * all of it. */
static int32_t
last_day(int32_t day, uint8_t precision)
{
	if (day == PSP_NO_DAY || precision == PSP_PRECISION_DAY)
		return day;
	return psp_days_add_months(
		   day, precision == PSP_PRECISION_YEAR ? 12 : 1)
	       - 1;
}

void
psp_findings_days(const struct psp_findings *findings, size_t deal,
    enum psp_date_order order, int32_t days[2])
{
	const struct psp_inquiry *inquiry = findings->inquiry;
	const struct psp_history *history = &inquiry->history;
	const struct psp_deal *known = &inquiry->book.deals[deal];

	days[0] = known->created;
	days[1] = last_day(known->closed, known->closed_precision);
	switch (order) {
	case PSP_CREATED_CLOSED:
		break;
	case PSP_CREATED_STAGE_DATE:
		days[1] =
		    last_day(known->stage_date, known->stage_date_precision);
		break;
	case PSP_CREATED_TODAY:
		days[1] = inquiry->options.today;
		break;
	case PSP_STAGE_DATE_TODAY:
		days[0] = known->stage_date;
		days[1] = inquiry->options.today;
		break;
	case PSP_LAST_CONTACT_TODAY:
		days[0] = known->last_contact;
		days[1] = inquiry->options.today;
		break;
	case PSP_CLOSED_TODAY:
		days[0] = known->closed;
		days[1] = inquiry->options.today;
		break;
	case PSP_MOVED_CLOSED:
		days[0] = history->moves[history->starts[deal]].date;
		break;
	}
}

/* A row being told: its texts go to the buffers of `findings`. */
struct telling {
	struct psp_findings *findings;
	const struct psp_finding *finding;
	const struct psp_deal *deal; /* NULL: of none */
	struct psp_error *err;
};

static bool
put(struct psp_buffer *buffer, struct psp_slice text, struct psp_error *err)
{
	return psp_buffer_slice(buffer, text, err);
}

static bool
value_is(const struct telling *t, struct psp_slice text)
{
	return put(&t->findings->value, text, t->err);
}

/* `text` is translated before. */
static bool
expected_is(const struct telling *t, const char *text)
{
	return put(&t->findings->expected, psp_slice_of(text), t->err);
}

static struct psp_slice
stage_name(const struct telling *t, size_t stage)
{
	const struct psp_handbook *handbook = t->findings->inquiry->handbook;

	return stage < handbook->n_stages ? handbook->stages[stage].name
	                                  : psp_slice("", 0);
}

static const struct psp_move *
move_of(const struct telling *t)
{
	return &t->findings->inquiry->history.moves[t->finding->at];
}

/* "closed 2026-02-01", not before "created 2026-03-01". */
static bool
tell_dates(const struct telling *t)
{
	static const char *const names[][2] = {
		[PSP_CREATED_CLOSED] = { "created", "closed" },
		[PSP_CREATED_STAGE_DATE] = { "created", "stage_date" },
		[PSP_CREATED_TODAY] = { "created", "today" },
		[PSP_STAGE_DATE_TODAY] = { "stage_date", "today" },
		[PSP_LAST_CONTACT_TODAY] = { "last_contact", "today" },
		[PSP_CLOSED_TODAY] = { "closed", "today" },
		[PSP_MOVED_CLOSED] = { N_("first move"), "closed" },
	};
	enum psp_date_order order = (enum psp_date_order)t->finding->at;
	const char *first = names[order][0];
	int32_t days[2];
	char text[2][16];

	psp_findings_days(t->findings, t->finding->deal, order, days);
	psp_date_format(days[0], text[0]);
	psp_date_format(days[1], text[1]);
	return psp_buffer_format(&t->findings->value, t->err, "%s %s",
		   names[order][1], text[1])
	       && psp_buffer_format(&t->findings->expected, t->err,
		   _("not before %s %s"),
		   order == PSP_MOVED_CLOSED ? _(first) : first, text[0]);
}

/* Called a project and no project, or the other way round. */
static bool
tell_qualification(const struct telling *t)
{
	struct psp_dota dota =
	    psp_deal_dota(&t->findings->inquiry->book, t->deal);
	struct psp_buffer *expected = &t->findings->expected;

	if (!value_is(t, psp_slice_of(psp_qualification_name(dota.said)))
	    || !value_is(t, psp_slice_of(" "))
	    || !value_is(t, psp_slice_of(dota.letters)))
		return false;
	if (dota.is == PSP_QUALIFICATION_PROJECT)
		return expected_is(t, "project");
	if (!dota.has_role
	    && !(expected_is(t, "source_role")
		 && (dota.missing == 0 || expected_is(t, ", "))))
		return false;
	return psp_facts_put(dota.missing, expected, t->err);
}

/* A value that is in no list of the settings, with the nearest that is. */
static bool
tell_unlisted(
    const struct telling *t, struct psp_slice value, struct psp_slice nearest)
{
	if (!value_is(t, value))
		return false;
	if (nearest.size == 0)
		return expected_is(t, _("one of the settings"));
	return psp_buffer_format(&t->findings->expected, t->err,
	    _("one of the settings, perhaps '%.*s'"), PSP_SLICE_ARGS(nearest));
}

static bool
tell_family(const struct telling *t)
{
	const struct psp_findings *findings = t->findings;

	return tell_unlisted(t,
	    psp_labels_get(
		&findings->grouping.families, (uint32_t)t->finding->at),
	    findings->families[t->finding->at - 1].nearest);
}

static bool
tell_reason(const struct telling *t)
{
	const struct psp_stage *stage =
	    &t->findings->inquiry->handbook->stages[t->deal->stage];
	struct psp_slice reason = psp_deal_label(
	    &t->findings->inquiry->book, t->deal, PSP_LABEL_REASON);
	struct psp_slices known = { stage->reasons, stage->n_reasons };

	return tell_unlisted(t, reason, psp_text_nearest(reason, known));
}

/* "devis > chaud on 2026-03-01" */
static bool
tell_move(const struct telling *t)
{
	const struct psp_move *move = move_of(t);
	struct psp_slice from = stage_name(t, move->from);
	char day[16];

	psp_date_format(move->date, day);
	if (!(value_is(t, from)
		&& (from.size == 0 || value_is(t, psp_slice_of(" > ")))
		&& value_is(t, stage_name(t, move->to))
		&& value_is(t, psp_slice_of(_(" on ")))
		&& value_is(t, psp_slice_of(day))))
		return false;
	if (t->finding->rule != PSP_RULE_GAP)
		return true;
	from = stage_name(t, move[-1].to);
	return psp_buffer_format(&t->findings->expected, t->err,
	    _("from %.*s, where it was"), PSP_SLICE_ARGS(from));
}

/* Rows of the history that could not be followed. */
static bool
tell_faults(const struct telling *t)
{
	static const char *const expected[PSP_N_HISTORY_FAULTS] = {
		[PSP_HISTORY_DEAL] = N_("moves of deals of the input"),
		[PSP_HISTORY_STAGE] = N_("moves to stages of the settings"),
		[PSP_HISTORY_DATE] = N_("moves with a date"),
	};
	const struct psp_history_faults *fault =
	    &t->findings->inquiry->history.faults[t->finding->at];

	return psp_buffer_format(&t->findings->value, t->err,
		   _("%zu, first '%s'"), fault->n, fault->text)
	       && expected_is(t, _(expected[t->finding->at]));
}

static bool
tell_open_closed(const struct telling *t)
{
	char day[16];

	psp_date_format(t->deal->closed, day);
	return value_is(t, psp_slice_of(day))
	       && expected_is(t, _("a won or lost stage, or no day"));
}

/* The criteria of its stage that are not met. */
static bool
put_unmet(const struct telling *t)
{
	return psp_criteria_put(
	    &t->findings->inquiry->handbook->stages[t->deal->stage],
	    t->deal->unmet, &t->findings->expected, t->err);
}

static bool
tell(const struct telling *t)
{
	const struct psp_inquiry *inquiry = t->findings->inquiry;
	const struct psp_book *book = &inquiry->book;
	const struct psp_deal *deal = t->deal;

	switch ((enum psp_rule)t->finding->rule) {
	case PSP_RULE_NO_NUMBER:
		return expected_is(t, _("a number of the deal"));
	case PSP_RULE_UNKNOWN_STAGE:
		return value_is(t, psp_deal_label(book, deal, PSP_LABEL_STAGE))
		       && expected_is(t, _("a stage of the settings"));
	case PSP_RULE_MISSING_FIELDS:
		return psp_facts_put(
		    inquiry->handbook->stages[deal->stage].requires
			& ~deal->filled,
		    &t->findings->expected, t->err);
	case PSP_RULE_STAGE_MISMATCH:
		return value_is(t, stage_name(t, deal->stage))
		       && expected_is(t, _("true: ")) && put_unmet(t);
	case PSP_RULE_STAGE_UNKNOWN:
		return value_is(t, stage_name(t, deal->stage))
		       && expected_is(t, _("known: ")) && put_unmet(t);
	case PSP_RULE_DATES:
		return tell_dates(t);
	case PSP_RULE_OPEN_CLOSED:
		return tell_open_closed(t);
	case PSP_RULE_LEAD_IS_PROJECT:
	case PSP_RULE_PROJECT_IS_LEAD:
		return tell_qualification(t);
	case PSP_RULE_UNKNOWN_FAMILY:
		return tell_family(t);
	case PSP_RULE_UNKNOWN_REASON:
		return tell_reason(t);
	case PSP_RULE_TWO_CURRENCIES:
		return value_is(
			   t, psp_slice_of(_("two currencies in one amount")))
		       && expected_is(t, _("one"));
	case PSP_RULE_OTHER_CURRENCY:
		return value_is(
			   t, psp_deal_label(book, deal, PSP_LABEL_CURRENCY))
		       && put(&t->findings->expected, t->findings->currency,
			   t->err);
	case PSP_RULE_OUT_OF_ORDER:
	case PSP_RULE_GAP:
	case PSP_RULE_SKIP:
	case PSP_RULE_BACKWARD:
	case PSP_RULE_REOPEN:
		return tell_move(t);
	case PSP_RULE_HISTORY_MISMATCH:
		return value_is(t, stage_name(t, move_of(t)->to))
		       && put(&t->findings->expected,
			   psp_deal_stage_name(book, deal), t->err);
	case PSP_RULE_REPEATED:
		return psp_buffer_format(&t->findings->expected, t->err,
		    _("once: it is at %s:%u"), deal->file,
		    (unsigned)deal->line);
	case PSP_RULE_UNKNOWN_DEAL:
	case PSP_RULE_UNKNOWN_MOVE:
	case PSP_RULE_NO_DATE:
		return tell_faults(t);
	case PSP_N_RULES:
		break;
	}
	return true;
}

/* "deals.csv:12" of what is to be mended. */
static bool
place_it(const struct telling *t)
{
	const struct psp_inquiry *inquiry = t->findings->inquiry;
	struct psp_buffer *place = &t->findings->place;
	enum psp_rule rule = (enum psp_rule)t->finding->rule;
	const char *file = t->deal != NULL ? t->deal->file : NULL;
	size_t line = t->deal != NULL ? t->deal->line : 0;
	char digits[32];

	if (rule >= PSP_RULE_OUT_OF_ORDER && rule <= PSP_RULE_REOPEN) {
		file = inquiry->history.file;
		line = move_of(t)->line;
	} else if (rule == PSP_RULE_REPEATED) {
		file = inquiry->book.repeats[t->finding->at].file;
		line = inquiry->book.repeats[t->finding->at].line;
	} else if (t->deal == NULL) {
		file = inquiry->history.file;
		line = inquiry->history.faults[t->finding->at].line;
	}
	return put(place, psp_slice_of(file), t->err)
	       && psp_buffer_put(place, ':', t->err)
	       && psp_buffer_append(place, digits,
		   psp_decimal_format((int64_t)line, 1, digits), t->err);
}

bool
psp_findings_put(void *findings, struct psp_report *report, size_t index,
    struct psp_error *err)
{
	struct psp_findings *own = findings;
	const struct psp_finding *finding = &own->items[index];
	const struct psp_book *book = &own->inquiry->book;
	struct telling t = { .findings = own, .finding = finding, .err = err };

	if (finding->rule < PSP_RULE_UNKNOWN_DEAL)
		t.deal = &book->deals[finding->deal];
	own->value.size = 0;
	own->expected.size = 0;
	own->place.size = 0;
	if (!tell(&t) || !place_it(&t))
		return false;
	psp_report_words(report, rule_names[finding->rule]);
	psp_report_term(report, finding->severity == PSP_SEVERITY_ERROR
				    ? N_("error")
				    : N_("warning"));
	if (t.deal != NULL) {
		psp_report_text(report, psp_deal_id(book, t.deal));
		psp_report_text(
		    report, psp_deal_label(book, t.deal, PSP_LABEL_OWNER));
		psp_report_text(report, psp_deal_stage_name(book, t.deal));
	} else {
		psp_report_unknown(report);
		psp_report_unknown(report);
		psp_report_unknown(report);
	}
	psp_report_text(report, psp_buffer_content(&own->value));
	psp_report_text(report, psp_buffer_content(&own->expected));
	psp_report_text(report, psp_buffer_content(&own->place));
	return true;
}
