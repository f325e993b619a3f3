/*
 * time: how long deals stay in each stage. Those that are there still count
 * as not ended yet (censored): the mean of those that left, which stands
 * beside, is too short by as much as the slow ones are missing.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/reports.h"
#include "libprospect/deals/spells.h"
#include "libprospect/stats/survival.h"

static const struct psp_report_column columns[] = {
	{ N_("stage"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("spells"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("left"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("still_there"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("quartile_1"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("median"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("median_low"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("median_high"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("quartile_3"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("naive_mean"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 1 },
	{ N_("advanced"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	{ N_("lost"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	{ N_("back"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
};

static void
put_day(struct psp_report *report, bool is_known, size_t day)
{
	if (is_known)
		psp_report_count(report, day);
	else
		psp_report_unknown(report);
}

/* The share that had left by each exit within so many days. */
static void
put_exits(struct psp_report *report, const struct psp_survival *survival,
    int32_t within)
{
	struct psp_survival_step step = { 0 }, next = { 0 };

	while (psp_survival_next(survival, &next) && next.day <= (size_t)within)
		step = next;
	for (size_t i = 1; i <= PSP_MAX_EXITS; i++)
		if (survival->n > 0)
			psp_report_rate(report, step.by[i]);
		else
			psp_report_unknown(report);
}

static void
put_row(struct psp_inquiry *inquiry, struct psp_slice name,
    const struct psp_survival *survival)
{
	struct psp_report *report = inquiry->report;
	struct psp_survival_quantile first =
	    psp_survival_quantile(survival, 0.25);
	struct psp_survival_quantile median =
	    psp_survival_quantile(survival, 0.5);
	struct psp_survival_quantile third =
	    psp_survival_quantile(survival, 0.75);

	psp_inquiry_show(inquiry, name);
	psp_report_text(report, name);
	psp_report_count(report, survival->n);
	psp_report_count(report, survival->n_ended);
	psp_report_count(report, survival->n - survival->n_ended);
	put_day(report, first.is_known, first.day);
	put_day(report, median.is_known, median.day);
	put_day(report, median.has_low, median.low);
	put_day(report, median.has_high, median.high);
	put_day(report, third.is_known, third.day);
	psp_report_number(report,
	    survival->n_ended > 0 ? survival->sum / (double)survival->n_ended
				  : NAN);
	put_exits(report, survival, inquiry->options.within);
}

/* From its opening to its end, or to today. */
static bool
add_whole(struct psp_inquiry *inquiry, size_t index,
    struct psp_survival *survival, size_t *n_backward, struct psp_error *err)
{
	const struct psp_book *book = &inquiry->book;
	const struct psp_deal *deal = &book->deals[index];
	enum psp_state state = psp_deal_state(book, deal);
	int32_t end =
	    state == PSP_STATE_OPEN ? inquiry->options.today : deal->closed;
	unsigned exit = state == PSP_STATE_OPEN  ? PSP_EXIT_STAYS
	                : state == PSP_STATE_WON ? PSP_EXIT_ADVANCES
	                                         : PSP_EXIT_LOST;

	if (deal->created == PSP_NO_DAY || end == PSP_NO_DAY)
		return true;
	if (end < deal->created) {
		*n_backward += 1;
		return true;
	}
	psp_inquiry_count(inquiry, index, psp_slice_of("(all)"), "spells");
	psp_inquiry_count(inquiry, index, psp_slice_of("(all)"),
	    exit == PSP_EXIT_STAYS ? "still_there" : "left");
	return psp_survival_add(
	    survival, (size_t)(end - deal->created), exit, err);
}

static bool
add_deal(struct psp_inquiry *inquiry, size_t index,
    struct psp_survival *survivals, struct psp_error *err)
{
	const struct psp_handbook *handbook = inquiry->handbook;
	struct psp_spells spells;
	struct psp_deal_spell spell;

	psp_spells_start(&spells, &inquiry->history, &inquiry->book, index,
	    inquiry->options.today);
	while (psp_spells_next(&spells, &spell)) {
		struct psp_slice name;

		if (spell.stage >= handbook->n_stages)
			continue;
		name = handbook->stages[spell.stage].name;
		psp_inquiry_count(inquiry, index, name, "spells");
		psp_inquiry_count(inquiry, index, name,
		    spell.exit == PSP_EXIT_STAYS ? "still_there" : "left");
		if (!psp_survival_add(&survivals[spell.stage],
			(size_t)(spell.to - spell.from), spell.exit, err))
			return false;
	}
	return true;
}

/* Spells by stage, those of whole deals last. */
struct timing {
	struct psp_survival all[PSP_MAX_STAGES + 1];
	size_t n_backward;
	bool has_history; /* of some deals, or all, moves were known */
};

/* No spell of ours has so many days. */
enum { TOO_MANY_DAYS = 1 << 20 };

static void *
new_sums(struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct timing *timing = calloc(1, sizeof(*timing));

	(void)inquiry;
	if (timing == NULL)
		psp_error_memory(err);
	return timing;
}

static void
free_sums(void *sums)
{
	struct timing *timing = sums;

	if (timing == NULL)
		return;
	for (size_t i = 0; i <= PSP_MAX_STAGES; i++)
		psp_survival_clear(&timing->all[i]);
	free(timing);
}

static bool
collect(struct psp_inquiry *inquiry, void *sums, struct psp_error *err)
{
	struct timing *timing = sums;

	timing->has_history = inquiry->history.file != NULL;
	for (size_t i = 0; i < inquiry->book.n; i++)
		if (!add_deal(inquiry, i, timing->all, err)
		    || !add_whole(inquiry, i, &timing->all[PSP_MAX_STAGES],
			&timing->n_backward, err))
			return false;
	return true;
}

static void
write_sums(const struct psp_inquiry *inquiry, const void *sums,
    struct psp_partial *partial)
{
	const struct timing *timing = sums;

	(void)inquiry;
	if (timing->has_history)
		psp_partial_line(partial, "history");
	psp_partial_line(partial, "backward");
	psp_partial_number(partial, (int64_t)timing->n_backward);
	for (size_t i = 0; i <= PSP_MAX_STAGES; i++)
		for (size_t day = 0; day < timing->all[i].n_days; day++)
			for (size_t exit = 0; exit <= PSP_MAX_EXITS; exit++) {
				size_t n = timing->all[i].days[day].n[exit];

				if (n == 0)
					continue;
				psp_partial_line(partial, "spells");
				psp_partial_number(partial, (int64_t)i);
				psp_partial_number(partial, (int64_t)day);
				psp_partial_number(partial, (int64_t)exit);
				psp_partial_number(partial, (int64_t)n);
			}
}

static bool
read_sums(struct psp_inquiry *inquiry, void *sums,
    struct psp_partial_reader *reader, struct psp_error *err)
{
	struct timing *timing = sums;
	size_t stage, day, exit, n = 0;

	(void)inquiry;
	if (psp_partial_is(reader, "history")) {
		timing->has_history = true;
		return true;
	}
	if (psp_partial_is(reader, "backward"))
		return psp_partial_add_count(reader, &timing->n_backward, err);
	if (!psp_partial_is(reader, "spells"))
		return psp_partial_refuse(reader, err);
	return psp_partial_get_count(reader, PSP_MAX_STAGES + 1, &stage, err)
	       && psp_partial_get_count(reader, TOO_MANY_DAYS, &day, err)
	       && psp_partial_get_count(reader, PSP_MAX_EXITS + 1, &exit, err)
	       && psp_partial_add_count(reader, &n, err)
	       && psp_survival_add_many(
		   &timing->all[stage], day, (unsigned)exit, n, err);
}

static bool
show(struct psp_inquiry *inquiry, void *sums, struct psp_error *err)
{
	const struct psp_handbook *handbook = inquiry->handbook;
	const struct timing *timing = sums;

	(void)err;
	for (size_t i = 0; i < handbook->n_stages; i++)
		if (psp_handbook_state(handbook, i) == PSP_STATE_OPEN)
			put_row(
			    inquiry, handbook->stages[i].name, &timing->all[i]);
	put_row(inquiry, psp_slice_of("(all)"), &timing->all[PSP_MAX_STAGES]);
	psp_report_remark(inquiry->report,
	    "days; advanced, lost and back: the share that had left so within "
	    "%d days",
	    (int)inquiry->options.within);
	if (!timing->has_history)
		psp_report_remark(inquiry->report,
		    "without --history only the stage of today is known, and "
		    "nobody has left it");
	if (timing->n_backward > 0)
		psp_report_remark(inquiry->report,
		    "%zu ended before opening, left out of (all): see check",
		    timing->n_backward);
	return true;
}

static const struct psp_summing summing = {
	.new_sums = new_sums,
	.free_sums = free_sums,
	.collect = collect,
	.write = write_sums,
	.read = read_sums,
	.show = show,
};

const struct psp_inquiry_form psp_form_time = {
	.name = "time",
	.schema = "prospect-pipeline/time/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.countable = "spells left still_there",
	.needs = PSP_FACT_BIT(PSP_FACT_CREATED)
	         | PSP_FACT_BIT(PSP_FACT_STAGE_DATE)
	         | PSP_FACT_BIT(PSP_FACT_CLOSED)
	         | PSP_FACT_BIT(PSP_FACT_DECISION_DATE),
	.allows_currencies = true,
	.summing = &summing,
};
