/* Ranking rows; see the header. */
#include <config.h>

#include "libprospect/stream/ranking.h"

#include <stdlib.h>

enum {
	SPARE_ROWS = 256, /* kept beyond the limit before the worst are let go
	                   */
	FEW_ROWS = 32,    /* sorted by insertion */
	N_DIGITS = 8,     /* of a key, in bytes */
	N_VALUES = 256
};

/* By what rows are sorted. */
enum sort_key { BY_RANK, BY_PLACE };

uint64_t
psp_rank_of(int64_t score, bool is_last)
{
	const int64_t most = (INT64_C(1) << 62) - 1;

	if (score > most)
		score = most;
	if (score < -most)
		score = -most;
	return (uint64_t)(most - score) | (uint64_t)is_last << 63;
}

void
psp_ranking_init(
    struct psp_ranking *ranking, const struct psp_ranking_options *options)
{
	memset(ranking, 0, sizeof(*ranking));
	ranking->options = *options;
	psp_runs_init(&ranking->runs, options->folder);
}

/* Gives back the memory of the rows. */
static void
free_rows(struct psp_ranking *ranking)
{
	psp_rows_clear(&ranking->rows);
	free(ranking->items);
	free(ranking->scratch);
	ranking->items = NULL;
	ranking->scratch = NULL;
	ranking->n = 0;
	ranking->capacity = 0;
	ranking->scratch_capacity = 0;
}

void
psp_ranking_clear(struct psp_ranking *ranking)
{
	free_rows(ranking);
	psp_runs_clear(&ranking->runs);
}

static inline uint64_t
key_of(const struct psp_ranked *item, enum sort_key key)
{
	return key == BY_RANK ? item->rank : item->at;
}

static void
sort_few(struct psp_ranked *items, size_t n, enum sort_key key)
{
	for (size_t i = 1; i < n; i++) {
		struct psp_ranked moved = items[i];
		size_t j = i;

		for (;
		     j > 0 && key_of(&items[j - 1], key) > key_of(&moved, key);
		     j--)
			items[j] = items[j - 1];
		items[j] = moved;
	}
}

/* Deals the items out by one byte of their keys, the order of equals kept. */
static void
deal(const struct psp_ranked *from, struct psp_ranked *to, size_t n,
    enum sort_key key, size_t digit, const size_t counts[N_VALUES])
{
	size_t starts[N_VALUES], sum = 0;

	for (size_t i = 0; i < N_VALUES; i++) {
		starts[i] = sum;
		sum += counts[i];
	}
	for (size_t i = 0; i < n; i++)
		to[starts[key_of(&from[i], key) >> (8 * digit) & 0xFF]++] =
		    from[i];
}

/*
 * Sorts by radix, the last byte first: stable, and bytes that all keys share
 * cost nothing, so that scores, whose keys differ in two or three, take as
 * many passes.
 */
static bool
sort(struct psp_ranking *ranking, enum sort_key key, struct psp_error *err)
{
	size_t counts[N_DIGITS][N_VALUES] = { { 0 } }, n = ranking->n;
	struct psp_ranked *from, *to;

	if (n <= FEW_ROWS) {
		sort_few(ranking->items, n, key);
		return true;
	}
	to = psp_array_reserve(ranking->scratch, &ranking->scratch_capacity,
	    ranking->capacity, sizeof(*to), err);
	if (to == NULL)
		return false;
	from = ranking->items;
	for (size_t i = 0; i < n; i++)
		for (size_t digit = 0; digit < N_DIGITS; digit++)
			counts[digit]
			      [key_of(&from[i], key) >> (8 * digit) & 0xFF]++;
	for (size_t digit = 0; digit < N_DIGITS; digit++) {
		struct psp_ranked *dealt = to;

		if (counts[digit][key_of(from, key) >> (8 * digit) & 0xFF] == n)
			continue;
		deal(from, to, n, key, digit, counts[digit]);
		to = from;
		from = dealt;
	}
	if (from != ranking->items) {
		size_t capacity = ranking->capacity;

		ranking->capacity = ranking->scratch_capacity;
		ranking->scratch_capacity = capacity;
	}
	ranking->items = from;
	ranking->scratch = to;
	return true;
}

uint64_t
psp_ranking_floor(const struct psp_ranking *ranking)
{
	return ranking->has_floor ? ranking->floor : PSP_NO_FLOOR;
}

void
psp_ranking_set_floor(struct psp_ranking *ranking, uint64_t floor)
{
	ranking->has_floor = floor != PSP_NO_FLOOR;
	ranking->floor = floor;
}

bool
psp_ranking_wants(const struct psp_ranking *ranking, uint64_t rank)
{
	return ranking->options.limit > 0
	       && (!ranking->has_floor || rank < ranking->floor);
}

size_t
psp_ranking_n_rows(const struct psp_ranking *ranking)
{
	size_t n = ranking->n + ranking->runs.n_rows;

	return n < ranking->options.limit ? n : ranking->options.limit;
}

/* The row that an item speaks of. */
static struct psp_slice
row_of(const struct psp_ranking *ranking, const struct psp_ranked *item)
{
	const char *at = ranking->rows.bytes.bytes + item->at;
	size_t size;

	memcpy(&size, at, sizeof(size));
	return psp_slice(at + sizeof(size), size);
}

/* Lets go of all rows in memory but the best, and closes the gaps. */
static bool
prune(struct psp_ranking *ranking, struct psp_error *err)
{
	char *bytes = ranking->rows.bytes.bytes;
	size_t end = 0;

	if (!sort(ranking, BY_RANK, err))
		return false;
	ranking->n = ranking->options.limit;
	ranking->floor = ranking->items[ranking->n - 1].rank;
	ranking->has_floor = true;
	if (!sort(ranking, BY_PLACE, err))
		return false;
	for (size_t i = 0; i < ranking->n; i++) {
		struct psp_ranked *item = &ranking->items[i];
		size_t size = sizeof(size) + row_of(ranking, item).size;

		memmove(bytes + end, bytes + item->at, size);
		item->at = end;
		end += size;
	}
	ranking->rows.bytes.size = end;
	return true;
}

static bool
prune_when_full(struct psp_ranking *ranking, struct psp_error *err)
{
	size_t limit = ranking->options.limit;

	if (limit == SIZE_MAX || ranking->n <= SPARE_ROWS
	    || ranking->n - SPARE_ROWS < limit || ranking->n / 2 < limit)
		return true;
	return prune(ranking, err);
}

/* Begins a row: its size is not known yet. */
static bool
begin_row(struct psp_ranking *ranking, struct psp_error *err)
{
	size_t size = 0;
	struct psp_ranked *items = psp_array_reserve(ranking->items,
	    &ranking->capacity, ranking->n + 1, sizeof(*items), err);

	if (items == NULL)
		return false;
	ranking->items = items;
	return psp_buffer_append(
	    &ranking->rows.bytes, &size, sizeof(size), err);
}

/* Ends the row that begins at `at`. */
static bool
end_row(struct psp_ranking *ranking, uint64_t rank, size_t at,
    struct psp_error *err)
{
	struct psp_buffer *bytes = &ranking->rows.bytes;
	size_t size = bytes->size - at - sizeof(size);
	struct psp_ranked *item = &ranking->items[ranking->n++];

	memcpy(bytes->bytes + at, &size, sizeof(size));
	item->at = at;
	item->rank = rank;
	/* All rows as they came: no rank counts. */
	if (ranking->options.order == PSP_RANKING_INPUT_ORDER
	    && ranking->options.limit == SIZE_MAX)
		item->rank = 0;
	return prune_when_full(ranking, err);
}

bool
psp_ranking_put(struct psp_ranking *ranking, struct psp_writer *writer,
    uint64_t rank, struct psp_record *record, const struct psp_cell *cells,
    struct psp_error *err)
{
	size_t at = ranking->rows.bytes.size;

	if (!psp_ranking_wants(ranking, rank))
		return true;
	ranking->rows.writer = writer;
	if (begin_row(ranking, err)
	    && psp_rows_put(&ranking->rows, record, cells, err))
		return end_row(ranking, rank, at, err);
	ranking->rows.bytes.size = at;
	return false;
}

bool
psp_ranking_keep(struct psp_ranking *ranking, uint64_t rank,
    struct psp_slice row, struct psp_error *err)
{
	size_t at = ranking->rows.bytes.size;

	if (!psp_ranking_wants(ranking, rank))
		return true;
	if (begin_row(ranking, err)
	    && psp_buffer_slice(&ranking->rows.bytes, row, err))
		return end_row(ranking, rank, at, err);
	ranking->rows.bytes.size = at;
	return false;
}

/* What the rows in memory take, what sorting them needs included. */
static size_t
memory_of(const struct psp_ranking *ranking)
{
	return ranking->rows.bytes.size
	       + 2 * ranking->n * sizeof(*ranking->items);
}

/* Makes one run of all when there are too many rows in them. */
static bool
prune_runs(struct psp_ranking *ranking, struct psp_error *err)
{
	size_t limit = ranking->options.limit;

	if (limit == SIZE_MAX || ranking->runs.n_rows / 2 < limit)
		return true;
	free_rows(ranking);
	if (!psp_runs_unite(
		&ranking->runs, ranking->options.memory, limit, err))
		return false;
	ranking->floor = ranking->runs.last_rank;
	ranking->has_floor = true;
	return true;
}

/* Moves all rows in memory to a run of the temporary file. */
static bool
spill(struct psp_ranking *ranking, struct psp_error *err)
{
	if (ranking->n > ranking->options.limit && !prune(ranking, err))
		return false;
	if (!sort(ranking, BY_RANK, err)
	    || !psp_runs_begin(&ranking->runs, err))
		return false;
	for (size_t i = 0; i < ranking->n; i++) {
		const struct psp_ranked *item = &ranking->items[i];
		struct psp_run_row row = { item->rank,
			ranking->n_bytes_out + item->at,
			row_of(ranking, item) };

		if (!psp_runs_put(&ranking->runs, &row, err))
			return false;
	}
	if (!psp_runs_end(&ranking->runs, err))
		return false;
	ranking->n_bytes_out += ranking->rows.bytes.size;
	ranking->rows.bytes.size = 0;
	ranking->n = 0;
	return prune_runs(ranking, err);
}

bool
psp_ranking_relieve(struct psp_ranking *ranking, struct psp_error *err)
{
	return ranking->n == 0 || memory_of(ranking) <= ranking->options.memory
	       || spill(ranking, err);
}

bool
psp_ranking_merge(struct psp_ranking *into, const struct psp_ranking *next,
    struct psp_error *err)
{
	for (size_t i = 0; i < next->n; i++) {
		struct psp_slice row = row_of(next, &next->items[i]);

		if (into->n > 0
		    && memory_of(into) + row.size > into->options.memory
		    && !spill(into, err))
			return false;
		if (!psp_ranking_keep(into, next->items[i].rank, row, err))
			return false;
	}
	return true;
}

/* Rows that lie anywhere are fetched some rows before they are taken; of each
 * so many bytes. */
enum { ROWS_AHEAD = 8, FETCHED_SIZE = 384, FETCH_STEP = 64 };

/* Has the row of item `i`, if there is one, brought near. */
static void
fetch_row(const struct psp_ranking *ranking, size_t i)
{
	const struct psp_buffer *rows = &ranking->rows.bytes;
	size_t at, end;

	if (i >= ranking->n)
		return;
	at = ranking->items[i].at;
	end = rows->size - at < FETCHED_SIZE ? rows->size : at + FETCHED_SIZE;
	for (; at < end; at += FETCH_STEP)
		PSP_PREFETCH(rows->bytes + at);
}

/* Hands out rows that are all in memory. */
static bool
each_in_memory(struct psp_ranking *ranking, psp_ranking_fn *take, void *user,
    struct psp_error *err)
{
	bool is_cut = ranking->n > ranking->options.limit;

	if (is_cut && !prune(ranking, err))
		return false;
	if (ranking->options.order == PSP_RANKING_BEST_FIRST
	    && !sort(ranking, BY_RANK, err))
		return false;
	for (size_t i = 0; i < ranking->n; i++) {
		fetch_row(ranking, i + ROWS_AHEAD);
		if (!take(user, row_of(ranking, &ranking->items[i]), err))
			return false;
	}
	return true;
}

/* Who takes the rows of a merge. */
struct taker {
	psp_ranking_fn *take;
	void *user;
	struct psp_ranking *again; /* by place */
};

static bool
take_merged(void *taker, const struct psp_run_row *row, struct psp_error *err)
{
	const struct taker *own = taker;

	return own->take(own->user, row->bytes, err);
}

/* Ranks a row anew, by its place. */
static bool
rank_again(void *taker, const struct psp_run_row *row, struct psp_error *err)
{
	const struct taker *own = taker;
	struct psp_ranking *again = own->again;

	if (again->n > 0
	    && memory_of(again) + row->bytes.size > again->options.memory
	    && !spill(again, err))
		return false;
	return psp_ranking_keep(again, row->place, row->bytes, err);
}

/* Hands out the rows wanted as they came: they are known by their rank, and
 * sorted again by place. */
static bool
each_by_place(struct psp_ranking *ranking, psp_ranking_fn *take, void *user,
    struct psp_error *err)
{
	struct psp_ranking again;
	struct psp_ranking_options options = ranking->options;
	struct taker taker = { .again = &again };
	bool is_done;

	options.order = PSP_RANKING_BEST_FIRST;
	options.limit = SIZE_MAX;
	options.memory /= 2;
	psp_ranking_init(&again, &options);
	is_done = psp_runs_merge(&ranking->runs, options.memory,
		      ranking->options.limit, rank_again, &taker, err)
	          && psp_ranking_each(&again, take, user, err);
	psp_ranking_clear(&again);
	return is_done;
}

/* Hands out rows some of which are in runs. */
static bool
each_on_disk(struct psp_ranking *ranking, psp_ranking_fn *take, void *user,
    struct psp_error *err)
{
	struct taker taker = { take, user, NULL };

	if (ranking->n > 0 && !spill(ranking, err))
		return false;
	free_rows(ranking);
	if (ranking->options.order == PSP_RANKING_INPUT_ORDER
	    && ranking->options.limit != SIZE_MAX)
		return each_by_place(ranking, take, user, err);
	return psp_runs_merge(&ranking->runs, ranking->options.memory,
	    ranking->options.limit, take_merged, &taker, err);
}

bool
psp_ranking_each(struct psp_ranking *ranking, psp_ranking_fn *take, void *user,
    struct psp_error *err)
{
	bool is_done = ranking->runs.n > 0
	                   ? each_on_disk(ranking, take, user, err)
	                   : each_in_memory(ranking, take, user, err);

	free_rows(ranking);
	psp_runs_clear(&ranking->runs);
	return is_done;
}

static bool
pass_row(void *rows, struct psp_slice row, struct psp_error *err)
{
	return psp_rows_append(rows, row, err) && psp_rows_pass(rows, err);
}

bool
psp_ranking_write(
    struct psp_ranking *ranking, struct psp_rows *rows, struct psp_error *err)
{
	return psp_ranking_each(ranking, pass_row, rows, err);
}
