/*
 * prospect-filter: the records of a company file that a target wants. What
 * passes is decided in libprospect/targeting; here are the options, and what
 * has to be opened in which order: settings, inputs, signals, lists, output.
 */
#include <config.h>

#include "cmd/cli/argument.h"
#include "cmd/cli/command.h"
#include "cmd/cli/common.h"
#include "cmd/cli/ranking.h"
#include "cmd/cli/results.h"
#include "cmd/cli/settings.h"
#include "cmd/cli/show.h"
#include "cmd/cli/signals.h"
#include "libprospect/base/catalog.h"
#include "libprospect/base/map.h"
#include "libprospect/stream/sample.h"
#include "libprospect/targeting/filter.h"

/* Of the states of --funnel. */
enum { STATE_VERSION = 1 };

static struct {
	const char *target;
	struct cli_list expressions;
	struct cli_list keywords;
	const char *signals;
	const char *suppress;
	int unknown;
	bool invert;
	bool include_undisclosed;
	bool count;
	bool explain;
	bool funnel;
	bool partial;
	bool merge;
	const char *label;
	bool multi;
	struct psp_slices facets;
	bool fail_empty;
	size_t sample;
	size_t seed;
} opt = { .sample = SIZE_MAX };

static const struct cli_choice unknown_modes[] = {
	{ "drop", PSP_UNKNOWN_DROP },
	{ "keep", PSP_UNKNOWN_KEEP },
	{ "only", PSP_UNKNOWN_ONLY },
	{ NULL, 0 },
};

/* clang-format off */
static const struct cli_option options[] = {
	CLI_HEADING("Which records"),
	CLI_STRING(0, "target", &opt.target, "NAME",
	    "the target of the settings (needed when they have several)"),
	CLI_LIST('e', "expression", &opt.expressions, "EXPR",
	    "a condition, such as 'department in (69,38) and headcount >= 20'"),
	CLI_LIST('k', "keyword", &opt.keywords, "WORD",
	    "a keyword to find in names and texts; of several, any"),
	CLI_STRING(0, "signals", &opt.signals, "FILE",
	    "business signals: siren,date,signal,title,source,url,strength"),
	CLI_STRING(0, "suppress", &opt.suppress, "FILE",
	    "leave out whoever is on this list"),
	CLI_CHOICE(0, "unknown", &opt.unknown, unknown_modes, "MODE",
	    "records whose target is unknown: drop (default), keep or only"),
	CLI_FLAG(0, "invert", &opt.invert, "write what does not pass"),
	CLI_COUNT(0, "limit", &cli_common.flow.limit, 0, SIZE_MAX - 1, "N",
	    "stop after N records"),
	CLI_COUNT(0, "sample", &opt.sample, 0, SIZE_MAX - 1, "N",
	    "N of the records that pass, at random, in input order"),
	CLI_COUNT(0, "seed", &opt.seed, 0, SIZE_MAX, "N",
	    "with --sample: another choice (0)"),
	CLI_TABLE(cli_ranking_options),
	CLI_FLAG(0, "include-undisclosed", &opt.include_undisclosed,
	    "keep companies that refused the use of their data (Sirene: P)"),
	CLI_FLAG(0, "fail-empty", &opt.fail_empty,
	    "status 1 when no record passes"),
	CLI_HEADING("Every record, with more columns"),
	CLI_FLAG(0, "explain", &opt.explain,
	    "whether it matches, what it failed and what is unknown"),
	CLI_STRING(0, "label", &opt.label, "COLUMN",
	    "the first segment (else target) that it belongs to"),
	CLI_FLAG(0, "multi", &opt.multi, "with --label: all of its segments"),
	CLI_HEADING("Instead of the records"),
	CLI_FLAG(0, "count", &opt.count, "how many records pass"),
	CLI_READ(0, "facets", &opt.facets, cli_read_names, "COLUMN,COLUMN...",
	    "how often each value of these columns stands in what passes"),
	CLI_FLAG(0, "funnel", &opt.funnel,
	    "what each criterion costs, and what dropping it would gain"),
	CLI_FLAG(0, "partial", &opt.partial,
	    "with --funnel: write what was counted, to be joined by --merge"),
	CLI_FLAG(0, "merge", &opt.merge,
	    "with --funnel: the operands are what --partial wrote"),
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
	struct psp_targets *targets;
	struct psp_flow *flow;
	struct psp_signals *signals;
	struct psp_suppression *suppression;
	struct psp_filter *filter;
	struct cli_results results;
};

/* Whether another option was given that `option` cannot stand beside. */
static bool
refuse_beside(
    const char *option, bool is_given, const char *other, struct psp_error *err)
{
	return !is_given
	       || psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		   "%s and %s exclude one another; choose one", option, other);
}

static bool
check_options(struct cli_run *run)
{
	struct psp_error *err = &run->err;
	bool reports = opt.count || opt.funnel || opt.facets.n > 0;

	if (opt.count + opt.explain + opt.funnel + (opt.label != NULL)
		+ (opt.facets.n > 0)
	    > 1)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--count, --explain, --facets, --funnel and --label "
		    "exclude one another; choose one");
	if ((opt.partial || opt.merge) && !opt.funnel)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "%s goes with --funnel; add that",
		    opt.partial ? "--partial" : "--merge");
	if (opt.merge
	    && (!refuse_beside("--merge", opt.signals != NULL, "--signals", err)
		|| !refuse_beside(
		    "--merge", opt.suppress != NULL, "--suppress", err)))
		return false;
	if (opt.multi && opt.label == NULL)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--multi goes with --label COLUMN; add that");
	if (opt.label != NULL
	    && (!refuse_beside("--label", opt.target != NULL, "--target", err)
		|| !refuse_beside("--label", opt.expressions.n > 0, "-e", err)
		|| !refuse_beside("--label", opt.keywords.n > 0, "-k", err)))
		return false;
	if (opt.invert
	    && (!refuse_beside("--invert", opt.explain, "--explain", err)
		|| !refuse_beside("--invert", opt.funnel, "--funnel", err)
		|| !refuse_beside(
		    "--invert", opt.label != NULL, "--label", err)))
		return false;
	if (opt.sample != SIZE_MAX
	    && (!refuse_beside("--sample",
		    reports || opt.explain || opt.label != NULL,
		    "--count, --explain, --facets, --funnel, --label", err)
		|| !refuse_beside("--sample", cli_common.flow.limit != SIZE_MAX,
		    "--limit", err)))
		return false;
	return refuse_beside("--limit",
	    reports && cli_common.flow.limit != SIZE_MAX,
	    "--count, --facets, --funnel", err);
}

static bool
read_targets(struct work *work, struct cli_run *run)
{
	struct psp_targets_options wanted = { .target = opt.target,
		.all_targets = (cli_common.check && opt.target == NULL)
		               || opt.label != NULL,
		.expressions = opt.expressions.items,
		.n_expressions = opt.expressions.n,
		.keywords = opt.keywords.items,
		.n_keywords = opt.keywords.n,
		.today = cli_common.today };

	work->targets = psp_targets_new(work->settings.tree.root, &wanted,
	    work->settings.schema, &run->problems, &run->err);
	return work->targets != NULL;
}

/* Opens signals and suppression list, which conditions may need. */
static bool
open_side_files(struct work *work, struct cli_run *run)
{
	if (opt.signals != NULL) {
		work->signals = cli_signals_open(
		    opt.signals, psp_targets_terms(work->targets), run);
		if (work->signals == NULL)
			return false;
	} else if (psp_targets_use_signals(work->targets, opt.label != NULL)) {
		return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "the conditions ask for signals: give their file with "
		    "--signals FILE");
	}
	if (opt.suppress != NULL) {
		work->suppression = psp_suppression_open(
		    opt.suppress, &cli_common.side, &run->err);
		if (work->suppression == NULL)
			return false;
		run->counts.n_side_rejected +=
		    psp_suppression_n_rejected(work->suppression);
	}
	return true;
}

/* --check: settings that were read are bound to the header, if there is one. */
static bool
check_settings(struct work *work, struct cli_run *run)
{
	if (run->n_operands == 0)
		return true;
	work->flow = psp_flow_open(
	    run->operands, run->n_operands, &cli_common.flow, &run->err);
	return work->flow != NULL
	       && psp_filter_check(work->targets, psp_flow_header(work->flow),
		   &run->problems, &run->err);
}

static struct psp_filter_options
filter_options(const struct cli_run *run)
{
	struct psp_filter_options chosen;

	chosen.mode = opt.count           ? PSP_FILTER_COUNT
	              : opt.explain       ? PSP_FILTER_EXPLAIN
	              : opt.funnel        ? PSP_FILTER_FUNNEL
	              : opt.label != NULL ? PSP_FILTER_LABEL
	              : opt.facets.n > 0  ? PSP_FILTER_FACETS
	                                  : PSP_FILTER_ROWS;
	chosen.label = opt.label;
	chosen.multi = opt.multi;
	chosen.facets = opt.facets;
	chosen.is_partial = opt.partial;
	chosen.sample = cli_ranking(PSP_RANKING_INPUT_ORDER, opt.sample);
	chosen.seed = opt.seed;
	chosen.unknown = (enum psp_unknown_mode)opt.unknown;
	chosen.invert = opt.invert;
	chosen.include_undisclosed = opt.include_undisclosed;
	chosen.strict = cli_common.flow.strict;
	chosen.notes = run->notes;
	return chosen;
}

/* Lets the first records tell in which order conditions are asked. */
static bool
tune(struct work *work, struct cli_run *run)
{
	struct psp_sample sample;
	bool is_done =
	    psp_sample_init(&sample, work->flow, &run->err)
	    && psp_filter_tune(work->filter, &sample.batch, &run->err);

	psp_sample_clear(&sample);
	return is_done;
}

/* Opens inputs and binds the targets to their header, if they have one. */
static bool
open_inputs(struct work *work, struct cli_run *run)
{
	struct psp_filter_options chosen = filter_options(run);

	if (!cli_run_side(run, "--signals", opt.signals)
	    || !cli_run_side(run, "--suppress", opt.suppress))
		return false;
	work->flow = psp_flow_open(
	    run->operands, run->n_operands, &cli_common.flow, &run->err);
	if (work->flow == NULL || !open_side_files(work, run))
		return false;
	if (cli_results_is_none(work->flow)) {
		work->filter =
		    psp_filter_new_unbound(work->targets, &chosen, &run->err);
		return work->filter != NULL;
	}
	work->filter = psp_filter_new(work->targets, work->settings.schema,
	    psp_flow_header(work->flow), work->signals, work->suppression,
	    &chosen, &run->problems, &run->err);
	return work->filter != NULL && tune(work, run);
}

/* How many records count as written: of a report, those that passed. */
static size_t
count_written(const struct work *work, const struct cli_run *run)
{
	size_t n_passed = psp_filter_counts(work->filter)->n_passed;

	if (!psp_filter_writes_records(work->filter))
		return n_passed;
	if (opt.sample != SIZE_MAX)
		return opt.sample < n_passed ? opt.sample : n_passed;
	return run->counts.flow.n_written;
}

/* The name of what is written instead of records, NULL: nothing. */
static const char *
schema_of_mode(void)
{
	return opt.count          ? "prospect-filter/count/1"
	       : opt.funnel       ? "prospect-filter/funnel/1"
	       : opt.facets.n > 0 ? "prospect-filter/facets/1"
	                          : NULL;
}

/* Tells the run what the filter counted. */
static void
count_contacts(const struct work *work, struct cli_run *run)
{
	const struct psp_filter_counts *counts =
	    psp_filter_counts(work->filter);

	run->counts.n_suppressed = counts->n_suppressed;
	run->counts.n_undisclosed = counts->n_undisclosed;
	cli_results_count(run, count_written(work, run));
}

/* Puts what a filter amounts to that was asked of no record. */
static bool
put_totals(struct work *work, struct cli_run *run)
{
	struct psp_writer *writer = work->results.writer;
	struct psp_rows rows = { .writer = writer };
	bool is_done = psp_writer_begin(writer, &run->err)
	               && psp_filter_put_totals(work->filter, &rows, &run->err)
	               && psp_writer_take(writer, &rows, SIZE_MAX, &run->err)
	               && psp_writer_finish(writer, &run->err);

	psp_rows_clear(&rows);
	return is_done;
}

/* What no record amounts to. */
static bool
write_none(struct work *work, struct cli_run *run)
{
	if (psp_filter_writes_records(work->filter))
		return cli_results_write_none(
		    &work->results, work->flow, false, run);
	run->counts.is_known = true;
	return cli_results_open(&work->results, work->flow,
		   psp_filter_cells(work->filter), schema_of_mode(), opt.count,
		   run)
	       && put_totals(work, run);
}

static bool
filter_records(struct work *work, struct cli_run *run)
{
	bool is_done = cli_results_open(&work->results, work->flow,
			   psp_filter_cells(work->filter), schema_of_mode(),
			   opt.count, run)
	               && cli_results_run(&work->results, work->flow,
			   &psp_filter_steps, work->filter, run);

	if (!run->counts.is_known)
		return false;
	count_contacts(work, run);
	return is_done;
}

/* All that decides what the funnel counts. */
static bool
hash_settings(const struct work *work, uint64_t *hash, struct psp_error *err)
{
	struct psp_buffer text;
	bool is_done;

	psp_buffer_init(&text);
	is_done = cli_settings_describe(&work->settings, &text, err)
	          && psp_buffer_format(&text, err,
		      "target %s\nunknown %d\nundisclosed %d\ntoday %d\n",
		      opt.target != NULL ? opt.target : "", opt.unknown,
		      opt.include_undisclosed, (int)cli_common.today);
	for (size_t i = 0; is_done && i < opt.expressions.n; i++)
		is_done = psp_buffer_format(
		    &text, err, "expression %s\n", opt.expressions.items[i]);
	for (size_t i = 0; is_done && i < opt.keywords.n; i++)
		is_done = psp_buffer_format(
		    &text, err, "keyword %s\n", opt.keywords.items[i]);
	*hash = psp_hash(psp_buffer_content(&text), 0);
	psp_buffer_clear(&text);
	return is_done;
}

/* Joins the states that the operands are; `*separator` is that of the first. */
static bool
join_states(struct work *work, const struct psp_partial_name *name,
    unsigned char *separator, struct cli_run *run)
{
	const struct psp_filter_options chosen = filter_options(run);

	if (run->n_operands == 0)
		return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--merge needs the files that --partial wrote as "
		    "operands");
	work->filter =
	    psp_filter_new_unbound(work->targets, &chosen, &run->err);
	for (size_t i = 0; work->filter != NULL && i < run->n_operands; i++) {
		unsigned char other;
		struct psp_partial_reader *reader =
		    psp_partial_open(run->operands[i], name, &run->err);
		bool is_read = reader != NULL
		               && psp_filter_load(work->filter, reader,
				   i == 0 ? separator : &other, &run->err);

		psp_partial_close(reader);
		if (!is_read)
			return false;
	}
	return work->filter != NULL;
}

/* The rows of the joined funnel. */
static bool
write_joined(struct work *work, unsigned char separator, struct cli_run *run)
{
	const struct psp_dialect dialect = { .separator = separator };

	return cli_results_open_report(&work->results, &dialect,
		   psp_filter_cells(work->filter), schema_of_mode(), false, run)
	       && put_totals(work, run);
}

/* Writes the funnel as a state. */
static bool
write_state(struct work *work, const struct psp_partial_name *name,
    unsigned char separator, struct cli_run *run)
{
	struct psp_partial partial;
	bool is_done;

	psp_partial_begin(&partial, name);
	psp_filter_save(work->filter, separator, &partial);
	is_done = cli_show_partial(&partial, run);
	psp_partial_clear(&partial);
	return is_done;
}

/* Counts the records of this run for a state. */
static bool
count_funnel(struct work *work, unsigned char *separator, struct cli_run *run)
{
	bool is_done;

	if (!open_inputs(work, run))
		return false;
	*separator = psp_reader_dialect(psp_flow_first(work->flow))->separator;
	if (cli_results_is_none(work->flow))
		return true;
	is_done =
	    cli_show_collect(work->flow, &psp_filter_steps, work->filter, run);
	if (run->counts.is_known)
		count_contacts(work, run);
	return is_done;
}

/* --partial and --merge. */
static bool
work_by_states(struct work *work, struct cli_run *run)
{
	struct psp_partial_name name = { "prospect-filter", "funnel",
		STATE_VERSION, 0 };
	unsigned char separator = ',';

	return hash_settings(work, &name.settings, &run->err)
	       && (opt.merge ? join_states(work, &name, &separator, run)
			     : count_funnel(work, &separator, run))
	       && (opt.partial ? write_state(work, &name, separator, run)
			       : write_joined(work, separator, run));
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
	if (!read_targets(&work, run))
		goto done;
	if (cli_common.check) {
		if (check_settings(&work, run))
			result = CLI_OK;
		goto done;
	}
	if (opt.partial || opt.merge
		? work_by_states(&work, run)
		: open_inputs(&work, run)
		      && (cli_results_is_none(work.flow)
			      ? write_none(&work, run)
			      : filter_records(&work, run)))
		result =
		    opt.fail_empty
			    && psp_filter_counts(work.filter)->n_passed == 0
			? CLI_CONDITION
			: CLI_OK;
done:
	cli_results_close(&work.results);
	psp_filter_free(work.filter);
	psp_suppression_close(work.suppression);
	psp_signals_close(work.signals);
	psp_flow_close(work.flow);
	psp_targets_free(work.targets);
	cli_settings_clear(&work.settings);
	cli_names_clear(&opt.facets);
	return result;
}

const struct cli_command cli_command = {
	.name = "prospect-filter",
	.summary = N_("Write the records of companies that a target wants."),
	.synopsis = N_("[OPTION]... [FILE]..."),
	.options = options,
	.run = run,
};
