/*
 * NAF codes as conditions write them: codes, prefixes (62, 47.1*), ranges of
 * both (10..33), section letters when the nomenclature is declared.
 */
#ifndef PSP_TARGETING_NAF_CONSTANT_H
#define PSP_TARGETING_NAF_CONSTANT_H

#include "libprospect/targeting/constant.h"

/* psp_constant_read for a constant of type NAF. */
PSP_NODISCARD bool psp_naf_constant_read(struct psp_constant *constant,
    const struct psp_constant_rules *rules, struct psp_problems *problems);

#endif
