/*
 * columns: which criterion the headers of real files mean, and how their
 * columns are read. Binding and what the user says are in binding.c.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/base/text.h"
#include "libprospect/columns/aliases.h"
#include "libprospect/columns/columns.h"
#include "libprospect/columns/names.h"
#include "libprospect/columns/registry.h"

/* A file with this header alone has this criterion. */
struct header_case {
	const char *header;
	const char *key;
	enum psp_type type; /* NONE: that of the criterion */
	bool is_band;
};

static const struct header_case headers[] = {
	/* Sirene, units */
	{ "siren", "siren", PSP_TYPE_SIREN, false },
	{ "statutDiffusionUniteLegale", "disclosure", PSP_TYPE_CODE, false },
	{ "dateCreationUniteLegale", "created", PSP_TYPE_DATE, false },
	{ "sigleUniteLegale", "name", PSP_TYPE_TEXT, false },
	{ "trancheEffectifsUniteLegale", "headcount", PSP_TYPE_HEADCOUNT,
	    true },
	{ "categorieEntreprise", "category", PSP_TYPE_CODE, false },
	{ "etatAdministratifUniteLegale", "status", PSP_TYPE_CODE, false },
	{ "nomUniteLegale", "name", PSP_TYPE_TEXT, false },
	{ "nomUsageUniteLegale", "name", PSP_TYPE_TEXT, false },
	{ "denominationUniteLegale", "name", PSP_TYPE_TEXT, false },
	{ "denominationUsuelle1UniteLegale", "name", PSP_TYPE_TEXT, false },
	{ "categorieJuridiqueUniteLegale", "legal_form", PSP_TYPE_LEGAL_FORM,
	    false },
	{ "activitePrincipaleUniteLegale", "naf", PSP_TYPE_NAF, false },
	{ "activitePrincipaleNAF25UniteLegale", "naf25", PSP_TYPE_NAF, false },
	{ "nomenclatureActivitePrincipaleUniteLegale", "naf_nomenclature",
	    PSP_TYPE_CODE, false },
	{ "caractereEmployeurUniteLegale", "employer", PSP_TYPE_BOOL, false },
	/* Sirene, sites */
	{ "siret", "siret", PSP_TYPE_SIRET, false },
	{ "siret", "siren", PSP_TYPE_SIRET, false },
	{ "statutDiffusionEtablissement", "disclosure", PSP_TYPE_CODE, false },
	{ "dateCreationEtablissement", "created", PSP_TYPE_DATE, false },
	{ "trancheEffectifsEtablissement", "headcount", PSP_TYPE_HEADCOUNT,
	    true },
	{ "etablissementSiege", "site_type", PSP_TYPE_SITE_TYPE, false },
	{ "codePostalEtablissement", "postcode", PSP_TYPE_CODE, false },
	{ "codePostalEtablissement", "department", PSP_TYPE_POSTCODE, false },
	{ "codeCommuneEtablissement", "commune", PSP_TYPE_CODE, false },
	{ "codeCommuneEtablissement", "department", PSP_TYPE_COMMUNE, false },
	{ "libelleCommuneEtablissement", "city", PSP_TYPE_TEXT, false },
	{ "etatAdministratifEtablissement", "status", PSP_TYPE_CODE, false },
	{ "enseigne1Etablissement", "name", PSP_TYPE_TEXT, false },
	{ "denominationUsuelleEtablissement", "name", PSP_TYPE_TEXT, false },
	{ "activitePrincipaleEtablissement", "naf", PSP_TYPE_NAF, false },
	{ "activitePrincipaleNAF25Etablissement", "naf25", PSP_TYPE_NAF,
	    false },
	{ "nomenclatureActivitePrincipaleEtablissement", "naf_nomenclature",
	    PSP_TYPE_CODE, false },
	{ "caractereEmployeurEtablissement", "employer", PSP_TYPE_BOOL, false },
	{ "libellePaysEtrangerEtablissement", "country", PSP_TYPE_TEXT, false },
	/* the search engine of companies of the State */
	{ "nom_raison_sociale", "name", PSP_TYPE_TEXT, false },
	{ "nom_complet", "name", PSP_TYPE_TEXT, false },
	{ "activite_principale", "naf", PSP_TYPE_NAF, false },
	{ "activite_principale_naf25", "naf25", PSP_TYPE_NAF, false },
	{ "nature_juridique", "legal_form", PSP_TYPE_LEGAL_FORM, false },
	{ "tranche_effectif_salarie", "headcount", PSP_TYPE_HEADCOUNT, true },
	{ "etat_administratif", "status", PSP_TYPE_CODE, false },
	{ "est_siege", "site_type", PSP_TYPE_SITE_TYPE, false },
	{ "capital_social", "share_capital", PSP_TYPE_MONEY, false },
	/* ratios_inpi_bce, in both of its spellings */
	{ "chiffre_d_affaires", "turnover", PSP_TYPE_MONEY, false },
	{ "Chiffre_d_affaires", "turnover", PSP_TYPE_MONEY, false },
	{ "resultat_net", "profit", PSP_TYPE_MONEY, false },
	{ "Resultat_net", "profit", PSP_TYPE_MONEY, false },
	{ "date_cloture_exercice", "closing_date", PSP_TYPE_DATE, false },
	/* BODACC, names and labels */
	{ "registre", "siren", PSP_TYPE_SIREN, false },
	{ "RCS", "siren", PSP_TYPE_SIREN, false },
	{ "dateparution", "date", PSP_TYPE_DATE, false },
	{ "Date de parution", "date", PSP_TYPE_DATE, false },
	{ "Date de publication", "date", PSP_TYPE_DATE, false },
	{ "numerodepartement", "department", PSP_TYPE_DEPARTMENT, false },
	{ "Numéro du département", "department", PSP_TYPE_DEPARTMENT, false },
	{ "departement_nom_officiel", "department", PSP_TYPE_DEPARTMENT,
	    false },
	{ "region_nom_officiel", "region", PSP_TYPE_TEXT, false },
	{ "commercant", "name", PSP_TYPE_TEXT, false },
	{ "Commerçant", "name", PSP_TYPE_TEXT, false },
	{ "ville", "city", PSP_TYPE_TEXT, false },
	{ "cp", "postcode", PSP_TYPE_CODE, false },
	{ "cp", "department", PSP_TYPE_POSTCODE, false },
	{ "montantCapital", "share_capital", PSP_TYPE_MONEY, false },
	{ "url_complete", "url", PSP_TYPE_TEXT, false },
	/* HubSpot, English and French */
	{ "Company name", "name", PSP_TYPE_TEXT, false },
	{ "Nom de l'entreprise", "name", PSP_TYPE_TEXT, false },
	{ "Nom de l’entreprise", "name", PSP_TYPE_TEXT, false },
	{ "Company owner", "owner", PSP_TYPE_TEXT, false },
	{ "Propriétaire de l'entreprise", "owner", PSP_TYPE_TEXT, false },
	{ "Create Date", "record_created", PSP_TYPE_DATE, false },
	{ "Phone Number", "phone", PSP_TYPE_PHONE, false },
	{ "Numéro de téléphone", "phone", PSP_TYPE_PHONE, false },
	{ "City", "city", PSP_TYPE_TEXT, false },
	{ "Country/Region", "country", PSP_TYPE_TEXT, false },
	{ "Pays/Région", "country", PSP_TYPE_TEXT, false },
	{ "State/Region", "region", PSP_TYPE_TEXT, false },
	{ "État/Région", "region", PSP_TYPE_TEXT, false },
	{ "Postal Code", "postcode", PSP_TYPE_CODE, false },
	{ "Industry", "activity_label", PSP_TYPE_TEXT, false },
	{ "Secteur d'activité", "activity_label", PSP_TYPE_TEXT, false },
	{ "Number of Employees", "headcount", PSP_TYPE_HEADCOUNT, false },
	{ "Nombre d'employés", "headcount", PSP_TYPE_HEADCOUNT, false },
	{ "Annual Revenue", "turnover", PSP_TYPE_MONEY, false },
	{ "Chiffre d'affaires annuel", "turnover", PSP_TYPE_MONEY, false },
	{ "Year Founded", "created", PSP_TYPE_DATE, false },
	{ "Année de fondation", "created", PSP_TYPE_DATE, false },
	{ "Website URL", "website", PSP_TYPE_DOMAIN, false },
	{ "Company Domain Name", "website", PSP_TYPE_DOMAIN, false },
	{ "Nom de domaine de l'entreprise", "website", PSP_TYPE_DOMAIN, false },
	{ "About Us", "description", PSP_TYPE_TEXT, false },
	{ "Is Public", "listed", PSP_TYPE_LISTED, false },
	{ "Facebook Fans", "social_influence", PSP_TYPE_NUMBER, false },
	{ "Twitter Followers", "social_influence", PSP_TYPE_NUMBER, false },
	{ "Original Source", "source", PSP_TYPE_TEXT, false },
	{ "Deal Stage", "stage", PSP_TYPE_TEXT, false },
	{ "Job Title", "function", PSP_TYPE_TEXT, false },
	{ "Intitulé du poste", "function", PSP_TYPE_TEXT, false },
	{ "Email", "email", PSP_TYPE_EMAIL, false },
	{ "E-mail", "email", PSP_TYPE_EMAIL, false },
	/* Salesforce, labels and names of the interface */
	{ "Account Name", "name", PSP_TYPE_TEXT, false },
	{ "Nom du compte", "name", PSP_TYPE_TEXT, false },
	{ "Account Owner", "owner", PSP_TYPE_TEXT, false },
	{ "Propriétaire du compte", "owner", PSP_TYPE_TEXT, false },
	{ "Billing Street", "address", PSP_TYPE_TEXT, false },
	{ "Billing City", "city", PSP_TYPE_TEXT, false },
	{ "Billing State/Province", "region", PSP_TYPE_TEXT, false },
	{ "Billing Zip/Postal Code", "postcode", PSP_TYPE_CODE, false },
	{ "Billing Zip/Postal Code", "department", PSP_TYPE_POSTCODE, false },
	{ "BillingPostalCode", "postcode", PSP_TYPE_CODE, false },
	{ "Code postal de facturation", "postcode", PSP_TYPE_CODE, false },
	{ "Billing Country", "country", PSP_TYPE_TEXT, false },
	{ "NumberOfEmployees", "headcount", PSP_TYPE_HEADCOUNT, false },
	{ "AnnualRevenue", "turnover", PSP_TYPE_MONEY, false },
	{ "Lead Source", "source", PSP_TYPE_TEXT, false },
	{ "Title", "function", PSP_TYPE_TEXT, false },
	{ "Created Date", "record_created", PSP_TYPE_DATE, false },
	{ "Stage", "stage", PSP_TYPE_TEXT, false },
	{ "StageName", "stage", PSP_TYPE_TEXT, false },
	{ "Company / Account", "name", PSP_TYPE_TEXT, false },
	/* Zoho CRM */
	{ "Employees", "headcount", PSP_TYPE_HEADCOUNT, false },
	{ "Billing Code", "postcode", PSP_TYPE_CODE, false },
	{ "Billing State", "region", PSP_TYPE_TEXT, false },
	{ "Created Time", "record_created", PSP_TYPE_DATE, false },
	{ "Lead Owner", "owner", PSP_TYPE_TEXT, false },
	{ "Tag", "tags", PSP_TYPE_SET, false },
	{ "Website", "website", PSP_TYPE_DOMAIN, false },
	/* Pipedrive */
	{ "Organization - Name", "name", PSP_TYPE_TEXT, false },
	{ "Organization - Organization", "name", PSP_TYPE_TEXT, false },
	{ "Organisation - Nom", "name", PSP_TYPE_TEXT, false },
	{ "Organization - Address", "address", PSP_TYPE_TEXT, false },
	{ "Organization - ZIP/Postal code of Address", "postcode",
	    PSP_TYPE_CODE, false },
	{ "Organization - ZIP/Postal code of Address", "department",
	    PSP_TYPE_POSTCODE, false },
	{ "Organization - City/town/village/locality of Address", "city",
	    PSP_TYPE_TEXT, false },
	{ "Organization - Owner", "owner", PSP_TYPE_TEXT, false },
	{ "Organization - Label", "tags", PSP_TYPE_SET, false },
	{ "Organization - Annual revenue", "turnover", PSP_TYPE_MONEY, false },
	{ "Organization - Number of employees", "headcount", PSP_TYPE_HEADCOUNT,
	    false },
	{ "Person - Name", "contact", PSP_TYPE_TEXT, false },
	{ "Person - Email - Work", "email", PSP_TYPE_EMAIL, false },
	{ "Person - Phone - Mobile", "phone", PSP_TYPE_PHONE, false },
	{ "Deal - Stage", "stage", PSP_TYPE_TEXT, false },
	{ "Deal - Deal created", "record_created", PSP_TYPE_DATE, false },
	/* made by hand, French */
	{ "Effectif", "headcount", PSP_TYPE_HEADCOUNT, false },
	{ "Effectifs", "headcount", PSP_TYPE_HEADCOUNT, false },
	{ "EFFECTIF SALARIÉ", "headcount", PSP_TYPE_HEADCOUNT, false },
	{ "Nb salariés", "headcount", PSP_TYPE_HEADCOUNT, false },
	{ "Nb. de salariés", "headcount", PSP_TYPE_HEADCOUNT, false },
	{ "Nombre de salariés", "headcount", PSP_TYPE_HEADCOUNT, false },
	{ "Tranche d'effectif", "headcount", PSP_TYPE_HEADCOUNT, true },
	{ "CA", "turnover", PSP_TYPE_MONEY, false },
	{ "C.A.", "turnover", PSP_TYPE_MONEY, false },
	{ "CA (€)", "turnover", PSP_TYPE_MONEY, false },
	{ "CA HT", "turnover", PSP_TYPE_MONEY, false },
	{ "Chiffre d'affaires", "turnover", PSP_TYPE_MONEY, false },
	{ "Chiffre d’affaires", "turnover", PSP_TYPE_MONEY, false },
	{ "CHIFFRE D'AFFAIRE", "turnover", PSP_TYPE_MONEY, false },
	{ "Année CA", "turnover_year", PSP_TYPE_NUMBER, false },
	{ "Chiffre d'affaire à l'export", "export_turnover", PSP_TYPE_MONEY,
	    false },
	{ "CA Export", "export_turnover", PSP_TYPE_MONEY, false },
	{ "Bénéfices", "profit", PSP_TYPE_MONEY, false },
	{ "Résultat net", "profit", PSP_TYPE_MONEY, false },
	{ "Résultat", "profit", PSP_TYPE_MONEY, false },
	{ "Score financier", "financial_score", PSP_TYPE_NUMBER, false },
	{ "Fonds de roulement", "working_capital", PSP_TYPE_MONEY, false },
	{ "FRNG", "working_capital", PSP_TYPE_MONEY, false },
	{ "Capital", "share_capital", PSP_TYPE_MONEY, false },
	{ "Capital social", "share_capital", PSP_TYPE_MONEY, false },
	{ "Canal de vente", "sales_channel", PSP_TYPE_SET, false },
	{ "Type d'établissement", "site_type", PSP_TYPE_SITE_TYPE, false },
	{ "Nombre d'établissements secondaires", "secondary_sites",
	    PSP_TYPE_NUMBER, false },
	{ "Présence à l'international", "international", PSP_TYPE_INTERNATIONAL,
	    false },
	{ "Présence digitale", "digital_presence", PSP_TYPE_DIGITAL, false },
	{ "Influence sociale", "social_influence", PSP_TYPE_NUMBER, false },
	{ "Abonnés", "social_influence", PSP_TYPE_NUMBER, false },
	{ "Cotation boursière", "listed", PSP_TYPE_LISTED, false },
	{ "Cotée", "listed", PSP_TYPE_LISTED, false },
	{ "ISIN", "listed", PSP_TYPE_LISTED, false },
	{ "Raison sociale", "name", PSP_TYPE_TEXT, false },
	{ "RAISON_SOCIALE", "name", PSP_TYPE_TEXT, false },
	{ "Dénomination", "name", PSP_TYPE_TEXT, false },
	{ "Société", "name", PSP_TYPE_TEXT, false },
	{ "Entreprise", "name", PSP_TYPE_TEXT, false },
	{ "Nom", "name", PSP_TYPE_TEXT, false },
	{ "Code APE", "naf", PSP_TYPE_NAF, false },
	{ "Code NAF", "naf", PSP_TYPE_NAF, false },
	{ "APE", "naf", PSP_TYPE_NAF, false },
	{ "A.P.E.", "naf", PSP_TYPE_NAF, false },
	{ "NAF/APE", "naf", PSP_TYPE_NAF, false },
	{ "Dept", "department", PSP_TYPE_DEPARTMENT, false },
	{ "Dépt", "department", PSP_TYPE_DEPARTMENT, false },
	{ "Dépt.", "department", PSP_TYPE_DEPARTMENT, false },
	{ "Département", "department", PSP_TYPE_DEPARTMENT, false },
	{ "De\xCC\x81partement", "department", PSP_TYPE_DEPARTMENT, false },
	{ "DÉPARTEMENT", "department", PSP_TYPE_DEPARTMENT, false },
	{ "Code département", "department", PSP_TYPE_DEPARTMENT, false },
	{ "N° dépt", "department", PSP_TYPE_DEPARTMENT, false },
	{ "CP", "postcode", PSP_TYPE_CODE, false },
	{ "Code postal", "postcode", PSP_TYPE_CODE, false },
	{ "Code\xC2\xA0postal", "postcode", PSP_TYPE_CODE, false },
	{ "Code Postal", "department", PSP_TYPE_POSTCODE, false },
	{ "Date de création", "created", PSP_TYPE_DATE, false },
	{ "Date_creation", "created", PSP_TYPE_DATE, false },
	{ "Date d'immatriculation", "created", PSP_TYPE_DATE, false },
	{ "Forme juridique", "legal_form", PSP_TYPE_LEGAL_FORM, false },
	{ "Tél", "phone", PSP_TYPE_PHONE, false },
	{ "Tél.", "phone", PSP_TYPE_PHONE, false },
	{ "Téléphone", "phone", PSP_TYPE_PHONE, false },
	{ "Portable", "phone", PSP_TYPE_PHONE, false },
	{ "Mail", "email", PSP_TYPE_EMAIL, false },
	{ "Courriel", "email", PSP_TYPE_EMAIL, false },
	{ "Adresse e-mail", "email", PSP_TYPE_EMAIL, false },
	{ "N° SIREN", "siren", PSP_TYPE_SIREN, false },
	{ "Numéro SIREN", "siren", PSP_TYPE_SIREN, false },
	{ "N° SIRET", "siret", PSP_TYPE_SIRET, false },
	{ "Numero_SIRET", "siret", PSP_TYPE_SIRET, false },
	{ "Numero_SIRET", "siren", PSP_TYPE_SIRET, false },
	{ "Site web", "website", PSP_TYPE_DOMAIN, false },
	{ "Site Internet", "website", PSP_TYPE_DOMAIN, false },
	{ "Adresse", "address", PSP_TYPE_TEXT, false },
	{ "Ville", "city", PSP_TYPE_TEXT, false },
	{ "Pays", "country", PSP_TYPE_TEXT, false },
	{ "Région", "region", PSP_TYPE_TEXT, false },
	{ "Fonction", "function", PSP_TYPE_TEXT, false },
	{ "Interlocuteur", "contact", PSP_TYPE_TEXT, false },
	{ "Commercial", "owner", PSP_TYPE_TEXT, false },
	{ "Origine", "source", PSP_TYPE_TEXT, false },
	{ "Étape", "stage", PSP_TYPE_TEXT, false },
	{ "Libellé APE", "activity_label", PSP_TYPE_TEXT, false },
	{ "Activité", "activity_label", PSP_TYPE_TEXT, false },
	{ "Catégorie d'entreprise", "category", PSP_TYPE_CODE, false },
	{ "Étiquettes", "tags", PSP_TYPE_SET, false },
	{ "Nombre de relations", "connections", PSP_TYPE_NUMBER, false },
	/* headers of the open files of hospitals, sites, equality, lists */
	{ "sir", "siret", PSP_TYPE_SIRET, false },
	{ "rs", "name", PSP_TYPE_TEXT, false },
	{ "dep", "department", PSP_TYPE_DEPARTMENT, false },
	{ "COMINSEE", "department", PSP_TYPE_COMMUNE, false },
	{ "CPO", "postcode", PSP_TYPE_CODE, false },
	{ "LIBCOM", "city", PSP_TYPE_TEXT, false },
	{ "NOMCOM", "city", PSP_TYPE_TEXT, false },
	{ "Nom_Etablissement", "name", PSP_TYPE_TEXT, false },
	{ "Code_APE", "naf", PSP_TYPE_NAF, false },
	{ "Libelle_APE", "activity_label", PSP_TYPE_TEXT, false },
	{ "Commune", "city", PSP_TYPE_TEXT, false },
	{ "Raison Sociale", "name", PSP_TYPE_TEXT, false },
	{ "tranche_effectifs", "headcount", PSP_TYPE_HEADCOUNT, true },
	{ "categorie_entreprise", "category", PSP_TYPE_CODE, false },
	{ "code_tranche", "headcount", PSP_TYPE_HEADCOUNT, true },
	{ "code_commune", "department", PSP_TYPE_COMMUNE, false },
	{ "etat", "status", PSP_TYPE_CODE, false },
	{ "account", "name", PSP_TYPE_TEXT, false },
	{ "sector", "activity_label", PSP_TYPE_TEXT, false },
	{ "year_established", "created", PSP_TYPE_DATE, false },
	{ "revenue", "turnover", PSP_TYPE_MONEY, false },
	{ "sales_agent", "owner", PSP_TYPE_TEXT, false },
	{ "Founded", "created", PSP_TYPE_DATE, false },
	{ "Créé le", "record_created", PSP_TYPE_DATE, false },
	{ "Security", "name", PSP_TYPE_TEXT, false },
	{ "job", "function", PSP_TYPE_TEXT, false },
	{ "origin", "source", PSP_TYPE_TEXT, false },
	/* signals */
	{ "date", "date", PSP_TYPE_DATE, false },
	{ "signal", "signal", PSP_TYPE_CODE, false },
	{ "title", "title", PSP_TYPE_TEXT, false },
	{ "Titre", "title", PSP_TYPE_TEXT, false },
	{ "strength", "strength", PSP_TYPE_NUMBER, false },
};

enum { N_HEADERS = sizeof(headers) / sizeof(headers[0]) };

static void
headers_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_HEADERS; i++) {
		const struct header_case *c = &headers[i];
		struct psp_slice names[] = { { "x", 1 },
			psp_slice_of(c->header), { "y", 1 } };
		struct psp_slices header = { names, 3 };
		struct psp_column column;
		char message[256] = "";

		if (psp_schema_bind(NULL, header, psp_slice_of(c->key), &column,
			message, sizeof(message))
		    != PSP_BOUND)
			fail_msg("%s for %s: %s", c->header, c->key, message);
		assert_int_equal(column.index, 1);
		assert_string_equal(column.criterion->key, c->key);
		if (column.type != c->type || column.is_band != c->is_band)
			fail_msg("%s for %s has type %s", c->header, c->key,
			    psp_type_name(column.type));
	}
}

/* Headers that look near and must not be taken for the criterion. */
static void
headers_are_left_alone(void **state)
{
	static const char *const pairs[][2] = {
		{ "Create Date", "created" },
		{ "CA k€", "turnover" },
		{ "BFR", "working_capital" },
		{ "SIC Code", "naf" },
		{ "codePostal2Etablissement", "department" },
		{ "codeCommune2Etablissement", "department" },
		{ "nombre_etablissements", "secondary_sites" },
		{ "Note", "financial_score" },
		{ "Rating", "financial_score" },
		{ "score", "financial_score" },
		{ "siretEtablissementPredecesseur", "siret" },
		{ "anneeEffectifsUniteLegale", "headcount" },
		{ "fi_ej", "siren" },
		{ "Date modified", "created" },
		/* of the record, of a deal, of a campaign, of people known */
		{ "Créé le", "created" },
		{ "Date de clôture", "closing_date" },
		{ "Canal", "sales_channel" },
		{ "Channel", "sales_channel" },
		{ "Nombre de contacts", "connections" },
		{ "", "name" },
		{ "-", "name" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct psp_slice name = psp_slice_of(pairs[i][0]);
		struct psp_slices header = { &name, 1 };
		struct psp_column column;
		char message[256];

		if (psp_schema_bind(NULL, header, psp_slice_of(pairs[i][1]),
			&column, message, sizeof(message))
		    != PSP_BIND_MISSING)
			fail_msg("%s taken for %s", pairs[i][0], pairs[i][1]);
	}
}

static void
names_find_criteria(void **state)
{
	static const char *const pairs[][2] = {
		{ "headcount", "headcount" },
		{ "effectifs", "headcount" },
		{ "Effectifs", "headcount" },
		{ "département", "department" },
		{ "share-capital", "share_capital" },
		{ "codePostalEtablissement", "postcode" },
		{ "codeCommuneEtablissement", "commune" },
		{ "siret", "siret" },
		{ "title", "title" },
		{ "domain", "website" },
		{ "domaine", "website" },
		{ "statutDiffusionEtablissement", "disclosure" },
		{ "CA", "turnover" },
	};
	static const char *const none[] = { "", "-", "age", "margin", "score",
		"coverage", "fit", "class", "grade", "silent", "export_share",
		"sha256", "signal.title", "signal.date", "dateDebut", "y",
		"duration", "balance", "n\xC3", "|", "effectif|effectifs" };
	struct psp_error err;
	struct psp_schema *schema;

	(void)state;
	psp_error_init(&err);
	schema = psp_schema_new(&err);
	assert_non_null(schema);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const struct psp_criterion *c =
		    psp_criterion_find(psp_slice_of(pairs[i][0]));

		assert_true(
		    psp_schema_criterion(schema, psp_slice_of(pairs[i][0]))
		    == c);
		if (c == NULL || strcmp(c->key, pairs[i][1]) != 0)
			fail_msg("%s", pairs[i][0]);
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (psp_criterion_find(psp_slice_of(none[i])) != NULL
		    || psp_schema_criterion(schema, psp_slice_of(none[i]))
			   != NULL)
			fail_msg("'%s' is a criterion", none[i]);
	assert_null(psp_criterion_find(psp_slice("siren\0", 6)));
	assert_null(psp_criterion_find(psp_slice(NULL, 0)));
	assert_null(psp_schema_criterion(schema, psp_slice("siren\0", 6)));
	psp_schema_free(schema);
}

/* Each name means one thing only, and all keys of the contract are there. */
static void
registry_is_sound(void **state)
{
	size_t n_criteria = 0;

	(void)state;
	for (const struct psp_criterion *c = psp_criteria(); c->key != NULL;
	     c++) {
		size_t n;
		const struct psp_alias *rows = psp_registry_steps(c, &n);

		n_criteria++;
		assert_true(c->type != PSP_TYPE_NONE);
		assert_true(psp_criterion_find(psp_slice_of(c->key)) == c);
		assert_true(psp_utf8_valid(psp_slice_of(c->label_fr)));
		for (size_t i = 0; i < n; i++) {
			const char *name = rows[i].headers;

			if ((rows[i].marks & PSP_ALIAS_LIKE) != 0) {
				assert_non_null(
				    psp_registry_get(rows[i].headers));
				continue;
			}
			while (true) {
				size_t size = strcspn(name, "|");
				struct psp_slice slice = psp_slice(name, size);

				assert_true(size > 0);
				if ((rows[i].marks & PSP_ALIAS_SOURCE) == 0
				    && psp_criterion_find(slice) != c)
					fail_msg("%.*s of %s", (int)size, name,
					    c->key);
				if (name[size] == '\0')
					break;
				name += size + 1;
			}
		}
	}
	assert_true(n_criteria >= 50);
}

/* Hashed names find what a walk over the registry does. */
static void
names_are_found_alike(void **state)
{
	struct psp_names names;

	(void)state;
	psp_names_init(&names);
	for (const struct psp_alias *row = psp_aliases; row->key != NULL;
	     row++) {
		const char *name = row->headers;

		while (true) {
			size_t size = strcspn(name, "|"), key_size;
			const struct psp_alias *a, *b;
			char key[128];
			struct psp_slice slice;

			assert_true(psp_text_key_into(psp_slice(name, size),
			    key, sizeof(key), &key_size));
			slice = psp_slice(key, key_size);
			assert_true(psp_names_find(&names, slice, &a)
				    == psp_registry_find(slice, &b));
			assert_true(a == b);
			if (name[size] == '\0')
				break;
			name += size + 1;
		}
	}
}

/* A header stands in one row of a criterion, and once: a second one is dead. */
static void
rows_do_not_repeat(void **state)
{
	(void)state;
	for (const struct psp_criterion *c = psp_criteria(); c->key != NULL;
	     c++) {
		size_t n;
		const struct psp_alias *rows = psp_registry_steps(c, &n);

		for (size_t i = 0; i < n; i++) {
			const char *name = rows[i].headers;

			if ((rows[i].marks & PSP_ALIAS_LIKE) != 0)
				continue;
			while (true) {
				size_t size = strcspn(name, "|"), key_size;
				char key[128];
				size_t held = 0;

				assert_true(
				    psp_text_key_into(psp_slice(name, size),
					key, sizeof(key), &key_size));
				for (size_t j = 0; j < n; j++)
					held += psp_alias_has(
					    &rows[j], psp_slice(key, key_size));
				if (held != 1)
					fail_msg("%.*s of %s: %zu rows",
					    (int)size, name, c->key, held);
				if (name[size] == '\0')
					break;
				name += size + 1;
			}
		}
	}
}

static void
types_have_names(void **state)
{
	enum psp_type type;

	(void)state;
	for (int i = PSP_TYPE_TEXT; i <= PSP_TYPE_DOMAIN; i++) {
		const char *name = psp_type_name((enum psp_type)i);

		type = PSP_TYPE_NONE;
		assert_true(psp_type_find(psp_slice_of(name), &type));
		assert_int_equal(type, i);
	}
	assert_true(psp_type_find(psp_slice_of("turnover"), &type));
	assert_int_equal(type, PSP_TYPE_MONEY);
	assert_true(psp_type_find(psp_slice_of("website"), &type));
	assert_int_equal(type, PSP_TYPE_DOMAIN);
	assert_false(psp_type_find(psp_slice_of("none"), &type));
	assert_false(psp_type_find(psp_slice_of("integer"), &type));
	assert_false(psp_type_find(psp_slice_of(""), &type));
	assert_false(psp_type_find(psp_slice("set\0", 4), &type));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_are_found),
		cmocka_unit_test(headers_are_left_alone),
		cmocka_unit_test(names_find_criteria),
		cmocka_unit_test(registry_is_sound),
		cmocka_unit_test(names_are_found_alike),
		cmocka_unit_test(rows_do_not_repeat),
		cmocka_unit_test(types_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
