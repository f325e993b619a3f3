/*
 * The records that a ratio counts (--rows RATIO:num|den): of a ratio of calls
 * each call, of one of persons or companies one record each, that which
 * decides. As many rows as the number that reports print.
 */
#ifndef PSP_CALLS_COUNTED_ROWS_H
#define PSP_CALLS_COUNTED_ROWS_H

#include "libprospect/calls/log.h"

struct psp_counted_rows;

/*
 * Prepares `what` ("appointment_rate:num") of a log with this header. All
 * arguments are borrowed until the free. Problems, PSP_EUSAGE, PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_counted_rows *psp_counted_rows_new(const char *what,
    struct psp_call_model *model, const struct psp_log_want *want,
    struct psp_slices header, struct psp_problems *problems,
    struct psp_error *err);

void psp_counted_rows_free(struct psp_counted_rows *rows);

/* How many records were listed, once the flow has run. */
size_t psp_counted_rows_n(const struct psp_counted_rows *rows);

/* For a flow whose plan they are; its rows are records of the input. */
extern const struct psp_flow_steps psp_counted_rows_steps;

#endif
