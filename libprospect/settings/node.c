/* Nodes of settings: finding children, saying what is wrong with one. */
#include <config.h>

#include "libprospect/settings/node.h"

#include <stdarg.h>
#include <stdio.h>

#include "libprospect/base/buffer.h"
#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/settings/bytes.h"

const struct psp_node *
psp_node_get(const struct psp_node *map, const char *key)
{
	if (map == NULL || map->kind != PSP_NODE_MAP)
		return NULL;
	for (const struct psp_node *node = map->first; node != NULL;
	     node = node->next)
		if (psp_slice_is(node->key, key))
			return node;
	return NULL;
}

const char *
psp_node_kind_name(const struct psp_node *node)
{
	switch (node->kind) {
	case PSP_NODE_MAP:
		return _("a map");
	case PSP_NODE_LIST:
		return _("a list");
	default:
		return _("text");
	}
}

/* Adds a problem with its message in a format and arguments. */
static bool add_problem(const struct psp_node *node, size_t line, size_t column,
    struct psp_problems *problems, const char *format, va_list arguments)
    PSP_PRINTF(5, 0);

static bool
add_problem(const struct psp_node *node, size_t line, size_t column,
    struct psp_problems *problems, const char *format, va_list arguments)
{
	struct psp_error problem;

	psp_error_init(&problem);
	psp_error_setv(&problem, PSP_ESETTINGS, NULL, 0, 0, format, arguments);
	psp_bytes_join_lines(problem.message);
	return psp_problems_add(problems, PSP_ESETTINGS, node->file, line,
	    column, "%s", problem.message);
}

bool
psp_node_problem(const struct psp_node *node, struct psp_problems *problems,
    const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add_problem(
	    node, node->line, node->column, problems, format, arguments);
	va_end(arguments);
	return false;
}

bool
psp_node_key_problem(const struct psp_node *node, struct psp_problems *problems,
    const char *format, ...)
{
	bool has_key = node->key_line > 0;
	va_list arguments;

	va_start(arguments, format);
	add_problem(node, has_key ? node->key_line : node->line,
	    has_key ? node->key_column : node->column, problems, format,
	    arguments);
	va_end(arguments);
	return false;
}

/* Appends ", name" to the list; false when it is full. */
static bool
add_name(char *list, size_t *used, size_t size, struct psp_slice name)
{
	if (*used + name.size + 6 > size) {
		memcpy(list + *used, ", ...", 6);
		return false;
	}
	if (*used > 0) {
		memcpy(list + *used, ", ", 2);
		*used += 2;
	}
	memcpy(list + *used, name.bytes, name.size);
	*used += name.size;
	list[*used] = '\0';
	return true;
}

bool
psp_node_unknown_key(const struct psp_node *node, const char *where,
    struct psp_slices known, struct psp_problems *problems)
{
	struct psp_slice nearest;
	char list[300] = "";
	size_t used = 0;

	if (psp_problems_full(problems))
		return false;
	nearest = psp_text_nearest(node->key, known);
	for (size_t i = 0; i < known.n; i++)
		if (!add_name(list, &used, sizeof(list), known.items[i]))
			break;
	if (nearest.size > 0)
		return psp_node_key_problem(node, problems,
		    "unknown key '%.*s' in %s; did you mean '%.*s'? "
		    "(known: %s)",
		    PSP_SLICE_ARGS(node->key), _(where),
		    PSP_SLICE_ARGS(nearest), list);
	return psp_node_key_problem(node, problems,
	    "unknown key '%.*s' in %s (known: %s)", PSP_SLICE_ARGS(node->key),
	    _(where), known.n > 0 ? list : _("none"));
}
