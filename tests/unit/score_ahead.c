/*
 * scoring: scores made ahead of a stretch are those that records have one by
 * one. With reasons shown no score is made ahead, so that the same companies
 * are scored both ways; and the best are the same whether records that are
 * beaten are passed over or not.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include "tests/unit/scores.h"

enum { N_RECORDS = 3000 };

static const char settings[] =
    "score: {min: -10, max: 90}\n"
    "fields: {rank: {type: number}}\n"
    "groups:\n"
    "  fit:\n"
    "    max: 40\n"
    "    rules:\n"
    "      - {when: {department: {in: [69, 38]}}, points: 15, missing: 2}\n"
    "      - {when: {headcount: {between: [10, 249]}}, points: 14, else: -3}\n"
    "      - {when: {all: [{naf: {prefix: ['62']}}, {rank: {gt: 10}}]},\n"
    "         points: 20}\n"
    "      - {when: {turnover: {ge: 100}}, points: 3, missing: -1}\n"
    "      - {when: {rank: {lt: 12}}, points: -7, else: 1}\n"
    "      - {field: rank, bins: [[0, 10, 1], [10, 20, 2], [50, null, 8]],\n"
    "         else: -1, missing: -4}\n"
    "  rest:\n"
    "    min: -5\n"
    "    rules:\n"
    "      - {field: turnover, bins: [[1, 99.99, -2.5], [100, 5000, 7]]}\n"
    "      - {field: department, map: {75: 5, 69: -6, 2A: 4}, else: 1}\n"
    "      - {when: {keywords: {any: [logiciel], in: [description]}},\n"
    "         points: 30}\n"
    "disqualify:\n"
    "  - {when: {rank: {eq: 13}}, because: unlucky}\n"
    "classes:\n"
    "  - {name: hot, when: {score: {ge: 40}}}\n"
    "  - {name: mild, when: {score: {between: [5, 30]}}}\n"
    "  - {name: rest}\n";

static uint32_t
next_number(uint64_t *state, uint32_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)(*state >> 33) % below;
}

/* Companies, some of whose cells are not plain. */
static char *
make_companies(void)
{
	static const char *const cells[][12] = {
		{ "69", "38", "75", "2A", "69001", "", "n.c.", "\"69\"", "abc",
		    "13", "Paris", "01" },
		{ "10", "249", "250", "9", "03", "", "1 200", "NN", "\"12\"",
		    "x", "0", "50" },
		{ "62.01Z", "6201Z", "62", "70.22Y", "", "\"62.02A\"", "x",
		    "62.0", "01", "62.09Z", "63.11Z", "62.03Z" },
		{ "0", "10", "11", "20", "13", "49", "50", "100", "-1", "",
		    "\"15\"", "ten" },
		{ "1", "99", "99.995", "100", "5000", "5001", "1 M\xE2\x82\xAC",
		    "-20", "", "12,5", "\"150\"", "n.c." },
		{ "logiciel", "LOGICIELS", "un logiciel", "", "-",
		    "\"a \"\"logiciel\"\" b\"", "logi", "\"x,\ny\"",
		    "\xC3\xA9"
		    "diteur de logiciel pour les PME de la r\xC3\xA9gion",
		    "conseil", "\"logiciel, etc.\"", "rien" },
	};
	uint64_t state = UINT64_C(88172645463325252);
	struct psp_buffer csv;
	struct psp_error err;

	psp_error_init(&err);
	psp_buffer_init(&csv);
	assert_true(psp_buffer_format(&csv, &err,
	    "department,headcount,naf,rank,turnover,description\n"));
	for (size_t r = 0; r < N_RECORDS; r++) {
		/* Most are plain. */
		bool is_plain = next_number(&state, 4) > 0;

		for (size_t c = 0; c < 6; c++)
			assert_true(psp_buffer_format(&csv, &err, "%s%s",
			    c > 0 ? "," : "",
			    cells[c][next_number(&state, is_plain ? 4 : 12)]));
		assert_true(psp_buffer_format(&csv, &err,
		    next_number(&state, 90) == 0 ? "\nx\"y\n" : "\n"));
	}
	assert_true(psp_buffer_put(&csv, '\0', &err));
	return csv.bytes;
}

/* Takes away the last `n` cells of each row, which hold no separator. */
static void
cut_columns(char *text, size_t n)
{
	char *to = text;

	while (*text != '\0') {
		char *end = strchr(text, '\n'), *cut = end;

		/* A line end in quotes is followed by more of the row. */
		while (end[1] == 'y' && end[2] == '"')
			cut = end = strchr(end + 1, '\n');
		for (size_t i = 0; i < n; i++)
			while (*--cut != ',')
				continue;
		memmove(to, text, (size_t)(cut - text));
		to += cut - text;
		*to++ = '\n';
		text = end + 1;
	}
	*to = '\0';
}

static void
compare(struct psp_scorer_options *options)
{
	char *companies = make_companies(), *ahead, *reasoned;
	struct scores s;

	scores_init(&s, settings, companies, NULL);
	options->add = "score,fit,rest,class,coverage";
	ahead = strdup(scores_of(&s, options));
	options->add = "score,fit,rest,class,coverage,reasons";
	reasoned = strdup(scores_of(&s, options));
	assert_non_null(ahead);
	assert_non_null(reasoned);
	assert_non_null(strstr(ahead, ",hot,"));
	cut_columns(reasoned, 1);
	assert_string_equal(ahead, reasoned);
	free(ahead);
	free(reasoned);
	scores_clear(&s);
	free(companies);
}

static void
scores_ahead_are_alike(void **state)
{
	struct psp_scorer_options options = scores_options();

	(void)state;
	compare(&options);
}

static void
the_best_are_alike(void **state)
{
	struct psp_scorer_options options = scores_options();

	(void)state;
	options.ranking.order = PSP_RANKING_BEST_FIRST;
	compare(&options);
	options.ranking.limit = 50;
	compare(&options);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scores_ahead_are_alike),
		cmocka_unit_test(the_best_are_alike),
	};

	return cmocka_run_group_tests_name("score ahead", tests, NULL, NULL);
}
