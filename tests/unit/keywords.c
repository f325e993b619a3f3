/* targeting: keywords over text without case and accents. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/base/text.h"
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

static uint32_t
next_number(uint64_t *state, uint32_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)(*state >> 33) % below;
}

/* Brings a text into the form that keywords are compared in, plainly. */
static void
make_normal(
    struct psp_slice text, struct psp_buffer *normal, struct psp_error *err)
{
	struct psp_buffer folded;

	psp_buffer_init(&folded);
	normal->size = 0;
	assert_true(psp_text_fold(&folded, text, err));
	for (size_t i = 0; i < folded.size; i++) {
		char c = folded.bytes[i];

		if (c == '-' || c == '_')
			c = ' ';
		if (c == ' ' && normal->size > 0
		    && normal->bytes[normal->size - 1] == ' ')
			continue;
		assert_true(psp_buffer_put(normal, c, err));
	}
	psp_buffer_clear(&folded);
}

static bool
ends_word(struct psp_slice text, size_t at)
{
	size_t start = at;

	if (at == 0)
		return false;
	do
		start--;
	while (start > 0 && ((unsigned char)text.bytes[start] & 0xC0) == 0x80
	       && at - start < 4);
	return psp_character_is_word(psp_utf8_next(text, &start));
}

static bool
begins_word(struct psp_slice text, size_t at)
{
	return at < text.size
	       && psp_character_is_word(psp_utf8_next(text, &at));
}

/* Whether the keyword (normal, its stars apart) is in the normal text. */
static bool
is_there(struct psp_slice text, struct psp_slice word, bool left, bool right)
{
	for (size_t i = 0; i + word.size <= text.size; i++) {
		size_t end = i + word.size;

		if (memcmp(text.bytes + i, word.bytes, word.size) == 0
		    && (left || !ends_word(text, i) || !begins_word(text, i))
		    && (right || !begins_word(text, end)
			|| !ends_word(text, end)))
			return true;
	}
	return false;
}

static const char *const many[] = { "logiciel", "logici*", "*giciel", "*gi*",
	"chaine du froid", "chaine du", "du froid*", "e commerce", "strasse",
	"*se", "c++", ".net", "r&d", "l'eau", "eau", "oeuvre", "ete", "x", "kg",
	"1 4", "il y a", "y" };
enum { N_MANY = sizeof(many) / sizeof(many[0]) };

static const char *const pieces[] = { "logiciel", "LOGICIEL", "logi", "ciel",
	"cha\xC3\xAEne", "CHAINE", "du", "froid", " ", " ", "  ", "-", "_",
	"\t", "\xC2\xA0", "\xE2\x80\x93", "e", "commerce", "stra", "\xC3\x9F",
	"\303\237e", "sse", "se", "c++", ".", "net", ".net", "r&d", "l'",
	"l\xE2\x80\x99", "eau", "\xC5\x93uvre", "\xC3\xA9t\xC3\xA9",
	"e\xCC\x81te\xCC\x81", "\xCC\x81", "\xC2\xAD", "x", "\xE3\x8E\x8F",
	"\xC2\xBC", "1", "4", "il", "y", "a", ",", "(", ")", "\xE9", "\xC3",
	"\xD0\xB6", "\xE4\xB8\xAD", "s" };

/* Searches `text` for the first `n` keywords and by plain means. */
static void
check_search(const struct psp_keywords *keywords, const size_t *ids, size_t n,
    struct psp_slice text, struct psp_buffer *scratch, struct psp_error *err)
{
	struct psp_buffer normal, word;
	uint64_t found = 0;

	psp_buffer_init(&normal);
	psp_buffer_init(&word);
	assert_true(psp_keywords_search(keywords, text, &found, scratch, err));
	make_normal(text, &normal, err);
	for (size_t i = 0; i < n; i++) {
		struct psp_slice plain = psp_slice_of(many[i]);
		bool left = plain.bytes[0] == '*';
		bool right = plain.bytes[plain.size - 1] == '*';

		plain.bytes += left;
		plain.size -= (size_t)left + right;
		make_normal(plain, &word, err);
		if (is_there(psp_buffer_content(&normal),
			psp_buffer_content(&word), left, right)
		    != ((found >> ids[i] & 1) != 0))
			fail_msg("%s in '%.*s' of %zu", many[i],
			    PSP_SLICE_ARGS(text), n);
	}
	psp_buffer_clear(&normal);
	psp_buffer_clear(&word);
}

/* By one keyword up to all: few ones are looked for otherwise. */
static void
texts_are_searched_as_they_stand(void **state)
{
	uint64_t seed = UINT64_C(88172645463325252);
	struct psp_buffer text, scratch;
	struct psp_error err;
	size_t ids[N_MANY];

	(void)state;
	psp_error_init(&err);
	psp_buffer_init(&text);
	psp_buffer_init(&scratch);
	for (size_t n = 1; n <= N_MANY; n++) {
		struct psp_keywords *keywords = psp_keywords_new(&err);

		assert_non_null(keywords);
		for (size_t i = 0; i < n; i++)
			assert_true(psp_keywords_add(
			    keywords, psp_slice_of(many[i]), &ids[i], &err));
		assert_true(psp_keywords_compile(keywords, &err));
		for (size_t i = 0; i < 3000; i++) {
			uint32_t n_pieces = 1 + next_number(&seed, 10);

			text.size = 0;
			while (n_pieces-- > 0) {
				const char *piece = pieces[next_number(
				    &seed, sizeof(pieces) / sizeof(pieces[0]))];

				assert_true(psp_buffer_append(
				    &text, piece, strlen(piece), &err));
			}
			check_search(keywords, ids, n,
			    psp_buffer_content(&text), &scratch, &err);
		}
		psp_keywords_free(keywords);
	}
	psp_buffer_clear(&text);
	psp_buffer_clear(&scratch);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_found),
		cmocka_unit_test(words_without_letters_are_refused),
		cmocka_unit_test(the_same_word_has_one_number),
		cmocka_unit_test(texts_are_searched_as_they_stand),
	};

	return cmocka_run_group_tests_name("keywords", tests, NULL, NULL);
}
