/*
 * What a filter holds while it runs: shared by filter.c, which decides on
 * records, and answers.c, which writes what each mode answers.
 */
#ifndef PSP_TARGETING_FILTERING_H
#define PSP_TARGETING_FILTERING_H

#include "libprospect/stream/ranking.h"
#include "libprospect/targeting/evaluation.h"
#include "libprospect/targeting/facets.h"
#include "libprospect/targeting/filter.h"
#include "libprospect/targeting/funnel.h"

enum { PSP_MAX_ANSWER_CELLS = 7 };

struct psp_filter {
	struct psp_filter_options options;
	struct psp_plan *plan;
	const struct psp_signals *signals;
	const struct psp_suppression *suppression;
	const struct psp_test *root;
	/* Conditions asked apart, criteria or segments, and what they are
	 * shown by. A filter of states has labels alone. */
	const struct psp_test **questions;
	struct psp_slice *labels;
	size_t n_questions;
	struct psp_slice *facet_names;
	size_t *facet_indexes;
	bool has_disclosure;
	struct psp_column disclosure;
	struct psp_suppression_columns contacts;
	struct psp_slice cells[PSP_MAX_ANSWER_CELLS];
	size_t n_cells;
	struct psp_arena arena;
	/* Known once the flow has run, or states are joined. */
	struct psp_filter_counts counts;
	struct psp_funnel funnel;
};

/* What one batch has, or several merged. */
struct psp_filter_state {
	struct psp_evaluation *evaluation;
	struct psp_record record;
	enum psp_truth *truths; /* of the questions */
	struct psp_funnel funnel;
	struct psp_facets facets;
	struct psp_ranking sample; /* by the hash of seed and record number */
	struct psp_buffer scratch;
	struct psp_buffer names, unknown; /* lists of labels */
	struct psp_filter_counts counts;
};

/* Names the cells that the mode writes. */
void psp_answers_name_cells(struct psp_filter *filter);

/*
 * Binds what the mode asks apart: criteria for EXPLAIN and FUNNEL, segments for
 * LABEL, columns for FACETS. False with problems, or PSP_ENOMEM or PSP_EUSAGE.
 */
PSP_NODISCARD bool psp_answers_bind(struct psp_filter *filter,
    const struct psp_targets *targets, const struct psp_schema *schema,
    struct psp_slices header, struct psp_problems *problems,
    struct psp_error *err);

/* The criteria's labels alone, for a funnel of states. PSP_ENOMEM. */
PSP_NODISCARD bool psp_answers_label(struct psp_filter *filter,
    const struct psp_targets *targets, struct psp_error *err);

/*
 * Answers for the record at hand, whose target is `truth` and which passes or
 * not. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_answers_take(const struct psp_filter *filter,
    struct psp_filter_state *state, enum psp_truth truth, bool passes,
    struct psp_rows *rows, struct psp_error *err);

/* Appends what the mode answers at the end. PSP_ENOMEM. */
PSP_NODISCARD bool psp_answers_finish(const struct psp_filter *filter,
    struct psp_filter_state *state, struct psp_rows *rows,
    struct psp_error *err);

#endif
