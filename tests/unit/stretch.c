/*
 * stream: the fields of a stretch are those that its records have one by one,
 * with every scanner, wherever irregular records and blank lines lie between.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include <stdlib.h>
#include <unistd.h>

#include "libprospect/stream/reader.h"
#include "libprospect/stream/stretch.h"

enum { N_RECORDS = 3000, MAX_FIELDS = 12 };

static uint32_t
next_number(uint64_t *state, uint32_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)(*state >> 33) % below;
}

/* Writes records of `n_fields` to a file, with what else a file may hold. */
static void
write_records(char path[64], uint32_t n_fields, bool has_cr, uint64_t *state)
{
	static const char *const cells[] = { "", "a", "12", "\"b\"", "\"c,d\"",
		"\"e\"\"\"", "\"f\ng\"", "\"\"",
		"a rather long cell, as there are some, with commas" };
	FILE *file;
	int fd;

	snprintf(path, 64, "/tmp/prospect-unit-XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	file = fdopen(fd, "w");
	assert_non_null(file);
	for (uint32_t i = 0; i < n_fields; i++)
		fprintf(file, "%sh%u", i > 0 ? "," : "", (unsigned)i);
	fputs(has_cr ? "\r\n" : "\n", file);
	for (size_t r = 0; r < N_RECORDS; r++) {
		for (uint32_t i = 0; i < n_fields; i++)
			fprintf(file, "%s%s", i > 0 ? "," : "",
			    cells[next_number(state, 8)]);
		fputs(has_cr || next_number(state, 30) == 0 ? "\r\n" : "\n",
		    file);
		if (next_number(state, 50) == 0)
			fputs(has_cr ? "\r\n" : "\n", file);
		if (next_number(state, 50) == 0)
			fputs("x\"y,z\n", file);
	}
	assert_int_equal(fclose(file), 0);
}

/* Compares a column of a stretch with the texts of its records. */
static void
compare_column(
    const struct psp_stretch *stretch, size_t column, struct psp_record *record)
{
	const struct psp_batch *batch = stretch->batch;
	struct psp_slice texts[PSP_STRETCH_RECORDS];
	bool has_before = psp_stretch_texts(stretch, column, texts);

	assert_true(has_before || !stretch->is_located);
	for (size_t row = 0; row < stretch->n; row++) {
		struct psp_slice text;

		psp_record_seek(record, stretch->first + row);
		text = psp_record_text(record, column);
		if (texts[row].size == SIZE_MAX) {
			assert_non_null(
			    memchr(psp_record_raw(record, column).bytes, '"',
				psp_record_raw(record, column).size));
			continue;
		}
		assert_true(psp_slice_equal(texts[row], text));
		if (has_before)
			assert_true(
			    text.bytes - batch->bytes >= PSP_COLUMN_BEFORE);
	}
}

/* Compares the stretches of a batch with its records; counts those located. */
static size_t
compare_batch(const struct psp_batch *batch, struct psp_stretch *stretch,
    size_t n_columns, struct psp_record *record, struct psp_error *err)
{
	size_t n_located = 0;

	assert_true(psp_record_init(record, batch, err));
	for (size_t i = 0; i < batch->n_spans; i += stretch->n) {
		assert_true(
		    psp_stretch_take(stretch, batch, i, n_columns, err));
		assert_int_equal(stretch->first, i);
		assert_in_range(stretch->n, 1, PSP_STRETCH_RECORDS);
		if (stretch->is_located)
			n_located += stretch->n;
		for (size_t c = 0; c < batch->n_fields; c++)
			compare_column(stretch, c, record);
	}
	return n_located;
}

static void
compare_file(
    const char *path, const struct psp_scan_functions *scan, bool is_located)
{
	struct psp_reader_options options;
	struct psp_stretch stretch = { .n = 0 };
	struct psp_record record = { .batch = NULL };
	const struct psp_batch *batch;
	struct psp_reader *reader;
	struct psp_error err;
	size_t n_records = 0, n_located = 0;
	int found;

	psp_error_init(&err);
	psp_reader_options_init(&options);
	options.scan = scan;
	reader = psp_reader_open(path, &options, &err);
	assert_non_null(reader);
	while ((found = psp_reader_batch(reader, &batch, &err)) == 1) {
		n_records += batch->n_spans;
		n_located += compare_batch(batch, &stretch,
		    is_located ? batch->n_fields : 0, &record, &err);
	}
	assert_int_equal(found, 0);
	assert_true(n_records >= N_RECORDS);
	assert_int_equal(n_located > n_records / 2, is_located);
	assert_int_equal(n_located > 0, is_located);
	psp_stretch_clear(&stretch);
	psp_record_clear(&record);
	psp_reader_close(reader);
}

static void
fields_are_those_of_records(void **unused)
{
	uint64_t state = UINT64_C(88172645463325252);
	char path[64];

	(void)unused;
	for (uint32_t n_fields = 2; n_fields <= MAX_FIELDS; n_fields += 5)
		for (int has_cr = 0; has_cr < 2; has_cr++) {
			write_records(path, n_fields, has_cr != 0, &state);
			for (size_t i = 0; i < PSP_N_SCANNERS; i++)
				for (int how = 0; how < 2; how++)
					if (psp_scan_can_run(psp_scanners[i]))
						compare_file(path,
						    psp_scanners[i], how != 0);
			unlink(path);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_those_of_records),
	};

	return cmocka_run_group_tests_name("stretch", tests, NULL, NULL);
}
