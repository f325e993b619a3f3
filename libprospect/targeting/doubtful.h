/*
 * Values in conditions that can be read and yet are not likely to be meant:
 * 1.500 as one and a half euros, 02 as two people. To refuse them costs a
 * second; to take them, a wrong list of companies.
 */
#ifndef PSP_TARGETING_DOUBTFUL_H
#define PSP_TARGETING_DOUBTFUL_H

#include "libprospect/targeting/constant.h"

/* Whether `constant`, not yet read, may be taken by the type; else a problem
 * that says how to write it. */
bool psp_constant_is_clear(const struct psp_constant *constant,
    const struct psp_constant_rules *rules, struct psp_problems *problems);

#endif
