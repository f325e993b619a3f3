/* What a log amounts to; see the header. */
#include <config.h>

#include "libprospect/calls/tally.h"

#include <stdlib.h>

#include "libprospect/base/calendar.h"

/* The session that an id of a cube means in the end. */
struct resolving {
	const struct psp_log_plan *plan;
	const struct psp_cube_plan *cube;
	const struct psp_sessions *sessions;
};

static uint32_t
resolve(void *user, size_t dim, uint32_t id)
{
	const struct resolving *to = user;

	if (to->plan->dims[to->cube->dims[dim]].kind != PSP_DIM_SESSION
	    || id == PSP_NO_SESSION)
		return id;
	return psp_sessions_root(to->sessions, id);
}

/* Puts the rows of a sessions file where detected sessions stand. */
static bool
fill_sessions(
    struct psp_log *log, const struct psp_log_plan *plan, struct psp_error *err)
{
	struct psp_sessions *sessions = &log->sessions;
	size_t n;
	const struct psp_session_row *rows =
	    psp_session_file_rows(plan->file, &n);
	struct psp_session *items = psp_array_reserve(
	    sessions->items, &sessions->capacity, n + 1, sizeof(*items), err);

	if (items == NULL)
		return false;
	sessions->items = items;
	for (size_t i = 0; i < n; i++) {
		struct psp_session *session = &items[i];

		session->parent = (uint32_t)i;
		session->start = rows[i].start;
		session->end = rows[i].end;
		session->day = (int32_t)(rows[i].start / 86400
					 - (rows[i].start % 86400 < 0));
		if (!psp_symbols_put(
			&log->symbols, rows[i].agent, &session->agent, err)
		    || !psp_symbols_put(
			&log->symbols, rows[i].session, &session->key, err))
			return false;
	}
	sessions->n = n;
	return true;
}

bool
psp_log_finish(
    struct psp_log *log, const struct psp_log_plan *plan, struct psp_error *err)
{
	struct resolving to = { plan, NULL, &log->sessions };

	if (plan->mode == PSP_SESSIONS_FILE)
		return fill_sessions(log, plan, err);
	if (plan->mode != PSP_SESSIONS_GAP)
		return true;
	for (size_t i = 0; i < log->n_cubes; i++) {
		struct psp_cube *cube = &log->cubes[i], resolved;

		to.cube = &plan->cubes[i];
		psp_cube_init(
		    &resolved, cube->n_dims, cube->n_slots, to.cube->units);
		if (!psp_cube_merge(&resolved, cube, resolve, &to, err)) {
			psp_cube_clear(&resolved);
			return false;
		}
		psp_cube_clear(cube);
		*cube = resolved;
	}
	return true;
}

int64_t
psp_session_seconds(const struct psp_log *log, const struct psp_log_plan *plan,
    uint32_t session)
{
	const struct psp_session *item = &log->sessions.items[session];
	const struct psp_session_row *rows;
	size_t n;

	if (item->start == PSP_NO_TIME)
		return plan->model->session_length;
	if (plan->mode != PSP_SESSIONS_FILE)
		return item->end - item->start;
	rows = psp_session_file_rows(plan->file, &n);
	return rows[session].end - rows[session].start - rows[session].pause;
}

/* The marks of a person or company by all of its calls. */
static psp_marks
marks_of(const struct psp_fact *fact, const struct psp_outcomes *outcomes)
{
	uint32_t slot =
	    fact->decided != PSP_NO_SLOT ? fact->decided : fact->last;

	return (fact->marks & ~PSP_RESULT_MARKS)
	       | (outcomes->items[slot / 2].marks[slot % 2] & PSP_RESULT_MARKS);
}

/* Counts `n` of `unit` that have `marks`, in one cell. */
static void
count(struct psp_tally *tally, size_t cell, enum psp_unit unit, psp_marks marks,
    size_t n)
{
	const struct psp_ratios *ratios = &tally->plan->model->ratios;
	size_t *counts =
	    tally->marks + (cell * PSP_N_UNITS + unit) * PSP_N_MARKS;

	for (size_t i = 0; i < PSP_N_MARKS; i++)
		if (marks & PSP_MARK_BIT(i))
			counts[i] += n;
	for (size_t i = 0; i < ratios->n; i++) {
		const struct psp_ratio *ratio = &ratios->items[i];
		struct psp_fraction *fraction =
		    &tally->fractions[cell * ratios->n + i];
		bool has_num = marks & PSP_MARK_BIT(ratio->num);

		if (ratio->unit != unit)
			continue;
		if (ratio->per != PSP_PER_MARK) {
			fraction->num += has_num ? n : 0;
		} else if (marks & PSP_MARK_BIT(ratio->den)) {
			fraction->den += n;
			fraction->num += has_num ? n : 0;
		}
	}
}

/* Counts calls, or what of them is nobody's, by their slots. */
static void
count_slots(struct psp_tally *tally, enum psp_unit unit, const uint64_t *slots)
{
	const struct psp_cube *cube = &tally->log->cubes[tally->cube];
	const struct psp_outcomes *outcomes = &tally->plan->model->outcomes;

	for (size_t cell = 0; cell < tally->n_cells; cell++)
		for (size_t i = 0; i < cube->n_slots; i++) {
			size_t n = (size_t)slots[cell * cube->n_slots + i];

			if (n > 0)
				count(tally, cell, unit,
				    outcomes->items[i / 2].marks[i % 2], n);
		}
}

static void
count_subjects(struct psp_tally *tally, enum psp_unit unit)
{
	const struct psp_subjects *subjects =
	    &tally->log->cubes[tally->cube].subjects[unit];
	const struct psp_outcomes *outcomes = &tally->plan->model->outcomes;

	if (!subjects->is_kept)
		return;
	count_slots(tally, unit, subjects->alone);
	for (size_t i = 0; i < subjects->keys.n; i++)
		count(tally, psp_keys_get(&subjects->keys, i)[0], unit,
		    marks_of(&subjects->facts[i], outcomes), 1);
}

/* The id of a session's day in a dimension, for sessions that have calls on
 * two days; PSP_NO_ID where the dimension is no such thing. */
static uint32_t
id_of_day(enum psp_dim_kind kind, int32_t day)
{
	struct psp_civil date;

	if (kind == PSP_DIM_WEEKDAY)
		return (uint32_t)psp_weekday(day);
	if (kind == PSP_DIM_WEEK)
		return psp_iso_week(day);
	date = psp_civil_from_days(day);
	return (uint32_t)(date.year * 12 + date.month - 1);
}

/* Whether the hours of session `session` belong to the group of `ids`. */
static bool
owns_hours(const struct psp_tally *tally, const struct psp_cube_plan *cube,
    const uint32_t *ids, uint32_t session)
{
	const struct psp_log_plan *plan = tally->plan;
	const struct psp_session *item = &tally->log->sessions.items[session];

	for (size_t i = 0; i + 1 < cube->n_dims; i++) {
		enum psp_dim_kind kind = plan->dims[cube->dims[i]].kind;

		if ((kind == PSP_DIM_WEEKDAY || kind == PSP_DIM_WEEK
			|| kind == PSP_DIM_MONTH)
		    && item->day != PSP_NO_DAY
		    && ids[i] != id_of_day(kind, item->day))
			return false;
	}
	return true;
}

/* Whether sessions lie whole within groups of --by: by agent and by what days
 * make. An hour or a segment has no working time of its own. */
static bool
has_hours(const struct psp_log_plan *plan, const struct psp_cube_plan *cube)
{
	size_t agent = plan->columns.fields[PSP_CALL_AGENT].index;
	size_t session = plan->columns.fields[PSP_CALL_SESSION].index;

	for (size_t i = 0; i < cube->n_dims; i++) {
		const struct psp_dim *dim = &plan->dims[cube->dims[i]];

		if (dim->kind == PSP_DIM_HOUR || dim->kind == PSP_DIM_QUARTER
		    || (dim->kind == PSP_DIM_TEXT && dim->index != agent
			&& dim->index != session))
			return false;
	}
	return true;
}

/* Adds sessions and hours of the cube of sessions to the cells. */
static bool
add_sessions(struct psp_tally *tally, size_t sessions, struct psp_error *err)
{
	const struct psp_log_plan *plan = tally->plan;
	const struct psp_cube_plan *inner = &plan->cubes[sessions];
	const struct psp_cube *cube = &tally->log->cubes[sessions];
	struct psp_keys groups;
	bool is_timed = has_hours(plan, inner), is_done = true;
	size_t n_dims = plan->cubes[tally->cube].n_dims;

	/* The cells of the cube by their ids: to find them again. */
	psp_keys_init(&groups, n_dims > 0 ? (uint32_t)n_dims : 1);
	for (size_t i = 0; is_done && i < tally->n_cells; i++) {
		uint32_t number;
		bool is_new;

		is_done = psp_keys_put(
		    &groups, psp_tally_ids(tally, i), &number, &is_new, err);
	}
	for (size_t i = 0; is_done && i < cube->cells.n; i++) {
		static const uint32_t only[1] = { 0 };
		const uint32_t *ids = psp_keys_get(&cube->cells, i);
		uint32_t session = ids[inner->n_dims - 1], cell;
		bool is_new;

		if (session == PSP_NO_SESSION)
			continue;
		is_done = psp_keys_put(
		    &groups, n_dims > 0 ? ids : only, &cell, &is_new, err);
		if (!is_done || is_new)
			break;
		tally->n_sessions[cell]++;
		if (is_timed && owns_hours(tally, inner, ids, session))
			tally->seconds[cell] +=
			    psp_session_seconds(tally->log, plan, session);
	}
	psp_keys_clear(&groups);
	return is_done;
}

/* The cells are sessions: each has its own hours. */
static void
add_own_session(struct psp_tally *tally)
{
	const struct psp_cube_plan *cube = &tally->plan->cubes[tally->cube];
	bool is_timed = has_hours(tally->plan, cube);

	for (size_t i = 0; i < tally->n_cells; i++) {
		const uint32_t *ids = psp_tally_ids(tally, i);
		uint32_t session = ids[cube->n_dims - 1];

		if (session == PSP_NO_SESSION)
			continue;
		tally->n_sessions[i] = 1;
		if (is_timed && owns_hours(tally, cube, ids, session))
			tally->seconds[i] = psp_session_seconds(
			    tally->log, tally->plan, session);
	}
}

static void
set_denominators(struct psp_tally *tally)
{
	const struct psp_ratios *ratios = &tally->plan->model->ratios;

	for (size_t cell = 0; cell < tally->n_cells; cell++)
		for (size_t i = 0; i < ratios->n; i++) {
			struct psp_fraction *fraction =
			    &tally->fractions[cell * ratios->n + i];

			if (ratios->items[i].per == PSP_PER_SESSION)
				fraction->den = tally->n_sessions[cell];
			else if (ratios->items[i].per == PSP_PER_HOUR)
				fraction->seconds = tally->seconds[cell];
		}
}

bool
psp_tally_init(struct psp_tally *tally, const struct psp_log *log,
    const struct psp_log_plan *plan, size_t cube, size_t sessions,
    struct psp_error *err)
{
	const struct psp_cube_plan *shape = &plan->cubes[cube];
	size_t n = log->cubes[cube].cells.n + 1;

	memset(tally, 0, sizeof(*tally));
	tally->log = log;
	tally->plan = plan;
	tally->cube = cube;
	tally->n_cells = n - 1;
	tally->order = calloc(n, sizeof(*tally->order));
	tally->fractions =
	    calloc(n * plan->model->ratios.n, sizeof(*tally->fractions));
	tally->marks =
	    calloc(n * PSP_N_UNITS * PSP_N_MARKS, sizeof(*tally->marks));
	tally->n_sessions = calloc(n, sizeof(*tally->n_sessions));
	tally->seconds = calloc(n, sizeof(*tally->seconds));
	if (tally->order == NULL || tally->fractions == NULL
	    || tally->marks == NULL || tally->n_sessions == NULL
	    || tally->seconds == NULL)
		return psp_error_memory(err);
	count_slots(tally, PSP_UNIT_CALL, log->cubes[cube].counts);
	count_subjects(tally, PSP_UNIT_COMPANY);
	count_subjects(tally, PSP_UNIT_PERSON);
	if (sessions != SIZE_MAX && !add_sessions(tally, sessions, err))
		return false;
	if (shape->n_dims > 0
	    && plan->dims[shape->dims[shape->n_dims - 1]].kind
		   == PSP_DIM_SESSION)
		add_own_session(tally);
	set_denominators(tally);
	return psp_tally_sort(tally, err);
}

void
psp_tally_clear(struct psp_tally *tally)
{
	free(tally->order);
	free(tally->fractions);
	free(tally->marks);
	free(tally->n_sessions);
	free(tally->seconds);
	memset(tally, 0, sizeof(*tally));
}

bool
psp_tally_same(const struct psp_tally *tally, size_t a, size_t b, size_t n)
{
	return n == 0
	       || memcmp(psp_tally_ids(tally, a), psp_tally_ids(tally, b),
		      n * sizeof(uint32_t))
	              == 0;
}
