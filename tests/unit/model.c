/* model: what a scoring file means, and what is said of a wrong one. */
#include <config.h>

#include "tests/unit/unit.h"

#include "tests/unit/scores.h"

struct reading {
	struct scores scores;
	struct psp_schema *schema;
	struct psp_models *models;
	const struct psp_model *model; /* the first */
};

static void
read_model(struct reading *r, const char *yaml)
{
	scores_init(&r->scores, yaml, NULL, NULL);
	r->schema = psp_schema_new(&r->scores.err);
	assert_non_null(r->schema);
	r->models = psp_models_new(r->scores.settings.root, r->schema,
	    psp_days_from_civil(2026, 11, 23), &r->scores.problems,
	    &r->scores.err);
	assert_int_equal(r->scores.err.status, PSP_OK);
	assert_int_equal(r->models == NULL, r->scores.problems.n > 0);
	r->model = r->models != NULL ? &r->models->items[0] : NULL;
}

static void
clear(struct reading *r)
{
	psp_models_free(r->models);
	psp_schema_free(r->schema);
	scores_clear(&r->scores);
}

static const char whole[] =
    "version: 1\n"
    "key: siret\n"
    "signal_codes: [visit]\n"
    "score: {min: 0, max: 99.5}\n"
    "targets: {other: {}}\n"
    "groups:\n"
    "  fit:\n"
    "    max: 60\n"
    "    rules:\n"
    "      - {when: {naf: 62}, points: -20.25, else: 3, missing: 4}\n"
    "      - {field: effectifs, bins: [[1, 9, 0], [10, 49, -10],\n"
    "          [50, null, 5]], missing: 1, because: size}\n"
    "      - {field: function, map: {ceo: 15, it: 5}, else: -30}\n"
    "  engagement:\n"
    "    min: -5\n"
    "    half_life: 6 months\n"
    "    rules:\n"
    "      - {signal: HR-moves, points: 12, cap: 18}\n"
    "      - {signal: visit, points: -7, half_life: 2 weeks}\n"
    "disqualify: [{when: {naf: 84, headcount: 3}}]\n"
    "grid: {engagement: {1: 25, 2: -3.5}}\n"
    "classes: [{name: hot, label: \"chauds\", when: {score: 3}},\n"
    "  {name: rest}]\n";

static void
a_model_is_read(void **state)
{
	static const int64_t weights[] = { 2025, 1000, 3000, 1800, 700 };
	const struct psp_group *fit, *engagement;
	const struct psp_rule *rules;
	struct reading r;

	(void)state;
	read_model(&r, whole);
	if (r.model == NULL)
		fail_msg("%s", r.scores.problems.items[0].message);
	assert_string_equal(r.model->terms->key, "siret");
	assert_int_equal(r.model->min, 0);
	assert_int_equal(r.model->max, 9950);
	assert_int_equal(r.model->n_groups, 2);
	assert_int_equal(r.model->n_rules, 5);
	fit = &r.model->groups[0];
	engagement = &r.model->groups[1];
	assert_int_equal(fit->max, 6000);
	assert_true(fit->min == PSP_POINTS_NONE);
	assert_int_equal(fit->n_rules, 3);
	assert_int_equal(engagement->first_rule, 3);
	assert_int_equal(engagement->min, -500);
	rules = fit->rules;
	assert_int_equal(rules[0].kind, PSP_RULE_WHEN);
	assert_int_equal(rules[0].points, -2025);
	assert_int_equal(rules[0].otherwise, 300);
	assert_int_equal(rules[0].missing, 400);
	assert_true(psp_slice_is(rules[0].because, "naf"));
	assert_int_equal(rules[1].kind, PSP_RULE_BINS);
	assert_int_equal(rules[1].n_choices, 3);
	assert_true(psp_slice_is(rules[1].name, "effectifs"));
	assert_true(psp_slice_is(rules[1].because, "size"));
	assert_int_equal(rules[2].kind, PSP_RULE_MAP);
	assert_int_equal(rules[2].choices[1].points, 500);
	rules = engagement->rules;
	assert_int_equal(rules[0].kind, PSP_RULE_SIGNAL);
	assert_true(psp_slice_is(rules[0].because, "hr_moves"));
	assert_int_equal(rules[0].half_life, 184); /* back to 23 May */
	assert_int_equal(rules[1].half_life, 14);
	assert_int_equal(rules[1].code, PSP_N_SIGNAL_CODES);
	assert_true(rules[1].cap == PSP_POINTS_NONE);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(i < 3 ? fit->rules[i].weight
				       : engagement->rules[i - 3].weight,
		    weights[i]);
	assert_true(psp_slice_is(
	    r.model->disqualifiers[0].because, "naf and headcount"));
	assert_int_equal(r.model->axes[0].group, 1);
	assert_int_equal(r.model->axes[0].steps[1].points, -350);
	assert_true(psp_slice_is(r.model->classes[0].label, "chauds"));
	assert_true(psp_slice_is(r.model->classes[1].label, "rest"));
	assert_null(r.model->classes[1].when);
	assert_true(r.model->uses_signals);
	clear(&r);
}

/* One rule, and what is said of it; NULL when it is right. */
static const struct {
	const char *rule, *problem;
} rules[] = {
	{ "{when: {naf: 62}, points: 1}", NULL },
	{ "{when: {naf: 62}}", "'points' is missing" },
	{ "{when: {naf: 62}, points: 1,5}", "unknown key" },
	{ "{when: {naf: 62}, points: \"1,5\"}", "write 1.5" },
	{ "{when: {naf: 62}, points: 1.555}", "at most 2 decimals" },
	{ "{when: {naf: 62}, points: 1000000}", NULL },
	{ "{when: {naf: 62}, points: 1000000.01}", "out of range" },
	{ "{when: {naf: 62}, points: 1, cap: 3}",
	    "'cap' goes with 'signal' only" },
	{ "{when: {}, points: 1}", "empty condition" },
	{ "{when: naf, points: 1}", "a map expected" },
	{ "{points: 1}", "found 0 of them" },
	{ "{field: naf, when: {naf: 62}, points: 1}", "found 2 of them" },
	{ "{field: headcount, bins: [[1, 9, 5]], points: 3}",
	    "'points' goes with 'when' or 'signal' only" },
	{ "{field: headcount, bins: [[1, 9, 5]]}", NULL },
	{ "{field: headcount, bins: [[1, 9, 5], [9, 20, 3]]}", NULL },
	{ "{field: headcount, bins: [[10, null, 5], [1, 9, 3]]}", NULL },
	{ "{field: headcount, bins: [[1, 9, 5], [8, 20, 3]]}", "overlaps" },
	{ "{field: headcount, bins: [[1, 9, 5], [null, 20, 3]]}", "overlaps" },
	{ "{field: headcount, bins: [[1, null, 5], [8, 20, 3]]}", "overlaps" },
	{ "{field: headcount, bins: [[9, 1, 5]]}",
	    "the lower bound comes first" },
	{ "{field: headcount, bins: [[1, 9]]}", "a bin is [LOW," },
	{ "{field: headcount, bins: [1, 9, 5]}", "a bin is [LOW," },
	{ "{field: headcount, bins: [[~, null, 5]]}", "needs a bound" },
	{ "{field: headcount, bins: [[few, 9, 5]]}",
	    "'few' is not understood" },
	{ "{field: headcount, bins: [[[1], 9, 5]]}",
	    "bounds of a bin are single values" },
	{ "{field: x, bins: [[0, 1 M€, 5], [1 M€, null, 6]]}", NULL },
	{ "{field: x, bins: [[a, b, 5]]}", "order" },
	{ "{field: department, bins: [[1, 5, 5]]}", "order" },
	{ "{field: naf, map: {62: 5, \"10..33\": 3}}", NULL },
	{ "{field: naf, map: {nonsense: 5}}", "is not understood" },
	{ "{field: naf, map: {}}", "'map' is empty" },
	{ "{field: naf, map: {62: many}}", "a number such as" },
	{ "{signal: buzz, points: 5, half_life: 90}", "a duration" },
	{ "{signal: buzz, points: 5, half_life: 0 days}", "too short" },
	{ "{signal: buzz, points: 5, cap: -6}", "sign of 'points'" },
	{ "{signal: buzz, points: -5, cap: -6}", NULL },
	{ "{signal: buzz, points: 5, missing: 6}", "'missing' goes with" },
	{ "{signal: buz, points: 5}", "did you mean 'buzz'" },
	{ "{signal: [buzz], points: 5}", "text expected" },
	{ "[1]", "map" },
};

static void
rules_are_checked(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		char yaml[300];
		struct reading r;

		snprintf(yaml, sizeof(yaml), "groups: {g: {rules: [%s]}}\n",
		    rules[i].rule);
		read_model(&r, yaml);
		if (rules[i].problem == NULL && r.model == NULL)
			fail_msg("%s: %s", rules[i].rule,
			    r.scores.problems.items[0].message);
		if (rules[i].problem != NULL
		    && (r.model != NULL
			|| strstr(r.scores.problems.items[0].message,
			       rules[i].problem)
			       == NULL))
			fail_msg("%s: said '%s'", rules[i].rule,
			    r.model != NULL
				? "nothing"
				: r.scores.problems.items[0].message);
		clear(&r);
	}
}

static void
all_problems_come_at_once_in_place(void **state)
{
	static const char yaml[] =
	    "groups:\n"
	    "  fit:\n"
	    "    max: high\n"
	    "    rules:\n"
	    "      - {when: {naf: 62}, ponits: 3, points: 1}\n"
	    "      - {signal: buzz, points: 1, cap: -1, half_life: 1 hour}\n"
	    "disqualify: [{because: x}]\n"
	    "classes: [{name: a}, {name: b}]\n";
	static const size_t lines[] = { 3, 5, 6, 6, 7, 8 };
	struct reading r;

	(void)state;
	read_model(&r, yaml);
	assert_null(r.model);
	psp_problems_sort(&r.scores.problems);
	assert_int_equal(r.scores.problems.n, 6);
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(r.scores.problems.items[i].line, lines[i]);
		assert_true(r.scores.problems.items[i].column > 1);
		assert_string_equal(r.scores.problems.items[i].file, "s.yaml");
	}
	clear(&r);
}

static void
scores_have_names(void **state)
{
	static const char yaml[] =
	    "groups: {fit: {rules: [{when: {naf: 62}, points: 3}]}}\n"
	    "scores:\n"
	    "  need:\n"
	    "    label: besoin\n"
	    "    groups: {news: {rules: [{signal: buzz, points: 5}]}}\n"
	    "    classes: [{name: hot, when: {score: {ge: 5}, news: {ge: "
	    "1}}}]\n"
	    "  risk:\n"
	    "    score: {min: 0}\n"
	    "    groups: {fit: {rules: [{when: {naf: 62}, points: 3}]}}\n";
	struct reading r;

	(void)state;
	read_model(&r, yaml);
	assert_int_equal(r.models->n, 3);
	assert_int_equal(r.model->name.size, 0);
	assert_false(r.model->uses_signals);
	assert_true(psp_slice_is(r.models->items[1].name, "need"));
	assert_true(psp_slice_is(r.models->items[1].label, "besoin"));
	assert_true(r.models->items[1].uses_signals);
	assert_int_equal(r.models->items[1].n_classes, 1);
	assert_true(psp_slice_is(r.models->items[2].label, "risk"));
	assert_int_equal(r.models->items[2].min, 0);
	assert_true(r.models->use_signals);
	assert_ptr_equal(r.models->items[2].terms, &r.models->terms);
	clear(&r);
}

static void
wrong_scores_are_told(void **state)
{
	static const struct {
		const char *yaml;
		size_t line;
		const char *words;
	} cases[] = {
		{ "scores: {}\n", 1,
		    "the key 'groups' is missing in scoring settings" },
		{ "scores:\n  a: {label: x}\n", 2,
		    "the key 'groups' is missing in a score" },
		{ "scores:\n  a: 1\n", 2, "a map expected, found '1'" },
		{ "scores:\n  a: {groups: {g: {rules: [{when: {naf: 62}, "
		  "points: 1}]}}, scores: {}}\n",
		    2, "unknown key 'scores' in a score" },
		{ "score: {max: 10}\nscores:\n  a: {groups: {g: {rules: "
		  "[{when: {naf: 62}, points: 1}]}}}\n",
		    1, "'score' belongs to a score: move it below a name" },
		{ "scores:\n  a: {groups: {g: {rules: [{when: {naf: 62}, "
		  "points: 1}]}}, classes: [{name: x, when: {h: {ge: 1}}, "
		  "top: 0}]}\n",
		    2, "expected a share above 0%" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct reading r;

		read_model(&r, cases[i].yaml);
		assert_null(r.models);
		assert_int_equal(r.scores.problems.n, 1);
		if (strstr(r.scores.problems.items[0].message, cases[i].words)
		    == NULL)
			print_error("%s\n", r.scores.problems.items[0].message);
		assert_non_null(
		    strstr(r.scores.problems.items[0].message, cases[i].words));
		assert_int_equal(
		    r.scores.problems.items[0].line, cases[i].line);
		clear(&r);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_model_is_read),
		cmocka_unit_test(rules_are_checked),
		cmocka_unit_test(all_problems_come_at_once_in_place),
		cmocka_unit_test(scores_have_names),
		cmocka_unit_test(wrong_scores_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
