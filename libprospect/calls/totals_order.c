/* The order of cells in reports, and their texts; see totals.h. */
#include <config.h>

#include "libprospect/calls/totals.h"

#include <stdlib.h>

#include "libprospect/base/calendar.h"
#include "libprospect/values/clock.h"

static int
compare_texts(struct psp_slice a, struct psp_slice b)
{
	size_t size = a.size < b.size ? a.size : b.size;
	int order = size > 0 ? memcmp(a.bytes, b.bytes, size) : 0;

	/* What is not said comes last. */
	if (a.size == 0 || b.size == 0)
		return (a.size == 0) - (b.size == 0);
	if (order != 0)
		return order;
	return (a.size > b.size) - (a.size < b.size);
}

/* When a session began; one without times goes to the end of its day, and one
 * without a day to the end of all. */
static int64_t
session_moment(const struct psp_session *session)
{
	if (session->start != PSP_NO_TIME)
		return session->start;
	if (session->day == PSP_NO_DAY)
		return INT64_MAX;
	return (session->day + INT64_C(1)) * PSP_SECONDS_PER_DAY - 1;
}

/* Sessions in the order in which they were; of those of which it is not known,
 * as they came. */
static int
compare_sessions(const struct psp_log *log, uint32_t a, uint32_t b)
{
	const struct psp_slice *texts = log->symbols.texts;
	const struct psp_session *x, *y;
	int64_t x_at, y_at;
	int order = 0;

	if (a == b)
		return 0;
	if (a == PSP_NO_SESSION || b == PSP_NO_SESSION)
		return a == PSP_NO_SESSION ? 1 : -1;
	x = &log->sessions.items[a];
	y = &log->sessions.items[b];
	x_at = session_moment(x);
	y_at = session_moment(y);
	if (x_at != y_at)
		return x_at < y_at ? -1 : 1;
	if ((x->start == PSP_NO_TIME) != (y->start == PSP_NO_TIME))
		return x->start == PSP_NO_TIME ? 1 : -1;
	if (x_at != INT64_MAX) {
		order = compare_texts(texts[x->agent], texts[y->agent]);
		if (order == 0)
			order = compare_texts(texts[x->key], texts[y->key]);
	}
	if (order != 0)
		return order;
	return a < b ? -1 : 1;
}

static int
compare_ids(
    const struct psp_totals *totals, const uint32_t *a, const uint32_t *b)
{
	const struct psp_log_plan *plan = totals->plan;
	const struct psp_cube_plan *cube = &plan->cubes[totals->cube];
	const struct psp_slice *texts = totals->log->symbols.texts;

	for (size_t i = 0; i < cube->n_dims; i++) {
		enum psp_dim_kind kind = plan->dims[cube->dims[i]].kind;
		int order;

		if (kind == PSP_DIM_TEXT)
			order = compare_texts(texts[a[i]], texts[b[i]]);
		else if (kind == PSP_DIM_SESSION)
			order = compare_sessions(totals->log, a[i], b[i]);
		else
			order = (a[i] > b[i]) - (a[i] < b[i]);
		if (order != 0)
			return order;
	}
	return 0;
}

/* Sorts by merging: qsort knows no context. */
static void
sort(const struct psp_totals *totals, size_t *order, size_t *room, size_t n)
{
	size_t half = n / 2, i = 0, j = half, k = 0;

	if (n < 2)
		return;
	sort(totals, order, room, half);
	sort(totals, order + half, room, n - half);
	while (i < half || j < n)
		if (j == n
		    || (i < half
			&& compare_ids(totals, psp_totals_ids(totals, order[i]),
			       psp_totals_ids(totals, order[j]))
			       <= 0))
			room[k++] = order[i++];
		else
			room[k++] = order[j++];
	memcpy(order, room, n * sizeof(*order));
}

bool
psp_totals_sort(struct psp_totals *totals, struct psp_error *err)
{
	size_t *room = calloc(totals->n_cells + 1, sizeof(*room));

	if (room == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < totals->n_cells; i++)
		totals->order[i] = i;
	sort(totals, totals->order, room, totals->n_cells);
	free(room);
	return true;
}

size_t *
psp_totals_ranks(const struct psp_totals *totals, struct psp_error *err)
{
	size_t *ranks = calloc(totals->n_cells + 1, sizeof(*ranks));

	if (ranks == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	for (size_t i = 0; i < totals->n_cells; i++)
		ranks[totals->order[i]] = i;
	return ranks;
}

bool
psp_dim_put(const struct psp_log *log, const struct psp_log_plan *plan,
    size_t dim, uint32_t id, struct psp_buffer *out, struct psp_error *err)
{
	if (plan->dims[dim].kind == PSP_DIM_TEXT)
		return psp_buffer_slice(out, log->symbols.texts[id], err);
	if (id == PSP_NO_ID)
		return true;
	switch (plan->dims[dim].kind) {
	case PSP_DIM_HOUR:
		return psp_buffer_format(out, err, "%02u", id);
	case PSP_DIM_WEEK:
		return psp_buffer_format(
		    out, err, "%04u-W%02u", id / 100, id % 100);
	case PSP_DIM_MONTH:
		return psp_buffer_format(
		    out, err, "%04u-%02u", id / 12, id % 12 + 1);
	default:
		return psp_buffer_format(out, err, "%u", id);
	}
}
