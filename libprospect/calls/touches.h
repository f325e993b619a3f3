/*
 * How often each company, or each telephone, was called of late, and what it
 * answered: for the pressure that calls put on it and for the rules that
 * protect consumers. One entry each, whatever the number of calls.
 */
#ifndef PSP_CALLS_TOUCHES_H
#define PSP_CALLS_TOUCHES_H

#include "libprospect/calls/cube.h"

/* What calls say of whom they were made to. */
enum psp_touched_text {
	PSP_TOUCHED_COMPANY,
	PSP_TOUCHED_PHONE,
	PSP_TOUCHED_CONSENT,
	PSP_TOUCHED_DEPARTMENT,
	PSP_N_TOUCHED_TEXTS
};

struct psp_touched {
	size_t n_calls;  /* in all */
	size_t n_recent; /* since the day that is asked about */
	int32_t last;    /* day of the last call, PSP_NO_DAY */
	int32_t refused; /* day of the last refusal, PSP_NO_DAY */
	bool has_stop;   /* asked not to be called again */
	int64_t last_at; /* time of the last call, and its group: a cell of */
	uint32_t group;  /* the groups of --by */
	/* Of each text the last call that says it, and its symbol, or 0. */
	int64_t at[PSP_N_TOUCHED_TEXTS];
	uint32_t texts[PSP_N_TOUCHED_TEXTS];
};

struct psp_touches {
	struct psp_keys keys; /* hash of company or telephone */
	struct psp_touched *items;
	size_t capacity;
	size_t n_unknown; /* calls of nobody known */
};

void psp_touches_init(struct psp_touches *touches);

void psp_touches_clear(struct psp_touches *touches);

/* Adds what was kept of one later in the log. PSP_ENOMEM. */
PSP_NODISCARD bool psp_touches_put(struct psp_touches *touches,
    const uint32_t hash[4], const struct psp_touched *touched,
    struct psp_error *err);

/* Adds all of `next`, whose symbols are `symbols` here, and whose groups are
 * `groups`. PSP_ENOMEM. */
PSP_NODISCARD bool psp_touches_merge(struct psp_touches *into,
    const struct psp_touches *next, const uint32_t *symbols,
    const uint32_t *groups, struct psp_error *err);

#endif
