/*
 * A call as the log tells it: the cells of a record read once, their texts as
 * symbols. What a call means for ratios is settled here; what is counted of it
 * is log.h's affair.
 */
#ifndef PSP_CALLS_CALL_H
#define PSP_CALLS_CALL_H

#include "libprospect/calls/call_cells.h"
#include "libprospect/calls/log_plan.h"
#include "libprospect/calls/tally.h"
#include "libprospect/stream/record.h"
#include "libprospect/values/period.h"

struct psp_call {
	struct psp_cube_call counted;  /* slot, marks, time, subjects */
	int32_t day;                   /* PSP_NO_DAY */
	int64_t start, end;            /* PSP_NO_TIME */
	uint32_t agent;                /* a symbol */
	uint32_t session_key;          /* a symbol */
	uint32_t texts[PSP_MAX_TEXTS]; /* symbols */
	bool has_clock_only;           /* a time, and no date */
	bool is_outcome_absent;        /* no code at all */
};

/* Cells that were not understood, by what they should be. */
enum psp_unread {
	PSP_UNREAD_DATE,
	PSP_UNREAD_TIME,
	PSP_UNREAD_DURATION,
	PSP_UNREAD_NEXT_DATE,
	PSP_N_UNREAD
};

/* What reading the records of one batch remembers. */
struct psp_call_reading {
	const struct psp_log_plan *plan;
	struct psp_symbols *symbols;
	struct psp_symbols *places;    /* of the tallies */
	struct psp_call_tally *unread; /* PSP_N_UNREAD of them */
	size_t record_number; /* of the record, in the state that counts it */
	bool needs_subjects;
	bool is_glanced; /* nothing is asked for but what call_glance.h reads */
	struct psp_day_memo day;
	struct psp_memo outcomes;
	struct psp_memo texts[PSP_MAX_TEXTS]; /* as many as the plan has */
};

/* Starts from nothing; all is borrowed. */
void psp_call_reading_init(struct psp_call_reading *reading,
    const struct psp_log_plan *plan, struct psp_symbols *symbols,
    struct psp_symbols *places, struct psp_call_tally *unread);

/*
 * Reads the record. PSP_ENOMEM; with --strict PSP_ESYNTAX at a cell that is not
 * understood.
 */
PSP_NODISCARD bool psp_call_read(struct psp_call_reading *reading,
    struct psp_record *record, struct psp_call *call, struct psp_error *err);

/* Puts together what was read: the moment (PSP_NO_DAY; `seconds` -1: not known)
 * and how long the call took. */
static inline void
psp_call_set_times(
    struct psp_call *call, int32_t day, int32_t seconds, int32_t length)
{
	call->day = day;
	call->has_clock_only = day == PSP_NO_DAY && seconds >= 0;
	call->start = call->end = call->counted.at = PSP_NO_TIME;
	if (day == PSP_NO_DAY)
		return;
	/* A day without a time still tells what comes after what. */
	call->counted.at = (int64_t)day * PSP_SECONDS_PER_DAY;
	if (seconds < 0)
		return;
	call->counted.at += seconds;
	call->start = call->counted.at;
	call->end = call->start + length;
}

/* The outcome, and whether `gate_type` is filled. */
static inline void
psp_call_set_outcome(struct psp_call *call, const struct psp_log_plan *plan,
    uint32_t outcome, bool has_gate)
{
	call->counted.slot = PSP_SLOT(outcome, has_gate);
	call->counted.marks =
	    plan->model->outcomes.items[outcome].marks[has_gate];
}

/* Agent and session, once the texts are there. */
static inline void
psp_call_set_names(struct psp_call *call, const struct psp_log_plan *plan)
{
	call->agent =
	    plan->agent_text != PSP_NO_TEXT ? call->texts[plan->agent_text] : 0;
	call->session_key = plan->session_text != PSP_NO_TEXT
	                        ? call->texts[plan->session_text]
	                        : 0;
}

/*
 * Reads the days on which to call again: PSP_NO_DAY where the cell says none.
 * What is no date is counted; with --strict it is PSP_ESYNTAX. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_call_next_date(struct psp_call_reading *reading,
    struct psp_record *record, struct psp_days *days, struct psp_error *err);

/* The text of a field, trimmed; empty where it says nothing or is no column. */
struct psp_slice psp_call_text(const struct psp_log_plan *plan,
    struct psp_record *record, enum psp_call_field field);

/* The id of the call in a dimension that time makes; PSP_NO_ID. */
uint32_t psp_call_time_id(enum psp_dim_kind kind, const struct psp_call *call);

/* The week of ISO 8601 as year * 100 + number. */
uint32_t psp_iso_week(int32_t day);

/* Who stands in `company` and `contact`, either may be empty, as a hash of what
 * both say without case, accents and blanks; is_known is false of nobody. */
struct psp_subject psp_call_subject(
    struct psp_slice company, struct psp_slice contact);

#endif
