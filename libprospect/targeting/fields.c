/*
 * Names to fields: columns of the header, derived values with what they are
 * worked out from, virtual ones. Part of plan.h, whose inside is compiled.h.
 */
#include <config.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/targeting/compiled.h"

/* Whether the same is said of two names; `fields:` may differ for two names of
 * one column. */
static bool
is_said_alike(const struct psp_field_rules *a, const struct psp_field_rules *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return a->absent == b->absent && a->n_absent == b->n_absent
	       && a->version == b->version && a->has_scale == b->has_scale
	       && a->scale_low == b->scale_low
	       && a->scale_high == b->scale_high;
}

static bool
is_same_field(const struct psp_field *a, const struct psp_field *b)
{
	return a->kind == b->kind && a->index == b->index
	       && a->format.type == b->format.type
	       && a->format.is_band == b->format.is_band
	       && a->format.separator == b->format.separator
	       && a->is_created == b->is_created
	       && a->nomenclature == b->nomenclature
	       && a->operands[0] == b->operands[0]
	       && a->operands[1] == b->operands[1]
	       && is_said_alike(a->rules, b->rules);
}

/* Adds a field unless an equal one is there. */
static bool
put_field(struct psp_plan *plan, const struct psp_field *field, size_t *number,
    struct psp_error *err)
{
	struct psp_field *fields;

	for (size_t i = 0; i < plan->n_fields; i++) {
		if (is_same_field(&plan->fields[i], field)) {
			*number = i;
			return true;
		}
	}
	fields = psp_array_reserve(plan->fields, &plan->fields_capacity,
	    plan->n_fields + 1, sizeof(*fields), err);
	if (fields == NULL)
		return false;
	plan->fields = fields;
	fields[plan->n_fields] = *field;
	*number = plan->n_fields++;
	return true;
}

/* The absent words of `fields:`, folded. */
static bool
fold_absent(struct psp_plan *plan, const struct psp_field_rules *rules,
    struct psp_field *field, struct psp_error *err)
{
	struct psp_buffer folded;
	bool is_done = true;
	char *copy;

	if (rules->n_absent == 0)
		return true;
	field->absent = psp_arena_array(
	    &plan->arena, rules->n_absent, sizeof(*field->absent), err);
	if (field->absent == NULL)
		return false;
	psp_buffer_init(&folded);
	for (size_t i = 0; i < rules->n_absent && is_done; i++) {
		folded.size = 0;
		is_done = psp_text_fold(
		    &folded, psp_text_trim(rules->absent[i]), err);
		copy = is_done ? psp_arena_copy(
			   &plan->arena, psp_buffer_content(&folded), err)
		               : NULL;
		is_done = copy != NULL;
		field->absent[i] = psp_slice(copy, folded.size);
	}
	field->n_absent = rules->n_absent;
	psp_buffer_clear(&folded);
	return is_done;
}

/* Whether `text` begins with `start`, case of ASCII aside. */
static bool
begins_with(struct psp_slice text, struct psp_slice start)
{
	if (text.size < start.size)
		return false;
	for (size_t i = 0; i < start.size; i++)
		if ((text.bytes[i] | 0x20) != (start.bytes[i] | 0x20))
			return false;
	return true;
}

/* The column that Sirene puts beside one of its codes, by their names:
 * nomenclatureActivitePrincipaleUniteLegale. SIZE_MAX when there is none. */
static size_t
find_beside(const struct psp_plan *plan, struct psp_slice code)
{
	const struct psp_slice start = psp_slice_of("nomenclature");

	for (size_t i = 0; i < plan->header.n; i++) {
		struct psp_slice name = plan->header.items[i];

		if (name.size == start.size + code.size
		    && begins_with(name, start)
		    && begins_with(psp_slice(name.bytes + start.size,
				       name.size - start.size),
			code))
			return i;
	}
	return SIZE_MAX;
}

/*
 * The column that says by which nomenclature the codes of `column` are ones:
 * that of the same name, and for another code of Sirene no other. PSP_ENOMEM;
 * PSP_EUSAGE when two are equally good.
 */
static bool
find_nomenclature(const struct psp_plan *plan, const struct psp_column *column,
    size_t *index, struct psp_error *err)
{
	const struct psp_slice name = psp_slice_of("naf_nomenclature");
	const struct psp_schema *schema = plan->rules.schema;
	struct psp_column found;
	char message[256] = "";

	*index = find_beside(plan, column->header);
	if (*index != SIZE_MAX
	    || begins_with(column->header, psp_slice_of("activitePrincipale")))
		return true;
	/* Most headers have none, and what would be said of that takes long. */
	switch (psp_schema_bind(schema, plan->header, name, &found, NULL, 0)) {
	case PSP_BOUND:
		*index = found.index;
		return true;
	case PSP_BIND_MISSING:
		return true;
	case PSP_BIND_TWICE:
		if (psp_schema_bind(schema, plan->header, name, &found, message,
			sizeof(message))
		    == PSP_BIND_FAILED)
			break;
		return psp_error_set(
		    err, PSP_EUSAGE, NULL, 0, 0, "%s", message);
	case PSP_BIND_FAILED:
		break;
	}
	return psp_error_memory(err);
}

/* A SIREN is read out of a SIRET; else the column knows best. */
static enum psp_type
choose_type(enum psp_type of_column, enum psp_type asked)
{
	if (of_column == PSP_TYPE_NONE)
		return asked == PSP_TYPE_NONE ? PSP_TYPE_TEXT : asked;
	if (of_column == PSP_TYPE_SIRET && asked == PSP_TYPE_SIREN)
		return asked;
	return of_column;
}

bool
psp_plan_put_column(struct psp_plan *plan, struct psp_slice name,
    const struct psp_column *column, enum psp_type type, size_t *number,
    struct psp_error *err)
{
	struct psp_field field = { 0 };
	struct psp_field_rules *rules =
	    psp_arena_alloc(&plan->arena, sizeof(*rules), err);
	const char *key =
	    column->criterion == NULL ? "" : column->criterion->key;

	if (rules == NULL)
		return false;
	*rules = column->rules;
	if (strcmp(key, "naf25") == 0)
		rules->version = PSP_NAF_2025;
	field.kind = PSP_FIELD_COLUMN;
	field.name = name;
	field.index = column->index;
	field.asked = type;
	field.format.type = choose_type(column->type, type);
	field.format.is_band = column->is_band;
	field.format.separator = column->rules.separator;
	field.rules = rules;
	field.is_created = strcmp(key, "created") == 0;
	field.nomenclature = SIZE_MAX;
	if (strcmp(key, "naf") == 0
	    && !find_nomenclature(plan, column, &field.nomenclature, err))
		return false;
	return fold_absent(plan, rules, &field, err)
	       && put_field(plan, &field, number, err);
}

static bool
add_operand(struct psp_plan *plan, const char *name, enum psp_type type,
    struct psp_place place, size_t *number, struct psp_problems *problems,
    struct psp_error *err)
{
	return psp_plan_add_field(
	    plan, psp_slice_of(name), type, place, number, problems, err);
}

static bool
put_derived(struct psp_plan *plan, struct psp_slice name,
    enum psp_derived derived, enum psp_type type, struct psp_place place,
    size_t *number, struct psp_problems *problems, struct psp_error *err)
{
	struct psp_field field = { 0 };
	const char *numerator =
	    derived == PSP_DERIVED_MARGIN ? "profit" : "export_turnover";
	bool is_bound = false;

	field.name = name;
	field.index = SIZE_MAX;
	field.asked = type;
	field.format.type = type;
	field.nomenclature = SIZE_MAX;
	switch (derived) {
	case PSP_DERIVED_AGE:
		field.kind = PSP_FIELD_AGE;
		is_bound = add_operand(plan, "created", PSP_TYPE_DATE, place,
		    &field.operands[0], problems, err);
		break;
	case PSP_DERIVED_SILENT:
		field.kind = PSP_FIELD_SILENT;
		is_bound = psp_plan_add_key(plan, place, problems, err);
		break;
	default:
		field.kind = PSP_FIELD_SHARE;
		is_bound = add_operand(plan, numerator, PSP_TYPE_MONEY, place,
		    &field.operands[0], problems, err);
		is_bound = add_operand(plan, "turnover", PSP_TYPE_MONEY, place,
			       &field.operands[1], problems, err)
		           && is_bound;
		break;
	}
	return is_bound && put_field(plan, &field, number, err);
}

static bool
put_virtual(struct psp_plan *plan, struct psp_slice name, size_t slot,
    size_t *number, struct psp_error *err)
{
	struct psp_field field = { 0 };

	field.kind = PSP_FIELD_VIRTUAL;
	field.name = name;
	field.index = slot;
	field.format.type = plan->rules.virtuals[slot].type;
	field.asked = field.format.type;
	field.nomenclature = SIZE_MAX;
	return put_field(plan, &field, number, err);
}

/* A name without a column: `message` says so. What is no column but a signal,
 * or a region to be asked of the department, is said to be that. */
static bool
refuse_name(const struct psp_plan *plan, struct psp_slice name,
    struct psp_place place, const char *message, struct psp_problems *problems)
{
	const struct psp_criterion *criterion =
	    psp_schema_criterion(plan->rules.schema, name);
	bool is_option = place.file != NULL && strcmp(place.file, "-e") == 0;
	const char *hint = "";
	size_t code;

	if (criterion == NULL && plan->rules.codes != NULL
	    && psp_signal_codes_find(plan->rules.codes, name, &code))
		return psp_place_problem(place, problems,
		    is_option ? "no column for '%.*s', which is a signal: "
				"write signal.%.*s"
			      : N_("no column for '%.*s', which is a signal: "
				   "write signal: {%.*s: ...}"),
		    PSP_SLICE_ARGS(name), PSP_SLICE_ARGS(name));
	if (criterion != NULL && strcmp(criterion->key, "region") == 0)
		hint = is_option ? _("; or ask for department region NAME")
		                 : _("; or write department: {region: NAME}");
	return psp_place_problem(place, problems, "%s%s", message, hint);
}

bool
psp_plan_add_field(struct psp_plan *plan, struct psp_slice name,
    enum psp_type type, struct psp_place place, size_t *number,
    struct psp_problems *problems, struct psp_error *err)
{
	enum psp_type derived_type;
	enum psp_derived derived = psp_derived_find(name, &derived_type);
	struct psp_column column;
	char message[400] = "";

	for (size_t i = 0; i < plan->rules.n_virtuals; i++)
		if (psp_slice_equal(plan->rules.virtuals[i].name, name))
			return put_virtual(plan, name, i, number, err);
	for (size_t i = 0; i < plan->n_fields; i++)
		if (plan->fields[i].asked == type
		    && psp_slice_equal(plan->fields[i].name, name)) {
			*number = i;
			return true;
		}
	switch (psp_schema_bind(plan->rules.schema, plan->header, name, &column,
	    message, sizeof(message))) {
	case PSP_BOUND:
		return psp_plan_put_column(
		    plan, name, &column, type, number, err);
	case PSP_BIND_FAILED:
		return psp_error_memory(err);
	case PSP_BIND_MISSING:
		if (derived != PSP_DERIVED_NONE)
			return put_derived(plan, name, derived, derived_type,
			    place, number, problems, err);
		return refuse_name(plan, name, place, message, problems);
	case PSP_BIND_TWICE:
		break;
	}
	return psp_place_problem(place, problems, "%s", message);
}

bool
psp_plan_add_key(struct psp_plan *plan, struct psp_place place,
    struct psp_problems *problems, struct psp_error *err)
{
	char message[400] = "";

	plan->uses_signals = true;
	if (plan->has_key)
		return true;
	switch (psp_schema_bind(plan->rules.schema, plan->header,
	    psp_slice_of(plan->key), &plan->key_column, message,
	    sizeof(message))) {
	case PSP_BOUND:
		plan->has_key = true;
		return true;
	case PSP_BIND_FAILED:
		return psp_error_memory(err);
	default:
		return psp_place_problem(place, problems,
		    "signals are joined by '%s': %s", plan->key, message);
	}
}
