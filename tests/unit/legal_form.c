/* values/legal_form: codes, names, several in a cell. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/values/legal-forms-list.h"
#include "libprospect/values/legal_form.h"

/* The prefixes of a cell with a space between, "?" for not understood. */
static const char *
prefixes_of(const char *cell)
{
	static char text[64];
	struct psp_legal_form form;
	size_t size = 0;

	if (!psp_legal_form_read(psp_slice_of(cell), &form))
		return "?";
	assert_in_range(form.n_prefixes, 1, PSP_MAX_LEGAL_PREFIXES);
	for (size_t i = 0; i < form.n_prefixes; i++)
		size += (size_t)snprintf(text + size, sizeof(text) - size,
		    "%s%s", i > 0 ? " " : "", form.prefixes[i]);
	return text;
}

struct form_case {
	const char *cell;
	const char *prefixes;
};

static void
check(const struct form_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_string_equal(
		    prefixes_of(cases[i].cell), cases[i].prefixes);
}

static void
codes_are_read(void **state)
{
	static const struct form_case cases[] = { { "5710", "5710" },
		{ "57", "57" }, { "5", "5" }, { "656", "656" },
		{ "0000", "0000" }, { "00", "00" }, { " 5499 ", "5499" },
		{ "5400", "54" }, { "5500", "55" }, { "2200", "22" },
		{ "6500", "65" }, { "5498", "54" }, { "5720", "57" },
		{ "5710 - SAS, soci\xC3\xA9t\xC3\xA9 par actions simplifi"
		  "\xC3\xA9"
		  "e",
		    "5710" },
		{ "5710 - autre chose", "5710" }, { "9900", "9900" },
		{ "0", "?" }, { "59", "?" }, { "5900", "?" }, { "571x", "?" },
		{ "57100", "?" }, { "", "?" }, { " ", "?" }, { "57 10", "?" },
		{ "-5710", "?" }, { "57 %", "?" }, { "5710 - SARL", "?" },
		{ "2024", "?" } };

	(void)state;
	check(cases, sizeof(cases) / sizeof(cases[0]));
}

static void
names_are_read(void **state)
{
	static const struct form_case cases[] = { { "SARL", "54" },
		{ "S.A.R.L.", "54" }, { "s a r l", "54" }, { "sarl", "54" },
		{ "SARL unipersonnelle", "54" }, { "EURL", "54" },
		{ "Soci\xC3\xA9t\xC3\xA9 \xC3\xA0 responsabilit\xC3\xA9 "
		  "limit\xC3\xA9"
		  "e (SARL)",
		    "54" },
		{ "SOCIETE A RESPONSABILITE LIMITEE", "54" },
		{ "Soci\xC3\xA9t\xC3\xA9 \xC3\xA0 responsabilit\xC3\xA9 "
		  "limit\xC3\xA9"
		  "e (\xC3\xA0 associ\xC3\xA9 unique)",
		    "54" },
		{ "S.A.S.", "57" }, { "SASU", "57" },
		{ "soci\xC3\xA9t\xC3\xA9 par actions simplifi\xC3\xA9"
		  "e",
		    "57" },
		{ "SAS, soci\xC3\xA9t\xC3\xA9 par actions simplifi\xC3\xA9"
		  "e",
		    "57" },
		{ "SAS - Soci\xC3\xA9t\xC3\xA9 par actions simplifi\xC3\xA9"
		  "e",
		    "57" },
		{ "SAS \xE2\x80\x93 SASU", "57" },
		{ "SAS \xC3\xA0 capital variable", "57" },
		{ "SAS unipersonnelle \xC3\xA0 capital variable", "57" },
		{ "SA", "55 56" },
		{ "Soci\xC3\xA9t\xC3\xA9 anonyme \xC3\xA0 directoire", "56" },
		{ "SA \xC3\xA0 conseil d'administration (s.a.i.)", "55" },
		{ "Soci\xC3\xA9t\xC3\xA9 anonyme (\xC3\xA0 directoire)", "56" },
		{ "Association loi 1901", "92" },
		{ "Association loi de 1901", "92" },
		{ "Association d\xC3\xA9"
		  "clar\xC3\xA9"
		  "e",
		    "922 9230" },
		{ "9230 - Association d\xC3\xA9"
		  "clar\xC3\xA9"
		  "e, reconnue d'utilit\xC3\xA9 publique",
		    "9230" },
		{ "92 - Association loi 1901 ou assimil\xC3\xA9", "92" },
		{ "57 - SAS", "57" }, { "SCI", "6540 6541 6544" },
		{ "SCP", "656 657 6585" },
		{ "SPFPL", "5370 5470 5570 5670 5770" },
		{ "Auto-entrepreneur", "1000" },
		{ "EI / Micro-entreprise", "1000" },
		{ "Entrepreneur individuel", "1000" },
		{ "SELARL, soci\xC3\xA9t\xC3\xA9 d\xE2\x80\x99"
		  "exercice lib\xC3\xA9ral",
		    "5485" },
		{ "GIE", "6220" }, { "EPIC", "41" } };
	static const struct form_case others[] = { { "SCIC", "?" },
		{ "SARL/SAS", "?" }, { "SARL - 5410 - inconnu", "?" },
		{ "abc - 5710", "?" }, { "57 - SARL", "?" },
		{ "SAS Dupont", "?" }, { "LLC", "?" }, { "()", "?" },
		{ "loi 1901", "?" }, { "associ\xC3\xA9 unique", "?" },
		{ "SARL, inconnu", "?" }, { "unipersonnelle", "?" },
		{ "\xC3", "?" } };
	char long_cell[1000];

	(void)state;
	check(cases, sizeof(cases) / sizeof(cases[0]));
	check(others, sizeof(others) / sizeof(others[0]));
	memset(long_cell, ',', sizeof(long_cell));
	long_cell[sizeof(long_cell) - 1] = '\0';
	assert_string_equal(prefixes_of(long_cell), "?");
	memcpy(long_cell + 900, "SARL", 4);
	assert_string_equal(prefixes_of(long_cell), "54");
}

static bool
within(const char *cell, const char *wanted, bool *some)
{
	struct psp_legal_form a, b;

	assert_true(psp_legal_form_read(psp_slice_of(cell), &a));
	assert_true(psp_legal_form_read(psp_slice_of(wanted), &b));
	return psp_legal_form_within(&a, &b, some);
}

static void
forms_are_compared_by_prefix(void **state)
{
	bool some;

	(void)state;
	assert_true(within("5710", "57", &some));
	assert_true(some);
	assert_true(within("5710", "SAS", &some));
	assert_true(within("SA", "5", &some));
	assert_true(within("5599", "SA", &some));
	assert_false(within("SA", "55", &some));
	assert_true(some);
	assert_false(within("5400", "5499", &some));
	assert_true(some);
	assert_false(within("5710", "54", &some));
	assert_false(some);
	assert_true(within("SARL", "54", &some));
	assert_true(within("6540", "SCI", &some));
	assert_false(within("6589", "SCI", &some));
	assert_false(some);
}

static void
a_sole_partner_is_a_part(void **state)
{
	bool some;

	(void)state;
	assert_true(within("EURL", "SARL", &some));
	assert_true(within("5498", "EURL", &some));
	assert_true(within("SARL unipersonnelle", "EURL", &some));
	assert_true(within("5710 - SASU", "SASU", &some));
	assert_true(within("SASU", "5720", &some));
	assert_true(within("SAS \xE2\x80\x93 SASU", "SASU", &some));
	assert_true(within("SASU - SAS", "SASU", &some));
	/* Who says SARL may mean an EURL. */
	assert_false(within("5499", "EURL", &some));
	assert_true(some);
	assert_false(within("SAS", "SASU", &some));
	assert_true(some);
	assert_false(within("SASU", "EURL", &some));
	assert_false(some);
}

static void
lists_are_whole(void **state)
{
	char code[PSP_LEGAL_CODE_SIZE + 1] = "";

	(void)state;
	assert_int_equal(strlen(psp_legal_codes),
	    (size_t)PSP_LEGAL_CODE_COUNT * PSP_LEGAL_CODE_SIZE);
	for (size_t i = 0; i < PSP_LEGAL_CODE_COUNT; i++) {
		memcpy(code, psp_legal_codes + i * PSP_LEGAL_CODE_SIZE,
		    PSP_LEGAL_CODE_SIZE);
		assert_string_equal(prefixes_of(code), code);
	}
	for (size_t i = 0; i < PSP_LEGAL_ALIAS_COUNT; i++) {
		assert_string_equal(prefixes_of(psp_legal_aliases[i].name),
		    psp_legal_aliases[i].meaning);
		if (i > 0)
			assert_true(strcmp(psp_legal_aliases[i - 1].name,
					psp_legal_aliases[i].name)
				    < 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_read),
		cmocka_unit_test(names_are_read),
		cmocka_unit_test(forms_are_compared_by_prefix),
		cmocka_unit_test(a_sole_partner_is_a_part),
		cmocka_unit_test(lists_are_whole),
	};

	return cmocka_run_group_tests_name("legal_form", tests, NULL, NULL);
}
