/*
 * Screening: which records of a batch are worth being asked one by one. The
 * short ways of the first tests of an `all` are gone for many records at once,
 * test after test; a record that one of them finds false is done with. It may
 * only be faster: a record whose cell cannot go its short way is left, and
 * asked from there on, so that the same cells are read and counted as without.
 *
 *   records     0 1 2 3 4 5 6 7
 *   naf in …    f f T f ? f T f      4 is to be asked from this test on
 *   created     .   T   .   f        6 is out
 *   left            2   4
 *
 * Part of plan.h and evaluation.h, whose insides are compiled.h and running.h.
 */
#ifndef PSP_TARGETING_SCREEN_H
#define PSP_TARGETING_SCREEN_H

#include "libprospect/stream/column.h"
#include "libprospect/targeting/evaluation.h"

/* A record that is left. */
struct psp_candidate {
	uint32_t record;       /* its number in the batch, from 0 */
	uint32_t next;         /* for psp_evaluate_from */
	enum psp_truth so_far; /* likewise */
};

/* Whether the test is one that screening can find false. */
bool psp_screen_can(const struct psp_test *test);

/* Whether the test is true of every record, for it asks nothing. */
bool psp_screen_is_true(const struct psp_test *test);

/*
 * Puts those of `n` records that `test`, which psp_screen_can allows, does not
 * find false at once into `left`, and returns how many they are. `records` are
 * numbers in the batch, ascending, less than PSP_COLUMN_RECORDS apart; they are
 * overwritten.
 */
size_t psp_screen(struct psp_evaluation *evaluation,
    const struct psp_test *test, const struct psp_batch *batch,
    uint32_t *records, size_t n, struct psp_candidate *left);

#endif
