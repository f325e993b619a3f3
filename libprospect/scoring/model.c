/* Reading a scoring file; see the header. */
#include <config.h>

#include "libprospect/scoring/model.h"

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/scoring/classes.h"
#include "libprospect/scoring/logistic.h"
#include "libprospect/values/number.h"

/* What is written of one score, or of a file. */
struct written {
	const struct psp_node *scores;
	const struct psp_node *score, *groups, *disqualify, *grid, *classes;
	const struct psp_node *probability;
	struct psp_slice label;
};

static const struct psp_key file_keys[] = {
	PSP_KEY("scores", PSP_KEY_MAP, struct written, scores),
	PSP_KEY("score", PSP_KEY_MAP, struct written, score),
	PSP_KEY("groups", PSP_KEY_MAP, struct written, groups),
	PSP_KEY("disqualify", PSP_KEY_LIST, struct written, disqualify),
	PSP_KEY("grid", PSP_KEY_MAP, struct written, grid),
	PSP_KEY("classes", PSP_KEY_LIST, struct written, classes),
	PSP_KEY("probability", PSP_KEY_MAP, struct written, probability),
	PSP_KEY_END,
};

/* All but the first are of one score, and a name has a label besides. */
static const struct psp_key *const score_keys = file_keys + 1;
static const struct psp_key label_keys[] = {
	PSP_KEY("label", PSP_KEY_TEXT, struct written, label),
	PSP_KEY_END,
};

/* The bounds of a group or of the score, which must not cross. */
static bool
check_bounds(const struct psp_model_reading *reading,
    const struct psp_node *node, int64_t min, int64_t max)
{
	const struct psp_node *at;
	bool is_good = true;

	at = psp_node_get(node, "min");
	if (at != NULL && min != PSP_POINTS_NONE)
		is_good = psp_points_check(at, min, reading->problems);
	at = psp_node_get(node, "max");
	if (at == NULL || max == PSP_POINTS_NONE)
		return is_good;
	is_good = psp_points_check(at, max, reading->problems) && is_good;
	if (min == PSP_POINTS_NONE || min <= max)
		return is_good;
	return psp_node_problem(at, reading->problems,
	    "'max' is below 'min': expected the larger number here");
}

static bool
read_score(const struct psp_model_reading *reading, const struct psp_node *node)
{
	static const struct psp_key keys[] = {
		PSP_KEY("min", PSP_KEY_NUMBER, struct psp_model, min),
		PSP_KEY("max", PSP_KEY_NUMBER, struct psp_model, max),
		PSP_KEY_END,
	};
	struct psp_model *model = reading->model;

	return psp_settings_read(
		   node, "'score'", keys, NULL, model, reading->problems)
	       && check_bounds(reading, node, model->min, model->max);
}

/* A number of a learned file, in millionths within `low` and `high`. */
static bool
read_millionths(const struct psp_model_reading *reading,
    const struct psp_node *node, int64_t low, int64_t high, int64_t *value)
{
	char bounds[2][32];

	if (node->kind == PSP_NODE_SCALAR
	    && psp_number_read(node->text, PSP_STYLE_POINT, value)
	    && *value >= low && *value <= high)
		return true;
	bounds[0][psp_decimal_format(low, PSP_NUMBER_SCALE, bounds[0])] = '\0';
	bounds[1][psp_decimal_format(high, PSP_NUMBER_SCALE, bounds[1])] = '\0';
	return psp_node_problem(node, reading->problems,
	    "'%.*s': a number from %s to %s expected, found '%.*s'",
	    PSP_SLICE_ARGS(node->key), bounds[0], bounds[1],
	    PSP_SLICE_ARGS(node->text));
}

/* `{intercept: -3.2, slope: 0.05, base_rate: 0.04}` */
static bool
read_chance(const struct psp_model_reading *reading, const struct psp_node *map)
{
	struct written {
		const struct psp_node *intercept, *slope, *base_rate;
	} written = { NULL, NULL, NULL };
	static const struct psp_key keys[] = {
		PSP_KEY_REQUIRED(
		    "intercept", PSP_KEY_NODE, struct written, intercept),
		PSP_KEY_REQUIRED("slope", PSP_KEY_NODE, struct written, slope),
		PSP_KEY("base_rate", PSP_KEY_NODE, struct written, base_rate),
		PSP_KEY_END,
	};
	struct psp_chance_rule *chance = &reading->model->chance;
	bool is_good;

	if (map == NULL)
		return true;
	chance->is_there = true;
	is_good = psp_settings_read(
	    map, "'probability'", keys, NULL, &written, reading->problems);
	if (written.intercept != NULL)
		is_good = read_millionths(reading, written.intercept,
			      -PSP_MAX_SLOPE, PSP_MAX_SLOPE, &chance->intercept)
		          && is_good;
	if (written.slope != NULL)
		is_good = read_millionths(reading, written.slope,
			      -PSP_MAX_SLOPE, PSP_MAX_SLOPE, &chance->slope)
		          && is_good;
	if (written.base_rate != NULL)
		is_good = read_millionths(reading, written.base_rate, 1,
			      PSP_NUMBER_SCALE, &chance->base_rate)
		          && is_good;
	return is_good;
}

/* Names that the output has besides the groups. */
static bool
is_column(struct psp_slice name)
{
	static const char *const names[] = { N_("score"), N_("coverage"),
		N_("grade"), N_("class"), N_("probability"), N_("lift"),
		N_("reasons"), N_("context") };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (psp_slice_is(name, names[i]))
			return true;
	return false;
}

/* Names the groups and the results that classes can ask for. */
static bool
name_groups(const struct psp_model_reading *reading, const struct psp_node *map)
{
	struct psp_model *model = reading->model;
	struct psp_virtual_field *results;
	const struct psp_node *node;
	bool is_good = true;

	model->groups = psp_arena_array(model->arena, map->n_children + 1,
	    sizeof(*model->groups), reading->err);
	results = psp_arena_array(model->arena,
	    map->n_children + PSP_SLOT_GROUPS, sizeof(*results), reading->err);
	if (model->groups == NULL || results == NULL)
		return false;
	results[PSP_SLOT_SCORE].name = psp_slice_of("score");
	results[PSP_SLOT_SCORE].type = PSP_TYPE_NUMBER;
	results[PSP_SLOT_COVERAGE].name = psp_slice_of("coverage");
	results[PSP_SLOT_COVERAGE].type = PSP_TYPE_NUMBER;
	/* What the file does not ask for may be the name of a column. */
	results[PSP_SLOT_GRADE].name =
	    psp_slice_of(model->has_grid ? "grade" : "");
	results[PSP_SLOT_GRADE].type = PSP_TYPE_TEXT;
	results[PSP_SLOT_PROBABILITY].name =
	    psp_slice_of(model->chance.is_there ? "probability" : "");
	results[PSP_SLOT_PROBABILITY].type = PSP_TYPE_NUMBER;
	results[PSP_SLOT_LIFT].name =
	    psp_slice_of(model->chance.base_rate > 0 ? "lift" : "");
	results[PSP_SLOT_LIFT].type = PSP_TYPE_NUMBER;
	for (node = map->first; node != NULL; node = node->next) {
		struct psp_group *group = &model->groups[model->n_groups];

		if (node->key.size == 0 || is_column(node->key))
			is_good = psp_node_key_problem(node, reading->problems,
			    "a group cannot be called '%.*s', as another "
			    "column of the output is: choose another name",
			    PSP_SLICE_ARGS(node->key));
		group->name = node->key;
		group->place = psp_model_key_place(node);
		results[PSP_SLOT_GROUPS + model->n_groups].name = node->key;
		results[PSP_SLOT_GROUPS + model->n_groups].type =
		    PSP_TYPE_NUMBER;
		model->n_groups++;
	}
	model->class_rules = model->terms->rules;
	model->class_rules.virtuals = results;
	model->class_rules.n_virtuals = PSP_SLOT_GROUPS + model->n_groups;
	return is_good;
}

/* `fit: {max: 60, half_life: 90 days, rules: [...]}` */
static bool
read_group(const struct psp_model_reading *reading, const struct psp_node *node,
    struct psp_group *group)
{
	struct written {
		int64_t min, max;
		struct psp_slice half_life;
		const struct psp_node *rules;
	} written = { PSP_POINTS_NONE, PSP_POINTS_NONE, { NULL, 0 }, NULL };
	static const struct psp_key keys[] = {
		PSP_KEY("min", PSP_KEY_NUMBER, struct written, min),
		PSP_KEY("max", PSP_KEY_NUMBER, struct written, max),
		PSP_KEY("half_life", PSP_KEY_TEXT, struct written, half_life),
		PSP_KEY_REQUIRED("rules", PSP_KEY_LIST, struct written, rules),
		PSP_KEY_END,
	};
	struct psp_model *model = reading->model;
	const struct psp_node *rule;
	int32_t half_life = 0;
	bool is_good;

	is_good = psp_settings_read(
	    node, "a group", keys, NULL, &written, reading->problems);
	if (is_good && written.half_life.size > 0)
		is_good = psp_half_life_read(
		    reading, psp_node_get(node, "half_life"), &half_life);
	is_good =
	    check_bounds(reading, node, written.min, written.max) && is_good;
	group->min = written.min;
	group->max = written.max;
	group->first_rule = model->n_rules;
	if (written.rules == NULL)
		return is_good;
	if (written.rules->first == NULL)
		return psp_node_problem(written.rules, reading->problems,
		    "a group needs a rule: expected such as "
		    "- {when: {naf: 62}, points: 10}");
	group->rules = psp_arena_array(model->arena, written.rules->n_children,
	    sizeof(*group->rules), reading->err);
	if (group->rules == NULL)
		return false;
	for (rule = written.rules->first; rule != NULL; rule = rule->next)
		is_good = psp_rule_read(reading, rule, half_life,
			      &group->rules[group->n_rules++])
		          && is_good;
	model->n_rules += group->n_rules;
	return is_good;
}

static bool
read_groups(const struct psp_model_reading *reading, const struct psp_node *map)
{
	struct psp_model *model = reading->model;
	const struct psp_node *node;
	bool is_good = true;
	size_t i = 0;

	if (map->first == NULL)
		return psp_node_problem(map, reading->problems,
		    "'groups' is empty: expected a group with its rules, such "
		    "as fit: {rules: [...]}");
	is_good = name_groups(reading, map);
	if (reading->err->status != PSP_OK)
		return false;
	for (node = map->first; node != NULL; node = node->next)
		is_good =
		    read_group(reading, node, &model->groups[i++]) && is_good;
	return is_good;
}

/* Reads a score; `node` is where it stands. */
static bool
read_model(const struct psp_model_reading *reading, const struct psp_node *node,
    const struct written *written)
{
	struct psp_model *model = reading->model;
	bool is_good = read_score(reading, written->score);

	if (written->groups == NULL)
		return psp_node_key_problem(node, reading->problems,
		    "the key 'groups' is missing in %s",
		    model->name.size > 0 ? _("a score")
					 : _("scoring settings"));
	model->has_grid = written->grid != NULL;
	is_good = read_chance(reading, written->probability) && is_good;
	is_good = read_groups(reading, written->groups) && is_good;
	if (reading->err->status != PSP_OK)
		return false;
	is_good =
	    psp_disqualifiers_read(reading, written->disqualify) && is_good;
	is_good = psp_grid_read(reading, written->grid) && is_good;
	is_good = psp_classes_read(reading, written->classes) && is_good;
	return is_good;
}

/* Adds a score to the file's. */
static bool
add_model(struct psp_models *models, const struct psp_node *node,
    const struct written *written, struct psp_problems *problems,
    struct psp_error *err)
{
	struct psp_model *model = &models->items[models->n++];
	struct psp_model_reading reading = { model, problems, err };
	bool is_good;

	model->arena = &models->arena;
	model->terms = &models->terms;
	model->min = PSP_POINTS_NONE;
	model->max = PSP_POINTS_NONE;
	if (node->key.size > 0) {
		model->name = node->key;
		model->label =
		    written->label.size > 0 ? written->label : node->key;
	}
	is_good = read_model(&reading, node, written);
	models->use_signals = models->use_signals || model->uses_signals;
	return is_good;
}

/* `scores: {fit: {groups: ...}, ...}` */
static bool
add_named(struct psp_models *models, const struct psp_node *map,
    struct psp_problems *problems, struct psp_error *err)
{
	const struct psp_node *node;
	bool is_good = true;

	for (node = map->first; node != NULL; node = node->next) {
		struct written written = { .scores = NULL };
		const struct psp_key_table tables[] = {
			{ score_keys, &written }, { label_keys, &written }
		};

		if (node->key.size == 0)
			is_good = psp_node_key_problem(node, problems,
			    "a score needs a name, which begins those of its "
			    "columns");
		is_good = psp_settings_read_tables(
			      node, "a score", tables, 2, NULL, problems)
		          && is_good;
		if (node->kind == PSP_NODE_MAP)
			is_good =
			    add_model(models, node, &written, problems, err)
			    && is_good;
	}
	return is_good;
}

/* What stands beside `scores:` without the groups of a score is of none. */
static bool
refuse_stray(const struct psp_node *root, struct psp_problems *problems)
{
	const struct psp_node *node;
	bool is_good = true;

	for (const struct psp_key *key = score_keys; key->name != NULL; key++) {
		node = psp_node_get(root, key->name);
		if (node != NULL)
			is_good = psp_node_key_problem(node, problems,
			    "'%s' belongs to a score: move it below a name of "
			    "'scores'",
			    key->name);
	}
	return is_good;
}

static bool
read_models(struct psp_models *models, const struct psp_node *root,
    const struct written *written, struct psp_problems *problems,
    struct psp_error *err)
{
	size_t n_named =
	    written->scores != NULL ? written->scores->n_children : 0;
	bool is_good = true;

	models->items = psp_arena_array(
	    &models->arena, n_named + 1, sizeof(*models->items), err);
	if (models->items == NULL)
		return false;
	if (written->groups != NULL || n_named == 0)
		is_good = add_model(models, root, written, problems, err);
	else
		is_good = refuse_stray(root, problems);
	if (n_named > 0)
		is_good = add_named(models, written->scores, problems, err)
		          && is_good;
	return is_good;
}

struct psp_models *
psp_models_new(const struct psp_node *root, struct psp_schema *schema,
    int32_t today, struct psp_problems *problems, struct psp_error *err)
{
	struct psp_models *models;
	struct psp_file_keys common;
	struct written written = { .scores = NULL };
	bool is_good;

	if (root == NULL) {
		psp_problems_add(problems, PSP_ESETTINGS, NULL, 0, 0,
		    "nothing to score by: give a scoring file with -c FILE");
		return NULL;
	}
	models = calloc(1, sizeof(*models));
	if (models == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_arena_init(&models->arena);
	is_good = psp_file_read(
	    root, "scoring settings", file_keys, &written, &common, problems);
	is_good = psp_terms_init(&models->terms, &common, &models->arena,
		      schema, today, problems, err)
	          && is_good;
	is_good = err->status == PSP_OK
	          && read_models(models, root, &written, problems, err)
	          && is_good;
	if (!is_good) {
		psp_models_free(models);
		return NULL;
	}
	return models;
}

void
psp_models_free(struct psp_models *models)
{
	if (models == NULL)
		return;
	psp_arena_clear(&models->arena);
	free(models);
}
