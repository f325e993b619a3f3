/*
 * What the filter writes, mode by mode: records with or without answers beside
 * them, or a report when all are read.
 */
#include <config.h>

#include "libprospect/targeting/filtering.h"

#include "libprospect/base/catalog.h"

void
psp_answers_name_cells(struct psp_filter *filter)
{
	static const char *const explain[] = { N_("match"), N_("failed"),
		N_("unknown") };
	static const char *const funnel[] = { N_("criterion"), N_("tested"),
		N_("true"), N_("false"), N_("unknown"), N_("left"),
		N_("gained") };
	static const char *const count[] = { N_("count") };
	static const char *const facets[] = { N_("column"), N_("value"),
		N_("count"), N_("share") };
	const char *const label[] = { filter->options.label };
	const char *const *names = NULL;

	switch (filter->options.mode) {
	case PSP_FILTER_ROWS:
		break;
	case PSP_FILTER_EXPLAIN:
		names = explain;
		filter->n_cells = 3;
		break;
	case PSP_FILTER_LABEL:
		names = label;
		filter->n_cells = 1;
		break;
	case PSP_FILTER_COUNT:
		names = count;
		filter->n_cells = 1;
		break;
	case PSP_FILTER_FACETS:
		names = facets;
		filter->n_cells = 4;
		break;
	case PSP_FILTER_FUNNEL:
		names = funnel;
		filter->n_cells = 7;
		break;
	}
	for (size_t i = 0; i < filter->n_cells; i++)
		filter->cells[i] = psp_slice_of(names[i]);
}

/* Takes memory for `n` questions. */
static bool
reserve_questions(struct psp_filter *filter, size_t n, struct psp_error *err)
{
	filter->questions =
	    psp_arena_array(&filter->arena, n, sizeof(*filter->questions), err);
	filter->labels =
	    psp_arena_array(&filter->arena, n, sizeof(*filter->labels), err);
	filter->n_questions = n;
	return filter->questions != NULL && filter->labels != NULL;
}

/* Each criterion by its label or a short text of its own. */
bool
psp_answers_label(struct psp_filter *filter, const struct psp_targets *targets,
    struct psp_error *err)
{
	struct psp_buffer label;
	size_t n;
	const struct psp_condition *const *criteria =
	    psp_targets_criteria(targets, &n);
	bool is_done = reserve_questions(filter, n, err);

	psp_buffer_init(&label);
	for (size_t i = 0; is_done && i < n; i++) {
		const char *copy = NULL;

		label.size = 0;
		if (psp_condition_describe(criteria[i], &label, err))
			copy = psp_arena_copy(
			    &filter->arena, psp_buffer_content(&label), err);
		is_done = copy != NULL;
		filter->labels[i] = psp_slice(copy, label.size);
	}
	psp_buffer_clear(&label);
	return is_done;
}

static bool
bind_criteria(struct psp_filter *filter, const struct psp_targets *targets,
    struct psp_problems *problems, struct psp_error *err)
{
	size_t n;
	const struct psp_condition *const *criteria =
	    psp_targets_criteria(targets, &n);

	if (!psp_answers_label(filter, targets, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		filter->questions[i] =
		    psp_plan_add(filter->plan, criteria[i], problems, err);
		if (filter->questions[i] == NULL)
			return false;
	}
	return true;
}

/* The segments, each by its name. */
static bool
bind_segments(struct psp_filter *filter, const struct psp_targets *targets,
    struct psp_problems *problems, struct psp_error *err)
{
	size_t n;
	const struct psp_target *segments = psp_targets_segments(targets, &n);
	bool is_bound = true;

	if (n == 0)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--label needs 'segments:' or 'targets:' in the settings: "
		    "name the file with -c");
	if (!reserve_questions(filter, n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		filter->labels[i] = segments[i].name;
		filter->questions[i] = psp_plan_add(
		    filter->plan, segments[i].condition, problems, err);
		if (filter->questions[i] == NULL)
			is_bound = false;
	}
	return is_bound;
}

/* The columns whose values are counted. */
static bool
bind_facets(struct psp_filter *filter, const struct psp_schema *schema,
    struct psp_slices header, struct psp_error *err)
{
	struct psp_slices wanted = filter->options.facets;

	filter->facet_names = psp_arena_array(
	    &filter->arena, wanted.n, sizeof(*filter->facet_names), err);
	filter->facet_indexes = psp_arena_array(
	    &filter->arena, wanted.n, sizeof(*filter->facet_indexes), err);
	if (filter->facet_names == NULL || filter->facet_indexes == NULL)
		return false;
	for (size_t i = 0; i < wanted.n; i++) {
		struct psp_column column;
		char message[512];

		switch (psp_schema_bind(schema, header, wanted.items[i],
		    &column, message, sizeof(message))) {
		case PSP_BOUND:
			break;
		case PSP_BIND_FAILED:
			return psp_error_memory(err);
		default:
			return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
			    "--facets: %s", message);
		}
		filter->facet_names[i] = column.header;
		filter->facet_indexes[i] = column.index;
	}
	return true;
}

bool
psp_answers_bind(struct psp_filter *filter, const struct psp_targets *targets,
    const struct psp_schema *schema, struct psp_slices header,
    struct psp_problems *problems, struct psp_error *err)
{
	switch (filter->options.mode) {
	case PSP_FILTER_EXPLAIN:
	case PSP_FILTER_FUNNEL:
		return bind_criteria(filter, targets, problems, err);
	case PSP_FILTER_LABEL:
		return bind_segments(filter, targets, problems, err);
	case PSP_FILTER_FACETS:
		return bind_facets(filter, schema, header, err);
	default:
		return true;
	}
}

static bool
ask(const struct psp_filter *filter, struct psp_filter_state *state,
    struct psp_error *err)
{
	for (size_t i = 0; i < filter->n_questions; i++)
		if (!psp_evaluate(state->evaluation, filter->questions[i],
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

/* The record with what its criteria say. */
static bool
explain(const struct psp_filter *filter, struct psp_filter_state *state,
    enum psp_truth truth, struct psp_rows *rows, struct psp_error *err)
{
	static const char *const words[] = { "false", "unknown", "true" };
	struct psp_cell cells[3];

	state->names.size = 0;
	state->unknown.size = 0;
	if (!ask(filter, state, err))
		return false;
	for (size_t i = 0; i < filter->n_questions; i++) {
		struct psp_slice label = filter->labels[i];

		if ((state->truths[i] == PSP_FALSE
			&& !put_label(&state->names, label, err))
		    || (state->truths[i] == PSP_UNKNOWN
			&& !put_label(&state->unknown, label, err)))
			return false;
	}
	cells[0] = psp_cell_text(psp_slice_of(words[truth]));
	cells[1] = psp_cell_text(psp_buffer_content(&state->names));
	cells[2] = psp_cell_text(psp_buffer_content(&state->unknown));
	return psp_rows_put(rows, &state->record, cells, err);
}

/* The record with the segment it belongs to, or with all of them. */
static bool
label(const struct psp_filter *filter, struct psp_filter_state *state,
    struct psp_rows *rows, struct psp_error *err)
{
	struct psp_cell cell;

	state->names.size = 0;
	for (size_t i = 0; i < filter->n_questions; i++) {
		enum psp_truth truth;

		if (!psp_evaluate(
			state->evaluation, filter->questions[i], &truth, err))
			return false;
		if (truth != PSP_TRUE)
			continue;
		if (!put_label(&state->names, filter->labels[i], err))
			return false;
		if (!filter->options.multi)
			break;
	}
	cell = psp_cell_text(psp_buffer_content(&state->names));
	state->counts.n_passed += state->names.size > 0;
	return psp_rows_put(rows, &state->record, &cell, err);
}

/* A record that passes: written, or a candidate for the sample. */
static bool
put_record(const struct psp_filter *filter, struct psp_filter_state *state,
    struct psp_rows *rows, struct psp_error *err)
{
	uint64_t number = psp_record_number(&state->record);
	char bytes[8];
	uint64_t rank;

	if (filter->options.sample.limit == SIZE_MAX)
		return psp_rows_put(rows, &state->record, NULL, err);
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(number >> (8 * i));
	rank = psp_hash(psp_slice(bytes, sizeof(bytes)), filter->options.seed);
	return psp_ranking_put(
	    &state->sample, rows->writer, rank, &state->record, NULL, err);
}

bool
psp_answers_take(const struct psp_filter *filter,
    struct psp_filter_state *state, enum psp_truth truth, bool passes,
    struct psp_rows *rows, struct psp_error *err)
{
	switch (filter->options.mode) {
	case PSP_FILTER_ROWS:
		return !passes || put_record(filter, state, rows, err);
	case PSP_FILTER_EXPLAIN:
		return explain(filter, state, truth, rows, err);
	case PSP_FILTER_LABEL:
		return label(filter, state, rows, err);
	case PSP_FILTER_COUNT:
		return true;
	case PSP_FILTER_FACETS:
		return !passes
		       || psp_facets_add(&state->facets, &state->record,
			   filter->facet_indexes, err);
	case PSP_FILTER_FUNNEL:
		if (!ask(filter, state, err))
			return false;
		psp_funnel_add(&state->funnel, state->truths,
		    filter->options.unknown == PSP_UNKNOWN_KEEP);
		return true;
	}
	return true;
}

static bool
put_funnel_row(struct psp_rows *rows, struct psp_slice name,
    const struct psp_funnel_row *row, struct psp_error *err)
{
	char digits[6][24];
	struct psp_cell cells[7];

	cells[0] = psp_cell_text(name);
	cells[1] = psp_cell_count(row->n_tested, digits[0]);
	cells[2] = psp_cell_count(row->n_true, digits[1]);
	cells[3] = psp_cell_count(row->n_false, digits[2]);
	cells[4] = psp_cell_count(row->n_unknown, digits[3]);
	cells[5] = psp_cell_count(row->n_left, digits[4]);
	cells[6] = psp_cell_count(row->n_gained, digits[5]);
	return psp_rows_put(rows, NULL, cells, err);
}

static bool
put_funnel(const struct psp_filter *filter, struct psp_rows *rows,
    struct psp_error *err)
{
	for (size_t i = 0; i < filter->n_questions; i++)
		if (!put_funnel_row(
			rows, filter->labels[i], &filter->funnel.rows[i], err))
			return false;
	return true;
}

static bool
put_count(size_t n_passed, struct psp_rows *rows, struct psp_error *err)
{
	char digits[24];
	struct psp_cell cell = psp_cell_count(n_passed, digits);

	return psp_rows_put(rows, NULL, &cell, err);
}

bool
psp_filter_put_totals(const struct psp_filter *filter, struct psp_rows *rows,
    struct psp_error *err)
{
	switch (filter->options.mode) {
	case PSP_FILTER_COUNT:
		return put_count(filter->counts.n_passed, rows, err);
	case PSP_FILTER_FUNNEL:
		return put_funnel(filter, rows, err);
	default:
		return true;
	}
}

bool
psp_answers_finish(const struct psp_filter *filter,
    struct psp_filter_state *state, struct psp_rows *rows,
    struct psp_error *err)
{
	switch (filter->options.mode) {
	case PSP_FILTER_ROWS:
		return psp_ranking_write(&state->sample, rows, err);
	case PSP_FILTER_COUNT:
		return put_count(state->counts.n_passed, rows, err);
	case PSP_FILTER_FACETS:
		return psp_facets_put(
		    &state->facets, filter->facet_names, rows, err);
	case PSP_FILTER_FUNNEL:
		return filter->options.is_partial
		       || put_funnel(filter, rows, err);
	default:
		return true;
	}
}
