/*
 * How often each value stands in some columns, of the records that pass, for
 * --facets. Memory grows with the number of distinct values.
 */
#ifndef PSP_TARGETING_FACETS_H
#define PSP_TARGETING_FACETS_H

#include "libprospect/base/map.h"
#include "libprospect/stream/writer.h"

struct psp_facets {
	struct psp_map *columns; /* values and how often, one map a column */
	size_t n_columns;
	size_t n_records;
};

/* Counters for `n_columns` columns. PSP_ENOMEM. */
PSP_NODISCARD bool psp_facets_init(
    struct psp_facets *facets, size_t n_columns, struct psp_error *err);

void psp_facets_clear(struct psp_facets *facets);

/* Forgets all values. */
void psp_facets_reset(struct psp_facets *facets);

/* Counts a record, whose cells stand at `indexes`. PSP_ENOMEM. */
PSP_NODISCARD bool psp_facets_add(struct psp_facets *facets,
    struct psp_record *record, const size_t *indexes, struct psp_error *err);

/* Adds the counts of `next`, of as many columns. PSP_ENOMEM. */
PSP_NODISCARD bool psp_facets_merge(struct psp_facets *into,
    const struct psp_facets *next, struct psp_error *err);

/*
 * Appends a row a value: column, value, count, share of the records; the most
 * frequent first, equal ones by their bytes. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_facets_put(const struct psp_facets *facets,
    const struct psp_slice *names, struct psp_rows *rows,
    struct psp_error *err);

#endif
