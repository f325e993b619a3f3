/*
 * Each row is kept as its cells, ready to be shown, one after the other:
 * a struct kept_cell and the bytes of its text. At the end they are walked
 * twice, once for the widths (shared out by fit.c) and once to be drawn.
 */
#include <config.h>

#include "libprospect/report/table.h"

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/report/display.h"
#include "libprospect/report/fit.h"

#include <stdlib.h>

enum {
	LEAST_TEXT = 12, /* a text column is not cut below this width */
	LEAST_NAME = 6   /* nor the header of a number */
};

struct kept_cell {
	size_t size;
	enum psp_cell_kind kind;
};

struct table_state {
	struct psp_buffer rows;
	size_t n_rows;
};

/* What is learnt of a column before it is drawn. */
struct column {
	struct psp_slice name; /* ready to be shown */
	size_t cell_width;     /* of the widest cell */
	bool has_number;       /* one of ours */
	bool has_numeric;      /* a text that looks like a number */
	bool has_text;         /* one that does not */
};

struct drawing {
	const struct psp_writer_options *options;
	struct psp_buffer *out;
	struct column *columns;
	struct psp_fit *fits;
	size_t n_columns;
	size_t last_shown;
};

static bool
keep_cell(struct psp_buffer *buffer, struct psp_slice text,
    enum psp_cell_kind kind, struct psp_error *err)
{
	struct kept_cell head = { 0, kind };
	size_t at = buffer->size;

	if (!psp_buffer_append(buffer, &head, sizeof(head), err)
	    || !psp_display_put(buffer, text, kind, err))
		return false;
	head.size = buffer->size - at - sizeof(head);
	memcpy(buffer->bytes + at, &head, sizeof(head));
	return true;
}

/* The next kept cell of `*rest`, which moves past it. */
static struct psp_slice
take_cell(struct psp_slice *rest, enum psp_cell_kind *kind)
{
	struct kept_cell head;
	struct psp_slice text;

	memcpy(&head, rest->bytes, sizeof(head));
	text = psp_slice(rest->bytes + sizeof(head), head.size);
	rest->bytes += sizeof(head) + head.size;
	rest->size -= sizeof(head) + head.size;
	*kind = head.kind;
	return text;
}

static bool
table_row(struct psp_writer *writer, struct psp_buffer *buffer,
    struct psp_record *record, const struct psp_cell *cells,
    struct psp_error *err)
{
	const struct psp_layout *layout = psp_writer_layout(writer);

	for (size_t i = 0; i < layout->n_columns; i++) {
		enum psp_cell_kind kind;
		struct psp_slice text =
		    psp_display_cell(&layout->columns[i], record, cells, &kind);

		if (!keep_cell(buffer, text, kind, err))
			return false;
	}
	return true;
}

static bool
table_accept(struct psp_writer *writer, struct psp_slice bytes, size_t n_rows,
    struct psp_buffer *buffer, struct psp_error *err)
{
	struct table_state *state = psp_writer_state(writer);

	(void)buffer;
	if (!psp_buffer_slice(&state->rows, bytes, err))
		return false;
	state->n_rows += n_rows;
	return true;
}

/* Whether `text` reads as a number: digits, signs of numbers, spaces. */
static bool
looks_numeric(struct psp_slice text)
{
	size_t i = 0, n_digits = 0;

	while (i < text.size) {
		uint32_t c = psp_utf8_next(text, &i);

		if (c >= '0' && c <= '9')
			n_digits++;
		else if (c == '-' || c == '+'
			     ? n_digits > 0
			     : c != '.' && c != ',' && c != ' ' && c != '%'
				   && c != 0xA0 && c != 0x202F && c != 0x20AC)
			return false;
	}
	return n_digits > 0;
}

static void
learn_cell(
    struct column *column, struct psp_slice text, enum psp_cell_kind kind)
{
	size_t width = psp_text_width(text);

	if (width > column->cell_width)
		column->cell_width = width;
	if (kind == PSP_CELL_NUMBER || kind == PSP_CELL_RATE)
		column->has_number = true;
	else if (looks_numeric(text))
		column->has_numeric = true;
	else if (text.size > 0)
		column->has_text = true;
}

/* Whether the column is set to the right. */
static bool
is_right(const struct column *column)
{
	return column->has_number || (column->has_numeric && !column->has_text);
}

static struct psp_fit
fit_of(const struct column *column, bool is_ours)
{
	struct psp_fit fit = { 0 };
	size_t name_width = psp_text_width(column->name);
	size_t least = LEAST_TEXT;

	fit.is_ours = is_ours;
	fit.natural =
	    name_width > column->cell_width ? name_width : column->cell_width;
	if (is_right(column))
		least = column->cell_width > LEAST_NAME ? column->cell_width
		                                        : LEAST_NAME;
	fit.least = least;
	return fit;
}

static bool
put_times(struct psp_buffer *out, struct psp_slice text, size_t n,
    struct psp_error *err)
{
	for (size_t i = 0; i < n; i++)
		if (!psp_buffer_slice(out, text, err))
			return false;
	return true;
}

/* Appends what fits of `text` in `width` and the mark of a cut. */
static bool
put_cut(struct drawing *drawing, struct psp_slice text, size_t width,
    size_t *shown_width, struct psp_error *err)
{
	struct psp_slice mark =
	    psp_slice_of(drawing->options->ascii ? "..." : "\xE2\x80\xA6");
	size_t mark_width = drawing->options->ascii ? 3 : 1;
	size_t end = 0, next = 0, used = 0;

	if (mark_width > width) {
		mark = psp_slice(mark.bytes, width);
		mark_width = width;
	}
	while (next < text.size) {
		psp_utf8_next(text, &next);
		used += psp_text_width(psp_slice(text.bytes + end, next - end));
		if (used > width - mark_width)
			break;
		end = next;
		*shown_width = used;
	}
	*shown_width += mark_width;
	return psp_buffer_append(drawing->out, text.bytes, end, err)
	       && psp_buffer_slice(drawing->out, mark, err);
}

/* Draws a cell of column `index` with the blanks that belong to it. */
static bool
draw_cell(struct drawing *drawing, size_t index, struct psp_slice text,
    struct psp_error *err)
{
	const struct psp_slice blank = psp_slice_of(" ");
	struct psp_buffer *out = drawing->out;
	size_t width = drawing->fits[index].width;
	size_t text_width = psp_text_width(text), cut_width = 0;
	bool is_to_right = is_right(&drawing->columns[index]);

	if (text_width > width) {
		if (!put_cut(drawing, text, width, &cut_width, err))
			return false;
		text_width = cut_width;
	} else {
		if (is_to_right
		    && !put_times(out, blank, width - text_width, err))
			return false;
		if (!psp_buffer_slice(out, text, err))
			return false;
		if (is_to_right)
			text_width = width;
	}
	if (index == drawing->last_shown)
		return true;
	return put_times(out, blank, width - text_width + PSP_FIT_GAP, err);
}

/* Ends a line, without the blanks before its end. */
static bool
end_line(struct psp_buffer *out, size_t start, struct psp_error *err)
{
	while (out->size > start && out->bytes[out->size - 1] == ' ')
		out->size--;
	return psp_buffer_put(out, '\n', err);
}

static bool
draw_header(struct drawing *drawing, struct psp_error *err)
{
	struct psp_buffer *out = drawing->out;
	struct psp_slice line =
	    psp_slice_of(drawing->options->ascii ? "-" : "\xE2\x94\x80");
	size_t start = out->size;

	for (size_t i = 0; i < drawing->n_columns; i++)
		if (drawing->fits[i].is_shown
		    && !draw_cell(drawing, i, drawing->columns[i].name, err))
			return false;
	if (!end_line(out, start, err))
		return false;
	for (size_t i = 0; i < drawing->n_columns; i++) {
		size_t gap = i != drawing->last_shown ? PSP_FIT_GAP : 0;

		if (!drawing->fits[i].is_shown)
			continue;
		if (!put_times(out, line, drawing->fits[i].width, err)
		    || !psp_buffer_append(out, "  ", gap, err))
			return false;
	}
	return psp_buffer_put(out, '\n', err);
}

static bool
draw_rows(struct drawing *drawing, const struct table_state *state,
    struct psp_error *err)
{
	struct psp_slice rest = psp_buffer_content(&state->rows);

	for (size_t row = 0; row < state->n_rows; row++) {
		size_t start = drawing->out->size;

		for (size_t i = 0; i < drawing->n_columns; i++) {
			enum psp_cell_kind kind;
			struct psp_slice text = take_cell(&rest, &kind);

			if (drawing->fits[i].is_shown
			    && !draw_cell(drawing, i, text, err))
				return false;
		}
		if (!end_line(drawing->out, start, err))
			return false;
	}
	return true;
}

/* Names the columns that are not shown, in lines that fit. */
static bool
draw_left_out(struct drawing *drawing, struct psp_error *err)
{
	struct psp_slice lead = psp_slice_of(_("\ncolumns left out: "));
	struct psp_buffer *out = drawing->out;
	size_t used = psp_text_width(lead);
	bool is_first = true;

	for (size_t i = 0; i < drawing->n_columns; i++) {
		struct psp_slice name = drawing->columns[i].name;
		size_t width = psp_text_width(name) + 1;

		if (drawing->fits[i].is_shown)
			continue;
		if (is_first) {
			if (!psp_buffer_slice(out, lead, err))
				return false;
		} else if (used + 1 + width > drawing->options->width) {
			if (!psp_buffer_append(out, ",\n  ", 4, err))
				return false;
			used = 2;
		} else if (!psp_buffer_append(out, ", ", 2, err)) {
			return false;
		}
		if (!psp_buffer_slice(out, name, err))
			return false;
		used += 1 + width;
		is_first = false;
	}
	return is_first || psp_buffer_put(out, '\n', err);
}

/* Learns the columns from the kept cells and shares out the room. */
static void
measure(struct drawing *drawing, const struct psp_layout *layout,
    const struct table_state *state, struct psp_slice names)
{
	struct psp_slice rest = psp_buffer_content(&state->rows);
	enum psp_cell_kind kind;

	for (size_t i = 0; i < drawing->n_columns; i++)
		drawing->columns[i].name = take_cell(&names, &kind);
	for (size_t row = 0; row < state->n_rows; row++)
		for (size_t i = 0; i < drawing->n_columns; i++) {
			struct psp_slice text = take_cell(&rest, &kind);

			learn_cell(&drawing->columns[i], text, kind);
		}
	for (size_t i = 0; i < drawing->n_columns; i++)
		drawing->fits[i] =
		    fit_of(&drawing->columns[i], !layout->columns[i].is_input);
	psp_fit_columns(
	    drawing->fits, drawing->n_columns, drawing->options->width);
	for (size_t i = 0; i < drawing->n_columns; i++)
		if (drawing->fits[i].is_shown)
			drawing->last_shown = i;
}

static bool
table_end(
    struct psp_writer *writer, struct psp_buffer *buffer, struct psp_error *err)
{
	const struct psp_layout *layout = psp_writer_layout(writer);
	const struct table_state *state = psp_writer_state(writer);
	struct drawing drawing = { 0 };
	struct psp_arena arena;
	struct psp_buffer names;
	bool is_drawn = false;

	if (layout->n_columns == 0)
		return true;
	psp_arena_init(&arena);
	psp_buffer_init(&names);
	drawing.options = psp_writer_options(writer);
	drawing.out = buffer;
	drawing.n_columns = layout->n_columns;
	drawing.columns = psp_arena_array(
	    &arena, layout->n_columns, sizeof(*drawing.columns), err);
	drawing.fits = psp_arena_array(
	    &arena, layout->n_columns, sizeof(*drawing.fits), err);
	if (drawing.columns == NULL || drawing.fits == NULL)
		goto done;
	for (size_t i = 0; i < layout->n_columns; i++)
		if (!keep_cell(&names, psp_display_name(&layout->columns[i]),
			PSP_CELL_TEXT, err))
			goto done;
	measure(&drawing, layout, state, psp_buffer_content(&names));
	is_drawn = draw_header(&drawing, err) && draw_rows(&drawing, state, err)
	           && draw_left_out(&drawing, err)
	           && psp_display_remarks(writer, buffer, err);
done:
	psp_buffer_clear(&names);
	psp_arena_clear(&arena);
	return is_drawn;
}

static void
table_close(struct psp_writer *writer)
{
	struct table_state *state = psp_writer_state(writer);

	psp_buffer_clear(&state->rows);
}

const struct psp_format psp_format_table = {
	.name = "table",
	.row = table_row,
	.accept = table_accept,
	.end = table_end,
	.close = table_close,
	.is_for_people = true,
	.state_size = sizeof(struct table_state),
};
