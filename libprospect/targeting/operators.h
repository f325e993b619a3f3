/*
 * The operators of conditions: how settings and `-e` write them, and the few
 * core ones that they come down to. `ne` is a negated `eq`, `before` is `lt` of
 * a date, `last_month` is `eq` of a period: what evaluates knows the core only.
 */
#ifndef PSP_TARGETING_OPERATORS_H
#define PSP_TARGETING_OPERATORS_H

#include <stdint.h>

#include "libprospect/columns/columns.h"

/* What is left to do once negation and spelling are taken off. */
enum psp_core {
	PSP_CORE_EQ, /* any of the constants */
	PSP_CORE_LT,
	PSP_CORE_LE,
	PSP_CORE_GT,
	PSP_CORE_GE,
	PSP_CORE_BETWEEN,
	PSP_CORE_WITHIN, /* the last … up to today */
	PSP_CORE_OLDER,  /* before all that */
	PSP_CORE_NEXT,   /* from today on for … */
	PSP_CORE_PERIOD, /* a period named by the operator itself */
	PSP_CORE_CONTAINS,
	PSP_CORE_STARTS,
	PSP_CORE_ENDS,
	PSP_CORE_MATCHES,
	PSP_CORE_ALL_OF,
	PSP_CORE_COUNT, /* the number of members of a set */
	PSP_CORE_EMPTY
};

/* How many values an operator takes. */
enum psp_arity {
	PSP_ARITY_NONE, /* `true` in settings */
	PSP_ARITY_ONE,
	PSP_ARITY_TWO,
	PSP_ARITY_MANY /* one or a list */
};

/* What types come down to: values of a family are tested alike. */
enum psp_family {
	PSP_FAMILY_TEXT, /* folded, or in the normal form of its type */
	PSP_FAMILY_NUMBER,
	PSP_FAMILY_DATE,
	PSP_FAMILY_HEADCOUNT,
	PSP_FAMILY_BOOL,
	PSP_FAMILY_SET,
	PSP_FAMILY_DEPARTMENT,
	PSP_FAMILY_NAF,
	PSP_FAMILY_LEGAL_FORM,
	PSP_FAMILY_LISTED,
	PSP_FAMILY_SITE,
	PSP_FAMILY_INTERNATIONAL,
	PSP_FAMILY_DIGITAL,
	PSP_N_FAMILIES
};

struct psp_operator {
	const char *name;
	const char *symbol; /* in -e; NULL: none */
	enum psp_core core;
	bool is_negated;
	enum psp_arity arity;
	uint32_t families;  /* bit f: values of family f take it */
	enum psp_type type; /* of a header without type; NONE: by the constant
	                     */
	int unit;           /* of PERIOD, in months; 0: a day, -1: a week */
	int shift;          /* periods from the present one */
};

/* The operator of this name (case, `-` and spaces for `_` do not count); NULL
 * when unknown. */
const struct psp_operator *psp_operator_find(struct psp_slice name);

/* The operator that is written with this symbol in -e; NULL when none. */
const struct psp_operator *psp_operator_symbol(struct psp_slice symbol);

/*
 * The operator that people mean who write its symbol, or its name in another
 * language or another tool: `gte`, `min`, `entre`. NULL when none.
 */
const struct psp_operator *psp_operator_meant(struct psp_slice word);

/* All operators; the last row's name is NULL. */
const struct psp_operator *psp_operators(void);

/* The days of the period of an operator whose core is PERIOD. */
void psp_operator_period(const struct psp_operator *op, int32_t today,
    int32_t *first, int32_t *last);

enum psp_family psp_type_family(enum psp_type type);

/* What the values of a family are called, for messages: "a date". */
const char *psp_family_name(enum psp_family family);

#endif
