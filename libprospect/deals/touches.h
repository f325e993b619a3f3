/*
 * Touches: calls, mails and visits, as a file tells them by deal or by
 * company. Those count that fall into the time by which the deal's stage
 * counts them, up to today.
 */
#ifndef PSP_DEALS_TOUCHES_H
#define PSP_DEALS_TOUCHES_H

#include "libprospect/deals/book.h"
#include "libprospect/stream/reader.h"

/* Rows that count for nobody. */
struct psp_touch_faults {
	size_t
	    n_others; /* of deals and companies that the book does not have */
	size_t n_undated, undated_line; /* without a date, and the first */
	char undated[64];               /* its cell, visible, cut */
	char time[64]; /* a column of times of day, which nothing hangs on */
};

/*
 * Counts the touches of each deal of `book`: `counts` has room for all. A row
 * counts for the deal that it names, or else for all deals of its company. Rows
 * of others, or without a date that is understood, are left out. Fails as
 * psp_reader_open, with PSP_EUSAGE where a date, or both deal and siren, are
 * missing, and with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_touches_count(const char *path,
    const struct psp_book *book, int32_t today,
    const struct psp_reader_options *options, uint32_t *counts,
    struct psp_touch_faults *faults, struct psp_error *err);

/* Says what was left out; of a part of the deals, others are no news. */
void psp_touches_note(const struct psp_touch_faults *faults, const char *path,
    bool is_partial, const struct psp_notes *notes);

#endif
