/* Values that are not likely to be meant; see the header. */
#include <config.h>

#include "libprospect/targeting/doubtful.h"

#include "libprospect/base/text.h"
#include "libprospect/targeting/operators.h"
#include "libprospect/values/words.h"

/*
 * Whether an amount is like 1.500 or 12.000 €: one and a half, or fifteen
 * hundred? No amount has three decimals, but one with a multiplier may.
 */
static bool
is_doubtful_amount(struct psp_slice text)
{
	size_t n = 0;

	if (text.size > 0 && text.bytes[0] == '-')
		text = psp_slice(text.bytes + 1, text.size - 1);
	while (n < text.size && text.bytes[n] >= '0' && text.bytes[n] <= '9')
		n++;
	if (n == 0 || n > 3 || text.bytes[0] == '0' || text.size < n + 4
	    || (text.bytes[n] != '.' && text.bytes[n] != ',')
	    || !psp_all_digits(psp_slice(text.bytes + n + 1, 3)))
		return false;
	for (size_t i = n + 4; i < text.size; i++)
		if (strchr("0123456789.,'kKmM", text.bytes[i]) != NULL)
			return false;
	return true;
}

/* Whether a member of a set holds what parts members. */
static bool
has_members(struct psp_slice text, char separator)
{
	struct psp_slice member;
	size_t at = 0;

	return psp_set_next(text, separator, &at, &member)
	       && psp_set_next(text, separator, &at, &member);
}

/* The operator whose symbol a text begins with, the longest; or NULL. */
static const struct psp_operator *
leading_operator(struct psp_slice text)
{
	const struct psp_operator *op = NULL;

	if (text.size == 0 || strchr("<>=", text.bytes[0]) == NULL)
		return NULL;
	if (text.size > 1)
		op = psp_operator_symbol(psp_slice(text.bytes, 2));
	if (op == NULL)
		op = psp_operator_symbol(psp_slice(text.bytes, 1));
	return op;
}

static bool
check_number(const struct psp_constant *c, enum psp_type type,
    struct psp_slice text, struct psp_problems *problems)
{
	const struct psp_operator *op = leading_operator(text);

	if (op != NULL)
		return psp_place_problem(c->place, problems,
		    "'%.*s': the operator is a key here, as in {%s: 20}",
		    PSP_SLICE_ARGS(text), op->name);
	if (type == PSP_TYPE_MONEY && is_doubtful_amount(text))
		return psp_place_problem(c->place, problems,
		    "'%.*s' may be with decimals or with thousands: write 1500 "
		    "or 1.5",
		    PSP_SLICE_ARGS(text));
	if (type == PSP_TYPE_HEADCOUNT && text.size == 2 && text.bytes[0] == '0'
	    && psp_all_digits(text))
		return psp_place_problem(c->place, problems,
		    "'%.*s' is a band code of INSEE: write the number, or "
		    "the band as 3-5",
		    PSP_SLICE_ARGS(text));
	return true;
}

/* A cell may carry a withdrawn code; in a condition it would take the whole
 * family. */
static bool
check_legal_form(const struct psp_constant *c, struct psp_slice text,
    struct psp_problems *problems)
{
	struct psp_legal_form form;

	if (!psp_all_digits(text) || text.size != 4
	    || !psp_legal_form_read(text, &form)
	    || strlen(form.prefixes[0]) == 4 || form.is_sole_partner)
		return true;
	return psp_place_problem(c->place, problems,
	    "'%.*s' is not in the list of legal forms of INSEE: give a code of "
	    "that "
	    "list, or '%s' for all that begin so",
	    PSP_SLICE_ARGS(text), form.prefixes[0]);
}

bool
psp_constant_is_clear(const struct psp_constant *constant,
    const struct psp_constant_rules *rules, struct psp_problems *problems)
{
	struct psp_slice text = psp_text_trim(constant->text);
	char separator =
	    (char)(rules->field == NULL ? '\0' : rules->field->separator);

	switch (psp_type_family(rules->type)) {
	case PSP_FAMILY_NUMBER:
	case PSP_FAMILY_HEADCOUNT:
	case PSP_FAMILY_DATE:
		return check_number(constant, rules->type, text, problems);
	case PSP_FAMILY_LEGAL_FORM:
		return rules->op->core == PSP_CORE_STARTS
		       || check_legal_form(constant, text, problems);
	case PSP_FAMILY_SET:
		return !has_members(text, separator)
		       || psp_place_problem(constant->place, problems,
			   "'%.*s' is more than one value: write a list, as in "
			   "[b2b, b2c]",
			   PSP_SLICE_ARGS(text));
	default:
		return true;
	}
}
