/*
 * targeting: the short ways of tests answer as the long one does, and count
 * the same cells as not understood, whatever the cells hold; so do screening
 * and answers ahead.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/targeting/compiled.h"
#include "libprospect/targeting/screen.h"
#include "tests/unit/conditions.h"

enum { N_RECORDS = 4000 };

static const char header[] =
    "department,postal_code,headcount,trancheEffectifsUniteLegale,turnover,"
    "profit,created,naf,nomenclatureActivitePrincipaleUniteLegale,legal_form,"
    "listed,status,share,rank,last,name,description\n";

/* Cells that columns of each kind like to hold; each is put in any column. */
static const char *const plain[] = { "75", "2A", "1", "971", "69003", "20000",
	"Rhône", "0", "9", "10", "249", "250", "01", "03", "12", "NN", "53",
	"1000000", "999999", "-3", "0012", "123456789012", "1234567890123",
	"2147483646", "2147483647", "99999999", "1 250", "1.250", "1,2 M€",
	"12,5 %", "100", "20", "2000-01-01", "1999-12-31", "2024-02-29",
	"2023-02-29", "31/12/1999", "01/01/2000", "29.02.2000", "31-04-2001",
	"1900-01-01", "01/01/1900", "2000-13-01", "0000-00-00", "1799-12-31",
	"2100-12-31", "2101-01-01", "2000", "2000-06", "mars 2001",
	"2024-01-31T10:00:00", "62.01Z", "6201Z", "62.01", "62", "70.22Y",
	"NAFRev2", "NAF2025", "NAP", "SAS", "5710", "SARL", "société anonyme",
	"oui", "Non", "true", "EURONEXT PARIS", "qualified", "QUALIFIÉ",
	"proposal", "Éditeur de logiciel", "LOGICIEL", "LOGI\xCC\x81TIQUE",
	"éditeur de logiciels libres pour l'industrie", "ﬁliale Œuvres & Cie",
	"chaîne  du\tfroid", "chaine-du-froid", "lo\xFFgiciel", "\xC3", "", " ",
	"-", "n.c.", "[ND]", "  75 ", "abc", "say \"\"75\"\"" };

static const struct {
	const char *text;
	bool has_shortcut;
} conditions[] = {
	{ "department in (75, '2A', 69)", true },
	{ "department = 20", true },
	{ "postal_code in (69003, 20000)", true },
	{ "headcount between 10 and 250", true },
	{ "headcount = 0", true },
	{ "headcount > 99999998", true },
	{ "{trancheEffectifsUniteLegale: {between: [10, 249]}}", true },
	{ "{trancheEffectifsUniteLegale: {between: [10, 249], band: inside}}",
	    true },
	{ "{trancheEffectifsUniteLegale: {in: [12, 21]}}", true },
	{ "turnover >= '1 M€'", true },
	{ "turnover in (250, 1000000)", true },
	{ "turnover < 9.99", true },
	{ "profit between -3 and 10", true },
	{ "created >= 2000-01-01", true },
	{ "created before 2000-01-01", true },
	{ "created in (2000, 2024-02)", true },
	{ "created after 2100-01-01", true },
	{ "last on 1900-01-01", true },
	{ "last within 30 years", true },
	{ "naf in ('62.01Z', '70')", true },
	{ "naf ^ '62'", true },
	{ "legal_form in (SAS, SA)", true },
	{ "listed = true", true },
	{ "status in (qualified, proposal)", true },
	{ "status in (a, b, c, d, qualifie, 75)", true },
	{ "status empty", true },
	{ "share > 12.5", true },
	{ "rank >= 10", true },
	{ "rank != 20", true },
	{ "name contains 'qualifi'", true },
	{ "description contains 'logiciel'", true },
	{ "description contains 'eau'", true },
	{ "{description: {contains: [fil, froid]}}", true },
	{ "description starts 'ÉDITEUR'", true },
	{ "description ends 'industrie'", true },
	{ "description = \"Éditeur de logiciels libres pour l'industrie\"",
	    true },
	{ "name ~ '^[a-z ]+$'", true },
	{ "profit > [turnover]", false },
	{ "age >= 20", false },
	{ "headcount > 10 and (status = 75 or not created empty)", false },
	{ "not (turnover > 10 or naf ^ '62')", false },
	{ "{keywords: {any: [logiciel, froid, indus*], in: [description]}}",
	    false },
	{ "{keywords: {all: [logiciel, qualifie], in: [name, status]}}",
	    false },
	{ "{any: [{status: {empty: true}}, {keywords: {any: [eau, l'industrie],"
	  " in: [description]}}]}",
	    false },
};
enum { N_CONDITIONS = sizeof(conditions) / sizeof(conditions[0]) };

static const char fields[] = "share: {type: percent}\n"
			     "rank: {type: number, scale: [0, 100]}\n"
			     "last: {type: date, absent: [2024-02-29]}\n"
			     "status: {type: text}\n";

/* The same numbers each time. */
static uint32_t
next_number(uint64_t *state, uint32_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)(*state >> 33) % below;
}

/* A cell: one of the list as it stands, or with a byte changed, added or taken
 * out; in quotes, or without where it can be. */
static void
put_cell(struct psp_buffer *csv, uint64_t *state, struct psp_error *err)
{
	const char *text =
	    plain[next_number(state, sizeof(plain) / sizeof(plain[0]))];
	size_t size = strlen(text);
	uint32_t at = next_number(state, (uint32_t)size + 1);
	uint32_t how = next_number(state, 6);
	char byte = "0129-/. aAzZ_\xA9\xC3\xE2"[next_number(state, 16)];
	bool is_quoted =
	    strpbrk(text, ",\"") != NULL || next_number(state, 3) == 0;

	if (is_quoted)
		assert_true(psp_buffer_put(csv, '"', err));
	for (size_t i = 0; i < size; i++) {
		if (i == at && how == 0)
			assert_true(psp_buffer_put(csv, byte, err));
		if (i != at || how > 2)
			assert_true(psp_buffer_put(csv, text[i], err));
		else if (how == 1)
			assert_true(psp_buffer_put(csv, byte, err));
	}
	if (is_quoted)
		assert_true(psp_buffer_put(csv, '"', err));
	assert_true(psp_buffer_put(csv, ',', err));
}

static void
put_records(struct psp_buffer *csv, struct psp_error *err)
{
	uint64_t state = UINT64_C(88172645463325252);

	assert_true(psp_buffer_append(csv, header, sizeof(header) - 1, err));
	for (size_t i = 0; i < N_RECORDS; i++) {
		for (const char *p = header; *p != '\0'; p++)
			if (*p == ',' || *p == '\n')
				put_cell(csv, &state, err);
		csv->bytes[csv->size - 1] = '\r';
		csv->size -= next_number(&state, 2);
		assert_true(psp_buffer_put(csv, '\n', err));
		if (next_number(&state, 100)
		    == 0) /* rejected, or passed over */
			assert_true(psp_buffer_append(csv, "a\"b\n\n", 5, err));
	}
	assert_true(psp_buffer_put(csv, '\0', err));
}

/* A plan of all conditions on a bench; their tests by number. The settings
 * they were read from go to `kept`. */
static void
add_conditions(struct bench *b, const struct psp_test *tests[N_CONDITIONS],
    struct psp_settings kept[N_CONDITIONS], bool is_ahead)
{
	for (size_t i = 0; i < N_CONDITIONS; i++) {
		struct psp_condition *parsed =
		    bench_parse(b, conditions[i].text);

		kept[i] = b->settings;
		psp_settings_init(&b->settings);
		tests[i] = NULL;
		if (parsed != NULL)
			tests[i] = psp_plan_add(
			    b->plan, parsed, &b->problems, &b->err);
		if (tests[i] != NULL && is_ahead)
			psp_plan_ask_ahead(b->plan, tests[i]);
		if (tests[i] == NULL)
			fail_msg("%s: %s", conditions[i].text,
			    b->problems.n > 0 ? b->problems.items[0].message
					      : b->err.message);
	}
}

static void
check_tallies(const struct bench *a, const struct bench *b)
{
	for (size_t i = 0; i < psp_plan_n_fields(a->plan); i++) {
		const struct psp_tally *x =
		    psp_evaluation_tally(a->evaluation, i);
		const struct psp_tally *y =
		    psp_evaluation_tally(b->evaluation, i);

		assert_int_equal(x->n_unread, y->n_unread);
		assert_int_equal(x->line, y->line);
		assert_string_equal(x->text, y->text);
	}
}

/* Moves to the next batch of the input. */
static bool
next_batch(struct bench *b)
{
	int found = psp_reader_batch(b->reader, &b->batch, &b->err);

	assert_int_not_equal(found, -1);
	assert_true(psp_record_init(&b->record, b->batch, &b->err));
	return found == 1;
}

/* Takes the stretch that begins at record `r` unless it is in the last. */
static void
look_ahead(struct bench *b, struct psp_stretch *stretch, size_t r)
{
	if (r > 0 && r < stretch->first + stretch->n)
		return;
	/* Both ways of locating, by turns. */
	assert_true(psp_stretch_take(stretch, b->batch, r,
	    r % 2 == 0 ? b->batch->n_fields : 1, &b->err));
	assert_int_equal(stretch->first, r);
	assert_true(psp_evaluation_look_ahead(b->evaluation, stretch, &b->err));
}

/* Asks all tests of record `r` of both benches, of the first one perhaps
 * ahead. */
static void
compare_record(struct bench *a, struct bench *b, size_t r,
    struct psp_stretch *stretch, const struct psp_test *const *fast,
    const struct psp_test *const *slow, size_t n[PSP_TRUE + 1])
{
	enum psp_truth short_way, long_way;

	psp_record_seek(&a->record, r);
	psp_record_seek(&b->record, r);
	if (stretch != NULL) {
		look_ahead(a, stretch, r);
		psp_evaluation_step(
		    a->evaluation, &a->record, r - stretch->first);
	} else {
		psp_evaluation_seek(a->evaluation, &a->record);
	}
	psp_evaluation_seek(b->evaluation, &b->record);
	for (size_t i = 0; i < N_CONDITIONS; i++) {
		assert_true(
		    psp_evaluate(a->evaluation, fast[i], &short_way, &a->err));
		assert_true(
		    psp_evaluate(b->evaluation, slow[i], &long_way, &b->err));
		n[long_way]++;
		if (short_way != long_way)
			fail_msg("%s: %d, not %d, for %.*s", conditions[i].text,
			    (int)short_way, (int)long_way,
			    PSP_SLICE_ARGS(psp_record_bytes(&a->record)));
	}
}

/* How many answers there are ahead for the record at hand, and pending. */
static void
count_ahead(const struct bench *b, const struct psp_test *const *tests,
    size_t n[PSP_NO_ANSWER + 1])
{
	const unsigned char *answers = psp_evaluation_answers(b->evaluation);

	for (size_t i = 0; answers != NULL && i < N_CONDITIONS; i++) {
		size_t slot = psp_plan_answer_slot(tests[i]);

		if (slot != SIZE_MAX)
			n[answers[slot * PSP_STRETCH_RECORDS]]++;
	}
}

static void
compare_ways(bool is_ahead)
{
	const struct psp_test *fast[N_CONDITIONS], *slow[N_CONDITIONS];
	static struct psp_settings kept[2][N_CONDITIONS];
	struct bench a, b;
	struct psp_buffer csv;
	size_t n[PSP_TRUE + 1] = { 0 }, n_records = 0;
	size_t n_ahead[PSP_NO_ANSWER + 1] = { 0 };
	struct psp_stretch stretch = { .n = 0 };

	psp_buffer_init(&csv);
	bench_init(&a, fields);
	bench_init(&b, fields);
	put_records(&csv, &a.err);
	bench_open(&a, csv.bytes);
	bench_open(&b, csv.bytes);
	add_conditions(&a, fast, kept[0], is_ahead);
	add_conditions(&b, slow, kept[1], false);
	bench_start(&a);
	bench_start(&b);
	for (struct psp_test *test = b.plan->tests; test != NULL;
	     test = test->next)
		test->way = PSP_WAY_READ;
	for (size_t i = 0; i < N_CONDITIONS; i++)
		assert_int_equal(
		    fast[i]->way != PSP_WAY_READ, conditions[i].has_shortcut);
	do {
		n_records += a.batch->n_spans;
		for (size_t r = 0; r < a.batch->n_spans; r++) {
			compare_record(&a, &b, r, is_ahead ? &stretch : NULL,
			    fast, slow, n);
			count_ahead(&a, fast, n_ahead);
		}
	} while (next_batch(&a) && next_batch(&b));
	/* Undecodable ones apart; and the conditions do tell something. */
	assert_true(n_records > N_RECORDS / 2);
	for (size_t i = PSP_FALSE; i <= PSP_TRUE; i++)
		assert_true(n[i] > n_records);
	/* Some of each, where anything is asked ahead. */
	for (size_t i = 0; i <= PSP_NO_ANSWER; i++)
		assert_int_equal(n_ahead[i] > n_records / 4, is_ahead);
	check_tallies(&a, &b);
	psp_stretch_clear(&stretch);
	bench_clear(&a);
	bench_clear(&b);
	for (size_t i = 0; i < 2 * (size_t)N_CONDITIONS; i++)
		psp_settings_clear(&kept[i / N_CONDITIONS][i % N_CONDITIONS]);
	psp_buffer_clear(&csv);
}

/* The next records of a batch, up to PSP_COLUMN_RECORDS; a few left out. */
static size_t
list_records(const struct psp_batch *batch, size_t first, uint32_t *records)
{
	size_t n = 0;

	for (size_t i = first; i < batch->n_spans; i++) {
		if (i - first == PSP_COLUMN_RECORDS)
			break;
		records[n] = (uint32_t)i;
		n += i % 7 != 3;
	}
	return n;
}

/* How often cells were what. */
struct seen {
	size_t n_doubled, n_irregular, n_before;
};

/* Compares a text of a column with that which its record gives. */
static void
compare_cell(struct bench *b, size_t column, uint32_t record,
    struct psp_slice cell, struct seen *seen)
{
	psp_record_seek(&b->record, record);
	seen->n_irregular += b->record.span->ends != NULL;
	if (cell.size == SIZE_MAX)
		seen->n_doubled++;
	else
		assert_true(
		    psp_slice_equal(cell, psp_record_text(&b->record, column)));
}

/* The texts of a column, alone and beside another one. */
static void
compare_column(struct bench *b, size_t column, size_t beside,
    const uint32_t *records, size_t n, struct seen *seen)
{
	struct psp_slice cells[PSP_COLUMN_RECORDS];
	struct psp_slice pairs[2][PSP_COLUMN_RECORDS];
	bool has_before = psp_column_texts(b->batch, column, records, n, cells);

	psp_column_pairs(
	    b->batch, column, beside, records, n, pairs[0], pairs[1]);
	for (size_t i = 0; i < n; i++) {
		compare_cell(b, column, records[i], cells[i], seen);
		compare_cell(b, column, records[i], pairs[0][i], seen);
		compare_cell(b, beside, records[i], pairs[1][i], seen);
		if (has_before)
			assert_true(cells[i].size == SIZE_MAX
				    || cells[i].bytes - b->batch->bytes
					   >= PSP_COLUMN_BEFORE);
	}
	seen->n_before += has_before;
}

static void
columns_hold_the_texts_of_records(void **state)
{
	uint32_t records[PSP_COLUMN_RECORDS];
	struct seen seen = { 0, 0, 0 };
	struct psp_buffer csv;
	struct bench b;
	size_t n;

	(void)state;
	psp_buffer_init(&csv);
	bench_init(&b, NULL);
	put_records(&csv, &b.err);
	csv.bytes[csv.size - 2] = '\0'; /* no line end behind the last */
	bench_open(&b, csv.bytes);
	do
		for (size_t at = 0; at < b.batch->n_spans;
		     at += PSP_COLUMN_RECORDS) {
			n = list_records(b.batch, at, records);
			for (size_t i = 0; i < b.batch->n_fields; i++)
				compare_column(&b, i,
				    (i * 5 + 1) % b.batch->n_fields, records, n,
				    &seen);
		}
	while (next_batch(&b));
	assert_true(seen.n_doubled > 0 && seen.n_doubled < N_RECORDS * 3);
	assert_true(seen.n_irregular > 0);
	bench_clear(&b);
	psp_buffer_clear(&csv);
}

/* Three conditions that all must hold, and an evaluation of its own. */
struct group {
	const struct psp_test *test;
	struct psp_evaluation *evaluation;
};

/* A group for each condition, with two others. */
static void
add_groups(struct bench *b, struct group *groups)
{
	char text[600];

	for (size_t i = 0; i < N_CONDITIONS; i++) {
		struct psp_condition *parsed;
		const char *parts[3];
		size_t n = 0;

		for (size_t j = i; n < 3; j = (j + 1 + 5 * n) % N_CONDITIONS)
			if (conditions[j].text[0] != '{')
				parts[n++] = conditions[j].text;
		snprintf(text, sizeof(text), "%s(%s) and %s and %s",
		    i % 2 == 0 ? "not " : "", parts[0], parts[1], parts[2]);
		parsed = bench_parse(b, text);
		groups[i].test = NULL;
		if (parsed != NULL)
			groups[i].test = psp_plan_add(
			    b->plan, parsed, &b->problems, &b->err);
		if (groups[i].test == NULL)
			fail_msg("%s: %s", text, b->err.message);
		assert_true(psp_screen_can(groups[i].test));
	}
	bench_start(b);
	for (size_t i = 0; i < N_CONDITIONS; i++) {
		groups[i].evaluation =
		    psp_evaluation_new(b->plan, NULL, &b->err);
		assert_non_null(groups[i].evaluation);
	}
}

/* The truths of a group for records, by their place behind the first of them.
 * Returns how many were asked one by one, the `screens` ones apart. */
static size_t
ask_group(struct bench *b, const struct group *group, bool screens,
    uint32_t *records, size_t n, unsigned char *truths)
{
	struct psp_candidate left[PSP_COLUMN_RECORDS];
	uint32_t first = records[0];
	enum psp_truth truth;

	memset(truths, PSP_FALSE, PSP_COLUMN_RECORDS);
	if (screens)
		n = psp_screen(
		    group->evaluation, group->test, b->batch, records, n, left);
	for (size_t i = 0; i < n; i++) {
		uint32_t record = screens ? left[i].record : records[i];

		psp_record_seek(&b->record, record);
		psp_evaluation_seek(group->evaluation, &b->record);
		if (screens)
			assert_true(
			    psp_evaluate_from(group->evaluation, group->test,
				left[i].next, left[i].so_far, &truth, &b->err));
		else
			assert_true(psp_evaluate(
			    group->evaluation, group->test, &truth, &b->err));
		truths[record - first] = (unsigned char)truth;
	}
	return n;
}

/* Compares what groups say of the batch at hand. */
static void
compare_groups(struct bench *a, struct bench *b, const struct group *screened,
    const struct group *asked, size_t n_asked[2], size_t n_known[PSP_TRUE + 1])
{
	unsigned char truths[2][PSP_COLUMN_RECORDS];
	uint32_t records[PSP_COLUMN_RECORDS];
	size_t n;

	for (size_t at = 0; at < a->batch->n_spans; at += PSP_COLUMN_RECORDS)
		for (size_t i = 0; i < N_CONDITIONS; i++) {
			n = list_records(a->batch, at, records);
			n_asked[0] += ask_group(
			    a, &screened[i], true, records, n, truths[0]);
			n = list_records(b->batch, at, records);
			n_asked[1] += ask_group(
			    b, &asked[i], false, records, n, truths[1]);
			assert_memory_equal(
			    truths[0], truths[1], sizeof(truths[0]));
			for (size_t k = 0; k < n; k++)
				n_known[truths[0][k]]++;
		}
}

static void
screening_answers_alike(void **state)
{
	static struct group screened[N_CONDITIONS], asked[N_CONDITIONS];
	size_t n_asked[2] = { 0 }, n_known[PSP_TRUE + 1] = { 0 };
	struct psp_buffer csv;
	struct bench a, b;

	(void)state;
	psp_buffer_init(&csv);
	bench_init(&a, fields);
	bench_init(&b, fields);
	put_records(&csv, &a.err);
	bench_open(&a, csv.bytes);
	bench_open(&b, csv.bytes);
	add_groups(&a, screened);
	add_groups(&b, asked);
	do
		compare_groups(&a, &b, screened, asked, n_asked, n_known);
	while (next_batch(&a) && next_batch(&b));
	for (size_t i = 0; i < N_CONDITIONS; i++) {
		psp_evaluation_free(a.evaluation);
		psp_evaluation_free(b.evaluation);
		a.evaluation = screened[i].evaluation;
		b.evaluation = asked[i].evaluation;
		check_tallies(&a, &b);
	}
	/* It does find some false, and others it leaves. */
	assert_true(n_asked[0] + N_RECORDS < n_asked[1]);
	assert_true(n_known[PSP_TRUE] > 0 && n_known[PSP_UNKNOWN] > 0);
	bench_clear(&a);
	bench_clear(&b);
	psp_buffer_clear(&csv);
}

static void
short_ways_answer_alike(void **state)
{
	(void)state;
	compare_ways(false);
}

static void
answers_ahead_are_alike(void **state)
{
	(void)state;
	compare_ways(true);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_hold_the_texts_of_records),
		cmocka_unit_test(screening_answers_alike),
		cmocka_unit_test(short_ways_answer_alike),
		cmocka_unit_test(answers_ahead_are_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
