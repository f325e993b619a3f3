/*
 * Classes of the best, `top: 10%` or `top: 50`: of the n records that are not
 * disqualified all that score at least as much as number n/10, rounded up. Who
 * that is shows at the end, so scores are collected first.
 */
#ifndef PSP_SCORING_QUOTAS_H
#define PSP_SCORING_QUOTAS_H

#include "libprospect/scoring/rule.h"

/* The scores of all records not disqualified. Starts from zeros. */
struct psp_quota_scores {
	int64_t *items;
	size_t n, capacity;
};

/* Reads `top:` of a class. False with a problem. */
PSP_NODISCARD bool psp_quota_read(const struct psp_node *node,
    struct psp_quota *quota, struct psp_problems *problems);

PSP_NODISCARD bool psp_quota_scores_put(
    struct psp_quota_scores *scores, int64_t score, struct psp_error *err);

PSP_NODISCARD bool psp_quota_scores_merge(struct psp_quota_scores *into,
    const struct psp_quota_scores *next, struct psp_error *err);

void psp_quota_scores_clear(struct psp_quota_scores *scores);

/* Finds what each class of the model asks for, a score; of those without a
 * quota INT64_MIN. Puts the scores in order. */
void psp_quotas_settle(struct psp_quota_scores *scores,
    const struct psp_model *model, int64_t *floors);

/*
 * The class of a record with this score: the first of those with a quota that
 * it `may_be` (by number of class) and whose floor it reaches, else the class
 * that it has without them.
 */
size_t psp_quotas_class(const struct psp_model *model, const int64_t *floors,
    int64_t score, const bool *may_be, size_t class_index);

#endif
