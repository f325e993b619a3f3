/*
 * Touches: calls, mails and visits, as a file tells them by deal or by
 * company. Those count that fall into the time by which the deal's stage
 * counts them, up to today.
 */
#ifndef PSP_DEALS_TOUCHES_H
#define PSP_DEALS_TOUCHES_H

#include "libprospect/deals/book.h"
#include "libprospect/stream/reader.h"

/*
 * Counts the touches of each deal of `book`: `counts` has room for all. A row
 * counts for the deal that it names, or else for all deals of its company. Rows
 * of others, or without a date that is understood, are left out and counted in
 * `n_others`. Fails as psp_reader_open, with PSP_EUSAGE where a date, or both
 * deal and siren, are missing, and with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_touches_count(const char *path,
    const struct psp_book *book, int32_t today,
    const struct psp_reader_options *options, uint32_t *counts,
    size_t *n_others, struct psp_error *err);

#endif
