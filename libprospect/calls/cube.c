/* Counts by cells; see the header. */
#include <config.h>

#include "libprospect/calls/cube.h"

#include <stdlib.h>

#include "libprospect/calls/sessions.h"

enum { SUBJECT_WORDS = 5 };

void
psp_cube_init(
    struct psp_cube *cube, size_t n_dims, size_t n_slots, unsigned units)
{
	memset(cube, 0, sizeof(*cube));
	cube->n_dims = n_dims;
	cube->n_slots = n_slots;
	/* A cube without dimensions has one cell, whose key is a zero. */
	psp_keys_init(&cube->cells, n_dims > 0 ? (uint32_t)n_dims : 1);
	for (size_t i = 0; i < PSP_N_UNITS; i++) {
		cube->subjects[i].is_kept = (units >> i & 1) != 0;
		cube->has_subjects =
		    cube->has_subjects || cube->subjects[i].is_kept;
		psp_keys_init(&cube->subjects[i].keys, SUBJECT_WORDS);
	}
}

void
psp_cube_clear(struct psp_cube *cube)
{
	psp_keys_clear(&cube->cells);
	free(cube->counts);
	cube->counts = NULL;
	cube->counts_capacity = 0;
	for (size_t i = 0; i < PSP_N_UNITS; i++) {
		psp_keys_clear(&cube->subjects[i].keys);
		free(cube->subjects[i].facts);
		free(cube->subjects[i].alone);
		cube->subjects[i].facts = NULL;
		cube->subjects[i].alone = NULL;
		cube->subjects[i].capacity = 0;
		cube->subjects[i].alone_capacity = 0;
	}
}

/* Room for the counts of `n_cells` cells, new ones zero. */
static bool
reserve_counts(uint64_t **counts, size_t *capacity, size_t n_cells,
    size_t n_slots, struct psp_error *err)
{
	size_t before = *capacity;
	uint64_t *grown = psp_array_reserve(
	    *counts, capacity, n_cells, n_slots * sizeof(*grown), err);

	if (grown == NULL)
		return false;
	*counts = grown;
	if (*capacity > before)
		memset(grown + before * n_slots, 0,
		    (*capacity - before) * n_slots * sizeof(*grown));
	return true;
}

bool
psp_cube_make_cell(struct psp_cube *cube, const uint32_t *ids,
    uint32_t *cell, struct psp_error *err)
{
	static const uint32_t only[1] = { 0 };
	const uint32_t *key = cube->n_dims > 0 ? ids : only;
	bool is_new;

	if (!psp_keys_put(&cube->cells, key, cell, &is_new, err))
		return false;
	if (!is_new)
		return true;
	if (!reserve_counts(&cube->counts, &cube->counts_capacity,
		cube->cells.n, cube->n_slots, err))
		return false;
	for (size_t i = 0; i < PSP_N_UNITS; i++) {
		struct psp_subjects *subjects = &cube->subjects[i];

		if (subjects->is_kept
		    && !reserve_counts(&subjects->alone,
			&subjects->alone_capacity, cube->cells.n, cube->n_slots,
			err))
			return false;
	}
	return true;
}

/* Whether something at `next` comes after, or with, what was at `at`. */
static bool
is_later(uint32_t slot, int64_t at, int64_t next)
{
	return slot == PSP_NO_SLOT || next >= at;
}

void
psp_fact_join(struct psp_fact *known, const struct psp_fact *later)
{
	if (later->decided != PSP_NO_SLOT
	    && is_later(known->decided, known->decided_at, later->decided_at)) {
		known->decided = later->decided;
		known->decided_at = later->decided_at;
	}
	if (is_later(known->last, known->last_at, later->last_at)) {
		known->last = later->last;
		known->last_at = later->last_at;
	}
	known->marks |= later->marks;
	known->n_calls += later->n_calls;
}

psp_marks
psp_fact_marks(const struct psp_fact *fact, const struct psp_outcomes *outcomes)
{
	uint32_t slot =
	    fact->decided != PSP_NO_SLOT ? fact->decided : fact->last;

	return (fact->marks & ~PSP_RESULT_MARKS)
	       | (outcomes->items[slot / 2].marks[slot % 2] & PSP_RESULT_MARKS);
}

struct psp_fact
psp_fact_of(const struct psp_cube_call *call)
{
	struct psp_fact fact = { PSP_NO_TIME, call->at, PSP_NO_SLOT, call->slot,
		call->marks, 1 };

	if (call->marks & PSP_DECISIVE_MARKS) {
		fact.decided = call->slot;
		fact.decided_at = call->at;
	}
	return fact;
}

bool
psp_cube_put_fact(struct psp_cube *cube, enum psp_unit unit,
    const uint32_t *key, const struct psp_fact *fact, struct psp_error *err)
{
	struct psp_subjects *subjects = &cube->subjects[unit];
	struct psp_fact *facts, *known;
	uint32_t number;
	bool is_new;

	if (!psp_keys_put(&subjects->keys, key, &number, &is_new, err))
		return false;
	facts = psp_array_reserve(subjects->facts, &subjects->capacity,
	    subjects->keys.n, sizeof(*facts), err);
	if (facts == NULL)
		return false;
	subjects->facts = facts;
	known = &facts[number];
	if (is_new)
		*known = *fact;
	else
		psp_fact_join(known, fact);
	return true;
}

bool
psp_cube_add_subjects(struct psp_cube *cube, uint32_t cell,
    const struct psp_cube_call *call, struct psp_error *err)
{
	for (size_t i = 0; i < PSP_N_UNITS; i++) {
		struct psp_subjects *subjects = &cube->subjects[i];
		const struct psp_subject *subject = &call->subjects[i];
		struct psp_fact fact;
		uint32_t key[SUBJECT_WORDS] = { cell };

		if (!subjects->is_kept)
			continue;
		if (!subject->is_known) {
			subjects->alone[cell * cube->n_slots + call->slot]++;
			continue;
		}
		memcpy(key + 1, subject->hash, sizeof(subject->hash));
		fact = psp_fact_of(call);
		if (!psp_cube_put_fact(cube, (enum psp_unit)i, key, &fact, err))
			return false;
	}
	return true;
}

static void
add_counts(uint64_t *into, const uint64_t *next, size_t n)
{
	for (size_t i = 0; i < n; i++)
		into[i] += next[i];
}

/* Adds the subjects of `next`, whose cells are `cells` here. */
static bool
merge_subjects(struct psp_cube *into, const struct psp_cube *next,
    enum psp_unit unit, const uint32_t *cells, struct psp_error *err)
{
	const struct psp_subjects *subjects = &next->subjects[unit];

	for (size_t i = 0; i < subjects->keys.n; i++) {
		uint32_t key[SUBJECT_WORDS];

		if (i % PSP_KEYS_AHEAD == 0)
			psp_keys_expect(&into->subjects[unit].keys,
			    &subjects->keys, i, cells,
			    into->subjects[unit].facts,
			    sizeof(*subjects->facts));
		memcpy(key, psp_keys_get(&subjects->keys, i), sizeof(key));
		key[0] = cells[key[0]];
		if (!psp_cube_put_fact(
			into, unit, key, &subjects->facts[i], err))
			return false;
	}
	return true;
}

bool
psp_cube_merge(struct psp_cube *into, const struct psp_cube *next,
    psp_cube_map_fn *map, void *user, uint32_t *cells, struct psp_error *err)
{
	size_t n_slots = into->n_slots;
	bool is_done = true;

	for (size_t i = 0; is_done && i < next->cells.n; i++) {
		uint32_t ids[PSP_MAX_DIMS] = { 0 };
		const uint32_t *key = psp_keys_get(&next->cells, i);

		for (size_t j = 0; j < into->n_dims; j++)
			ids[j] = map(user, j, key[j]);
		is_done = psp_cube_cell(into, ids, &cells[i], err);
		if (!is_done)
			break;
		add_counts(into->counts + cells[i] * n_slots,
		    next->counts + i * n_slots, n_slots);
		for (size_t j = 0; j < PSP_N_UNITS; j++)
			if (into->subjects[j].is_kept)
				add_counts(into->subjects[j].alone
					       + cells[i] * n_slots,
				    next->subjects[j].alone + i * n_slots,
				    n_slots);
	}
	for (size_t i = 0; is_done && i < PSP_N_UNITS; i++)
		if (into->subjects[i].is_kept)
			is_done = merge_subjects(
			    into, next, (enum psp_unit)i, cells, err);
	return is_done;
}
