/*
 * A record of calls is written as it comes. Of a person what decides is known
 * at the end only: its row is kept formatted, and replaced by a later one that
 * decides instead. Memory grows with the persons counted.
 */
#include <config.h>

#include "libprospect/calls/counted_rows.h"

#include <stdlib.h>

#include "libprospect/base/text.h"

enum { HASH_WORDS = 4, ENOUGH_DEAD = 1 << 20 };

/* Ratios that are looked at for a name that is near, and bytes of a list. */
enum { MAX_SHOWN = 200, LIST_SIZE = 120 };

struct psp_counted_rows {
	struct psp_log_plan plan;
	const struct psp_ratio *ratio;
	bool is_num;
	size_t n; /* rows in all, known at the end */
};

/* A person: what is known of it, and the row that stands for it. */
struct item {
	struct psp_fact fact;
	int64_t row_time; /* of the call the row is of */
	size_t record;    /* its number; 0: no row */
	size_t at, size;  /* in the state's bytes */
};

struct state {
	struct psp_symbols symbols;
	struct psp_call_tally unread[PSP_N_UNREAD];
	struct psp_keys keys;
	struct item *items;
	size_t capacity;
	struct psp_buffer bytes; /* rows, live and dead */
	size_t n_dead;           /* bytes of rows that were replaced */
	size_t n_written;        /* rows of calls, that were not kept */
};

/* Says that there is no such ratio, and which is near, or which there are. */
static bool
refuse_ratio(struct psp_slice name, const struct psp_ratios *ratios,
    struct psp_error *err)
{
	struct psp_slice names[MAX_SHOWN], near;
	struct psp_slices all = { names, 0 };
	struct psp_buffer known;
	bool is_done = true;

	while (all.n < ratios->n && all.n < MAX_SHOWN) {
		names[all.n] = ratios->items[all.n].name;
		all.n++;
	}
	near = psp_text_nearest(name, all);
	if (near.size > 0)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--rows: there is no ratio '%.*s'; did you mean '%.*s'?",
		    PSP_SLICE_ARGS(name), PSP_SLICE_ARGS(near));
	psp_buffer_init(&known);
	for (size_t i = 0; is_done && i < all.n && known.size < LIST_SIZE; i++)
		is_done = psp_buffer_format(&known, err, "%s%.*s",
		    i > 0 ? ", " : "", PSP_SLICE_ARGS(names[i]));
	if (is_done && known.size >= LIST_SIZE)
		is_done = psp_buffer_format(&known, err, ", ...");
	if (is_done)
		psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--rows: there is no ratio '%.*s'; there are: %.*s",
		    PSP_SLICE_ARGS(name),
		    PSP_SLICE_ARGS(psp_buffer_content(&known)));
	psp_buffer_clear(&known);
	return false;
}

/* "RATIO:num" or "RATIO:den". */
static bool
read_what(struct psp_counted_rows *rows, const char *what,
    const struct psp_ratios *ratios, struct psp_error *err)
{
	const char *colon = strrchr(what, ':');

	if (colon == NULL
	    || (strcmp(colon, ":num") != 0 && strcmp(colon, ":den") != 0))
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--rows expects a ratio and its side, such as "
		    "appointment_rate:num or appointment_rate:den, not '%s'",
		    what);
	rows->is_num = colon[1] == 'n';
	rows->ratio =
	    psp_ratios_find(ratios, psp_slice(what, (size_t)(colon - what)));
	if (rows->ratio == NULL)
		return refuse_ratio(
		    psp_slice(what, (size_t)(colon - what)), ratios, err);
	return rows->is_num || rows->ratio->per == PSP_PER_MARK
	       || psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		   "--rows: below the line of '%.*s' are hours or sessions, "
		   "which are no records",
		   (int)(colon - what), what);
}

struct psp_counted_rows *
psp_counted_rows_new(const char *what, struct psp_call_model *model,
    const struct psp_log_want *want, struct psp_slices header,
    struct psp_problems *problems, struct psp_error *err)
{
	struct psp_counted_rows *rows = calloc(1, sizeof(*rows));

	if (rows == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	if (read_what(rows, what, &model->ratios, err)
	    && psp_log_plan_init(
		&rows->plan, want, &model->outcomes, header, problems, err)) {
		psp_log_plan_cube(
		    &rows->plan, NULL, 0, 1U << rows->ratio->unit);
		return rows;
	}
	psp_counted_rows_free(rows);
	return NULL;
}

void
psp_counted_rows_free(struct psp_counted_rows *rows)
{
	free(rows);
}

size_t
psp_counted_rows_n(const struct psp_counted_rows *rows)
{
	return rows->n;
}

static void
free_state(void *state)
{
	struct state *kept = state;

	psp_symbols_clear(&kept->symbols);
	psp_keys_clear(&kept->keys);
	psp_buffer_clear(&kept->bytes);
	free(kept->items);
	free(kept);
}

static void *
new_state(void *plan, struct psp_error *err)
{
	struct state *state = calloc(1, sizeof(*state));

	(void)plan;
	if (state == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_keys_init(&state->keys, HASH_WORDS);
	psp_buffer_init(&state->bytes);
	if (psp_symbols_init(&state->symbols, err))
		return state;
	free_state(state);
	return NULL;
}

/* Whether what has these marks is counted. */
static bool
is_counted(const struct psp_counted_rows *rows, psp_marks marks)
{
	const struct psp_ratio *ratio = rows->ratio;

	if (ratio->per == PSP_PER_MARK && !(marks & PSP_MARK_BIT(ratio->den)))
		return false;
	return !rows->is_num || marks & PSP_MARK_BIT(ratio->num);
}

/* Whether a call with these marks can stand for its person. */
static bool
can_stand(const struct psp_counted_rows *rows, psp_marks marks)
{
	return marks
	       & PSP_MARK_BIT(
		   rows->is_num ? rows->ratio->num : rows->ratio->den);
}

/* Gives an item its row: a copy of `row`. */
static bool
set_row(struct state *state, struct item *item, int64_t at, size_t record,
    struct psp_slice row, struct psp_error *err)
{
	state->n_dead += item->size;
	item->row_time = at;
	item->record = record;
	item->at = state->bytes.size;
	item->size = row.size;
	return psp_buffer_slice(&state->bytes, row, err);
}

/* Adds what is known of a person later in the log, with its row if it has one.
 */
static bool
put_item(struct state *state, const uint32_t *hash, const struct item *item,
    struct psp_slice row, struct psp_error *err)
{
	struct item *items, *known;
	uint32_t number;
	bool is_new;

	if (!psp_keys_put(&state->keys, hash, &number, &is_new, err))
		return false;
	items = psp_array_reserve(
	    state->items, &state->capacity, state->keys.n, sizeof(*items), err);
	if (items == NULL)
		return false;
	state->items = items;
	known = &items[number];
	if (is_new) {
		*known = *item;
		known->record = known->size = 0;
	} else {
		psp_fact_join(&known->fact, &item->fact);
	}
	if (item->record == 0
	    || (known->record > 0 && item->row_time < known->row_time))
		return true;
	return set_row(state, known, item->row_time, item->record, row, err);
}

/* One record of a batch. */
struct adding {
	const struct psp_counted_rows *rows;
	struct state *state;
	struct psp_record record;
	struct psp_rows made; /* the row of one record */
	struct psp_rows *out;
	struct psp_error *err;
	struct psp_call_reading reading; /* large: see its init */
};

static bool
add_call(struct adding *adding)
{
	const struct psp_counted_rows *rows = adding->rows;
	struct psp_slice row = { NULL, 0 };
	struct psp_call call;
	const struct psp_subject *subject;
	struct item item = { .record = 0 };

	if (!psp_call_read(
		&adding->reading, &adding->record, &call, adding->err))
		return false;
	subject = &call.counted.subjects[rows->ratio->unit];
	if (rows->ratio->unit == PSP_UNIT_CALL || !subject->is_known) {
		if (!is_counted(rows, call.counted.marks))
			return true;
		adding->state->n_written++;
		return psp_rows_put(
		    adding->out, &adding->record, NULL, adding->err);
	}
	item.fact = psp_fact_of(&call.counted);
	if (can_stand(rows, call.counted.marks)) {
		adding->made.bytes.size = 0;
		if (!psp_rows_put(
			&adding->made, &adding->record, NULL, adding->err))
			return false;
		row = psp_buffer_content(&adding->made.bytes);
		item.record = psp_record_number(&adding->record);
		item.row_time = call.counted.at;
	}
	return put_item(adding->state, subject->hash, &item, row, adding->err);
}

static bool
add_batch(void *plan, void *state, const struct psp_batch *batch,
    struct psp_rows *out, struct psp_error *err)
{
	struct adding *adding = malloc(sizeof(*adding));
	bool is_done;

	if (adding == NULL)
		return psp_error_memory(err);
	memset(adding, 0, offsetof(struct adding, reading));
	adding->rows = plan;
	adding->state = state;
	adding->err = err;
	adding->out = out;
	adding->made.writer = out->writer;
	psp_call_reading_init(&adding->reading, &adding->rows->plan,
	    &adding->state->symbols, &adding->state->symbols,
	    adding->state->unread);
	is_done = psp_record_init(&adding->record, batch, err);
	for (size_t i = 0; is_done && i < batch->n_spans; i++) {
		psp_record_seek(&adding->record, i);
		is_done = add_call(adding);
	}
	psp_record_clear(&adding->record);
	psp_rows_clear(&adding->made);
	free(adding);
	return is_done;
}

/* Forgets the rows that were replaced. */
static bool
compact(struct state *state, struct psp_error *err)
{
	struct psp_buffer live;

	if (state->n_dead < ENOUGH_DEAD
	    || state->n_dead < state->bytes.size / 2)
		return true;
	psp_buffer_init(&live);
	for (size_t i = 0; i < state->keys.n; i++) {
		struct item *item = &state->items[i];
		size_t at = live.size;

		if (item->size == 0)
			continue;
		if (!psp_buffer_append(&live, state->bytes.bytes + item->at,
			item->size, err)) {
			psp_buffer_clear(&live);
			return false;
		}
		item->at = at;
	}
	psp_buffer_clear(&state->bytes);
	state->bytes = live;
	state->n_dead = 0;
	return true;
}

static bool
merge_states(void *plan, void *into, void *next, struct psp_error *err)
{
	struct state *state = into;
	const struct state *later = next;

	(void)plan;
	state->n_written += later->n_written;
	for (size_t i = 0; i < later->keys.n; i++) {
		const struct item *item = &later->items[i];

		if (!put_item(state, psp_keys_get(&later->keys, i), item,
			psp_slice(later->bytes.bytes + item->at, item->size),
			err))
			return false;
	}
	return compact(state, err);
}

static int
by_record(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	return (x->record > y->record) - (x->record < y->record);
}

/* Writes the rows of the persons that are counted, in the order of the log. */
static bool
put_persons(
    void *plan, void *state, struct psp_rows *out, struct psp_error *err)
{
	struct psp_counted_rows *rows = plan;
	struct state *kept = state;
	const struct psp_outcomes *outcomes = &rows->plan.model->outcomes;

	if (kept->keys.n > 1)
		qsort(
		    kept->items, kept->keys.n, sizeof(*kept->items), by_record);
	for (size_t i = 0; i < kept->keys.n; i++) {
		const struct item *item = &kept->items[i];
		psp_marks marks = psp_fact_marks(&item->fact, outcomes);

		if (item->record == 0 || !is_counted(rows, marks))
			continue;
		kept->n_written++;
		if (!psp_rows_append(out,
			psp_slice(kept->bytes.bytes + item->at, item->size),
			err))
			return false;
	}
	rows->n = kept->n_written;
	return true;
}

const struct psp_flow_steps psp_counted_rows_steps = {
	.new_state = new_state,
	.free_state = free_state,
	.batch = add_batch,
	.merge = merge_states,
	.finish = put_persons,
};
