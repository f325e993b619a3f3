/*
 * Conditions on keywords.
 *
 *   keywords: {any: [froid], none: [intérim], in: [name, signal.title]}
 *   keywords: [froid, glace]          any of them
 *
 * `in` names the texts to search: columns, or signal.title, signal.source and
 * signal.url for those of the company's signals; without it, those of name,
 * activity_label and description that the header has. A keyword is unknown when
 * all of these texts are absent. Both functions return NULL when a problem was
 * added, or with PSP_ENOMEM in `err`.
 */
#ifndef PSP_TARGETING_KEYWORD_CLAUSE_H
#define PSP_TARGETING_KEYWORD_CLAUSE_H

#include "libprospect/targeting/condition.h"

PSP_NODISCARD struct psp_condition *psp_clause_keywords(
    const struct psp_condition_rules *rules, const struct psp_node *node,
    struct psp_problems *problems, struct psp_error *err);

/* Any of `n` words (borrowed), found in the default columns. */
PSP_NODISCARD struct psp_condition *psp_keywords_test_new(
    const struct psp_condition_rules *rules, struct psp_constant *words,
    size_t n, struct psp_problems *problems, struct psp_error *err);

#endif
