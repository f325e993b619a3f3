/*
 * The lists behind legal_form.c. Source: INSEE, catégories juridiques (2022);
 * the abbreviations are ours.
 */
#ifndef PSP_VALUES_LEGAL_FORMS_LIST_H
#define PSP_VALUES_LEGAL_FORMS_LIST_H

#include "libprospect/values/plain.h"

enum {
	PSP_LEGAL_CODE_SIZE = 4,
	PSP_LEGAL_CODE_COUNT = 260,
	PSP_LEGAL_ALIAS_COUNT = 141
};

/* Categories of the third level, sorted, four bytes each, one after the other:
 * those of the two levels above are their first one and two digits. */
extern const char psp_legal_codes[];

/* Abbreviations and names, folded and without spaces, to prefixes of
 * categories parted by spaces. A sole partner has no category of its own: EURL
 * is any SARL, SASU any SAS. */
extern const struct psp_plain_name psp_legal_aliases[PSP_LEGAL_ALIAS_COUNT];

#endif
