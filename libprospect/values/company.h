/* Identifiers of companies: SIREN, SIRET, VAT; with them names and domains,
 * which have files of their own. */
#ifndef PSP_VALUES_COMPANY_H
#define PSP_VALUES_COMPANY_H

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"
#include "libprospect/values/company_name.h"
#include "libprospect/values/internet.h"

enum psp_id_result {
	PSP_ID_VALID,
	PSP_ID_CHECKSUM, /* right shape, wrong key; the digits are given */
	PSP_ID_LENGTH,
	PSP_ID_CHARACTER
};

/*
 * The nine digits of a SIREN, spaces (U+00A0, U+202F too), dots and dashes
 * aside, checked by Luhn (ISO/IEC 7812-1); all zeros, a filler, are refused.
 * `siren` gets the digits and a NUL when the result is VALID or CHECKSUM.
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

#endif
