/*
 * A report on a call log from end to end: what it wants is bound to the log's
 * header, the log is counted by a flow or read from states, and the report is
 * made of it.
 */
#ifndef PSP_CALLS_COLLECTION_H
#define PSP_CALLS_COLLECTION_H

#include "libprospect/calls/call_reports.h"

struct psp_collection;

/*
 * Prepares `report` for a log with this header. All arguments are borrowed
 * until the free; the outcomes of the model are settled. Problems, PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_collection *psp_collection_new(
    const struct psp_call_report *report, struct psp_call_model *model,
    const struct psp_log_want *want, const struct psp_call_options *options,
    struct psp_slices header, struct psp_problems *problems,
    struct psp_error *err);

void psp_collection_free(struct psp_collection *collection);

/* For a flow whose plan is the collection. */
extern const struct psp_flow_steps psp_collection_steps;

/* Writes what was counted, once all was, into a state that was begun;
 * `separator` is that of the log. PSP_ENOMEM. */
PSP_NODISCARD bool psp_collection_save(struct psp_collection *collection,
    unsigned char separator, struct psp_partial *partial,
    struct psp_error *err);

/*
 * The header of the log that a state is of, which stands on its first line, and
 * the log's separator. In the arena. PSP_ESYNTAX, PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_collection_header(struct psp_partial_reader *reader,
    struct psp_arena *arena, struct psp_slices *header,
    unsigned char *separator, struct psp_error *err);

/* Adds a state, whose header was taken, behind what was counted. PSP_ESYNTAX,
 * PSP_ENOMEM. */
PSP_NODISCARD bool psp_collection_load(struct psp_collection *collection,
    struct psp_partial_reader *reader, struct psp_error *err);

/*
 * Makes the report, once all was counted, and notes what was not understood.
 * The collection owns it. NULL with PSP_EUSAGE when no outcome was known,
 * PSP_ENOMEM. `*has_findings` tells whether there is something to mend.
 */
PSP_NODISCARD const struct psp_report *psp_collection_report(
    struct psp_collection *collection, const struct psp_notes *notes,
    bool *has_findings, struct psp_error *err);

#endif
