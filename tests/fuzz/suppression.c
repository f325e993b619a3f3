/*
 * Suppression lists. The first byte chooses the size of reads, the rest is the
 * list. Small reads and large ones must find the same on it; and whoever stands
 * on it, in a line of his own, must be found in a record that has that line
 * where it belongs.
 */
#include <config.h>

#include "tests/fuzz/file.h"

#include "libprospect/stream/reader.h"
#include "libprospect/targeting/suppression.h"

enum { MOST_LINES = 12, LONGEST_LINE = 80, HASH_DIGITS = 64 };

static const char header[] = "siren;siret;phone;email;domain\n";
enum { N_COLUMNS = 5 };

static struct fuzz_file list_file, record_file;

static void
remove_files(void)
{
	fuzz_file_remove(&list_file);
	fuzz_file_remove(&record_file);
}

static void
count_rejects(void *user, enum psp_note_level level, const char *kind,
    const struct psp_error *note)
{
	size_t *n_rejects = user;

	(void)kind;
	fuzz_must(note->message[0] != '\0', "a note says something");
	*n_rejects += level == PSP_NOTE_REJECT;
}

/* Opens the list in the file; NULL with `err` filled. */
static struct psp_suppression *
open_list(size_t read_size, struct psp_error *err)
{
	struct psp_reader_options options;
	struct psp_suppression *list;
	size_t n_rejects = 0;

	psp_reader_options_init(&options);
	options.read_size = read_size;
	options.notes.call = count_rejects;
	options.notes.user = &n_rejects;
	psp_error_init(err);
	list = psp_suppression_open(list_file.path, &options, err);
	fuzz_must_tell(list != NULL, NULL, err);
	fuzz_must(list == NULL || n_rejects == psp_suppression_n_rejected(list),
	    "what is rejected is said");
	return list;
}

/* The size of reads does not count. */
static void
compare_reads(size_t read_size)
{
	struct psp_error err, again;
	struct psp_suppression *large = open_list(PSP_SAMPLE_SIZE, &err);
	struct psp_suppression *small = open_list(read_size, &again);

	fuzz_must((large != NULL) == (small != NULL)
		      && strcmp(err.message, again.message) == 0,
	    "a refusal does not depend on the size of reads");
	fuzz_must(
	    large == NULL
		|| (psp_suppression_size(large) == psp_suppression_size(small)
		    && psp_suppression_n_rejected(large)
			   == psp_suppression_n_rejected(small)),
	    "the size of reads changes nothing");
	psp_suppression_close(small);
	psp_suppression_close(large);
}

/* Whether a line can stand in a list and in a record as it is. */
static bool
is_plain(struct psp_slice line)
{
	for (size_t i = 0; i < line.size; i++) {
		char c = line.bytes[i];

		if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')
		    && (c < '0' || c > '9')
		    && (c == '\0' || strchr(" .@+-_()/", c) == NULL))
			return false;
	}
	return line.size > 0 && line.size <= LONGEST_LINE
	       && line.size != HASH_DIGITS;
}

/* Whether the list finds a record that has `line` in each of its columns. */
static bool
finds(const struct psp_suppression *list, struct psp_slice line)
{
	const struct psp_notes silent = { NULL, NULL };
	struct psp_suppression_columns columns = { NULL, 0, 0 };
	struct psp_reader_options options;
	struct psp_reader *reader;
	struct psp_record *record;
	struct psp_buffer scratch;
	struct psp_error err;
	bool is_found = false;

	fuzz_file_write(&record_file, psp_slice_of(header));
	for (size_t i = 0; i < N_COLUMNS; i++) {
		fuzz_file_put(&record_file, line);
		fuzz_file_put(
		    &record_file, psp_slice_of(i + 1 < N_COLUMNS ? ";" : "\n"));
	}
	psp_error_init(&err);
	psp_buffer_init(&scratch);
	psp_reader_options_init(&options);
	options.dialect.separator = ';';
	reader = psp_reader_open(record_file.path, &options, &err);
	fuzz_must(reader != NULL
		      && psp_suppression_bind(list, NULL,
			  psp_reader_header(reader), &silent, &columns, &err)
		      && psp_reader_next(reader, &record, &err) == 1
		      && psp_suppression_has(
			  list, &columns, record, &scratch, &is_found, &err),
	    "a record can be looked up");
	psp_buffer_clear(&scratch);
	psp_suppression_columns_clear(&columns);
	psp_reader_close(reader);
	return is_found;
}

/* Whether `line`, alone on a list, is a value; it must be found then. */
static bool
is_value(struct psp_slice line)
{
	struct psp_suppression *list;
	struct psp_error err;
	bool is;

	fuzz_file_write(&list_file, line);
	list = open_list(PSP_SAMPLE_SIZE, &err);
	is = list != NULL && psp_suppression_size(list) == 1;
	fuzz_must(!is || finds(list, line), "who is on a list is found");
	psp_suppression_close(list);
	return is;
}

/* Cuts a line off; false at the end. */
static bool
next_line(struct psp_slice *text, struct psp_slice *line)
{
	const char *end;

	if (text->size == 0)
		return false;
	end = memchr(text->bytes, '\n', text->size);
	*line = psp_slice(text->bytes,
	    end != NULL ? (size_t)(end - text->bytes) : text->size);
	text->bytes += line->size + (end != NULL);
	text->size -= line->size + (end != NULL);
	return true;
}

/* Each line that is a value alone is one on the whole list, when its first line
 * says that it is one of values. */
static void
check_lines(struct psp_slice text)
{
	struct psp_slice rest = text, line, values[MOST_LINES];
	struct psp_suppression *list;
	struct psp_error err;
	size_t n = 0, n_values = 0;
	bool all_plain = true;

	while (next_line(&rest, &line)) {
		if (!is_plain(line))
			all_plain = false;
		else if (n < MOST_LINES && is_value(line))
			values[n_values++] = line;
		else if (n == 0)
			all_plain = false;
		n++;
	}
	fuzz_file_write(&list_file, text);
	if (!all_plain)
		return;
	list = open_list(PSP_SAMPLE_SIZE, &err);
	for (size_t i = 0; list != NULL && i < n_values; i++)
		fuzz_must(finds(list, values[i]), "and not lost among others");
	psp_suppression_close(list);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct psp_slice text = fuzz_bytes(data, size);
	size_t read_size = fuzz_take(&text) + (size_t)1;

	if (list_file.fd == 0)
		atexit(remove_files);
	check_lines(text);
	fuzz_file_write(&list_file, text);
	compare_reads(read_size);
	return 0;
}
