/*
 * Short ways of a test for the cells of many records at once; part of
 * shortcut.h. Where bytes before the cells may be read, the loops have no
 * branches on what a cell holds: that is not to be foretold, but that it is of
 * the kind of the last one is.
 */
#include <config.h>

#include "libprospect/targeting/plain.h"
#include "libprospect/targeting/shortcut.h"

/* Digits that are read before they are compared. */
enum { DIGITS_AT_ONCE = 64 };

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

/* Reads digits before whose ends bytes may be read. */
static inline void
read_behind(const struct psp_shortcut_cells *cells, bool is_headcount,
    int64_t *numbers, unsigned char *is_number)
{
	for (size_t i = 0; i < cells->n; i++)
		is_number[i] = psp_plain_digits_behind(
		    cells->cells[i], is_headcount, &numbers[i]);
}

/* Digits of some of the cells, from `first` on. */
static void
take_digits(const struct psp_test *test, const struct psp_shortcut_cells *cells,
    size_t first, unsigned char *answers)
{
	static const unsigned char known[4] = { PSP_NO_ANSWER, PSP_NO_ANSWER,
		PSP_FALSE, PSP_TRUE }; /* is it a number, is it within */
	const struct psp_range *range = &test->plain[0];
	int64_t numbers[DIGITS_AT_ONCE] = { 0 };
	unsigned char is_number[DIGITS_AT_ONCE];
	struct psp_shortcut_cells some = { cells->cells + first, NULL,
		cells->n - first, true };
	unsigned all = 1;

	if (some.n > DIGITS_AT_ONCE)
		some.n = DIGITS_AT_ONCE;
	psp_shortcut_read_numbers(
	    &some, test->is_headcount, numbers, is_number);
	answers += first;
	for (size_t i = 0; i < some.n; i++) {
		unsigned within =
		    test->n_plain == 1
			? (unsigned)(numbers[i] >= range->first)
			      & (unsigned)(numbers[i] <= range->last)
			: psp_plain_is_within(test, numbers[i]);

		answers[i] = known[2 * is_number[i] + within];
		all &= is_number[i];
	}
	for (size_t i = 0; all == 0 && i < some.n; i++)
		if (some.cells[i].size == 0)
			answers[i] = PSP_UNKNOWN;
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
		for (size_t i = 0; i < cells->n; i += DIGITS_AT_ONCE)
			take_digits(test, cells, i, answers);
	else
		take_days(test, cells, answers);
}

void
psp_shortcut_read_numbers(const struct psp_shortcut_cells *cells,
    bool is_headcount, int64_t *numbers, unsigned char *is_number)
{
	if (cells->has_before && is_headcount)
		read_behind(cells, true, numbers, is_number);
	else if (cells->has_before)
		read_behind(cells, false, numbers, is_number);
	for (size_t i = 0; !cells->has_before && i < cells->n; i++)
		is_number[i] = psp_plain_digits(
		    cells->cells[i], is_headcount, &numbers[i]);
}
