/*
 * funnel: how many deals came to each stage, and what became of them there:
 * advanced, lost, back, or still there. The four add up to those that came.
 *
 * ordered         who is further has passed here, whether written down or not;
 *                 who was lost, or rests, from nobody knows where, was at the
 *                 first stage
 * any             only who was here; leaving for good is what counts
 * created-cohort  any, of the deals opened in the period
 * active-cohort   any, of the deals that moved in the period
 */
#include <config.h>

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/reports.h"
#include "libprospect/deals/spells.h"
#include "libprospect/deals/sums.h"

static const struct psp_report_column columns[] = {
	{ N_("stage"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("entered"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ "", PSP_REPORT_BAR, PSP_REPORT_PEOPLE, 0 },
	{ N_("advanced"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("lost"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("back"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("still_there"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("conversion"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	PSP_REPORT_INTERVAL_OF(PSP_REPORT_RATE, 0),
	{ N_("of_those_left"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
};

/* Of one stage, deals by their exit. */
struct passage {
	size_t n[PSP_EXIT_BACK + 1];
};

struct funnel {
	struct psp_inquiry *inquiry;
	struct psp_grouping grouping;
	struct passage *all; /* PSP_MAX_STAGES a group */
	size_t n_ready, capacity;
	/* Nobody knows from where: lost, at rest, in a stage of no settings. */
	size_t n_lost, n_resting, n_elsewhere;
	struct psp_error *err;
};

/* Counts a deal at a stage, in each of its groups. */
static void
count(struct funnel *funnel, size_t deal, const size_t *groups, size_t n,
    size_t stage, enum psp_exit exit)
{
	static const char *const names[] = {
		[PSP_EXIT_STAYS] = "still_there",
		[PSP_EXIT_ADVANCES] = "advanced",
		[PSP_EXIT_LOST] = "lost",
		[PSP_EXIT_BACK] = "back",
	};
	struct psp_slice name = funnel->inquiry->handbook->stages[stage].name;

	for (size_t i = 0; i < n; i++) {
		funnel->all[groups[i] * PSP_MAX_STAGES + stage].n[exit]++;
		psp_inquiry_count_at(funnel->inquiry, deal, &funnel->grouping,
		    groups[i], name, "entered");
		psp_inquiry_count_at(funnel->inquiry, deal, &funnel->grouping,
		    groups[i], name, names[exit]);
	}
}

/* A stage on the way: neither lost nor one where deals may rest. */
static bool
is_step(const struct psp_stage *stage)
{
	return !stage->is_lost && !stage->never_stale;
}

/* Where a deal has been: its stages and how it left each for the last time. */
struct been {
	uint64_t stages;
	enum psp_exit exits[PSP_MAX_STAGES];
	size_t left; /* the step that it left last; PSP_NO_STAGE: none */
};

/* It came to `stage`: who rested on the way there advanced all the same. */
static void
arrive(const struct psp_handbook *handbook, size_t stage, struct been *been)
{
	if (handbook->stages[stage].never_stale)
		return;
	if (been->left != PSP_NO_STAGE
	    && psp_exit_of(handbook, been->left, stage) == PSP_EXIT_ADVANCES)
		been->exits[been->left] = PSP_EXIT_ADVANCES;
	been->left = stage;
}

static void
look_back(const struct funnel *funnel, size_t index, struct been *been)
{
	struct psp_inquiry *inquiry = funnel->inquiry;
	const struct psp_handbook *handbook = inquiry->handbook;
	const struct psp_deal *deal = &inquiry->book.deals[index];
	struct psp_spells spells;
	struct psp_deal_spell spell;

	memset(been, 0, sizeof(*been));
	been->left = PSP_NO_STAGE;
	psp_spells_start(&spells, &inquiry->history, &inquiry->book, index,
	    inquiry->options.today);
	while (psp_spells_next(&spells, &spell)) {
		if (spell.stage >= handbook->n_stages)
			continue;
		arrive(handbook, spell.stage, been);
		been->stages |= (uint64_t)1 << spell.stage;
		been->exits[spell.stage] = spell.exit;
	}
	if (deal->stage < handbook->n_stages
	    && !handbook->stages[deal->stage].is_lost) {
		arrive(handbook, deal->stage, been);
		been->stages |= (uint64_t)1 << deal->stage;
		been->exits[deal->stage] = PSP_EXIT_STAYS;
	}
}

/* Every step up to the furthest counts as passed. */
static void
count_ordered(struct funnel *funnel, size_t index, const struct been *been,
    const size_t *groups, size_t n)
{
	const struct psp_handbook *handbook = funnel->inquiry->handbook;
	const struct psp_deal *deal = &funnel->inquiry->book.deals[index];
	bool is_lost =
	    psp_deal_state(&funnel->inquiry->book, deal) == PSP_STATE_LOST;
	size_t furthest = PSP_NO_STAGE;

	for (size_t i = 0; i < handbook->n_stages; i++)
		if ((been->stages >> i & 1) != 0
		    && is_step(&handbook->stages[i]))
			furthest = i;
	if (furthest == PSP_NO_STAGE) {
		if (!is_lost && deal->stage >= handbook->n_stages) {
			funnel->n_elsewhere++;
			return;
		}
		funnel->n_lost += is_lost;
		funnel->n_resting += !is_lost;
		for (furthest = 0; furthest < handbook->n_stages
				   && !is_step(&handbook->stages[furthest]);
		     furthest++)
			;
		if (furthest == handbook->n_stages)
			return;
	}
	for (size_t i = 0; i <= furthest; i++) {
		enum psp_exit exit = PSP_EXIT_ADVANCES;

		if (!is_step(&handbook->stages[i]))
			continue;
		if (i == furthest && is_lost)
			exit = PSP_EXIT_LOST;
		else if (i == furthest)
			exit = deal->stage == furthest ? PSP_EXIT_STAYS
			                               : PSP_EXIT_BACK;
		count(funnel, index, groups, n, i, exit);
	}
}

/* Whether the deal is one of those that the mode looks at. */
static bool
is_of_cohort(const struct funnel *funnel, size_t index)
{
	const struct psp_inquiry_options *options = &funnel->inquiry->options;
	const struct psp_deal *deal = &funnel->inquiry->book.deals[index];
	struct psp_move made;
	const struct psp_move *moves;
	size_t n;

	if (options->mode == PSP_FUNNEL_CREATED)
		return deal->created != PSP_NO_DAY
		       && psp_is_within(options, deal->created);
	if (options->mode != PSP_FUNNEL_ACTIVE)
		return true;
	moves = psp_history_moves(&funnel->inquiry->history,
	    &funnel->inquiry->book, index, &made, &n);
	for (size_t i = 0; i < n; i++)
		if (psp_is_within(options, moves[i].date))
			return true;
	return false;
}

static bool
grow(struct funnel *funnel)
{
	size_t n = funnel->grouping.n * PSP_MAX_STAGES;
	struct passage *items = psp_array_reserve(
	    funnel->all, &funnel->capacity, n + 1, sizeof(*items), funnel->err);

	if (items == NULL)
		return false;
	funnel->all = items;
	for (; funnel->n_ready < n; funnel->n_ready++)
		memset(&items[funnel->n_ready], 0, sizeof(*items));
	return true;
}

static bool
add_deal(struct funnel *funnel, size_t index)
{
	const struct psp_deal *deal = &funnel->inquiry->book.deals[index];
	size_t n_stages = funnel->inquiry->handbook->n_stages;
	const size_t *groups;
	struct been been;
	size_t n;

	if (!is_of_cohort(funnel, index))
		return true;
	if (!psp_grouping_put(&funnel->grouping, deal, &groups, &n, funnel->err)
	    || !grow(funnel))
		return false;
	look_back(funnel, index, &been);
	if (funnel->inquiry->options.mode == PSP_FUNNEL_ORDERED) {
		count_ordered(funnel, index, &been, groups, n);
		return true;
	}
	if (been.stages == 0 && deal->stage >= n_stages)
		funnel->n_elsewhere++;
	else if (been.stages == 0)
		funnel->n_lost++;
	for (size_t i = 0; i < n_stages; i++)
		if ((been.stages >> i & 1) != 0)
			count(funnel, index, groups, n, i, been.exits[i]);
	return true;
}

static void
put_row(struct funnel *funnel, size_t group, size_t stage, size_t most)
{
	struct psp_inquiry *inquiry = funnel->inquiry;
	struct psp_report *report = inquiry->report;
	const size_t *n = funnel->all[group * PSP_MAX_STAGES + stage].n;
	size_t n_left =
	    n[PSP_EXIT_ADVANCES] + n[PSP_EXIT_LOST] + n[PSP_EXIT_BACK];
	size_t n_entered = n_left + n[PSP_EXIT_STAYS];
	bool is_end = inquiry->handbook->stages[stage].is_won;
	struct psp_interval interval =
	    psp_wilson(n[PSP_EXIT_ADVANCES], is_end ? 0 : n_entered);

	psp_inquiry_put_group(inquiry, &funnel->grouping, group,
	    inquiry->handbook->stages[stage].name);
	psp_report_text(report, inquiry->handbook->stages[stage].name);
	psp_report_count(report, n_entered);
	psp_report_bar(report, most > 0 ? (double)n_entered / (double)most : 0);
	psp_report_count(report, n[PSP_EXIT_ADVANCES]);
	psp_report_count(report, n[PSP_EXIT_LOST]);
	psp_report_count(report, n[PSP_EXIT_BACK]);
	psp_report_count(report, n[PSP_EXIT_STAYS]);
	psp_report_share(report, n[PSP_EXIT_ADVANCES], is_end ? 0 : n_entered);
	psp_report_interval(report, &interval, true, 0);
	psp_report_share(report, n[PSP_EXIT_ADVANCES], is_end ? 0 : n_left);
}

static bool
put_rows(struct funnel *funnel)
{
	const struct psp_handbook *handbook = funnel->inquiry->handbook;
	size_t *order = calloc(funnel->grouping.n + 1, sizeof(*order));
	bool is_put = order != NULL || psp_error_memory(funnel->err);

	is_put =
	    is_put && psp_grouping_order(&funnel->grouping, order, funnel->err);
	for (size_t i = 0; is_put && i < funnel->grouping.n; i++) {
		const struct passage *all =
		    &funnel->all[order[i] * PSP_MAX_STAGES];
		size_t most = 0;

		for (size_t j = 0; j < handbook->n_stages; j++) {
			size_t n = all[j].n[PSP_EXIT_STAYS]
			           + all[j].n[PSP_EXIT_ADVANCES]
			           + all[j].n[PSP_EXIT_LOST]
			           + all[j].n[PSP_EXIT_BACK];

			most = n > most ? n : most;
		}
		for (size_t j = 0; j < handbook->n_stages; j++)
			if (!handbook->stages[j].is_lost
			    && (funnel->inquiry->options.mode
				    != PSP_FUNNEL_ORDERED
				|| is_step(&handbook->stages[j])))
				put_row(funnel, order[i], j, most);
	}
	free(order);
	return is_put;
}

/* What the counts below the table leave open. */
static void
put_remarks(const struct funnel *funnel)
{
	struct psp_report *report = funnel->inquiry->report;
	bool is_ordered = funnel->inquiry->options.mode == PSP_FUNNEL_ORDERED;

	psp_report_remark(report,
	    "conversion: advanced, of those that entered; some still may");
	if (funnel->n_lost > 0)
		psp_report_remark(report,
		    is_ordered
			? "%zu lost from a stage that nobody wrote down count "
			  "as lost from the first (--history FILE tells)"
			: N_("%zu lost from a stage that nobody wrote down are "
			     "left out (--history FILE tells)"),
		    funnel->n_lost);
	if (funnel->n_resting > 0)
		psp_report_remark(report,
		    "%zu at rest, from a stage that nobody wrote down, count "
		    "as back from the first (--history FILE tells)",
		    funnel->n_resting);
	if (funnel->n_elsewhere > 0)
		psp_report_remark(report,
		    "%zu in a stage that the settings do not have are left out",
		    funnel->n_elsewhere);
}

static void
free_sums(void *sums)
{
	struct funnel *funnel = sums;

	if (funnel == NULL)
		return;
	free(funnel->all);
	psp_grouping_clear(&funnel->grouping);
	free(funnel);
}

static void *
new_sums(struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct funnel *funnel = calloc(1, sizeof(*funnel));

	if (funnel == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	funnel->inquiry = inquiry;
	funnel->err = err;
	psp_grouping_init(&funnel->grouping, &inquiry->book,
	    inquiry->options.by, inquiry->options.n_by);
	if (grow(funnel))
		return funnel;
	free_sums(funnel);
	return NULL;
}

static bool
collect(struct psp_inquiry *inquiry, void *sums, struct psp_error *err)
{
	struct funnel *funnel = sums;

	funnel->err = err;
	for (size_t i = 0; i < inquiry->book.n; i++)
		if (!add_deal(funnel, i))
			return false;
	return true;
}

static void
write_sums(const struct psp_inquiry *inquiry, const void *sums,
    struct psp_partial *partial)
{
	const struct funnel *funnel = sums;

	psp_partial_line(partial, "from_nowhere");
	psp_partial_number(partial, (int64_t)funnel->n_lost);
	psp_partial_number(partial, (int64_t)funnel->n_resting);
	psp_partial_number(partial, (int64_t)funnel->n_elsewhere);
	for (size_t i = 0; i < funnel->grouping.n; i++) {
		const struct passage *all = &funnel->all[i * PSP_MAX_STAGES];

		psp_partial_line(partial, "group");
		psp_group_write(&funnel->grouping, i, partial);
		for (size_t j = 0; j < inquiry->handbook->n_stages; j++)
			for (size_t k = 0; k <= PSP_EXIT_BACK; k++)
				psp_partial_number(
				    partial, (int64_t)all[j].n[k]);
	}
}

static bool
read_sums(struct psp_inquiry *inquiry, void *sums,
    struct psp_partial_reader *reader, struct psp_error *err)
{
	struct funnel *funnel = sums;
	size_t group;

	funnel->err = err;
	if (psp_partial_is(reader, "from_nowhere"))
		return psp_partial_add_count(reader, &funnel->n_lost, err)
		       && psp_partial_add_count(reader, &funnel->n_resting, err)
		       && psp_partial_add_count(
			   reader, &funnel->n_elsewhere, err);
	if (!psp_partial_is(reader, "group"))
		return psp_partial_refuse(reader, err);
	if (!psp_group_read(inquiry, &funnel->grouping, reader, &group, err)
	    || !grow(funnel))
		return false;
	for (size_t i = 0; i < inquiry->handbook->n_stages; i++)
		for (size_t j = 0; j <= PSP_EXIT_BACK; j++)
			if (!psp_partial_add_count(reader,
				&funnel->all[group * PSP_MAX_STAGES + i].n[j],
				err))
				return false;
	return true;
}

static bool
show(struct psp_inquiry *inquiry, void *sums, struct psp_error *err)
{
	struct funnel *funnel = sums;

	(void)inquiry;
	funnel->err = err;
	if (!put_rows(funnel))
		return false;
	put_remarks(funnel);
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

const struct psp_inquiry_form psp_form_funnel = {
	.name = "funnel",
	.schema = "prospect-pipeline/funnel/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.countable = "entered advanced lost back still_there",
	.needs = PSP_FACT_BIT(PSP_FACT_CREATED)
	         | PSP_FACT_BIT(PSP_FACT_STAGE_DATE)
	         | PSP_FACT_BIT(PSP_FACT_CLOSED)
	         | PSP_FACT_BIT(PSP_FACT_DECISION_DATE),
	.is_grouped = true,
	.by = PSP_BY_ALL,
	.allows_currencies = true,
	.summing = &summing,
};
