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
psp_kept_put(struct psp_buffer *buffer, const struct psp_models *models,
    const struct psp_score *scores, struct psp_record *record,
    const struct psp_cell *cells, size_t n_cells, struct psp_error *err)
{
	for (size_t i = 0; i < models->n; i++) {
		const struct psp_score *score = &scores[i];
		struct head head = { score->total, score->class_index,
			score->disqualified_by != SIZE_MAX };

		if (!psp_buffer_append(buffer, &head, sizeof(head), err)
		    || !psp_buffer_append(buffer, score->may_be,
			models->items[i].n_classes * sizeof(*score->may_be),
			err))
			return false;
	}
	return psp_held_put(buffer, record, cells, n_cells, err);
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
	const struct psp_models *models = writer->models;
	size_t n_classes = 0;

	writer->floors = calloc(models->n, sizeof(int64_t *));
	if (writer->floors == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < models->n; i++) {
		const struct psp_model *model = &models->items[i];

		if (model->n_classes > n_classes)
			n_classes = model->n_classes;
		writer->floors[i] =
		    calloc(model->n_classes + 1, sizeof(**writer->floors));
		if (writer->floors[i] == NULL)
			return psp_error_memory(err);
		psp_quotas_settle(&scores[i], model, writer->floors[i]);
	}
	writer->may_be = calloc(n_classes + 1, sizeof(*writer->may_be));
	return writer->may_be != NULL || psp_error_memory(err);
}

void
psp_kept_writer_clear(struct psp_kept_writer *writer)
{
	for (size_t i = 0; writer->floors != NULL && i < writer->models->n; i++)
		free(writer->floors[i]);
	free(writer->floors);
	free(writer->may_be);
	psp_held_clear(&writer->held);
}

/* Reads what stands before the record of one model, and moves `*bytes` past it;
 * its class is then known. */
static struct head
take_head(
    struct psp_kept_writer *writer, size_t number, struct psp_slice *bytes)
{
	const struct psp_model *model = &writer->models->items[number];
	size_t size = model->n_classes * sizeof(*writer->may_be);
	struct head head;

	memcpy(&head, bytes->bytes, sizeof(head));
	memcpy(writer->may_be, bytes->bytes + sizeof(head), size);
	*bytes = psp_slice(bytes->bytes + sizeof(head) + size,
	    bytes->size - sizeof(head) - size);
	head.class_index = psp_quotas_class(model, writer->floors[number],
	    head.score, writer->may_be, head.class_index);
	return head;
}

/* Shows the classes as they are now known. */
static void
show_classes(struct psp_kept_writer *writer, struct psp_slice bytes)
{
	const struct psp_models *models = writer->models;

	for (size_t i = 0; i < models->n; i++) {
		struct head head = take_head(writer, i, &bytes);
		size_t at = writer->columns->class_at[i];

		if (at != SIZE_MAX)
			writer->held.cells[at] =
			    psp_class_cell(&models->items[i], head.class_index,
				head.is_disqualified);
	}
}

bool
psp_kept_write(struct psp_kept_writer *writer, struct psp_slice bytes,
    struct psp_error *err)
{
	struct psp_slice rest = bytes;
	bool is_wanted = writer->n_written < writer->limit;

	for (size_t i = 0; i < writer->models->n; i++) {
		struct head head = take_head(writer, i, &rest);

		if (i == writer->leading
		    && !psp_class_is_wanted(&writer->models->items[i],
			writer->wanted, head.class_index, head.is_disqualified))
			is_wanted = false;
	}
	if (!is_wanted)
		return true;
	if (!psp_held_take(&writer->held, rest, err))
		return false;
	show_classes(writer, bytes);
	if (!psp_rows_put(
		writer->rows, &writer->held.record, writer->held.cells, err)
	    || !psp_rows_pass(writer->rows, err))
		return false;
	writer->n_written++;
	return true;
}
