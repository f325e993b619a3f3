/* Memory that runs out at each allocation in turn, from a stage file and deals
 * to each report, to states, to snapshots and to pages. */
#include <config.h>

#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "libprospect/base/calendar.h"
#include "libprospect/deals/inquiry.h"
#include "libprospect/deals/pages.h"
#include "libprospect/deals/snapshots.h"
#include "tests/unit/exhaustion.h"

enum { MOST_ALLOCATIONS = 20000 };

static const char stages[] =
    "horizons: {imminent: 3 months}\n"
    "tracks: {prospect: [piste, chaud, perdu], client: [client]}\n"
    "stages:\n"
    "  piste: {label: Piste, to: [chaud, perdu], idle: 10 days,\n"
    "    touches: {per: 30 days, min: 1, max: 2}, probability: 0.1}\n"
    "  chaud: {requires: [decision_maker], to: [client, perdu],\n"
    "    when: {decision_date: {next: imminent}}, probability: 0.6}\n"
    "  perdu: {lost: true, reasons: [prix]}\n"
    "  client: {won: true}\n"
    "families: {values: [a, b]}\n"
    "alerts: [stale, over_age, no_next_step, past_due, stage_mismatch,\n"
    "  missing_fields, amount_drop: {pct: 30}, concentration: {pct: 20}]\n";
static const char deals[] =
    "deal,siren,name,stage,amount,owner,families,created,stage_date,time,"
    "next_date,renewal,closed,reason,source_role\n"
    "D1,999203706,Alma,Piste,100 €,Anne,a|b,2026-01-01,2026-02-01,"
    "fin novembre,2026-11-01,2025-12-01,,,assistante\n"
    "D2,,Orme,chaud,200,Paul,c,2026-01-01,2026-03-01,jamais,,,,,\n"
    "D3,,Pin,client,300,Anne,a,2026-01-01,,,,,2026-04-01,,\n"
    "D4,,Houx,perdu,,Paul,,2026-01-01,,,,,2026-05-01,trop cher,\n"
    "D1,,Alma,chaud,,,,,,,,,,,\n"
    "D5,,Lis,tiède,,,,,,,,,,,\n";
static const char moves[] = "deal,date,from,to,amount\n"
			    "D1,2026-01-01,,piste,900\n"
			    "D2,2026-03-01,piste,chaud,400\n"
			    "D2,2026-01-01,,piste,400\n"
			    "D3,2026-02-01,piste,client,300\n"
			    "D4,2026-05-01,chaud,perdu,\n"
			    "D9,2026-05-01,,piste,\n"
			    "D4,2026-05-01,chaud,tiède,\n";
static const char calls[] = "date,deal,siren\n2026-11-20,D2,\n"
			    "2026-11-20,,999203706\n";
static const char stop[] = "siren\n999203706\n";
static const char sights[] = "snapshot,deal,stage\n2026-01-31,D1,piste\n"
			     "2026-02-28,D1,chaud\n2026-02-28,D1,perdu\n";

/* The files, which are there before memory gets short. */
enum { DEALS, MOVES, CALLS, STOP, SIGHTS, N_FILES };

static char paths[N_FILES][32];

static int
make_files(void **state)
{
	static const char *const texts[N_FILES] = { deals, moves, calls, stop,
		sights };

	(void)state;
	for (size_t i = 0; i < N_FILES; i++) {
		size_t size = strlen(texts[i]);
		int fd;

		strcpy(paths[i], "/tmp/deals-XXXXXX");
		fd = mkstemp(paths[i]);
		if (fd < 0 || write(fd, texts[i], size) != (ssize_t)size)
			return -1;
		close(fd);
	}
	return 0;
}

static int
remove_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_FILES; i++)
		unlink(paths[i]);
	return 0;
}

/* What a run holds. */
struct run {
	struct psp_settings tree;
	struct psp_schema *schema;
	struct psp_handbook *handbook;
	struct psp_flow *flow;
	struct psp_inquiry *inquiry;
	struct psp_layout layout;
	struct psp_writer *writer;
	struct psp_buffer page;
	struct psp_report *report;
	struct psp_problems problems;
	struct psp_error err;
};

static bool
open_handbook(struct run *run)
{
	memset(run, 0, sizeof(*run));
	psp_settings_init(&run->tree);
	psp_problems_init(&run->problems);
	psp_error_init(&run->err);
	psp_buffer_init(&run->page);
	run->schema = psp_schema_new(&run->err);
	if (run->schema == NULL
	    || !psp_settings_parse(&run->tree, psp_slice_of(stages),
		"stages.yaml", &run->problems, &run->err))
		return false;
	run->handbook = psp_handbook_new(run->tree.root, run->schema,
	    psp_days_from_civil(2026, 11, 23), &run->problems, &run->err);
	return run->handbook != NULL;
}

static void
close_run(struct run *run)
{
	psp_report_free(run->report);
	psp_writer_close(run->writer);
	psp_layout_clear(&run->layout);
	psp_inquiry_free(run->inquiry);
	psp_flow_close(run->flow);
	psp_handbook_free(run->handbook);
	psp_schema_free(run->schema);
	psp_settings_clear(&run->tree);
	psp_problems_clear(&run->problems);
	psp_buffer_clear(&run->page);
}

/* One report, written to nowhere. */
static bool
make_report(struct run *run, const struct psp_inquiry_options *options, int fd)
{
	const char *const inputs[] = { paths[DEALS] };
	const struct psp_slices none = { NULL, 0 };
	struct psp_writer_options form = { .separator = ',' };
	struct psp_inquiry_options chosen = *options;
	struct psp_flow_options side;
	struct psp_flow_options flow;
	struct psp_slices header = none;

	psp_flow_options_init(&flow);
	psp_flow_options_init(&side);
	side.n_threads = 1;
	chosen.side = &side;
	if (!open_handbook(run))
		return false;
	run->flow = psp_flow_open(inputs, 1, &flow, &run->err);
	if (run->flow == NULL)
		return false;
	if (chosen.rows != NULL)
		header = psp_flow_header(run->flow);
	run->inquiry = psp_inquiry_new(run->handbook,
	    psp_flow_header(run->flow), &chosen, &run->problems, &run->err);
	if (run->inquiry == NULL
	    || !psp_layout_init(
		&run->layout, header, none, &chosen.notes, &run->err))
		return false;
	run->writer = psp_writer_open(
	    fd, "nowhere", &psp_format_csv, &form, &run->layout, &run->err);
	return run->writer != NULL
	       && psp_flow_run(run->flow, &psp_inquiry_steps, run->inquiry,
		   run->writer, &run->err)
	       && psp_report_write(run->inquiry->report, fd, "nowhere",
		   &psp_format_csv, &form, &run->err);
}

/* The pages, and the moves between snapshots. */
static bool
make_pages(struct run *run, const struct psp_inquiry_options *options, int fd)
{
	const char *const inputs[] = { paths[SIGHTS] };
	struct psp_writer_options form = { .separator = ',' };
	struct psp_reader_options reader;

	(void)options;
	psp_reader_options_init(&reader);
	if (!open_handbook(run)
	    || !psp_manual_put(run->handbook, &run->page, &run->err)
	    || !psp_graph_put(run->handbook, &run->page, &run->err))
		return false;
	run->report = psp_snapshots_compare(run->handbook, inputs, 1, false,
	    &reader, &run->problems, &run->err);
	return run->report != NULL
	       && psp_report_write(run->report, fd, "nowhere", &psp_format_csv,
		   &form, &run->err)
	       && psp_report_n_rows(run->report) == 2;
}

typedef bool make_fn(
    struct run *run, const struct psp_inquiry_options *options, int fd);

/* Lets memory run out later and later, until all is made. */
static void
exhaust(make_fn *make, const struct psp_inquiry_options *options)
{
	int fd = open("/dev/null", O_WRONLY);
	bool is_done = false;

	assert_true(fd >= 0);
	for (long n = 0; !is_done && n < MOST_ALLOCATIONS; n++) {
		struct run run;

		allocations_left = n;
		is_done = make(&run, options, fd);
		allocations_left = -1;
		if (!is_done && run.problems.n > 0)
			fail_msg("after %ld allocations: %s", n,
			    run.problems.items[0].message);
		if (!is_done && run.err.status != PSP_ENOMEM)
			fail_msg("after %ld allocations of report %d: %s", n,
			    (int)options->kind, run.err.message);
		close_run(&run);
	}
	assert_true(is_done);
	close(fd);
}

static struct psp_inquiry_options
options_of(enum psp_inquiry_kind kind)
{
	struct psp_inquiry_options options = { .kind = kind,
		.today = psp_days_from_civil(2026, 11, 23),
		.from = PSP_NO_DAY,
		.to = PSP_NO_DAY,
		.target = 1000,
		.within = 30,
		.top = SIZE_MAX,
		.history = paths[MOVES],
		.touches = paths[CALLS],
		.suppress = paths[STOP] };

	return options;
}

static void
every_report_tells_of_want(void **state)
{
	(void)state;
	for (int kind = 0; kind < PSP_N_INQUIRIES; kind++) {
		struct psp_inquiry_options options =
		    options_of((enum psp_inquiry_kind)kind);

		exhaust(make_report, &options);
	}
}

static void
records_and_states_tell_of_want(void **state)
{
	struct psp_inquiry_options options = options_of(PSP_INQUIRY_STATUS);

	(void)state;
	options.rows = "piste";
	exhaust(make_report, &options);
	options.rows = NULL;
	options.is_partial = true;
	options.by[0] = PSP_BY_FAMILY;
	options.by[1] = PSP_BY_STAGE;
	options.n_by = 2;
	exhaust(make_report, &options);
}

static void
pages_tell_of_want(void **state)
{
	struct psp_inquiry_options options = options_of(PSP_INQUIRY_STATUS);

	(void)state;
	exhaust(make_pages, &options);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_report_tells_of_want),
		cmocka_unit_test(records_and_states_tell_of_want),
		cmocka_unit_test(pages_tell_of_want),
	};

	return cmocka_run_group_tests(tests, make_files, remove_files);
}
