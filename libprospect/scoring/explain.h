/*
 * A score line by line, so that a person can add it up: each rule that gave or
 * took points (of a signal each occurrence), each rule that could not be asked,
 * what was cut off a group and off the sum, what disqualifies. The points of
 * the lines of a record add up to its score exactly.
 */
#ifndef PSP_SCORING_EXPLAIN_H
#define PSP_SCORING_EXPLAIN_H

#include "libprospect/scoring/score.h"
#include "libprospect/stream/writer.h"

/* The names of the cells of a line. */
struct psp_slices psp_explain_cells(void);

/* Appends the lines of a record that was scored. PSP_ENOMEM. */
PSP_NODISCARD bool psp_explain_put(const struct psp_score_plan *plan,
    struct psp_evaluation *evaluation, struct psp_record *record,
    const struct psp_score *score, struct psp_rows *rows,
    struct psp_error *err);

#endif
