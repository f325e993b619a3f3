/*
 * winrate: how many of the ended deals were won. Strictly, of those that
 * ended; prudently, deals that are overdue or that nobody has touched for too
 * long count as lost too: they mostly are, and were only not written off.
 */
#include <config.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/reports.h"
#include "libprospect/deals/sums.h"

static const struct psp_report_column columns[] = {
	{ N_("won"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("lost"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("strict"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	{ N_("strict_low"), PSP_REPORT_RATE, PSP_REPORT_PROGRAMS, 0 },
	{ N_("strict_high"), PSP_REPORT_RATE, PSP_REPORT_PROGRAMS, 0 },
	{ N_("interval"), PSP_REPORT_TEXT, PSP_REPORT_PEOPLE, 0 },
	{ N_("doubtful"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("prudent"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	{ N_("prudent_low"), PSP_REPORT_RATE, PSP_REPORT_PROGRAMS, 0 },
	{ N_("prudent_high"), PSP_REPORT_RATE, PSP_REPORT_PROGRAMS, 0 },
	{ N_("interval"), PSP_REPORT_TEXT, PSP_REPORT_PEOPLE, 0 },
	{ N_("won_amount"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("lost_amount"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("open_deals"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
};

/* A rate with its interval of 95 %. */
static void
put_rate(struct psp_report *report, size_t n_yes, size_t n)
{
	struct psp_interval interval = psp_wilson(n_yes, n);

	psp_report_share(report, n_yes, n);
	psp_report_interval(report, &interval, true, 0);
}

static void
put_sums(struct psp_inquiry *inquiry, const struct psp_sums *sums, void *user)
{
	struct psp_report *report = inquiry->report;
	size_t n_ended = sums->n_won + sums->n_lost;

	(void)user;
	psp_report_count(report, sums->n_won);
	psp_report_count(report, sums->n_lost);
	put_rate(report, sums->n_won, n_ended);
	psp_report_count(report, sums->n_doubtful);
	put_rate(report, sums->n_won, n_ended + sums->n_doubtful);
	psp_report_money(report, sums->won);
	psp_report_money(report, sums->lost);
	psp_report_count(report, sums->n_open);
}

static bool
show(struct psp_inquiry *inquiry, const struct psp_sums_table *table,
    struct psp_error *err)
{
	if (table->whole.n_won + table->whole.n_lost == 0)
		psp_report_remark(
		    inquiry->report, "no deal has ended: there is no rate yet");
	else if (table->whole.n_lost == 0)
		psp_report_remark(inquiry->report,
		    "all that ended were won: are lost deals written down?");
	return psp_sums_each(inquiry, table, put_sums, NULL, err);
}

const struct psp_inquiry_form psp_form_winrate = {
	.name = "winrate",
	.schema = "prospect-pipeline/winrate/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.countable = "won lost doubtful open_deals",
	.needs = PSP_SUMS_NEEDS,
	.is_grouped = true,
	.by = PSP_BY_ALL,
	.take = PSP_TAKE_ALL,
	.show = show,
};
