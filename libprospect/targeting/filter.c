/*
 * The filter's flow. The root condition alone is asked for plain rows; the
 * criteria one by one where their answers are shown.
 */
#include <config.h>

#include "libprospect/targeting/filter.h"

#include <stdio.h>
#include <stdlib.h>

#include "libprospect/base/text.h"
#include "libprospect/targeting/funnel.h"
#include "libprospect/targeting/tallies.h"

enum { MAX_CELLS = 7 };

struct psp_filter {
	struct psp_filter_options options;
	struct psp_plan *plan;
	const struct psp_signals *signals;
	const struct psp_suppression *suppression;
	const struct psp_test *root;
	const struct psp_condition *const *criteria;
	const struct psp_test **tests; /* of the criteria */
	struct psp_slice *labels;      /* of the criteria */
	size_t n_criteria;
	bool has_disclosure;
	struct psp_column disclosure;
	struct psp_suppression_columns contacts;
	struct psp_slice cells[MAX_CELLS];
	size_t n_cells;
	struct psp_arena arena;
	struct psp_filter_counts counts; /* once the flow has run */
};

/* What one batch has, or several merged. */
struct state {
	struct psp_evaluation *evaluation;
	struct psp_record record;
	struct psp_funnel funnel;
	enum psp_truth *truths;
	struct psp_buffer scratch;
	struct psp_buffer failed, unknown; /* of --explain */
	struct psp_filter_counts counts;
};

static void
name_cells(struct psp_filter *filter)
{
	static const char *const explain[] = { "match", "failed", "unknown" };
	static const char *const funnel[] = { "criterion", "tested", "true",
		"false", "unknown", "left", "gained" };
	static const char *const count[] = { "count" };
	const char *const *names = NULL;

	switch (filter->options.mode) {
	case PSP_FILTER_ROWS:
		break;
	case PSP_FILTER_EXPLAIN:
		names = explain;
		filter->n_cells = 3;
		break;
	case PSP_FILTER_FUNNEL:
		names = funnel;
		filter->n_cells = 7;
		break;
	case PSP_FILTER_COUNT:
		names = count;
		filter->n_cells = 1;
		break;
	}
	for (size_t i = 0; i < filter->n_cells; i++)
		filter->cells[i] = psp_slice_of(names[i]);
}

/* Binds the criteria that --explain and --funnel show one by one. */
static bool
bind_criteria(struct psp_filter *filter, struct psp_problems *problems,
    struct psp_error *err)
{
	struct psp_buffer label;
	bool is_bound = false;

	filter->tests = psp_arena_array(
	    &filter->arena, filter->n_criteria, sizeof(*filter->tests), err);
	filter->labels = psp_arena_array(
	    &filter->arena, filter->n_criteria, sizeof(*filter->labels), err);
	if (filter->tests == NULL || filter->labels == NULL)
		return false;
	psp_buffer_init(&label);
	for (size_t i = 0; i < filter->n_criteria; i++) {
		const char *copy;

		filter->tests[i] = psp_plan_add(
		    filter->plan, filter->criteria[i], problems, err);
		label.size = 0;
		if (filter->tests[i] == NULL
		    || !psp_condition_describe(
			filter->criteria[i], &label, err))
			goto done;
		copy = psp_arena_copy(
		    &filter->arena, psp_buffer_content(&label), err);
		if (copy == NULL)
			goto done;
		filter->labels[i] = psp_slice(copy, label.size);
	}
	is_bound = true;
done:
	psp_buffer_clear(&label);
	return is_bound;
}

/* Finds the column that says who refused to be contacted. */
static bool
bind_disclosure(struct psp_filter *filter, const struct psp_schema *schema,
    struct psp_slices header, struct psp_error *err)
{
	char message[512];

	switch (psp_schema_bind(schema, header, psp_slice_of("disclosure"),
	    &filter->disclosure, message, sizeof(message))) {
	case PSP_BOUND:
		filter->has_disclosure = true;
		return true;
	case PSP_BIND_FAILED:
		return psp_error_memory(err);
	case PSP_BIND_TWICE:
		return psp_error_set(
		    err, PSP_EUSAGE, NULL, 0, 0, "%s", message);
	case PSP_BIND_MISSING:
		break;
	}
	return true;
}

static bool
bind(struct psp_filter *filter, const struct psp_targets *targets,
    const struct psp_schema *schema, struct psp_slices header,
    struct psp_problems *problems, struct psp_error *err)
{
	bool shows_criteria = filter->options.mode == PSP_FILTER_EXPLAIN
	                      || filter->options.mode == PSP_FILTER_FUNNEL;

	filter->plan = psp_plan_new(
	    psp_targets_rules(targets), header, psp_targets_key(targets), err);
	if (filter->plan == NULL)
		return false;
	filter->root = psp_plan_add(
	    filter->plan, psp_targets_condition(targets), problems, err);
	if (filter->root == NULL)
		return false;
	if (shows_criteria) {
		filter->criteria =
		    psp_targets_criteria(targets, &filter->n_criteria);
		if (!bind_criteria(filter, problems, err))
			return false;
	}
	if (!filter->options.include_undisclosed
	    && !bind_disclosure(filter, schema, header, err))
		return false;
	if (filter->suppression != NULL)
		psp_suppression_bind(schema, header, &filter->contacts);
	return psp_plan_finish(filter->plan, err);
}

struct psp_filter *
psp_filter_new(const struct psp_targets *targets,
    const struct psp_schema *schema, struct psp_slices header,
    const struct psp_signals *signals,
    const struct psp_suppression *suppression,
    const struct psp_filter_options *options, struct psp_problems *problems,
    struct psp_error *err)
{
	struct psp_filter *filter = calloc(1, sizeof(*filter));

	if (filter == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_arena_init(&filter->arena);
	filter->options = *options;
	filter->signals = signals;
	filter->suppression = suppression;
	name_cells(filter);
	if (!bind(filter, targets, schema, header, problems, err)) {
		psp_filter_free(filter);
		return NULL;
	}
	return filter;
}

bool
psp_filter_check(const struct psp_targets *targets, struct psp_slices header,
    struct psp_problems *problems, struct psp_error *err)
{
	struct psp_plan *plan = psp_plan_new(
	    psp_targets_rules(targets), header, psp_targets_key(targets), err);
	const struct psp_target *all;
	bool is_right = plan != NULL;
	size_t n;

	if (plan == NULL)
		return false;
	all = psp_targets_all(targets, &n);
	for (size_t i = 0; i < n; i++)
		if (psp_plan_add(plan, all[i].condition, problems, err) == NULL)
			is_right = false;
	if (psp_plan_add(plan, psp_targets_condition(targets), problems, err)
	    == NULL)
		is_right = false;
	psp_plan_free(plan);
	return is_right;
}

void
psp_filter_free(struct psp_filter *filter)
{
	if (filter == NULL)
		return;
	psp_plan_free(filter->plan);
	psp_arena_clear(&filter->arena);
	free(filter);
}

struct psp_slices
psp_filter_cells(const struct psp_filter *filter)
{
	struct psp_slices cells = { filter->cells, filter->n_cells };

	return cells;
}

bool
psp_filter_writes_records(const struct psp_filter *filter)
{
	return filter->options.mode == PSP_FILTER_ROWS
	       || filter->options.mode == PSP_FILTER_EXPLAIN;
}

const struct psp_filter_counts *
psp_filter_counts(const struct psp_filter *filter)
{
	return &filter->counts;
}

static void
free_state(void *state)
{
	struct state *own = state;

	if (own == NULL)
		return;
	psp_evaluation_free(own->evaluation);
	psp_record_clear(&own->record);
	psp_funnel_clear(&own->funnel);
	free(own->truths);
	psp_buffer_clear(&own->scratch);
	psp_buffer_clear(&own->failed);
	psp_buffer_clear(&own->unknown);
	free(own);
}

static void *
new_state(void *plan, struct psp_error *err)
{
	const struct psp_filter *filter = plan;
	struct state *state = calloc(1, sizeof(*state));

	if (state == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_buffer_init(&state->scratch);
	psp_buffer_init(&state->failed);
	psp_buffer_init(&state->unknown);
	state->evaluation =
	    psp_evaluation_new(filter->plan, filter->signals, err);
	state->truths = calloc(filter->n_criteria + 1, sizeof(*state->truths));
	if (state->truths == NULL)
		psp_error_memory(err);
	if (state->evaluation == NULL || state->truths == NULL
	    || !psp_funnel_init(&state->funnel, filter->n_criteria, err)) {
		free_state(state);
		return NULL;
	}
	return state;
}

/* Whether the record may be used at all; counts it when not. */
static bool
check_contact(const struct psp_filter *filter, struct state *state,
    bool *may_contact, struct psp_error *err)
{
	bool is_suppressed = false;

	*may_contact = true;
	if (filter->suppression != NULL
	    && !psp_suppression_has(filter->suppression, &filter->contacts,
		&state->record, &state->scratch, &is_suppressed, err))
		return false;
	if (is_suppressed) {
		state->counts.n_suppressed++;
		*may_contact = false;
		return true;
	}
	if (filter->has_disclosure) {
		struct psp_slice cell = psp_text_trim(
		    psp_record_text(&state->record, filter->disclosure.index));

		if (cell.size == 1
		    && (cell.bytes[0] == 'P' || cell.bytes[0] == 'p'
			|| cell.bytes[0] == 'N' || cell.bytes[0] == 'n')) {
			state->counts.n_undisclosed++;
			*may_contact = false;
		}
	}
	return true;
}

static bool
lets_pass(const struct psp_filter *filter, enum psp_truth truth)
{
	bool passes = false;

	switch (filter->options.unknown) {
	case PSP_UNKNOWN_DROP:
		passes = truth == PSP_TRUE;
		break;
	case PSP_UNKNOWN_KEEP:
		passes = truth != PSP_FALSE;
		break;
	case PSP_UNKNOWN_ONLY:
		passes = truth == PSP_UNKNOWN;
		break;
	}
	return passes != filter->options.invert;
}

static bool
ask_criteria(
    const struct psp_filter *filter, struct state *state, struct psp_error *err)
{
	for (size_t i = 0; i < filter->n_criteria; i++)
		if (!psp_evaluate(state->evaluation, filter->tests[i],
			&state->truths[i], err))
			return false;
	return true;
}

static bool
put_label(
    struct psp_buffer *list, struct psp_slice label, struct psp_error *err)
{
	return (list->size == 0 || psp_buffer_append(list, "; ", 2, err))
	       && psp_buffer_slice(list, label, err);
}

static struct psp_cell
text_cell(struct psp_slice text)
{
	struct psp_cell cell = { PSP_CELL_TEXT, text };

	return cell;
}

/* Writes the record with what its criteria say. */
static bool
explain(const struct psp_filter *filter, struct state *state,
    enum psp_truth truth, struct psp_rows *rows, struct psp_error *err)
{
	static const char *const names[] = { "false", "unknown", "true" };
	struct psp_cell cells[3];

	state->failed.size = 0;
	state->unknown.size = 0;
	if (!ask_criteria(filter, state, err))
		return false;
	for (size_t i = 0; i < filter->n_criteria; i++) {
		if ((state->truths[i] == PSP_FALSE
			&& !put_label(&state->failed, filter->labels[i], err))
		    || (state->truths[i] == PSP_UNKNOWN
			&& !put_label(&state->unknown, filter->labels[i], err)))
			return false;
	}
	cells[0] = text_cell(psp_slice_of(names[truth]));
	cells[1] = text_cell(psp_buffer_content(&state->failed));
	cells[2] = text_cell(psp_buffer_content(&state->unknown));
	return psp_rows_put(rows, &state->record, cells, err);
}

/* Decides on the record at hand and does what the mode asks. */
static bool
take_record(const struct psp_filter *filter, struct state *state,
    struct psp_rows *rows, struct psp_error *err)
{
	enum psp_truth truth;
	bool may_contact;

	if (!check_contact(filter, state, &may_contact, err))
		return false;
	if (!may_contact)
		return true;
	psp_evaluation_seek(state->evaluation, &state->record);
	if (filter->options.mode == PSP_FILTER_FUNNEL) {
		if (!ask_criteria(filter, state, err))
			return false;
		psp_funnel_add(&state->funnel, state->truths,
		    filter->options.unknown == PSP_UNKNOWN_KEEP);
		return true;
	}
	if (!psp_evaluate(state->evaluation, filter->root, &truth, err))
		return false;
	state->counts.n_passed += lets_pass(filter, truth);
	switch (filter->options.mode) {
	case PSP_FILTER_EXPLAIN:
		return explain(filter, state, truth, rows, err);
	case PSP_FILTER_ROWS:
		return !lets_pass(filter, truth)
		       || psp_rows_put(rows, &state->record, NULL, err);
	default:
		return true;
	}
}

static bool
take_batch(void *plan, void *state, const struct psp_batch *batch,
    struct psp_rows *rows, struct psp_error *err)
{
	const struct psp_filter *filter = plan;
	struct state *own = state;

	if (!psp_record_init(&own->record, batch, err))
		return false;
	for (size_t i = 0; i < batch->n_spans; i++) {
		psp_record_seek(&own->record, i);
		if (!take_record(filter, own, rows, err))
			return false;
	}
	return !filter->options.strict
	       || psp_tallies_check(filter->plan, own->evaluation, err);
}

static bool
merge(void *plan, void *into, void *next, struct psp_error *err)
{
	struct state *own = into;
	const struct state *other = next;

	(void)plan;
	(void)err;
	psp_evaluation_merge(own->evaluation, other->evaluation);
	psp_funnel_merge(&own->funnel, &other->funnel);
	own->counts.n_passed += other->counts.n_passed;
	own->counts.n_suppressed += other->counts.n_suppressed;
	own->counts.n_undisclosed += other->counts.n_undisclosed;
	return true;
}

/* A number cell whose digits stand in `digits`. */
static struct psp_cell
number_cell(size_t number, char digits[24])
{
	struct psp_cell cell;
	int size = snprintf(digits, 24, "%zu", number);

	cell.kind = PSP_CELL_NUMBER;
	cell.text = psp_slice(digits, (size_t)size);
	return cell;
}

static bool
put_funnel_row(struct psp_rows *rows, struct psp_slice label,
    const struct psp_funnel_row *row, struct psp_error *err)
{
	char digits[6][24];
	struct psp_cell cells[7];

	cells[0] = text_cell(label);
	cells[1] = number_cell(row->n_tested, digits[0]);
	cells[2] = number_cell(row->n_true, digits[1]);
	cells[3] = number_cell(row->n_false, digits[2]);
	cells[4] = number_cell(row->n_unknown, digits[3]);
	cells[5] = number_cell(row->n_left, digits[4]);
	cells[6] = number_cell(row->n_gained, digits[5]);
	return psp_rows_put(rows, NULL, cells, err);
}

/* Says who was taken out before any condition was asked. */
static void
note_contacts(const struct psp_filter *filter)
{
	size_t n_suppressed = filter->counts.n_suppressed;
	size_t n_undisclosed = filter->counts.n_undisclosed;

	if (n_suppressed > 0)
		psp_note(&filter->options.notes, PSP_NOTE_WARNING, NULL, NULL,
		    0, 0, "%zu record%s left out: on the suppression list",
		    n_suppressed, n_suppressed == 1 ? "" : "s");
	if (n_undisclosed > 0)
		psp_note(&filter->options.notes, PSP_NOTE_WARNING, NULL, NULL,
		    0, 0,
		    "%zu record%s left out: the company refused the use of "
		    "its data for prospecting (--include-undisclosed)",
		    n_undisclosed, n_undisclosed == 1 ? "" : "s");
}

static bool
finish(void *plan, void *state, struct psp_rows *rows, struct psp_error *err)
{
	struct psp_filter *filter = plan;
	const struct state *own = state;
	char digits[24];
	struct psp_cell cell;

	filter->counts = own->counts;
	note_contacts(filter);
	psp_tallies_note(filter->plan, own->evaluation, &filter->options.notes);
	if (filter->options.mode == PSP_FILTER_COUNT) {
		cell = number_cell(own->counts.n_passed, digits);
		return psp_rows_put(rows, NULL, &cell, err);
	}
	if (filter->options.mode != PSP_FILTER_FUNNEL)
		return true;
	filter->counts.n_passed = own->funnel.n_passed;
	for (size_t i = 0; i < filter->n_criteria; i++)
		if (!put_funnel_row(
			rows, filter->labels[i], &own->funnel.rows[i], err))
			return false;
	return true;
}

const struct psp_flow_steps psp_filter_steps = {
	.new_state = new_state,
	.free_state = free_state,
	.batch = take_batch,
	.merge = merge,
	.finish = finish,
};
