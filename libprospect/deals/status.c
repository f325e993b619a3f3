/*
 * status: who is where. Deals by stage (or owner, family ...) with amounts,
 * weights and age; all columns are sums or greatest values.
 */
#include <config.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/reports.h"
#include "libprospect/deals/sums.h"

static const struct psp_report_column columns[] = {
	{ N_("deals"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ "", PSP_REPORT_BAR, PSP_REPORT_PEOPLE, 0 },
	{ N_("open_deals"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("won"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("lost"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("open_amount"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("weighted"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("won_amount"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("lost_amount"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("no_amount"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("age"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 1 },
	{ N_("oldest"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("stale"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("past_due"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
};

static void
put_sums(struct psp_inquiry *inquiry, const struct psp_sums *sums, void *user)
{
	struct psp_report *report = inquiry->report;
	const size_t *most = user; /* deals in a group */

	psp_report_count(report, sums->n);
	psp_report_bar(report, *most > 0 ? (double)sums->n / (double)*most : 0);
	psp_report_count(report, sums->n_open);
	psp_report_count(report, sums->n_won);
	psp_report_count(report, sums->n_lost);
	psp_report_money(report, sums->open);
	psp_report_money(report, sums->weighted);
	psp_report_money(report, sums->won);
	psp_report_money(report, sums->lost);
	psp_report_count(report, sums->n_no_amount);
	if (sums->n_aged > 0) {
		psp_report_number(
		    report, (double)sums->age / (double)sums->n_aged);
		psp_report_count(report, (size_t)sums->oldest);
	} else {
		psp_report_unknown(report);
		psp_report_unknown(report);
	}
	psp_report_count(report, sums->n_stale);
	psp_report_count(report, sums->n_past_due);
}

static bool
show(struct psp_inquiry *inquiry, const struct psp_sums_table *table,
    struct psp_error *err)
{
	size_t most = 0;

	for (size_t i = 0; i < table->grouping.n; i++)
		most = table->all[i].n > most ? table->all[i].n : most;
	if (table->whole.n_open == 0)
		psp_report_remark(inquiry->report, "no deal is open");
	if (table->whole.n_no_amount > 0)
		psp_report_remark(inquiry->report,
		    "%zu without an amount: the sums are of the others",
		    table->whole.n_no_amount);
	return psp_sums_each(inquiry, table, put_sums, &most, err);
}

const struct psp_inquiry_form psp_form_status = {
	.name = "status",
	.schema = "prospect-pipeline/status/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.countable = "deals open_deals won lost no_amount stale past_due",
	.needs = PSP_SUMS_NEEDS,
	.is_grouped = true,
	.by = PSP_BY_STAGE,
	.take = PSP_TAKE_ALL,
	.show = show,
};
