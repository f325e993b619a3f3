/*
 * The steps of prospect-filter: which records pass. Before any condition, who
 * must not be contacted is taken out and counted: the suppression list, and
 * companies that refused the reuse of their data for prospecting (Sirene,
 * statutDiffusion = P: article A123-96 of the French commercial code).
 */
#ifndef PSP_TARGETING_FILTER_H
#define PSP_TARGETING_FILTER_H

#include "libprospect/report/partial.h"
#include "libprospect/stream/flow.h"
#include "libprospect/stream/ranking.h"
#include "libprospect/targeting/plan.h"
#include "libprospect/targeting/suppression.h"
#include "libprospect/targeting/targets.h"

/* What becomes of a record whose target is unknown. */
enum psp_unknown_mode {
	PSP_UNKNOWN_DROP,
	PSP_UNKNOWN_KEEP, /* it passes too */
	PSP_UNKNOWN_ONLY  /* only it passes */
};

/* What is written. The first three write records. */
enum psp_filter_mode {
	PSP_FILTER_ROWS,    /* records that pass */
	PSP_FILTER_EXPLAIN, /* all records, with match, failed, unknown */
	PSP_FILTER_LABEL,   /* all records, with the segment they belong to */
	PSP_FILTER_COUNT,   /* how many pass */
	PSP_FILTER_FACETS,  /* how often each value stands in some columns */
	PSP_FILTER_FUNNEL   /* what each criterion costs */
};

struct psp_filter_options {
	enum psp_filter_mode mode;
	enum psp_unknown_mode unknown;
	bool invert;
	bool include_undisclosed;
	bool strict; /* a cell not understood is an error */
	struct psp_ranking_options sample; /* of ROWS: how many at random; no
	                                      limit: all that pass */
	uint64_t seed;                     /* of the sample */
	const char *label;                 /* of LABEL: the new column */
	bool multi;               /* of LABEL: all segments, not the first */
	struct psp_slices facets; /* of FACETS: names of columns */
	bool is_partial;          /* of FUNNEL: no rows, see psp_filter_save */
	struct psp_notes notes;
};

/* What was counted, known once the flow has run. */
struct psp_filter_counts {
	size_t n_passed;
	size_t n_suppressed;
	size_t n_undisclosed;
};

struct psp_filter;

/*
 * Binds the targets to a header. All arguments are borrowed until the free;
 * `signals` and `suppression` may be NULL. NULL with problems, or PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_filter *psp_filter_new(
    const struct psp_targets *targets, const struct psp_schema *schema,
    struct psp_slices header, const struct psp_signals *signals,
    const struct psp_suppression *suppression,
    const struct psp_filter_options *options, struct psp_problems *problems,
    struct psp_error *err);

/* Orders the conditions by what records of a sample tell; see psp_plan_tune.
 * PSP_ENOMEM. */
PSP_NODISCARD bool psp_filter_tune(struct psp_filter *filter,
    const struct psp_batch *sample, struct psp_error *err);

/*
 * Binds every target and segment of the file for --check: columns that are
 * missing or found twice are problems. False then, or with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_filter_check(const struct psp_targets *targets,
    struct psp_slices header, struct psp_problems *problems,
    struct psp_error *err);

void psp_filter_free(struct psp_filter *filter);

/* The names of the cells that the mode writes: for the layout, whose header
 * is the input's in the modes that write records and empty in the others. */
struct psp_slices psp_filter_cells(const struct psp_filter *filter);

/* Whether the mode writes records of the input. */
bool psp_filter_writes_records(const struct psp_filter *filter);

const struct psp_filter_counts *psp_filter_counts(
    const struct psp_filter *filter);

/*
 * A filter that is asked of no record: for a funnel that is that of states, and
 * for inputs without a header, which hold none. Arguments are borrowed until
 * the free. PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_filter *psp_filter_new_unbound(
    const struct psp_targets *targets, const struct psp_filter_options *options,
    struct psp_error *err);

/* Appends what the funnel counted to a state, with the separator of the input,
 * which the joined funnel will have. */
void psp_filter_save(const struct psp_filter *filter, unsigned char separator,
    struct psp_partial *partial);

/* Adds a state that was opened by its name. PSP_ESYNTAX, PSP_ENOMEM. */
PSP_NODISCARD bool psp_filter_load(struct psp_filter *filter,
    struct psp_partial_reader *reader, unsigned char *separator,
    struct psp_error *err);

/* Appends what an unbound filter amounts to: the count, or the rows of the
 * funnel; in other modes nothing. PSP_ENOMEM. */
PSP_NODISCARD bool psp_filter_put_totals(const struct psp_filter *filter,
    struct psp_rows *rows, struct psp_error *err);

/* The steps; the plan of the flow is the filter. */
extern const struct psp_flow_steps psp_filter_steps;

#endif
