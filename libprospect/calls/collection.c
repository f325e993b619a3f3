/* A report on a call log from end to end; see the header. */
#include <config.h>

#include "libprospect/calls/collection.h"

#include <stdlib.h>

struct psp_collection {
	const struct psp_call_report *report;
	struct psp_call_model *model;
	const struct psp_call_options *options;
	struct psp_slices header;
	struct psp_log_plan plan;
	struct psp_log *log; /* all that was counted; NULL: nothing yet */
	struct psp_report *made;
	struct psp_arena arena; /* of the report */
};

struct psp_collection *
psp_collection_new(const struct psp_call_report *report,
    struct psp_call_model *model, const struct psp_log_want *want,
    const struct psp_call_options *options, struct psp_slices header,
    struct psp_problems *problems, struct psp_error *err)
{
	struct psp_collection *collection = calloc(1, sizeof(*collection));

	if (collection == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	collection->report = report;
	collection->model = model;
	collection->options = options;
	collection->header = header;
	psp_arena_init(&collection->arena);
	if (psp_log_plan_init(&collection->plan, want, &model->outcomes, header,
		problems, err)
	    && report->plan(&collection->plan, problems))
		return collection;
	psp_collection_free(collection);
	return NULL;
}

void
psp_collection_free(struct psp_collection *collection)
{
	if (collection == NULL)
		return;
	psp_log_free(collection->log);
	psp_report_free(collection->made);
	psp_arena_clear(&collection->arena);
	free(collection);
}

static void *
new_state(void *plan, struct psp_error *err)
{
	const struct psp_collection *collection = plan;

	return psp_log_new(&collection->plan, err);
}

static void
free_state(void *state)
{
	psp_log_free(state);
}

static bool
add_batch(void *plan, void *state, const struct psp_batch *batch,
    struct psp_rows *rows, struct psp_error *err)
{
	const struct psp_collection *collection = plan;

	(void)rows;
	return psp_log_add(state, &collection->plan, batch, err);
}

static bool
merge_states(void *plan, void *into, void *next, struct psp_error *err)
{
	const struct psp_collection *collection = plan;

	return psp_log_merge(into, next, &collection->plan, err);
}

/* The state goes away with the flow: what it counted is kept here. */
static bool
keep_state(
    void *plan, void *state, struct psp_rows *rows, struct psp_error *err)
{
	struct psp_collection *collection = plan;

	(void)rows;
	collection->log = psp_log_new(&collection->plan, err);
	if (collection->log == NULL)
		return false;
	psp_log_swap(collection->log, state);
	return true;
}

const struct psp_flow_steps psp_collection_steps = {
	.new_state = new_state,
	.free_state = free_state,
	.batch = add_batch,
	.merge = merge_states,
	.finish = keep_state,
};

bool
psp_collection_save(struct psp_collection *collection, unsigned char separator,
    struct psp_partial *partial, struct psp_error *err)
{
	if (!psp_log_settle(collection->log, &collection->plan, err))
		return false;
	psp_partial_line(partial, "header");
	psp_partial_number(partial, separator);
	for (size_t i = 0; i < collection->header.n; i++)
		psp_partial_text(partial, collection->header.items[i]);
	psp_log_save(collection->log, partial);
	return true;
}

bool
psp_collection_header(struct psp_partial_reader *reader,
    struct psp_arena *arena, struct psp_slices *header,
    unsigned char *separator, struct psp_error *err)
{
	struct psp_slice *names, text;
	size_t n = 0, byte;

	if (!psp_partial_next(reader) || !psp_partial_is(reader, "header"))
		return psp_partial_refuse(reader, err);
	if (!psp_partial_get_count(reader, 256, &byte, err))
		return false;
	*separator = (unsigned char)byte;
	names = psp_arena_array(
	    arena, psp_partial_n_fields(reader) + 1, sizeof(*names), err);
	if (names == NULL)
		return false;
	while (psp_partial_n_fields(reader) > 0) {
		const char *copy;

		if (!psp_partial_get_text(reader, &text, err))
			return false;
		copy = psp_arena_copy(arena, text, err);
		if (copy == NULL)
			return false;
		names[n++] = psp_slice(copy, text.size);
	}
	header->items = names;
	header->n = n;
	return true;
}

bool
psp_collection_load(struct psp_collection *collection,
    struct psp_partial_reader *reader, struct psp_error *err)
{
	struct psp_log *next = psp_log_load(&collection->plan, reader, err);
	bool is_done;

	if (next == NULL)
		return false;
	if (collection->log == NULL) {
		collection->log = next;
		return true;
	}
	is_done = psp_log_merge(collection->log, next, &collection->plan, err);
	psp_log_free(next);
	return is_done;
}

const struct psp_report *
psp_collection_report(struct psp_collection *collection,
    const struct psp_notes *notes, bool *has_findings, struct psp_error *err)
{
	const struct psp_call_view view = { collection->log, &collection->plan,
		collection->model, collection->options, &collection->arena };

	*has_findings = false;
	if (!psp_log_note(collection->log, &collection->plan, notes, err)
	    || !psp_log_finish(collection->log, &collection->plan, err))
		return NULL;
	collection->made = collection->report->make(&view, has_findings, err);
	return collection->made;
}
