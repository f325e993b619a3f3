/*
 * Headcounts: a number ("1 250"), an INSEE band code (NN 00 01 02 03 11 12 21
 * 22 31 32 41 42 51 52 53), a range in words ("20 à 49 salariés", "20-49",
 * "10 000+", "plus de 250"). Source of the bands: INSEE, variable
 * trancheEffectifs of Sirene.
 */
#ifndef PSP_VALUES_HEADCOUNT_H
#define PSP_VALUES_HEADCOUNT_H

#include <stdint.h>

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"

/* Both bounds included; `last` is INT32_MAX for an open band. */
struct psp_headcount {
	int32_t first;
	int32_t last;
	bool is_not_employer; /* NN: 0 in range tests, but not `eq: 0` */
};

/*
 * `is_band_column` tells that two-digit cells are band codes (a column such as
 * trancheEffectifsUniteLegale), one digit being none; elsewhere they are
 * numbers. NN, words and longer numbers are read in both. "plus de 250" and
 * "+250" start at 251, "250 et plus" at 250. Not understood: 01, 02 and 03
 * among numbers (bands of other sizes?), "1,250" alone (1.25 full-time
 * equivalents?), parts of a person.
 */
PSP_NODISCARD bool psp_headcount_read(struct psp_slice cell,
    bool is_band_column, struct psp_headcount *headcount);

/* The geometric middle of the bounds, rounded, as INSEE's bands are put into
 * bins: 10-19 is 14; an open band its first; a number itself; 0-9 is taken as
 * 1-9. */
int32_t psp_headcount_middle(const struct psp_headcount *headcount);

#endif
