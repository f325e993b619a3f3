/*
 * In a field TAB, LF, CR and the backslash are written \t, \n, \r and \\, so
 * that a line is a line whatever the data hold.
 */
#include <config.h>

#include "libprospect/report/partial.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "libprospect/stream/source.h"

enum { READ_SIZE = 65536 };

struct psp_partial_reader {
	struct psp_buffer bytes; /* the whole state */
	char *name;
	size_t line_number;
	size_t next;    /* where the next line begins */
	size_t at, end; /* what is left of the line at hand */
	struct psp_slice word;
	struct psp_buffer text; /* of the field taken, escapes undone */
};

void
psp_partial_begin(
    struct psp_partial *partial, const struct psp_partial_name *name)
{
	memset(partial, 0, sizeof(*partial));
	psp_buffer_init(&partial->bytes);
	psp_error_init(&partial->err);
	(void)!psp_buffer_format(&partial->bytes, &partial->err,
	    "%s\t%s\t%u\t%016" PRIx64, name->tool, name->report, name->version,
	    name->settings);
}

void
psp_partial_clear(struct psp_partial *partial)
{
	psp_buffer_clear(&partial->bytes);
}

/* Memory that runs out stays in partial->err, and is told at the end. */
void
psp_partial_line(struct psp_partial *partial, const char *word)
{
	partial->n_lines++;
	if (partial->err.status == PSP_OK
	    && psp_buffer_put(&partial->bytes, '\n', &partial->err))
		(void)!psp_buffer_slice(
		    &partial->bytes, psp_slice_of(word), &partial->err);
}

static char
escape_of(char c)
{
	switch (c) {
	case '\t':
		return 't';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\\':
		return '\\';
	default:
		return 0;
	}
}

void
psp_partial_text(struct psp_partial *partial, struct psp_slice text)
{
	struct psp_buffer *bytes = &partial->bytes;
	struct psp_error *err = &partial->err;
	size_t start = 0;

	if (err->status != PSP_OK || !psp_buffer_put(bytes, '\t', err))
		return;
	for (size_t i = 0; i < text.size; i++) {
		char escape[2] = { '\\', escape_of(text.bytes[i]) };

		if (escape[1] == 0)
			continue;
		if (!psp_buffer_append(
			bytes, text.bytes + start, i - start, err)
		    || !psp_buffer_append(bytes, escape, 2, err))
			return;
		start = i + 1;
	}
	(void)!psp_buffer_append(
	    bytes, text.bytes + start, text.size - start, err);
}

void
psp_partial_number(struct psp_partial *partial, int64_t number)
{
	if (partial->err.status == PSP_OK)
		(void)!psp_buffer_format(
		    &partial->bytes, &partial->err, "\t%" PRId64, number);
}

bool
psp_partial_end(struct psp_partial *partial, struct psp_error *err)
{
	size_t n_lines = partial->n_lines;

	psp_partial_line(partial, "end");
	psp_partial_number(partial, (int64_t)n_lines);
	if (partial->err.status == PSP_OK)
		(void)!psp_buffer_put(&partial->bytes, '\n', &partial->err);
	if (partial->err.status != PSP_OK)
		*err = partial->err;
	return partial->err.status == PSP_OK;
}

static bool
read_all(
    struct psp_partial_reader *reader, const char *path, struct psp_error *err)
{
	struct psp_source *source = psp_source_open(path, err);
	struct psp_buffer *bytes = &reader->bytes;
	ptrdiff_t n = -1;

	if (source == NULL)
		return false;
	reader->name = strdup(psp_source_name(source));
	if (reader->name == NULL)
		psp_error_memory(err);
	while (
	    reader->name != NULL && psp_buffer_reserve(bytes, READ_SIZE, err)) {
		n = psp_source_read(
		    source, bytes->bytes + bytes->size, READ_SIZE, err);
		if (n <= 0)
			break;
		bytes->size += (size_t)n;
	}
	psp_source_close(source);
	return n == 0 && psp_buffer_put(bytes, '\0', err) && bytes->size-- > 0;
}

bool
psp_partial_next(struct psp_partial_reader *reader)
{
	const char *bytes = reader->bytes.bytes, *found;
	size_t size = reader->bytes.size;

	if (reader->next >= size)
		return false;
	found = memchr(bytes + reader->next, '\n', size - reader->next);
	reader->at = reader->next;
	reader->end = found != NULL ? (size_t)(found - bytes) : size;
	reader->next = reader->end + 1;
	reader->line_number++;
	found = memchr(bytes + reader->at, '\t', reader->end - reader->at);
	reader->word = psp_slice(bytes + reader->at,
	    (found != NULL ? (size_t)(found - bytes) : reader->end)
		- reader->at);
	reader->at += reader->word.size;
	return true;
}

bool
psp_partial_is(const struct psp_partial_reader *reader, const char *word)
{
	return psp_slice_is(reader->word, word);
}

bool
psp_partial_refuse(
    const struct psp_partial_reader *reader, struct psp_error *err)
{
	return psp_error_set(err, PSP_ESYNTAX, reader->name,
	    reader->line_number, 0,
	    "not a line of a state; write the state again with --partial");
}

bool
psp_partial_get_text(struct psp_partial_reader *reader, struct psp_slice *text,
    struct psp_error *err)
{
	const char *bytes = reader->bytes.bytes;
	struct psp_buffer *out = &reader->text;
	size_t i = reader->at + 1;

	if (reader->at >= reader->end)
		return psp_partial_refuse(reader, err);
	out->size = 0;
	for (; i < reader->end && bytes[i] != '\t'; i++) {
		char c = bytes[i];

		if (c == '\\' && i + 1 < reader->end) {
			c = bytes[++i];
			c = c == 't'   ? '\t'
			    : c == 'n' ? '\n'
			    : c == 'r' ? '\r'
			               : c;
		}
		if (!psp_buffer_put(out, c, err))
			return false;
	}
	reader->at = i;
	*text = psp_buffer_content(out);
	return true;
}

size_t
psp_partial_n_fields(const struct psp_partial_reader *reader)
{
	size_t n = 0;

	for (size_t i = reader->at; i < reader->end; i++)
		n += reader->bytes.bytes[i] == '\t';
	return n;
}

bool
psp_partial_get_number(
    struct psp_partial_reader *reader, int64_t *number, struct psp_error *err)
{
	struct psp_slice text;
	uint64_t value = 0, most = INT64_MAX;
	bool is_negative;
	size_t i;

	if (!psp_partial_get_text(reader, &text, err))
		return false;
	is_negative = text.size > 0 && text.bytes[0] == '-';
	i = is_negative;
	most += is_negative; /* INT64_MIN has no positive like */
	if (i == text.size)
		return psp_partial_refuse(reader, err);
	for (; i < text.size; i++) {
		unsigned digit = (unsigned)(text.bytes[i] - '0');

		if (digit > 9 || value > (most - digit) / 10)
			return psp_partial_refuse(reader, err);
		value = value * 10 + digit;
	}
	*number = is_negative ? (int64_t)(0 - value) : (int64_t)value;
	return true;
}

bool
psp_partial_get_count(struct psp_partial_reader *reader, size_t limit,
    size_t *count, struct psp_error *err)
{
	int64_t number;

	if (!psp_partial_get_number(reader, &number, err))
		return false;
	if (number < 0 || (uint64_t)number >= limit)
		return psp_partial_refuse(reader, err);
	*count = (size_t)number;
	return true;
}

bool
psp_partial_add_count(
    struct psp_partial_reader *reader, size_t *sum, struct psp_error *err)
{
	size_t count = 0;

	if (!psp_partial_get_count(reader, SIZE_MAX / 2, &count, err))
		return false;
	if (count > SIZE_MAX / 2 - *sum)
		return psp_partial_refuse(reader, err);
	*sum += count;
	return true;
}

/* The first line against what is wanted. */
static bool
check_name(struct psp_partial_reader *reader,
    const struct psp_partial_name *name, struct psp_error *err)
{
	char settings[24], version[16];
	const char *const wanted[] = { name->tool, name->report, version,
		settings };
	static const char *const what[] = { "tool", "report", "version",
		"settings" };
	const char *kin = "prospect-"; /* the file ends in a NUL */
	struct psp_slice field;

	snprintf(settings, sizeof(settings), "%016" PRIx64, name->settings);
	snprintf(version, sizeof(version), "%u", name->version);
	if (!psp_partial_next(reader))
		return psp_error_set(err, PSP_ESYNTAX, reader->name, 0, 0,
		    "empty where a state was expected; write one with "
		    "--partial");
	field = reader->word;
	for (size_t i = 0; i < 4; i++) {
		if (i > 0 && !psp_partial_get_text(reader, &field, err))
			return false;
		if (i == 0 && strncmp(field.bytes, kin, strlen(kin)) != 0)
			return psp_error_set(err, PSP_ESYNTAX, reader->name, 1,
			    0, "no state: one is written with --partial");
		if (!psp_slice_is(field, wanted[i]))
			return psp_error_set(err, PSP_EUSAGE, reader->name, 1,
			    0,
			    "a state of %s '%.*s', not '%s': states are joined "
			    "by the command, the report and the settings that "
			    "wrote them",
			    what[i], PSP_SLICE_ARGS(field), wanted[i]);
	}
	return true;
}

/* The last line against the number of lines. */
static bool
check_end(struct psp_partial_reader *reader, struct psp_error *err)
{
	const char *bytes = reader->bytes.bytes;
	size_t size = reader->bytes.size, start, n_lines = 0;
	char wanted[32];

	for (size_t i = 0; i < size; i++)
		n_lines += bytes[i] == '\n';
	if (size > 0 && bytes[size - 1] == '\n')
		size--;
	for (start = size; start > 0 && bytes[start - 1] != '\n';)
		start--;
	snprintf(
	    wanted, sizeof(wanted), "end\t%zu", n_lines >= 2 ? n_lines - 2 : 0);
	if (start == 0
	    || !psp_slice_is(psp_slice(bytes + start, size - start), wanted))
		return psp_error_set(err, PSP_ESYNTAX, reader->name, n_lines, 0,
		    "the state is cut short; write it again with --partial");
	reader->bytes.size = start;
	return true;
}

struct psp_partial_reader *
psp_partial_open(const char *path, const struct psp_partial_name *name,
    struct psp_error *err)
{
	struct psp_partial_reader *reader = calloc(1, sizeof(*reader));

	if (reader == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_buffer_init(&reader->bytes);
	psp_buffer_init(&reader->text);
	if (read_all(reader, path, err) && check_name(reader, name, err)
	    && check_end(reader, err))
		return reader;
	psp_partial_close(reader);
	return NULL;
}

void
psp_partial_close(struct psp_partial_reader *reader)
{
	if (reader == NULL)
		return;
	psp_buffer_clear(&reader->bytes);
	psp_buffer_clear(&reader->text);
	free(reader->name);
	free(reader);
}
