/* Binding a scorer; see the header. Its steps are in scorer_steps.c. */
#include <config.h>

#include "libprospect/scoring/scorer.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "libprospect/scoring/explain.h"
#include "libprospect/scoring/listed.h"
#include "libprospect/scoring/scoring.h"

const struct psp_model *
psp_scorer_leader(const struct psp_scorer *scorer)
{
	return &scorer->models->items[scorer->leading];
}

struct psp_score_plan *
psp_scorer_leading_plan(const struct psp_scorer *scorer)
{
	return scorer->plans[scorer->leading];
}

/* Finds the score that --score names, else the first. */
static bool
choose_score(struct psp_scorer *scorer, struct psp_error *err)
{
	const struct psp_models *models = scorer->models;
	struct psp_slice *names, word;
	struct psp_slices known;

	if (scorer->options.score == NULL)
		return true;
	word = psp_slice_of(scorer->options.score);
	names =
	    psp_arena_array(&scorer->arena, models->n + 1, sizeof(*names), err);
	if (names == NULL)
		return false;
	known.items = names;
	known.n = 0;
	for (size_t i = 0; i < models->n; i++) {
		const struct psp_model *model = &models->items[i];

		if (model->name.size == 0)
			continue;
		names[known.n++] = model->name;
		if (psp_slice_equal(model->name, word)
		    || psp_slice_equal(model->label, word)) {
			scorer->leading = i;
			return true;
		}
	}
	if (known.n == 0)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--score: the settings have one score, which has no name");
	return psp_listed_refuse("score", word, known, err);
}

static bool
mark_class(struct psp_scorer *scorer, struct psp_slice word)
{
	const struct psp_model *model = psp_scorer_leader(scorer);
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
	const struct psp_model *model = psp_scorer_leader(scorer);
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

/* Decides whether rows wait for the end. */
static bool
choose_shape(struct psp_scorer *scorer, struct psp_error *err)
{
	const struct psp_models *models = scorer->models;

	scorer->has_quotas =
	    psp_arena_array(&scorer->arena, models->n, sizeof(bool), err);
	if (scorer->has_quotas == NULL)
		return false;
	for (size_t i = 0; i < models->n; i++) {
		bool chooses = scorer->wanted != NULL && i == scorer->leading;
		bool shows = !scorer->options.explains
		             && scorer->columns.class_at[i] != SIZE_MAX;

		scorer->has_quotas[i] =
		    models->items[i].has_quotas && (chooses || shows);
		scorer->keeps = scorer->keeps || scorer->has_quotas[i];
	}
	if (scorer->keeps && scorer->options.explains)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--class cannot go with --explain where a class goes by "
		    "'top': which records are in it is known at the end only");
	return true;
}

static bool
bind_plans(struct psp_scorer *scorer, struct psp_slices header,
    struct psp_problems *problems, struct psp_error *err)
{
	const struct psp_models *models = scorer->models;
	struct psp_score_wishes wishes = { scorer->signals != NULL, false };
	bool is_good = true;

	scorer->plans = psp_arena_array(
	    &scorer->arena, models->n, sizeof(struct psp_score_plan *), err);
	if (scorer->plans == NULL)
		return false;
	for (size_t i = 0; i < models->n; i++) {
		wishes.needs_key =
		    scorer->options.explains && i == scorer->leading;
		scorer->plans[i] = psp_score_plan_new(
		    &models->items[i], header, &wishes, problems, err);
		is_good = is_good && scorer->plans[i] != NULL;
	}
	return is_good;
}

static bool
prepare(struct psp_scorer *scorer, struct psp_slices header,
    struct psp_problems *problems, struct psp_error *err)
{
	const struct psp_terms *terms = &scorer->models->terms;
	const char *id = scorer->options.id;

	if (!choose_score(scorer, err) || !choose_classes(scorer, err)
	    || !psp_score_columns_init(&scorer->columns, scorer->models,
		scorer->options.add, &scorer->arena, err)
	    || !choose_shape(scorer, err)
	    || !psp_rollup_rule_read(&scorer->rollup, scorer->options.rollup,
		terms->rules.schema, header, err)
	    || !bind_plans(scorer, header, problems, err))
		return false;
	if (id == NULL)
		return true;
	if (!psp_key_normal(&scorer->id, psp_slice_of(id),
		psp_scorer_leading_plan(scorer)->key.type, err))
		return false;
	return scorer->id.size > 0
	       || psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		   "--id: '%s' is no %s; give the key of a record", id,
		   terms->key);
}

struct psp_scorer *
psp_scorer_new(const struct psp_models *models, struct psp_slices header,
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
	scorer->models = models;
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
	for (size_t i = 0; i < scorer->models->n; i++)
		if (!psp_plan_tune(scorer->plans[i]->plan, scorer->signals,
			sample, err))
			return false;
	return true;
}

void
psp_scorer_free(struct psp_scorer *scorer)
{
	if (scorer == NULL)
		return;
	for (size_t i = 0; scorer->plans != NULL && i < scorer->models->n; i++)
		psp_score_plan_free(scorer->plans[i]);
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
