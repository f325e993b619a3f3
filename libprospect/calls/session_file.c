/*
 * Rows are indexed twice: by agent and name, and by agent in order of start,
 * where the longest session so far bounds how far back one has to look.
 */
#include <config.h>

#include "libprospect/calls/session_file.h"

#include "libprospect/base/catalog.h"

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/map.h"
#include "libprospect/base/text.h"
#include "libprospect/calls/sessions.h"
#include "libprospect/values/clock.h"
#include "libprospect/values/number.h"

enum { MAX_KEY = 256 };

/* A row in the order of agents (folded, behind it 0x1f) and starts. */
struct sorted {
	struct psp_slice key;
	int64_t start;
	uint32_t row;
};

struct psp_session_file {
	const char *path;
	struct psp_session_row *rows;
	size_t n, capacity;
	size_t n_rejected;
	bool has_names, has_agents;
	struct psp_map names; /* agent and name to row */
	struct sorted *sorted;
	int64_t longest; /* of the sessions */
	struct psp_arena arena;
};

/* The key of an agent and a name, folded; false when it is too long. */
static bool
make_key(struct psp_slice agent, struct psp_slice name, char key[MAX_KEY],
    struct psp_slice *made)
{
	size_t n, m;

	if (!psp_text_fold_into(psp_text_trim(agent), key, MAX_KEY / 2, &n))
		return false;
	key[n] = '\x1f';
	if (!psp_text_fold_into(
		psp_text_trim(name), key + n + 1, MAX_KEY / 2 - 1, &m))
		return false;
	*made = psp_slice(key, n + 1 + m);
	return true;
}

/* How a row is read. */
struct rows_reading {
	struct psp_session_file *file;
	struct psp_call_columns columns;
	const struct psp_reader_options *options;
	const char *path;
};

static struct psp_slice
cell_of(const struct rows_reading *reading, struct psp_record *record,
    enum psp_call_field field)
{
	if (!psp_call_has(&reading->columns, field))
		return psp_slice("", 0);
	return psp_text_trim(
	    psp_record_text(record, reading->columns.fields[field].index));
}

/* A moment: a date and a time, or the time of the day of `date`. */
static bool
read_moment(struct psp_slice cell, int32_t day, int64_t *at)
{
	int32_t found, seconds;

	if (psp_moment_read(cell, &found, &seconds) == PSP_MOMENT_TIMED) {
		*at = (int64_t)found * PSP_SECONDS_PER_DAY + seconds;
		return true;
	}
	if (day == PSP_NO_DAY || !psp_clock_read(cell, &seconds))
		return false;
	*at = (int64_t)day * PSP_SECONDS_PER_DAY + seconds;
	return true;
}

/* A pause is as long as "0:15" on the clocks of start and end: a quarter of an
 * hour, where a call would have lasted 15 seconds. */
static bool
read_pause(struct psp_slice cell, int32_t *seconds)
{
	struct psp_slice text = psp_text_trim(cell);
	size_t n_colons = 0;

	for (size_t i = 0; i < text.size; i++)
		n_colons += text.bytes[i] == ':';
	return n_colons == 1 ? psp_clock_read(text, seconds)
	                     : psp_call_length_read(text, seconds);
}

/* Reads a row; false when it is no session, `why` says why. */
static bool
read_row(const struct rows_reading *reading, struct psp_record *record,
    struct psp_session_row *row, const char **why)
{
	struct psp_slice date = cell_of(reading, record, PSP_CALL_DATE);
	struct psp_slice pause = cell_of(reading, record, PSP_CALL_PAUSE);
	int32_t day = PSP_NO_DAY, seconds = 0, length = 0;

	if (psp_moment_read(date, &day, &seconds) == PSP_MOMENT_NONE)
		day = PSP_NO_DAY;
	*why = N_("no start: expected a date and a time");
	if (!read_moment(
		cell_of(reading, record, PSP_CALL_START), day, &row->start))
		return false;
	*why = N_("no end: expected a date and a time");
	if (!read_moment(
		cell_of(reading, record, PSP_CALL_END), day, &row->end))
		return false;
	*why = N_("the end is before the start");
	if (row->end < row->start)
		return false;
	*why = N_(
	    "the pause is not understood: expected such as 15min or 0:15:00");
	if (!psp_value_is_absent(pause) && !read_pause(pause, &length))
		return false;
	*why = N_("the pause is longer than the session");
	row->pause = length;
	return length <= row->end - row->start;
}

static bool
keep_row(const struct rows_reading *reading, struct psp_record *record,
    struct psp_session_row *row, struct psp_error *err)
{
	struct psp_session_file *file = reading->file;
	struct psp_slice session = cell_of(reading, record, PSP_CALL_SESSION);
	struct psp_slice agent = cell_of(reading, record, PSP_CALL_AGENT);
	struct psp_session_row *rows = psp_array_reserve(
	    file->rows, &file->capacity, file->n + 1, sizeof(*rows), err);
	struct psp_map_entry *entry;
	struct psp_slice key;
	char text[MAX_KEY];

	if (rows == NULL)
		return false;
	file->rows = rows;
	row->session.bytes = psp_arena_copy(&file->arena, session, err);
	row->session.size = session.size;
	row->agent.bytes = psp_arena_copy(&file->arena, agent, err);
	row->agent.size = agent.size;
	if (row->session.bytes == NULL || row->agent.bytes == NULL)
		return false;
	row->line = psp_record_line(record);
	if (session.size > 0 && make_key(agent, session, text, &key)
	    && !psp_map_put(&file->names, key, file->n, &entry, NULL, err))
		return false;
	rows[file->n++] = *row;
	return true;
}

static bool
read_rows(const struct rows_reading *reading, struct psp_reader *reader,
    struct psp_error *err)
{
	struct psp_record *record;
	int found;

	while ((found = psp_reader_next(reader, &record, err)) > 0) {
		struct psp_session_row row = { 0 };
		const char *why;

		if (read_row(reading, record, &row, &why)) {
			if (!keep_row(reading, record, &row, err))
				return false;
			continue;
		}
		reading->file->n_rejected++;
		psp_note(&reading->options->notes, PSP_NOTE_REJECT,
		    "rows that are no sessions", reading->path,
		    psp_record_line(record), 0, "%s", _(why));
	}
	reading->file->n_rejected += psp_reader_n_rejected(reader);
	return found == 0;
}

static int
by_agent_and_start(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;
	size_t size = x->key.size < y->key.size ? x->key.size : y->key.size;
	int order = size > 0 ? memcmp(x->key.bytes, y->key.bytes, size) : 0;

	if (order != 0)
		return order;
	if (x->key.size != y->key.size)
		return x->key.size < y->key.size ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->row < y->row ? -1 : 1;
}

static bool
sort_rows(struct psp_session_file *file, struct psp_error *err)
{
	struct sorted *sorted = calloc(file->n + 1, sizeof(*sorted));

	if (sorted == NULL)
		return psp_error_memory(err);
	file->sorted = sorted;
	for (size_t i = 0; i < file->n; i++) {
		const struct psp_session_row *row = &file->rows[i];
		char text[MAX_KEY];
		struct psp_slice key;
		const char *copy;

		if (!make_key(row->agent, psp_slice("", 0), text, &key))
			key = row->agent;
		copy = psp_arena_copy(&file->arena, key, err);
		if (copy == NULL)
			return false;
		sorted[i].key = psp_slice(copy, key.size);
		sorted[i].start = row->start;
		sorted[i].row = (uint32_t)i;
		file->has_names = file->has_names || row->session.size > 0;
		file->has_agents = file->has_agents || row->agent.size > 0;
		if (row->end - row->start > file->longest)
			file->longest = row->end - row->start;
	}
	if (file->n > 1)
		qsort(sorted, file->n, sizeof(*sorted), by_agent_and_start);
	return true;
}

/* Binds the columns; those that a session cannot do without must be there. */
static bool
bind(struct rows_reading *reading, struct psp_reader *reader,
    const struct psp_schema *schema, struct psp_error *err)
{
	struct psp_problems problems;
	const struct psp_slice no_name = { NULL, 0 };
	bool is_bound;

	psp_problems_init(&problems);
	is_bound = psp_call_columns_bind(&reading->columns, schema,
		       psp_reader_header(reader), no_name, &problems, err)
	           && psp_call_columns_need(&reading->columns, PSP_CALL_START,
		       N_("a sessions file"), &problems)
	           && psp_call_columns_need(&reading->columns, PSP_CALL_END,
		       N_("a sessions file"), &problems);
	if (!is_bound && err->status == PSP_OK && problems.n > 0)
		psp_error_set(err, PSP_EUSAGE, reading->path, 0, 0, "%s",
		    problems.items[0].message);
	else if (!is_bound && err->status == PSP_OK)
		psp_error_memory(err);
	psp_problems_clear(&problems);
	return is_bound;
}

struct psp_session_file *
psp_session_file_open(const char *path, const struct psp_schema *schema,
    const struct psp_reader_options *options, struct psp_error *err)
{
	struct psp_session_file *file = calloc(1, sizeof(*file));
	struct rows_reading reading = {
		.file = file, .options = options, .path = path
	};
	struct psp_reader *reader = NULL;
	bool is_done = false;

	if (file == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	file->path = path;
	psp_map_init(&file->names);
	psp_arena_init(&file->arena);
	reader = psp_reader_open(path, options, err);
	if (reader != NULL)
		is_done = bind(&reading, reader, schema, err)
		          && read_rows(&reading, reader, err)
		          && sort_rows(file, err);
	psp_reader_close(reader);
	if (is_done)
		return file;
	psp_session_file_close(file);
	return NULL;
}

void
psp_session_file_close(struct psp_session_file *file)
{
	if (file == NULL)
		return;
	free(file->rows);
	free(file->sorted);
	psp_map_clear(&file->names);
	psp_arena_clear(&file->arena);
	free(file);
}

const struct psp_session_row *
psp_session_file_rows(const struct psp_session_file *file, size_t *n)
{
	*n = file->n;
	return file->rows;
}

const char *
psp_session_file_path(const struct psp_session_file *file)
{
	return file->path;
}

size_t
psp_session_file_n_rejected(const struct psp_session_file *file)
{
	return file->n_rejected;
}

/* The first session of this agent in which `at` lies. */
static uint32_t
find_by_time(
    const struct psp_session_file *file, struct psp_slice agent, int64_t at)
{
	struct sorted wanted = { { NULL, 0 }, at, UINT32_MAX };
	size_t low = 0, high = file->n;
	uint32_t found = PSP_NO_SESSION;
	char text[MAX_KEY];

	if (!make_key(agent, psp_slice("", 0), text, &wanted.key))
		return found;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_agent_and_start(&file->sorted[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	/* Sessions that began before, as far back as one may last. */
	for (size_t i = low; i > 0; i--) {
		const struct sorted *before = &file->sorted[i - 1];

		if (!psp_slice_equal(before->key, wanted.key)
		    || before->start + file->longest < at)
			break;
		if (at <= file->rows[before->row].end)
			found = before->row;
	}
	return found;
}

uint32_t
psp_session_file_find(const struct psp_session_file *file,
    struct psp_slice session, struct psp_slice agent, int64_t at)
{
	const struct psp_slice nobody = { "", 0 };
	const struct psp_map_entry *entry = NULL;
	uint32_t found = PSP_NO_SESSION;
	struct psp_slice key;
	char text[MAX_KEY];

	if (session.size > 0 && file->has_names) {
		if (make_key(
			file->has_agents ? agent : nobody, session, text, &key))
			entry = psp_map_get(&file->names, key);
		return entry != NULL ? (uint32_t)entry->value : PSP_NO_SESSION;
	}
	if (at == PSP_NO_TIME)
		return PSP_NO_SESSION;
	if (file->has_agents)
		found = find_by_time(file, agent, at);
	return found != PSP_NO_SESSION ? found : find_by_time(file, nobody, at);
}

bool
psp_session_file_print(const struct psp_session_file *file,
    struct psp_buffer *out, struct psp_error *err)
{
	for (size_t i = 0; i < file->n; i++) {
		const struct psp_session_row *row = &file->rows[i];

		if (!psp_buffer_slice(out, row->session, err)
		    || !psp_buffer_put(out, '\t', err)
		    || !psp_buffer_slice(out, row->agent, err)
		    || !psp_buffer_format(out, err, "\t%lld %lld %lld\n",
			(long long)row->start, (long long)row->end,
			(long long)row->pause))
			return false;
	}
	return true;
}
