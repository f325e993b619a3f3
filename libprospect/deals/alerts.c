/*
 * alerts: deals that are out of the standards of the handbook, a line a
 * breach with the rule, the value and the limit. Nothing is found when all is
 * well, and the command then writes nothing.
 */
#include <config.h>

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/criteria.h"
#include "libprospect/deals/dota.h"
#include "libprospect/deals/reports.h"
#include "libprospect/deals/standing.h"
#include "libprospect/values/date.h"

static const struct psp_report_column columns[] = {
	{ N_("rule"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("deal"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("name"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("owner"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("stage"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("value"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("limit"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
};

/* A breach; value and limit are told anew from the deal when it is written. */
struct alert {
	uint32_t deal;
	uint32_t kind; /* enum psp_alert_kind */
};

struct alerting {
	struct psp_inquiry *inquiry;
	const struct psp_book *book;
	const struct psp_handbook *handbook;
	struct alert *alerts;
	size_t n, capacity;
	int64_t open, most; /* of all open deals, and what one may hold */
	struct psp_buffer value, limit; /* of the row at hand */
	struct psp_error *err;
};

static void
free_alerting(void *alerting)
{
	struct alerting *own = alerting;

	psp_buffer_clear(&own->value);
	psp_buffer_clear(&own->limit);
	free(own->alerts);
	free(own);
}

static bool
is_on(const struct alerting *alert, enum psp_alert_kind kind)
{
	return alert->handbook->alerts[kind].is_on;
}

static bool
raise_alert(struct alerting *alert, size_t deal, enum psp_alert_kind kind)
{
	struct alert *alerts = psp_array_reserve(alert->alerts,
	    &alert->capacity, alert->n + 1, sizeof(*alerts), alert->err);

	if (alerts == NULL)
		return false;
	alert->alerts = alerts;
	alerts[alert->n].deal = (uint32_t)deal;
	alerts[alert->n++].kind = kind;
	return true;
}

/* Raises it where `is_so` and the settings ask for it. */
static bool
raise_if(
    struct alerting *alert, size_t deal, enum psp_alert_kind kind, bool is_so)
{
	return !is_so || !is_on(alert, kind) || raise_alert(alert, deal, kind);
}

static bool
look_at_time(struct alerting *alert, size_t index)
{
	const struct psp_deal *deal = &alert->book->deals[index];
	int32_t today = alert->inquiry->options.today, day;
	bool may_rest = deal->stage < alert->handbook->n_stages
	                && alert->handbook->stages[deal->stage].never_stale;

	return raise_if(alert, index, PSP_ALERT_STALE,
		   psp_deal_is_stale(alert->book, deal, today, &day))
	       && raise_if(alert, index, PSP_ALERT_OVER_AGE,
		   psp_deal_is_over_age(alert->book, deal, today, &day))
	       && raise_if(alert, index, PSP_ALERT_NO_NEXT_STEP,
		   deal->next_date == PSP_NO_DAY && !may_rest)
	       && raise_if(alert, index, PSP_ALERT_PAST_DUE,
		   psp_deal_is_past_due(alert->book, deal, today, &day));
}

/* The facts that its stage asks for and the deal does not have. */
static uint32_t
missing_of(const struct alerting *alert, const struct psp_deal *deal)
{
	return alert->handbook->stages[deal->stage].requires & ~deal->filled;
}

static bool
look_at_stage(struct alerting *alert, size_t index)
{
	const struct psp_deal *deal = &alert->book->deals[index];

	if (deal->stage >= alert->handbook->n_stages)
		return true;
	return raise_if(alert, index, PSP_ALERT_STAGE_MISMATCH,
		   deal->criteria == PSP_FALSE)
	       && raise_if(alert, index, PSP_ALERT_MISSING_FIELDS,
		   missing_of(alert, deal) != 0);
}

/* The greatest amount that the history has of a deal, or NO_AMOUNT. */
static int64_t
most_before(const struct alerting *alert, size_t index)
{
	const struct psp_history *history = &alert->inquiry->history;
	int64_t most = PSP_NO_AMOUNT;

	for (size_t i = history->starts[index]; i < history->starts[index + 1];
	     i++)
		if (history->amounts[i] > most)
			most = history->amounts[i];
	return most;
}

/* What an amount that was once `most` may fall to. */
static int64_t
least_after(const struct alerting *alert, int64_t most)
{
	return most
	       - psp_cents_weigh(
		   most, alert->handbook->alerts[PSP_ALERT_AMOUNT_DROP].share);
}

/* The amount now against the greatest that the history has. */
static bool
look_at_amount(struct alerting *alert, size_t index)
{
	const struct psp_deal *deal = &alert->book->deals[index];
	int64_t most;

	if (alert->inquiry->history.amounts == NULL
	    || deal->amount == PSP_NO_AMOUNT)
		return true;
	most = most_before(alert, index);
	return raise_if(alert, index, PSP_ALERT_AMOUNT_DROP,
	    most != PSP_NO_AMOUNT && deal->amount < least_after(alert, most));
}

/* Deals that hold more than their share of what is open. */
static bool
look_at_concentration(struct alerting *alert)
{
	const struct psp_book *book = alert->book;

	if (!is_on(alert, PSP_ALERT_CONCENTRATION))
		return true;
	for (size_t i = 0; i < book->n; i++) {
		const struct psp_deal *deal = &book->deals[i];

		if (psp_deal_state(book, deal) == PSP_STATE_OPEN
		    && deal->amount != PSP_NO_AMOUNT
		    && !psp_cents_add(&alert->open, deal->amount, alert->err))
			return false;
	}
	alert->most = psp_cents_weigh(alert->open,
	    alert->handbook->alerts[PSP_ALERT_CONCENTRATION].share);
	for (size_t i = 0; i < book->n; i++) {
		const struct psp_deal *deal = &book->deals[i];

		if (psp_deal_state(book, deal) == PSP_STATE_OPEN
		    && deal->amount != PSP_NO_AMOUNT
		    && deal->amount > alert->most
		    && !raise_alert(alert, i, PSP_ALERT_CONCENTRATION))
			return false;
	}
	return true;
}

static bool
put_text(struct psp_buffer *out, const char *text, struct psp_error *err)
{
	return psp_buffer_slice(out, psp_slice_of(text), err);
}

static bool
put_cents(struct psp_buffer *out, int64_t cents, struct psp_error *err)
{
	char digits[32];
	size_t size = psp_decimal_format(cents, PSP_MONEY_SCALE, digits);

	return psp_buffer_append(out, digits, size, err);
}

static bool
put_count(struct psp_buffer *out, int32_t n, struct psp_error *err)
{
	char digits[32];

	return psp_buffer_append(
	    out, digits, psp_decimal_format(n, 1, digits), err);
}

static bool
put_day(struct psp_buffer *out, int32_t day, struct psp_error *err)
{
	char text[16];

	psp_date_format(day, text);
	return put_text(out, text, err);
}

/* "45 days", of those since `day`, and the day that was the limit. */
static bool
tell_days(
    struct alerting *alert, int32_t day, int32_t limit, struct psp_error *err)
{
	int32_t today = alert->inquiry->options.today;

	return put_count(&alert->value, today - day, err)
	       && put_text(&alert->value, _(" days"), err)
	       && put_count(&alert->limit, limit - day, err)
	       && put_text(&alert->limit, _(" days, until "), err)
	       && put_day(&alert->limit, limit, err);
}

/* An amount, and its limit of another one. */
static bool
tell_amounts(struct alerting *alert, int64_t amount, int64_t limit,
    const char *relation, int64_t other, struct psp_error *err)
{
	return put_cents(&alert->value, amount, err)
	       && put_cents(&alert->limit, limit, err)
	       && put_text(&alert->limit, relation, err)
	       && put_cents(&alert->limit, other, err);
}

/* Value and limit of the breach, into their buffers. */
static bool
tell(struct alerting *alert, const struct alert *breach, struct psp_error *err)
{
	const struct psp_deal *deal = &alert->book->deals[breach->deal];
	int32_t today = alert->inquiry->options.today, day = 0;
	int64_t most;

	switch ((enum psp_alert_kind)breach->kind) {
	case PSP_ALERT_STALE:
		(void)psp_deal_is_stale(alert->book, deal, today, &day);
		return tell_days(alert, psp_deal_touched(deal), day, err);
	case PSP_ALERT_OVER_AGE:
		(void)psp_deal_is_over_age(alert->book, deal, today, &day);
		return tell_days(alert, psp_deal_since(deal), day, err);
	case PSP_ALERT_NO_NEXT_STEP:
		return put_text(&alert->limit, _("a date"), err);
	case PSP_ALERT_PAST_DUE:
		(void)psp_deal_is_past_due(alert->book, deal, today, &day);
		return put_day(&alert->value, day, err)
		       && put_day(&alert->limit, today, err);
	case PSP_ALERT_STAGE_MISMATCH:
		return psp_buffer_slice(&alert->value,
			   alert->handbook->stages[deal->stage].name, err)
		       && put_text(&alert->limit, _("its criteria: "), err)
		       && psp_criteria_put(
			   &alert->handbook->stages[deal->stage], deal->unmet,
			   &alert->limit, err);
	case PSP_ALERT_MISSING_FIELDS:
		return psp_facts_put(
		    missing_of(alert, deal), &alert->limit, err);
	case PSP_ALERT_AMOUNT_DROP:
		most = most_before(alert, breach->deal);
		return tell_amounts(alert, deal->amount,
		    least_after(alert, most), _(" after "), most, err);
	case PSP_ALERT_CONCENTRATION:
		return tell_amounts(alert, deal->amount, alert->most, _(" of "),
		    alert->open, err);
	case PSP_N_ALERTS:
		break;
	}
	return true;
}

static bool
put_row(void *alerting, struct psp_report *report, size_t index,
    struct psp_error *err)
{
	struct alerting *alert = alerting;
	const struct alert *breach = &alert->alerts[index];
	const struct psp_book *book = alert->book;
	const struct psp_deal *deal = &book->deals[breach->deal];

	alert->value.size = 0;
	alert->limit.size = 0;
	if (!tell(alert, breach, err))
		return false;
	psp_report_words(
	    report, psp_alert_name((enum psp_alert_kind)breach->kind));
	psp_report_text(report, psp_deal_id(book, deal));
	psp_report_text(report, psp_deal_name(book, deal));
	psp_report_text(report, psp_deal_label(book, deal, PSP_LABEL_OWNER));
	psp_report_text(report, psp_deal_stage_name(book, deal));
	psp_report_text(report, psp_buffer_content(&alert->value));
	psp_report_text(report, psp_buffer_content(&alert->limit));
	return true;
}

static bool
look_at_all(struct alerting *alert)
{
	const struct psp_book *book = alert->book;

	for (size_t i = 0; i < book->n; i++) {
		bool is_open =
		    psp_deal_state(book, &book->deals[i]) == PSP_STATE_OPEN;

		if (!((!is_open || look_at_time(alert, i))
			&& look_at_stage(alert, i)
			&& (!is_open || look_at_amount(alert, i))))
			return false;
	}
	return look_at_concentration(alert);
}

static bool
run(struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct alerting *alert = calloc(1, sizeof(*alert));

	if (alert == NULL)
		return psp_error_memory(err);
	alert->inquiry = inquiry;
	alert->book = &inquiry->book;
	alert->handbook = inquiry->handbook;
	alert->err = err;
	psp_buffer_init(&alert->value);
	psp_buffer_init(&alert->limit);
	if (!look_at_all(alert)) {
		free_alerting(alert);
		return false;
	}
	inquiry->n_found = alert->n;
	psp_report_rows_later(
	    inquiry->report, alert->n, put_row, free_alerting, alert);
	return true;
}

const struct psp_inquiry_form psp_form_alerts = {
	.name = "alerts",
	.schema = "prospect-pipeline/alerts/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.needs = UINT32_MAX,
	.asks_criteria = true,
	.no_sum = N_("holds deals against all that is open"),
	.run = run,
};
