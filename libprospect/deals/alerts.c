/*
 * alerts: deals that are out of the standards of the handbook, a line a
 * breach with the rule, the value and the limit. Nothing is found when all is
 * well, and the command then writes nothing.
 */
#include <config.h>

#include "libprospect/base/catalog.h"
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

struct alerting {
	struct psp_inquiry *inquiry;
	const struct psp_book *book;
	const struct psp_handbook *handbook;
	const struct psp_deal *deal; /* at hand */
	struct psp_buffer value, limit;
	struct psp_error *err;
};

static bool
is_on(const struct alerting *alert, enum psp_alert_kind kind)
{
	return alert->handbook->alerts[kind].is_on;
}

/* A breach by the deal at hand; value and limit are in the buffers. */
static bool
raise_alert(struct alerting *alert, enum psp_alert_kind kind)
{
	const struct psp_book *book = alert->book;
	const struct psp_deal *deal = alert->deal;
	struct psp_report *report = alert->inquiry->report;

	psp_report_words(report, psp_alert_name(kind));
	psp_report_text(report, psp_deal_id(book, deal));
	psp_report_text(report, psp_deal_name(book, deal));
	psp_report_text(report, psp_deal_label(book, deal, PSP_LABEL_OWNER));
	psp_report_text(report, psp_deal_stage_name(book, deal));
	psp_report_text(report, psp_buffer_content(&alert->value));
	psp_report_text(report, psp_buffer_content(&alert->limit));
	alert->inquiry->n_found++;
	alert->value.size = 0;
	alert->limit.size = 0;
	return true;
}

/* "45 days", of those since `day`, and the day that was the limit. */
static bool
raise_days(struct alerting *alert, enum psp_alert_kind kind, int32_t day,
    int32_t limit)
{
	char text[16];

	psp_date_format(limit, text);
	return psp_buffer_format(&alert->value, alert->err, _("%d days"),
		   (int)(alert->inquiry->options.today - day))
	       && psp_buffer_format(&alert->limit, alert->err,
		   _("%d days, until %s"), (int)(limit - day), text)
	       && raise_alert(alert, kind);
}

static bool
look_at_time(struct alerting *alert)
{
	const struct psp_deal *deal = alert->deal;
	int32_t today = alert->inquiry->options.today, day;
	char text[2][16];

	if (is_on(alert, PSP_ALERT_STALE)
	    && psp_deal_is_stale(alert->book, deal, today, &day)
	    && !raise_days(alert, PSP_ALERT_STALE, psp_deal_touched(deal), day))
		return false;
	if (is_on(alert, PSP_ALERT_OVER_AGE)
	    && psp_deal_is_over_age(alert->book, deal, today, &day)
	    && !raise_days(
		alert, PSP_ALERT_OVER_AGE, psp_deal_since(deal), day))
		return false;
	if (is_on(alert, PSP_ALERT_NO_NEXT_STEP)
	    && deal->next_date == PSP_NO_DAY
	    && (deal->stage >= alert->handbook->n_stages
		|| !alert->handbook->stages[deal->stage].never_stale)
	    && !(psp_buffer_format(&alert->limit, alert->err, _("a date"))
		 && raise_alert(alert, PSP_ALERT_NO_NEXT_STEP)))
		return false;
	if (!is_on(alert, PSP_ALERT_PAST_DUE)
	    || !psp_deal_is_past_due(alert->book, deal, today, &day))
		return true;
	psp_date_format(day, text[0]);
	psp_date_format(today, text[1]);
	return psp_buffer_format(&alert->value, alert->err, "%s", text[0])
	       && psp_buffer_format(&alert->limit, alert->err, "%s", text[1])
	       && raise_alert(alert, PSP_ALERT_PAST_DUE);
}

static bool
look_at_stage(struct alerting *alert)
{
	const struct psp_deal *deal = alert->deal;
	const struct psp_stage *stage;
	uint32_t missing;

	if (deal->stage >= alert->handbook->n_stages)
		return true;
	stage = &alert->handbook->stages[deal->stage];
	missing = stage->requires & ~deal->filled;
	if (is_on(alert, PSP_ALERT_STAGE_MISMATCH)
	    && deal->criteria == PSP_FALSE
	    && !(psp_buffer_slice(&alert->value, stage->name, alert->err)
		 && psp_buffer_format(
		     &alert->limit, alert->err, _("its criteria"))
		 && raise_alert(alert, PSP_ALERT_STAGE_MISMATCH)))
		return false;
	if (!is_on(alert, PSP_ALERT_MISSING_FIELDS) || missing == 0)
		return true;
	return psp_facts_put(missing, &alert->limit, alert->err)
	       && raise_alert(alert, PSP_ALERT_MISSING_FIELDS);
}

static bool
put_cents(struct psp_buffer *out, int64_t cents, struct psp_error *err)
{
	char digits[32];
	size_t size = psp_decimal_format(cents, PSP_MONEY_SCALE, digits);

	return psp_buffer_append(out, digits, size, err);
}

/* The amount now against the greatest that the history has. */
static bool
look_at_amount(struct alerting *alert, size_t index)
{
	const struct psp_history *history = &alert->inquiry->history;
	int64_t most = PSP_NO_AMOUNT, least;
	int64_t share = alert->handbook->alerts[PSP_ALERT_AMOUNT_DROP].share;

	if (!is_on(alert, PSP_ALERT_AMOUNT_DROP) || history->amounts == NULL
	    || alert->deal->amount == PSP_NO_AMOUNT)
		return true;
	for (size_t i = history->starts[index]; i < history->starts[index + 1];
	     i++)
		if (history->amounts[i] > most)
			most = history->amounts[i];
	if (most == PSP_NO_AMOUNT)
		return true;
	least = most - psp_cents_weigh(most, share);
	if (alert->deal->amount >= least)
		return true;
	return put_cents(&alert->value, alert->deal->amount, alert->err)
	       && put_cents(&alert->limit, least, alert->err)
	       && psp_buffer_format(&alert->limit, alert->err, _(" after "))
	       && put_cents(&alert->limit, most, alert->err)
	       && raise_alert(alert, PSP_ALERT_AMOUNT_DROP);
}

/* Deals that hold more than their share of what is open. */
static bool
look_at_concentration(struct alerting *alert)
{
	const struct psp_book *book = alert->book;
	int64_t share = alert->handbook->alerts[PSP_ALERT_CONCENTRATION].share;
	int64_t open = 0, limit;

	if (!is_on(alert, PSP_ALERT_CONCENTRATION))
		return true;
	for (size_t i = 0; i < book->n; i++) {
		const struct psp_deal *deal = &book->deals[i];

		if (psp_deal_state(book, deal) == PSP_STATE_OPEN
		    && deal->amount != PSP_NO_AMOUNT
		    && !psp_cents_add(&open, deal->amount, alert->err))
			return false;
	}
	limit = psp_cents_weigh(open, share);
	for (size_t i = 0; i < book->n; i++) {
		alert->deal = &book->deals[i];
		if (psp_deal_state(book, alert->deal) != PSP_STATE_OPEN
		    || alert->deal->amount == PSP_NO_AMOUNT
		    || alert->deal->amount <= limit)
			continue;
		if (!put_cents(&alert->value, alert->deal->amount, alert->err)
		    || !put_cents(&alert->limit, limit, alert->err)
		    || !psp_buffer_format(&alert->limit, alert->err, _(" of "))
		    || !put_cents(&alert->limit, open, alert->err)
		    || !raise_alert(alert, PSP_ALERT_CONCENTRATION))
			return false;
	}
	return true;
}

static bool
run(struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct alerting alert = { .inquiry = inquiry,
		.book = &inquiry->book,
		.handbook = inquiry->handbook,
		.err = err };
	bool is_done = true;

	for (size_t i = 0; is_done && i < inquiry->book.n; i++) {
		alert.deal = &inquiry->book.deals[i];
		if (psp_deal_state(alert.book, alert.deal) == PSP_STATE_OPEN)
			is_done = look_at_time(&alert) && look_at_stage(&alert)
			          && look_at_amount(&alert, i);
		else
			is_done = look_at_stage(&alert);
	}
	is_done = is_done && look_at_concentration(&alert);
	psp_buffer_clear(&alert.value);
	psp_buffer_clear(&alert.limit);
	return is_done;
}

const struct psp_inquiry_form psp_form_alerts = {
	.name = "alerts",
	.schema = "prospect-pipeline/alerts/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.needs = UINT32_MAX,
	.asks_criteria = true,
	.run = run,
};
