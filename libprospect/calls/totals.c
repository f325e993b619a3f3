/* What a log amounts to; see the header. */
#include <config.h>

#include "libprospect/calls/totals.h"

#include <stdlib.h>

#include "libprospect/base/calendar.h"

/* What the numbers of sessions in a cube are once they are settled. */
struct settling {
	const struct psp_log_plan *plan;
	const struct psp_cube_plan *cube;
	const uint32_t *numbers;
};

static uint32_t
settled(void *user, size_t dim, uint32_t id)
{
	const struct settling *to = user;

	if (to->plan->dims[to->cube->dims[dim]].kind != PSP_DIM_SESSION
	    || id == PSP_NO_SESSION)
		return id;
	return to->numbers[id];
}

bool
psp_log_settle(
    struct psp_log *log, const struct psp_log_plan *plan, struct psp_error *err)
{
	struct settling to = { plan, NULL, NULL };
	uint32_t *numbers;
	bool is_done = true;

	if (plan->mode != PSP_SESSIONS_GAP)
		return true;
	numbers = calloc(log->sessions.n + 1, sizeof(*numbers));
	if (numbers == NULL)
		return psp_error_memory(err);
	to.numbers = numbers;
	psp_sessions_settle(&log->sessions, numbers);
	for (size_t i = 0; is_done && i < log->n_cubes; i++) {
		struct psp_cube *cube = &log->cubes[i], joined;
		uint32_t *cells = calloc(cube->cells.n + 1, sizeof(*cells));

		if (cells == NULL) {
			is_done = psp_error_memory(err);
			break;
		}
		to.cube = &plan->cubes[i];
		psp_cube_init(
		    &joined, cube->n_dims, cube->n_slots, to.cube->units);
		is_done =
		    psp_cube_merge(&joined, cube, settled, &to, cells, err);
		free(cells);
		if (!is_done) {
			psp_cube_clear(&joined);
			break;
		}
		psp_cube_clear(cube);
		*cube = joined;
	}
	free(numbers);
	return is_done;
}

/* A text of a sessions file, as that column of the log has it. */
static bool
put_text(struct psp_log *log, size_t column, struct psp_slice text,
    uint32_t *symbol, struct psp_error *err)
{
	if (column == PSP_NO_TEXT)
		return psp_symbols_put(&log->symbols, text, symbol, err);
	return psp_symbols_put_in(&log->symbols, column, text, symbol, err);
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
		if (!put_text(log, plan->agent_text, rows[i].agent,
			&session->agent, err)
		    || !put_text(log, plan->session_text, rows[i].session,
			&session->key, err))
			return false;
	}
	sessions->n = n;
	return true;
}

/* The id of a session's day in a dimension that days make. */
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

/* The id of a session in dimension `dim`; false where calls alone have one. */
static bool
id_of_session(const struct psp_log *log, const struct psp_log_plan *plan,
    const struct psp_dim *dim, uint32_t session, uint32_t *id)
{
	const struct psp_session *item = &log->sessions.items[session];

	switch (dim->kind) {
	case PSP_DIM_SESSION:
		*id = session;
		return true;
	case PSP_DIM_WEEKDAY:
	case PSP_DIM_WEEK:
	case PSP_DIM_MONTH:
		*id = id_of_day(dim->kind, item->day);
		return true;
	case PSP_DIM_TEXT:
		*id = dim->text == plan->agent_text ? item->agent : item->key;
		return dim->text == plan->agent_text
		       || dim->text == plan->session_text;
	default:
		return false;
	}
}

/* Gives a session without calls its cell in cube `at`, and the group that it
 * belongs to one in the cubes of groups. */
static bool
add_idle(struct psp_log *log, const struct psp_log_plan *plan, size_t at,
    uint32_t session, struct psp_error *err)
{
	const struct psp_cube_plan *cube = &plan->cubes[at];
	uint32_t ids[PSP_MAX_DIMS] = { 0 }, cell;

	for (size_t i = 0; i < cube->n_dims; i++)
		if (!id_of_session(log, plan, &plan->dims[cube->dims[i]],
			session, &ids[i]))
			return true;
	if (!psp_cube_cell(&log->cubes[at], ids, &cell, err))
		return false;
	for (size_t i = 0; i < plan->n_cubes; i++) {
		const struct psp_cube_plan *group = &plan->cubes[i];
		size_t n = group->n_dims;

		if (n + 1 == cube->n_dims
		    && memcmp(group->dims, cube->dims, n * sizeof(*group->dims))
			   == 0
		    && !psp_cube_cell(&log->cubes[i], ids, &cell, err))
			return false;
	}
	return true;
}

/* Sessions of the file in which nobody called: their time is time worked. */
static bool
add_idle_sessions(
    struct psp_log *log, const struct psp_log_plan *plan, struct psp_error *err)
{
	bool *has_calls = calloc(log->sessions.n + 1, sizeof(*has_calls));
	bool is_done = has_calls != NULL || psp_error_memory(err);

	for (size_t i = 0; is_done && i < plan->n_cubes; i++) {
		const struct psp_cube_plan *cube = &plan->cubes[i];
		const struct psp_keys *cells = &log->cubes[i].cells;
		size_t last = cube->n_dims - 1;

		if (cube->n_dims == 0
		    || plan->dims[cube->dims[last]].kind != PSP_DIM_SESSION)
			continue;
		memset(has_calls, 0, log->sessions.n * sizeof(*has_calls));
		for (size_t j = 0; j < cells->n; j++) {
			uint32_t session = psp_keys_get(cells, j)[last];

			if (session != PSP_NO_SESSION)
				has_calls[session] = true;
		}
		for (size_t j = 0; is_done && j < log->sessions.n; j++)
			if (!has_calls[j])
				is_done = add_idle(
				    log, plan, i, (uint32_t)j, err);
	}
	free(has_calls);
	return is_done;
}

bool
psp_log_finish(
    struct psp_log *log, const struct psp_log_plan *plan, struct psp_error *err)
{
	/* A log without calls still has its ratios, all empty. */
	for (size_t i = 0; i < log->n_cubes; i++) {
		uint32_t only;

		if (log->cubes[i].n_dims == 0
		    && !psp_cube_cell(&log->cubes[i], NULL, &only, err))
			return false;
	}
	return plan->mode == PSP_SESSIONS_FILE
	           ? fill_sessions(log, plan, err)
		         && add_idle_sessions(log, plan, err)
	           : psp_log_settle(log, plan, err);
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

/* Counts `n` of `unit` that have `marks`, in one cell. */
static void
count(struct psp_totals *totals, size_t cell, enum psp_unit unit,
    psp_marks marks, size_t n)
{
	const struct psp_ratios *ratios = &totals->plan->model->ratios;
	size_t *counts =
	    totals->marks + (cell * PSP_N_UNITS + unit) * PSP_N_MARKS;

	for (size_t i = 0; i < PSP_N_MARKS; i++)
		if (marks & PSP_MARK_BIT(i))
			counts[i] += n;
	for (size_t i = 0; i < ratios->n; i++) {
		const struct psp_ratio *ratio = &ratios->items[i];
		struct psp_fraction *fraction =
		    &totals->fractions[cell * ratios->n + i];
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
count_slots(
    struct psp_totals *totals, enum psp_unit unit, const uint64_t *slots)
{
	const struct psp_cube *cube = &totals->log->cubes[totals->cube];
	const struct psp_outcomes *outcomes = &totals->plan->model->outcomes;

	for (size_t cell = 0; cell < totals->n_cells; cell++)
		for (size_t i = 0; i < cube->n_slots; i++) {
			size_t n = (size_t)slots[cell * cube->n_slots + i];

			if (n > 0)
				count(totals, cell, unit,
				    outcomes->items[i / 2].marks[i % 2], n);
		}
}

static void
count_subjects(struct psp_totals *totals, enum psp_unit unit)
{
	const struct psp_subjects *subjects =
	    &totals->log->cubes[totals->cube].subjects[unit];
	const struct psp_outcomes *outcomes = &totals->plan->model->outcomes;

	if (!subjects->is_kept)
		return;
	count_slots(totals, unit, subjects->alone);
	for (size_t i = 0; i < subjects->keys.n; i++)
		count(totals, psp_keys_get(&subjects->keys, i)[0], unit,
		    psp_fact_marks(&subjects->facts[i], outcomes), 1);
}

/* Whether the hours of session `session` belong to the group of `ids`. */
static bool
owns_hours(const struct psp_totals *totals, const struct psp_cube_plan *cube,
    const uint32_t *ids, uint32_t session)
{
	const struct psp_log_plan *plan = totals->plan;
	const struct psp_session *item = &totals->log->sessions.items[session];

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
add_sessions(struct psp_totals *totals, size_t sessions, struct psp_error *err)
{
	const struct psp_log_plan *plan = totals->plan;
	const struct psp_cube_plan *inner = &plan->cubes[sessions];
	const struct psp_cube *cube = &totals->log->cubes[sessions];
	struct psp_keys groups;
	bool is_timed = has_hours(plan, inner), is_done = true;
	size_t n_dims = plan->cubes[totals->cube].n_dims;

	/* The cells of the cube by their ids: to find them again. */
	psp_keys_init(&groups, n_dims > 0 ? (uint32_t)n_dims : 1);
	for (size_t i = 0; is_done && i < totals->n_cells; i++) {
		uint32_t number;
		bool is_new;

		is_done = psp_keys_put(
		    &groups, psp_totals_ids(totals, i), &number, &is_new, err);
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
		totals->n_sessions[cell]++;
		if (is_timed && owns_hours(totals, inner, ids, session))
			totals->seconds[cell] +=
			    psp_session_seconds(totals->log, plan, session);
	}
	psp_keys_clear(&groups);
	return is_done;
}

/* The cells are sessions: each has its own hours. */
static void
add_own_session(struct psp_totals *totals)
{
	const struct psp_cube_plan *cube = &totals->plan->cubes[totals->cube];
	bool is_timed = has_hours(totals->plan, cube);

	for (size_t i = 0; i < totals->n_cells; i++) {
		const uint32_t *ids = psp_totals_ids(totals, i);
		uint32_t session = ids[cube->n_dims - 1];

		if (session == PSP_NO_SESSION)
			continue;
		totals->n_sessions[i] = 1;
		if (is_timed && owns_hours(totals, cube, ids, session))
			totals->seconds[i] = psp_session_seconds(
			    totals->log, totals->plan, session);
	}
}

static void
set_denominators(struct psp_totals *totals)
{
	const struct psp_ratios *ratios = &totals->plan->model->ratios;

	for (size_t cell = 0; cell < totals->n_cells; cell++)
		for (size_t i = 0; i < ratios->n; i++) {
			struct psp_fraction *fraction =
			    &totals->fractions[cell * ratios->n + i];

			if (ratios->items[i].per == PSP_PER_SESSION)
				fraction->den = totals->n_sessions[cell];
			else if (ratios->items[i].per == PSP_PER_HOUR)
				fraction->seconds = totals->seconds[cell];
		}
}

bool
psp_totals_init(struct psp_totals *totals, const struct psp_log *log,
    const struct psp_log_plan *plan, size_t cube, size_t sessions,
    struct psp_error *err)
{
	const struct psp_cube_plan *shape = &plan->cubes[cube];
	size_t n = log->cubes[cube].cells.n + 1;

	memset(totals, 0, sizeof(*totals));
	totals->log = log;
	totals->plan = plan;
	totals->cube = cube;
	totals->n_cells = n - 1;
	totals->order = calloc(n, sizeof(*totals->order));
	totals->fractions =
	    calloc(n * plan->model->ratios.n, sizeof(*totals->fractions));
	totals->marks =
	    calloc(n * PSP_N_UNITS * PSP_N_MARKS, sizeof(*totals->marks));
	totals->n_sessions = calloc(n, sizeof(*totals->n_sessions));
	totals->seconds = calloc(n, sizeof(*totals->seconds));
	if (totals->order == NULL || totals->fractions == NULL
	    || totals->marks == NULL || totals->n_sessions == NULL
	    || totals->seconds == NULL)
		return psp_error_memory(err);
	count_slots(totals, PSP_UNIT_CALL, log->cubes[cube].counts);
	count_subjects(totals, PSP_UNIT_COMPANY);
	count_subjects(totals, PSP_UNIT_PERSON);
	if (sessions != SIZE_MAX && !add_sessions(totals, sessions, err))
		return false;
	if (shape->n_dims > 0
	    && plan->dims[shape->dims[shape->n_dims - 1]].kind
		   == PSP_DIM_SESSION)
		add_own_session(totals);
	set_denominators(totals);
	return psp_totals_sort(totals, err);
}

void
psp_totals_clear(struct psp_totals *totals)
{
	free(totals->order);
	free(totals->fractions);
	free(totals->marks);
	free(totals->n_sessions);
	free(totals->seconds);
	memset(totals, 0, sizeof(*totals));
}

bool
psp_totals_same(const struct psp_totals *totals, size_t a, size_t b, size_t n)
{
	return n == 0
	       || memcmp(psp_totals_ids(totals, a), psp_totals_ids(totals, b),
		      n * sizeof(uint32_t))
	              == 0;
}
