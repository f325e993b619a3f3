/* Short ways of tests; see the header. */
#include <config.h>

#include "libprospect/targeting/shortcut.h"

#include "libprospect/base/calendar.h"
#include "libprospect/base/text.h"
#include "libprospect/base/word.h"
#include "libprospect/values/date.h"

/* Longer texts than this are not kept; more texts in a test than that are not
 * looked for one by one. */
enum { MAX_KEPT_SIZE = 16, MAX_NEEDLES = 4 };

enum {
	MIN_DAY = PSP_MIN_YEAR * 10000 + 101,
	MAX_DAY = PSP_MAX_YEAR * 10000 + 1231,
	NO_BIRTH_DAY = 19000101 /* says nothing of a company: evaluation.c */
};

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
	struct psp_range plain = { MIN_DAY, MAX_DAY };
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

/* Whether a plain value lies in one of the ranges, which are few. */
static bool
is_within(const struct psp_test *test, int64_t value)
{
	for (size_t i = 0; i < test->n_plain; i++)
		if (value >= test->plain[i].first
		    && value <= test->plain[i].last)
			return true;
	return false;
}

/* A date of ten bytes as YYYYMMDD: ISO, or day first with / - or . alike. False
 * for what is anything else, and for 29 February. */
static bool
read_day(struct psp_slice cell, int64_t *day)
{
	/* February has 28 here: whether it has 29 the long way finds. */
	static const unsigned char lengths[13] = { 0, 31, 28, 31, 30, 31, 30,
		31, 31, 30, 31, 30, 31 };
	const char *p = cell.bytes;
	uint64_t word;
	int64_t number, month;

	if (cell.size != 10)
		return false;
	word = psp_word_load(p);
	if (p[4] == '-' && p[7] == '-') /* YYYY-MM- to YYYYMM */
		word = (word & UINT64_C(0xFFFFFFFF))
		       | (word >> 8 & UINT64_C(0xFFFF00000000))
		       | (uint64_t)(unsigned char)p[8] << 48
		       | (uint64_t)(unsigned char)p[9] << 56;
	else if (p[2] == p[5] && (p[2] == '/' || p[2] == '-' || p[2] == '.'))
		word = psp_word_load4(p + 6)
		       | (word << 8 & UINT64_C(0xFFFF00000000)) | word << 48;
	else
		return false;
	if (!psp_word_is_digits(word))
		return false;
	number = psp_word_number(word);
	month = number / 100 % 100;
	if (number < MIN_DAY || number > MAX_DAY || month > 12
	    || number % 100 == 0 || number % 100 > lengths[month])
		return false;
	*day = number;
	return true;
}

/* Digits that the reader of the type understands as what they say. */
static bool
read_digits(struct psp_slice cell, bool is_headcount, int64_t *value)
{
	bool is_negative =
	    !is_headcount && cell.size > 0 && cell.bytes[0] == '-';

	if (is_negative) {
		cell.bytes++;
		cell.size--;
	}
	if (!psp_digits_read(cell, value))
		return false;
	if (is_negative)
		*value = -*value;
	/* "03" may be a band; so many people there are not. */
	return !is_headcount
	       || ((cell.bytes[0] != '0' || cell.size == 1)
		   && *value < INT32_MAX);
}

bool
psp_field_number(struct psp_evaluation *e, size_t number, int64_t *value)
{
	const struct psp_field *field = &e->plan->fields[number];

	if (field->scale == 0
	    || !read_digits(psp_record_text(e->record, field->index),
		field->format.type == PSP_TYPE_HEADCOUNT, value))
		return false;
	*value *= field->scale;
	return true;
}

/*
 * The place where the answer for such a key is, if it is anywhere. The factor
 * is 2^64 over the golden ratio; the highest bits of the product hang on all
 * bits of the key.
 */
static inline struct psp_memo *
find_place(const struct psp_evaluation *e, const struct psp_memo *key)
{
	uint64_t mixed = key->low ^ (key->high << 29 | key->high >> 35)
	                 ^ (key->who << 13 | key->who >> 51);

	return &e->memos[mixed * UINT64_C(0x9E3779B97F4A7C15)
			 >> (64 - PSP_MEMO_BITS)];
}

/* Whose answers a test's are, but for the sizes of the cells. */
static inline uint64_t
owner_of(const struct psp_evaluation *e, const struct psp_test *test)
{
	return (uint64_t)test->number << 32 | (uint64_t)e->style << 24;
}

/* The key of a cell; false: it is too long. */
static inline bool
make_key(uint64_t owner, struct psp_slice cell, struct psp_memo *key)
{
	if (cell.size > MAX_KEPT_SIZE)
		return false;
	key->low = psp_word_of(cell);
	key->high = 0;
	key->who = owner | cell.size;
	if (cell.size > 8) {
		key->low = psp_word_load(cell.bytes);
		key->high = psp_word_load(cell.bytes + cell.size - 8);
	}
	return true;
}

/* The key of a cell and the one beside; false: they are too long. */
static inline bool
make_double_key(uint64_t owner, struct psp_slice cell, struct psp_slice beside,
    struct psp_memo *key)
{
	if (cell.size > 8 || beside.size > 8)
		return false;
	key->low = psp_word_of(cell);
	key->high = psp_word_of(beside);
	key->who = owner | cell.size | (uint64_t)beside.size << 8;
	return true;
}

static inline bool
holds_answer(const struct psp_memo *memo, const struct psp_memo *key)
{
	return memo->low == key->low && memo->high == key->high
	       && memo->who == key->who && memo->answer != 0;
}

/* What was answered for such cells before. Without an answer, the place that
 * it belongs to becomes `e->memo`, NULL for long cells. */
static bool
recall(struct psp_evaluation *e, const struct psp_test *test,
    struct psp_slice cell, enum psp_truth *truth)
{
	uint64_t owner = owner_of(e, test);
	struct psp_memo key, *memo;

	if (psp_shortcut_looks_beside(test) ? !make_double_key(
		owner, cell, psp_record_text(e->record, test->beside), &key)
					    : !make_key(owner, cell, &key))
		return false;
	memo = find_place(e, &key);
	if (holds_answer(memo, &key)) {
		*truth = (enum psp_truth)(memo->answer - 1);
		return true;
	}
	key.answer = 0;
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

static bool
take_text(
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

/* By its digits or its day. */
static inline bool
take_plain(
    const struct psp_test *test, struct psp_slice cell, enum psp_truth *truth)
{
	int64_t value;

	if (cell.size == 0) { /* absent */
		*truth = PSP_UNKNOWN;
		return true;
	}
	if (test->way == PSP_WAY_DIGITS) {
		if (!read_digits(cell, test->is_headcount, &value))
			return false;
	} else if (!read_day(cell, &value) || value == NO_BIRTH_DAY) {
		return false;
	}
	*truth = psp_truth_of(is_within(test, value));
	return true;
}

/* Whether the answer for such a cell is kept. */
static inline bool
is_kept(const struct psp_test *test, struct psp_slice cell)
{
	return test->way == PSP_WAY_MEMO
	       || (test->kind == PSP_TEST_WORDS && cell.size <= MAX_KEPT_SIZE);
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
			*truth = psp_truth_of(
			    is_within(test, e->supplied[test->column].first));
		return true;
	}
	cell = psp_record_text(e->record, test->column);
	if (test->way == PSP_WAY_DIGITS || test->way == PSP_WAY_DAY)
		return take_plain(test, cell, truth);
	return is_kept(test, cell) ? recall(e, test, cell, truth)
	                           : take_text(test, cell, truth);
}

/* What was answered for such cells before, of many. */
static void
recall_cells(const struct psp_evaluation *e, const struct psp_test *test,
    const struct psp_slice *cells, const struct psp_slice *beside, size_t n,
    unsigned char *answers)
{
	bool looks_beside = psp_shortcut_looks_beside(test);
	uint64_t owner = owner_of(e, test);

	for (size_t i = 0; i < n; i++) {
		struct psp_memo key;
		const struct psp_memo *memo;

		answers[i] = PSP_NO_ANSWER;
		if (looks_beside
			? !make_double_key(owner, cells[i], beside[i], &key)
			: !make_key(owner, cells[i], &key))
			continue;
		memo = find_place(e, &key);
		if (holds_answer(memo, &key))
			answers[i] = (unsigned char)(memo->answer - 1);
	}
}

/* The answer for one cell, as it stands in the file. */
static unsigned char
take_cell(const struct psp_evaluation *e, const struct psp_test *test,
    struct psp_slice cell)
{
	unsigned char answer;
	enum psp_truth truth;
	bool is_taken;

	if (cell.size == SIZE_MAX)
		return PSP_NO_ANSWER;
	if (test->way != PSP_WAY_TEXT) {
		is_taken = take_plain(test, cell, &truth);
	} else if (is_kept(test, cell)) {
		recall_cells(e, test, &cell, NULL, 1, &answer);
		return answer;
	} else {
		is_taken = take_text(test, cell, &truth);
	}
	return is_taken ? (unsigned char)truth : PSP_NO_ANSWER;
}

void
psp_shortcut_take_cells(const struct psp_evaluation *e,
    const struct psp_test *test, const struct psp_slice *cells,
    const struct psp_slice *beside, size_t n, unsigned char *answers)
{
	if (test->way == PSP_WAY_MEMO)
		recall_cells(e, test, cells, beside, n, answers);
	else
		for (size_t i = 0; i < n; i++)
			answers[i] = take_cell(e, test, cells[i]);
}
