/* Counting touches; see the header. */
#include <config.h>

#include "libprospect/deals/touches.h"

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/values/company.h"
#include "libprospect/values/date.h"

enum { DEAL, SIREN, DATE, N_COLUMNS };

/* A deal of a company, to be found by it. */
struct of_company {
	int32_t siren;
	uint32_t deal;
};

struct counting {
	const struct psp_book *book;
	int32_t today;
	struct psp_column columns[N_COLUMNS];
	bool is_bound[N_COLUMNS];
	struct of_company *companies; /* by siren */
	size_t n;
	uint32_t *counts;
	struct psp_touch_faults *faults;
	struct psp_buffer scratch;
};

static int
compare_companies(const void *a, const void *b)
{
	const struct of_company *left = a, *right = b;

	if (left->siren != right->siren)
		return left->siren < right->siren ? -1 : 1;
	return left->deal < right->deal ? -1 : left->deal > right->deal;
}

static bool
index_companies(struct counting *c, struct psp_error *err)
{
	const struct psp_book *book = c->book;

	c->companies = calloc(book->n + 1, sizeof(*c->companies));
	if (c->companies == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < book->n; i++)
		if (book->deals[i].siren >= 0) {
			c->companies[c->n].siren = book->deals[i].siren;
			c->companies[c->n].deal = (uint32_t)i;
			c->n++;
		}
	qsort(c->companies, c->n, sizeof(*c->companies), compare_companies);
	return true;
}

static bool
bind_columns(struct counting *c, struct psp_slices header, const char *path,
    struct psp_error *err)
{
	static const char *const names[] = { "deal", "siren", "date" };
	char message[512];

	for (size_t i = 0; i < N_COLUMNS; i++) {
		enum psp_bind_result result =
		    psp_schema_bind(NULL, header, psp_slice_of(names[i]),
			&c->columns[i], message, sizeof(message));

		c->is_bound[i] = result == PSP_BOUND;
		if (result == PSP_BIND_FAILED)
			return psp_error_memory(err);
		if (result == PSP_BIND_TWICE
		    || (result == PSP_BIND_MISSING && i == DATE))
			return psp_error_set(
			    err, PSP_EUSAGE, path, 0, 0, "%s", message);
	}
	return c->is_bound[DEAL] || c->is_bound[SIREN]
	       || psp_error_set(err, PSP_EUSAGE, path, 0, 0,
		   "touches need a column deal or siren");
}

/* A column of times of day: touches are counted by day, whatever it says. */
static bool
find_time(struct counting *c, struct psp_slices header, struct psp_error *err)
{
	static const char *const names[] = { "time", "hour", "heure",
		"horaire" };

	for (size_t i = 0; i < header.n; i++)
		for (size_t j = 0; j < sizeof(names) / sizeof(names[0]); j++) {
			char key[64];
			size_t size;

			if (c->faults->time[0] == '\0'
			    && psp_text_key_into(
				header.items[i], key, sizeof(key), &size)
			    && psp_slice_is(psp_slice(key, size), names[j])
			    && !psp_text_visible_cut(header.items[i],
				c->faults->time, sizeof(c->faults->time),
				&c->scratch, err))
				return false;
		}
	return true;
}

/* Whether a touch of that day counts for the deal. */
static void
touch(struct counting *c, size_t index, int32_t day)
{
	const struct psp_deal *deal = &c->book->deals[index];
	const struct psp_stage *stage;

	if (deal->stage >= c->book->handbook->n_stages)
		return;
	stage = &c->book->handbook->stages[deal->stage];
	if (stage->touches.is_there && day <= c->today
	    && psp_days_add_duration(day, &stage->touches.per, 1) > c->today)
		c->counts[index]++;
}

/* The company of a row, from its SIREN or SIRET; -1: none. */
static int32_t
read_siren(const struct psp_column *column, struct psp_slice cell)
{
	char siren[15];
	enum psp_id_result result = column->type == PSP_TYPE_SIRET
	                                ? psp_siret_read(cell, siren)
	                                : psp_siren_read(cell, siren);
	int64_t number;

	if ((result != PSP_ID_VALID && result != PSP_ID_CHECKSUM)
	    || !psp_number_read(psp_slice(siren, 9), PSP_STYLE_POINT, &number))
		return -1;
	return (int32_t)(number / PSP_NUMBER_SCALE);
}

/* The first of a company's deals, or beyond them. */
static size_t
find_company(const struct counting *c, int32_t siren)
{
	size_t low = 0, high = c->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (c->companies[middle].siren < siren)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
take_row(struct counting *c, struct psp_record *record, struct psp_error *err)
{
	struct psp_slice cell = psp_record_text(record, c->columns[DATE].index);
	struct psp_days days;
	size_t deal = SIZE_MAX, at;
	int32_t siren = -1;

	if (psp_date_read(cell, &days, NULL) != PSP_DATE_READ) {
		if (c->faults->n_undated++ > 0)
			return true;
		c->faults->undated_line = psp_record_line(record);
		return psp_text_visible_cut(cell, c->faults->undated,
		    sizeof(c->faults->undated), &c->scratch, err);
	}
	if (c->is_bound[DEAL])
		deal = psp_book_find(c->book,
		    psp_text_trim(
			psp_record_text(record, c->columns[DEAL].index)));
	if (deal != SIZE_MAX) {
		touch(c, deal, days.first);
		return true;
	}
	if (c->is_bound[SIREN])
		siren = read_siren(&c->columns[SIREN],
		    psp_record_text(record, c->columns[SIREN].index));
	at = siren >= 0 ? find_company(c, siren) : c->n;
	if (at == c->n || c->companies[at].siren != siren)
		c->faults->n_others++;
	for (; at < c->n && c->companies[at].siren == siren; at++)
		touch(c, c->companies[at].deal, days.first);
	return true;
}

bool
psp_touches_count(const char *path, const struct psp_book *book, int32_t today,
    const struct psp_reader_options *options, uint32_t *counts,
    struct psp_touch_faults *faults, struct psp_error *err)
{
	struct counting c = {
		.book = book, .today = today, .counts = counts, .faults = faults
	};
	struct psp_reader *reader = psp_reader_open(path, options, err);
	struct psp_record *record;
	bool is_counted = false;
	int more = 0;

	memset(faults, 0, sizeof(*faults));
	psp_buffer_init(&c.scratch);
	if (reader == NULL
	    || !bind_columns(&c, psp_reader_header(reader), path, err)
	    || !find_time(&c, psp_reader_header(reader), err)
	    || !index_companies(&c, err))
		goto done;
	is_counted = true;
	while (
	    is_counted && (more = psp_reader_next(reader, &record, err)) == 1)
		is_counted = take_row(&c, record, err);
	is_counted = is_counted && more == 0;
done:
	free(c.companies);
	psp_buffer_clear(&c.scratch);
	psp_reader_close(reader);
	return is_counted;
}

void
psp_touches_note(const struct psp_touch_faults *faults, const char *path,
    bool is_partial, const struct psp_notes *notes)
{
	if (faults->time[0] != '\0')
		psp_note(notes, PSP_NOTE_DETAIL, NULL, path, 0, 0,
		    "touches count by day: the column '%s' is not used",
		    faults->time);
	if (faults->n_undated > 0)
		psp_note(notes, PSP_NOTE_WARNING, NULL, path,
		    faults->undated_line, 0,
		    psp_message_plural(
			"%zu touch without a date that is understood, left "
			"out: first '%s'",
			"%zu touches without a date that is understood, left "
			"out: first '%s'",
			faults->n_undated),
		    faults->n_undated, faults->undated);
	if (faults->n_others > 0 && !is_partial)
		psp_note(notes, PSP_NOTE_WARNING, NULL, path, 0, 0,
		    psp_message_plural("%zu touch of a deal or company that "
				       "the input does not have, left out",
			"%zu touches of deals or companies that the input does "
			"not have, left out",
			faults->n_others),
		    faults->n_others);
}
