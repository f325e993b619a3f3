/*
 * The score of a record: what each rule gives, groups and sum cut, whether the
 * record is disqualified, its grade and class, and how much of the model could
 * be asked of it. A pure function of the record, the signals, the model and
 * today. Points are hundredths.
 */
#ifndef PSP_SCORING_SCORE_H
#define PSP_SCORING_SCORE_H

#include "libprospect/scoring/decay.h"
#include "libprospect/scoring/score_ahead.h"
#include "libprospect/targeting/evaluation.h"

enum {
	PSP_COVERAGE_SCALE = 10000,
	PSP_NO_COVERAGE = -1, /* no rule weighs anything */
	PSP_MAX_GRADE = 64
};

/* What a rule made of a record. */
struct psp_outcome {
	bool is_known; /* could be asked; counts for the coverage */
	int64_t points;
};

/* Starts from zeros; psp_score_init takes the memory. */
struct psp_score {
	struct psp_outcome *rules; /* of all groups, in written order; void
	                            * where scores are made ahead */
	int64_t *sums;             /* of the groups, before they are cut */
	int64_t *groups;           /* the same, cut */
	int64_t sum;               /* of the groups */
	int64_t cut;               /* the sum, cut */
	int64_t total;             /* the score: `cut`, or when disqualified */
	int32_t coverage;          /* ten-thousandths, or NO_COVERAGE */
	int32_t chance;            /* ten-thousandths; 0: not known */
	int64_t lift;              /* chance / base rate, hundredths; 0 as above
	                            */
	size_t disqualified_by;    /* number; SIZE_MAX: it is not */
	size_t class_index;        /* SIZE_MAX: none, or disqualified */
	bool *may_be; /* by class before that: it has a quota, and holds but
	                 for it */
	char grade[PSP_MAX_GRADE];
	size_t grade_size;            /* 0: none */
	struct psp_score_ahead ahead; /* used where it is made */
	/* The company's signals, newest first; n_signals 0 when unknown. */
	const struct psp_signal *signals;
	size_t n_signals;
};

/* Takes what a score of `plan` needs. PSP_ENOMEM. */
PSP_NODISCARD bool psp_score_init(struct psp_score *score,
    const struct psp_score_plan *plan, struct psp_error *err);

void psp_score_clear(struct psp_score *score);

/*
 * Takes the score that was made ahead for the record at `row` of the stretch,
 * class and all. False when it is to be scored by psp_score_record.
 */
bool psp_score_take(
    const struct psp_score_plan *plan, struct psp_score *score, size_t row);

/* Scores the record that `evaluation` (of the plan's plan) stands on.
 * PSP_ENOMEM. */
PSP_NODISCARD bool psp_score_record(const struct psp_score_plan *plan,
    struct psp_evaluation *evaluation, struct psp_score *score,
    struct psp_error *err);

/*
 * Gives a record that was scored and is not disqualified another total, and
 * what follows from it: chance and class. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_score_set(const struct psp_score_plan *plan,
    struct psp_evaluation *evaluation, struct psp_record *record,
    struct psp_score *score, int64_t total, struct psp_error *err);

/* What one occurrence gives by a rule of its signal, before the rule's cap. */
int64_t psp_signal_points(const struct psp_rule *rule,
    const struct psp_signal *signal, int32_t today, struct psp_decay *decay);

/*
 * Goes through the occurrences of a rule's signal: moves `*at` (from 0) past
 * the next and returns it, NULL after the last. `*given` (from 0) is what those
 * before gave; `*points` becomes what this one gives within the cap, which
 * `*given` then holds too.
 */
const struct psp_signal *psp_signal_next(const struct psp_rule *rule,
    const struct psp_score *score, int32_t today, size_t *at, int64_t *given,
    int64_t *points);

#endif
