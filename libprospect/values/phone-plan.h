/*
 * The French numbering plan behind phone.c. Source: Arcep, decision 2018-0881
 * as amended by 2022-1583.
 */
#ifndef PSP_VALUES_PHONE_PLAN_H
#define PSP_VALUES_PHONE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

enum { PSP_PHONE_RANGE_COUNT = 59, PSP_PHONE_TERRITORY_COUNT = 4 };

/* Numbers that begin alike, as dialled at home; the longest prefix wins. */
struct psp_phone_range {
	const char *prefix;
	const char *country; /* its country code abroad */
	size_t size;         /* digits dialled at home */
	const char *zone;
	const char *type;
	bool is_sales_platform;
};

/* Sorted by prefix. */
extern const struct psp_phone_range psp_phone_ranges[PSP_PHONE_RANGE_COUNT];

/* Territories with a plan of their own: nothing is known below the code. */
struct psp_phone_territory {
	const char *country;
	size_t min_size; /* digits after the code */
	size_t max_size;
	const char *zone;
};

extern const struct psp_phone_territory
    psp_phone_territories[PSP_PHONE_TERRITORY_COUNT];

#endif
