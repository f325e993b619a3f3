/*
 * What a format makes of rows: a writer on a file without a name, whose bytes
 * come back as text. For the tests of writers and tables.
 */
#ifndef TESTS_UNIT_WRITTEN_H
#define TESTS_UNIT_WRITTEN_H

#include "tests/unit/unit.h"

#include <stdlib.h>
#include <unistd.h>

#include "libprospect/stream/writer.h"

enum { MAX_WRITTEN_NAMES = 16 };

struct written {
	struct psp_error err;
	struct psp_layout layout;
	struct psp_writer *writer;
	struct psp_rows rows;
	FILE *file;
	char *text;
};

#define TEXT(constant)                                                         \
	{                                                                      \
		PSP_CELL_TEXT,                                                 \
		{                                                              \
			(constant), sizeof(constant) - 1                       \
		}                                                              \
	}
#define NUMBER(constant)                                                       \
	{                                                                      \
		PSP_CELL_NUMBER,                                               \
		{                                                              \
			(constant), sizeof(constant) - 1                       \
		}                                                              \
	}
#define RATE(constant)                                                         \
	{                                                                      \
		PSP_CELL_RATE,                                                 \
		{                                                              \
			(constant), sizeof(constant) - 1                       \
		}                                                              \
	}
#define UNKNOWN                                                                \
	{                                                                      \
		PSP_CELL_NULL,                                                 \
		{                                                              \
			NULL, 0                                                \
		}                                                              \
	}

/* The names in `list`, which a NULL ends. */
static inline struct psp_slices
names_of(const char *const *list, struct psp_slice items[MAX_WRITTEN_NAMES])
{
	struct psp_slices names = { items, 0 };

	while (list[names.n] != NULL) {
		assert_true(names.n < MAX_WRITTEN_NAMES);
		items[names.n] = psp_slice_of(list[names.n]);
		names.n++;
	}
	return names;
}

/* Lays out the columns; the writer is opened by written_open. */
static inline void
written_lay_out(struct written *written, const char *const *header,
    const char *const *cells, const struct psp_notes *notes)
{
	struct psp_slice inputs[MAX_WRITTEN_NAMES], ours[MAX_WRITTEN_NAMES];

	memset(written, 0, sizeof(*written));
	assert_true(psp_layout_init(&written->layout, names_of(header, inputs),
	    names_of(cells, ours), notes, &written->err));
}

static inline void
written_open(struct written *written, const struct psp_format *format,
    const struct psp_writer_options *options)
{
	written->file = tmpfile();
	assert_non_null(written->file);
	written->writer = psp_writer_open(fileno(written->file), "a file",
	    format, options, &written->layout, &written->err);
	assert_non_null(written->writer);
	written->rows.writer = written->writer;
	assert_true(psp_writer_begin(written->writer, &written->err));
}

static inline void
written_put(struct written *written, const struct psp_cell *cells)
{
	assert_true(psp_rows_put(&written->rows, NULL, cells, &written->err));
}

/* Finishes and gives back all bytes, with a NUL after them. */
static inline const char *
written_text(struct written *written, size_t *size)
{
	long end;

	assert_true(psp_writer_take(
	    written->writer, &written->rows, SIZE_MAX, &written->err));
	assert_true(psp_writer_finish(written->writer, &written->err));
	end = lseek(fileno(written->file), 0, SEEK_END);
	assert_true(end >= 0);
	written->text = calloc(1, (size_t)end + 1);
	assert_non_null(written->text);
	assert_int_equal(
	    pread(fileno(written->file), written->text, (size_t)end, 0), end);
	if (size != NULL)
		*size = (size_t)end;
	return written->text;
}

static inline void
written_clear(struct written *written)
{
	free(written->text);
	psp_rows_clear(&written->rows);
	psp_writer_close(written->writer);
	psp_layout_clear(&written->layout);
	if (written->file != NULL)
		fclose(written->file);
}

#endif
