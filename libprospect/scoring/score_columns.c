/* Columns and cells of scores; see the header. */
#include <config.h>

#include "libprospect/scoring/score_columns.h"

#include <stdlib.h>

#include "libprospect/base/map.h"
#include "libprospect/scoring/listed.h"

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

struct psp_score_column {
	enum cell_kind kind;
	size_t group;
	size_t model; /* by number */
};

/* What the functions of a layout share. */
struct layout {
	struct psp_score_columns *columns;
	const struct psp_models *models;
	struct psp_arena *arena;
	struct psp_error *err;
	struct psp_map names; /* to find one that comes again */
};

/* The name of a column of a score: with the score's before it, if it has one.
 */
static bool
name_column(struct layout *layout, const struct psp_model *model,
    struct psp_slice name, struct psp_slice *full)
{
	char *text;

	*full = name;
	if (model->name.size == 0)
		return true;
	text = psp_arena_array(
	    layout->arena, model->name.size + name.size + 2, 1, layout->err);
	if (text == NULL)
		return false;
	memcpy(text, model->name.bytes, model->name.size);
	text[model->name.size] = '_';
	memcpy(text + model->name.size + 1, name.bytes, name.size);
	*full = psp_slice(text, model->name.size + 1 + name.size);
	return true;
}

static bool
add_column(struct layout *layout, enum cell_kind kind, size_t model,
    size_t group, struct psp_slice name)
{
	struct psp_score_columns *columns = layout->columns;
	struct psp_map_entry *entry;
	bool is_new;

	if (!name_column(layout, &layout->models->items[model], name,
		&columns->names[columns->n])
	    || !psp_map_put(&layout->names, columns->names[columns->n],
		columns->n, &entry, &is_new, layout->err))
		return false;
	if (!is_new)
		return psp_error_set(layout->err, PSP_ESETTINGS, NULL, 0, 0,
		    "two columns of the output would be called '%.*s': choose "
		    "another name for a score or a group",
		    PSP_SLICE_ARGS(columns->names[columns->n]));
	columns->items[columns->n].kind = kind;
	columns->items[columns->n].model = model;
	columns->items[columns->n].group = group;
	columns->n++;
	return true;
}

/* Adds the columns of a score. */
static bool
add_columns(struct layout *layout, size_t number)
{
	static const struct {
		enum cell_kind kind;
		const char *name;
	} after[] = {
		{ CELL_GRADE, "grade" },
		{ CELL_CLASS, "class" },
		{ CELL_COVERAGE, "coverage" },
		{ CELL_PROBABILITY, "probability" },
		{ CELL_LIFT, "lift" },
		{ CELL_REASONS, "reasons" },
		{ CELL_CONTEXT, "context" },
	};
	const struct psp_model *model = &layout->models->items[number];

	if (!add_column(layout, CELL_SCORE, number, 0, psp_slice_of("score")))
		return false;
	for (size_t i = 0; i < model->n_groups; i++)
		if (!add_column(
			layout, CELL_GROUP, number, i, model->groups[i].name))
			return false;
	for (size_t i = 0; i < sizeof(after) / sizeof(after[0]); i++) {
		if ((after[i].kind == CELL_GRADE && !model->has_grid)
		    || (after[i].kind == CELL_PROBABILITY
			&& !model->chance.is_there)
		    || (after[i].kind == CELL_LIFT
			&& model->chance.base_rate == 0))
			continue;
		if (!add_column(layout, after[i].kind, number, 0,
			psp_slice_of(after[i].name)))
			return false;
	}
	return true;
}

/* Takes room for `n` columns, none of which is there yet. */
static bool
take_room(struct psp_score_columns *columns, size_t n, struct psp_arena *arena,
    struct psp_error *err)
{
	columns->names =
	    psp_arena_array(arena, n, sizeof(*columns->names), err);
	columns->items =
	    psp_arena_array(arena, n, sizeof(*columns->items), err);
	columns->n = 0;
	return columns->names != NULL && columns->items != NULL;
}

/* Leaves the columns that --add names, in their order there. */
static bool
choose_columns(struct psp_score_columns *columns, const char *list,
    struct psp_arena *arena, struct psp_error *err)
{
	struct psp_score_columns all = *columns;
	struct psp_slices known = { all.names, all.n };
	struct psp_slice word;
	size_t i;

	if (list == NULL)
		return true;
	if (!take_room(columns, all.n, arena, err))
		return false;
	while (psp_listed_next(&list, &word)) {
		for (i = 0; i < known.n; i++)
			if (psp_slice_equal(known.items[i], word))
				break;
		if (i == known.n)
			return psp_listed_refuse("add", word, known, err);
		for (size_t j = 0; j < columns->n; j++)
			if (psp_slice_equal(columns->names[j], word))
				return psp_error_set(err, PSP_EUSAGE, NULL, 0,
				    0,
				    "--add: '%.*s' is named twice; name it "
				    "once",
				    PSP_SLICE_ARGS(word));
		columns->names[columns->n] = known.items[i];
		columns->items[columns->n++] = all.items[i];
	}
	return true;
}

/* Finds the columns that show classes, and whether any shows reasons. */
static bool
find_classes(struct psp_score_columns *columns, size_t n_models,
    struct psp_arena *arena, struct psp_error *err)
{
	columns->class_at =
	    psp_arena_array(arena, n_models, sizeof(*columns->class_at), err);
	if (columns->class_at == NULL)
		return false;
	for (size_t i = 0; i < n_models; i++)
		columns->class_at[i] = SIZE_MAX;
	for (size_t i = 0; i < columns->n; i++) {
		if (columns->items[i].kind == CELL_CLASS)
			columns->class_at[columns->items[i].model] = i;
		if (columns->items[i].kind == CELL_REASONS)
			columns->has_reasons = true;
	}
	return true;
}

bool
psp_score_columns_init(struct psp_score_columns *columns,
    const struct psp_models *models, const char *add, struct psp_arena *arena,
    struct psp_error *err)
{
	struct layout layout = { columns, models, arena, err, { 0 } };
	bool is_done = true;
	size_t n = 0;

	for (size_t i = 0; i < models->n; i++)
		n += models->items[i].n_groups + 8;
	if (!take_room(columns, n, arena, err))
		return false;
	psp_map_init(&layout.names);
	for (size_t i = 0; i < models->n && is_done; i++)
		is_done = add_columns(&layout, i);
	psp_map_clear(&layout.names);
	return is_done && choose_columns(columns, add, arena, err)
	       && find_classes(columns, models->n, arena, err);
}

bool
psp_score_cells_init(struct psp_score_cells *cells,
    const struct psp_score_columns *columns, const struct psp_models *models,
    struct psp_error *err)
{
	size_t n_rules = 0;

	for (size_t i = 0; i < models->n; i++)
		if (models->items[i].n_rules > n_rules)
			n_rules = models->items[i].n_rules;
	cells->items = calloc(columns->n + 1, sizeof(*cells->items));
	cells->digits = calloc(columns->n + 1, sizeof(*cells->digits));
	cells->words = calloc(columns->n + 1, sizeof(*cells->words));
	cells->order = calloc(n_rules + 1, sizeof(*cells->order));
	if (cells->items == NULL || cells->digits == NULL
	    || cells->words == NULL || cells->order == NULL)
		return psp_error_memory(err);
	cells->n = columns->n;
	return true;
}

void
psp_score_cells_clear(struct psp_score_cells *cells)
{
	for (size_t i = 0; cells->words != NULL && i < cells->n; i++)
		psp_buffer_clear(&cells->words[i]);
	free(cells->items);
	free(cells->digits);
	free(cells->words);
	free(cells->order);
	memset(cells, 0, sizeof(*cells));
}

/* Null where the text is empty. */
static struct psp_cell
text_cell(struct psp_slice text)
{
	struct psp_cell cell = psp_cell_text(text);

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

struct psp_cell
psp_points_cell(int64_t points, char *digits)
{
	struct psp_cell cell = { PSP_CELL_NUMBER, { digits, 0 } };

	cell.text.size = psp_points_format(points, false, digits);
	return cell;
}

struct psp_cell
psp_class_cell(
    const struct psp_model *model, size_t class_index, bool is_disqualified)
{
	if (is_disqualified)
		return text_cell(psp_slice_of("disqualified"));
	if (class_index != SIZE_MAX)
		return text_cell(model->classes[class_index].name);
	return text_cell(psp_slice(NULL, 0));
}

static struct psp_cell
lift_cell(const struct psp_score *score, char *digits)
{
	struct psp_cell cell = psp_points_cell(score->lift, digits);

	if (score->chance == 0)
		cell.kind = PSP_CELL_NULL;
	return cell;
}

/* Cells of numbers and names; false for those of more words. */
static bool
fill_plain(struct psp_cell *cell, char *digits,
    const struct psp_score_column *column, const struct psp_model *model,
    const struct psp_score *score)
{
	switch (column->kind) {
	case CELL_SCORE:
		*cell = psp_points_cell(score->total, digits);
		return true;
	case CELL_GROUP:
		*cell = psp_points_cell(score->groups[column->group], digits);
		return true;
	case CELL_GRADE:
		*cell = text_cell(psp_slice(score->grade, score->grade_size));
		return true;
	case CELL_CLASS:
		*cell = psp_class_cell(model, score->class_index,
		    score->disqualified_by != SIZE_MAX);
		return true;
	case CELL_COVERAGE:
		*cell = rate_cell(score->coverage, digits);
		return true;
	case CELL_PROBABILITY:
		*cell =
		    rate_cell(score->chance > 0 ? score->chance : -1, digits);
		return true;
	case CELL_LIFT:
		*cell = lift_cell(score, digits);
		return true;
	case CELL_REASONS:
	case CELL_CONTEXT:
		break;
	}
	return false;
}

bool
psp_score_cells_fill(struct psp_score_cells *cells,
    const struct psp_score_columns *columns,
    struct psp_score_plan *const *plans, const struct psp_score *scores,
    struct psp_error *err)
{
	for (size_t i = 0; i < columns->n; i++) {
		const struct psp_score_column *column = &columns->items[i];
		const struct psp_score_plan *plan = plans[column->model];
		const struct psp_score *score = &scores[column->model];
		struct psp_buffer *words = &cells->words[i];

		if (fill_plain(&cells->items[i], cells->digits[i], column,
			plan->model, score))
			continue;
		if (column->kind == CELL_CONTEXT
			? !psp_context_put(plan, score, words, err)
			: !psp_reasons_put(
			    plan, score, cells->order, words, err))
			return false;
		cells->items[i] = text_cell(psp_buffer_content(words));
	}
	return true;
}
