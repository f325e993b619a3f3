/*
 * How a deal stands today: its age, how long nobody touched it, what is
 * overdue, what chance it has and how much it weighs.
 */
#ifndef PSP_DEALS_STANDING_H
#define PSP_DEALS_STANDING_H

#include "libprospect/deals/book.h"

/* The day on which it came to its stage: as said, else of its opening. */
int32_t psp_deal_since(const struct psp_deal *deal);

/* The newest day of which is known that somebody dealt with it. */
int32_t psp_deal_touched(const struct psp_deal *deal);

/*
 * Open, and untouched for longer than its stage allows. A next step to come
 * suspends that, for `snooze_max` from the last touch at most. `*limit` is the
 * last day on which it was not stale.
 */
bool psp_deal_is_stale(const struct psp_book *book, const struct psp_deal *deal,
    int32_t today, int32_t *limit);

/* Open, and longer in its stage than that allows; `*limit` as above. */
bool psp_deal_is_over_age(const struct psp_book *book,
    const struct psp_deal *deal, int32_t today, int32_t *limit);

/* Open, and its decision or its next step was to be before today; `*due` is
 * the older of the days that are past. */
bool psp_deal_is_past_due(const struct psp_book *book,
    const struct psp_deal *deal, int32_t today, int32_t *due);

/* Where a probability comes from, the nearest to the deal first. */
enum psp_chance_source {
	PSP_CHANCE_NONE,
	PSP_CHANCE_DEAL,
	PSP_CHANCE_LEARNED, /* from what became of deals in that stage */
	PSP_CHANCE_STAGE
};

/* What deals of a stage came to, to learn chances from. */
struct psp_learned {
	size_t n_won, n_ended;
};

/* Ended deals that a stage needs before something is learned from them. */
enum { PSP_LEARN_MIN = 30 };

/*
 * The chance of a deal in millionths: 1 or 0 when it ended, else its own, else
 * what its stage's ended deals came to (`learned` by stage, or NULL), else
 * that of its stage. -1: none is known.
 */
int64_t psp_deal_chance(const struct psp_book *book,
    const struct psp_deal *deal, const struct psp_learned *learned,
    enum psp_chance_source *source);

/*
 * What a pipeline brings a day: opportunities x mean amount of the won x share
 * that is won / mean days until they are.
 */
double psp_velocity(double n_open, double amount, double win_rate, double days);

/* cents * chance, rounded half away from zero to a cent. */
int64_t psp_cents_weigh(int64_t cents, int64_t millionths);

/*
 * Adds cents to a sum. Fails with PSP_ELIMIT when it is more than 64 bits
 * hold.
 */
PSP_NODISCARD bool psp_cents_add(
    int64_t *sum, int64_t cents, struct psp_error *err);

#endif
