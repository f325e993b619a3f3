/*
 * The headers under which files hold each criterion, in steps: what stands
 * higher is taken first, and two headers of one row in the same file are a
 * choice that only the user can make. Rows go from the most exact to the
 * nearest substitute.
 *
 * Case, accents and punctuation do not count (psp_text_key), so one spelling
 * stands for many: "date de creation" is "Date_de_création" too. The
 * criterion's own key comes before its rows and is not repeated.
 *
 * Choices that are not plain from the rows:
 *  - headcount: a number before a band, since it says more; bands of the unit
 *    before those of the site.
 *  - department: its own column, then the commune code, then the postal code,
 *    which lies about its department for some communes.
 *  - What Sirene says of the unit comes before what it says of the site. Its
 *    second addresses (...2Etablissement) are no address of the record.
 *  - The day a record was entered in a CRM is `record_created`, never
 *    `created`: that is the age of the company. "Date de création" is either;
 *    where a header tells of changes to records, only the user knows.
 *  - "Client" may be yes or no and "Nom" a person: the last names of all.
 *  - What is as often something else is left out: "date de clôture" (of a
 *    deal), "canal" (of acquisition), "nombre de contacts" (people known).
 *  - Headers whose unit is not the euro ("CA k€"), activity codes that are not
 *    NAF (SIC) and BFR, which is not the working capital, are left out.
 *
 * Sources: INSEE (Sirene, drawings of the stock files), DILA (BODACC), INPI
 * and BCE (ratios), and the names that the exports of HubSpot, Salesforce,
 * Zoho CRM and Pipedrive give to their fields in English and French.
 */
#include <config.h>

#include "libprospect/columns/aliases.h"

#define NO PSP_TYPE_NONE

/* clang-format off */
const struct psp_alias psp_aliases[] = {
	{ "department", NO, 0,
	    "code departement|code du departement|code dept|code dep|code dpt|"
	    "numero departement|numero du departement|num departement|num dept|"
	    "n°departement|n°du departement|n°dept|n°dep|no departement|"
	    "departement code|departement(code)|dept code|department code" },
	{ "department", NO, 0,
	    "departement|departements|dept|depts|dpt|dep|"
	    "departement etablissement|departement du siege|departement siege" },
	{ "department", NO, 0,
	    "departement nom officiel|nom departement|nom du departement|"
	    "libelle departement|libelle du departement|departement nom|"
	    "departement(nom)|department name" },
	{ "department", PSP_TYPE_COMMUNE, PSP_ALIAS_LIKE, "commune" },
	{ "department", PSP_TYPE_POSTCODE, PSP_ALIAS_SOURCE, "postcode" },
	{ "department", PSP_TYPE_POSTCODE, PSP_ALIAS_LIKE, "postcode" },

	{ "created", NO, 0, "dateCreationUniteLegale" },
	{ "created", NO, 0,
	    "date creation entreprise|"
	    "date de creation entreprise|date de creation de l'entreprise|"
	    "date de creation de la societe|date creation societe|"
	    "foundation date|founding date|founded date|founded on|"
	    "date founded|date established|company creation date" },
	{ "created", NO, 0,
	    "annee de fondation|annee fondation|year founded|founded year|"
	    "founded|year established|founding year" },
	{ "created", NO, PSP_ALIAS_RECORD,
	    "date de creation|date creation|creation|creee le" },
	{ "created", NO, 0,
	    "date immatriculation|date d'immatriculation|"
	    "date immatriculation rcs|incorporation date|"
	    "date of incorporation|registration date" },
	{ "created", NO, 0,
	    "annee de creation|annee creation" },
	{ "created", NO, 0,
	    "dateCreationEtablissement|date de creation etablissement|"
	    "date de creation de l'etablissement" },
	{ "created", NO, 0,
	    "date debut activite|date de debut d'activite|date debut d'activite|"
	    "date commencement activite|date de debut activite" },

	{ "naf", NO, 0, "activitePrincipaleUniteLegale" },
	{ "naf", NO, 0,
	    "code ape|ape|code naf|code naf/ape|code ape/naf|ape/naf|naf/ape|"
	    "code ape(naf)|code naf(ape)|code ape entreprise|ape code|naf code|"
	    "code naf rev2|naf rev2|code ape rev2|apen700|"
	    "organization code ape|organization code naf" },
	{ "naf", NO, 0,
	    "activite principale|code activite|code activite principale|"
	    "code de l'activite principale|activite principale(code)" },
	{ "naf", NO, 0,
	    "activitePrincipaleEtablissement|code ape etablissement|"
	    "ape etablissement|apet700|apet" },

	{ "naf25", NO, 0, "activitePrincipaleNAF25UniteLegale" },
	{ "naf25", NO, 0,
	    "naf 2025|code naf 2025|code naf25|code ape 2025|ape 2025|ape25|"
	    "activite principale naf25|activite principale naf 2025" },
	{ "naf25", NO, 0, "activitePrincipaleNAF25Etablissement" },

	{ "naf_nomenclature", NO, 0,
	    "nomenclatureActivitePrincipaleUniteLegale" },
	{ "naf_nomenclature", NO, 0,
	    "nomenclature activite principale|nomenclature naf|"
	    "nomenclature d'activite|nomenclature activite" },
	{ "naf_nomenclature", NO, 0,
	    "nomenclatureActivitePrincipaleEtablissement" },

	{ "legal_form", NO, 0, "categorieJuridiqueUniteLegale" },
	{ "legal_form", NO, 0,
	    "categorie juridique|code categorie juridique|"
	    "code forme juridique|nature juridique|code nature juridique|"
	    "categorie juridique(code)" },
	{ "legal_form", NO, 0,
	    "forme juridique|forme sociale|statut juridique|"
	    "libelle forme juridique|libelle categorie juridique|"
	    "legal structure|legal status|legal entity type|type de societe" },

	{ "listed", NO, 0,
	    "cotation boursiere|cote|cotee|cote en bourse|cotee en bourse|"
	    "societe cotee|entreprise cotee|en bourse|is public|"
	    "est une entreprise publique|listed company|publicly listed|"
	    "publicly traded|stock listed" },
	{ "listed", NO, 0, "isin|code isin|isin code" },
	{ "listed", NO, 0,
	    "marche de cotation|place de cotation|marche boursier|"
	    "stock exchange|stock market|listing market" },

	{ "headcount", NO, 0,
	    "effectif|effectifs|effectif total|effectifs totaux|"
	    "effectif salarie|effectifs salaries|effectif entreprise|"
	    "effectif de l'entreprise|effectif moyen|nombre de salaries|"
	    "nombre salaries|nb salaries|nb de salaries|nbre salaries|"
	    "nbre de salaries|nombre d'employes|nombre employes|"
	    "nb employes|nb d'employes|nbre d'employes|salaries|employes|"
	    "number of employees|no of employees|no employees|nb employees|"
	    "num employees|employee count|employees count|"
	    "employees|#employees|# of employees|staff|staff count|"
	    "total employees|organization number of employees|"
	    "organization employee count|organisation nombre d'employes" },
	{ "headcount", NO, 0,
	    "company size|taille de l'entreprise|taille entreprise|"
	    "employee range|employees range|number of employees range" },
	{ "headcount", NO, PSP_ALIAS_BAND, "trancheEffectifsUniteLegale" },
	{ "headcount", NO, PSP_ALIAS_BAND,
	    "tranche effectif salarie|tranche effectifs salaries|"
	    "tranche d'effectif salarie|tranche d'effectifs salaries|"
	    "tranche effectifs|tranche effectif|tranche d'effectif|"
	    "tranche d'effectifs|tranche d'effectif de l'entreprise|"
	    "code tranche|code tranche effectif|code tranche effectifs|"
	    "code effectif|tefen|headcount band|effectif(tranche)" },
	{ "headcount", NO, PSP_ALIAS_BAND,
	    "trancheEffectifsEtablissement|tefet|"
	    "tranche effectif etablissement" },

	{ "turnover", NO, 0,
	    "chiffre d'affaires|chiffre d'affaire|chiffres d'affaires|"
	    "chiffre affaires|chiffre affaire|ca|ca ht|ca net|ca total|"
	    "ca annuel|ca€|ca(€)|ca en€|ca(en€)|ca euros|ca en euros|"
	    "ca(euros)|ca(en euros)|chiffre d'affaires annuel|"
	    "chiffre d'affaires ht|chiffre d'affaires net|"
	    "chiffre d'affaires total|chiffre d'affaires(€)|"
	    "chiffre d'affaires€|chiffre d'affaires en€|"
	    "chiffre d'affaires en euros|chiffre d'affaires(en euros)|"
	    "montant ca|dernier ca|dernier ca connu|ca dernier exercice|"
	    "annual revenue|revenue|revenues|yearly revenue|"
	    "annual turnover|annual sales|sales revenue|net sales|"
	    "chiffre d'affaires de l'entreprise|revenu annuel|"
	    "recettes annuelles|organization annual revenue|"
	    "organisation chiffre d'affaires annuel" },

	{ "turnover_year", NO, 0,
	    "annee ca|annee du ca|annee chiffre d'affaires|"
	    "annee du chiffre d'affaires|annee exercice|exercice|"
	    "exercice comptable|annee bilan|annee du bilan|fiscal year|"
	    "revenue year" },

	{ "closing_date", NO, 0,
	    "date cloture exercice|date de cloture exercice|"
	    "date de cloture de l'exercice|date cloture bilan|"
	    "date de cloture du bilan|date de bilan" },

	{ "export_turnover", NO, 0,
	    "ca export|ca a l'export|ca exportation|ca export(€)|"
	    "chiffre d'affaires export|chiffre d'affaire export|"
	    "chiffre d'affaires a l'export|chiffre d'affaire a l'export|"
	    "chiffre d'affaires a l'exportation|chiffre d'affaires exportation|"
	    "export sales|export revenue|exports" },

	{ "profit", NO, 0,
	    "resultat net|resultat net comptable|resultat net(€)|"
	    "resultat net de l'exercice|net income|net profit|net result|"
	    "profit net" },
	{ "profit", NO, 0,
	    "benefice|benefices|benefice net|benefice/perte|"
	    "benefice ou perte|profits|annual profit" },
	{ "profit", NO, 0,
	    "resultat|resultat de l'exercice|resultat exercice" },

	{ "financial_score", NO, 0,
	    "score financier|note financiere|notation financiere|"
	    "scoring financier|score de solvabilite|score solvabilite|"
	    "note de solvabilite|credit score|score credit|score de credit|"
	    "financial rating|cotation banque de france|cotation bdf" },

	{ "working_capital", NO, 0,
	    "fonds de roulement|fonds de roulement net|"
	    "fonds de roulement net global|frng|net working capital" },

	{ "share_capital", NO, 0,
	    "capital|capital social|montant capital|montant du capital|"
	    "montant du capital social|capital(€)|capital social(€)|"
	    "capital€|capital en euros|capital social en euros|"
	    "stated capital|registered capital" },

	{ "sales_channel", NO, 0,
	    "canal de vente|canaux de vente|"
	    "canal de distribution|canaux de distribution|mode de vente|"
	    "circuit de distribution|sales channels|distribution channel" },

	{ "site_type", NO, 0,
	    "type d'etablissement|type etablissement|type de site|type site|"
	    "nature etablissement|nature de l'etablissement|"
	    "establishment type|location type" },
	{ "site_type", NO, 0,
	    "etablissementSiege|est siege|siege|siege(o/n)|is headquarters|"
	    "est le siege" },

	{ "secondary_sites", NO, 0,
	    "nombre d'etablissements secondaires|"
	    "nombre etablissements secondaires|nb etablissements secondaires|"
	    "nb d'etablissements secondaires|nbre etablissements secondaires|"
	    "nbre d'etablissements secondaires|etablissements secondaires|"
	    "nb etab secondaires|nombre de sites secondaires|"
	    "nb sites secondaires|sites secondaires|"
	    "number of secondary sites|secondary establishments" },

	{ "international", NO, 0,
	    "presence a l'international|presence internationale|"
	    "presence international|international presence|a l'international|"
	    "activite internationale" },
	{ "international", NO, 0,
	    "pays d'implantation|pays d'export|pays exportation|"
	    "pays d'exportation|export countries" },
	{ "international", NO, 0, "exportateur|exportatrice|exporte|exporter" },

	{ "digital_presence", NO, 0,
	    "presence digitale|presence numerique|presence en ligne|"
	    "presence web|presence internet|presence sur le web|"
	    "presence sur internet|online presence" },

	{ "social_influence", NO, 0,
	    "influence sociale|influence sur les reseaux sociaux|"
	    "audience sociale|followers|nombre de followers|nb followers|"
	    "follower count|followers count|number of followers|"
	    "total followers|social followers|abonnes|nombre d'abonnes|"
	    "nb abonnes|nb d'abonnes" },
	{ "social_influence", NO, 0,
	    "linkedin followers|followers linkedin|abonnes linkedin|"
	    "nb abonnes linkedin|linkedin company followers" },
	{ "social_influence", NO, 0,
	    "twitter followers|followers twitter|abonnes twitter" },
	{ "social_influence", NO, 0,
	    "facebook fans|facebook followers|fans facebook|"
	    "abonnes facebook" },
	{ "social_influence", NO, 0,
	    "instagram followers|followers instagram|abonnes instagram" },

	{ "siren", NO, 0,
	    "numero siren|n°siren|n°de siren|no siren|num siren|code siren|"
	    "identifiant siren|numero de siren|siren number|siren entreprise|"
	    "siren de l'entreprise|siren societe|sirenUniteLegale|"
	    "organization siren|organisation siren" },
	{ "siren", NO, 0,
	    "registre|rcs|n°rcs|numero rcs|num rcs|no rcs|"
	    "registre du commerce|numero au registre|"
	    "company registration number" },
	{ "siren", PSP_TYPE_SIRET, PSP_ALIAS_SOURCE, "siret" },
	{ "siren", PSP_TYPE_SIRET, PSP_ALIAS_LIKE, "siret" },

	{ "siret", NO, 0,
	    "numero siret|n°siret|n°de siret|no siret|num siret|code siret|"
	    "numero de siret|identifiant siret|siret number|"
	    "siret etablissement|siret de l'etablissement|sir|"
	    "organization siret|organisation siret" },
	{ "siret", NO, 0, "siret siege|siret du siege|siret siege social" },

	{ "name", NO, 0, "denominationUniteLegale" },
	{ "name", NO, 0,
	    "raison sociale|nom raison sociale|"
	    "denomination|denomination sociale|rs|legal name|"
	    "company legal name|nom legal" },
	{ "name", NO, 0,
	    "nom de l'entreprise|nom entreprise|nom de la societe|"
	    "nom societe|nom de societe|nom du compte|nom de compte|"
	    "nom compte|nom de l'organisation|nom organisation|"
	    "nom de la compagnie|company name|account name|"
	    "organization name|organisation name|organisation nom|"
	    "organization - organization|deal organization|business name|nom du client|"
	    "nom client|nom du prospect" },
	{ "name", NO, 0,
	    "entreprise|societe|company|company/account|account|compte|"
	    "organization|organisation" },
	{ "name", NO, 0,
	    "person organization|personne organisation|"
	    "associated company|entreprise associee" },
	{ "name", NO, 0,
	    "nom complet|commercant|nom du commercant|security|"
	    "nom etablissement|nom de l'etablissement|etablissement" },
	{ "name", NO, 0, "nomUsageUniteLegale" },
	{ "name", NO, 0, "nomUniteLegale" },
	{ "name", NO, 0, "denominationUsuelle1UniteLegale" },
	{ "name", NO, 0,
	    "denominationUsuelleEtablissement|denomination usuelle" },
	{ "name", NO, 0,
	    "enseigne1Etablissement|enseigne|nom commercial|trade name" },
	{ "name", NO, 0, "denominationUsuelle2UniteLegale" },
	{ "name", NO, 0, "denominationUsuelle3UniteLegale" },
	{ "name", NO, 0, "enseigne2Etablissement" },
	{ "name", NO, 0, "enseigne3Etablissement" },
	{ "name", NO, 0, "sigleUniteLegale|sigle" },
	{ "name", NO, 0, "nom|client|prospect" },

	{ "phone", NO, 0,
	    "telephone|tel|phone number|numero de telephone|"
	    "numero telephone|num tel|num telephone|n°tel|n°telephone|"
	    "n°de telephone|n°de tel|no tel|telephone number|"
	    "telephone entreprise|telephone de l'entreprise|"
	    "telephone societe|company phone|company phone number|"
	    "account phone|organization phone|organisation telephone" },
	{ "phone", NO, 0, "person phone|personne telephone" },
	{ "phone", NO, 0,
	    "telephone fixe|tel fixe|fixe|standard|telephone standard|"
	    "tel standard|main phone|office phone" },
	{ "phone", NO, 0,
	    "work phone|business phone|phone work|person phone work|"
	    "telephone professionnel|telephone pro|tel pro|"
	    "telephone bureau|tel bureau|tel direct|ligne directe|"
	    "direct phone|personne telephone travail" },
	{ "phone", NO, 0,
	    "telephone 1|tel 1|phone 1" },
	{ "phone", NO, 0,
	    "mobile|portable|mobile phone|mobile phone number|"
	    "telephone mobile|telephone portable|tel mobile|tel portable|"
	    "numero de mobile|numero de telephone mobile|gsm|cell phone|"
	    "phone mobile|person phone mobile" },

	{ "email", NO, 0,
	    "mail|courriel|adresse mail|adresse email|adresse courriel|"
	    "adresse electronique|adresse de messagerie|email address|"
	    "mail address|mel" },
	{ "email", NO, 0,
	    "contact email|email contact|mail contact|email du contact|"
	    "mail du contact|person email|personne email" },
	{ "email", NO, 0,
	    "work email|email work|person email work|business email|"
	    "company email|email professionnel|email pro|mail pro|"
	    "email entreprise|mail entreprise|courriel professionnel|"
	    "personne email travail" },
	{ "email", NO, 0, "email 1|mail 1|courriel 1" },

	{ "website", NO, 0,
	    "website url|site web|site internet|web|www|"
	    "url du site|url du site web|url site|url site web|adresse web|"
	    "adresse internet|adresse du site|home page|"
	    "company website|organization website|organisation site web" },
	{ "website", NO, 0,
	    "domain|domaine|domain name|nom de domaine|company domain|"
	    "company domain name|nom de domaine de l'entreprise|"
	    "website domain" },

	{ "address", NO, 0,
	    "adresse|adresse 1|adresse postale|adresse complete|rue|voie|"
	    "adresse etablissement|adresse du siege|adresse siege|street|"
	    "street address|address 1|address line 1|adresse ligne 1|"
	    "organization address|organisation adresse" },
	{ "address", NO, 0,
	    "billing street|billing address|billing address line 1|"
	    "billing address 1|rue de facturation|adresse de facturation|"
	    "adresse facturation|facturation rue" },
	{ "address", NO, 0,
	    "mailing street|mailing address|shipping street|"
	    "shipping address|adresse de livraison" },
	{ "address", NO, 0,
	    "libelleVoieEtablissement|libelle voie|nomvoi|"
	    "headquarters location" },

	{ "postcode", NO, 0,
	    "codePostalEtablissement|code postal|cp|cpo|cpostal|"
	    "code postal du siege|code postal siege|postal code|zip|zip code|"
	    "zip/postal code|postal/zip code|postcode/zip" },
	{ "postcode", NO, 0,
	    "organization zip/postal code of address|"
	    "organization postal code|zip/postal code of address|"
	    "organisation code postal de adresse|"
	    "organisation code postal" },
	{ "postcode", NO, 0,
	    "billing zip/postal code|billing postal code|billing zip|"
	    "billing zip code|billing code|code postal de facturation|"
	    "code postal facturation|facturation code postal|"
	    "code de facturation" },
	{ "postcode", NO, 0,
	    "mailing zip/postal code|mailing postal code|mailing zip|"
	    "shipping zip/postal code|shipping postal code|shipping zip|"
	    "shipping code|code postal de livraison|"
	    "code postal d'expedition" },

	{ "city", NO, 0,
	    "ville|town|localite|ville etablissement|ville du siege|"
	    "ville siege" },
	{ "city", NO, 0,
	    "libelleCommuneEtablissement|libelle commune|nom commune|"
	    "nom de la commune|nomcom" },
	{ "city", NO, 0, "libcom|bureau distributeur" },
	{ "city", NO, 0,
	    "organization city/town/village/locality of address|"
	    "city/town/village/locality of address|organization city|"
	    "organisation ville" },
	{ "city", NO, 0,
	    "billing city|ville de facturation|ville facturation|"
	    "facturation ville" },
	{ "city", NO, 0,
	    "mailing city|shipping city|ville de livraison|"
	    "ville d'expedition" },
	{ "city", NO, PSP_ALIAS_SOURCE, "commune" },

	{ "commune", NO, 0,
	    "codeCommuneEtablissement|code commune|code insee|"
	    "code commune insee|code insee commune|cominsee|commune insee|"
	    "code insee de la commune|code officiel commune|depcom|codgeo" },

	{ "country", NO, 0, "pays|country/region|pays/region|country name" },
	{ "country", NO, 0, "country code|code pays|country/region code" },
	{ "country", NO, 0,
	    "organization country of address|country of address|"
	    "organization country|organisation pays" },
	{ "country", NO, 0,
	    "billing country|pays de facturation|pays facturation|"
	    "facturation pays" },
	{ "country", NO, 0,
	    "mailing country|shipping country|pays de livraison|"
	    "pays d'expedition" },
	{ "country", NO, 0, "office location" },
	{ "country", NO, 0, "libellePaysEtrangerEtablissement" },
	{ "country", NO, 0, "codePaysEtrangerEtablissement" },

	{ "region", NO, 0,
	    "region nom officiel|nom region|nom de la region|"
	    "libelle region|region administrative|region name" },
	{ "region", NO, 0, "region code|code region|reg" },
	{ "region", NO, 0,
	    "state/region|etat/region|state/province|etat/province|state|"
	    "province" },
	{ "region", NO, 0,
	    "organization state/county of address|"
	    "organization region of address|region of address" },
	{ "region", NO, 0,
	    "billing state/province|billing state|etat de facturation|"
	    "etat/province de facturation|region de facturation|"
	    "facturation etat" },
	{ "region", NO, 0,
	    "mailing state/province|mailing state|shipping state/province|"
	    "shipping state" },

	{ "function", NO, 0,
	    "fonction|poste|intitule du poste|intitule de poste|"
	    "titre du poste|job title|job|position|profession|"
	    "fonction du contact|fonction contact|person job title|"
	    "personne poste|contact title|contact function" },
	{ "function", NO, PSP_ALIAS_SOURCE, "title|titre" },

	{ "contact", NO, 0,
	    "nom du contact|nom contact|contact name|contact person|"
	    "interlocuteur|nom de l'interlocuteur|nom interlocuteur|"
	    "person name|personne nom|contact principal|primary contact|"
	    "full name|nom et prenom|nom prenom|prenom nom" },
	{ "contact", NO, 0, "last name|nom de famille" },

	{ "connections", NO, 0,
	    "nombre de relations|nb relations|relations|connexions|"
	    "nombre de connexions|nb connexions|taille du reseau|"
	    "network size|number of connections|linkedin connections|"
	    "relations linkedin" },

	{ "replies", NO, 0,
	    "reponses|nombre de reponses|nb reponses|reponses recues|"
	    "reply count|number of replies" },

	{ "inbound", NO, 0,
	    "sollicitations|sollicitations recues|demandes entrantes|"
	    "contacts entrants|messages entrants|mails entrants|"
	    "inbound messages|inbound requests|inbound contacts" },

	{ "description", NO, 0,
	    "descriptif|description de l'entreprise|"
	    "description de la societe|company description|"
	    "description de l'activite" },
	{ "description", NO, 0, "a propos|a propos de nous|about|about us" },

	{ "activity_label", NO, 0,
	    "libelle ape|libelle naf|libelle code ape|libelle code naf|"
	    "libelle activite|libelle de l'activite|"
	    "libelle activite principale|libelle naf/ape|libelle ape/naf|"
	    "activite(libelle)" },
	{ "activity_label", NO, 0,
	    "activite|activites|activite de l'entreprise|activity" },
	{ "activity_label", NO, 0,
	    "secteur d'activite|secteur activite|secteur|"
	    "domaine d'activite|branche|industry|industrie|sector|"
	    "gics sub-industry|business segment|organization industry|"
	    "organisation secteur d'activite" },
	{ "activity_label", NO, 0, "gics sector" },

	{ "status", NO, 0, "etatAdministratifUniteLegale" },
	{ "status", NO, 0, "etat administratif" },
	{ "status", NO, 0, "etatAdministratifEtablissement" },
	{ "status", NO, PSP_ALIAS_SOURCE, "etat" },

	{ "disclosure", NO, 0, "statutDiffusionUniteLegale" },
	{ "disclosure", NO, 0, "statut diffusion|statut de diffusion" },
	{ "disclosure", NO, 0, "statutDiffusionEtablissement" },

	{ "category", NO, 0,
	    "categorie entreprise|categorie d'entreprise|"
	    "categorie de l'entreprise|company category" },

	{ "employer", NO, 0, "caractereEmployeurUniteLegale" },
	{ "employer", NO, 0, "caractere employeur|employeur|est employeur" },
	{ "employer", NO, 0, "caractereEmployeurEtablissement" },

	{ "owner", NO, 0,
	    "proprietaire|owner name|record owner|account owner|"
	    "company owner|organization owner|organisation proprietaire|"
	    "proprietaire du compte|proprietaire de l'entreprise|"
	    "proprietaire de compte" },
	{ "owner", NO, 0,
	    "deal owner|opportunity owner|lead owner|contact owner|"
	    "person owner|proprietaire de la transaction|"
	    "proprietaire de l'opportunite|proprietaire du contact|"
	    "proprietaire de la piste|proprietaire de l'affaire" },
	{ "owner", NO, 0,
	    "commercial|commerciale|charge d'affaires|charge de compte|"
	    "responsable commercial|responsable de compte|vendeur|"
	    "sales rep|sales agent|salesperson|account manager" },

	{ "source", NO, 0,
	    "origine|provenance|lead source|account source|source du lead|"
	    "source de la piste|origine du lead|origine de la piste|"
	    "origine du contact|origine du compte|source du compte|"
	    "deal source|origin|source fichier|fichier source" },
	{ "source", NO, 0,
	    "original source|original source type|original traffic source|"
	    "source d'origine" },
	{ "source", NO, 0, "latest source|latest traffic source" },

	{ "stage", NO, 0,
	    "etape|deal stage|deal deal stage|stage name|opportunity stage|"
	    "sales stage|statut de l'affaire|"
	    "pipeline stage|etape de vente|"
	    "etape de la vente|etape du cycle de vente|"
	    "etape de la transaction|phase de la transaction|"
	    "phase de vente|phase" },

	{ "deal", NO, 0,
	    "opportunity id|deal id|id opportunite|id de l'opportunite|"
	    "id affaire|id de l'affaire|id de la transaction|"
	    "id transaction|numero d'affaire|numero affaire|n°affaire|"
	    "n°d'affaire|no affaire|num affaire|ref affaire|"
	    "reference affaire|reference de l'affaire|code affaire|"
	    "numero d'opportunite|mql id" },
	{ "deal", NO, PSP_ALIAS_SOURCE,
	    "record id|id de fiche|id de fiche d'informations|id|"
	    "external id|id externe" },
	{ "deal", NO, 0,
	    "deal name|opportunity name|opportunity|deal title|"
	    "nom de l'affaire|nom affaire|nom de l'opportunite|"
	    "nom de la transaction|nom du marche|affaire|opportunite|"
	    "transaction|dossier" },

	{ "amount", NO, 0,
	    "montant|montant ht|montant(€)|montant €|montant ht(€)|"
	    "montant en euros|amount(eur)|deal amount|deal value|"
	    "opportunity amount|montant de la transaction|"
	    "montant de l'affaire|valeur de l'affaire|valeur|budget|ca prevu|"
	    "ca previsionnel|close value" },
	{ "amount", NO, 0,
	    "expected revenue|revenu espere|revenu attendu|revenu prevu" },

	{ "currency", NO, 0,
	    "devise|monnaie|deal currency|currency of value|"
	    "deal currency of value|opportunity currency|amount currency|"
	    "devise du montant|currency code|code devise" },

	{ "probability", NO, 0,
	    "probability(%)|probabilite|probabilite(%)|proba|proba(%)|"
	    "deal probability|opportunity probability|"
	    "probabilite de la transaction|probabilite de succes|"
	    "chance de succes|% de reussite|taux de reussite" },

	{ "families", NO, 0,
	    "family|famille|familles|famille de produits|"
	    "familles de produits|famille de produit|famille produit|"
	    "product family|product families|product line|gamme|"
	    "gamme de produits|ligne de produits" },
	{ "families", NO, 0, "product|products|produit|produits" },

	{ "source_role", NO, 0,
	    "role de la source|role source|role de l'interlocuteur|"
	    "role interlocuteur|role du contact|contact role|"
	    "role in the decision|role dans la decision|informateur" },

	{ "decision_maker", NO, 0,
	    "decideur|decideurs|decision makers|economic buyer|"
	    "nom du decideur|acheteur" },

	{ "object", NO, 0,
	    "objet|objet du projet|objet de la consultation|besoin|"
	    "need|subject|sujet" },

	{ "time", NO, 0,
	    "temps|periode|delai|delai de decision|horizon|timing|"
	    "timeframe|periode de decision|quand" },

	{ "opened", NO, 0,
	    "date d'ouverture|ouverture|ouvert le|open date|"
	    "engage date|engaged on|date d'entree|"
	    "date de creation de l'affaire|"
	    "date de creation de l'opportunite|opportunity created|"
	    "first contact date|date de premier contact" },
	{ "opened", NO, PSP_ALIAS_SOURCE,
	    "created|date de creation|date creation|creation|creee le" },
	{ "opened", NO, PSP_ALIAS_LIKE, "record_created" },

	{ "stage_date", NO, 0,
	    "date etape|date de l'etape|date d'etape|"
	    "date d'entree dans l'etape|entree dans l'etape|depuis le|"
	    "last stage change|deal last stage change|last stage update|"
	    "last stage change date|stage entered|"
	    "date entered current stage|date de changement d'etape|"
	    "derniere mise a jour de l'etape|date stage changed" },

	{ "decision_date", NO, 0,
	    "date de decision|decision prevue|decision prevue le|"
	    "date de decision prevue|date decision|decision" },
	{ "decision_date", NO, 0,
	    "expected close date|deal expected close date|"
	    "expected closing|expected closing date|"
	    "expected close|date de cloture prevue|cloture prevue|"
	    "date de cloture estimee|date de signature prevue|"
	    "signature prevue|date prevue de signature|close date|"
	    "date de fermeture|echeance|date d'echeance" },
	{ "decision_date", NO, PSP_ALIAS_SOURCE, "closing date" },

	{ "next_date", NO, 0,
	    "prochaine action|date de prochaine action|"
	    "date prochaine action|prochaine relance|"
	    "date de relance|date relance|relance|relance le|a rappeler le|"
	    "rappel le|date de rappel|prochain rendez-vous|prochain rdv|"
	    "prochaine etape le|next activity date|"
	    "deal next activity date|next activity deadline|next step date|"
	    "date de la prochaine activite|prochaine activite|follow up date|"
	    "next contact|next follow up" },

	{ "renewal", NO, 0,
	    "renouvellement|date de renouvellement|date anniversaire|"
	    "anniversaire du contrat|date anniversaire du contrat|"
	    "fin de contrat|date de fin de contrat|echeance du contrat|"
	    "renewal date|contract end|contract end date|anniversary" },

	{ "last_contact", NO, 0,
	    "dernier contact|date du dernier contact|date dernier contact|"
	    "dernier contact le|dernier echange|last contacted|"
	    "last contact date|date du dernier echange" },
	{ "last_contact", NO, PSP_ALIAS_SOURCE,
	    "last activity|last activity date|last activity time|"
	    "deal last activity date|derniere activite|"
	    "date de derniere activite|date de la derniere activite" },

	{ "closed", NO, 0,
	    "closed date|closed on|deal closed on|deal deal closed on|"
	    "closed at|date closed|date de fin|date de signature|signe le|"
	    "date de fin de l'affaire|won date|date gagne|date de gain" },
	{ "closed", NO, 0, "won time|deal won time" },
	{ "closed", NO, 0, "lost time|deal lost time|date de perte" },

	{ "blocked", NO, 0, "bloque|bloquee|interrompu|interrupted|on hold" },
	{ "suspended", NO, 0, "suspendu|suspendue|en attente|paused" },
	{ "critical_step", NO, 0, "etape critique|critique|critical" },

	{ "reason", NO, 0,
	    "motif|motifs|raison|raison de perte|motif de perte|"
	    "motif de la perte|lost reason|deal lost reason|loss reason|"
	    "closed lost reason|reason for loss|reason lost|"
	    "raison de la perte|cause de perte" },

	{ "qualification", NO, 0,
	    "piste ou projet|piste/projet|lead or project|"
	    "type d'affaire|qualification de l'affaire" },

	{ "deal_status", NO, 0,
	    "deal status|deal deal status|won/lost|gagne/perdu|"
	    "statut gagne perdu|issue" },

	{ "from", NO, 0,
	    "from stage|old stage|previous stage|old value|stage from|"
	    "ancienne etape|etape precedente|etape avant|de l'etape|"
	    "etape de depart" },
	{ "to", NO, 0,
	    "to stage|new stage|new value|stage to|nouvelle etape|"
	    "etape suivante|etape apres|vers l'etape|etape d'arrivee" },

	{ "snapshot", NO, 0,
	    "snapshot date|date d'export|date de l'export|export date|"
	    "date d'extraction|exporte le|as of" },

	{ "record_created", NO, 0,
	    "create date|created date|created time|created at|created on|"
	    "date created|add time|added on|"
	    "organization created|organization organization created|"
	    "account created date|date de creation de la fiche|"
	    "date creation fiche|fiche creee le|cree le|date d'ajout|"
	    "date ajout|"
	    "date de creation du compte|heure de creation" },
	{ "record_created", NO, 0,
	    "deal created|deal deal created|person created|"
	    "person person created|date de creation du contact|"
	    "date de creation de la transaction" },

	{ "tags", NO, 0,
	    "tag|etiquette|etiquettes|labels|organization label|"
	    "person label|organisation etiquette" },

	{ "networks", NO, 0,
	    "network|reseau|reseaux|reseaux sociaux|reseau social|"
	    "reseaux professionnels|social networks" },

	{ "date", NO, 0,
	    "date du signal|date de l'evenement|date evenement|event date" },
	{ "date", NO, 0,
	    "change date|changed on|date changed|edit date|"
	    "date de changement|date du changement|change le" },
	{ "date", NO, 0,
	    "dateparution|date de parution|date de publication|"
	    "date publication|publication date" },

	{ "signal", NO, 0,
	    "signaux|code signal|code du signal|type de signal|evenement|"
	    "type d'evenement|type evenement" },

	{ "title", NO, 0,
	    "titre|intitule|headline|titre du signal" },

	{ "url", NO, 0,
	    "lien|link|url complete|adresse url|lien web|permalien" },

	{ "strength", NO, 0,
	    "force|intensite|force du signal|intensite du signal" },

	{ NULL, NO, 0, NULL }
};

const struct psp_alias psp_record_signs = { NULL, NO, 0,
	"derniere modification|date de derniere modification|"
	"date de la derniere modification|date modification|"
	"date de modification|heure de modification|modifie le|modifiee le|"
	"modifie par|derniere modification le|derniere modification par|"
	"derniere activite|date de derniere activite|"
	"date de la derniere activite|last modified|last modified date|"
	"last modified by|last modified time|modified time|modified on|"
	"modified by|date modified|last activity|last activity date|"
	"update time|record id|id de fiche|id de fiche d'informations" };
/* clang-format on */
