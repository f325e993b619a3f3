/*
 * The whole of prospect-pipeline: a stage file, deals, a history, touches. The
 * first byte chooses the report, the second the size of reads: nothing may
 * depend on that. In a funnel the parts add up to those that entered; where a
 * number counts deals, --rows has so many; the state of a report, joined with
 * nothing, gives the report.
 */
#include <config.h>

#include "tests/fuzz/file.h"

#include "libprospect/base/calendar.h"
#include "libprospect/deals/inquiry.h"
#include "libprospect/deals/pages.h"

enum { DEALS, HISTORY, TOUCHES, OUTPUT, STATE, N_FILES };

static struct fuzz_file files[N_FILES];

static void
remove_files(void)
{
	for (size_t i = 0; i < N_FILES; i++)
		fuzz_file_remove(&files[i]);
}

/* A stage file, and what an input chose. */
struct world {
	struct psp_settings tree;
	struct psp_schema *schema;
	struct psp_handbook *handbook;
	struct psp_inquiry_options options;
	struct psp_flow_options side;
	struct psp_problems problems;
	struct psp_error err;
};

static bool
world_init(struct world *w, struct psp_slice settings)
{
	int32_t today = psp_days_from_civil(2026, 11, 23);

	memset(w, 0, sizeof(*w));
	psp_settings_init(&w->tree);
	psp_problems_init(&w->problems);
	psp_error_init(&w->err);
	psp_flow_options_init(&w->side);
	w->schema = psp_schema_new(&w->err);
	fuzz_must(w->schema != NULL, "memory suffices");
	if (!psp_settings_parse(
		&w->tree, settings, "stages.yaml", &w->problems, &w->err)) {
		fuzz_must_tell(false, &w->problems, &w->err);
		return false;
	}
	w->handbook = psp_handbook_new(
	    w->tree.root, w->schema, today, &w->problems, &w->err);
	fuzz_must_tell(w->handbook != NULL, &w->problems, &w->err);
	return w->handbook != NULL;
}

static void
world_clear(struct world *w)
{
	psp_handbook_free(w->handbook);
	psp_schema_free(w->schema);
	psp_settings_clear(&w->tree);
	psp_problems_clear(&w->problems);
}

static void
choose(struct world *w, unsigned char report)
{
	struct psp_inquiry_options *o = &w->options;

	o->kind = (enum psp_inquiry_kind)(report % PSP_N_INQUIRIES);
	o->mode = (enum psp_funnel_mode)(report / PSP_N_INQUIRIES % 4);
	o->today = w->handbook->terms.rules.today;
	o->from = PSP_NO_DAY;
	o->to = PSP_NO_DAY;
	o->target = 100000;
	o->within = 30;
	o->top = SIZE_MAX;
	o->history = files[HISTORY].path;
	o->touches = files[TOUCHES].path;
	o->side = &w->side;
}

/* The report as CSV; to be cleared. */
static struct psp_buffer
write_report(struct world *w, const struct psp_inquiry *inquiry)
{
	struct psp_writer_options form = { .separator = ',' };

	fuzz_file_empty(&files[OUTPUT]);
	fuzz_must(psp_report_write(inquiry->report, files[OUTPUT].fd, "output",
		      &psp_format_csv, &form, &w->err),
	    "a report is written");
	return fuzz_file_content(&files[OUTPUT]);
}

/*
 * Runs the inquiry with reads of that size, and writes its report (if `report`
 * is not NULL) while the input is open. NULL when it fails, and says so.
 */
static struct psp_inquiry *
run(struct world *w, size_t read_size, struct psp_buffer *report)
{
	const char *const paths[] = { files[DEALS].path };
	const struct psp_slices none = { NULL, 0 };
	struct psp_writer_options form = { .no_header = true };
	struct psp_flow_options options;
	struct psp_inquiry *inquiry = NULL;
	struct psp_layout layout;
	struct psp_writer *writer = NULL;
	struct psp_flow *flow;
	bool is_done = false;

	memset(&layout, 0, sizeof(layout));
	psp_flow_options_init(&options);
	if (read_size > 0)
		options.reader.read_size = read_size;
	flow = psp_flow_open(paths, 1, &options, &w->err);
	if (flow == NULL)
		goto done;
	inquiry = psp_inquiry_new(w->handbook, psp_flow_header(flow),
	    &w->options, &w->problems, &w->err);
	if (inquiry == NULL)
		goto done;
	fuzz_must(psp_layout_init(&layout,
		      w->options.rows != NULL ? psp_flow_header(flow) : none,
		      none, &w->options.notes, &w->err),
	    "memory suffices");
	fuzz_file_empty(&files[OUTPUT]);
	writer = psp_writer_open(files[OUTPUT].fd, "output", &psp_format_csv,
	    &form, &layout, &w->err);
	is_done =
	    psp_flow_run(flow, &psp_inquiry_steps, inquiry, writer, &w->err)
	    && psp_writer_finish(writer, &w->err);
done:
	fuzz_must_tell(is_done, &w->problems, &w->err);
	psp_writer_close(writer);
	psp_layout_clear(&layout);
	if (is_done && report != NULL)
		*report = write_report(w, inquiry);
	psp_flow_close(flow);
	if (!is_done) {
		psp_inquiry_free(inquiry);
		return NULL;
	}
	return inquiry;
}

/* Coverage learns from a history, which is always given here. */
static bool
is_sum(enum psp_inquiry_kind kind)
{
	const struct psp_inquiry_form *form = psp_inquiry_form(kind);

	return kind != PSP_INQUIRY_COVERAGE
	       && (form->show != NULL || form->summing != NULL);
}

/* A state joined with nothing gives the report. */
static void
check_state(struct world *w, const struct psp_buffer *whole)
{
	const char *const paths[] = { files[STATE].path };
	struct psp_inquiry *inquiry, *merged;
	struct psp_buffer joined;

	w->options.is_partial = true;
	inquiry = run(w, 0, NULL);
	fuzz_must(
	    inquiry != NULL && psp_partial_end(&inquiry->partial, &w->err),
	    "what is reported has a state");
	fuzz_file_write(
	    &files[STATE], psp_buffer_content(&inquiry->partial.bytes));
	w->options.is_partial = false;
	merged = psp_inquiry_new_merged(w->handbook, &w->options, &w->err);
	fuzz_must(
	    merged != NULL && psp_inquiry_merge(merged, paths, 1, &w->err),
	    "a state is joined");
	joined = write_report(w, merged);
	fuzz_must_equal(psp_buffer_content(whole), psp_buffer_content(&joined),
	    "a state gives its report");
	psp_buffer_clear(&joined);
	psp_inquiry_free(merged);
	psp_inquiry_free(inquiry);
}

/* The number at the end of a cell of a line of CSV. */
static size_t
number_at(struct psp_slice line, size_t column)
{
	size_t n = 0, at = 0;

	while (column > 0 && at < line.size)
		column -= line.bytes[at++] == ',';
	while (at < line.size && line.bytes[at] >= '0' && line.bytes[at] <= '9')
		n = n * 10 + (size_t)(line.bytes[at++] - '0');
	return n;
}

/* entered = advanced + lost + back + still there, but in names with commas. */
static void
check_funnel(const struct psp_buffer *report)
{
	const char *at = report->bytes, *end = at + report->size;
	bool is_header = true;

	if (memchr(at, '"', report->size) != NULL)
		return;
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		struct psp_slice line;

		if (stop == NULL)
			stop = end;
		line = psp_slice(at, (size_t)(stop - at));
		fuzz_must(is_header
			      || number_at(line, 1)
				     == number_at(line, 2) + number_at(line, 3)
					    + number_at(line, 4)
					    + number_at(line, 5),
		    "a funnel adds up");
		is_header = false;
		at = stop + 1;
	}
}

static void
use_handbook(struct world *w, size_t read_size)
{
	struct psp_buffer first, second;
	struct psp_inquiry *inquiry = run(w, 0, &first), *again;

	if (inquiry == NULL)
		return;
	again = run(w, read_size, &second);
	fuzz_must(again != NULL, "what ran once runs again");
	fuzz_must_equal(psp_buffer_content(&first), psp_buffer_content(&second),
	    "a report does not depend on reads");
	if (w->options.kind == PSP_INQUIRY_FUNNEL)
		check_funnel(&first);
	if (is_sum(w->options.kind))
		check_state(w, &first);
	psp_buffer_clear(&first);
	psp_buffer_clear(&second);
	psp_inquiry_free(again);
	psp_inquiry_free(inquiry);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct psp_slice input = fuzz_bytes(data, size);
	unsigned char report = fuzz_take(&input);
	size_t read_size = fuzz_take(&input) + (size_t)1;
	struct psp_slice settings = fuzz_take_part(&input);
	struct psp_buffer page;
	struct world w;

	if (files[OUTPUT].fd == 0)
		atexit(remove_files);
	fuzz_file_write(&files[DEALS], fuzz_take_part(&input));
	fuzz_file_write(&files[HISTORY], fuzz_take_part(&input));
	fuzz_file_write(&files[TOUCHES], fuzz_take_part(&input));
	if (world_init(&w, settings)) {
		psp_buffer_init(&page);
		fuzz_must(psp_manual_put(w.handbook, &page, &w.err)
			      && psp_graph_put(w.handbook, &page, &w.err),
		    "a handbook has its pages");
		psp_buffer_clear(&page);
		choose(&w, report);
		use_handbook(&w, read_size);
	}
	world_clear(&w);
	return 0;
}
