/*
 * values/company, company_name, internet. This program is linked with --wrap
 * for realloc, so that the n-th growth of a buffer can fail.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/values/company.h"

/* Counts down to the growth that fails; negative: none does. */
static long growths_left = -1;

void *__real_realloc(void *bytes, size_t size);
void *__wrap_realloc(void *bytes, size_t size);

void *
__wrap_realloc(void *bytes, size_t size)
{
	if (growths_left == 0)
		return NULL;
	if (growths_left > 0)
		growths_left--;
	return __real_realloc(bytes, size);
}

struct id_case {
	const char *cell;
	const char *digits;
	enum psp_id_result result;
};

static void
sirens_are_read(void **state)
{
	static const struct id_case cases[] = {
		{ "732829320", "732829320", PSP_ID_VALID },
		{ "732 829 320", "732829320", PSP_ID_VALID },
		{ "552081317", "552081317", PSP_ID_VALID },
		{ "552 032 534", "552032534", PSP_ID_VALID },
		{ "404833048", "404833048", PSP_ID_VALID },
		{ "356000000", "356000000", PSP_ID_VALID },
		{ "443061841", "443061841", PSP_ID_VALID },
		{ "880878145", "880878145", PSP_ID_VALID },
		{ "802649921", "802649921", PSP_ID_VALID },
		{ "005880596", "005880596", PSP_ID_VALID },
		{ "016750697", "016750697", PSP_ID_VALID },
		{ "130 025 265", "130025265", PSP_ID_VALID },
		{ "732829321", "732829321", PSP_ID_CHECKSUM },
		{ "123456789", "123456789", PSP_ID_CHECKSUM },
		{ "111111111", "111111111", PSP_ID_CHECKSUM },
		{ "73282932", "", PSP_ID_LENGTH },
		{ "7328293200", "", PSP_ID_LENGTH },
		{ "73282932O", "", PSP_ID_CHARACTER },
		{ "", "", PSP_ID_CHARACTER },
		{ "987654324", "987654324", PSP_ID_VALID },
		/* Ours. */
		{ "552\xC2\xA0"
		  "081\xE2\x80\xAF"
		  "317",
		    "552081317", PSP_ID_VALID },
		{ "732.829-320", "732829320", PSP_ID_VALID },
		{ "000000000", "000000000", PSP_ID_CHECKSUM },
		{ "...", "", PSP_ID_CHARACTER },
		{ "+732829320", "", PSP_ID_CHARACTER },
		{ "73282932000074", "", PSP_ID_LENGTH },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char siren[10] = "x";

		assert_int_equal(
		    psp_siren_read(psp_slice_of(cases[i].cell), siren),
		    cases[i].result);
		if (cases[i].result == PSP_ID_VALID
		    || cases[i].result == PSP_ID_CHECKSUM)
			assert_string_equal(siren, cases[i].digits);
	}
	assert_int_equal(
	    psp_siren_read(psp_slice("732829320\0", 10), (char[10]){ 0 }),
	    PSP_ID_CHARACTER);
}

static void
sirets_are_read(void **state)
{
	static const struct id_case cases[] = {
		{ "73282932000074", "73282932000074", PSP_ID_VALID },
		{ "732 829 320 00074", "73282932000074", PSP_ID_VALID },
		{ "35600000000048", "35600000000048", PSP_ID_VALID },
		{ "35600000049837", "35600000049837", PSP_ID_VALID },
		{ "35600000009075", "35600000009075", PSP_ID_VALID },
		{ "35600000000049", "35600000000049", PSP_ID_CHECKSUM },
		{ "88087814500015", "88087814500015", PSP_ID_VALID },
		{ "55208131766522", "55208131766522", PSP_ID_VALID },
		{ "73282932000075", "73282932000075", PSP_ID_CHECKSUM },
		{ "7328293200007", "", PSP_ID_LENGTH },
		{ "abcdefghijklmn", "", PSP_ID_CHARACTER },
		{ "73282932000074 ", "73282932000074", PSP_ID_VALID },
		/* Ours. */
		{ "00000000000000", "00000000000000", PSP_ID_CHECKSUM },
		{ "732829320", "", PSP_ID_LENGTH },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char siret[15] = "x";

		assert_int_equal(
		    psp_siret_read(psp_slice_of(cases[i].cell), siret),
		    cases[i].result);
		if (cases[i].result == PSP_ID_VALID
		    || cases[i].result == PSP_ID_CHECKSUM)
			assert_string_equal(siret, cases[i].digits);
	}
}

static void
vat_numbers_are_read(void **state)
{
	static const struct {
		const char *cell;
		const char *siren; /* "" when none is told */
		enum psp_vat_result result;
	} cases[] = {
		{ "FR83404833048", "404833048", PSP_VAT_VALID },
		{ "FR44732829320", "732829320", PSP_VAT_VALID },
		{ "FR03552081317", "552081317", PSP_VAT_VALID },
		{ "FR64443061841", "443061841", PSP_VAT_VALID },
		{ "FR39356000000", "356000000", PSP_VAT_VALID },
		{ "FR09880878145", "880878145", PSP_VAT_VALID },
		{ "FR47802649921", "802649921", PSP_VAT_VALID },
		{ "FR22005880596", "005880596", PSP_VAT_VALID },
		{ "FR89016750697", "016750697", PSP_VAT_VALID },
		{ "FR 83 404 833 048", "404833048", PSP_VAT_VALID },
		{ "FR84404833048", "404833048", PSP_VAT_CHECKSUM },
		{ "FR83404833049", "404833049", PSP_VAT_SIREN },
		{ "FRK7399859412", "", PSP_VAT_UNCHECKED },
		{ "FR83", "", PSP_VAT_LENGTH },
		{ "FRI1404833048", "", PSP_VAT_CHARACTER },
		{ "DE136695976", "", PSP_VAT_FOREIGN },
		/* Ours. */
		{ "fr83404833048", "404833048", PSP_VAT_VALID },
		{ "FR834048330480", "", PSP_VAT_LENGTH },
		{ "FR8340483304A", "", PSP_VAT_CHARACTER },
		{ "83404833048", "", PSP_VAT_CHARACTER },
		{ "FR44732829320\xC3\xA9", "", PSP_VAT_CHARACTER },
		{ "EL123456789", "", PSP_VAT_FOREIGN },
		{ "non assujetti", "", PSP_VAT_CHARACTER },
		{ "DENTISTES", "", PSP_VAT_CHARACTER },
		{ "ZZ123456789", "", PSP_VAT_CHARACTER },
		{ "DE", "", PSP_VAT_CHARACTER },
		{ "", "", PSP_VAT_CHARACTER },
		{ "F", "", PSP_VAT_CHARACTER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char siren[10] = "";

		assert_int_equal(
		    psp_vat_read(psp_slice_of(cases[i].cell), siren),
		    cases[i].result);
		if (cases[i].siren[0] != '\0')
			assert_string_equal(siren, cases[i].siren);
		assert_int_equal(
		    psp_vat_read(psp_slice_of(cases[i].cell), NULL),
		    cases[i].result);
	}
}

typedef bool normal_function(
    struct psp_buffer *, struct psp_slice, struct psp_error *);

/* Checks what `normal` appends to a buffer that has something already. */
static void
check_normal(
    normal_function *normal, struct psp_slice cell, const char *expected)
{
	struct psp_buffer buffer;
	struct psp_error err;

	psp_error_init(&err);
	psp_buffer_init(&buffer);
	assert_true(psp_buffer_append(&buffer, "a:", 2, &err));
	assert_true(normal(&buffer, cell, &err));
	assert_true(psp_buffer_put(&buffer, '\0', &err));
	assert_memory_equal(buffer.bytes, "a:", 2);
	assert_string_equal(buffer.bytes + 2, expected);
	assert_int_equal(buffer.size, strlen(expected) + 3);
	psp_buffer_clear(&buffer);
}

static void
names_become_normal(void **state)
{
	static const struct {
		const char *cell;
		const char *normal;
		const char *key; /* without spaces, as callers make it */
	} cases[] = {
		{ "L'Oréal", "L OREAL", "LOREAL" },
		{ "L OREAL", "L OREAL", "LOREAL" },
		{ "L'OREAL S.A.", "L OREAL", "LOREAL" },
		{ "S.A.R.L. Dupont & Fils", "DUPONT ET FILS", "DUPONTETFILS" },
		{ "DUPONT ET FILS SARL", "DUPONT ET FILS", "DUPONTETFILS" },
		{ "Société Dupont et Fils", "DUPONT ET FILS", "DUPONTETFILS" },
		{ "ETS J VIRLY S A", "J VIRLY", "JVIRLY" },
		{ "Établissements J. Virly", "J VIRLY", "JVIRLY" },
		{ "SAS Cœur-de-Ville", "COEUR DE VILLE", "COEURDEVILLE" },
		{ "COEUR DE VILLE", "COEUR DE VILLE", "COEURDEVILLE" },
		{ "Garage  du   Château (SARL)", "GARAGE DU CHATEAU",
		    "GARAGEDUCHATEAU" },
		{ "3MEDIA", "3MEDIA", "3MEDIA" },
		{ "3 Media", "3 MEDIA", "3MEDIA" },
		{ "A.B.C.", "ABC", "ABC" },
		{ "ABC", "ABC", "ABC" },
		{ "SARL", "SARL", "SARL" },
		{ "SA", "SA", "SA" },
		{ "La Poste", "LA POSTE", "LAPOSTE" },
		{ "LA POSTE SA", "LA POSTE", "LAPOSTE" },
		{ "Müller GmbH", "MULLER", "MULLER" },
		{ "MULLER", "MULLER", "MULLER" },
		{ "[ND]", "", "" },
		{ "Crédit Agricole S.A.", "CREDIT AGRICOLE", "CREDITAGRICOLE" },
		{ "Electricité de France", "ELECTRICITE DE FRANCE",
		    "ELECTRICITEDEFRANCE" },
		{ "ÉLECTRICITÉ DE FRANCE", "ELECTRICITE DE FRANCE",
		    "ELECTRICITEDEFRANCE" },
		{ "H&M", "H ET M", "HETM" },
		{ "H ET M", "H ET M", "HETM" },
		{ "Boulangerie Pâtisserie « Le Fournil »",
		    "BOULANGERIE PATISSERIE LE FOURNIL",
		    "BOULANGERIEPATISSERIELEFOURNIL" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char key[64];
		size_t n = 0;

		check_normal(psp_company_name_normal,
		    psp_slice_of(cases[i].cell), cases[i].normal);
		for (const char *p = cases[i].normal; *p != '\0'; p++)
			if (*p != ' ')
				key[n++] = *p;
		key[n] = '\0';
		assert_string_equal(key, cases[i].key);
	}
}

static void
hard_names_become_normal(void **state)
{
	static const struct {
		const char *cell;
		const char *normal;
	} cases[] = {
		{ "H & M S.A.", "H ET M" },
		{ "S.A.R.L. D. Martin", "D MARTIN" },
		{ "S.A.R.L. L'Atelier", "L ATELIER" },
		{ "SARL L\xE2\x80\x99"
		  "Atelier",
		    "L ATELIER" },
		{ "J. P. Durand", "JP DURAND" },
		{ "J P Durand", "JP DURAND" },
		{ "B L'Eau", "B L EAU" },
		{ "Durand & Cie", "DURAND" },
		{ "Soci\xC3\xA9t\xC3\xA9 par actions simplifi\xC3\xA9"
		  "e Durand",
		    "DURAND" },
		{ "SARL SOCIETE DURAND SA", "DURAND" },
		{ "Soci\xC3\xA9t\xC3\xA9 anonyme", "SOCIETE ANONYME" },
		{ "SAS SARL", "SAS" },
		{ "SE Plomberie", "SE PLOMBERIE" },
		{ "A+B Conseil", "A PLUS B CONSEIL" },
		{ "[ND] [nd]", "" },
		{ "", "" },
		{ "...", "" },
		{ "&", "ET" },
		{ "S.A.", "SA" },
		{ "SASSY", "SASSY" },
		{ "\xE6\x9D\xB1\xE4\xBA\xAC", "" },
		{ "caf\xE9", "CAF" },
		{ "A.B.C.D.E.F.G.H.I.J.K.L.M.N.O.P.Q.R", "ABCDEFGHIJKLMNOPQR" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_normal(psp_company_name_normal,
		    psp_slice_of(cases[i].cell), cases[i].normal);
	check_normal(psp_company_name_normal, psp_slice("a\0b", 3), "AB");
	check_normal(psp_company_name_normal, psp_slice(NULL, 0), "");
}

static void
domains_become_normal(void **state)
{
	static const struct {
		const char *cell;
		const char *domain;
	} cases[] = {
		{ "contact@Exemple.FR", "exemple.fr" },
		{ "Contact <contact@exemple.fr>", "exemple.fr" },
		{ "mailto:contact@exemple.fr?subject=x", "exemple.fr" },
		{ "https://www.Exemple.fr/nous?x=1#y", "exemple.fr" },
		{ "HTTP://exemple.fr:8080/", "exemple.fr" },
		{ "https://user:pw@exemple.fr/", "exemple.fr" },
		{ "//www.exemple.fr", "exemple.fr" },
		{ " www.exemple.fr. ", "exemple.fr" },
		{ "boutique.exemple.co.uk", "boutique.exemple.co.uk" },
		{ "www.fr", "www.fr" },
		{ "xn--caf-dma.fr", "xn--caf-dma.fr" },
		{ "caf\xC3\xA9.fr", "caf\xC3\xA9.fr" },
		{ "", "" },
		{ "exemple", "" },
		{ "S.A.", "" },
		{ "n.c.", "" },
		{ "192.168.0.1", "" },
		{ "192.168.0.10", "" },
		{ "oui, exemple.fr", "" },
		{ "a@exemple.fr, b@exemple.org", "" },
		{ "a@b@exemple.fr", "" },
		{ "contact@", "" },
		{ "-exemple.fr", "" },
		{ "exemple..fr", "" },
		{ "exemple.fr:x", "" },
		{ "https://", "" },
		{ ">", "" },
		{ "<>", "" },
		{ "www.", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_normal(psp_domain_normal, psp_slice_of(cases[i].cell),
		    cases[i].domain);
	check_normal(psp_domain_normal, psp_slice("ex\0emple.fr", 11), "");
	check_normal(psp_domain_normal, psp_slice(NULL, 0), "");
}

static void
addresses_become_normal(void **state)
{
	static const struct {
		const char *cell;
		const char *address;
	} cases[] = {
		{ " Contact@Exemple.FR ", "contact@exemple.fr" },
		{ "Contact <contact@exemple.fr>", "contact@exemple.fr" },
		{ "MAILTO:a.b+c@exemple.fr", "a.b+c@exemple.fr" },
		{ "o'neil@exemple.fr.", "o'neil@exemple.fr" },
		{ "exemple.fr", "" },
		{ "@exemple.fr", "" },
		{ "a@", "" },
		{ "a@exemple", "" },
		{ "a b@exemple.fr", "" },
		{ "a@exemple.fr; b@exemple.fr", "" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_normal(psp_email_normal, psp_slice_of(cases[i].cell),
		    cases[i].address);
}

/* Every growth that fails is told, and the last run has none. */
static void
memory_may_run_out(void **state)
{
	static normal_function *const functions[] = { psp_company_name_normal,
		psp_domain_normal, psp_email_normal };
	static char cells[3][2000];

	(void)state;
	for (size_t i = 0; i < sizeof(cells[0]) - 1; i++) {
		cells[0][i] = "&+S. "[i % 5];
		cells[1][i] = "abcdef.ghi"[i % 10];
		cells[2][i] = 'a';
	}
	cells[1][249] = '\0';
	memcpy(cells[2] + sizeof(cells[2]) - 12, "@exemple.fr", 12);
	for (size_t i = 0; i < 3; i++) {
		struct psp_buffer buffer;
		struct psp_error err;
		bool is_done = false;
		long n;

		for (n = 0; !is_done && n < 30; n++) {
			psp_error_init(&err);
			psp_buffer_init(&buffer);
			growths_left = n;
			is_done =
			    functions[i](&buffer, psp_slice_of(cells[i]), &err);
			growths_left = -1;
			assert_int_equal(
			    err.status, is_done ? PSP_OK : PSP_ENOMEM);
			assert_true(!is_done || buffer.size > 0);
			psp_buffer_clear(&buffer);
		}
		assert_in_range(n, 2, 29);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sirens_are_read),
		cmocka_unit_test(sirets_are_read),
		cmocka_unit_test(vat_numbers_are_read),
		cmocka_unit_test(names_become_normal),
		cmocka_unit_test(hard_names_become_normal),
		cmocka_unit_test(domains_become_normal),
		cmocka_unit_test(addresses_become_normal),
		cmocka_unit_test(memory_may_run_out),
	};

	return cmocka_run_group_tests_name("company", tests, NULL, NULL);
}
