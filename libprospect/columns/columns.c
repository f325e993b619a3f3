/*
 * Binding: which column of a header a name means. What the user said goes
 * first, then the header equal to the key, then the steps of aliases.c; a name
 * that is no criterion is a header, byte for byte or else by its key. What may
 * stand in the answer of two headers is never chosen in silence: two on one
 * step are an error that names both.
 */
#include <config.h>

#include "libprospect/columns/columns.h"

#include <stdlib.h>

#include "libprospect/base/text.h"
#include "libprospect/columns/message.h"
#include "libprospect/columns/schema.h"

/* One binding while it is looked for. */
struct binding {
	const struct psp_schema *schema;
	struct psp_slices header;
	struct psp_slice name;
	struct psp_buffer text; /* the keys below, one after the other */
	struct psp_slice *keys; /* of each name of the header */
	struct psp_slice key;   /* of `name` */
	const struct psp_criterion *criterion;
	const struct psp_alias *alias; /* `name` in it; NULL: the key itself */
};

static void
binding_clear(struct binding *binding)
{
	psp_buffer_clear(&binding->text);
	free(binding->keys);
}

/* Makes the keys of the header and of the name. */
static bool
binding_init(struct binding *binding, const struct psp_schema *schema,
    struct psp_slices header, struct psp_slice name, struct psp_error *err)
{
	size_t start = 0, capacity = 0;

	*binding = (struct binding){
		.schema = schema, .header = header, .name = name
	};
	psp_buffer_init(&binding->text);
	binding->keys = psp_array_reserve(
	    NULL, &capacity, header.n + 1, sizeof(*binding->keys), err);
	if (binding->keys == NULL)
		return false;
	for (size_t i = 0; i <= header.n; i++) {
		if (!psp_text_key(&binding->text,
			i < header.n ? header.items[i] : name, err))
			return false;
		binding->keys[i].size = binding->text.size - start;
		start = binding->text.size;
	}
	start = 0;
	for (size_t i = 0; i <= header.n; i++) {
		if (binding->keys[i].size > 0)
			binding->keys[i].bytes = binding->text.bytes + start;
		else
			binding->keys[i].bytes = "";
		start += binding->keys[i].size;
	}
	binding->key = binding->keys[header.n];
	binding->criterion =
	    psp_schema_find(schema, binding->key, &binding->alias);
	return true;
}

static void
add_candidate(struct psp_candidates *candidates, size_t index)
{
	if (candidates->n < PSP_MAX_CANDIDATES)
		candidates->indices[candidates->n] = index;
	candidates->n++;
}

/*
 * The columns named `name`: byte for byte, or else by its key. A name that
 * differs from the one by what cannot be seen is a candidate too.
 */
static struct psp_candidates
named(
    const struct binding *binding, struct psp_slice name, struct psp_slice key)
{
	struct psp_slices header = binding->header;
	struct psp_candidates found = { .n = 0 };
	bool is_exact;

	for (size_t i = 0; i < header.n; i++)
		if (psp_slice_equal(header.items[i], name))
			add_candidate(&found, i);
	if (found.n > 1 || key.size == 0)
		return found;
	is_exact = found.n == 1;
	for (size_t i = 0; i < header.n; i++)
		if (psp_slice_equal(binding->keys[i], key)
		    && (!is_exact
			|| psp_hidden_difference(header.items[i], name)[0]
			       != '\0'))
			add_candidate(&found, i);
	return found;
}

/* The columns that stand in one row of the registry. */
static struct psp_candidates
in_row(const struct binding *binding, const struct psp_alias *row)
{
	struct psp_candidates found = { .n = 0 };

	for (size_t i = 0; i < binding->header.n; i++)
		if (psp_alias_has(row, binding->keys[i]))
			add_candidate(&found, i);
	return found;
}

/* How a column is read, besides what `fields:` says. */
struct reading {
	enum psp_type type;
	bool is_band;
};

static struct reading
reading_of(const struct psp_criterion *criterion, const struct psp_alias *row)
{
	struct reading reading = { PSP_TYPE_NONE, false };

	if (criterion != NULL)
		reading.type = criterion->type;
	if (row != NULL && row->type != PSP_TYPE_NONE)
		reading.type = row->type;
	if (row != NULL)
		reading.is_band = (row->marks & PSP_ALIAS_BAND) != 0;
	return reading;
}

/*
 * Walks the steps of a criterion, those it borrows from another included, up
 * to the first that `holds`. Returns its row and how its columns are read.
 */
static const struct psp_alias *
walk_steps(const struct psp_criterion *criterion,
    bool (*holds)(const struct psp_alias *row, void *context), void *context,
    struct reading *reading)
{
	size_t n_steps, n_rows;
	const struct psp_alias *steps = psp_registry_steps(criterion, &n_steps);

	for (size_t i = 0; i < n_steps; i++) {
		const struct psp_alias *row = &steps[i];

		n_rows = 1;
		if ((row->marks & PSP_ALIAS_LIKE) != 0)
			row = psp_registry_steps(
			    psp_registry_get(row->headers), &n_rows);
		for (size_t j = 0; j < n_rows; j++) {
			if (holds(&row[j], context)) {
				*reading = reading_of(criterion, &steps[i]);
				return &row[j];
			}
		}
	}
	return NULL;
}

/* The first row with candidates, and those. */
struct row_search {
	const struct binding *binding;
	struct psp_candidates found;
};

static bool
row_has_candidates(const struct psp_alias *row, void *context)
{
	struct row_search *search = context;

	search->found = in_row(search->binding, row);
	return search->found.n > 0;
}

static bool
row_has_key(const struct psp_alias *row, void *context)
{
	const struct psp_slice *key = context;

	return psp_alias_has(row, *key);
}

static bool
row_may_be_of_record(const struct psp_alias *row, void *context)
{
	(void)context;
	return (row->marks & PSP_ALIAS_RECORD) != 0;
}

/* The first column that tells of a file of records. */
static struct psp_candidates
find_record_sign(const struct binding *binding)
{
	struct psp_candidates found = { .n = 0 };

	for (size_t i = 0; i < binding->header.n && found.n == 0; i++)
		if (psp_is_record_sign(binding->keys[i]))
			add_candidate(&found, i);
	return found;
}

/* The candidates for a criterion; `*doubt` is what makes a lone one doubtful.
 */
static struct psp_candidates
find_criterion(const struct binding *binding, struct reading *reading,
    struct psp_candidates *doubt)
{
	struct row_search search = { .binding = binding };
	const struct psp_alias *row;

	if (binding->alias != NULL) {
		*reading = reading_of(binding->criterion, binding->alias);
		search.found = named(binding, binding->name, binding->key);
		if (search.found.n > 0)
			return search.found;
	}
	*reading = reading_of(binding->criterion, NULL);
	for (size_t i = 0; i < binding->header.n; i++)
		if (psp_key_is(binding->keys[i], binding->criterion->key))
			add_candidate(&search.found, i);
	if (search.found.n > 0) {
		/* "Created" is what "Date de création" is. */
		if (walk_steps(binding->criterion, row_may_be_of_record, NULL,
			&(struct reading){ PSP_TYPE_NONE, false })
		    != NULL)
			*doubt = find_record_sign(binding);
		return search.found;
	}
	row = walk_steps(
	    binding->criterion, row_has_candidates, &search, reading);
	if (row != NULL && (row->marks & PSP_ALIAS_RECORD) != 0)
		*doubt = find_record_sign(binding);
	return search.found;
}

/* What the user said: a position, or a header. False: PSP_ENOMEM. */
static bool
find_said(const struct binding *binding, const struct psp_said *said,
    struct psp_candidates *found, struct reading *reading,
    struct psp_error *err)
{
	struct psp_buffer key;
	struct psp_slice header_key;
	bool result = false;

	*reading = reading_of(said->criterion, said->alias);
	if (said->is_absent)
		return true;
	if (said->position > 0) {
		if (said->position <= binding->header.n)
			add_candidate(found, said->position - 1);
		if (found->n == 0)
			return true;
		header_key = binding->keys[said->position - 1];
		if (said->criterion != NULL && said->alias == NULL)
			walk_steps(
			    said->criterion, row_has_key, &header_key, reading);
		return true;
	}
	psp_buffer_init(&key);
	if (psp_text_key(&key, said->header, err)) {
		header_key = psp_buffer_content(&key);
		*found = named(binding, said->header, header_key);
		if (said->criterion != NULL && said->alias == NULL)
			walk_steps(
			    said->criterion, row_has_key, &header_key, reading);
		result = true;
	}
	psp_buffer_clear(&key);
	return result;
}

static void
fill_column(const struct binding *binding, size_t index, struct reading reading,
    struct psp_column *column)
{
	const struct psp_field_rules *rules = psp_schema_rules_of(
	    binding->schema, binding->criterion, binding->key);

	column->criterion = binding->criterion;
	column->header = binding->header.items[index];
	column->index = index;
	column->type = reading.type;
	column->is_band = reading.is_band;
	if (rules == NULL)
		return;
	column->rules = *rules;
	/* The criterion's own type leaves a postal code what it is. */
	if (rules->type != PSP_TYPE_NONE
	    && (binding->criterion == NULL
		|| rules->type != binding->criterion->type)) {
		column->type = rules->type;
		column->is_band = false;
	}
}

enum psp_bind_result
psp_schema_bind(const struct psp_schema *schema, struct psp_slices header,
    struct psp_slice name, struct psp_column *column, char *message,
    size_t message_size)
{
	enum psp_bind_result result = PSP_BIND_FAILED;
	struct psp_candidates found = { .n = 0 }, doubt = { .n = 0 };
	const struct psp_said *said;
	struct reading reading = { PSP_TYPE_NONE, false };
	struct binding binding;
	struct psp_error err;
	struct psp_want want;

	psp_error_init(&err);
	memset(column, 0, sizeof(*column));
	if (!binding_init(&binding, schema, header, name, &err))
		goto done;
	said = psp_schema_said(schema, binding.criterion, binding.key);
	if (said != NULL) {
		if (!find_said(&binding, said, &found, &reading, &err))
			goto done;
	} else if (binding.criterion != NULL) {
		found = find_criterion(&binding, &reading, &doubt);
	} else {
		found = named(&binding, name, binding.key);
	}
	want = (struct psp_want){ header, name, binding.criterion, said };
	if (found.n == 1 && doubt.n == 1) {
		if (message == NULL
		    || psp_say_doubtful(&want, found.indices[0],
			doubt.indices[0], message, message_size, &err))
			result = PSP_BIND_TWICE;
	} else if (found.n == 1) {
		fill_column(&binding, found.indices[0], reading, column);
		result = PSP_BOUND;
	} else if (found.n == 0) {
		if (message == NULL
		    || psp_say_missing(&want, message, message_size, &err))
			result = PSP_BIND_MISSING;
	} else if (message == NULL
		   || psp_say_twice(
		       &want, &found, message, message_size, &err)) {
		result = PSP_BIND_TWICE;
	}
done:
	binding_clear(&binding);
	return result;
}
