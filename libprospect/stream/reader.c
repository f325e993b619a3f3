/*
 * Source, decode and frame put together: the sample decides the dialect, the
 * first record is the header, then batch follows batch. `psp_reader_next`
 * walks through batches for side files and sends their faults as notes.
 */
#include <config.h>

#include "libprospect/stream/reader.h"

#include <stdlib.h>

#include "libprospect/base/text.h"
#include "libprospect/stream/block.h"
#include "libprospect/stream/fault.h"
#include "libprospect/stream/frame.h"
#include "libprospect/stream/source.h"

enum {
	DEFAULT_READ_SIZE = 256 * 1024,
	SMALL_READ_SIZE = 64 * 1024,
	SMALL_FILE_SIZE = 4 * 1024 * 1024,
	MAX_BATCH_RECORDS = 65536 /* so that spans never outgrow the bytes */
};

struct psp_reader {
	struct psp_reader_options options;
	struct psp_source *source;
	struct psp_dialect dialect;
	struct psp_decoder decoder;
	struct psp_buffer raw; /* bytes to be decoded */
	struct psp_buffer decoded;
	struct psp_slice sample;       /* decoded, from the header on */
	struct psp_buffer kept_sample; /* if it is not in `raw` */
	bool sample_is_whole;          /* there was no more */
	bool passes;    /* UTF-8: bytes go to the block as they are */
	bool is_at_end; /* the source is */
	size_t n_bytes; /* read from the source */
	size_t size;    /* of the source; 0: not known */
	bool is_idle;   /* the last read gave less than asked for */
	bool ends_line; /* the last byte read does; or none was read */
	struct psp_block block;
	struct psp_arena arena;
	struct psp_slices header;
	struct psp_slice header_bytes;
	size_t header_line;
	/* psp_reader_next */
	const struct psp_batch *batch;
	struct psp_record record;
	size_t next_record;
	size_t next_fault;
	size_t n_rejected;
};

void
psp_reader_options_init(struct psp_reader_options *options)
{
	memset(options, 0, sizeof(*options));
	options->max_record = 16 * 1024 * 1024;
	options->max_columns = 65536;
	options->read_size = DEFAULT_READ_SIZE;
}

/* Keeps how the bytes read so far end. */
static void
see_last_byte(struct psp_reader *reader, const char *bytes, size_t size)
{
	if (size > 0)
		reader->ends_line =
		    (unsigned char)bytes[size - 1] == reader->dialect.newline;
}

/* Reads up to `size` bytes into the block or, to be decoded, by way of raw. */
static bool
read_more(struct psp_reader *reader, size_t size, struct psp_error *err)
{
	ptrdiff_t n;
	char *room;

	if (reader->passes) {
		room = psp_block_room(&reader->block, size, err);
		if (room == NULL)
			return false;
		n = psp_source_read(reader->source, room, size, err);
		if (n < 0)
			return false;
		see_last_byte(reader, room, (size_t)n);
		psp_block_added(&reader->block, (size_t)n);
	} else {
		reader->raw.size = 0;
		if (!psp_buffer_reserve(&reader->raw, size, err))
			return false;
		n = psp_source_read(
		    reader->source, reader->raw.bytes, size, err);
		if (n < 0)
			return false;
		reader->decoded.size = 0;
		if (!psp_decoder_run(&reader->decoder,
			psp_slice(reader->raw.bytes, (size_t)n), n == 0,
			&reader->decoded, err))
			return false;
		room =
		    psp_block_room(&reader->block, reader->decoded.size, err);
		if (room == NULL)
			return false;
		if (reader->decoded.size > 0)
			memcpy(
			    room, reader->decoded.bytes, reader->decoded.size);
		see_last_byte(reader, room, reader->decoded.size);
		psp_block_added(&reader->block, reader->decoded.size);
	}
	reader->n_bytes += (size_t)n;
	reader->is_at_end = n == 0;
	reader->is_idle = n > 0 && (size_t)n < size;
	return true;
}

/* Fills raw with the sample: 64 KiB, or all of a shorter input. */
static bool
read_sample(struct psp_reader *reader, struct psp_error *err)
{
	struct psp_buffer *raw = &reader->raw;

	if (!psp_buffer_reserve(raw, PSP_SAMPLE_SIZE, err))
		return false;
	while (raw->size < PSP_SAMPLE_SIZE) {
		ptrdiff_t n = psp_source_read(reader->source,
		    raw->bytes + raw->size, PSP_SAMPLE_SIZE - raw->size, err);

		if (n < 0)
			return false;
		if (n == 0) {
			reader->is_at_end = true;
			break;
		}
		raw->size += (size_t)n;
		reader->n_bytes += (size_t)n;
	}
	return true;
}

/* Puts the sample, without what stands before the header, into the block. */
static bool
take_sample(struct psp_reader *reader, struct psp_error *err)
{
	struct psp_slice text =
	    psp_slice(reader->raw.bytes + reader->dialect.bom_size,
		reader->raw.size - reader->dialect.bom_size);
	char *room;

	reader->passes = reader->dialect.encoding == PSP_ENCODING_UTF8
	                 || reader->dialect.encoding == PSP_ENCODING_MIXED;
	psp_decoder_init(&reader->decoder, reader->dialect.encoding);
	if (!reader->passes) {
		if (!psp_decoder_run(&reader->decoder, text, reader->is_at_end,
			&reader->decoded, err))
			return false;
		text = psp_buffer_content(&reader->decoded);
	}
	text.bytes += reader->dialect.skip_size;
	text.size -= reader->dialect.skip_size;
	reader->sample_is_whole = reader->is_at_end;
	reader->sample = text;
	if (!reader->passes) { /* `decoded` will be used again */
		if (!psp_buffer_slice(&reader->kept_sample, text, err))
			return false;
		reader->sample = psp_buffer_content(&reader->kept_sample);
	}
	room = psp_block_room(&reader->block, text.size, err);
	if (room == NULL)
		return false;
	if (text.size > 0)
		memcpy(room, text.bytes, text.size);
	see_last_byte(reader, room, text.size);
	psp_block_added(&reader->block, text.size);
	reader->block.batch.first_line += reader->dialect.n_skipped_lines;
	return true;
}

/* Reads on until the block has a record or a fault, or the input ends. */
static bool
fill_block(struct psp_reader *reader, size_t max_records, struct psp_error *err)
{
	const struct psp_batch *batch = &reader->block.batch;

	while (true) {
		size_t size = reader->options.read_size;
		size_t limit = reader->block.rules.max_record, waiting;

		if (!psp_frame_run(
			&reader->block, reader->is_at_end, max_records, err))
			return false;
		if (batch->n_spans + batch->n_faults + batch->n_blank_lines > 0
		    || reader->is_at_end)
			return true;
		/* A long record grows by doubling, so that no byte is read
		 * often, but not far past the limit. */
		waiting = reader->block.size - reader->block.start;
		if (waiting < limit && size < waiting)
			size = waiting < limit - waiting ? waiting
			                                 : limit - waiting + 1;
		if (!read_more(reader, size, err))
			return false;
	}
}

static bool
keep_names(struct psp_reader *reader, const struct psp_slice *names, size_t n,
    struct psp_error *err)
{
	struct psp_slice *copies =
	    psp_arena_array(&reader->arena, n, sizeof(*copies), err);

	if (copies == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *copy =
		    psp_arena_copy(&reader->arena, names[i], err);

		if (copy == NULL)
			return false;
		copies[i] = psp_slice(copy, names[i].size);
	}
	reader->header.items = copies;
	reader->header.n = n;
	return true;
}

/* Number of fields of the header record, which may be any. */
static size_t
count_header_fields(const struct psp_reader *reader)
{
	const struct psp_span *span = &reader->block.batch.spans[0];
	const char *bytes = span->bytes;
	unsigned char quote = reader->block.scanner.quote;
	bool in_quotes = false;
	size_t n = 1;

	for (uint32_t i = 0; i < span->size; i++) {
		if (reader->block.scanner.has_quote
		    && (unsigned char)bytes[i] == quote)
			in_quotes = !in_quotes;
		else if (!in_quotes
			 && (unsigned char)bytes[i]
				== reader->dialect.separator)
			n++;
	}
	return n;
}

/* Takes the names out of the header record, the only one in the block. */
static bool
take_header(struct psp_reader *reader, struct psp_error *err)
{
	struct psp_batch *batch = &reader->block.batch;
	struct psp_slice *names;
	const char *bytes;
	size_t n = count_header_fields(reader);

	if (n > reader->options.max_columns)
		return psp_error_set(err, PSP_ELIMIT,
		    psp_source_name(reader->source), batch->first_line, 0,
		    "%zu columns, more than %zu: raise --max-columns if they "
		    "are meant",
		    n, reader->options.max_columns);
	batch->n_fields = n;
	if (!psp_record_init(&reader->record, batch, err))
		return false;
	psp_record_seek(&reader->record, 0);
	reader->header_line = psp_record_line(&reader->record);
	names = psp_arena_array(&reader->arena, n, sizeof(*names), err);
	if (names == NULL)
		return false;
	for (size_t i = 0; i < n; i++)
		names[i] = psp_record_text(&reader->record, i);
	bytes = psp_arena_copy(
	    &reader->arena, psp_record_bytes(&reader->record), err);
	if (bytes == NULL)
		return false;
	reader->header_bytes =
	    psp_slice(bytes, psp_record_bytes(&reader->record).size);
	return keep_names(reader, names, n, err);
}

static bool
refuse_empty(struct psp_reader *reader, struct psp_error *err)
{
	if (reader->options.allow_empty)
		return true;
	return psp_error_set(err, PSP_ESYNTAX, psp_source_name(reader->source),
	    0, 0, "empty input: no header (--allow-empty accepts it)");
}

/* Reads the header record. */
static bool
read_header(struct psp_reader *reader, struct psp_error *err)
{
	struct psp_batch *batch = &reader->block.batch;
	struct psp_buffer text;
	bool is_done = false;

	if (reader->options.no_header) {
		if (!keep_names(reader, reader->options.fields.items,
			reader->options.fields.n, err))
			return false;
		psp_block_set_fields(&reader->block, reader->header.n);
		return true;
	}
	do {
		psp_block_next(&reader->block);
		if (!fill_block(reader, 1, err))
			return false;
	} while (batch->n_spans + batch->n_faults == 0 && !reader->is_at_end);
	if (batch->n_faults > 0) {
		psp_buffer_init(&text);
		if (psp_fault_describe(batch, &batch->faults[0], &text, err))
			psp_error_set(err, PSP_ESYNTAX, batch->file,
			    batch->first_line + batch->faults[0].n_lines, 0,
			    "the header cannot be read: %.*s",
			    PSP_SLICE_ARGS(psp_buffer_content(&text)));
		psp_buffer_clear(&text);
		return false;
	}
	if (batch->n_spans == 0)
		return refuse_empty(reader, err);
	is_done = take_header(reader, err);
	psp_block_next(&reader->block);
	batch->first_record = 0;
	psp_block_set_fields(&reader->block, reader->header.n);
	psp_block_set_header(&reader->block, reader->header_bytes);
	return is_done;
}

/* How the bytes become records. */
static struct psp_block_rules
block_rules(const struct psp_reader *reader)
{
	const struct psp_reader_options *options = &reader->options;
	struct psp_block_rules rules = {
		.max_record = options->max_record < PSP_MAX_RECORD
		                  ? options->max_record
		                  : PSP_MAX_RECORD,
		.repair = !options->no_repair,
		.ragged = options->ragged,
		.is_mixed = reader->dialect.encoding == PSP_ENCODING_MIXED,
		.scan = options->scan,
	};

	return rules;
}

static bool
open_reader(struct psp_reader *reader, const char *path, struct psp_error *err)
{
	struct psp_block_rules rules;
	const char *name;

	reader->source = psp_source_open(path, err);
	if (reader->source == NULL)
		return false;
	name = psp_source_name(reader->source);
	if (!psp_source_size(reader->source, &reader->size))
		reader->size = 0;
	/* Few pages are all that a small file needs. */
	if (reader->size > 0 && reader->size <= SMALL_FILE_SIZE
	    && reader->options.read_size > SMALL_READ_SIZE)
		reader->options.read_size = SMALL_READ_SIZE;
	if (!read_sample(reader, err)
	    || !psp_dialect_detect(psp_buffer_content(&reader->raw),
		reader->is_at_end, &reader->options.dialect, name,
		&reader->options.notes, &reader->dialect, err))
		return false;
	rules = block_rules(reader);
	if (!psp_block_init(&reader->block, &rules, &reader->dialect, name, err)
	    || !take_sample(reader, err))
		return false;
	return read_header(reader, err);
}

struct psp_reader *
psp_reader_open(const char *path, const struct psp_reader_options *options,
    struct psp_error *err)
{
	struct psp_reader *reader = calloc(1, sizeof(*reader));

	if (reader == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	reader->options = *options;
	reader->header_line = 1;
	if (options->no_header && !options->dialect.skip_lines_given) {
		/* The first line is a record, whatever it looks like. */
		reader->options.dialect.skip_lines_given = true;
		reader->options.dialect.skip_lines = 0;
	}
	psp_buffer_init(&reader->raw);
	psp_buffer_init(&reader->decoded);
	psp_buffer_init(&reader->kept_sample);
	psp_arena_init(&reader->arena);
	reader->ends_line = true;
	if (!open_reader(reader, path, err)) {
		psp_reader_close(reader);
		return NULL;
	}
	return reader;
}

void
psp_reader_close(struct psp_reader *reader)
{
	if (reader == NULL)
		return;
	psp_record_clear(&reader->record);
	psp_block_clear(&reader->block);
	psp_buffer_clear(&reader->raw);
	psp_buffer_clear(&reader->decoded);
	psp_buffer_clear(&reader->kept_sample);
	psp_arena_clear(&reader->arena);
	psp_source_close(reader->source);
	free(reader);
}

struct psp_slices
psp_reader_header(const struct psp_reader *reader)
{
	return reader->header;
}

struct psp_slice
psp_reader_header_bytes(const struct psp_reader *reader)
{
	return reader->header_bytes;
}

size_t
psp_reader_header_line(const struct psp_reader *reader)
{
	return reader->header_line;
}

const struct psp_dialect *
psp_reader_dialect(const struct psp_reader *reader)
{
	return &reader->dialect;
}

const char *
psp_reader_name(const struct psp_reader *reader)
{
	return psp_source_name(reader->source);
}

struct psp_slice
psp_reader_sample(const struct psp_reader *reader, bool *is_whole)
{
	*is_whole = reader->sample_is_whole;
	return reader->sample;
}

bool
psp_reader_has_header(const struct psp_reader *reader)
{
	return !reader->options.no_header;
}

size_t
psp_reader_n_bytes(const struct psp_reader *reader)
{
	return reader->n_bytes;
}

size_t
psp_reader_size(const struct psp_reader *reader)
{
	return reader->size;
}

void
psp_reader_number_from(struct psp_reader *reader, size_t first)
{
	reader->block.batch.first_record += first;
}

bool
psp_reader_can_split(const struct psp_reader *reader, size_t *from, size_t *to)
{
	size_t left;

	/* What --ragged fills may outgrow the bytes of a part by far. */
	if (!reader->passes || reader->options.ragged || reader->header.n == 0
	    || !psp_source_size(reader->source, &left) || left == 0)
		return false;
	*to = psp_source_offset(reader->source) + left;
	*from = *to - left - (reader->block.size - reader->block.start);
	return true;
}

bool
psp_reader_init_block(const struct psp_reader *reader, struct psp_block *block,
    struct psp_error *err)
{
	struct psp_block_rules rules = block_rules(reader);

	if (!psp_block_init(block, &rules, &reader->dialect,
		psp_source_name(reader->source), err))
		return false;
	psp_block_set_fields(block, reader->header.n);
	psp_block_set_header(block, reader->header_bytes);
	block->batch.first_line = reader->block.batch.first_line;
	block->batch.first_record = reader->block.batch.first_record;
	return true;
}

ptrdiff_t
psp_reader_read_at(const struct psp_reader *reader, void *bytes, size_t size,
    size_t offset, struct psp_error *err)
{
	return psp_source_read_at(reader->source, bytes, size, offset, err);
}

void
psp_reader_passed(struct psp_reader *reader, size_t n_bytes)
{
	reader->n_bytes += n_bytes;
}

bool
psp_reader_is_idle(const struct psp_reader *reader)
{
	return reader->is_idle;
}

/*
 * Marks the batch that the input ends in without a line end, once. A fault of
 * that line says more.
 */
static void
mark_last_line(struct psp_reader *reader)
{
	struct psp_batch *batch = &reader->block.batch;

	if (!reader->is_at_end || reader->ends_line
	    || reader->block.start < reader->block.size)
		return;
	reader->ends_line = true;
	batch->is_cut = !psp_batch_ends_in_fault(batch);
}

int
psp_reader_batch(struct psp_reader *reader, const struct psp_batch **batch,
    struct psp_error *err)
{
	struct psp_batch *filled = &reader->block.batch;

	if (reader->header.n == 0)
		return 0;
	psp_block_next(&reader->block);
	if (!fill_block(reader, MAX_BATCH_RECORDS, err))
		return -1;
	mark_last_line(reader);
	*batch = filled;
	if (filled->n_spans + filled->n_faults + filled->n_blank_lines > 0)
		return 1;
	if (filled->is_cut)
		psp_fault_note_cut(filled, &reader->options.notes);
	return 0;
}

/* Sends the faults that stand before record `index` of the batch. */
static bool
send_faults(struct psp_reader *reader, size_t index, struct psp_error *err)
{
	const struct psp_batch *batch = reader->batch;

	while (reader->next_fault < batch->n_faults
	       && batch->faults[reader->next_fault].span_index <= index) {
		const struct psp_fault *fault =
		    &batch->faults[reader->next_fault++];

		if (!psp_fault_note(batch, fault, &reader->options.notes, err))
			return false;
		if (psp_fault_counts(fault))
			reader->n_rejected++;
	}
	return true;
}

int
psp_reader_next(struct psp_reader *reader, struct psp_record **record,
    struct psp_error *err)
{
	while (reader->batch == NULL
	       || reader->next_record == reader->batch->n_spans) {
		int found;

		if (reader->batch != NULL) {
			if (!send_faults(reader, SIZE_MAX, err))
				return -1;
			if (reader->batch->is_cut)
				psp_fault_note_cut(
				    reader->batch, &reader->options.notes);
		}
		found = psp_reader_batch(reader, &reader->batch, err);
		if (found <= 0) {
			reader->batch = NULL;
			return found;
		}
		if (!psp_record_init(&reader->record, reader->batch, err))
			return -1;
		reader->next_record = 0;
		reader->next_fault = 0;
	}
	if (!send_faults(reader, reader->next_record, err))
		return -1;
	psp_record_seek(&reader->record, reader->next_record++);
	*record = &reader->record;
	return 1;
}

size_t
psp_reader_n_rejected(const struct psp_reader *reader)
{
	return reader->n_rejected;
}
