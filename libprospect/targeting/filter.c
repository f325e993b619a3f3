/*
 * The filter's flow: who may be contacted at all, whether a record passes, and
 * what is counted. What a mode writes is left to answers.c.
 */
#include <config.h>

#include "libprospect/targeting/filter.h"

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/targeting/filtering.h"
#include "libprospect/targeting/screen.h"
#include "libprospect/targeting/tallies.h"

/* Finds the column that says who refused to be contacted. */
static bool
bind_disclosure(struct psp_filter *filter, const struct psp_schema *schema,
    struct psp_slices header, struct psp_error *err)
{
	const struct psp_slice name = psp_slice_of("disclosure");
	char message[512];

	/* most files have none: no word about it is wanted */
	switch (psp_schema_bind(
	    schema, header, name, &filter->disclosure, NULL, 0)) {
	case PSP_BOUND:
		filter->has_disclosure = true;
		return true;
	case PSP_BIND_FAILED:
		return psp_error_memory(err);
	case PSP_BIND_TWICE:
		break;
	case PSP_BIND_MISSING:
		return true;
	}
	if (psp_schema_bind(schema, header, name, &filter->disclosure, message,
		sizeof(message))
	    == PSP_BIND_FAILED)
		return psp_error_memory(err);
	return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0, "%s", message);
}

static bool
bind(struct psp_filter *filter, const struct psp_targets *targets,
    const struct psp_schema *schema, struct psp_slices header,
    struct psp_problems *problems, struct psp_error *err)
{
	filter->plan = psp_plan_new(&psp_targets_terms(targets)->rules, header,
	    psp_targets_terms(targets)->key, err);
	if (filter->plan == NULL)
		return false;
	filter->root = psp_plan_add(
	    filter->plan, psp_targets_condition(targets), problems, err);
	if (filter->root == NULL)
		return false;
	if (!psp_answers_bind(filter, targets, schema, header, problems, err))
		return false;
	if (!filter->options.include_undisclosed
	    && !bind_disclosure(filter, schema, header, err))
		return false;
	if (filter->suppression != NULL
	    && !psp_suppression_bind(filter->suppression, schema, header,
		&filter->options.notes, &filter->contacts, err))
		return false;
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
	psp_answers_name_cells(filter);
	if (!bind(filter, targets, schema, header, problems, err)) {
		psp_filter_free(filter);
		return NULL;
	}
	return filter;
}

struct psp_filter *
psp_filter_new_unbound(const struct psp_targets *targets,
    const struct psp_filter_options *options, struct psp_error *err)
{
	struct psp_filter *filter = calloc(1, sizeof(*filter));

	if (filter == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_arena_init(&filter->arena);
	filter->options = *options;
	psp_answers_name_cells(filter);
	if (!psp_answers_label(filter, targets, err)
	    || !psp_funnel_init(&filter->funnel, filter->n_questions, err)) {
		psp_filter_free(filter);
		return NULL;
	}
	return filter;
}

void
psp_filter_save(const struct psp_filter *filter, unsigned char separator,
    struct psp_partial *partial)
{
	psp_partial_line(partial, "input");
	psp_partial_number(partial, separator);
	psp_partial_number(partial, (int64_t)filter->counts.n_passed);
	psp_funnel_save(&filter->funnel, filter->labels, partial);
}

bool
psp_filter_load(struct psp_filter *filter, struct psp_partial_reader *reader,
    unsigned char *separator, struct psp_error *err)
{
	size_t byte, n_passed;

	if (!psp_partial_next(reader) || !psp_partial_is(reader, "input"))
		return psp_partial_refuse(reader, err);
	if (!psp_partial_get_count(reader, 256, &byte, err)
	    || !psp_partial_get_count(
		reader, SIZE_MAX - filter->counts.n_passed, &n_passed, err))
		return false;
	*separator = (unsigned char)byte;
	filter->counts.n_passed += n_passed;
	return psp_funnel_load(&filter->funnel, filter->labels, reader, err);
}

bool
psp_filter_tune(struct psp_filter *filter, const struct psp_batch *sample,
    struct psp_error *err)
{
	return psp_plan_tune(filter->plan, filter->signals, sample, err);
}

bool
psp_filter_check(const struct psp_targets *targets, struct psp_slices header,
    struct psp_problems *problems, struct psp_error *err)
{
	struct psp_plan *plan = psp_plan_new(&psp_targets_terms(targets)->rules,
	    header, psp_targets_terms(targets)->key, err);
	const struct psp_target *all, *segments;
	bool is_right = plan != NULL;
	size_t n, n_segments;

	if (plan == NULL)
		return false;
	all = psp_targets_all(targets, &n);
	for (size_t i = 0; i < n; i++)
		if (psp_plan_add(plan, all[i].condition, problems, err) == NULL)
			is_right = false;
	segments = psp_targets_segments(targets, &n_segments);
	for (size_t i = 0; segments != all && i < n_segments; i++)
		if (psp_plan_add(plan, segments[i].condition, problems, err)
		    == NULL)
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
	psp_suppression_columns_clear(&filter->contacts);
	psp_plan_free(filter->plan);
	psp_funnel_clear(&filter->funnel);
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
	return filter->options.mode <= PSP_FILTER_LABEL;
}

const struct psp_filter_counts *
psp_filter_counts(const struct psp_filter *filter)
{
	return &filter->counts;
}

static void
free_state(void *state)
{
	struct psp_filter_state *own = state;

	if (own == NULL)
		return;
	psp_evaluation_free(own->evaluation);
	psp_record_clear(&own->record);
	psp_funnel_clear(&own->funnel);
	psp_facets_clear(&own->facets);
	psp_ranking_clear(&own->sample);
	free(own->truths);
	psp_buffer_clear(&own->scratch);
	psp_buffer_clear(&own->names);
	psp_buffer_clear(&own->unknown);
	free(own);
}

static void *
new_state(void *plan, struct psp_error *err)
{
	const struct psp_filter *filter = plan;
	struct psp_filter_state *state = calloc(1, sizeof(*state));

	if (state == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_ranking_init(&state->sample, &filter->options.sample);
	psp_buffer_init(&state->scratch);
	psp_buffer_init(&state->names);
	psp_buffer_init(&state->unknown);
	state->evaluation =
	    psp_evaluation_new(filter->plan, filter->signals, err);
	state->truths = calloc(filter->n_questions + 1, sizeof(*state->truths));
	if (state->truths == NULL)
		psp_error_memory(err);
	if (state->evaluation == NULL || state->truths == NULL
	    || !psp_funnel_init(&state->funnel, filter->n_questions, err)
	    || !psp_facets_init(
		&state->facets, filter->options.facets.n, err)) {
		free_state(state);
		return NULL;
	}
	return state;
}

static void
reset_state(void *plan, void *state)
{
	const struct psp_filter *filter = plan;
	struct psp_filter_state *own = state;

	psp_evaluation_reset(own->evaluation);
	psp_funnel_reset(&own->funnel);
	psp_facets_reset(&own->facets);
	psp_ranking_clear(&own->sample);
	psp_ranking_init(&own->sample, &filter->options.sample);
	memset(&own->counts, 0, sizeof(own->counts));
}

/* Whether the record may be used at all; counts it when not. */
static bool
check_contact(const struct psp_filter *filter, struct psp_filter_state *state,
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

/* Does what the mode asks with the record at hand, whose target is `truth`. */
static bool
settle_record(const struct psp_filter *filter, struct psp_filter_state *state,
    enum psp_truth truth, struct psp_rows *rows, struct psp_error *err)
{
	bool passes = lets_pass(filter, truth);

	if (!passes && filter->options.mode == PSP_FILTER_ROWS)
		return true;
	if (filter->options.mode != PSP_FILTER_LABEL)
		state->counts.n_passed += passes;
	return psp_answers_take(filter, state, truth, passes, rows, err);
}

/* The records from `first` to before `end` that may be contacted: their numbers
 * go to `records`, how many to `*n`. */
static bool
list_contacts(const struct psp_filter *filter, struct psp_filter_state *state,
    size_t first, size_t end, uint32_t *records, size_t *n,
    struct psp_error *err)
{
	bool has_to_look =
	    filter->suppression != NULL || filter->has_disclosure;
	bool may_contact = true;

	*n = 0;
	for (size_t i = first; i < end; i++) {
		if (has_to_look) {
			psp_record_seek(&state->record, i);
			if (!check_contact(filter, state, &may_contact, err))
				return false;
		}
		records[*n] = (uint32_t)i;
		*n += may_contact;
	}
	return true;
}

/* Whether a record whose target is false is of no account. */
static bool
may_screen(const struct psp_filter *filter)
{
	enum psp_filter_mode mode = filter->options.mode;

	return (mode == PSP_FILTER_ROWS || mode == PSP_FILTER_COUNT
		   || mode == PSP_FILTER_FACETS)
	       && !filter->options.invert && psp_screen_can(filter->root);
}

/* All of `n` records are to be asked from the first test on. */
static size_t
list_all(const uint32_t *records, size_t n, struct psp_candidate *left)
{
	for (size_t i = 0; i < n; i++) {
		left[i].record = records[i];
		left[i].next = 0;
		left[i].so_far = PSP_TRUE;
	}
	return n;
}

/* Decides on the records from `first` to before `end`. */
static bool
take_records(const struct psp_filter *filter, struct psp_filter_state *state,
    size_t first, size_t end, struct psp_rows *rows, struct psp_error *err)
{
	struct psp_record *record = &state->record;
	struct psp_candidate left[PSP_COLUMN_RECORDS];
	uint32_t records[PSP_COLUMN_RECORDS];
	bool screens = may_screen(filter);
	size_t n;

	if (!list_contacts(filter, state, first, end, records, &n, err))
		return false;
	if (filter->options.mode == PSP_FILTER_COUNT
	    && psp_screen_is_true(filter->root)) {
		state->counts.n_passed += lets_pass(filter, PSP_TRUE) ? n : 0;
		return true;
	}
	n = screens ? psp_screen(state->evaluation, filter->root, record->batch,
		records, n, left)
	            : list_all(records, n, left);
	for (size_t i = 0; i < n; i++) {
		enum psp_truth truth;

		psp_record_seek(record, left[i].record);
		psp_evaluation_seek(state->evaluation, record);
		if (!(screens
			    ? psp_evaluate_from(state->evaluation, filter->root,
				left[i].next, left[i].so_far, &truth, err)
			    : psp_evaluate(
				state->evaluation, filter->root, &truth, err))
		    || !settle_record(filter, state, truth, rows, err))
			return false;
	}
	return true;
}

static bool
take_batch(void *plan, void *state, const struct psp_batch *batch,
    struct psp_rows *rows, struct psp_error *err)
{
	const struct psp_filter *filter = plan;
	struct psp_filter_state *own = state;
	struct psp_asked asked = { filter->plan, own->evaluation };
	size_t n = batch->n_spans;

	if (!psp_record_init(&own->record, batch, err))
		return false;
	for (size_t i = 0; i < n; i += PSP_COLUMN_RECORDS) {
		size_t end =
		    n - i > PSP_COLUMN_RECORDS ? i + PSP_COLUMN_RECORDS : n;

		if (!take_records(filter, own, i, end, rows, err))
			return false;
	}
	return !filter->options.strict || psp_tallies_check(&asked, 1, err);
}

static bool
merge(void *plan, void *into, void *next, struct psp_error *err)
{
	struct psp_filter_state *own = into;
	const struct psp_filter_state *other = next;

	(void)plan;
	psp_evaluation_merge(own->evaluation, other->evaluation);
	psp_funnel_merge(&own->funnel, &other->funnel);
	own->counts.n_passed += other->counts.n_passed;
	own->counts.n_suppressed += other->counts.n_suppressed;
	own->counts.n_undisclosed += other->counts.n_undisclosed;
	return psp_facets_merge(&own->facets, &other->facets, err)
	       && psp_ranking_merge(&own->sample, &other->sample, err);
}

/* Says who was taken out before any condition was asked. */
static void
note_contacts(const struct psp_filter *filter)
{
	size_t n_suppressed = filter->counts.n_suppressed;
	size_t n_undisclosed = filter->counts.n_undisclosed;

	if (n_suppressed > 0)
		psp_note(&filter->options.notes, PSP_NOTE_WARNING, NULL, NULL,
		    0, 0,
		    psp_message_plural(
			"%zu record left out: on the suppression list",
			"%zu records left out: on the suppression list",
			n_suppressed),
		    n_suppressed);
	if (n_undisclosed > 0)
		psp_note(&filter->options.notes, PSP_NOTE_WARNING, NULL, NULL,
		    0, 0,
		    psp_message_plural(
			"%zu record left out: the company refused the use of "
			"its data for prospecting (--include-undisclosed)",
			"%zu records left out: the company refused the use of "
			"its data for prospecting (--include-undisclosed)",
			n_undisclosed),
		    n_undisclosed);
}

static bool
finish(void *plan, void *state, struct psp_rows *rows, struct psp_error *err)
{
	struct psp_filter *filter = plan;
	struct psp_filter_state *own = state;
	struct psp_asked asked = { filter->plan, own->evaluation };

	filter->counts = own->counts;
	filter->funnel = own->funnel;
	memset(&own->funnel, 0, sizeof(own->funnel));
	note_contacts(filter);
	psp_tallies_note(&asked, 1, &filter->options.notes);
	return psp_answers_finish(filter, own, rows, err);
}

const struct psp_flow_steps psp_filter_steps = {
	.new_state = new_state,
	.free_state = free_state,
	.reset_state = reset_state,
	.batch = take_batch,
	.merge = merge,
	.finish = finish,
};
