/* Rows kept until the end; see the header. */
#include <config.h>

#include "libprospect/scoring/kept.h"

#include <stdlib.h>

/* What stands before the record; copied in and out, as nothing is aligned. */
struct head {
	int64_t score;
	size_t class_index;
	bool is_disqualified;
};

bool
psp_kept_put(struct psp_buffer *buffer, const struct psp_model *model,
    const struct psp_score *score, struct psp_record *record,
    const struct psp_cell *cells, size_t n_cells, struct psp_error *err)
{
	struct head head = { score->total, score->class_index,
		score->disqualified_by != SIZE_MAX };

	return psp_buffer_append(buffer, &head, sizeof(head), err)
	       && psp_buffer_append(buffer, score->may_be,
		   model->n_classes * sizeof(*score->may_be), err)
	       && psp_held_put(buffer, record, cells, n_cells, err);
}

bool
psp_class_is_wanted(const struct psp_model *model, const bool *wanted,
    size_t class_index, bool is_disqualified)
{
	if (wanted == NULL)
		return true;
	if (is_disqualified)
		return wanted[model->n_classes];
	return class_index != SIZE_MAX && wanted[class_index];
}

bool
psp_kept_writer_init(struct psp_kept_writer *writer,
    struct psp_quota_scores *scores, struct psp_error *err)
{
	size_t n = writer->model->n_classes + 1;

	writer->floors = calloc(n, sizeof(*writer->floors));
	writer->may_be = calloc(n, sizeof(*writer->may_be));
	if (writer->floors == NULL || writer->may_be == NULL)
		return psp_error_memory(err);
	psp_quotas_settle(scores, writer->model, writer->floors);
	return true;
}

void
psp_kept_writer_clear(struct psp_kept_writer *writer)
{
	free(writer->floors);
	free(writer->may_be);
	psp_held_clear(&writer->held);
}

bool
psp_kept_write(struct psp_kept_writer *writer, struct psp_slice bytes,
    struct psp_error *err)
{
	const struct psp_model *model = writer->model;
	const struct psp_score_columns *columns = writer->columns;
	size_t size = model->n_classes * sizeof(*writer->may_be);
	struct head head;
	size_t class_index;

	memcpy(&head, bytes.bytes, sizeof(head));
	memcpy(writer->may_be, bytes.bytes + sizeof(head), size);
	bytes = psp_slice(bytes.bytes + sizeof(head) + size,
	    bytes.size - sizeof(head) - size);
	class_index = psp_quotas_class(model, writer->floors, head.score,
	    writer->may_be, head.class_index);
	if (writer->n_written == writer->limit
	    || !psp_class_is_wanted(
		model, writer->wanted, class_index, head.is_disqualified))
		return true;
	if (!psp_held_take(&writer->held, bytes, err))
		return false;
	if (columns->class_at != SIZE_MAX)
		writer->held.cells[columns->class_at] =
		    psp_class_cell(model, class_index, head.is_disqualified);
	if (!psp_rows_put(
		writer->rows, &writer->held.record, writer->held.cells, err)
	    || !psp_rows_pass(writer->rows, err))
		return false;
	writer->n_written++;
	return true;
}
