/* The scorer's flow; see the header. */
#include <config.h>

#include "libprospect/scoring/scorer.h"

#include <stdlib.h>

#include "libprospect/base/text.h"
#include "libprospect/scoring/explain.h"
#include "libprospect/scoring/reasons.h"
#include "libprospect/stream/ranking.h"
#include "libprospect/targeting/tallies.h"

/* What a cell of ours shows. */
enum cell_kind {
	CELL_SCORE,
	CELL_GROUP,
	CELL_GRADE,
	CELL_CLASS,
	CELL_COVERAGE,
	CELL_PROBABILITY,
	CELL_LIFT,
	CELL_REASONS,
	CELL_CONTEXT
};

struct column {
	enum cell_kind kind;
	size_t group;
};

struct psp_scorer {
	struct psp_scorer_options options;
	const struct psp_model *model;
	const struct psp_signals *signals;
	struct psp_score_plan *plan;
	struct psp_slice *names; /* of the cells */
	struct column *columns;
	size_t n_columns;
	bool *wanted; /* by class, then whether the disqualified are; or NULL */
	struct psp_buffer id; /* the joining form of options.id */
	struct psp_arena arena;
	size_t n_written; /* once the flow has run */
};

/* What one batch has, or several merged. */
struct state {
	struct psp_evaluation *evaluation;
	struct psp_record record;
	struct psp_score score;
	struct psp_cell *cells;
	char (*digits)[PSP_POINTS_SIZE]; /* of each cell */
	size_t *order;                   /* of reasons */
	struct psp_buffer reasons, context, key;
	struct psp_ranking ranking;
	size_t n_written;
};

/* The next of a list parted by commas, trimmed; false at the end. */
static bool
next_word(const char **list, struct psp_slice *word)
{
	const char *comma;

	if (*list == NULL)
		return false;
	comma = strchr(*list, ',');
	*word = psp_text_trim(comma != NULL
				  ? psp_slice(*list, (size_t)(comma - *list))
				  : psp_slice_of(*list));
	*list = comma != NULL ? comma + 1 : NULL;
	return true;
}

/* Refuses a word of an option that is none of those there are. */
static bool
refuse_word(const char *option, struct psp_slice word, struct psp_slices known,
    struct psp_error *err)
{
	struct psp_slice near = psp_text_nearest(word, known);
	char list[256] = "";
	size_t n = 0;

	if (near.size > 0)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--%s: there is no '%.*s'; did you mean '%.*s'?", option,
		    PSP_SLICE_ARGS(word), PSP_SLICE_ARGS(near));
	for (size_t i = 0; i < known.n; i++) {
		struct psp_slice name = known.items[i];

		if (n + name.size + 3 > sizeof(list))
			break;
		if (n > 0) {
			memcpy(list + n, ", ", 2);
			n += 2;
		}
		memcpy(list + n, name.bytes, name.size);
		n += name.size;
		list[n] = '\0';
	}
	return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
	    "--%s: there is no '%.*s'; expected some of %s", option,
	    PSP_SLICE_ARGS(word), list);
}

static bool
mark_class(struct psp_scorer *scorer, struct psp_slice word)
{
	const struct psp_model *model = scorer->model;
	bool is_found = false;

	if (psp_slice_is(word, "disqualified")) {
		scorer->wanted[model->n_classes] = true;
		return true;
	}
	for (size_t i = 0; i < model->n_classes; i++)
		if (psp_slice_equal(model->classes[i].name, word)
		    || psp_slice_equal(model->classes[i].label, word)) {
			scorer->wanted[i] = true;
			is_found = true;
		}
	return is_found;
}

/* Reads --class. */
static bool
choose_classes(struct psp_scorer *scorer, struct psp_error *err)
{
	const struct psp_model *model = scorer->model;
	const char *list = scorer->options.classes;
	struct psp_slice word, *names;
	size_t n = model->n_classes;

	if (list == NULL)
		return true;
	scorer->wanted =
	    psp_arena_array(&scorer->arena, n + 1, sizeof(bool), err);
	names = psp_arena_array(&scorer->arena, n + 1, sizeof(*names), err);
	if (scorer->wanted == NULL || names == NULL)
		return false;
	for (size_t i = 0; i < n; i++)
		names[i] = model->classes[i].name;
	names[n] = psp_slice_of("disqualified");
	while (next_word(&list, &word)) {
		struct psp_slices known = { names, n + 1 };

		if (!mark_class(scorer, word))
			return refuse_word("class", word, known, err);
	}
	return true;
}

static void
add_column(struct psp_scorer *scorer, enum cell_kind kind, size_t group,
    struct psp_slice name)
{
	scorer->names[scorer->n_columns] = name;
	scorer->columns[scorer->n_columns].kind = kind;
	scorer->columns[scorer->n_columns].group = group;
	scorer->n_columns++;
}

/* Leaves the columns that --add names, in their order there. */
static bool
choose_columns(struct psp_scorer *scorer, struct psp_error *err)
{
	const char *list = scorer->options.add;
	struct psp_slices known = { scorer->names, scorer->n_columns };
	struct column *columns = scorer->columns;
	struct psp_slice word;
	size_t i;

	if (list == NULL)
		return true;
	scorer->names =
	    psp_arena_array(&scorer->arena, known.n, sizeof(word), err);
	scorer->columns =
	    psp_arena_array(&scorer->arena, known.n, sizeof(*columns), err);
	scorer->n_columns = 0;
	if (scorer->names == NULL || scorer->columns == NULL)
		return false;
	while (next_word(&list, &word)) {
		for (i = 0; i < known.n; i++)
			if (psp_slice_equal(known.items[i], word))
				break;
		if (i == known.n)
			return refuse_word("add", word, known, err);
		for (size_t j = 0; j < scorer->n_columns; j++)
			if (psp_slice_equal(scorer->names[j], word))
				return psp_error_set(err, PSP_EUSAGE, NULL, 0,
				    0, "--add: '%.*s' is named twice",
				    PSP_SLICE_ARGS(word));
		add_column(
		    scorer, columns[i].kind, columns[i].group, known.items[i]);
	}
	return true;
}

static bool
name_columns(struct psp_scorer *scorer, struct psp_error *err)
{
	const struct psp_model *model = scorer->model;
	size_t n = model->n_groups + 8;

	scorer->names =
	    psp_arena_array(&scorer->arena, n, sizeof(*scorer->names), err);
	scorer->columns =
	    psp_arena_array(&scorer->arena, n, sizeof(*scorer->columns), err);
	if (scorer->names == NULL || scorer->columns == NULL)
		return false;
	add_column(scorer, CELL_SCORE, 0, psp_slice_of("score"));
	for (size_t i = 0; i < model->n_groups; i++)
		add_column(scorer, CELL_GROUP, i, model->groups[i].name);
	if (model->has_grid)
		add_column(scorer, CELL_GRADE, 0, psp_slice_of("grade"));
	add_column(scorer, CELL_CLASS, 0, psp_slice_of("class"));
	add_column(scorer, CELL_COVERAGE, 0, psp_slice_of("coverage"));
	if (model->chance.is_there)
		add_column(
		    scorer, CELL_PROBABILITY, 0, psp_slice_of("probability"));
	if (model->chance.base_rate > 0)
		add_column(scorer, CELL_LIFT, 0, psp_slice_of("lift"));
	add_column(scorer, CELL_REASONS, 0, psp_slice_of("reasons"));
	add_column(scorer, CELL_CONTEXT, 0, psp_slice_of("context"));
	return choose_columns(scorer, err);
}

static bool
prepare(struct psp_scorer *scorer, struct psp_slices header,
    struct psp_problems *problems, struct psp_error *err)
{
	struct psp_score_wishes wishes = { scorer->signals != NULL,
		scorer->options.explains };
	const char *id = scorer->options.id;

	if (!choose_classes(scorer, err) || !name_columns(scorer, err))
		return false;
	scorer->plan =
	    psp_score_plan_new(scorer->model, header, &wishes, problems, err);
	if (scorer->plan == NULL)
		return false;
	if (id == NULL)
		return true;
	if (!psp_key_normal(
		&scorer->id, psp_slice_of(id), scorer->plan->key.type, err))
		return false;
	return scorer->id.size > 0
	       || psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		   "--id: '%s' is no %s", id, scorer->model->key);
}

struct psp_scorer *
psp_scorer_new(const struct psp_model *model, struct psp_slices header,
    const struct psp_signals *signals, const struct psp_scorer_options *options,
    struct psp_problems *problems, struct psp_error *err)
{
	struct psp_scorer *scorer = calloc(1, sizeof(*scorer));

	if (scorer == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_arena_init(&scorer->arena);
	psp_buffer_init(&scorer->id);
	scorer->options = *options;
	scorer->model = model;
	scorer->signals = signals;
	if (!prepare(scorer, header, problems, err)) {
		psp_scorer_free(scorer);
		return NULL;
	}
	return scorer;
}

void
psp_scorer_free(struct psp_scorer *scorer)
{
	if (scorer == NULL)
		return;
	psp_score_plan_free(scorer->plan);
	psp_buffer_clear(&scorer->id);
	psp_arena_clear(&scorer->arena);
	free(scorer);
}

struct psp_slices
psp_scorer_cells(const struct psp_scorer *scorer)
{
	struct psp_slices cells = { scorer->names, scorer->n_columns };

	return scorer->options.explains ? psp_explain_cells() : cells;
}

size_t
psp_scorer_n_written(const struct psp_scorer *scorer)
{
	return scorer->n_written;
}

static void
free_state(void *state)
{
	struct state *own = state;

	if (own == NULL)
		return;
	psp_evaluation_free(own->evaluation);
	psp_record_clear(&own->record);
	psp_score_clear(&own->score);
	free(own->cells);
	free(own->digits);
	free(own->order);
	psp_buffer_clear(&own->reasons);
	psp_buffer_clear(&own->context);
	psp_buffer_clear(&own->key);
	psp_ranking_clear(&own->ranking);
	free(own);
}

static void *
new_state(void *plan, struct psp_error *err)
{
	const struct psp_scorer *scorer = plan;
	struct state *state = calloc(1, sizeof(*state));

	if (state == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_ranking_init(&state->ranking, scorer->options.top);
	state->evaluation =
	    psp_evaluation_new(scorer->plan->plan, scorer->signals, err);
	state->cells = calloc(scorer->n_columns + 1, sizeof(*state->cells));
	state->digits = calloc(scorer->n_columns + 1, sizeof(*state->digits));
	state->order =
	    calloc(scorer->model->n_rules + 1, sizeof(*state->order));
	if (state->cells == NULL || state->digits == NULL
	    || state->order == NULL)
		psp_error_memory(err);
	if (state->evaluation == NULL || err->status != PSP_OK
	    || !psp_score_init(&state->score, scorer->plan, err)) {
		free_state(state);
		return NULL;
	}
	return state;
}

static struct psp_cell
text_cell(struct psp_slice text)
{
	struct psp_cell cell = { PSP_CELL_TEXT, text };

	if (text.size == 0)
		cell.kind = PSP_CELL_NULL;
	return cell;
}

/* A rate in ten-thousandths has four decimals always; below 0: unknown. */
static struct psp_cell
rate_cell(int32_t rate, char *digits)
{
	struct psp_cell cell = { PSP_CELL_NULL, { NULL, 0 } };

	if (rate < 0)
		return cell;
	for (size_t i = 5; i >= 2; i--) {
		digits[i] = (char)('0' + rate % 10);
		rate /= 10;
	}
	digits[0] = (char)('0' + rate);
	digits[1] = '.';
	cell.kind = PSP_CELL_RATE;
	cell.text = psp_slice(digits, 6);
	return cell;
}

static struct psp_cell
points_cell(int64_t points, char *digits)
{
	struct psp_cell cell = { PSP_CELL_NUMBER, { digits, 0 } };

	cell.text.size = psp_points_format(points, false, digits);
	return cell;
}

static struct psp_slice
class_name(const struct psp_model *model, const struct psp_score *score)
{
	if (score->disqualified_by != SIZE_MAX)
		return psp_slice_of("disqualified");
	if (score->class_index != SIZE_MAX)
		return model->classes[score->class_index].name;
	return psp_slice(NULL, 0);
}

/* Fills the cells of the record that was scored. */
static bool
fill_cells(
    const struct psp_scorer *scorer, struct state *state, struct psp_error *err)
{
	const struct psp_score *score = &state->score;

	for (size_t i = 0; i < scorer->n_columns; i++) {
		struct psp_cell *cell = &state->cells[i];
		char *digits = state->digits[i];

		switch (scorer->columns[i].kind) {
		case CELL_SCORE:
			*cell = points_cell(score->total, digits);
			break;
		case CELL_GROUP:
			*cell = points_cell(
			    score->groups[scorer->columns[i].group], digits);
			break;
		case CELL_GRADE:
			*cell = text_cell(
			    psp_slice(score->grade, score->grade_size));
			break;
		case CELL_CLASS:
			*cell = text_cell(class_name(scorer->model, score));
			break;
		case CELL_COVERAGE:
			*cell = rate_cell(score->coverage, digits);
			break;
		case CELL_PROBABILITY:
			*cell = rate_cell(
			    score->chance > 0 ? score->chance : -1, digits);
			break;
		case CELL_LIFT:
			*cell = points_cell(score->lift, digits);
			if (score->chance == 0)
				cell->kind = PSP_CELL_NULL;
			break;
		case CELL_REASONS:
			if (!psp_reasons_put(scorer->plan, score, state->order,
				&state->reasons, err))
				return false;
			*cell = text_cell(psp_buffer_content(&state->reasons));
			break;
		case CELL_CONTEXT:
			if (!psp_context_put(
				scorer->plan, score, &state->context, err))
				return false;
			*cell = text_cell(psp_buffer_content(&state->context));
			break;
		}
	}
	return true;
}

/* Whether --class lets the record pass. */
static bool
is_wanted(const struct psp_scorer *scorer, const struct psp_score *score)
{
	if (scorer->wanted == NULL)
		return true;
	if (score->disqualified_by != SIZE_MAX)
		return scorer->wanted[scorer->model->n_classes];
	return score->class_index != SIZE_MAX
	       && scorer->wanted[score->class_index];
}

/* Whether the record is the one of --id. */
static bool
is_called(const struct psp_scorer *scorer, struct state *state, bool *is_it,
    struct psp_error *err)
{
	const struct psp_column *key = &scorer->plan->key;

	*is_it = true;
	if (scorer->options.id == NULL)
		return true;
	state->key.size = 0;
	if (!psp_key_normal(&state->key,
		psp_record_text(&state->record, key->index), key->type, err))
		return false;
	*is_it = psp_slice_equal(
	    psp_buffer_content(&state->key), psp_buffer_content(&scorer->id));
	return true;
}

static bool
take_record(const struct psp_scorer *scorer, struct state *state,
    struct psp_rows *rows, struct psp_error *err)
{
	struct psp_score *score = &state->score;
	struct psp_rank rank;
	bool is_it;

	if (!is_called(scorer, state, &is_it, err))
		return false;
	if (!is_it)
		return true;
	psp_evaluation_seek(state->evaluation, &state->record);
	if (!psp_score_record(scorer->plan, state->evaluation, score, err))
		return false;
	if (!is_wanted(scorer, score))
		return true;
	rank.score = score->total;
	rank.is_last = score->disqualified_by != SIZE_MAX;
	if (scorer->options.is_sorted
	    && !psp_ranking_wants(&state->ranking, rank))
		return true;
	state->n_written++;
	if (scorer->options.explains)
		return psp_explain_put(scorer->plan, state->evaluation,
		    &state->record, score, rows, err);
	if (!fill_cells(scorer, state, err))
		return false;
	if (scorer->options.is_sorted)
		return psp_ranking_put(&state->ranking, rows->writer, rank,
		    &state->record, state->cells, err);
	return psp_rows_put(rows, &state->record, state->cells, err);
}

static bool
take_batch(void *plan, void *state, const struct psp_batch *batch,
    struct psp_rows *rows, struct psp_error *err)
{
	const struct psp_scorer *scorer = plan;
	struct state *own = state;

	if (!psp_record_init(&own->record, batch, err))
		return false;
	for (size_t i = 0; i < batch->n_spans; i++) {
		psp_record_seek(&own->record, i);
		if (!take_record(scorer, own, rows, err))
			return false;
	}
	return !scorer->options.strict
	       || psp_tallies_check(scorer->plan->plan, own->evaluation, err);
}

static bool
merge(void *plan, void *into, void *next, struct psp_error *err)
{
	struct state *own = into;
	const struct state *other = next;

	(void)plan;
	psp_evaluation_merge(own->evaluation, other->evaluation);
	own->n_written += other->n_written;
	return psp_ranking_merge(&own->ranking, &other->ranking, err);
}

static bool
finish(void *plan, void *state, struct psp_rows *rows, struct psp_error *err)
{
	struct psp_scorer *scorer = plan;
	struct state *own = state;

	psp_tallies_note(
	    scorer->plan->plan, own->evaluation, &scorer->options.notes);
	scorer->n_written = own->n_written;
	if (scorer->options.is_sorted)
		scorer->n_written = own->ranking.n < own->ranking.limit
		                        ? own->ranking.n
		                        : own->ranking.limit;
	if (scorer->options.id != NULL && own->n_written == 0)
		psp_note(&scorer->options.notes, PSP_NOTE_WARNING, NULL, NULL,
		    0, 0, "no record has the %s '%s' of --id",
		    scorer->model->key, scorer->options.id);
	return !scorer->options.is_sorted
	       || psp_ranking_write(
		   &own->ranking, PSP_RANKING_BEST_FIRST, rows, err);
}

const struct psp_flow_steps psp_scorer_steps = {
	.new_state = new_state,
	.free_state = free_state,
	.batch = take_batch,
	.merge = merge,
	.finish = finish,
};
