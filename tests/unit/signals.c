/* targeting: signals joined by key, suppression lists. */
#include <config.h>

#include "tests/unit/unit.h"

#include <stdlib.h>
#include <unistd.h>

#include "libprospect/base/calendar.h"
#include "libprospect/targeting/signals.h"
#include "libprospect/targeting/suppression.h"

/* Writes `text` to a new file and gives its path. */
static void
write_file(char path[32], const char *text)
{
	size_t size = strlen(text);
	int fd;

	strcpy(path, "/tmp/psp-unit-XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, size), (ssize_t)size);
	assert_int_equal(close(fd), 0);
}

static struct psp_signals *
open_signals(const char *text, const char *key, struct psp_error *err)
{
	struct psp_reader_options options;
	struct psp_signal_codes codes;
	struct psp_signals *signals;
	char path[32];

	psp_error_init(err);
	psp_reader_options_init(&options);
	psp_signal_codes_init(&codes);
	write_file(path, text);
	signals = psp_signals_open(path, &codes, key,
	    psp_days_from_civil(2026, 11, 23), &options, err);
	unlink(path);
	return signals;
}

static const struct psp_signal *
get(const struct psp_signals *signals, const char *key, size_t *n)
{
	return psp_signals_get(signals, psp_slice_of(key), n);
}

static void
signals_are_joined_newest_first(void **state)
{
	static const char text[] =
	    "siren,date,signal,title,source,url,strength\n"
	    "900000017,2026-01-05,hr_moves,Nomination,presse,,\n"
	    "900000025,2026-02-01,distress,,bodacc,,0.5\n"
	    "900 000 017,05/03/2026,New Sites,Ouverture,presse,,\n"
	    "900000017,2026-03-05,buzz,,,,\n"
	    "900000017,2026-01-05,hr_moves,Nomination,presse,,\n"
	    "900000017,2027-01-01,buzz,,,,\n";
	struct psp_error err;
	struct psp_signals *signals = open_signals(text, "siren", &err);
	const struct psp_signal *found;
	size_t n;

	(void)state;
	assert_non_null(signals);
	found = get(signals, "900000017", &n);
	assert_int_equal(n, 3);
	assert_int_equal(found[0].code, 2);
	assert_int_equal(found[1].code, 0);
	assert_int_equal(found[2].code, 1);
	assert_true(psp_slice_is(found[2].title, "Nomination"));
	assert_true(psp_slice_is(found[2].source, "presse"));
	assert_int_equal(found[2].strength, 1000000);
	found = get(signals, "900000025", &n);
	assert_int_equal(n, 1);
	assert_int_equal(found[0].strength, 500000);
	assert_null(get(signals, "900000033", &n));
	assert_int_equal(n, 0);
	assert_int_equal(psp_signals_counts(signals)->n_read, 6);
	assert_int_equal(psp_signals_counts(signals)->n_future, 1);
	assert_int_equal(psp_signals_counts(signals)->n_repeated, 1);
	assert_int_equal(psp_signals_counts(signals)->n_rejected, 0);
	psp_signals_close(signals);
}

static void
rows_that_say_nothing_are_rejected(void **state)
{
	static const char text[] = "siret;date;signal;strength\n"
				   "90000001700015;2026-01-05;hr_moves;\n"
				   "123;2026-01-05;hr_moves;\n"
				   "90000001700015;soon;hr_moves;\n"
				   "90000001700015;2026-01-05;gossip;\n"
				   "90000001700015;2026-01-05;buzz;2\n"
				   "90000001700015;2026-01-05\n";
	struct psp_error err;
	struct psp_signals *signals = open_signals(text, "siren", &err);
	size_t n;

	(void)state;
	assert_non_null(signals);
	assert_non_null(get(signals, "900000017", &n));
	assert_int_equal(n, 1);
	assert_int_equal(psp_signals_counts(signals)->n_read, 6);
	assert_int_equal(psp_signals_counts(signals)->n_rejected, 5);
	psp_signals_close(signals);
}

static void
other_keys_join(void **state)
{
	struct psp_error err;
	struct psp_signals *signals =
	    open_signals("Account,date,signal\n Acme Élan ,2026-01-05,buzz\n",
		"account", &err);
	size_t n;

	(void)state;
	assert_non_null(signals);
	assert_non_null(get(signals, "acme elan", &n));
	psp_signals_close(signals);
}

enum { N_MANY = 6000, N_COMPANIES = 400 };

/* A row of a file of many: few days and titles, so that some are equal. */
struct written_row {
	uint32_t company, day, title;
};

static uint32_t
next_number(uint64_t *state, uint32_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)(*state >> 33) % below;
}

static bool
are_alike(const struct written_row *a, const struct written_row *b)
{
	return a->company == b->company && a->day == b->day
	       && a->title == b->title;
}

/* Compares the signals of a company with its rows, day by day from the last,
 * those of a day as they came and equal ones once. Returns their number. */
static size_t
check_company(const struct psp_signals *signals, const char *key,
    const struct written_row *rows, uint32_t company)
{
	size_t n, at = 0;
	const struct psp_signal *found = get(signals, key, &n);

	for (uint32_t day = 28; day > 0; day--)
		for (size_t i = 0; i < N_MANY; i++) {
			bool is_repeated = false;
			char title[16];

			if (rows[i].company != company || rows[i].day != day)
				continue;
			for (size_t j = 0; j < i; j++)
				is_repeated = is_repeated
				              || are_alike(&rows[i], &rows[j]);
			if (is_repeated)
				continue;
			assert_true(at < n);
			snprintf(title, sizeof(title), "t%u", rows[i].title);
			assert_true(psp_slice_is(found[at].title, title));
			assert_int_equal(found[at].date,
			    psp_days_from_civil(2026, 1, (int)day));
			at++;
		}
	assert_int_equal(at, n);
	return n;
}

/* Keys are the prefix and the company's number. */
static void
check_many(const char *key, const char *prefix)
{
	static struct written_row rows[N_MANY];
	uint64_t seed = UINT64_C(88172645463325252);
	struct psp_signals *signals;
	struct psp_buffer csv;
	struct psp_error err;
	char name[32];
	size_t n = 0, n_repeated;

	psp_error_init(&err);
	psp_buffer_init(&csv);
	assert_true(
	    psp_buffer_format(&csv, &err, "%s,date,signal,title\n", key));
	for (size_t i = 0; i < N_MANY; i++) {
		rows[i].company = next_number(&seed, N_COMPANIES);
		rows[i].day = 1 + next_number(&seed, 4) * 7;
		rows[i].title = next_number(&seed, 6);
		snprintf(name, sizeof(name), "%s%05u", prefix, rows[i].company);
		assert_true(
		    psp_buffer_format(&csv, &err, "%s,2026-01-%02u,buzz,t%u\n",
			name, rows[i].day, rows[i].title));
	}
	assert_true(psp_buffer_put(&csv, '\0', &err));
	signals = open_signals(csv.bytes, key, &err);
	assert_non_null(signals);
	for (uint32_t company = 0; company < N_COMPANIES; company++) {
		snprintf(
		    name, sizeof(name), "%s%05u", prefix, (unsigned)company);
		n += check_company(signals, name, rows, company);
	}
	n_repeated = psp_signals_counts(signals)->n_repeated;
	assert_true(n_repeated > 0);
	assert_int_equal(n + n_repeated, N_MANY);
	snprintf(name, sizeof(name), "%s%05u", prefix, (unsigned)N_COMPANIES);
	assert_null(get(signals, name, &n));
	psp_signals_close(signals);
	psp_buffer_clear(&csv);
}

static void
many_signals_are_put_in_order(void **state)
{
	(void)state;
	check_many("siren", "4300");
	check_many("account", "company ");
}

static void
missing_columns_are_named(void **state)
{
	struct psp_error err;

	(void)state;
	assert_null(open_signals("siren,day\n1,2\n", "siren", &err));
	assert_int_equal(err.status, PSP_EUSAGE);
	assert_non_null(strstr(err.message, "'date'"));
	assert_null(open_signals("id,date,signal\n", "siren", &err));
	assert_non_null(strstr(err.message, "'siren'"));
}

static struct psp_suppression *
open_list(const char *text, struct psp_error *err)
{
	struct psp_reader_options options;
	struct psp_suppression *list;
	char path[32];

	psp_error_init(err);
	psp_reader_options_init(&options);
	write_file(path, text);
	list = psp_suppression_open(path, &options, err);
	unlink(path);
	return list;
}

/* Which of three records of contacts the list suppresses, as bits. */
static unsigned
suppressed(const char *list_text)
{
	static const char text[] =
	    "name;siret;phone;email\n"
	    "a;73282932000074;01 99 00 12 34;a@exemple.test\n"
	    "b;;+33 1 99 00 12 35;B@Autre.Test\n"
	    "c;55210055400013;;\n";
	struct psp_error err;
	struct psp_suppression *list = open_list(list_text, &err);
	struct psp_suppression_columns columns;
	struct psp_reader_options options;
	struct psp_schema *schema = psp_schema_new(&err);
	struct psp_reader *reader;
	struct psp_record *record;
	struct psp_buffer scratch;
	unsigned found = 0;
	char path[32];

	assert_non_null(list);
	assert_non_null(schema);
	psp_buffer_init(&scratch);
	psp_reader_options_init(&options);
	write_file(path, text);
	reader = psp_reader_open(path, &options, &err);
	unlink(path);
	assert_non_null(reader);
	memset(&columns, 0, sizeof(columns));
	assert_true(psp_suppression_bind(
	    list, schema, psp_reader_header(reader), NULL, &columns, &err));
	for (unsigned i = 0; i < 3; i++) {
		bool is_suppressed;

		assert_int_equal(psp_reader_next(reader, &record, &err), 1);
		assert_true(psp_suppression_has(
		    list, &columns, record, &scratch, &is_suppressed, &err));
		found |= (unsigned)is_suppressed << i;
	}
	psp_suppression_columns_clear(&columns);
	psp_reader_close(reader);
	psp_schema_free(schema);
	psp_suppression_close(list);
	psp_buffer_clear(&scratch);
	return found;
}

static void
suppression_looks_at_every_identifier(void **state)
{
	(void)state;
	assert_int_equal(suppressed(""), 0);
	assert_int_equal(suppressed("siren\n732829320\n"), 1);
	assert_int_equal(suppressed("732 829 320\n552100554\n"), 5);
	assert_int_equal(suppressed("phone\n0199001235\n"), 2);
	assert_int_equal(suppressed("email;phone\nb@autre.test;\n"), 2);
	assert_int_equal(suppressed("domain\nautre.test\n"), 2);
	assert_int_equal(suppressed("exemple.test\n+33199001235\n"), 3);
	/* SHA-256 of "732829320" and of "b@autre.test" */
	assert_int_equal(suppressed("sha256\n"
				    "d7f2e8f0a0f6f4a2e5dd4b1a5b8c0a7b"
				    "d7f2e8f0a0f6f4a2e5dd4b1a5b8c0a7b\n"),
	    0);
	assert_int_equal(suppressed("sha256\n953ae8ad207be63f428ca6ab2f0beb867d"
				    "c71e7b81f04aa55931a34d4a6d5388\n"),
	    1);
	assert_int_equal(suppressed("f531673d09e74d6e3fc76743cf52a7c0b0af68579c"
				    "02f97592719eb0ec1b396e\n"),
	    2);
}

static void
suppression_counts_what_it_cannot_read(void **state)
{
	struct psp_error err;
	struct psp_suppression *list =
	    open_list("siren\n732829320\n12\nabc\n", &err);

	(void)state;
	assert_non_null(list);
	assert_int_equal(psp_suppression_size(list), 1);
	assert_int_equal(psp_suppression_n_rejected(list), 2);
	psp_suppression_close(list);
	assert_null(open_list("a,b\n1,2\n", &err));
	assert_int_equal(err.status, PSP_EUSAGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signals_are_joined_newest_first),
		cmocka_unit_test(rows_that_say_nothing_are_rejected),
		cmocka_unit_test(other_keys_join),
		cmocka_unit_test(many_signals_are_put_in_order),
		cmocka_unit_test(missing_columns_are_named),
		cmocka_unit_test(suppression_looks_at_every_identifier),
		cmocka_unit_test(suppression_counts_what_it_cannot_read),
	};

	return cmocka_run_group_tests_name("signals", tests, NULL, NULL);
}
