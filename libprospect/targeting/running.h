/*
 * The inside of an evaluation, for evaluation.c, which reads values, and
 * decide.c, which tests them. Nobody else includes this.
 */
#ifndef PSP_TARGETING_RUNNING_H
#define PSP_TARGETING_RUNNING_H

#include "libprospect/targeting/compiled.h"
#include "libprospect/targeting/evaluation.h"

/* What was read of the record at hand carries its stamp. */
struct psp_evaluation {
	const struct psp_plan *plan;
	const struct psp_signals *signals;
	struct psp_record *record;
	uint64_t stamp;

	struct psp_value *values; /* by field */
	struct psp_buffer *texts;
	uint64_t *value_stamps;
	struct psp_tally *tallies;

	struct psp_value *supplied; /* by slot */
	uint64_t *supplied_stamps;

	struct psp_buffer key;
	uint64_t key_stamp;
	bool key_is_known;
	const struct psp_signal *company; /* its signals */
	size_t n_company;

	uint64_t *found; /* keywords, by source */
	uint64_t *source_stamps;
	bool *source_is_absent;
	size_t n_found_words; /* 64 bits each, of a source */

	struct psp_matcher *matcher;
	struct psp_buffer scratch;
};

/* The truth of `test`; with `err` filled, whatever it returns is void. */
enum psp_truth psp_decide(struct psp_evaluation *evaluation,
    const struct psp_test *test, struct psp_error *err);

/* The keywords found in a source, NULL when its text is absent. */
const uint64_t *psp_source_found(
    struct psp_evaluation *evaluation, size_t source, struct psp_error *err);

/* Counts a match of `field` that was given up. PSP_ENOMEM. */
void psp_tally_limit(
    struct psp_evaluation *evaluation, size_t field, struct psp_error *err);

#endif
