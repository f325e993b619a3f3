/* The top level of settings files, and the terms they set for conditions. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/settings/file.h"
#include "libprospect/targeting/terms.h"

struct own {
	const struct psp_node *stages;
	const struct psp_node *families;
};

static const struct psp_key own_keys[] = {
	PSP_KEY("stages", PSP_KEY_MAP, struct own, stages),
	PSP_KEY_REQUIRED("families", PSP_KEY_MAP, struct own, families),
	PSP_KEY_END,
};

struct fixture {
	struct psp_settings settings;
	struct psp_problems problems;
	struct psp_error err;
	struct psp_file_keys common;
	struct own own;
	struct psp_schema *schema;
	struct psp_arena arena;
	struct psp_terms terms;
};

static void
begin(struct fixture *f, const char *text)
{
	memset(f, 0, sizeof(*f));
	psp_settings_init(&f->settings);
	psp_arena_init(&f->arena);
	psp_error_init(&f->err);
	f->schema = psp_schema_new(&f->err);
	assert_non_null(f->schema);
	if (text != NULL)
		assert_true(psp_settings_parse(&f->settings, psp_slice_of(text),
		    "s.yaml", &f->problems, &f->err));
	f->common.key = psp_slice_of("what was there before");
}

static void
end(struct fixture *f)
{
	psp_arena_clear(&f->arena);
	psp_schema_free(f->schema);
	psp_problems_clear(&f->problems);
	psp_settings_clear(&f->settings);
}

static bool
read_file(struct fixture *f)
{
	return psp_file_read(f->settings.root, "a file of stages", own_keys,
	    &f->own, &f->common, &f->problems);
}

static bool
make_terms(struct fixture *f)
{
	return psp_terms_init(&f->terms, &f->common, &f->arena, f->schema,
	    20000, &f->problems, &f->err);
}

static void
no_file_means_the_defaults(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, NULL);
	assert_true(read_file(&f));
	assert_true(make_terms(&f));
	assert_int_equal(f.common.version, 1);
	assert_int_equal(f.common.key.size, 0);
	assert_null(f.common.columns);
	assert_string_equal(f.terms.key, "siren");
	assert_int_equal(f.terms.codes.n, PSP_N_SIGNAL_CODES);
	assert_int_equal(f.terms.rules.missing, PSP_MISSING_UNKNOWN);
	assert_null(f.terms.rules.horizons);
	end(&f);
}

static void
common_and_own_keys_are_read(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f,
	    "version: 1\ncolumns: {siret: Etab}\nfields: {n: {type: date}}\n"
	    "missing: pass\nkey: siret\nsignal_codes: [new_target]\n"
	    "horizons: {near: 3 months}\nstages: {}\nfamilies: {}\n"
	    "targets: {}\nscore: {}\nwatch: []\n");
	assert_true(read_file(&f));
	assert_non_null(f.own.stages);
	assert_non_null(f.own.families);
	assert_true(make_terms(&f));
	assert_string_equal(f.terms.key, "siret");
	assert_int_equal(f.terms.codes.n, PSP_N_SIGNAL_CODES + 1);
	assert_ptr_equal(f.terms.rules.codes, &f.terms.codes);
	assert_ptr_equal(f.terms.rules.schema, f.schema);
	assert_ptr_equal(f.terms.rules.arena, &f.arena);
	assert_int_equal(f.terms.rules.missing, PSP_MISSING_PASS);
	assert_int_equal(f.terms.rules.today, 20000);
	assert_ptr_equal(
	    f.terms.rules.horizons, psp_node_get(f.settings.root, "horizons"));
	assert_non_null(psp_schema_rules(f.schema, psp_slice_of("n")));
	end(&f);
}

/* The message of the problem that has these words, or NULL. */
static const char *
find_problem(const struct fixture *f, const char *words)
{
	for (size_t i = 0; i < f->problems.n; i++)
		if (strstr(f->problems.items[i].message, words) != NULL)
			return f->problems.items[i].message;
	print_error("not told: %s\n", words);
	return NULL;
}

static void
what_is_wrong_is_told_at_once(void **state)
{
	static const char *const words[] = {
		"version 2 of the settings is not known: expected 1",
		"unknown key 'stage' in a file of stages; did you mean "
		"'stages'? (known: version, columns, fields, missing, key, "
		"signal_codes, horizons, stages, families, targets,",
		"'key': text expected, found a list",
		"'stages': a map expected",
		"the key 'families' is missing in a file of stages",
	};
	const char *known;
	struct fixture f;

	(void)state;
	begin(&f, "version: 2\nstage: {}\nkey: []\nstages: []\ngroups: 1\n");
	assert_false(read_file(&f));
	assert_int_equal(f.problems.n, sizeof(words) / sizeof(words[0]));
	for (size_t i = 0; i < f.problems.n; i++)
		assert_non_null(find_problem(&f, words[i]));
	/* Own keys are in the list of all tools: named once all the same. */
	known = strstr(find_problem(&f, words[1]), ", families, ");
	assert_non_null(known);
	assert_null(strstr(known + 2, ", families, "));
	end(&f);
}

static void
terms_go_on_after_a_problem(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, "families: {}\nsignal_codes: [buzz]\nfields: {n: {type: x}}\n"
		  "columns: [1]\n");
	assert_true(read_file(&f));
	assert_false(make_terms(&f));
	assert_int_equal(f.err.status, PSP_OK);
	assert_true(f.problems.n >= 3);
	assert_ptr_equal(f.terms.rules.codes, &f.terms.codes);
	assert_string_equal(f.terms.key, "siren");
	end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_file_means_the_defaults),
		cmocka_unit_test(common_and_own_keys_are_read),
		cmocka_unit_test(what_is_wrong_is_told_at_once),
		cmocka_unit_test(terms_go_on_after_a_problem),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
