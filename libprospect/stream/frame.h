/*
 * A block of decoded bytes to a batch: cut into records by the scanner's
 * masks, window by window; what the masks cannot prove goes to the judge and
 * the scan begins again behind it. Faults are kept in the batch, relative to
 * it, for the flow to settle in order.
 */
#ifndef PSP_STREAM_FRAME_H
#define PSP_STREAM_FRAME_H

#include "libprospect/stream/block.h"

/*
 * Cuts what is there into records, at most `max_records` and none that begins
 * behind block->stop; `is_last`: nothing will follow. What ends in part waits.
 * Fails with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_frame_run(struct psp_block *block, bool is_last,
    size_t max_records, struct psp_error *err);

#endif
