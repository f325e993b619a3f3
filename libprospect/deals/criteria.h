/*
 * The criteria of a stage one by one: the conditions that stand under its
 * `when:`, in written order. A set of them has bit i for the i-th; of more than
 * PSP_MAX_CRITERIA the first are told apart.
 */
#ifndef PSP_DEALS_CRITERIA_H
#define PSP_DEALS_CRITERIA_H

#include "libprospect/base/buffer.h"
#include "libprospect/deals/handbook.h"

enum { PSP_MAX_CRITERIA = 32 };

/* How many are told apart; 0: the stage has none. */
size_t psp_criteria_count(const struct psp_stage *stage);

/* Number `index`, below the count. */
const struct psp_condition *psp_criteria_get(
    const struct psp_stage *stage, size_t index);

/* Appends those of a set by their labels or what they ask about, with commas:
 * "amount, decision_date". PSP_ENOMEM. */
PSP_NODISCARD bool psp_criteria_put(const struct psp_stage *stage, uint32_t set,
    struct psp_buffer *out, struct psp_error *err);

#endif
