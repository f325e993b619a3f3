/*
 * Rows in the order of their scores, or the best of them: highest score first,
 * those marked last after all others, equal ones in input order. Rows are
 * kept formatted, one after the other as they came, with a small key each:
 *
 *   bytes  |row 0|row 1  |row 2|
 *   items  {70, 0, 5} {42.5, 5, 7} {70, 12, 5}      score, place, size
 *
 * With a limit no more than about twice as many rows are kept as are asked
 * for, else all of them.
 */
#ifndef PSP_STREAM_RANKING_H
#define PSP_STREAM_RANKING_H

#include <stdint.h>

#include "libprospect/stream/writer.h"

/* By what rows are ranked. */
struct psp_rank {
	int64_t score;
	bool is_last;
};

struct psp_ranked {
	struct psp_rank rank;
	size_t at, size; /* in `bytes` */
};

/* Starts from zeros; psp_ranking_init makes it ready. */
struct psp_ranking {
	struct psp_rows rows; /* its bytes are the rows */
	struct psp_ranked *items;
	size_t n, capacity;
	size_t limit;          /* rows wanted; SIZE_MAX: all */
	bool has_floor;        /* `limit` rows better than the floor or equal */
	struct psp_rank floor; /* are kept: what comes must be better */
};

void psp_ranking_init(struct psp_ranking *ranking, size_t limit);

void psp_ranking_clear(struct psp_ranking *ranking);

/* Whether a row of this rank can still be among those wanted. */
bool psp_ranking_wants(const struct psp_ranking *ranking, struct psp_rank rank);

/* Keeps a row, formatted for `writer`. PSP_ENOMEM. */
PSP_NODISCARD bool psp_ranking_put(struct psp_ranking *ranking,
    struct psp_writer *writer, struct psp_rank rank, struct psp_record *record,
    const struct psp_cell *cells, struct psp_error *err);

/* Keeps bytes of the caller, which stand for a row. PSP_ENOMEM. */
PSP_NODISCARD bool psp_ranking_keep(struct psp_ranking *ranking,
    struct psp_rank rank, struct psp_slice row, struct psp_error *err);

/* Adds the rows of `next`, which come later in the input. PSP_ENOMEM. */
PSP_NODISCARD bool psp_ranking_merge(struct psp_ranking *into,
    const struct psp_ranking *next, struct psp_error *err);

/* How the rows wanted are written. */
enum psp_ranking_order { PSP_RANKING_BEST_FIRST, PSP_RANKING_INPUT_ORDER };

/* Takes a row; `row` is borrowed. */
typedef bool psp_ranking_fn(void *user, struct psp_rank rank,
    struct psp_slice row, struct psp_error *err);

/* Hands the rows wanted to `take` in order, and forgets all. Fails with what
 * that failed with, or PSP_ENOMEM. */
PSP_NODISCARD bool psp_ranking_each(struct psp_ranking *ranking,
    enum psp_ranking_order order, psp_ranking_fn *take, void *user,
    struct psp_error *err);

/* Appends the rows wanted to `rows` and forgets all. PSP_ENOMEM. */
PSP_NODISCARD bool psp_ranking_write(struct psp_ranking *ranking,
    enum psp_ranking_order order, struct psp_rows *rows, struct psp_error *err);

#endif
