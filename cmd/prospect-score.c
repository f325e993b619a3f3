/*
 * prospect-score: a score for each company, with its reasons. What a score is
 * is decided in libprospect/scoring; here are the options, and what has to be
 * opened in which order: settings, inputs, signals, output.
 */
#include <config.h>

#include "cmd/cli/command.h"
#include "cmd/cli/common.h"
#include "cmd/cli/ranking.h"
#include "cmd/cli/results.h"
#include "cmd/cli/settings.h"
#include "cmd/cli/signals.h"
#include "libprospect/base/catalog.h"
#include "libprospect/scoring/scorer.h"
#include "libprospect/stream/sample.h"

static struct {
	const char *signals;
	size_t top;
	bool sort;
	const char *classes;
	const char *add;
	bool explain;
	const char *id;
	const char *score;
	const char *rollup;
} opt = { .top = SIZE_MAX };

/* clang-format off */
static const struct cli_option options[] = {
	CLI_HEADING("How to score"),
	CLI_STRING(0, "signals", &opt.signals, "FILE",
	    "business signals: siren,date,signal,title,source,url,strength"),
	CLI_STRING(0, "score", &opt.score, "NAME",
	    "of several scores the one to sort, choose and explain by (the "
	    "first)"),
	CLI_STRING(0, "add", &opt.add, "COLUMNS",
	    "add these columns only, such as score,class,reasons"),
	CLI_HEADING("Which records, and in which order"),
	CLI_FLAG(0, "sort", &opt.sort,
	    "highest score first, disqualified records last"),
	CLI_COUNT(0, "top", &opt.top, 1, SIZE_MAX - 1, "N",
	    "the N best records, highest score first"),
	CLI_TABLE(cli_ranking_options),
	CLI_STRING(0, "class", &opt.classes, "NAMES",
	    "records of these classes only, such as hot,potential"),
	CLI_STRING(0, "rollup", &opt.rollup, "KEY=HOW",
	    "the best record of each KEY, with the max, sum or mean of their "
	    "scores: siren=max"),
	CLI_HEADING("Instead of the records"),
	CLI_FLAG(0, "explain", &opt.explain,
	    "what made each score, line by line; the lines add up to it"),
	CLI_STRING(0, "id", &opt.id, "KEY",
	    "with --explain: the record of this key (a SIREN) only"),
	CLI_TABLE(cli_settings_options),
	CLI_TABLE(cli_input_options),
	CLI_TABLE(cli_output_options),
	CLI_TABLE(cli_general_options),
	CLI_END,
};
/* clang-format on */

/* What a run holds open, released in reverse order. */
struct work {
	struct cli_settings settings;
	struct psp_models *models;
	struct psp_flow *flow;
	struct psp_signals *signals;
	struct psp_scorer *scorer;
	struct cli_results results;
};

static bool
check_options(struct cli_run *run)
{
	if (opt.id != NULL && !opt.explain)
		return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--id goes with --explain; add that");
	if (opt.explain && (opt.sort || opt.top != SIZE_MAX || opt.add != NULL))
		return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--sort, --top and --add go with records, not with "
		    "--explain");
	if (opt.explain && opt.rollup != NULL)
		return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--explain shows how each record came to its score, "
		    "--rollup makes one of several: give the output of "
		    "--rollup to another run with --explain");
	return true;
}

static bool
read_models(struct work *work, struct cli_run *run)
{
	work->models = psp_models_new(work->settings.tree.root,
	    work->settings.schema, cli_common.today, &run->problems, &run->err);
	return work->models != NULL;
}

/* Opens the signals, which rules may need. */
static bool
open_signals(struct work *work, struct cli_run *run)
{
	if (opt.signals == NULL)
		return !work->models->use_signals || cli_common.check
		       || psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
			   "the rules ask for signals: give their file with "
			   "--signals FILE");
	work->signals =
	    cli_signals_open(opt.signals, &work->models->terms, run);
	return work->signals != NULL;
}

/* Lets the first records tell in which order conditions are asked. */
static bool
tune(struct work *work, struct cli_run *run)
{
	struct psp_sample sample;
	bool is_done =
	    psp_sample_init(&sample, work->flow, &run->err)
	    && psp_scorer_tune(work->scorer, &sample.batch, &run->err);

	psp_sample_clear(&sample);
	return is_done;
}

/* Opens inputs and binds the model to their header, if they have one. */
static bool
open_inputs(struct work *work, struct cli_run *run)
{
	struct psp_scorer_options chosen = { .ranking = cli_ranking(
						 opt.sort || opt.top != SIZE_MAX
						     ? PSP_RANKING_BEST_FIRST
						     : PSP_RANKING_INPUT_ORDER,
						 opt.top),
		.explains = opt.explain,
		.id = opt.id,
		.classes = opt.classes,
		.add = opt.add,
		.score = opt.score,
		.rollup = opt.rollup,
		.strict = cli_common.flow.strict,
		.notes = run->notes };

	if (!cli_run_side(run, "--signals", opt.signals))
		return false;
	work->flow = psp_flow_open(
	    run->operands, run->n_operands, &cli_common.flow, &run->err);
	if (work->flow == NULL || !open_signals(work, run))
		return false;
	if (cli_results_is_none(work->flow))
		return true;
	work->scorer = psp_scorer_new(work->models, psp_flow_header(work->flow),
	    work->signals, &chosen, &run->problems, &run->err);
	return work->scorer != NULL && tune(work, run);
}

static bool
score_records(struct work *work, struct cli_run *run)
{
	bool is_done;

	if (cli_results_is_none(work->flow))
		return cli_results_write_none(
		    &work->results, work->flow, false, run);
	is_done =
	    cli_results_open(&work->results, work->flow,
		psp_scorer_cells(work->scorer),
		opt.explain ? "prospect-score/explain/1" : NULL, false, run)
	    && cli_results_run(&work->results, work->flow, &psp_scorer_steps,
		work->scorer, run);

	/* Records that are ranked or explained are not written one by one. */
	if (run->counts.is_known)
		cli_results_count(run, psp_scorer_n_written(work->scorer));
	return is_done;
}

static enum cli_result
run(struct cli_run *run)
{
	enum cli_result result = CLI_FAILED;
	struct work work = { .flow = NULL };

	cli_settings_init(&work.settings);
	if (!check_options(run) || !cli_settings_load(&work.settings, run))
		goto done;
	if (cli_common.print_settings) {
		result = cli_settings_print(&work.settings, run);
		goto done;
	}
	if (!read_models(&work, run))
		goto done;
	if (cli_common.check && run->n_operands == 0) {
		result = CLI_OK;
		goto done;
	}
	if (!open_inputs(&work, run))
		goto done;
	if (cli_common.check || score_records(&work, run))
		result = CLI_OK;
done:
	cli_results_close(&work.results);
	psp_scorer_free(work.scorer);
	psp_signals_close(work.signals);
	psp_flow_close(work.flow);
	psp_models_free(work.models);
	cli_settings_clear(&work.settings);
	return result;
}

const struct cli_command cli_command = {
	.name = "prospect-score",
	.summary = N_("Score companies, with the reasons."),
	.synopsis = N_("-c FILE [OPTION]... [FILE]..."),
	.options = options,
	.run = run,
};
