/* Calls read at a glance; see the header. */
#include <config.h>

#include "libprospect/calls/call_glance.h"

/* What may be read around a cell of a stretch. */
static inline struct psp_slice
around_cell(struct psp_slice cell)
{
	return psp_slice(
	    cell.bytes + cell.size - PSP_COLUMN_BEFORE, PSP_COLUMN_BEFORE);
}

/* What is known of the cells of a column: their calls' bits. `may_be_empty`:
 * an empty cell is 0. */
static uint64_t
look_up(struct psp_memo *memo, const struct psp_slice *cells, size_t n,
    bool may_be_empty, uint32_t *values)
{
	uint64_t known = 0;

	for (size_t i = 0; i < n; i++) {
		struct psp_slice cell = cells[i];
		struct psp_memo_place *place;
		bool is_known;

		if (PSP_UNLIKELY(!psp_memo_takes(cell))) {
			values[i] = 0;
			is_known = may_be_empty && cell.size == 0;
		} else {
			is_known = psp_memo_find(memo, cell,
			    psp_memo_key(cell, around_cell(cell)), &place);
			values[i] = place->value;
		}
		known |= (uint64_t)is_known << i;
	}
	return known;
}

/* The calls in whose cell nothing stands. */
static uint64_t
find_empty(const struct psp_slice *cells, size_t n)
{
	uint64_t empty = 0;

	for (size_t i = 0; i < n; i++)
		empty |= (uint64_t)(cells[i].size == 0) << i;
	return empty;
}

static uint64_t
read_days(struct psp_call_glance *glance, const struct psp_day_memo *memo,
    const struct psp_slice *cells, size_t n)
{
	uint64_t known = 0;

	for (size_t i = 0; i < n; i++)
		known |= (uint64_t)psp_day_memo_read(memo, cells[i],
			     &glance->days[i], &glance->seconds[i])
		         << i;
	return known;
}

static uint64_t
read_times(
    struct psp_call_glance *glance, const struct psp_slice *cells, size_t n)
{
	uint64_t known = 0;

	for (size_t i = 0; i < n; i++) {
		if (cells[i].size != sizeof("hh:mm:ss") - 1)
			continue;
		glance->seconds[i] =
		    psp_clock_read_word(psp_word_load(cells[i].bytes));
		known |= (uint64_t)(glance->seconds[i] >= 0) << i;
	}
	return known;
}

static uint64_t
read_lengths(
    struct psp_call_glance *glance, const struct psp_slice *cells, size_t n)
{
	uint64_t known = 0;

	for (size_t i = 0; i < n; i++) {
		struct psp_slice cell = cells[i];

		glance->lengths[i] =
		    cell.size > 0 ? psp_plain_length(cell, around_cell(cell))
				  : 0;
		known |= (uint64_t)(glance->lengths[i] >= 0) << i;
	}
	return known;
}

/* How many columns are asked for. */
static size_t
count_columns(const struct psp_log_plan *plan)
{
	static const enum psp_call_field fields[] = { PSP_CALL_OUTCOME,
		PSP_CALL_GATE_TYPE, PSP_CALL_DATE, PSP_CALL_TIME,
		PSP_CALL_DURATION };
	size_t n = plan->n_texts;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		n += psp_call_has(&plan->columns, fields[i]);
	return n;
}

/* The cells of a field; false where there is no such column. What cannot be
 * read around clears `*plain`. */
static bool
take_field(const struct psp_stretch *stretch, const struct psp_log_plan *plan,
    enum psp_call_field field, struct psp_slice *cells, uint64_t *plain)
{
	if (!psp_call_has(&plan->columns, field))
		return false;
	if (!psp_stretch_texts(
		stretch, plan->columns.fields[field].index, cells))
		*plain = 0;
	return *plain != 0;
}

/* Moments and lengths; the bits of `plain` that stay. */
static uint64_t
read_moments(struct psp_call_glance *glance,
    const struct psp_call_reading *reading, const struct psp_stretch *stretch,
    uint64_t plain)
{
	const struct psp_log_plan *plan = reading->plan;
	struct psp_slice cells[PSP_STRETCH_RECORDS];
	size_t n = stretch->n;

	for (size_t i = 0; i < n; i++) {
		glance->days[i] = PSP_NO_DAY;
		glance->seconds[i] = -1;
		glance->lengths[i] = 0;
	}
	if (take_field(stretch, plan, PSP_CALL_DATE, cells, &plain))
		plain &= read_days(glance, &reading->day, cells, n);
	if (take_field(stretch, plan, PSP_CALL_TIME, cells, &plain))
		plain &= read_times(glance, cells, n);
	if (take_field(stretch, plan, PSP_CALL_DURATION, cells, &plain))
		plain &= read_lengths(glance, cells, n);
	return plain;
}

bool
psp_call_glance_read(struct psp_call_glance *glance,
    struct psp_call_reading *reading, const struct psp_batch *batch,
    size_t first, struct psp_stretch *stretch, struct psp_error *err)
{
	const struct psp_log_plan *plan = reading->plan;
	struct psp_slice cells[PSP_STRETCH_RECORDS];
	uint64_t plain = UINT64_MAX;

	if (!psp_stretch_take(
		stretch, batch, first, count_columns(plan), err))
		return false;
	if (take_field(stretch, plan, PSP_CALL_OUTCOME, cells, &plain))
		plain = look_up(&reading->outcomes, cells, stretch->n, false,
		    glance->outcomes);
	if (take_field(stretch, plan, PSP_CALL_GATE_TYPE, cells, &plain))
		plain &= find_empty(cells, stretch->n);
	for (size_t i = 0; i < plan->n_texts && plain != 0; i++) {
		if (!psp_stretch_texts(stretch, plan->texts[i], cells))
			plain = 0;
		else
			plain &= look_up(&reading->texts[i], cells, stretch->n,
			    true, glance->texts[i]);
	}
	glance->is_plain =
	    plain != 0 ? read_moments(glance, reading, stretch, plain) : 0;
	return true;
}

void
psp_call_glance_take(const struct psp_call_glance *glance, size_t row,
    const struct psp_log_plan *plan, struct psp_call *call)
{
	psp_call_set_times(call, glance->days[row], glance->seconds[row],
	    glance->lengths[row]);
	for (size_t i = 0; i < plan->n_texts; i++)
		call->texts[i] = glance->texts[i][row];
	psp_call_set_names(call, plan);
	call->is_outcome_absent = false;
	psp_call_set_outcome(call, plan, glance->outcomes[row], false);
}
