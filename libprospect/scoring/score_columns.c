/* Columns and cells of scores; see the header. */
#include <config.h>

#include "libprospect/scoring/score_columns.h"

#include <stdlib.h>

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
};

static void
add_column(struct psp_score_columns *columns, enum cell_kind kind, size_t group,
    struct psp_slice name)
{
	columns->names[columns->n] = name;
	columns->items[columns->n].kind = kind;
	columns->items[columns->n].group = group;
	if (kind == CELL_SCORE)
		columns->score_at = columns->n;
	if (kind == CELL_CLASS)
		columns->class_at = columns->n;
	columns->n++;
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
	columns->score_at = SIZE_MAX;
	columns->class_at = SIZE_MAX;
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
		add_column(columns, all.items[i].kind, all.items[i].group,
		    known.items[i]);
	}
	return true;
}

bool
psp_score_columns_init(struct psp_score_columns *columns,
    const struct psp_model *model, const char *add, struct psp_arena *arena,
    struct psp_error *err)
{
	if (!take_room(columns, model->n_groups + 8, arena, err))
		return false;
	add_column(columns, CELL_SCORE, 0, psp_slice_of("score"));
	for (size_t i = 0; i < model->n_groups; i++)
		add_column(columns, CELL_GROUP, i, model->groups[i].name);
	if (model->has_grid)
		add_column(columns, CELL_GRADE, 0, psp_slice_of("grade"));
	add_column(columns, CELL_CLASS, 0, psp_slice_of("class"));
	add_column(columns, CELL_COVERAGE, 0, psp_slice_of("coverage"));
	if (model->chance.is_there)
		add_column(
		    columns, CELL_PROBABILITY, 0, psp_slice_of("probability"));
	if (model->chance.base_rate > 0)
		add_column(columns, CELL_LIFT, 0, psp_slice_of("lift"));
	add_column(columns, CELL_REASONS, 0, psp_slice_of("reasons"));
	add_column(columns, CELL_CONTEXT, 0, psp_slice_of("context"));
	return choose_columns(columns, add, arena, err);
}

bool
psp_score_cells_init(struct psp_score_cells *cells,
    const struct psp_score_columns *columns, const struct psp_model *model,
    struct psp_error *err)
{
	cells->items = calloc(columns->n + 1, sizeof(*cells->items));
	cells->digits = calloc(columns->n + 1, sizeof(*cells->digits));
	cells->order = calloc(model->n_rules + 1, sizeof(*cells->order));
	if (cells->items == NULL || cells->digits == NULL
	    || cells->order == NULL)
		return psp_error_memory(err);
	return true;
}

void
psp_score_cells_clear(struct psp_score_cells *cells)
{
	free(cells->items);
	free(cells->digits);
	free(cells->order);
	psp_buffer_clear(&cells->reasons);
	psp_buffer_clear(&cells->context);
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
    const struct psp_score_columns *columns, const struct psp_score_plan *plan,
    const struct psp_score *score, struct psp_error *err)
{
	for (size_t i = 0; i < columns->n; i++) {
		struct psp_cell *cell = &cells->items[i];
		struct psp_buffer *words = &cells->reasons;

		if (fill_plain(cell, cells->digits[i], &columns->items[i],
			plan->model, score))
			continue;
		if (columns->items[i].kind == CELL_CONTEXT) {
			words = &cells->context;
			if (!psp_context_put(plan, score, words, err))
				return false;
		} else if (!psp_reasons_put(
			       plan, score, cells->order, words, err)) {
			return false;
		}
		*cell = text_cell(psp_buffer_content(words));
	}
	return true;
}
