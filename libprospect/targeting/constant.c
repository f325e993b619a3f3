/* Reading the constants of conditions; see the header. */
#include <config.h>

#include "libprospect/targeting/constant.h"

#include <stdio.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/targeting/doubtful.h"
#include "libprospect/targeting/naf_constant.h"
#include "libprospect/targeting/pattern.h"
#include "libprospect/values/date.h"
#include "libprospect/values/period.h"
#include "libprospect/values/words.h"

/* A constant being read. */
struct reading {
	struct psp_constant *constant;
	const struct psp_constant_rules *rules;
	struct psp_problems *problems;
	struct psp_error *err;
};

bool
psp_place_problem(struct psp_place place, struct psp_problems *problems,
    const char *format, ...)
{
	char message[400];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(message, sizeof(message), _(format), arguments);
	va_end(arguments);
	return psp_problems_add(problems, PSP_ESETTINGS, place.file, place.line,
	    place.column, "%s", message);
}

/* What a type expects, with an example. */
static const char *
expected(enum psp_type type)
{
	switch (type) {
	case PSP_TYPE_NUMBER:
		return _("a number such as 20 or 12.5");
	case PSP_TYPE_MONEY:
		return _("an amount such as 850 K€ or 2 M€");
	case PSP_TYPE_PERCENT:
		return _("a percentage such as 12.5 %");
	case PSP_TYPE_DATE:
		return _("a date such as 2024-01-31, 2024-01 or this_month");
	case PSP_TYPE_DURATION:
		return _("a duration such as 90 days or 3 years");
	case PSP_TYPE_BOOL:
		return _("true or false");
	case PSP_TYPE_DEPARTMENT:
	case PSP_TYPE_POSTCODE:
	case PSP_TYPE_COMMUNE:
		return _(
		    "a department or region such as 69, 2A or ile_de_france");
	case PSP_TYPE_NAF:
		return _("a NAF code, prefix or range such as 62.01Z, 62 or "
			 "10..33");
	case PSP_TYPE_LEGAL_FORM:
		return _("a legal form such as 5710, 57 or SARL");
	case PSP_TYPE_HEADCOUNT:
		return _("a headcount such as 20, 20-49 or NN");
	case PSP_TYPE_SITE_TYPE:
		return _("siege, principal, secondaire or ancien siege");
	case PSP_TYPE_SIREN:
		return _("a SIREN of nine digits");
	case PSP_TYPE_SIRET:
		return _("a SIRET of fourteen digits");
	case PSP_TYPE_PHONE:
		return _("a phone number such as 01 99 00 12 34");
	case PSP_TYPE_EMAIL:
		return _("an e-mail address");
	case PSP_TYPE_DOMAIN:
		return _("a domain such as example.org");
	default:
		return _("a text");
	}
}

/* Whether a value that should have been read is the name of a column. */
static bool
names_column(const struct psp_constant *constant, enum psp_type type)
{
	switch (psp_type_family(type)) {
	case PSP_FAMILY_NUMBER:
	case PSP_FAMILY_DATE:
	case PSP_FAMILY_HEADCOUNT:
		return psp_criterion_find(constant->text) != NULL;
	default:
		return false;
	}
}

bool
psp_constant_refuse(const struct psp_constant *constant, enum psp_type type,
    struct psp_problems *problems)
{
	struct psp_slice text = constant->text;

	if (type == PSP_TYPE_NUMBER && text.size > 0
	    && memchr(text.bytes, ',', text.size) != NULL)
		return psp_place_problem(constant->place, problems,
		    "'%.*s' is not understood: write decimals with a point, "
		    "as 1.5, and thousands without a mark",
		    PSP_SLICE_ARGS(text));
	return psp_place_problem(constant->place, problems,
	    "'%.*s' is not understood: expected %s%s", PSP_SLICE_ARGS(text),
	    expected(type),
	    names_column(constant, type)
		? _("; the column of that name is {column: NAME}, [NAME] in -e")
		: "");
}

static bool
refuse(struct reading *r, enum psp_type type)
{
	return psp_constant_refuse(r->constant, type, r->problems);
}

/* Keeps `text` folded in the arena as the constant's normal form. */
static bool
keep_normal(struct reading *r, struct psp_slice text, bool fold)
{
	struct psp_buffer buffer;
	char *copy = NULL;

	psp_buffer_init(&buffer);
	if (!fold || psp_text_fold(&buffer, text, r->err)) {
		if (fold)
			text = psp_buffer_content(&buffer);
		copy = psp_arena_copy(r->rules->arena, text, r->err);
	}
	r->constant->normal = psp_slice(copy, copy == NULL ? 0 : text.size);
	psp_buffer_clear(&buffer);
	return copy != NULL;
}

/* Turns the value first..last into what fits the operator. */
static void
shape(struct psp_constant *c, enum psp_core core)
{
	int64_t first = c->first, last = c->last;

	switch (core) {
	case PSP_CORE_LT:
		c->first = first == INT64_MIN ? INT64_MAX : INT64_MIN;
		c->last = first == INT64_MIN ? INT64_MIN : first - 1;
		break;
	case PSP_CORE_LE:
		c->first = INT64_MIN;
		break;
	case PSP_CORE_GT:
		c->first = last == INT64_MAX ? INT64_MAX : last + 1;
		c->last = last == INT64_MAX ? INT64_MIN : INT64_MAX;
		break;
	case PSP_CORE_GE:
		c->last = INT64_MAX;
		break;
	default:
		break;
	}
}

bool
psp_constant_duration(struct psp_slice text, const struct psp_node *horizons,
    struct psp_duration *duration)
{
	const struct psp_node *child;

	if (horizons != NULL && horizons->kind == PSP_NODE_MAP)
		for (child = horizons->first; child != NULL;
		     child = child->next)
			if (psp_slice_equal(child->key, text)
			    && child->kind == PSP_NODE_SCALAR) {
				text = child->text;
				break;
			}
	return psp_duration_read(text, duration);
}

/* `within`, `older_than` and `next` count from today. */
static bool
read_distance(struct reading *r)
{
	struct psp_constant *c = r->constant;
	int32_t today = r->rules->today;
	struct psp_duration d;
	enum psp_core core = r->rules->op->core;

	if (!psp_constant_duration(c->text, r->rules->horizons, &d))
		return refuse(r, PSP_TYPE_DURATION);
	if (core == PSP_CORE_NEXT) {
		c->first = today;
		c->last = psp_days_add_duration(today, &d, 1);
	} else if (core == PSP_CORE_WITHIN) {
		c->first = psp_days_add_duration(today, &d, -1);
		c->last = today;
	} else {
		c->first = INT64_MIN;
		c->last = psp_days_add_duration(today, &d, -1) - 1;
	}
	return true;
}

static bool
read_date(struct reading *r)
{
	struct psp_constant *c = r->constant;
	const struct psp_operator *period;
	struct psp_days days;
	int32_t first, last;

	switch (psp_date_read(c->text, &days, NULL)) {
	case PSP_DATE_READ:
		break;
	case PSP_DATE_IMPOSSIBLE:
		return psp_place_problem(c->place, r->problems,
		    "'%.*s': there is no such day; dates are 2020-12-31 or "
		    "31/12/2020",
		    PSP_SLICE_ARGS(c->text));
	case PSP_DATE_BOUNDS:
		return psp_place_problem(c->place, r->problems,
		    "'%.*s' is out of bounds: dates go from 1800 to 2100",
		    PSP_SLICE_ARGS(c->text));
	case PSP_DATE_SHAPE:
		period = psp_operator_find(c->text);
		if (period != NULL && period->core == PSP_CORE_PERIOD) {
			psp_operator_period(
			    period, r->rules->today, &first, &last);
			days.first = first;
			days.last = last;
		} else if (!psp_period_read(c->text, r->rules->today, &days)) {
			return refuse(r, PSP_TYPE_DATE);
		}
		break;
	}
	c->first = days.first;
	c->last = days.last;
	return true;
}

static bool
read_department(struct reading *r)
{
	struct psp_constant *c = r->constant;
	bool is_region = strcmp(r->rules->op->name, "region") == 0;

	if ((!is_region && psp_department_read(c->text, &c->departments))
	    || psp_region_read(c->text, &c->departments))
		return true;
	if (is_region)
		return psp_place_problem(c->place, r->problems,
		    "'%.*s' is no region: expected its name or code, such as "
		    "ile_de_france or 11",
		    PSP_SLICE_ARGS(c->text));
	return refuse(r, PSP_TYPE_DEPARTMENT);
}

bool
psp_all_digits(struct psp_slice text)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.bytes[i] < '0' || text.bytes[i] > '9')
			return false;
	return text.size > 0;
}

static bool
read_legal_form(struct reading *r)
{
	struct psp_constant *c = r->constant;
	struct psp_slice text = psp_text_trim(c->text);

	if (r->rules->op->core == PSP_CORE_STARTS && psp_all_digits(text)
	    && text.size <= 4) {
		memset(&c->form, 0, sizeof(c->form));
		memcpy(c->form.prefixes[0], text.bytes, text.size);
		c->form.n_prefixes = 1;
		return true;
	}
	return psp_legal_form_read(text, &c->form)
	       || refuse(r, PSP_TYPE_LEGAL_FORM);
}

static bool
is_no(struct psp_slice text)
{
	return text.size == 2 && (text.bytes[0] | 0x20) == 'n'
	       && (text.bytes[1] | 0x20) == 'o';
}

/* Types whose cells are numbers or words. */
static bool
read_mixed(struct reading *r)
{
	struct psp_constant *c = r->constant;
	const struct psp_operator *op = r->rules->op;
	bool is_list = op->arity == PSP_ARITY_MANY, is_norway, flag;
	enum psp_type type = r->rules->type;

	if (type != PSP_TYPE_LISTED && op->core != PSP_CORE_ALL_OF
	    && op->core != PSP_CORE_CONTAINS
	    && psp_number_read(c->text, PSP_STYLE_POINT, &c->first)) {
		c->last = c->first;
		shape(c, op->core);
		return true;
	}
	if (op->core != PSP_CORE_EQ && op->core != PSP_CORE_CONTAINS
	    && op->core != PSP_CORE_ALL_OF)
		return refuse(r, PSP_TYPE_NUMBER);
	/* In a list or in quotes `no` is Norway; quotes change no other. */
	is_norway = type != PSP_TYPE_LISTED && (is_list || c->is_quoted)
	            && is_no(psp_text_trim(c->text));
	if (op->core != PSP_CORE_ALL_OF && !is_norway
	    && psp_bool_read(c->text, &flag)) {
		c->first = flag ? 1 : 0;
		c->last = flag ? INT64_MAX : 0;
		return true;
	}
	c->is_word = true;
	return keep_normal(r, psp_text_trim(c->text), true);
}

/* A pattern that will not do is said when it is read, not when it is bound. */
static bool
check_pattern(struct reading *r)
{
	struct psp_pattern *pattern;
	struct psp_error err;
	char message[256];
	size_t at;

	psp_error_init(&err);
	pattern = psp_pattern_new(
	    r->constant->text, message, sizeof(message), &at, &err);
	psp_pattern_free(pattern);
	if (pattern != NULL)
		return true;
	if (err.status == PSP_ENOMEM)
		return psp_error_memory(r->err);
	return psp_place_problem(
	    r->constant->place, r->problems, "%s", message);
}

/* Parts of an identifier: without what its normal form does not have. */
static bool
read_part_of_text(struct reading *r)
{
	char text[64];
	struct psp_slice from = psp_text_trim(r->constant->text);
	enum psp_type type = r->rules->type;
	size_t n = 0;

	if (r->rules->op->core == PSP_CORE_MATCHES && !check_pattern(r))
		return false;
	if (type == PSP_TYPE_TEXT || type == PSP_TYPE_NONE
	    || r->rules->op->core == PSP_CORE_MATCHES
	    || from.size > sizeof(text) - 4)
		return keep_normal(r, r->constant->text,
		    r->rules->op->core != PSP_CORE_MATCHES);
	if (type == PSP_TYPE_EMAIL || type == PSP_TYPE_DOMAIN)
		return keep_normal(r, from, true);
	if (type == PSP_TYPE_PHONE && from.size > 0 && from.bytes[0] == '0'
	    && r->rules->op->core == PSP_CORE_STARTS) {
		memcpy(text, "+33", 3);
		n = 3;
		from = psp_slice(from.bytes + 1, from.size - 1);
	}
	for (size_t i = 0; i < from.size; i++) {
		char c = from.bytes[i];

		if (c == ' ' || (type != PSP_TYPE_CODE && c == '.'))
			continue;
		text[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return keep_normal(r, psp_slice(text, n), false);
}

/* All other types: as a cell of that type, decimals with a point. */
static bool
read_as_cell(struct reading *r)
{
	struct psp_cell_format format = { 0 };
	struct psp_constant *c = r->constant;
	struct psp_value value = { 0 };
	struct psp_buffer text;
	bool is_kept = true;

	if (r->rules->type == PSP_TYPE_NUMBER && c->text.size > 0
	    && memchr(c->text.bytes, ',', c->text.size) != NULL)
		return refuse(r, PSP_TYPE_NUMBER);
	format.type = r->rules->type;
	format.style = PSP_STYLE_POINT;
	psp_buffer_init(&text);
	if (!psp_cell_read(c->text, &format, &value, &text, r->err)) {
		psp_buffer_clear(&text);
		return false;
	}
	c->first = value.first;
	c->last = value.last;
	c->is_not_employer = value.is_not_employer;
	if (psp_type_family(format.type) == PSP_FAMILY_TEXT)
		is_kept = keep_normal(r, psp_buffer_content(&text), false);
	else if (psp_type_family(format.type) == PSP_FAMILY_SET)
		is_kept = keep_normal(r, psp_text_trim(c->text), true);
	psp_buffer_clear(&text);
	if (value.state != PSP_VALUE_READ)
		return refuse(r, format.type);
	return is_kept;
}

/* A constant out of the scale of its field is a slip. */
static bool
check_scale(struct reading *r, int64_t value)
{
	const struct psp_field_rules *field = r->rules->field;
	char low[32], high[32];

	if (field == NULL || !field->has_scale
	    || r->rules->type != PSP_TYPE_NUMBER
	    || (value >= field->scale_low && value <= field->scale_high))
		return true;
	(void)psp_decimal_format(field->scale_low, PSP_NUMBER_SCALE, low);
	(void)psp_decimal_format(field->scale_high, PSP_NUMBER_SCALE, high);
	return psp_place_problem(r->constant->place, r->problems,
	    "'%.*s' is outside the scale of this field, %.31s to %.31s",
	    PSP_SLICE_ARGS(r->constant->text), low, high);
}

static bool
read_ordered(struct reading *r)
{
	struct psp_constant *c = r->constant;
	bool is_read;

	if (r->rules->type == PSP_TYPE_DATE)
		is_read = read_date(r);
	else
		is_read = read_as_cell(r) && check_scale(r, c->first);
	if (is_read)
		shape(c, r->rules->op->core);
	return is_read;
}

bool
psp_constant_read(struct psp_constant *constant,
    const struct psp_constant_rules *rules, struct psp_problems *problems,
    struct psp_error *err)
{
	struct reading reading = { constant, rules, problems, err };

	if (!psp_constant_is_clear(constant, rules, problems))
		return false;
	switch (rules->op->core) {
	case PSP_CORE_WITHIN:
	case PSP_CORE_OLDER:
	case PSP_CORE_NEXT:
		return read_distance(&reading);
	default:
		break;
	}
	switch (psp_type_family(rules->type)) {
	case PSP_FAMILY_DEPARTMENT:
		return read_department(&reading);
	case PSP_FAMILY_NAF:
		return psp_naf_constant_read(constant, rules, problems);
	case PSP_FAMILY_LEGAL_FORM:
		return read_legal_form(&reading);
	case PSP_FAMILY_LISTED:
	case PSP_FAMILY_INTERNATIONAL:
	case PSP_FAMILY_DIGITAL:
		return read_mixed(&reading);
	case PSP_FAMILY_TEXT:
		if (rules->op->core == PSP_CORE_EQ)
			return read_as_cell(&reading);
		return read_part_of_text(&reading);
	case PSP_FAMILY_SET:
		return read_as_cell(&reading);
	default:
		return read_ordered(&reading);
	}
}

bool
psp_constant_join(struct psp_constant *low, const struct psp_constant *high,
    enum psp_type type, struct psp_problems *problems)
{
	bool is_empty;

	if (type == PSP_TYPE_NAF) {
		if (low->version == PSP_NAF_ANY)
			low->version = high->version;
		is_empty = memcmp(low->low, high->high, 5) > 0;
		memcpy(low->high, high->high, sizeof(low->high));
	} else {
		is_empty = low->first > high->last;
		low->last = high->last;
	}
	if (!is_empty)
		return true;
	return psp_place_problem(low->place, problems,
	    "nothing lies between '%.*s' and '%.*s': the lower bound comes "
	    "first",
	    PSP_SLICE_ARGS(low->text), PSP_SLICE_ARGS(high->text));
}

/* What one constant looks like. */
static enum psp_type
guess_one(const struct psp_constant *constant)
{
	static const char *const words[] = { "true", "false", "oui", "non",
		"yes", "no", "vrai", "faux" };
	struct psp_slice text = constant->text;
	struct psp_duration duration;
	struct psp_days days;
	int64_t number;

	if (constant->is_quoted)
		return PSP_TYPE_TEXT;
	if (psp_number_read(text, PSP_STYLE_POINT, &number))
		return text.size > 1 && psp_all_digits(text)
		               && text.bytes[0] == '0'
		           ? PSP_TYPE_CODE
		           : PSP_TYPE_NUMBER;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (psp_slice_is(text, words[i]))
			return PSP_TYPE_BOOL;
	if (psp_percent_read(text, PSP_STYLE_POINT, &number))
		return PSP_TYPE_PERCENT;
	if (psp_money_read(text, PSP_STYLE_POINT, &number))
		return PSP_TYPE_MONEY;
	if (psp_date_read(text, &days, NULL) == PSP_DATE_READ)
		return PSP_TYPE_DATE;
	if (psp_duration_read(text, &duration))
		return PSP_TYPE_DURATION;
	return PSP_TYPE_TEXT;
}

enum psp_type
psp_constant_guess(const struct psp_constant *constants, size_t n,
    const struct psp_operator *op)
{
	enum psp_type type = PSP_TYPE_NONE, one;

	if (op->type != PSP_TYPE_NONE)
		return op->type;
	for (size_t i = 0; i < n; i++) {
		one = guess_one(&constants[i]);
		if (type != PSP_TYPE_NONE && one != type)
			return PSP_TYPE_TEXT;
		type = one;
	}
	return type;
}
