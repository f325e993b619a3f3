/*
 * A log counted, as lines of a state and back. The lines stand in the order in
 * which they can be read: texts before what refers to them. See log.h.
 *
 *   log      records unknown first-time last-time persons-unknown
 *            touches-unknown
 *   text     column text                      numbered from 0
 *   session  agent key day start end          numbered from 0
 *   cell     cube ids ...                     the cell at hand
 *   count    slot n                           of the cell
 *   alone    unit slot n                      of the cell
 *   fact     unit hash*4 decided-at last-at decided last marks calls
 *   person   cell hash*4 attempts reached cell at slot next next-last company
 *            contact agent; cells are those of cube 0
 *   touch    hash*4 calls recent last refused stop last-at cell (at text)*4
 *   code     TALLY
 *   fault    kind TALLY
 *   unread   kind TALLY
 *   first    TALLY                            the record of first-time
 *
 * TALLY is n record line file text.
 */
#include <config.h>

#include "libprospect/calls/log.h"

#include <stdlib.h>

enum { HASH_WORDS = 4 };

static void
save_hash(struct psp_partial *partial, const uint32_t *hash)
{
	for (size_t i = 0; i < HASH_WORDS; i++)
		psp_partial_number(partial, hash[i]);
}

static void
save_sessions(const struct psp_sessions *sessions, struct psp_partial *partial)
{
	for (size_t i = 0; i < sessions->n; i++) {
		const struct psp_session *session = &sessions->items[i];

		psp_partial_line(partial, "session");
		psp_partial_number(partial, session->agent);
		psp_partial_number(partial, session->key);
		psp_partial_number(partial, session->day);
		psp_partial_number(partial, session->start);
		psp_partial_number(partial, session->end);
	}
}

static void
save_counts(const uint64_t *counts, size_t n_slots, const char *word, int unit,
    struct psp_partial *partial)
{
	for (size_t i = 0; i < n_slots; i++) {
		if (counts[i] == 0)
			continue;
		psp_partial_line(partial, word);
		if (unit >= 0)
			psp_partial_number(partial, unit);
		psp_partial_number(partial, (int64_t)i);
		psp_partial_number(partial, (int64_t)counts[i]);
	}
}

static void
save_facts(const struct psp_cube *cube, int unit, struct psp_partial *partial)
{
	const struct psp_subjects *subjects = &cube->subjects[unit];

	for (size_t i = 0; i < subjects->keys.n; i++) {
		const uint32_t *key = psp_keys_get(&subjects->keys, i);
		const struct psp_fact *fact = &subjects->facts[i];

		psp_partial_line(partial, "fact");
		psp_partial_number(partial, unit);
		psp_partial_number(partial, key[0]);
		save_hash(partial, key + 1);
		psp_partial_number(partial, fact->decided_at);
		psp_partial_number(partial, fact->last_at);
		psp_partial_number(partial, fact->decided);
		psp_partial_number(partial, fact->last);
		psp_partial_number(partial, fact->marks);
		psp_partial_number(partial, fact->n_calls);
	}
}

static void
save_cube(
    const struct psp_cube *cube, size_t number, struct psp_partial *partial)
{
	for (size_t i = 0; i < cube->cells.n; i++) {
		const uint32_t *ids = psp_keys_get(&cube->cells, i);

		psp_partial_line(partial, "cell");
		psp_partial_number(partial, (int64_t)number);
		for (size_t j = 0; j < cube->n_dims; j++)
			psp_partial_number(partial, ids[j]);
		save_counts(psp_cube_counts(cube, i), cube->n_slots, "count",
		    -1, partial);
		for (int unit = 0; unit < PSP_N_UNITS; unit++)
			if (cube->subjects[unit].is_kept)
				save_counts(cube->subjects[unit].alone
						+ i * cube->n_slots,
				    cube->n_slots, "alone", unit, partial);
	}
	for (int unit = 0; unit < PSP_N_UNITS; unit++)
		if (cube->subjects[unit].is_kept)
			save_facts(cube, unit, partial);
}

static void
save_people(const struct psp_people *people, struct psp_partial *partial)
{
	for (size_t i = 0; i < people->keys.n; i++) {
		const struct psp_person *person = &people->items[i];

		const uint32_t *key = psp_keys_get(&people->keys, i);

		psp_partial_line(partial, "person");
		psp_partial_number(partial, key[0]);
		save_hash(partial, key + 1);
		psp_partial_number(partial, person->attempts.n);
		psp_partial_number(partial, person->attempts.is_reached);
		psp_partial_number(partial, person->due.group);
		psp_partial_number(partial, person->due.at);
		psp_partial_number(partial, person->due.slot);
		psp_partial_number(partial, person->due.next);
		psp_partial_number(partial, person->due.next_last);
		psp_partial_number(partial, person->due.company);
		psp_partial_number(partial, person->due.contact);
		psp_partial_number(partial, person->due.agent);
	}
}

static void
save_touches(const struct psp_touches *touches, struct psp_partial *partial)
{
	for (size_t i = 0; i < touches->keys.n; i++) {
		const struct psp_touched *touched = &touches->items[i];

		psp_partial_line(partial, "touch");
		save_hash(partial, psp_keys_get(&touches->keys, i));
		psp_partial_number(partial, (int64_t)touched->n_calls);
		psp_partial_number(partial, (int64_t)touched->n_recent);
		psp_partial_number(partial, touched->last);
		psp_partial_number(partial, touched->refused);
		psp_partial_number(partial, touched->has_stop);
		psp_partial_number(partial, touched->last_at);
		psp_partial_number(partial, touched->group);
		for (size_t j = 0; j < PSP_N_TOUCHED_TEXTS; j++) {
			psp_partial_number(partial, touched->at[j]);
			psp_partial_number(partial, touched->texts[j]);
		}
	}
}

/* A tally with anything in it; `kind` is -1 where there is one alone. */
static void
save_tally(const struct psp_log *log, const struct psp_call_tally *tally,
    const char *word, int kind, struct psp_partial *partial)
{
	if (tally->n == 0)
		return;
	psp_partial_line(partial, word);
	if (kind >= 0)
		psp_partial_number(partial, kind);
	psp_partial_number(partial, (int64_t)tally->n);
	psp_partial_number(partial, (int64_t)tally->record);
	psp_partial_number(partial, (int64_t)tally->line);
	psp_partial_text(partial, log->places.texts[tally->file]);
	psp_partial_text(partial, log->places.texts[tally->text]);
}

void
psp_log_save(const struct psp_log *log, struct psp_partial *partial)
{
	psp_partial_line(partial, "log");
	psp_partial_number(partial, (int64_t)log->n_records);
	psp_partial_number(partial, (int64_t)log->n_unknown);
	psp_partial_number(partial, log->first_at);
	psp_partial_number(partial, log->last_at);
	psp_partial_number(partial, (int64_t)log->people.n_unknown);
	psp_partial_number(partial, (int64_t)log->touches.n_unknown);
	for (size_t i = 0; i < log->symbols.n; i++) {
		psp_partial_line(partial, "text");
		psp_partial_number(partial, log->symbols.columns[i]);
		psp_partial_text(partial, log->symbols.texts[i]);
	}
	save_sessions(&log->sessions, partial);
	for (size_t i = 0; i < log->n_cubes; i++)
		save_cube(&log->cubes[i], i, partial);
	save_people(&log->people, partial);
	save_touches(&log->touches, partial);
	for (size_t i = 0; i < log->unknown.n; i++)
		save_tally(log, &log->unknown.items[i], "code", -1, partial);
	for (size_t i = 0; i < PSP_N_CALL_FAULTS; i++)
		save_tally(log, &log->faults[i], "fault", (int)i, partial);
	for (size_t i = 0; i < PSP_N_UNREAD; i++)
		save_tally(log, &log->unread[i], "unread", (int)i, partial);
	save_tally(log, &log->first, "first", -1, partial);
}

/* A state being read back. */
struct loading {
	struct psp_log *log;
	const struct psp_log_plan *plan;
	struct psp_partial_reader *reader;
	struct psp_error *err;
	struct psp_cube *cube; /* of the cell at hand */
	uint32_t cell;
	uint32_t *sessions; /* lines of sessions to what they are here */
	size_t n_sessions, sessions_capacity;
	bool is_good; /* no field was wrong */
};

/* The next field, 0 once one was wrong. */
static int64_t
number(struct loading *loading)
{
	int64_t value = 0;

	if (loading->is_good)
		loading->is_good = psp_partial_get_number(
		    loading->reader, &value, loading->err);
	return loading->is_good ? value : 0;
}

/* The same where it is a count or an index below `limit`. */
static size_t
count(struct loading *loading, size_t limit)
{
	size_t value = 0;

	if (loading->is_good)
		loading->is_good = psp_partial_get_count(
		    loading->reader, limit, &value, loading->err);
	return loading->is_good ? value : 0;
}

static int32_t
day(struct loading *loading)
{
	int64_t value = number(loading);

	if (value < INT32_MIN || value > INT32_MAX)
		loading->is_good =
		    psp_partial_refuse(loading->reader, loading->err);
	return loading->is_good ? (int32_t)value : 0;
}

static uint32_t
word(struct loading *loading)
{
	return (uint32_t)count(loading, (size_t)UINT32_MAX + 1);
}

static uint32_t
symbol(struct loading *loading)
{
	return (uint32_t)count(loading, loading->log->symbols.n);
}

static void
hash_of(struct loading *loading, uint32_t hash[HASH_WORDS])
{
	for (size_t i = 0; i < HASH_WORDS; i++)
		hash[i] = word(loading);
}

static bool
load_log(struct loading *loading)
{
	struct psp_log *log = loading->log;

	log->n_records = count(loading, SIZE_MAX);
	log->n_unknown = count(loading, SIZE_MAX);
	log->first_at = number(loading);
	log->last_at = number(loading);
	log->people.n_unknown = count(loading, SIZE_MAX);
	log->touches.n_unknown = count(loading, SIZE_MAX);
	return loading->is_good;
}

static bool
load_text(struct loading *loading)
{
	struct psp_symbols *symbols = &loading->log->symbols;
	size_t column = count(loading, PSP_SYMBOL_ALONE + 1);
	struct psp_slice text;
	uint32_t made;

	if (!loading->is_good
	    || !psp_partial_get_text(loading->reader, &text, loading->err))
		return false;
	return column == PSP_SYMBOL_ALONE
	           ? psp_symbols_put(symbols, text, &made, loading->err)
	           : psp_symbols_put_in(
		       symbols, column, text, &made, loading->err);
}

static bool
load_session(struct loading *loading)
{
	struct psp_session_call call;
	uint32_t *grown;

	call.agent = symbol(loading);
	call.key = symbol(loading);
	call.day = day(loading);
	call.start = number(loading);
	call.end = number(loading);
	if (!loading->is_good)
		return false;
	grown =
	    psp_array_reserve(loading->sessions, &loading->sessions_capacity,
		loading->n_sessions + 1, sizeof(*grown), loading->err);
	if (grown == NULL)
		return false;
	loading->sessions = grown;
	return psp_sessions_place(&loading->log->sessions, &call,
	    &grown[loading->n_sessions++], loading->err);
}

static bool
load_cell(struct loading *loading)
{
	size_t at = count(loading, loading->log->n_cubes);
	const struct psp_cube_plan *plan = &loading->plan->cubes[at];
	uint32_t ids[PSP_MAX_DIMS] = { 0 };

	for (size_t i = 0; loading->is_good && i < plan->n_dims; i++) {
		enum psp_dim_kind kind =
		    loading->plan->dims[plan->dims[i]].kind;

		if (kind == PSP_DIM_TEXT) {
			ids[i] = symbol(loading);
			continue;
		}
		ids[i] = word(loading);
		if (kind != PSP_DIM_SESSION || ids[i] == PSP_NO_SESSION
		    || loading->plan->mode == PSP_SESSIONS_FILE)
			continue;
		if (ids[i] >= loading->n_sessions)
			return psp_partial_refuse(
			    loading->reader, loading->err);
		ids[i] = loading->sessions[ids[i]];
	}
	if (!loading->is_good)
		return false;
	loading->cube = &loading->log->cubes[at];
	return psp_cube_cell(loading->cube, ids, &loading->cell, loading->err);
}

static bool
load_count(struct loading *loading)
{
	struct psp_cube *cube = loading->cube;
	size_t slot, n;

	if (cube == NULL)
		return psp_partial_refuse(loading->reader, loading->err);
	slot = count(loading, cube->n_slots);
	n = count(loading, SIZE_MAX);
	cube->counts[loading->cell * cube->n_slots + slot] += n;
	return loading->is_good;
}

static bool
load_alone(struct loading *loading)
{
	struct psp_cube *cube = loading->cube;
	size_t unit = count(loading, PSP_N_UNITS), slot, n;

	if (cube == NULL || !cube->subjects[unit].is_kept)
		return psp_partial_refuse(loading->reader, loading->err);
	slot = count(loading, cube->n_slots);
	n = count(loading, SIZE_MAX);
	cube->subjects[unit].alone[loading->cell * cube->n_slots + slot] += n;
	return loading->is_good;
}

/* A slot, or none. */
static uint32_t
slot_of(struct loading *loading)
{
	uint32_t slot = word(loading);

	if (slot != PSP_NO_SLOT && slot >= 2 * loading->plan->model->outcomes.n)
		loading->is_good =
		    psp_partial_refuse(loading->reader, loading->err);
	return slot;
}

static bool
load_fact(struct loading *loading)
{
	struct psp_cube *cube = loading->cube;
	size_t unit = count(loading, PSP_N_UNITS);
	uint32_t key[HASH_WORDS + 1];
	struct psp_fact fact;

	if (cube == NULL || !cube->subjects[unit].is_kept)
		return psp_partial_refuse(loading->reader, loading->err);
	key[0] = (uint32_t)count(loading, cube->cells.n);
	hash_of(loading, key + 1);
	fact.decided_at = number(loading);
	fact.last_at = number(loading);
	fact.decided = slot_of(loading);
	fact.last = slot_of(loading);
	fact.marks = word(loading);
	fact.n_calls = word(loading);
	return loading->is_good
	       && psp_cube_put_fact(
		   cube, (enum psp_unit)unit, key, &fact, loading->err);
}

/* A cell of the groups of --by. */
static uint32_t
group_of(struct loading *loading)
{
	return (uint32_t)count(loading,
	    loading->log->n_cubes > 0 ? loading->log->cubes[0].cells.n : 0);
}

static bool
load_person(struct loading *loading)
{
	struct psp_person person;
	uint32_t key[PSP_PERSON_WORDS];

	key[0] = group_of(loading);
	hash_of(loading, key + 1);
	person.attempts.n = word(loading);
	person.attempts.is_reached = count(loading, 2) == 1;
	person.due.group = group_of(loading);
	person.due.at = number(loading);
	person.due.slot = slot_of(loading);
	person.due.next = day(loading);
	person.due.next_last = day(loading);
	person.due.company = symbol(loading);
	person.due.contact = symbol(loading);
	person.due.agent = symbol(loading);
	return loading->is_good
	       && psp_people_put(
		   &loading->log->people, key, &person, loading->err);
}

static bool
load_touch(struct loading *loading)
{
	struct psp_touched touched;
	uint32_t hash[HASH_WORDS];

	hash_of(loading, hash);
	touched.n_calls = count(loading, SIZE_MAX);
	touched.n_recent = count(loading, SIZE_MAX);
	touched.last = day(loading);
	touched.refused = day(loading);
	touched.has_stop = count(loading, 2) == 1;
	touched.last_at = number(loading);
	touched.group = group_of(loading);
	for (size_t i = 0; i < PSP_N_TOUCHED_TEXTS; i++) {
		touched.at[i] = number(loading);
		touched.texts[i] = symbol(loading);
	}
	return loading->is_good
	       && psp_touches_put(
		   &loading->log->touches, hash, &touched, loading->err);
}

/* A text of a tally. */
static bool
load_place(struct loading *loading, uint32_t *number)
{
	struct psp_slice text;

	return psp_partial_get_text(loading->reader, &text, loading->err)
	       && psp_symbols_put(
		   &loading->log->places, text, number, loading->err);
}

static bool
load_tally(struct loading *loading, struct psp_call_tally *tally)
{
	tally->n = count(loading, SIZE_MAX);
	tally->record = count(loading, SIZE_MAX);
	tally->line = count(loading, SIZE_MAX);
	return loading->is_good && load_place(loading, &tally->file)
	       && load_place(loading, &tally->text);
}

static bool
load_code(struct loading *loading)
{
	struct psp_log *log = loading->log;
	struct psp_call_tally read, *tally;

	if (!load_tally(loading, &read))
		return false;
	tally = psp_call_codes_find(
	    &log->unknown, log->places.texts[read.text], loading->err);
	if (tally == NULL)
		return false;
	*tally = read;
	return true;
}

static bool
load_fault(struct loading *loading)
{
	return load_tally(
	    loading, &loading->log->faults[count(loading, PSP_N_CALL_FAULTS)]);
}

static bool
load_unread(struct loading *loading)
{
	return load_tally(
	    loading, &loading->log->unread[count(loading, PSP_N_UNREAD)]);
}

static bool
load_first(struct loading *loading)
{
	return load_tally(loading, &loading->log->first);
}

static bool
load_line(struct loading *loading)
{
	static const struct {
		const char *word;
		bool (*load)(struct loading *);
	} lines[] = {
		{ "count", load_count },
		{ "fact", load_fact },
		{ "cell", load_cell },
		{ "alone", load_alone },
		{ "text", load_text },
		{ "session", load_session },
		{ "person", load_person },
		{ "touch", load_touch },
		{ "log", load_log },
		{ "code", load_code },
		{ "fault", load_fault },
		{ "unread", load_unread },
		{ "first", load_first },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (psp_partial_is(loading->reader, lines[i].word))
			return lines[i].load(loading);
	return psp_partial_refuse(loading->reader, loading->err);
}

struct psp_log *
psp_log_load(const struct psp_log_plan *plan, struct psp_partial_reader *reader,
    struct psp_error *err)
{
	struct loading loading = {
		.plan = plan, .reader = reader, .err = err, .is_good = true
	};
	bool is_done = true;

	loading.log = psp_log_new(plan, err);
	if (loading.log == NULL)
		return NULL;
	while (is_done && psp_partial_next(reader))
		is_done = load_line(&loading);
	free(loading.sessions);
	if (is_done)
		return loading.log;
	psp_log_free(loading.log);
	return NULL;
}
