/* Identifiers and names of companies: SIREN, SIRET, VAT, names, domains. */
#ifndef PSP_VALUES_COMPANY_H
#define PSP_VALUES_COMPANY_H

#include "libprospect/base/buffer.h"

enum psp_id_result {
	PSP_ID_VALID,
	PSP_ID_CHECKSUM, /* right shape, wrong key; the digits are given */
	PSP_ID_LENGTH,
	PSP_ID_CHARACTER
};

/*
 * The nine digits of a SIREN, spaces (U+00A0, U+202F too), dots and dashes
 * aside, checked by Luhn (ISO/IEC 7812-1). `siren` gets the digits and a NUL
 * when the result is VALID or CHECKSUM.
 */
PSP_NODISCARD enum psp_id_result psp_siren_read(
    struct psp_slice cell, char siren[10]);

/* The same for the fourteen of a SIRET; those of La Poste (356000000) are also
 * valid when their digits add up to a multiple of 5. */
PSP_NODISCARD enum psp_id_result psp_siret_read(
    struct psp_slice cell, char siret[15]);

enum psp_vat_result {
	PSP_VAT_VALID,
	PSP_VAT_CHECKSUM,
	PSP_VAT_SIREN,     /* the SIREN inside is wrong */
	PSP_VAT_UNCHECKED, /* alphanumeric key: shape only */
	PSP_VAT_LENGTH,
	PSP_VAT_CHARACTER,
	PSP_VAT_FOREIGN
};

/* A French VAT number, key = (12 + 3 × (siren mod 97)) mod 97; `siren` may be
 * NULL, else gets the digits when there are nine. */
PSP_NODISCARD enum psp_vat_result psp_vat_read(
    struct psp_slice cell, char siren[10]);

/*
 * Appends the normal words of a company name: no accents, upper case, `&` as
 * ET, `+` as PLUS, runs of single letters joined, legal forms and words such
 * as SOCIETE dropped at both ends (never the last word left). PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_company_name_normal(
    struct psp_buffer *buffer, struct psp_slice cell, struct psp_error *err);

/* Appends the domain of an e-mail address, a URL or a bare domain in lower
 * case, without `www.`; nothing when it has none. PSP_ENOMEM. */
PSP_NODISCARD bool psp_domain_normal(
    struct psp_buffer *buffer, struct psp_slice cell, struct psp_error *err);

/* Appends the address in lower case, trimmed; nothing when it has no `@`. */
PSP_NODISCARD bool psp_email_normal(
    struct psp_buffer *buffer, struct psp_slice cell, struct psp_error *err);

#endif
