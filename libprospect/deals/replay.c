/* Month after month; see the header. */
#include <config.h>

#include "libprospect/deals/replay.h"

#include <stdlib.h>

#include "libprospect/base/calendar.h"
#include "libprospect/values/date.h"

/* Months counted from year 0. */
static int32_t
month_of(int32_t day)
{
	struct psp_civil civil = psp_civil_from_days(day);

	return civil.year * 12 + civil.month - 1;
}

/* From the month of the first move, or of --since, to the last that is over. */
static void
lay_out(struct psp_replay *replay)
{
	const struct psp_history *history = &replay->inquiry->history;
	const struct psp_inquiry_options *options = &replay->inquiry->options;
	int32_t first = INT32_MAX, last = options->today, end;

	for (size_t i = 0; i < history->n; i++)
		if (history->moves[i].date < first)
			first = history->moves[i].date;
	if (options->from != PSP_NO_DAY && options->from > first)
		first = options->from;
	if (options->to != PSP_NO_DAY && options->to < last)
		last = options->to;
	if (first > last)
		return;
	replay->first = month_of(first);
	/* The month of the last day counts when that day ends it. */
	end = month_of(last + 1);
	replay->n = end > replay->first ? (size_t)(end - replay->first) : 0;
}

/* The first month that ends on `day` or later; replay->n when there is none. */
static size_t
month_at(const struct psp_replay *replay, int32_t day)
{
	int32_t month = month_of(day) - replay->first;

	if (month < 0)
		return 0;
	return (size_t)month < replay->n ? (size_t)month : replay->n;
}

/* What the ended deals teach from the month of their end on. */
static void
learn(struct psp_replay *replay)
{
	const struct psp_book *book = &replay->inquiry->book;
	const struct psp_history *history = &replay->inquiry->history;
	struct psp_learned *learned = replay->learned;

	for (size_t i = 0; i < book->n; i++) {
		const struct psp_deal *deal = &book->deals[i];
		enum psp_state state = psp_deal_state(book, deal);
		uint64_t been = 0;
		size_t at;

		if (state == PSP_STATE_OPEN || deal->closed == PSP_NO_DAY)
			continue;
		at = month_at(replay, deal->closed);
		if (at == replay->n)
			continue;
		for (size_t j = history->starts[i]; j < history->starts[i + 1];
		     j++)
			been |= (uint64_t)1 << history->moves[j].to;
		for (size_t j = 0; j < book->handbook->n_stages; j++)
			if ((been >> j & 1) != 0) {
				learned[at * PSP_MAX_STAGES + j].n_ended++;
				learned[at * PSP_MAX_STAGES + j].n_won +=
				    state == PSP_STATE_WON;
			}
	}
	for (size_t i = PSP_MAX_STAGES; i < replay->n * PSP_MAX_STAGES; i++) {
		learned[i].n_ended += learned[i - PSP_MAX_STAGES].n_ended;
		learned[i].n_won += learned[i - PSP_MAX_STAGES].n_won;
	}
}

/* The day on which something happens to the deal next. */
static int32_t
next_day(const struct psp_replay *replay, size_t deal, size_t move)
{
	const struct psp_book *book = &replay->inquiry->book;
	const struct psp_history *history = &replay->inquiry->history;
	const struct psp_deal *known = &book->deals[deal];

	if (move < history->starts[deal + 1])
		return history->moves[move].date;
	if (history->starts[deal] < move && known->closed != PSP_NO_DAY
	    && psp_deal_state(book, known) != PSP_STATE_OPEN)
		return known->closed;
	return INT32_MAX;
}

bool
psp_replay_start(struct psp_replay *replay, const struct psp_inquiry *inquiry,
    struct psp_error *err)
{
	const struct psp_book *book = &inquiry->book;

	memset(replay, 0, sizeof(*replay));
	replay->inquiry = inquiry;
	lay_out(replay);
	replay->courses = calloc(book->n + 1, sizeof(*replay->courses));
	replay->learned =
	    calloc(replay->n + 1, PSP_MAX_STAGES * sizeof(*replay->learned));
	if (replay->courses == NULL || replay->learned == NULL)
		return psp_error_memory(err);
	learn(replay);
	for (size_t i = 0; i < book->n; i++) {
		struct psp_course *course = &replay->courses[i];

		course->amount = book->deals[i].amount;
		course->came = (uint8_t)psp_deal_state(book, &book->deals[i]);
		course->move = inquiry->history.starts[i];
		course->next = next_day(replay, i, course->move);
	}
	return true;
}

void
psp_replay_clear(struct psp_replay *replay)
{
	free(replay->courses);
	free(replay->learned);
	memset(replay, 0, sizeof(*replay));
}

/* Moves the deal on to the last day of the month. */
static void
advance(struct psp_replay *replay, size_t deal)
{
	const struct psp_history *history = &replay->inquiry->history;
	const struct psp_handbook *handbook = replay->inquiry->handbook;
	struct psp_course *course = &replay->courses[deal];
	size_t end = history->starts[deal + 1];

	while (course->next <= replay->last) {
		const struct psp_move *move = &history->moves[course->move];

		if (course->move == end) { /* it ends */
			course->is_open = false;
			course->next = INT32_MAX;
			return;
		}
		if (history->amounts != NULL
		    && history->amounts[course->move] != PSP_NO_AMOUNT)
			course->amount = history->amounts[course->move];
		course->stage = move->to;
		course->is_open =
		    psp_handbook_state(handbook, move->to) == PSP_STATE_OPEN;
		course->move++;
		course->next = next_day(replay, deal, course->move);
	}
}

/* The chance that a deal in that stage had at the end of the month. */
static int64_t
chance_then(const struct psp_replay *replay, size_t stage)
{
	const struct psp_stage *known =
	    &replay->inquiry->handbook->stages[stage];
	const struct psp_learned *learned =
	    &replay->learned[(replay->at - 1) * PSP_MAX_STAGES + stage];

	if (learned->n_ended >= PSP_LEARN_MIN)
		return (int64_t)(learned->n_won * PSP_NUMBER_SCALE
				 / learned->n_ended);
	return known->has_probability ? known->probability : -1;
}

/* The last day of the month that comes next. */
static int32_t
next_end(const struct psp_replay *replay)
{
	int32_t next = replay->first + (int32_t)replay->at + 1;

	return psp_days_from_civil(next / 12, next % 12 + 1, 1) - 1;
}

void
psp_replay_name(const struct psp_replay *replay, char name[16])
{
	psp_date_format(next_end(replay), name);
}

bool
psp_replay_next(struct psp_replay *replay, bool *more, psp_replay_fn *put,
    void *user, struct psp_error *err)
{
	const struct psp_book *book = &replay->inquiry->book;
	int64_t chances[PSP_MAX_STAGES];
	double shares[PSP_MAX_STAGES];

	*more = replay->at < replay->n;
	if (!*more)
		return true;
	replay->last = next_end(replay);
	replay->at++;
	for (size_t i = 0; i < book->handbook->n_stages; i++) {
		chances[i] = chance_then(replay, i);
		shares[i] = (double)chances[i] / PSP_NUMBER_SCALE;
	}
	for (size_t i = 0; i < book->n; i++) {
		struct psp_course *course = &replay->courses[i];
		struct psp_then then = { .deal = i };

		if (course->next <= replay->last)
			advance(replay, i);
		if (!course->is_open)
			continue;
		then.stage = course->stage;
		then.is_first = (course->stages >> course->stage & 1) == 0;
		course->stages |= (uint64_t)1 << course->stage;
		then.amount = course->amount;
		then.chance = chances[course->stage];
		then.share = shares[course->stage];
		then.came = (enum psp_state)course->came;
		if (!put(user, &then, err))
			return false;
	}
	return true;
}
