/*
 * Inputs with different headers as one, for --union: the columns are those of
 * all headers in the order in which they first come, a column that an input
 * lacks is empty there. A name that one header has twice counts as two columns.
 */
#ifndef PSP_STREAM_UNION_H
#define PSP_STREAM_UNION_H

#include "libprospect/stream/record.h"

struct psp_union;

/*
 * The union of `n_headers` headers, which are borrowed until the free. NULL
 * with PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_union *psp_union_new(
    const struct psp_slices *headers, size_t n_headers, struct psp_error *err);

void psp_union_free(struct psp_union *all);

/* The names of all columns. */
struct psp_slices psp_union_header(const struct psp_union *all);

/* Whether the input has just these columns in this order. */
bool psp_union_is_same(const struct psp_union *all, size_t input);

/* How many of the columns the input lacks. */
size_t psp_union_n_missing(const struct psp_union *all, size_t input);

/*
 * Gives the batch of an input these columns. `*aligned` is the batch itself
 * where nothing has to change, else one that lives until the next call.
 * PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_union_align(struct psp_union *all, size_t input,
    const struct psp_batch *batch, const struct psp_batch **aligned,
    struct psp_error *err);

#endif
