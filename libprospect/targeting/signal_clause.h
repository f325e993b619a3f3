/*
 * Conditions on signals.
 *
 *   signal: {distress: {within: 12 months, min: 2}}
 *   signals: {any: [{hr_moves: {within: 90 days}}, new_sites], none: […]}
 *
 * All return NULL when a problem was added, or with PSP_ENOMEM in `err`.
 */
#ifndef PSP_TARGETING_SIGNAL_CLAUSE_H
#define PSP_TARGETING_SIGNAL_CLAUSE_H

#include "libprospect/targeting/condition.h"

/* One code, a list (any of them), or a map of codes (all of them). */
PSP_NODISCARD struct psp_condition *psp_clause_signal(
    const struct psp_condition_rules *rules, const struct psp_node *node,
    struct psp_problems *problems, struct psp_error *err);

PSP_NODISCARD struct psp_condition *psp_clause_signals(
    const struct psp_condition_rules *rules, const struct psp_node *node,
    struct psp_problems *problems, struct psp_error *err);

/* A test of the signal `name`, any occurrence. */
PSP_NODISCARD struct psp_condition *psp_signal_test_new(
    const struct psp_condition_rules *rules, struct psp_slice name,
    struct psp_place place, struct psp_problems *problems,
    struct psp_error *err);

/* Narrows a test of a signal to the days that `op` of `value` means (within,
 * older_than, before, after, on …). False with a problem. */
PSP_NODISCARD bool psp_signal_test_narrow(
    const struct psp_condition_rules *rules, struct psp_condition *test,
    const struct psp_operator *op, struct psp_constant *value,
    struct psp_problems *problems, struct psp_error *err);

#endif
