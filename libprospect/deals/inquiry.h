/*
 * A report on deals: what it needs is read from the input into the order book,
 * the history beside it, and then the report is made of both. Each report is a
 * file of its own; inquiry.c has the one table of them.
 *
 *   records -> intake -> book  \
 *   history -> moves of deals   > report -> psp_report (or records, --rows)
 *   settings -> handbook       /
 */
#ifndef PSP_DEALS_INQUIRY_H
#define PSP_DEALS_INQUIRY_H

#include "libprospect/deals/grouping.h"
#include "libprospect/deals/history.h"
#include "libprospect/deals/intake.h"
#include "libprospect/report/partial.h"
#include "libprospect/report/report.h"
#include "libprospect/stream/flow.h"
#include "libprospect/targeting/suppression.h"

enum psp_inquiry_kind {
	PSP_INQUIRY_STATUS,
	PSP_INQUIRY_CHECK,
	PSP_INQUIRY_ALERTS,
	PSP_INQUIRY_QUALIFY,
	PSP_INQUIRY_FUNNEL,
	PSP_INQUIRY_TIME,
	PSP_INQUIRY_VELOCITY,
	PSP_INQUIRY_WINRATE,
	PSP_INQUIRY_FORECAST,
	PSP_INQUIRY_BACKTEST,
	PSP_INQUIRY_CALIBRATION,
	PSP_INQUIRY_COVERAGE,
	PSP_INQUIRY_LOST,
	PSP_INQUIRY_FAMILIES,
	PSP_INQUIRY_PRESSURE,
	PSP_INQUIRY_DUE,
	PSP_INQUIRY_PRIORITIES,
	PSP_N_INQUIRIES
};

/* How the funnel counts. */
enum psp_funnel_mode {
	PSP_FUNNEL_ORDERED, /* who is further has passed here */
	PSP_FUNNEL_ANY,     /* only who was here */
	PSP_FUNNEL_CREATED, /* any, of deals opened in the period */
	PSP_FUNNEL_ACTIVE   /* any, of deals that moved in the period */
};

struct psp_inquiry_options {
	enum psp_inquiry_kind kind;
	int32_t today;
	enum psp_by by[PSP_MAX_BY]; /* those of the report when none is given */
	size_t n_by;
	int32_t from, to; /* a period, both included; PSP_NO_DAY: open */
	enum psp_funnel_mode mode;
	int64_t target;       /* cents; PSP_NO_AMOUNT: not said */
	int32_t within;       /* days ahead that DUE looks */
	size_t top;           /* rows of PRIORITIES; SIZE_MAX: all */
	uint32_t seed;        /* of what FORECAST and BACKTEST draw */
	const char *history;  /* file, or NULL */
	const char *touches;  /* file, or NULL */
	const char *suppress; /* file, or NULL */
	const char *rows;     /* "ROW:COLUMN" of --rows, or NULL */
	bool strict;          /* a cell not understood is an error */
	bool binds_all;       /* criteria too that the report does not ask */
	bool is_partial;      /* the state of the sums instead of the report */
	uint64_t settings;    /* hash of what decides the sums */
	const struct psp_flow_options *side; /* how to read those files */
	struct psp_notes notes;
};

struct psp_inquiry;
struct psp_sums_table;

/*
 * The sums of a report that runs on parts of the deals can join: made of a
 * book, written as lines of a state, read from them and shown.
 */
struct psp_summing {
	/* Nothing added up. NULL with PSP_ENOMEM. */
	void *(*new_sums)(struct psp_inquiry *inquiry, struct psp_error *err);
	void (*free_sums)(void *sums);
	bool (*collect)(
	    struct psp_inquiry *inquiry, void *sums, struct psp_error *err);
	void (*write)(const struct psp_inquiry *inquiry, const void *sums,
	    struct psp_partial *partial);
	/* Adds the line at hand. */
	bool (*read)(struct psp_inquiry *inquiry, void *sums,
	    struct psp_partial_reader *reader, struct psp_error *err);
	bool (*show)(
	    struct psp_inquiry *inquiry, void *sums, struct psp_error *err);
};

/*
 * A report for people and programs: its columns behind those of --by, and what
 * it reads.
 */
struct psp_inquiry_form {
	const char *name;
	const char *schema;
	const struct psp_report_column *columns;
	size_t n_columns;
	const char *countable; /* columns that --rows opens, parted by blanks */
	uint32_t needs;        /* facts */
	bool asks_criteria;
	bool is_grouped;    /* --by has a say */
	enum psp_by by;     /* when it is not given */
	enum psp_by and_by; /* the second; ALL: none */
	bool needs_history;
	bool allows_currencies; /* adds up no amounts */
	bool (*run)(struct psp_inquiry *inquiry, struct psp_error *err);
	const char *no_sum; /* why parts cannot be joined, "ranks all deals" */
	/* Reports that are sums have this instead of run(), or, where they are
	 * those of sums.h, the two below. */
	const struct psp_summing *summing;
	unsigned take; /* states of the deals that are added up */
	bool (*show)(struct psp_inquiry *inquiry,
	    const struct psp_sums_table *table, struct psp_error *err);
};

struct psp_inquiry {
	struct psp_inquiry_options options;
	const struct psp_inquiry_form *form;
	const struct psp_handbook *handbook;
	struct psp_intake intake;
	struct psp_book book;
	struct psp_history history;
	struct psp_suppression *suppression; /* NULL: none */
	struct psp_suppression_columns suppressed;
	struct psp_partial partial; /* when that is asked for */
	struct psp_report *report;
	struct psp_report_column
	    *columns; /* of the report, those of --by too */

	bool marks; /* --rows: the deals counted are marked, not reported */
	struct psp_slice wanted_row;    /* empty: all rows */
	struct psp_slice wanted_column; /* empty: all columns */
	uint8_t *is_marked;             /* by deal */
	bool has_row;                   /* the row was met */
	size_t n_found; /* findings, alerts: what CHECK and ALERTS end by */
	size_t n_marked;
};

/* The report's table row. */
const struct psp_inquiry_form *psp_inquiry_form(enum psp_inquiry_kind kind);

/*
 * An inquiry into deals with this header. All arguments are borrowed until the
 * free. NULL with problems, PSP_EUSAGE for options that do not go together or
 * a report that needs a history, or PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_inquiry *psp_inquiry_new(
    const struct psp_handbook *handbook, struct psp_slices header,
    const struct psp_inquiry_options *options, struct psp_problems *problems,
    struct psp_error *err);

void psp_inquiry_free(struct psp_inquiry *inquiry);

/*
 * An inquiry without deals, for the states of others to be joined. As
 * psp_inquiry_new, and PSP_EUSAGE where the report is no sum.
 */
PSP_NODISCARD struct psp_inquiry *psp_inquiry_new_merged(
    const struct psp_handbook *handbook,
    const struct psp_inquiry_options *options, struct psp_error *err);

/* Joins the states `paths` and makes the report of them. Fails as
 * psp_partial_open and psp_sums_read do. */
PSP_NODISCARD bool psp_inquiry_merge(struct psp_inquiry *inquiry,
    const char *const *paths, size_t n_paths, struct psp_error *err);

/*
 * The steps of the flow; its plan is the inquiry. `finish` reads the history,
 * makes the report, and appends the records that --rows asks for.
 */
extern const struct psp_flow_steps psp_inquiry_steps;

/*
 * Tells that `deal` (its number in the book) is counted in the column of a row
 * called `row`: where --rows asks for that number, its record is written.
 */
void psp_inquiry_count(struct psp_inquiry *inquiry, size_t deal,
    struct psp_slice row, const char *column);

/* The same in a row that groups name. */
void psp_inquiry_count_in(struct psp_inquiry *inquiry, size_t deal,
    const struct psp_grouping *grouping, size_t group, const char *column);

/* The same in a row that a group and a name of its own make: "Anne/chaud". */
void psp_inquiry_count_at(struct psp_inquiry *inquiry, size_t deal,
    const struct psp_grouping *grouping, size_t group, struct psp_slice name,
    const char *column);

/* Whether a day is in the period of the options; PSP_NO_DAY never is. */
bool psp_is_within(const struct psp_inquiry_options *options, int32_t day);

/* Whether the options give a period. */
bool psp_has_period(const struct psp_inquiry_options *options);

/* Tells that the report has a row called so: --rows then lists no record, and
 * refuses nothing, where no deal is counted in it. */
void psp_inquiry_show(struct psp_inquiry *inquiry, struct psp_slice row);

/* Writes the names of a group as the first cells of a row of the report, which
 * has them alone, or with a `name` that is written next. */
void psp_inquiry_put_group(struct psp_inquiry *inquiry,
    const struct psp_grouping *grouping, size_t group, struct psp_slice name);

#endif
