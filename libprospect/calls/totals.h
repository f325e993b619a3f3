/*
 * What a log amounts to: of each cell of a cube the ratios, how many calls,
 * companies and persons have each mark, and how long was worked. Cells stand in
 * the order of reports: by their texts, numbers and times, the unknown last.
 */
#ifndef PSP_CALLS_TOTALS_H
#define PSP_CALLS_TOTALS_H

#include "libprospect/calls/log.h"

/*
 * Makes an end of counting calls: sessions that were taken in by others give
 * them their cells, and what the log holds does not tell any more where it was
 * cut. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_log_settle(struct psp_log *log,
    const struct psp_log_plan *plan, struct psp_error *err);

/*
 * Settles the log, and fills in the sessions of a file. To be called once, before any
 * totals. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_log_finish(struct psp_log *log,
    const struct psp_log_plan *plan, struct psp_error *err);

/* How long the session was worked, in seconds: 0 when that is not known. */
int64_t psp_session_seconds(const struct psp_log *log,
    const struct psp_log_plan *plan, uint32_t session);

struct psp_totals {
	const struct psp_log *log;
	const struct psp_log_plan *plan;
	size_t cube;
	size_t n_cells;
	size_t *order;                  /* cells in the order of reports */
	struct psp_fraction *fractions; /* by cell and ratio */
	size_t *marks;                  /* by cell, unit and mark */
	size_t *n_sessions;             /* by cell */
	int64_t *seconds;               /* by cell */
};

/*
 * Counts cube `cube` of the finished log. `sessions` is the cube of the same
 * dimensions and the session last, whose sessions and hours belong to the
 * cells; SIZE_MAX: the cells have none, or are the sessions themselves.
 * PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_totals_init(struct psp_totals *totals,
    const struct psp_log *log, const struct psp_log_plan *plan, size_t cube,
    size_t sessions, struct psp_error *err);

void psp_totals_clear(struct psp_totals *totals);

/* Puts the cells in order: part of psp_totals_init. PSP_ENOMEM. */
PSP_NODISCARD bool psp_totals_sort(
    struct psp_totals *totals, struct psp_error *err);

/* The place of each cell in the order of reports; an array that the caller
 * frees. NULL with PSP_ENOMEM. */
size_t *psp_totals_ranks(
    const struct psp_totals *totals, struct psp_error *err);

/* The ids of a cell. */
static inline const uint32_t *
psp_totals_ids(const struct psp_totals *totals, size_t cell)
{
	return psp_keys_get(&totals->log->cubes[totals->cube].cells, cell);
}

static inline const struct psp_fraction *
psp_totals_fraction(const struct psp_totals *totals, size_t cell, size_t ratio)
{
	return &totals->fractions[cell * totals->plan->model->ratios.n + ratio];
}

/* How many of `unit` have `mark` in a cell. */
static inline size_t
psp_totals_marked(const struct psp_totals *totals, size_t cell,
    enum psp_unit unit, enum psp_mark mark)
{
	return totals->marks[(cell * PSP_N_UNITS + unit) * PSP_N_MARKS + mark];
}

/*
 * Whether cells `a` and `b` have the same first `n` ids: they are of one group
 * of --by.
 */
bool psp_totals_same(
    const struct psp_totals *totals, size_t a, size_t b, size_t n);

/* Appends the text of an id of dimension `dim` of the plan: an agent, "09",
 * "1" for Monday, "2026-W48", "2026-11". PSP_ENOMEM. */
PSP_NODISCARD bool psp_dim_put(const struct psp_log *log,
    const struct psp_log_plan *plan, size_t dim, uint32_t id,
    struct psp_buffer *out, struct psp_error *err);

#endif
