/*
 * Files of companies: `etab`, with the columns of the establishments of Sirene
 * and their many empty fields, and `prospects`, a bought or grown list with
 * amounts and texts, where quotes, commas and line ends stand in fields.
 */
#include "bench/kinds.h"
#include "bench/words.h"

const char *const bench_etab_header[] = {
	"siren",
	"nic",
	"siret",
	"statutDiffusionEtablissement",
	"dateCreationEtablissement",
	"trancheEffectifsEtablissement",
	"anneeEffectifsEtablissement",
	"activitePrincipaleRegistreMetiersEtablissement",
	"dateDernierTraitementEtablissement",
	"etablissementSiege",
	"nombrePeriodesEtablissement",
	"complementAdresseEtablissement",
	"numeroVoieEtablissement",
	"indiceRepetitionEtablissement",
	"typeVoieEtablissement",
	"libelleVoieEtablissement",
	"codePostalEtablissement",
	"libelleCommuneEtablissement",
	"libelleCommuneEtrangerEtablissement",
	"distributionSpecialeEtablissement",
	"codeCommuneEtablissement",
	"codeCedexEtablissement",
	"libelleCedexEtablissement",
	"codePaysEtrangerEtablissement",
	"libellePaysEtrangerEtablissement",
	"complementAdresse2Etablissement",
	"numeroVoie2Etablissement",
	"indiceRepetition2Etablissement",
	"typeVoie2Etablissement",
	"libelleVoie2Etablissement",
	"codePostal2Etablissement",
	"libelleCommune2Etablissement",
	"libelleCommuneEtranger2Etablissement",
	"distributionSpeciale2Etablissement",
	"codeCommune2Etablissement",
	"codeCedex2Etablissement",
	"libelleCedex2Etablissement",
	"codePaysEtranger2Etablissement",
	"libellePaysEtranger2Etablissement",
	"dateDebut",
	"etatAdministratifEtablissement",
	"enseigne1Etablissement",
	"enseigne2Etablissement",
	"enseigne3Etablissement",
	"denominationUsuelleEtablissement",
	"activitePrincipaleEtablissement",
	"nomenclatureActivitePrincipaleEtablissement",
	"caractereEmployeurEtablissement",
	NULL,
};

const char *const bench_prospects_header[] = {
	"siren",
	"name",
	"department",
	"postal_code",
	"city",
	"creation_date",
	"naf",
	"legal_form",
	"employees",
	"revenue",
	"export_revenue",
	"profit",
	"rating",
	"status",
	"last_contact",
	"keywords",
	"description",
	"website",
	"phone",
	"email",
	NULL,
};

/* Postal code and code of the commune of a department: both begin with it,
   the former with 20 in Corsica. */
static void
draw_codes(struct draw *draw, const char *department, struct text *postal,
    struct text *commune)
{
	text_add_char(postal, department[0]);
	text_add_char(postal, department[1] > '9' ? '0' : department[1]);
	text_add_number(postal, draw_below(draw, 1000), 3);
	text_add(commune, department);
	text_add_number(commune, draw_below(draw, 1000), 3);
}

static void
write_identity(struct rows *rows, uint64_t index)
{
	static const char *const bands[] = { "NN", "NN", "NN", "00", "01", "01",
		"02", "03", "11", "12", "21", "22", "31", "32", "41" };
	struct draw *draw = &rows->draw;
	struct text siret = { .size = 0 }, created = { .size = 0 },
		    treated = { .size = 0 };
	const char *band = DRAW_ONE(draw, bands);

	text_add_siret(&siret, index, draw_between(draw, 1, 99));
	rows_field(rows, siret.bytes, 9);
	rows_field(rows, siret.bytes + 9, 5);
	rows_text(rows, &siret);
	rows_string(rows, draw_chance(draw, 95) ? "O" : "P");
	text_add_date(&created, draw, 1960, 2024);
	rows_text(rows, &created);
	rows_string(rows, band);
	rows_string(rows, band[0] == 'N' ? "" : "2022");
	rows_string(rows, draw_chance(draw, 17) ? "4322A" : "");
	if (draw_chance(draw, 67)) {
		text_add_date(&treated, draw, 2018, 2024);
		text_add_char(&treated, 'T');
		text_add_time(&treated, draw, 0, 23);
	}
	rows_text(rows, &treated);
	rows_string(rows, draw_chance(draw, 75) ? "true" : "false");
	rows_number(rows, draw_between(draw, 1, 8));
}

/* Three in a hundred have a comma in the address. */
static void
write_address(struct rows *rows)
{
	static const char *const kinds_of_way[] = { "RUE", "AV", "BD", "CHE",
		"RTE", "PL", "ALL", "IMP", "QU" };
	static const char *const ways[] = { "DE LA RÉPUBLIQUE",
		"DU GÉNÉRAL DE GAULLE", "DES ÉCOLES", "VICTOR HUGO",
		"JEAN JAURÈS", "DE L'ÉGLISE", "DES LILAS", "PASTEUR",
		"DU MOULIN", "DE LA GARE", "DES ACACIAS", "SAINT-MICHEL",
		"DU 8 MAI 1945", "DE BRETAGNE" };
	struct draw *draw = &rows->draw;
	struct text place = { .size = 0 }, postal = { .size = 0 },
		    commune = { .size = 0 };
	uint32_t kind = draw_below(draw, 100);

	if (kind < 3) {
		text_add(&place, "BATIMENT ");
		text_add_char(&place, (char)('A' + draw_below(draw, 6)));
		text_add(&place, ", ESCALIER ");
		text_add_number(&place, draw_below(draw, 9), 1);
	} else if (kind < 15) {
		text_add(&place, "ZONE INDUSTRIELLE");
	}
	rows_text(rows, &place);
	rows_number(rows, draw_between(draw, 1, 200));
	rows_string(rows, draw_chance(draw, 8) ? "B" : "");
	rows_string(rows, DRAW_ONE(draw, kinds_of_way));
	rows_string(rows, DRAW_ONE(draw, ways));
	draw_codes(draw, DRAW_ONE(draw, bench_departments), &postal, &commune);
	rows_text(rows, &postal);
	rows_string(rows, DRAW_ONE(draw, bench_towns));
	rows_empty(rows, 1);
	rows_string(rows, draw_chance(draw, 3) ? "BP 12" : "");
	rows_text(rows, &commune);
	rows_empty(rows, 18);
}

/* Two in a hundred have a quoted sign. */
static void
write_state(struct rows *rows)
{
	struct draw *draw = &rows->draw;
	struct text since = { .size = 0 }, sign = { .size = 0 },
		    usual = { .size = 0 };
	uint32_t kind = draw_below(draw, 100);

	text_add_date(&since, draw, 1990, 2024);
	rows_text(rows, &since);
	rows_string(rows, draw_chance(draw, 40) ? "A" : "F");
	if (kind < 40) {
		text_add(&sign, DRAW_ONE(draw, bench_forms));
		text_add(&sign, kind < 2 ? " \"" : " ");
		text_add(&sign, DRAW_ONE(draw, bench_trades));
		text_add(&sign, kind < 2 ? "\"" : "");
	} else if (kind > 80) {
		text_add(&usual, DRAW_ONE(draw, bench_trades));
		text_add_char(&usual, ' ');
		text_add(&usual, DRAW_ONE(draw, bench_trades));
	}
	rows_text(rows, &sign);
	rows_empty(rows, 2);
	rows_text(rows, &usual);
	rows_string(rows, DRAW_ONE(draw, bench_activities));
	rows_string(rows, "NAFRev2");
	rows_string(rows, draw_chance(draw, 67) ? "N" : "O");
}

void
bench_etab_row(struct rows *rows, uint64_t index)
{
	write_identity(rows, index);
	write_address(rows);
	write_state(rows);
}

/* Of a hundred names three have a comma and one has quotes. */
static void
write_name(struct rows *rows)
{
	struct draw *draw = &rows->draw;
	struct text name = { .size = 0 };
	uint32_t kind = draw_below(draw, 100);

	text_add(&name, DRAW_ONE(draw, bench_forms));
	text_add(&name, kind == 3 ? " \"" : " ");
	text_add(&name, DRAW_ONE(draw, bench_trades));
	text_add(&name, kind == 3 ? "\" " : kind < 3 ? ", " : " ");
	text_add(&name, DRAW_ONE(draw, bench_trades));
	text_add(&name, kind < 3 ? " ET FILS" : "");
	rows_text(rows, &name);
}

/* Six in ten have fewer than 10 employees; amounts go with their number. */
static void
write_figures(struct rows *rows)
{
	struct draw *draw = &rows->draw;
	struct text profit = { .size = 0 };
	uint32_t kind = draw_below(draw, 10);
	uint64_t employees = kind < 6   ? draw_below(draw, 10)
	                     : kind < 9 ? draw_between(draw, 10, 99)
	                                : draw_between(draw, 100, 2099);
	uint64_t revenue = employees * draw_between(draw, 50000, 249999);
	uint32_t divisor = draw_between(draw, 2, 21);
	bool exports = draw_chance(draw, 33), loses = draw_chance(draw, 27);

	revenue += draw_below(draw, 100000);
	rows_number(rows, employees);
	rows_number(rows, revenue);
	rows_number(rows, exports ? revenue / divisor : 0);
	text_add(&profit, loses ? "-" : "");
	text_add_number(&profit,
	    revenue / 1000 * draw_between(draw, 1, loses ? 79 : 219), 1);
	rows_text(rows, &profit);
	rows_number(rows, draw_below(draw, 101));
}

/* From 6 to 19 words; one in a hundred has a comma, another a line end. */
static void
write_description(struct rows *rows)
{
	static const char *const words[] = { "fabricant", "industrie", "export",
		"logiciel", "maintenance", "usinage", "précision", "négoce",
		"international", "certifié", "ISO 9001", "automobile",
		"aéronautique", "conseil", "formation", "agroalimentaire",
		"distribution", "matériaux", "bois", "énergie", "solaire",
		"photovoltaïque", "transport", "logistique", "froid",
		"chaudronnerie", "plasturgie", "emballage", "cosmétique",
		"santé", "médical", "numérique", "cloud", "sécurité", "réseau",
		"télécom", "rénovation", "bâtiment", "travaux", "publics", "de",
		"la", "pour", "les", "entreprises", "clients", "depuis",
		"gamme", "complète", "sur mesure" };
	struct draw *draw = &rows->draw;
	struct text description = { .size = 0 };
	uint32_t kind = draw_below(draw, 100);
	uint32_t n_words = draw_between(draw, 6, 19);

	for (uint32_t i = 0; i < n_words; i++) {
		if (i > 0)
			text_add(
			    &description, i == 3 && kind == 5 ? ", " : " ");
		text_add(&description, DRAW_ONE(draw, words));
	}
	if (kind == 6)
		text_add(&description, "\nsite secondaire");
	rows_text(rows, &description);
}

static void
write_keywords(struct rows *rows)
{
	static const char *const words[] = { "industrie", "export",
		"innovation", "b2b", "croissance", "familiale", "groupe",
		"digital", "bio", "artisan", "recrute", "international" };
	struct text keywords = { .size = 0 };
	uint32_t n_words = draw_between(&rows->draw, 1, 4);

	for (uint32_t i = 0; i < n_words; i++) {
		text_add(&keywords, i > 0 ? "|" : "");
		text_add(&keywords, DRAW_ONE(&rows->draw, words));
	}
	rows_text(rows, &keywords);
}

/* Site and address in the domain kept for examples; a telephone of the range
   kept for fiction. */
static void
write_contact(struct rows *rows)
{
	struct draw *draw = &rows->draw;
	struct text site = { .size = 0 }, phone = { .size = 0 },
		    email = { .size = 0 };

	text_add(&site, "https://www.societe-");
	text_add_number(&site, draw_below(draw, 99999), 1);
	text_add(&site, ".example");
	rows_text(rows, &site);
	text_add(&phone, "01 99 00 ");
	text_add_number(&phone, draw_below(draw, 100), 2);
	text_add_char(&phone, ' ');
	text_add_number(&phone, draw_below(draw, 100), 2);
	rows_text(rows, &phone);
	text_add(&email, "contact@societe-");
	text_add_number(&email, draw_below(draw, 99999), 1);
	text_add(&email, ".example");
	rows_text(rows, &email);
}

void
bench_prospects_row(struct rows *rows, uint64_t index)
{
	static const char *const legal_forms[] = { "SAS", "SARL", "SA", "EURL",
		"SCI", "SNC", "EI" };
	static const char *const statuses[] = { "new", "contacted", "qualified",
		"proposal", "won", "lost" };
	struct draw *draw = &rows->draw;
	struct text siren = { .size = 0 }, postal = { .size = 0 },
		    commune = { .size = 0 }, created = { .size = 0 },
		    contacted = { .size = 0 };
	const char *department = DRAW_ONE(draw, bench_departments);

	text_add_siren(&siren, index);
	rows_text(rows, &siren);
	write_name(rows);
	rows_string(rows, department);
	draw_codes(draw, department, &postal, &commune);
	rows_text(rows, &postal);
	rows_string(rows, DRAW_ONE(draw, bench_towns));
	text_add_date(&created, draw, 1960, 2024);
	rows_text(rows, &created);
	rows_string(rows, DRAW_ONE(draw, bench_activities));
	rows_string(rows, DRAW_ONE(draw, legal_forms));
	write_figures(rows);
	rows_string(rows, DRAW_ONE(draw, statuses));
	if (draw_chance(draw, 50))
		text_add_date(&contacted, draw, 2022, 2024);
	rows_text(rows, &contacted);
	write_keywords(rows);
	write_description(rows);
	write_contact(rows);
}
