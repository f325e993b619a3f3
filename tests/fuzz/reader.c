/*
 * Files to records. Six bytes choose: what the user said of the dialect, how
 * records are read, how many bytes are read at once, and whether a long line
 * stands behind the header, so that the body is no part of the sample. The
 * file is read in batches by large reads and by small ones, and record by
 * record: all three must give the same.
 */
#include <config.h>

#include "tests/fuzz/file.h"
#include "tests/fuzz/records.h"

#include "libprospect/stream/fault.h"
#include "libprospect/stream/reader.h"

enum { LEAST_LINE = PSP_SAMPLE_SIZE - 100 };

static struct fuzz_file file;

static void
remove_file(void)
{
	fuzz_file_remove(&file);
}

static void
choose(struct psp_slice *input, struct psp_reader_options *chosen)
{
	static const unsigned char separators[] = { 0, ',', ';', '\t' };
	unsigned char signs = fuzz_take(input);
	unsigned char rules = fuzz_take(input);
	unsigned char lines = fuzz_take(input);

	psp_reader_options_init(chosen);
	chosen->dialect.separator = separators[signs & 3];
	chosen->dialect.quote = (signs & 12) == 4   ? PSP_QUOTE_NONE
	                        : (signs & 12) == 8 ? '\''
	                                            : PSP_QUOTE_DETECT;
	chosen->dialect.encoding =
	    (enum psp_encoding)((fuzz_take(input) & 31) % 7);
	chosen->dialect.skip_lines_given = (lines & 1) != 0;
	chosen->dialect.skip_lines = (lines & 1) != 0 ? (lines >> 1 & 3) : 0;
	chosen->no_repair = (rules & 1) != 0;
	chosen->ragged = (rules & 2) != 0;
	chosen->allow_empty = (rules & 4) != 0;
	if ((rules & 8) != 0)
		chosen->max_record = 40;
	if ((rules & 16) != 0)
		chosen->max_columns = 3;
}

/* The file: `text` or, when `length` is odd, with a line of about the size of
 * the sample behind its first. */
static void
write_file(struct psp_slice text, unsigned char length)
{
	static char line[LEAST_LINE + 256];
	const char *end =
	    text.size > 0 ? memchr(text.bytes, '\n', text.size) : NULL;
	size_t size, header;

	if ((length & 1) == 0 || end == NULL) {
		fuzz_file_write(&file, text);
		return;
	}
	size = LEAST_LINE + (size_t)(length >> 1);
	memset(line, 'x', size);
	line[size - 1] = '\n';
	header = (size_t)(end - text.bytes) + 1;
	fuzz_file_write(&file, psp_slice(text.bytes, header));
	fuzz_file_put(&file, psp_slice(line, size));
	fuzz_file_put(
	    &file, psp_slice(text.bytes + header, text.size - header));
}

/* Reads all batches; false when the file cannot be opened. */
static bool
read_batches(const struct psp_reader_options *options,
    struct fuzz_records *records, struct psp_error *err)
{
	struct psp_reader *reader = psp_reader_open(file.path, options, err);
	const struct psp_batch *batch;
	struct psp_slices header;
	int result;

	memset(records, 0, sizeof(*records));
	fuzz_must_tell(reader != NULL, NULL, err);
	if (reader == NULL)
		return false;
	header = psp_reader_header(reader);
	for (size_t i = 0; i < header.n; i++)
		fuzz_records_show(
		    &records->shown, "name", i, header.items[i], err);
	while ((result = psp_reader_batch(reader, &batch, err)) == 1)
		fuzz_records_take_batch(
		    psp_reader_dialect(reader), batch, records, err);
	fuzz_must(result == 0, "a file that was opened is read to its end");
	psp_reader_close(reader);
	return true;
}

static void
take_note(void *user, enum psp_note_level level, const char *kind,
    const struct psp_error *note)
{
	size_t *n_rejects = user;

	fuzz_must(note->message[0] != '\0', "a note says something");
	fuzz_must(level != PSP_NOTE_REJECT || kind != NULL,
	    "rejects are counted by kind");
	*n_rejects += level == PSP_NOTE_REJECT;
}

/* Reads record by record, as side files are. */
static void
read_singly(
    struct psp_reader_options options, const struct fuzz_records *batches)
{
	struct psp_reader *reader;
	struct psp_buffer cells;
	struct psp_record *record;
	struct psp_error err;
	size_t n = 0, n_rejects = 0;
	int result;

	psp_error_init(&err);
	psp_buffer_init(&cells);
	options.notes.call = take_note;
	options.notes.user = &n_rejects;
	reader = psp_reader_open(file.path, &options, &err);
	fuzz_must(reader != NULL, "a file opens again");
	while ((result = psp_reader_next(reader, &record, &err)) == 1) {
		for (size_t i = 0; i < psp_reader_header(reader).n; i++)
			fuzz_records_show(&cells, "cell", i,
			    psp_record_text(record, i), &err);
		n++;
	}
	fuzz_must(result == 0, "a file that was opened is read to its end");
	fuzz_must(n == batches->n_spans, "as many records one by one");
	fuzz_must_equal(psp_buffer_content(&cells),
	    psp_buffer_content(&batches->cells), "the same cells one by one");
	fuzz_must(psp_reader_n_rejected(reader) == batches->n_rejected
		      && n_rejects == batches->n_rejected,
	    "what is rejected is said");
	psp_buffer_clear(&cells);
	psp_reader_close(reader);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct psp_slice input = fuzz_bytes(data, size);
	struct psp_reader_options options;
	struct fuzz_records large, small;
	struct psp_error err, again;
	unsigned char length;

	if (file.fd == 0)
		atexit(remove_file);
	choose(&input, &options);
	length = fuzz_take(&input);
	write_file(input, length);
	psp_error_init(&err);
	psp_error_init(&again);
	if (read_batches(&options, &large, &err)) {
		options.read_size = fuzz_take(&input) + (size_t)1;
		fuzz_must(read_batches(&options, &small, &again),
		    "a file opens again");
		fuzz_must_equal(psp_buffer_content(&large.shown),
		    psp_buffer_content(&small.shown),
		    "the size of reads changes nothing");
		fuzz_must(large.n_blank == small.n_blank, "nor blank lines");
		read_singly(options, &large);
		fuzz_records_clear(&small);
	} else {
		options.read_size = 1;
		fuzz_must(!read_batches(&options, &small, &again)
			      && strcmp(err.message, again.message) == 0,
		    "a refusal does not depend on the size of reads");
	}
	fuzz_records_clear(&large);
	return 0;
}
