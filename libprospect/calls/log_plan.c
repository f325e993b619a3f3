/* A log bound to its header; see the header. */
#include <config.h>

#include "libprospect/calls/log_plan.h"

#include "libprospect/base/catalog.h"

#include "libprospect/base/text.h"

/* Names of --by that are no columns. */
static const struct {
	const char *name;
	enum psp_dim_kind kind;
} times[] = {
	{ "hour", PSP_DIM_HOUR },
	{ "weekday", PSP_DIM_WEEKDAY },
	{ "week", PSP_DIM_WEEK },
	{ "month", PSP_DIM_MONTH },
};

/* Names that are columns of every log, by their field. */
static const enum psp_call_field columns_of_by[] = { PSP_CALL_AGENT,
	PSP_CALL_SOURCE, PSP_CALL_SEGMENT, PSP_CALL_FUNCTION, PSP_CALL_CAMPAIGN,
	PSP_CALL_COMPANY, PSP_CALL_SESSION };

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

/* The texts of column `index`: each column is read once. */
static size_t
add_text(struct psp_log_plan *plan, size_t index)
{
	if (index == SIZE_MAX)
		return PSP_NO_TEXT;
	for (size_t i = 0; i < plan->n_texts; i++)
		if (plan->texts[i] == index)
			return i;
	plan->texts[plan->n_texts] = index;
	return plan->n_texts++;
}

static size_t
add_dim(struct psp_log_plan *plan, enum psp_dim_kind kind,
    struct psp_slice name, size_t index)
{
	struct psp_dim *dim = &plan->dims[plan->n_dims];

	dim->kind = kind;
	dim->name = name;
	dim->index = index;
	dim->text = add_text(plan, index);
	return plan->n_dims++;
}

size_t
psp_log_plan_dim(struct psp_log_plan *plan, enum psp_dim_kind kind)
{
	for (size_t i = 0; i < plan->n_dims; i++)
		if (plan->dims[i].kind == kind && kind != PSP_DIM_TEXT)
			return i;
	return add_dim(plan, kind, psp_slice("", 0), SIZE_MAX);
}

size_t
psp_log_plan_field(struct psp_log_plan *plan, enum psp_call_field field)
{
	size_t index = plan->columns.fields[field].index;

	for (size_t i = 0; i < plan->n_dims; i++)
		if (plan->dims[i].kind == PSP_DIM_TEXT
		    && plan->dims[i].index == index)
			return i;
	return add_dim(plan, PSP_DIM_TEXT,
	    psp_slice_of(psp_call_field_name(field)), index);
}

size_t
psp_log_plan_cube(struct psp_log_plan *plan, const size_t *more, size_t n_more,
    unsigned units)
{
	struct psp_cube_plan *cube = &plan->cubes[plan->n_cubes];

	for (size_t i = 0; i < plan->n_by; i++)
		cube->dims[cube->n_dims++] = i;
	for (size_t i = 0; i < n_more; i++)
		cube->dims[cube->n_dims++] = more[i];
	cube->units = units;
	return plan->n_cubes++;
}

unsigned
psp_log_plan_units(const struct psp_log_plan *plan)
{
	const struct psp_ratios *ratios = &plan->model->ratios;
	unsigned units = 0;

	for (size_t i = 0; i < ratios->n; i++)
		if (ratios->items[i].unit != PSP_UNIT_CALL)
			units |= 1U << ratios->items[i].unit;
	return units;
}

/* The column that a name of --by means, or SIZE_MAX with a problem. */
static size_t
find_by(const struct psp_log_plan *plan, const struct psp_log_want *want,
    struct psp_slices header, struct psp_slice name,
    struct psp_problems *problems)
{
	char message[512] = "";
	struct psp_column column;

	for (size_t i = 0; i < N_OF(columns_of_by); i++)
		if (psp_slice_is(name, psp_call_field_name(columns_of_by[i]))
		    && psp_call_has(&plan->columns, columns_of_by[i]))
			return plan->columns.fields[columns_of_by[i]].index;
	if (psp_schema_bind(
		want->schema, header, name, &column, message, sizeof(message))
	    == PSP_BOUND)
		return column.index;
	psp_problems_add(
	    problems, PSP_ESETTINGS, NULL, 0, 0, "--by: %s", message);
	return SIZE_MAX;
}

/* Adds the dimension that a name of --by means, a column or one that time
 * makes; it is a problem where another name meant it. */
static bool
add_by_dim(struct psp_log_plan *plan, enum psp_dim_kind kind,
    struct psp_slice name, size_t index, struct psp_problems *problems)
{
	for (size_t i = 0; i < plan->n_dims; i++)
		if (plan->dims[i].kind == kind && plan->dims[i].index == index)
			return psp_problems_add(problems, PSP_EUSAGE, NULL, 0,
			    0, "--by: '%.*s' comes twice",
			    PSP_SLICE_ARGS(name));
	add_dim(plan, kind, name, index);
	return true;
}

static bool
add_by(struct psp_log_plan *plan, const struct psp_log_want *want,
    struct psp_slices header, struct psp_problems *problems)
{
	bool is_good = true;

	if (want->by.n > PSP_MAX_DIMS / 2)
		return psp_problems_add(problems, PSP_EUSAGE, NULL, 0, 0,
		    "--by: at most %d columns at once", PSP_MAX_DIMS / 2);
	for (size_t i = 0; i < want->by.n; i++) {
		struct psp_slice name = psp_text_trim(want->by.items[i]);
		size_t kind = 0, index = SIZE_MAX;

		while (
		    kind < N_OF(times) && !psp_slice_is(name, times[kind].name))
			kind++;
		if (kind < N_OF(times)) {
			is_good =
			    psp_call_columns_need(&plan->columns, PSP_CALL_DATE,
				N_("--by hour, weekday, "
				   "week or month"),
				problems)
			    && is_good;
			is_good = add_by_dim(plan, times[kind].kind, name,
				      SIZE_MAX, problems)
			          && is_good;
			continue;
		}
		index = find_by(plan, want, header, name, problems);
		is_good =
		    index != SIZE_MAX
		    && add_by_dim(plan, PSP_DIM_TEXT, name, index, problems)
		    && is_good;
	}
	plan->n_by = plan->n_dims;
	return is_good;
}

/* How sessions are told apart in this log. */
static enum psp_session_mode
choose_mode(const struct psp_log_plan *plan)
{
	const struct psp_call_columns *columns = &plan->columns;

	if (plan->file != NULL)
		return PSP_SESSIONS_FILE;
	if (psp_call_has(columns, PSP_CALL_SESSION))
		return PSP_SESSIONS_COLUMN;
	if (!psp_call_has(columns, PSP_CALL_DATE))
		return PSP_SESSIONS_NONE;
	/* Times may stand in the column of dates. */
	return plan->model->by_gap ? PSP_SESSIONS_GAP : PSP_SESSIONS_DAY;
}

bool
psp_log_plan_init(struct psp_log_plan *plan, const struct psp_log_want *want,
    struct psp_outcomes *outcomes, struct psp_slices header,
    struct psp_problems *problems, struct psp_error *err)
{
	bool is_good;

	memset(plan, 0, sizeof(*plan));
	plan->model = want->model;
	plan->file = want->file;
	plan->today = want->today;
	plan->since =
	    want->today
	    - (want->window > 0 ? want->window : want->model->pressure.days)
	    + 1;
	plan->is_strict = want->is_strict;
	is_good = psp_call_columns_bind(&plan->columns, want->schema, header,
	    want->model->session_column, problems, err);
	if (err->status != PSP_OK)
		return false;
	is_good = psp_call_columns_need(&plan->columns, PSP_CALL_OUTCOME,
		      N_("a call log"), problems)
	          && is_good;
	plan->agent_text =
	    add_text(plan, plan->columns.fields[PSP_CALL_AGENT].index);
	plan->session_text =
	    add_text(plan, plan->columns.fields[PSP_CALL_SESSION].index);
	is_good = add_by(plan, want, header, problems) && is_good;
	plan->mode = choose_mode(plan);
	plan->knows_companies = psp_call_has(&plan->columns, PSP_CALL_COMPANY);
	plan->knows_persons = plan->knows_companies
	                      || psp_call_has(&plan->columns, PSP_CALL_CONTACT);
	psp_outcomes_settle(
	    outcomes, psp_call_has(&plan->columns, PSP_CALL_GATE_TYPE));
	return is_good;
}
