/*
 * Counts of calls by cells, and distinct persons within them. A cell is a
 * combination of values of some dimensions (agent, session, hour ...), each a
 * number; calls are counted in it by outcome, which is all that ratios of calls
 * need. Of a person what decides is kept: the marks of any of the calls, the
 * last decisive outcome, the last of all.
 *
 * A person is known by 128 bits of a hash of who it is; calls of nobody known
 * each count as a person, and need no more than their outcome.
 */
#ifndef PSP_CALLS_CUBE_H
#define PSP_CALLS_CUBE_H

#include "libprospect/base/map.h"
#include "libprospect/calls/keys.h"
#include "libprospect/calls/ratios.h"

enum { PSP_MAX_DIMS = 8 };

/* Of an outcome: with `gate_type` empty, and filled. */
#define PSP_SLOT(outcome, has_gate_type) (2 * (outcome) + (has_gate_type))
#define PSP_NO_SLOT UINT32_MAX

/* What is kept of a person or company in a cell. */
struct psp_fact {
	int64_t decided_at, last_at; /* PSP_NO_TIME */
	uint32_t decided, last;      /* slots; PSP_NO_SLOT: none */
	psp_marks marks;             /* of any call */
	uint32_t n_calls;
};

/* Distinct companies or persons; the key is the cell and the hash. */
struct psp_subjects {
	bool is_kept;
	struct psp_keys keys; /* cell, then four words of hash */
	struct psp_fact *facts;
	size_t capacity;
	uint64_t *alone; /* calls of nobody known, by cell and slot */
	size_t alone_capacity;
};

struct psp_cube {
	size_t n_dims;
	size_t n_slots;
	struct psp_keys cells;
	uint64_t *counts; /* by cell and slot */
	size_t counts_capacity;
	struct psp_subjects subjects[PSP_N_UNITS]; /* not of calls */
	bool has_subjects; /* of some unit */
};

/* Who a call was to. */
struct psp_subject {
	bool is_known;
	uint32_t hash[4];
};

/* A call, as a cube sees it. */
struct psp_cube_call {
	uint32_t slot;
	psp_marks marks;
	int64_t at; /* PSP_NO_TIME */
	struct psp_subject subjects[PSP_N_UNITS];
};

/* `units` has bits 1 << enum psp_unit of the subjects to be kept apart. */
void psp_cube_init(
    struct psp_cube *cube, size_t n_dims, size_t n_slots, unsigned units);

void psp_cube_clear(struct psp_cube *cube);

/* Makes the cell of `ids`, or finds it. PSP_ENOMEM. */
PSP_NODISCARD bool psp_cube_make_cell(struct psp_cube *cube,
    const uint32_t *ids, uint32_t *cell, struct psp_error *err);

/* Number of the cell of `ids`, n_dims of them, made when it is new.
 * PSP_ENOMEM. */
PSP_NODISCARD static inline bool
psp_cube_cell(struct psp_cube *cube, const uint32_t *ids, uint32_t *cell,
    struct psp_error *err)
{
	/* One dimension, most of the time that of sessions. */
	if (cube->n_dims == 1 && psp_keys_has(&cube->cells, 1, ids, cell))
		return true;
	return psp_cube_make_cell(cube, ids, cell, err);
}

/* Counts whom a call was to, in its cell. PSP_ENOMEM. */
PSP_NODISCARD bool psp_cube_add_subjects(struct psp_cube *cube, uint32_t cell,
    const struct psp_cube_call *call, struct psp_error *err);

/* Counts a call in the cell of `ids`, which is `*cell`. PSP_ENOMEM. */
PSP_NODISCARD static inline bool
psp_cube_add(struct psp_cube *cube, const uint32_t *ids,
    const struct psp_cube_call *call, uint32_t *cell, struct psp_error *err)
{
	if (!psp_cube_cell(cube, ids, cell, err))
		return false;
	cube->counts[*cell * cube->n_slots + call->slot]++;
	return !cube->has_subjects
	       || psp_cube_add_subjects(cube, *cell, call, err);
}

/* Adds what is kept of a subject of `cell`, that came later. PSP_ENOMEM. */
PSP_NODISCARD bool psp_cube_put_fact(struct psp_cube *cube, enum psp_unit unit,
    const uint32_t *key, const struct psp_fact *fact, struct psp_error *err);

/* Joins to what is known of a subject what came later in the log. */
void psp_fact_join(struct psp_fact *known, const struct psp_fact *later);

/* The marks of a subject: of any of its calls, but for those of its outcome,
 * which the last decisive call settles, else the last. */
psp_marks psp_fact_marks(
    const struct psp_fact *fact, const struct psp_outcomes *outcomes);

/* What is kept of a subject after one call. */
struct psp_fact psp_fact_of(const struct psp_cube_call *call);

/* Says what the ids of another cube are here: a dimension's number and id. */
typedef uint32_t psp_cube_map_fn(void *user, size_t dim, uint32_t id);

/* Adds the counts of `next`, which came later; `cells`, room for all of its
 * cells, gets what they are here. PSP_ENOMEM. */
PSP_NODISCARD bool psp_cube_merge(struct psp_cube *into,
    const struct psp_cube *next, psp_cube_map_fn *map, void *user,
    uint32_t *cells, struct psp_error *err);

/* The calls of a cell by slot. */
static inline const uint64_t *
psp_cube_counts(const struct psp_cube *cube, size_t cell)
{
	return cube->counts + cell * cube->n_slots;
}

#endif
