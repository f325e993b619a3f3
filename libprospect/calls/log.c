/* Counting a log; see the header. */
#include <config.h>

#include "libprospect/calls/log.h"

#include <stdlib.h>

#include "libprospect/base/text.h"
#include "libprospect/calls/call_glance.h"

struct psp_log *
psp_log_new(const struct psp_log_plan *plan, struct psp_error *err)
{
	struct psp_log *log = calloc(1, sizeof(*log));

	if (log == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_sessions_init(&log->sessions, plan->mode, plan->model->session_gap);
	log->n_cubes = plan->n_cubes;
	for (size_t i = 0; i < plan->n_cubes; i++)
		psp_cube_init(&log->cubes[i], plan->cubes[i].n_dims,
		    2 * plan->model->outcomes.n, plan->cubes[i].units);
	psp_people_init(&log->people, (plan->parts & PSP_LOG_ATTEMPTS) != 0);
	psp_touches_init(&log->touches);
	psp_call_codes_init(&log->unknown);
	log->first_at = log->last_at = PSP_NO_TIME;
	if (psp_symbols_init(&log->symbols, err)
	    && psp_symbols_init(&log->places, err))
		return log;
	psp_log_free(log);
	return NULL;
}

void
psp_log_free(struct psp_log *log)
{
	if (log == NULL)
		return;
	for (size_t i = 0; i < log->n_cubes; i++)
		psp_cube_clear(&log->cubes[i]);
	psp_call_codes_clear(&log->unknown);
	psp_touches_clear(&log->touches);
	psp_people_clear(&log->people);
	psp_sessions_clear(&log->sessions);
	psp_symbols_clear(&log->symbols);
	psp_symbols_clear(&log->places);
	free(log);
}

void
psp_log_swap(struct psp_log *a, struct psp_log *b)
{
	struct psp_log held = *a;

	*a = *b;
	*b = held;
}

/* What the records of a batch are added with. */
struct adding {
	struct psp_log *log;
	const struct psp_log_plan *plan;
	struct psp_record record;
	size_t index;   /* of the record of the call */
	bool is_sought; /* `record` is that one; not of a call at a glance */
	struct psp_stretch stretch;
	struct psp_call call;
	struct psp_days next; /* where the plan asks for it */
	uint32_t group;       /* of the call: its cell in the first cube */
	struct psp_error *err;
	struct psp_call_reading reading; /* large: see its init */
	struct psp_call_glance glance;
};

/* Counts the call in a tally that has no text. */
static bool
count_in(struct adding *adding, struct psp_call_tally *tally)
{
	struct psp_log *log = adding->log;

	if (tally->n == 0 && !adding->is_sought)
		psp_record_seek(&adding->record, adding->index);
	return psp_call_tally_add(tally, &log->places, log->n_records,
	    &adding->record, psp_slice("", 0), adding->err);
}

static bool
count_fault(struct adding *adding, enum psp_call_fault fault)
{
	return count_in(adding, &adding->log->faults[fault]);
}

/* Finds the session of the call. */
static inline bool
place_call(struct adding *adding, uint32_t *session)
{
	const struct psp_call *call = &adding->call;
	const struct psp_symbols *symbols = &adding->log->symbols;
	struct psp_session_call placed = { call->agent, call->session_key,
		call->day, call->start, call->end };

	*session = PSP_NO_SESSION;
	switch (adding->plan->mode) {
	case PSP_SESSIONS_NONE:
		return true;
	case PSP_SESSIONS_FILE:
		*session = psp_session_file_find(adding->plan->file,
		    symbols->texts[call->session_key],
		    symbols->texts[call->agent], call->start);
		return true;
	case PSP_SESSIONS_COLUMN:
		if (call->session_key == 0
		    || psp_sessions_place_known(
			&adding->log->sessions, &placed, session))
			return true;
		break;
	case PSP_SESSIONS_GAP:
	case PSP_SESSIONS_DAY:
		if (call->day == PSP_NO_DAY)
			return true;
		break;
	}
	return psp_sessions_place(
	    &adding->log->sessions, &placed, session, adding->err);
}

static bool
count_unknown(struct adding *adding)
{
	struct psp_log *log = adding->log;
	struct psp_slice code =
	    psp_call_text(adding->plan, &adding->record, PSP_CALL_OUTCOME);
	struct psp_call_tally *tally =
	    psp_call_codes_find(&log->unknown, code, adding->err);

	log->n_unknown++;
	return tally != NULL
	       && psp_call_tally_add(tally, &log->places, log->n_records,
		   &adding->record, code, adding->err);
}

static bool
add_person(struct adding *adding)
{
	const struct psp_log_plan *plan = adding->plan;
	const struct psp_call *call = &adding->call;
	struct psp_symbols *symbols = &adding->log->symbols;
	struct psp_person person = { .attempts = { 1,
					 call->counted.marks
					     & PSP_MARK_BIT(PSP_MARK_DM) },
		.due = { .group = adding->group,
		    .at = call->counted.at,
		    .slot = call->counted.slot,
		    .next = adding->next.first,
		    .next_last = adding->next.last,
		    .agent = call->agent } };
	uint32_t key[PSP_PERSON_WORDS] = { 0 };

	if (!call->counted.subjects[PSP_UNIT_PERSON].is_known) {
		adding->log->people.n_unknown++;
		return true;
	}
	if (plan->parts & PSP_LOG_DUE) {
		if (!psp_symbols_put(symbols,
			psp_call_text(plan, &adding->record, PSP_CALL_COMPANY),
			&person.due.company, adding->err)
		    || !psp_symbols_put(symbols,
			psp_call_text(plan, &adding->record, PSP_CALL_CONTACT),
			&person.due.contact, adding->err))
			return false;
	}
	if (adding->log->people.by_group)
		key[0] = adding->group;
	memcpy(key + 1, call->counted.subjects[PSP_UNIT_PERSON].hash,
	    sizeof(key) - sizeof(key[0]));
	return psp_people_put(&adding->log->people, key, &person, adding->err);
}

static bool
add_touch(struct adding *adding)
{
	const struct psp_log_plan *plan = adding->plan;
	const struct psp_call *call = &adding->call;
	struct psp_symbols *symbols = &adding->log->symbols;
	struct psp_record *record = &adding->record;
	static const enum psp_call_field fields[PSP_N_TOUCHED_TEXTS] = {
		[PSP_TOUCHED_COMPANY] = PSP_CALL_COMPANY,
		[PSP_TOUCHED_PHONE] = PSP_CALL_PHONE,
		[PSP_TOUCHED_CONSENT] = PSP_CALL_CONSENT,
		[PSP_TOUCHED_DEPARTMENT] = PSP_CALL_DEPARTMENT,
	};
	struct psp_slice phone = psp_call_text(plan, record, PSP_CALL_PHONE);
	struct psp_slice company =
	    psp_call_text(plan, record, PSP_CALL_COMPANY);
	struct psp_touched touched = { .n_calls = 1,
		.n_recent = call->day != PSP_NO_DAY && call->day >= plan->since
		            && call->day <= plan->today,
		.last = call->day,
		.refused = PSP_NO_DAY,
		.has_stop =
		    call->counted.marks & PSP_MARK_BIT(PSP_MARK_DO_NOT_CALL),
		.last_at = call->counted.at,
		.group = adding->group };
	struct psp_subject subject = psp_call_subject(
	    company.size > 0 ? company : phone, psp_slice("", 0));

	if (call->counted.marks
	    & (PSP_MARK_BIT(PSP_MARK_REFUSAL)
		| PSP_MARK_BIT(PSP_MARK_DO_NOT_CALL)))
		touched.refused = call->day;
	if (!subject.is_known) {
		adding->log->touches.n_unknown++;
		return true;
	}
	for (size_t i = 0; i < PSP_N_TOUCHED_TEXTS; i++) {
		touched.at[i] = call->counted.at;
		if (!psp_symbols_put(symbols,
			psp_call_text(plan, record, fields[i]),
			&touched.texts[i], adding->err))
			return false;
	}
	return psp_touches_put(
	    &adding->log->touches, subject.hash, &touched, adding->err);
}

/* Whether `reason` is one that the settings list, or they list none. */
static bool
is_listed(struct psp_slice reason, const struct psp_slices *listed)
{
	for (size_t i = 0; i < listed->n; i++)
		if (psp_text_same(reason, listed->items[i]))
			return true;
	return listed->n == 0;
}

static bool
check_reason(struct adding *adding)
{
	const struct psp_log_plan *plan = adding->plan;
	psp_marks marks = adding->call.counted.marks;
	bool is_refusal = marks & PSP_MARK_BIT(PSP_MARK_REFUSAL);
	struct psp_slice reason;

	if ((!is_refusal && !(marks & PSP_MARK_BIT(PSP_MARK_APPOINTMENT)))
	    || !psp_call_has(&plan->columns, PSP_CALL_REASON))
		return true;
	reason = psp_call_text(plan, &adding->record, PSP_CALL_REASON);
	if (reason.size == 0)
		return count_fault(adding, is_refusal
					       ? PSP_FAULT_REFUSAL_REASON
					       : PSP_FAULT_APPOINTMENT_REASON);
	return is_listed(reason,
		   &plan->model->reasons[is_refusal ? PSP_REASONS_REFUSAL
						    : PSP_REASONS_APPOINTMENT])
	       || count_fault(adding, PSP_FAULT_OTHER_REASON);
}

static bool
check_call(struct adding *adding)
{
	const struct psp_log_plan *plan = adding->plan;
	const struct psp_call *call = &adding->call;
	bool has_agents = psp_call_has(&plan->columns, PSP_CALL_AGENT);
	bool has_dates = psp_call_has(&plan->columns, PSP_CALL_NEXT_DATE);
	bool lacks_date =
	    has_dates && call->counted.marks & PSP_MARK_BIT(PSP_MARK_FOLLOW_UP)
	    && psp_call_text(plan, &adding->record, PSP_CALL_NEXT_DATE).size
		   == 0;

	return (!call->is_outcome_absent
		   || count_fault(adding, PSP_FAULT_NO_OUTCOME))
	       && (!has_agents || call->agent != 0
		   || count_fault(adding, PSP_FAULT_NO_AGENT))
	       && (!call->has_clock_only
		   || count_fault(adding, PSP_FAULT_NO_DATE))
	       && (!lacks_date || count_fault(adding, PSP_FAULT_NO_NEXT_DATE))
	       && check_reason(adding);
}

/* Whether times run on; the first that does not is a fault of `check`. */
static bool
follow_time(struct adding *adding)
{
	struct psp_log *log = adding->log;
	int64_t at = adding->call.counted.at, last = log->last_at;

	if (at == PSP_NO_TIME)
		return true;
	log->last_at = at;
	if (log->first_at == PSP_NO_TIME) {
		log->first_at = at;
		return count_in(adding, &log->first);
	}
	return at >= last || count_fault(adding, PSP_FAULT_DISORDER);
}

/* Counts the call in every cube. */
static inline bool
count_call(struct adding *adding, uint32_t session)
{
	const struct psp_log_plan *plan = adding->plan;
	const struct psp_call *call = &adding->call;
	uint32_t all[PSP_MAX_LOG_DIMS];

	for (size_t i = 0; i < plan->n_dims; i++) {
		const struct psp_dim *dim = &plan->dims[i];

		all[i] = dim->kind == PSP_DIM_SESSION ? session
		         : dim->kind == PSP_DIM_TEXT
		             ? call->texts[dim->text]
		             : psp_call_time_id(dim->kind, call);
	}
	for (size_t i = 0; i < plan->n_cubes; i++) {
		const struct psp_cube_plan *cube = &plan->cubes[i];
		uint32_t ids[PSP_MAX_DIMS], cell;

		for (size_t j = 0; j < cube->n_dims; j++)
			ids[j] = all[cube->dims[j]];
		if (!psp_cube_add(&adding->log->cubes[i], ids, &call->counted,
			&cell, adding->err))
			return false;
		if (i == 0)
			adding->group = cell;
	}
	return true;
}

/* Adds the call that was read. */
static inline bool
add_call(struct adding *adding)
{
	const struct psp_log_plan *plan = adding->plan;
	const struct psp_call *call = &adding->call;
	uint32_t session;

	if (!place_call(adding, &session) || !follow_time(adding))
		return false;
	if (session == PSP_NO_SESSION && plan->mode != PSP_SESSIONS_NONE
	    && !count_fault(adding, PSP_FAULT_NO_SESSION))
		return false;
	if (call->counted.slot < PSP_SLOT(1, 0) && !call->is_outcome_absent
	    && !count_unknown(adding))
		return false;
	if (!count_call(adding, session))
		return false;
	if (plan->parts & (PSP_LOG_CHECKS | PSP_LOG_DUE)
	    && !psp_call_next_date(
		&adding->reading, &adding->record, &adding->next, adding->err))
		return false;
	if (plan->parts & PSP_LOG_CHECKS && !check_call(adding))
		return false;
	if (plan->parts & (PSP_LOG_ATTEMPTS | PSP_LOG_DUE)
	    && !add_person(adding))
		return false;
	return !(plan->parts & PSP_LOG_TOUCHES) || add_touch(adding);
}

/* Reads a record at length, and adds its call. */
static bool
read_call(struct adding *adding, size_t index)
{
	adding->index = index;
	adding->is_sought = true;
	psp_record_seek(&adding->record, index);
	return psp_call_read(&adding->reading, &adding->record, &adding->call,
		   adding->err)
	       && add_call(adding);
}

/* Adds the calls from `first` on that stand in a stretch. */
static bool
add_stretch(struct adding *adding, const struct psp_batch *batch, size_t first)
{
	struct psp_stretch *stretch = &adding->stretch;
	bool is_done = psp_call_glance_read(&adding->glance, &adding->reading,
	    batch, first, stretch, adding->err);

	for (size_t i = 0; is_done && i < stretch->n; i++) {
		adding->reading.record_number = ++adding->log->n_records;
		if (adding->glance.is_plain >> i & 1) {
			adding->index = first + i;
			adding->is_sought = false;
			psp_call_glance_take(
			    &adding->glance, i, adding->plan, &adding->call);
			is_done = add_call(adding);
		} else {
			is_done = read_call(adding, first + i);
		}
	}
	return is_done;
}

bool
psp_log_add(struct psp_log *log, const struct psp_log_plan *plan,
    const struct psp_batch *batch, struct psp_error *err)
{
	struct adding *adding = malloc(sizeof(*adding));
	bool is_done;

	if (adding == NULL)
		return psp_error_memory(err);
	memset(adding, 0, offsetof(struct adding, reading));
	adding->log = log;
	adding->plan = plan;
	adding->err = err;
	psp_call_reading_init(
	    &adding->reading, plan, &log->symbols, &log->places, log->unread);
	is_done = psp_record_init(&adding->record, batch, err);
	for (size_t i = 0; is_done && i < batch->n_spans;) {
		if (adding->reading.is_glanced) {
			is_done = add_stretch(adding, batch, i);
			i += adding->stretch.n;
		} else {
			adding->reading.record_number = ++log->n_records;
			is_done = read_call(adding, i++);
		}
	}
	psp_stretch_clear(&adding->stretch);
	psp_record_clear(&adding->record);
	free(adding);
	return is_done;
}

/* What the ids of `next` are in `into`. */
struct translation {
	const struct psp_log_plan *plan;
	const struct psp_cube_plan *cube;
	uint32_t *symbols;
	uint32_t *sessions;
	uint32_t *groups; /* cells of the first cube */
};

static uint32_t
translate(void *user, size_t dim, uint32_t id)
{
	const struct translation *to = user;
	enum psp_dim_kind kind = to->plan->dims[to->cube->dims[dim]].kind;

	if (kind == PSP_DIM_TEXT)
		return to->symbols[id];
	if (kind == PSP_DIM_SESSION && id != PSP_NO_SESSION
	    && to->plan->mode != PSP_SESSIONS_FILE)
		return to->sessions[id];
	return id;
}

static void
merge_faults(
    struct psp_log *into, const struct psp_log *next, const uint32_t *places)
{
	size_t n_before = into->n_records;

	for (size_t i = 0; i < PSP_N_CALL_FAULTS; i++)
		psp_call_tally_join(
		    &into->faults[i], &next->faults[i], places, n_before);
	if (into->last_at != PSP_NO_TIME && next->first_at != PSP_NO_TIME
	    && next->first_at < into->last_at) {
		struct psp_call_tally *tally =
		    &into->faults[PSP_FAULT_DISORDER];
		size_t n = tally->n;

		/* Whatever is out of order within `next` comes after it. */
		if (n == next->faults[PSP_FAULT_DISORDER].n) {
			tally->n = 0;
			psp_call_tally_join(
			    tally, &next->first, places, n_before);
		}
		tally->n = n + 1;
	}
	if (into->first_at == PSP_NO_TIME) {
		into->first_at = next->first_at;
		psp_call_tally_join(
		    &into->first, &next->first, places, n_before);
	}
	if (next->last_at != PSP_NO_TIME)
		into->last_at = next->last_at;
}

static bool
merge_unknown(struct psp_log *into, const struct psp_log *next,
    const uint32_t *places, struct psp_error *err)
{
	into->n_unknown += next->n_unknown;
	for (size_t i = 0; i < next->unknown.n; i++) {
		const struct psp_call_tally *code = &next->unknown.items[i];
		struct psp_call_tally *tally =
		    psp_call_codes_find(&into->unknown,
			into->places.texts[places[code->text]], err);

		if (tally == NULL)
			return false;
		psp_call_tally_join(tally, code, places, into->n_records);
	}
	return true;
}

/* Adds the cubes; what the cells of the first are here is kept. */
static bool
merge_cubes(struct psp_log *into, const struct psp_log *next,
    struct translation *to, struct psp_error *err)
{
	bool is_done = true;

	for (size_t i = 0; is_done && i < into->n_cubes; i++) {
		uint32_t *cells =
		    calloc(next->cubes[i].cells.n + 1, sizeof(*cells));

		if (cells == NULL)
			return psp_error_memory(err);
		to->cube = &to->plan->cubes[i];
		is_done = psp_cube_merge(&into->cubes[i], &next->cubes[i],
		    translate, to, cells, err);
		if (i == 0)
			to->groups = cells;
		else
			free(cells);
	}
	return is_done;
}

bool
psp_log_merge(struct psp_log *into, const struct psp_log *next,
    const struct psp_log_plan *plan, struct psp_error *err)
{
	struct translation to = { .plan = plan };
	uint32_t *places; /* numbers of next->places here */
	bool is_done = false;

	to.symbols = calloc(next->symbols.n + 1, sizeof(*to.symbols));
	to.sessions = calloc(next->sessions.n + 1, sizeof(*to.sessions));
	places = calloc(next->places.n + 1, sizeof(*places));
	if (to.symbols == NULL || to.sessions == NULL || places == NULL) {
		psp_error_memory(err);
		goto done;
	}
	if (!psp_symbols_merge(&into->symbols, &next->symbols, to.symbols, err)
	    || !psp_symbols_merge(&into->places, &next->places, places, err)
	    || !psp_sessions_merge(
		&into->sessions, &next->sessions, to.symbols, to.sessions, err))
		goto done;
	if (!merge_cubes(into, next, &to, err))
		goto done;
	if (!psp_people_merge(
		&into->people, &next->people, to.symbols, to.groups, err)
	    || !psp_touches_merge(
		&into->touches, &next->touches, to.symbols, to.groups, err)
	    || !merge_unknown(into, next, places, err))
		goto done;
	merge_faults(into, next, places);
	for (size_t i = 0; i < PSP_N_UNREAD; i++)
		psp_call_tally_join(&into->unread[i], &next->unread[i], places,
		    into->n_records);
	into->n_records += next->n_records;
	is_done = true;
done:
	free(to.symbols);
	free(to.sessions);
	free(to.groups);
	free(places);
	return is_done;
}
