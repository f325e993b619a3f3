/* targeting: keywords over text without case and accents. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/targeting/keywords.h"

struct search {
	const char *words[4]; /* the list of keywords */
	const char *text;
	unsigned found; /* bit i: word i */
};

static unsigned
find(const char *const *words, size_t n_words, const char *text)
{
	struct psp_error err;
	struct psp_buffer scratch;
	struct psp_keywords *keywords;
	uint64_t found = 0;
	unsigned by_word = 0;
	size_t ids[4];

	psp_error_init(&err);
	psp_buffer_init(&scratch);
	keywords = psp_keywords_new(&err);
	assert_non_null(keywords);
	for (size_t i = 0; i < n_words; i++)
		assert_true(psp_keywords_add(
		    keywords, psp_slice_of(words[i]), &ids[i], &err));
	assert_true(psp_keywords_compile(keywords, &err));
	assert_true(psp_keywords_search(
	    keywords, psp_slice_of(text), &found, &scratch, &err));
	for (size_t i = 0; i < n_words; i++)
		by_word |= (unsigned)(found >> ids[i] & 1) << i;
	psp_buffer_clear(&scratch);
	psp_keywords_free(keywords);
	return by_word;
}

static void
words_are_found(void **state)
{
	static const struct search searches[] = {
		{ { "logistique" }, "La LOGISTIQUE du froid", 1 },
		{ { "logistique" }, "logistiques", 0 },
		{ { "logistique" }, "prélogistique", 0 },
		{ { "logistique" }, "(logistique)", 1 },
		{ { "logistique" }, "«logistique»", 1 },
		{ { "logisti*" }, "logisticien", 1 },
		{ { "logisti*" }, "prélogistique", 0 },
		{ { "*logistique" }, "prélogistique", 1 },
		{ { "*logisti*" }, "prélogistiques", 1 },
		{ { "chaîne du froid" }, "CHAINE  DU\nFROID", 1 },
		{ { "chaîne du froid" }, "chaine-du-froid", 1 },
		{ { "chaine du froid" }, "chaîne froid", 0 },
		{ { "e-commerce" }, "site e commerce", 1 },
		{ { "ete" }, "l'été", 1 },
		{ { "été" }, "e\xCC\x81t\xC3\xA9", 1 },
		{ { "c++" }, "C++11 ou C", 1 },
		{ { "c++" }, "C, C#", 0 },
		{ { "oeuvre" }, "Œuvre", 1 },
		{ { "a", "ab", "abc", "b" }, "abc", 4 },
		{ { "he", "she", "his", "hers" }, "ushers", 0 },
		{ { "he*", "*she", "*hers", "his" }, "ushers", 4 },
		{ { "*he*", "*she*", "*hers", "his" }, "ushers", 7 },
		{ { "bois", "bois*", "*bois" }, "sousbois boisement", 6 },
		{ { "x" }, "", 0 },
		{ { "intérim" }, "INTERIM", 1 },
		{ { "caf\xE9" }, "caf\xE9", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(searches) / sizeof(searches[0]); i++) {
		const struct search *search = &searches[i];
		size_t n = 0;
		unsigned found;

		while (n < 4 && search->words[n] != NULL)
			n++;
		found = find(search->words, n, search->text);
		if (found != search->found)
			fail_msg("'%s'… in '%s': %x, not %x", search->words[0],
			    search->text, found, search->found);
	}
}

static void
words_without_letters_are_refused(void **state)
{
	static const char *const words[] = { "", "*", "--", "a*b", "« »" };
	struct psp_error err;
	struct psp_keywords *keywords;
	size_t id;

	(void)state;
	psp_error_init(&err);
	keywords = psp_keywords_new(&err);
	assert_non_null(keywords);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		psp_error_init(&err);
		assert_false(psp_keywords_add(
		    keywords, psp_slice_of(words[i]), &id, &err));
		assert_int_equal(err.status, PSP_EUSAGE);
	}
	psp_keywords_free(keywords);
}

static void
the_same_word_has_one_number(void **state)
{
	struct psp_error err;
	struct psp_keywords *keywords;
	size_t first, second, third;

	(void)state;
	psp_error_init(&err);
	keywords = psp_keywords_new(&err);
	assert_non_null(keywords);
	assert_true(psp_keywords_add(
	    keywords, psp_slice_of("Chaîne  du froid"), &first, &err));
	assert_true(psp_keywords_add(
	    keywords, psp_slice_of("chaine-du-froid"), &second, &err));
	assert_true(psp_keywords_add(
	    keywords, psp_slice_of("chaine du froid*"), &third, &err));
	assert_int_equal(first, second);
	assert_int_not_equal(first, third);
	assert_int_equal(psp_keywords_count(keywords), 2);
	psp_keywords_free(keywords);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_found),
		cmocka_unit_test(words_without_letters_are_refused),
		cmocka_unit_test(the_same_word_has_one_number),
	};

	return cmocka_run_group_tests_name("keywords", tests, NULL, NULL);
}
