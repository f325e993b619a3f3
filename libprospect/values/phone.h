/*
 * Telephone numbers in E.164. Source: Arcep, decision 2018-0881 (numbering
 * plan) as amended by 2022-1583; longest prefix wins.
 */
#ifndef PSP_VALUES_PHONE_H
#define PSP_VALUES_PHONE_H

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"

enum psp_phone_result {
	PSP_PHONE_VALID,
	PSP_PHONE_ZERO_RESTORED, /* valid, its first 0 had been lost */
	PSP_PHONE_CORRECTED,     /* valid, its country code or + mended:
	                          * +33 262… made +262 262…, 33 1… +33 1… */
	PSP_PHONE_FOREIGN,       /* another country: not checked */
	PSP_PHONE_SHORT,         /* 3xxx, 15: no E.164 form */
	PSP_PHONE_LENGTH,
	PSP_PHONE_SHAPE,
	PSP_PHONE_RANGE,   /* no such range */
	PSP_PHONE_MISMATCH /* country code and number disagree */
};

struct psp_phone {
	char e164[17];    /* "+33199001234" and a NUL */
	const char *zone; /* French names of the plan, "" when unknown */
	const char *type;
	bool is_sales_platform; /* reserved to sales platforms: as a prospect's
	                         * number it is wrong */
};

/* Reads a number; `phone` is filled for the first four results. */
PSP_NODISCARD enum psp_phone_result psp_phone_read(
    struct psp_slice cell, struct psp_phone *phone);

#endif
