/*
 * base and targeting: folded forms kept ready are those of utf8proc, and texts
 * looked for in cells as they stand are found where they are in folded cells.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include <utf8proc.h>

#include "libprospect/base/folds.h"
#include "libprospect/base/text.h"
#include "libprospect/targeting/needle_look.h"

enum { N_CELLS = 60000 };

/* Letters that utf8proc leaves closed and text.c opens. */
static const struct {
	int32_t character;
	const char *folded;
} opened[] = { { 0xA0, " " }, { 0xB4, "'" }, { 0xC6, "ae" }, { 0xE6, "ae" },
	{ 0x152, "oe" }, { 0x153, "oe" }, { 0xD8, "o" }, { 0xF8, "o" },
	{ 0xD0, "d" }, { 0xF0, "d" }, { 0x110, "d" }, { 0x111, "d" },
	{ 0x141, "l" }, { 0x142, "l" }, { 0x130, "i" }, { 0x131, "i" } };

/* What utf8proc makes of a character, with the letters above. */
static size_t
fold_by_peer(int32_t character, char folded[64])
{
	utf8proc_int32_t parts[16];
	utf8proc_ssize_t n;
	int boundary = 0;
	size_t size = 0;

	for (size_t i = 0; i < sizeof(opened) / sizeof(opened[0]); i++)
		if (opened[i].character == character) {
			strcpy(folded, opened[i].folded);
			return strlen(folded);
		}
	n = utf8proc_decompose_char(character, parts, 16,
	    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD
		| UTF8PROC_STRIPMARK,
	    &boundary);
	assert_in_range(n, 0, 16);
	for (utf8proc_ssize_t i = 0; i < n; i++)
		size += (size_t)utf8proc_encode_char(
		    parts[i], (utf8proc_uint8_t *)folded + size);
	return size;
}

static bool
is_ascii(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (((unsigned char)text[i] & 0x80) != 0)
			return false;
	return true;
}

static void
folds_kept_ready_are_right(void **state)
{
	char folded[64];

	(void)state;
	for (int32_t c = PSP_LATIN_START; c < PSP_LATIN_END; c++) {
		const char *kept = psp_latin_folds[c - PSP_LATIN_START];
		size_t size = fold_by_peer(c, folded);

		if (kept[0] != '\0') {
			assert_int_equal(strlen(kept), size);
			assert_memory_equal(kept, folded, size);
		} else if (size > 0 && size <= 2 && c != 0xAD) {
			assert_false(is_ascii(folded, size));
		}
	}
	for (int c = 0; c < 128; c++) {
		char byte = (char)c;

		if (c >= '\t' && c <= '\r')
			byte = ' ';
		else if (c >= 'A' && c <= 'Z')
			byte = (char)(c - 'A' + 'a');
		assert_int_equal(psp_ascii_folds[c], byte);
	}
}

static uint32_t
next_number(uint64_t *state, uint32_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)(*state >> 33) % below;
}

static const char *const pieces[] = { "logiciel", "LOGICIEL", "Logi", "ciel",
	"lo", "gi", "g", "l", "r", "industrie", "INDUSTRIE", "indu", "strie",
	"str", "stra\303\237e", "strasse", " ", "  ", "-", "_", "\t", ",",
	"\xC3\xA9", "\xC3\x89", "\xC3\xA7", "\xC3\xAE", "i\xCC\x82", "\xC2\xAD",
	"\xC2\xA0", "\xC2\xBC", "\xC2\xB2", "\xC5\x93", "\xC5\x92", "\xC5\x82",
	"\xC4\x9F", "\xC4\xB3", "\xE2\x80\x99", "\xE2\x80\x8B", "\xE2\x80\xA6",
	"\xE2\x82\xAC", "\xE2\x84\x93", "\xEF\xAC\x81", "\xEF\xBD\x87",
	"\xEF\xBC\xA7", "\xF0\x9D\x90\xA0", "\xE3\x8E\x8F", "\xE9", "\xC3",
	"\xE2\x80", "+", "c++", "&", "@", "oe", "fi", "kg", "e", "num", "rique",
	"q", "um\xC3\xA9r", "\xC3\xAFQUE", "b2b" };

static const char *const texts[] = { "logiciel", "industrie", "strasse", "se",
	"g", "c++", "fil", "kg", "r&d", "l'e", "oeuvre", "eau", "", "logi ciel",
	"e l", "1/4", "...", "ij", "logiciel industrie", "numerique", "rique",
	"ue numer", "b2b" };

static void
put_cell(struct psp_buffer *cell, uint64_t *state, struct psp_error *err)
{
	uint32_t n = 1 + next_number(state, 24);

	cell->size = 0;
	for (uint32_t i = 0; i < n; i++) {
		const char *piece = pieces[next_number(
		    state, sizeof(pieces) / sizeof(pieces[0]))];

		assert_true(psp_buffer_append(cell, piece, strlen(piece), err));
	}
}

static bool
contains(struct psp_slice text, struct psp_slice part)
{
	for (size_t i = 0; i + part.size <= text.size; i++)
		if (part.size == 0
		    || memcmp(text.bytes + i, part.bytes, part.size) == 0)
			return true;
	return part.size == 0;
}

/* All that is asked of `cell`, whose folded form is `folded`, about `text`. */
static size_t
check_text(struct psp_slice cell, struct psp_slice folded, const char *text)
{
	struct psp_slice part = psp_slice_of(text), end = folded;
	struct psp_needle needle = psp_needle_of(part);
	enum psp_find found = psp_needle_find(&needle, cell);
	bool is_long = folded.size >= part.size;

	if (found != PSP_FIND_UNSURE
	    && (found == PSP_FIND_YES) != contains(folded, part))
		fail_msg("'%s' in '%.*s': %d", text, PSP_SLICE_ARGS(cell),
		    (int)found);
	end.bytes += is_long ? folded.size - part.size : 0;
	end.size = part.size;
	assert_int_equal(
	    psp_folded_ends(cell, part), is_long && psp_slice_equal(end, part));
	end.bytes = folded.bytes;
	assert_int_equal(psp_folded_begins(cell, part),
	    is_long && psp_slice_equal(end, part));
	assert_int_equal(
	    psp_folded_is(cell, part), psp_slice_equal(folded, part));
	return found != PSP_FIND_UNSURE;
}

static void
texts_are_found_unfolded(void **state)
{
	uint64_t seed = UINT64_C(88172645463325252);
	struct psp_buffer cell, folded;
	struct psp_error err;
	size_t n_sure = 0, n = 0;

	(void)state;
	psp_error_init(&err);
	psp_buffer_init(&cell);
	psp_buffer_init(&folded);
	for (size_t i = 0; i < N_CELLS; i++) {
		put_cell(&cell, &seed, &err);
		folded.size = 0;
		assert_true(
		    psp_text_fold(&folded, psp_buffer_content(&cell), &err));
		for (size_t j = 0; j < sizeof(texts) / sizeof(texts[0]); j++) {
			n_sure += check_text(psp_buffer_content(&cell),
			    psp_buffer_content(&folded), texts[j]);
			n++;
		}
	}
	/* Three in a hundred pieces are suspect; still many are sure. */
	assert_true(n_sure > n / 5);
	psp_buffer_clear(&cell);
	psp_buffer_clear(&folded);
}

/* The looks of all processors see the same. */
static void
looks_see_the_same(void **state)
{
	uint64_t seed = UINT64_C(88172645463325252);
	struct psp_needle needle = psp_needle_of(psp_slice_of("logiciel"));
	char bytes[PSP_LOOK_SIZE];
	size_t n_found = 0;

	(void)state;
	assert_true(needle.has_triple);
	assert_memory_equal(needle.triple, "gic", 3);
	for (size_t place = 0; place < 3; place++) {
		needle.place = place;
		needle.beside = place == 0 ? 2 : 0;
		for (size_t j = 0; j < 3; j++)
			memset(needle.beyond[j], j == place ? 0 : 0x80,
			    sizeof(needle.beyond[j]));
		for (size_t i = 0; i < N_CELLS; i++) {
			struct psp_look look, other;

			for (size_t j = 0; j < sizeof(bytes); j++)
				bytes[j] = "giciGIC\xC3\xA9\xC4 "[next_number(
				    &seed, i % 2 == 0 ? 11 : 9)];
			look = psp_needle_look(&needle, bytes);
			other = psp_needle_look_portable(&needle, bytes);
			assert_int_equal(look.places, other.places);
			assert_int_equal(look.has_suspect, other.has_suspect);
			if (look.places != 0 || look.has_suspect) {
				assert_true(psp_needle_peek(&needle, bytes));
				assert_true(
				    psp_needle_peek_portable(&needle, bytes));
			}
			n_found += look.places != 0 && !look.has_suspect;
		}
	}
	assert_true(n_found > N_CELLS / 2);
}

/* What is passed over holds nothing, by the best function and the plain one. */
static void
nothing_is_passed_over(void **state)
{
	uint64_t seed = UINT64_C(88172645463325252);
	struct psp_needle needle = psp_needle_of(psp_slice_of("logiciel"));
	char bytes[4 * PSP_LOOK_SIZE];
	size_t n_passed = 0;

	(void)state;
	for (size_t i = 0; i < N_CELLS; i++) {
		size_t size =
		    PSP_LOOK_SIZE + next_number(&seed, 3 * PSP_LOOK_SIZE);
		size_t at = next_number(&seed, (uint32_t)size - 2), from[2];

		for (size_t j = 0; j < sizeof(bytes); j++)
			bytes[j] = "abdefhkmgicGI\xC3\xA9\xC4"[next_number(
			    &seed, next_number(&seed, 60) == 0 ? 16 : 11)];
		from[0] = needle.pass(&needle, bytes, at, size);
		from[1] = psp_needle_skip_plain(&needle, bytes, at, size);
		assert_int_equal(from[0], from[1]);
		if (from[0] < size)
			assert_true(from[0] + PSP_LOOK_SIZE <= size);
		n_passed += from[0] == size;
		for (size_t j = at; j + 3 <= size && j < from[0]; j++)
			assert_false(psp_look_is(&needle, 0, bytes[j])
				     && psp_look_is(&needle, 1, bytes[j + 1])
				     && psp_look_is(&needle, 2, bytes[j + 2]));
	}
	/* Both come about; where there are no vectors, more is stopped at. */
	assert_in_range(n_passed, N_CELLS / 100, N_CELLS - N_CELLS / 10);
}

static void
french_is_not_suspect(void **state)
{
	static const char text[] =
	    "\xC3\x89"
	    "diteur d\xE2\x80\x99un \xC2\xAB syst\xC3\xA8me \xC2\xBB"
	    " : c\xC5\x93ur de m\xC3\xA9tier, 5 \xE2\x82\xAC \xE2\x80\x93 "
	    "L\xE2\x80\x99\xC3\x8ELE\xE2\x80\xA6";
	struct psp_needle needle = psp_needle_of(psp_slice_of("logiciel"));

	(void)state;
	assert_int_equal(
	    psp_needle_find(&needle, psp_slice_of(text)), PSP_FIND_NO);
	needle = psp_needle_of(psp_slice_of("coeur de metier"));
	assert_int_equal(
	    psp_needle_find(&needle, psp_slice_of(text)), PSP_FIND_YES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folds_kept_ready_are_right),
		cmocka_unit_test(texts_are_found_unfolded),
		cmocka_unit_test(looks_see_the_same),
		cmocka_unit_test(nothing_is_passed_over),
		cmocka_unit_test(french_is_not_suspect),
	};

	return cmocka_run_group_tests_name("needle", tests, NULL, NULL);
}
