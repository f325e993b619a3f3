/*
 * Events of libyaml to a tree of nodes. Depth and nodes are counted as events
 * arrive, so that a hostile file is left early: libyaml reads ahead by no more
 * than a line of 1,024 characters, and only its nesting costs more than time
 * in proportion. Why libyaml stopped is put into words by slips.c; what a
 * value means is left to keys.c.
 *
 * There is no recursion: the open maps and lists are a stack of frames. A map
 * gets events in pairs; `has_key` tells which of the two is next.
 */
#include <config.h>

#include "libprospect/settings/yaml.h"

#include <yaml.h>

#include "libprospect/base/map.h"
#include "libprospect/base/text.h"
#include "libprospect/settings/bytes.h"
#include "libprospect/settings/slips.h"
#include "libprospect/settings/spot.h"

/* An open map or list. */
struct frame {
	struct psp_node *node;
	struct psp_node *last; /* child */
	size_t number;         /* tells its keys from those of other maps */
	bool has_key;          /* of a map: the next event is a value */
	bool is_dropped;       /* of a map: and that value is not wanted */
	struct psp_slice key;
	size_t key_line, key_column;
};

struct reading {
	yaml_parser_t parser;
	struct psp_slice text;
	const char *name;
	struct psp_arena *arena;
	struct psp_problems *problems;
	struct psp_error *err;
	struct psp_map keys; /* number of the map and key to the key's line */
	struct psp_buffer key;
	struct frame frames[PSP_YAML_MAX_DEPTH];
	size_t depth;
	size_t n_nodes;
	size_t n_maps;
	size_t n_documents;
	size_t quote_line; /* where the last quoted text began, or 0 */
	struct psp_node *root;
	bool is_wrong; /* a problem was added */
};

/* Adds a problem at a mark of libyaml, which counts from 0. Returns false. */
static bool add_problem(struct reading *reading, yaml_mark_t mark,
    const char *format, ...) PSP_PRINTF(3, 4);

static bool
add_problem(struct reading *reading, yaml_mark_t mark, const char *format, ...)
{
	struct psp_error problem;
	va_list arguments;

	psp_error_init(&problem);
	va_start(arguments, format);
	psp_error_setv(&problem, PSP_ESETTINGS, NULL, 0, 0, format, arguments);
	va_end(arguments);
	psp_bytes_join_lines(problem.message);
	reading->is_wrong = true;
	return psp_problems_add(reading->problems, PSP_ESETTINGS, reading->name,
	    mark.line + 1, mark.column + 1, "%s", problem.message);
}

static struct psp_slice
slice_of_text(const yaml_char_t *text, size_t size)
{
	return psp_slice((const char *)text, size);
}

/* Copies a scalar's bytes to the arena. */
static bool
keep(struct reading *reading, struct psp_slice text, struct psp_slice *kept)
{
	const char *copy = psp_arena_copy(reading->arena, text, reading->err);

	if (copy == NULL)
		return false;
	*kept = psp_slice(copy, text.size);
	return true;
}

/*
 * Refuses NUL and the other characters that no text of settings can want; "\b"
 * in double quotes is a regex gone wrong.
 */
static void
check_characters(
    struct reading *reading, struct psp_slice text, yaml_mark_t mark)
{
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.bytes[i];

		if (c >= ' ' || c == '\t' || c == '\n' || c == '\r')
			continue;
		if (c == '\0')
			add_problem(reading, mark,
			    "text with a NUL ('\\0') is not allowed in "
			    "settings; remove it");
		else if (c == '\b')
			add_problem(reading, mark,
			    "'\\b' in double quotes is a control character; "
			    "write a regex in single quotes");
		else
			add_problem(reading, mark,
			    "the control character U+%04X is not allowed in "
			    "settings; remove it, or write a regex in single "
			    "quotes",
			    (unsigned)c);
		return;
	}
}

/* Notes in `*is_new` whether the open map lacks `key`; a repetition is wrong.
 */
static bool
enter_key(struct reading *reading, const struct frame *frame,
    struct psp_slice key, yaml_mark_t mark, bool *is_new)
{
	struct psp_map_entry *entry;

	reading->key.size = 0;
	if (!psp_buffer_append(&reading->key, &frame->number,
		sizeof(frame->number), reading->err)
	    || !psp_buffer_slice(&reading->key, key, reading->err)
	    || !psp_map_put(&reading->keys, psp_buffer_content(&reading->key),
		mark.line + 1, &entry, is_new, reading->err))
		return false;
	if (!*is_new)
		add_problem(reading, mark,
		    "the key '%.*s' on line %zu is there already, on line "
		    "%zu; keep one of the two",
		    PSP_SLICE_ARGS(key), mark.line + 1, entry->value);
	return true;
}

static bool
read_key(
    struct reading *reading, struct frame *frame, const yaml_event_t *event)
{
	struct psp_slice text =
	    slice_of_text(event->data.scalar.value, event->data.scalar.length);
	yaml_mark_t mark = event->start_mark;
	bool is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	bool is_new = false;

	frame->has_key = true;
	frame->is_dropped = true;
	frame->key_line = mark.line + 1;
	frame->key_column = mark.column + 1;
	if (psp_slice_is(text, "<<")) {
		add_problem(reading, mark,
		    "the merge key '<<' is not allowed in settings; write the "
		    "keys out");
		return true;
	}
	if (text.size == 0 && is_plain) {
		add_problem(
		    reading, mark, "a key is missing; write 'key: value'");
		return true;
	}
	if (is_plain && psp_text_trim(text).size != text.size)
		add_problem(reading, mark,
		    "beside the key '%.*s' is a no-break space (U+00A0) or "
		    "another rare one; type an ordinary space",
		    PSP_SLICE_ARGS(psp_text_trim(text)));
	check_characters(reading, text, mark);
	if (!keep(reading, text, &frame->key)
	    || !enter_key(reading, frame, frame->key, mark, &is_new))
		return false;
	frame->is_dropped = !is_new;
	return true;
}

/* Makes a node and hangs it where the events are. NULL with PSP_ENOMEM. */
static struct psp_node *
add_node(
    struct reading *reading, enum psp_node_kind kind, const yaml_event_t *event)
{
	struct frame *frame = NULL;
	struct psp_node *node =
	    psp_arena_alloc(reading->arena, sizeof(*node), reading->err);

	if (node == NULL)
		return NULL;
	reading->n_nodes++;
	node->kind = kind;
	node->file = reading->name;
	node->line = event->start_mark.line + 1;
	node->column = event->start_mark.column + 1;
	if (reading->depth == 0) {
		reading->root = node;
		return node;
	}
	frame = &reading->frames[reading->depth - 1];
	if (frame->node->kind == PSP_NODE_MAP) {
		if (!frame->has_key) {
			add_problem(reading, event->start_mark,
			    "a key must be text, found %s; put a text that "
			    "begins with '%c' in quotes",
			    psp_node_kind_name(node),
			    kind == PSP_NODE_LIST ? '[' : '{');
			frame->has_key = true;
			frame->is_dropped = true;
			return node;
		}
		frame->has_key = false;
		node->key = frame->key;
		node->key_line = frame->key_line;
		node->key_column = frame->key_column;
		if (frame->is_dropped)
			return node;
	}
	if (frame->last == NULL)
		frame->node->first = node;
	else
		frame->last->next = node;
	frame->last = node;
	frame->node->n_children++;
	return node;
}

/* A tag or an anchor before a node. */
static void
check_properties(struct reading *reading, const yaml_char_t *anchor,
    const yaml_char_t *tag, yaml_mark_t mark)
{
	if (anchor != NULL)
		add_problem(reading, mark,
		    "anchors are not allowed in settings; put a text that "
		    "begins with '&' in quotes, as in '&%.60s'",
		    (const char *)anchor);
	if (tag != NULL)
		add_problem(reading, mark,
		    "tags are not allowed in settings; put a text that begins "
		    "with '!' in quotes");
}

static bool
read_scalar(struct reading *reading, const yaml_event_t *event)
{
	struct frame *frame =
	    reading->depth > 0 ? &reading->frames[reading->depth - 1] : NULL;
	struct psp_slice text =
	    slice_of_text(event->data.scalar.value, event->data.scalar.length);
	bool is_quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	struct psp_node *node;

	check_properties(reading, event->data.scalar.anchor,
	    event->data.scalar.tag, event->start_mark);
	reading->quote_line = is_quoted ? event->start_mark.line + 1 : 0;
	if (frame != NULL && frame->node->kind == PSP_NODE_MAP
	    && !frame->has_key)
		return read_key(reading, frame, event);
	check_characters(reading, text, event->start_mark);
	node = add_node(reading, PSP_NODE_SCALAR, event);
	if (node == NULL || !keep(reading, text, &node->text))
		return false;
	node->is_quoted = is_quoted;
	return true;
}

/* An alias is read as the text that it may have been meant to be. */
static bool
read_alias(struct reading *reading, const yaml_event_t *event)
{
	const char *name = (const char *)event->data.alias.anchor;
	struct frame *frame =
	    reading->depth > 0 ? &reading->frames[reading->depth - 1] : NULL;
	struct psp_node *node;

	add_problem(reading, event->start_mark,
	    "aliases are not allowed in settings; put a text that begins with "
	    "'*' in quotes, as in '*%.60s'",
	    name);
	if (frame != NULL && frame->node->kind == PSP_NODE_MAP
	    && !frame->has_key) {
		frame->has_key = true;
		frame->is_dropped = true;
		return true;
	}
	node = add_node(reading, PSP_NODE_SCALAR, event);
	if (node == NULL || !keep(reading, psp_slice_of(name), &node->text))
		return false;
	node->is_quoted = true;
	return true;
}

static bool
open_collection(
    struct reading *reading, enum psp_node_kind kind, const yaml_event_t *event)
{
	struct frame *frame;
	struct psp_node *node;

	if (reading->depth == PSP_YAML_MAX_DEPTH)
		return add_problem(reading, event->start_mark,
		    "maps and lists are nested deeper than %d; settings need "
		    "far less",
		    (int)PSP_YAML_MAX_DEPTH);
	node = add_node(reading, kind, event);
	if (node == NULL)
		return false;
	frame = &reading->frames[reading->depth];
	memset(frame, 0, sizeof(*frame));
	frame->node = node;
	frame->number = reading->n_maps++;
	reading->depth++;
	return true;
}

static bool
open_document(struct reading *reading, const yaml_event_t *event)
{
	reading->n_documents++;
	if (reading->n_documents == 1)
		return true;
	return add_problem(reading, event->start_mark,
	    "a second document begins here; settings are one document: remove "
	    "the line '---'");
}

/* The first node of the document must be a map. */
static bool
check_root(struct reading *reading, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_MAPPING_START_EVENT:
		return true;
	case YAML_SCALAR_EVENT:
		if (event->data.scalar.length == 0)
			return add_problem(reading, event->start_mark,
			    "the file holds no settings; write keys such as "
			    "'version: 1'");
		if (strstr((const char *)event->data.scalar.value, ":\xC2\xA0")
		    != NULL)
			return add_problem(reading, event->start_mark,
			    "write an ordinary space after ':'; there is a "
			    "no-break space (U+00A0)");
		return add_problem(reading, event->start_mark,
		    "settings are a map of keys, found text; write "
		    "'key: value', with a space after ':'");
	case YAML_SEQUENCE_START_EVENT:
		return add_problem(reading, event->start_mark,
		    "settings are a map of keys, found a list; write "
		    "'key: value', or quote a text that begins with '['");
	default:
		return add_problem(reading, event->start_mark,
		    "settings are a map of keys, found an alias; write "
		    "'key: value'");
	}
}

static bool
read_node(struct reading *reading, const yaml_event_t *event)
{
	if (reading->depth == 0 && !check_root(reading, event))
		return false;
	if (reading->n_nodes == PSP_YAML_MAX_NODES)
		return add_problem(reading, event->start_mark,
		    "more than %d values in one file; keep long lists in a CSV "
		    "file",
		    (int)PSP_YAML_MAX_NODES);
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return read_scalar(reading, event);
	case YAML_ALIAS_EVENT:
		return read_alias(reading, event);
	case YAML_SEQUENCE_START_EVENT:
		check_properties(reading, event->data.sequence_start.anchor,
		    event->data.sequence_start.tag, event->start_mark);
		return open_collection(reading, PSP_NODE_LIST, event);
	default:
		check_properties(reading, event->data.mapping_start.anchor,
		    event->data.mapping_start.tag, event->start_mark);
		return open_collection(reading, PSP_NODE_MAP, event);
	}
}

/* Takes in one event. Returns false to stop. */
static bool
read_event(struct reading *reading, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		return open_document(reading, event);
	case YAML_ALIAS_EVENT:
	case YAML_SCALAR_EVENT:
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		return read_node(reading, event);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		reading->depth--;
		reading->quote_line = 0;
		return true;
	case YAML_STREAM_END_EVENT:
		if (reading->n_documents == 0)
			return add_problem(reading, event->start_mark,
			    "the file holds no settings; write keys such as "
			    "'version: 1'");
		return true;
	default:
		return true;
	}
}

/* libyaml stopped: tells why. Always returns false. */
static bool
report_stop(struct reading *reading)
{
	const yaml_parser_t *parser = &reading->parser;
	struct psp_slip slip = { 0 };

	/* Where libyaml forgets to name its error, an allocation failed. */
	if (parser->error == YAML_MEMORY_ERROR
	    || parser->error == YAML_NO_ERROR)
		return psp_error_memory(reading->err);
	slip.problem = parser->problem != NULL ? parser->problem : "";
	slip.context = parser->context != NULL ? parser->context : "";
	slip.line = parser->problem_mark.line + 1;
	slip.column = parser->problem_mark.column + 1;
	slip.context_line = parser->context_mark.line + 1;
	slip.context_column = parser->context_mark.column + 1;
	slip.quote_line = reading->quote_line;
	psp_slip_explain(&slip, reading->text);
	reading->is_wrong = true;
	return psp_problems_add(reading->problems, PSP_ESETTINGS, reading->name,
	    slip.line, slip.column, "%s", slip.message);
}

/* Reads all events. Returns false when it had to stop. */
static bool
read_events(struct reading *reading)
{
	yaml_event_t event;
	bool is_going = true;
	bool is_last = false;

	while (is_going && !is_last) {
		if (yaml_parser_parse(&reading->parser, &event) == 0)
			return report_stop(reading);
		is_last = event.type == YAML_STREAM_END_EVENT;
		is_going = read_event(reading, &event);
		yaml_event_delete(&event);
	}
	return is_going;
}

bool
psp_yaml_read(struct psp_slice text, const char *name, struct psp_arena *arena,
    struct psp_problems *problems, struct psp_node **root,
    struct psp_error *err)
{
	struct reading reading = { .text = text,
		.name = name,
		.arena = arena,
		.problems = problems,
		.err = err };
	size_t mark_size = psp_spot_mark_size(text);
	bool is_whole;

	*root = NULL;
	if (!psp_bytes_check(text, name, problems))
		return false;
	if (yaml_parser_initialize(&reading.parser) == 0) {
		yaml_parser_delete(&reading.parser);
		return psp_error_memory(err);
	}
	psp_map_init(&reading.keys);
	psp_buffer_init(&reading.key);
	yaml_parser_set_encoding(&reading.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reading.parser,
	    (const unsigned char *)text.bytes + mark_size,
	    text.size - mark_size);
	is_whole = read_events(&reading);
	if (is_whole)
		*root = reading.root;
	psp_buffer_clear(&reading.key);
	psp_map_clear(&reading.keys);
	yaml_parser_delete(&reading.parser);
	return is_whole && !reading.is_wrong;
}
