/*
 * Slips in YAML. libyaml knows one place and a few words such as "did not find
 * expected key"; the characters beside that place tell which slip it was.
 * Places go by line and column; here they become offsets into the text.
 */
#include <config.h>

#include "libprospect/settings/slips.h"

#include <stdarg.h>
#include <stdio.h>

#include "libprospect/base/text.h"

enum { MAX_SAMPLE = 60 };

/* The text and one place in it. */
struct place {
	struct psp_slice text;
	size_t at;    /* offset of the place */
	size_t start; /* of its line */
	size_t end;   /* of its line, without the line break */
};

static bool
is_break(char c)
{
	return c == '\n' || c == '\r';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The line that begins at `start`. */
static struct place
line_at(struct psp_slice text, size_t start)
{
	struct place place = { text, start, start, start };

	while (place.end < text.size && !is_break(text.bytes[place.end]))
		place.end++;
	return place;
}

/* Moves to the line after. Returns false at the end of the text. */
static bool
next_line(struct place *place)
{
	size_t at = place->end;

	if (at == place->text.size)
		return false;
	if (place->text.bytes[at] == '\r' && at + 1 < place->text.size
	    && place->text.bytes[at + 1] == '\n')
		at++;
	*place = line_at(place->text, at + 1);
	return true;
}

size_t
psp_slip_mark_size(struct psp_slice text)
{
	if (text.size >= 3 && memcmp(text.bytes, "\xEF\xBB\xBF", 3) == 0)
		return 3;
	return 0;
}

/* Where line and column, both from 1, are; the end when beyond it. */
static struct place
locate(struct psp_slice text, size_t line, size_t column)
{
	struct place place = line_at(text, psp_slip_mark_size(text));

	while (line > 1 && next_line(&place))
		line--;
	while (column > 1 && place.at < place.end) {
		(void)psp_utf8_next(text, &place.at);
		column--;
	}
	return place;
}

/* The character at an offset from the place, or NUL outside of its line. */
static char
peek(const struct place *place, ptrdiff_t offset)
{
	ptrdiff_t at = (ptrdiff_t)place->at + offset;

	if (at < (ptrdiff_t)place->start || at >= (ptrdiff_t)place->end)
		return '\0';
	return place->text.bytes[at];
}

/* Whether only blanks stand before the place on its line. */
static bool
begins_line(const struct place *place)
{
	for (size_t i = place->start; i < place->at; i++)
		if (!is_blank(place->text.bytes[i]))
			return false;
	return true;
}

static bool
has_tab_indent(const struct place *place)
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
find_colon(const struct place *place, size_t from)
{
	const char *bytes = place->text.bytes;

	for (size_t i = from; i < place->end; i++)
		if (bytes[i] == ':'
		    && (i + 1 == place->end || is_blank(bytes[i + 1])))
			return i;
	return place->end;
}

static size_t
find_comment(const struct place *place)
{
	const char *bytes = place->text.bytes;

	for (size_t i = place->start + 1; i < place->end; i++)
		if (bytes[i] == '#' && is_blank(bytes[i - 1]))
			return i;
	return place->end;
}

/* Whether a comment follows something else on the line. */
static bool
has_late_comment(const struct place *place)
{
	struct place comment = *place;

	comment.at = find_comment(place);
	return comment.at < place->end && !begins_line(&comment);
}

/*
 * The word from `from`: to a blank, a comma, or a bracket that closes more
 * than the word opened.
 */
static struct psp_slice
word_at(const struct place *place, size_t from)
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
rest_of_line(const struct place *place, size_t from)
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
	vsnprintf(slip->message, sizeof(slip->message), format, arguments);
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
	    ", as in '%.*s'", PSP_SLICE_ARGS(sample));
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
explain_escape(struct psp_slip *slip, struct place *place)
{
	const char *bytes = place->text.bytes;
	size_t quote, end = place->at;

	/* In `"\xZZ"` libyaml stands behind it. */
	while (place->at > place->start && peek(place, 0) != '\\') {
		place->at--;
		slip->column--;
	}
	quote = place->at;

	while (quote > place->start && bytes[quote - 1] != '"')
		quote--;
	while (end < place->end && bytes[end] != '"')
		end++;
	if (peek(place, 1) == '\0')
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
explain_colon(struct psp_slip *slip, const struct place *place)
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

/* Something stands behind a value that was whole already. */
static bool
explain_remainder(struct psp_slip *slip, const struct place *place)
{
	char before = peek(place, -1);
	const char *bytes = place->text.bytes;
	size_t open = place->at;
	int depth = 0;

	if (peek(place, 0) == ']' || peek(place, 0) == '}') {
		say(slip,
		    "'%c' closes nothing; remove it, or put the text in "
		    "quotes",
		    peek(place, 0));
		return true;
	}
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

/* Whether the line's text looks like `key: value` or `- item`. */
static bool
looks_like_entry(const struct place *place)
{
	return (peek(place, 0) == '-' && is_blank(peek(place, 1)))
	       || find_colon(place, place->at) < place->end;
}

/* A key or `-` was expected in a block. */
static void
explain_block(struct psp_slip *slip, const struct place *place)
{
	struct place before;

	if (explain_remainder(slip, place))
		return;
	if (peek(place, 0) == ':') {
		say(slip, "a key is missing before ':'; write 'key: value'");
		return;
	}
	if (begins_line(place)) {
		before = locate(place->text, slip->line - 1, 1);
		if (slip->line > 1 && !looks_like_entry(place)
		    && has_late_comment(&before))
			say_comment(slip, slip->line - 1);
		else if (peek(place, 0) == '-' && is_blank(peek(place, 1)))
			say(slip, "a list item where a key is expected; indent "
				  "it under its key, whose line must end in "
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

/* `[` or `{` at the context without its end. */
static void
explain_flow(struct psp_slip *slip, const struct place *place)
{
	struct place context =
	    locate(place->text, slip->context_line, slip->context_column);
	char open = peek(&context, 0);
	const char *what = open == '{' ? "map" : "list";
	char end = open == '{' ? '}' : ']';
	struct place line = context;
	size_t number = slip->context_line;

	if (slip->line == slip->context_line) {
		if (peek(place, 0) == ':') {
			say(slip, "a text that holds ':' needs quotes in a %s",
			    what);
			return;
		}
		if (peek(place, 0) == end || !explain_remainder(slip, place))
			say(slip,
			    "the %s opened with '%c' goes on with ',' or "
			    "ends with '%c'; put the text in quotes if "
			    "it is none",
			    what, open, end);
		return;
	}
	while (
	    number < slip->line && !has_late_comment(&line) && next_line(&line))
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
	struct place place =
	    locate(text, slip->context_line, slip->context_column);
	const char *bytes = text.bytes;

	move_to_context(slip);
	if (peek(&place, 0) == '-') {
		say(slip, "write a space after '-'");
		return;
	}
	for (size_t i = place.at; i + 1 < place.end; i++)
		if (bytes[i] == ':' && !is_blank(bytes[i + 1])) {
			say(slip, "write a space after ':', as in "
				  "'key: value'");
			return;
		}
	say(slip, "a line of settings is 'key: value' or '- item'; ':' is "
		  "missing here");
}

static bool
explain_character(struct psp_slip *slip, const struct place *place)
{
	char first = peek(place, 0);

	if (first == '\0' || strchr("@`%]},", first) == NULL)
		return false;
	if (strchr("]},", first) != NULL)
		say(slip,
		    "'%c' cannot stand here; remove it, or put the text "
		    "in quotes",
		    first);
	else
		say_needs_quotes(slip, first, word_at(place, place->at));
	return true;
}

/* Slips inside of one token. Returns false when it was none of them. */
static bool
explain_token(
    struct psp_slip *slip, struct place *place, const struct place *context)
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
		&& peek(context, 0) == '%')) {
		move_to_context(slip);
		say_needs_quotes(
		    slip, peek(context, 0), word_at(context, context->at));
		return true;
	}
	if (strstr(slip->context, "block scalar") != NULL
	    && (peek(context, 0) == '|' || peek(context, 0) == '>')) {
		move_to_context(slip);
		say(slip,
		    "after '%c' the text begins on the next line; a text that "
		    "begins with '%c' needs quotes",
		    peek(context, 0), peek(context, 0));
		return true;
	}
	return false;
}

void
psp_slip_explain(struct psp_slip *slip, struct psp_slice text)
{
	struct place place = locate(text, slip->line, slip->column);
	struct place context =
	    locate(text, slip->context_line, slip->context_column);

	if (explain_token(slip, &place, &context)) {
		return;
	} else if (has_tab_indent(&place)
		   && strstr(slip->context, "flow") == NULL) {
		slip->column = 1;
		say(slip, "a tab cannot indent YAML; use spaces");
	} else if (strstr(slip->problem, "cannot start any token") != NULL
		   && peek(&place, 0) == '\t') {
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
	} else if (strstr(slip->problem, "expected ':'") != NULL) {
		explain_no_colon(slip, text);
	} else if (strstr(slip->problem, "expected ',' or") != NULL) {
		explain_flow(slip, &place);
	} else if (strstr(slip->context, "parsing a block") != NULL
		   || strstr(slip->problem, "<document start>") != NULL) {
		explain_block(slip, &place);
	} else {
		say(slip,
		    "this is not YAML: %s%s%s; quote texts that hold "
		    "signs, and check the indentation",
		    slip->problem, slip->context[0] != '\0' ? " " : "",
		    slip->context);
	}
}

/* Adds what is wrong with the character at `place`; false when it is. */
static bool
check_character(const struct place *place, size_t next, uint32_t character,
    const char *name, size_t line, size_t column, struct psp_problems *problems)
{
	if (character == 0xFFFD && next == place->at + 1)
		return psp_problems_add(problems, PSP_ESETTINGS, name, line,
		    column,
		    "settings are not UTF-8 (byte %zu); save the file as "
		    "UTF-8",
		    place->at + 1);
	if (character == 0)
		return psp_problems_add(problems, PSP_ESETTINGS, name, line,
		    column,
		    "settings hold a NUL byte (byte %zu); save the file as "
		    "plain text in UTF-8",
		    place->at + 1);
	if ((character >= ' ' && character < 0x7F) || character == '\t'
	    || character == '\n' || character == '\r')
		return true;
	if (character < 0xA0 || character == 0x2028 || character == 0x2029
	    || character == 0xFEFF || character == 0xFFFE
	    || character == 0xFFFF)
		return psp_problems_add(problems, PSP_ESETTINGS, name, line,
		    column,
		    "the invisible character U+%04X is not allowed in "
		    "settings; remove it",
		    (unsigned)character);
	return true;
}

static bool
check_line(struct place place, const char *name, size_t line,
    struct psp_problems *problems)
{
	size_t next, column = 1;
	uint32_t character;

	if (place.end - place.start >= 4
	    && memcmp(place.text.bytes + place.start, "%TAG", 4) == 0)
		return psp_problems_add(problems, PSP_ESETTINGS, name, line, 1,
		    "tags are not allowed in settings; remove this line, or "
		    "quote a text that begins with '%%'");
	while (place.at < place.end) {
		next = place.at;
		character = psp_utf8_next(place.text, &next);
		if (!check_character(
			&place, next, character, name, line, column, problems))
			return false;
		place.at = next;
		column++;
	}
	return true;
}

bool
psp_slips_check_bytes(
    struct psp_slice text, const char *name, struct psp_problems *problems)
{
	struct place place = locate(text, 1, 1);
	size_t line = 1;

	if (text.size >= 2
	    && (memcmp(text.bytes, "\xFF\xFE", 2) == 0
		|| memcmp(text.bytes, "\xFE\xFF", 2) == 0))
		return psp_problems_add(problems, PSP_ESETTINGS, name, 1, 1,
		    "settings are UTF-16, not UTF-8 (byte 1); save the file as "
		    "UTF-8");
	do {
		if (!check_line(place, name, line, problems))
			return false;
		line++;
	} while (next_line(&place));
	return true;
}
