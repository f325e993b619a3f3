/* What a log says of cells and codes that nobody understood; see log.h. */
#include <config.h>

#include "libprospect/base/catalog.h"
#include "libprospect/calls/log.h"

#include <stdlib.h>

enum { MOST_CODES = 10 };

static int
by_count(const void *a, const void *b)
{
	const struct psp_map_entry *x = a, *y = b;
	size_t size = x->key.size < y->key.size ? x->key.size : y->key.size;
	int order;

	if (x->value != y->value)
		return x->value < y->value ? 1 : -1;
	order = size > 0 ? memcmp(x->key.bytes, y->key.bytes, size) : 0;
	if (order != 0)
		return order;
	return (x->key.size > y->key.size) - (x->key.size < y->key.size);
}

struct psp_map_entry *
psp_log_unknown_codes(
    const struct psp_log *log, size_t *n, struct psp_error *err)
{
	const struct psp_map *map = &log->unknown;
	struct psp_map_entry *entries =
	    calloc(map->n_entries + 1, sizeof(*entries));

	*n = 0;
	if (entries == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	for (size_t i = 0; i < map->n_places; i++)
		if (map->places[i].key.bytes != NULL)
			entries[(*n)++] = map->places[i];
	if (*n > 1)
		qsort(entries, *n, sizeof(*entries), by_count);
	return entries;
}

/* "'Y' 4054, 'N' 946", the most frequent first. */
static bool
list_codes(
    const struct psp_log *log, struct psp_buffer *list, struct psp_error *err)
{
	size_t n;
	struct psp_map_entry *codes = psp_log_unknown_codes(log, &n, err);
	bool is_done = codes != NULL;

	for (size_t i = 0; is_done && i < n && i < MOST_CODES; i++)
		is_done = psp_buffer_format(list, err, "%s'%.*s' %zu",
		    i > 0 ? ", " : "", PSP_SLICE_ARGS(codes[i].key),
		    codes[i].value);
	if (is_done && n > MOST_CODES)
		is_done = psp_buffer_format(
		    list, err, _(" and %zu more"), n - MOST_CODES);
	free(codes);
	return is_done;
}

static bool
note_codes(const struct psp_log *log, const struct psp_notes *notes,
    struct psp_error *err)
{
	struct psp_buffer list;
	bool is_done;

	if (log->unknown.n_entries == 0)
		return true;
	psp_buffer_init(&list);
	is_done = list_codes(log, &list, err);
	if (is_done && log->n_unknown == log->n_records)
		is_done = psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "none of the outcome codes is known: %.*s; say under "
		    "outcomes: what they mean, such as %.*s: {reached: dm, "
		    "pitched: true, result: refusal}",
		    PSP_SLICE_ARGS(psp_buffer_content(&list)),
		    (int)(strcspn(list.bytes + 1, "'")), list.bytes + 1);
	else if (is_done)
		psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
		    psp_message_plural(
			"outcome: %zu call with a code that is not known: "
			"%.*s; say under outcomes: what it means",
			"outcome: %zu calls with codes that are not known: "
			"%.*s; say under outcomes: what they mean",
			log->n_unknown),
		    log->n_unknown, PSP_SLICE_ARGS(psp_buffer_content(&list)));
	psp_buffer_clear(&list);
	return is_done;
}

static void
note_unread(const struct psp_unread_tally *tally, const char *what,
    const struct psp_notes *notes)
{
	if (tally->n == 0)
		return;
	if (tally->line > 0)
		psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
		    psp_message_plural(
			"%s: %zu value not understood, first '%s' at %s:%zu",
			"%s: %zu values not understood, first '%s' at %s:%zu",
			tally->n),
		    what, tally->n, tally->text, tally->file, tally->line);
	else
		psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
		    psp_message_plural(
			"%s: %zu value not understood, first '%s'",
			"%s: %zu values not understood, first '%s'", tally->n),
		    what, tally->n, tally->text);
}

bool
psp_log_note(const struct psp_log *log, const struct psp_log_plan *plan,
    const struct psp_notes *notes, struct psp_error *err)
{
	size_t n_outside = log->faults[PSP_FAULT_NO_SESSION].n;

	note_unread(&log->unread[PSP_UNREAD_DATE], "date", notes);
	note_unread(&log->unread[PSP_UNREAD_TIME], "time", notes);
	note_unread(&log->unread[PSP_UNREAD_DURATION], "duration", notes);
	if (n_outside > 0)
		psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
		    psp_message_plural("%zu call in no session%s: ratios per "
				       "hour count it without the time",
			"%zu calls in no session%s: ratios per hour count them "
			"without the time",
			n_outside),
		    n_outside,
		    plan->mode == PSP_SESSIONS_FILE ? _(" of the sessions file")
						    : "");
	return note_codes(log, notes, err);
}
