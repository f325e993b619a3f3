/* period: what people say of time, seen from Monday 23 November 2026. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/base/calendar.h"
#include "libprospect/values/period.h"

#define DEBUT                                                                  \
	"d\xC3\xA9"                                                            \
	"but"
#define FEVRIER "f\xC3\xA9vrier"
#define ANNEE                                                                  \
	"ann\xC3\xA9"                                                          \
	"e"
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void
check(const char *cell, int32_t today, const char *first, const char *last)
{
	struct psp_days days;
	char found_first[16], found_last[16];

	if (!psp_period_read(psp_slice_of(cell), today, &days))
		fail_msg("'%s' is not understood", cell);
	psp_date_format(days.first, found_first);
	psp_date_format(days.last, found_last);
	if (strcmp(found_first, first) != 0 || strcmp(found_last, last) != 0)
		fail_msg("'%s' is %s..%s", cell, found_first, found_last);
}

static void
periods_are_read(void **state)
{
	static const struct {
		const char *cell, *first, *last;
	} cases[] = {
		{ "1er trimestre 2027", "2027-01-01", "2027-03-31" },
		{ "au 1er trimestre", "2027-01-01", "2027-03-31" },
		{ "premier trimestre", "2027-01-01", "2027-03-31" },
		{ "4e trimestre", "2026-10-01", "2026-12-31" },
		{ "trimestre 2", "2027-04-01", "2027-06-30" },
		{ "T1 2027", "2027-01-01", "2027-03-31" },
		{ "T1-2027", "2027-01-01", "2027-03-31" },
		{ "2027-Q1", "2027-01-01", "2027-03-31" },
		{ "Q1 2027", "2027-01-01", "2027-03-31" },
		{ "T4", "2026-10-01", "2026-12-31" },
		{ "Q3", "2027-07-01", "2027-09-30" },
		{ "3rd quarter of 2028", "2028-07-01", "2028-09-30" },
		{ "S1 2027", "2027-01-01", "2027-06-30" },
		{ "S1", "2027-01-01", "2027-06-30" },
		{ "2e semestre", "2026-07-01", "2026-12-31" },
		{ "second half of 2027", "2027-07-01", "2027-12-31" },
		{ FEVRIER " prochain", "2027-02-01", "2027-02-28" },
		{ "en " FEVRIER, "2027-02-01", "2027-02-28" },
		{ "next February", "2027-02-01", "2027-02-28" },
		{ "in February 2028", "2028-02-01", "2028-02-29" },
		{ "novembre", "2026-11-01", "2026-11-30" },
		{ "novembre prochain", "2027-11-01", "2027-11-30" },
		{ "mois de mars", "2027-03-01", "2027-03-31" },
		{ "courant mars", "2027-03-01", "2027-03-31" },
		{ "fin novembre", "2026-11-21", "2026-11-30" },
		{ "fin " FEVRIER " 2028", "2028-02-21", "2028-02-29" },
		{ "end of March", "2027-03-21", "2027-03-31" },
		{ "mi-mars", "2027-03-11", "2027-03-20" },
		{ "mid-March 2027", "2027-03-11", "2027-03-20" },
		{ "mi-novembre", "2027-11-11", "2027-11-20" },
		{ DEBUT " d"
			"\xC3\xA9"
			"cembre",
		    "2026-12-01", "2026-12-10" },
		{ DEBUT " 2027", "2027-01-01", "2027-03-31" },
		{ "mi-2027", "2027-04-01", "2027-09-30" },
		{ "fin 2027", "2027-10-01", "2027-12-31" },
		{ "fin d'" ANNEE, "2026-10-01", "2026-12-31" },
		{ DEBUT " d\xE2\x80\x99" ANNEE, "2027-01-01", "2027-03-31" },
		{ "fin T1 2027", "2027-03-01", "2027-03-31" },
		{ "fin du mois", "2026-11-21", "2026-11-30" },
		{ "\xC3\xA0 la fin du mois prochain", "2026-12-21",
		    "2026-12-31" },
		{ DEBUT " du mois", "2026-12-01", "2026-12-10" },
		{ "sous 3 mois", "2026-11-23", "2027-02-23" },
		{ "within 3 months", "2026-11-23", "2027-02-23" },
		{ "within a month", "2026-11-23", "2026-12-23" },
		{ "sous quinze jours", "2026-11-23", "2026-12-08" },
		{ "sous 2 semaines", "2026-11-23", "2026-12-07" },
		{ "d'ici 1 an", "2026-11-23", "2027-11-23" },
		{ "d'ici fin mars", "2026-11-23", "2027-03-31" },
		{ "dans les 3 prochains mois", "2026-11-23", "2027-02-23" },
		{ "next 90 days", "2026-11-23", "2027-02-21" },
		{ "dans 3 mois", "2027-02-01", "2027-02-28" },
		{ "in 2 days", "2026-11-25", "2026-11-25" },
		{ "next month", "2026-12-01", "2026-12-31" },
		{ "le mois prochain", "2026-12-01", "2026-12-31" },
		{ "ce mois-ci", "2026-11-01", "2026-11-30" },
		{ "mois en cours", "2026-11-01", "2026-11-30" },
		{ "mois dernier", "2026-10-01", "2026-10-31" },
		{ "cette " ANNEE, "2026-01-01", "2026-12-31" },
		{ "l'" ANNEE " prochaine", "2027-01-01", "2027-12-31" },
		{ "l'an prochain", "2027-01-01", "2027-12-31" },
		{ "mars de l'an prochain", "2027-03-01", "2027-03-31" },
		{ "d\xC3\xA9"
		  "cembre de l'" ANNEE " prochaine",
		    "2027-12-01", "2027-12-31" },
		{ "last year", "2025-01-01", "2025-12-31" },
		{ "trimestre prochain", "2027-01-01", "2027-03-31" },
		{ "this quarter", "2026-10-01", "2026-12-31" },
		{ "cette semaine", "2026-11-23", "2026-11-29" },
		{ "semaine prochaine", "2026-11-30", "2026-12-06" },
		{ "last week", "2026-11-16", "2026-11-22" },
		{ "demain", "2026-11-24", "2026-11-24" },
		{ "aujourd'hui", "2026-11-23", "2026-11-23" },
		{ "15 mars", "2027-03-15", "2027-03-15" },
		{ "le 1er mars", "2027-03-01", "2027-03-01" },
		{ "March 15th", "2027-03-15", "2027-03-15" },
		{ "23 novembre", "2026-11-23", "2026-11-23" },
		{ "23 novembre prochain", "2027-11-23", "2027-11-23" },
		{ "29 " FEVRIER, "2028-02-29", "2028-02-29" },
		{ "2027", "2027-01-01", "2027-12-31" },
		{ ANNEE " 2027", "2027-01-01", "2027-12-31" },
		{ "15/03/2027", "2027-03-15", "2027-03-15" },
		{ "2027-03", "2027-03-01", "2027-03-31" },
	};
	int32_t today = psp_days_from_civil(2026, 11, 23);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check(cases[i].cell, today, cases[i].first, cases[i].last);
}

static void
periods_are_refused(void **state)
{
	static const char *const cells[] = { "", " ", "abc", "bientot",
		"trimestre", "mois", "T5", "T0", "S3", "Q", "5e trimestre",
		"3 trimestres", "mars avril", "mars 27", "T1 T2", "2027 2028",
		"fin", "sous", "sous mars", "3 mois", "dernier trimestre",
		"fin de semaine", "mois 2027", "semestre 2027", "31/02/2027",
		"31 avril", "0 mars", "32 mars", "1er mois 2027",
		"mars prochain 2027", "9999", "T1 1799", "T1 2101",
		"fin 1er mars", "sous 9999 mois", "sous 3 heures",
		"dans 1200 ans", "d'ici hier", "-2027", "premier mars 15", "-",
		"'" };
	int32_t today = psp_days_from_civil(2026, 11, 23);
	struct psp_days days;

	(void)state;
	for (size_t i = 0; i < COUNT(cells); i++)
		if (psp_period_read(psp_slice_of(cells[i]), today, &days))
			fail_msg("'%s' is understood", cells[i]);
}

static void
the_present_one_counts(void **state)
{
	int32_t last_day = psp_days_from_civil(2026, 12, 31);
	int32_t leap_day = psp_days_from_civil(2028, 2, 29);

	(void)state;
	check("T4", last_day, "2026-10-01", "2026-12-31");
	check("T4", last_day + 1, "2027-10-01", "2027-12-31");
	check("next month", last_day, "2027-01-01", "2027-01-31");
	check("cette semaine", last_day + 3, "2026-12-28", "2027-01-03");
	check("29 f\xC3\xA9vrier", leap_day, "2028-02-29", "2028-02-29");
	check("sous 1 an", leap_day, "2028-02-29", "2029-02-28");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(periods_are_read),
		cmocka_unit_test(periods_are_refused),
		cmocka_unit_test(the_present_one_counts),
	};

	return cmocka_run_group_tests_name("period", tests, NULL, NULL);
}
