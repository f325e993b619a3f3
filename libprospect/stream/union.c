/*
 * A map from each column of the union to a column of each input. Records of an
 * input whose map is not the identity are written anew, field by field as they
 * stand, with the ends of their fields.
 */
#include <config.h>

#include "libprospect/stream/union.h"

#include <stdlib.h>

#include "libprospect/base/map.h"

/* A column that an input lacks. */
static const size_t missing = SIZE_MAX;

struct psp_union {
	struct psp_arena arena;
	struct psp_slice *names;
	size_t n_names;
	size_t **columns;  /* by input, then by column of the union */
	size_t *n_columns; /* of each input */
	size_t n_inputs;
	/* the batch aligned last */
	struct psp_batch batch;
	struct psp_span *spans;
	size_t spans_capacity;
	struct psp_arena rows;
	struct psp_record record;
	struct psp_buffer text;
};

/* Appends "name" and which of that name it is: the key of a column. */
static bool
put_key(struct psp_buffer *key, struct psp_slices header, size_t column,
    struct psp_error *err)
{
	size_t nth = 0;

	for (size_t i = 0; i < column; i++)
		nth += psp_slice_equal(header.items[i], header.items[column]);
	key->size = 0;
	return psp_buffer_slice(key, header.items[column], err)
	       && psp_buffer_format(key, err, "%c%zu", '\0', nth);
}

/* Gives each column of each header its number in the union. */
static bool
number_columns(struct psp_union *all, const struct psp_slices *headers,
    struct psp_map *numbers, size_t **by_header, struct psp_error *err)
{
	struct psp_buffer key;
	bool is_done = false;

	psp_buffer_init(&key);
	for (size_t i = 0; i < all->n_inputs; i++) {
		for (size_t j = 0; j < headers[i].n; j++) {
			struct psp_map_entry *entry;
			bool is_new;

			if (!put_key(&key, headers[i], j, err)
			    || !psp_map_put(numbers, psp_buffer_content(&key),
				all->n_names, &entry, &is_new, err))
				goto done;
			by_header[i][j] = entry->value;
			if (is_new)
				all->names[all->n_names++] =
				    headers[i].items[j];
		}
	}
	is_done = true;
done:
	psp_buffer_clear(&key);
	return is_done;
}

/* Turns the numbers of an input's columns into the map of the union's. */
static bool
map_input(struct psp_union *all, size_t input, const size_t *numbers, size_t n,
    struct psp_error *err)
{
	size_t *columns =
	    psp_arena_array(&all->arena, all->n_names, sizeof(*columns), err);

	if (columns == NULL)
		return false;
	for (size_t i = 0; i < all->n_names; i++)
		columns[i] = missing;
	for (size_t i = 0; i < n; i++)
		columns[numbers[i]] = i;
	all->columns[input] = columns;
	all->n_columns[input] = n;
	return true;
}

static bool
build(struct psp_union *all, const struct psp_slices *headers,
    struct psp_map *numbers, struct psp_error *err)
{
	size_t **by_header = psp_arena_array(
	    &all->arena, all->n_inputs, sizeof(*by_header), err);
	size_t most = 0;

	if (by_header == NULL)
		return false;
	for (size_t i = 0; i < all->n_inputs; i++) {
		most += headers[i].n;
		by_header[i] = psp_arena_array(
		    &all->arena, headers[i].n, sizeof(**by_header), err);
		if (by_header[i] == NULL)
			return false;
	}
	all->names =
	    psp_arena_array(&all->arena, most, sizeof(*all->names), err);
	all->columns = psp_arena_array(
	    &all->arena, all->n_inputs, sizeof(*all->columns), err);
	all->n_columns = psp_arena_array(
	    &all->arena, all->n_inputs, sizeof(*all->n_columns), err);
	if (all->names == NULL || all->columns == NULL || all->n_columns == NULL
	    || !number_columns(all, headers, numbers, by_header, err))
		return false;
	for (size_t i = 0; i < all->n_inputs; i++)
		if (!map_input(all, i, by_header[i], headers[i].n, err))
			return false;
	return true;
}

struct psp_union *
psp_union_new(
    const struct psp_slices *headers, size_t n_headers, struct psp_error *err)
{
	struct psp_union *all = calloc(1, sizeof(*all));
	struct psp_map numbers;
	bool is_built;

	if (all == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	all->n_inputs = n_headers;
	psp_arena_init(&all->arena);
	psp_arena_init(&all->rows);
	psp_buffer_init(&all->text);
	psp_map_init(&numbers);
	is_built = build(all, headers, &numbers, err);
	psp_map_clear(&numbers);
	if (!is_built) {
		psp_union_free(all);
		return NULL;
	}
	return all;
}

void
psp_union_free(struct psp_union *all)
{
	if (all == NULL)
		return;
	free(all->spans);
	psp_record_clear(&all->record);
	psp_buffer_clear(&all->text);
	psp_arena_clear(&all->rows);
	psp_arena_clear(&all->arena);
	free(all);
}

struct psp_slices
psp_union_header(const struct psp_union *all)
{
	struct psp_slices header = { all->names, all->n_names };

	return header;
}

size_t
psp_union_n_missing(const struct psp_union *all, size_t input)
{
	return all->n_names - all->n_columns[input];
}

bool
psp_union_is_same(const struct psp_union *all, size_t input)
{
	if (all->n_columns[input] != all->n_names)
		return false;
	for (size_t i = 0; i < all->n_names; i++)
		if (all->columns[input][i] != i)
			return false;
	return true;
}

/* Writes the record at hand in the order of the union. */
static bool
align_record(struct psp_union *all, const size_t *columns,
    const struct psp_span *from, struct psp_span *span, struct psp_error *err)
{
	uint32_t *ends =
	    psp_arena_array(&all->rows, all->n_names, sizeof(*ends), err);
	char separator = (char)all->batch.dialect->separator;

	if (ends == NULL)
		return false;
	all->text.size = 0;
	for (size_t i = 0; i < all->n_names; i++) {
		if (i > 0 && !psp_buffer_put(&all->text, separator, err))
			return false;
		if (columns[i] != missing
		    && !psp_buffer_slice(&all->text,
			psp_record_raw(&all->record, columns[i]), err))
			return false;
		ends[i] = (uint32_t)all->text.size;
	}
	*span = *from;
	span->bytes =
	    psp_arena_copy(&all->rows, psp_buffer_content(&all->text), err);
	span->size = (uint32_t)all->text.size;
	span->ends = ends;
	if (all->text.size > all->batch.longest)
		all->batch.longest = all->text.size;
	return span->bytes != NULL;
}

bool
psp_union_align(struct psp_union *all, size_t input,
    const struct psp_batch *batch, const struct psp_batch **aligned,
    struct psp_error *err)
{
	struct psp_span *spans;

	*aligned = batch;
	if (psp_union_is_same(all, input))
		return true;
	spans = psp_array_reserve(all->spans, &all->spans_capacity,
	    batch->n_spans + 1, sizeof(*spans), err);
	if (spans == NULL)
		return false;
	all->spans = spans;
	if (!psp_record_init(&all->record, batch, err))
		return false;
	psp_arena_reset(&all->rows);
	all->batch = *batch;
	all->batch.n_fields = all->n_names;
	all->batch.spans = spans;
	for (size_t i = 0; i < batch->n_spans; i++) {
		psp_record_seek(&all->record, i);
		if (!align_record(all, all->columns[input], &batch->spans[i],
			&spans[i], err))
			return false;
	}
	*aligned = &all->batch;
	return true;
}
