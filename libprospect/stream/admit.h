/*
 * Taking one record out of a block, whose end is known or to be judged: it
 * becomes a span of the batch, a copy made regular (irregular, repaired,
 * re-encoded, ragged records), a blank line, or a fault.
 */
#ifndef PSP_STREAM_ADMIT_H
#define PSP_STREAM_ADMIT_H

#include "libprospect/stream/block.h"

/*
 * The regular record from block->start to the line end (or the end of all
 * bytes) at `end`; `is_doubtful`: it is perhaps no UTF-8. The caller begins the
 * next record. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_admit_regular(struct psp_block *block, size_t end,
    bool is_doubtful, struct psp_error *err);

/*
 * The record at block->start goes to the judge; the next begins behind it, and
 * so does the scan. `*wants_more` is set, and nothing done, when its end is not
 * there yet. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_admit_irregular(struct psp_block *block, bool is_last,
    bool *wants_more, struct psp_error *err);

/* Goes on with a line over the limit, up to its end. PSP_ENOMEM. */
PSP_NODISCARD bool psp_admit_rest_of_line(
    struct psp_block *block, bool is_last, struct psp_error *err);

#endif
