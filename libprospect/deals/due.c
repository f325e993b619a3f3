/*
 * due: what is to be done by day: next steps, decisions, renewals of
 * contracts, from what is overdue to what comes within some time.
 */
#include <config.h>

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/sort.h"
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

/* In the year -220: no day of ours is before it. */
enum { FIRST_DAY = -800000 };

enum { AHEAD = 12 }; /* rows */

struct agenda {
	const struct psp_inquiry *inquiry;
	uint64_t *events; /* see event_of */
	size_t n, capacity;
	int32_t last; /* day that is looked at */
};

static void
free_agenda(void *agenda)
{
	struct agenda *own = agenda;

	free(own->events);
	free(own);
}

/* An event as a number, in the order of the report: by day, on one day by
 * kind, then as in the input. */
static uint64_t
event_of(int32_t day, int kind, size_t deal)
{
	return (uint64_t)((int64_t)day - FIRST_DAY) << 34 | (uint64_t)kind << 32
	       | (uint32_t)deal;
}

static bool
put_event(struct agenda *agenda, size_t deal, int kind, int32_t day,
    struct psp_error *err)
{
	uint64_t *events;

	if (day == PSP_NO_DAY || day > agenda->last)
		return true;
	events = psp_array_reserve(agenda->events, &agenda->capacity,
	    agenda->n + 1, sizeof(*events), err);
	if (events == NULL)
		return false;
	agenda->events = events;
	events[agenda->n++] = event_of(day, kind, deal);
	return true;
}

static bool
put_row(void *agenda, struct psp_report *report, size_t index,
    struct psp_error *err)
{
	static const char *const kinds[] = { N_("next step"), N_("decision"),
		N_("renewal") };
	const struct agenda *own = agenda;
	const struct psp_book *book = &own->inquiry->book;
	uint64_t event = own->events[index];
	const struct psp_deal *deal = &book->deals[(uint32_t)event];
	int32_t day = (int32_t)((int64_t)(event >> 34) + FIRST_DAY);

	(void)err;
	/* Deals by day lie anywhere in the book: those of the next rows are
	 * fetched ahead, then their texts. */
	if (index + 2 * AHEAD < own->n) {
		PSP_PREFETCH(
		    &book->deals[(uint32_t)own->events[index + 2 * AHEAD]]);
		PSP_PREFETCH(book->text.bytes
			     + book->deals[(uint32_t)own->events[index + AHEAD]]
				   .text_at);
	}
	psp_report_day(report, day);
	psp_report_number(report, (double)(day - own->inquiry->options.today));
	psp_report_term(report, kinds[event >> 32 & 3]);
	psp_report_text(report, psp_deal_id(book, deal));
	psp_report_text(report, psp_deal_name(book, deal));
	psp_report_text(report, psp_deal_label(book, deal, PSP_LABEL_OWNER));
	psp_report_text(report, psp_deal_stage_name(book, deal));
	if (deal->amount != PSP_NO_AMOUNT)
		psp_report_money(report, deal->amount);
	else
		psp_report_unknown(report);
	return true;
}

static bool
collect(struct agenda *agenda, struct psp_error *err)
{
	const struct psp_book *book = &agenda->inquiry->book;

	for (size_t i = 0; i < book->n; i++) {
		const struct psp_deal *deal = &book->deals[i];
		enum psp_state state = psp_deal_state(book, deal);

		if (state == PSP_STATE_OPEN
		    && !(put_event(agenda, i, NEXT_STEP, deal->next_date, err)
			 && put_event(
			     agenda, i, DECISION, deal->decision_last, err)))
			return false;
		/* A contract that was won comes up for renewal too. */
		if (state != PSP_STATE_LOST
		    && !put_event(agenda, i, RENEWAL, deal->renewal, err))
			return false;
	}
	return true;
}

static bool
run(struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct agenda *agenda = calloc(1, sizeof(*agenda));

	if (agenda == NULL)
		return psp_error_memory(err);
	agenda->inquiry = inquiry;
	agenda->last = inquiry->options.today + inquiry->options.within;
	if (!collect(agenda, err)
	    || !psp_sort_numbers(agenda->events, agenda->n, err)) {
		free_agenda(agenda);
		return false;
	}
	if (agenda->n == 0)
		psp_report_remark(inquiry->report, "nothing is due");
	psp_report_rows_later(
	    inquiry->report, agenda->n, put_row, free_agenda, agenda);
	return true;
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
	.no_sum = N_("lists deals one by one"),
	.run = run,
};
