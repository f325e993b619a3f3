/*
 * sirene: every criterion in the headers of the Sirene stock files, those of
 * 2026 and the narrower ones before.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/columns/columns.h"

/* The widths that Sirene has had, and the columns its criteria bind to. */
static const char units_2026[] =
    "siren;statutDiffusionUniteLegale;unitePurgeeUniteLegale;"
    "dateCreationUniteLegale;sigleUniteLegale;sexeUniteLegale;"
    "prenom1UniteLegale;prenom2UniteLegale;prenom3UniteLegale;"
    "prenom4UniteLegale;prenomUsuelUniteLegale;pseudonymeUniteLegale;"
    "identifiantAssociationUniteLegale;trancheEffectifsUniteLegale;"
    "anneeEffectifsUniteLegale;dateDernierTraitementUniteLegale;"
    "nombrePeriodesUniteLegale;categorieEntreprise;anneeCategorieEntreprise;"
    "dateDebut;etatAdministratifUniteLegale;nomUniteLegale;"
    "nomUsageUniteLegale;denominationUniteLegale;"
    "denominationUsuelle1UniteLegale;denominationUsuelle2UniteLegale;"
    "denominationUsuelle3UniteLegale;categorieJuridiqueUniteLegale;"
    "activitePrincipaleUniteLegale;nomenclatureActivitePrincipaleUniteLegale;"
    "nicSiegeUniteLegale;economieSocialeSolidaireUniteLegale;"
    "societeMissionUniteLegale;caractereEmployeurUniteLegale;"
    "activitePrincipaleNAF25UniteLegale";
static const char sites_2026[] =
    "siren;nic;siret;statutDiffusionEtablissement;dateCreationEtablissement;"
    "trancheEffectifsEtablissement;anneeEffectifsEtablissement;"
    "activitePrincipaleRegistreMetiersEtablissement;"
    "dateDernierTraitementEtablissement;etablissementSiege;"
    "nombrePeriodesEtablissement;complementAdresseEtablissement;"
    "numeroVoieEtablissement;indiceRepetitionEtablissement;"
    "dernierNumeroVoieEtablissement;"
    "indiceRepetitionDernierNumeroVoieEtablissement;typeVoieEtablissement;"
    "libelleVoieEtablissement;codePostalEtablissement;"
    "libelleCommuneEtablissement;libelleCommuneEtrangerEtablissement;"
    "distributionSpecialeEtablissement;codeCommuneEtablissement;"
    "codeCedexEtablissement;libelleCedexEtablissement;"
    "codePaysEtrangerEtablissement;libellePaysEtrangerEtablissement;"
    "identifiantAdresseEtablissement;coordonneeLambertAbscisseEtablissement;"
    "coordonneeLambertOrdonneeEtablissement;complementAdresse2Etablissement;"
    "numeroVoie2Etablissement;indiceRepetition2Etablissement;"
    "typeVoie2Etablissement;libelleVoie2Etablissement;"
    "codePostal2Etablissement;libelleCommune2Etablissement;"
    "libelleCommuneEtranger2Etablissement;distributionSpeciale2Etablissement;"
    "codeCommune2Etablissement;codeCedex2Etablissement;"
    "libelleCedex2Etablissement;codePaysEtranger2Etablissement;"
    "libellePaysEtranger2Etablissement;dateDebut;"
    "etatAdministratifEtablissement;enseigne1Etablissement;"
    "enseigne2Etablissement;enseigne3Etablissement;"
    "denominationUsuelleEtablissement;activitePrincipaleEtablissement;"
    "nomenclatureActivitePrincipaleEtablissement;"
    "caractereEmployeurEtablissement;activitePrincipaleNAF25Etablissement";

struct bound_case {
	const char *key;
	size_t number; /* column of 2026, from 1 */
	size_t older;  /* of the sample of before 2025; 0: not there */
	enum psp_type type;
	bool is_band;
};

static const struct bound_case units[] = {
	{ "siren", 1, 1, PSP_TYPE_SIREN, false },
	{ "disclosure", 2, 2, PSP_TYPE_CODE, false },
	{ "created", 4, 4, PSP_TYPE_DATE, false },
	{ "headcount", 14, 14, PSP_TYPE_HEADCOUNT, true },
	{ "category", 18, 18, PSP_TYPE_CODE, false },
	{ "status", 21, 21, PSP_TYPE_CODE, false },
	{ "name", 24, 24, PSP_TYPE_TEXT, false },
	{ "legal_form", 28, 28, PSP_TYPE_LEGAL_FORM, false },
	{ "naf", 29, 29, PSP_TYPE_NAF, false },
	{ "naf_nomenclature", 30, 30, PSP_TYPE_CODE, false },
	{ "employer", 34, 33, PSP_TYPE_BOOL, false },
	{ "naf25", 35, 0, PSP_TYPE_NAF, false },
};

static const struct bound_case sites[] = {
	{ "siren", 1, 1, PSP_TYPE_SIREN, false },
	{ "siret", 3, 3, PSP_TYPE_SIRET, false },
	{ "disclosure", 4, 4, PSP_TYPE_CODE, false },
	{ "created", 5, 5, PSP_TYPE_DATE, false },
	{ "headcount", 6, 6, PSP_TYPE_HEADCOUNT, true },
	{ "site_type", 10, 10, PSP_TYPE_SITE_TYPE, false },
	{ "address", 18, 18, PSP_TYPE_TEXT, false },
	{ "postcode", 19, 19, PSP_TYPE_CODE, false },
	{ "city", 20, 20, PSP_TYPE_TEXT, false },
	{ "department", 23, 23, PSP_TYPE_COMMUNE, false },
	{ "commune", 23, 23, PSP_TYPE_CODE, false },
	{ "country", 27, 27, PSP_TYPE_TEXT, false },
	{ "status", 46, 46, PSP_TYPE_CODE, false },
	{ "name", 50, 50, PSP_TYPE_TEXT, false },
	{ "naf", 51, 51, PSP_TYPE_NAF, false },
	{ "naf_nomenclature", 52, 52, PSP_TYPE_CODE, false },
	{ "employer", 53, 53, PSP_TYPE_BOOL, false },
	{ "naf25", 54, 0, PSP_TYPE_NAF, false },
};

/* The criteria that bind are those of the cases, where the cases say. */
static void
check_sirene(const char *header, const struct bound_case *cases, size_t n_cases,
    bool is_older)
{
	struct psp_slice names[64];
	struct psp_slices split = { names, 0 };

	for (;; header++) {
		size_t size = strcspn(header, ";");

		names[split.n++] = psp_slice(header, size);
		header += size;
		if (*header == '\0')
			break;
	}
	for (const struct psp_criterion *c = psp_criteria(); c->key != NULL;
	     c++) {
		size_t number = 0;
		const struct bound_case *found = NULL;
		struct psp_column column;
		char message[256] = "";
		enum psp_bind_result result = psp_schema_bind(NULL, split,
		    psp_slice_of(c->key), &column, message, sizeof(message));

		for (size_t i = 0; i < n_cases; i++)
			if (strcmp(cases[i].key, c->key) == 0)
				found = &cases[i];
		if (found != NULL)
			number = is_older ? found->older : found->number;
		if (number == 0 && result != PSP_BIND_MISSING)
			fail_msg("%s is bound", c->key);
		if (number == 0)
			continue;
		if (result != PSP_BOUND)
			fail_msg("%s: %s", c->key, message);
		assert_int_equal(column.index + 1, number);
		assert_int_equal(column.type, found->type);
		assert_int_equal(column.is_band, found->is_band);
	}
}

/* The header without the names that older files lack. */
static void
check_older(const char *header, const struct bound_case *cases, size_t n_cases)
{
	char older[4096];
	char *cut;

	assert_true(strlen(header) < sizeof(older));
	memcpy(older, header, strlen(header) + 1);
	cut = strstr(older, ";activitePrincipaleNAF25");
	assert_non_null(cut);
	*cut = '\0';
	cut = strstr(older, "societeMissionUniteLegale;");
	if (cut != NULL)
		memmove(cut, cut + 26, strlen(cut + 26) + 1);
	check_sirene(older, cases, n_cases, true);
}

static void
sirene_is_bound(void **state)
{
	const size_t n_units = sizeof(units) / sizeof(units[0]);
	const size_t n_sites = sizeof(sites) / sizeof(sites[0]);

	(void)state;
	check_sirene(units_2026, units, n_units, false);
	check_sirene(sites_2026, sites, n_sites, false);
	check_older(units_2026, units, n_units);
	check_older(sites_2026, sites, n_sites);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sirene_is_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
