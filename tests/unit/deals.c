/* deals/: who said what, amounts with their currencies, the order of stages,
 * and the sentences of the method. */
#include <config.h>

#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "libprospect/base/calendar.h"
#include "libprospect/deals/amount.h"
#include "libprospect/deals/dota.h"
#include "libprospect/deals/intake.h"
#include "libprospect/deals/standing.h"
#include "libprospect/stream/reader.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A stage file, and one record of a deal read by it. */
struct world {
	struct psp_settings tree;
	struct psp_schema *schema;
	struct psp_problems problems;
	struct psp_error err;
	struct psp_handbook *handbook;
	struct psp_book book;
};

static int32_t
today(void)
{
	return psp_days_from_civil(2026, 11, 23);
}

static bool
world_open(struct world *w, const char *settings)
{
	memset(w, 0, sizeof(*w));
	psp_settings_init(&w->tree);
	psp_problems_init(&w->problems);
	psp_error_init(&w->err);
	w->schema = psp_schema_new(&w->err);
	if (w->schema == NULL
	    || !psp_settings_parse(&w->tree, psp_slice_of(settings),
		"stages.yaml", &w->problems, &w->err))
		return false;
	w->handbook = psp_handbook_new(
	    w->tree.root, w->schema, today(), &w->problems, &w->err);
	psp_book_init(&w->book, w->handbook);
	return w->handbook != NULL;
}

static void
world_close(struct world *w)
{
	psp_book_clear(&w->book);
	psp_handbook_free(w->handbook);
	psp_schema_free(w->schema);
	psp_settings_clear(&w->tree);
	psp_problems_clear(&w->problems);
}

/* Reads a file of deals into the book. */
static void
read_deals(struct world *w, const char *text)
{
	char path[] = "/tmp/deals-XXXXXX";
	int fd = mkstemp(path);
	struct psp_reader_options options;
	struct psp_reader *reader;
	struct psp_record *record;
	struct psp_intake intake;
	struct psp_buffer scratch;
	int more;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	psp_reader_options_init(&options);
	reader = psp_reader_open(path, &options, &w->err);
	assert_non_null(reader);
	assert_true(
	    psp_intake_init(&intake, w->handbook, psp_reader_header(reader),
		UINT32_MAX, false, today(), &w->problems, &w->err));
	psp_buffer_init(&scratch);
	while ((more = psp_reader_next(reader, &record, &w->err)) == 1)
		assert_true(psp_intake_take(
		    &intake, record, NULL, &w->book, &scratch, &w->err));
	assert_int_equal(more, 0);
	for (size_t i = 0; i < w->book.n; i++)
		assert_true(psp_book_stage(&w->book,
		    w->book.deals[i].labels[PSP_LABEL_STAGE],
		    &w->book.deals[i].stage, &w->err));
	psp_buffer_clear(&scratch);
	psp_intake_clear(&intake);
	psp_reader_close(reader);
	unlink(path);
}

static const char small[] =
    "stages:\n"
    "  piste: {to: [projet, perdu], idle: 10 days, max_age: 1 month}\n"
    "  projet: {to: [client, perdu], probability: 0.3}\n"
    "  perdu: {lost: true}\n"
    "  client: {won: true}\n";

static void
roles_are_read_in_both_languages(void **state)
{
	static const struct {
		const char *cell;
		enum psp_role role;
	} cases[] = {
		{ "décideur", PSP_ROLE_DECISION_MAKER },
		{ "Decision_Maker", PSP_ROLE_DECISION_MAKER },
		{ "co-décideur", PSP_ROLE_CO_DECIDER },
		{ "l'assistante", PSP_ROLE_ASSISTANT },
		{ "un partenaire", PSP_ROLE_PARTNER },
		{ "une amie", PSP_ROLE_FRIEND },
		{ "article de presse", PSP_ROLE_PRESS },
		{ "prescripteur", PSP_ROLE_INFLUENCER },
		{ "Inconnu", PSP_ROLE_UNKNOWN },
	};
	enum psp_role role;

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		assert_true(psp_role_read(psp_slice_of(cases[i].cell), &role));
		assert_int_equal(role, cases[i].role);
	}
	assert_false(psp_role_read(psp_slice_of("le facteur"), &role));
	assert_false(psp_role_read(psp_slice_of(""), &role));
}

/* What the method gives as examples of leads and of projects. */
static void
sentences_of_the_method(void **state)
{
	static const char deals[] =
	    "deal;stage;source_role;decision_maker;object;time;amount\n"
	    /* An assistant: "nous en avons parlé en interne mais je ne sais
	     * pas ce que souhaite mon responsable". */
	    "assistante;piste;assistante;;formation;;\n"
	    /* A colleague: "j'ai rencontré untel, tu devrais l'appeler". */
	    "collegue;piste;collègue;M. Untel;des difficultés;;\n"
	    /* A buyer: "rappelez-moi en février prochain, nous ouvrons les
	     * consultations". */
	    "acheteur;piste;responsable achat;le responsable achat;"
	    "consultations;en février prochain;\n"
	    /* A training manager: English for 4 persons, "les budgets seront
	     * connus fin novembre". */
	    "formation;piste;responsable formation;le responsable formation;"
	    "formation en anglais pour 4 personnes;fin novembre;\n"
	    /* All is known, but from a friend: still to be verified. */
	    "ami;projet;ami;M. X;refonte;1er trimestre;10 000 €\n"
	    /* The anniversary of a contract is a time, a budget is not needed.
	     */
	    "codecideur;projet;codécideur;M. Y;renouvellement;"
	    "1er trimestre;\n"
	    /* A time that is none. */
	    "vague;projet;décideur;M. Z;étude;un jour peut-être;500 €\n";
	static const struct {
		const char *letters;
		enum psp_qualification is, said;
	} wanted[] = {
		{ "-O--", PSP_QUALIFICATION_LEAD, PSP_QUALIFICATION_LEAD },
		{ "DO--", PSP_QUALIFICATION_LEAD, PSP_QUALIFICATION_LEAD },
		{ "DOT-", PSP_QUALIFICATION_PROJECT, PSP_QUALIFICATION_LEAD },
		{ "DOT-", PSP_QUALIFICATION_PROJECT, PSP_QUALIFICATION_LEAD },
		{ "DOTA", PSP_QUALIFICATION_LEAD, PSP_QUALIFICATION_PROJECT },
		{ "DOT-", PSP_QUALIFICATION_PROJECT,
		    PSP_QUALIFICATION_PROJECT },
		{ "DO-A", PSP_QUALIFICATION_LEAD, PSP_QUALIFICATION_PROJECT },
	};
	struct world w;

	(void)state;
	assert_true(world_open(&w, small));
	read_deals(&w, deals);
	assert_int_equal(w.book.n, N_OF(wanted));
	for (size_t i = 0; i < N_OF(wanted); i++) {
		struct psp_dota dota = psp_deal_dota(&w.book, &w.book.deals[i]);

		assert_string_equal(dota.letters, wanted[i].letters);
		assert_int_equal(dota.is, wanted[i].is);
		assert_int_equal(dota.said, wanted[i].said);
	}
	assert_int_equal(
	    w.book.deals[2].decision_first, psp_days_from_civil(2027, 2, 1));
	assert_int_equal(
	    w.book.deals[2].decision_last, psp_days_from_civil(2027, 2, 28));
	assert_int_equal(
	    w.book.deals[3].decision_first, psp_days_from_civil(2026, 11, 21));
	assert_int_equal(
	    w.book.deals[3].decision_last, psp_days_from_civil(2026, 11, 30));
	assert_int_equal(w.book.unread[PSP_FACT_TIME].n, 1);
	assert_string_equal(
	    w.book.unread[PSP_FACT_TIME].text, "un jour peut-être");
	world_close(&w);
}

/* "février prochain" is the one after the day when it was said. */
static void
words_mean_what_they_meant(void **state)
{
	struct world w;

	(void)state;
	assert_true(world_open(&w, small));
	read_deals(&w,
	    "deal,stage,time,created,stage_date,last_contact,renewal\n"
	    "a,piste,février prochain,2024-01-10,2024-12-01,2025-11-01,\n"
	    "b,piste,février prochain,2024-01-10,2024-12-01,,\n"
	    "c,piste,février prochain,2024-01-10,,,\n"
	    "d,piste,,,,,2020-02-29\n"
	    "e,piste,,,,,2020-11-23\n");
	assert_int_equal(
	    w.book.deals[0].decision_first, psp_days_from_civil(2026, 2, 1));
	assert_int_equal(
	    w.book.deals[1].decision_first, psp_days_from_civil(2025, 2, 1));
	assert_int_equal(
	    w.book.deals[2].decision_first, psp_days_from_civil(2024, 2, 1));
	assert_int_equal(
	    w.book.deals[3].renewal, psp_days_from_civil(2027, 2, 28));
	assert_int_equal(w.book.deals[4].renewal, today());
	assert_true(psp_deal_has(&w.book.deals[3], PSP_FACT_TIME));
	world_close(&w);
}

static void
amounts_have_currencies(void **state)
{
	static const struct {
		const char *cell;
		int64_t cents;
		const char *currency;
	} cases[] = {
		{ "1 200,50 €", 120050, "EUR" },
		{ "EUR 1200.50", 120050, "EUR" },
		{ "$1,200.50", 120050, "USD" },
		{ "900 GBP", 90000, "GBP" },
		{ "\xC2\xA3"
		  "900",
		    90000, "GBP" },
		{ "12 k€", 1200000, "EUR" },
		{ "-50", -5000, "" },
		{ "0", 0, "" },
	};
	char currency[PSP_CURRENCY_SIZE];
	int64_t cents;

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		assert_int_equal(psp_amount_read(psp_slice_of(cases[i].cell),
				     PSP_STYLE_UNKNOWN, &cents, currency),
		    PSP_AMOUNT_READ);
		assert_int_equal(cents, cases[i].cents);
		assert_string_equal(currency, cases[i].currency);
	}
	assert_int_equal(psp_amount_read(psp_slice_of("10 € USD"),
			     PSP_STYLE_UNKNOWN, &cents, currency),
	    PSP_AMOUNT_CURRENCIES);
	assert_int_equal(psp_amount_read(psp_slice_of("dix euros"),
			     PSP_STYLE_UNKNOWN, &cents, currency),
	    PSP_AMOUNT_UNREAD);
	assert_int_equal(psp_amount_read(psp_slice_of("€"), PSP_STYLE_UNKNOWN,
			     &cents, currency),
	    PSP_AMOUNT_UNREAD);
	assert_true(psp_currency_read(psp_slice_of(" chf "), currency));
	assert_string_equal(currency, "CHF");
	assert_false(psp_currency_read(psp_slice_of("francs"), currency));
}

static void
moves_have_an_order(void **state)
{
	struct world w;
	enum { PISTE, PROJET, PERDU, CLIENT };

	(void)state;
	assert_true(world_open(&w, small));
	assert_int_equal(
	    psp_handbook_stage(w.handbook, psp_slice_of("PISTE")), PISTE);
	assert_int_equal(psp_handbook_stage(w.handbook, psp_slice_of("tiède")),
	    PSP_NO_STAGE);
	assert_int_equal(
	    psp_handbook_move(w.handbook, PISTE, PROJET), PSP_MOVE_ALLOWED);
	assert_int_equal(
	    psp_handbook_move(w.handbook, PISTE, CLIENT), PSP_MOVE_SKIP);
	assert_int_equal(
	    psp_handbook_move(w.handbook, PROJET, PISTE), PSP_MOVE_BACKWARD);
	assert_int_equal(
	    psp_handbook_move(w.handbook, PERDU, PROJET), PSP_MOVE_REOPEN);
	assert_int_equal(
	    psp_handbook_move(w.handbook, CLIENT, PERDU), PSP_MOVE_REOPEN);
	assert_int_equal(psp_handbook_severity(w.handbook, PSP_MOVE_REOPEN),
	    PSP_SEVERITY_ERROR);
	assert_int_equal(psp_handbook_won(w.handbook), CLIENT);
	assert_int_equal(psp_handbook_lost(w.handbook), PERDU);
	world_close(&w);
}

static void
limits_are_last_days(void **state)
{
	struct world w;
	int32_t day;

	(void)state;
	assert_true(world_open(&w, small));
	read_deals(&w, "deal,stage,stage_date,last_contact,next_date\n"
		       "a,piste,2026-10-23,2026-11-13,\n"
		       "b,piste,2026-10-22,2026-11-12,\n"
		       "c,piste,2026-10-22,2026-11-12,2026-11-23\n"
		       "d,client,2020-01-01,,2020-01-01\n");
	assert_false(
	    psp_deal_is_stale(&w.book, &w.book.deals[0], today(), &day));
	assert_false(
	    psp_deal_is_over_age(&w.book, &w.book.deals[0], today(), &day));
	assert_true(
	    psp_deal_is_stale(&w.book, &w.book.deals[1], today(), &day));
	assert_int_equal(day, today() - 1);
	assert_true(
	    psp_deal_is_over_age(&w.book, &w.book.deals[1], today(), &day));
	assert_int_equal(day, today() - 1);
	assert_false(
	    psp_deal_is_stale(&w.book, &w.book.deals[2], today(), &day));
	assert_false(
	    psp_deal_is_past_due(&w.book, &w.book.deals[2], today(), &day));
	assert_true(
	    psp_deal_is_past_due(&w.book, &w.book.deals[2], today() + 1, &day));
	assert_false(
	    psp_deal_is_past_due(&w.book, &w.book.deals[3], today(), &day));
	world_close(&w);
}

static void
cents_are_weighed_and_added(void **state)
{
	struct psp_error err;
	int64_t sum = INT64_MAX - 5;

	(void)state;
	psp_error_init(&err);
	assert_int_equal(psp_cents_weigh(100, 500000), 50);
	assert_int_equal(psp_cents_weigh(1, 500000), 1);
	assert_int_equal(psp_cents_weigh(-1, 500000), -1);
	assert_int_equal(psp_cents_weigh(1, 499999), 0);
	assert_int_equal(
	    psp_cents_weigh(INT64_MAX, PSP_NUMBER_SCALE), INT64_MAX);
	assert_true(psp_cents_add(&sum, 5, &err));
	assert_false(psp_cents_add(&sum, 1, &err));
	assert_int_equal(err.status, PSP_ELIMIT);
	assert_true(fabs(psp_velocity(50, 10000, 0.2, 30) - 3333.33) < 0.005);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roles_are_read_in_both_languages),
		cmocka_unit_test(sentences_of_the_method),
		cmocka_unit_test(words_mean_what_they_meant),
		cmocka_unit_test(amounts_have_currencies),
		cmocka_unit_test(moves_have_an_order),
		cmocka_unit_test(limits_are_last_days),
		cmocka_unit_test(cents_are_weighed_and_added),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
