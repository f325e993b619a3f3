/* The file of signals; see the header. */
#include <config.h>

#include "cmd/cli/signals.h"

#include "cmd/cli/common.h"

struct psp_signals *
cli_signals_open(
    const char *path, const struct psp_terms *terms, struct cli_run *run)
{
	struct psp_signals *signals = psp_signals_open(path, &terms->codes,
	    terms->key, cli_common.today, &cli_common.side, &run->err);

	if (signals == NULL)
		return NULL;
	psp_signals_note(signals, path, &run->notes);
	run->counts.n_side_rejected += psp_signals_counts(signals)->n_rejected;
	return signals;
}
