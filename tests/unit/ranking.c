/*
 * ranking: the same rows in the same order however they are cut into batches
 * and however little of them stays in memory; what cannot be kept is an error.
 * This program is linked with --wrap for malloc and realloc.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "libprospect/stream/ranking.h"
#include "tests/unit/exhaustion.h"

enum { N_ROWS = 3000 };

static uint32_t seed;

static uint32_t
chance(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (uint32_t)((uint64_t)seed * n >> 32);
}

/* A row: its rank, and a text of its number with a tail of some length. */
struct row {
	uint64_t rank;
	uint32_t number;
};

static struct row rows[N_ROWS];

static void
make_rows(uint32_t n_ranks)
{
	seed = 99;
	for (uint32_t i = 0; i < N_ROWS; i++) {
		rows[i].rank = psp_rank_of(
		    (int64_t)chance(n_ranks) - 200, chance(20) == 0);
		rows[i].number = i;
	}
}

static struct psp_slice
text_of(uint32_t number, char text[64])
{
	int n = snprintf(text, 64, "%u:%.*s", number, (int)(number % 40),
	    "........................................");

	return psp_slice(text, (size_t)n);
}

static int
by_rank(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

static int
by_number(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return x->number < y->number ? -1 : 1;
}

/* Appends the texts that have to come out. */
static size_t
expect(const struct psp_ranking_options *options, struct psp_buffer *out)
{
	size_t n = options->limit < N_ROWS ? options->limit : N_ROWS;
	struct row sorted[N_ROWS];
	struct psp_error err;
	char text[64];

	psp_error_init(&err);
	memcpy(sorted, rows, sizeof(rows));
	qsort(sorted, N_ROWS, sizeof(*sorted), by_rank);
	if (options->order == PSP_RANKING_INPUT_ORDER)
		qsort(sorted, n, sizeof(*sorted), by_number);
	for (size_t i = 0; i < n; i++)
		assert_true(psp_buffer_slice(
		    out, text_of(sorted[i].number, text), &err));
	return n;
}

static bool
collect(void *out, struct psp_slice row, struct psp_error *err)
{
	return psp_buffer_slice(out, row, err);
}

/* Ranks the rows, `cut` a batch. */
static bool
rank_rows(const struct psp_ranking_options *options, uint32_t cut,
    struct psp_buffer *out, size_t *n_rows, struct psp_error *err)
{
	struct psp_ranking all, part;
	bool is_done = false;
	char text[64];

	psp_ranking_init(&all, options);
	psp_ranking_init(&part, options);
	for (uint32_t i = 0; i < N_ROWS; i++) {
		if (!psp_ranking_keep(
			&part, rows[i].rank, text_of(i, text), err))
			goto done;
		if ((i + 1) % cut != 0 && i + 1 != N_ROWS)
			continue;
		if (!psp_ranking_merge(&all, &part, err))
			goto done;
		psp_ranking_clear(&part);
		psp_ranking_init(&part, options);
	}
	*n_rows = psp_ranking_n_rows(&all);
	is_done = psp_ranking_each(&all, collect, out, err);
done:
	psp_ranking_clear(&all);
	psp_ranking_clear(&part);
	return is_done;
}

static void
memory_and_cuts_change_nothing(void **state)
{
	static const size_t limits[] = { 0, 1, 70, 700, 2999, 3000, 3001,
		SIZE_MAX };
	static const size_t memories[] = { 1, 1024, 5000, 20000, 70000,
		SIZE_MAX };
	static const uint32_t cuts[] = { 1, 13, 700, N_ROWS };

	(void)state;
	make_rows(400);
	for (size_t i = 0; i < 2 * 8 * 6 * 4; i++) {
		struct psp_ranking_options options = {
			i % 2 == 0 ? PSP_RANKING_BEST_FIRST
				   : PSP_RANKING_INPUT_ORDER,
			limits[i / 2 % 8], memories[i / 16 % 6], "/tmp"
		};
		struct psp_buffer expected, out;
		struct psp_error err;
		size_t n, n_rows;

		psp_error_init(&err);
		psp_buffer_init(&expected);
		psp_buffer_init(&out);
		n = expect(&options, &expected);
		assert_true(
		    rank_rows(&options, cuts[i / 96], &out, &n_rows, &err));
		if (out.size != expected.size || n_rows != n
		    || (out.size > 0
			&& memcmp(out.bytes, expected.bytes, out.size) != 0))
			print_error("order %d limit %zu memory %zu cut %u\n",
			    (int)options.order, options.limit, options.memory,
			    cuts[i / 96]);
		assert_int_equal(n_rows, n);
		assert_int_equal(out.size, expected.size);
		if (out.size > 0)
			assert_memory_equal(
			    out.bytes, expected.bytes, out.size);
		psp_buffer_clear(&expected);
		psp_buffer_clear(&out);
	}
}

/* Ranks with bits everywhere take all passes of the radix sort. */
static void
wide_ranks_are_sorted(void **state)
{
	struct psp_ranking_options options = { PSP_RANKING_BEST_FIRST, SIZE_MAX,
		SIZE_MAX, "/tmp" };
	struct psp_buffer expected, out;
	struct psp_error err;
	size_t n_rows;

	(void)state;
	psp_error_init(&err);
	psp_buffer_init(&expected);
	psp_buffer_init(&out);
	make_rows(1);
	for (size_t i = 0; i < N_ROWS; i++)
		rows[i].rank =
		    (uint64_t)chance(UINT32_MAX) << 32 | chance(UINT32_MAX);
	expect(&options, &expected);
	assert_true(rank_rows(&options, 100, &out, &n_rows, &err));
	assert_int_equal(out.size, expected.size);
	assert_memory_equal(out.bytes, expected.bytes, out.size);
	psp_buffer_clear(&expected);
	psp_buffer_clear(&out);
}

static void
ranks_follow_scores(void **state)
{
	static const int64_t scores[] = { INT64_MAX, INT64_C(1) << 62, 10000, 5,
		1, 0, -1, -10000, -(INT64_C(1) << 62) + 1 };

	(void)state;
	for (size_t i = 1; i < sizeof(scores) / sizeof(scores[0]); i++) {
		assert_true(psp_rank_of(scores[i - 1], false)
			    <= psp_rank_of(scores[i], false));
		assert_true(psp_rank_of(scores[i - 1], true)
			    <= psp_rank_of(scores[i], true));
		assert_true(psp_rank_of(scores[i], false)
			    < psp_rank_of(scores[0], true));
	}
	assert_true(psp_rank_of(5, false) < psp_rank_of(1, false));
	assert_true(psp_rank_of(INT64_MIN, true) == UINT64_MAX - 1);
}

/* Memory as it is counted stays below what is allowed, and few files are
 * open. */
static void
memory_is_bounded(void **state)
{
	struct psp_ranking_options options = { PSP_RANKING_BEST_FIRST, SIZE_MAX,
		5000, "/tmp" };
	struct psp_ranking all, part;
	struct psp_error err;
	char text[64];
	size_t n_spills = 0;

	(void)state;
	psp_error_init(&err);
	make_rows(400);
	psp_ranking_init(&all, &options);
	for (uint32_t i = 0; i < N_ROWS; i++) {
		psp_ranking_init(&part, &options);
		assert_true(psp_ranking_keep(
		    &part, rows[i].rank, text_of(i, text), &err));
		assert_true(psp_ranking_merge(&all, &part, &err));
		psp_ranking_clear(&part);
		assert_true(all.rows.bytes.size + 2 * all.n * sizeof(*all.items)
			    <= 5000 + 128);
		n_spills += all.n == 1;
	}
	assert_true(n_spills > 20);
	assert_int_equal(all.runs.n, n_spills - 1);
	psp_ranking_clear(&all);
}

static void
a_limit_bounds_the_file(void **state)
{
	struct psp_ranking_options options = { PSP_RANKING_BEST_FIRST, 100,
		2000, "/tmp" };
	struct psp_ranking all, part;
	struct psp_error err;
	char text[64];

	(void)state;
	psp_error_init(&err);
	make_rows(400);
	psp_ranking_init(&all, &options);
	for (uint32_t i = 0; i < N_ROWS; i++) {
		psp_ranking_init(&part, &options);
		assert_true(psp_ranking_keep(
		    &part, rows[i].rank, text_of(i, text), &err));
		assert_true(psp_ranking_merge(&all, &part, &err));
		psp_ranking_clear(&part);
		assert_true(all.runs.n_rows < 200);
	}
	assert_true(all.has_floor);
	assert_int_equal(psp_ranking_n_rows(&all), 100);
	psp_ranking_clear(&all);
}

static size_t
n_entries(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t n = 0;

	assert_non_null(dir);
	while (readdir(dir) != NULL)
		n++;
	closedir(dir);
	return n;
}

static void
failures_of_the_file_are_told(void **state)
{
	struct psp_ranking_options options = { PSP_RANKING_BEST_FIRST, SIZE_MAX,
		5000, "/nonexistent/folder" };
	struct rlimit old, small;
	struct psp_buffer out;
	struct psp_error err;
	size_t n;

	(void)state;
	make_rows(400);
	psp_buffer_init(&out);
	psp_error_init(&err);
	assert_false(rank_rows(&options, 10, &out, &n, &err));
	assert_int_equal(err.status, PSP_EIO);
	assert_string_equal(err.file, "/nonexistent/folder");
	assert_string_equal(err.message,
	    "cannot make a temporary file: No such file or directory");

	options.folder = "/tmp";
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 20000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	psp_error_init(&err);
	assert_false(rank_rows(&options, 10, &out, &n, &err));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(err.status, PSP_EIO);
	assert_string_equal(err.file, "/tmp");
	assert_string_equal(
	    err.message, "cannot write a temporary file: File too large");
	psp_buffer_clear(&out);
}

static void
nothing_is_left_behind(void **state)
{
	char folder[] = "/tmp/ranking-XXXXXX";
	struct psp_ranking_options options = { PSP_RANKING_BEST_FIRST, SIZE_MAX,
		5000, folder };
	struct psp_ranking all, part;
	struct psp_error err;
	char text[64];

	(void)state;
	psp_error_init(&err);
	make_rows(400);
	assert_non_null(mkdtemp(folder));
	psp_ranking_init(&all, &options);
	psp_ranking_init(&part, &options);
	for (uint32_t i = 0; i < N_ROWS; i++)
		assert_true(psp_ranking_keep(
		    &part, rows[i].rank, text_of(i, text), &err));
	assert_true(psp_ranking_merge(&all, &part, &err));
	assert_true(all.runs.n > 0);
	assert_int_equal(n_entries(folder), 2);
	psp_ranking_clear(&all);
	psp_ranking_clear(&part);
	assert_int_equal(rmdir(folder), 0);
}

static void
memory_may_run_out(void **state)
{
	struct psp_ranking_options options = { PSP_RANKING_INPUT_ORDER, 2000,
		20000, "/tmp" };
	bool is_done = false;

	(void)state;
	make_rows(400);
	for (long n = 0; !is_done; n++) {
		struct psp_buffer out;
		struct psp_error err;
		size_t n_rows;

		psp_error_init(&err);
		psp_buffer_init(&out);
		allocations_left = n;
		is_done = rank_rows(&options, 500, &out, &n_rows, &err);
		allocations_left = -1;
		assert_int_equal(err.status, is_done ? PSP_OK : PSP_ENOMEM);
		psp_buffer_clear(&out);
		assert_true(n < 100000);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_and_cuts_change_nothing),
		cmocka_unit_test(wide_ranks_are_sorted),
		cmocka_unit_test(ranks_follow_scores),
		cmocka_unit_test(memory_is_bounded),
		cmocka_unit_test(a_limit_bounds_the_file),
		cmocka_unit_test(failures_of_the_file_are_told),
		cmocka_unit_test(nothing_is_left_behind),
		cmocka_unit_test(memory_may_run_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
