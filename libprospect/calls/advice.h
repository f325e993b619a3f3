/*
 * Advice: conditions on ratios and trends, and what to say when they hold.
 *
 *   - {if: {refusal_rate: {ge: 0.6, min_n: 10}}, say: [script, targeting]}
 *   - {if: {appointments_trend: down}, say: [fatigue]}
 *
 * `if` is a condition of the targeting language whose fields are the ratios,
 * their trends (NAME_trend: up, down or steady), `sessions` and `calls`.
 * `min_n` beside an operator is the least denominator for it to hold.
 */
#ifndef PSP_CALLS_ADVICE_H
#define PSP_CALLS_ADVICE_H

#include "libprospect/calls/ratios.h"
#include "libprospect/targeting/evaluation.h"

enum psp_direction {
	PSP_FALLING = -1,
	PSP_STEADY,
	PSP_RISING,
	PSP_NO_DIRECTION /* too little to tell */
};

struct psp_advice_rule {
	const struct psp_test *test;
	struct psp_slices say; /* codes of phrases, or sentences */
	size_t *ratios;        /* those with a least denominator */
	int64_t *least;
	size_t n_least;
	const struct psp_node *condition; /* without its min_n */
};

struct psp_advice {
	struct psp_advice_rule *rules;
	size_t n;
	size_t n_ratios;
	struct psp_condition_rules language;
	struct psp_virtual_field *virtuals;
	struct psp_plan *plan;
	struct psp_evaluation *evaluation;
	struct psp_settings builtin; /* the rules of the method */
	struct psp_arena arena;
};

/* What conditions are asked about. */
struct psp_advice_facts {
	const struct psp_fraction *fractions; /* of each ratio */
	const enum psp_direction *directions; /* of each */
	size_t n_sessions, n_calls;
};

/*
 * Reads `list` (the node `advice:`), or the method's own rules when it is NULL.
 * `ratios` and the tree are borrowed. Problems, or PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_advice_init(struct psp_advice *advice,
    const struct psp_node *list, const struct psp_ratios *ratios, int32_t today,
    struct psp_problems *problems, struct psp_error *err);

void psp_advice_clear(struct psp_advice *advice);

/* Whether rule `rule` holds of the facts. PSP_ENOMEM. */
PSP_NODISCARD bool psp_advice_holds(struct psp_advice *advice,
    const struct psp_ratios *ratios, size_t rule,
    const struct psp_advice_facts *facts, bool *holds, struct psp_error *err);

/* The first ratio that rule `rule` asks about; SIZE_MAX: none. Its advice
 * stands with that ratio. */
size_t psp_advice_ratio(const struct psp_advice *advice,
    const struct psp_ratios *ratios, size_t rule);

#endif
