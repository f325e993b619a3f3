/*
 * Asking tests of a stretch, column by column; see the header.
 */
#include <config.h>

#include "libprospect/targeting/ahead.h"

#include <stdlib.h>

#include "libprospect/targeting/shortcut.h"

enum { ROWS = PSP_STRETCH_RECORDS };

enum found_state { NOT_SEARCHED, FOUND, IS_ABSENT, NOT_PLAIN };

/* What the functions of one look ahead share. */
struct look {
	struct psp_evaluation *e;
	const struct psp_stretch *stretch;
	struct psp_error *err;
};

static bool
is_group(const struct psp_test *test)
{
	return test->kind <= PSP_TEST_AT_LEAST;
}

/* Whether answers of a test can be found without reading values. */
static bool
can_ask(const struct psp_plan *plan, const struct psp_test *test)
{
	if (test->kind == PSP_TEST_KEYWORDS) {
		for (size_t i = 0; i < test->n_sources; i++) {
			const struct psp_source *source =
			    &plan->sources[test->sources[i]];

			if (source->is_signal
			    || plan->fields[source->part].kind
				   != PSP_FIELD_COLUMN)
				return false;
		}
		return true;
	}
	if (!is_group(test))
		return test->way != PSP_WAY_READ && test->way != PSP_WAY_GIVEN;
	if (test->kind == PSP_TEST_AT_LEAST)
		return false;
	for (size_t i = 0; i < test->n_children; i++)
		if (!can_ask(plan, test->children[i]))
			return false;
	return true;
}

static void
give_slots(struct psp_plan *plan, struct psp_test *test)
{
	if (test->slot != SIZE_MAX)
		return;
	test->slot = plan->n_answer_slots++;
	for (size_t i = 0; is_group(test) && i < test->n_children; i++)
		give_slots(plan, test->children[i]);
	for (size_t i = 0; i < test->n_sources; i++)
		plan->sources[test->sources[i]].is_asked_ahead = true;
}

/* Whether a column is read ahead. */
static bool
asks_column(const struct psp_plan *plan, size_t column)
{
	const struct psp_test *test;

	for (size_t i = 0; i < plan->n_fields; i++)
		if (plan->fields[i].slot != SIZE_MAX
		    && plan->fields[i].index == column)
			return true;
	for (size_t i = 0; i < plan->n_sources; i++)
		if (plan->sources[i].is_asked_ahead
		    && plan->fields[plan->sources[i].part].index == column)
			return true;
	for (test = plan->tests; test != NULL; test = test->next)
		if (test->slot != SIZE_MAX && test->way != PSP_WAY_READ
		    && (test->column == column
			|| (psp_shortcut_looks_beside(test)
			    && test->beside == column)))
			return true;
	return false;
}

void
psp_ahead_choose(struct psp_plan *plan)
{
	for (struct psp_test *test = plan->tests; test != NULL;
	     test = test->next)
		if (test->is_asked_ahead && can_ask(plan, test))
			give_slots(plan, test);
	for (size_t i = 0; i < plan->n_fields; i++) {
		struct psp_field *field = &plan->fields[i];

		field->slot = SIZE_MAX;
		if (field->is_asked_ahead && field->scale > 0)
			field->slot = plan->n_number_slots++;
	}
	for (size_t i = 0; i < plan->header.n; i++)
		plan->n_columns_ahead += asks_column(plan, i);
}

bool
psp_ahead_init(struct psp_evaluation *e, struct psp_error *err)
{
	const struct psp_plan *plan = e->plan;
	size_t n_numbers = (plan->n_number_slots + 1) * ROWS;

	if (plan->n_answer_slots + plan->n_number_slots == 0)
		return true;
	e->answers = calloc(plan->n_answer_slots + 1, ROWS);
	e->numbers = calloc(n_numbers, sizeof(*e->numbers));
	e->is_number = calloc(n_numbers, 1);
	e->found_ahead = calloc(plan->n_sources + 1, ROWS);
	e->source_texts =
	    calloc((plan->n_sources + 1) * ROWS, sizeof(*e->source_texts));
	e->found_words = calloc((plan->n_sources + 1) * ROWS,
	    (e->n_found_words + 1) * sizeof(*e->found_words));
	return (e->answers != NULL && e->numbers != NULL && e->is_number != NULL
		   && e->found_ahead != NULL && e->found_words != NULL)
	       || psp_error_memory(err);
}

void
psp_ahead_clear(struct psp_evaluation *e)
{
	free(e->answers);
	free(e->numbers);
	free(e->is_number);
	free(e->found_ahead);
	free(e->source_texts);
	free(e->found_words);
}

/* Reads plain digits of a field. */
static void
read_numbers(const struct look *look, const struct psp_field *field)
{
	struct psp_evaluation *e = look->e;
	struct psp_slice texts[ROWS];
	struct psp_shortcut_cells cells = { texts, NULL, look->stretch->n,
		true };

	cells.has_before =
	    psp_stretch_texts(look->stretch, field->index, texts);
	psp_shortcut_read_numbers(&cells,
	    field->format.type == PSP_TYPE_HEADCOUNT,
	    e->numbers + field->slot * ROWS, e->is_number + field->slot * ROWS);
}

/* A test of one column; only rows where `wants` is not 0 matter; NULL: all. */
static void
ask_cells(const struct look *look, const struct psp_test *test,
    const bool *wants, unsigned char *answers)
{
	struct psp_slice texts[ROWS], beside[ROWS];
	struct psp_shortcut_cells cells = { texts, beside, look->stretch->n,
		true };

	cells.has_before =
	    psp_stretch_texts(look->stretch, test->column, texts);
	if (psp_shortcut_looks_beside(test)
	    && !psp_stretch_texts(look->stretch, test->beside, beside))
		cells.has_before = false;
	/* Long texts are not searched for nothing. */
	for (size_t row = 0; test->way == PSP_WAY_TEXT && wants != NULL
			     && row < look->stretch->n;
	     row++)
		if (!wants[row])
			texts[row].size = SIZE_MAX;
	psp_shortcut_take_cells(look->e, test, &cells, answers);
}

/* Takes the texts of a source, in which nothing was searched yet. */
static void
take_source(const struct look *look, size_t number)
{
	struct psp_evaluation *e = look->e;
	size_t field = e->plan->sources[number].part;
	struct psp_slice *texts = e->source_texts + number * ROWS;
	unsigned char *states = e->found_ahead + number * ROWS;

	psp_stretch_texts(look->stretch, e->plan->fields[field].index, texts);
	for (size_t row = 0; row < look->stretch->n; row++)
		states[row] =
		    texts[row].size == SIZE_MAX ? NOT_PLAIN : NOT_SEARCHED;
}

/* Looks for the keywords in a source, once a row. */
static enum found_state
search(const struct look *look, size_t number, size_t row, uint64_t *words)
{
	struct psp_evaluation *e = look->e;
	const struct psp_field *field =
	    &e->plan->fields[e->plan->sources[number].part];
	struct psp_slice cell = e->source_texts[number * ROWS + row];

	if (psp_cell_is_absent(e, field, cell, look->err))
		return IS_ABSENT;
	for (size_t i = 0; i < e->n_found_words; i++)
		words[i] = 0;
	return psp_keywords_search(
		   e->plan->keywords, cell, words, &e->scratch, look->err)
	           ? FOUND
	           : NOT_PLAIN;
}

/* As decide_keywords of ask.c. */
static unsigned char
ask_keywords_of(
    const struct look *look, const struct psp_test *test, size_t row)
{
	struct psp_evaluation *e = look->e;
	size_t n = e->n_found_words;
	enum psp_truth truth = PSP_UNKNOWN;

	for (size_t i = 0; i < n; i++)
		e->found_anywhere[i] = 0;
	for (size_t s = 0; s < test->n_sources && truth != PSP_TRUE; s++) {
		size_t at = test->sources[s] * ROWS + row;
		unsigned char *state = &e->found_ahead[at];
		uint64_t *words = e->found_words + at * n;

		if (*state == NOT_SEARCHED)
			*state = (unsigned char)search(
			    look, test->sources[s], row, words);
		if (*state == NOT_PLAIN)
			return PSP_NO_ANSWER;
		if (*state == IS_ABSENT)
			continue;
		for (size_t i = 0; i < n; i++)
			e->found_anywhere[i] |= words[i];
		truth = psp_keywords_compare(
		    e->found_anywhere, test->wanted, n, test->needs_all);
	}
	return (unsigned char)truth;
}

/* The same where there is one source: what is found there is all. */
static inline unsigned char
ask_keywords_in(
    const struct look *look, const struct psp_test *test, size_t row)
{
	struct psp_evaluation *e = look->e;
	size_t at = test->sources[0] * ROWS + row, n = e->n_found_words;
	uint64_t *words = e->found_words + at * n;

	if (e->found_ahead[at] == NOT_SEARCHED)
		e->found_ahead[at] =
		    (unsigned char)search(look, test->sources[0], row, words);
	if (e->found_ahead[at] != FOUND)
		return e->found_ahead[at] == IS_ABSENT ? PSP_UNKNOWN
		                                       : PSP_NO_ANSWER;
	if (n == 1 && !test->needs_all)
		return (unsigned char)psp_truth_of(
		    (words[0] & test->wanted[0]) != 0);
	return (unsigned char)psp_keywords_compare(
	    words, test->wanted, n, test->needs_all);
}

static void
ask_keywords(const struct look *look, const struct psp_test *test,
    const bool *wants, unsigned char *answers)
{
	if (test->n_sources == 1 && wants == NULL) {
		for (size_t row = 0; row < look->stretch->n; row++)
			answers[row] = ask_keywords_in(look, test, row);
		return;
	}
	for (size_t row = 0; row < look->stretch->n; row++)
		answers[row] = wants == NULL || wants[row]
		                   ? ask_keywords_of(look, test, row)
		                   : PSP_NO_ANSWER;
}

static void ask(
    const struct look *look, const struct psp_test *test, const bool *wants);

/*
 * The group as its children tell it, in their order: as soon as one decides it
 * the others do not count, and one that is pending leaves it so, since the
 * record would be asked it first.
 */
static void
ask_group(const struct look *look, const struct psp_test *test,
    const bool *wants, unsigned char *answers)
{
	bool is_any = test->kind == PSP_TEST_ANY;
	unsigned char decisive = is_any ? PSP_TRUE : PSP_FALSE;
	bool is_open[ROWS];
	size_t n = look->stretch->n;

	for (size_t row = 0; row < n; row++) {
		answers[row] = is_any ? PSP_FALSE : PSP_TRUE;
		is_open[row] = wants == NULL || wants[row];
	}
	for (size_t i = 0; i < test->n_children; i++) {
		const unsigned char *child =
		    look->e->answers + test->children[i]->slot * ROWS;

		ask(look, test->children[i], is_open);
		for (size_t row = 0; row < n; row++) {
			if (!is_open[row])
				continue;
			is_open[row] = child[row] != decisive
			               && child[row] != PSP_NO_ANSWER;
			if (!is_open[row] || child[row] == PSP_UNKNOWN)
				answers[row] = child[row];
		}
	}
	for (size_t row = 0; test->kind == PSP_TEST_NOT && row < n; row++)
		if (answers[row] == PSP_TRUE || answers[row] == PSP_FALSE)
			answers[row] = PSP_TRUE - answers[row];
}

/* Asks a test of the rows where `wants` is not 0 (NULL: all), and perhaps of
 * the others too. */
static void
ask(const struct look *look, const struct psp_test *test, const bool *wants)
{
	unsigned char *answers = look->e->answers + test->slot * ROWS;
	unsigned char settled[PSP_NO_ANSWER + 1];

	if (is_group(test))
		ask_group(look, test, wants, answers);
	else if (test->kind == PSP_TEST_KEYWORDS)
		ask_keywords(look, test, wants, answers);
	else
		ask_cells(look, test, wants, answers);
	if (!test->is_negated && test->missing == PSP_MISSING_UNKNOWN)
		return;
	for (size_t i = 0; i < PSP_NO_ANSWER; i++)
		settled[i] = (unsigned char)psp_truth_settled(
		    test, (enum psp_truth)i, test->is_negated);
	settled[PSP_NO_ANSWER] = PSP_NO_ANSWER;
	for (size_t row = 0; row < look->stretch->n; row++)
		answers[row] = settled[answers[row]];
}

bool
psp_evaluation_look_ahead(struct psp_evaluation *e,
    const struct psp_stretch *stretch, struct psp_error *err)
{
	const struct psp_plan *plan = e->plan;
	const struct psp_dialect *dialect = stretch->batch->dialect;
	struct look look = { e, stretch, err };

	if (e->answers == NULL)
		return true;
	e->style = (enum psp_number_style)dialect->decimal;
	for (size_t i = 0; i < plan->n_sources; i++)
		if (plan->sources[i].is_asked_ahead)
			take_source(&look, i);
	for (size_t i = 0; i < plan->n_fields; i++)
		if (plan->fields[i].slot != SIZE_MAX)
			read_numbers(&look, &plan->fields[i]);
	for (const struct psp_test *test = plan->tests; test != NULL;
	     test = test->next)
		if (test->is_asked_ahead && test->slot != SIZE_MAX)
			ask(&look, test, NULL);
	return err->status == PSP_OK;
}

void
psp_evaluation_step(
    struct psp_evaluation *e, struct psp_record *record, size_t row)
{
	psp_evaluation_seek(e, record);
	if (e->answers != NULL)
		e->row = row;
}

const unsigned char *
psp_evaluation_answers(const struct psp_evaluation *e)
{
	return e->row == SIZE_MAX ? NULL : e->answers + e->row;
}

const unsigned char *
psp_evaluation_column(const struct psp_evaluation *e, size_t slot)
{
	return e->answers + slot * ROWS;
}

bool
psp_evaluation_numbers(
    const struct psp_evaluation *e, size_t number, struct psp_numbers *numbers)
{
	const struct psp_field *field = &e->plan->fields[number];

	if (field->slot == SIZE_MAX)
		return false;
	numbers->items = e->numbers + field->slot * ROWS;
	numbers->is_number = e->is_number + field->slot * ROWS;
	numbers->scale = field->scale;
	return true;
}

size_t
psp_evaluation_row(const struct psp_evaluation *e)
{
	return e->row;
}
