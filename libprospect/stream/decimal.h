/*
 * Whether the people who made a file write decimals with a comma or a point,
 * as its cells show it.
 */
#ifndef PSP_STREAM_DECIMAL_H
#define PSP_STREAM_DECIMAL_H

#include "libprospect/stream/cells.h"
#include "libprospect/stream/dialect.h"

/*
 * Looks at the cells below the header, with which the text of `cells` begins.
 * A column counts when nearly all its cells are numbers; `*decimal` is unknown
 * when no cell reads in one way only, or columns contradict. Fails with
 * PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_decimal_find(const struct psp_cells *cells,
    enum psp_decimal *decimal, struct psp_error *err);

#endif
