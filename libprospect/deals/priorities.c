/*
 * priorities: whom to call today. What is due comes first, then all is ranked
 * by the value that an hour brings: amount x chance / hours of the stage. Who
 * must not be contacted is left out. Each rank tells its reasons.
 */
#include <config.h>

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/chances.h"
#include "libprospect/deals/reports.h"
#include "libprospect/values/date.h"

static const struct psp_report_column columns[] = {
	{ N_("rank"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("deal"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("name"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("owner"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("stage"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("due"), PSP_REPORT_DAY, PSP_REPORT_ALL, 0 },
	{ N_("value_an_hour"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("reasons"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
};

enum { AHEAD = 12 }; /* rows */

/* A call that may be made. */
struct call {
	uint32_t deal;
	int32_t due;   /* the day, when it is today or past; else NO_DAY */
	int64_t value; /* cents an hour; -1: not known */
	int64_t chance;
};

/* The calls, ranked; why each is made is told when it is written. */
struct calling {
	const struct psp_inquiry *inquiry;
	struct call *calls;
	size_t n;
	struct psp_buffer reasons; /* of the row at hand */
};

static void
free_calling(void *calling)
{
	struct calling *own = calling;

	psp_buffer_clear(&own->reasons);
	free(own->calls);
	free(own);
}

/* Due first, the oldest first; then by value; then as in the input. */
static int
compare_calls(const void *a, const void *b)
{
	const struct call *left = a, *right = b;

	if ((left->due == PSP_NO_DAY) != (right->due == PSP_NO_DAY))
		return left->due == PSP_NO_DAY ? 1 : -1;
	if (left->value != right->value)
		return left->value > right->value ? -1 : 1;
	if (left->due != right->due)
		return left->due < right->due ? -1 : 1;
	return left->deal < right->deal ? -1 : left->deal > right->deal;
}

/* Cents an hour, by the hundredths of hours that the stage takes. */
static int64_t
value_of(
    const struct psp_book *book, const struct psp_deal *deal, int64_t chance)
{
	int64_t effort = 100, cents;

	if (deal->amount == PSP_NO_AMOUNT || chance < 0)
		return -1;
	if (deal->stage < book->handbook->n_stages)
		effort = book->handbook->stages[deal->stage].effort;
	cents = psp_cents_weigh(deal->amount, chance);
	if (cents > INT64_MAX / 100)
		return cents / effort * 100;
	return cents * 100 / effort;
}

static bool
put_text(struct psp_buffer *out, const char *text, struct psp_error *err)
{
	return psp_buffer_slice(out, psp_slice_of(text), err);
}

static bool
put_decimal(
    struct psp_buffer *out, int64_t value, int64_t scale, struct psp_error *err)
{
	char digits[32];
	size_t size = psp_decimal_format(value, scale, digits);

	return psp_buffer_append(out, digits, size, err);
}

/* The next reason: its words and perhaps a day. */
static bool
put_reason(struct psp_buffer *out, const char *words, int32_t day,
    struct psp_error *err)
{
	char text[16] = "";

	if (day != PSP_NO_DAY)
		psp_date_format(day, text);
	return (out->size == 0 || put_text(out, "; ", err))
	       && put_text(out, words, err) && put_text(out, text, err);
}

static bool
put_reasons(const struct psp_inquiry *inquiry, const struct call *call,
    struct psp_buffer *out, struct psp_error *err)
{
	const struct psp_book *book = &inquiry->book;
	const struct psp_deal *deal = &book->deals[call->deal];
	int32_t today = inquiry->options.today, limit;

	out->size = 0;
	if (call->due != PSP_NO_DAY
	    && !(call->due == today
		     ? put_reason(out, _("due today"), PSP_NO_DAY, err)
		     : put_reason(out, _("due since "), call->due, err)))
		return false;
	if (deal->decision_last != PSP_NO_DAY && deal->decision_last >= today
	    && !put_reason(out, _("decision by "), deal->decision_last, err))
		return false;
	if (psp_deal_is_stale(book, deal, today, &limit)
	    && !(put_reason(out, _("untouched for "), PSP_NO_DAY, err)
		 && put_decimal(out, today - psp_deal_touched(deal), 1, err)
		 && put_text(out, _(" days"), err)))
		return false;
	if (call->value < 0)
		return put_reason(out,
		    deal->amount == PSP_NO_AMOUNT ? _("no amount")
						  : _("no probability"),
		    PSP_NO_DAY, err);
	return put_reason(out, "", PSP_NO_DAY, err)
	       && put_decimal(out, deal->amount, PSP_MONEY_SCALE, err)
	       && put_text(out, " x ", err)
	       && put_decimal(out, call->chance, PSP_NUMBER_SCALE / 100, err)
	       && put_text(out, " %", err);
}

static bool
put_row(void *calling, struct psp_report *report, size_t index,
    struct psp_error *err)
{
	struct calling *own = calling;
	const struct call *call = &own->calls[index];
	const struct psp_book *book = &own->inquiry->book;
	const struct psp_deal *deal = &book->deals[call->deal];

	/* Deals by rank lie anywhere in the book: those of the next rows are
	 * fetched ahead, then their texts. */
	if (index + 2 * AHEAD < own->n) {
		PSP_PREFETCH(&book->deals[own->calls[index + 2 * AHEAD].deal]);
		PSP_PREFETCH(
		    book->text.bytes
		    + book->deals[own->calls[index + AHEAD].deal].text_at);
	}
	if (!put_reasons(own->inquiry, call, &own->reasons, err))
		return false;
	psp_report_count(report, index + 1);
	psp_report_text(report, psp_deal_id(book, deal));
	psp_report_text(report, psp_deal_name(book, deal));
	psp_report_text(report, psp_deal_label(book, deal, PSP_LABEL_OWNER));
	psp_report_text(report, psp_deal_stage_name(book, deal));
	if (call->due != PSP_NO_DAY)
		psp_report_day(report, call->due);
	else
		psp_report_unknown(report);
	if (call->value >= 0)
		psp_report_money(report, call->value);
	else
		psp_report_unknown(report);
	psp_report_text(report, psp_buffer_content(&own->reasons));
	return true;
}

/* The deals to be called: open, not suppressed, and not put off. */
static void
collect(struct calling *own, size_t *n_suppressed, size_t *n_put_off)
{
	const struct psp_inquiry *inquiry = own->inquiry;
	const struct psp_book *book = &inquiry->book;
	struct psp_learned learned[PSP_MAX_STAGES];
	int32_t today = inquiry->options.today;

	psp_chances_learn(&inquiry->history, book, today + 1, learned);
	for (size_t i = 0; i < book->n; i++) {
		const struct psp_deal *deal = &book->deals[i];
		struct call *call = &own->calls[own->n];
		enum psp_chance_source source;

		if (psp_deal_state(book, deal) != PSP_STATE_OPEN)
			continue;
		if (deal->is_suppressed) {
			*n_suppressed += 1;
			continue;
		}
		if (deal->next_date != PSP_NO_DAY && deal->next_date > today) {
			*n_put_off += 1;
			continue;
		}
		call->deal = (uint32_t)i;
		call->chance = psp_deal_chance(book, deal, learned, &source);
		call->value = value_of(book, deal, call->chance);
		call->due = deal->next_date;
		own->n++;
	}
}

static bool
run(struct psp_inquiry *inquiry, struct psp_error *err)
{
	size_t n_suppressed = 0, n_put_off = 0, n;
	struct calling *own = calloc(1, sizeof(*own));

	if (own == NULL)
		return psp_error_memory(err);
	own->inquiry = inquiry;
	psp_buffer_init(&own->reasons);
	own->calls = calloc(inquiry->book.n + 1, sizeof(*own->calls));
	if (own->calls == NULL) {
		free_calling(own);
		return psp_error_memory(err);
	}
	collect(own, &n_suppressed, &n_put_off);
	qsort(own->calls, own->n, sizeof(*own->calls), compare_calls);
	n = own->n < inquiry->options.top ? own->n : inquiry->options.top;
	psp_report_rows_later(inquiry->report, n, put_row, free_calling, own);
	if (n_suppressed > 0)
		psp_report_remark(inquiry->report,
		    "%zu must not be contacted: left out", n_suppressed);
	if (n_put_off > 0)
		psp_report_remark(inquiry->report,
		    "%zu have a next step to come: left out until then",
		    n_put_off);
	if (own->n == 0)
		psp_report_remark(inquiry->report, "nobody is to be called");
	return true;
}

const struct psp_inquiry_form psp_form_priorities = {
	.name = "priorities",
	.schema = "prospect-pipeline/priorities/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.needs =
	    PSP_FACT_BIT(PSP_FACT_NAME) | PSP_FACT_BIT(PSP_FACT_OWNER)
	    | PSP_FACT_BIT(PSP_FACT_AMOUNT) | PSP_FACT_BIT(PSP_FACT_CURRENCY)
	    | PSP_FACT_BIT(PSP_FACT_PROBABILITY)
	    | PSP_FACT_BIT(PSP_FACT_NEXT_DATE)
	    | PSP_FACT_BIT(PSP_FACT_DECISION_DATE) | PSP_FACT_BIT(PSP_FACT_TIME)
	    | PSP_FACT_BIT(PSP_FACT_LAST_CONTACT)
	    | PSP_FACT_BIT(PSP_FACT_STAGE_DATE)
	    | PSP_FACT_BIT(PSP_FACT_CREATED),
	.no_sum = N_("ranks all deals"),
	.run = run,
};
