/* Calls read at a glance; see the header. */
#include <config.h>

#include "libprospect/calls/call_glance.h"

/* What may be read around the cells of a stretch. */
static struct psp_slice
around_cells(const struct psp_stretch *stretch)
{
	return psp_slice(stretch->bytes, stretch->line_end[stretch->n - 1]);
}

/* What is known of the cells of a column: their calls' bits. `may_be_empty`:
 * an empty cell is 0. */
static uint64_t
look_up(struct psp_memo *memo, const struct psp_stretch *stretch, size_t column,
    bool may_be_empty, uint32_t *values)
{
	struct psp_slice around = around_cells(stretch);
	uint64_t known = 0;

	for (size_t i = 0; i < stretch->n; i++) {
		struct psp_slice cell = psp_stretch_raw(stretch, i, column);
		struct psp_memo_place *place;
		bool is_known;

		if (PSP_UNLIKELY(!psp_memo_takes(cell))) {
			values[i] = 0;
			is_known = may_be_empty && cell.size == 0;
		} else {
			is_known = psp_memo_find(
			    memo, cell, psp_memo_key(cell, around), &place);
			values[i] = place->value;
		}
		known |= (uint64_t)is_known << i;
	}
	return known;
}

static uint64_t
read_days(struct psp_call_glance *glance, const struct psp_day_memo *memo,
    const struct psp_stretch *stretch, size_t column)
{
	uint64_t known = 0;

	for (size_t i = 0; i < stretch->n; i++)
		known |= (uint64_t)psp_day_memo_read(memo,
			     psp_stretch_raw(stretch, i, column),
			     &glance->days[i], &glance->seconds[i])
		         << i;
	return known;
}

static uint64_t
read_times(struct psp_call_glance *glance, const struct psp_stretch *stretch,
    size_t column)
{
	uint64_t known = 0;

	for (size_t i = 0; i < stretch->n; i++) {
		struct psp_slice cell = psp_stretch_raw(stretch, i, column);

		if (cell.size != sizeof("hh:mm:ss") - 1)
			continue;
		glance->seconds[i] =
		    psp_clock_read_word(psp_word_load(cell.bytes));
		known |= (uint64_t)(glance->seconds[i] >= 0) << i;
	}
	return known;
}

static uint64_t
read_lengths(struct psp_call_glance *glance, const struct psp_stretch *stretch,
    size_t column)
{
	struct psp_slice around = around_cells(stretch);
	uint64_t known = 0;

	for (size_t i = 0; i < stretch->n; i++) {
		struct psp_slice cell = psp_stretch_raw(stretch, i, column);

		glance->lengths[i] =
		    cell.size > 0 ? psp_plain_length(cell, around) : 0;
		known |= (uint64_t)(glance->lengths[i] >= 0) << i;
	}
	return known;
}

void
psp_call_glance_read(struct psp_call_glance *glance,
    struct psp_call_reading *reading, const struct psp_stretch *stretch)
{
	const struct psp_log_plan *plan = reading->plan;
	const struct psp_call_column *fields = plan->columns.fields;
	uint64_t plain;

	glance->is_plain = 0;
	if (!stretch->is_located)
		return;
	plain = look_up(&reading->outcomes, stretch,
	    fields[PSP_CALL_OUTCOME].index, false, glance->outcomes);
	for (size_t i = 0; i < plan->n_texts; i++)
		plain &= look_up(&reading->texts[i], stretch, plan->texts[i],
		    true, glance->texts[i]);
	for (size_t i = 0; i < stretch->n; i++) {
		glance->days[i] = PSP_NO_DAY;
		glance->seconds[i] = -1;
		glance->lengths[i] = 0;
	}
	if (psp_call_has(&plan->columns, PSP_CALL_DATE))
		plain &= read_days(glance, &reading->day, stretch,
		    fields[PSP_CALL_DATE].index);
	if (psp_call_has(&plan->columns, PSP_CALL_TIME))
		plain &=
		    read_times(glance, stretch, fields[PSP_CALL_TIME].index);
	if (psp_call_has(&plan->columns, PSP_CALL_DURATION))
		plain &= read_lengths(
		    glance, stretch, fields[PSP_CALL_DURATION].index);
	glance->is_plain = plain;
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
