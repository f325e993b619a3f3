/*
 * Neighbouring calls read at a glance, column by column: of each call that is
 * written as most are (a moment on the day written last, seconds in digits,
 * codes and names met lately, nothing of a gatekeeper) all that is wanted is known without looking at
 * the record. The others are left to psp_call_read, in their turn, so that what
 * is remembered and what is complained of comes in the order of the log.
 */
#ifndef PSP_CALLS_CALL_GLANCE_H
#define PSP_CALLS_CALL_GLANCE_H

#include "libprospect/calls/call.h"
#include "libprospect/stream/stretch.h"

struct psp_call_glance {
	uint64_t is_plain; /* bit i: call i of the stretch is told below */
	int32_t days[PSP_STRETCH_RECORDS];    /* PSP_NO_DAY */
	int32_t seconds[PSP_STRETCH_RECORDS]; /* of the day; -1: not known */
	int32_t lengths[PSP_STRETCH_RECORDS]; /* seconds */
	uint32_t outcomes[PSP_STRETCH_RECORDS];
	uint32_t texts[PSP_MAX_TEXTS][PSP_STRETCH_RECORDS];
};

/*
 * Reads the calls of the stretch that begins at record `first` of the batch,
 * which becomes `*stretch`; where reading->is_glanced. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_call_glance_read(struct psp_call_glance *glance,
    struct psp_call_reading *reading, const struct psp_batch *batch,
    size_t first, struct psp_stretch *stretch, struct psp_error *err);

/* Call `row`, which is plain. */
void psp_call_glance_take(const struct psp_call_glance *glance, size_t row,
    const struct psp_log_plan *plan, struct psp_call *call);

#endif
