/* Counting values; see the header. */
#include <config.h>

#include "libprospect/targeting/facets.h"

#include <stdio.h>
#include <stdlib.h>

enum { SHARE_SCALE = 10000 };

bool
psp_facets_init(
    struct psp_facets *facets, size_t n_columns, struct psp_error *err)
{
	facets->n_columns = 0;
	facets->n_records = 0;
	facets->columns = calloc(n_columns + 1, sizeof(*facets->columns));
	if (facets->columns == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < n_columns; i++)
		psp_map_init(&facets->columns[i]);
	facets->n_columns = n_columns;
	return true;
}

void
psp_facets_clear(struct psp_facets *facets)
{
	for (size_t i = 0; i < facets->n_columns; i++)
		psp_map_clear(&facets->columns[i]);
	free(facets->columns);
	facets->columns = NULL;
	facets->n_columns = 0;
}

void
psp_facets_reset(struct psp_facets *facets)
{
	for (size_t i = 0; i < facets->n_columns; i++) {
		psp_map_clear(&facets->columns[i]);
		psp_map_init(&facets->columns[i]);
	}
	facets->n_records = 0;
}

static bool
count_value(struct psp_map *column, struct psp_slice value, size_t n,
    struct psp_error *err)
{
	struct psp_map_entry *entry;

	if (!psp_map_put(column, value, 0, &entry, NULL, err))
		return false;
	entry->value += n;
	return true;
}

bool
psp_facets_add(struct psp_facets *facets, struct psp_record *record,
    const size_t *indexes, struct psp_error *err)
{
	facets->n_records++;
	for (size_t i = 0; i < facets->n_columns; i++)
		if (!count_value(&facets->columns[i],
			psp_record_text(record, indexes[i]), 1, err))
			return false;
	return true;
}

bool
psp_facets_merge(struct psp_facets *into, const struct psp_facets *next,
    struct psp_error *err)
{
	into->n_records += next->n_records;
	for (size_t i = 0; i < next->n_columns; i++) {
		const struct psp_map *column = &next->columns[i];

		for (size_t j = 0; j < column->n_places; j++)
			if (column->places[j].key.bytes != NULL
			    && !count_value(&into->columns[i],
				column->places[j].key, column->places[j].value,
				err))
				return false;
	}
	return true;
}

static int
by_count(const void *a, const void *b)
{
	const struct psp_map_entry *x = a, *y = b;
	size_t size = x->key.size < y->key.size ? x->key.size : y->key.size;
	int order;

	if (x->value != y->value)
		return x->value < y->value ? 1 : -1;
	order = memcmp(x->key.bytes, y->key.bytes, size);
	if (order != 0)
		return order;
	return (x->key.size > y->key.size) - (x->key.size < y->key.size);
}

/* The share as a fraction with four decimals, rounded half up. */
static struct psp_cell
share_cell(size_t n, size_t all, char digits[24])
{
	size_t share =
	    all > 0 ? (
		size_t)(((unsigned long long)n * SHARE_SCALE + all / 2) / all)
		    : 0;
	int size = snprintf(
	    digits, 24, "%zu.%04zu", share / SHARE_SCALE, share % SHARE_SCALE);
	struct psp_cell cell = { PSP_CELL_RATE,
		psp_slice(digits, (size_t)size) };

	return cell;
}

/* Appends the values of one column. */
static bool
put_column(const struct psp_facets *facets, size_t column,
    struct psp_slice name, struct psp_rows *rows, struct psp_error *err)
{
	const struct psp_map *map = &facets->columns[column];
	struct psp_map_entry *entries =
	    calloc(map->n_entries + 1, sizeof(*entries));
	bool is_done = true;
	size_t n = 0;

	if (entries == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < map->n_places; i++)
		if (map->places[i].key.bytes != NULL)
			entries[n++] = map->places[i];
	if (n > 1)
		qsort(entries, n, sizeof(*entries), by_count);
	for (size_t i = 0; i < n && is_done; i++) {
		char digits[2][24];
		struct psp_cell cells[4];

		cells[0] = psp_cell_text(name);
		cells[1] = psp_cell_text(entries[i].key);
		cells[2] = psp_cell_count(entries[i].value, digits[0]);
		cells[3] =
		    share_cell(entries[i].value, facets->n_records, digits[1]);
		is_done = psp_rows_put(rows, NULL, cells, err);
	}
	free(entries);
	return is_done;
}

bool
psp_facets_put(const struct psp_facets *facets, const struct psp_slice *names,
    struct psp_rows *rows, struct psp_error *err)
{
	for (size_t i = 0; i < facets->n_columns; i++)
		if (!put_column(facets, i, names[i], rows, err))
			return false;
	return true;
}
