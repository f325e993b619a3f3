/*
 * The settings of a call log: what its codes mean, its sessions, the ratios,
 * their targets, advice, reasons and limits. All have defaults that follow the
 * method, so that a log with its codes needs no file.
 */
#ifndef PSP_CALLS_CALL_MODEL_H
#define PSP_CALLS_CALL_MODEL_H

#include "libprospect/calls/advice.h"
#include "libprospect/calls/conversions.h"
#include "libprospect/calls/phrases.h"

/* Limits of the pressure on one company. */
struct psp_pressure_rule {
	int32_t days;     /* in a row */
	int64_t min, max; /* touches; min 0: none */
};

struct psp_call_model {
	struct psp_outcomes outcomes;
	struct psp_ratios ratios;
	struct psp_advice advice;
	int64_t session_length; /* seconds of a session without times */
	int64_t session_gap;    /* seconds that part two sessions */
	bool by_gap;            /* else an agent's day is a session */
	struct psp_slice session_column;
	struct psp_slices reasons[2]; /* of refusals, of appointments: known
	                               * ones; none: all are */
	struct psp_pressure_rule pressure;
	struct psp_goal_stages goals; /* of a pipeline */
	struct psp_arena arena;
};

enum { PSP_REASONS_REFUSAL, PSP_REASONS_APPOINTMENT };

/*
 * Reads the tree of settings (NULL: the defaults), borrowed until the free; the
 * schema gets columns and fields. NULL with problems or PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_call_model *psp_call_model_new(
    const struct psp_node *root, struct psp_schema *schema, int32_t today,
    struct psp_problems *problems, struct psp_error *err);

void psp_call_model_free(struct psp_call_model *model);

#endif
