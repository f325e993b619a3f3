/*
 * One rule of a group: which of the four kinds it is, and what it says. All
 * that is wrong with it is found in one go.
 */
#ifndef PSP_SCORING_RULE_H
#define PSP_SCORING_RULE_H

#include "libprospect/scoring/model.h"

/* What reads parts of a model. */
struct psp_model_reading {
	struct psp_model *model;
	struct psp_problems *problems;
	struct psp_error *err;
};

/* Where a node stands, and where its key does. */
struct psp_place psp_model_place(const struct psp_node *node);
struct psp_place psp_model_key_place(const struct psp_node *node);

/* Whether points are within what a file can speak of; else a problem. */
PSP_NODISCARD bool psp_points_check(
    const struct psp_node *node, int64_t points, struct psp_problems *problems);

/* Reads a half-life, in days. False with a problem. */
PSP_NODISCARD bool psp_half_life_read(const struct psp_model_reading *reading,
    const struct psp_node *node, int32_t *days);

/*
 * Reads a condition of a rule, a disqualifier or (`is_class`) a class. Results
 * of the score are known to classes only. NULL with problems or PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_condition *psp_model_condition(
    const struct psp_model_reading *reading, const struct psp_node *node,
    bool is_class);

/* `condition` in words, kept by the model. False with PSP_ENOMEM. */
PSP_NODISCARD bool psp_model_describe(const struct psp_model_reading *reading,
    const struct psp_condition *condition, struct psp_slice *words);

/*
 * Reads a rule; `half_life` is that of its group. False with problems or
 * PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_rule_read(const struct psp_model_reading *reading,
    const struct psp_node *node, int32_t half_life, struct psp_rule *rule);

#endif
