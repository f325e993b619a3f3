/* Memory and temporary files of rankings; see the header. */
#include <config.h>

#include "cmd/cli/ranking.h"

#include <stdlib.h>

#include "cmd/cli/common.h"

enum { LEAST_MEMORY = 1024 };

/* clang-format off */
const struct cli_option cli_ranking_options[] = {
	CLI_SIZE(0, "memory", &cli_common.memory, LEAST_MEMORY, SIZE_MAX, "SIZE",
	    "rows kept in memory (256M); more go to a file in TMPDIR or /tmp"),
	CLI_END,
};
/* clang-format on */

struct psp_ranking_options
cli_ranking(enum psp_ranking_order order, size_t limit)
{
	const char *folder = getenv("TMPDIR");
	struct psp_ranking_options options = { order, limit, cli_common.memory,
		folder != NULL && folder[0] != '\0' ? folder : "/tmp" };

	return options;
}
