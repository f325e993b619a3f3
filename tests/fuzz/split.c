/*
 * Files in parts by several threads. Eight bytes choose: threads, size of the
 * parts, scanner, how records are read, what ends the run, the number of
 * fields, and how much stands before the rest, which is the end of a file whose
 * beginning is regular and longer than the sample. One thread with the
 * portable scanner reads it whole, several read it in parts: rows, notes,
 * rejects, counts and the end must be equal.
 */
#include <config.h>

#include "tests/fuzz/file.h"

#include <fcntl.h>

#include "libprospect/stream/flow.h"

enum { MAX_FIELDS = 4, MORE_HEAD = 150, HEAD_SIZE = PSP_SAMPLE_SIZE + 700 };

static struct fuzz_file file, rejects;

static void
remove_files(void)
{
	fuzz_file_remove(&file);
	fuzz_file_remove(&rejects);
}

/* What a run gives, in words. */
struct told {
	size_t n_head; /* records before the end that is looked at */
	struct psp_buffer text;
	struct psp_error err;
};

static void
take_note(void *user, enum psp_note_level level, const char *kind,
    const struct psp_error *note)
{
	struct told *told = user;

	fuzz_must(psp_buffer_format(&told->text, &told->err, "%d %s %zu %s\n",
		      (int)level, kind != NULL ? kind : "", note->line,
		      note->message),
	    "memory suffices");
}

/* A state: the cells of the records, with their lines and numbers. */
static void *
new_state(void *plan, struct psp_error *err)
{
	struct psp_buffer *state = calloc(1, sizeof(*state));

	(void)plan;
	if (state == NULL)
		psp_error_memory(err);
	return state;
}

static void
free_state(void *state)
{
	psp_buffer_clear(state);
	free(state);
}

static bool
take_batch(void *plan, void *state, const struct psp_batch *batch,
    struct psp_rows *rows, struct psp_error *err)
{
	const struct told *told = plan;
	struct psp_record record;

	memset(&record, 0, sizeof(record));
	fuzz_must(psp_record_init(&record, batch, err), "memory suffices");
	for (size_t i = 0; i < batch->n_spans; i++) {
		psp_record_seek(&record, i);
		fuzz_must(
		    psp_rows_put(rows, &record, NULL, err), "memory suffices");
		if (psp_record_number(&record) <= told->n_head)
			continue;
		fuzz_must(
		    psp_buffer_format(state, err, "%zu %zu",
			psp_record_number(&record), psp_record_line(&record)),
		    "memory suffices");
		for (size_t j = 0; j < batch->n_fields; j++) {
			struct psp_slice text = psp_record_text(&record, j);

			fuzz_must(
			    psp_buffer_format(state, err, " %zu ", text.size)
				&& psp_buffer_slice(state, text, err),
			    "memory suffices");
		}
	}
	psp_record_clear(&record);
	return true;
}

static bool
merge(void *plan, void *into, void *next, struct psp_error *err)
{
	(void)plan;
	return psp_buffer_slice(into, psp_buffer_content(next), err);
}

static bool
finish(void *plan, void *state, struct psp_rows *rows, struct psp_error *err)
{
	struct told *told = plan;

	(void)rows;
	return psp_buffer_slice(&told->text, psp_buffer_content(state), err);
}

static const struct psp_flow_steps steps = {
	.new_state = new_state,
	.free_state = free_state,
	.batch = take_batch,
	.merge = merge,
	.finish = finish,
};

/* Opens a writer that takes the rows of the flow, and runs that. */
static void
run_flow(struct psp_flow *flow, int out, struct told *told)
{
	struct psp_writer_options options = { .separator = ',' };
	struct psp_slices none = { NULL, 0 };
	struct psp_layout layout;
	struct psp_writer *writer;
	bool is_done;

	fuzz_must(psp_layout_init(
		      &layout, psp_flow_header(flow), none, NULL, &told->err),
	    "memory suffices");
	writer = psp_writer_open(
	    out, "output", &psp_format_csv, &options, &layout, &told->err);
	fuzz_must(writer != NULL, "memory suffices");
	is_done = psp_flow_run(flow, &steps, told, writer, &told->err);
	fuzz_must_tell(is_done, NULL, &told->err);
	psp_writer_close(writer);
	psp_layout_clear(&layout);
}

/* Runs the file and tells all that comes of it. */
static void
run(struct psp_flow_options options, size_t n_head, struct told *told)
{
	const char *const paths[] = { file.path };
	const struct psp_flow_counts *counts;
	struct psp_buffer kept;
	struct psp_flow *flow;
	struct psp_error err;
	int out = open("/dev/null", O_WRONLY);

	fuzz_must(out >= 0, "/dev/null opens");
	psp_error_init(&err);
	told->n_head = n_head;
	psp_error_init(&told->err);
	psp_buffer_init(&told->text);
	fuzz_file_empty(&rejects);
	options.rejects = rejects.path;
	options.reader.notes.call = take_note;
	options.reader.notes.user = told;
	flow = psp_flow_open(paths, 1, &options, &told->err);
	fuzz_must(flow != NULL, "the file opens");
	run_flow(flow, out, told);
	counts = psp_flow_counts(flow);
	kept = fuzz_file_content(&rejects);
	fuzz_must(psp_buffer_format(&told->text, &err,
		      "\n%zu %zu %zu %zu %zu %zu %d %zu %s\n", counts->n_read,
		      counts->n_written, counts->n_rejected, counts->n_repaired,
		      counts->n_blank_lines, counts->n_converted,
		      counts->limit_reached, told->err.line, told->err.message)
		      && psp_buffer_slice(
			  &told->text, psp_buffer_content(&kept), &err),
	    "memory suffices");
	psp_buffer_clear(&kept);
	psp_flow_close(flow);
	close(out);
}

/* A header and regular records, some more than the sample has: how many. */
static size_t
write_head(size_t n_fields, size_t more)
{
	static char head[HEAD_SIZE + 700];
	size_t n = 0, line;

	for (line = 0; n < HEAD_SIZE + more; line++)
		for (size_t i = 0; i < n_fields; i++) {
			n += (size_t)snprintf(head + n, sizeof(head) - n,
			    line % 5 == 4 ? "\"%zu,\n\"\"\"" : "%zu",
			    line * 7919 + i);
			head[n++] = i + 1 < n_fields ? ',' : '\n';
		}
	fuzz_file_write(&file, psp_slice(head, n));
	return line - 1;
}

static struct psp_flow_options
choose(struct psp_slice *text, size_t *n_fields, size_t *more)
{
	struct psp_flow_options options;
	unsigned char threads = fuzz_take(text);
	unsigned char part = fuzz_take(text);
	unsigned char scanner = fuzz_take(text);
	unsigned char rules = fuzz_take(text);
	unsigned char end = fuzz_take(text);
	size_t which = scanner % PSP_N_SCANNERS;

	psp_flow_options_init(&options);
	options.n_threads = 2 + threads % 3u;
	options.part_size = 8 + part * (size_t)(part % 5 + 1);
	options.reader.scan = psp_scan_can_run(psp_scanners[which])
	                          ? psp_scanners[which]
	                          : psp_scan_best();
	options.reader.dialect.separator = ',';
	options.reader.dialect.quote = (rules & 1) != 0 ? PSP_QUOTE_NONE : '"';
	options.reader.dialect.encoding =
	    (rules & 2) != 0 ? PSP_ENCODING_MIXED : PSP_ENCODING_UTF8;
	options.reader.no_repair = (rules & 4) != 0;
	options.reader.max_record = (rules & 8) != 0 ? 60 : 1 << 20;
	options.strict = (end & 3) == 1;
	if ((end & 3) == 2)
		options.max_rejects = end >> 2;
	if ((end & 3) == 3)
		options.limit = end >> 2; /* of the end of the file */
	*n_fields = 1 + fuzz_take(text) % (size_t)MAX_FIELDS;
	*more = fuzz_take(text) * (size_t)2;
	(void)fuzz_take(text);
	return options;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool is_prepared;
	struct psp_slice text = fuzz_bytes(data, size);
	struct psp_flow_options options, plain;
	struct told whole, parts;
	size_t n_fields, more, n_head;

	if (!is_prepared)
		atexit(remove_files);
	is_prepared = true;
	options = choose(&text, &n_fields, &more);
	n_head = write_head(n_fields, more);
	if (options.limit != SIZE_MAX)
		options.limit += n_head - 8;
	fuzz_file_put(&file, text);
	plain = options;
	plain.n_threads = 1;
	plain.reader.scan = psp_scanners[0];
	run(plain, n_head - MORE_HEAD, &whole);
	run(options, n_head - MORE_HEAD, &parts);
	fuzz_must_equal(psp_buffer_content(&whole.text),
	    psp_buffer_content(&parts.text),
	    "parts and threads change nothing");
	psp_buffer_clear(&whole.text);
	psp_buffer_clear(&parts.text);
	return 0;
}
