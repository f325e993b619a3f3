/*
 * Answers ahead: the tests that every record is asked, asked of all records of
 * a stretch (stream/stretch.h), one test after the other. Only short ways are
 * gone (shortcut.h), so that nothing is counted; where they do not tell, the
 * answer is pending and the record is asked when its turn comes, as if nothing
 * had been done ahead.
 *
 *   slot 0   T F F T . F ...     a test, by row: true, false, unknown,
 *   slot 1   F F . T T F ...     pending (.)
 *
 * Part of plan.h and evaluation.h, whose insides are compiled.h and running.h.
 */
#ifndef PSP_TARGETING_AHEAD_H
#define PSP_TARGETING_AHEAD_H

#include "libprospect/targeting/running.h"

/* Gives slots to what is asked ahead and can be; ways are chosen already. */
void psp_ahead_choose(struct psp_plan *plan);

/* Takes the memory of an evaluation of a plan; PSP_ENOMEM, and may then be
 * cleared. */
PSP_NODISCARD bool psp_ahead_init(
    struct psp_evaluation *evaluation, struct psp_error *err);

void psp_ahead_clear(struct psp_evaluation *evaluation);

/* The answer of a test for the record at hand, or PENDING. */
static inline unsigned char
psp_ahead_answer(const struct psp_evaluation *e, const struct psp_test *test)
{
	if (test->slot == SIZE_MAX || e->row == SIZE_MAX)
		return PSP_NO_ANSWER;
	return e->answers[test->slot * PSP_STRETCH_RECORDS + e->row];
}

/* The plain digits of a field for the record at hand, if they were read. */
static inline bool
psp_ahead_number(const struct psp_evaluation *e, const struct psp_field *field,
    int64_t *value)
{
	size_t at;

	if (field->slot == SIZE_MAX || e->row == SIZE_MAX)
		return false;
	at = field->slot * PSP_STRETCH_RECORDS + e->row;
	*value = e->numbers[at];
	return e->is_number[at] != 0;
}

#endif
