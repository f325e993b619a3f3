/*
 * prospect-pipeline: deals against the sales handbook. What a report says is
 * decided in libprospect/deals; here are the options, and what has to be
 * opened in which order: settings, inputs, output.
 */
#include <config.h>

#include "cmd/cli/command.h"
#include "cmd/cli/common.h"
#include "cmd/cli/day.h"
#include "cmd/cli/operands.h"
#include "cmd/cli/results.h"
#include "cmd/cli/settings.h"
#include "cmd/cli/show.h"
#include "libprospect/base/catalog.h"
#include "libprospect/base/map.h"
#include "libprospect/deals/inquiry.h"
#include "libprospect/deals/pages.h"
#include "libprospect/deals/snapshots.h"

/* Reports that are none on deals: see run(). */
enum { MANUAL = PSP_N_INQUIRIES, GRAPH, HISTORY };

static const struct cli_choice reports[] = {
	{ "status", PSP_INQUIRY_STATUS },
	{ "check", PSP_INQUIRY_CHECK },
	{ "alerts", PSP_INQUIRY_ALERTS },
	{ "qualify", PSP_INQUIRY_QUALIFY },
	{ "funnel", PSP_INQUIRY_FUNNEL },
	{ "time", PSP_INQUIRY_TIME },
	{ "velocity", PSP_INQUIRY_VELOCITY },
	{ "winrate", PSP_INQUIRY_WINRATE },
	{ "forecast", PSP_INQUIRY_FORECAST },
	{ "backtest", PSP_INQUIRY_BACKTEST },
	{ "calibration", PSP_INQUIRY_CALIBRATION },
	{ "coverage", PSP_INQUIRY_COVERAGE },
	{ "lost", PSP_INQUIRY_LOST },
	{ "families", PSP_INQUIRY_FAMILIES },
	{ "pressure", PSP_INQUIRY_PRESSURE },
	{ "due", PSP_INQUIRY_DUE },
	{ "priorities", PSP_INQUIRY_PRIORITIES },
	{ "manual", MANUAL },
	{ "graph", GRAPH },
	{ "history", HISTORY },
	{ NULL, 0 },
};

static const struct cli_choice modes[] = {
	{ "ordered", PSP_FUNNEL_ORDERED },
	{ "any", PSP_FUNNEL_ANY },
	{ "created-cohort", PSP_FUNNEL_CREATED },
	{ "active-cohort", PSP_FUNNEL_ACTIVE },
	{ NULL, 0 },
};

static struct {
	const char *by;
	const char *rows;
	const char *history;
	const char *touches;
	const char *suppress;
	int mode;
	int32_t since, until;
	const char *target;
	const char *within;
	size_t top;
	size_t seed;
	bool fail_on_alert;
	bool from_snapshots;
	bool partial;
	bool merge;
} opt = { .since = PSP_NO_DAY, .until = PSP_NO_DAY, .top = SIZE_MAX };

/* clang-format off */
static const struct cli_option options[] = {
	CLI_HEADING("Which deals, and how"),
	CLI_STRING(0, "by", &opt.by, "NAMES",
	    "groups: stage, owner, family, source, track, reason, created, "
	    "closed or from"),
	CLI_STRING(0, "history", &opt.history, "FILE",
	    "moves of the deals: deal,date,from,to,amount"),
	CLI_STRING(0, "rows", &opt.rows, "ROW:COLUMN",
	    "the records that a number of the report counts, such as "
	    "chaud:stale"),
	CLI_READ(0, "since", &opt.since, cli_read_day, "DATE",
	    "first day of the period"),
	CLI_READ(0, "until", &opt.until, cli_read_day, "DATE",
	    "last day of the period"),
	CLI_FLAG(0, "partial", &opt.partial,
	    "write the state of the report, to be joined with others"),
	CLI_FLAG(0, "merge", &opt.merge,
	    "join states, the operands, and report on them"),
	CLI_HEADING("Of one report"),
	CLI_CHOICE(0, "mode", &opt.mode, modes, "MODE",
	    "funnel: ordered, any, created-cohort or active-cohort"),
	CLI_STRING(0, "target", &opt.target, "AMOUNT",
	    "coverage: what is to be won in the period, such as 200k€"),
	CLI_STRING(0, "within", &opt.within, "DURATION",
	    "due: how far ahead to look (30 days); time: by when deals have "
	    "left (90 days)"),
	CLI_COUNT(0, "top", &opt.top, 1, SIZE_MAX - 1, "N",
	    "priorities: the first N"),
	CLI_COUNT(0, "seed", &opt.seed, 0, UINT32_MAX, "N",
	    "forecast, backtest: another choice of what is drawn (0)"),
	CLI_STRING(0, "touches", &opt.touches, "FILE",
	    "pressure: calls and mails: deal or siren, date"),
	CLI_STRING(0, "suppress", &opt.suppress, "FILE",
	    "priorities: who must not be contacted"),
	CLI_FLAG(0, "fail-on-alert", &opt.fail_on_alert,
	    "alerts: status 1 when there is one"),
	CLI_FLAG(0, "from-snapshots", &opt.from_snapshots,
	    "history: the moves between dated exports, the operands"),
	CLI_TABLE(cli_settings_options),
	CLI_TABLE(cli_input_options),
	CLI_TABLE(cli_report_options),
	CLI_TABLE(cli_general_options),
	CLI_END,
};
/* clang-format on */

/* What a run holds open, released in reverse order. */
struct work {
	struct cli_settings settings;
	struct psp_flow_options side; /* files beside the deals */
	struct psp_handbook *handbook;
	struct psp_flow *flow;
	struct psp_inquiry *inquiry;
	struct cli_results results;
};

/* The reports that look at a period: the funnel only with cohorts. */
static uint64_t
with_period(void)
{
	uint64_t those = UINT64_C(1) << PSP_INQUIRY_VELOCITY
	                 | UINT64_C(1) << PSP_INQUIRY_COVERAGE
	                 | UINT64_C(1) << PSP_INQUIRY_BACKTEST
	                 | UINT64_C(1) << PSP_INQUIRY_CALIBRATION;

	return opt.mode == PSP_FUNNEL_CREATED || opt.mode == PSP_FUNNEL_ACTIVE
	           ? those | UINT64_C(1) << PSP_INQUIRY_FUNNEL
	           : those;
}

/* Refuses an option that the report would pass over in silence. */
static bool
check_misplaced(int report, struct cli_run *run)
{
	static const char period[] =
	    "velocity, coverage, backtest, calibration, "
	    "funnel --mode created-cohort|active-cohort";
	const struct {
		const char *name;
		bool is_given;
		uint64_t of; /* reports: bits */
		const char *names;
	} placed[] = {
		{ "--since", opt.since != PSP_NO_DAY, with_period(), period },
		{ "--until", opt.until != PSP_NO_DAY, with_period(), period },
		{ "--mode", opt.mode != PSP_FUNNEL_ORDERED,
		    UINT64_C(1) << PSP_INQUIRY_FUNNEL, "funnel" },
		{ "--target", opt.target != NULL,
		    UINT64_C(1) << PSP_INQUIRY_COVERAGE, "coverage" },
		{ "--within", opt.within != NULL,
		    UINT64_C(1) << PSP_INQUIRY_DUE
			| UINT64_C(1) << PSP_INQUIRY_TIME,
		    "due, time" },
		{ "--top", opt.top != SIZE_MAX,
		    UINT64_C(1) << PSP_INQUIRY_PRIORITIES, "priorities" },
		{ "--seed", opt.seed != 0,
		    UINT64_C(1) << PSP_INQUIRY_FORECAST
			| UINT64_C(1) << PSP_INQUIRY_BACKTEST,
		    "forecast, backtest" },
		{ "--touches", opt.touches != NULL,
		    UINT64_C(1) << PSP_INQUIRY_PRESSURE, "pressure" },
		{ "--suppress", opt.suppress != NULL,
		    UINT64_C(1) << PSP_INQUIRY_PRIORITIES, "priorities" },
		{ "--fail-on-alert", opt.fail_on_alert,
		    UINT64_C(1) << PSP_INQUIRY_ALERTS, "alerts" },
		{ "--from-snapshots", opt.from_snapshots,
		    UINT64_C(1) << HISTORY, "history" },
	};

	for (size_t i = 0; i < sizeof(placed) / sizeof(placed[0]); i++)
		if (placed[i].is_given && !(placed[i].of >> report & 1))
			return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
			    "%s has no meaning here: it goes with %s",
			    placed[i].name, placed[i].names);
	return true;
}

/* What the options say to the inquiry. */
static bool
fill_options(struct work *work, int report, struct psp_inquiry_options *chosen,
    struct cli_run *run)
{
	struct psp_duration within = {
		.days = report == PSP_INQUIRY_TIME ? 90 : 30
	};
	struct psp_error reason;

	*chosen = (struct psp_inquiry_options){
		.kind = (enum psp_inquiry_kind)report,
		.today = cli_common.today,
		.from = opt.since,
		.to = opt.until,
		.mode = (enum psp_funnel_mode)opt.mode,
		.target = PSP_NO_AMOUNT,
		.top = opt.top,
		.seed = (uint32_t)opt.seed,
		.history = opt.history,
		.touches = opt.touches,
		.suppress = opt.suppress,
		.rows = opt.rows,
		.strict = cli_common.flow.strict,
		.binds_all = cli_common.check,
		.is_partial = opt.partial,
		.side = &work->side,
		.notes = run->notes,
	};
	psp_flow_options_init(&work->side);
	work->side.reader = cli_common.side;
	work->side.n_threads = cli_common.flow.n_threads;
	work->side.part_size = cli_common.flow.part_size;
	psp_error_init(&reason);
	/* By month is what a forecast is, said or not. */
	if (opt.by != NULL
	    && !(report == PSP_INQUIRY_FORECAST
		 && psp_slice_is(psp_slice_of(opt.by), "month"))
	    && !psp_by_read(opt.by, chosen->by, &chosen->n_by, &reason))
		return psp_error_set(&run->err, reason.status, NULL, 0, 0,
		    "--by: %s", reason.message);
	if (opt.since != PSP_NO_DAY && opt.until != PSP_NO_DAY
	    && opt.until < opt.since)
		return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--until is before --since");
	if (opt.target != NULL
	    && (!psp_money_read(psp_slice_of(opt.target), PSP_STYLE_UNKNOWN,
		    &chosen->target)
		|| chosen->target <= 0))
		return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--target: an amount such as 200k€ expected, not '%s'",
		    opt.target);
	if (opt.within != NULL
	    && !psp_duration_read(psp_slice_of(opt.within), &within))
		return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--within: a duration such as 30 days expected, not '%s'",
		    opt.within);
	chosen->within = psp_days_add_duration(cli_common.today, &within, 1)
	                 - cli_common.today;
	return true;
}

/* What the settings and the day decide, for states to be compared by. */
static bool
hash_settings(const struct work *work, uint64_t *hash, struct cli_run *run)
{
	struct psp_buffer text;
	bool is_done;

	psp_buffer_init(&text);
	is_done = cli_settings_describe(&work->settings, &text, &run->err);
	if (is_done)
		*hash = psp_hash(psp_buffer_content(&text),
		    (uint64_t)(uint32_t)cli_common.today);
	psp_buffer_clear(&text);
	return is_done;
}

/* Joins the states that the operands are. */
static enum cli_result
merge_states(struct work *work, int report, struct cli_run *run)
{
	struct psp_inquiry_options chosen;

	if (opt.partial || opt.rows != NULL) {
		psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--merge makes a report of states: not with --partial or "
		    "--rows");
		return CLI_FAILED;
	}
	if (run->n_operands == 0) {
		psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--merge needs states: name their files");
		return CLI_FAILED;
	}
	if (!fill_options(work, report, &chosen, run)
	    || !hash_settings(work, &chosen.settings, run))
		return CLI_FAILED;
	work->inquiry =
	    psp_inquiry_new_merged(work->handbook, &chosen, &run->err);
	if (work->inquiry == NULL
	    || !psp_inquiry_merge(
		work->inquiry, run->operands, run->n_operands, &run->err)
	    || (!cli_common.check
		&& !cli_show_report(work->inquiry->report, NULL, run)))
		return CLI_FAILED;
	return CLI_OK;
}

/* Opens inputs and binds the inquiry to their header, if they have one. */
static bool
open_inputs(struct work *work, int report, struct cli_run *run)
{
	struct psp_inquiry_options chosen;

	if (!fill_options(work, report, &chosen, run)
	    || !hash_settings(work, &chosen.settings, run)
	    || !cli_run_side(run, "--history", opt.history)
	    || !cli_run_side(run, "--touches", opt.touches)
	    || !cli_run_side(run, "--suppress", opt.suppress))
		return false;
	work->flow = psp_flow_open(
	    run->operands, run->n_operands, &cli_common.flow, &run->err);
	if (work->flow == NULL)
		return false;
	if (cli_results_is_none(work->flow))
		return true;
	work->inquiry = psp_inquiry_new(work->handbook,
	    psp_flow_header(work->flow), &chosen, &run->problems, &run->err);
	return work->inquiry != NULL;
}

/* Writes the records that a number counts. */
static bool
write_rows(struct work *work, struct cli_run *run)
{
	const struct psp_slices none = { NULL, 0 };
	bool is_done =
	    cli_results_open(&work->results, work->flow, none, NULL, false, run)
	    && cli_results_run(&work->results, work->flow, &psp_inquiry_steps,
		work->inquiry, run);

	if (run->counts.is_known)
		cli_results_count(run, work->inquiry->n_marked);
	return is_done;
}

static enum cli_result
report_on_deals(struct work *work, int report, struct cli_run *run)
{
	if (cli_results_is_none(work->flow))
		return cli_results_write_none(
			   &work->results, work->flow, opt.partial, run)
		           ? CLI_OK
		           : CLI_FAILED;
	if (opt.rows != NULL)
		return write_rows(work, run) ? CLI_OK : CLI_FAILED;
	if (!cli_show_collect(
		work->flow, &psp_inquiry_steps, work->inquiry, run))
		return CLI_FAILED;
	if (opt.partial)
		return cli_show_partial(&work->inquiry->partial, run)
		           ? CLI_OK
		           : CLI_FAILED;
	/* From cron: nothing at all when all is well. */
	if (report == PSP_INQUIRY_ALERTS && work->inquiry->n_found == 0)
		return cli_run_output(run, &run->err) ? CLI_OK : CLI_FAILED;
	if (!cli_show_report(work->inquiry->report,
		psp_reader_dialect(psp_flow_first(work->flow)), run))
		return CLI_FAILED;
	if (work->inquiry->n_found > 0
	    && (report == PSP_INQUIRY_CHECK
		|| (report == PSP_INQUIRY_ALERTS && opt.fail_on_alert)))
		return CLI_CONDITION;
	return CLI_OK;
}

/* The pages that the stage file alone makes. */
static enum cli_result
write_page(struct work *work, int report, struct cli_run *run)
{
	struct psp_buffer page;
	bool is_done;

	if (run->n_operands > 0) {
		psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "'%s' is made of the settings alone: leave out '%s'",
		    report == MANUAL ? "manual" : "graph", run->operands[0]);
		return CLI_FAILED;
	}
	psp_buffer_init(&page);
	is_done =
	    (report == MANUAL ? psp_manual_put(work->handbook, &page, &run->err)
			      : psp_graph_put(work->handbook, &page, &run->err))
	    && cli_run_output(run, &run->err)
	    && cli_output_write(&run->output, page.bytes, page.size, &run->err);
	psp_buffer_clear(&page);
	return is_done ? CLI_OK : CLI_FAILED;
}

/* The moves between snapshots, which the operands are. */
static enum cli_result
write_history(struct work *work, struct cli_run *run)
{
	struct psp_report *report = NULL;
	bool is_done = false;

	if (!opt.from_snapshots) {
		psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "'history' makes moves of dated exports: say "
		    "--from-snapshots FILE FILE...");
		return CLI_FAILED;
	}
	report = psp_snapshots_compare(work->handbook, run->operands,
	    run->n_operands, cli_common.check, &cli_common.flow.reader,
	    &run->problems, &run->err);
	if (report != NULL)
		is_done =
		    cli_common.check || cli_show_report(report, NULL, run);
	psp_report_free(report);
	return is_done ? CLI_OK : CLI_FAILED;
}

static enum cli_result
run(struct cli_run *run)
{
	enum cli_result result = CLI_FAILED;
	struct work work = { .flow = NULL };
	int report = PSP_INQUIRY_STATUS;

	cli_settings_init(&work.settings);
	if (!cli_operands_report(run, reports, &report)
	    || (!cli_common.check && !check_misplaced(report, run))
	    || !cli_settings_load(&work.settings, run))
		goto done;
	if (cli_common.print_settings) {
		result = cli_settings_print(&work.settings, run);
		goto done;
	}
	work.handbook = psp_handbook_new(work.settings.tree.root,
	    work.settings.schema, cli_common.today, &run->problems, &run->err);
	if (work.handbook == NULL)
		goto done;
	if (cli_common.check && run->n_operands == 0) {
		result = CLI_OK;
		goto done;
	}
	if (report == MANUAL || report == GRAPH) {
		result = write_page(&work, report, run);
		goto done;
	}
	if (report == HISTORY) {
		result = write_history(&work, run);
		goto done;
	}
	if (opt.merge) {
		result = merge_states(&work, report, run);
		goto done;
	}
	if (!open_inputs(&work, report, run))
		goto done;
	result =
	    cli_common.check ? CLI_OK : report_on_deals(&work, report, run);
done:
	cli_results_close(&work.results);
	psp_inquiry_free(work.inquiry);
	psp_flow_close(work.flow);
	psp_handbook_free(work.handbook);
	cli_settings_clear(&work.settings);
	return result;
}

const struct cli_command cli_command = {
	.name = "prospect-pipeline",
	.summary = N_("Follow deals through the stages of sales."),
	.synopsis = N_("-c FILE [REPORT] [OPTION]... [FILE]..."),
	.options = options,
	.run = run,
};
