/* The tree of conditions and the types of its tests; see the header. */
#include <config.h>

#include "libprospect/targeting/condition.h"

#include <stdio.h>

#include "libprospect/base/catalog.h"

struct psp_condition *
psp_condition_new(const struct psp_condition_rules *rules,
    enum psp_condition_kind kind, struct psp_place place, struct psp_error *err)
{
	struct psp_condition *condition =
	    psp_arena_alloc(rules->arena, sizeof(*condition), err);

	if (condition == NULL)
		return NULL;
	condition->kind = kind;
	condition->place = place;
	condition->name_place = place;
	condition->missing = rules->missing;
	return condition;
}

void
psp_condition_append(struct psp_condition *parent, struct psp_condition *child)
{
	if (parent->last == NULL)
		parent->first = child;
	else
		parent->last->next = child;
	parent->last = child;
	parent->n_children++;
}

enum psp_derived
psp_derived_find(struct psp_slice name, enum psp_type *type)
{
	static const struct {
		const char *name;
		enum psp_derived derived;
		enum psp_type type;
	} all[] = {
		{ "age", PSP_DERIVED_AGE, PSP_TYPE_NUMBER },
		{ "export_share", PSP_DERIVED_EXPORT_SHARE, PSP_TYPE_PERCENT },
		{ "margin", PSP_DERIVED_MARGIN, PSP_TYPE_PERCENT },
		{ "silent", PSP_DERIVED_SILENT, PSP_TYPE_BOOL },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (psp_slice_is(name, all[i].name)) {
			*type = all[i].type;
			return all[i].derived;
		}
	return PSP_DERIVED_NONE;
}

static const struct psp_field_rules *
find_rules(const struct psp_condition_rules *rules, struct psp_slice name)
{
	return rules->schema == NULL ? NULL
	                             : psp_schema_rules(rules->schema, name);
}

/* The type of a name as far as it is known before any header. */
static enum psp_type
find_type(const struct psp_condition_rules *rules, struct psp_slice name)
{
	const struct psp_field_rules *field = find_rules(rules, name);
	const struct psp_criterion *criterion;
	enum psp_type type = PSP_TYPE_NONE;

	for (size_t i = 0; i < rules->n_virtuals; i++)
		if (psp_slice_equal(rules->virtuals[i].name, name))
			return rules->virtuals[i].type;
	if (field != NULL && field->type != PSP_TYPE_NONE)
		return field->type;
	criterion = psp_schema_criterion(rules->schema, name);
	if (criterion != NULL && criterion->type != PSP_TYPE_NONE)
		return criterion->type;
	(void)psp_derived_find(name, &type);
	return type;
}

static bool
takes(const struct psp_operator *op, enum psp_type type)
{
	return (op->families & (1U << psp_type_family(type))) != 0;
}

/* "'lt' does not apply to 'naf', a NAF code: use eq, ne, in" */
static bool
refuse_operator(
    const struct psp_condition *field, struct psp_problems *problems)
{
	const struct psp_operator *op;
	char names[240];
	size_t n = 0;

	for (op = psp_operators(); op->name != NULL; op++) {
		if (!takes(op, field->type) || op->core == PSP_CORE_PERIOD
		    || n + strlen(op->name) + 3 > sizeof(names))
			continue;
		n += (size_t)snprintf(names + n, sizeof(names) - n, "%s%s",
		    n > 0 ? ", " : "", op->name);
	}
	return psp_place_problem(field->place, problems,
	    "'%s' does not apply to '%.*s', %s: use %s", field->op->name,
	    PSP_SLICE_ARGS(field->name),
	    psp_family_name(psp_type_family(field->type)), names);
}

/* Whether there are as many values as the operator takes. */
static bool
check_arity(const struct psp_condition *field, struct psp_problems *problems)
{
	const char *wanted = NULL;
	size_t n = field->n_constants + (field->other.size > 0 ? 1 : 0);

	switch (field->op->arity) {
	case PSP_ARITY_NONE:
		return true;
	case PSP_ARITY_ONE:
		if (n != 1)
			wanted = field->op->core == PSP_CORE_EQ
			             ? _("one value (for several, use in)")
			             : _("one value");
		break;
	case PSP_ARITY_TWO:
		if (n != 2)
			wanted = n < 2 ? _("two values, such as [20, 249]")
			               : _("two values, such as [20, 249], "
					   "with a point in decimals");
		break;
	case PSP_ARITY_MANY:
		if (n == 0)
			wanted = _("at least one value");
		break;
	}
	if (wanted == NULL)
		return true;
	return psp_place_problem(field->place, problems,
	    "'%s' of '%.*s' takes %s, %zu found", field->op->name,
	    PSP_SLICE_ARGS(field->name), wanted, n);
}

/* A bound left open: `between: [20, null]`. */
static bool
is_open(const struct psp_constant *constant)
{
	return !constant->is_quoted
	       && (psp_slice_is(constant->text, "null")
		   || psp_slice_is(constant->text, "~"));
}

static bool
read_bounds(struct psp_condition *field, struct psp_constant_rules *rules,
    struct psp_problems *problems, struct psp_error *err)
{
	struct psp_constant *c = field->constants;
	enum psp_family family = psp_type_family(rules->type);
	bool is_read = true;

	if (family == PSP_FAMILY_LEGAL_FORM)
		return psp_place_problem(field->place, problems,
		    "legal forms have no order: list their codes or prefixes "
		    "with 'in'");
	for (size_t i = 0; i < 2; i++) {
		if (is_open(&c[i]) && family != PSP_FAMILY_NAF) {
			c[i].first = i == 0 ? INT64_MIN : INT64_MAX;
			c[i].last = c[i].first;
		} else if (!psp_constant_read(&c[i], rules, problems, err)) {
			is_read = false;
		}
	}
	return is_read && psp_constant_join(c, c + 1, rules->type, problems);
}

/* Numbers and words are not mixed in one list. */
static bool
check_kinds(const struct psp_condition *field, struct psp_problems *problems)
{
	for (size_t i = 1; i < field->n_constants; i++)
		if (field->constants[i].is_word != field->constants[0].is_word)
			return psp_place_problem(field->constants[i].place,
			    problems,
			    "'%.*s': a list holds either numbers or words",
			    PSP_SLICE_ARGS(field->constants[i].text));
	return true;
}

bool
psp_condition_retype(const struct psp_condition_rules *rules,
    struct psp_condition *field, enum psp_type type,
    struct psp_problems *problems, struct psp_error *err)
{
	struct psp_constant_rules how = { type, field->op,
		find_rules(rules, field->name), rules->horizons, rules->today,
		rules->arena };
	bool is_read = true;
	int32_t first, last;

	field->type = type;
	if (field->op->core == PSP_CORE_EMPTY)
		return true;
	if (!takes(field->op, type))
		return refuse_operator(field, problems);
	if (field->other.size > 0)
		return true;
	if (field->op->core == PSP_CORE_PERIOD) {
		psp_operator_period(field->op, rules->today, &first, &last);
		field->constants[0].first = first;
		field->constants[0].last = last;
		return true;
	}
	if (field->op->core == PSP_CORE_BETWEEN)
		return read_bounds(field, &how, problems, err);
	for (size_t i = 0; i < field->n_constants; i++)
		if (!psp_constant_read(
			&field->constants[i], &how, problems, err))
			is_read = false;
	return is_read && check_kinds(field, problems);
}

/* `count` asks the number of members of what must be a set. */
static bool
check_count(enum psp_type type, const struct psp_condition *field,
    struct psp_problems *problems)
{
	switch (psp_type_family(type)) {
	case PSP_FAMILY_SET:
	case PSP_FAMILY_INTERNATIONAL:
	case PSP_FAMILY_DIGITAL:
		return true;
	default:
		break;
	}
	if (type == PSP_TYPE_NONE)
		return true;
	return psp_place_problem(field->place, problems,
	    "'count' is for sets, and '%.*s' is %s: compare its value",
	    PSP_SLICE_ARGS(field->name),
	    psp_family_name(psp_type_family(type)));
}

bool
psp_condition_settle(const struct psp_condition_rules *rules,
    struct psp_condition *field, struct psp_problems *problems,
    struct psp_error *err)
{
	enum psp_type known = find_type(rules, field->name), type = known;
	bool has_order = !takes(field->op, PSP_TYPE_TEXT);

	if (!check_arity(field, problems))
		return false;
	if (field->op->core == PSP_CORE_PERIOD) {
		field->constants = psp_arena_alloc(
		    rules->arena, sizeof(*field->constants), err);
		if (field->constants == NULL)
			return false;
		field->n_constants = 1;
	}
	if (field->of_count) {
		if (!check_count(known, field, problems))
			return false;
		type = PSP_TYPE_NUMBER;
	}
	if (type == PSP_TYPE_NONE && field->other.size > 0)
		type = find_type(rules, field->other);
	if (type == PSP_TYPE_NONE)
		type = psp_constant_guess(
		    field->constants, field->n_constants, field->op);
	if (type == PSP_TYPE_NONE && field->op->core != PSP_CORE_EMPTY)
		type = has_order ? PSP_TYPE_NUMBER : PSP_TYPE_TEXT;
	if (type == PSP_TYPE_TEXT && known == PSP_TYPE_NONE && has_order
	    && field->n_constants > 0)
		return psp_place_problem(field->constants[0].place, problems,
		    "'%.*s' has no order: '%s' expects a number, an amount or "
		    "a date, such as 20, 2 M€ or 2024-01-31",
		    PSP_SLICE_ARGS(field->constants[0].text), field->op->name);
	return psp_condition_retype(rules, field, type, problems, err);
}

static bool
describe_children(const struct psp_condition *condition, const char *between,
    struct psp_buffer *out, struct psp_error *err)
{
	const struct psp_condition *child;

	for (child = condition->first; child != NULL; child = child->next) {
		if (child != condition->first
		    && !psp_buffer_slice(out, psp_slice_of(between), err))
			return false;
		if (!psp_condition_describe(child, out, err))
			return false;
	}
	return true;
}

bool
psp_condition_describe(const struct psp_condition *condition,
    struct psp_buffer *out, struct psp_error *err)
{
	if (condition->label.size > 0)
		return psp_buffer_slice(out, condition->label, err);
	switch (condition->kind) {
	case PSP_CONDITION_ALL:
		return describe_children(condition, " and ", out, err);
	case PSP_CONDITION_ANY:
		return psp_buffer_format(out, err, "(")
		       && describe_children(condition, " or ", out, err)
		       && psp_buffer_put(out, ')', err);
	case PSP_CONDITION_NOT:
		return psp_buffer_format(out, err, "not (")
		       && describe_children(condition, " and ", out, err)
		       && psp_buffer_put(out, ')', err);
	case PSP_CONDITION_AT_LEAST:
		return psp_buffer_format(
			   out, err, "at least %zu of (", condition->n_needed)
		       && describe_children(condition, ", ", out, err)
		       && psp_buffer_put(out, ')', err);
	case PSP_CONDITION_SIGNAL:
		return psp_buffer_format(out, err, "%ssignal ",
			   condition->is_negated ? "no " : "")
		       && psp_buffer_slice(out, condition->name, err);
	case PSP_CONDITION_KEYWORDS:
		return psp_buffer_format(
		    out, err, "%skeywords", condition->is_negated ? "no " : "");
	case PSP_CONDITION_FIELD:
		break;
	}
	return psp_buffer_slice(out, condition->name, err);
}

bool
psp_condition_uses_signals(const struct psp_condition *condition)
{
	const struct psp_condition *child;
	enum psp_type type;

	if (condition->kind == PSP_CONDITION_SIGNAL)
		return true;
	if (condition->kind == PSP_CONDITION_FIELD)
		return psp_derived_find(condition->name, &type)
		       == PSP_DERIVED_SILENT;
	for (size_t i = 0; i < condition->keywords.n_in; i++)
		if (condition->keywords.in[i].text.size > 7
		    && memcmp(
			   condition->keywords.in[i].text.bytes, "signal.", 7)
			   == 0)
			return true;
	for (child = condition->first; child != NULL; child = child->next)
		if (psp_condition_uses_signals(child))
			return true;
	return false;
}
