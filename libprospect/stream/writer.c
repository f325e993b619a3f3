/*
 * Rows in order to a file descriptor. What a format makes of them is its own
 * affair (format-csv.c, format-json.c, report/); here bytes wait until there
 * are enough for one write, and a write that fails is said.
 */
#include <config.h>

#include "libprospect/stream/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <unistd.h>

#include "libprospect/base/descriptor.h"

enum { WRITE_SIZE = 128 * 1024, PIPE_SIZE = 1024 * 1024 };

struct psp_writer {
	int fd;
	int failure; /* errno of the write that failed, 0: none */
	const char *name;
	const struct psp_format *format;
	struct psp_writer_options options;
	const struct psp_layout *layout;
	struct psp_buffer waiting; /* made, not yet written */
	void *state;               /* of the format */
};

struct psp_writer *
psp_writer_open(int fd, const char *name, const struct psp_format *format,
    const struct psp_writer_options *options, const struct psp_layout *layout,
    struct psp_error *err)
{
	struct psp_writer *writer = calloc(1, sizeof(*writer));

	if (writer == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	writer->fd = fd;
	writer->name = name;
	writer->format = format;
	writer->options = *options;
	writer->layout = layout;
	psp_buffer_init(&writer->waiting);
	writer->state =
	    calloc(1, format->state_size > 0 ? format->state_size : 1);
	if (writer->state == NULL) {
		psp_error_memory(err);
		goto fail;
	}
	if (format->open != NULL && !format->open(writer, err))
		goto fail;
#ifdef F_SETPIPE_SZ
	/* Fewer turns between the neighbours; refused when it is no pipe. */
	fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE);
#endif
	return writer;
fail:
	psp_writer_close(writer);
	return NULL;
}

void
psp_writer_close(struct psp_writer *writer)
{
	if (writer == NULL)
		return;
	if (writer->state != NULL && writer->format->close != NULL)
		writer->format->close(writer);
	free(writer->state);
	psp_buffer_clear(&writer->waiting);
	free(writer);
}

const struct psp_layout *
psp_writer_layout(const struct psp_writer *writer)
{
	return writer->layout;
}

const struct psp_writer_options *
psp_writer_options(const struct psp_writer *writer)
{
	return &writer->options;
}

void *
psp_writer_state(struct psp_writer *writer)
{
	return writer->state;
}

/* Moves what is still to be written past `size` bytes that were. */
static void
skip_written(struct iovec parts[2], size_t size)
{
	for (size_t i = 0; i < 2; i++) {
		size_t n = size < parts[i].iov_len ? size : parts[i].iov_len;

		if (n > 0) /* else there may be no bytes to point to */
			parts[i].iov_base = (char *)parts[i].iov_base + n;
		parts[i].iov_len -= n;
		size -= n;
	}
}

/* Writes what waits and then `bytes`, which are not copied. */
static bool
write_out(
    struct psp_writer *writer, struct psp_slice bytes, struct psp_error *err)
{
	struct iovec parts[2] = {
		{ writer->waiting.bytes, writer->waiting.size },
		{ (void *)(uintptr_t)bytes.bytes, bytes.size },
	};

	writer->waiting.size = 0;
	while (writer->failure == 0
	       && (parts[0].iov_len > 0 || parts[1].iov_len > 0)) {
		size_t first = parts[0].iov_len > 0 ? 0 : 1;
		ssize_t n = writev(writer->fd, parts + first, (int)(2 - first));

		if (n > 0)
			skip_written(parts, (size_t)n);
		else if (n == 0)
			writer->failure = EIO;
		else if (!psp_descriptor_may_retry(writer->fd, errno))
			writer->failure = errno;
	}
	if (writer->failure != 0)
		return psp_error_system(
		    err, writer->name, "write", writer->failure);
	return true;
}

/* Writes what waits when it is enough. */
static bool
write_when_full(struct psp_writer *writer, struct psp_error *err)
{
	return writer->waiting.size < WRITE_SIZE
	       || write_out(writer, psp_slice(NULL, 0), err);
}

bool
psp_writer_begin(struct psp_writer *writer, struct psp_error *err)
{
	if (writer->format->begin != NULL
	    && !writer->format->begin(writer, &writer->waiting, err))
		return false;
	return write_when_full(writer, err);
}

/* Notes where the row that was just appended ends and what made it. */
static bool
keep_end(struct psp_rows *rows, const struct psp_record *record,
    struct psp_error *err)
{
	size_t ends_capacity = rows->ends_capacity;
	size_t records_capacity = rows->ends_capacity;
	size_t *ends, *records;

	ends = psp_array_reserve(
	    rows->ends, &ends_capacity, rows->n_rows + 1, sizeof(*ends), err);
	if (ends == NULL)
		return false;
	rows->ends = ends;
	records = psp_array_reserve(rows->records, &records_capacity,
	    rows->n_rows + 1, sizeof(*records), err);
	if (records == NULL)
		return false;
	rows->records = records;
	rows->ends_capacity = records_capacity;
	ends[rows->n_rows] = rows->bytes.size;
	records[rows->n_rows] = record != NULL ? record->index : SIZE_MAX;
	return true;
}

/* Copies what was only noted. */
static bool
flush_run(struct psp_rows *rows, struct psp_error *err)
{
	if (rows->run.size == 0)
		return true;
	if (!psp_buffer_slice(&rows->bytes, rows->run, err))
		return false;
	rows->run.size = 0;
	return true;
}

/* The row where the record may be joined with neighbours, else empty. */
static struct psp_slice
joinable(const struct psp_rows *rows, const struct psp_record *record)
{
	const struct psp_format *format = rows->writer->format;

	if (!rows->joins || rows->keep_ends || format->as_it_stands == NULL
	    || record == NULL)
		return psp_slice(NULL, 0);
	return format->as_it_stands(rows->writer, record);
}

bool
psp_rows_put(struct psp_rows *rows, struct psp_record *record,
    const struct psp_cell *cells, struct psp_error *err)
{
	struct psp_writer *writer = rows->writer;
	struct psp_slice row = joinable(rows, record), *run = &rows->run;
	size_t before;

	if (row.size > 0) {
		if (run->size > 0 && run->bytes + run->size == row.bytes) {
			run->size += row.size;
		} else {
			if (!flush_run(rows, err))
				return false;
			*run = row;
		}
		rows->n_rows++;
		return true;
	}
	if (!flush_run(rows, err))
		return false;
	before = rows->bytes.size;
	if (!writer->format->row(writer, &rows->bytes, record, cells, err)
	    || (rows->keep_ends && !keep_end(rows, record, err))) {
		rows->bytes.size = before;
		return false;
	}
	rows->n_rows++;
	return true;
}

bool
psp_rows_append(
    struct psp_rows *rows, struct psp_slice row, struct psp_error *err)
{
	size_t before;

	if (!flush_run(rows, err))
		return false;
	before = rows->bytes.size;
	if (!psp_buffer_slice(&rows->bytes, row, err)
	    || (rows->keep_ends && !keep_end(rows, NULL, err))) {
		rows->bytes.size = before;
		return false;
	}
	rows->n_rows++;
	return true;
}

void
psp_rows_clear(struct psp_rows *rows)
{
	if (rows == NULL)
		return;
	psp_buffer_clear(&rows->bytes);
	free(rows->ends);
	free(rows->records);
	rows->ends = NULL;
	rows->records = NULL;
	rows->ends_capacity = 0;
	rows->n_rows = 0;
}

bool
psp_writer_take(struct psp_writer *writer, struct psp_rows *rows, size_t limit,
    struct psp_error *err)
{
	const struct psp_format *format = writer->format;
	struct psp_buffer *bytes = &rows->bytes;
	size_t n_rows = rows->n_rows;
	size_t enough = WRITE_SIZE - writer->waiting.size;
	bool is_taken;

	/* One run and nothing else is written from where it lies. */
	if (bytes->size == 0 && rows->run.size >= enough) {
		is_taken = write_out(writer, rows->run, err);
		rows->run.size = 0;
		rows->n_rows = 0;
		return is_taken;
	}
	if (!flush_run(rows, err))
		return false;
	if (limit < n_rows) {
		n_rows = limit;
		bytes->size = limit > 0 ? rows->ends[limit - 1] : 0;
	}
	if (format->accept != NULL)
		is_taken = format->accept(writer, psp_buffer_content(bytes),
			       n_rows, &writer->waiting, err)
		           && write_when_full(writer, err);
	else if (bytes->size >= enough)
		is_taken = write_out(writer, psp_buffer_content(bytes), err);
	else
		is_taken = psp_buffer_slice(
		    &writer->waiting, psp_buffer_content(bytes), err);
	bytes->size = 0;
	rows->n_rows = 0;
	return is_taken;
}

bool
psp_rows_pass(struct psp_rows *rows, struct psp_error *err)
{
	return rows->bytes.size < WRITE_SIZE
	       || psp_writer_take(rows->writer, rows, SIZE_MAX, err);
}

bool
psp_writer_flush(struct psp_writer *writer, struct psp_error *err)
{
	return write_out(writer, psp_slice(NULL, 0), err);
}

bool
psp_writer_finish(struct psp_writer *writer, struct psp_error *err)
{
	if (writer->format->end != NULL
	    && !writer->format->end(writer, &writer->waiting, err))
		return false;
	return write_out(writer, psp_slice(NULL, 0), err);
}

struct psp_cell
psp_cell_count(size_t count, char digits[24])
{
	int size = snprintf(digits, 24, "%zu", count);
	struct psp_cell cell = { PSP_CELL_NUMBER,
		psp_slice(digits, (size_t)size) };

	return cell;
}
