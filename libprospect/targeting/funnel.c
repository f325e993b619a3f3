/* Counters of the criteria; see the header. */
#include <config.h>

#include "libprospect/targeting/funnel.h"

#include <stdlib.h>

bool
psp_funnel_init(struct psp_funnel *funnel, size_t n_rows, struct psp_error *err)
{
	memset(funnel, 0, sizeof(*funnel));
	funnel->n_rows = n_rows;
	if (n_rows == 0)
		return true;
	funnel->rows = calloc(n_rows, sizeof(*funnel->rows));
	return funnel->rows != NULL || psp_error_memory(err);
}

void
psp_funnel_clear(struct psp_funnel *funnel)
{
	if (funnel == NULL)
		return;
	free(funnel->rows);
	memset(funnel, 0, sizeof(*funnel));
}

void
psp_funnel_reset(struct psp_funnel *funnel)
{
	if (funnel->n_rows > 0)
		memset(funnel->rows, 0, funnel->n_rows * sizeof(*funnel->rows));
	funnel->n_records = 0;
	funnel->n_passed = 0;
}

void
psp_funnel_add(
    struct psp_funnel *funnel, const enum psp_truth *truths, bool keeps_unknown)
{
	enum psp_truth least = keeps_unknown ? PSP_UNKNOWN : PSP_TRUE;
	size_t n_stopping = 0, stopping = 0;

	for (size_t i = 0; i < funnel->n_rows; i++) {
		struct psp_funnel_row *row = &funnel->rows[i];

		row->n_tested++;
		row->n_true += truths[i] == PSP_TRUE;
		row->n_false += truths[i] == PSP_FALSE;
		row->n_unknown += truths[i] == PSP_UNKNOWN;
		if (truths[i] < least) {
			n_stopping++;
			stopping = i;
		}
		row->n_left += n_stopping == 0;
	}
	funnel->n_records++;
	if (n_stopping == 0)
		funnel->n_passed++;
	else if (n_stopping == 1)
		funnel->rows[stopping].n_gained++;
}

void
psp_funnel_merge(struct psp_funnel *into, const struct psp_funnel *next)
{
	for (size_t i = 0; i < into->n_rows && i < next->n_rows; i++) {
		struct psp_funnel_row *row = &into->rows[i];
		const struct psp_funnel_row *more = &next->rows[i];

		row->n_tested += more->n_tested;
		row->n_true += more->n_true;
		row->n_false += more->n_false;
		row->n_unknown += more->n_unknown;
		row->n_left += more->n_left;
		row->n_gained += more->n_gained;
	}
	into->n_records += next->n_records;
	into->n_passed += next->n_passed;
}

void
psp_funnel_save(const struct psp_funnel *funnel, const struct psp_slice *labels,
    struct psp_partial *partial)
{
	psp_partial_line(partial, "records");
	psp_partial_number(partial, (int64_t)funnel->n_records);
	psp_partial_number(partial, (int64_t)funnel->n_passed);
	for (size_t i = 0; i < funnel->n_rows; i++) {
		const struct psp_funnel_row *row = &funnel->rows[i];
		const size_t counts[] = { row->n_tested, row->n_true,
			row->n_false, row->n_unknown, row->n_left,
			row->n_gained };

		psp_partial_line(partial, "criterion");
		psp_partial_text(partial, labels[i]);
		for (size_t j = 0; j < sizeof(counts) / sizeof(counts[0]); j++)
			psp_partial_number(partial, (int64_t)counts[j]);
	}
}

/* Reads the counts of the line at hand and adds them to `into`. */
static bool
load_counts(struct psp_partial_reader *reader, size_t *const *into, size_t n,
    struct psp_error *err)
{
	for (size_t i = 0; i < n; i++) {
		size_t count;

		if (!psp_partial_get_count(
			reader, SIZE_MAX - *into[i], &count, err))
			return false;
		*into[i] += count;
	}
	return psp_partial_n_fields(reader) == 0
	       || psp_partial_refuse(reader, err);
}

static bool
load_criterion(struct psp_funnel_row *row, struct psp_slice label,
    struct psp_partial_reader *reader, struct psp_error *err)
{
	size_t *const counts[] = { &row->n_tested, &row->n_true, &row->n_false,
		&row->n_unknown, &row->n_left, &row->n_gained };
	struct psp_slice name;

	if (!psp_partial_next(reader) || !psp_partial_is(reader, "criterion"))
		return psp_partial_refuse(reader, err);
	if (!psp_partial_get_text(reader, &name, err))
		return false;
	if (!psp_slice_equal(name, label))
		return psp_partial_refuse(reader, err);
	return load_counts(
	    reader, counts, sizeof(counts) / sizeof(counts[0]), err);
}

bool
psp_funnel_load(struct psp_funnel *funnel, const struct psp_slice *labels,
    struct psp_partial_reader *reader, struct psp_error *err)
{
	size_t *const counts[] = { &funnel->n_records, &funnel->n_passed };

	if (!psp_partial_next(reader) || !psp_partial_is(reader, "records"))
		return psp_partial_refuse(reader, err);
	if (!load_counts(
		reader, counts, sizeof(counts) / sizeof(counts[0]), err))
		return false;
	for (size_t i = 0; i < funnel->n_rows; i++)
		if (!load_criterion(&funnel->rows[i], labels[i], reader, err))
			return false;
	return !psp_partial_next(reader) || psp_partial_refuse(reader, err);
}
