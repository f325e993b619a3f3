/* How deals stand; see the header. */
#include <config.h>

#include "libprospect/deals/standing.h"

int32_t
psp_deal_since(const struct psp_deal *deal)
{
	return deal->stage_date != PSP_NO_DAY ? deal->stage_date
	                                      : deal->created;
}

int32_t
psp_deal_touched(const struct psp_deal *deal)
{
	int32_t day = deal->created;

	if (deal->stage_date > day)
		day = deal->stage_date;
	if (deal->last_contact > day)
		day = deal->last_contact;
	return day;
}

/* The stage of a deal that is open, or NULL. */
static const struct psp_stage *
open_stage(const struct psp_book *book, const struct psp_deal *deal)
{
	if (deal->stage >= book->handbook->n_stages
	    || psp_deal_state(book, deal) != PSP_STATE_OPEN)
		return NULL;
	return &book->handbook->stages[deal->stage];
}

bool
psp_deal_is_stale(const struct psp_book *book, const struct psp_deal *deal,
    int32_t today, int32_t *limit)
{
	const struct psp_handbook *handbook = book->handbook;
	const struct psp_stage *stage = open_stage(book, deal);
	int32_t touched = psp_deal_touched(deal), until = deal->next_date;

	if (stage == NULL || !stage->has_idle || stage->never_stale
	    || touched == PSP_NO_DAY)
		return false;
	*limit = psp_days_add_duration(touched, &stage->idle, 1);
	if (until != PSP_NO_DAY && handbook->has_snooze_max) {
		int32_t most =
		    psp_days_add_duration(touched, &handbook->snooze_max, 1);

		until = until < most ? until : most;
	}
	return *limit < today && (until == PSP_NO_DAY || until < today);
}

bool
psp_deal_is_over_age(const struct psp_book *book, const struct psp_deal *deal,
    int32_t today, int32_t *limit)
{
	const struct psp_stage *stage = open_stage(book, deal);
	int32_t since = psp_deal_since(deal);

	if (stage == NULL || !stage->has_max_age || stage->never_stale
	    || since == PSP_NO_DAY)
		return false;
	*limit = psp_days_add_duration(since, &stage->max_age, 1);
	return *limit < today;
}

bool
psp_deal_is_past_due(const struct psp_book *book, const struct psp_deal *deal,
    int32_t today, int32_t *due)
{
	if (psp_deal_state(book, deal) != PSP_STATE_OPEN)
		return false;
	*due = PSP_NO_DAY;
	if (deal->decision_last != PSP_NO_DAY && deal->decision_last < today)
		*due = deal->decision_last;
	if (deal->next_date != PSP_NO_DAY && deal->next_date < today
	    && (*due == PSP_NO_DAY || deal->next_date < *due))
		*due = deal->next_date;
	return *due != PSP_NO_DAY;
}

int64_t
psp_deal_chance(const struct psp_book *book, const struct psp_deal *deal,
    const struct psp_learned *learned, enum psp_chance_source *source)
{
	const struct psp_stage *stage;

	*source = PSP_CHANCE_STAGE;
	switch (psp_deal_state(book, deal)) {
	case PSP_STATE_WON:
		return PSP_NUMBER_SCALE;
	case PSP_STATE_LOST:
		return 0;
	case PSP_STATE_OPEN:
		break;
	}
	*source = PSP_CHANCE_DEAL;
	if (deal->probability >= 0)
		return deal->probability;
	stage = open_stage(book, deal);
	*source = PSP_CHANCE_LEARNED;
	if (stage != NULL && learned != NULL
	    && learned[deal->stage].n_ended >= PSP_LEARN_MIN)
		return (int64_t)(learned[deal->stage].n_won * PSP_NUMBER_SCALE
				 / learned[deal->stage].n_ended);
	*source = PSP_CHANCE_STAGE;
	if (stage != NULL && stage->has_probability)
		return stage->probability;
	*source = PSP_CHANCE_NONE;
	return -1;
}

double
psp_velocity(double n_open, double amount, double win_rate, double days)
{
	return n_open * amount * win_rate / days;
}

int64_t
psp_cents_weigh(int64_t cents, int64_t millionths)
{
	int64_t whole = cents / PSP_NUMBER_SCALE * millionths;
	int64_t rest = cents % PSP_NUMBER_SCALE * millionths;
	int64_t half =
	    rest < 0 ? -(PSP_NUMBER_SCALE / 2) : PSP_NUMBER_SCALE / 2;

	return whole + (rest + half) / PSP_NUMBER_SCALE;
}

bool
psp_cents_add(int64_t *sum, int64_t cents, struct psp_error *err)
{
	if (cents > 0 ? *sum > INT64_MAX - cents : *sum < INT64_MIN - cents)
		return psp_error_set(err, PSP_ELIMIT, NULL, 0, 0,
		    "the amounts add up to more than 92 quadrillion");
	*sum += cents;
	return true;
}
