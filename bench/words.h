/*
 * The words that names and texts of the made files are put together from.
 * Companies and persons that come of them exist nowhere; towns, codes of
 * activity, bands of headcount and departments are those of INSEE.
 */
#ifndef BENCH_WORDS_H
#define BENCH_WORDS_H

static const char *const bench_forms[] = { "SARL", "SAS", "SA", "EURL", "SCI",
	"ETS", "GROUPE", "SOCIÉTÉ", "ATELIERS", "MAISON" };

static const char *const bench_trades[] = { "BRUMELLE", "MÉTALLURGIE",
	"BÂTIMENT", "SERVICES", "CONSEIL", "TRANSPORTS", "ÉNERGIE",
	"BOULANGERIE", "GARAGE", "INFORMATIQUE", "LOGISTIQUE", "PLASTIQUES",
	"MÉCANIQUE", "DISTRIBUTION", "IMMOBILIER", "FORMATION", "CLAIREBISE",
	"PHARMA", "ÉLECTRICITÉ", "CHAUDRONNERIE" };

static const char *const bench_departments[] = { "01", "02", "03", "06", "13",
	"14", "21", "22", "25", "29", "2A", "2B", "30", "31", "33", "34", "35",
	"37", "38", "42", "44", "45", "49", "51", "54", "56", "57", "59", "60",
	"62", "63", "64", "67", "68", "69", "72", "73", "74", "75", "76", "77",
	"78", "80", "83", "84", "91", "92", "93", "94", "95" };

static const char *const bench_towns[] = { "PARIS 15", "LYON 3EME",
	"MARSEILLE 8EME", "TOULOUSE", "NICE", "NANTES", "STRASBOURG",
	"MONTPELLIER", "BORDEAUX", "LILLE", "RENNES", "REIMS", "SAINT-ÉTIENNE",
	"LE HAVRE", "GRENOBLE", "DIJON", "ANGERS", "VILLEURBANNE", "NÎMES",
	"CLERMONT-FERRAND", "AIX-EN-PROVENCE", "BREST", "LIMOGES", "TOURS",
	"AMIENS", "METZ", "BESANÇON", "ORLÉANS", "MULHOUSE", "ROUEN", "CAEN",
	"SAINT-DENIS", "ARGENTEUIL", "PAU", "LA ROCHELLE", "CHÂTEAUROUX",
	"BÉZIERS" };

static const char *const bench_activities[] = { "62.01Z", "70.22Z", "68.20B",
	"56.10A", "47.71Z", "43.22A", "86.90E", "41.20A", "49.41A", "96.02A",
	"46.90Z", "25.62B", "28.99B", "10.71C", "01.11Z", "35.11Z", "71.12B",
	"85.59A" };

#endif
