/*
 * The inside of an evaluation, for evaluation.c, which reads values,
 * and decide.c, shortcut.c and ask.c, which test them. Nobody else includes
 * this.
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
	enum psp_number_style style; /* of the record's input */
	struct psp_memo *memos;      /* NULL: the plan keeps no answers */
	struct psp_memo *memo;       /* where the answer being found belongs */

	struct psp_value *values; /* by field */
	struct psp_buffer *texts;
	uint64_t *value_stamps;
	struct psp_tally *tallies;

	/* Of the records of a stretch, see ahead.h. */
	size_t row; /* of the record at hand; SIZE_MAX: it is in none */
	unsigned char *answers; /* by slot and row */
	int64_t *numbers;       /* likewise */
	unsigned char *is_number;
	struct psp_slice *source_texts; /* by source and row */
	unsigned char *found_ahead; /* likewise: enum found_state of ahead.c */
	uint64_t *found_words;      /* likewise, n_found_words each */

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
	uint64_t *found_anywhere; /* in any source of the test at hand */
	size_t n_found_words;     /* 64 bits each, of a source */

	struct psp_matcher *matcher;
	struct psp_buffer scratch;
};

static inline enum psp_truth
psp_truth_of(bool holds)
{
	return (enum psp_truth)((unsigned)holds * PSP_TRUE); /* no branch */
}

/* The truth of a test, turned round where that is asked, or what stands for it
 * when it is unknown. */
static inline enum psp_truth
psp_truth_settled(
    const struct psp_test *test, enum psp_truth truth, bool is_turned)
{
	if (truth == PSP_UNKNOWN)
		return test->missing == PSP_MISSING_UNKNOWN
		           ? PSP_UNKNOWN
		           : psp_truth_of(test->missing == PSP_MISSING_PASS);
	return is_turned ? psp_truth_of(truth == PSP_FALSE) : truth;
}

/* The truth of a test that is no group, before `missing` and negation: the long
 * way. With `err` filled, whatever it returns is void. */
enum psp_truth psp_ask(struct psp_evaluation *evaluation,
    const struct psp_test *test, struct psp_error *err);

/* Whether the cell of a field, which is a column, says nothing. PSP_ENOMEM. */
bool psp_cell_is_absent(struct psp_evaluation *evaluation,
    const struct psp_field *field, struct psp_slice cell,
    struct psp_error *err);

/* How the keywords wanted are among those found, of which there are `n` words
 * of bits. */
enum psp_truth psp_keywords_compare(
    const uint64_t *found, const uint64_t *wanted, size_t n, bool needs_all);

/* The keywords found in a source, NULL when its text is absent. */
const uint64_t *psp_source_found(
    struct psp_evaluation *evaluation, size_t source, struct psp_error *err);

/* Counts a match of `field` that was given up. PSP_ENOMEM. */
void psp_tally_limit(
    struct psp_evaluation *evaluation, size_t field, struct psp_error *err);

#endif
