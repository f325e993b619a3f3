/* --help and --version; see the header. */
#include <config.h>

#include "cmd/cli/help.h"

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"

enum { LINE_WIDTH = 79, HELP_COLUMN = 30 };

static bool
put_spaces(struct psp_buffer *out, size_t n, struct psp_error *err)
{
	return psp_buffer_format(out, err, "%*s", (int)n, "");
}

/* The words of `text` from column `at` on, in lines that begin at `indent`. */
static bool
put_wrapped(struct psp_buffer *out, const char *text, size_t at, size_t indent,
    struct psp_error *err)
{
	struct psp_slice rest = psp_slice_of(text);
	bool is_first = true;

	while (rest.size > 0) {
		const char *space = memchr(rest.bytes, ' ', rest.size);
		struct psp_slice word = rest;
		size_t width;

		if (space != NULL)
			word.size = (size_t)(space - rest.bytes);
		width = psp_text_width(word);
		if (!is_first && at + 1 + width > LINE_WIDTH) {
			if (!psp_buffer_put(out, '\n', err)
			    || !put_spaces(out, indent, err))
				return false;
			at = indent;
		} else if (!is_first) {
			if (!psp_buffer_put(out, ' ', err))
				return false;
			at++;
		}
		if (!psp_buffer_slice(out, word, err))
			return false;
		at += width;
		is_first = false;
		rest.bytes += word.size;
		rest.size -= word.size;
		if (rest.size > 0) {
			rest.bytes++;
			rest.size--;
		}
	}
	return psp_buffer_put(out, '\n', err);
}

/* "  -c, --config=FILE     read settings in FILE". */
static bool
put_option(struct psp_buffer *out, const struct cli_option *option,
    struct psp_error *err)
{
	size_t start = out->size, at;

	if (option->letter != '\0'
		? !psp_buffer_format(out, err, "  -%c, ", option->letter)
		: !psp_buffer_append(out, "      ", 6, err))
		return false;
	if (!psp_buffer_format(out, err, "--%s", option->name))
		return false;
	if (option->argument != NULL
	    && !psp_buffer_format(out, err,
		option->implied != NULL ? "[=%s]" : "=%s", _(option->argument)))
		return false;
	at = psp_text_width(psp_slice(out->bytes + start, out->size - start));
	if (at + 2 > HELP_COLUMN) {
		if (!psp_buffer_put(out, '\n', err))
			return false;
		at = 0;
	}
	return put_spaces(out, HELP_COLUMN - at, err)
	       && put_wrapped(
		   out, _(option->help), HELP_COLUMN, HELP_COLUMN, err);
}

bool
cli_help_put(struct psp_buffer *out, const struct cli_command *command,
    struct psp_error *err)
{
	const struct cli_option *row;
	struct cli_cursor cursor;
	size_t indent;

	if (!psp_buffer_format(out, err, _("Usage: %s "), command->name))
		return false;
	indent = psp_text_width(psp_buffer_content(out));
	if (!put_wrapped(out, _(command->synopsis), indent, indent, err)
	    || !put_wrapped(out, _(command->summary), 0, 0, err))
		return false;
	cli_cursor_start(&cursor, command->options);
	for (row = cli_cursor_next(&cursor); row != NULL;
	     row = cli_cursor_next(&cursor)) {
		if (cursor.is_rare)
			continue;
		if (row->kind == CLI_KIND_HEADING) {
			if (!psp_buffer_format(
				out, err, _("\n%s:\n"), _(row->help)))
				return false;
		} else if (!put_option(out, row, err))
			return false;
	}
	return psp_buffer_format(out, err,
	    _("\nThe manual has more, rare options too: man %s\n"),
	    command->name);
}

bool
cli_version_put(struct psp_buffer *out, const struct cli_command *command,
    struct psp_error *err)
{
	return psp_buffer_format(out, err,
	    _("%s (prospect) %s\n"
	      "License GPLv3+: GNU GPL version 3 or later "
	      "<https://gnu.org/licenses/gpl.html>.\n"
	      "This is free software: you are free to change and redistribute "
	      "it.\n"
	      "There is NO WARRANTY, to the extent permitted by law.\n"),
	    command->name, PACKAGE_VERSION);
}
