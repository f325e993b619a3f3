/* words: booleans, denials and sets. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/values/words.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void
booleans_are_read(void **state)
{
	static const char *const yes[] = { "oui", "Oui", "OUI", "yes", "vrai",
		"true", "TRUE", "O", "o", "Y", "V", "T", "1", " 1 ",
		"\xC2\xA0oui" };
	static const char *const no[] = { "non", "NO", "faux", "False", "N",
		"F", "0", "n" };
	static const char *const neither[] = { "", " ", "2", "01", "ouii", "x",
		"on", "off", "oui non", "-", "\xFF", "vraiment" };
	bool value;

	(void)state;
	for (size_t i = 0; i < COUNT(yes); i++) {
		value = false;
		assert_true(psp_bool_read(psp_slice_of(yes[i]), &value));
		assert_true(value);
	}
	for (size_t i = 0; i < COUNT(no); i++) {
		value = true;
		assert_true(psp_bool_read(psp_slice_of(no[i]), &value));
		assert_false(value);
	}
	for (size_t i = 0; i < COUNT(neither); i++)
		if (psp_bool_read(psp_slice_of(neither[i]), &value))
			fail_msg("'%s' is understood", neither[i]);
	assert_false(psp_bool_read(psp_slice("oui\0", 4), &value));
}

static void
denials_are_told_from_silence(void **state)
{
	static const char *const none[] = { "Aucun", "aucune.",
		"N\xC3\xA9"
		"ant",
		"none",
		"Non cot\xC3\xA9"
		"e en bourse",
		"Pas cot\xC3\xA9", "sans export", "no" };
	static const char *const open[] = { "Non renseign\xC3\xA9",
		"non communiqu\xC3\xA9", "Inconnu", "?", "not available",
		"sans objet", "no data" };
	static const char *const something[] = { "", " ", "Nonesuch", "NO, DE",
		"NO|DE", "Euronext", "Sansevieria", "-", "\xFF" };

	(void)state;
	for (size_t i = 0; i < COUNT(none); i++)
		if (psp_denial_read(psp_slice_of(none[i])) != PSP_DENIAL_NONE)
			fail_msg("'%s'", none[i]);
	for (size_t i = 0; i < COUNT(open); i++)
		if (psp_denial_read(psp_slice_of(open[i])) != PSP_DENIAL_OPEN)
			fail_msg("'%s'", open[i]);
	for (size_t i = 0; i < COUNT(something); i++)
		if (psp_denial_read(psp_slice_of(something[i]))
		    != PSP_DENIAL_NOT)
			fail_msg("'%s'", something[i]);
}

static void
sets_are_parted(void **state)
{
	static const struct {
		const char *cell;
		char separator;
		const char *members; /* each followed by '/' */
	} cases[] = { { "a|b|c", 0, "a/b/c/" }, { "a; b ;c", 0, "a/b/c/" },
		{ "a,b\nc\r\nd", 0, "a/b/c/d/" }, { "", 0, "" },
		{ " ; ,|", 0, "" }, { "one two", 0, "one two/" },
		{ "a,b|c", '|', "a,b/c/" }, { "|a||b|", '|', "a/b/" },
		{ "a\xC2\xA0;b", 0, "a/b/" }, { "a b", ' ', "a/b/" } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[64] = "";
		size_t at = 0;
		struct psp_slice member;

		while (psp_set_next(psp_slice_of(cases[i].cell),
		    cases[i].separator, &at, &member)) {
			strncat(text, member.bytes, member.size);
			strcat(text, "/");
		}
		assert_string_equal(text, cases[i].members);
		assert_false(psp_set_next(psp_slice_of(cases[i].cell),
		    cases[i].separator, &at, &member));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(booleans_are_read),
		cmocka_unit_test(denials_are_told_from_silence),
		cmocka_unit_test(sets_are_parted),
	};

	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
