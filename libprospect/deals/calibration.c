/*
 * calibration: the chances that forecasts are made of, against what came: by
 * stage, and by tenths of the chance. A chance is held against a deal at the
 * first month end that saw it in that stage (replay.h), once a stage: a deal
 * that stays for long does not count more.
 */
#include <config.h>

#include <math.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/replay.h"
#include "libprospect/deals/reports.h"

static const struct psp_report_column columns[] = {
	{ N_("row"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("by"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("forecasts"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("ended"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("won"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("chance"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	{ N_("came"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	PSP_REPORT_INTERVAL_OF(PSP_REPORT_RATE, 0),
	{ N_("verdict"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("brier"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 4 },
};

enum { N_TENTHS = 10 };

static const char *const tenths[N_TENTHS] = { "0.0-0.1", "0.1-0.2", "0.2-0.3",
	"0.3-0.4", "0.4-0.5", "0.5-0.6", "0.6-0.7", "0.7-0.8", "0.8-0.9",
	"0.9-1.0" };

/* Forecasts of one row. Chances add up as whole numbers, so that no order of
 * the deals matters. */
struct calibrated {
	size_t n, n_ended, n_won;
	uint64_t chances; /* of the ended, millionths */
	double error;     /* sum of (chance - came)^2 of these */
};

struct calibrating {
	struct psp_inquiry *inquiry;
	struct calibrated all, stages[PSP_MAX_STAGES], tenths[N_TENTHS];
};

static void
add_to(struct calibrating *c, struct calibrated *to, struct psp_slice row,
    const struct psp_then *then)
{
	double miss = (double)then->chance / PSP_NUMBER_SCALE;

	to->n++;
	psp_inquiry_count(c->inquiry, then->deal, row, "forecasts");
	if (then->came == PSP_STATE_OPEN)
		return;
	to->n_ended++;
	to->chances += (uint64_t)then->chance;
	psp_inquiry_count(c->inquiry, then->deal, row, "ended");
	if (then->came == PSP_STATE_WON) {
		to->n_won++;
		miss -= 1;
		psp_inquiry_count(c->inquiry, then->deal, row, "won");
	}
	to->error += miss * miss;
}

static bool
add_then(void *user, const struct psp_then *then, struct psp_error *err)
{
	struct calibrating *c = user;
	size_t tenth;

	(void)err;
	if (!then->is_first || then->chance < 0)
		return true;
	tenth = (size_t)(then->chance * N_TENTHS / PSP_NUMBER_SCALE);
	if (tenth == N_TENTHS)
		tenth--;
	add_to(c, &c->all, psp_slice_of("(all)"), then);
	add_to(c, &c->stages[then->stage],
	    c->inquiry->handbook->stages[then->stage].name, then);
	add_to(c, &c->tenths[tenth], psp_slice_of(tenths[tenth]), then);
	return true;
}

/* Whether the chance that was told fits to what came. */
static const char *
judge(double chance, const struct psp_interval *interval)
{
	if (!interval->is_known)
		return N_("cannot tell");
	if (chance > interval->high)
		return N_("too high");
	return chance < interval->low ? N_("too low") : N_("fits");
}

static void
put_row(struct calibrating *c, const char *by, struct psp_slice row,
    const struct calibrated *of)
{
	struct psp_report *report = c->inquiry->report;
	double n = (double)of->n_ended;
	double chance =
	    n > 0 ? (double)of->chances / PSP_NUMBER_SCALE / n : NAN;
	struct psp_interval interval = psp_wilson(of->n_won, of->n_ended);

	if (of->n == 0)
		return;
	psp_report_text(report, row);
	psp_report_term(report, by);
	psp_report_count(report, of->n);
	psp_report_count(report, of->n_ended);
	psp_report_count(report, of->n_won);
	psp_report_rate(report, chance);
	psp_report_share(report, of->n_won, of->n_ended);
	psp_report_interval(report, &interval, true, 0);
	psp_report_term(report, judge(chance, &interval));
	psp_report_number(report, n > 0 ? of->error / n : NAN);
}

static void
put_rows(struct calibrating *c)
{
	const struct psp_handbook *handbook = c->inquiry->handbook;

	for (size_t i = 0; i < handbook->n_stages; i++)
		put_row(
		    c, N_("stage"), handbook->stages[i].name, &c->stages[i]);
	for (size_t i = 0; i < N_TENTHS; i++)
		put_row(
		    c, N_("chance"), psp_slice_of(tenths[i]), &c->tenths[i]);
	put_row(c, N_("all"), psp_slice_of("(all)"), &c->all);
	if (c->all.n == 0)
		psp_report_remark(c->inquiry->report,
		    "no month end saw a deal whose chance is known");
	psp_report_remark(c->inquiry->report,
	    "chance: the mean of what was told of those that ended, each once "
	    "a "
	    "stage; came: the share of them that was won since");
}

static bool
run(struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct calibrating c = { .inquiry = inquiry };
	struct psp_replay replay;
	bool is_done = psp_replay_start(&replay, inquiry, err), more = is_done;

	while (is_done && more)
		is_done = psp_replay_next(&replay, &more, add_then, &c, err);
	psp_replay_clear(&replay);
	if (is_done)
		put_rows(&c);
	return is_done;
}

const struct psp_inquiry_form psp_form_calibration = {
	.name = "calibration",
	.schema = "prospect-pipeline/calibration/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.countable = "forecasts ended won",
	.needs = PSP_FACT_BIT(PSP_FACT_DECISION_DATE)
	         | PSP_FACT_BIT(PSP_FACT_CREATED)
	         | PSP_FACT_BIT(PSP_FACT_CLOSED),
	.allows_currencies = true,
	.needs_history = true,
	.no_sum = N_("learns chances from all deals"),
	.run = run,
};
