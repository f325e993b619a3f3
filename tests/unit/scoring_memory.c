/* Memory that runs out at each allocation in turn, from settings to scores. */
#include <config.h>

#include "tests/unit/unit.h"

#include <fcntl.h>

#include "tests/unit/exhaustion.h"
#include "tests/unit/scores.h"

static const char settings[] =
    "signal_codes: [visit]\n"
    "groups:\n"
    "  fit:\n"
    "    max: 60\n"
    "    rules:\n"
    "      - {when: {naf: {in: [\"10..33\"]}}, points: 20}\n"
    "      - {field: headcount, bins: [[1, 9, 0], [10, null, 10]]}\n"
    "      - {field: age_class, bins: [[1, 9, 0], [10, null, 10]]}\n"
    "      - {field: function, map: {ceo: 15, finance: 10}}\n"
    "  engagement:\n"
    "    half_life: 90 days\n"
    "    rules: [{signal: visit, points: 12, cap: 18}]\n"
    "disqualify: [{when: {not: {headcount: {lt: 5000}}}}]\n"
    "grid: {fit: {A: 45, B: 0}, engagement: {1: 25, 2: 0}}\n"
    "classes: [{name: hot, when: {grade: A1}}, {name: rest}]\n";
static const char quotas[] =
    "groups: {fit: {rules: [{when: {naf: 10}, points: 20}]}}\n"
    "classes: [{name: hot, top: 10%}, {name: rest}]\n";
static const char several[] =
    "groups: {fit: {rules: [{when: {naf: 10}, points: 20}]}}\n"
    "classes: [{name: hot, when: {score: {ge: 5}}}]\n"
    "scores:\n"
    "  news:\n"
    "    groups: {buzz: {rules: [{signal: buzz, points: 12}]}}\n"
    "    classes: [{name: hot, top: 1}, {name: rest}]\n";
static const char csv[] = "siren,naf,headcount,age_class,function\n"
			  "732829320,10.11Z,12,3,CEO\n"
			  "552100554,62.01Z,x,,\n";
static const char signals[] = "siren,date,signal,title\n"
			      "732829320,2026-10-01,visit,Salon\n"
			      "732829320,2026-11-01,visit,\n";

static void
check_mode(const char *yaml, const struct psp_scorer_options *options)
{
	struct scores s;
	bool is_done = false;
	int fd = open("/dev/null", O_WRONLY);

	assert_true(fd >= 0);
	scores_init(&s, yaml, csv, signals);
	for (long n = 0; !is_done && n < 5000; n++) {
		psp_error_init(&s.err);
		allocations_left = n;
		is_done = scores_run_into(&s, options, fd);
		allocations_left = -1;
		if (!is_done && s.problems.n > 0)
			fail_msg("after %ld allocations: %s", n,
			    s.problems.items[0].message);
		if (!is_done && s.err.status != PSP_ENOMEM)
			fail_msg("after %ld allocations: %s", n, s.err.message);
	}
	assert_true(is_done);
	scores_clear(&s);
	close(fd);
}

static void
running_out_of_memory_is_an_error(void **state)
{
	struct psp_scorer_options options = scores_options();

	(void)state;
	options.classes = "hot,rest";
	check_mode(settings, &options);
	check_mode(quotas, &options);
	options.rollup = "siren=mean";
	check_mode(settings, &options);
	check_mode(quotas, &options);
	options.score = "news";
	check_mode(several, &options);
	options.score = NULL;
	options.rollup = NULL;
	options.ranking.order = PSP_RANKING_BEST_FIRST;
	options.ranking.limit = 1;
	check_mode(settings, &options);
	options.ranking.order = PSP_RANKING_INPUT_ORDER;
	options.ranking.limit = SIZE_MAX;
	options.explains = true;
	options.id = "732829320";
	check_mode(settings, &options);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(running_out_of_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
