/* funnel: what each criterion costs, in any grouping. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/unit.h"

#include "libprospect/targeting/funnel.h"

static const char *const records[] = {
	"TTT",
	"TFT", /* gained without the second */
	"FFT",
	"TTU", /* gained without the third */
	"UTF",
	"TTT",
};
enum { N_RECORDS = sizeof(records) / sizeof(records[0]) };

static void
add(struct psp_funnel *funnel, const char *letters, bool keeps_unknown)
{
	enum psp_truth truths[3];

	for (size_t i = 0; i < 3; i++) {
		truths[i] = PSP_UNKNOWN;
		if (letters[i] != 'U')
			truths[i] = letters[i] == 'T' ? PSP_TRUE : PSP_FALSE;
	}
	psp_funnel_add(funnel, truths, keeps_unknown);
}

static void
check_row(const struct psp_funnel_row *row, size_t n_true, size_t n_false,
    size_t n_unknown, size_t n_left, size_t n_gained)
{
	assert_int_equal(row->n_tested, N_RECORDS);
	assert_int_equal(row->n_true, n_true);
	assert_int_equal(row->n_false, n_false);
	assert_int_equal(row->n_unknown, n_unknown);
	assert_int_equal(row->n_left, n_left);
	assert_int_equal(row->n_gained, n_gained);
}

static void
counts_in_any_grouping(void **state)
{
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	for (size_t cut = 0; cut <= N_RECORDS; cut++) {
		struct psp_funnel first, second;

		assert_true(psp_funnel_init(&first, 3, &err));
		assert_true(psp_funnel_init(&second, 3, &err));
		for (size_t i = 0; i < N_RECORDS; i++)
			add(i < cut ? &first : &second, records[i], false);
		psp_funnel_merge(&first, &second);
		check_row(&first.rows[0], 4, 1, 1, 4, 0);
		check_row(&first.rows[1], 4, 2, 0, 3, 1);
		check_row(&first.rows[2], 4, 1, 1, 2, 1);
		assert_int_equal(first.n_records, N_RECORDS);
		assert_int_equal(first.n_passed, 2);
		psp_funnel_clear(&first);
		psp_funnel_clear(&second);
	}
}

static void
unknown_may_pass(void **state)
{
	struct psp_funnel funnel;
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	assert_true(psp_funnel_init(&funnel, 3, &err));
	for (size_t i = 0; i < N_RECORDS; i++)
		add(&funnel, records[i], true);
	check_row(&funnel.rows[0], 4, 1, 1, 5, 0);
	check_row(&funnel.rows[1], 4, 2, 0, 4, 1);
	check_row(&funnel.rows[2], 4, 1, 1, 3, 1);
	assert_int_equal(funnel.n_passed, 3);
	psp_funnel_clear(&funnel);
	psp_funnel_clear(NULL);
}

/* A state of the funnel in a file of its own; its path goes to `path`. */
static void
save(const struct psp_funnel *funnel, const struct psp_slice *labels,
    const struct psp_partial_name *name, char *path)
{
	struct psp_partial partial;
	struct psp_error err;
	int fd;

	psp_error_init(&err);
	psp_partial_begin(&partial, name);
	psp_funnel_save(funnel, labels, &partial);
	assert_true(psp_partial_end(&partial, &err));
	strcpy(path, "/tmp/prospect-funnel-XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, partial.bytes.bytes, partial.bytes.size),
	    partial.bytes.size);
	close(fd);
	psp_partial_clear(&partial);
}

static void
states_join_in_any_grouping(void **state)
{
	const struct psp_partial_name name = { "prospect-filter", "funnel", 1,
		7 };
	const struct psp_slice labels[] = { psp_slice_of("with\ttab"),
		psp_slice_of("effectif \xe2\x89\xa5 20"), psp_slice_of("") };
	const struct psp_slice others[] = { labels[0], labels[2], labels[1] };
	struct psp_error err;

	(void)state;
	for (size_t cut = 0; cut <= N_RECORDS; cut++) {
		struct psp_funnel first, joined;
		struct psp_partial_reader *reader;
		char path[64];

		psp_error_init(&err);
		assert_true(psp_funnel_init(&first, 3, &err));
		assert_true(psp_funnel_init(&joined, 3, &err));
		for (size_t i = 0; i < N_RECORDS; i++)
			add(i < cut ? &first : &joined, records[i], false);
		save(&first, labels, &name, path);

		reader = psp_partial_open(path, &name, &err);
		assert_non_null(reader);
		assert_true(psp_funnel_load(&joined, labels, reader, &err));
		psp_partial_close(reader);
		check_row(&joined.rows[0], 4, 1, 1, 4, 0);
		check_row(&joined.rows[1], 4, 2, 0, 3, 1);
		check_row(&joined.rows[2], 4, 1, 1, 2, 1);
		assert_int_equal(joined.n_records, N_RECORDS);
		assert_int_equal(joined.n_passed, 2);

		/* Of other criteria it is refused at the first that differs. */
		reader = psp_partial_open(path, &name, &err);
		assert_non_null(reader);
		assert_false(psp_funnel_load(&joined, others, reader, &err));
		assert_int_equal(err.status, PSP_ESYNTAX);
		assert_int_equal(err.line, 4);
		psp_partial_close(reader);
		psp_funnel_clear(&first);
		psp_funnel_clear(&joined);
		assert_int_equal(unlink(path), 0);
	}
}

static void
no_criterion_lets_all_pass(void **state)
{
	struct psp_funnel funnel;
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	assert_true(psp_funnel_init(&funnel, 0, &err));
	psp_funnel_add(&funnel, NULL, false);
	assert_int_equal(funnel.n_passed, 1);
	psp_funnel_clear(&funnel);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_in_any_grouping),
		cmocka_unit_test(unknown_may_pass),
		cmocka_unit_test(states_join_in_any_grouping),
		cmocka_unit_test(no_criterion_lets_all_pass),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
