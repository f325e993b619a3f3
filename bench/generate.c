/*
 * generate: made files for measurements and tests, the same bytes for the same
 * seed on every machine.
 *
 *	bench/generate [-b BYTES] [-c COMPANIES] [-n ROWS] [-s SEED] KIND
 *
 * BYTES and ROWS end the file at the row that reaches them, whichever comes
 * first; 1,000 rows by default. They may end in k, M or G (powers of ten).
 * Signals and deals are about the first COMPANIES rows of a file of companies
 * (1,000 by default); moves are those of deals of the same seed and companies.
 */
#include "bench/kinds.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct kind kinds[] = {
	{ "etab", "48 columns of Sirene's establishments, 184 bytes a row",
	    bench_etab_header, bench_etab_row, ',', false },
	{ "prospects", "20 columns with quotes and line ends, 325 bytes a row",
	    bench_prospects_header, bench_prospects_row, ',', false },
	{ "prospects-q", "the same rows with ';' and quotes around all fields",
	    bench_prospects_header, bench_prospects_row, ';', true },
	{ "calls", "8 columns of telephone calls, 87 bytes a row",
	    bench_calls_header, bench_calls_row, ',', false },
	{ "signals", "5 columns of business signals", bench_signals_header,
	    bench_signals_row, ',', false },
	{ "deals", "12 columns of deals under way", bench_deals_header,
	    bench_deals_row, ',', false },
	{ "moves", "5 rows of each deal: how it came to its stage",
	    bench_moves_header, bench_moves_row, ',', false },
};

static struct rows rows = { .n_companies = 1000 };

static int
usage(void)
{
	fputs("usage: generate [-b BYTES] [-c COMPANIES] [-n ROWS] [-s SEED] "
	      "KIND\n",
	    stderr);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		fprintf(
		    stderr, "  %-12s %s\n", kinds[i].name, kinds[i].summary);
	return 2;
}

/* Reads a whole number with k, M or G behind it; false when it is none. */
static bool
read_size(const char *text, uint64_t *size)
{
	static const char units[] = "kMG";
	char *end;

	errno = 0;
	*size = strtoull(text, &end, 10);
	if (errno != 0 || end == text || text[0] == '-')
		return false;
	if (*end != '\0') {
		const char *unit = strchr(units, *end++);

		if (unit == NULL)
			return false;
		for (; unit >= units; unit--) {
			if (*size > UINT64_MAX / 1000)
				return false;
			*size *= 1000;
		}
	}
	return *end == '\0';
}

static const struct kind *
find_kind(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(name, kinds[i].name) == 0)
			return &kinds[i];
	return NULL;
}

static bool
write_rows(const struct kind *kind, uint64_t n_rows, uint64_t n_bytes)
{
	rows.separator = kind->separator;
	rows.quote_all = kind->quote_all;
	for (const char *const *name = kind->header; *name != NULL; name++)
		rows_string(&rows, *name);
	rows_end_row(&rows);
	for (uint64_t i = 0; i < n_rows && rows_n_bytes(&rows) < n_bytes; i++) {
		kind->write_row(&rows, i);
		rows_end_row(&rows);
	}
	return rows_finish(&rows);
}

int
main(int argc, char **argv)
{
	uint64_t n_rows = UINT64_MAX, n_bytes = UINT64_MAX;
	const struct kind *kind;
	bool is_understood = true;
	int option;

	while ((option = getopt(argc, argv, "b:c:n:s:")) != -1) {
		uint64_t *value = option == 'b'   ? &n_bytes
		                  : option == 'c' ? &rows.n_companies
		                  : option == 'n' ? &n_rows
		                  : option == 's' ? &rows.draw.state
		                                  : NULL;

		is_understood =
		    value != NULL && read_size(optarg, value) && is_understood;
	}
	kind = optind == argc - 1 ? find_kind(argv[optind]) : NULL;
	if (!is_understood || kind == NULL || rows.n_companies == 0
	    || rows.n_companies > UINT32_MAX)
		return usage();
	if (n_rows == UINT64_MAX && n_bytes == UINT64_MAX)
		n_rows = 1000;
	if (!write_rows(kind, n_rows, n_bytes)) {
		perror("generate: standard output");
		return 4;
	}
	return 0;
}
