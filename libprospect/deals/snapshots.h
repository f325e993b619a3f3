/*
 * Moves from snapshots: exports of the same deals on different days. A
 * snapshot is dated by its column `snapshot`, or by the day in its name
 * ("deals-2026-03-31.csv"). Where a deal's stage differs from that of the
 * snapshot before, it moved on the day of the later one.
 */
#ifndef PSP_DEALS_SNAPSHOTS_H
#define PSP_DEALS_SNAPSHOTS_H

#include "libprospect/deals/handbook.h"
#include "libprospect/report/report.h"
#include "libprospect/stream/reader.h"

/*
 * The moves between `n_paths` files, as a history: deal, date, from, to,
 * amount, owner, family, reason, in the order of the days; where the amount
 * alone changed from and to are the same. With `only_binds` the headers alone
 * are looked at, and there are no moves. Told as a note is how many open deals
 * are in no later file. Of a deal that
 * stands twice in a snapshot the first record counts; how many do not is told
 * as a note. Fails with problems or PSP_EUSAGE where a column or a date is
 * missing, as psp_reader_open, or with PSP_ENOMEM. NULL then.
 */
PSP_NODISCARD struct psp_report *psp_snapshots_compare(
    const struct psp_handbook *handbook, const char *const *paths,
    size_t n_paths, bool only_binds, const struct psp_reader_options *options,
    struct psp_problems *problems, struct psp_error *err);

#endif
