/*
 * The whole of prospect-filter: a targeting file, companies, signals, and who
 * is left out. Its conditions are asked of each record beside their negations;
 * what it writes, counts and explains must agree with them, and must not depend
 * on the size of reads.
 */
#include <config.h>

#include "tests/fuzz/company.h"

#include "libprospect/targeting/compiled.h"
#include "libprospect/targeting/evaluation.h"
#include "libprospect/targeting/filter.h"

enum { FORM_IS, FORM_NOT, FORM_NOT_NOT, FORM_AND, FORM_OR, N_FORMS };

static struct fuzz_company_files files;
static struct fuzz_file kept; /* an output to compare others with */

static void
remove_files(void)
{
	fuzz_company_remove(&files);
	fuzz_file_remove(&kept);
}

/* How many records were true, unknown, false. */
struct truths {
	size_t n[PSP_TRUE + 1];
};

/* A group of `n` conditions, that of the targets or copies of its head. */
static struct psp_condition *
group(const struct psp_condition_rules *rules, enum psp_condition_kind kind,
    const struct psp_condition *const *children, size_t n,
    struct psp_error *err)
{
	struct psp_condition *parent =
	    psp_condition_new(rules, kind, children[0]->place, err);

	fuzz_must(parent != NULL, "memory suffices");
	for (size_t i = 0; i < n; i++) {
		struct psp_condition *copy = psp_condition_new(
		    rules, children[i]->kind, children[i]->place, err);

		fuzz_must(copy != NULL, "memory suffices");
		*copy = *children[i];
		copy->next = NULL;
		psp_condition_append(parent, copy);
	}
	return parent;
}

static void
check_record(struct psp_evaluation *evaluation,
    const struct psp_test *const tests[N_FORMS], struct truths *counts,
    struct psp_error *err)
{
	enum psp_truth truths[N_FORMS], is, is_not;

	for (size_t i = 0; i < N_FORMS; i++)
		fuzz_must(psp_evaluate(evaluation, tests[i], &truths[i], err),
		    "memory suffices");
	is = truths[FORM_IS];
	is_not = (enum psp_truth)(PSP_TRUE - is);
	fuzz_must(truths[FORM_NOT] == is_not, "not x");
	fuzz_must(truths[FORM_NOT_NOT] == is, "not not x is x");
	fuzz_must(truths[FORM_AND] == (is < is_not ? is : is_not),
	    "x and not x is the least");
	fuzz_must(truths[FORM_OR] == (is > is_not ? is : is_not),
	    "x or not x is the greatest");
	counts->n[is]++;
}

/* A plan of the condition alone, whose tests all go the long way: the peer of
 * the short ones. */
struct peer {
	struct psp_plan *plan;
	const struct psp_test *test;
	struct psp_evaluation *evaluation;
};

static void
peer_init(struct peer *peer, struct fuzz_company *company,
    const struct psp_targets *targets, struct psp_slices header)
{
	const struct psp_terms *terms = psp_targets_terms(targets);

	peer->plan =
	    psp_plan_new(&terms->rules, header, terms->key, &company->err);
	fuzz_must(peer->plan != NULL, "memory suffices");
	peer->test = psp_plan_add(peer->plan, psp_targets_condition(targets),
	    &company->problems, &company->err);
	fuzz_must(peer->test != NULL, "what was bound is bound again");
	fuzz_must(
	    psp_plan_finish(peer->plan, &company->err), "memory suffices");
	for (struct psp_test *test = peer->plan->tests; test != NULL;
	     test = test->next)
		test->way = PSP_WAY_READ;
	peer->evaluation =
	    psp_evaluation_new(peer->plan, company->signals, &company->err);
	fuzz_must(peer->evaluation != NULL, "memory suffices");
}

static void
peer_clear(struct peer *peer)
{
	psp_evaluation_free(peer->evaluation);
	psp_plan_free(peer->plan);
}

/* Compares the answer of the peer with that of the short ways. */
static void
check_ways(struct peer *peer, struct psp_evaluation *evaluation,
    const struct psp_test *test, struct psp_record *record,
    struct psp_error *err)
{
	enum psp_truth by_short, by_long;

	psp_evaluation_seek(peer->evaluation, record);
	fuzz_must(
	    psp_evaluate(evaluation, test, &by_short, err)
		&& psp_evaluate(peer->evaluation, peer->test, &by_long, err),
	    "memory suffices");
	fuzz_must(by_short == by_long, "short ways answer as the long one");
}

/* Asks the condition of all records, in all its forms. */
static void
ask_records(struct fuzz_company *company, const struct psp_targets *targets,
    struct psp_reader *reader, struct truths *counts)
{
	const struct psp_condition_rules *rules =
	    &psp_targets_terms(targets)->rules;
	const struct psp_condition *forms[N_FORMS], *pair[2];
	const struct psp_test *tests[N_FORMS];
	struct psp_plan *plan = psp_plan_new(rules, psp_reader_header(reader),
	    psp_targets_terms(targets)->key, &company->err);
	struct psp_evaluation *evaluation;
	struct psp_record *record;
	struct peer peer;

	fuzz_must(plan != NULL, "memory suffices");
	forms[FORM_IS] = psp_targets_condition(targets);
	forms[FORM_NOT] =
	    group(rules, PSP_CONDITION_NOT, &forms[FORM_IS], 1, &company->err);
	forms[FORM_NOT_NOT] =
	    group(rules, PSP_CONDITION_NOT, &forms[FORM_NOT], 1, &company->err);
	pair[0] = forms[FORM_IS];
	pair[1] = forms[FORM_NOT];
	forms[FORM_AND] =
	    group(rules, PSP_CONDITION_ALL, pair, 2, &company->err);
	forms[FORM_OR] =
	    group(rules, PSP_CONDITION_ANY, pair, 2, &company->err);
	for (size_t i = 0; i < N_FORMS; i++) {
		tests[i] = psp_plan_add(
		    plan, forms[i], &company->problems, &company->err);
		fuzz_must(tests[i] != NULL, "what was bound is bound again");
	}
	fuzz_must(psp_plan_finish(plan, &company->err), "memory suffices");
	evaluation = psp_evaluation_new(plan, company->signals, &company->err);
	fuzz_must(evaluation != NULL, "memory suffices");
	peer_init(&peer, company, targets, psp_reader_header(reader));
	while (psp_reader_next(reader, &record, &company->err) == 1) {
		psp_evaluation_seek(evaluation, record);
		check_record(evaluation, tests, counts, &company->err);
		check_ways(
		    &peer, evaluation, tests[FORM_IS], record, &company->err);
	}
	fuzz_must(company->err.status == PSP_OK, "the records are read");
	peer_clear(&peer);
	psp_evaluation_free(evaluation);
	psp_plan_free(plan);
}

/* What a run of the filter amounts to. */
struct run {
	size_t n_rows;
	struct psp_flow_counts flow;
	struct psp_filter_counts counts;
};

/* Runs the filter into the output file; false when it cannot be bound. */
static bool
run_filter(struct fuzz_company *company, const struct psp_targets *targets,
    const struct psp_filter_options *options,
    const struct psp_suppression *list, struct run *run)
{
	struct psp_flow *flow = fuzz_company_open(company, &files);
	struct psp_writer_options form = { .separator = ',' };
	const struct psp_notes silent = { NULL, NULL };
	struct psp_slices header = { NULL, 0 };
	struct psp_filter *filter;
	struct psp_layout layout;
	struct psp_writer *writer;

	fuzz_must(flow != NULL, "the companies open again");
	filter = psp_filter_new(targets, company->schema,
	    psp_reader_header(psp_flow_first(flow)), company->signals, list,
	    options, &company->problems, &company->err);
	fuzz_must_tell(filter != NULL, &company->problems, &company->err);
	if (filter == NULL) {
		psp_flow_close(flow);
		return false;
	}
	if (psp_filter_writes_records(filter))
		header = psp_reader_header(psp_flow_first(flow));
	fuzz_file_empty(&files.output);
	fuzz_must(psp_layout_init(&layout, header, psp_filter_cells(filter),
		      &silent, &company->err),
	    "memory suffices");
	writer = psp_writer_open(files.output.fd, "output", &psp_format_csv,
	    &form, &layout, &company->err);
	fuzz_must(writer != NULL && psp_writer_begin(writer, &company->err)
		      && psp_flow_run(flow, &psp_filter_steps, filter, writer,
			  &company->err)
		      && psp_writer_finish(writer, &company->err),
	    "what was opened runs to its end");
	run->flow = *psp_flow_counts(flow);
	run->counts = *psp_filter_counts(filter);
	psp_writer_close(writer);
	psp_layout_clear(&layout);
	psp_filter_free(filter);
	psp_flow_close(flow);
	return true;
}

/* Opens the output as CSV. */
static struct psp_reader *
open_output(void)
{
	struct psp_reader_options options = fuzz_company_output(',');
	struct psp_reader *reader;
	struct psp_error err;

	psp_error_init(&err);
	reader = psp_reader_open(files.output.path, &options, &err);
	fuzz_must(reader != NULL, "what is written can be read");
	return reader;
}

/* The place of a column of ours in the output. */
static size_t
find_column(const struct psp_reader *reader, const char *name)
{
	struct psp_slices header = psp_reader_header(reader);
	size_t column = SIZE_MAX;

	for (size_t i = 0; i < header.n; i++)
		if (psp_slice_is(header.items[i], name))
			column = i;
	fuzz_must(column != SIZE_MAX, "our column is there");
	return column;
}

/* Counts the rows of the output whose column `name` is `value`; all of them
 * without a name. */
static size_t
count_rows(const char *name, const char *value)
{
	struct psp_reader *reader = open_output();
	size_t column = name != NULL ? find_column(reader, name) : 0, n = 0;
	struct psp_record *record;
	struct psp_error err;

	psp_error_init(&err);
	while (psp_reader_next(reader, &record, &err) == 1)
		if (name == NULL
		    || psp_slice_is(psp_record_text(record, column), value))
			n++;
	fuzz_must(
	    psp_reader_n_rejected(reader) == 0, "what is written is in order");
	psp_reader_close(reader);
	return n;
}

/* The number in a column of ours. */
static size_t
number_of(struct psp_record *record, size_t column)
{
	struct psp_slice text = psp_record_text(record, column);
	size_t number = 0;

	fuzz_must(text.size > 0, "a count is there");
	for (size_t i = 0; i < text.size; i++) {
		fuzz_must(text.bytes[i] >= '0' && text.bytes[i] <= '9',
		    "a count has digits only");
		number = number * 10 + (size_t)(text.bytes[i] - '0');
	}
	return number;
}

/* The funnel in the output: each criterion was asked of all records, what is
 * left never grows, and ends with what passes. */
static void
check_funnel(size_t n_all, size_t n_true)
{
	struct psp_reader *reader = open_output();
	size_t tested = find_column(reader, "tested");
	size_t is_true = find_column(reader, "true");
	size_t is_false = find_column(reader, "false");
	size_t unknown = find_column(reader, "unknown");
	size_t left = find_column(reader, "left");
	size_t gained = find_column(reader, "gained"), n_left = n_all;
	struct psp_record *record;
	struct psp_error err;

	psp_error_init(&err);
	while (psp_reader_next(reader, &record, &err) == 1) {
		size_t now = number_of(record, left);

		fuzz_must(number_of(record, tested) == n_all,
		    "a criterion is asked of all records");
		fuzz_must(number_of(record, is_true)
				  + number_of(record, is_false)
				  + number_of(record, unknown)
			      == n_all,
		    "and has an answer to each");
		fuzz_must(now <= n_left && now <= number_of(record, is_true),
		    "what is left never grows");
		fuzz_must(number_of(record, gained) <= n_all - n_true,
		    "no more is gained than was lost");
		n_left = now;
	}
	fuzz_must(n_left == n_true, "what is left at the end passes");
	psp_reader_close(reader);
}

/* The facets in the output: the counts of a column add up to the records. */
static void
check_facets(size_t n_true)
{
	struct psp_reader *reader = open_output();
	size_t count = find_column(reader, "count"), n = 0;
	struct psp_record *record;
	struct psp_error err;

	psp_error_init(&err);
	while (psp_reader_next(reader, &record, &err) == 1)
		n += number_of(record, count);
	fuzz_must(n == n_true, "the facets of a column add up");
	psp_reader_close(reader);
}

/* Keeps the output to compare it with others. */
static void
keep_output(void)
{
	struct psp_buffer content = fuzz_file_content(&files.output);

	fuzz_file_write(&kept, psp_buffer_content(&content));
	psp_buffer_clear(&content);
}

/* The output is the kept one, or with `begins` begins it. */
static void
compare_output(bool begins, const char *what)
{
	struct psp_buffer one = fuzz_file_content(&kept);
	struct psp_buffer other = fuzz_file_content(&files.output);

	if (begins && other.size < one.size)
		one.size = other.size;
	fuzz_must_equal(
	    psp_buffer_content(&one), psp_buffer_content(&other), what);
	psp_buffer_clear(&other);
	psp_buffer_clear(&one);
}

/* Whether one of our names or a byte order mark is in the header: counting the
 * rows that are read back then means little. */
static bool
is_confusing(struct psp_slices header)
{
	if (header.n > 0 && header.items[0].size >= 3
	    && memcmp(header.items[0].bytes, "\xEF\xBB\xBF", 3) == 0)
		return true;
	for (size_t i = 0; i < header.n; i++)
		if (psp_slice_is(header.items[i], "match"))
			return true;
	return false;
}

/* Modes that write records, and how many. */
static void
run_rows(struct fuzz_company *company, const struct psp_targets *targets,
    struct psp_filter_options options, const struct truths *counts,
    bool is_plain)
{
	size_t n_true = counts->n[PSP_TRUE], n_false = counts->n[PSP_FALSE];
	size_t n_unknown = counts->n[PSP_UNKNOWN];
	struct run run;

	options.sample.limit = 2;
	fuzz_must(
	    run_filter(company, targets, &options, NULL, &run)
		&& (!is_plain
		    || count_rows(NULL, NULL) == (n_true < 2 ? n_true : 2)),
	    "a sample of two is two");
	options.sample.limit = SIZE_MAX;
	options.invert = true;
	fuzz_must(run_filter(company, targets, &options, NULL, &run)
		      && run.flow.n_written == n_unknown + n_false,
	    "the inverse is the rest");
	options.invert = false;
	options.unknown = PSP_UNKNOWN_KEEP;
	fuzz_must(run_filter(company, targets, &options, NULL, &run)
		      && run.flow.n_written == n_true + n_unknown,
	    "keep adds what is unknown");
	options.unknown = PSP_UNKNOWN_ONLY;
	fuzz_must(run_filter(company, targets, &options, NULL, &run)
		      && run.flow.n_written == n_unknown,
	    "only is what is unknown");
}

/* Modes that count, explain and label. */
static void
run_reports(struct fuzz_company *company, const struct psp_targets *targets,
    struct psp_filter_options options, const struct truths *counts,
    bool is_plain)
{
	size_t n_true = counts->n[PSP_TRUE], n_unknown = counts->n[PSP_UNKNOWN];
	size_t n_all = n_true + n_unknown + counts->n[PSP_FALSE], n_segments;
	struct run run;

	options.mode = PSP_FILTER_COUNT;
	fuzz_must(run_filter(company, targets, &options, NULL, &run)
		      && run.counts.n_passed == n_true,
	    "the count is that of the rows");
	options.mode = PSP_FILTER_FUNNEL;
	fuzz_must(run_filter(company, targets, &options, NULL, &run),
	    "there is a funnel");
	check_funnel(n_all, n_true);
	options.mode = PSP_FILTER_EXPLAIN;
	fuzz_must(run_filter(company, targets, &options, NULL, &run)
		      && run.flow.n_written == n_all,
	    "every record is explained");
	fuzz_must(!is_plain
		      || (count_rows("match", "true") == n_true
			  && count_rows("match", "unknown") == n_unknown),
	    "explanations agree with rows");
	options.mode = PSP_FILTER_LABEL;
	(void)psp_targets_segments(targets, &n_segments);
	if (n_segments > 0
	    && (!psp_targets_use_signals(targets, true)
		|| company->signals != NULL))
		fuzz_must(run_filter(company, targets, &options, NULL, &run)
			      && run.flow.n_written == n_all,
		    "every record is labelled");
}

/* Facets of the first column, where its name says which. */
static void
run_facets(struct fuzz_company *company, const struct psp_targets *targets,
    struct psp_filter_options options, struct psp_slices header, size_t n_true)
{
	const struct psp_slices first = { header.items, 1 };
	struct run run;

	for (size_t i = 1; i < header.n; i++)
		if (psp_slice_equal(header.items[0], header.items[i]))
			return;
	options.mode = PSP_FILTER_FACETS;
	options.facets = first;
	/* Its name may be that of a criterion whose column is another. */
	if (run_filter(company, targets, &options, NULL, &run))
		check_facets(n_true);
	else
		psp_error_init(&company->err);
	psp_problems_clear(&company->problems);
}

/* Who is on a list is neither written nor lost. */
static void
run_list(struct fuzz_company *company, const struct psp_targets *targets,
    const struct psp_filter_options *options, size_t n_true)
{
	struct psp_error *err = &company->err;
	struct psp_suppression *list;
	struct run run;

	if (!company->has_list)
		return;
	list =
	    psp_suppression_open(files.list.path, &company->flow.reader, err);
	fuzz_must_tell(list != NULL, NULL, err);
	if (list != NULL && run_filter(company, targets, options, list, &run)) {
		fuzz_must(run.flow.n_written <= n_true
			      && run.flow.n_written + run.counts.n_suppressed
				     >= n_true,
		    "who does not pass any more is on the list");
	}
	psp_suppression_close(list);
}

static void
run_modes(struct fuzz_company *company, const struct psp_targets *targets,
    const struct truths *counts, struct psp_slices header)
{
	struct psp_filter_options options = { .mode = PSP_FILTER_ROWS,
		.include_undisclosed = true,
		.sample = { PSP_RANKING_INPUT_ORDER, SIZE_MAX, SIZE_MAX,
		    "/tmp" },
		.label = "label" };
	size_t n_true = counts->n[PSP_TRUE];
	size_t n_all = n_true + counts->n[PSP_UNKNOWN] + counts->n[PSP_FALSE];
	size_t read_size = company->flow.reader.read_size;
	bool is_plain = !is_confusing(header);
	struct run run;

	if (!run_filter(company, targets, &options, NULL, &run))
		return;
	fuzz_must(run.flow.n_written == n_true && run.counts.n_passed == n_true,
	    "what is true passes");
	fuzz_must(run.flow.n_read == n_all + run.flow.n_rejected,
	    "read is records and rejected");
	fuzz_must(!is_plain || count_rows(NULL, NULL) == n_true,
	    "as many rows can be read");
	keep_output();
	company->flow.reader.read_size = company->read_size;
	fuzz_must(run_filter(company, targets, &options, NULL, &run),
	    "what was bound is bound again");
	compare_output(false, "the size of reads changes nothing");
	company->flow.limit = company->limit;
	fuzz_must(
	    run_filter(company, targets, &options, NULL, &run)
		&& run.flow.n_written
		       == (n_true < company->limit ? n_true : company->limit),
	    "a limit is met");
	compare_output(true, "what is limited is the beginning");
	company->flow.limit = SIZE_MAX;
	company->flow.reader.read_size = read_size;
	run_rows(company, targets, options, counts, is_plain);
	run_reports(company, targets, options, counts, is_plain);
	run_facets(company, targets, options, header, n_true);
	run_list(company, targets, &options, n_true);
}

/* Binds the targets to the companies and runs them. */
static void
use_targets(struct fuzz_company *company, const struct psp_targets *targets)
{
	struct psp_flow *flow = fuzz_company_open(company, &files);
	struct truths counts = { { 0, 0, 0 } };
	struct psp_reader *reader;

	if (flow == NULL)
		return;
	reader = psp_flow_first(flow);
	if (!psp_filter_check(targets, psp_reader_header(reader),
		&company->problems, &company->err)) {
		fuzz_must_tell(false, &company->problems, &company->err);
	} else if (!psp_targets_use_signals(targets, false)
		   || fuzz_company_signals(company, &files,
		       &psp_targets_terms(targets)->codes,
		       psp_targets_terms(targets)->key)) {
		ask_records(company, targets, reader, &counts);
		run_modes(company, targets, &counts, psp_reader_header(reader));
	}
	psp_flow_close(flow);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct psp_targets_options options = { .target = NULL };
	struct psp_targets *targets = NULL;
	struct fuzz_company company;

	if (files.output.fd == 0)
		atexit(remove_files);
	if (fuzz_company_init(&company, &files, fuzz_bytes(data, size))) {
		options.today = company.today;
		targets = psp_targets_new(company.settings.root, &options,
		    company.schema, &company.problems, &company.err);
		fuzz_must_tell(
		    targets != NULL, &company.problems, &company.err);
	}
	if (targets != NULL)
		use_targets(&company, targets);
	psp_targets_free(targets);
	fuzz_company_clear(&company);
	return 0;
}
