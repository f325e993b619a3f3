/*
 * Two steps: choose columns by their least widths, then find the highest cap
 * at which the chosen ones fit together.
 */
#include <config.h>

#include "libprospect/report/fit.h"

enum { N_NAMING = 2 };

/* How much is taken by the columns shown and the gaps between them. */
struct choice {
	size_t room;
	size_t used;
	size_t n_shown;
};

/* Shows a column at its least width if there is room. */
static bool
show(struct choice *choice, struct psp_fit *column)
{
	size_t gap = choice->n_shown > 0 ? PSP_FIT_GAP : 0;
	size_t left = choice->room - choice->used;

	if (column->is_shown)
		return true;
	if (left < gap || left - gap < column->least)
		return false;
	column->is_shown = true;
	column->width = column->least;
	choice->used += gap + column->least;
	choice->n_shown++;
	return true;
}

static void
choose(struct choice *choice, struct psp_fit *columns, size_t n_columns)
{
	size_t n_naming = 0;

	for (size_t i = 0; i < n_columns && n_naming < N_NAMING; i++)
		if (!columns[i].is_ours) {
			show(choice, &columns[i]);
			n_naming++;
		}
	for (size_t i = 0; i < n_columns; i++)
		if (columns[i].is_ours)
			show(choice, &columns[i]);
	for (size_t i = 0; i < n_columns; i++)
		if (!columns[i].is_ours && !show(choice, &columns[i]))
			break;
	if (choice->n_shown == 0) {
		columns[0].least = choice->room;
		show(choice, &columns[0]);
	}
}

/* The width of a column under `cap`. */
static size_t
width_under(const struct psp_fit *column, size_t cap)
{
	if (column->natural <= cap)
		return column->natural;
	return cap > column->least ? cap : column->least;
}

/* Whether the columns shown fit in `room`, without gaps, under `cap`. */
static bool
fits(const struct psp_fit *columns, size_t n_columns, size_t room, size_t cap)
{
	for (size_t i = 0; i < n_columns; i++) {
		size_t width = width_under(&columns[i], cap);

		if (!columns[i].is_shown)
			continue;
		if (width > room)
			return false;
		room -= width;
	}
	return true;
}

/* Gives the room, without gaps, to the columns shown. */
static void
widen(struct psp_fit *columns, size_t n_columns, size_t room)
{
	size_t cap = 0, too_high = room + 1;

	while (too_high - cap > 1) {
		size_t middle = cap + (too_high - cap) / 2;

		if (fits(columns, n_columns, room, middle))
			cap = middle;
		else
			too_high = middle;
	}
	for (size_t i = 0; i < n_columns; i++)
		if (columns[i].is_shown) {
			columns[i].width = width_under(&columns[i], cap);
			room -= columns[i].width;
		}
	for (size_t i = 0; i < n_columns && room > 0; i++)
		if (columns[i].is_shown
		    && columns[i].width < columns[i].natural) {
			columns[i].width++;
			room--;
		}
}

void
psp_fit_columns(struct psp_fit *columns, size_t n_columns, size_t room)
{
	struct choice choice = { room, 0, 0 };

	for (size_t i = 0; i < n_columns; i++) {
		columns[i].is_shown = room == 0;
		columns[i].width = columns[i].natural;
		if (columns[i].least > columns[i].natural)
			columns[i].least = columns[i].natural;
	}
	if (room == 0 || n_columns == 0)
		return;
	choose(&choice, columns, n_columns);
	widen(columns, n_columns, room - (choice.n_shown - 1) * PSP_FIT_GAP);
}
