/*
 * families: the potential sales by product family, and what each family
 * brought: what is open, what was won and lost, and how often.
 */
#include <config.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/reports.h"
#include "libprospect/deals/standing.h"
#include "libprospect/deals/sums.h"

static const struct psp_report_column columns[] = {
	{ N_("open_deals"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("open_amount"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ "", PSP_REPORT_BAR, PSP_REPORT_PEOPLE, 0 },
	{ N_("weighted"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("share"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	{ N_("won"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("won_amount"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("mean_won"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("lost"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("win_rate"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	PSP_REPORT_INTERVAL_OF(PSP_REPORT_RATE, 0),
};

/* Of all families, each deal as often as it has some. */
struct whole {
	int64_t open, most;
};

static void
put_sums(struct psp_inquiry *inquiry, const struct psp_sums *sums, void *user)
{
	struct psp_report *report = inquiry->report;
	const struct whole *whole = user;
	size_t n_ended = sums->n_won + sums->n_lost;
	struct psp_interval interval = psp_wilson(sums->n_won, n_ended);

	psp_report_count(report, sums->n_open);
	psp_report_money(report, sums->open);
	psp_report_bar(report,
	    whole->most > 0 ? (double)sums->open / (double)whole->most : 0);
	psp_report_money(report, sums->weighted);
	if (whole->open > 0)
		psp_report_rate(
		    report, (double)sums->open / (double)whole->open);
	else
		psp_report_unknown(report);
	psp_report_count(report, sums->n_won);
	psp_report_money(report, sums->won);
	if (sums->n_won_amounts > 0)
		psp_report_money(
		    report, sums->won / (int64_t)sums->n_won_amounts);
	else
		psp_report_unknown(report);
	psp_report_count(report, sums->n_lost);
	psp_report_share(report, sums->n_won, n_ended);
	psp_report_interval(report, &interval, true, 0);
}

static bool
show(struct psp_inquiry *inquiry, const struct psp_sums_table *table,
    struct psp_error *err)
{
	struct whole whole = { 0, 0 };

	for (size_t i = 0; i < table->grouping.n; i++) {
		int64_t open = table->all[i].open;

		if (!psp_cents_add(&whole.open, open, err))
			return false;
		whole.most = open > whole.most ? open : whole.most;
	}
	return psp_sums_each(inquiry, table, put_sums, &whole, err);
}

const struct psp_inquiry_form psp_form_families = {
	.name = "families",
	.schema = "prospect-pipeline/families/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.countable = "open_deals won lost",
	.needs = PSP_SUMS_NEEDS,
	.is_grouped = true,
	.by = PSP_BY_FAMILY,
	.take = PSP_TAKE_ALL,
	.show = show,
};
