/* condition: every type and operator against cells, in three values. */
#include <config.h>

#include "tests/unit/unit.h"

#include "tests/unit/conditions.h"

enum { F = PSP_FALSE, U = PSP_UNKNOWN, T = PSP_TRUE };

struct row {
	const char *condition;
	const char *cell;
	int truth;
};

/* Asks each condition of a file of one column and one cell. */
static void
check_rows(
    const char *fields, const char *header, const struct row *rows, size_t n)
{
	char csv[600];

	for (size_t i = 0; i < n; i++) {
		snprintf(csv, sizeof(csv), "%s;other\n\"%s\";x\n", header,
		    rows[i].cell);
		if ((int)truth_with(fields, rows[i].condition, csv)
		    != rows[i].truth)
			fail_msg("%s of '%s' is not %d", rows[i].condition,
			    rows[i].cell, rows[i].truth);
	}
}

#define CHECK(fields, header, rows)                                            \
	check_rows(fields, header, rows, sizeof(rows) / sizeof((rows)[0]))

static void
numbers(void **state)
{
	static const struct row rows[] = {
		{ "{connections: {ge: 300}}", "300", T },
		{ "{connections: {ge: 300}}", "299", F },
		{ "{connections: {ge: 300}}", "299,99", F },
		{ "{connections: {gt: 300}}", "300", F },
		{ "{connections: {gt: 300}}", "300.01", T },
		{ "{connections: {lt: 300}}", "299", T },
		{ "{connections: {lt: 300}}", "300", F },
		{ "{connections: {le: 300}}", "300", T },
		{ "{connections: 12}", "12.0", T },
		{ "{connections: {ne: 12}}", "13", T },
		{ "{connections: {ne: 12}}", "12", F },
		{ "{connections: {ne: 12}}", "", U },
		{ "{connections: {in: [1, 2, 4, 5, 9, 11]}}", "4", T },
		{ "{connections: {in: [1, 2, 4, 5, 9, 11]}}", "3", F },
		{ "{connections: {not_in: [1, 2]}}", "3", T },
		{ "{connections: {between: [10, 20]}}", "20", T },
		{ "{connections: {between: [10, 20]}}", "20.5", F },
		{ "{connections: {between: [10, null]}}", "99999", T },
		{ "{connections: {between: [null, 10]}}", "-5", T },
		{ "{connections: {ge: 300}}", "abc", U },
		{ "{connections: {ge: 300}}", "n/a", U },
		{ "{connections: {ge: 300}}", "1 234", T },
		{ "{connections: {ge: -3}}", "-2", T },
	};

	(void)state;
	CHECK(NULL, "connections", rows);
}

static void
amounts_and_shares(void **state)
{
	static const struct row rows[] = {
		{ "{turnover: {ge: 2 M€}}", "2 000 000,00 €", T },
		{ "{turnover: {ge: 2 M€}}", "1 999 999,99 €", F },
		{ "{turnover: {ge: 2 M€}}", "[ND]", U },
		{ "{turnover: {ge: 2 M€, missing: pass}}", "[ND]", T },
		{ "{turnover: {ge: 2 M€, missing: fail}}", "[ND]", F },
		{ "{not: {turnover: {ge: 2 M€, missing: fail}}}", "[ND]", T },
		{ "{not: {turnover: {ge: 2 M€}}}", "[ND]", U },
		{ "{turnover: {ge: 2 M€, missing: pass}}", "none", T },
		{ "{turnover: {lt: 850 K€}}", "0", T },
		{ "{turnover: {between: [1 M€, 2 M€]}}", "1,5 M€", T },
		{ "turnover >= 2M€", "3 M€", T },
	};
	static const struct row percent[] = {
		{ "{share: {ge: 10 %}}", "10,0 %", T },
		{ "{share: {ge: 10 %}}", "9,99", F },
	};

	(void)state;
	CHECK(NULL, "CA", rows);
	CHECK("share: {type: percent}", "share", percent);
}

static void
dates(void **state)
{
	static const struct row rows[] = {
		{ "{created: {before: 2020-01-01}}", "2019-12-31", T },
		{ "{created: {before: 2020-01-01}}", "01/01/2020", F },
		{ "{created: {before: 2020-06-15}}", "2020-06", U },
		{ "{created: {before: 2020-06-15}}", "2020-05", T },
		{ "{created: {before: 2020-06-15}}", "2020", U },
		{ "{created: {after: 2020}}", "2020-12-31", F },
		{ "{created: {after: 2020}}", "2021-01-01", T },
		{ "{created: {ge: 2020}}", "2020-01-01", T },
		{ "{created: {le: 2020-01}}", "2020-01-31", T },
		{ "{created: {on: 2020-01}}", "2020-01-31", T },
		{ "{created: {on: 2020-01}}", "2020", U },
		{ "{created: 2020}", "2020-07", T },
		{ "{created: {ne: 2020}}", "2020-07", F },
		{ "{created: {between: [2019-03, 2019-04-10]}}", "2019-04-10",
		    T },
		{ "{created: {between: [2019-03, 2019-04-10]}}", "2019-04-11",
		    F },
		{ "{created: {older_than: 3 years}}", "2023-11-22", T },
		{ "{created: {older_than: 3 years}}", "2023-11-23", F },
		{ "{created: {within: 3 years}}", "2023-11-23", T },
		{ "{created: {within: 3 years}}", "2026-11-24", F },
		{ "{created: {within: 90 days}}", "2026-11", U },
		{ "{created: {within: 90 days}}", "2026-10", T },
		{ "{created: {next: 1 month}}", "2026-12-23", T },
		{ "{created: {next: 1 month}}", "2026-12-24", F },
		{ "{created: {this_month: true}}", "2026-11-01", T },
		{ "{created: {last_month: true}}", "2026-10-31", T },
		{ "{created: {last_month: false}}", "2026-10-31", F },
		{ "{created: {last_quarter: true}}", "2026-07-01", T },
		{ "{created: {last_quarter: true}}", "2026-10-01", F },
		{ "{created: {this_quarter: true}}", "2026-10-01", T },
		{ "{created: {last_year: true}}", "2025", T },
		{ "{created: {this_year: true}}", "2025-12-31", F },
		{ "{created: {on: last_week}}", "2026-11-22", T },
		{ "{created: {after: last_year}}", "2026-01-01", T },
		{ "created last_year", "2025-05-05", T },
		{ "{created: {before: 2020}}", "1900-01-01", U },
		{ "{created: {before: 2020}}", "1900-01-02", T },
		{ "{created: {empty: true}}", "1900-01-01", T },
		{ "{created: {before: 2020}}", "31/02/2019", U },
		{ "{age: {ge: 3}}", "2023-11-23", T },
		{ "{age: {ge: 3}}", "2023-11-24", F },
		{ "{age: 2}", "2023-11-24", T },
		{ "{age: {ge: 3}}", "2023", U },
		{ "{age: {le: 3}}", "2023", T },
		{ "{age: {ge: 0}}", "2027-01-01", U },
	};

	(void)state;
	CHECK(NULL, "created", rows);
}

static void
headcounts(void **state)
{
	static const struct row bands[] = {
		{ "{headcount: {between: [20, 249]}}", "12", T },
		{ "{headcount: {between: [20, 249]}}", "11", F },
		{ "{headcount: {between: [15, 30]}}", "11", T },
		{ "{headcount: {between: [15, 30], band: inside}}", "11", F },
		{ "{headcount: {between: [10, 30], band: inside}}", "11", T },
		{ "{headcount: {in: [10-14, 15-19], band: inside}}", "11", T },
		{ "{headcount: {in: [10-14, 16-19], band: inside}}", "11", F },
		{ "{headcount: {ge: 20}}", "NN", F },
		{ "{headcount: {lt: 20}}", "NN", T },
		{ "{headcount: {between: [0, 5]}}", "NN", T },
		{ "{headcount: {eq: 0}}", "NN", F },
		{ "{headcount: {ne: 0}}", "NN", T },
		{ "{headcount: {eq: 0}}", "00", T },
		{ "{headcount: NN}", "NN", T },
		{ "{headcount: NN}", "00", F },
		{ "{headcount: {in: [NN, 0]}}", "NN", T },
		{ "{headcount: {in: [NN, 0]}}", "00", T },
		{ "{headcount: {ge: 20}}", "", U },
		{ "{headcount: {ge: 20}}", "abc", U },
		{ "{headcount: {ge: 20000}}", "53", T },
		{ "{effectifs: {ge: 20}}", "21", T },
	};
	static const struct row numbers_too[] = {
		{ "{headcount: {ge: 20}}", "20 à 49 salariés", T },
		{ "{headcount: {ge: 20}}", "12", F },
		{ "{headcount: {ge: 1000}}", "1 250", T },
		{ "{headcount: {gt: 10, lt: 100}}", "50", T },
		{ "{headcount: {gt: 10, lt: 40}}", "50", F },
	};

	(void)state;
	CHECK(NULL, "trancheEffectifsUniteLegale", bands);
	CHECK(NULL, "headcount", numbers_too);
}

static void
places(void **state)
{
	static const struct row rows[] = {
		{ "{department: 69}", "69", T },
		{ "{department: 1}", "01", T },
		{ "{department: 01}", "1", T },
		{ "{department: {in: [75, 77, 92]}}", "92", T },
		{ "{department: {in: [75, 77, 92]}}", "93", F },
		{ "{department: {not_in: [75, 77, 92]}}", "93", T },
		{ "{department: {region: ile_de_france}}", "78", T },
		{ "{department: ile_de_france}", "78", T },
		{ "{department: [ile_de_france, 69]}", "69", T },
		{ "{department: 2A}", "20", U },
		{ "{department: 20}", "2B", T },
		{ "{department: 69}", "Rhône", T },
		{ "{department: Bouches-du-Rhône}", "13", T },
		{ "{department: 69}", "", U },
		{ "{department: 69}", "ZZ", U },
		{ "{département: 69}", "69", T },
		{ "department in (69,38)", "38", T },
		{ "department not in (69,38)", "38", F },
	};
	static const struct row postcodes[] = {
		{ "{department: 69}", "69003", T },
		{ "{department: 01}", "1000", T },
		{ "{department: 69}", "38000", F },
	};

	(void)state;
	CHECK(NULL, "department", rows);
	CHECK(NULL, "codePostalEtablissement", postcodes);
}

static void
activities(void **state)
{
	static const struct row rows[] = {
		{ "{naf: 62.01Z}", "6201Z", T },
		{ "{naf: 62.01Z}", "62.02A", F },
		{ "{naf: 62}", "62.02A", T },
		{ "{naf: {in: [10..33, 62]}}", "25.62B", T },
		{ "{naf: {in: [10..33, 62]}}", "33.20A", T },
		{ "{naf: {in: [10..33, 62]}}", "35.11Z", F },
		{ "{naf: {in: [40..45]}}", "43.21A", T },
		{ "{naf: {in: [40..45]}}", "46.11Z", F },
		{ "{naf: {between: [10, 33]}}", "25.62B", T },
		{ "{naf: {starts: 62.0}}", "62.01Z", T },
		{ "{naf: {prefix: [6]}}", "62.01Z", T },
		{ "{naf: {prefix: [6]}}", "70.22Z", F },
		{ "{naf: 47.1*}", "47.11F", T },
		{ "naf ^ '84'", "84.11Z", T },
		{ "not naf ^ '84'", "84.11Z", F },
		{ "{naf: 62.01Z}", "62", U },
		{ "{naf: 62}", "62", T },
		{ "{naf: 62.01Z..62.09Z}", "62.03Z", T },
		{ "{naf: 62.01Z..62.09Z}", "62.02", U },
		{ "{naf: 62.01Z}", "", U },
		{ "{naf: 62.01Z}", "abc", U },
		/* Of the other nomenclature: nobody can tell. */
		{ "{naf: 62.01Z}", "62.10Y", U },
		{ "{naf: {not_in: [62.01Z]}}", "62.10Y", U },
	};
	static const struct row sections[] = {
		{ "{naf: J}", "62.01Z", T },
		{ "{naf: J}", "61.10Z", T },
		{ "{naf: J}", "64.11Z", F },
		{ "{naf: {in: [C, 62]}}", "10.11Z", T },
		{ "[Code APE] = C", "10.11Z", T },
	};

	static const struct row of_2025[] = {
		{ "{naf: K}", "62.10Y", T },
		{ "{naf: J}", "62.10Y", F },
		{ "{naf: K}", "62.01Z", U },
		{ "{naf: K}", "62", T },
	};

	(void)state;
	CHECK(NULL, "naf", rows);
	CHECK("naf: {version: rev2}", "Code APE", sections);
	CHECK("naf: {version: 2025}", "naf", of_2025);
}

/* A site's nomenclature says nothing about the code of the company. */
static void
a_nomenclature_is_of_its_own_code(void **state)
{
	(void)state;
	assert_int_equal(truth_with(NULL, "{naf: 62.01Z}",
			     "activitePrincipaleUniteLegale,"
			     "nomenclatureActivitePrincipaleEtablissement\n"
			     "62.01Z,NAP\n"),
	    T);
	assert_int_equal(truth_with(NULL, "{naf: 64}",
			     "activitePrincipaleEtablissement,"
			     "nomenclatureActivitePrincipaleUniteLegale,"
			     "nomenclatureActivitePrincipaleEtablissement\n"
			     "64.11,NAFRev2,NAP\n"),
	    U);
	assert_int_equal(truth_with(NULL, "{naf: 64}",
			     "Code APE,Nomenclature NAF\n64.11,NAP\n"),
	    U);
}

/* Two names of one column are read each by its own rules. */
static void
rules_are_of_a_name_not_of_a_column(void **state)
{
	struct bench b;
	const struct psp_test *first, *second;
	enum psp_truth truth;

	(void)state;
	bench_init(&b, "note: {type: text, absent: [inconnu]}");
	assert_true(psp_schema_add_option(b.schema, "note=Avis", &b.err));
	bench_open(&b, "Avis\ninconnu\n");
	first = psp_plan_add(
	    b.plan, bench_parse(&b, "[Avis] = inconnu"), &b.problems, &b.err);
	second = psp_plan_add(
	    b.plan, bench_parse(&b, "note = inconnu"), &b.problems, &b.err);
	bench_start(&b);
	assert_true(psp_evaluate(b.evaluation, first, &truth, &b.err));
	assert_int_equal(truth, T);
	assert_true(psp_evaluate(b.evaluation, second, &truth, &b.err));
	assert_int_equal(truth, U);
	bench_clear(&b);
}

static void
activities_of_two_columns(void **state)
{
	static const char old[] = "activitePrincipaleUniteLegale,"
				  "nomenclatureActivitePrincipaleUniteLegale,"
				  "activitePrincipaleNAF25UniteLegale\n";
	static const struct {
		const char *condition;
		const char *cells;
		int truth;
	} rows[] = {
		{ "{naf: 62.01Z}", "62.01Z,NAFRev2,62.10Y", T },
		{ "{naf: 62.10Y}", "62.01Z,NAFRev2,62.10Y", T },
		{ "{naf: [62.02A, 62.10Y]}", "62.01Z,NAFRev2,62.10Y", T },
		{ "{naf: [62.02A, 63.10Y]}", "62.01Z,NAFRev2,62.10Y", F },
		{ "{naf: {not_in: [62.02A, 62.10Y]}}", "62.01Z,NAFRev2,62.10Y",
		    F },
		{ "{naf: {not_in: [62.02A, 62.10Y]}}", "62.01Z,NAFRev2,62.20G",
		    T },
		{ "{naf: [70, 62.10Y]}", "62.01Z,NAFRev2,70.10Y", F },
		{ "{naf: [63.10Y]}", "62.01Z,NAFRev2,63", U },
		{ "{naf: 62}", "62.0A,NAFRev1,", U },
		{ "{naf: 64}", "64.11,NAP,", U },
		{ "{naf: {in: [64], missing: fail}}", "64.11,NAP,", F },
		{ "{naf: {in: [62.10Y, 64], missing: pass}}", "64.11,NAP,", T },
	};
	char csv[400];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		snprintf(csv, sizeof(csv), "%s%s\n", old, rows[i].cells);
		if ((int)truth_with(NULL, rows[i].condition, csv)
		    != rows[i].truth)
			fail_msg("%s of %s", rows[i].condition, rows[i].cells);
	}
}

static void
legal_forms(void **state)
{
	static const struct row rows[] = {
		{ "{legal_form: 57}", "5710", T },
		{ "{legal_form: SAS}", "5710", T },
		{ "{legal_form: [SARL, SAS]}", "5499", T },
		{ "{legal_form: {starts: ['1']}}", "1000", T },
		{ "{not: {legal_form: {starts: ['1']}}}", "5710", T },
		{ "{legal_form: 5499}", "5400", U },
		{ "{legal_form: 54}", "5400", T },
		{ "{legal_form: {not_in: [54]}}", "5400", F },
		{ "{legal_form: EURL}", "EURL", T },
		{ "{legal_form: EURL}", "5499", U },
		{ "{legal_form: EURL}", "SAS", F },
		{ "{legal_form: {not_in: [EURL, SASU]}}", "SARL", U },
		{ "{legal_form: {not_in: [EURL, SASU]}}", "SASU", F },
		{ "{legal_form: 5498}", "5498", T },
		{ "{legal_form: 57}", "S.A.R.L.", F },
		{ "{legal_form: 57}", "", U },
	};

	(void)state;
	CHECK(NULL, "legal_form", rows);
}

static void
texts(void **state)
{
	static const struct row rows[] = {
		{ "{name: Été}", " ETE ", T },
		{ "{name: {in: [a, b, c, d, e, f]}}", "F", T },
		{ "{name: {in: [a, b, c, d, e, f]}}", "g", F },
		{ "{name: {contains: froid}}", "Chaîne du FROID", T },
		{ "{name: {contains: [x, chaine]}}", "Chaîne du FROID", T },
		{ "{name: {contains: zz}}", "Chaîne du FROID", F },
		{ "{name: {starts: 'chaine '}}", "Chaîne du FROID", T },
		{ "{name: {ends: froid}}", "Chaîne du FROID", T },
		{ "{name: {ends: chaine}}", "Chaîne du FROID", F },
		{ "{name: {contains: x}}", "", U },
		{ "{name: {empty: true}}", "", T },
		{ "{name: {empty: true}}", "nc", T },
		{ "{name: {empty: false}}", "abc", T },
		{ "{name: {not_empty: true}}", "--", F },
		{ "{name: {not_empty: false}}", "--", T },
		{ "{name: not_empty}", "x", T },
		{ "{name: not_empty}", "--", F },
		{ "{name: empty}", "--", T },
		{ "{name: 'empty'}", "empty", T },
		{ "{name: 'empty'}", "", U },
		{ "{not: {name: empty}}", "x", T },
		{ "{name: {matches: '^bou(langerie|cherie)\\b'}}",
		    "BOUCHERIE Dupré", T },
		{ "{name: {matches: 'dupré$'}}", "boucherie DUPRE", T },
		{ "{name: {matches: '\\d{3}'}}", "a12", F },
		{ "name ~ \"^s\\S+$\"", "Société", T },
		{ "{name: {matches: '(a+)+$'}}",
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", U },
		{ "{name: {eq: {column: other}}}", "X", T },
		{ "{name: {eq: {column: other}}}", "y", F },
		{ "{name: {ne: {column: other}}}", "", U },
	};
	static const struct row codes[] = {
		{ "{ref: ab12}", "AB 12", T },
		{ "{ref: {prefix: A}}", "ab12", T },
		{ "{ref: {ends: 12}}", "ab 12", T },
	};
	static const struct row untyped[] = {
		{ "{ref: '06'}", "06", T },
		{ "{ref: '06'}", "6", F },
		{ "{ref: 06}", "06", T },
		{ "{ref: 06}", "6", F },
		{ "{ref: 6}", "06", T },
		{ "{ref: true}", "oui", T },
		{ "{ref: [6, x]}", "X", T },
		{ "{ref: 2024-01-31}", "31/01/2024", T },
		{ "{ref: {ge: 10 %}}", "12 %", T },
		{ "{ref: {ge: 2 k€}}", "2 500 €", T },
	};

	(void)state;
	CHECK(NULL, "name", rows);
	CHECK("ref: {type: code}", "ref", codes);
	CHECK(NULL, "ref", untyped);
}

static void
identifiers(void **state)
{
	static const struct row siren[] = {
		{ "{siren: 732829320}", "732 829 320", T },
		{ "{siren: 732829320}", "552100554", F },
		{ "{siren: {starts: '732'}}", "732829320", T },
		{ "{siren: 732829320}", "12", U },
	};
	static const struct row siret[] = {
		{ "{siren: 732829320}", "732 829 320 00074", T },
		{ "{siret: 73282932000074}", "732 829 320 00074", T },
	};
	static const struct row phone[] = {
		{ "{phone: 01 99 00 12 34}", "+33199001234", T },
		{ "{phone: {starts: '01'}}", "01.99.00.12.34", T },
	};
	static const struct row email[] = {
		{ "{email: A@Example.org}", " a@example.org", T },
		{ "{email: {ends: .ORG}}", "a@example.org", T },
		{ "{email: a@example.org}", "nobody", U },
	};

	(void)state;
	CHECK(NULL, "siren", siren);
	CHECK(NULL, "siret", siret);
	CHECK(NULL, "phone", phone);
	CHECK(NULL, "email", email);
}

static void
sets(void **state)
{
	static const struct row rows[] = {
		{ "{tags: vip}", "VIP|relance", T },
		{ "{tags: {any_of: [x, relance]}}", "vip|relance", T },
		{ "{tags: {all_of: [vip, relance]}}", "relance|vip|x", T },
		{ "{tags: {all_of: [vip, relance]}}", "relance", F },
		{ "{tags: {none_of: [vip]}}", "relance", T },
		{ "{tags: {none_of: [vip]}}", "", U },
		{ "{tags: {contains: vip}}", "vip, x", T },
		{ "{tags: {count: 2}}", "a|b", T },
		{ "{tags: {count: {ge: 2, lt: 4}}}", "a|b|c", T },
		{ "{tags: {count: {ge: 2}}}", "a", F },
		{ "{tags: {count: {ge: 2}}}", "", U },
		{ "tags count >= 2", "a|b", T },
		{ "tags any_of (a, z)", "b|z", T },
		{ "{tags: {any_of: [a, b, c, d, e, f]}}", "x|F", T },
	};
	static const struct row untyped[] = {
		{ "{marks: {any_of: [été]}}", "ETE|hiver", T },
		{ "{marks: {count: 2}}", "ETE|hiver", T },
	};

	(void)state;
	CHECK("tags: {type: set}", "tags", rows);
	CHECK(NULL, "marks", untyped);
}

static void
booleans_and_their_like(void **state)
{
	static const struct row flags[] = {
		{ "{client: true}", "Oui", T },
		{ "{client: true}", "0", F },
		{ "{client: false}", "N", T },
		{ "{client: {ne: true}}", "non", T },
		{ "{client: true}", "peut-être", U },
		{ "client = oui", "vrai", T },
	};
	static const struct row listed[] = {
		{ "{listed: true}", "Euronext Paris", T },
		{ "{listed: true}", "non", F },
		{ "{listed: true}", "Non cotée en bourse", F },
		{ "{listed: true}", "not listed", F },
		{ "{listed: true}", "Non renseigné", U },
		{ "{listed: true}", "Unlisted", F },
		{ "{listed: true}", "Aucune", F },
		{ "{listed: true}", "Private", F },
		{ "{listed: true}", "Nonesuch Exchange", T },
		/* A mark of credit is no market. */
		{ "{listed: true}", "C3", U },
		{ "{listed: true}", "G4+", U },
		{ "{listed: true}", "?", U },
		{ "{listed: false}", "FR0000120271", F },
		{ "{listed: euronext paris}", "Euronext Paris", T },
		{ "{listed: euronext paris}", "oui", U },
		{ "{listed: euronext paris}", "non", F },
		/* Quotes make no market of a truth value. */
		{ "{listed: \"oui\"}", "Euronext Paris", T },
		{ "{listed: {ne: 'non'}}", "non", F },
		{ "{listed: 'no'}", "non", T },
		{ "listed = \"vrai\"", "oui", T },
	};
	static const struct row sites[] = {
		{ "{site_type: siège}", "Siège social", T },
		{ "{site_type: siege}", "true", T },
		{ "{site_type: secondaire}", "false", T },
		{ "{site_type: [siege, principal]}", "secondaire", F },
	};
	static const struct row abroad[] = {
		{ "{international: true}", "3", T },
		{ "{international: true}", "non", F },
		{ "{international: true}", "DE|IT", T },
		{ "{international: true}", "Aucun", F },
		{ "{international: true}", "Non communiqué", U },
		{ "{international: true}", "néant", F },
		/* Home is not abroad. */
		{ "{international: true}", "France", F },
		{ "{international: true}", "France, Italie", T },
		{ "{international: {ge: 2}}", "FR|IT", F },
		{ "{international: [France]}", "France, Italie", T },
		{ "{international: [NO]}", "NO, DE", T },
		{ "{international: {ge: 2}}", "DE|IT", T },
		{ "{international: {ge: 2}}", "oui", U },
		{ "{international: {gt: 0}}", "oui", T },
		{ "{international: [DE, NO]}", "IT|NO", T },
		{ "{international: [DE, NO]}", "IT", F },
		{ "{international: [DE, NO]}", "4", U },
		{ "{international: [DE, NO]}", "0", F },
		{ "{international: {all_of: [DE, IT]}}", "IT|DE|ES", T },
		{ "{international: 'oui'}", "DE|IT", T },
		{ "{international: \"true\"}", "non", F },
		{ "{international: [oui]}", "3", T },
		{ "{international: no}", "0", T },
		{ "{international: 'NO'}", "IT|NO", T },
	};
	static const struct row digital[] = {
		{ "{digital_presence: {ge: 50}}", "60", T },
		{ "{digital_presence: {ge: 50}}", "site|shop", U },
		{ "{digital_presence: {gt: 0}}", "site|shop", T },
		{ "{digital_presence: {any_of: [shop]}}", "site|shop", T },
		{ "{digital_presence: {any_of: [shop]}}", "60", U },
		{ "{digital_presence: true}", "0", F },
		{ "{digital_presence: true}", "Aucune", F },
		{ "{digital_presence: {any_of: [shop]}}", "aucun", F },
	};

	(void)state;
	CHECK("client: {type: bool}", "client", flags);
	CHECK(NULL, "listed", listed);
	CHECK(NULL, "site_type", sites);
	CHECK(NULL, "international", abroad);
	CHECK(NULL, "digital_presence", digital);
}

static void
groups_follow_kleene(void **state)
{
	/* a is true, b false, c unknown. */
	static const char csv[] = "a;b;c\n1;0;\n";
	static const struct {
		const char *condition;
		int truth;
	} rows[] = {
		{ "{a: 1, b: 1}", F },
		{ "{a: 1, c: 1}", U },
		{ "{b: 1, c: 1}", F },
		{ "{c: 1, b: 1}", F },
		{ "{any: [{a: 1}, {c: 1}]}", T },
		{ "{any: [{c: 1}, {b: 1}]}", U },
		{ "{any: [{b: 1}, {b: 2}]}", F },
		{ "{all: [{a: 1}, {any: [{c: 1}, {a: 1}]}]}", T },
		{ "{not: {c: 1}}", U },
		{ "{not: {a: 1, b: 1}}", T },
		{ "{at_least: {n: 1, of: [{a: 1}, {b: 1}, {c: 1}]}}", T },
		{ "{at_least: {n: 2, of: [{a: 1}, {b: 1}, {c: 1}]}}", U },
		{ "{at_least: {n: 3, of: [{a: 1}, {b: 1}, {c: 1}]}}", F },
		{ "a = 1 and c = 1 or b = 1", U },
		{ "b = 1 and (c = 1 or a = 1)", F },
		{ "a = 1 or b = 1 and c = 1", T },
		{ "not c = 1 or a = 1", T },
		{ "not not a = 1", T },
		{ "{any: [{c: {eq: 1, missing: pass}}, {b: 1}]}", T },
		{ "{not: {c: {ne: 1, missing: pass}}}", F },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if ((int)truth_with(NULL, rows[i].condition, csv)
		    != rows[i].truth)
			fail_msg(
			    "%s is not %d", rows[i].condition, rows[i].truth);
}

static void
columns_are_compared(void **state)
{
	static const char csv[] = "turnover;profit;export_turnover;start;end\n"
				  "1 M€;200 000;0,25 M€;2024-01;2024-01-15\n";
	static const struct {
		const char *condition;
		int truth;
	} rows[] = {
		{ "{turnover: {gt: {column: profit}}}", T },
		{ "{profit: {ge: {column: turnover}}}", F },
		{ "turnover > [profit]", T },
		{ "turnover = [turnover]", T },
		{ "turnover < [turnover]", F },
		{ "turnover <= [turnover]", T },
		{ "turnover > [turnover]", F },
		{ "profit < [turnover]", T },
		{ "start < [end]", U },
		{ "{margin: {ge: 20 %}}", T },
		{ "{margin: {gt: 20 %}}", F },
		{ "{export_share: {between: [24.999, 25]}}", T },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if ((int)truth_with("{start: {type: date}, end: {type: date}}",
			rows[i].condition, csv)
		    != rows[i].truth)
			fail_msg(
			    "%s is not %d", rows[i].condition, rows[i].truth);
	assert_int_equal(
	    truth_with(NULL, "{margin: {ge: 0}}", "CA;resultat net\n0;5\n"), U);
	assert_int_equal(
	    truth_with(NULL, "{margin: {between: [66.667, 66.667]}}",
		"CA;resultat net\n3;2\n"),
	    T);
	assert_int_equal(
	    truth_with(NULL, "{margin: {between: [-66.667, -66.667]}}",
		"CA;resultat net\n3;-2\n"),
	    T);
	assert_int_equal(truth_with(NULL, "{margin: {lt: -50 %}}",
			     "CA;resultat net\n100;-51\n"),
	    T);
}

static void
keywords_are_found(void **state)
{
	static const struct {
		const char *condition;
		const char *csv;
		int truth;
	} rows[] = {
		{ "{keywords: {any: [logistique, chaîne du froid]}}",
		    "name;description\nX;La CHAINE du froid\n", T },
		{ "{keywords: [logistique]}", "name\nX\n", F },
		{ "{keywords: {all: [froid, glace]}}",
		    "name;description\nglace;froid\n", T },
		{ "{keywords: {none: [intérim]}}", "name;description\nX;\n",
		    T },
		{ "{keywords: {none: [intérim]}}",
		    "name;description\nInterim sa;\n", F },
		{ "{keywords: {none: [intérim]}}", "name;description\n;[ND]\n",
		    U },
		{ "{keywords: {any: [froid], missing: pass}}",
		    "name;description\n;\n", T },
		{ "{keywords: {any: [froid], in: [notes]}}",
		    "name;notes\nfroid;x\n", F },
		{ "{keywords: {any: [froid], none: [glace], in: notes}}",
		    "name;notes\nx;froid\n", T },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if ((int)truth_with(NULL, rows[i].condition, rows[i].csv)
		    != rows[i].truth)
			fail_msg("%s of %s", rows[i].condition, rows[i].csv);
}

static void
problems_have_a_place_and_advice(void **state)
{
	static const char csv[] = "naf;headcount;turnover;x;x\nA;B;C;D;E\n";
	static const struct {
		const char *condition;
		const char *problem;
	} rows[] = {
		{ "{headcount: {ge: beaucoup}}",
		    "1:24: 'beaucoup' is not understood: expected a headcount "
		    "such as 20, 20-49 or NN" },
		{ "{naf: {lt: 20}}",
		    "1:14: 'lt' does not apply to 'naf', a NAF code: use eq" },
		{ "{naf: J}", "1:13: section 'J' is not the same" },
		{ "{naf: 33..10}", "1:13: nothing lies between" },
		{ "{naf: 99.99X}", "1:13: '99.99X'" },
		{ "{turnover: {grater: 2}}", "1:19: unknown key 'grater'" },
		{ "{turnover: {ge: 2 Mo}}", "1:23: '2 Mo' is not understood: "
					    "expected an amount" },
		{ "{turnover: {missing: maybe}}",
		    "1:28: 'missing' takes unknown, fail or pass" },
		{ "{turnover: {missing: pass}}",
		    "1:18: 'turnover' has no operator" },
		{ "{turnover: {between: [2]}}", "1:19: 'between' of "
						"'turnover' takes two" },
		{ "{turnover: {between: [5, 2]}}", "1:29: nothing lies" },
		{ "{nothing: 12}", "1:8: " },
		{ "{x: 12}", "1:8: " },
		{ "{nothing: {count: {ge: 12}}}", "1:8: no column" },
		{ "{all: []}", "1:13: 'all' expects a list" },
		{ "{not: [naf]}", "1:13: 'not' expects one condition" },
		{ "{at_least: {n: 3, of: [{naf: 62}]}}", "1:18: 'n' of" },
		{ "{at_least: {n: 1}}", "1:" },
		{ "{signal: nothing}", "1:16: unknown signal 'nothing'" },
		{ "{signal: {distress: {within: 12 moons}}}",
		    "1:36: '12 moons' is not understood: expected a duration" },
		{ "{connections: {ge: '1,5'}}", "1:26: '1,5'" },
		{ "{created: {after: 31/02/2020}}",
		    "1:25: '31/02/2020': there is no such day" },
		{ "{name: {matches: '(a*)\\1'}}", "1:24: back-references" },
		{ "{name: {matches: '(a'}}", "1:24: the pattern is wrong" },
		{ "{name: {matches: '((a{1,255}){1,255}){1,255}'}}",
		    "1:24: nested repeats" },
		{ "{international: [2, DE]}", "1:27: 'DE': a list holds" },
		{ "{turnover: {gt: {column: naf}}}", "1:32: 'turnover' (money) "
						     "cannot be compared" },
		{ "{turnover: {gt: {columns: naf}}}",
		    "1:23: expected a value" },
		{ "{keywords: {any: []}}", "1:" },
		{ "{keywords: {any: [a]}}", "1:19: none of the columns name" },
		{ "{turnover: {count: 2}}", "1:19: 'count' is for sets" },
		{ "{turnover: '>= 2 M€'}",
		    "1:18: '>= 2 M€': the operator is a key" },
		{ "{headcount: '>=20'}", "1:19: '>=20': the operator is a" },
		{ "{turnover: {ge: '1,500'}}", "1:23: '1,500' may be" },
		{ "{sales_channel: {any_of: b2b;b2c}}",
		    "1:32: 'b2b;b2c' is more than one value" },
		{ "{headcount: [02, 03]}",
		    "1:20: '02' is a band code of INSEE" },
		{ "{headcount: {ge: 20,5}}",
		    "1:27: '5' stands behind a comma" },
		{ "{headcount: {'>=': 20}}",
		    "1:20: '>=' is written 'ge' here" },
		{ "{tous: [{naf: 62}]}", "1:15: expected a value of 'tous', "
					 "found a map; conditions are joined" },
		{ "{department: 69, 38}", "1:24: '38' has no value; several" },
		{ "{signals: {any: [{distress: 90 days}]}}",
		    "1:35: expected limits such as {within: 90 days}" },
		{ "{legal_form: 5711}", "1:20: '5711' is not in the list" },
		{ "{legal_form: {between: [10, 20]}}", "1:21: legal forms" },
		{ "{created: {empty: maybe}}", "1:25: " },
		{ "{}", "1:7: empty condition" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_problem(NULL, rows[i].condition, csv, rows[i].problem);
	check_problem("x: {type: number, scale: [0, 20]}", "{x: {lt: 60}}",
	    "x\n1\n", "1:16: '60' is outside the scale");
}

static void
all_problems_come_at_once(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b, NULL);
	assert_null(bench_parse(
	    &b, "{turnover: {ge: x}, naf: {gt: 1}, any: [{created: y}]}"));
	assert_int_equal(b.problems.n, 3);
	bench_clear(&b);
	bench_init(&b, NULL);
	bench_open(&b, "a;b\n1;2\n");
	assert_null(psp_plan_add(b.plan,
	    bench_parse(&b, "{turnover: {ge: 1}, naf: 62, a: 1}"), &b.problems,
	    &b.err));
	assert_int_equal(b.problems.n, 2);
	bench_clear(&b);
}

static void
cells_not_understood_are_counted_once(void **state)
{
	struct bench b, c;
	const struct psp_test *test;
	const struct psp_tally *tally;
	enum psp_truth truth;

	(void)state;
	bench_init(&b, NULL);
	bench_open(&b, "siren;headcount\n1;12\n2;abc\n3;\n4;x\ty\n");
	test = psp_plan_add(b.plan,
	    bench_parse(&b, "{any: [{headcount: {lt: 5}}, {headcount: {gt: "
			    "50}}, {headcount: 7}]}"),
	    &b.problems, &b.err);
	assert_non_null(test);
	bench_start(&b);
	for (size_t i = 0; i < b.batch->n_spans; i++) {
		psp_record_seek(&b.record, i);
		psp_evaluation_seek(b.evaluation, &b.record);
		assert_true(psp_evaluate(b.evaluation, test, &truth, &b.err));
		assert_int_equal(truth, i == 0 ? F : U);
	}
	assert_int_equal(psp_plan_n_fields(b.plan), 1);
	tally = psp_evaluation_tally(b.evaluation, 0);
	assert_int_equal(tally->n_unread, 2);
	assert_int_equal(tally->line, 3);
	assert_int_equal(tally->record_number, 2);
	assert_string_equal(tally->text, "abc");

	/* Merged in input order, the first place is that of the first part. */
	memset(&c, 0, sizeof(c));
	c.evaluation = psp_evaluation_new(b.plan, NULL, &b.err);
	assert_non_null(c.evaluation);
	psp_record_seek(&b.record, 3);
	psp_evaluation_seek(c.evaluation, &b.record);
	assert_true(psp_evaluate(c.evaluation, test, &truth, &b.err));
	psp_evaluation_merge(c.evaluation, b.evaluation);
	tally = psp_evaluation_tally(c.evaluation, 0);
	assert_int_equal(tally->n_unread, 3);
	assert_string_equal(tally->text, "x\\x09y");
	psp_evaluation_free(c.evaluation);
	bench_clear(&b);
}

/* A match given up gives its place up to a cell that is not understood. */
static void
limits_are_counted_apart(void **state)
{
	static const char csv[] =
	    "email\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.org\nnobody\n";
	const struct psp_test *test;
	const struct psp_tally *tally;
	enum psp_truth truth;
	struct bench b;

	(void)state;
	bench_init(&b, NULL);
	bench_open(&b, csv);
	test = psp_plan_add(b.plan,
	    bench_parse(&b, "{email: {matches: '^(a|aa)+$'}}"), &b.problems,
	    &b.err);
	assert_non_null(test);
	bench_start(&b);
	assert_true(psp_evaluate(b.evaluation, test, &truth, &b.err));
	assert_int_equal(truth, U);
	tally = psp_evaluation_tally(b.evaluation, 0);
	assert_int_equal(tally->n_limits, 1);
	assert_int_equal(tally->n_unread, 0);
	assert_int_equal(tally->line, 2);
	psp_record_seek(&b.record, 1);
	psp_evaluation_seek(b.evaluation, &b.record);
	assert_true(psp_evaluate(b.evaluation, test, &truth, &b.err));
	assert_int_equal(tally->n_unread, 1);
	assert_int_equal(tally->line, 3);
	assert_string_equal(tally->text, "nobody");
	bench_clear(&b);
}

/* An amount at the end of what a number can hold has nothing over it. */
static void
bounds_of_numbers_hold(void **state)
{
	static const struct row rows[] = {
		{ "{turnover: {gt: 92233720368547758.07}}",
		    "92233720368547758.07", F },
		{ "{turnover: {ge: 92233720368547758.07}}",
		    "92233720368547758.07", T },
		{ "{turnover: {lt: 92233720368547758.07}}",
		    "92233720368547758.06", T },
		{ "{turnover: {gt: 92233720368547758.08}}", "1", -1 },
	};

	(void)state;
	check_rows(NULL, "turnover", rows, 3);
	check_problem(NULL, rows[3].condition, "turnover\n1\n",
	    "1:23: '92233720368547758.08' is not understood");
}

static void
values_are_offered(void **state)
{
	static const struct psp_place place = { "t", 1, 1 };
	static const struct psp_virtual_field virtuals[] = { { { "score", 5 },
	    PSP_TYPE_NUMBER } };
	struct psp_value supplied = { .state = PSP_VALUE_READ,
		.first = 70 * PSP_NUMBER_SCALE,
		.last = 70 * PSP_NUMBER_SCALE };
	const struct psp_value *value;
	const struct psp_test *test;
	enum psp_truth truth;
	struct bench b;
	size_t field;

	(void)state;
	bench_init(&b, NULL);
	b.rules.virtuals = virtuals;
	b.rules.n_virtuals = 1;
	bench_open(&b, "trancheEffectifsUniteLegale;function;score\n"
		       "11;Gérant;3\n");
	assert_true(psp_plan_add_field(b.plan, psp_slice_of("headcount"),
	    PSP_TYPE_NONE, place, &field, &b.problems, &b.err));
	test = psp_plan_add(
	    b.plan, bench_parse(&b, "{score: {ge: 70}}"), &b.problems, &b.err);
	assert_non_null(test);
	bench_start(&b);
	assert_true(psp_field_value(b.evaluation, field, &value, &b.err));
	assert_int_equal(value->state, PSP_VALUE_READ);
	assert_int_equal(psp_value_number(PSP_TYPE_HEADCOUNT, value), 14);
	assert_true(psp_slice_is(psp_field_text(b.evaluation, field), "11"));

	/* Without a value a virtual field is absent. */
	assert_true(psp_evaluate(b.evaluation, test, &truth, &b.err));
	assert_int_equal(truth, U);
	psp_evaluation_supply(b.evaluation, 0, &supplied);
	assert_true(psp_evaluate(b.evaluation, test, &truth, &b.err));
	assert_int_equal(truth, T);
	psp_evaluation_seek(b.evaluation, &b.record);
	assert_true(psp_evaluate(b.evaluation, test, &truth, &b.err));
	assert_int_equal(truth, U);
	bench_clear(&b);
}

static void
columns_are_named_by_the_user(void **state)
{
	const struct psp_test *test;
	enum psp_truth truth;
	struct bench b;

	(void)state;
	bench_init(&b, NULL);
	assert_true(
	    psp_schema_add_option(b.schema, "turnover=Montant", &b.err));
	bench_open(&b, "Montant\n3 M€\n");
	test = psp_plan_add(b.plan,
	    bench_parse(&b, "{turnover: {between: [2 M€, 4 M€]}}"), &b.problems,
	    &b.err);
	assert_non_null(test);
	bench_start(&b);
	assert_true(psp_evaluate(b.evaluation, test, &truth, &b.err));
	assert_int_equal(truth, T);
	bench_clear(&b);
}

static void
the_type_of_the_column_counts(void **state)
{
	static const char fields[] = "{x: {type: money}}";

	(void)state;
	assert_int_equal(truth_with(fields, "{x: {ge: 2000}}", "x\n2 k€\n"), T);
	assert_int_equal(truth_with(fields, "{x: {ge: {column: CA}}}",
			     "x;CA\n2 k€;1999,99\n"),
	    T);
	assert_int_equal(
	    truth_with(NULL, "{CA: {ge: 2000}}", "turnover\n2 k€\n"), T);
}

static void
fields_say_what_is_absent_and_possible(void **state)
{
	static const char fields[] =
	    "{note: {type: number, scale: [0, 20], absent: [inconnu]}}";

	(void)state;
	assert_int_equal(
	    truth_with(fields, "{note: {empty: true}}", "note\nInconnu\n"), T);
	assert_int_equal(
	    truth_with(fields, "{note: {ge: 0}}", "note\ninconnu\n"), U);
	assert_int_equal(
	    truth_with(fields, "{note: {ge: 0}}", "note\n21\n"), U);
	assert_int_equal(
	    truth_with(fields, "{note: {ge: 0}}", "note\n20\n"), T);
}

static void
conditions_describe_themselves(void **state)
{
	static const struct {
		const char *condition;
		const char *text;
	} rows[] = {
		{ "{naf: 62}", "naf" },
		{ "{naf: {in: [62], label: Numérique}}", "Numérique" },
		{ "{naf: 62, label: Numérique}", "Numérique" },
		{ "{turnover: {ge: 1, lt: 2}}", "turnover" },
		{ "{any: [{naf: 62}, {not: {department: 69}}]}",
		    "(naf or not (department))" },
		{ "{signal: {distress: {within: 12 months}}}",
		    "signal distress" },
	};
	struct psp_condition *condition;
	struct psp_buffer text;
	struct bench b;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bench_init(&b, NULL);
		psp_buffer_init(&text);
		condition = bench_parse(&b, rows[i].condition);
		assert_non_null(condition);
		assert_true(psp_condition_describe(condition, &text, &b.err)
			    && psp_buffer_put(&text, '\0', &b.err));
		assert_string_equal(text.bytes, rows[i].text);
		psp_buffer_clear(&text);
		bench_clear(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(amounts_and_shares),
		cmocka_unit_test(dates),
		cmocka_unit_test(headcounts),
		cmocka_unit_test(places),
		cmocka_unit_test(activities),
		cmocka_unit_test(a_nomenclature_is_of_its_own_code),
		cmocka_unit_test(rules_are_of_a_name_not_of_a_column),
		cmocka_unit_test(activities_of_two_columns),
		cmocka_unit_test(legal_forms),
		cmocka_unit_test(texts),
		cmocka_unit_test(identifiers),
		cmocka_unit_test(sets),
		cmocka_unit_test(booleans_and_their_like),
		cmocka_unit_test(groups_follow_kleene),
		cmocka_unit_test(columns_are_compared),
		cmocka_unit_test(keywords_are_found),
		cmocka_unit_test(problems_have_a_place_and_advice),
		cmocka_unit_test(all_problems_come_at_once),
		cmocka_unit_test(cells_not_understood_are_counted_once),
		cmocka_unit_test(limits_are_counted_apart),
		cmocka_unit_test(bounds_of_numbers_hold),
		cmocka_unit_test(values_are_offered),
		cmocka_unit_test(columns_are_named_by_the_user),
		cmocka_unit_test(the_type_of_the_column_counts),
		cmocka_unit_test(fields_say_what_is_absent_and_possible),
		cmocka_unit_test(conditions_describe_themselves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
