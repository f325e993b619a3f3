/*
 * Rows kept until the end, since their class or their score depends on records
 * that come later: what was settled of the class, then the record and its
 * cells, see stream/held.h.
 */
#ifndef PSP_SCORING_KEPT_H
#define PSP_SCORING_KEPT_H

#include "libprospect/scoring/quotas.h"
#include "libprospect/scoring/score_columns.h"
#include "libprospect/stream/held.h"
#include "libprospect/stream/ranking.h"

/* Appends a record that was scored by each model. PSP_ENOMEM. */
PSP_NODISCARD bool psp_kept_put(struct psp_buffer *buffer,
    const struct psp_models *models, const struct psp_score *scores,
    struct psp_record *record, const struct psp_cell *cells, size_t n_cells,
    struct psp_error *err);

/* Which classes are wanted: by number, then whether the disqualified are.
 * `wanted` NULL: all. */
bool psp_class_is_wanted(const struct psp_model *model, const bool *wanted,
    size_t class_index, bool is_disqualified);

/* What writes kept rows. Starts from zeros, the first part filled. */
struct psp_kept_writer {
	const struct psp_models *models;
	const struct psp_score_columns *columns;
	size_t leading;     /* model that chooses */
	const bool *wanted; /* of its classes */
	size_t limit;       /* rows to write */
	struct psp_rows *rows;

	int64_t **floors; /* of the quotas, by model and class */
	bool *may_be;
	size_t n_written;
	struct psp_held held;
};

/* Makes it ready; puts the scores of each model in order. PSP_ENOMEM. */
PSP_NODISCARD bool psp_kept_writer_init(struct psp_kept_writer *writer,
    struct psp_quota_scores *scores, struct psp_error *err);

void psp_kept_writer_clear(struct psp_kept_writer *writer);

/* Passes on the row that `bytes` keep unless its class is not wanted or the
 * limit is reached. PSP_EIO, PSP_ENOMEM. */
PSP_NODISCARD bool psp_kept_write(struct psp_kept_writer *writer,
    struct psp_slice bytes, struct psp_error *err);

#endif
