/*
 * Rows in the order of their ranks, or the best of them in input order: equal
 * ranks keep input order. Rows are kept formatted, one after the other as they
 * came, with a small key each:
 *
 *   bytes  |size row 0|size row 1  |size row 2|
 *   items  {70, 0} {42, 13} {70, 28}            rank, place
 *
 * With a limit no more than about twice as many rows are kept as are asked
 * for, else all of them. What does not fit into the memory allowed goes to a
 * temporary file in sorted runs (runs.h); the rows that come out are the same.
 */
#ifndef PSP_STREAM_RANKING_H
#define PSP_STREAM_RANKING_H

#include <stdint.h>

#include "libprospect/stream/runs.h"
#include "libprospect/stream/writer.h"

enum psp_ranking_order { PSP_RANKING_BEST_FIRST, PSP_RANKING_INPUT_ORDER };

struct psp_ranking_options {
	enum psp_ranking_order order; /* in which rows come out */
	size_t limit;                 /* rows wanted; SIZE_MAX: all */
	size_t memory;                /* bytes of rows and keys */
	const char *folder;           /* of the temporary file */
};

/* A row in memory; the lowest rank is the best. */
struct psp_ranked {
	uint64_t rank;
	size_t at; /* in `bytes` */
};

/* psp_ranking_init makes it ready. */
struct psp_ranking {
	struct psp_ranking_options options;
	struct psp_rows rows; /* its bytes are the rows */
	struct psp_ranked *items, *scratch;
	size_t n, capacity, scratch_capacity;
	bool has_floor; /* as many rows are kept as are wanted, and none is */
	uint64_t floor; /* worse than the floor: what comes must be better */
	struct psp_runs runs;
	uint64_t n_bytes_out; /* of rows that went to runs */
};

/* The rank of a score: the highest first, those marked last after all others.
 * Scores beyond 2^62 either way are equal. */
uint64_t psp_rank_of(int64_t score, bool is_last);

/* The folder is borrowed. */
void psp_ranking_init(
    struct psp_ranking *ranking, const struct psp_ranking_options *options);

void psp_ranking_clear(struct psp_ranking *ranking);

/* No floor: what psp_ranking_floor says while fewer rows are kept than are
 * wanted, or all are. */
#define PSP_NO_FLOOR UINT64_MAX

/* The rank that rows to come must be better than. */
uint64_t psp_ranking_floor(const struct psp_ranking *ranking);

/*
 * Tells a new ranking the floor of one whose rows come before in the input, and
 * which it will be merged into: worse rows are not kept for nothing.
 */
void psp_ranking_set_floor(struct psp_ranking *ranking, uint64_t floor);

/* Whether a row of this rank can still be among those wanted. */
bool psp_ranking_wants(const struct psp_ranking *ranking, uint64_t rank);

/* How many rows will come out. */
size_t psp_ranking_n_rows(const struct psp_ranking *ranking);

/* Keeps a row, formatted for `writer`. PSP_ENOMEM. */
PSP_NODISCARD bool psp_ranking_put(struct psp_ranking *ranking,
    struct psp_writer *writer, uint64_t rank, struct psp_record *record,
    const struct psp_cell *cells, struct psp_error *err);

/* Keeps bytes of the caller, which stand for a row. PSP_ENOMEM. */
PSP_NODISCARD bool psp_ranking_keep(struct psp_ranking *ranking, uint64_t rank,
    struct psp_slice row, struct psp_error *err);

/*
 * Moves the rows to the temporary file when they take more memory than allowed:
 * for a ranking that is filled row by row, not by merging. PSP_EIO, PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_ranking_relieve(
    struct psp_ranking *ranking, struct psp_error *err);

/*
 * Adds the rows of `next`, which come later in the input and are all in memory:
 * what a batch has is small. PSP_EIO, PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_ranking_merge(struct psp_ranking *into,
    const struct psp_ranking *next, struct psp_error *err);

/* Takes a row; `row` is borrowed. */
typedef bool psp_ranking_fn(
    void *user, struct psp_slice row, struct psp_error *err);

/* Hands the rows wanted to `take` in order, and forgets all. Fails with what
 * that failed with, PSP_EIO or PSP_ENOMEM. */
PSP_NODISCARD bool psp_ranking_each(struct psp_ranking *ranking,
    psp_ranking_fn *take, void *user, struct psp_error *err);

/* Passes the rows wanted to the writer of `rows` (psp_rows_pass) and forgets
 * all. PSP_EIO, PSP_ENOMEM. */
PSP_NODISCARD bool psp_ranking_write(
    struct psp_ranking *ranking, struct psp_rows *rows, struct psp_error *err);

#endif
