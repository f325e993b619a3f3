/*
 * What groups of deals amount to: counts and amounts that add up, which most
 * reports are made of, and which runs on parts of the deals can join.
 */
#ifndef PSP_DEALS_SUMS_H
#define PSP_DEALS_SUMS_H

#include "libprospect/deals/inquiry.h"

struct psp_sums {
	size_t n, n_open, n_won, n_lost;
	size_t n_no_amount, n_no_reason; /* of all */
	size_t n_aged;                   /* open, their age known */
	size_t n_stale, n_past_due;
	size_t n_doubtful;                 /* open, and one of these or both */
	int64_t open, weighted, won, lost; /* cents */
	int64_t
	    in_percent; /* weighted, if shares without a sign are percentages */
	size_t n_won_amounts; /* won deals with an amount */
	int64_t age, oldest;  /* days, of the aged */
};

/* Groups, and the sums of each. */
struct psp_sums_table {
	struct psp_grouping grouping;
	struct psp_sums whole; /* each deal once */
	bool has_history;      /* of some deals, or all, moves were known */
	bool are_percentages;  /* a share without a sign is above 1 */
	bool is_too_much;      /* as shares they weigh more than 64 bits hold */
	struct psp_sums *all;  /* by group */
	size_t n_ready, capacity;
};

/* The facts that the sums are made of. */
#define PSP_SUMS_NEEDS                                                         \
	(PSP_FACT_BIT(PSP_FACT_AMOUNT) | PSP_FACT_BIT(PSP_FACT_CURRENCY)       \
	    | PSP_FACT_BIT(PSP_FACT_PROBABILITY)                               \
	    | PSP_FACT_BIT(PSP_FACT_CREATED)                                   \
	    | PSP_FACT_BIT(PSP_FACT_STAGE_DATE)                                \
	    | PSP_FACT_BIT(PSP_FACT_LAST_CONTACT)                              \
	    | PSP_FACT_BIT(PSP_FACT_NEXT_DATE)                                 \
	    | PSP_FACT_BIT(PSP_FACT_DECISION_DATE)                             \
	    | PSP_FACT_BIT(PSP_FACT_TIME))

/* Which deals are taken: sets of states. */
enum {
	PSP_TAKE_OPEN = 1 << PSP_STATE_OPEN,
	PSP_TAKE_WON = 1 << PSP_STATE_WON,
	PSP_TAKE_LOST = 1 << PSP_STATE_LOST,
	PSP_TAKE_ALL = PSP_TAKE_OPEN | PSP_TAKE_WON | PSP_TAKE_LOST
};

/*
 * Adds up the deals of the inquiry that its report takes, by its groups, and
 * counts each for --rows in the columns deals, open_deals, won, lost,
 * no_amount, stale, past_due and doubtful. The table is to be cleared, on
 * failure too: PSP_ENOMEM, PSP_ELIMIT.
 */
PSP_NODISCARD bool psp_sums_collect(struct psp_inquiry *inquiry,
    struct psp_sums_table *table, struct psp_error *err);

/* A table with the groups of the inquiry, nothing added up. */
void psp_sums_init(
    struct psp_sums_table *table, const struct psp_inquiry *inquiry);

/* The groups that a report has whether they have deals or not. PSP_ENOMEM. */
PSP_NODISCARD bool psp_sums_begin(struct psp_sums_table *table,
    const struct psp_inquiry *inquiry, struct psp_error *err);

/*
 * Adds up one deal of the book of table->grouping, to be settled after the last
 * one: whether shares without a sign are percentages is known then, and both
 * are added up until then. PSP_ENOMEM, PSP_ELIMIT.
 */
PSP_NODISCARD bool psp_sums_add(struct psp_sums_table *table,
    const struct psp_inquiry *inquiry, const struct psp_deal *deal,
    struct psp_error *err);

/* After the last one. PSP_ELIMIT. */
PSP_NODISCARD bool psp_sums_settle(
    struct psp_sums_table *table, struct psp_error *err);

void psp_sums_clear(struct psp_sums_table *table);

/* Writes the table as the lines of a state. */
void psp_sums_write(
    const struct psp_sums_table *table, struct psp_partial *partial);

/*
 * Adds a state to the table. Fails with PSP_ESYNTAX where it is none of ours,
 * PSP_ELIMIT, PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_sums_read(struct psp_inquiry *inquiry,
    struct psp_sums_table *table, struct psp_partial_reader *reader,
    struct psp_error *err);

/* The names of a group as fields of a line of a state. */
void psp_group_write(const struct psp_grouping *grouping, size_t group,
    struct psp_partial *partial);

/* Takes them from the line at hand, of a grouping of inquiry->book. Fails with
 * PSP_ESYNTAX, PSP_ENOMEM. */
PSP_NODISCARD bool psp_group_read(struct psp_inquiry *inquiry,
    struct psp_grouping *grouping, struct psp_partial_reader *reader,
    size_t *group, struct psp_error *err);

/*
 * Hands each group to `put` in the order of a report. Fails with PSP_ENOMEM.
 */
typedef void psp_sums_fn(
    struct psp_inquiry *inquiry, const struct psp_sums *sums, void *user);
PSP_NODISCARD bool psp_sums_each(struct psp_inquiry *inquiry,
    const struct psp_sums_table *table, psp_sums_fn *put, void *user,
    struct psp_error *err);

#endif
