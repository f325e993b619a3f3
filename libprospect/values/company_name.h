/* Names of companies in a form that can be compared. */
#ifndef PSP_VALUES_COMPANY_NAME_H
#define PSP_VALUES_COMPANY_NAME_H

#include "libprospect/base/buffer.h"

/*
 * Appends the normal words of a company name: no accents, upper case, `&` as
 * ET, `+` as PLUS, runs of single letters joined, legal forms and words such
 * as SOCIETE dropped at both ends (never the last word left). PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_company_name_normal(
    struct psp_buffer *buffer, struct psp_slice cell, struct psp_error *err);

#endif
