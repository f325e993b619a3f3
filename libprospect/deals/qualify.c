/*
 * qualify: leads and projects among the open deals, by DOT(A): what is known,
 * what a project would still need, and where the label says something else.
 */
#include <config.h>

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/dota.h"
#include "libprospect/deals/reports.h"

static const struct psp_report_column columns[] = {
	{ N_("deal"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("name"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("owner"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("stage"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("source_role"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("dota"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("qualification"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("said"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("missing"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
};

/* The open deals; what is known of each is told when it is written. */
struct qualifying {
	const struct psp_inquiry *inquiry;
	uint32_t *deals;
	size_t n;
	struct psp_buffer missing; /* of the row at hand */
};

static void
free_qualifying(void *qualifying)
{
	struct qualifying *own = qualifying;

	psp_buffer_clear(&own->missing);
	free(own->deals);
	free(own);
}

/* "source_role, object" */
static bool
tell_missing(const struct psp_dota *dota, struct psp_buffer *missing,
    struct psp_error *err)
{
	missing->size = 0;
	if (!dota->has_role
	    && !psp_facts_put(PSP_FACT_BIT(PSP_FACT_SOURCE_ROLE), missing, err))
		return false;
	if (missing->size > 0 && dota->missing != 0
	    && !psp_buffer_append(missing, ", ", 2, err))
		return false;
	return psp_facts_put(dota->missing, missing, err);
}

static bool
put_row(void *qualifying, struct psp_report *report, size_t index,
    struct psp_error *err)
{
	struct qualifying *own = qualifying;
	const struct psp_book *book = &own->inquiry->book;
	const struct psp_deal *deal = &book->deals[own->deals[index]];
	struct psp_dota dota = psp_deal_dota(book, deal);

	if (!tell_missing(&dota, &own->missing, err))
		return false;
	psp_report_text(report, psp_deal_id(book, deal));
	psp_report_text(report, psp_deal_name(book, deal));
	psp_report_text(report, psp_deal_label(book, deal, PSP_LABEL_OWNER));
	psp_report_text(report, psp_deal_stage_name(book, deal));
	psp_report_words(report, psp_role_name((enum psp_role)deal->role));
	psp_report_words(report, dota.letters);
	psp_report_term(report, psp_qualification_name(dota.is));
	psp_report_term(report, psp_qualification_name(dota.said));
	psp_report_text(report, psp_buffer_content(&own->missing));
	return true;
}

static bool
run(struct psp_inquiry *inquiry, struct psp_error *err)
{
	const struct psp_book *book = &inquiry->book;
	size_t n[3] = { 0, 0, 0 }, n_undersold = 0, n_oversold = 0;
	struct qualifying *own = calloc(1, sizeof(*own));

	if (own == NULL)
		return psp_error_memory(err);
	own->inquiry = inquiry;
	psp_buffer_init(&own->missing);
	own->deals = calloc(book->n + 1, sizeof(*own->deals));
	if (own->deals == NULL) {
		free_qualifying(own);
		return psp_error_memory(err);
	}
	for (size_t i = 0; i < book->n; i++) {
		const struct psp_deal *deal = &book->deals[i];
		struct psp_dota dota;

		if (psp_deal_state(book, deal) != PSP_STATE_OPEN)
			continue;
		dota = psp_deal_dota(book, deal);
		n[dota.is]++;
		n_undersold += dota.is == PSP_QUALIFICATION_PROJECT
		               && dota.said == PSP_QUALIFICATION_LEAD;
		n_oversold += dota.is == PSP_QUALIFICATION_LEAD
		              && dota.said == PSP_QUALIFICATION_PROJECT;
		own->deals[own->n++] = (uint32_t)i;
	}
	psp_report_rows_later(
	    inquiry->report, own->n, put_row, free_qualifying, own);
	psp_report_remark(inquiry->report, "leads %zu, projects %zu",
	    n[PSP_QUALIFICATION_LEAD], n[PSP_QUALIFICATION_PROJECT]);
	if (n_undersold > 0)
		psp_report_remark(inquiry->report,
		    "%zu called a lead, and a project by what is known: do not "
		    "let such go by",
		    n_undersold);
	if (n_oversold > 0)
		psp_report_remark(inquiry->report,
		    "%zu called a project, and a lead by what is known",
		    n_oversold);
	return true;
}

const struct psp_inquiry_form psp_form_qualify = {
	.name = "qualify",
	.schema = "prospect-pipeline/qualify/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.needs = PSP_DOTA_NEEDS | PSP_FACT_BIT(PSP_FACT_NAME)
	         | PSP_FACT_BIT(PSP_FACT_OWNER),
	.allows_currencies = true,
	.no_sum = N_("lists deals one by one"),
	.run = run,
};
