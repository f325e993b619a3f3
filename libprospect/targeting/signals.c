/*
 * Signals in one array, sorted by company and date; companies.h finds where
 * those of a company begin. They are read into the array as they come and
 * brought into order in place, by sorting keys of 16 bytes:
 *
 *   signals  |a 3 May|b 1 May|a 9 May|      as in the file
 *   places   {a 9 May, 2} {a 3 May, 0} {b 1 May, 1}
 */
#include <config.h>

#include "libprospect/targeting/signals.h"

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/map.h"
#include "libprospect/base/text.h"
#include "libprospect/targeting/companies.h"
#include "libprospect/values/company.h"
#include "libprospect/values/date.h"
#include "libprospect/values/number.h"

/* Where a signal belongs: companies in turn, newest first. */
struct place {
	uint64_t key;
	const struct psp_signal *signal; /* as in the file */
};

struct psp_signals {
	struct psp_signal *items;
	struct psp_companies companies; /* the first signal of each */
	struct psp_map sources;         /* few and repeated: kept once */
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
	uint32_t *owners; /* the companies of the signals */
	size_t n_rows, items_capacity, owners_capacity;
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
read_facts(struct reading *reading, struct psp_record *record,
    struct psp_signal *signal, bool *is_kept, struct psp_error *err)
{
	struct psp_days days;
	struct psp_slice strength = cell(reading, record, COLUMN_STRENGTH);
	int64_t part = PSP_NUMBER_SCALE;
	size_t code;

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
	if (!psp_signal_codes_find(
		reading->codes, cell(reading, record, COLUMN_SIGNAL), &code)) {
		reject(reading, record, COLUMN_SIGNAL, N_("unknown signal"),
		    _("one of the nine codes or of signal_codes"));
		return true;
	}
	if (!psp_value_is_absent(strength)
	    && (!psp_number_read(strength, reading->style, &part) || part < 0
		|| part > PSP_NUMBER_SCALE)) {
		reject(reading, record, COLUMN_STRENGTH,
		    N_("strength not understood"), _("a number from 0 to 1"));
		return true;
	}
	signal->date = days.first;
	signal->strength = (int32_t)part;
	signal->code = (uint16_t)code;
	if (days.first > reading->today)
		reading->signals->counts.n_future++;
	else
		*is_kept = true;
	return true;
}

/* Makes room for one more signal. */
static bool
reserve(struct reading *reading, struct psp_error *err)
{
	struct psp_signal *items = psp_array_reserve(reading->signals->items,
	    &reading->items_capacity, reading->n_rows + 1, sizeof(*items), err);
	uint32_t *owners;

	if (items == NULL)
		return false;
	reading->signals->items = items;
	owners = psp_array_reserve(reading->owners, &reading->owners_capacity,
	    reading->n_rows + 1, sizeof(*owners), err);
	if (owners == NULL)
		return false;
	reading->owners = owners;
	return true;
}

static bool
take_record(
    struct reading *reading, struct psp_record *record, struct psp_error *err)
{
	struct psp_signals *signals = reading->signals;
	struct psp_signal signal;
	uint32_t company;
	bool is_kept;

	signals->counts.n_read++;
	memset(&signal, 0, sizeof(signal));
	if (!read_facts(reading, record, &signal, &is_kept, err))
		return false;
	if (!is_kept)
		return true;
	if (!psp_companies_put(&signals->companies,
		psp_buffer_content(&reading->scratch), &company, err)
	    || !keep_text(reading, cell(reading, record, COLUMN_TITLE),
		&signal.title, err)
	    || !keep_text(
		reading, cell(reading, record, COLUMN_URL), &signal.url, err)
	    || !keep_source(reading, cell(reading, record, COLUMN_SOURCE),
		&signal.source, err)
	    || !reserve(reading, err))
		return false;
	signals->items[reading->n_rows] = signal;
	reading->owners[reading->n_rows++] = company;
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

/* By what they say, of a company and a day; then as in the file. */
static int
by_facts(const void *a, const void *b)
{
	const struct psp_signal *x = ((const struct place *)a)->signal;
	const struct psp_signal *y = ((const struct place *)b)->signal;
	int order = compare_sizes(x->code, y->code);

	if (order == 0)
		order = compare_sizes((size_t)x->strength, (size_t)y->strength);
	if (order == 0)
		order = compare_texts(x->title, y->title);
	if (order == 0)
		order = compare_texts(x->source, y->source);
	if (order == 0)
		order = compare_texts(x->url, y->url);
	return order != 0 ? order : (x > y) - (x < y);
}

static int
by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->signal > y->signal) - (x->signal < y->signal);
}

static bool
are_equal(const struct psp_signal *x, const struct psp_signal *y)
{
	return x->code == y->code && x->strength == y->strength
	       && psp_slice_equal(x->title, y->title)
	       && psp_slice_equal(x->source, y->source)
	       && psp_slice_equal(x->url, y->url);
}

/* Moves what is repeated among `n` places of one key behind the others; returns
 * how many those are. */
static size_t
part_repeated(struct place *places, size_t n)
{
	size_t kept = 1;

	qsort(places, n, sizeof(*places), by_facts);
	for (size_t i = 1; i < n; i++) {
		struct place place = places[i];

		/* The first of equal ones stays; nobody asks for the rest. */
		if (are_equal(places[kept - 1].signal, place.signal))
			continue;
		places[i] = places[kept];
		places[kept++] = place;
	}
	qsort(places, kept, sizeof(*places), by_place);
	return kept;
}

/* Puts the places in order, without repeated signals; returns their number. */
static size_t
sort_places(struct place *places, size_t n)
{
	size_t kept = 0, end;

	qsort(places, n, sizeof(*places), by_place);
	for (size_t i = 0; i < n; i = end) {
		size_t n_unlike = 1;

		for (end = i + 1; end < n && places[end].key == places[i].key;)
			end++;
		if (end - i > 1)
			n_unlike = part_repeated(places + i, end - i);
		for (size_t j = 0; j < n_unlike; j++)
			places[kept++] = places[i + j];
	}
	return kept;
}

/* Puts the signals in the order of their places, and tells where those of each
 * company begin. */
static bool
move_signals(struct reading *reading, const struct place *places, size_t n,
    struct psp_error *err)
{
	struct psp_signals *signals = reading->signals;
	struct psp_signal *items = calloc(n, sizeof(*items));
	uint32_t *firsts = calloc(signals->companies.n, sizeof(*firsts));

	if (items == NULL || firsts == NULL) {
		free(items);
		free(firsts);
		return psp_error_memory(err);
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t company = (uint32_t)(places[i].key >> 32);

		items[i] = *places[i].signal;
		if (i == 0 || places[i - 1].key >> 32 != company)
			firsts[company] = (uint32_t)i;
		items[i].is_last =
		    i + 1 == n || places[i + 1].key >> 32 != company;
	}
	free(signals->items);
	signals->items = items;
	psp_companies_renumber(&signals->companies, firsts);
	free(firsts);
	return true;
}

static bool
place_signals(struct reading *reading, struct psp_error *err)
{
	struct psp_signals *signals = reading->signals;
	size_t n = reading->n_rows, kept;
	struct place *places;
	bool is_done;

	if (n == 0)
		return true;
	places = n > UINT32_MAX ? NULL : calloc(n, sizeof(*places));
	if (places == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < n; i++) {
		places[i].key =
		    (uint64_t)reading->owners[i] << 32
		    | (uint32_t)(INT32_MAX - (int64_t)signals->items[i].date);
		places[i].signal = &signals->items[i];
	}
	kept = sort_places(places, n);
	signals->counts.n_repeated = n - kept;
	is_done = move_signals(reading, places, kept, err);
	free(places);
	return is_done;
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
	reading->signals->companies.are_sirens =
	    reading->columns[COLUMN_KEY].type == PSP_TYPE_SIREN
	    || reading->columns[COLUMN_KEY].type == PSP_TYPE_SIRET;
	while ((found = psp_reader_next(reader, &record, err)) > 0)
		if (!take_record(reading, record, err))
			return false;
	if (found < 0)
		return false;
	reading->signals->counts.n_read += psp_reader_n_rejected(reader);
	reading->signals->counts.n_rejected += psp_reader_n_rejected(reader);
	return place_signals(reading, err);
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
	psp_companies_init(&signals->companies, false);
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
	free(reading.owners);
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
	psp_companies_clear(&signals->companies);
	psp_map_clear(&signals->sources);
	psp_arena_clear(&signals->texts);
	free(signals);
}

const struct psp_signal *
psp_signals_get(
    const struct psp_signals *signals, struct psp_slice key, size_t *n)
{
	const struct psp_signal *first;
	uint32_t at;

	*n = 0;
	if (!psp_companies_get(&signals->companies, key, &at))
		return NULL;
	first = &signals->items[at];
	while (!first[(*n)++].is_last)
		continue;
	return first;
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
	    signals->companies.n);
}
