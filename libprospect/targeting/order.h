/*
 * In which order the tests of a group are asked. The answer does not hang on
 * it, three values or two; the time does, and which cells are read. Part of
 * plan.h, whose inside is compiled.h.
 */
#ifndef PSP_TARGETING_ORDER_H
#define PSP_TARGETING_ORDER_H

#include "libprospect/targeting/compiled.h"

/*
 * Makes one group of groups that say the same (`all` within `all`), and puts
 * cheap tests first, equal ones as written. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_order_settle(
    struct psp_plan *plan, struct psp_error *err);

#endif
