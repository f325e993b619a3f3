/*
 * What a report wants of a call log, bound to the log's header: columns,
 * dimensions, cubes, and how sessions are told apart. Read only while records
 * flow.
 */
#ifndef PSP_CALLS_LOG_PLAN_H
#define PSP_CALLS_LOG_PLAN_H

#include "libprospect/calls/call_columns.h"
#include "libprospect/calls/call_model.h"
#include "libprospect/calls/cube.h"
#include "libprospect/calls/session_file.h"
#include "libprospect/calls/sessions.h"

/* What a call is grouped by. */
enum psp_dim_kind {
	PSP_DIM_TEXT,    /* a column; its symbol */
	PSP_DIM_HOUR,    /* 0 to 23 */
	PSP_DIM_WEEKDAY, /* 1 Monday to 7 */
	PSP_DIM_WEEK,    /* year * 100 + number, of ISO 8601 */
	PSP_DIM_MONTH,   /* year * 12 + month - 1 */
	PSP_DIM_SESSION,
	PSP_DIM_QUARTER /* quarters of an hour since 1901, for time in session
	                 */
};

/* An id of a call without hour, day or session. */
#define PSP_NO_ID UINT32_MAX

struct psp_dim {
	enum psp_dim_kind kind;
	struct psp_slice name; /* as --by has it */
	size_t index;          /* of the column */
	size_t text;           /* of PSP_DIM_TEXT: in the plan's */
};

enum {
	PSP_MAX_LOG_DIMS = 16,
	PSP_MAX_CUBES = 6,
	PSP_MAX_TEXTS = PSP_MAX_LOG_DIMS + 2 /* agent and session */
};

/* No column of texts. */
#define PSP_NO_TEXT SIZE_MAX

struct psp_cube_plan {
	size_t dims[PSP_MAX_DIMS]; /* indexes in the plan's */
	size_t n_dims;
	unsigned units; /* bits of enum psp_unit */
};

/* Parts of the log besides cubes. */
enum psp_log_part {
	PSP_LOG_ATTEMPTS = 1,
	PSP_LOG_DUE = 2,
	PSP_LOG_TOUCHES = 4,
	PSP_LOG_CHECKS = 8
};

struct psp_log_plan {
	const struct psp_call_model *model;
	const struct psp_session_file *file; /* NULL: none */
	struct psp_call_columns columns;
	size_t texts[PSP_MAX_TEXTS]; /* columns whose symbols are wanted */
	size_t n_texts;
	size_t agent_text, session_text; /* PSP_NO_TEXT: not there */
	struct psp_dim dims[PSP_MAX_LOG_DIMS];
	size_t n_dims;
	size_t n_by; /* the first dimensions are those of --by */
	struct psp_cube_plan cubes[PSP_MAX_CUBES];
	size_t n_cubes;
	unsigned parts;
	enum psp_session_mode mode;
	bool knows_persons, knows_companies; /* columns tell who is called */
	int32_t today;
	int32_t since; /* touches from this day on are counted */
	bool is_strict;
};

/* What is wanted. */
struct psp_log_want {
	const struct psp_call_model *model;
	const struct psp_schema *schema;
	const struct psp_session_file *file; /* NULL: none */
	struct psp_slices by;
	int32_t today;
	int32_t window; /* days of touches that count; 0: the settings' */
	bool is_strict;
};

/*
 * Binds columns and the dimensions of --by to `header`. `outcomes` of the model
 * are settled. What is wrong goes to `problems`; PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_log_plan_init(struct psp_log_plan *plan,
    const struct psp_log_want *want, struct psp_outcomes *outcomes,
    struct psp_slices header, struct psp_problems *problems,
    struct psp_error *err);

/* Adds a dimension of this kind, unless it is there: its index. */
size_t psp_log_plan_dim(struct psp_log_plan *plan, enum psp_dim_kind kind);

/* Adds a dimension of a column, by its field. */
size_t psp_log_plan_field(struct psp_log_plan *plan, enum psp_call_field field);

/* Adds a cube of the dimensions of --by and `more` of those above; returns its
 * index. */
size_t psp_log_plan_cube(struct psp_log_plan *plan, const size_t *more,
    size_t n_more, unsigned units);

/* The bits of the units in which some ratio is counted, besides calls. */
unsigned psp_log_plan_units(const struct psp_log_plan *plan);

#endif
