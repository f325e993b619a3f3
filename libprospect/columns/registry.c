/*
 * The criteria, their types and labels, and how a name finds them. The headers
 * of files are in aliases.c; what the user says of columns is in schema.c.
 *
 * A name is compared by its key (psp_text_key). The tables are written as
 * people write, in ASCII, and made into keys while they are compared, so that
 * nothing has to be prepared or kept.
 */
#include <config.h>

#include "libprospect/columns/registry.h"

#include "libprospect/base/text.h"
#include "libprospect/columns/aliases.h"

/* The 18 criteria in the order of the method, then what else has a name. */
static const struct psp_criterion criteria[] = {
	{ "department", PSP_TYPE_DEPARTMENT, "department", "département" },
	{ "created", PSP_TYPE_DATE, "date of creation", "date de création" },
	{ "naf", PSP_TYPE_NAF, "activity (NAF)", "activité (NAF)" },
	{ "legal_form", PSP_TYPE_LEGAL_FORM, "legal form", "forme juridique" },
	{ "listed", PSP_TYPE_LISTED, "listed", "cotation boursière" },
	{ "headcount", PSP_TYPE_HEADCOUNT, "headcount", "effectifs" },
	{ "turnover", PSP_TYPE_MONEY, "turnover", "chiffre d'affaires" },
	{ "export_turnover", PSP_TYPE_MONEY, "export turnover",
	    "chiffre d'affaires à l'export" },
	{ "profit", PSP_TYPE_MONEY, "profit", "bénéfices" },
	{ "financial_score", PSP_TYPE_NUMBER, "financial score",
	    "score financier" },
	{ "working_capital", PSP_TYPE_MONEY, "working capital",
	    "fonds de roulement" },
	{ "share_capital", PSP_TYPE_MONEY, "share capital", "capital" },
	{ "sales_channel", PSP_TYPE_SET, "sales channel", "canal de vente" },
	{ "site_type", PSP_TYPE_SITE_TYPE, "type of site",
	    "type d'établissement" },
	{ "secondary_sites", PSP_TYPE_NUMBER, "secondary sites",
	    "établissements secondaires" },
	{ "international", PSP_TYPE_INTERNATIONAL, "international presence",
	    "présence à l'international" },
	{ "digital_presence", PSP_TYPE_DIGITAL, "digital presence",
	    "présence digitale" },
	{ "social_influence", PSP_TYPE_NUMBER, "social influence",
	    "influence sociale" },

	{ "naf25", PSP_TYPE_NAF, "activity (NAF 2025)", "activité (NAF 2025)" },
	{ "naf_nomenclature", PSP_TYPE_CODE, "nomenclature of the activity",
	    "nomenclature de l'activité" },
	{ "turnover_year", PSP_TYPE_NUMBER, "year of the turnover",
	    "année du chiffre d'affaires" },
	{ "closing_date", PSP_TYPE_DATE, "closing date of the accounts",
	    "date de clôture de l'exercice" },
	{ "siren", PSP_TYPE_SIREN, "SIREN", "SIREN" },
	{ "siret", PSP_TYPE_SIRET, "SIRET", "SIRET" },
	{ "name", PSP_TYPE_TEXT, "name", "raison sociale" },
	{ "phone", PSP_TYPE_PHONE, "telephone", "téléphone" },
	{ "email", PSP_TYPE_EMAIL, "e-mail", "courriel" },
	{ "website", PSP_TYPE_DOMAIN, "web site", "site internet" },
	{ "address", PSP_TYPE_TEXT, "address", "adresse" },
	{ "postcode", PSP_TYPE_CODE, "postal code", "code postal" },
	{ "city", PSP_TYPE_TEXT, "city", "ville" },
	{ "commune", PSP_TYPE_CODE, "commune code", "code commune" },
	{ "country", PSP_TYPE_TEXT, "country", "pays" },
	{ "region", PSP_TYPE_TEXT, "region", "région" },
	{ "function", PSP_TYPE_TEXT, "function", "fonction" },
	{ "contact", PSP_TYPE_TEXT, "contact", "interlocuteur" },
	{ "connections", PSP_TYPE_NUMBER, "connections", "relations" },
	{ "replies", PSP_TYPE_NUMBER, "replies", "réponses" },
	{ "inbound", PSP_TYPE_NUMBER, "inbound requests", "sollicitations" },
	{ "description", PSP_TYPE_TEXT, "description", "description" },
	{ "activity_label", PSP_TYPE_TEXT, "activity", "activité" },
	{ "status", PSP_TYPE_CODE, "administrative status",
	    "état administratif" },
	{ "disclosure", PSP_TYPE_CODE, "disclosure status",
	    "statut de diffusion" },
	{ "category", PSP_TYPE_CODE, "category of company",
	    "catégorie d'entreprise" },
	{ "employer", PSP_TYPE_BOOL, "employer", "employeur" },
	{ "owner", PSP_TYPE_TEXT, "owner", "commercial" },
	{ "source", PSP_TYPE_TEXT, "source", "origine" },
	{ "stage", PSP_TYPE_TEXT, "stage", "étape" },
	{ "deal", PSP_TYPE_CODE, "deal", "affaire" },
	{ "amount", PSP_TYPE_MONEY, "amount", "montant" },
	{ "currency", PSP_TYPE_CODE, "currency", "devise" },
	{ "probability", PSP_TYPE_PERCENT, "probability", "probabilité" },
	{ "families", PSP_TYPE_SET, "product families",
	    "familles de produits" },
	{ "source_role", PSP_TYPE_TEXT, "role of the source",
	    "rôle de la source" },
	{ "decision_maker", PSP_TYPE_TEXT, "decision maker", "décideur" },
	{ "object", PSP_TYPE_TEXT, "object", "objet" },
	{ "time", PSP_TYPE_TEXT, "time", "échéance" },
	{ "opened", PSP_TYPE_DATE, "opening of the deal",
	    "ouverture de l'affaire" },
	{ "stage_date", PSP_TYPE_DATE, "date of the stage", "date de l'étape" },
	{ "decision_date", PSP_TYPE_DATE, "decision date", "date de décision" },
	{ "next_date", PSP_TYPE_DATE, "next step", "prochaine action" },
	{ "renewal", PSP_TYPE_DATE, "renewal", "renouvellement" },
	{ "last_contact", PSP_TYPE_DATE, "last contact", "dernier contact" },
	{ "closed", PSP_TYPE_DATE, "end of the deal", "fin de l'affaire" },
	{ "blocked", PSP_TYPE_BOOL, "blocked", "bloqué" },
	{ "suspended", PSP_TYPE_BOOL, "suspended", "suspendu" },
	{ "critical_step", PSP_TYPE_BOOL, "critical step", "étape critique" },
	{ "reason", PSP_TYPE_TEXT, "reason", "motif" },
	{ "qualification", PSP_TYPE_TEXT, "lead or project",
	    "piste ou projet" },
	{ "deal_status", PSP_TYPE_TEXT, "won, lost or open",
	    "gagné, perdu ou ouvert" },
	{ "from", PSP_TYPE_TEXT, "stage before", "étape précédente" },
	{ "to", PSP_TYPE_TEXT, "stage after", "étape suivante" },
	{ "snapshot", PSP_TYPE_DATE, "day of the snapshot",
	    "jour de l'export" },
	{ "record_created", PSP_TYPE_DATE, "date of the record",
	    "date de la fiche" },
	{ "tags", PSP_TYPE_SET, "tags", "étiquettes" },
	{ "networks", PSP_TYPE_SET, "networks", "réseaux" },
	{ "date", PSP_TYPE_DATE, "date", "date" },
	{ "signal", PSP_TYPE_CODE, "signal", "signal" },
	{ "title", PSP_TYPE_TEXT, "title", "titre" },
	{ "url", PSP_TYPE_TEXT, "link", "lien" },
	{ "strength", PSP_TYPE_NUMBER, "strength", "intensité" },
	{ NULL, PSP_TYPE_NONE, NULL, NULL },
};

/* Names of types in `fields:`; the first of a type is its name in messages. */
static const struct {
	const char *name;
	enum psp_type type;
} types[] = {
	{ "text", PSP_TYPE_TEXT },
	{ "number", PSP_TYPE_NUMBER },
	{ "money", PSP_TYPE_MONEY },
	{ "percent", PSP_TYPE_PERCENT },
	{ "date", PSP_TYPE_DATE },
	{ "duration", PSP_TYPE_DURATION },
	{ "bool", PSP_TYPE_BOOL },
	{ "code", PSP_TYPE_CODE },
	{ "set", PSP_TYPE_SET },
	{ "department", PSP_TYPE_DEPARTMENT },
	{ "postcode", PSP_TYPE_POSTCODE },
	{ "commune", PSP_TYPE_COMMUNE },
	{ "naf", PSP_TYPE_NAF },
	{ "legal_form", PSP_TYPE_LEGAL_FORM },
	{ "headcount", PSP_TYPE_HEADCOUNT },
	{ "listed", PSP_TYPE_LISTED },
	{ "site_type", PSP_TYPE_SITE_TYPE },
	{ "international", PSP_TYPE_INTERNATIONAL },
	{ "digital_presence", PSP_TYPE_DIGITAL },
	{ "siren", PSP_TYPE_SIREN },
	{ "siret", PSP_TYPE_SIRET },
	{ "phone", PSP_TYPE_PHONE },
	{ "email", PSP_TYPE_EMAIL },
	{ "domain", PSP_TYPE_DOMAIN },
};

enum { N_TYPES = sizeof(types) / sizeof(types[0]) };

bool
psp_type_find(struct psp_slice name, enum psp_type *type)
{
	for (size_t i = 0; i < N_TYPES; i++) {
		if (psp_slice_is(name, types[i].name)) {
			*type = types[i].type;
			return true;
		}
	}
	for (const struct psp_criterion *c = criteria; c->key != NULL; c++) {
		if (psp_slice_is(name, c->key)) {
			*type = c->type;
			return true;
		}
	}
	return false;
}

const char *
psp_type_name(enum psp_type type)
{
	for (size_t i = 0; i < N_TYPES; i++)
		if (types[i].type == type)
			return types[i].name;
	return "none";
}

const struct psp_criterion *
psp_criteria(void)
{
	return criteria;
}

const struct psp_criterion *
psp_registry_get(const char *key)
{
	for (const struct psp_criterion *c = criteria; c->key != NULL; c++)
		if (strcmp(c->key, key) == 0)
			return c;
	return NULL;
}

const struct psp_alias *
psp_registry_steps(const struct psp_criterion *criterion, size_t *n)
{
	const struct psp_alias *first = psp_aliases;

	*n = 0;
	while (first->key != NULL && strcmp(first->key, criterion->key) != 0)
		first++;
	while (
	    first[*n].key != NULL && strcmp(first[*n].key, criterion->key) == 0)
		(*n)++;
	return first;
}

/* Whether `key` is the text from `text` to its end or a '|', which `*end` gets.
 */
static bool
key_is_part(struct psp_slice key, const char *text, const char **end)
{
	size_t i = 0;

	for (; *text != '\0' && *text != '|'; text++) {
		if (psp_text_is_joint(*text))
			continue;
		if (i == key.size || key.bytes[i] != psp_text_lower(*text)) {
			*end = text + strcspn(text, "|");
			return false;
		}
		i++;
	}
	*end = text;
	return i == key.size;
}

bool
psp_key_is(struct psp_slice key, const char *text)
{
	const char *end;

	return key_is_part(key, text, &end);
}

bool
psp_alias_has(const struct psp_alias *alias, struct psp_slice key)
{
	const char *text = alias->headers;

	if ((alias->marks & PSP_ALIAS_LIKE) != 0)
		return false;
	for (;;) {
		if (key_is_part(key, text, &text))
			return true;
		if (*text == '\0')
			return false;
		text++;
	}
}

bool
psp_is_record_sign(struct psp_slice key)
{
	return psp_alias_has(&psp_record_signs, key);
}

const struct psp_criterion *
psp_registry_find(struct psp_slice key, const struct psp_alias **alias)
{
	*alias = NULL;
	for (const struct psp_criterion *c = criteria; c->key != NULL; c++)
		if (psp_key_is(key, c->key))
			return c;
	for (const struct psp_alias *a = psp_aliases; a->key != NULL; a++) {
		if ((a->marks & PSP_ALIAS_SOURCE) == 0
		    && psp_alias_has(a, key)) {
			*alias = a;
			return psp_registry_get(a->key);
		}
	}
	return NULL;
}

const struct psp_criterion *
psp_criterion_find(struct psp_slice name)
{
	const struct psp_alias *alias;
	char key[256];
	size_t size;

	/* What does not fit is longer than any name of the tables. */
	if (!psp_text_key_into(name, key, sizeof(key), &size))
		return NULL;
	return psp_registry_find(psp_slice(key, size), &alias);
}
