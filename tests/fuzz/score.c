/*
 * The whole of prospect-score: a scoring file, companies, signals. The points
 * of the lines that explain a score must add up to it, a score must not change
 * when it is asked again, sorted records must stand in the order of their
 * scores, and nothing must depend on the size of reads.
 */
#include <config.h>

#include "tests/fuzz/company.h"

#include "libprospect/scoring/explain.h"
#include "libprospect/scoring/scorer.h"
#include "libprospect/values/number.h"

static struct fuzz_company_files files;

static void
remove_files(void)
{
	fuzz_company_remove(&files);
}

/* A format that writes nothing and adds up the points of the lines. */
struct sum {
	int64_t points, score;
	size_t n_lines;
};

enum { CELL_SCORE = 1, CELL_POINTS = 8 };

static int64_t
hundredths(const struct psp_cell *cell)
{
	int64_t millionths;

	fuzz_must(
	    cell->kind == PSP_CELL_NUMBER
		&& psp_number_read(cell->text, PSP_STYLE_POINT, &millionths)
		&& millionths % (PSP_NUMBER_SCALE / 100) == 0,
	    "points are numbers of hundredths");
	return millionths / (PSP_NUMBER_SCALE / 100);
}

static bool
sum_row(struct psp_writer *writer, struct psp_buffer *buffer,
    struct psp_record *record, const struct psp_cell *cells,
    struct psp_error *err)
{
	struct sum *sum = psp_writer_state(writer);

	(void)buffer;
	(void)record;
	(void)err;
	sum->score = hundredths(&cells[CELL_SCORE]);
	sum->points += hundredths(&cells[CELL_POINTS]);
	sum->n_lines++;
	return true;
}

static const struct psp_format format_sum = {
	.name = "sum",
	.row = sum_row,
	.state_size = sizeof(struct sum),
};

static void
check_score(const struct psp_score_plan *plan, const struct psp_score *score)
{
	const struct psp_model *model = plan->model;

	fuzz_must(score->coverage == PSP_NO_COVERAGE
		      || (score->coverage >= 0
			  && score->coverage <= PSP_COVERAGE_SCALE),
	    "a coverage is a share");
	fuzz_must(score->class_index == SIZE_MAX
		      || score->class_index < model->n_classes,
	    "a class is one of the classes");
	fuzz_must(score->grade_size <= PSP_MAX_GRADE, "a grade fits");
	fuzz_must(model->min == PSP_POINTS_NONE || score->cut >= model->min,
	    "no score is below the least");
	fuzz_must(model->max == PSP_POINTS_NONE || score->cut <= model->max,
	    "no score is above the most");
	for (size_t i = 0; i < model->n_groups; i++) {
		const struct psp_group *group = &model->groups[i];

		fuzz_must((group->min == PSP_POINTS_NONE
			      || score->groups[i] >= group->min)
			      && (group->max == PSP_POINTS_NONE
				  || score->groups[i] <= group->max),
		    "a group is within its bounds");
	}
}

/* Scores one record, explains it, and scores it again. */
static void
score_record(const struct psp_score_plan *plan,
    struct psp_evaluation *evaluation, struct psp_record *record,
    struct psp_score *score, struct psp_rows *rows, struct psp_error *err)
{
	struct sum *sum = psp_writer_state(rows->writer);
	int64_t total;

	memset(sum, 0, sizeof(*sum));
	psp_evaluation_seek(evaluation, record);
	fuzz_must(
	    psp_score_record(plan, evaluation, score, err), "memory suffices");
	check_score(plan, score);
	fuzz_must(psp_explain_put(plan, evaluation, record, score, rows, err),
	    "memory suffices");
	fuzz_must(sum->n_lines > 0, "every score is explained");
	fuzz_must(sum->score == score->total, "the score is the one shown");
	fuzz_must(sum->points == score->total, "the lines add up to the score");
	total = score->total;
	psp_evaluation_seek(evaluation, record);
	fuzz_must(psp_score_record(plan, evaluation, score, err)
		      && score->total == total,
	    "a score asked again is the same");
}

static void
score_records(struct fuzz_company *company, const struct psp_score_plan *plan,
    struct psp_reader *reader)
{
	const struct psp_writer_options form = { .separator = ',' };
	const struct psp_slices no_header = { NULL, 0 };
	const struct psp_notes silent = { NULL, NULL };
	struct psp_evaluation *evaluation =
	    psp_evaluation_new(plan->plan, company->signals, &company->err);
	struct psp_score score;
	struct psp_layout layout;
	struct psp_rows rows = { .writer = NULL };
	struct psp_record *record;

	fuzz_must(evaluation != NULL
		      && psp_score_init(&score, plan, &company->err)
		      && psp_layout_init(&layout, no_header,
			  psp_explain_cells(), &silent, &company->err),
	    "memory suffices");
	rows.writer = psp_writer_open(files.output.fd, "output", &format_sum,
	    &form, &layout, &company->err);
	fuzz_must(rows.writer != NULL, "memory suffices");
	while (psp_reader_next(reader, &record, &company->err) == 1)
		score_record(
		    plan, evaluation, record, &score, &rows, &company->err);
	fuzz_must(company->err.status == PSP_OK, "the records are read");
	psp_rows_clear(&rows);
	psp_writer_close(rows.writer);
	psp_layout_clear(&layout);
	psp_score_clear(&score);
	psp_evaluation_free(evaluation);
}

/* Runs the scorer; gives the rows written. */
static size_t
run_scorer(struct fuzz_company *company, const struct psp_models *models,
    const struct psp_scorer_options *options)
{
	struct psp_flow *flow = fuzz_company_open(company, &files);
	struct psp_writer_options form = { .separator = ',' };
	struct psp_slices header = { NULL, 0 };
	struct psp_scorer *scorer;
	struct psp_layout layout;
	struct psp_writer *writer;
	size_t n_written;

	fuzz_must(flow != NULL, "the companies open again");
	scorer = psp_scorer_new(models, psp_reader_header(psp_flow_first(flow)),
	    company->signals, options, &company->problems, &company->err);
	fuzz_must_tell(scorer != NULL, &company->problems, &company->err);
	if (scorer == NULL
	    && (company->err.status == PSP_ESETTINGS
		|| options->rollup != NULL)) {
		/* Two columns of one name: known when they are laid out; no
		 * column of the key. */
		psp_error_init(&company->err);
		psp_flow_close(flow);
		return SIZE_MAX;
	}
	fuzz_must(scorer != NULL, "what was bound is bound again");
	if (!options->explains)
		header = psp_reader_header(psp_flow_first(flow));
	fuzz_file_empty(&files.output);
	fuzz_must(psp_layout_init(&layout, header, psp_scorer_cells(scorer),
		      &options->notes, &company->err),
	    "memory suffices");
	writer = psp_writer_open(files.output.fd, "output", &psp_format_csv,
	    &form, &layout, &company->err);
	fuzz_must(writer != NULL && psp_writer_begin(writer, &company->err)
		      && psp_flow_run(flow, &psp_scorer_steps, scorer, writer,
			  &company->err)
		      && psp_writer_finish(writer, &company->err),
	    "what was opened runs to its end");
	n_written = psp_scorer_n_written(scorer);
	psp_writer_close(writer);
	psp_layout_clear(&layout);
	psp_scorer_free(scorer);
	psp_flow_close(flow);
	return n_written;
}

/* The output is `whole`, or with `begins` begins it. */
static void
compare_output(const struct psp_buffer *whole, bool begins, const char *what)
{
	struct psp_buffer content = fuzz_file_content(&files.output);
	struct psp_slice expected = psp_buffer_content(whole);

	if (begins && content.size < expected.size)
		expected.size = content.size;
	fuzz_must_equal(expected, psp_buffer_content(&content), what);
	psp_buffer_clear(&content);
}

/* The scores in the output fall, but for the disqualified at its end. */
static void
check_order(const struct psp_models *models, size_t n_all)
{
	struct psp_reader_options options = fuzz_company_output(',');
	struct psp_reader *reader;
	struct psp_record *record;
	struct psp_slices header;
	struct psp_error err;
	size_t score = SIZE_MAX, class_name = SIZE_MAX, n = 0;
	int64_t least = INT64_MAX, points;
	const struct psp_model *model = &models->items[0];
	bool is_disqualified = false;

	if (model->name.size > 0)
		return;
	for (size_t i = 0; i < model->n_classes; i++)
		if (psp_slice_is(model->classes[i].label, "disqualified")
		    || psp_slice_is(model->classes[i].name, "disqualified"))
			return;
	psp_error_init(&err);
	reader = psp_reader_open(files.output.path, &options, &err);
	fuzz_must(reader != NULL, "what is written can be read");
	header = psp_reader_header(reader);
	for (size_t i = 0; i < header.n; i++) {
		if (psp_slice_is(header.items[i], "score"))
			score = i;
		if (psp_slice_is(header.items[i], "class"))
			class_name = i;
	}
	while (score != SIZE_MAX && class_name != SIZE_MAX
	       && psp_reader_next(reader, &record, &err) == 1) {
		bool is_out = psp_slice_is(
		    psp_record_text(record, class_name), "disqualified");

		n++;
		if (!psp_number_read(psp_record_text(record, score),
			PSP_STYLE_POINT, &points))
			continue;
		fuzz_must(is_out >= is_disqualified,
		    "the disqualified come after all others");
		fuzz_must(is_out != is_disqualified || points <= least,
		    "sorted scores fall");
		is_disqualified = is_out;
		least = points;
	}
	fuzz_must(n == 0 || n == n_all, "as many rows as records");
	psp_reader_close(reader);
}

/* Whether the header begins with a mark: our output is then read otherwise. */
static bool
is_confusing(struct fuzz_company *company)
{
	struct psp_flow *flow = fuzz_company_open(company, &files);
	struct psp_slice first;
	bool begins;

	fuzz_must(flow != NULL, "the companies open again");
	first = psp_reader_header(psp_flow_first(flow)).items[0];
	begins = first.size >= 3 && memcmp(first.bytes, "\xEF\xBB\xBF", 3) == 0;
	psp_flow_close(flow);
	return begins;
}

/* Joins the records of companies: at most as many, by any size of reads and
 * with next to no memory the same. */
static void
roll_up(struct fuzz_company *company, const struct psp_models *models,
    const struct psp_scorer_options *sorted, size_t n_all)
{
	static const char *const rules[] = { "siren=max", "siren=sum",
		"siren=mean" };
	struct psp_scorer_options options = *sorted;
	size_t read_size = company->flow.reader.read_size;
	struct psp_buffer output;
	size_t n;

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		options.rollup = rules[i];
		options.ranking.memory = SIZE_MAX;
		n = run_scorer(company, models, &options);
		if (n == SIZE_MAX)
			return;
		fuzz_must(n <= n_all, "no more companies than records");
		output = fuzz_file_content(&files.output);
		company->flow.reader.read_size = company->read_size;
		options.ranking.memory = 1;
		fuzz_must(run_scorer(company, models, &options) == n,
		    "as many companies by small reads");
		compare_output(
		    &output, false, "neither reads nor memory change them");
		company->flow.reader.read_size = read_size;
		psp_buffer_clear(&output);
	}
}

static void
run_modes(struct fuzz_company *company, const struct psp_models *models)
{
	struct psp_scorer_options options = {
		.ranking = { PSP_RANKING_INPUT_ORDER, SIZE_MAX, SIZE_MAX,
		    "/tmp" }
	};
	size_t n_all = run_scorer(company, models, &options), n_top;
	size_t read_size = company->flow.reader.read_size;
	const struct psp_model *last = &models->items[models->n - 1];
	struct psp_buffer output;

	if (n_all == SIZE_MAX)
		return;
	output = fuzz_file_content(&files.output);
	company->flow.reader.read_size = company->read_size;
	fuzz_must(run_scorer(company, models, &options) == n_all,
	    "as many records by small reads");
	compare_output(&output, false, "the size of reads changes nothing");
	company->flow.reader.read_size = read_size;
	psp_buffer_clear(&output);
	options.ranking.order = PSP_RANKING_BEST_FIRST;
	fuzz_must(run_scorer(company, models, &options) == n_all,
	    "sorting loses no record");
	if (!is_confusing(company))
		check_order(models, n_all);
	output = fuzz_file_content(&files.output);
	options.ranking.limit = company->limit;
	n_top = run_scorer(company, models, &options);
	fuzz_must(
	    n_top
		== (n_all < options.ranking.limit ? n_all
						  : options.ranking.limit),
	    "the best so many are so many");
	compare_output(&output, true, "the best are the first");
	psp_buffer_clear(&output);
	if (last->name.size > 0
	    && strlen(last->name.bytes) == last->name.size) {
		options.ranking.limit = SIZE_MAX;
		options.score = last->name.bytes;
		fuzz_must(run_scorer(company, models, &options) == n_all,
		    "whichever score leads, as many records");
	}
	options.score = NULL;
	options.ranking.limit = SIZE_MAX;
	roll_up(company, models, &options, n_all);
	options.explains = true;
	(void)run_scorer(company, models, &options);
}

/* Binds the models to the companies and scores them. */
static void
use_models(struct fuzz_company *company, const struct psp_models *models)
{
	struct psp_score_wishes wishes = { .needs_key = true };
	struct psp_flow *flow = fuzz_company_open(company, &files);
	struct psp_score_plan *plan;
	bool is_bound = true;

	if (flow == NULL)
		return;
	if (models->use_signals
	    && !fuzz_company_signals(
		company, &files, &models->terms.codes, models->terms.key)) {
		psp_flow_close(flow);
		return;
	}
	wishes.has_signals = company->signals != NULL;
	for (size_t i = 0; i < models->n && is_bound; i++) {
		struct psp_reader *reader;

		/* Each score reads the companies from their start. */
		psp_flow_close(flow);
		flow = fuzz_company_open(company, &files);
		fuzz_must(flow != NULL, "the companies open again");
		reader = psp_flow_first(flow);
		plan = psp_score_plan_new(&models->items[i],
		    psp_reader_header(reader), &wishes, &company->problems,
		    &company->err);
		fuzz_must_tell(plan != NULL, &company->problems, &company->err);
		is_bound = plan != NULL;
		if (is_bound) {
			fuzz_file_empty(&files.output);
			score_records(company, plan, reader);
		}
		psp_score_plan_free(plan);
	}
	if (is_bound)
		run_modes(company, models);
	psp_flow_close(flow);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_company company;
	struct psp_models *models = NULL;

	if (files.output.fd == 0)
		atexit(remove_files);
	if (fuzz_company_init(&company, &files, fuzz_bytes(data, size))) {
		models = psp_models_new(company.settings.root, company.schema,
		    company.today, &company.problems, &company.err);
		fuzz_must_tell(models != NULL, &company.problems, &company.err);
	}
	if (models != NULL)
		use_models(&company, models);
	psp_models_free(models);
	fuzz_company_clear(&company);
	return 0;
}
