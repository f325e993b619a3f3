/*
 * The tests of a plan, asked of the values of a record that were read: the long
 * way. Part of evaluation.h, whose inside is running.h. A value that is a range
 * (a date of month precision, a headcount band) fits, does not fit, or does in
 * part.
 */
#include <config.h>

#include "libprospect/base/text.h"
#include "libprospect/targeting/running.h"
#include "libprospect/values/words.h"

enum fit { FIT_NOT, FIT_PART, FIT_ALL };

/* How first..last lies to ranges that are sorted and apart. */
static enum fit
fit_ranges(
    const struct psp_range *ranges, size_t n, int64_t first, int64_t last)
{
	size_t low = 0, high = n;

	/* `low` becomes the number of ranges that begin at or before first. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (ranges[middle].first <= first)
			low = middle + 1;
		else
			high = middle;
	}
	if (low > 0 && ranges[low - 1].last >= last)
		return FIT_ALL;
	if (low > 0 && ranges[low - 1].last >= first)
		return FIT_PART;
	return low < n && ranges[low].first <= last ? FIT_PART : FIT_NOT;
}

static enum psp_truth
decide_fit(enum fit fit, enum psp_overlap overlap)
{
	if (fit != FIT_PART)
		return psp_truth_of(fit == FIT_ALL);
	if (overlap == PSP_OVERLAP_UNKNOWN)
		return PSP_UNKNOWN;
	return psp_truth_of(overlap == PSP_OVERLAP_TRUE);
}

static enum psp_truth
decide_ranges(const struct psp_test *test, const struct psp_value *value)
{
	if (test->is_headcount && value->is_not_employer && test->is_equality)
		return psp_truth_of(test->takes_not_employer);
	return decide_fit(
	    fit_ranges(test->ranges, test->n_ranges, value->first, value->last),
	    test->overlap);
}

static bool
is_one_of(const struct psp_test *test, struct psp_slice text)
{
	if (test->words != NULL)
		return psp_map_get(test->words, text) != NULL;
	for (size_t i = 0; i < test->n_texts; i++)
		if (psp_slice_equal(test->texts[i], text))
			return true;
	return false;
}

static enum psp_truth
decide_words(const struct psp_test *test, const struct psp_value *value,
    enum psp_type type)
{
	if (type == PSP_TYPE_LISTED) {
		if (value->first == 0)
			return PSP_FALSE;
		if (value->text.size == 0)
			return PSP_UNKNOWN; /* listed, nobody says where */
	}
	return psp_truth_of(is_one_of(test, value->text));
}

static bool
contains(struct psp_slice text, struct psp_slice part)
{
	const char *at = text.bytes, *end;

	if (part.size == 0)
		return true;
	if (text.size < part.size)
		return false;
	end = text.bytes + (text.size - part.size) + 1;
	while (at < end) {
		at = memchr(at, part.bytes[0], (size_t)(end - at));
		if (at == NULL)
			return false;
		if (memcmp(at, part.bytes, part.size) == 0)
			return true;
		at++;
	}
	return false;
}

/* `part` at the place of `text` that the test or comparison is about. */
static bool
holds_part(enum psp_core core, struct psp_slice text, struct psp_slice part)
{
	if (core == PSP_CORE_CONTAINS)
		return contains(text, part);
	if (text.size < part.size || part.size == 0)
		return part.size == 0;
	if (core == PSP_CORE_ENDS)
		text.bytes += text.size - part.size;
	return memcmp(text.bytes, part.bytes, part.size) == 0;
}

static enum psp_truth
decide_parts(const struct psp_test *test, const struct psp_value *value)
{
	enum psp_core core = PSP_CORE_CONTAINS;

	if (test->kind == PSP_TEST_STARTS)
		core = PSP_CORE_STARTS;
	else if (test->kind == PSP_TEST_ENDS)
		core = PSP_CORE_ENDS;
	for (size_t i = 0; i < test->n_texts; i++)
		if (holds_part(core, value->text, test->texts[i]))
			return PSP_TRUE;
	return PSP_FALSE;
}

static enum psp_truth
decide_patterns(struct psp_evaluation *e, const struct psp_test *test,
    const struct psp_value *value, struct psp_error *err)
{
	enum psp_truth truth = PSP_FALSE;

	for (size_t i = 0; i < test->n_texts; i++) {
		switch (psp_pattern_match(
		    test->patterns[i], e->matcher, value->text, err)) {
		case PSP_MATCH_YES:
			return PSP_TRUE;
		case PSP_MATCH_LIMIT:
			truth = PSP_UNKNOWN;
			psp_tally_limit(e, test->field, err);
			break;
		case PSP_MATCH_NO:
		case PSP_MATCH_FAILED:
			break;
		}
	}
	return truth;
}

/* Folds the next member of a set into the scratch buffer. */
static bool
next_member(struct psp_evaluation *e, const struct psp_test *test,
    const struct psp_value *value, size_t *at, struct psp_error *err)
{
	char separator = e->plan->fields[test->field].format.separator;
	struct psp_slice member;

	e->scratch.size = 0;
	return psp_set_next(value->text, separator, at, &member)
	       && psp_text_fold(&e->scratch, member, err);
}

static bool
has_member(struct psp_evaluation *e, const struct psp_test *test,
    const struct psp_value *value, struct psp_slice wanted,
    struct psp_error *err)
{
	size_t at = 0;

	while (next_member(e, test, value, &at, err))
		if (psp_slice_equal(psp_buffer_content(&e->scratch), wanted))
			return true;
	return false;
}

static enum psp_truth
decide_members(struct psp_evaluation *e, const struct psp_test *test,
    const struct psp_value *value, struct psp_error *err)
{
	size_t at = 0;

	if (!value->has_members) /* a number, or yes: of what, it is not said */
		return value->last == 0 ? PSP_FALSE : PSP_UNKNOWN;
	if (test->kind == PSP_TEST_ALL_MEMBERS) {
		for (size_t i = 0; i < test->n_texts; i++)
			if (!has_member(e, test, value, test->texts[i], err))
				return PSP_FALSE;
		return PSP_TRUE;
	}
	while (next_member(e, test, value, &at, err))
		if (is_one_of(test, psp_buffer_content(&e->scratch)))
			return PSP_TRUE;
	return PSP_FALSE;
}

static enum psp_truth
decide_count(struct psp_evaluation *e, const struct psp_test *test,
    const struct psp_value *value)
{
	const struct psp_cell_format *format =
	    &e->plan->fields[test->field].format;
	int64_t first = value->first, last = value->last, n = 0;
	struct psp_slice member;
	size_t at = 0;

	if (value->has_members) {
		while (
		    psp_set_next(value->text, format->separator, &at, &member))
			n += PSP_NUMBER_SCALE;
		first = last = n;
	} else if (format->type == PSP_TYPE_DIGITAL && last > 0) {
		return PSP_UNKNOWN; /* a mark is no count */
	}
	return decide_fit(fit_ranges(test->ranges, test->n_ranges, first, last),
	    PSP_OVERLAP_UNKNOWN);
}

static enum psp_truth
decide_departments(const struct psp_test *test, const struct psp_value *value)
{
	if (psp_departments_within(&value->departments, &test->departments))
		return PSP_TRUE;
	return psp_departments_meet(&value->departments, &test->departments)
	           ? PSP_UNKNOWN
	           : PSP_FALSE;
}

/* A code of one nomenclature says nothing about codes of the other. */
static enum psp_truth
decide_naf(const struct psp_test *test, const struct psp_value *value)
{
	int64_t first = psp_naf_number(value->low);
	int64_t last = psp_naf_number(value->high);
	bool may_hold = false;
	enum fit fit;

	for (size_t v = 0; v < 3; v++) {
		if (test->naf.n[v] == 0)
			continue;
		if (v != PSP_NAF_ANY && value->version != PSP_NAF_ANY
		    && v != (size_t)value->version) {
			may_hold = true;
			continue;
		}
		fit =
		    fit_ranges(test->naf.items[v], test->naf.n[v], first, last);
		if (fit == FIT_ALL
		    && (v == PSP_NAF_ANY || value->version != PSP_NAF_ANY))
			return PSP_TRUE;
		may_hold = may_hold || fit != FIT_NOT;
	}
	return may_hold ? PSP_UNKNOWN : PSP_FALSE;
}

static enum psp_truth
decide_legal_form(const struct psp_test *test, const struct psp_value *value)
{
	bool some, may_hold = false;

	for (size_t i = 0; i < test->n_forms; i++) {
		if (psp_legal_form_within(&value->form, &test->forms[i], &some))
			return PSP_TRUE;
		may_hold = may_hold || some;
	}
	return may_hold ? PSP_UNKNOWN : PSP_FALSE;
}

/* Order of two ranges, where their being ranges leaves it open: unknown. */
static enum psp_truth
compare_ranges(
    enum psp_core core, const struct psp_value *a, const struct psp_value *b)
{
	switch (core) {
	case PSP_CORE_LT:
		if (a->last < b->first)
			return PSP_TRUE;
		return a->first >= b->last ? PSP_FALSE : PSP_UNKNOWN;
	case PSP_CORE_LE:
		if (a->last <= b->first)
			return PSP_TRUE;
		return a->first > b->last ? PSP_FALSE : PSP_UNKNOWN;
	case PSP_CORE_GT:
		return compare_ranges(PSP_CORE_LT, b, a);
	case PSP_CORE_GE:
		return compare_ranges(PSP_CORE_LE, b, a);
	default:
		break;
	}
	if (a->last < b->first || b->last < a->first)
		return PSP_FALSE;
	return a->first == a->last && b->first == b->last ? PSP_TRUE
	                                                  : PSP_UNKNOWN;
}

static enum psp_truth
decide_comparison(struct psp_evaluation *e, const struct psp_test *test,
    const struct psp_value *value, struct psp_error *err)
{
	const struct psp_value *other;

	if (!psp_field_value(e, test->other, &other, err)
	    || other->state != PSP_VALUE_READ)
		return PSP_UNKNOWN;
	if (!test->is_text)
		return compare_ranges(test->core, value, other);
	if (test->core == PSP_CORE_EQ)
		return psp_truth_of(psp_slice_equal(value->text, other->text));
	return psp_truth_of(holds_part(test->core, value->text, other->text));
}

static enum psp_truth
decide_signal(struct psp_evaluation *e, const struct psp_test *test,
    struct psp_error *err)
{
	const struct psp_signal_condition *wanted = &test->signal;
	const struct psp_signal *signals;
	size_t n, n_found = 0;
	bool is_known;

	if (!psp_evaluation_signals(e, &signals, &n, &is_known, err)
	    || !is_known)
		return PSP_UNKNOWN;
	for (size_t i = 0; i < n && n_found < wanted->n_needed; i++) {
		if (signals[i].date < wanted->first)
			break; /* newest first */
		n_found += signals[i].code == wanted->code
		           && signals[i].date <= wanted->last
		           && signals[i].strength >= wanted->strength;
	}
	return psp_truth_of(n_found >= wanted->n_needed);
}

enum psp_truth
psp_keywords_compare(
    const uint64_t *found, const uint64_t *wanted, size_t n, bool needs_all)
{
	for (size_t i = 0; i < n; i++) {
		uint64_t both = found[i] & wanted[i];

		if (needs_all && both != wanted[i])
			return PSP_FALSE;
		if (!needs_all && both != 0)
			return PSP_TRUE;
	}
	return psp_truth_of(needs_all);
}

static enum psp_truth
decide_keywords(struct psp_evaluation *e, const struct psp_test *test,
    struct psp_error *err)
{
	uint64_t *all = e->found_anywhere;
	size_t n = e->n_found_words;
	enum psp_truth truth = PSP_UNKNOWN;

	memset(all, 0, n * sizeof(*all));
	for (size_t s = 0; s < test->n_sources && truth != PSP_TRUE; s++) {
		const uint64_t *found =
		    psp_source_found(e, test->sources[s], err);

		if (found == NULL)
			continue;
		for (size_t i = 0; i < n; i++)
			all[i] |= found[i];
		truth =
		    psp_keywords_compare(all, test->wanted, n, test->needs_all);
	}
	return truth;
}

static enum psp_truth
decide_value(struct psp_evaluation *e, const struct psp_test *test,
    struct psp_error *err)
{
	const struct psp_value *value;

	if (!psp_field_value(e, test->field, &value, err))
		return PSP_UNKNOWN;
	if (test->kind == PSP_TEST_EMPTY)
		return psp_truth_of(value->state == PSP_VALUE_ABSENT);
	if (value->state != PSP_VALUE_READ)
		return PSP_UNKNOWN;
	switch (test->kind) {
	case PSP_TEST_RANGES:
		return decide_ranges(test, value);
	case PSP_TEST_WORDS:
		return decide_words(
		    test, value, e->plan->fields[test->field].format.type);
	case PSP_TEST_CONTAINS:
	case PSP_TEST_STARTS:
	case PSP_TEST_ENDS:
		return decide_parts(test, value);
	case PSP_TEST_PATTERNS:
		return decide_patterns(e, test, value, err);
	case PSP_TEST_ANY_MEMBER:
	case PSP_TEST_ALL_MEMBERS:
		return decide_members(e, test, value, err);
	case PSP_TEST_COUNT:
		return decide_count(e, test, value);
	case PSP_TEST_DEPARTMENTS:
		return decide_departments(test, value);
	case PSP_TEST_NAF:
		return decide_naf(test, value);
	case PSP_TEST_LEGAL_FORM:
		return decide_legal_form(test, value);
	case PSP_TEST_COMPARE:
		return decide_comparison(e, test, value, err);
	default:
		return PSP_UNKNOWN;
	}
}

enum psp_truth
psp_ask(struct psp_evaluation *e, const struct psp_test *test,
    struct psp_error *err)
{
	if (test->kind == PSP_TEST_SIGNAL)
		return decide_signal(e, test, err);
	if (test->kind == PSP_TEST_KEYWORDS)
		return decide_keywords(e, test, err);
	return decide_value(e, test, err);
}
