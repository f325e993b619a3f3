/*
 * The short ways of tests: a plain cell is compared at once, as it stands,
 * without being read into a value. What is not plain goes the long way
 * (cell.h), whose answer the short one always equals; cells that no reader
 * understands only the long way meets, so that they are counted there.
 *
 *   digits   "1250", "-3"        against ranges of whole units
 *   days     "2024-01-31", "31/01/2024"   against ranges of YYYYMMDD
 *   memo     any cell of at most 16 bytes: what the long way answered for the
 *            same bytes before. Codes, bands, departments, legal forms and
 *            states come back all the time, however they are written.
 *   texts    looked for in the cell without folding it (needle.h)
 *
 * Part of plan.h and evaluation.h, whose insides are compiled.h and running.h.
 */
#ifndef PSP_TARGETING_SHORTCUT_H
#define PSP_TARGETING_SHORTCUT_H

#include "libprospect/targeting/compiled.h"
#include "libprospect/targeting/running.h"

/* Finds out whether plain digits of a field are compared at once. */
void psp_shortcut_prepare(struct psp_field *field);

/* Chooses the way of a test whose field is bound. PSP_ENOMEM. */
PSP_NODISCARD bool psp_shortcut_choose(
    struct psp_plan *plan, struct psp_test *test, struct psp_error *err);

/*
 * Asks a test, whose way is not READ, of the record at hand in its short way.
 * False when its cell does not take it: then the long way is to be gone, and
 * psp_shortcut_keep be told.
 */
bool psp_shortcut_take(struct psp_evaluation *evaluation,
    const struct psp_test *test, enum psp_truth *truth);

/* Whether the answer hangs on a second column. */
static inline bool
psp_shortcut_looks_beside(const struct psp_test *test)
{
	return test->way == PSP_WAY_MEMO && test->beside != SIZE_MAX;
}

/* Whether the answer for such a cell is kept; the way is MEMO or TEXT. */
static inline bool
psp_shortcut_is_kept(const struct psp_test *test, struct psp_slice cell)
{
	return test->way == PSP_WAY_MEMO
	       || (test->kind == PSP_TEST_WORDS && cell.size <= PSP_MEMO_SIZE);
}

/* Looks for the texts of a test whose way is TEXT in a cell. False when it has
 * to be folded. */
bool psp_shortcut_text(
    const struct psp_test *test, struct psp_slice cell, enum psp_truth *truth);

/*
 * Cells of many records in one column, and of those in the column beside where
 * the test looks there, as psp_column_texts gives them: SIZE_MAX for what takes
 * the long way.
 */
struct psp_shortcut_cells {
	const struct psp_slice *cells, *beside;
	size_t n;
	bool has_before; /* 16 bytes before the end of each may be read */
};

/*
 * What psp_shortcut_take would say of each of the cells, in numbers of
 * evaluation->style. `answers` become truths or PSP_NO_ANSWER. The test's way
 * is neither READ nor GIVEN.
 */
void psp_shortcut_take_cells(const struct psp_evaluation *evaluation,
    const struct psp_test *test, const struct psp_shortcut_cells *cells,
    unsigned char *answers);

/* Reads those cells that are plain digits; `is_number` tells which. */
void psp_shortcut_read_numbers(const struct psp_shortcut_cells *cells,
    bool is_headcount, int64_t *numbers, unsigned char *is_number);

/* Keeps what the long way said, unless that is to be counted each time. */
void psp_shortcut_keep(struct psp_evaluation *evaluation,
    const struct psp_test *test, enum psp_truth truth);

#endif
