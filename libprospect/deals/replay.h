/*
 * The past replayed, month after month: which deals were open at the end of
 * each, in which stage, with which amount and chance, by what the history knew
 * then. backtest and calibration hold against it what came.
 *
 * A deal was open on a day when its last move until then led to an open stage.
 * Its amount is that of its last move until then, else that of today; its
 * chance was learned from deals that had ended by then, else is its stage's.
 */
#ifndef PSP_DEALS_REPLAY_H
#define PSP_DEALS_REPLAY_H

#include "libprospect/deals/inquiry.h"
#include "libprospect/deals/standing.h"

/* A deal that was open at the end of a month. */
struct psp_then {
	size_t deal;
	uint8_t stage;
	bool is_first;       /* of the month ends that saw it in that stage */
	int64_t amount;      /* PSP_NO_AMOUNT: not known */
	int64_t chance;      /* millionths; -1: none */
	double share;        /* the same, 1 for certain */
	enum psp_state came; /* of it since */
};

/* Where a deal is while the months go by. */
struct psp_course {
	int64_t amount;
	int32_t next; /* the day of its next move or end; INT32_MAX: none */
	uint8_t stage;
	uint8_t came; /* of it since: enum psp_state */
	bool is_open;
	size_t move;     /* its next one */
	uint64_t stages; /* in which a month end saw it */
};

struct psp_replay {
	const struct psp_inquiry *inquiry;
	struct psp_course *courses;  /* by deal */
	struct psp_learned *learned; /* PSP_MAX_STAGES a month */
	int32_t first;               /* the first month, counted from year 0 */
	size_t n;                    /* months */
	size_t at;                   /* the next one */
	int32_t last;                /* the last day of the month at hand */
};

/*
 * Begins before the month of the first move, or of --since; the last one is
 * that over by today, or by --until. To be cleared, on failure too: PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_replay_start(struct psp_replay *replay,
    const struct psp_inquiry *inquiry, struct psp_error *err);

void psp_replay_clear(struct psp_replay *replay);

/* The last day of the month that comes next, as a row is called. */
void psp_replay_name(const struct psp_replay *replay, char name[16]);

/*
 * Goes to the end of the next month and hands each deal that was open to `put`,
 * in the order of the input; false from it ends the month. `*more` is false
 * when there is no month left. Fails as `put` does.
 */
typedef bool psp_replay_fn(
    void *user, const struct psp_then *then, struct psp_error *err);
PSP_NODISCARD bool psp_replay_next(struct psp_replay *replay, bool *more,
    psp_replay_fn *put, void *user, struct psp_error *err);

#endif
