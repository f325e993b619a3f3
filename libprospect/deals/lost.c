/*
 * lost: from which stage and for which reason deals were lost, most first in
 * each stage.
 */
#include <config.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/reports.h"
#include "libprospect/deals/sums.h"

static const struct psp_report_column columns[] = {
	{ N_("deals"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ "", PSP_REPORT_BAR, PSP_REPORT_PEOPLE, 0 },
	{ N_("share"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	PSP_REPORT_INTERVAL_OF(PSP_REPORT_RATE, 0),
	{ N_("lost_amount"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("no_amount"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
};

static void
put_sums(struct psp_inquiry *inquiry, const struct psp_sums *sums, void *user)
{
	struct psp_report *report = inquiry->report;
	const size_t *n_all = user;
	struct psp_interval interval = psp_wilson(sums->n, *n_all);

	psp_report_count(report, sums->n);
	psp_report_bar(report, (double)sums->n / (double)*n_all);
	psp_report_share(report, sums->n, *n_all);
	psp_report_interval(report, &interval, true, 0);
	psp_report_money(report, sums->lost);
	psp_report_count(report, sums->n_no_amount);
}

static bool
show(struct psp_inquiry *inquiry, const struct psp_sums_table *table,
    struct psp_error *err)
{
	size_t n_all = table->whole.n, n_without = table->whole.n_no_reason;

	if (n_all == 0)
		psp_report_remark(inquiry->report, "no deal was lost");
	else if (n_without * 5 > n_all)
		psp_report_remark(inquiry->report,
		    "%zu of %zu without a reason: what is not said cannot be "
		    "mended",
		    n_without, n_all);
	if (!table->has_history)
		psp_report_remark(inquiry->report,
		    "the stage that a deal was lost from is in its history: "
		    "--history FILE");
	return psp_sums_each(inquiry, table, put_sums, &n_all, err);
}

const struct psp_inquiry_form psp_form_lost = {
	.name = "lost",
	.schema = "prospect-pipeline/lost/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.countable = "deals no_amount",
	.needs = PSP_SUMS_NEEDS,
	.is_grouped = true,
	.by = PSP_BY_FROM,
	.and_by = PSP_BY_REASON,
	.take = PSP_TAKE_LOST,
	.show = show,
};
