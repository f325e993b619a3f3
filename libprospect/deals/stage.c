/* Reading the stages of a stage file; see the header. */
#include <config.h>

#include "libprospect/deals/stage.h"

#include "libprospect/base/text.h"
#include "libprospect/targeting/clause.h"

enum { KEY_SIZE = 256, DEFAULT_EFFORT = 100 };

/* A stage as it is written. */
struct written {
	struct psp_slice label, meaning, stale;
	const struct psp_node *aliases, *requires, *when, *to, *probability;
	const struct psp_node *max_age, *idle, *touches, *reasons;
	int qualification;
	int64_t effort;
	bool won, lost;
};

static const char *const qualifications[] = { "none", "lead", "project", NULL };

static const struct psp_key stage_keys[] = {
	PSP_KEY("label", PSP_KEY_TEXT, struct written, label),
	PSP_KEY("meaning", PSP_KEY_TEXT, struct written, meaning),
	PSP_KEY("aliases", PSP_KEY_LIST, struct written, aliases),
	PSP_KEY("requires", PSP_KEY_LIST, struct written, requires),
	PSP_KEY("when", PSP_KEY_MAP, struct written, when),
	PSP_KEY("to", PSP_KEY_LIST, struct written, to),
	PSP_KEY("probability", PSP_KEY_NODE, struct written, probability),
	PSP_KEY("max_age", PSP_KEY_NODE, struct written, max_age),
	PSP_KEY("idle", PSP_KEY_NODE, struct written, idle),
	PSP_KEY("stale", PSP_KEY_TEXT, struct written, stale),
	PSP_KEY("touches", PSP_KEY_MAP, struct written, touches),
	PSP_KEY("reasons", PSP_KEY_LIST, struct written, reasons),
	PSP_KEY("effort", PSP_KEY_NUMBER, struct written, effort),
	PSP_KEY_OF(
	    "qualification", struct written, qualification, qualifications),
	PSP_KEY("won", PSP_KEY_BOOL, struct written, won),
	PSP_KEY("lost", PSP_KEY_BOOL, struct written, lost),
	PSP_KEY_END,
};

bool
psp_facts_read(const struct psp_handbook_reading *reading,
    const struct psp_node *node, uint32_t *facts)
{
	const struct psp_node *item;
	struct psp_slice names[PSP_N_FACTS], nearest;
	struct psp_slices known = { names, PSP_N_FACTS };
	bool is_good = true;

	*facts = 0;
	for (int i = 0; i < PSP_N_FACTS; i++)
		names[i] = psp_slice_of(psp_fact_name((enum psp_fact)i));
	for (item = node != NULL ? node->first : NULL; item != NULL;
	     item = item->next) {
		enum psp_fact fact;

		if (item->kind == PSP_NODE_SCALAR
		    && psp_fact_find(item->text, &fact)) {
			*facts |= PSP_FACT_BIT(fact);
			continue;
		}
		nearest = psp_text_nearest(item->text, known);
		if (nearest.size > 0)
			is_good = psp_node_problem(item, reading->problems,
			    "'%.*s' is no field of a deal; did you mean "
			    "'%.*s'?",
			    PSP_SLICE_ARGS(item->text),
			    PSP_SLICE_ARGS(nearest));
		else
			is_good = psp_node_problem(item, reading->problems,
			    "'%.*s' is no field of a deal: expected such as "
			    "decision_maker, object, time, amount, reason",
			    PSP_SLICE_ARGS(item->text));
	}
	return is_good;
}

bool
psp_handbook_duration(const struct psp_handbook_reading *reading,
    const struct psp_node *node, struct psp_duration *duration, bool *is_there)
{
	*is_there = node != NULL;
	if (node == NULL)
		return true;
	if (node->kind == PSP_NODE_SCALAR
	    && psp_constant_duration(
		node->text, reading->handbook->terms.rules.horizons, duration))
		return true;
	return psp_node_problem(node, reading->problems,
	    "'%.*s': a duration such as 90 days or 3 months expected, found "
	    "'%.*s'",
	    PSP_SLICE_ARGS(node->key), PSP_SLICE_ARGS(node->text));
}

bool
psp_share_read(const struct psp_handbook_reading *reading,
    const struct psp_node *node, int64_t *millionths)
{
	int64_t thousandths;

	if (node->kind == PSP_NODE_SCALAR) {
		if (memchr(node->text.bytes, '%', node->text.size) != NULL
		    && psp_percent_read(
			node->text, PSP_STYLE_POINT, &thousandths)) {
			*millionths = thousandths * 10;
			if (*millionths >= 0 && *millionths <= PSP_NUMBER_SCALE)
				return true;
		} else if (psp_number_read(
			       node->text, PSP_STYLE_POINT, millionths)
			   && *millionths >= 0
			   && *millionths <= PSP_NUMBER_SCALE)
			return true;
	}
	return psp_node_problem(node, reading->problems,
	    "'%.*s': a share from 0 to 1 such as 0.3 or 30 %% expected, found "
	    "'%.*s'",
	    PSP_SLICE_ARGS(node->key), PSP_SLICE_ARGS(node->text));
}

bool
psp_texts_read(const struct psp_handbook_reading *reading,
    const struct psp_node *node, struct psp_slice **texts, size_t *n)
{
	const struct psp_node *item;
	bool is_good = true;

	*n = 0;
	if (node == NULL)
		return true;
	*texts = psp_arena_array(&reading->handbook->arena,
	    node->n_children + 1, sizeof(**texts), reading->err);
	if (*texts == NULL)
		return false;
	for (item = node->first; item != NULL; item = item->next) {
		if (item->kind == PSP_NODE_SCALAR)
			(*texts)[(*n)++] = item->text;
		else
			is_good = psp_node_problem(item, reading->problems,
			    "'%.*s': texts expected, found %s",
			    PSP_SLICE_ARGS(node->key),
			    psp_node_kind_name(item));
	}
	return is_good;
}

size_t
psp_stage_named(
    const struct psp_handbook_reading *reading, const struct psp_node *node)
{
	const struct psp_handbook *handbook = reading->handbook;
	struct psp_slice names[PSP_MAX_STAGES], nearest;
	struct psp_slices known = { names, handbook->n_stages };

	if (node->kind == PSP_NODE_SCALAR)
		for (size_t i = 0; i < handbook->n_stages; i++)
			if (psp_slice_equal(
				node->text, handbook->stages[i].name))
				return i;
	for (size_t i = 0; i < handbook->n_stages; i++)
		names[i] = handbook->stages[i].name;
	nearest = psp_text_nearest(node->text, known);
	if (nearest.size > 0)
		(void)psp_node_problem(node, reading->problems,
		    "'%.*s' is no stage of 'stages:'; did you mean '%.*s'?",
		    PSP_SLICE_ARGS(node->text), PSP_SLICE_ARGS(nearest));
	else
		(void)psp_node_problem(node, reading->problems,
		    "'%.*s' is no stage of 'stages:'",
		    PSP_SLICE_ARGS(node->text));
	return PSP_NO_STAGE;
}

/* Puts what a stage may be called in a file. */
static bool
name_stage(const struct psp_handbook_reading *reading,
    const struct psp_node *node, struct psp_slice name, size_t stage)
{
	struct psp_map_entry *entry;
	char key[KEY_SIZE];
	size_t size;
	bool is_new;

	if (!psp_text_key_into(name, key, sizeof(key), &size) || size == 0)
		return psp_node_problem(node, reading->problems,
		    "'%.*s' cannot name a stage: expected a word or some",
		    PSP_SLICE_ARGS(name));
	if (!psp_map_put(&reading->handbook->names, psp_slice(key, size), stage,
		&entry, &is_new, reading->err))
		return false;
	if (is_new || entry->value == stage)
		return true;
	return psp_node_problem(node, reading->problems,
	    "'%.*s' names stage '%.*s' already", PSP_SLICE_ARGS(name),
	    PSP_SLICE_ARGS(reading->handbook->stages[entry->value].name));
}

/* `{per: 30 days, min: 1, max: 4}` */
static bool
read_touches(const struct psp_handbook_reading *reading,
    const struct psp_node *map, struct psp_touches *touches)
{
	struct written_touches {
		const struct psp_node *per;
		int64_t min, max;
	} written = { NULL, 0, INT64_MAX };
	static const struct psp_key keys[] = {
		PSP_KEY_REQUIRED(
		    "per", PSP_KEY_NODE, struct written_touches, per),
		PSP_KEY("min", PSP_KEY_INTEGER, struct written_touches, min),
		PSP_KEY("max", PSP_KEY_INTEGER, struct written_touches, max),
		PSP_KEY_END,
	};
	bool is_good;

	if (map == NULL)
		return true;
	is_good = psp_settings_read(
	    map, "'touches'", keys, NULL, &written, reading->problems);
	is_good = psp_handbook_duration(
		      reading, written.per, &touches->per, &touches->is_there)
	          && is_good;
	touches->min = written.min;
	touches->max = written.max;
	if (written.min < 0 || written.max < written.min)
		return psp_node_problem(map, reading->problems,
		    "'touches': expected 'min' from 0 and 'max' from 'min' on");
	return is_good;
}

static bool
read_to(const struct psp_handbook_reading *reading, const struct psp_node *list,
    struct psp_stage *stage)
{
	const struct psp_node *item;
	bool is_good = true;

	if (list == NULL)
		return true;
	stage->has_to = true;
	for (item = list->first; item != NULL; item = item->next) {
		size_t to = psp_stage_named(reading, item);

		if (to == PSP_NO_STAGE)
			is_good = false;
		else
			stage->to |= (uint64_t)1 << to;
	}
	return is_good;
}

/* What becomes of the chances of a stage that ends a deal. */
static bool
read_end(const struct psp_handbook_reading *reading,
    const struct psp_node *node, const struct written *written,
    struct psp_stage *stage)
{
	stage->is_won = written->won;
	stage->is_lost = written->lost;
	if (written->won && written->lost)
		return psp_node_key_problem(node, reading->problems,
		    "stage '%.*s' cannot be both 'won' and 'lost'",
		    PSP_SLICE_ARGS(stage->name));
	if (written->probability != NULL) {
		if (written->won || written->lost)
			return psp_node_problem(written->probability,
			    reading->problems,
			    "a stage that is won or lost has no probability: "
			    "leave it out");
		stage->has_probability = true;
		return psp_share_read(
		    reading, written->probability, &stage->probability);
	}
	if (written->won || written->lost) {
		stage->has_probability = true;
		stage->probability = written->won ? PSP_NUMBER_SCALE : 0;
	}
	return true;
}

static bool
read_stale(const struct psp_handbook_reading *reading,
    const struct psp_node *node, struct psp_slice text, bool *never)
{
	if (text.size == 0)
		return true;
	*never = psp_slice_is(text, "never");
	return *never
	       || psp_node_problem(psp_node_get(node, "stale"),
		   reading->problems,
		   "'stale': only 'never' is known; a limit is 'idle: 30 "
		   "days'");
}

static bool
read_stage(const struct psp_handbook_reading *reading,
    const struct psp_node *node, struct psp_stage *stage)
{
	struct written written = { .effort = DEFAULT_EFFORT };
	struct psp_handbook *handbook = reading->handbook;
	bool is_good;

	is_good = psp_settings_read(
	    node, "a stage", stage_keys, NULL, &written, reading->problems);
	if (written.label.size > 0)
		stage->label = written.label;
	stage->meaning = written.meaning;
	stage->qualification = (enum psp_qualification)written.qualification;
	stage->effort = written.effort;
	if (written.effort <= 0)
		is_good = psp_node_problem(psp_node_get(node, "effort"),
		    reading->problems, "'effort': hours above 0 expected");
	is_good = psp_facts_read(reading, written.requires, &stage->requires)
	          && is_good;
	is_good = read_to(reading, written.to, stage) && is_good;
	is_good = read_end(reading, node, &written, stage) && is_good;
	is_good = psp_handbook_duration(reading, written.max_age,
		      &stage->max_age, &stage->has_max_age)
	          && is_good;
	is_good = psp_handbook_duration(
		      reading, written.idle, &stage->idle, &stage->has_idle)
	          && is_good;
	is_good = read_stale(reading, node, written.stale, &stage->never_stale)
	          && is_good;
	is_good =
	    read_touches(reading, written.touches, &stage->touches) && is_good;
	is_good = psp_texts_read(reading, written.reasons, &stage->reasons,
		      &stage->n_reasons)
	          && is_good;
	if (written.when == NULL)
		return is_good;
	stage->when = psp_condition_parse(&handbook->terms.rules, written.when,
	    reading->problems, reading->err);
	stage->criteria = written.when;
	handbook->has_criteria = true;
	return stage->when != NULL && is_good;
}

/* The names, labels and aliases of all stages. */
static bool
name_stages(
    const struct psp_handbook_reading *reading, const struct psp_node *map)
{
	struct psp_handbook *handbook = reading->handbook;
	const struct psp_node *node;
	bool is_good = true;

	for (node = map->first; node != NULL; node = node->next) {
		struct psp_stage *stage =
		    &handbook->stages[handbook->n_stages++];

		stage->name = node->key;
		stage->label = node->key;
		stage->track = SIZE_MAX;
		stage->effort = DEFAULT_EFFORT;
		stage->place = (struct psp_place){ node->file, node->key_line,
			node->key_column };
		is_good =
		    name_stage(reading, node, node->key, handbook->n_stages - 1)
		    && is_good;
	}
	for (node = map->first; node != NULL; node = node->next) {
		const struct psp_node *label = psp_node_get(node, "label");
		const struct psp_node *alias = psp_node_get(node, "aliases");
		size_t stage = psp_handbook_stage(handbook, node->key);

		if (label != NULL && label->kind == PSP_NODE_SCALAR)
			is_good = name_stage(reading, label, label->text, stage)
			          && is_good;
		for (alias = alias != NULL ? alias->first : NULL; alias != NULL;
		     alias = alias->next)
			is_good = name_stage(reading, alias, alias->text, stage)
			          && is_good;
	}
	return is_good;
}

bool
psp_stages_read(
    const struct psp_handbook_reading *reading, const struct psp_node *map)
{
	struct psp_handbook *handbook = reading->handbook;
	const struct psp_node *node;
	bool is_good;
	size_t i = 0;

	if (map->first == NULL)
		return psp_node_problem(map, reading->problems,
		    "'stages' is empty: expected a stage with its rules, such "
		    "as chaud: {label: Chaud, probability: 0.6}");
	if (map->n_children > PSP_MAX_STAGES)
		return psp_node_problem(map, reading->problems,
		    "%zu stages: expected %d at most", map->n_children,
		    PSP_MAX_STAGES);
	handbook->stages = psp_arena_array(&handbook->arena, map->n_children,
	    sizeof(*handbook->stages), reading->err);
	if (handbook->stages == NULL)
		return false;
	is_good = name_stages(reading, map);
	if (reading->err->status != PSP_OK)
		return false;
	for (node = map->first; node != NULL; node = node->next)
		is_good = read_stage(reading, node, &handbook->stages[i++])
		          && is_good;
	return is_good;
}
