/*
 * The table of operators. To add one is to add a row; only a new core needs
 * code elsewhere (constant.c, plan.c, evaluation.c).
 */
#include <config.h>

#include "libprospect/targeting/operators.h"

#include "libprospect/base/calendar.h"
#include "libprospect/base/catalog.h"

#define BIT(family) (1U << PSP_FAMILY_##family)

enum {
	ORDERED = BIT(NUMBER) | BIT(DATE) | BIT(HEADCOUNT) | BIT(INTERNATIONAL)
	          | BIT(DIGITAL),
	CODES = BIT(NAF) | BIT(LEGAL_FORM),
	SETS = BIT(SET) | BIT(INTERNATIONAL) | BIT(DIGITAL),
	ALL = (1U << PSP_N_FAMILIES) - 1U
};

#define ROW(name, symbol, core, negated, arity, families, type)                \
	{                                                                      \
		name, symbol, PSP_CORE_##core, negated, PSP_ARITY_##arity,     \
		    families, PSP_TYPE_##type, 0, 0                            \
	}
#define PERIOD(name, unit, shift)                                              \
	{                                                                      \
		name, NULL, PSP_CORE_PERIOD, false, PSP_ARITY_NONE, BIT(DATE), \
		    PSP_TYPE_DATE, unit, shift                                 \
	}

enum { DAY = 0, WEEK = -1, MONTH = 1, QUARTER = 3, YEAR = 12 };

static const struct psp_operator operators[] = {
	ROW("eq", "=", EQ, false, ONE, ALL, NONE),
	ROW("ne", "!=", EQ, true, ONE, ALL, NONE),
	ROW("in", NULL, EQ, false, MANY, ALL, NONE),
	ROW("not_in", NULL, EQ, true, MANY, ALL, NONE),
	ROW("lt", "<", LT, false, ONE, ORDERED, NONE),
	ROW("le", "<=", LE, false, ONE, ORDERED, NONE),
	ROW("gt", ">", GT, false, ONE, ORDERED, NONE),
	ROW("ge", ">=", GE, false, ONE, ORDERED, NONE),
	ROW("between", NULL, BETWEEN, false, TWO, ORDERED | CODES, NONE),
	ROW("before", NULL, LT, false, ONE, BIT(DATE), DATE),
	ROW("after", NULL, GT, false, ONE, BIT(DATE), DATE),
	ROW("on", NULL, EQ, false, ONE, BIT(DATE), DATE),
	ROW("within", NULL, WITHIN, false, ONE, BIT(DATE), DATE),
	ROW("older_than", NULL, OLDER, false, ONE, BIT(DATE), DATE),
	ROW("next", NULL, NEXT, false, ONE, BIT(DATE), DATE),
	PERIOD("yesterday", DAY, -1),
	PERIOD("today", DAY, 0),
	PERIOD("tomorrow", DAY, 1),
	PERIOD("last_week", WEEK, -1),
	PERIOD("this_week", WEEK, 0),
	PERIOD("next_week", WEEK, 1),
	PERIOD("last_month", MONTH, -1),
	PERIOD("this_month", MONTH, 0),
	PERIOD("next_month", MONTH, 1),
	PERIOD("last_quarter", QUARTER, -1),
	PERIOD("this_quarter", QUARTER, 0),
	PERIOD("next_quarter", QUARTER, 1),
	PERIOD("last_year", YEAR, -1),
	PERIOD("this_year", YEAR, 0),
	PERIOD("next_year", YEAR, 1),
	ROW("contains", NULL, CONTAINS, false, MANY, BIT(TEXT) | SETS, TEXT),
	ROW("starts", "^", STARTS, false, MANY, BIT(TEXT) | CODES, TEXT),
	ROW("prefix", NULL, STARTS, false, MANY, BIT(TEXT) | CODES, CODE),
	ROW("ends", NULL, ENDS, false, MANY, BIT(TEXT), TEXT),
	ROW("matches", "~", MATCHES, false, MANY, BIT(TEXT), TEXT),
	ROW("region", NULL, EQ, false, MANY, BIT(DEPARTMENT), DEPARTMENT),
	ROW("any_of", NULL, EQ, false, MANY, ALL, SET),
	ROW("all_of", NULL, ALL_OF, false, MANY, SETS, SET),
	ROW("none_of", NULL, EQ, true, MANY, ALL, SET),
	ROW("count", NULL, COUNT, false, ONE, SETS, SET),
	ROW("empty", NULL, EMPTY, false, NONE, ALL, NONE),
	ROW("not_empty", NULL, EMPTY, true, NONE, ALL, NONE),
	ROW(NULL, NULL, EQ, false, NONE, 0, NONE),
};

/* Lower case, and `_` for what people write between words. */
static bool
is_same_name(struct psp_slice name, const char *known)
{
	size_t size = strlen(known);

	if (name.size != size)
		return false;
	for (size_t i = 0; i < size; i++) {
		char c = name.bytes[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		else if (c == '-' || c == ' ')
			c = '_';
		if (c != known[i])
			return false;
	}
	return true;
}

const struct psp_operator *
psp_operator_find(struct psp_slice name)
{
	for (size_t i = 0; operators[i].name != NULL; i++)
		if (is_same_name(name, operators[i].name))
			return &operators[i];
	return NULL;
}

const struct psp_operator *
psp_operator_symbol(struct psp_slice symbol)
{
	for (size_t i = 0; operators[i].name != NULL; i++)
		if (operators[i].symbol != NULL
		    && psp_slice_is(symbol, operators[i].symbol))
			return &operators[i];
	return NULL;
}

const struct psp_operator *
psp_operator_meant(struct psp_slice word)
{
	static const struct {
		const char *word, *name;
	} meant[] = { { "min", "ge" }, { "max", "le" }, { "gte", "ge" },
		{ "lte", "le" }, { "from", "ge" }, { "to", "le" },
		{ "equals", "eq" }, { "equal", "eq" }, { "is", "eq" },
		{ "egal", "eq" }, { "\xC3\xA9gal", "eq" }, { "not", "ne" },
		{ "entre", "between" }, { "dans", "in" }, { "avant", "before" },
		{ "apres", "after" }, { "apr\xC3\xA8s", "after" },
		{ "since", "after" }, { "depuis", "after" },
		{ "contient", "contains" }, { "starts_with", "starts" },
		{ "commence", "starts" }, { "ends_with", "ends" },
		{ "finit", "ends" }, { "regex", "matches" },
		{ "like", "contains" }, { "vide", "empty" },
		{ "non_vide", "not_empty" } };
	const struct psp_operator *op = psp_operator_symbol(word);

	for (size_t i = 0; op == NULL && i < sizeof(meant) / sizeof(meant[0]);
	     i++)
		if (psp_slice_is(word, meant[i].word))
			op = psp_operator_find(psp_slice_of(meant[i].name));
	return op;
}

const struct psp_operator *
psp_operators(void)
{
	return operators;
}

void
psp_operator_period(
    const struct psp_operator *op, int32_t today, int32_t *first, int32_t *last)
{
	struct psp_civil civil = psp_civil_from_days(today);
	int32_t start;

	if (op->unit == DAY) {
		*first = today + op->shift;
		*last = *first;
	} else if (op->unit == WEEK) {
		*first = today - (psp_weekday(today) - 1) + 7 * op->shift;
		*last = *first + 6;
	} else {
		start = psp_days_from_civil(
		    civil.year, civil.month - (civil.month - 1) % op->unit, 1);
		*first = psp_days_add_months(start, op->unit * op->shift);
		*last = psp_days_add_months(*first, op->unit) - 1;
	}
}

enum psp_family
psp_type_family(enum psp_type type)
{
	switch (type) {
	case PSP_TYPE_NUMBER:
	case PSP_TYPE_MONEY:
	case PSP_TYPE_PERCENT:
	case PSP_TYPE_DURATION:
		return PSP_FAMILY_NUMBER;
	case PSP_TYPE_DATE:
		return PSP_FAMILY_DATE;
	case PSP_TYPE_BOOL:
		return PSP_FAMILY_BOOL;
	case PSP_TYPE_SET:
		return PSP_FAMILY_SET;
	case PSP_TYPE_DEPARTMENT:
	case PSP_TYPE_POSTCODE:
	case PSP_TYPE_COMMUNE:
		return PSP_FAMILY_DEPARTMENT;
	case PSP_TYPE_NAF:
		return PSP_FAMILY_NAF;
	case PSP_TYPE_LEGAL_FORM:
		return PSP_FAMILY_LEGAL_FORM;
	case PSP_TYPE_HEADCOUNT:
		return PSP_FAMILY_HEADCOUNT;
	case PSP_TYPE_LISTED:
		return PSP_FAMILY_LISTED;
	case PSP_TYPE_SITE_TYPE:
		return PSP_FAMILY_SITE;
	case PSP_TYPE_INTERNATIONAL:
		return PSP_FAMILY_INTERNATIONAL;
	case PSP_TYPE_DIGITAL:
		return PSP_FAMILY_DIGITAL;
	case PSP_TYPE_NONE:
	case PSP_TYPE_TEXT:
	case PSP_TYPE_CODE:
	case PSP_TYPE_SIREN:
	case PSP_TYPE_SIRET:
	case PSP_TYPE_PHONE:
	case PSP_TYPE_EMAIL:
	case PSP_TYPE_DOMAIN:
		break;
	}
	return PSP_FAMILY_TEXT;
}

const char *
psp_family_name(enum psp_family family)
{
	static const char *const names[PSP_N_FAMILIES] = {
		[PSP_FAMILY_TEXT] = N_("a text"),
		[PSP_FAMILY_NUMBER] = N_("a number"),
		[PSP_FAMILY_DATE] = N_("a date"),
		[PSP_FAMILY_HEADCOUNT] = N_("a headcount"),
		[PSP_FAMILY_BOOL] = N_("yes or no"),
		[PSP_FAMILY_SET] = N_("a set"),
		[PSP_FAMILY_DEPARTMENT] = N_("a department"),
		[PSP_FAMILY_NAF] = N_("a NAF code"),
		[PSP_FAMILY_LEGAL_FORM] = N_("a legal form"),
		[PSP_FAMILY_LISTED] = N_("a stock listing"),
		[PSP_FAMILY_SITE] = N_("a type of site"),
		[PSP_FAMILY_INTERNATIONAL] = N_("a presence abroad"),
		[PSP_FAMILY_DIGITAL] = N_("a presence online"),
	};

	return _(names[family]);
}
