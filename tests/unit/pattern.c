/* pattern: what is refused, and what a match may cost. */
#include <config.h>

#include "tests/unit/unit.h"

#include <stdlib.h>

#include "libprospect/targeting/pattern.h"

static enum psp_match
match(const char *pattern, struct psp_slice subject)
{
	struct psp_pattern *compiled;
	struct psp_matcher *matcher;
	struct psp_error err;
	enum psp_match result;
	char message[256];
	size_t at;

	psp_error_init(&err);
	compiled = psp_pattern_new(
	    psp_slice_of(pattern), message, sizeof(message), &at, &err);
	if (compiled == NULL)
		fail_msg("%s: %s", pattern, message);
	matcher = psp_matcher_new(&err);
	assert_non_null(matcher);
	result = psp_pattern_match(compiled, matcher, subject, &err);
	psp_matcher_free(matcher);
	psp_pattern_free(compiled);
	return result;
}

static void
patterns_match_folded_text(void **state)
{
	static const struct {
		const char *pattern;
		const char *subject; /* folded */
		enum psp_match result;
	} rows[] = {
		{ "", "", PSP_MATCH_YES },
		{ "", "abc", PSP_MATCH_YES },
		{ "Été", "un ete chaud", PSP_MATCH_YES },
		{ "[éà]t", "ete", PSP_MATCH_YES },
		{ "^\\D+$", "abc", PSP_MATCH_YES },
		{ "^\\d+$", "abc", PSP_MATCH_NO },
		{ "^\\w{2,3}$", "abcd", PSP_MATCH_NO },
		{ "[[:alpha:]]{4}", "abcd", PSP_MATCH_YES },
		{ "[]a]{2}", "]a", PSP_MATCH_YES },
		{ "[^]]", "]", PSP_MATCH_NO },
		{ "a{2", "a{2", PSP_MATCH_YES },
		{ "\\(x\\)", "(x)", PSP_MATCH_YES },
		/* A number in braces that is a character is no repeat. */
		{ "^(\\x{0061}b){2,300}$", "abab", PSP_MATCH_YES },
		{ "^(\\p{Lu}|\\p{L}){4}$", "abab", PSP_MATCH_YES },
		{ "^\\x{61}{3}$", "aaa", PSP_MATCH_YES },
		{ "(?<mot>a)|b", "b", PSP_MATCH_YES },
		{ "(?:ab){2}c?", "abab", PSP_MATCH_YES },
		{ "a(?!b)", "ab", PSP_MATCH_NO },
		{ "\\bsa\\b", "une sa", PSP_MATCH_YES },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (match(rows[i].pattern, psp_slice_of(rows[i].subject))
		    != rows[i].result)
			fail_msg("%s of %s", rows[i].pattern, rows[i].subject);
	assert_int_equal(match("b$", psp_slice("a\0b", 3)), PSP_MATCH_YES);
}

static void
costly_ones_are_given_up(void **state)
{
	char *text = malloc(70000);

	(void)state;
	assert_non_null(text);
	memset(text, 'a', 70000);
	text[59] = 'c';
	assert_int_equal(
	    match("(a|aa)+$", psp_slice(text, 60)), PSP_MATCH_LIMIT);
	assert_int_equal(match("b", psp_slice(text, 65536)), PSP_MATCH_NO);
	assert_int_equal(match("b", psp_slice(text, 65537)), PSP_MATCH_LIMIT);
	text[10] = '\xFF';
	assert_int_equal(match("a", psp_slice(text, 20)), PSP_MATCH_LIMIT);
	free(text);
}

static void
dangerous_ones_are_refused(void **state)
{
	static const char *const refused[] = { "(a*)(a*)\\1b", "(a)\\g1",
		"(?<n>a)\\k<n>", "(?P<n>a)(?P=n)", "a(?R)?b", "(a)(?1)",
		"(?<n>a)(?&n)", "(?<n>a)(?P>n)", "(a)(?-1)", "(?+1)(a)",
		"(a)(?(1)b)", "(*LIMIT_MATCH=1)a", "(*UTF)a", "(?C1)a", "\\C",
		"\\Qa\\E", "((a{1,255}){1,255}){1,255}", "(a{200}){51}",
		"a{200}{51}", "(x|(y{101}){100})", "(a", "a)", "[a", "*a",
		"a{70000}", "\\", "\xFF" };
	struct psp_error err;
	char message[256], long_one[1026];
	size_t at;

	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		psp_error_init(&err);
		message[0] = '\0';
		if (psp_pattern_new(psp_slice_of(refused[i]), message,
			sizeof(message), &at, &err)
		    != NULL)
			fail_msg("%s is not refused", refused[i]);
		assert_int_equal(err.status, PSP_EUSAGE);
		assert_true(message[0] != '\0');
		assert_true(at <= strlen(refused[i]));
	}
	memset(long_one, 'a', sizeof(long_one));
	psp_error_init(&err);
	assert_null(psp_pattern_new(
	    psp_slice(long_one, 1025), message, sizeof(message), &at, &err));
	assert_string_equal(message,
	    "the pattern is longer than 1024 bytes; write a shorter one");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_match_folded_text),
		cmocka_unit_test(costly_ones_are_given_up),
		cmocka_unit_test(dangerous_ones_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
