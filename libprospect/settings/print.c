/*
 * A tree of settings as block YAML that reads back as the same tree. A text
 * stands bare when it was bare and can be, else in single quotes, and in
 * double quotes when it holds what only an escape can tell.
 */
#include <config.h>

#include "libprospect/settings/settings.h"

#include "libprospect/base/text.h"

/*
 * A longer key is announced by '?': YAML wants the ':' within 1,024 characters,
 * and an escape may take six of them for a byte.
 */
enum { MAX_SIMPLE_KEY = 160 };

static bool
print_indent(size_t indent, struct psp_buffer *out, struct psp_error *err)
{
	for (size_t i = 0; i < indent; i++)
		if (!psp_buffer_append(out, "  ", 2, err))
			return false;
	return true;
}

/* Characters that YAML takes only as an escape in double quotes. */
static bool
needs_escape(uint32_t c)
{
	return c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029
	       || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
}

static bool
has_escapes(struct psp_slice text)
{
	size_t at = 0;

	while (at < text.size)
		if (needs_escape(psp_utf8_next(text, &at)))
			return true;
	return false;
}

/* Whether `text` reads back as itself without quotes, as value or as key. */
static bool
can_be_bare(struct psp_slice text)
{
	const char *bytes = text.bytes;
	size_t n = text.size;

	if (n == 0 || has_escapes(text))
		return false;
	if (bytes[0] == ' ' || bytes[n - 1] == ' ' || bytes[n - 1] == ':')
		return false;
	if (memchr(",[]{}#&*!|>'\"%@`", bytes[0], 16) != NULL)
		return false;
	if (memchr("-?:", bytes[0], 3) != NULL && (n == 1 || bytes[1] == ' '))
		return false;
	if (n >= 3
	    && (memcmp(bytes, "---", 3) == 0 || memcmp(bytes, "...", 3) == 0))
		return false;
	for (size_t i = 1; i < n; i++)
		if ((bytes[i - 1] == ':' && bytes[i] == ' ')
		    || (bytes[i - 1] == ' ' && bytes[i] == '#'))
			return false;
	return true;
}

static bool
print_escaped(
    struct psp_slice text, struct psp_buffer *out, struct psp_error *err)
{
	size_t at = 0, start;
	uint32_t c;
	bool is_done = psp_buffer_put(out, '"', err);

	while (is_done && at < text.size) {
		start = at;
		c = psp_utf8_next(text, &at);
		if (c == '\n')
			is_done = psp_buffer_append(out, "\\n", 2, err);
		else if (c == '\t')
			is_done = psp_buffer_append(out, "\\t", 2, err);
		else if (c == '"' || c == '\\')
			is_done = psp_buffer_format(out, err, "\\%c", (int)c);
		else if (needs_escape(c))
			is_done =
			    psp_buffer_format(out, err, "\\u%04X", (unsigned)c);
		else
			is_done = psp_buffer_append(
			    out, text.bytes + start, at - start, err);
	}
	return is_done && psp_buffer_put(out, '"', err);
}

static bool
print_text(struct psp_slice text, bool is_quoted, struct psp_buffer *out,
    struct psp_error *err)
{
	bool is_done;

	if (!is_quoted && (text.size == 0 || can_be_bare(text)))
		return psp_buffer_slice(out, text, err);
	if (has_escapes(text))
		return print_escaped(text, out, err);
	is_done = psp_buffer_put(out, '\'', err);
	for (size_t i = 0; is_done && i < text.size; i++) {
		is_done = psp_buffer_put(out, text.bytes[i], err);
		if (is_done && text.bytes[i] == '\'')
			is_done = psp_buffer_put(out, '\'', err);
	}
	return is_done && psp_buffer_put(out, '\'', err);
}

static bool print_children(const struct psp_node *node, size_t indent,
    bool is_begun, struct psp_buffer *out, struct psp_error *err);

/*
 * Prints a value after `key:` or `-`, with the blank before it and the end of
 * line; the children of a collection stand at `indent`. A collection in a list
 * begins on the line of its '-'.
 */
static bool
print_value(const struct psp_node *node, size_t indent, bool is_item,
    struct psp_buffer *out, struct psp_error *err)
{
	if (node->kind == PSP_NODE_SCALAR) {
		if (node->text.size == 0 && !node->is_quoted)
			return psp_buffer_put(out, '\n', err);
		return psp_buffer_put(out, ' ', err)
		       && print_text(node->text, node->is_quoted, out, err)
		       && psp_buffer_put(out, '\n', err);
	}
	if (node->first == NULL)
		return psp_buffer_append(out,
		    node->kind == PSP_NODE_MAP ? " {}\n" : " []\n", 4, err);
	return psp_buffer_put(out, is_item ? ' ' : '\n', err)
	       && print_children(node, indent, is_item, out, err);
}

/* Prints the key of `node` and ':'. */
static bool
print_key(const struct psp_node *node, size_t indent, struct psp_buffer *out,
    struct psp_error *err)
{
	/* A bare key with a no-break space at an end is taken for a slip. */
	bool is_quoted = node->key.size == 0 || !can_be_bare(node->key)
	                 || psp_text_trim(node->key).size != node->key.size;

	if (node->key.size <= MAX_SIMPLE_KEY)
		return print_text(node->key, is_quoted, out, err)
		       && psp_buffer_put(out, ':', err);
	return psp_buffer_append(out, "? ", 2, err)
	       && print_text(node->key, is_quoted, out, err)
	       && psp_buffer_put(out, '\n', err)
	       && print_indent(indent, out, err)
	       && psp_buffer_put(out, ':', err);
}

/*
 * Prints the children of `node` at `indent`; `is_begun` when the first one's
 * indentation stands already. Depth is that of the tree.
 */
static bool
print_children(const struct psp_node *node, size_t indent, bool is_begun,
    struct psp_buffer *out, struct psp_error *err)
{
	for (const struct psp_node *child = node->first; child != NULL;
	     child = child->next) {
		if (!is_begun && !print_indent(indent, out, err))
			return false;
		is_begun = false;
		if (node->kind == PSP_NODE_MAP
			? !print_key(child, indent, out, err)
			: !psp_buffer_put(out, '-', err))
			return false;
		if (!print_value(child, indent + 1, node->kind == PSP_NODE_LIST,
			out, err))
			return false;
	}
	return true;
}

bool
psp_settings_print(
    const struct psp_node *node, struct psp_buffer *out, struct psp_error *err)
{
	if (node->kind == PSP_NODE_SCALAR)
		return print_text(node->text, node->is_quoted, out, err)
		       && psp_buffer_put(out, '\n', err);
	if (node->first == NULL)
		return psp_buffer_append(
		    out, node->kind == PSP_NODE_MAP ? "{}\n" : "[]\n", 3, err);
	return print_children(node, 0, false, out, err);
}
