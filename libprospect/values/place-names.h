/*
 * The lists behind place.c. Source: INSEE, code officiel géographique 2026,
 * and of 2015 for the regions before 2016.
 *
 * Names are folded and without anything but letters; "saint" is written out.
 * Departments of a region are codes and ranges of them in the order of
 * psp_department_codes, parted by spaces.
 */
#ifndef PSP_VALUES_PLACE_NAMES_H
#define PSP_VALUES_PLACE_NAMES_H

#include "libprospect/values/plain.h"

enum {
	PSP_DEPARTMENT_COUNT = 109,
	PSP_DEPARTMENT_NAME_COUNT = 128,
	PSP_REGION_NAME_COUNT = 91,
	PSP_REGION_COUNT = 47
};

/* The codes, sorted: their place is the rank of the department. */
extern const char psp_department_codes[PSP_DEPARTMENT_COUNT][4];

/* Names to codes, official ones and others people use. */
extern const struct psp_plain_name
    psp_department_names[PSP_DEPARTMENT_NAME_COUNT];

/* Names, ISO 3166-2 letters among them, to the codes of psp_regions. */
extern const struct psp_plain_name psp_region_names[PSP_REGION_NAME_COUNT];

/* Codes of regions, old and new (no code was used again), and of the named
 * groups, to departments. */
extern const struct psp_plain_name psp_regions[PSP_REGION_COUNT];

#endif
