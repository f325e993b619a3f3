/*
 * Signals in one array, sorted by company and date, found by a map from the
 * company's key to its run in the array. Two sorts: the first brings equal
 * rows together so that they count once, the second gives the final order.
 */
#include <config.h>

#include "libprospect/targeting/signals.h"

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/map.h"
#include "libprospect/base/text.h"
#include "libprospect/values/company.h"
#include "libprospect/values/date.h"
#include "libprospect/values/number.h"

/* A row before it is put in its place. */
struct row {
	struct psp_signal signal;
	size_t company;
	size_t order; /* in the file */
};

/* Where the signals of a company stand. */
struct run {
	size_t first;
	size_t n;
};

struct psp_signals {
	struct psp_signal *items;
	struct run *runs; /* by company */
	struct psp_map companies;
	struct psp_map sources; /* few and repeated: kept once */
	struct psp_arena texts;
	struct psp_signals_counts counts;
};

/* Columns of the file by what they hold. */
enum column {
	COLUMN_KEY,
	COLUMN_DATE,
	COLUMN_SIGNAL,
	COLUMN_TITLE,
	COLUMN_SOURCE,
	COLUMN_URL,
	COLUMN_STRENGTH,
	N_COLUMNS
};

/* The file being read. */
struct reading {
	struct psp_signals *signals;
	const struct psp_signal_codes *codes;
	const struct psp_notes *notes;
	const char *file;
	size_t header_line;
	enum psp_number_style style;
	int32_t today;
	struct psp_column columns[N_COLUMNS];
	bool has_column[N_COLUMNS];
	struct row *rows;
	size_t n_rows, capacity;
	struct psp_buffer scratch;
};

bool
psp_key_normal(struct psp_buffer *buffer, struct psp_slice cell,
    enum psp_type type, struct psp_error *err)
{
	char digits[15];

	if (psp_value_is_absent(cell))
		return true;
	if (type == PSP_TYPE_SIREN) {
		if (psp_siren_read(cell, digits) > PSP_ID_CHECKSUM)
			return true;
		return psp_buffer_append(buffer, digits, 9, err);
	}
	if (type == PSP_TYPE_SIRET) {
		if (psp_siret_read(cell, digits) > PSP_ID_CHECKSUM)
			return true;
		return psp_buffer_append(buffer, digits, 9, err);
	}
	return psp_text_fold(buffer, psp_text_trim(cell), err);
}

/* Binds one column; a missing one is an error when it is needed. */
static bool
bind(struct reading *reading, struct psp_slices header, enum column column,
    const char *name, bool is_needed, struct psp_error *err)
{
	char message[512];

	switch (psp_schema_bind(NULL, header, psp_slice_of(name),
	    &reading->columns[column], message, sizeof(message))) {
	case PSP_BOUND:
		reading->has_column[column] = true;
		return true;
	case PSP_BIND_FAILED:
		return psp_error_memory(err);
	case PSP_BIND_TWICE:
		return psp_error_set(err, PSP_EUSAGE, reading->file,
		    reading->header_line, 0, "%s", message);
	case PSP_BIND_MISSING:
		break;
	}
	if (is_needed)
		return psp_error_set(err, PSP_EUSAGE, reading->file,
		    reading->header_line, 0,
		    "a signals file needs the column '%s': %s", name, message);
	return true;
}

/* Finds the columns by their usual names, whatever the main input's are. */
static bool
bind_columns(struct reading *reading, struct psp_slices header, const char *key,
    struct psp_error *err)
{
	bool is_siren = strcmp(key, "siren") == 0;

	if (!bind(reading, header, COLUMN_KEY, key, !is_siren, err))
		return false;
	if (!reading->has_column[COLUMN_KEY]
	    && (!bind(reading, header, COLUMN_KEY, "siret", false, err)
		|| (!reading->has_column[COLUMN_KEY]
		    && !bind(reading, header, COLUMN_KEY, key, true, err))))
		return false;
	return bind(reading, header, COLUMN_DATE, "date", true, err)
	       && bind(reading, header, COLUMN_SIGNAL, "signal", true, err)
	       && bind(reading, header, COLUMN_TITLE, "title", false, err)
	       && bind(reading, header, COLUMN_SOURCE, "source", false, err)
	       && bind(reading, header, COLUMN_URL, "url", false, err)
	       && bind(
		   reading, header, COLUMN_STRENGTH, "strength", false, err);
}

static struct psp_slice
cell(struct reading *reading, struct psp_record *record, enum column column)
{
	if (!reading->has_column[column])
		return psp_slice(NULL, 0);
	return psp_record_text(record, reading->columns[column].index);
}

/* A row that cannot be used: counted and said. */
static void
reject(struct reading *reading, struct psp_record *record, enum column column,
    const char *kind, const char *expected)
{
	struct psp_slice text = psp_text_trim(cell(reading, record, column));

	reading->signals->counts.n_rejected++;
	psp_note(reading->notes, PSP_NOTE_REJECT, kind, reading->file,
	    psp_record_line(record), reading->columns[column].index + 1,
	    "%s '%.*s': expected %s", _(kind), PSP_SLICE_ARGS(text), expected);
}

/* The company's number, new or known; `scratch` holds its key. */
static bool
find_company(struct reading *reading, size_t *company, struct psp_error *err)
{
	struct psp_map *companies = &reading->signals->companies;
	struct psp_map_entry *entry;

	if (!psp_map_put(companies, psp_buffer_content(&reading->scratch),
		companies->n_entries, &entry, NULL, err))
		return false;
	*company = entry->value;
	return true;
}

static bool
keep_text(struct reading *reading, struct psp_slice text,
    struct psp_slice *kept, struct psp_error *err)
{
	const char *copy;

	text = psp_text_trim(text);
	*kept = psp_slice(NULL, 0);
	if (text.size == 0)
		return true;
	copy = psp_arena_copy(&reading->signals->texts, text, err);
	if (copy == NULL)
		return false;
	*kept = psp_slice(copy, text.size);
	return true;
}

static bool
keep_source(struct reading *reading, struct psp_slice text,
    struct psp_slice *kept, struct psp_error *err)
{
	struct psp_map_entry *entry;

	if (!psp_map_put(&reading->signals->sources, psp_text_trim(text), 0,
		&entry, NULL, err))
		return false;
	*kept = entry->key;
	return true;
}

/* Reads what decides whether the row counts. `*is_kept` tells. */
static bool
read_facts(struct reading *reading, struct psp_record *record, struct row *row,
    bool *is_kept, struct psp_error *err)
{
	struct psp_days days;
	struct psp_slice strength = cell(reading, record, COLUMN_STRENGTH);

	*is_kept = false;
	reading->scratch.size = 0;
	if (!psp_key_normal(&reading->scratch,
		cell(reading, record, COLUMN_KEY),
		reading->columns[COLUMN_KEY].type, err))
		return false;
	if (reading->scratch.size == 0) {
		reject(reading, record, COLUMN_KEY, N_("key not understood"),
		    _("the identifier of the company"));
		return true;
	}
	if (psp_date_read(cell(reading, record, COLUMN_DATE), &days, NULL)
	    != PSP_DATE_READ) {
		reject(reading, record, COLUMN_DATE, N_("date not understood"),
		    _("a date such as 2026-03-31 or 31/03/2026"));
		return true;
	}
	if (!psp_signal_codes_find(reading->codes,
		cell(reading, record, COLUMN_SIGNAL), &row->signal.code)) {
		reject(reading, record, COLUMN_SIGNAL, N_("unknown signal"),
		    _("one of the nine codes or of signal_codes"));
		return true;
	}
	row->signal.strength = PSP_NUMBER_SCALE;
	if (!psp_value_is_absent(strength)
	    && (!psp_number_read(
		    strength, reading->style, &row->signal.strength)
		|| row->signal.strength < 0
		|| row->signal.strength > PSP_NUMBER_SCALE)) {
		reject(reading, record, COLUMN_STRENGTH,
		    N_("strength not understood"), _("a number from 0 to 1"));
		return true;
	}
	row->signal.date = days.first;
	if (days.first > reading->today)
		reading->signals->counts.n_future++;
	else
		*is_kept = true;
	return true;
}

static bool
take_record(
    struct reading *reading, struct psp_record *record, struct psp_error *err)
{
	struct row *rows, row;
	bool is_kept;

	reading->signals->counts.n_read++;
	memset(&row, 0, sizeof(row));
	if (!read_facts(reading, record, &row, &is_kept, err))
		return false;
	if (!is_kept)
		return true;
	row.order = reading->n_rows;
	if (!find_company(reading, &row.company, err)
	    || !keep_text(reading, cell(reading, record, COLUMN_TITLE),
		&row.signal.title, err)
	    || !keep_text(reading, cell(reading, record, COLUMN_URL),
		&row.signal.url, err)
	    || !keep_source(reading, cell(reading, record, COLUMN_SOURCE),
		&row.signal.source, err))
		return false;
	rows = psp_array_reserve(reading->rows, &reading->capacity,
	    reading->n_rows + 1, sizeof(*rows), err);
	if (rows == NULL)
		return false;
	reading->rows = rows;
	rows[reading->n_rows++] = row;
	return true;
}

static int
compare_sizes(size_t a, size_t b)
{
	return a < b ? -1 : a > b;
}

static int
compare_texts(struct psp_slice a, struct psp_slice b)
{
	size_t size = a.size < b.size ? a.size : b.size;
	int order = size > 0 ? memcmp(a.bytes, b.bytes, size) : 0;

	return order != 0 ? order : compare_sizes(a.size, b.size);
}

/* By company, newest first. */
static int
compare_places(const struct row *a, const struct row *b)
{
	if (a->company != b->company)
		return compare_sizes(a->company, b->company);
	return a->signal.date > b->signal.date
	           ? -1
	           : a->signal.date < b->signal.date;
}

/* Whether they say the same: 0. */
static int
compare_facts(const struct row *a, const struct row *b)
{
	const struct psp_signal *x = &a->signal, *y = &b->signal;
	int order = compare_places(a, b);

	if (order == 0)
		order = compare_sizes(x->code, y->code);
	if (order == 0)
		order =
		    x->strength < y->strength ? -1 : x->strength > y->strength;
	if (order == 0)
		order = compare_texts(x->title, y->title);
	if (order == 0)
		order = compare_texts(x->source, y->source);
	if (order == 0)
		order = compare_texts(x->url, y->url);
	return order;
}

static int
by_facts(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = compare_facts(x, y);

	return order != 0 ? order : compare_sizes(x->order, y->order);
}

static int
by_place(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = compare_places(x, y);

	return order != 0 ? order : compare_sizes(x->order, y->order);
}

/* Leaves the first of equal rows. */
static void
drop_repeated(struct reading *reading)
{
	size_t kept = 0;

	qsort(reading->rows, reading->n_rows, sizeof(*reading->rows), by_facts);
	for (size_t i = 0; i < reading->n_rows; i++) {
		if (kept > 0
		    && compare_facts(
			   &reading->rows[kept - 1], &reading->rows[i])
			   == 0)
			continue;
		reading->rows[kept++] = reading->rows[i];
	}
	reading->signals->counts.n_repeated = reading->n_rows - kept;
	reading->n_rows = kept;
}

/* Puts the rows in their final places. */
static bool
place_rows(struct reading *reading, struct psp_error *err)
{
	struct psp_signals *signals = reading->signals;
	size_t n_companies = signals->companies.n_entries;

	if (reading->n_rows == 0)
		return true;
	drop_repeated(reading);
	qsort(reading->rows, reading->n_rows, sizeof(*reading->rows), by_place);
	signals->items = calloc(reading->n_rows, sizeof(*signals->items));
	signals->runs = calloc(n_companies, sizeof(*signals->runs));
	if (signals->items == NULL || signals->runs == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < reading->n_rows; i++) {
		struct run *run = &signals->runs[reading->rows[i].company];

		if (run->n == 0)
			run->first = i;
		run->n++;
		signals->items[i] = reading->rows[i].signal;
	}
	return true;
}

static bool
read_file(struct reading *reading, struct psp_reader *reader, const char *key,
    struct psp_error *err)
{
	struct psp_record *record;
	int found;

	reading->file = psp_reader_name(reader);
	reading->header_line = psp_reader_header_line(reader);
	reading->style =
	    (enum psp_number_style)psp_reader_dialect(reader)->decimal;
	if (!bind_columns(reading, psp_reader_header(reader), key, err))
		return false;
	while ((found = psp_reader_next(reader, &record, err)) > 0)
		if (!take_record(reading, record, err))
			return false;
	if (found < 0)
		return false;
	reading->signals->counts.n_read += psp_reader_n_rejected(reader);
	reading->signals->counts.n_rejected += psp_reader_n_rejected(reader);
	return place_rows(reading, err);
}

struct psp_signals *
psp_signals_open(const char *path, const struct psp_signal_codes *codes,
    const char *key, int32_t today, const struct psp_reader_options *options,
    struct psp_error *err)
{
	struct psp_signals *signals = calloc(1, sizeof(*signals));
	struct psp_reader *reader = NULL;
	struct reading reading;
	bool is_open = false;

	memset(&reading, 0, sizeof(reading));
	psp_buffer_init(&reading.scratch);
	if (signals == NULL) {
		psp_error_memory(err);
		goto done;
	}
	psp_map_init(&signals->companies);
	psp_map_init(&signals->sources);
	psp_arena_init(&signals->texts);
	reading.signals = signals;
	reading.codes = codes;
	reading.notes = &options->notes;
	reading.today = today;
	reader = psp_reader_open(path, options, err);
	if (reader == NULL)
		goto done;
	is_open = read_file(&reading, reader, key, err);
done:
	psp_reader_close(reader);
	psp_buffer_clear(&reading.scratch);
	free(reading.rows);
	if (!is_open) {
		psp_signals_close(signals);
		return NULL;
	}
	return signals;
}

void
psp_signals_close(struct psp_signals *signals)
{
	if (signals == NULL)
		return;
	free(signals->items);
	free(signals->runs);
	psp_map_clear(&signals->companies);
	psp_map_clear(&signals->sources);
	psp_arena_clear(&signals->texts);
	free(signals);
}

const struct psp_signal *
psp_signals_get(
    const struct psp_signals *signals, struct psp_slice key, size_t *n)
{
	const struct psp_map_entry *entry =
	    psp_map_get(&signals->companies, key);

	*n = 0;
	if (entry == NULL)
		return NULL;
	*n = signals->runs[entry->value].n;
	return &signals->items[signals->runs[entry->value].first];
}

const struct psp_signals_counts *
psp_signals_counts(const struct psp_signals *signals)
{
	return &signals->counts;
}

void
psp_signals_note(const struct psp_signals *signals, const char *file,
    const struct psp_notes *notes)
{
	const struct psp_signals_counts *counts = &signals->counts;

	psp_note(notes, PSP_NOTE_DETAIL, NULL, file, 0, 0,
	    "signals read %zu: used %zu, after today %zu, repeated %zu, "
	    "rejected %zu; companies %zu",
	    counts->n_read,
	    counts->n_read - counts->n_future - counts->n_repeated
		- counts->n_rejected,
	    counts->n_future, counts->n_repeated, counts->n_rejected,
	    signals->companies.n_entries);
}
