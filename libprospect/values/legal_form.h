/*
 * Legal forms: the INSEE categories (one, two or four digits, by prefix) and
 * the abbreviations people use. Source: INSEE, catégories juridiques (2022);
 * old codes ending in 00 count by their first two digits.
 */
#ifndef PSP_VALUES_LEGAL_FORM_H
#define PSP_VALUES_LEGAL_FORM_H

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"

enum { PSP_MAX_LEGAL_PREFIXES = 8 };

/* Prefixes of category codes, any of which may match: SA is 55 and 56. */
struct psp_legal_form {
	char prefixes[PSP_MAX_LEGAL_PREFIXES][5];
	size_t n_prefixes;
	bool is_sole_partner; /* EURL, SASU: one part of these categories */
};

/*
 * Reads a code of one to four digits that the list has (or 99XX with a known
 * two-digit parent), an alias (`SARL`, `S.A.R.L.`, `société par actions
 * simplifiée`), or several of these that agree (`5710 - SAS`). A sole partner
 * is no category: EURL reads as SARL and SASU as SAS, with `is_sole_partner`.
 * False when not understood.
 */
PSP_NODISCARD bool psp_legal_form_read(
    struct psp_slice cell, struct psp_legal_form *form);

/* Whether every category that `cell` may be is one of `wanted`; `*some` tells
 * whether at least one may be. A cell that says SARL may be an EURL. */
bool psp_legal_form_within(const struct psp_legal_form *cell,
    const struct psp_legal_form *wanted, bool *some);

#endif
