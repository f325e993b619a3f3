/*
 * prospect-ratios: a call log in, the method's ratios out. What is counted and
 * how is decided in libprospect/calls; here are the options, and what has to be
 * opened in which order: settings, sessions, inputs, output.
 */
#include <config.h>

#include "cmd/cli/argument.h"
#include "cmd/cli/command.h"
#include "cmd/cli/common.h"
#include "cmd/cli/operands.h"
#include "cmd/cli/results.h"
#include "cmd/cli/settings.h"
#include "cmd/cli/show.h"
#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/calls/collection.h"
#include "libprospect/calls/consumers.h"
#include "libprospect/calls/counted_rows.h"
#include "libprospect/values/clock.h"

/* Changes whenever the lines of a state do. */
enum { STATE_VERSION = 5 };

static struct {
	struct psp_slices by;
	int unit;
	const char *sessions;
	const char *rows;
	const char *pipeline;
	struct psp_call_options reports;
	bool partial;
	bool merge;
} opt = { .unit = -1, .reports = { .n_wanted = 1, .at = PSP_NO_TIME } };

static const struct cli_choice units[] = {
	{ "call", PSP_UNIT_CALL },
	{ "company", PSP_UNIT_COMPANY },
	{ "person", PSP_UNIT_PERSON },
	{ NULL, 0 },
};

static const struct psp_call_report *const reports[] = {
	&psp_summary_report,
	&psp_sessions_report,
	&psp_trend_report,
	&psp_diagnosis_report,
	&psp_hours_report,
	&psp_funnel_report,
	&psp_reasons_report,
	&psp_gatekeepers_report,
	&psp_attempts_report,
	&psp_due_report,
	&psp_effort_report,
	&psp_pressure_report,
	&psp_check_report,
};

/* In the order of `reports`. */
static const struct cli_choice report_names[] = {
	{ "summary", 0 },
	{ "sessions", 1 },
	{ "trend", 2 },
	{ "diagnosis", 3 },
	{ "hours", 4 },
	{ "funnel", 5 },
	{ "reasons", 6 },
	{ "gatekeepers", 7 },
	{ "attempts", 8 },
	{ "due", 9 },
	{ "effort", 10 },
	{ "pressure", 11 },
	{ "check", 12 },
	{ NULL, 0 },
};

/* A share such as 12/40. */
static bool
read_step(const char *text, void *value, struct psp_error *err)
{
	struct psp_step *step = value;
	const char *slash = strchr(text, '/');
	char first[24] = "";

	if (slash != NULL && slash > text
	    && (size_t)(slash - text) < sizeof(first) && slash[1] != '\0') {
		memcpy(first, text, (size_t)(slash - text));
		if (!cli_read_count(slash + 1, 1, SIZE_MAX, &step->n, err)
		    || !cli_read_count(first, 0, step->n, &step->n_yes, err))
			return false;
		return true;
	}
	return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
	    "expected two numbers such as 12/40, not '%s'", text);
}

/* A moment such as 2026-11-24T10:00. */
static bool
read_moment(const char *text, void *value, struct psp_error *err)
{
	int32_t day, seconds;

	if (psp_moment_read(psp_slice_of(text), &day, &seconds)
	    != PSP_MOMENT_TIMED)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "expected a date and a time such as 2026-11-24T10:00, not "
		    "'%s'",
		    text);
	*(int64_t *)value = (int64_t)day * PSP_SECONDS_PER_DAY + seconds;
	return true;
}

/* clang-format off */
static const struct cli_option options[] = {
	CLI_HEADING("What to count"),
	CLI_READ(0, "by", &opt.by, cli_read_names, "COLUMN,COLUMN...",
	    "a row for each agent, source, segment, function, campaign, hour, "
	    "weekday, week, month or other column"),
	CLI_CHOICE(0, "unit", &opt.unit, units, "UNIT",
	    "count a call, company or person (the default) once, in the "
	    "ratios that have a unit"),
	CLI_STRING(0, "sessions", &opt.sessions, "FILE",
	    "the sessions: session,agent,start,end,pause"),
	CLI_STRING(0, "rows", &opt.rows, "RATIO:num|den",
	    "instead of a report, the records that this ratio counts above or "
	    "below the line"),
	CLI_COUNT(0, "wanted", &opt.reports.n_wanted, 1, 1000000, "N",
	    "effort: hours to obtain N (1)"),
	CLI_STRING(0, "pipeline", &opt.pipeline, "FILE",
	    "effort: what prospect-pipeline funnel wrote: how many "
	    "appointments led to a quote, and how many quotes were signed"),
	CLI_READ(0, "quotes", &opt.reports.quotes, read_step, "N/M",
	    "effort: N of M appointments led to a quote"),
	CLI_READ(0, "signatures", &opt.reports.signatures, read_step, "N/M",
	    "effort: N of M quotes were signed"),
	CLI_COUNT(0, "seed", &opt.reports.seed, 0, UINT32_MAX, "N",
	    "effort, through quotes: another choice of what is drawn (0)"),
	CLI_FLAG(0, "consumers", &opt.reports.for_consumers,
	    "pressure: who may not be called by the rules for consumers"),
	CLI_READ(0, "at", &opt.reports.at, read_moment, "DATETIME",
	    "pressure --consumers: at this moment of Paris"),
	CLI_HEADING("A log in pieces"),
	CLI_FLAG(0, "partial", &opt.partial,
	    "write what was counted, to be joined by --merge"),
	CLI_FLAG(0, "merge", &opt.merge,
	    "the operands are what --partial wrote, in the order of the log"),
	CLI_TABLE(cli_settings_options),
	CLI_TABLE(cli_input_options),
	CLI_TABLE(cli_report_options),
	CLI_TABLE(cli_general_options),
	CLI_END,
};
/* clang-format on */

/* What a run holds open, released in reverse order. */
struct work {
	int report;
	struct cli_settings settings;
	struct psp_call_model *model;
	struct psp_session_file *sessions;
	struct psp_flow *flow;
	struct psp_arena headers;   /* of states */
	struct psp_dialect dialect; /* of the log that states are of */
	struct psp_collection *collection;
	struct psp_counted_rows *rows;
	struct cli_results results;
};

/* Options that one report alone has. */
static bool
check_options(const struct work *work, struct cli_run *run)
{
	const struct psp_call_options *given = &opt.reports;
	const struct psp_call_report *report = reports[work->report];

	if (report != &psp_effort_report
	    && (given->n_wanted != 1 || given->quotes.n > 0
		|| given->signatures.n > 0 || given->seed != 0
		|| opt.pipeline != NULL))
		return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--wanted, --pipeline, --quotes, --signatures and --seed "
		    "go with the report 'effort'");
	if (opt.pipeline != NULL
	    && (given->quotes.n > 0 || given->signatures.n > 0))
		return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--pipeline says what --quotes and --signatures say: give "
		    "one or the other");
	if (opt.rows != NULL
	    && (work->report != 0 || opt.by.n > 0 || opt.partial || opt.merge))
		return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--rows lists records: it goes with no report, nor with "
		    "--by, --partial and --merge");
	if (given->signatures.n > 0 && given->quotes.n == 0)
		return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--signatures goes with --quotes: the way from appointment "
		    "to quote has to be known too");
	if (report != &psp_pressure_report
	    && (given->for_consumers || given->at != PSP_NO_TIME))
		return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--consumers and --at go with the report 'pressure'");
	if (given->for_consumers != (given->at != PSP_NO_TIME))
		return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--consumers and --at DATETIME go together");
	return true;
}

static bool
read_model(struct work *work, struct cli_run *run)
{
	work->model = psp_call_model_new(work->settings.tree.root,
	    work->settings.schema, cli_common.today, &run->problems, &run->err);
	if (work->model != NULL && opt.unit >= 0)
		psp_ratios_set_unit(
		    &work->model->ratios, (enum psp_unit)opt.unit);
	return work->model != NULL;
}

static bool
open_sessions(struct work *work, struct cli_run *run)
{
	if (opt.sessions == NULL)
		return true;
	if (!cli_run_side(run, "--sessions", opt.sessions))
		return false;
	work->sessions = psp_session_file_open(
	    opt.sessions, work->settings.schema, &cli_common.side, &run->err);
	if (work->sessions == NULL)
		return false;
	run->counts.n_side_rejected +=
	    psp_session_file_n_rejected(work->sessions);
	return true;
}

/* What became of appointments, as the pipeline knows. */
static bool
read_pipeline(const struct work *work, struct cli_run *run)
{
	size_t n_rejected;

	if (opt.pipeline == NULL)
		return true;
	if (!cli_run_side(run, "--pipeline", opt.pipeline)
	    || !psp_conversions_read(opt.pipeline, &work->model->goals,
		&cli_common.side, &opt.reports.quotes, &opt.reports.signatures,
		&n_rejected, &run->err))
		return false;
	run->counts.n_side_rejected += n_rejected;
	return true;
}

/* The day to which calls are counted: that of --at, or today. */
static int32_t
today_of_counting(void)
{
	if (!opt.reports.for_consumers)
		return cli_common.today;
	return (int32_t)(opt.reports.at / PSP_SECONDS_PER_DAY);
}

/* Binds what the report wants to the header of the log. */
static bool
prepare(struct work *work, struct psp_slices header, struct cli_run *run)
{
	const struct psp_log_want want = { .model = work->model,
		.schema = work->settings.schema,
		.file = work->sessions,
		.by = opt.by,
		.today = today_of_counting(),
		.window = opt.reports.for_consumers ? PSP_CONSUMER_DAYS : 0,
		.is_strict = cli_common.flow.strict };

	if (opt.rows != NULL) {
		work->rows = psp_counted_rows_new(opt.rows, work->model, &want,
		    header, &run->problems, &run->err);
		return work->rows != NULL;
	}
	work->collection =
	    psp_collection_new(reports[work->report], work->model, &want,
		&opt.reports, header, &run->problems, &run->err);
	return work->collection != NULL;
}

/* All that decides what is counted, as one number for the first line of a
 * state. */
static bool
hash_settings(const struct work *work, uint64_t *hash, struct psp_error *err)
{
	struct psp_buffer text;
	bool is_done;

	psp_buffer_init(&text);
	is_done = cli_settings_describe(&work->settings, &text, err)
	          && psp_buffer_format(&text, err, "unit %d\n", opt.unit);
	if (is_done && reports[work->report]->uses_today)
		is_done = psp_buffer_format(
		    &text, err, "today %d\n", (int)today_of_counting());
	for (size_t i = 0; is_done && i < opt.by.n; i++)
		is_done = psp_buffer_format(&text, err, "by %.*s\n",
		    PSP_SLICE_ARGS(psp_text_trim(opt.by.items[i])));
	if (is_done && work->sessions != NULL)
		is_done = psp_session_file_print(work->sessions, &text, err);
	if (is_done)
		*hash = psp_hash(psp_buffer_content(&text), 0);
	psp_buffer_clear(&text);
	return is_done;
}

/* Whether two states are of logs with one header. */
static bool
check_headers(struct psp_slices first, struct psp_slices other,
    const char *path, struct psp_error *err)
{
	bool is_same = first.n == other.n;

	for (size_t i = 0; is_same && i < first.n; i++)
		is_same = psp_slice_equal(first.items[i], other.items[i]);
	return is_same
	       || psp_error_set(err, PSP_EUSAGE, path, 0, 0,
		   "the state of a log with other columns than the first "
		   "has: states of one log are joined");
}

/* Joins the states of --merge, in the order of the operands. */
static bool
join_states(
    struct work *work, const struct psp_partial_name *name, struct cli_run *run)
{
	struct psp_slices first = { NULL, 0 }, header = { NULL, 0 };
	bool is_done =
	    run->n_operands > 0
	    || psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		"--merge needs the files that --partial wrote as operands");

	for (size_t i = 0; is_done && i < run->n_operands; i++) {
		const char *path = run->operands[i];
		struct psp_partial_reader *reader =
		    psp_partial_open(path, name, &run->err);

		is_done = reader != NULL
		          && psp_collection_header(reader, &work->headers,
			      &header, &work->dialect.separator, &run->err);
		if (is_done && i == 0) {
			first = header;
			is_done = prepare(work, header, run);
		} else if (is_done) {
			is_done = check_headers(first, header, path, &run->err);
		}
		is_done =
		    is_done
		    && psp_collection_load(work->collection, reader, &run->err);
		psp_partial_close(reader);
	}
	return is_done;
}

static bool
open_log(struct work *work, struct cli_run *run)
{
	work->flow = psp_flow_open(
	    run->operands, run->n_operands, &cli_common.flow, &run->err);
	return work->flow != NULL
	       && (cli_results_is_none(work->flow)
		   || prepare(work, psp_flow_header(work->flow), run));
}

/* --rows: writes the records that a ratio counts. */
static bool
list_rows(struct work *work, struct cli_run *run)
{
	const struct psp_slices none = { NULL, 0 };

	if (!open_log(work, run))
		return false;
	if (cli_common.check)
		return true;
	if (cli_results_is_none(work->flow))
		return cli_results_write_none(
		    &work->results, work->flow, false, run);
	if (!cli_results_open(
		&work->results, work->flow, none, NULL, false, run)
	    || !cli_results_run(&work->results, work->flow,
		&psp_counted_rows_steps, work->rows, run))
		return false;
	cli_results_count(run, psp_counted_rows_n(work->rows));
	return true;
}

/* Opens the log and counts it; with --check it is only opened. */
static bool
count_log(struct work *work, struct cli_run *run)
{
	bool is_done;

	if (!open_log(work, run))
		return false;
	if (cli_common.check || cli_results_is_none(work->flow))
		return true;
	is_done = cli_show_collect(
	    work->flow, &psp_collection_steps, work->collection, run);
	if (run->counts.is_known)
		cli_results_count(
		    run, run->counts.flow.n_read - run->counts.flow.n_rejected);
	return is_done;
}

/* Writes the report, or what was counted for it. */
static bool
write_result(struct work *work, const struct psp_partial_name *name,
    bool *has_findings, struct cli_run *run)
{
	const struct psp_dialect *dialect =
	    work->flow != NULL ? psp_reader_dialect(psp_flow_first(work->flow))
			       : &work->dialect;
	const struct psp_report *report;
	struct psp_partial partial;
	bool is_done;

	if (work->collection == NULL)
		return cli_results_write_none(
		    &work->results, work->flow, opt.partial, run);
	if (opt.partial) {
		psp_partial_begin(&partial, name);
		is_done = psp_collection_save(work->collection,
			      dialect->separator, &partial, &run->err)
		          && cli_show_partial(&partial, run);
		psp_partial_clear(&partial);
		return is_done;
	}
	report = psp_collection_report(
	    work->collection, &run->notes, has_findings, &run->err);
	return report != NULL && cli_show_report(report, dialect, run);
}

static bool
count_and_write(struct work *work, bool *has_findings, struct cli_run *run)
{
	struct psp_partial_name name = { "prospect-ratios",
		reports[work->report]->name, STATE_VERSION, 0 };

	if (opt.rows != NULL)
		return list_rows(work, run);
	return hash_settings(work, &name.settings, &run->err)
	       && (opt.merge ? join_states(work, &name, run)
			     : count_log(work, run))
	       && (cli_common.check
		   || write_result(work, &name, has_findings, run));
}

static enum cli_result
run(struct cli_run *run)
{
	enum cli_result result = CLI_FAILED;
	struct work work = { .report = 0 };
	bool has_findings = false;

	cli_settings_init(&work.settings);
	psp_arena_init(&work.headers);
	if (!cli_operands_report(run, report_names, &work.report)
	    || !check_options(&work, run)
	    || !cli_settings_load(&work.settings, run))
		goto done;
	if (cli_common.print_settings) {
		result = cli_settings_print(&work.settings, run);
		goto done;
	}
	if (!read_model(&work, run) || !open_sessions(&work, run)
	    || !read_pipeline(&work, run))
		goto done;
	if ((cli_common.check && run->n_operands == 0)
	    || count_and_write(&work, &has_findings, run))
		result = has_findings ? CLI_CONDITION : CLI_OK;
done:
	cli_results_close(&work.results);
	psp_counted_rows_free(work.rows);
	psp_collection_free(work.collection);
	psp_arena_clear(&work.headers);
	psp_flow_close(work.flow);
	psp_session_file_close(work.sessions);
	psp_call_model_free(work.model);
	cli_settings_clear(&work.settings);
	cli_names_clear(&opt.by);
	return result;
}

const struct cli_command cli_command = {
	.name = "prospect-ratios",
	.summary =
	    N_("Measure telephone prospecting: a call log in, ratios out."),
	.synopsis = N_("[REPORT] [OPTION]... [FILE]..."),
	.options = options,
	.run = run,
};
