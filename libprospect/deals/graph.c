/* The graph of the stages; see pages.h. */
#include <config.h>

#include "libprospect/deals/pages.h"
#include "libprospect/values/number.h"

/* Appends a text in double quotes, as DOT reads it. */
static bool
put_quoted(struct psp_buffer *page, struct psp_slice text,
    const char *second_line, struct psp_error *err)
{
	if (!psp_buffer_put(page, '"', err))
		return false;
	for (size_t i = 0; i < text.size; i++) {
		char byte = text.bytes[i];

		if ((byte == '"' || byte == '\\')
		    && !psp_buffer_put(page, '\\', err))
			return false;
		if (!psp_buffer_put(page, byte == '\n' ? ' ' : byte, err))
			return false;
	}
	return psp_buffer_format(page, err, "%s\"", second_line);
}

/* A stage: what ends a deal has a double line. */
static bool
put_node(const struct psp_stage *stage, struct psp_buffer *page,
    struct psp_error *err)
{
	char digits[32], chance[48] = "";
	bool is_end = stage->is_won || stage->is_lost;
	size_t size;

	if (stage->has_probability && !is_end) {
		size = psp_decimal_format(
		    stage->probability, PSP_NUMBER_SCALE / 100, digits);
		memcpy(chance, "\\n", 2);
		memcpy(chance + 2, digits, size);
		memcpy(chance + 2 + size, " %", 3);
	}
	return psp_buffer_append(page, "\t", 1, err)
	       && put_quoted(page, stage->name, "", err)
	       && psp_buffer_format(page, err, " [label=")
	       && put_quoted(page, stage->label, chance, err)
	       && psp_buffer_format(
		   page, err, "%s];\n", is_end ? ", peripheries=2" : "");
}

/* The moves from a stage; one that goes back is dashed. */
static bool
put_edges(const struct psp_handbook *handbook, size_t from,
    struct psp_buffer *page, struct psp_error *err)
{
	for (size_t to = 0; to < handbook->n_stages; to++) {
		bool is_back = to < from && !handbook->stages[to].is_lost;

		if ((handbook->stages[from].to >> to & 1) == 0)
			continue;
		if (!psp_buffer_append(page, "\t", 1, err)
		    || !put_quoted(page, handbook->stages[from].name, "", err)
		    || !psp_buffer_format(page, err, " -> ")
		    || !put_quoted(page, handbook->stages[to].name, "", err)
		    || !psp_buffer_format(
			page, err, "%s;\n", is_back ? " [style=dashed]" : ""))
			return false;
	}
	return true;
}

bool
psp_graph_put(const struct psp_handbook *handbook, struct psp_buffer *page,
    struct psp_error *err)
{
	if (!psp_buffer_format(page, err,
		"digraph stages {\n\trankdir=LR;\n"
		"\tnode [shape=box, style=rounded];\n"))
		return false;
	for (size_t i = 0; i < handbook->n_stages; i++)
		if (!put_node(&handbook->stages[i], page, err))
			return false;
	for (size_t i = 0; i < handbook->n_stages; i++)
		if (!put_edges(handbook, i, page, err))
			return false;
	return psp_buffer_format(page, err, "}\n");
}
