/* What a log says of cells and codes that nobody understood; see log.h. */
#include <config.h>

#include "libprospect/base/catalog.h"
#include "libprospect/calls/log.h"

#include <stdlib.h>

enum { MOST_CODES = 10 };

/* A code, and what orders it. */
struct listed {
	const struct psp_call_tally *tally;
	struct psp_slice code;
};

static int
by_count(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;
	size_t size = x->code.size < y->code.size ? x->code.size : y->code.size;
	int order;

	if (x->tally->n != y->tally->n)
		return x->tally->n < y->tally->n ? 1 : -1;
	order = size > 0 ? memcmp(x->code.bytes, y->code.bytes, size) : 0;
	if (order != 0)
		return order;
	return (x->code.size > y->code.size) - (x->code.size < y->code.size);
}

const struct psp_call_tally **
psp_log_unknown_codes(const struct psp_log *log, struct psp_error *err)
{
	size_t n = log->unknown.n;
	struct listed *listed = calloc(n + 1, sizeof(*listed));
	const struct psp_call_tally **codes = calloc(n + 1, sizeof(*codes));

	if (listed == NULL || codes == NULL) {
		free(listed);
		free(codes);
		psp_error_memory(err);
		return NULL;
	}
	for (size_t i = 0; i < n; i++) {
		listed[i].tally = &log->unknown.items[i];
		listed[i].code = log->places.texts[listed[i].tally->text];
	}
	if (n > 1)
		qsort(listed, n, sizeof(*listed), by_count);
	for (size_t i = 0; i < n; i++)
		codes[i] = listed[i].tally;
	free(listed);
	return codes;
}

/* "'Y' 4054, 'N' 946", the most frequent first. */
static bool
list_codes(
    const struct psp_log *log, struct psp_buffer *list, struct psp_error *err)
{
	size_t n = log->unknown.n;
	const struct psp_call_tally **codes = psp_log_unknown_codes(log, err);
	bool is_done = codes != NULL;

	for (size_t i = 0; is_done && i < n && i < MOST_CODES; i++)
		is_done = psp_buffer_format(list, err, "%s'%.*s' %zu",
		    i > 0 ? ", " : "",
		    PSP_SLICE_ARGS(log->places.texts[codes[i]->text]),
		    codes[i]->n);
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

	if (log->unknown.n == 0)
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
note_unread(const struct psp_log *log, enum psp_unread kind, const char *what,
    const struct psp_notes *notes)
{
	const struct psp_call_tally *tally = &log->unread[kind];
	const struct psp_slice *texts = log->places.texts;

	if (tally->n > 0)
		psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
		    psp_message_plural("%s: %zu value not understood, first "
				       "'%.*s' at %.*s:%zu",
			"%s: %zu values not understood, first '%.*s' at "
			"%.*s:%zu",
			tally->n),
		    what, tally->n, PSP_SLICE_ARGS(texts[tally->text]),
		    PSP_SLICE_ARGS(texts[tally->file]), tally->line);
}

bool
psp_log_note(const struct psp_log *log, const struct psp_log_plan *plan,
    const struct psp_notes *notes, struct psp_error *err)
{
	size_t n_outside = log->faults[PSP_FAULT_NO_SESSION].n;

	note_unread(log, PSP_UNREAD_DATE, "date", notes);
	note_unread(log, PSP_UNREAD_TIME, "time", notes);
	note_unread(log, PSP_UNREAD_DURATION, "duration", notes);
	note_unread(log, PSP_UNREAD_NEXT_DATE, "next_date", notes);
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
