/* base: errors, buffers, arenas, maps, calendar, text. */
#include <config.h>

#include "tests/unit/unit.h"

#include <errno.h>
#include <stdlib.h>

#include "libprospect/base/arena.h"
#include "libprospect/base/calendar.h"
#include "libprospect/base/map.h"
#include "libprospect/base/problems.h"
#include "libprospect/base/sort.h"
#include "libprospect/base/text.h"
#include "libprospect/base/word.h"

static void
error_first_wins(void **state)
{
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	assert_false(
	    psp_error_set(&err, PSP_ESYNTAX, "a.csv", 3, 4, "bad %d", 1));
	assert_false(psp_error_memory(&err));
	assert_int_equal(err.status, PSP_ESYNTAX);
	assert_string_equal(err.file, "a.csv");
	assert_string_equal(err.message, "bad 1");
	assert_int_equal(err.line, 3);
}

static void
error_cuts_long_text_at_a_character(void **state)
{
	struct psp_error err;
	char text[2000];

	(void)state;
	for (size_t i = 0; i < sizeof(text) - 1; i += 2)
		memcpy(text + i, "\xC3\xA9", 2);
	text[sizeof(text) - 2] = '\0';
	psp_error_init(&err);
	psp_error_set(&err, PSP_EIO, NULL, 0, 0, "%s", text);
	assert_string_equal(
	    err.message + strlen(err.message) - 5, "\xC3\xA9...");
	assert_true(psp_utf8_valid(psp_slice_of(err.message)));
}

/* Texts that fit at once, just, and not. */
/* Translations are ours, so the words have to be the system's. */
static void
error_has_the_words_of_the_system(void **state)
{
	static const int numbers[] = { ENOENT, EACCES, EPERM, EISDIR, ENOTDIR,
		EEXIST, ENOSPC, EDQUOT, EFBIG, EROFS, EIO, EPIPE, EBADF, EMFILE,
		ENFILE, ELOOP, ENAMETOOLONG, ENXIO, ETXTBSY };
	char message[512];

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct psp_error err;

		psp_error_init(&err);
		assert_false(
		    psp_error_system(&err, "a.csv", "open", numbers[i]));
		snprintf(message, sizeof(message), "cannot open: %s",
		    strerror(numbers[i]));
		if (numbers[i] != ENFILE)
			assert_string_equal(err.message, message);
		assert_int_equal(err.status, PSP_EIO);
		assert_string_equal(err.file, "a.csv");
	}
}

static void
buffer_formats_texts_of_any_size(void **state)
{
	char text[300];

	(void)state;
	memset(text, 'x', sizeof(text));
	for (size_t before = 0; before <= 64; before++)
		for (int size = 0; size < 200; size += 1 + size / 7) {
			struct psp_buffer buffer;
			struct psp_error err;

			psp_error_init(&err);
			psp_buffer_init(&buffer);
			assert_true(
			    psp_buffer_append(&buffer, text, before, &err));
			assert_true(psp_buffer_format(
			    &buffer, &err, "%.*s!", size, text));
			assert_int_equal(
			    buffer.size, before + (size_t)size + 1);
			assert_memory_equal(
			    buffer.bytes, text, buffer.size - 1);
			assert_int_equal(buffer.bytes[buffer.size - 1], '!');
			psp_buffer_clear(&buffer);
		}
}

static void
problems_are_sorted_by_place(void **state)
{
	struct psp_problems problems;

	(void)state;
	psp_problems_init(&problems);
	psp_problems_add(&problems, PSP_ESETTINGS, "b", 7, 1, "third");
	psp_problems_add(&problems, PSP_ESETTINGS, "b", 2, 9, "second");
	psp_problems_add(&problems, PSP_ESETTINGS, "b", 2, 1, "first");
	psp_problems_sort(&problems);
	assert_string_equal(problems.items[0].message, "first");
	assert_string_equal(problems.items[2].message, "third");
	psp_problems_add(&problems, PSP_ESETTINGS, "a", 1, 1, "last");
	psp_problems_add(&problems, PSP_ESETTINGS, "b", 3, 1, "between");
	psp_problems_sort(&problems);
	assert_string_equal(problems.items[2].message, "between");
	assert_string_equal(problems.items[3].message, "third");
	assert_string_equal(problems.items[4].message, "last");
	psp_problems_clear(&problems);
}

static void
map_keeps_bytes(void **state)
{
	struct psp_map map;
	struct psp_map_entry *entry;
	struct psp_error err;
	bool is_new;

	(void)state;
	psp_error_init(&err);
	psp_map_init(&map);
	assert_null(psp_map_get(&map, psp_slice_of("x")));
	for (size_t i = 0; i < 1000; i++) {
		char key[16];

		snprintf(key, sizeof(key), "%zu", i);
		assert_true(psp_map_put(
		    &map, psp_slice_of(key), i, &entry, &is_new, &err));
		assert_true(is_new);
	}
	assert_true(
	    psp_map_put(&map, psp_slice_of("7"), 9, &entry, &is_new, &err));
	assert_false(is_new);
	assert_int_equal(entry->value, 7);
	assert_true(
	    psp_map_put(&map, psp_slice("a\0b", 3), 1, &entry, &is_new, &err));
	assert_true(is_new);
	assert_null(psp_map_get(&map, psp_slice("a\0c", 3)));
	assert_int_equal(psp_map_get(&map, psp_slice_of("999"))->value, 999);
	psp_map_clear(&map);
}

static void
calendar_goes_there_and_back(void **state)
{
	(void)state;
	assert_int_equal(psp_days_from_civil(1970, 1, 1), 0);
	assert_int_equal(psp_days_from_civil(2000, 3, 1), 11017);
	for (int32_t day = -62091; day < 47847; day++) {
		struct psp_civil c = psp_civil_from_days(day);

		assert_true(psp_civil_valid(c.year, c.month, c.day));
		assert_int_equal(
		    psp_days_from_civil(c.year, c.month, c.day), day);
	}
	assert_false(psp_civil_valid(1900, 2, 29));
	assert_true(psp_civil_valid(2000, 2, 29));
	assert_false(psp_civil_valid(2026, 13, 1));
	assert_int_equal(psp_weekday(psp_days_from_civil(2026, 11, 23)), 1);
	assert_int_equal(psp_weekday(psp_days_from_civil(1969, 12, 28)), 7);
}

static void
calendar_adds_months(void **state)
{
	int32_t day = psp_days_from_civil(2024, 1, 31);

	(void)state;
	assert_int_equal(
	    psp_days_add_months(day, 1), psp_days_from_civil(2024, 2, 29));
	assert_int_equal(
	    psp_days_add_months(day, -2), psp_days_from_civil(2023, 11, 30));
	assert_int_equal(psp_months_between(psp_days_from_civil(2024, 3, 15),
			     psp_days_from_civil(2024, 4, 14)),
	    0);
	assert_int_equal(psp_months_between(psp_days_from_civil(2024, 3, 15),
			     psp_days_from_civil(2023, 3, 15)),
	    -12);
}

static void
check_text(
    bool (*make)(struct psp_buffer *, struct psp_slice, struct psp_error *),
    const char *text, const char *expected)
{
	struct psp_buffer buffer;
	struct psp_error err;

	psp_error_init(&err);
	psp_buffer_init(&buffer);
	assert_true(make(&buffer, psp_slice_of(text), &err));
	assert_true(psp_buffer_put(&buffer, '\0', &err));
	assert_string_equal(buffer.bytes, expected);
	psp_buffer_clear(&buffer);
}

static void
text_folds(void **state)
{
	(void)state;
	check_text(psp_text_fold, "Cha\xC3\xAEne du FROID", "chaine du froid");
	check_text(psp_text_fold, "e\xCC\x81t\xC3\x89", "ete");
	check_text(psp_text_fold,
	    "\xC5\x93uvre Stra\xC3\x9F"
	    "e",
	    "oeuvre strasse");
	check_text(psp_text_fold,
	    "l\xE2\x80\x99"
	    "eau\xC2\xA0x",
	    "l'eau x");
	check_text(psp_text_fold, "\xE9t\xE9", "\xE9t\xE9");
	check_text(psp_text_key, "Chiffre d'affaires", "chiffredaffaires");
	check_text(psp_text_key, "chiffre_d_affaires", "chiffredaffaires");
}

static void
text_folds_into_what_it_is_given(void **state)
{
	char folded[8];
	size_t size = 99;

	(void)state;
	assert_true(psp_text_fold_into(psp_slice_of("\xC3\x89"
						    "\xC5\x92"
						    "u\xCC\x81 \xE9Z"),
	    folded, sizeof(folded), &size));
	assert_int_equal(size, 7);
	assert_memory_equal(folded, "eoeu \xE9z", 7);
	assert_true(psp_text_fold_into(
	    psp_slice_of("12345678"), folded, sizeof(folded), &size));
	assert_false(psp_text_fold_into(
	    psp_slice_of("1234567\xC5\x93"), folded, sizeof(folded), &size));
	assert_true(psp_text_fold_into(psp_slice(NULL, 0), folded, 0, &size));
	assert_int_equal(size, 0);
}

static void
text_makes_controls_visible(void **state)
{
	(void)state;
	check_text(psp_text_visible, "a\033[2J", "a\\x1b[2J");
	check_text(psp_text_visible,
	    "\xE2\x80\xAE"
	    "x\n\xFF",
	    "\\u{202e}x\\x0a\\xff");
}

static void
text_trims_and_measures(void **state)
{
	(void)state;
	assert_true(psp_slice_is(
	    psp_text_trim(psp_slice_of("\xC2\xA0 x y\t\xE2\x80\xAF")), "x y"));
	assert_int_equal(psp_text_trim(psp_slice_of(" \xC2\xA0")).size, 0);
	assert_int_equal(psp_text_width(psp_slice_of("\xC3\xA9t\xC3\xA9")), 3);
}

static void
text_finds_the_nearest(void **state)
{
	static const struct psp_slice names[] = { { "headcount", 9 },
		{ "turnover", 8 }, { "naf", 3 } };
	struct psp_slices all = { names, 3 };

	(void)state;
	assert_true(psp_slice_is(
	    psp_text_nearest(psp_slice_of("haedcount"), all), "headcount"));
	assert_true(psp_slice_is(
	    psp_text_nearest(psp_slice_of("Turn-Over"), all), "turnover"));
	assert_int_equal(psp_text_nearest(psp_slice_of("zzz"), all).size, 0);
}

static void
utf8_is_checked(void **state)
{
	(void)state;
	assert_true(psp_utf8_valid(
	    psp_slice_of("d\xC3\xA9j\xC3\xA0 \xF0\x9F\x98\x80")));
	assert_false(psp_utf8_valid(psp_slice_of("caf\xE9")));
	assert_false(psp_utf8_valid(psp_slice_of("\xC0\xAF")));
	assert_false(psp_utf8_valid(psp_slice_of("\xED\xA0\x80")));
	assert_false(psp_utf8_valid(psp_slice_of("\xF4\x90\x80\x80")));
	assert_false(psp_utf8_valid(psp_slice_of("abcdefgh\xE2\x82")));
}

static int
compare_numbers(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

/* As qsort: few and many, digits that all have alike, equal ones. */
static void
numbers_are_sorted(void **state)
{
	static const uint64_t masks[] = { UINT64_MAX, 0xFF, 0xFFFFF00000,
		UINT64_C(0xFFF0000000000000), 0 };
	static const size_t sizes[] = { 0, 1, 2, 32, 33, 5000 };
	uint64_t seed = 1;
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++)
		for (size_t j = 0; j < sizeof(sizes) / sizeof(sizes[0]); j++) {
			static uint64_t numbers[5000], wanted[5000];
			size_t n = sizes[j];

			for (size_t k = 0; k < n; k++) {
				seed = seed * UINT64_C(6364136223846793005) + 1;
				numbers[k] = wanted[k] =
				    (seed ^ seed >> 29) & masks[i];
			}
			qsort(wanted, n, sizeof(*wanted), compare_numbers);
			assert_true(psp_sort_numbers(numbers, n, &err));
			assert_memory_equal(
			    numbers, wanted, n * sizeof(*wanted));
		}
}

/* Every byte at every place, among others that are nearly digits. */
static void
words_hold_digits(void **state)
{
	static const char others[] = { '/', ':', '\0', '\x7F', '\x80', '\xB0',
		'\xB9', '\xFF' };

	(void)state;
	for (size_t o = 0; o < sizeof(others); o++)
		for (size_t i = 0; i < 8; i++)
			for (unsigned c = 0; c < 256; c++) {
				char bytes[8];

				memset(bytes, others[o], sizeof(bytes));
				bytes[i] = (char)c;
				assert_int_equal(
				    psp_word_has_digit(psp_word_load(bytes)),
				    c >= '0' && c <= '9');
			}
}

/* The lowest bit of both forms is that of the first of two bytes, among others
 * that differ from them in one bit. */
static void
words_find_either_of_two_bytes(void **state)
{
	uint64_t seed = UINT64_C(88172645463325252);

	(void)state;
	for (size_t n = 0; n < 20000; n++) {
		const unsigned char one = ',', other = n % 2 ? '\n' : 0xFF;
		char bytes[16];
		uint64_t wanted = 0, found, portable;

		for (size_t i = sizeof(bytes); i-- > 0;) {
			unsigned char c = i % 2 ? one : other;

			seed = seed * UINT64_C(6364136223846793005) + 1;
			if (seed >> 61 != 0)
				c ^= (unsigned char)(1 << (seed >> 40) % 8);
			bytes[i] = (char)c;
			if (c == one || c == other)
				wanted = UINT64_C(1) << i;
		}
		found = psp_word_either(bytes, one, other);
		portable = psp_word_either_portable(bytes, one, other);
		assert_true((found & (0 - found)) == wanted);
		assert_true((portable & (0 - portable)) == wanted);
	}
}

/* Digits read with and without what stands before them are the same. */
static void
digits_are_read_alike(void **state)
{
	static const char bytes[] = "0123456789019-/:. a";
	uint64_t seed = UINT64_C(88172645463325252);
	char room[48];
	size_t n_read = 0;

	(void)state;
	for (size_t i = 0; i < 200000; i++) {
		int64_t numbers[3] = { -1, -1, -1 };
		struct psp_slice text = psp_slice(room + 16, i % 20);
		size_t n = i % 3 == 0 ? sizeof(bytes) - 1 : 10;
		bool is_read[3];

		for (size_t j = 0; j < sizeof(room); j++) {
			seed = seed * UINT64_C(6364136223846793005) + 1;
			room[j] = bytes[(seed >> 33) % n];
		}
		is_read[0] = psp_digits_read(text, &numbers[0]);
		is_read[1] = psp_digits_read_behind(text, &numbers[1]);
		is_read[2] = psp_digits_read_behind_portable(text, &numbers[2]);
		assert_int_equal(is_read[1], is_read[0]);
		assert_int_equal(is_read[2], is_read[0]);
		n_read += is_read[0];
		if (!is_read[0])
			continue;
		assert_int_equal(numbers[1], numbers[0]);
		assert_int_equal(numbers[2], numbers[0]);
		room[16 + text.size] = '\0';
		assert_int_equal(numbers[0], atoll(text.bytes));
	}
	assert_true(n_read > 50000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(error_first_wins),
		cmocka_unit_test(error_cuts_long_text_at_a_character),
		cmocka_unit_test(error_has_the_words_of_the_system),
		cmocka_unit_test(buffer_formats_texts_of_any_size),
		cmocka_unit_test(problems_are_sorted_by_place),
		cmocka_unit_test(map_keeps_bytes),
		cmocka_unit_test(numbers_are_sorted),
		cmocka_unit_test(calendar_goes_there_and_back),
		cmocka_unit_test(calendar_adds_months),
		cmocka_unit_test(text_folds),
		cmocka_unit_test(text_folds_into_what_it_is_given),
		cmocka_unit_test(text_makes_controls_visible),
		cmocka_unit_test(text_trims_and_measures),
		cmocka_unit_test(text_finds_the_nearest),
		cmocka_unit_test(utf8_is_checked),
		cmocka_unit_test(words_hold_digits),
		cmocka_unit_test(words_find_either_of_two_bytes),
		cmocka_unit_test(digits_are_read_alike),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
