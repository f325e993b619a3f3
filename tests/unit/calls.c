/* calls/ and values/clock: times, outcomes, sessions in any order, what decides
 * of a person, the rules of calls to consumers, and the quick ways. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/base/calendar.h"
#include "libprospect/calls/call_cells.h"
#include "libprospect/calls/consumers.h"
#include "libprospect/calls/cube.h"
#include "libprospect/calls/sessions.h"
#include "libprospect/values/clock.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

static void
times_are_read(void **state)
{
	static const struct {
		const char *cell;
		int32_t seconds; /* -1: no time */
	} cases[] = {
		{ "9:12:58", 33178 },
		{ "09:12", 33120 },
		{ "9h12", 33120 },
		{ " 9 h 12 ", 33120 },
		{ "9h", 32400 },
		{ "9H05", 32700 },
		{ "9h12m30", 33150 },
		{ "9h12m30s", 33150 },
		{ "9:12 PM", 76320 },
		{ "12:05am", 300 },
		{ "12:05 pm", 43500 },
		{ "09:12:58.250", 33178 },
		{ "09:12:58+01:00", 33178 },
		{ "09:12:58Z", 33178 },
		{ "0:00", 0 },
		{ "23:59:59", 86399 },
		{ "24:00", -1 },
		{ "9", -1 },
		{ "9:60", -1 },
		{ "9:12:60", -1 },
		{ "912", -1 },
		{ "", -1 },
		{ "9:", -1 },
		{ "13:00 PM", -1 },
		{ "noon", -1 },
		{ "9:12x", -1 },
		{ "123:00", -1 },
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		int32_t seconds = -1;

		if (!psp_clock_read(psp_slice_of(cases[i].cell), &seconds))
			seconds = -1;
		assert_int_equal(seconds, cases[i].seconds);
	}
}

static void
moments_are_read(void **state)
{
	static const struct {
		const char *cell;
		enum psp_moment_result result;
		int32_t seconds;
	} cases[] = {
		{ "2026-11-23T09:12:58", PSP_MOMENT_TIMED, 33178 },
		{ "2026-11-23 09:12", PSP_MOMENT_TIMED, 33120 },
		{ "23/11/2026 9h12", PSP_MOMENT_TIMED, 33120 },
		{ "23 novembre 2026 9:12", PSP_MOMENT_TIMED, 33120 },
		{ "23/11/2026", PSP_MOMENT_DAY, 0 },
		{ "2026-11-23", PSP_MOMENT_DAY, 0 },
		{ "23 novembre 2026", PSP_MOMENT_DAY, 0 },
		{ "2026-11-23 25:12", PSP_MOMENT_NONE, 0 },
		{ "2026-11", PSP_MOMENT_NONE, 0 },
		{ "9:12", PSP_MOMENT_NONE, 0 },
		{ "", PSP_MOMENT_NONE, 0 },
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		int32_t day = 0, seconds = 0;

		assert_int_equal(psp_moment_read(psp_slice_of(cases[i].cell),
				     &day, &seconds),
		    cases[i].result);
		if (cases[i].result == PSP_MOMENT_NONE)
			continue;
		assert_int_equal(day, psp_days_from_civil(2026, 11, 23));
		assert_int_equal(seconds, cases[i].seconds);
	}
}

static void
lengths_of_calls_are_read(void **state)
{
	static const struct {
		const char *cell;
		int32_t seconds;
	} cases[] = {
		{ "261", 261 },
		{ "0:04:21", 261 },
		{ "4:21", 261 },
		{ "1:00:00", 3600 },
		{ "4min", 240 },
		{ "0", 0 },
		{ "-5", -1 },
		{ "4:60", -1 },
		{ "1:2:3:4", -1 },
		{ "", -1 },
		{ "86400", -1 },
		{ "2 days", -1 },
		{ "4:", -1 },
		{ "x", -1 },
	};
	char text[32];

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		int32_t seconds = -1;

		if (!psp_call_length_read(
			psp_slice_of(cases[i].cell), &seconds))
			seconds = -1;
		assert_int_equal(seconds, cases[i].seconds);
	}
	psp_length_format(36 * 3600 + 61, text);
	assert_string_equal(text, "36:01:01");
}

/* The vectors of the rules for consumers, each with its answer. */
static void
consumers_are_protected(void **state)
{
	static const char never[] = "";
	static const char hours[] = "outside 10-13 and 14-20 h";
	static const char weekend[] = "weekend";
	static const char holiday[] = "public holiday";
	static const struct {
		const char *at, *consent;
		size_t n_recent;
		const char *refused, *forbidden;
	} cases[] = {
		{ "2025-03-17T10:00", "non", 0, "", never },
		{ "2025-03-17T09:59", "non", 0, "", hours },
		{ "2025-03-17T12:59", "non", 0, "", never },
		{ "2025-03-17T13:00", "non", 0, "", hours },
		{ "2025-03-17T14:00", "non", 0, "", never },
		{ "2025-03-17T19:59", "non", 0, "", never },
		{ "2025-03-17T20:00", "non", 0, "", hours },
		{ "2025-03-22T11:00", "non", 0, "", weekend },
		{ "2025-05-01T11:00", "non", 0, "", holiday },
		{ "2025-04-21T11:00", "non", 0, "", holiday },
		{ "2025-03-17T11:00", "non", 3, "", never },
		{ "2025-03-17T11:00", "non", 4, "", "4 calls in 30 days" },
		{ "2025-03-17T11:00", "non", 0, "2025-01-17",
		    "refused less than 60 days ago" },
		{ "2025-03-17T11:00", "non", 0, "2025-01-15", never },
		{ "2026-08-10T11:00", "non", 0, "", never },
		{ "2026-08-11T11:00", "non", 0, "", "no consent" },
		{ "2026-08-11T11:00", "oui", 0, "", never },
		{ "2026-11-23T08:00", "oui", 0, "", never },
		{ "2026-11-23T11:00", "contrat", 0, "", never },
		{ "2026-11-22T11:00", "contrat", 0, "", weekend },
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		struct psp_consumer_call call = { .refused = INT32_MIN,
			.n_recent = cases[i].n_recent };
		int32_t day, seconds, ignored;
		const char *found;

		assert_int_equal(
		    psp_moment_read(psp_slice_of(cases[i].at), &day, &seconds),
		    PSP_MOMENT_TIMED);
		call.at = (int64_t)day * PSP_SECONDS_PER_DAY + seconds;
		call.consent = psp_consent_read(psp_slice_of(cases[i].consent));
		if (*cases[i].refused != '\0')
			assert_int_equal(
			    psp_moment_read(psp_slice_of(cases[i].refused),
				&call.refused, &ignored),
			    PSP_MOMENT_DAY);
		found = psp_consumer_forbids(&call);
		assert_string_equal(
		    found != NULL ? found : never, cases[i].forbidden);
	}
}

static void
holidays_are_known(void **state)
{
	static const struct {
		int year, month, day;
		bool is_holiday;
	} cases[] = {
		{ 2026, 1, 1, true },  /* New Year */
		{ 2026, 4, 6, true },  /* Easter Monday */
		{ 2026, 4, 5, false }, /* Easter is a Sunday */
		{ 2026, 5, 14, true }, /* Ascension */
		{ 2026, 5, 25, true }, /* Whit Monday */
		{ 2026, 7, 14, true },
		{ 2026, 8, 15, true },
		{ 2026, 11, 11, true },
		{ 2026, 12, 25, true },
		{ 2026, 12, 26, false },
		{ 2027, 3, 29, true },
		{ 2024, 4, 1, true },
		{ 2038, 4, 26, true },
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_int_equal(
		    psp_is_public_holiday(psp_days_from_civil(
			cases[i].year, cases[i].month, cases[i].day)),
		    cases[i].is_holiday);
}

/* Moments of Paris elsewhere, summer and winter. */
static void
departments_have_their_time(void **state)
{
	static const struct {
		int month, day, hours;
		const char *department;
		int difference; /* hours after Paris */
	} cases[] = {
		{ 1, 15, 12, "75", 0 },
		{ 7, 15, 12, "2A", 0 },
		{ 1, 15, 12, "974", 3 },
		{ 7, 15, 12, "974", 2 },
		{ 1, 15, 12, "971", -5 },
		{ 7, 15, 12, "97200", -6 },
		{ 1, 15, 12, "973", -4 },
		{ 7, 15, 12, "976", 1 },
		{ 1, 15, 12, "988", 10 },
		{ 7, 15, 12, "987", -12 },
		{ 1, 15, 12, "975", -4 },
		{ 7, 15, 12, "975", -4 },
		/* America has its summer before Europe. */
		{ 3, 20, 12, "975", -3 },
		{ 3, 29, 4, "974", 2 },
		{ 3, 29, 1, "974", 3 },
		{ 10, 25, 4, "974", 3 },
		{ 7, 15, 12, "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		int64_t paris = (int64_t)psp_days_from_civil(
				    2026, cases[i].month, cases[i].day)
		                    * PSP_SECONDS_PER_DAY
		                + cases[i].hours * 3600;
		int64_t local =
		    psp_local_time(paris, psp_slice_of(cases[i].department));

		assert_int_equal((local - paris) / 3600, cases[i].difference);
	}
}

/* Calls in every order make the same stretches. */
static void
stretches_do_not_depend_on_order(void **state)
{
	enum { N = 6, GAP = 100 };
	static const int64_t starts[N] = { 0, 90, 180, 400, 290, 600 };
	/* 0-10, 90-100, ... with gaps of 80, 80, 100, 100 and 190. */
	int order[N] = { 0, 1, 2, 3, 4, 5 };
	size_t n_orders = 0;

	(void)state;
	for (int round = 0; round < 720; round++) {
		struct psp_sessions sessions;
		struct psp_error err;
		uint32_t numbers[N];
		int left = round, used[N] = { 0 };

		/* The round's permutation. */
		for (int i = 0, base = 120; i < N; base /= (N - 1 - i), i++) {
			int k = left / base, j = 0;

			left %= base;
			while (used[j] || k > 0)
				k -= !used[j++];
			used[j] = 1;
			order[i] = j;
			if (i == N - 1)
				break;
		}
		psp_error_init(&err);
		psp_sessions_init(&sessions, PSP_SESSIONS_GAP, GAP);
		for (int i = 0; i < N; i++) {
			struct psp_session_call call = { 1, 0, 5,
				starts[order[i]], starts[order[i]] + 10 };

			assert_true(psp_sessions_place(
			    &sessions, &call, &numbers[order[i]], &err));
		}
		for (int i = 0; i < N; i++)
			numbers[i] = psp_sessions_root(&sessions, numbers[i]);
		/* 180-190 and 290-300 are 100 apart: no longer one. */
		assert_int_equal(numbers[0], numbers[1]);
		assert_int_equal(numbers[1], numbers[2]);
		assert_int_not_equal(numbers[2], numbers[4]);
		assert_int_not_equal(numbers[4], numbers[3]);
		assert_int_not_equal(numbers[3], numbers[5]);
		assert_int_equal(sessions.items[numbers[0]].start, 0);
		assert_int_equal(sessions.items[numbers[0]].end, 190);
		psp_sessions_clear(&sessions);
		n_orders++;
	}
	assert_int_equal(n_orders, 720);
}

/* The last decisive outcome stands, whatever comes after it and in whatever
 * order it is told. */
static void
the_last_decisive_outcome_stands(void **state)
{
	static const struct psp_cube_call calls[] = {
		{ .slot = 2, .marks = PSP_MARK_BIT(PSP_MARK_REFUSAL), .at = 1 },
		{ .slot = 4,
		    .marks = PSP_MARK_BIT(PSP_MARK_APPOINTMENT),
		    .at = 3 },
		{ .slot = 6,
		    .marks = PSP_MARK_BIT(PSP_MARK_CALLBACK),
		    .at = 9 },
	};
	static const int orders[][3] = { { 0, 1, 2 }, { 2, 1, 0 },
		{ 1, 2, 0 } };

	(void)state;
	for (size_t i = 0; i < N_OF(orders); i++) {
		struct psp_fact known = psp_fact_of(&calls[orders[i][0]]);

		for (size_t j = 1; j < 3; j++) {
			struct psp_fact later =
			    psp_fact_of(&calls[orders[i][j]]);

			psp_fact_join(&known, &later);
		}
		assert_int_equal(known.decided, 4);
		assert_int_equal(known.last, 6);
		assert_int_equal(known.n_calls, 3);
		assert_int_equal(known.marks,
		    calls[0].marks | calls[1].marks | calls[2].marks);
	}
}

static void
codes_have_the_marks_of_the_method(void **state)
{
	static const struct {
		const char *code;
		psp_marks has, lacks; /* without a column of gates */
	} cases[] = {
		{ "RDV",
		    PSP_MARK_BIT(PSP_MARK_DM) | PSP_MARK_BIT(PSP_MARK_PITCHED)
			| PSP_MARK_BIT(PSP_MARK_APPOINTMENT)
			| PSP_MARK_BIT(PSP_MARK_GATE_MET)
			| PSP_MARK_BIT(PSP_MARK_GATE_PASSED),
		    PSP_MARK_BIT(PSP_MARK_REFUSAL) },
		{ " relance ",
		    PSP_MARK_BIT(PSP_MARK_REFUSAL)
			| PSP_MARK_BIT(PSP_MARK_FOLLOW_UP),
		    PSP_MARK_BIT(PSP_MARK_APPOINTMENT) },
		{ "Barr",
		    PSP_MARK_BIT(PSP_MARK_GATE)
			| PSP_MARK_BIT(PSP_MARK_REACHED_PERSON)
			| PSP_MARK_BIT(PSP_MARK_GATE_MET)
			| PSP_MARK_BIT(PSP_MARK_CALLBACK),
		    PSP_MARK_BIT(PSP_MARK_GATE_PASSED)
			| PSP_MARK_BIT(PSP_MARK_DM) },
		{ "REP",
		    PSP_MARK_BIT(PSP_MARK_MACHINE)
			| PSP_MARK_BIT(PSP_MARK_CALLBACK),
		    PSP_MARK_BIT(PSP_MARK_REACHED_PERSON) },
		{ "HC", PSP_MARK_BIT(PSP_MARK_OFF_TARGET),
		    PSP_MARK_BIT(PSP_MARK_PITCHED) },
	};
	struct psp_outcomes outcomes;
	struct psp_problems problems;
	struct psp_error err;

	(void)state;
	psp_problems_init(&problems);
	psp_error_init(&err);
	assert_true(psp_outcomes_init(&outcomes, NULL, &problems, &err));
	psp_outcomes_settle(&outcomes, false);
	for (size_t i = 0; i < N_OF(cases); i++) {
		size_t found =
		    psp_outcomes_find(&outcomes, psp_slice_of(cases[i].code));

		assert_int_not_equal(found, PSP_OUTCOME_UNKNOWN);
		assert_int_equal(outcomes.items[found].marks[0] & cases[i].has,
		    cases[i].has);
		assert_int_equal(
		    outcomes.items[found].marks[0] & cases[i].lacks, 0);
	}
	assert_int_equal(psp_outcomes_find(&outcomes, psp_slice_of("RDVX")),
	    PSP_OUTCOME_UNKNOWN);
	psp_outcomes_clear(&outcomes);
	psp_problems_clear(&problems);
}

/* What is read at a glance is what is read at length, where it is read. */
static void
a_glance_reads_what_reading_reads(void **state)
{
	static const char signs[] = "0123456789:::  -+xA\x00\xC3";
	uint32_t seed = 1;
	size_t n_plain = 0;

	(void)state;
	for (int i = 0; i < 400000; i++) {
		char around[24] = "12345678 12:34:56 12345";
		/* A time, or some digits, of which one or two bytes change. */
		struct psp_slice time = psp_slice(around + 9, 8);
		struct psp_slice digits =
		    psp_slice(around + 18, (size_t)i % 6);
		struct psp_slice all = psp_slice(around, 23);
		int32_t seconds = -2, plain;

		for (int j = 0; j < 1 + i % 2; j++) {
			seed = seed * 1664525 + 1013904223;
			around[9 + (seed >> 8) % 14] =
			    signs[(seed >> 16) % (sizeof(signs) - 1)];
		}
		plain = psp_clock_read_word(psp_word_load(time.bytes));
		if (plain >= 0) {
			assert_true(psp_clock_read(time, &seconds));
			assert_int_equal(plain, seconds);
			n_plain++;
		}
		plain = psp_plain_length(digits, all);
		if (plain >= 0) {
			assert_true(psp_call_length_read(digits, &seconds));
			assert_int_equal(plain, seconds);
			n_plain++;
		}
		/* At the start of what may be read, and of nothing else. */
		assert_int_equal(psp_plain_length(digits, digits), plain);
		if (digits.size > 0)
			assert_int_equal(psp_word_within(digits, all),
			    psp_word_within(digits, digits));
	}
	assert_in_range(n_plain, 100000, 700000);
}

/* A cell is kept as it stands, whatever others come. */
static void
a_memo_tells_cells_apart(void **state)
{
	static struct psp_memo memo;
	static char bytes[3000][300];
	uint32_t seed = 1;
	size_t n_found = 0;

	(void)state;
	for (size_t round = 0; round < 20000; round++) {
		size_t i = round % 3000, size;
		struct psp_memo_place *place;
		struct psp_slice cell;
		uint64_t key;

		seed = seed * 1664525 + 1013904223;
		if (round % 2 != 0 && round > 3000)
			i = i % 40; /* those that come again */
		size = 1 + i % 20 + (i % 50 == 0 ? 240 : 0);
		for (size_t j = 0; j < size && round < 3000; j++)
			bytes[i][j] = (char)((seed >> 10) % 3 * (j % 5 == 0));
		cell = psp_slice(bytes[i], size);
		if (!psp_memo_takes(cell))
			continue;
		key = psp_memo_key(cell, cell);
		if (psp_memo_find(&memo, cell, key, &place)) {
			/* The value is the number of a cell of these bytes. */
			assert_int_equal(place->value % 300, size);
			assert_memory_equal(
			    bytes[place->value / 300], cell.bytes, size);
			n_found++;
		} else {
			psp_memo_keep(
			    place, cell, key, (uint32_t)(i * 300 + size));
		}
	}
	assert_in_range(n_found, 1000, 19999);
}

/* Numbers are those of a plain list, whatever the width and however many. */
static void
keys_have_the_numbers_of_their_first_coming(void **state)
{
	static uint32_t list[4000][5];

	(void)state;
	for (uint32_t width = 1; width <= 5; width++) {
		struct psp_keys keys;
		uint32_t seed = width;
		size_t n = 0;
		struct psp_error err;

		psp_error_init(&err);
		psp_keys_init(&keys, width);
		for (int i = 0; i < 6000; i++) {
			uint32_t key[5] = { 0 }, number;
			size_t wanted = 0;
			bool is_new;

			for (uint32_t j = 0; j < width; j++) {
				seed = seed * 1664525 + 1013904223;
				key[j] = (seed >> 12) % (width == 1 ? 3000 : 12);
			}
			while (wanted < n
			       && memcmp(list[wanted], key, sizeof(key)) != 0)
				wanted++;
			assert_true(psp_keys_put(
			    &keys, key, &number, &is_new, &err));
			assert_int_equal(number, wanted);
			assert_int_equal(is_new, wanted == n);
			if (is_new && n < N_OF(list) - 1)
				memcpy(list[n++], key, sizeof(key));
			if (n == N_OF(list) - 1)
				break;
		}
		assert_int_equal(keys.n, n);
		psp_keys_clear(&keys);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_read),
		cmocka_unit_test(moments_are_read),
		cmocka_unit_test(lengths_of_calls_are_read),
		cmocka_unit_test(consumers_are_protected),
		cmocka_unit_test(holidays_are_known),
		cmocka_unit_test(departments_have_their_time),
		cmocka_unit_test(stretches_do_not_depend_on_order),
		cmocka_unit_test(the_last_decisive_outcome_stands),
		cmocka_unit_test(codes_have_the_marks_of_the_method),
		cmocka_unit_test(a_glance_reads_what_reading_reads),
		cmocka_unit_test(a_memo_tells_cells_apart),
		cmocka_unit_test(keys_have_the_numbers_of_their_first_coming),
	};

	return cmocka_run_group_tests_name("calls", tests, NULL, NULL);
}
