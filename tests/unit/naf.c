/* values/naf: shapes, lists, sections of both versions. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/values/naf-codes.h"
#include "libprospect/values/naf.h"

struct naf_case {
	const char *cell;
	const char *text;
	enum psp_naf_level level;
	enum psp_naf_version version;
	enum psp_naf_result result;
};

static const struct naf_case cases[] = {
	{ "62.01Z", "62.01Z", PSP_NAF_SUBCLASS, PSP_NAF_REV2, PSP_NAF_READ },
	{ "6201Z", "62.01Z", PSP_NAF_SUBCLASS, PSP_NAF_REV2, PSP_NAF_READ },
	{ "62.01z", "62.01Z", PSP_NAF_SUBCLASS, PSP_NAF_REV2, PSP_NAF_READ },
	{ "62 01 Z", "62.01Z", PSP_NAF_SUBCLASS, PSP_NAF_REV2, PSP_NAF_READ },
	{ "62.10Y", "62.10Y", PSP_NAF_SUBCLASS, PSP_NAF_2025, PSP_NAF_READ },
	{ "6210Y", "62.10Y", PSP_NAF_SUBCLASS, PSP_NAF_2025, PSP_NAF_READ },
	{ "01.48J", "01.48J", PSP_NAF_SUBCLASS, PSP_NAF_2025, PSP_NAF_READ },
	{ "47.11F", "47.11F", PSP_NAF_SUBCLASS, PSP_NAF_REV2, PSP_NAF_READ },
	{ "62.01", "62.01", PSP_NAF_CLASS, PSP_NAF_ANY, PSP_NAF_READ },
	{ "62.0", "62.0", PSP_NAF_GROUP, PSP_NAF_ANY, PSP_NAF_READ },
	{ "62", "62", PSP_NAF_DIVISION, PSP_NAF_ANY, PSP_NAF_READ },
	{ "J", "J", PSP_NAF_SECTION, PSP_NAF_ANY, PSP_NAF_READ },
	{ "62.01X", "62.01X", PSP_NAF_SUBCLASS, PSP_NAF_ANY, PSP_NAF_UNKNOWN },
	{ "6201", "62.01", PSP_NAF_CLASS, PSP_NAF_ANY, PSP_NAF_READ },
	{ "99.99Z", "99.99Z", PSP_NAF_SUBCLASS, PSP_NAF_REV2, PSP_NAF_UNKNOWN },
	{ "84.2", "84.2", PSP_NAF_GROUP, PSP_NAF_ANY, PSP_NAF_READ },
	{ "00.00Z", "00.00Z", PSP_NAF_SUBCLASS, PSP_NAF_REV2, PSP_NAF_UNKNOWN },
	{ "68.20B", "68.20B", PSP_NAF_SUBCLASS, PSP_NAF_REV2, PSP_NAF_READ },
	{ "68.20G", "68.20G", PSP_NAF_SUBCLASS, PSP_NAF_2025, PSP_NAF_READ },
	/* Ours: spaces, labels, the ends of the lists. */
	{ "\xC2\xA0"
	  "62.01Z\t",
	    "62.01Z", PSP_NAF_SUBCLASS, PSP_NAF_REV2, PSP_NAF_READ },
	{ "62.01Z - Programmation informatique", "62.01Z", PSP_NAF_SUBCLASS,
	    PSP_NAF_REV2, PSP_NAF_READ },
	{ "6201Z (\xC3\x89"
	  "diteurs)",
	    "62.01Z", PSP_NAF_SUBCLASS, PSP_NAF_REV2, PSP_NAF_READ },
	{ "620", "62.0", PSP_NAF_GROUP, PSP_NAF_ANY, PSP_NAF_READ },
	{ "01.11Z", "01.11Z", PSP_NAF_SUBCLASS, PSP_NAF_REV2, PSP_NAF_READ },
	{ "99.00Z", "99.00Z", PSP_NAF_SUBCLASS, PSP_NAF_REV2, PSP_NAF_READ },
	{ "99.00Y", "99.00Y", PSP_NAF_SUBCLASS, PSP_NAF_2025, PSP_NAF_READ },
	{ "V", "V", PSP_NAF_SECTION, PSP_NAF_ANY, PSP_NAF_READ },
	{ "W", "W", PSP_NAF_SECTION, PSP_NAF_ANY, PSP_NAF_UNKNOWN },
	{ "34", "34", PSP_NAF_DIVISION, PSP_NAF_ANY, PSP_NAF_UNKNOWN },
	{ "00", "00", PSP_NAF_DIVISION, PSP_NAF_ANY, PSP_NAF_UNKNOWN },
	{ "62.09", "62.09", PSP_NAF_CLASS, PSP_NAF_ANY, PSP_NAF_READ },
	{ "62.10Z", "62.10Z", PSP_NAF_SUBCLASS, PSP_NAF_REV2, PSP_NAF_UNKNOWN },
};

static const char *const no_codes[] = { "62.1Z", "4", "A01Z", "", " ", "62.",
	"6.201Z", "62..01Z", "620.1Z", "62.01.Z", "62.01ZZ", "62.01Z/62.02A",
	"62.01Z, 62.02A", "62.01Z 7022Z", "62.01Zx", "62-01Z", "Industrie",
	"A la carte", "62011", "620100", "n.c.", "111Z", "\xEF\xBC\x96", ".62",
	"62.01\xC3\x89" };

static void
codes_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct naf_case *c = &cases[i];
		struct psp_naf naf;
		char text[8];

		assert_int_equal(
		    psp_naf_read(psp_slice_of(c->cell), &naf), c->result);
		psp_naf_format(&naf, text);
		assert_string_equal(text, c->text);
		assert_int_equal(naf.level, c->level);
		assert_int_equal(naf.version, c->version);
	}
}

static void
other_shapes_are_no_codes(void **state)
{
	struct psp_naf naf;

	(void)state;
	for (size_t i = 0; i < sizeof(no_codes) / sizeof(no_codes[0]); i++)
		assert_int_equal(psp_naf_read(psp_slice_of(no_codes[i]), &naf),
		    PSP_NAF_SHAPE);
	assert_int_equal(
	    psp_naf_read(psp_slice("62.01\0", 6), &naf), PSP_NAF_SHAPE);
	assert_int_equal(psp_naf_read(psp_slice("\0", 1), &naf), PSP_NAF_SHAPE);
}

/* Every sub-class of `codes` is found again, in its own list only. */
static void
check_list(const char *codes, size_t n, enum psp_naf_version version)
{
	struct psp_naf naf;
	char division[3] = "";

	assert_int_equal(strlen(codes), n * PSP_NAF_CODE_SIZE);
	for (size_t i = 0; i < n; i++) {
		const char *code = codes + i * PSP_NAF_CODE_SIZE;

		if (i > 0)
			assert_true(memcmp(code - PSP_NAF_CODE_SIZE, code,
					PSP_NAF_CODE_SIZE)
				    < 0);
		for (size_t size = 2; size <= PSP_NAF_CODE_SIZE; size++)
			assert_int_equal(
			    psp_naf_read(psp_slice(code, size), &naf),
			    PSP_NAF_READ);
		assert_int_equal(naf.version, version);
		memcpy(division, code, 2);
		assert_true(psp_naf_section(division, version) != '\0');
	}
}

static void
lists_are_whole(void **state)
{
	(void)state;
	assert_int_equal(PSP_NAF_REV2_COUNT, 732);
	assert_int_equal(PSP_NAF_2025_COUNT, 747);
	check_list(psp_naf_rev2_codes, PSP_NAF_REV2_COUNT, PSP_NAF_REV2);
	check_list(psp_naf_2025_codes, PSP_NAF_2025_COUNT, PSP_NAF_2025);
	assert_int_equal(strlen(psp_naf_rev2_sections), 100);
	assert_int_equal(strlen(psp_naf_2025_sections), 100);
}

static void
sections_differ_between_versions(void **state)
{
	int first, last;

	(void)state;
	assert_int_equal(psp_naf_section("62", PSP_NAF_REV2), 'J');
	assert_int_equal(psp_naf_section("62", PSP_NAF_2025), 'K');
	assert_int_equal(psp_naf_section("62", PSP_NAF_ANY), 0);
	assert_int_equal(psp_naf_section("10", PSP_NAF_ANY), 'C');
	assert_int_equal(psp_naf_section("45", PSP_NAF_REV2), 'G');
	assert_int_equal(psp_naf_section("45", PSP_NAF_2025), 0);
	assert_int_equal(psp_naf_section("04", PSP_NAF_REV2), 0);
	assert_int_equal(psp_naf_section("", PSP_NAF_REV2), 0);
	assert_true(
	    psp_naf_section_divisions('C', PSP_NAF_REV2, &first, &last));
	assert_int_equal(first, 10);
	assert_int_equal(last, 33);
	assert_true(
	    psp_naf_section_divisions('J', PSP_NAF_2025, &first, &last));
	assert_int_equal(first, 58);
	assert_int_equal(last, 60);
	assert_true(psp_naf_section_divisions('C', PSP_NAF_ANY, &first, &last));
	assert_false(
	    psp_naf_section_divisions('J', PSP_NAF_ANY, &first, &last));
	assert_false(
	    psp_naf_section_divisions('V', PSP_NAF_REV2, &first, &last));
	assert_true(
	    psp_naf_section_divisions('V', PSP_NAF_2025, &first, &last));
	assert_false(
	    psp_naf_section_divisions('.', PSP_NAF_REV2, &first, &last));
	assert_false(
	    psp_naf_section_divisions('\0', PSP_NAF_REV2, &first, &last));
}

static void
nomenclatures_are_told_apart(void **state)
{
	static const struct {
		const char *cell;
		enum psp_naf_version version;
	} names[] = { { "NAFRev2", PSP_NAF_REV2 },
		{ "NAF r\xC3\xA9v. 2", PSP_NAF_REV2 }, { "rev2", PSP_NAF_REV2 },
		{ "NAF2025", PSP_NAF_2025 }, { "NAF25", PSP_NAF_2025 },
		{ "2025", PSP_NAF_2025 }, { "NAFRev1", PSP_NAF_ANY },
		{ "NAF1993", PSP_NAF_ANY }, { "NAP", PSP_NAF_ANY },
		{ "", PSP_NAF_ANY } };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(
		    psp_naf_version_find(psp_slice_of(names[i].cell)),
		    names[i].version);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_read),
		cmocka_unit_test(other_shapes_are_no_codes),
		cmocka_unit_test(lists_are_whole),
		cmocka_unit_test(sections_differ_between_versions),
		cmocka_unit_test(nomenclatures_are_told_apart),
	};

	return cmocka_run_group_tests_name("naf", tests, NULL, NULL);
}
