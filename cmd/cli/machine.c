/* What of the machine is used; see the header. */
#include <config.h>

#include "cmd/cli/machine.h"

#include <stdlib.h>
#include <unistd.h>
#ifdef HAVE_SCHED_GETAFFINITY
#include <sched.h>
#endif

#include "cmd/cli/argument.h"

/* Parts of a file below which a second thread only delays what is done in a few
 * milliseconds. */
enum { MAX_READ_SIZE = 1 << 28, MIN_PARTS_UNASKED = 16 };

/* The value of a variable; NULL where it is absent or empty. */
static const char *
variable(const char *name)
{
	const char *text = getenv(name);

	return text == NULL || *text == '\0' ? NULL : text;
}

static bool
find_scanner(struct psp_reader_options *reader, struct psp_error *err)
{
	const char *name = variable("PROSPECT_SCANNER");
	struct psp_error reason;

	if (name == NULL)
		return true;
	psp_error_init(&reason);
	reader->scan = psp_scan_find(name, &reason);
	return reader->scan != NULL
	       || psp_error_set(err, reason.status, NULL, 0, 0,
		   "PROSPECT_SCANNER: %s", reason.message);
}

static bool
find_read_size(struct psp_flow_options *flow, struct psp_error *err)
{
	const char *text = variable("PROSPECT_READ_SIZE");
	struct psp_error reason;

	if (text == NULL)
		return true;
	psp_error_init(&reason);
	if (!cli_read_size(
		text, 1, MAX_READ_SIZE, &flow->reader.read_size, &reason))
		return psp_error_set(err, reason.status, NULL, 0, 0,
		    "PROSPECT_READ_SIZE: %s", reason.message);
	flow->part_size = flow->reader.read_size;
	return true;
}

/* The cores that this process may use. */
static size_t
count_cores(void)
{
#ifdef HAVE_SCHED_GETAFFINITY
	cpu_set_t cores;

	if (sched_getaffinity(0, sizeof(cores), &cores) == 0)
		return (size_t)CPU_COUNT(&cores);
#endif
	{
		long n = sysconf(_SC_NPROCESSORS_ONLN);

		return n > 0 ? (size_t)n : 1;
	}
}

bool
cli_machine_find(struct psp_flow_options *flow, struct psp_error *err)
{
	if (flow->n_threads == 0) {
		flow->n_threads = count_cores();
		flow->min_parts = MIN_PARTS_UNASKED;
	}
	return find_scanner(&flow->reader, err) && find_read_size(flow, err);
}
