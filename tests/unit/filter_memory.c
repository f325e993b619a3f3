/*
 * Memory that runs out at each allocation in turn, alone or with all after it,
 * while a whole filter runs: settings, two inputs that are united, signals, a
 * list, and each of its modes into each of the formats.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "libprospect/base/calendar.h"
#include "libprospect/report/markdown.h"
#include "libprospect/report/table.h"
#include "libprospect/targeting/filter.h"
#include "tests/unit/exhaustion.h"

enum { MOST_ALLOCATIONS = 5000, TODAY_YEAR = 2026 };

static const char settings[] =
    "targets:\n"
    "  near:\n"
    "    label: Près\n"
    "    all:\n"
    "      - department: {in: [ile_de_france, 69]}\n"
    "      - headcount: {between: [10, 300], missing: pass}\n"
    "      - name: {matches: \"^soci.té|é\"}\n"
    "    signals: {none: [{distress: {within: 1 year}}]}\n"
    "    keywords: {any: [froid, pain], in: [name, signal.title]}\n"
    "  far: {at_least: {n: 1, of: [{headcount: {lt: 5}}, {name: é}]}}\n"
    "segments: {gold: {target: near}, silver: {target: far}}\n";
static const char one[] = "siren;name;department;headcount;email\n"
			  "732829320;Société du froid;69;25;a@exemple.test\n"
			  "552100554;\"Pains \"\"é\"\"\";75;x;b@exemple.test\n"
			  "1;2\n"
			  "542065479;\"Étoile\"x;2A;3;\n";
static const char two[] = "name,siren,department,headcount,town\n"
			  "Froid Nord,120027016,59,100,Lille\n"
			  "\"Pains;\nSud\",356000000,13,,Arles\n";
static const char signals[] =
    "siren,date,signal,title\n"
    "732829320,2026-10-01,buzz,\"Salon du \"\"froid\"\"\"\n"
    "120027016,2026-03-01,distress,\n";
static const char list[] =
    "siren;email;sha256\n"
    "356000000;b@exemple.test;f531673d09e74d6e3fc76743cf52a7c0b0af68579c02f"
    "97592719eb0ec1b396e\n";

/* Files that are read, by their paths. */
struct files {
	char one[64], two[64], signals[64], list[64];
};

/* What a run of the filter holds. */
struct run {
	struct psp_problems problems;
	struct psp_settings settings;
	struct psp_schema *schema;
	struct psp_targets *targets;
	struct psp_flow *flow;
	struct psp_signals *signals;
	struct psp_suppression *list;
	struct psp_filter *filter;
	struct psp_layout layout;
	struct psp_writer *writer;
};

static void
write_file(char path[64], const char *text)
{
	int fd;

	snprintf(path, 64, "/tmp/prospect-unit-XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_true(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
}

static int
set_up(void **state)
{
	struct files *files = calloc(1, sizeof(*files));

	assert_non_null(files);
	write_file(files->one, one);
	write_file(files->two, two);
	write_file(files->signals, signals);
	write_file(files->list, list);
	*state = files;
	return 0;
}

static int
tear_down(void **state)
{
	struct files *files = *state;

	unlink(files->one);
	unlink(files->two);
	unlink(files->signals);
	unlink(files->list);
	free(files);
	return 0;
}

static bool
read_targets(struct run *run, struct psp_error *err)
{
	struct psp_targets_options options = { .target = "near",
		.today = psp_days_from_civil(TODAY_YEAR, 11, 23) };

	run->schema = psp_schema_new(err);
	if (run->schema == NULL
	    || !psp_settings_parse(&run->settings, psp_slice_of(settings),
		"t.yaml", &run->problems, err))
		return false;
	run->targets = psp_targets_new(
	    run->settings.root, &options, run->schema, &run->problems, err);
	return run->targets != NULL;
}

static bool
open_files(struct run *run, const struct files *files, struct psp_error *err)
{
	const char *const paths[] = { files->one, files->two };
	const struct psp_terms *terms = psp_targets_terms(run->targets);
	struct psp_flow_options options;

	psp_flow_options_init(&options);
	options.allow_union = true;
	options.rejects = "/dev/null";
	run->flow = psp_flow_open(paths, 2, &options, err);
	if (run->flow == NULL)
		return false;
	run->signals =
	    psp_signals_open(files->signals, &terms->codes, terms->key,
		psp_days_from_civil(TODAY_YEAR, 11, 23), &options.reader, err);
	if (run->signals == NULL)
		return false;
	run->list = psp_suppression_open(files->list, &options.reader, err);
	return run->list != NULL;
}

static bool
run_filter(struct run *run, const struct files *files,
    const struct psp_filter_options *options, const struct psp_format *format,
    int fd, struct psp_error *err)
{
	const struct psp_writer_options form = { .separator = ';' };
	struct psp_slices header = { NULL, 0 };

	if (!read_targets(run, err) || !open_files(run, files, err))
		return false;
	run->filter = psp_filter_new(run->targets, run->schema,
	    psp_flow_header(run->flow), run->signals, run->list, options,
	    &run->problems, err);
	if (run->filter == NULL)
		return false;
	if (psp_filter_writes_records(run->filter))
		header = psp_flow_header(run->flow);
	if (!psp_layout_init(&run->layout, header,
		psp_filter_cells(run->filter), &options->notes, err))
		return false;
	run->writer =
	    psp_writer_open(fd, "nothing", format, &form, &run->layout, err);
	return run->writer != NULL && psp_writer_begin(run->writer, err)
	       && psp_flow_run(
		   run->flow, &psp_filter_steps, run->filter, run->writer, err)
	       && psp_writer_finish(run->writer, err);
}

static void
clear(struct run *run)
{
	psp_writer_close(run->writer);
	psp_layout_clear(&run->layout);
	psp_filter_free(run->filter);
	psp_suppression_close(run->list);
	psp_signals_close(run->signals);
	psp_flow_close(run->flow);
	psp_targets_free(run->targets);
	psp_settings_clear(&run->settings);
	psp_schema_free(run->schema);
	psp_problems_clear(&run->problems);
}

/* Fails one allocation after the other. Returns how many failed. */
static size_t
exhaust(const struct files *files, const struct psp_filter_options *options,
    const struct psp_format *format, bool once)
{
	int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	size_t n_failed = 0;
	bool is_left = true;

	assert_true(fd >= 0);
	for (long n = 0; is_left; n++) {
		struct psp_error err;
		struct run run;
		bool is_done;

		assert_true(n < MOST_ALLOCATIONS);
		memset(&run, 0, sizeof(run));
		psp_error_init(&err);
		psp_problems_init(&run.problems);
		psp_settings_init(&run.settings);
		allocation_fails_once = once;
		allocations_left = n;
		is_done = run_filter(&run, files, options, format, fd, &err);
		is_left = once ? allocations_left < 0 : allocations_left == 0;
		allocations_left = -1;
		if (is_done != (err.status == PSP_OK)
		    || (!is_done && err.status != PSP_ENOMEM))
			fail_msg("%s after %ld allocations: done %d, '%s', "
				 "'%s'",
			    format->name, n, (int)is_done, err.message,
			    run.problems.n > 0 ? run.problems.items[0].message
					       : "");
		n_failed += is_left;
		clear(&run);
	}
	allocation_fails_once = false;
	close(fd);
	return n_failed;
}

static void
every_allocation_of_a_filter_may_fail(void **state)
{
	static const struct psp_slice names[] = { { "department", 10 },
		{ "town", 4 } };
	static const struct {
		struct psp_filter_options options;
		const struct psp_format *format;
		size_t sample, memory; /* 0: all, and enough */
	} modes[] = {
		{ { .mode = PSP_FILTER_ROWS }, &psp_format_csv, 0, 0 },
		{ { .mode = PSP_FILTER_ROWS }, &psp_format_jsonl, 1, 0 },
		{ { .mode = PSP_FILTER_ROWS, .invert = true }, &psp_format_csv,
		    2, 1 },
		{ { .mode = PSP_FILTER_EXPLAIN }, &psp_format_tsv, 0, 0 },
		{ { .mode = PSP_FILTER_LABEL, .multi = true },
		    &psp_format_table, 0, 0 },
		{ { .mode = PSP_FILTER_COUNT }, &psp_format_csv, 0, 0 },
		{ { .mode = PSP_FILTER_FACETS, .facets = { names, 2 } },
		    &psp_format_json, 0, 0 },
		{ { .mode = PSP_FILTER_FUNNEL }, &psp_format_markdown, 0, 0 },
	};
	size_t n_failed = 0;

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		struct psp_filter_options options = modes[i].options;

		options.sample.order = PSP_RANKING_INPUT_ORDER;
		options.sample.limit =
		    modes[i].sample > 0 ? modes[i].sample : SIZE_MAX;
		options.sample.memory =
		    modes[i].memory > 0 ? modes[i].memory : SIZE_MAX;
		options.sample.folder = "/tmp";
		options.label = "segment";
		n_failed += exhaust(*state, &options, modes[i].format, false);
		n_failed += exhaust(*state, &options, modes[i].format, true);
	}
	print_message("# %zu allocations failed\n", n_failed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    every_allocation_of_a_filter_may_fail, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("filter_memory", tests, NULL, NULL);
}
