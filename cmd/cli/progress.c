/* The line of progress; see the header. */
#include <config.h>

#include "cmd/cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "libprospect/base/catalog.h"

/* Seconds before the line first shows, and between two of them. */
static const double first_after = 1.0, then_every = 0.2;

static double
seconds_between(const struct timespec *from, const struct timespec *to)
{
	return (double)(to->tv_sec - from->tv_sec)
	       + (double)(to->tv_nsec - from->tv_nsec) / 1e9;
}

void
cli_progress_start(struct cli_progress *progress, const char *command,
    enum cli_progress_mode mode)
{
	progress->command = command;
	progress->is_shown = false;
	progress->has_begun = false;
	progress->is_on =
	    mode == CLI_PROGRESS_ALWAYS
	    || (mode == CLI_PROGRESS_AUTO && isatty(STDERR_FILENO) == 1);
}

/* "1.5 MB" of bytes, or "1.5 M" of a count. */
static void
put_amount(char text[24], double amount, const char *unit)
{
	static const char *const prefixes[] = { "", "k", "M", "G", "T" };
	size_t i = 0;

	while (amount >= 999.5 && i < 4) {
		amount /= 1000;
		i++;
	}
	snprintf(text, 24, "%.*f%s%s%s", amount < 9.95 && i > 0 ? 1 : 0, amount,
	    prefixes[i][0] != '\0' || unit[0] != '\0' ? " " : "", prefixes[i],
	    unit);
}

static void
write_text(const char *text, size_t size)
{
	/* Nobody is to be told when the terminal does not take it. */
	ssize_t n = write(STDERR_FILENO, text, size);

	(void)n;
}

void
cli_progress_take(void *user, const struct psp_progress *now)
{
	struct cli_progress *progress = user;
	struct timespec clock;
	char bytes[24], records[24], rate[24], left[48] = "";
	char said[160], line[200];
	double seconds, done;
	int size;

	if (!progress->is_on || clock_gettime(CLOCK_MONOTONIC, &clock) != 0)
		return;
	if (!progress->has_begun) {
		progress->has_begun = true;
		progress->start = clock;
		progress->n_before = now->n_bytes;
	}
	seconds = seconds_between(&progress->start, &clock);
	done = (double)(now->n_bytes - progress->n_before);
	if (seconds < first_after
	    || (progress->is_shown
		&& seconds_between(&progress->last, &clock) < then_every))
		return;
	put_amount(bytes, (double)now->n_bytes, "B");
	put_amount(records, (double)now->n_records, "");
	put_amount(rate, done / seconds, "B/s");
	if (now->size >= now->n_bytes && done > 0)
		snprintf(left, sizeof(left), _(", %.0f %%, %.0f s left"),
		    100.0 * (double)now->n_bytes / (double)now->size,
		    seconds * (double)(now->size - now->n_bytes) / done);
	size = snprintf(said, sizeof(said), _("%s, %s records, %s%s"), bytes,
	    records, rate, left);
	if (size < 0 || (size_t)size >= sizeof(said))
		return;
	size = snprintf(
	    line, sizeof(line), "\r%s: %s\033[K", progress->command, said);
	if (size > 0 && (size_t)size < sizeof(line))
		write_text(line, (size_t)size);
	progress->last = clock;
	progress->is_shown = true;
}

void
cli_progress_clear(struct cli_progress *progress)
{
	if (!progress->is_shown)
		return;
	write_text("\r\033[K", 4);
	progress->is_shown = false;
}
