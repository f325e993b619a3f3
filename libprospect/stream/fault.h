/* Faults of records in words: what is wrong, where, what to do. */
#ifndef PSP_STREAM_FAULT_H
#define PSP_STREAM_FAULT_H

#include "libprospect/stream/note.h"
#include "libprospect/stream/record.h"

/* Whether it is a record rejected: no repair and no continuation. */
bool psp_fault_counts(const struct psp_fault *fault);

/* Appends what is wrong, in words. PSP_ENOMEM. */
PSP_NODISCARD bool psp_fault_describe(const struct psp_batch *batch,
    const struct psp_fault *fault, struct psp_buffer *text,
    struct psp_error *err);

/* Sends it as a note (a continuation is none). PSP_ENOMEM. */
PSP_NODISCARD bool psp_fault_note(const struct psp_batch *batch,
    const struct psp_fault *fault, const struct psp_notes *notes,
    struct psp_error *err);

/* Notes that the input ends without a line end (batch->is_cut), which may be
 * all that is seen of one that was cut. */
void psp_fault_note_cut(
    const struct psp_batch *batch, const struct psp_notes *notes);

#endif
