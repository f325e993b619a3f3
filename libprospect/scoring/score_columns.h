/*
 * The columns that a score is shown in, and their cells: which there are for a
 * model, which of them --add wants, what a record has in each.
 */
#ifndef PSP_SCORING_SCORE_COLUMNS_H
#define PSP_SCORING_SCORE_COLUMNS_H

#include "libprospect/scoring/reasons.h"
#include "libprospect/stream/writer.h"

struct psp_score_column; /* what a cell shows */

/* Lives in the arena it was made with. */
struct psp_score_columns {
	struct psp_slice *names;
	struct psp_score_column *items;
	size_t n;
	size_t *class_at; /* of each model; SIZE_MAX: not shown */
	bool has_reasons; /* what each rule gave is shown */
};

/* The cells of one record and what they are written with. */
struct psp_score_cells {
	struct psp_cell *items;
	char (*digits)[PSP_POINTS_SIZE]; /* of each cell */
	struct psp_buffer *words;        /* likewise */
	size_t n;
	size_t *order; /* of reasons */
};

/*
 * The columns that `add` names, all without it. Those of a score with a name
 * begin with it: `fit_score`, `fit_class`. PSP_EUSAGE, PSP_ESETTINGS where two
 * have the same name, PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_score_columns_init(struct psp_score_columns *columns,
    const struct psp_models *models, const char *add, struct psp_arena *arena,
    struct psp_error *err);

/* Starts from zeros. PSP_ENOMEM, and may then be cleared. */
PSP_NODISCARD bool psp_score_cells_init(struct psp_score_cells *cells,
    const struct psp_score_columns *columns, const struct psp_models *models,
    struct psp_error *err);

void psp_score_cells_clear(struct psp_score_cells *cells);

/* Fills the cells of a record that was scored by each plan. PSP_ENOMEM. */
PSP_NODISCARD bool psp_score_cells_fill(struct psp_score_cells *cells,
    const struct psp_score_columns *columns,
    struct psp_score_plan *const *plans, const struct psp_score *scores,
    struct psp_error *err);

/* The cell of a score, its digits in `digits` of PSP_POINTS_SIZE. */
struct psp_cell psp_points_cell(int64_t points, char *digits);

/* The cell of a class; SIZE_MAX: none. */
struct psp_cell psp_class_cell(
    const struct psp_model *model, size_t class_index, bool is_disqualified);

#endif
