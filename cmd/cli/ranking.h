/*
 * Where ranked rows are kept: so many bytes in memory, the rest in a temporary
 * file in $TMPDIR or /tmp.
 */
#ifndef CLI_RANKING_H
#define CLI_RANKING_H

#include "cmd/cli/options.h"
#include "libprospect/stream/ranking.h"

/* --memory. */
extern const struct cli_option cli_ranking_options[];

/* The options of a ranking; `limit` SIZE_MAX: all rows. */
struct psp_ranking_options cli_ranking(
    enum psp_ranking_order order, size_t limit);

#endif
