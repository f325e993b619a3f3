/*
 * Slips in YAML. libyaml knows one place and a few words such as "did not find
 * expected key"; the characters beside that place tell which slip it was.
 * Places go by line and column; here they become offsets into the text.
 */
#include <config.h>

#include "libprospect/settings/slips.h"

#include <stdarg.h>
#include <stdio.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/settings/spot.h"

enum { MAX_SAMPLE = 60 };

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Whether only blanks stand before the place on its line. */
static bool
begins_line(const struct psp_spot *place)
{
	for (size_t i = place->start; i < place->at; i++)
		if (!is_blank(place->text.bytes[i]))
			return false;
	return true;
}

static bool
has_tab_indent(const struct psp_spot *place)
{
	for (size_t i = place->start; i < place->end; i++) {
		if (place->text.bytes[i] == '\t')
			return true;
		if (place->text.bytes[i] != ' ')
			return false;
	}
	return false;
}

/* The first `: ` (or ` #`) on the line from `from`, else its end. */
static size_t
find_colon(const struct psp_spot *place, size_t from)
{
	const char *bytes = place->text.bytes;

	for (size_t i = from; i < place->end; i++)
		if (bytes[i] == ':'
		    && (i + 1 == place->end || is_blank(bytes[i + 1])))
			return i;
	return place->end;
}

static size_t
find_comment(const struct psp_spot *place)
{
	const char *bytes = place->text.bytes;

	for (size_t i = place->start + 1; i < place->end; i++)
		if (bytes[i] == '#' && is_blank(bytes[i - 1]))
			return i;
	return place->end;
}

/* Whether a comment follows something else on the line. */
static bool
has_late_comment(const struct psp_spot *place)
{
	struct psp_spot comment = *place;

	comment.at = find_comment(place);
	return comment.at < place->end && !begins_line(&comment);
}

/*
 * The word from `from`: to a blank, a comma, or a bracket that closes more
 * than the word opened.
 */
static struct psp_slice
word_at(const struct psp_spot *place, size_t from)
{
	const char *bytes = place->text.bytes;
	size_t end = from;
	int depth = 0;

	for (; end < place->end && !is_blank(bytes[end]); end++) {
		if (bytes[end] == '[' || bytes[end] == '{')
			depth++;
		if (bytes[end] == ']' || bytes[end] == '}')
			depth--;
		if (depth < 0 || (depth == 0 && bytes[end] == ','))
			break;
	}
	return psp_slice(bytes + from, end - from);
}

/* The text from `from` to the end of the line, without blanks at its end. */
static struct psp_slice
rest_of_line(const struct psp_spot *place, size_t from)
{
	while (from < place->end && is_blank(place->text.bytes[from]))
		from++;
	return psp_text_trim(
	    psp_slice(place->text.bytes + from, place->end - from));
}

/* Writes the message. */
static void say(struct psp_slip *slip, const char *format, ...)
    PSP_PRINTF(2, 3);

static void
say(struct psp_slip *slip, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(slip->message, sizeof(slip->message), _(format), arguments);
	va_end(arguments);
}

/* Adds ", as in 'sample'" when the sample is fit to be shown so. */
static void
add_sample(struct psp_slip *slip, struct psp_slice sample)
{
	size_t used = strlen(slip->message);

	if (sample.size == 0 || sample.size > MAX_SAMPLE
	    || memchr(sample.bytes, '\'', sample.size) != NULL)
		return;
	snprintf(slip->message + used, sizeof(slip->message) - used,
	    _(", as in '%.*s'"), PSP_SLICE_ARGS(sample));
}

/* The fault is where libyaml says that the context begins. */
static void
move_to_context(struct psp_slip *slip)
{
	slip->line = slip->context_line;
	slip->column = slip->context_column;
}

static void
say_needs_quotes(struct psp_slip *slip, char first, struct psp_slice sample)
{
	say(slip, "a text that begins with '%c' needs quotes", first);
	add_sample(slip, sample);
}

static void
say_comment(struct psp_slip *slip, size_t line)
{
	say(slip,
	    "' #' on line %zu begins a comment that hides the rest of that "
	    "line; put a text that holds ' #' in quotes",
	    line);
}

/* `"\d+"`: a backslash that double quotes do not know. */
static void
explain_escape(struct psp_slip *slip, struct psp_spot *place)
{
	const char *bytes = place->text.bytes;
	size_t quote, end = place->at;

	/* In `"\xZZ"` libyaml stands behind it. */
	while (place->at > place->start && psp_spot_peek(place, 0) != '\\') {
		place->at--;
		slip->column--;
	}
	quote = place->at;

	while (quote > place->start && bytes[quote - 1] != '"')
		quote--;
	while (end < place->end && bytes[end] != '"')
		end++;
	if (psp_spot_peek(place, 1) == '\0')
		say(slip,
		    "'\\' means nothing in double quotes here; write a regex "
		    "or a path in single quotes");
	else
		say(slip,
		    "'\\%.*s' means nothing in double quotes; write a regex or "
		    "a path in single quotes",
		    PSP_SLICE_ARGS(psp_slice(bytes + place->at + 1, 1)));
	add_sample(slip, psp_slice(bytes + quote, end - quote));
}

/* `key: a: b`, or a key indented under a value. */
static void
explain_colon(struct psp_slip *slip, const struct psp_spot *place)
{
	size_t first = find_colon(place, place->start);

	if (first < place->at) {
		say(slip, "a text that holds ': ' needs quotes");
		add_sample(slip, rest_of_line(place, first + 1));
		return;
	}
	say(slip,
	    "a key cannot begin here: the line before has a value already; "
	    "indent both lines alike, or quote a text that holds ': '");
}

/* `[A-Z]+`: right after a bracket that closed. Returns false when it is not. */
static bool
explain_bracket(struct psp_slip *slip, const struct psp_spot *place)
{
	char before = psp_spot_peek(place, -1);
	const char *bytes = place->text.bytes;
	size_t open = place->at;
	int depth = 0;

	if (before != ']' && before != '}')
		return false;
	while (open > place->start) {
		open--;
		if (bytes[open] == ']' || bytes[open] == '}')
			depth++;
		if (bytes[open] == '[' || bytes[open] == '{')
			depth--;
		if (depth == 0)
			break;
	}
	if (depth != 0)
		return false;
	say_needs_quotes(slip, bytes[open], word_at(place, open));
	return true;
}

/* `{>=: 20}` or `key: >= 20`: an operator where a key or a value stands.
 * Returns false when it is none. */
static bool
explain_operator(struct psp_slip *slip, const struct psp_spot *place)
{
	bool is_ge = psp_spot_peek(place, 1) == '=';
	size_t end = place->at + (is_ge ? 2 : 1);
	struct psp_slice value = rest_of_line(place, end);
	char next = psp_spot_peek(place, is_ge ? 2 : 1);
	size_t size = 0;

	if (psp_spot_peek(place, 0) != '>' || value.size == 0)
		return false;
	if (next == ':' && value.size > 1 && is_blank(value.bytes[1])) {
		say(slip, "'%s' is written '%s' here", is_ge ? ">=" : ">",
		    is_ge ? "ge" : "gt");
		return true;
	}
	while (size < value.size && strchr(",]}#", value.bytes[size]) == NULL)
		size++;
	value = psp_text_trim(psp_slice(value.bytes, size));
	if (value.size == 0 || value.size > MAX_SAMPLE || value.bytes[0] < '0'
	    || value.bytes[0] > '9')
		return false;
	say(slip, "the operator is a key here, as in {%s: %.*s}",
	    is_ge ? "ge" : "gt", PSP_SLICE_ARGS(value));
	return true;
}

/* A character that cannot begin a value. Returns false when it can. */
static bool
explain_character(struct psp_slip *slip, const struct psp_spot *place)
{
	char first = psp_spot_peek(place, 0);

	if (first == '\0' || strchr("@`%|>]},", first) == NULL)
		return false;
	if (strchr("]},", first) != NULL)
		say(slip,
		    "'%c' cannot stand here; remove it, or put the text "
		    "in quotes",
		    first);
	else if (!explain_bracket(slip, place)
		 && !explain_operator(slip, place))
		say_needs_quotes(slip, first, word_at(place, place->at));
	return true;
}

/* Something stands behind a value that was whole already. */
static bool
explain_remainder(struct psp_slip *slip, const struct psp_spot *place)
{
	char before = psp_spot_peek(place, -1);

	if (psp_spot_peek(place, 0) == ']' || psp_spot_peek(place, 0) == '}') {
		say(slip,
		    "'%c' closes nothing; remove it, or put the text in "
		    "quotes",
		    psp_spot_peek(place, 0));
		return true;
	}
	if (psp_spot_peek(place, 0) == ',')
		return explain_character(slip, place);
	if ((before == '\'' || before == '"') && slip->quote_line > 0) {
		if (slip->quote_line < slip->line)
			say(slip,
			    "text after a closing quote; the quote opened on "
			    "line %zu was not closed there",
			    slip->quote_line);
		else if (before == '\'')
			say(slip,
			    "text after a closing quote; write an apostrophe "
			    "in single quotes twice, or use double quotes");
		else
			say(slip,
			    "text after a closing quote; write a quote in "
			    "double quotes as \\\", or use single quotes");
		return true;
	}
	return explain_bracket(slip, place);
}

/* Whether the line's text looks like `key: value` or `- item`. */
static bool
looks_like_entry(const struct psp_spot *place)
{
	return (psp_spot_peek(place, 0) == '-'
		   && is_blank(psp_spot_peek(place, 1)))
	       || find_colon(place, place->at) < place->end;
}

/* A key or `-` was expected in a block. */
static void
explain_block(struct psp_slip *slip, const struct psp_spot *place)
{
	struct psp_spot before;

	if (explain_remainder(slip, place))
		return;
	if (psp_spot_peek(place, 0) == ':') {
		say(slip, "a key is missing before ':'; write 'key: value'");
		return;
	}
	if (begins_line(place)) {
		before = psp_spot_find(place->text, slip->line - 1, 1);
		if (slip->line > 1 && !looks_like_entry(place)
		    && has_late_comment(&before))
			say_comment(slip, slip->line - 1);
		else if (psp_spot_peek(place, 0) == '-'
			 && is_blank(psp_spot_peek(place, 1)))
			say(slip,
			    "a list item where a key is expected; align it "
			    "with the '-' above, or end the line of its key in "
			    "':'");
		else
			say(slip,
			    "this line is not indented like any line above; "
			    "keys of one map begin in the same column");
		return;
	}
	say(slip, "text after a value that was complete; put the whole in "
		  "quotes");
}

/* Text after the only document. */
static void
explain_end(struct psp_slip *slip, const struct psp_spot *place)
{
	struct psp_spot line = psp_spot_find(place->text, 1, 1);
	bool has_end = false;
	bool has_directive = psp_spot_peek(&line, 0) == '%';

	for (size_t i = 1; i < slip->line; i++) {
		if (psp_spot_peek(&line, 0) == '.'
		    && psp_spot_peek(&line, 1) == '.')
			has_end = true;
		if (!psp_spot_next_line(&line))
			break;
	}
	if (has_end)
		say(slip, "nothing may stand after '...'; settings are one "
			  "document");
	else if (has_directive)
		say(slip, "settings need no '%%YAML' line; remove it, or write "
			  "'---' after it");
	else
		explain_block(slip, place);
}

/* `[` or `{` at the context without its end. */
static void
explain_flow(struct psp_slip *slip, const struct psp_spot *place)
{
	struct psp_spot context = psp_spot_find(
	    place->text, slip->context_line, slip->context_column);
	char open = psp_spot_peek(&context, 0);
	const char *what = open == '{' ? _("map") : _("list");
	char end = open == '{' ? '}' : ']';
	struct psp_spot line = context;
	size_t number = slip->context_line;

	if (slip->line == slip->context_line) {
		if (psp_spot_peek(place, 0) == ':') {
			say(slip, "a text that holds ':' needs quotes in a %s",
			    what);
			return;
		}
		if (psp_spot_peek(place, 0) == (open == '{' ? ']' : '}'))
			say(slip,
			    "the '%c' in column %zu ends with '%c', not '%c'; "
			    "put a text that holds them in quotes",
			    open, slip->context_column, end,
			    psp_spot_peek(place, 0));
		else if (!explain_remainder(slip, place))
			say(slip,
			    "',' or '%c' expected in the %s opened with '%c'; "
			    "put a text that holds signs in quotes",
			    end, what, open);
		return;
	}
	while (number < slip->line && !has_late_comment(&line)
	       && psp_spot_next_line(&line))
		number++;
	if (number < slip->line && has_late_comment(&line))
		say_comment(slip, number);
	else
		say(slip,
		    "the %s opened here with '%c' is not closed with "
		    "'%c'; put a text that begins with '%c' in quotes",
		    what, open, end, open);
	move_to_context(slip);
}

/* A line without `: `. */
static void
explain_no_colon(struct psp_slip *slip, struct psp_slice text)
{
	struct psp_spot place =
	    psp_spot_find(text, slip->context_line, slip->context_column);
	const char *bytes = text.bytes;

	move_to_context(slip);
	if (psp_spot_peek(&place, 0) == '-') {
		say(slip, "write a space after '-'");
		return;
	}
	for (size_t i = place.at; i + 1 < place.end; i++)
		if (bytes[i] == ':' && !is_blank(bytes[i + 1])) {
			say(slip, "%s",
			    bytes[i + 1] == '\xC2'
				? _("write an ordinary space after ':'; there "
				    "is a no-break space (U+00A0)")
				: _("write a space after ':', as in "
				    "'key: value'"));
			return;
		}
	say(slip, "a line of settings is 'key: value' or '- item'; ':' is "
		  "missing here");
}

/* Slips inside of one token. Returns false when it was none of them. */
static bool
explain_token(struct psp_slip *slip, struct psp_spot *place,
    const struct psp_spot *context)
{
	if (strstr(slip->context, "quoted scalar") != NULL) {
		if (strstr(slip->problem, "unexpected") != NULL) {
			move_to_context(slip);
			say(slip, "the quote opened here is not closed");
			return true;
		}
		explain_escape(slip, place);
		return true;
	}
	if (strstr(slip->context, "an alias") != NULL
	    || strstr(slip->context, "an anchor") != NULL
	    || strstr(slip->context, "a tag") != NULL
	    || (strstr(slip->context, "directive") != NULL
		&& psp_spot_peek(context, 0) == '%')) {
		move_to_context(slip);
		if (!explain_bracket(slip, context))
			say_needs_quotes(slip, psp_spot_peek(context, 0),
			    word_at(context, context->at));
		return true;
	}
	if (strstr(slip->context, "block scalar") != NULL
	    && (psp_spot_peek(context, 0) == '|'
		|| psp_spot_peek(context, 0) == '>')) {
		move_to_context(slip);
		if (explain_operator(slip, context))
			return true;
		say(slip,
		    "after '%c' the text begins on the next line; a text that "
		    "begins with '%c' needs quotes",
		    psp_spot_peek(context, 0), psp_spot_peek(context, 0));
		return true;
	}
	return false;
}

void
psp_slip_explain(struct psp_slip *slip, struct psp_slice text)
{
	struct psp_spot place = psp_spot_find(text, slip->line, slip->column);
	struct psp_spot context =
	    psp_spot_find(text, slip->context_line, slip->context_column);

	if (explain_token(slip, &place, &context)) {
		return;
	} else if (has_tab_indent(&place)
		   && strstr(slip->context, "flow") == NULL) {
		slip->column = 1;
		say(slip, "a tab cannot indent YAML; use spaces");
	} else if (strstr(slip->problem, "cannot start any token") != NULL
		   && psp_spot_peek(&place, 0) == '\t') {
		say(slip, "a tab cannot stand here; use spaces");
	} else if ((strstr(slip->problem, "cannot start any token") != NULL
		       || strstr(slip->problem, "node content") != NULL)
		   && explain_character(slip, &place)) {
		return;
	} else if (strstr(slip->problem, "mapping values") != NULL) {
		explain_colon(slip, &place);
	} else if (strstr(slip->problem, "sequence entries") != NULL) {
		say(slip, "a list begins on the line after its key, or is "
			  "written [a, b]; a text that begins with '- ' needs "
			  "quotes");
	} else if (strstr(slip->problem, "tag handle") != NULL) {
		say(slip, "tags are not allowed in settings; put a text that "
			  "begins with '!' in quotes");
	} else if (strstr(slip->problem, "mapping keys") != NULL) {
		say_needs_quotes(slip, '?', rest_of_line(&place, place.at));
	} else if (strstr(slip->problem, "expected ':'") != NULL) {
		explain_no_colon(slip, text);
	} else if (strstr(slip->problem, "expected ',' or") != NULL) {
		explain_flow(slip, &place);
	} else if (strstr(slip->context, "parsing a block") != NULL) {
		explain_block(slip, &place);
	} else if (strstr(slip->problem, "<document start>") != NULL) {
		explain_end(slip, &place);
	} else if (strstr(slip->problem, "YAML") != NULL) {
		say(slip, "settings need no '%%YAML' line; remove it");
	} else if (strstr(slip->problem, "node content") != NULL) {
		say(slip, "a value is missing here; close what '[' or '{' "
			  "opened, or put a text that holds them in quotes");
	} else {
		say(slip,
		    "this is not YAML: %s%s%s; quote texts that hold "
		    "signs, and check the indentation",
		    slip->problem, slip->context[0] != '\0' ? " " : "",
		    slip->context);
	}
}
