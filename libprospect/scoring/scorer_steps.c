/*
 * The scorer's flow. A record is scored and written, kept aside to be ranked,
 * held with its cells until the classes of quotas are known, or joined with
 * others of its key; what was joined goes the same way at the end.
 */
#include <config.h>

#include <stdatomic.h>
#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/scoring/explain.h"
#include "libprospect/scoring/scoring.h"

static void
free_state(void *state)
{
	struct psp_scorer_state *own = state;

	if (own == NULL)
		return;
	for (size_t i = 0; i < own->n_models; i++) {
		psp_evaluation_free(own->asked[i].evaluation);
		psp_score_clear(&own->scores[i]);
		psp_quota_scores_clear(&own->quotas[i]);
	}
	free(own->asked);
	free(own->scores);
	free(own->quotas);
	psp_stretch_clear(&own->stretch);
	psp_record_clear(&own->record);
	psp_score_cells_clear(&own->cells);
	psp_buffer_clear(&own->key);
	psp_buffer_clear(&own->kept);
	psp_ranking_clear(&own->ranking);
	psp_rollup_clear(&own->rollup);
	free(own);
}

/* Whether the rows that --top wants are known by their rank alone. */
static bool
can_cut(const struct psp_scorer *scorer)
{
	return !scorer->has_quotas[scorer->leading] || scorer->wanted == NULL;
}

/* Whether the best come first. */
static bool
is_sorted(const struct psp_scorer *scorer)
{
	return scorer->options.ranking.order == PSP_RANKING_BEST_FIRST;
}

/* What each model needs. */
static bool
open_models(const struct psp_scorer *scorer, struct psp_scorer_state *state,
    struct psp_error *err)
{
	size_t n = scorer->models->n;

	state->asked = calloc(n, sizeof(*state->asked));
	state->scores = calloc(n, sizeof(*state->scores));
	state->quotas = calloc(n, sizeof(*state->quotas));
	if (state->asked == NULL || state->scores == NULL
	    || state->quotas == NULL)
		return psp_error_memory(err);
	state->n_models = n;
	for (size_t i = 0; i < n; i++) {
		const struct psp_score_plan *plan = scorer->plans[i];

		state->asked[i].plan = plan->plan;
		state->asked[i].evaluation =
		    psp_evaluation_new(plan->plan, scorer->signals, err);
		if (state->asked[i].evaluation == NULL
		    || !psp_score_init(&state->scores[i], plan, err))
			return false;
	}
	return true;
}

static void *
new_state(void *plan, struct psp_error *err)
{
	const struct psp_scorer *scorer = plan;
	struct psp_ranking_options ranking = scorer->options.ranking;
	struct psp_scorer_state *state = calloc(1, sizeof(*state));

	if (state == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	if (!can_cut(scorer))
		ranking.limit = SIZE_MAX;
	psp_ranking_init(&state->ranking, &ranking);
	psp_ranking_set_floor(&state->ranking,
	    atomic_load_explicit(&scorer->floor, memory_order_relaxed));
	psp_rollup_init(&state->rollup);
	if (!open_models(scorer, state, err)
	    || !psp_score_cells_init(
		&state->cells, &scorer->columns, scorer->models, err)) {
		free_state(state);
		return NULL;
	}
	return state;
}

/* Whether --class can let the record pass, whatever its quotas. */
static bool
may_be_wanted(const struct psp_scorer *scorer, const struct psp_score *score)
{
	const struct psp_model *model = psp_scorer_leader(scorer);

	if (psp_class_is_wanted(model, scorer->wanted, score->class_index,
		score->disqualified_by != SIZE_MAX))
		return true;
	if (score->disqualified_by != SIZE_MAX)
		return false;
	for (size_t i = 0; i < model->n_classes; i++)
		if (score->may_be[i] && scorer->wanted[i])
			return true;
	return false;
}

/* Whether the record is the one of --id. */
static bool
is_called(const struct psp_scorer *scorer, struct psp_scorer_state *state,
    bool *is_it, struct psp_error *err)
{
	const struct psp_column *key;

	*is_it = true;
	if (scorer->options.id == NULL)
		return true;
	key = &psp_scorer_leading_plan(scorer)->key;
	state->key.size = 0;
	if (!psp_key_normal(&state->key,
		psp_record_text(&state->record, key->index), key->type, err))
		return false;
	*is_it = psp_slice_equal(
	    psp_buffer_content(&state->key), psp_buffer_content(&scorer->id));
	return true;
}

/* Keeps the row of a record for the end. */
static bool
keep_row(const struct psp_scorer *scorer, struct psp_scorer_state *state,
    uint64_t rank, struct psp_record *record, struct psp_error *err)
{
	state->kept.size = 0;
	return psp_kept_put(&state->kept, scorer->models, state->scores, record,
		   state->cells.items, scorer->columns.n, err)
	       && psp_ranking_keep(&state->ranking, rank,
		   psp_buffer_content(&state->kept), err);
}

/* Writes a record that was scored, or keeps it. */
static bool
put_record(const struct psp_scorer *scorer, struct psp_scorer_state *state,
    struct psp_record *record, struct psp_rows *rows, struct psp_error *err)
{
	const struct psp_score *score = &state->scores[scorer->leading];
	uint64_t rank =
	    psp_rank_of(score->total, score->disqualified_by != SIZE_MAX);
	bool is_ranked = is_sorted(scorer) || scorer->keeps;

	if (is_ranked && !psp_ranking_wants(&state->ranking, rank))
		return true;
	state->n_written++;
	if (scorer->options.explains)
		return psp_explain_put(psp_scorer_leading_plan(scorer),
		    state->asked[scorer->leading].evaluation, record, score,
		    rows, err);
	if (!psp_score_cells_fill(&state->cells, &scorer->columns,
		scorer->plans, state->scores, err))
		return false;
	if (scorer->keeps)
		return keep_row(scorer, state, rank, record, err);
	if (is_ranked)
		return psp_ranking_put(&state->ranking, rows->writer, rank,
		    record, state->cells.items, err);
	return psp_rows_put(rows, record, state->cells.items, err);
}

/* Scores a record by all models that are shown; `row` is its place in the
 * stretch, SIZE_MAX where it is of none. */
static bool
score_record(const struct psp_scorer *scorer, struct psp_scorer_state *state,
    struct psp_record *record, size_t row, struct psp_error *err)
{
	for (size_t i = 0; i < state->n_models; i++) {
		if (psp_score_take(scorer->plans[i], &state->scores[i], row))
			continue;
		psp_evaluation_step(state->asked[i].evaluation, record, row);
		if (!psp_score_record(scorer->plans[i],
			state->asked[i].evaluation, &state->scores[i], err))
			return false;
	}
	return true;
}

/* Passes on a record that was scored: counted for quotas, chosen, written. */
static bool
pass_record(const struct psp_scorer *scorer, struct psp_scorer_state *state,
    struct psp_record *record, struct psp_rows *rows, struct psp_error *err)
{
	for (size_t i = 0; i < state->n_models; i++)
		if (scorer->has_quotas[i]
		    && state->scores[i].disqualified_by == SIZE_MAX
		    && !psp_quota_scores_put(
			&state->quotas[i], state->scores[i].total, err))
			return false;
	return !may_be_wanted(scorer, &state->scores[scorer->leading])
	       || put_record(scorer, state, record, rows, err);
}

static bool
take_record(const struct psp_scorer *scorer, struct psp_scorer_state *state,
    size_t row, struct psp_rows *rows, struct psp_error *err)
{
	const struct psp_score *score = &state->scores[scorer->leading];
	bool is_it;

	if (!is_called(scorer, state, &is_it, err))
		return false;
	if (!is_it)
		return true;
	if (!score_record(scorer, state, &state->record, row, err))
		return false;
	if (scorer->rollup.is_given)
		return psp_rollup_add(&state->rollup, &scorer->rollup,
		    &state->record, score->total,
		    score->disqualified_by != SIZE_MAX, err);
	return pass_record(scorer, state, &state->record, rows, err);
}

/* Whether what each rule gives a record is shown. */
static bool
shows_rules(const struct psp_scorer *scorer)
{
	return scorer->options.explains || scorer->columns.has_reasons;
}

/* Asks the next records what is asked of every one. */
static bool
look_ahead(const struct psp_scorer *scorer, struct psp_scorer_state *state,
    const struct psp_batch *batch, size_t first, struct psp_error *err)
{
	size_t n_columns = 0;

	for (size_t i = 0; i < state->n_models; i++)
		n_columns += psp_plan_n_columns_ahead(state->asked[i].plan);
	if (!psp_stretch_take(&state->stretch, batch, first, n_columns, err))
		return false;
	for (size_t i = 0; i < state->n_models; i++) {
		struct psp_evaluation *evaluation = state->asked[i].evaluation;

		if (!psp_evaluation_look_ahead(
			evaluation, &state->stretch, err))
			return false;
		if (!shows_rules(scorer))
			psp_score_look_ahead(&state->scores[i].ahead,
			    scorer->plans[i], evaluation, state->stretch.n);
	}
	return true;
}

/* Whether a record of the stretch may be passed over for its score alone. */
static bool
can_pass_over(const struct psp_scorer *scorer)
{
	if (!is_sorted(scorer) || scorer->wanted != NULL
	    || scorer->rollup.is_given || scorer->options.id != NULL
	    || shows_rules(scorer))
		return false;
	for (size_t i = 0; i < scorer->models->n; i++)
		if (scorer->has_quotas[i]
		    || scorer->plans[i]->class_scores == NULL)
			return false;
	return true;
}

/* Whether the score that a record has ahead leaves it out of the best. */
static bool
is_beaten(const struct psp_scorer *scorer, const struct psp_scorer_state *state,
    size_t row)
{
	const struct psp_model *model = psp_scorer_leader(scorer);
	const struct psp_score_ahead *ahead =
	    &state->scores[scorer->leading].ahead;
	int64_t total =
	    psp_points_cut(ahead->totals[row], model->min, model->max);

	for (size_t i = 0; i < state->n_models; i++)
		if (state->scores[i].ahead.is_open[row])
			return false;
	return !psp_ranking_wants(&state->ranking, psp_rank_of(total, false));
}

static bool
take_batch(void *plan, void *state, const struct psp_batch *batch,
    struct psp_rows *rows, struct psp_error *err)
{
	const struct psp_scorer *scorer = plan;
	struct psp_scorer_state *own = state;
	bool passes_over = can_pass_over(scorer);

	if (!psp_record_init(&own->record, batch, err))
		return false;
	for (size_t i = 0; i < batch->n_spans; i += own->stretch.n) {
		if (!look_ahead(scorer, own, batch, i, err))
			return false;
		for (size_t row = 0; row < own->stretch.n; row++) {
			if (passes_over && is_beaten(scorer, own, row))
				continue;
			psp_record_seek(&own->record, i + row);
			if (!take_record(scorer, own, row, rows, err))
				return false;
		}
	}
	return !scorer->options.strict
	       || psp_tallies_check(own->asked, own->n_models, err);
}

static bool
merge(void *plan, void *into, void *next, struct psp_error *err)
{
	struct psp_scorer *scorer = plan;
	struct psp_scorer_state *own = into;
	const struct psp_scorer_state *other = next;

	for (size_t i = 0; i < own->n_models; i++) {
		psp_evaluation_merge(
		    own->asked[i].evaluation, other->asked[i].evaluation);
		if (!psp_quota_scores_merge(
			&own->quotas[i], &other->quotas[i], err))
			return false;
	}
	own->n_written += other->n_written;
	if (!psp_ranking_merge(&own->ranking, &other->ranking, err)
	    || !psp_rollup_merge(&own->rollup, &other->rollup, err))
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
finish_kept(struct psp_scorer *scorer, struct psp_scorer_state *state,
    struct psp_rows *rows, struct psp_error *err)
{
	struct psp_kept_writer writer = {
		.models = scorer->models,
		.columns = &scorer->columns,
		.leading = scorer->leading,
		.wanted = scorer->wanted,
		.limit = scorer->options.ranking.limit,
		.rows = rows,
	};
	bool is_done =
	    psp_kept_writer_init(&writer, state->quotas, err)
	    && psp_ranking_each(&state->ranking, write_kept, &writer, err);

	scorer->n_written = writer.n_written;
	psp_kept_writer_clear(&writer);
	return is_done;
}

/* Writes what was ranked or kept; what was neither is written already. */
static bool
finish_rows(struct psp_scorer *scorer, struct psp_scorer_state *state,
    struct psp_rows *rows, struct psp_error *err)
{
	scorer->n_written = state->n_written;
	if (scorer->keeps)
		return finish_kept(scorer, state, rows, err);
	if (!is_sorted(scorer))
		return true;
	scorer->n_written = psp_ranking_n_rows(&state->ranking);
	return psp_ranking_write(&state->ranking, rows, err);
}

/* What passes on the best records of keys. */
struct roller {
	const struct psp_scorer *scorer;
	struct psp_scorer_state *state;
	struct psp_rows *rows;
	struct psp_held held;
};

/* Scores the best record of a key again, and gives it the score of all. */
static bool
take_best(void *user, struct psp_slice bytes, int64_t score,
    bool is_disqualified, struct psp_error *err)
{
	struct roller *roller = user;
	const struct psp_scorer *scorer = roller->scorer;
	struct psp_scorer_state *state = roller->state;
	struct psp_record *record = &roller->held.record;
	size_t leading = scorer->leading;

	return psp_held_take(&roller->held, bytes, err)
	       && score_record(scorer, state, record, SIZE_MAX, err)
	       && (is_disqualified
		   || psp_score_set(scorer->plans[leading],
		       state->asked[leading].evaluation, record,
		       &state->scores[leading], score, err))
	       && pass_record(scorer, state, record, roller->rows, err)
	       && psp_ranking_relieve(&state->ranking, err)
	       && psp_rows_pass(roller->rows, err);
}

/* Passes on what was joined. A state of its own: no cell is counted twice. */
static bool
finish_rollup(struct psp_scorer *scorer, struct psp_scorer_state *joined,
    struct psp_rows *rows, struct psp_error *err)
{
	struct roller roller = { .scorer = scorer, .rows = rows };
	struct psp_rollup *rollup = &joined->rollup;
	bool is_done;

	roller.state = new_state(scorer, err);
	if (roller.state == NULL)
		return false;
	if (rollup->n_without > 0)
		psp_note(&scorer->options.notes, PSP_NOTE_WARNING, NULL, NULL,
		    0, 0,
		    psp_message_plural(
			"%zu record has no %.*s and stands alone (--rollup)",
			"%zu records have no %.*s and stand alone (--rollup)",
			rollup->n_without),
		    rollup->n_without, PSP_SLICE_ARGS(scorer->rollup.name));
	is_done =
	    psp_rollup_each(rollup, scorer->rollup.how, take_best, &roller, err)
	    && finish_rows(scorer, roller.state, rows, err);
	psp_held_clear(&roller.held);
	free_state(roller.state);
	return is_done;
}

static bool
finish(void *plan, void *state, struct psp_rows *rows, struct psp_error *err)
{
	struct psp_scorer *scorer = plan;
	struct psp_scorer_state *own = state;

	psp_tallies_note(own->asked, own->n_models, &scorer->options.notes);
	if (scorer->options.id != NULL && own->n_written == 0)
		psp_note(&scorer->options.notes, PSP_NOTE_WARNING, NULL, NULL,
		    0, 0, "no record has the %s '%s' of --id",
		    scorer->models->terms.key, scorer->options.id);
	return scorer->rollup.is_given ? finish_rollup(scorer, own, rows, err)
	                               : finish_rows(scorer, own, rows, err);
}

const struct psp_flow_steps psp_scorer_steps = {
	.new_state = new_state,
	.free_state = free_state,
	.batch = take_batch,
	.merge = merge,
	.finish = finish,
};
