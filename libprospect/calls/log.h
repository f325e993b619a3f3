/*
 * A call log counted: the state of the flow. A state belongs to one batch until
 * it is merged; merging is in the order of the log, and what comes out does not
 * depend on where the log was cut, in batches or in files.
 */
#ifndef PSP_CALLS_LOG_H
#define PSP_CALLS_LOG_H

#include "libprospect/calls/call.h"
#include "libprospect/calls/people.h"
#include "libprospect/calls/touches.h"
#include "libprospect/report/partial.h"
#include "libprospect/stream/flow.h"

/* Things that `check` reports, each counted with its first record. */
enum psp_call_fault {
	PSP_FAULT_NO_OUTCOME,
	PSP_FAULT_NO_AGENT,
	PSP_FAULT_NO_DATE,  /* a time, and no date */
	PSP_FAULT_DISORDER, /* dates run backwards */
	PSP_FAULT_NO_SESSION,
	PSP_FAULT_REFUSAL_REASON, /* a refusal without */
	PSP_FAULT_APPOINTMENT_REASON,
	PSP_FAULT_OTHER_REASON, /* one that the settings do not list */
	PSP_FAULT_NO_NEXT_DATE, /* a follow-up without */
	PSP_N_CALL_FAULTS
};

struct psp_log {
	size_t n_records;
	size_t n_unknown; /* with a code nobody knows */
	struct psp_symbols symbols;
	struct psp_symbols places; /* files and texts of the tallies */
	struct psp_sessions sessions;
	struct psp_cube cubes[PSP_MAX_CUBES];
	size_t n_cubes;
	struct psp_people people;
	struct psp_touches touches;
	struct psp_call_codes unknown;
	struct psp_call_tally faults[PSP_N_CALL_FAULTS];
	struct psp_call_tally unread[PSP_N_UNREAD];
	int64_t first_at, last_at;   /* known times, in the order of the log */
	struct psp_call_tally first; /* the place of first_at */
};

/* An empty state for the plan. NULL with PSP_ENOMEM. */
PSP_NODISCARD struct psp_log *psp_log_new(
    const struct psp_log_plan *plan, struct psp_error *err);

void psp_log_free(struct psp_log *log);

/* Changes what two states of one plan hold. */
void psp_log_swap(struct psp_log *a, struct psp_log *b);

/* Adds the records of a batch. PSP_ENOMEM, or what --strict stops at. */
PSP_NODISCARD bool psp_log_add(struct psp_log *log,
    const struct psp_log_plan *plan, const struct psp_batch *batch,
    struct psp_error *err);

/* Adds `next`, which comes after. PSP_ENOMEM. */
PSP_NODISCARD bool psp_log_merge(struct psp_log *into,
    const struct psp_log *next, const struct psp_log_plan *plan,
    struct psp_error *err);

/*
 * Says what could not be understood: codes, dates, times. When no code at all
 * is known nothing can be counted: PSP_EUSAGE. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_log_note(const struct psp_log *log,
    const struct psp_log_plan *plan, const struct psp_notes *notes,
    struct psp_error *err);

/*
 * The codes that nobody knows, the most frequent first: an array of
 * log->unknown.n that the caller frees. NULL with PSP_ENOMEM.
 */
const struct psp_call_tally **psp_log_unknown_codes(
    const struct psp_log *log, struct psp_error *err);

/* Writes the state as lines, and reads such lines back. PSP_ESYNTAX. */
void psp_log_save(const struct psp_log *log, struct psp_partial *partial);
PSP_NODISCARD struct psp_log *psp_log_load(const struct psp_log_plan *plan,
    struct psp_partial_reader *reader, struct psp_error *err);

#endif
