/* Lengths of time, in French and English. */
#ifndef PSP_VALUES_DURATION_H
#define PSP_VALUES_DURATION_H

#include <stdint.h>

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"

/* A length of time: months are not days. Exactly one part is not zero, but
 * for 0 itself. */
struct psp_duration {
	int32_t months;
	int32_t days;
	int64_t seconds;
};

/*
 * "90 days", "90d", "3 years", "6 mois", "2 ans", "3h", "45min", "1 semaine",
 * "2 weeks", "1h30", "h:mm:ss", "h:mm"; years are 12 months, quarters 3, weeks
 * 7 days. Not understood: a bare number, "m" (month or minute), fractions,
 * parts that do not add up ("1 month 3 days"), more than 1,000 years.
 */
PSP_NODISCARD bool psp_duration_read(
    struct psp_slice cell, struct psp_duration *duration);

/* `day` moved by `times` (usually 1 or -1) the duration, seconds in whole
 * days. */
int32_t psp_days_add_duration(
    int32_t day, const struct psp_duration *duration, int times);

#endif
