/*
 * due: what is to be done by day: next steps, decisions, renewals of
 * contracts, from what is overdue to what comes within some time.
 */
#include <config.h>

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/reports.h"

static const struct psp_report_column columns[] = {
	{ N_("date"), PSP_REPORT_DAY, PSP_REPORT_ALL, 0 },
	{ N_("days"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 0 },
	{ N_("what"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("deal"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("name"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("owner"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("stage"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("amount"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
};

/* On one day the next step comes before the decision, that before renewals. */
enum { NEXT_STEP, DECISION, RENEWAL };

struct event {
	int32_t day;
	uint32_t deal;
	int kind;
};

struct agenda {
	struct event *events;
	size_t n, capacity;
	int32_t last; /* day that is looked at */
};

static int
compare_events(const void *a, const void *b)
{
	const struct event *left = a, *right = b;

	if (left->day != right->day)
		return left->day < right->day ? -1 : 1;
	if (left->kind != right->kind)
		return left->kind - right->kind;
	return left->deal < right->deal ? -1 : left->deal > right->deal;
}

static bool
put_event(struct agenda *agenda, size_t deal, int kind, int32_t day,
    struct psp_error *err)
{
	struct event *events;

	if (day == PSP_NO_DAY || day > agenda->last)
		return true;
	events = psp_array_reserve(agenda->events, &agenda->capacity,
	    agenda->n + 1, sizeof(*events), err);
	if (events == NULL)
		return false;
	agenda->events = events;
	events[agenda->n].day = day;
	events[agenda->n].deal = (uint32_t)deal;
	events[agenda->n].kind = kind;
	agenda->n++;
	return true;
}

static void
put_row(struct psp_inquiry *inquiry, const struct event *event)
{
	static const char *const kinds[] = { N_("next step"), N_("decision"),
		N_("renewal") };
	const struct psp_book *book = &inquiry->book;
	const struct psp_deal *deal = &book->deals[event->deal];
	struct psp_report *report = inquiry->report;

	psp_report_day(report, event->day);
	psp_report_number(
	    report, (double)(event->day - inquiry->options.today));
	psp_report_term(report, kinds[event->kind]);
	psp_report_text(report, psp_deal_id(book, deal));
	psp_report_text(report, psp_deal_name(book, deal));
	psp_report_text(report, psp_deal_label(book, deal, PSP_LABEL_OWNER));
	psp_report_text(report, psp_deal_stage_name(book, deal));
	if (deal->amount != PSP_NO_AMOUNT)
		psp_report_money(report, deal->amount);
	else
		psp_report_unknown(report);
}

static bool
run(struct psp_inquiry *inquiry, struct psp_error *err)
{
	const struct psp_book *book = &inquiry->book;
	struct agenda agenda = { NULL, 0, 0, 0 };
	bool is_done = true;

	agenda.last = inquiry->options.today + inquiry->options.within;
	for (size_t i = 0; is_done && i < book->n; i++) {
		const struct psp_deal *deal = &book->deals[i];
		enum psp_state state = psp_deal_state(book, deal);

		if (state == PSP_STATE_OPEN)
			is_done = put_event(&agenda, i, NEXT_STEP,
				      deal->next_date, err)
			          && put_event(&agenda, i, DECISION,
				      deal->decision_last, err);
		/* A contract that was won comes up for renewal too. */
		if (state != PSP_STATE_LOST)
			is_done = is_done
			          && put_event(
				      &agenda, i, RENEWAL, deal->renewal, err);
	}
	if (agenda.n > 0)
		qsort(agenda.events, agenda.n, sizeof(*agenda.events),
		    compare_events);
	for (size_t i = 0; is_done && i < agenda.n; i++)
		put_row(inquiry, &agenda.events[i]);
	if (agenda.n == 0)
		psp_report_remark(inquiry->report, "nothing is due");
	free(agenda.events);
	return is_done;
}

const struct psp_inquiry_form psp_form_due = {
	.name = "due",
	.schema = "prospect-pipeline/due/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.needs =
	    PSP_FACT_BIT(PSP_FACT_NAME) | PSP_FACT_BIT(PSP_FACT_OWNER)
	    | PSP_FACT_BIT(PSP_FACT_AMOUNT) | PSP_FACT_BIT(PSP_FACT_CURRENCY)
	    | PSP_FACT_BIT(PSP_FACT_NEXT_DATE) | PSP_FACT_BIT(PSP_FACT_RENEWAL)
	    | PSP_FACT_BIT(PSP_FACT_DECISION_DATE) | PSP_FACT_BIT(PSP_FACT_TIME)
	    | PSP_FACT_BIT(PSP_FACT_LAST_CONTACT)
	    | PSP_FACT_BIT(PSP_FACT_STAGE_DATE)
	    | PSP_FACT_BIT(PSP_FACT_CREATED),
	.allows_currencies = true,
	.run = run,
};
