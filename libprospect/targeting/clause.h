/*
 * Conditions as settings write them: maps, all keys of which must hold.
 *
 *   {department: 69, turnover: {ge: 2 M€, missing: pass}, not: {naf: 84}}
 */
#ifndef PSP_TARGETING_CLAUSE_H
#define PSP_TARGETING_CLAUSE_H

#include "libprospect/targeting/condition.h"

/*
 * Reads the map `node` of settings: all of its keys must hold. What is wrong is
 * added to `problems`, as much of it as can be found. Returns NULL when a
 * problem was added, or with PSP_ENOMEM in `err`.
 */
PSP_NODISCARD struct psp_condition *psp_condition_parse(
    const struct psp_condition_rules *rules, const struct psp_node *node,
    struct psp_problems *problems, struct psp_error *err);

/*
 * The same for one key of such a map: `all`, `any`, `not`, `at_least`,
 * `signal`, `signals`, `keywords`, or a field.
 */
PSP_NODISCARD struct psp_condition *psp_condition_parse_key(
    const struct psp_condition_rules *rules, const struct psp_node *node,
    struct psp_problems *problems, struct psp_error *err);

#endif
