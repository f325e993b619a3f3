/*
 * The choices of a rule about a field: bins of what has an order, points by
 * value of the rest. Each becomes a test of the field, so that values are
 * written and compared as in any condition.
 *
 *   bins: [[1, 9, 0], [10, 49, 10], [250, null, 12]]
 *   map: {ceo: 15, finance: 10}
 */
#ifndef PSP_SCORING_CHOICES_H
#define PSP_SCORING_CHOICES_H

#include "libprospect/scoring/rule.h"

/* Read `bins:` and `map:` into the rule, which has its name. False with
 * problems or PSP_ENOMEM. */
PSP_NODISCARD bool psp_bins_read(const struct psp_model_reading *reading,
    const struct psp_node *list, struct psp_rule *rule);
PSP_NODISCARD bool psp_map_read(const struct psp_model_reading *reading,
    const struct psp_node *map, struct psp_rule *rule);

/* Whether values of the type have an order that bins can follow. */
bool psp_type_has_order(enum psp_type type);

/* Whether the bins of a rule, all of one type, part a line: none begins before
 * another ends. A shared bound belongs to the first. Else a problem. */
PSP_NODISCARD bool psp_bins_check(
    const struct psp_rule *rule, struct psp_problems *problems);

#endif
