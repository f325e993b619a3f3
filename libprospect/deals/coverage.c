/*
 * coverage: whether what is open suffices for what is still to be won in the
 * period: open pipeline (or its weighted sum) over target less won so far.
 */
#include <config.h>

#include <stdlib.h>

#include "libprospect/base/calendar.h"
#include "libprospect/base/catalog.h"
#include "libprospect/deals/chances.h"
#include "libprospect/deals/reports.h"

static const struct psp_report_column columns[] = {
	{ N_("scope"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("from"), PSP_REPORT_DAY, PSP_REPORT_ALL, 0 },
	{ N_("until"), PSP_REPORT_DAY, PSP_REPORT_ALL, 0 },
	{ N_("target"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("won"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("remaining"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("deals"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("open_amount"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("weighted"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("coverage"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 2 },
	{ N_("weighted_coverage"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 2 },
};

/* Open deals: all of them, or those decided within the period. */
struct covered {
	size_t n, n_no_amount;
	int64_t open, weighted;
};

/* The quarter that today is in, where no period is given. */
static void
settle_period(struct psp_inquiry_options *options)
{
	struct psp_civil civil = psp_civil_from_days(options->today);
	int month = (civil.month - 1) / 3 * 3 + 1;
	int32_t first = psp_days_from_civil(civil.year, month, 1);

	if (options->from == PSP_NO_DAY && options->to == PSP_NO_DAY) {
		options->from = first;
		options->to = psp_days_add_months(first, 3) - 1;
	}
}

static bool
add_open(struct psp_inquiry *inquiry, size_t index, const char *row,
    const struct psp_learned *learned, struct covered *covered,
    struct psp_error *err)
{
	const struct psp_deal *deal = &inquiry->book.deals[index];
	enum psp_chance_source source;
	int64_t chance =
	    psp_deal_chance(&inquiry->book, deal, learned, &source);

	covered->n++;
	psp_inquiry_count(inquiry, index, psp_slice_of(row), "deals");
	if (deal->amount == PSP_NO_AMOUNT) {
		covered->n_no_amount++;
		return true;
	}
	return psp_cents_add(&covered->open, deal->amount, err)
	       && (chance < 0
		   || psp_cents_add(&covered->weighted,
		       psp_cents_weigh(deal->amount, chance), err));
}

/* What is added up of the deals. */
struct covering {
	int64_t won;
	size_t n_undated; /* deals won, nobody knows when */
	struct covered all, due;
};

static bool
add_deal(struct psp_inquiry *inquiry, size_t index,
    const struct psp_learned *learned, struct covering *c,
    struct psp_error *err)
{
	const struct psp_deal *deal = &inquiry->book.deals[index];

	switch (psp_deal_state(&inquiry->book, deal)) {
	case PSP_STATE_LOST:
		return true;
	case PSP_STATE_WON:
		if (!psp_is_within(&inquiry->options, deal->closed)) {
			c->n_undated += deal->closed == PSP_NO_DAY;
			return true;
		}
		psp_inquiry_count(inquiry, index, psp_slice_of("all"), "won");
		psp_inquiry_count(inquiry, index, psp_slice_of("due"), "won");
		return deal->amount == PSP_NO_AMOUNT
		       || psp_cents_add(&c->won, deal->amount, err);
	case PSP_STATE_OPEN:
		break;
	}
	if (!add_open(inquiry, index, "all", learned, &c->all, err))
		return false;
	/* What is overdue may still come within the period. */
	return deal->decision_last == PSP_NO_DAY
	       || (inquiry->options.to != PSP_NO_DAY
		   && deal->decision_last > inquiry->options.to)
	       || add_open(inquiry, index, "due", learned, &c->due, err);
}

static void
put_ratio(struct psp_report *report, int64_t cents, int64_t remaining)
{
	if (remaining > 0)
		psp_report_number(report, (double)cents / (double)remaining);
	else
		psp_report_unknown(report);
}

static void
put_day(struct psp_report *report, int32_t day)
{
	if (day == PSP_NO_DAY)
		psp_report_unknown(report);
	else
		psp_report_day(report, day);
}

static void
put_row(struct psp_inquiry *inquiry, const char *name, int64_t won,
    const struct covered *covered)
{
	struct psp_report *report = inquiry->report;
	int64_t target = inquiry->options.target;
	int64_t remaining = won < target ? target - won : 0;

	psp_inquiry_show(inquiry, psp_slice_of(name));
	psp_report_term(report, name);
	put_day(report, inquiry->options.from);
	put_day(report, inquiry->options.to);
	psp_report_money(report, target);
	psp_report_money(report, won);
	psp_report_money(report, remaining);
	psp_report_count(report, covered->n);
	psp_report_money(report, covered->open);
	psp_report_money(report, covered->weighted);
	put_ratio(report, covered->open, remaining);
	put_ratio(report, covered->weighted, remaining);
}

static void *
new_sums(struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct covering *c = calloc(1, sizeof(*c));

	settle_period(&inquiry->options);
	if (c == NULL)
		psp_error_memory(err);
	return c;
}

static bool
collect(struct psp_inquiry *inquiry, void *sums, struct psp_error *err)
{
	struct psp_learned learned[PSP_MAX_STAGES];

	psp_chances_learn(&inquiry->history, &inquiry->book,
	    inquiry->options.today + 1, learned);
	for (size_t i = 0; i < inquiry->book.n; i++)
		if (!add_deal(inquiry, i, learned, sums, err))
			return false;
	return true;
}

static void
write_covered(const struct covered *covered, struct psp_partial *partial)
{
	psp_partial_number(partial, (int64_t)covered->n);
	psp_partial_number(partial, (int64_t)covered->n_no_amount);
	psp_partial_number(partial, covered->open);
	psp_partial_number(partial, covered->weighted);
}

static void
write_sums(const struct psp_inquiry *inquiry, const void *sums,
    struct psp_partial *partial)
{
	const struct covering *c = sums;

	(void)inquiry;
	psp_partial_line(partial, "covered");
	psp_partial_number(partial, c->won);
	psp_partial_number(partial, (int64_t)c->n_undated);
	write_covered(&c->all, partial);
	write_covered(&c->due, partial);
}

/* Adds the next field, an amount, to `*sum`. */
static bool
add_cents(
    struct psp_partial_reader *reader, int64_t *sum, struct psp_error *err)
{
	int64_t cents;

	return psp_partial_get_number(reader, &cents, err)
	       && psp_cents_add(sum, cents, err);
}

static bool
read_covered(struct psp_partial_reader *reader, struct covered *covered,
    struct psp_error *err)
{
	return psp_partial_add_count(reader, &covered->n, err)
	       && psp_partial_add_count(reader, &covered->n_no_amount, err)
	       && add_cents(reader, &covered->open, err)
	       && add_cents(reader, &covered->weighted, err);
}

static bool
read_sums(struct psp_inquiry *inquiry, void *sums,
    struct psp_partial_reader *reader, struct psp_error *err)
{
	struct covering *c = sums;

	(void)inquiry;
	if (!psp_partial_is(reader, "covered"))
		return psp_partial_refuse(reader, err);
	return add_cents(reader, &c->won, err)
	       && psp_partial_add_count(reader, &c->n_undated, err)
	       && read_covered(reader, &c->all, err)
	       && read_covered(reader, &c->due, err);
}

static bool
show(struct psp_inquiry *inquiry, void *sums, struct psp_error *err)
{
	const struct covering *c = sums;

	(void)err;
	put_row(inquiry, N_("all"), c->won, &c->all);
	put_row(inquiry, N_("due"), c->won, &c->due);
	psp_report_remark(inquiry->report,
	    "due: the open deals to be decided by the end of the period");
	if (c->n_undated > 0)
		psp_report_remark(inquiry->report,
		    "won without a closing day, and not counted: %zu",
		    c->n_undated);
	if (c->won >= inquiry->options.target)
		psp_report_remark(inquiry->report, "the target is reached");
	if (c->all.n == 0)
		psp_report_remark(inquiry->report, "no deal is open");
	if (c->all.n_no_amount > 0)
		psp_report_remark(inquiry->report,
		    "%zu without an amount: the sums are of the others",
		    c->all.n_no_amount);
	return true;
}

static const struct psp_summing summing = {
	.new_sums = new_sums,
	.free_sums = free,
	.collect = collect,
	.write = write_sums,
	.read = read_sums,
	.show = show,
};

const struct psp_inquiry_form psp_form_coverage = {
	.name = "coverage",
	.schema = "prospect-pipeline/coverage/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.countable = "deals won",
	.needs = PSP_OUTLOOK_NEEDS,
	.summing = &summing,
};
