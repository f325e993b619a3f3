/* values/place: departments, regions, postal and commune codes. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/values/place-names.h"
#include "libprospect/values/place.h"

typedef bool reader(struct psp_slice, struct psp_departments *);

/* What `read` makes of a cell: its codes with a space between, "?" for not
 * understood. */
static const char *
codes_of(reader *read, const char *cell)
{
	static char text[1024];
	struct psp_departments departments;
	size_t size = 0;

	if (!read(psp_slice_of(cell), &departments)) {
		assert_true((departments.bits[0] | departments.bits[1]) == 0);
		return "?";
	}
	text[0] = '\0';
	for (size_t rank = 0; rank < PSP_MAX_DEPARTMENTS; rank++)
		if ((departments.bits[rank / 64] >> (rank % 64) & 1) != 0)
			size += (size_t)snprintf(text + size,
			    sizeof(text) - size, "%s%s", size > 0 ? " " : "",
			    psp_department_code(rank));
	return text;
}

struct place_case {
	const char *cell;
	const char *codes;
};

static void
check(reader *read, const struct place_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_string_equal(
		    codes_of(read, cases[i].cell), cases[i].codes);
}

#define CHECK(read, cases) check(read, cases, sizeof(cases) / sizeof(cases[0]))

struct postcode_case {
	const char *cell;
	const char *postcode; /* "" when the shape is wrong */
	const char *codes;
};

static void
postcodes_are_read(void **state)
{
	static const struct postcode_case cases[] = {
		{ "75001", "75001", "75" },
		{ "75116", "75116", "75" },
		{ "69003", "69003", "69" },
		{ "13001", "13001", "13" },
		{ "20000", "20000", "2A" },
		{ "20090", "20090", "2A" },
		{ "20137", "20137", "2A" },
		{ "20200", "20200", "2B" },
		{ "20230", "20230", "2B" },
		{ "20290", "20290", "2B" },
		{ "97110", "97110", "971" },
		{ "97133", "97133", "977" },
		{ "97150", "97150", "978" },
		{ "97200", "97200", "972" },
		{ "97300", "97300", "973" },
		{ "97400", "97400", "974" },
		{ "97500", "97500", "975" },
		{ "97600", "97600", "976" },
		{ "98000", "98000", "?" },
		{ "98600", "98600", "986" },
		{ "98714", "98714", "987" },
		{ "98800", "98800", "988" },
		{ "1000", "01000", "01" },
		{ "01000", "01000", "01" },
		{ "42620", "42620", "42" },
		{ "21340", "21340", "21" },
		{ "94390", "94390", "91" },
		{ "05110", "05110", "05" },
		{ "75886", "75886", "75" },
		{ "92975", "92975", "92" },
		{ "20700", "20700", "2B" },
		{ "96000", "96000", "?" },
		{ "99999", "99999", "?" },
		{ "7500", "07500", "07" },
		{ "7500A", "", "?" },
		{ "", "", "?" },
		/* Ours. */
		{ "98799", "98799", "989" },
		{ " 75\xC2\xA0"
		  "001 ",
		    "75001", "75" },
		{ "F-75001", "75001", "75" },
		{ "FR-06000", "06000", "06" },
		{ "fr-6000", "06000", "06" },
		{ "00000", "00000", "?" },
		{ "97000", "97000", "?" },
		{ "97900", "97900", "?" },
		{ "98500", "98500", "?" },
		{ "0100", "", "?" },
		{ "750", "", "?" },
		{ "750011", "", "?" },
		{ "75.001", "", "?" },
		{ "B-1000", "", "?" },
		{ "FX75001", "", "?" },
		{ "F-", "", "?" },
		{ "75001 Paris", "", "?" },
		{ "-75001", "", "?" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct postcode_case *c = &cases[i];
		char text[6];

		if (psp_postcode_read(psp_slice_of(c->cell), text))
			assert_string_equal(text, c->postcode);
		else
			assert_string_equal("", c->postcode);
		assert_string_equal(
		    codes_of(psp_department_from_postcode, c->cell), c->codes);
	}
}

static void
communes_are_read(void **state)
{
	static const struct place_case cases[] = { { "75056", "75" },
		{ "01053", "01" }, { "1053", "01" }, { "2A004", "2A" },
		{ "2b033", "2B" }, { "20004", "2A 2B" }, { "97105", "971" },
		{ "97133", "971" }, { "97611", "976" }, { "98511", "976" },
		{ "97123", "977" }, { "97701", "977" }, { "97127", "978" },
		{ "97801", "978" }, { "98818", "988" }, { "99138", "?" },
		{ "00123", "?" }, { "2A04", "?" }, { "2A00X", "?" },
		{ "2C004", "?" }, { "", "?" }, { "0105", "?" },
		{ "750560", "?" }, { "Paris", "?" } };

	(void)state;
	CHECK(psp_department_from_commune, cases);
}

static void
department_codes_are_read(void **state)
{
	static const struct place_case cases[] = { { "75", "75" },
		{ "01", "01" }, { "1", "01" }, { "001", "01" }, { "075", "75" },
		{ "2A", "2A" }, { "2b", "2B" }, { "20", "2A 2B" },
		{ "971", "971" }, { "976", "976" }, { "978", "978" },
		{ "989", "989" }, { " 13 ", "13" }, { "9A", "971" },
		{ "9f", "976" }, { "69D", "69" }, { "69M", "69" },
		{ "13 - Bouches-du-Rh\xC3\xB4ne", "13" },
		{ "Bouches-du-Rh\xC3\xB4ne (13)", "13" }, { "Dept 13", "13" },
		{ "D\xC3\xA9partement 13", "13" }, { "d\xC3\xA9p. 2a", "2A" },
		{ "FR-75", "75" }, { "(75) Paris", "75" },
		{ "20 - Haute-Corse", "2B" }, { "2A Corse", "2A" },
		{ "974 - La R\xC3\xA9union", "974" }, { "1 Ain", "01" } };
	static const struct place_case others[] = { { "0", "?" }, { "00", "?" },
		{ "96", "?" }, { "99", "?" }, { "970", "?" }, { "979", "?" },
		{ "980", "?" }, { "985", "?" }, { "100", "?" }, { "2C", "?" },
		{ "9G", "?" }, { "75.0", "?" }, { "7 5", "?" },
		{ "75,77", "?" }, { "75001", "?" }, { "", "?" }, { " ", "?" },
		{ "-1", "?" }, { "75 %", "?" }, { "75*", "?" }, { "+75", "?" },
		{ "13 - Gironde", "?" }, { "Paris 15", "?" },
		{ "13 - Marseille", "?" }, { "1e3", "?" },
		{ "999999999999", "?" } };

	(void)state;
	CHECK(psp_department_read, cases);
	CHECK(psp_department_read, others);
}

static void
department_names_are_read(void **state)
{
	static const struct place_case cases[] = { { "Bouches-du-Rh\xC3\xB4ne",
						       "13" },
		{ "BOUCHES DU RHONE", "13" }, { "bouches_du_rhone", "13" },
		{ "TARN-ET-GARONNE", "82" }, { "Tarn & Garonne", "82" },
		{ "Tarn", "81" }, { "Corse", "2A 2B" },
		{ "corse du sud", "2A" },
		{ "C\xC3\xB4te d\xE2\x80\x99Or", "21" },
		{ "Co\xCC\x82te-d'Or", "21" }, { "Val d'Oise", "95" },
		{ "VAL-DE-MARNE", "94" }, { "Seine St-Denis", "93" },
		{ "l'Ain", "01" }, { "la Manche", "50" },
		{ "Les Landes", "40" }, { "D\xC3\xA9partement du Nord", "59" },
		{ "Reunion", "974" }, { "La R\xC3\xA9union", "974" },
		{ "Guadeloupe", "971" }, { "St Pierre et Miquelon", "975" },
		{ "Wallis & Futuna", "986" },
		{ "M\xC3\xA9tropole de Lyon", "69" },
		{ "C\xC3\xB4tes-du-Nord", "22" }, { "Loire", "42" },
		{ "Haute Loire", "43" }, { "Loire-Atlantique", "44" },
		{ "Territoire de Belfort", "90" }, { "Yonne", "89" },
		{ "Ain", "01" } };
	static const struct place_case others[] = { { "Seine", "?" },
		{ "Marseille", "?" }, { "Bouches", "?" },
		{ "Savoie Mont", "?" }, { "le", "?" }, { "de la", "?" },
		{ "Bruxelles", "?" }, { "\xE6\x9D\xB1\xE4\xBA\xAC", "?" },
		{ "Rh\xF4ne", "?" }, { "Val d'Oise, Yvelines", "?" },
		{ "Occitanie", "?" } };
	struct psp_departments departments;
	char long_cell[4096];

	(void)state;
	CHECK(psp_department_read, cases);
	CHECK(psp_department_read, others);
	assert_false(psp_department_read(psp_slice("75\0", 3), &departments));
	assert_false(psp_department_read(psp_slice("Ain\0", 4), &departments));
	memset(long_cell, 'a', sizeof(long_cell));
	long_cell[sizeof(long_cell) - 1] = '\0';
	assert_string_equal(codes_of(psp_department_read, long_cell), "?");
	for (size_t i = 0; i + 1 < sizeof(long_cell); i += 2)
		long_cell[i] = ' ';
	assert_string_equal(codes_of(psp_department_read, long_cell), "?");
}

#define IDF "75 77 78 91 92 93 94 95"
#define DROM "971 972 973 974 976"

static void
regions_are_read(void **state)
{
	static const struct place_case cases[] = { { "\xC3\x8Ele-de-France",
						       IDF },
		{ "ile_de_france", IDF }, { "IDF", IDF }, { "11", IDF },
		{ "R\xC3\xA9gion \xC3\x8Ele-de-France", IDF },
		{ "11 - ILE DE FRANCE", IDF },
		{ "Rh\xC3\xB4ne-Alpes", "01 07 26 38 42 69 73 74" },
		{ "Auvergne-Rh\xC3\xB4ne-Alpes",
		    "01 03 07 15 26 38 42 43 63 69 73 74" },
		{ "PACA", "04 05 06 13 83 84" },
		{ "Provence-Alpes-C\xC3\xB4te d'Azur", "04 05 06 13 83 84" },
		{ "MIDI-PYRENEES", "09 12 31 32 46 65 81 82" },
		{ "NORD-PAS-DE-CALAIS", "59 62" },
		{ "Nord - Pas-de-Calais", "59 62" },
		{ "Hauts-de-France", "02 59 60 62 80" },
		{ "Centre", "18 28 36 37 41 45" },
		{ "Centre-Val de Loire", "18 28 36 37 41 45" },
		{ "Occitanie / Pyr\xC3\xA9n\xC3\xA9"
		  "es-M\xC3\xA9"
		  "diterran\xC3\xA9"
		  "e",
		    "09 11 12 30 31 32 34 46 48 65 66 81 82" },
		{ "FR-BRE", "22 29 35 56" }, { "Brittany", "22 29 35 56" },
		{ "Alsace", "67 68" }, { "42", "67 68" }, { "corse", "2A 2B" },
		{ "94", "2A 2B" }, { "Pays de la Loire", "44 49 53 72 85" },
		{ "Basse-Normandie", "14 50 61" }, { "Guadeloupe", "971" },
		{ "1", "971" }, { "04", "974" }, { "La R\xC3\xA9union", "974" },
		{ "drom", DROM }, { "DOM", DROM },
		{ "com", "975 977 978 984 986 987 988 989" },
		{ "outre_mer",
		    "971 972 973 974 975 976 977 978 984 986 987 988 989" },
		{ "", "?" }, { "Catalogne", "?" }, { "75 - Occitanie", "?" },
		{ "99", "?" }, { "r\xC3\xA9gion", "?" } };
	struct psp_departments mainland, all, overseas;
	size_t n = 0;

	(void)state;
	CHECK(psp_region_read, cases);
	assert_true(psp_region_read(psp_slice_of("metropole"), &mainland));
	assert_true(psp_region_read(psp_slice_of("France"), &all));
	assert_true(psp_region_read(psp_slice_of("outre-mer"), &overseas));
	assert_true(psp_departments_within(&mainland, &all));
	assert_false(psp_departments_within(&all, &mainland));
	assert_false(psp_departments_meet(&mainland, &overseas));
	for (size_t rank = 0; rank < PSP_MAX_DEPARTMENTS; rank++)
		n += (mainland.bits[rank / 64] >> (rank % 64)) & 1;
	assert_int_equal(n, 96);
}

/* Sorted lists are what the searches rest on. */
static void
check_sorted(const struct psp_plain_name *aliases, size_t n)
{
	for (size_t i = 1; i < n; i++)
		assert_true(strcmp(aliases[i - 1].name, aliases[i].name) < 0);
}

static void
lists_are_whole(void **state)
{
	struct psp_departments departments;

	(void)state;
	check_sorted(psp_department_names, PSP_DEPARTMENT_NAME_COUNT);
	check_sorted(psp_region_names, PSP_REGION_NAME_COUNT);
	check_sorted(psp_regions, PSP_REGION_COUNT);
	for (size_t rank = 0; rank < PSP_DEPARTMENT_COUNT; rank++)
		assert_string_equal(
		    codes_of(psp_department_read, psp_department_code(rank)),
		    psp_department_code(rank));
	assert_null(psp_department_code(PSP_DEPARTMENT_COUNT));
	for (size_t i = 0; i < PSP_DEPARTMENT_NAME_COUNT; i++)
		assert_true(psp_department_read(
		    psp_slice_of(psp_department_names[i].name), &departments));
	for (size_t i = 0; i < PSP_REGION_NAME_COUNT; i++)
		assert_true(psp_region_read(
		    psp_slice_of(psp_region_names[i].name), &departments));
	for (size_t i = 0; i < PSP_REGION_COUNT; i++)
		assert_true(psp_region_read(
		    psp_slice_of(psp_regions[i].name), &departments));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(postcodes_are_read),
		cmocka_unit_test(communes_are_read),
		cmocka_unit_test(department_codes_are_read),
		cmocka_unit_test(department_names_are_read),
		cmocka_unit_test(regions_are_read),
		cmocka_unit_test(lists_are_whole),
	};

	return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
