/* Short ways of tests; see the header. */
#include <config.h>

#include "libprospect/targeting/shortcut.h"

#include "libprospect/base/calendar.h"
#include "libprospect/base/text.h"
#include "libprospect/targeting/ahead.h"
#include "libprospect/targeting/plain.h"

/* More texts in a test than that are not looked for one by one. */
enum { MAX_NEEDLES = 4 };

/* The quotient, rounded down or up. */
static int64_t
divide(int64_t value, int64_t by, bool rounds_up)
{
	int64_t quotient = value / by, rest = value % by;

	if (rounds_up)
		return quotient + (rest > 0);
	return quotient - (rest < 0);
}

/* The days of a range as YYYYMMDD. */
static struct psp_range
days_of(struct psp_range days)
{
	int64_t least = psp_days_from_civil(PSP_MIN_YEAR, 1, 1);
	int64_t most = psp_days_from_civil(PSP_MAX_YEAR, 12, 31);
	struct psp_range plain = { PSP_PLAIN_FIRST_DAY, PSP_PLAIN_LAST_DAY };
	struct psp_civil civil;

	if (days.first > most || days.last < least) {
		plain.last = 0; /* no date is in it */
		return plain;
	}
	if (days.first > least) {
		civil = psp_civil_from_days((int32_t)days.first);
		plain.first =
		    civil.year * 10000 + civil.month * 100 + civil.day;
	}
	if (days.last < most) {
		civil = psp_civil_from_days((int32_t)days.last);
		plain.last = civil.year * 10000 + civil.month * 100 + civil.day;
	}
	return plain;
}

/* Puts the ranges of `test` into those of plain cells; `scale` 0: dates. */
static bool
make_plain(struct psp_plan *plan, struct psp_test *test, int64_t scale,
    struct psp_error *err)
{
	test->plain = psp_arena_array(
	    &plan->arena, test->n_ranges + 1, sizeof(*test->plain), err);
	if (test->plain == NULL)
		return false;
	test->n_plain = test->n_ranges;
	for (size_t i = 0; i < test->n_ranges; i++) {
		const struct psp_range *range = &test->ranges[i];

		if (scale == 0) {
			test->plain[i] = days_of(*range);
			continue;
		}
		test->plain[i].first = divide(range->first, scale, true);
		test->plain[i].last = divide(range->last, scale, false);
	}
	test->way = scale == 0 ? PSP_WAY_DAY : PSP_WAY_DIGITS;
	return true;
}

/* Words of `fields:` may be digits, a scale leaves numbers out. */
static bool
may_be_plain(const struct psp_field *field)
{
	return field->kind == PSP_FIELD_COLUMN && field->n_absent == 0
	       && (field->rules == NULL || !field->rules->has_scale);
}

void
psp_shortcut_prepare(struct psp_field *field)
{
	field->scale = 0;
	if (!may_be_plain(field))
		return;
	switch (field->format.type) {
	case PSP_TYPE_NUMBER:
		field->scale = PSP_NUMBER_SCALE;
		break;
	case PSP_TYPE_MONEY:
		field->scale = PSP_MONEY_SCALE;
		break;
	case PSP_TYPE_PERCENT:
		field->scale = PSP_PERCENT_SCALE;
		break;
	case PSP_TYPE_HEADCOUNT:
		field->scale = field->format.is_band ? 0 : 1;
		break;
	default:
		break;
	}
}

/* Whether the answer hangs on the bytes of the cell, and of the one beside. */
static bool
may_be_kept(const struct psp_test *test)
{
	switch (test->kind) {
	case PSP_TEST_ALL:
	case PSP_TEST_ANY:
	case PSP_TEST_NOT:
	case PSP_TEST_AT_LEAST:
	case PSP_TEST_COMPARE:
	case PSP_TEST_SIGNAL:
	case PSP_TEST_KEYWORDS:
		return false;
	default:
		return true;
	}
}

/* Makes the needles of a test of texts; `*is_made` tells whether it is one that
 * has them. */
static bool
make_needles(struct psp_plan *plan, struct psp_test *test, bool *is_made,
    struct psp_error *err)
{
	*is_made = false;
	if ((test->kind != PSP_TEST_CONTAINS && test->kind != PSP_TEST_STARTS
		&& test->kind != PSP_TEST_ENDS && test->kind != PSP_TEST_WORDS)
	    || test->n_texts > MAX_NEEDLES)
		return true;
	test->needles = psp_arena_array(
	    &plan->arena, test->n_texts + 1, sizeof(*test->needles), err);
	if (test->needles == NULL)
		return false;
	for (size_t i = 0; i < test->n_texts; i++)
		test->needles[i] = psp_needle_of(test->texts[i]);
	test->way = PSP_WAY_TEXT;
	plan->has_memo = plan->has_memo || test->kind == PSP_TEST_WORDS;
	*is_made = true;
	return true;
}

bool
psp_shortcut_choose(
    struct psp_plan *plan, struct psp_test *test, struct psp_error *err)
{
	const struct psp_field *field;
	bool is_made;

	test->way = PSP_WAY_READ;
	if (!may_be_kept(test))
		return true;
	field = &plan->fields[test->field];
	test->column = field->index;
	if (field->kind == PSP_FIELD_VIRTUAL && test->kind == PSP_TEST_RANGES
	    && field->format.type == PSP_TYPE_NUMBER) {
		if (!make_plain(plan, test, 1, err))
			return false;
		test->way = PSP_WAY_GIVEN;
	}
	if (field->kind != PSP_FIELD_COLUMN)
		return true;
	test->beside = field->nomenclature;
	if (test->kind == PSP_TEST_RANGES && may_be_plain(field)
	    && field->format.type == PSP_TYPE_DATE)
		return make_plain(plan, test, 0, err);
	if (test->kind == PSP_TEST_RANGES && field->scale > 0)
		return make_plain(plan, test, field->scale, err);
	if (field->format.type == PSP_TYPE_TEXT && field->n_absent == 0) {
		if (!make_needles(plan, test, &is_made, err))
			return false;
		if (is_made)
			return true;
	}
	test->way = PSP_WAY_MEMO;
	plan->has_memo = true;
	return true;
}

bool
psp_field_number(struct psp_evaluation *e, size_t number, int64_t *value)
{
	const struct psp_field *field = &e->plan->fields[number];

	if (psp_ahead_number(e, field, value)) {
		*value *= field->scale;
		return true;
	}
	if (field->scale == 0
	    || !psp_plain_digits(psp_record_text(e->record, field->index),
		field->format.type == PSP_TYPE_HEADCOUNT, value))
		return false;
	*value *= field->scale;
	return true;
}

/* What was answered for such cells before. Without an answer, the place that
 * it belongs to becomes `e->memo`, NULL for long cells. */
static bool
recall(struct psp_evaluation *e, const struct psp_test *test,
    struct psp_slice cell, enum psp_truth *truth)
{
	uint64_t owner = psp_memo_owner(test->number, e->style), answer;
	struct psp_memo key, *memo;

	if (psp_shortcut_looks_beside(test) ? !psp_memo_double_key(
		owner, cell, psp_record_text(e->record, test->beside), &key)
					    : !psp_memo_key(owner, cell, &key))
		return false;
	memo = psp_memos_place(e->memos, &key);
	answer = psp_memo_answer(memo, &key);
	if (answer != 0) {
		*truth = (enum psp_truth)(answer - 1);
		return true;
	}
	*memo = key;
	e->memo = memo;
	return false;
}

void
psp_shortcut_keep(
    struct psp_evaluation *e, const struct psp_test *test, enum psp_truth truth)
{
	if (e->memo == NULL || e->values[test->field].state == PSP_VALUE_UNREAD
	    || (test->kind == PSP_TEST_PATTERNS && truth == PSP_UNKNOWN))
		return;
	e->memo->answer = 1 + (uint64_t)truth;
}

static bool
is_ascii(char c)
{
	return ((unsigned char)c & 0x80) == 0;
}

static enum psp_find
find_text(const struct psp_test *test, size_t i, struct psp_slice cell)
{
	struct psp_slice text = test->needles[i].text;
	bool is_found;

	switch (test->kind) {
	case PSP_TEST_STARTS:
		is_found = psp_folded_begins(cell, text);
		break;
	case PSP_TEST_ENDS:
		is_found = psp_folded_ends(cell, text);
		break;
	case PSP_TEST_WORDS:
		is_found = psp_folded_is(cell, text);
		break;
	default:
		return psp_needle_find(&test->needles[i], cell);
	}
	return is_found ? PSP_FIND_YES : PSP_FIND_NO;
}

bool
psp_shortcut_text(
    const struct psp_test *test, struct psp_slice cell, enum psp_truth *truth)
{
	bool is_sure = true;

	*truth = PSP_UNKNOWN;
	if (psp_value_is_absent(cell))
		return true;
	cell = psp_text_trim(cell);
	/* What has an ASCII character that is no blank folds to something; what
	 * folds to nothing is not understood. */
	if (!is_ascii(cell.bytes[0]) && !is_ascii(cell.bytes[cell.size - 1]))
		return false;
	for (size_t i = 0; i < test->n_texts; i++) {
		switch (find_text(test, i, cell)) {
		case PSP_FIND_YES:
			*truth = PSP_TRUE;
			return true;
		case PSP_FIND_UNSURE:
			is_sure = false;
			break;
		case PSP_FIND_NO:
			break;
		}
	}
	*truth = PSP_FALSE;
	return is_sure;
}

bool
psp_shortcut_take(struct psp_evaluation *e, const struct psp_test *test,
    enum psp_truth *truth)
{
	struct psp_slice cell;

	e->memo = NULL;
	if (test->way == PSP_WAY_GIVEN) {
		*truth = PSP_UNKNOWN;
		if (e->supplied_stamps[test->column] == e->stamp
		    && e->supplied[test->column].state == PSP_VALUE_READ)
			*truth = psp_truth_of(psp_plain_is_within(
			    test, e->supplied[test->column].first));
		return true;
	}
	cell = psp_record_text(e->record, test->column);
	if (test->way == PSP_WAY_DIGITS || test->way == PSP_WAY_DAY)
		return psp_plain_take(test, cell, truth);
	return psp_shortcut_is_kept(test, cell)
	           ? recall(e, test, cell, truth)
	           : psp_shortcut_text(test, cell, truth);
}
