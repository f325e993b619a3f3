/*
 * The command line by the table; see the header. Values are read in
 * argument.c. A message names the option as the user wrote it.
 */
#include <config.h>

#include "cmd/cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cli/argument.h"
#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"

enum { MAX_OPTIONS = 128 }; /* looked at for hints */

void
cli_cursor_start(struct cli_cursor *cursor, const struct cli_option *options)
{
	cursor->next[0] = options;
	cursor->depth = 1;
	cursor->is_rare = false;
}

const struct cli_option *
cli_cursor_next(struct cli_cursor *cursor)
{
	while (cursor->depth > 0) {
		const struct cli_option *row =
		    cursor->next[cursor->depth - 1]++;

		switch (row->kind) {
		case CLI_KIND_END:
			cursor->depth--;
			cursor->is_rare = false;
			break;
		case CLI_KIND_RARE:
			cursor->is_rare = true;
			break;
		case CLI_KIND_TABLE:
			cursor->next[cursor->depth++] = row->table;
			cursor->is_rare = false;
			break;
		case CLI_KIND_HEADING:
			cursor->is_rare = false;
			return row;
		default:
			return row;
		}
	}
	return NULL;
}

/* The next row that is an option. */
static const struct cli_option *
next_option(struct cli_cursor *cursor)
{
	const struct cli_option *row;

	do
		row = cli_cursor_next(cursor);
	while (row != NULL && row->kind == CLI_KIND_HEADING);
	return row;
}

static bool
takes_value(const struct cli_option *option)
{
	return option->kind != CLI_KIND_FLAG && option->kind != CLI_KIND_HELP
	       && option->kind != CLI_KIND_VERSION;
}

static const struct cli_option *
find_letter(const struct cli_option *options, char letter)
{
	const struct cli_option *option;
	struct cli_cursor cursor;

	cli_cursor_start(&cursor, options);
	do
		option = next_option(&cursor);
	while (option != NULL && option->letter != letter);
	return option;
}

/* "unknown option '--tagret'", with the nearest name. `name` has no dashes. */
static bool
refuse_unknown(const struct cli_option *options, const char *written,
    struct psp_slice name, struct psp_error *err)
{
	struct psp_slice names[MAX_OPTIONS], near;
	struct psp_slices all = { names, 0 };
	const struct cli_option *option;
	struct cli_cursor cursor;

	cli_cursor_start(&cursor, options);
	option = next_option(&cursor);
	while (option != NULL && all.n < MAX_OPTIONS) {
		names[all.n++] = psp_slice_of(option->name);
		option = next_option(&cursor);
	}
	near = psp_text_nearest(name, all);
	if (near.size == 0)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "unknown option '%s' (see --help)", written);
	return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
	    "unknown option '%s'; did you mean '--%.*s'? (see --help)", written,
	    PSP_SLICE_ARGS(near));
}

/*
 * The option whose name is `name`, or begins with it when no other does. NULL
 * with `err` filled; `written` is the argument up to its `=`.
 */
static const struct cli_option *
find_name(const struct cli_option *options, const char *written,
    struct psp_slice name, struct psp_error *err)
{
	const struct cli_option *option, *found = NULL, *other = NULL;
	struct cli_cursor cursor;

	if (name.size == 0) {
		refuse_unknown(options, written, name, err);
		return NULL;
	}
	cli_cursor_start(&cursor, options);
	for (option = next_option(&cursor); option != NULL;
	     option = next_option(&cursor)) {
		if (psp_slice_is(name, option->name))
			return option;
		if (strncmp(option->name, name.bytes, name.size) != 0)
			continue;
		if (found == NULL)
			found = option;
		else if (other == NULL)
			other = option;
	}
	if (other != NULL) {
		psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "option '%s' may mean '--%s' or '--%s'; write it in full",
		    written, found->name, other->name);
		return NULL;
	}
	if (found == NULL)
		refuse_unknown(options, written, name, err);
	return found;
}

static bool
add_to_list(struct cli_list *list, const char *text, struct psp_error *err)
{
	const char **items = psp_array_reserve(
	    list->items, &list->capacity, list->n + 1, sizeof(*items), err);

	if (items == NULL)
		return false;
	items[list->n++] = text;
	list->items = items;
	return true;
}

/* Puts `text` where the option wants it; the message lacks the option. */
static bool
store(const struct cli_option *option, const char *text, struct psp_error *err)
{
	int choice;

	if (*text == '\0')
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "expected %s, not an empty text", _(option->argument));
	switch (option->kind) {
	case CLI_KIND_STRING:
		*(const char **)option->value = text;
		return true;
	case CLI_KIND_LIST:
		return add_to_list(option->value, text, err);
	case CLI_KIND_COUNT:
		return cli_read_count(
		    text, option->low, option->high, option->value, err);
	case CLI_KIND_SIZE:
		return cli_read_size(
		    text, option->low, option->high, option->value, err);
	case CLI_KIND_CHOICE:
		if (!cli_read_choice(text, option->choices, &choice, err))
			return false;
		memcpy(option->value, &choice, sizeof(choice));
		return true;
	case CLI_KIND_CHAR:
		return cli_read_char(text, option->value, err);
	default:
		return option->read(text, option->value, err);
	}
}

static bool
store_named(const struct cli_option *option, const char *written,
    const char *text, struct psp_error *err)
{
	struct psp_error reason;

	psp_error_init(&reason);
	if (store(option, text, &reason))
		return true;
	if (reason.status != PSP_EUSAGE) {
		*err = reason;
		return false;
	}
	return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0, "option '%s': %s",
	    written, reason.message);
}

/* Where the parser is. */
struct parser {
	const struct cli_option *options;
	char **arguments;
	size_t n;
	size_t at; /* the argument after the one being read */
	enum cli_request *request;
};

/*
 * Does what `option` asks for. `text` is the value that came with it, or NULL:
 * then the next argument is.
 */
static bool
use(struct parser *parser, const struct cli_option *option, const char *written,
    const char *text, struct psp_error *err)
{
	switch (option->kind) {
	case CLI_KIND_HELP:
		*parser->request = CLI_SHOW_HELP;
		return true;
	case CLI_KIND_VERSION:
		*parser->request = CLI_SHOW_VERSION;
		return true;
	case CLI_KIND_FLAG:
		*(bool *)option->value = true;
		return true;
	default:
		break;
	}
	if (text == NULL)
		text = option->implied;
	if (text == NULL && parser->at == parser->n)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "option '%s' needs a value: %s", written,
		    _(option->argument));
	if (text == NULL)
		text = parser->arguments[parser->at++];
	return store_named(option, written, text, err);
}

/* `--name`, `--name=value`. */
static bool
parse_long(struct parser *parser, const char *argument, struct psp_error *err)
{
	const char *equals = strchr(argument, '=');
	const struct cli_option *option;
	struct psp_slice name = psp_slice_of(argument + 2);
	char written[128];

	if (equals != NULL)
		name.size = (size_t)(equals - name.bytes);
	snprintf(written, sizeof(written), "--%.*s", PSP_SLICE_ARGS(name));
	option = find_name(parser->options, written, name, err);
	if (option == NULL)
		return false;
	snprintf(written, sizeof(written), "--%s", option->name);
	if (equals != NULL && !takes_value(option))
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "option '%s' takes no value, not '%s'", written,
		    equals + 1);
	return use(
	    parser, option, written, equals != NULL ? equals + 1 : NULL, err);
}

/* An unknown letter: perhaps a long name after one dash. */
static bool
refuse_letter(const struct cli_option *options, const char *argument,
    const char *letter, struct psp_error *err)
{
	struct psp_slice rest = psp_slice_of(letter);
	size_t size = 0;
	char written[8];

	if (letter == argument + 1 && rest.size > 2)
		return refuse_unknown(options, argument, rest, err);
	psp_utf8_next(rest, &size);
	snprintf(written, sizeof(written), "-%.*s", (int)size, letter);
	return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
	    "unknown option '%s' (see --help)", written);
}

/* `-x`, `-xyz`, `-xVALUE`. */
static bool
parse_short(struct parser *parser, const char *argument, struct psp_error *err)
{
	for (const char *letter = argument + 1; *letter != '\0'; letter++) {
		const struct cli_option *option =
		    find_letter(parser->options, *letter);
		const char written[] = { '-', *letter, '\0' };

		if (option == NULL)
			return refuse_letter(
			    parser->options, argument, letter, err);
		if (takes_value(option))
			return use(parser, option, written,
			    letter[1] != '\0' ? letter + 1 : NULL, err);
		if (!use(parser, option, written, NULL, err))
			return false;
		if (*parser->request != CLI_RUN)
			break;
	}
	return true;
}

bool
cli_options_parse(const struct cli_option *options, char **arguments, size_t *n,
    enum cli_request *request, struct psp_error *err)
{
	struct parser parser = { options, arguments, *n, 0, request };
	size_t n_operands = 0;
	bool only_operands = false;

	*request = CLI_RUN;
	while (parser.at < parser.n && *request == CLI_RUN) {
		char *argument = arguments[parser.at++];

		if (only_operands || argument[0] != '-' || argument[1] == '\0')
			arguments[n_operands++] = argument;
		else if (strcmp(argument, "--") == 0)
			only_operands = true;
		else if (argument[1] == '-') {
			if (!parse_long(&parser, argument, err))
				return false;
		} else if (!parse_short(&parser, argument, err))
			return false;
	}
	*n = n_operands;
	return true;
}

void
cli_options_clear(const struct cli_option *options)
{
	const struct cli_option *option;
	struct cli_cursor cursor;

	cli_cursor_start(&cursor, options);
	for (option = next_option(&cursor); option != NULL;
	     option = next_option(&cursor))
		if (option->kind == CLI_KIND_LIST) {
			struct cli_list *list = option->value;

			free(list->items);
			memset(list, 0, sizeof(*list));
		}
}
