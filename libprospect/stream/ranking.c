/* Ranking rows; see the header. */
#include <config.h>

#include "libprospect/stream/ranking.h"

#include <stdlib.h>

/* Rows kept beyond the limit before the worst are let go. */
enum { SPARE_ROWS = 256 };

void
psp_ranking_init(struct psp_ranking *ranking, size_t limit)
{
	memset(ranking, 0, sizeof(*ranking));
	ranking->limit = limit;
}

void
psp_ranking_clear(struct psp_ranking *ranking)
{
	psp_rows_clear(&ranking->rows);
	free(ranking->items);
	ranking->items = NULL;
	ranking->n = 0;
	ranking->capacity = 0;
}

/* Below 0 when `a` comes before `b`; 0 for equals. */
static int
compare_ranks(struct psp_rank a, struct psp_rank b)
{
	if (a.is_last != b.is_last)
		return a.is_last ? 1 : -1;
	return (a.score < b.score) - (a.score > b.score);
}

static int
by_place(const void *a, const void *b)
{
	const struct psp_ranked *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

static int
by_rank(const void *a, const void *b)
{
	const struct psp_ranked *x = a, *y = b;
	int order = compare_ranks(x->rank, y->rank);

	return order != 0 ? order : by_place(a, b);
}

static void
sort(struct psp_ranking *ranking, int (*order)(const void *, const void *))
{
	if (ranking->n > 1)
		qsort(
		    ranking->items, ranking->n, sizeof(*ranking->items), order);
}

bool
psp_ranking_wants(const struct psp_ranking *ranking, struct psp_rank rank)
{
	return ranking->limit > 0
	       && (!ranking->has_floor
		   || compare_ranks(rank, ranking->floor) < 0);
}

/* Lets go of all rows but the best, and closes the gaps they leave. */
static void
prune(struct psp_ranking *ranking)
{
	char *bytes = ranking->rows.bytes.bytes;
	size_t end = 0;

	sort(ranking, by_rank);
	ranking->n = ranking->limit;
	ranking->floor = ranking->items[ranking->n - 1].rank;
	ranking->has_floor = true;
	sort(ranking, by_place);
	for (size_t i = 0; i < ranking->n; i++) {
		struct psp_ranked *item = &ranking->items[i];

		memmove(bytes + end, bytes + item->at, item->size);
		item->at = end;
		end += item->size;
	}
	ranking->rows.bytes.size = end;
}

static void
prune_when_full(struct psp_ranking *ranking)
{
	if (ranking->limit != SIZE_MAX && ranking->n > SPARE_ROWS
	    && ranking->n - SPARE_ROWS >= ranking->limit
	    && ranking->n / 2 >= ranking->limit)
		prune(ranking);
}

static bool
reserve(struct psp_ranking *ranking, size_t more, struct psp_error *err)
{
	struct psp_ranked *items = psp_array_reserve(ranking->items,
	    &ranking->capacity, ranking->n + more, sizeof(*items), err);

	if (items == NULL)
		return false;
	ranking->items = items;
	return true;
}

/* Adds the bytes beyond `at` as a row. */
static bool
add_row(struct psp_ranking *ranking, struct psp_rank rank, size_t at,
    struct psp_error *err)
{
	struct psp_ranked item = { rank, at, ranking->rows.bytes.size - at };

	if (!reserve(ranking, 1, err))
		return false;
	ranking->items[ranking->n++] = item;
	prune_when_full(ranking);
	return true;
}

bool
psp_ranking_put(struct psp_ranking *ranking, struct psp_writer *writer,
    struct psp_rank rank, struct psp_record *record,
    const struct psp_cell *cells, struct psp_error *err)
{
	size_t at = ranking->rows.bytes.size;

	if (!psp_ranking_wants(ranking, rank))
		return true;
	ranking->rows.writer = writer;
	return psp_rows_put(&ranking->rows, record, cells, err)
	       && add_row(ranking, rank, at, err);
}

bool
psp_ranking_keep(struct psp_ranking *ranking, struct psp_rank rank,
    struct psp_slice row, struct psp_error *err)
{
	size_t at = ranking->rows.bytes.size;

	if (!psp_ranking_wants(ranking, rank))
		return true;
	return psp_buffer_slice(&ranking->rows.bytes, row, err)
	       && add_row(ranking, rank, at, err);
}

bool
psp_ranking_merge(struct psp_ranking *into, const struct psp_ranking *next,
    struct psp_error *err)
{
	for (size_t i = 0; i < next->n; i++) {
		const struct psp_ranked *item = &next->items[i];
		struct psp_slice row =
		    psp_slice(next->rows.bytes.bytes + item->at, item->size);

		if (!psp_ranking_keep(into, item->rank, row, err))
			return false;
	}
	return true;
}

bool
psp_ranking_each(struct psp_ranking *ranking, enum psp_ranking_order order,
    psp_ranking_fn *take, void *user, struct psp_error *err)
{
	bool is_cut = ranking->n > ranking->limit;

	if (is_cut || order == PSP_RANKING_BEST_FIRST)
		sort(ranking, by_rank);
	if (is_cut)
		ranking->n = ranking->limit;
	if (is_cut && order == PSP_RANKING_INPUT_ORDER)
		sort(ranking, by_place);
	for (size_t i = 0; i < ranking->n; i++) {
		const struct psp_ranked *item = &ranking->items[i];
		struct psp_slice row =
		    psp_slice(ranking->rows.bytes.bytes + item->at, item->size);

		if (!take(user, item->rank, row, err))
			return false;
	}
	ranking->n = 0;
	ranking->rows.bytes.size = 0;
	return true;
}

static bool
append_row(void *rows, struct psp_rank rank, struct psp_slice row,
    struct psp_error *err)
{
	(void)rank;
	return psp_rows_append(rows, row, err);
}

bool
psp_ranking_write(struct psp_ranking *ranking, enum psp_ranking_order order,
    struct psp_rows *rows, struct psp_error *err)
{
	return psp_ranking_each(ranking, order, append_row, rows, err);
}
