/* Disqualifiers, grid and classes; see the header. */
#include <config.h>

#include "libprospect/scoring/classes.h"

#include "libprospect/base/text.h"
#include "libprospect/scoring/quotas.h"

/* `- {when: {...}, because: "..."}` */
static bool
read_disqualifier(const struct psp_model_reading *reading,
    const struct psp_node *node, struct psp_disqualifier *disqualifier)
{
	struct written {
		const struct psp_node *when;
		struct psp_slice because;
	} written = { NULL, { NULL, 0 } };
	static const struct psp_key keys[] = {
		PSP_KEY_REQUIRED("when", PSP_KEY_MAP, struct written, when),
		PSP_KEY("because", PSP_KEY_TEXT, struct written, because),
		PSP_KEY_END,
	};

	if (!psp_settings_read(node, "a rule of 'disqualify'", keys, NULL,
		&written, reading->problems))
		return false;
	disqualifier->when = psp_model_condition(reading, written.when, false);
	disqualifier->because = written.because;
	return disqualifier->when != NULL
	       && (written.because.size > 0
		   || psp_model_describe(
		       reading, disqualifier->when, &disqualifier->because));
}

bool
psp_disqualifiers_read(
    const struct psp_model_reading *reading, const struct psp_node *list)
{
	struct psp_model *model = reading->model;
	const struct psp_node *node;
	bool is_good = true;

	if (list == NULL)
		return true;
	model->disqualifiers = psp_arena_array(model->arena,
	    list->n_children + 1, sizeof(*model->disqualifiers), reading->err);
	if (model->disqualifiers == NULL)
		return false;
	for (node = list->first; node != NULL; node = node->next)
		is_good = read_disqualifier(reading, node,
			      &model->disqualifiers[model->n_disqualifiers++])
		          && is_good;
	return is_good;
}

/* The group of this name; a problem at `node`'s key without one. */
static bool
find_group(const struct psp_model_reading *reading, const struct psp_node *node,
    size_t *group)
{
	const struct psp_model *model = reading->model;
	struct psp_slice names[16];
	struct psp_slices known = { names, 0 };

	for (size_t i = 0; i < model->n_groups; i++) {
		if (psp_slice_equal(model->groups[i].name, node->key)) {
			*group = i;
			return true;
		}
		if (known.n < sizeof(names) / sizeof(names[0]))
			names[known.n++] = model->groups[i].name;
	}
	return psp_node_unknown_key(
	    node, "the grid, which has groups", known, reading->problems);
}

/* A grade is shown beside a score: it is short. */
enum { MAX_STEP_NAME = 8, MAX_AXES = 8 };

/* `fit: {A: 45, B: 30, C: 15, D: 0}` */
static bool
read_axis(const struct psp_model_reading *reading, const struct psp_node *node,
    struct psp_grade_axis *axis)
{
	const struct psp_node *step;
	bool is_good = find_group(reading, node, &axis->group);

	if (node->kind != PSP_NODE_MAP || node->first == NULL)
		return psp_node_problem(node, reading->problems,
		    "grades and the points they begin at expected, such as "
		    "{A: 45, B: 30, C: 0}");
	axis->steps = psp_arena_array(reading->model->arena, node->n_children,
	    sizeof(*axis->steps), reading->err);
	if (axis->steps == NULL)
		return false;
	for (step = node->first; step != NULL; step = step->next) {
		struct psp_grade_step *next = &axis->steps[axis->n_steps];

		next->name = step->key;
		if (step->key.size == 0 || step->key.size > MAX_STEP_NAME)
			is_good = psp_node_key_problem(step, reading->problems,
			    "'%.*s' is no grade: expected 1 to %d characters, "
			    "such as A",
			    PSP_SLICE_ARGS(step->key), MAX_STEP_NAME);
		if (!psp_node_hundredths(step, &next->points, reading->problems)
		    || !psp_points_check(
			step, next->points, reading->problems)) {
			is_good = false;
			continue;
		}
		if (axis->n_steps > 0 && next->points >= next[-1].points)
			is_good = psp_node_problem(step, reading->problems,
			    "grades go from the best down: expected less than "
			    "the points of '%.*s'",
			    PSP_SLICE_ARGS(next[-1].name));
		axis->n_steps++;
	}
	return is_good;
}

bool
psp_grid_read(
    const struct psp_model_reading *reading, const struct psp_node *map)
{
	struct psp_model *model = reading->model;
	const struct psp_node *node;
	bool is_good = true;

	if (map == NULL)
		return true;
	if (map->first == NULL)
		return psp_node_problem(map, reading->problems,
		    "'grid' is empty: expected groups with their grades, such "
		    "as {fit: {A: 45, B: 0}}");
	if (map->n_children > MAX_AXES)
		return psp_node_problem(map, reading->problems,
		    "a grade is made of at most %d groups, found %zu", MAX_AXES,
		    map->n_children);
	model->axes = psp_arena_array(
	    model->arena, map->n_children, sizeof(*model->axes), reading->err);
	if (model->axes == NULL)
		return false;
	for (node = map->first; node != NULL; node = node->next)
		is_good =
		    read_axis(reading, node, &model->axes[model->n_axes++])
		    && is_good;
	return is_good;
}

/* Whether a name is free and can be told from the others by --class. */
static bool
check_name(const struct psp_model_reading *reading, const struct psp_node *node,
    const struct psp_class *class)
{
	const struct psp_model *model = reading->model;

	if (class->name.size == 0 || psp_slice_is(class->name, "disqualified"))
		return psp_node_problem(node, reading->problems,
		    "a class cannot be called '%.*s': choose another name",
		    PSP_SLICE_ARGS(class->name));
	for (size_t i = 0; i + 1 < model->n_classes; i++)
		if (psp_slice_equal(model->classes[i].name, class->name))
			return psp_node_problem(node, reading->problems,
			    "two classes are called '%.*s': give each its own "
			    "name",
			    PSP_SLICE_ARGS(class->name));
	return true;
}

/* `- {name: hot, label: "...", top: 10%, when: {...}}` */
static bool
read_class(const struct psp_model_reading *reading, const struct psp_node *node)
{
	struct written {
		struct psp_slice name, label;
		const struct psp_node *when, *top;
	} written = { .top = NULL };
	static const struct psp_key keys[] = {
		PSP_KEY_REQUIRED("name", PSP_KEY_TEXT, struct written, name),
		PSP_KEY("label", PSP_KEY_TEXT, struct written, label),
		PSP_KEY("when", PSP_KEY_MAP, struct written, when),
		PSP_KEY("top", PSP_KEY_NODE, struct written, top),
		PSP_KEY_END,
	};
	struct psp_model *model = reading->model;
	struct psp_class *class = &model->classes[model->n_classes++];
	bool is_good = true;

	if (!psp_settings_read(
		node, "a class", keys, NULL, &written, reading->problems))
		return false;
	class->name = written.name;
	class->label = written.label.size > 0 ? written.label : written.name;
	is_good =
	    check_name(reading, psp_node_get(node, "name"), class) && is_good;
	class->has_quota = written.top != NULL;
	model->has_quotas = model->has_quotas || class->has_quota;
	if (class->has_quota)
		is_good = psp_quota_read(
			      written.top, &class->quota, reading->problems)
		          && is_good;
	if (written.when != NULL) {
		class->when = psp_model_condition(reading, written.when, true);
		is_good = class->when != NULL && is_good;
	} else if (node->next != NULL && !class->has_quota) {
		is_good = psp_node_problem(node, reading->problems,
		    "the class '%.*s' takes all that is left, so those after "
		    "it stay empty: give it a 'when' or a 'top', or put it "
		    "last",
		    PSP_SLICE_ARGS(class->name));
	}
	return is_good;
}

bool
psp_classes_read(
    const struct psp_model_reading *reading, const struct psp_node *list)
{
	struct psp_model *model = reading->model;
	const struct psp_node *node;
	bool is_good = true;

	if (list == NULL)
		return true;
	model->classes = psp_arena_array(model->arena, list->n_children + 1,
	    sizeof(*model->classes), reading->err);
	if (model->classes == NULL)
		return false;
	for (node = list->first; node != NULL; node = node->next)
		is_good = read_class(reading, node) && is_good;
	return is_good;
}
