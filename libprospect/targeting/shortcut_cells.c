/*
 * Short ways of a test for the cells of many records at once; part of
 * shortcut.h. Where bytes before the cells may be read, the loops have no
 * branches on what a cell holds: that is not to be foretold, but that it is of
 * the kind of the last one is.
 */
#include <config.h>

#include "libprospect/targeting/plain.h"
#include "libprospect/targeting/shortcut.h"

static inline unsigned char
answer_of(uint64_t memo)
{
	return memo > 0 ? (unsigned char)(memo - 1) : PSP_NO_ANSWER;
}

/* What was answered for such cells before. */
static void
recall(const struct psp_evaluation *e, const struct psp_test *test,
    const struct psp_shortcut_cells *cells, unsigned char *answers)
{
	uint64_t owner = psp_memo_owner(test->number, e->style);
	struct psp_memo key;

	for (size_t i = 0; i < cells->n; i++) {
		bool is_short =
		    cells->has_before
			? psp_memo_key_behind(owner, cells->cells[i], &key)
			: psp_memo_key(owner, cells->cells[i], &key);

		answers[i] = PSP_NO_ANSWER;
		if (is_short)
			answers[i] = answer_of(psp_memo_answer(
			    psp_memos_place(e->memos, &key), &key));
	}
}

static void
recall_two(const struct psp_evaluation *e, const struct psp_test *test,
    const struct psp_shortcut_cells *cells, unsigned char *answers)
{
	uint64_t owner = psp_memo_owner(test->number, e->style);
	struct psp_memo key;

	for (size_t i = 0; i < cells->n; i++) {
		answers[i] = PSP_NO_ANSWER;
		if (psp_memo_double_key(
			owner, cells->cells[i], cells->beside[i], &key))
			answers[i] = answer_of(psp_memo_answer(
			    psp_memos_place(e->memos, &key), &key));
	}
}

static void
take_texts(const struct psp_evaluation *e, const struct psp_test *test,
    const struct psp_shortcut_cells *cells, unsigned char *answers)
{
	enum psp_truth truth;

	for (size_t i = 0; i < cells->n; i++) {
		struct psp_shortcut_cells one = { cells->cells + i, NULL, 1,
			cells->has_before };

		answers[i] = PSP_NO_ANSWER;
		if (cells->cells[i].size == SIZE_MAX)
			continue;
		if (psp_shortcut_is_kept(test, cells->cells[i]))
			recall(e, test, &one, &answers[i]);
		else if (psp_shortcut_text(test, cells->cells[i], &truth))
			answers[i] = (unsigned char)truth;
	}
}

static void
take_days(const struct psp_test *test, const struct psp_shortcut_cells *cells,
    unsigned char *answers)
{
	enum psp_truth truth;

	for (size_t i = 0; i < cells->n; i++)
		answers[i] = psp_plain_take(test, cells->cells[i], &truth)
		                 ? (unsigned char)truth
		                 : PSP_NO_ANSWER;
}

static void
take_digits(const struct psp_test *test, const struct psp_shortcut_cells *cells,
    unsigned char *answers)
{
	bool is_headcount = test->is_headcount;

	for (size_t i = 0; i < cells->n; i++) {
		struct psp_slice cell = cells->cells[i];
		unsigned char other =
		    cell.size == 0 ? PSP_UNKNOWN : PSP_NO_ANSWER;
		int64_t number = 0;
		bool is_plain =
		    psp_plain_digits_behind(cell, is_headcount, &number);
		unsigned char answer = (unsigned char)psp_truth_of(
		    psp_plain_is_within(test, number));

		answers[i] = is_plain ? answer : other;
	}
}

void
psp_shortcut_take_cells(const struct psp_evaluation *e,
    const struct psp_test *test, const struct psp_shortcut_cells *cells,
    unsigned char *answers)
{
	if (psp_shortcut_looks_beside(test))
		recall_two(e, test, cells, answers);
	else if (test->way == PSP_WAY_MEMO)
		recall(e, test, cells, answers);
	else if (test->way == PSP_WAY_TEXT)
		take_texts(e, test, cells, answers);
	else if (test->way == PSP_WAY_DIGITS && cells->has_before)
		take_digits(test, cells, answers);
	else
		take_days(test, cells, answers);
}

void
psp_shortcut_read_numbers(const struct psp_shortcut_cells *cells,
    bool is_headcount, int64_t *numbers, unsigned char *is_number)
{
	for (size_t i = 0; i < cells->n; i++)
		is_number[i] = cells->has_before
		                   ? psp_plain_digits_behind(cells->cells[i],
				       is_headcount, &numbers[i])
		                   : psp_plain_digits(cells->cells[i],
				       is_headcount, &numbers[i]);
}
