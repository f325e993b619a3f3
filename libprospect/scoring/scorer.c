/* The scorer's flow; see the header. */
#include <config.h>

#include "libprospect/scoring/scorer.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "libprospect/base/text.h"
#include "libprospect/scoring/explain.h"
#include "libprospect/scoring/kept.h"
#include "libprospect/scoring/listed.h"
#include "libprospect/targeting/tallies.h"

struct psp_scorer {
	struct psp_scorer_options options;
	const struct psp_model *model;
	const struct psp_signals *signals;
	struct psp_score_plan *plan;
	struct psp_score_columns columns;
	bool *wanted; /* by class, then whether the disqualified are; or NULL */
	struct psp_buffer id; /* the joining form of options.id */
	struct psp_arena arena;
	bool has_quotas;  /* which the rows show or are chosen by */
	bool keeps;       /* rows are known at the end: see kept.h */
	size_t n_written; /* once the flow has run */
	/* Of the rows merged so far: without it each batch would format rows
	 * that have long been beaten. A hint to workers; nothing hangs on when
	 * they see it. */
	_Atomic uint64_t floor;
};

/* What one batch has, or several merged. */
struct state {
	struct psp_evaluation *evaluation;
	struct psp_record record;
	struct psp_score score;
	struct psp_score_cells cells;
	struct psp_buffer key, kept;
	struct psp_ranking ranking;
	struct psp_quota_scores scores; /* for quotas */
	size_t n_written;
};

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
	while (psp_listed_next(&list, &word)) {
		struct psp_slices known = { names, n + 1 };

		if (!mark_class(scorer, word))
			return psp_listed_refuse("class", word, known, err);
	}
	return true;
}

/* Whether the best come first. */
static bool
is_sorted(const struct psp_scorer *scorer)
{
	return scorer->options.ranking.order == PSP_RANKING_BEST_FIRST;
}

/* Decides whether rows wait for the end. */
static bool
choose_shape(struct psp_scorer *scorer, struct psp_error *err)
{
	scorer->has_quotas = scorer->model->has_quotas
	                     && (scorer->wanted != NULL
				 || (!scorer->options.explains
				     && scorer->columns.class_at != SIZE_MAX));
	scorer->keeps = scorer->has_quotas;
	if (scorer->has_quotas && scorer->options.explains)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--class cannot go with --explain where a class goes by "
		    "'top': which records are in it is known at the end only");
	return true;
}

static bool
prepare(struct psp_scorer *scorer, struct psp_slices header,
    struct psp_problems *problems, struct psp_error *err)
{
	struct psp_score_wishes wishes = { scorer->signals != NULL,
		scorer->options.explains };
	const char *id = scorer->options.id;

	if (!choose_classes(scorer, err)
	    || !psp_score_columns_init(&scorer->columns, scorer->model,
		scorer->options.add, &scorer->arena, err)
	    || !choose_shape(scorer, err))
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
		   "--id: '%s' is no %s; give the key of a record", id,
		   scorer->model->terms.key);
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
	atomic_init(&scorer->floor, PSP_NO_FLOOR);
	scorer->options = *options;
	scorer->model = model;
	scorer->signals = signals;
	if (!prepare(scorer, header, problems, err)) {
		psp_scorer_free(scorer);
		return NULL;
	}
	return scorer;
}

bool
psp_scorer_tune(struct psp_scorer *scorer, const struct psp_batch *sample,
    struct psp_error *err)
{
	return psp_plan_tune(scorer->plan->plan, scorer->signals, sample, err);
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
	struct psp_slices cells = { scorer->columns.names, scorer->columns.n };

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
	psp_score_cells_clear(&own->cells);
	psp_buffer_clear(&own->key);
	psp_buffer_clear(&own->kept);
	psp_ranking_clear(&own->ranking);
	psp_quota_scores_clear(&own->scores);
	free(own);
}

/* Whether the rows that --top wants are known by their rank alone. */
static bool
can_cut(const struct psp_scorer *scorer)
{
	return !scorer->has_quotas || scorer->wanted == NULL;
}

static void *
new_state(void *plan, struct psp_error *err)
{
	const struct psp_scorer *scorer = plan;
	struct psp_ranking_options ranking = scorer->options.ranking;
	struct state *state = calloc(1, sizeof(*state));

	if (state == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	if (!can_cut(scorer))
		ranking.limit = SIZE_MAX;
	psp_ranking_init(&state->ranking, &ranking);
	psp_ranking_set_floor(&state->ranking,
	    atomic_load_explicit(&scorer->floor, memory_order_relaxed));
	state->evaluation =
	    psp_evaluation_new(scorer->plan->plan, scorer->signals, err);
	if (state->evaluation == NULL
	    || !psp_score_cells_init(
		&state->cells, &scorer->columns, scorer->model, err)
	    || !psp_score_init(&state->score, scorer->plan, err)) {
		free_state(state);
		return NULL;
	}
	return state;
}

/* Whether --class can let the record pass, whatever its quotas. */
static bool
may_be_wanted(const struct psp_scorer *scorer, const struct psp_score *score)
{
	if (psp_class_is_wanted(scorer->model, scorer->wanted,
		score->class_index, score->disqualified_by != SIZE_MAX))
		return true;
	if (score->disqualified_by != SIZE_MAX)
		return false;
	for (size_t i = 0; i < scorer->model->n_classes; i++)
		if (score->may_be[i] && scorer->wanted[i])
			return true;
	return false;
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

/* Keeps the row of the record at hand for the end. */
static bool
keep_row(const struct psp_scorer *scorer, struct state *state, uint64_t rank,
    struct psp_error *err)
{
	state->kept.size = 0;
	return psp_kept_put(&state->kept, scorer->model, &state->score,
		   &state->record, state->cells.items, scorer->columns.n, err)
	       && psp_ranking_keep(&state->ranking, rank,
		   psp_buffer_content(&state->kept), err);
}

/* Writes the record that was scored, or keeps it. */
static bool
put_record(const struct psp_scorer *scorer, struct state *state,
    struct psp_rows *rows, struct psp_error *err)
{
	const struct psp_score *score = &state->score;
	uint64_t rank =
	    psp_rank_of(score->total, score->disqualified_by != SIZE_MAX);
	bool is_ranked = is_sorted(scorer) || scorer->keeps;

	if (is_ranked && !psp_ranking_wants(&state->ranking, rank))
		return true;
	state->n_written++;
	if (scorer->options.explains)
		return psp_explain_put(scorer->plan, state->evaluation,
		    &state->record, score, rows, err);
	if (!psp_score_cells_fill(
		&state->cells, &scorer->columns, scorer->plan, score, err))
		return false;
	if (scorer->keeps)
		return keep_row(scorer, state, rank, err);
	if (is_ranked)
		return psp_ranking_put(&state->ranking, rows->writer, rank,
		    &state->record, state->cells.items, err);
	return psp_rows_put(rows, &state->record, state->cells.items, err);
}

static bool
take_record(const struct psp_scorer *scorer, struct state *state,
    struct psp_rows *rows, struct psp_error *err)
{
	struct psp_score *score = &state->score;
	bool is_it;

	if (!is_called(scorer, state, &is_it, err))
		return false;
	if (!is_it)
		return true;
	psp_evaluation_seek(state->evaluation, &state->record);
	if (!psp_score_record(scorer->plan, state->evaluation, score, err))
		return false;
	if (scorer->has_quotas && score->disqualified_by == SIZE_MAX
	    && !psp_quota_scores_put(&state->scores, score->total, err))
		return false;
	return !may_be_wanted(scorer, score)
	       || put_record(scorer, state, rows, err);
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
	struct psp_scorer *scorer = plan;
	struct state *own = into;
	const struct state *other = next;

	psp_evaluation_merge(own->evaluation, other->evaluation);
	own->n_written += other->n_written;
	if (!psp_quota_scores_merge(&own->scores, &other->scores, err)
	    || !psp_ranking_merge(&own->ranking, &other->ranking, err))
		return false;
	atomic_store_explicit(&scorer->floor, psp_ranking_floor(&own->ranking),
	    memory_order_relaxed);
	return true;
}

static bool
write_kept(void *writer, struct psp_slice row, struct psp_error *err)
{
	return psp_kept_write(writer, row, err);
}

/* Writes the rows that waited for the end. */
static bool
finish_kept(struct psp_scorer *scorer, struct state *state,
    struct psp_rows *rows, struct psp_error *err)
{
	struct psp_kept_writer writer = {
		.model = scorer->model,
		.columns = &scorer->columns,
		.wanted = scorer->wanted,
		.limit = scorer->options.ranking.limit,
		.rows = rows,
	};
	bool is_done =
	    psp_kept_writer_init(&writer, &state->scores, err)
	    && psp_ranking_each(&state->ranking, write_kept, &writer, err);

	scorer->n_written = writer.n_written;
	psp_kept_writer_clear(&writer);
	return is_done;
}

static bool
finish(void *plan, void *state, struct psp_rows *rows, struct psp_error *err)
{
	struct psp_scorer *scorer = plan;
	struct state *own = state;

	psp_tallies_note(
	    scorer->plan->plan, own->evaluation, &scorer->options.notes);
	if (scorer->options.id != NULL && own->n_written == 0)
		psp_note(&scorer->options.notes, PSP_NOTE_WARNING, NULL, NULL,
		    0, 0, "no record has the %s '%s' of --id",
		    scorer->model->terms.key, scorer->options.id);
	scorer->n_written = own->n_written;
	if (scorer->keeps)
		return finish_kept(scorer, own, rows, err);
	if (!is_sorted(scorer))
		return true;
	scorer->n_written = psp_ranking_n_rows(&own->ranking);
	return psp_ranking_write(&own->ranking, rows, err);
}

const struct psp_flow_steps psp_scorer_steps = {
	.new_state = new_state,
	.free_state = free_state,
	.batch = take_batch,
	.merge = merge,
	.finish = finish,
};
