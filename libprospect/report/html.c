/*
 * A row of the table a line. A cell is appended first and then escaped where it
 * lies, from its end backwards, so that nothing is copied aside.
 */
#include <config.h>

#include "libprospect/report/html.h"

#include "libprospect/report/display.h"

/* The policy lets nothing in, so that no cell can, whatever it holds. */
static const char page_begins[] =
    "<!DOCTYPE html>\n"
    "<html>\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\""
    " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<title>prospect</title>\n"
    "<style>\n"
    "body { font: 15px/1.4 system-ui, sans-serif; margin: 1em }\n"
    "table { border-collapse: collapse }\n"
    "th, td { padding: .3em .8em; text-align: left; vertical-align: top;\n"
    "\tborder-bottom: 1px solid #8884 }\n"
    "thead th { position: sticky; top: 0; background: Canvas;\n"
    "\tborder-bottom: 2px solid #888 }\n"
    "tbody tr:nth-child(even) { background: #8881 }\n"
    ".n { text-align: right; white-space: nowrap;\n"
    "\tfont-variant-numeric: tabular-nums }\n"
    "@media print { thead th { position: static } tr { break-inside: avoid } "
    "}\n"
    "</style>\n"
    "</head>\n"
    "<body>\n"
    "<table>\n";

static const char page_ends[] = "</body>\n</html>\n";

/* What stands for `c` in text or a quoted attribute; NULL: itself. */
static const char *
entity_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return NULL;
	}
}

static bool
put(struct psp_buffer *buffer, const char *text, struct psp_error *err)
{
	return psp_buffer_slice(buffer, psp_slice_of(text), err);
}

/* Puts entities for all signs of markup from `start` on. */
static bool
escape_from(struct psp_buffer *buffer, size_t start, struct psp_error *err)
{
	size_t n_more = 0, from = buffer->size, to;
	const char *entity;

	for (size_t i = start; i < buffer->size; i++) {
		entity = entity_of(buffer->bytes[i]);
		if (entity != NULL)
			n_more += strlen(entity) - 1;
	}
	if (n_more == 0)
		return true;
	if (!psp_buffer_reserve(buffer, n_more, err))
		return false;
	buffer->size += n_more;
	to = buffer->size;
	while (to > from) {
		char c = buffer->bytes[--from];

		entity = entity_of(c);
		if (entity == NULL) {
			buffer->bytes[--to] = c;
		} else {
			to -= strlen(entity);
			memcpy(buffer->bytes + to, entity, strlen(entity));
		}
	}
	return true;
}

static bool
put_line(struct psp_buffer *buffer, struct psp_slice line,
    enum psp_cell_kind kind, struct psp_error *err)
{
	size_t start = buffer->size;

	return line.size == 0
	       || (psp_display_put(buffer, line, kind, err)
		   && escape_from(buffer, start, err));
}

/* Appends a cell line by line, each line end a break. */
static bool
put_cell(struct psp_buffer *buffer, struct psp_slice text,
    enum psp_cell_kind kind, struct psp_error *err)
{
	size_t line = 0;

	for (size_t i = 0; i < text.size; i++) {
		size_t end = i;

		if (text.bytes[i] != '\n' && text.bytes[i] != '\r')
			continue;
		if (text.bytes[i] == '\r' && i + 1 < text.size
		    && text.bytes[i + 1] == '\n')
			i++;
		if (!put_line(buffer, psp_slice(text.bytes + line, end - line),
			kind, err)
		    || !put(buffer, "<br>", err))
			return false;
		line = i + 1;
	}
	return line >= text.size
	       || put_line(buffer,
		   psp_slice(text.bytes + line, text.size - line), kind, err);
}

static bool
html_row(struct psp_writer *writer, struct psp_buffer *buffer,
    struct psp_record *record, const struct psp_cell *cells,
    struct psp_error *err)
{
	const struct psp_layout *layout = psp_writer_layout(writer);

	if (!put(buffer, "<tr>", err))
		return false;
	for (size_t i = 0; i < layout->n_columns; i++) {
		enum psp_cell_kind kind;
		struct psp_slice text =
		    psp_display_cell(&layout->columns[i], record, cells, &kind);
		bool is_number =
		    kind == PSP_CELL_NUMBER || kind == PSP_CELL_RATE;

		if (!put(buffer, is_number ? "<td class=\"n\">" : "<td>", err)
		    || !put_cell(buffer, text, kind, err)
		    || !put(buffer, "</td>", err))
			return false;
	}
	return put(buffer, "</tr>\n", err);
}

static bool
html_begin(
    struct psp_writer *writer, struct psp_buffer *buffer, struct psp_error *err)
{
	const struct psp_layout *layout = psp_writer_layout(writer);

	if (!put(buffer, page_begins, err)
	    || !put(buffer, "<thead>\n<tr>", err))
		return false;
	for (size_t i = 0; i < layout->n_columns; i++)
		if (!put(buffer, "<th scope=\"col\">", err)
		    || !put_cell(buffer, psp_display_name(&layout->columns[i]),
			PSP_CELL_TEXT, err)
		    || !put(buffer, "</th>", err))
			return false;
	return put(buffer, "</tr>\n</thead>\n<tbody>\n", err);
}

/* The remarks of a report stand below the table. */
static bool
put_remarks(const struct psp_writer *writer, struct psp_buffer *buffer,
    struct psp_error *err)
{
	struct psp_slices remarks = psp_writer_options(writer)->remarks;

	for (size_t i = 0; i < remarks.n; i++)
		if (!put(buffer, "<p>", err)
		    || !put_cell(buffer, remarks.items[i], PSP_CELL_TEXT, err)
		    || !put(buffer, "</p>\n", err))
			return false;
	return true;
}

static bool
html_end(
    struct psp_writer *writer, struct psp_buffer *buffer, struct psp_error *err)
{
	return put(buffer, "</tbody>\n</table>\n", err)
	       && put_remarks(writer, buffer, err)
	       && put(buffer, page_ends, err);
}

const struct psp_format psp_format_html = {
	.name = "html",
	.begin = html_begin,
	.row = html_row,
	.end = html_end,
	.is_for_people = true,
};
