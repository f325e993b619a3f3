/* Why appointments fall; see the header. */
#include <config.h>

#include "libprospect/calls/diagnosis.h"

#include <math.h>
#include <stdlib.h>

#include "libprospect/base/catalog.h"

enum {
	LEAST_COUNTED = 30,
	MOST_HOURS = 24,
	SUBJECT_WORDS = 4,
	QUARTERS_PER_HOUR = 4,
	QUARTER = 900
};

static const double significant = 0.05, no_sign = -1;

/* Of the mix of segments: it explains the fall when its effect is a quarter of
 * it, and does not below a tenth. */
static const double explains = 0.25, explains_nothing = 0.1;

/* Seconds from 1901-01-01 to 1970-01-01, as the dimension counts. */
static const int64_t before_1970 = INT64_C(25202) * 86400;

/* Companies, or calls of nobody known, seen alike. */
struct seen {
	uint32_t rank;    /* of the session, from 0 */
	uint32_t segment; /* a symbol */
	uint32_t hour;    /* of the session, from 0; PSP_NO_ID */
	uint32_t company; /* its number; PSP_NO_ID: nobody known */
	bool is_fresh;    /* its first session */
	bool is_pitched, has_appointment;
	size_t n;
};

struct diagnosing {
	const struct psp_log *log;
	const struct psp_log_plan *plan;
	const struct psp_cube *cube;
	const uint32_t *ids; /* of the group */
	size_t n_ids;
	uint32_t *ranks; /* of sessions; PSP_NO_ID: not of this group */
	size_t n_ranks;
	struct psp_keys companies;
	uint32_t *first; /* the first rank of each company */
	struct seen *seen;
	size_t n_seen, capacity;
	struct psp_trend_point *points; /* room: ranks or hours */
	struct psp_error *err;
};

static const enum psp_call_field segments[] = { PSP_CALL_SEGMENT,
	PSP_CALL_SOURCE, PSP_CALL_CAMPAIGN, PSP_CALL_FUNCTION };

size_t
psp_diagnosis_plan(struct psp_log_plan *plan)
{
	size_t dims[3] = { psp_log_plan_dim(plan, PSP_DIM_SESSION), SIZE_MAX,
		psp_log_plan_dim(plan, PSP_DIM_QUARTER) };

	for (size_t i = 0; i < sizeof(segments) / sizeof(segments[0]); i++)
		if (dims[1] == SIZE_MAX
		    && psp_call_has(&plan->columns, segments[i]))
			dims[1] = psp_log_plan_field(plan, segments[i]);
	if (dims[1] == SIZE_MAX) /* one segment for all: the session again */
		dims[1] = dims[0];
	return psp_log_plan_cube(plan, dims, 3, 1U << PSP_UNIT_COMPANY);
}

/* Whether the log has segments. */
static bool
has_segments(const struct diagnosing *d)
{
	const struct psp_cube_plan *cube =
	    &d->plan->cubes[d->cube - d->log->cubes];

	return d->plan->dims[cube->dims[d->n_ids + 1]].kind == PSP_DIM_TEXT;
}

static bool
is_of_group(const struct diagnosing *d, const uint32_t *ids)
{
	return ids[d->n_ids] != PSP_NO_SESSION
	       && (d->n_ids == 0
		   || memcmp(ids, d->ids, d->n_ids * sizeof(*ids)) == 0);
}

/* Sessions with times, by start. */
struct started {
	int64_t start;
	uint32_t session;
};

static int
by_start(const void *a, const void *b)
{
	const struct started *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->session < y->session ? -1 : 1;
}

/* Ranks the sessions of the group in time; those without times as they came. */
static bool
rank_sessions(struct diagnosing *d)
{
	const struct psp_sessions *sessions = &d->log->sessions;
	struct started *found = calloc(sessions->n + 1, sizeof(*found));
	size_t n = 0;

	d->ranks = malloc((sessions->n + 1) * sizeof(*d->ranks));
	if (found == NULL || d->ranks == NULL) {
		free(found);
		return psp_error_memory(d->err);
	}
	for (size_t i = 0; i < sessions->n; i++)
		d->ranks[i] = PSP_NO_ID;
	for (size_t i = 0; i < d->cube->cells.n; i++) {
		const uint32_t *ids = psp_keys_get(&d->cube->cells, i);
		uint32_t session;

		if (!is_of_group(d, ids))
			continue;
		session = ids[d->n_ids];
		if (d->ranks[session] != PSP_NO_ID)
			continue;
		d->ranks[session] = 0;
		found[n].session = session;
		found[n++].start = sessions->items[session].start;
	}
	if (n > 1)
		qsort(found, n, sizeof(*found), by_start);
	for (size_t i = 0; i < n; i++)
		d->ranks[found[i].session] = (uint32_t)i;
	d->n_ranks = n;
	free(found);
	return true;
}

/* The hour of the session in which a quarter lies. */
static uint32_t
hour_of(const struct diagnosing *d, uint32_t session, uint32_t quarter)
{
	int64_t start = d->log->sessions.items[session].start;
	int64_t at = (int64_t)quarter * QUARTER - before_1970;

	if (quarter == PSP_NO_ID || start == PSP_NO_TIME)
		return PSP_NO_ID;
	if (at < start)
		return 0;
	at = (at - start) / (QUARTERS_PER_HOUR * QUARTER);
	return at < MOST_HOURS ? (uint32_t)at : MOST_HOURS - 1;
}

static bool
see(struct diagnosing *d, uint32_t cell, uint32_t company, psp_marks marks,
    size_t n)
{
	const uint32_t *ids = psp_keys_get(&d->cube->cells, cell);
	struct seen *grown = psp_array_reserve(
	    d->seen, &d->capacity, d->n_seen + 1, sizeof(*grown), d->err);
	struct seen *seen;

	if (grown == NULL)
		return false;
	d->seen = grown;
	seen = &grown[d->n_seen++];
	seen->rank = d->ranks[ids[d->n_ids]];
	seen->segment = has_segments(d) ? ids[d->n_ids + 1] : 0;
	seen->hour = hour_of(d, ids[d->n_ids], ids[d->n_ids + 2]);
	seen->company = company;
	seen->is_fresh = false;
	seen->is_pitched = marks & PSP_MARK_BIT(PSP_MARK_PITCHED);
	seen->has_appointment =
	    seen->is_pitched && marks & PSP_MARK_BIT(PSP_MARK_APPOINTMENT);
	seen->n = n;
	return true;
}

/* Companies and the marks of all their calls in a cell. */
static bool
see_companies(struct diagnosing *d)
{
	const struct psp_subjects *subjects =
	    &d->cube->subjects[PSP_UNIT_COMPANY];
	const struct psp_outcomes *outcomes = &d->plan->model->outcomes;

	d->first = malloc((subjects->keys.n + 1) * sizeof(*d->first));
	if (d->first == NULL)
		return psp_error_memory(d->err);
	for (size_t i = 0; i < subjects->keys.n; i++) {
		const uint32_t *key = psp_keys_get(&subjects->keys, i);
		uint32_t company, rank;
		bool is_new;

		if (!is_of_group(d, psp_keys_get(&d->cube->cells, key[0])))
			continue;
		if (!psp_keys_put(
			&d->companies, key + 1, &company, &is_new, d->err)
		    || !see(d, key[0], company,
			psp_fact_marks(&subjects->facts[i], outcomes), 1))
			return false;
		rank = d->seen[d->n_seen - 1].rank;
		if (is_new || rank < d->first[company])
			d->first[company] = rank;
	}
	for (size_t i = 0; i < d->n_seen; i++)
		d->seen[i].is_fresh =
		    d->first[d->seen[i].company] == d->seen[i].rank;
	return true;
}

/* Calls of companies that nobody knows, each for itself. */
static bool
see_unknown(struct diagnosing *d)
{
	const struct psp_outcomes *outcomes = &d->plan->model->outcomes;
	const uint64_t *alone = d->cube->subjects[PSP_UNIT_COMPANY].alone;
	size_t n_slots = d->cube->n_slots;

	for (size_t i = 0; i < d->cube->cells.n; i++) {
		if (!is_of_group(d, psp_keys_get(&d->cube->cells, i)))
			continue;
		for (size_t slot = 0; slot < n_slots; slot++)
			if (alone[i * n_slots + slot] > 0
			    && !see(d, (uint32_t)i, PSP_NO_ID,
				outcomes->items[slot / 2].marks[slot % 2],
				(size_t)alone[i * n_slots + slot]))
				return false;
	}
	return true;
}

static void
clear_points(struct diagnosing *d, size_t n)
{
	for (size_t i = 0; i < n; i++)
		d->points[i] =
		    (struct psp_trend_point){ (double)(i + 1), 0, 0 };
}

static void
conclude(struct psp_cause_test *test)
{
	if (test->trend.is_known && test->trend.p < significant
	    && test->trend.statistic < 0)
		test->finding = PSP_SUPPORTED;
	else if (test->trend.is_known && test->n >= LEAST_COUNTED
		 && test->trend.statistic > no_sign)
		test->finding = PSP_CONTRADICTED;
	else
		test->finding = PSP_CANNOT_TELL;
}

/* The rate over the sessions, and hour by hour within them. */
static void
test_rate(struct diagnosing *d, struct psp_diagnosis *diagnosis)
{
	struct psp_cause_test *fatigue = &diagnosis->causes[PSP_CAUSE_FATIGUE];

	clear_points(d, d->n_ranks);
	for (size_t i = 0; i < d->n_seen; i++) {
		const struct seen *seen = &d->seen[i];
		struct psp_trend_point *point = &d->points[seen->rank];

		point->n += seen->is_pitched ? seen->n : 0;
		point->n_yes += seen->has_appointment ? seen->n : 0;
	}
	diagnosis->overall = psp_cochran_armitage(d->points, d->n_ranks);
	clear_points(d, MOST_HOURS);
	for (size_t i = 0; i < d->n_seen; i++) {
		const struct seen *seen = &d->seen[i];

		if (seen->hour == PSP_NO_ID || !seen->is_pitched)
			continue;
		d->points[seen->hour].n += seen->n;
		d->points[seen->hour].n_yes +=
		    seen->has_appointment ? seen->n : 0;
		fatigue->n += seen->n;
	}
	fatigue->trend = psp_cochran_armitage(d->points, MOST_HOURS);
	conclude(fatigue);
}

/* The share of companies that are called for the first time. */
static bool
test_file(struct diagnosing *d, struct psp_cause_test *test)
{
	struct psp_keys known; /* rank and company, each counted once */
	bool is_done = true;

	psp_keys_init(&known, 2);
	clear_points(d, d->n_ranks);
	for (size_t i = 0; is_done && i < d->n_seen; i++) {
		const struct seen *seen = &d->seen[i];
		uint32_t key[2] = { seen->rank, seen->company }, number;
		bool is_new;

		if (seen->company == PSP_NO_ID)
			continue;
		is_done = psp_keys_put(&known, key, &number, &is_new, d->err);
		if (!is_done || !is_new)
			continue;
		d->points[seen->rank].n++;
		d->points[seen->rank].n_yes += seen->is_fresh;
		test->n++;
	}
	psp_keys_clear(&known);
	/* All companies of the first session are new, which says nothing. */
	if (d->n_ranks > 0)
		d->points[0].n = d->points[0].n_yes = 0;
	test->trend = psp_cochran_armitage(d->points, d->n_ranks);
	conclude(test);
	return is_done;
}

/* Counts of a segment in the first and the second half of the sessions. */
struct halves {
	size_t *pitched[2];
	size_t *yes;
	size_t *all;
};

/* What the change of the mix alone does to the rate. */
static double
mix_effect(const struct halves *halves, size_t n)
{
	double sums[2] = { 0, 0 }, effect = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < 2; j++)
			sums[j] += (double)halves->pitched[j][i];
	for (size_t i = 0; i < n; i++)
		if (halves->all[i] > 0 && sums[0] > 0 && sums[1] > 0)
			effect += ((double)halves->pitched[1][i] / sums[1]
				      - (double)halves->pitched[0][i] / sums[0])
			          * (double)halves->yes[i]
			          / (double)halves->all[i];
	return effect;
}

static bool
test_target(struct diagnosing *d, struct psp_diagnosis *diagnosis)
{
	struct psp_cause_test *test = &diagnosis->causes[PSP_CAUSE_TARGET];
	size_t n = d->log->symbols.n;
	size_t *room = calloc(4 * n, sizeof(*room));
	struct halves halves = { { room, room + n }, room + 2 * n,
		room + 3 * n };
	/* The slope, over the sessions from the middle of a half to that of
	 * the other, is the change of the rate. */
	double effect,
	    change = diagnosis->overall.slope * (double)d->n_ranks / 2;

	if (room == NULL)
		return psp_error_memory(d->err);
	for (size_t i = 0; i < d->n_seen; i++) {
		const struct seen *seen = &d->seen[i];
		size_t half = seen->rank >= d->n_ranks / 2;

		if (!seen->is_pitched)
			continue;
		halves.pitched[half][seen->segment] += seen->n;
		halves.all[seen->segment] += seen->n;
		halves.yes[seen->segment] +=
		    seen->has_appointment ? seen->n : 0;
		test->n += seen->n;
	}
	if (has_segments(d))
		test->trend =
		    psp_mix_change(halves.pitched[0], halves.pitched[1], n);
	effect = mix_effect(&halves, n);
	free(room);
	test->trend.slope = effect;
	if (!test->trend.is_known)
		test->finding = PSP_CANNOT_TELL;
	else if (test->trend.p < significant && effect < 0
		 && effect <= explains * change)
		test->finding = PSP_SUPPORTED;
	else if (test->n >= LEAST_COUNTED
		 && (test->trend.p >= significant
		     || effect > explains_nothing * change))
		test->finding = PSP_CONTRADICTED;
	return true;
}

/* By stratum, then rank. */
static int
by_stratum(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	if (x->segment != y->segment)
		return x->segment < y->segment ? -1 : 1;
	if (x->hour != y->hour)
		return x->hour < y->hour ? -1 : 1;
	if (x->is_fresh != y->is_fresh)
		return x->is_fresh ? -1 : 1;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

static bool
is_same_stratum(const struct seen *a, const struct seen *b)
{
	return a->segment == b->segment && a->hour == b->hour
	       && a->is_fresh == b->is_fresh;
}

/* The rate over the sessions where all else is alike. Sorts what was seen. */
static void
test_market(struct diagnosing *d, struct psp_cause_test *test)
{
	struct psp_strata strata = { 0, 0, 0 };
	size_t from = 0;

	if (d->n_seen > 1)
		qsort(d->seen, d->n_seen, sizeof(*d->seen), by_stratum);
	while (from < d->n_seen) {
		size_t to = from;

		clear_points(d, d->n_ranks);
		while (to < d->n_seen
		       && is_same_stratum(&d->seen[from], &d->seen[to])) {
			const struct seen *seen = &d->seen[to++];

			if (!seen->is_pitched)
				continue;
			d->points[seen->rank].n += seen->n;
			d->points[seen->rank].n_yes +=
			    seen->has_appointment ? seen->n : 0;
			test->n += seen->n;
		}
		psp_strata_add(&strata, d->points, d->n_ranks);
		from = to;
	}
	test->trend = psp_strata_trend(&strata);
	conclude(test);
}

bool
psp_diagnose(const struct psp_log *log, const struct psp_log_plan *plan,
    size_t cube, const uint32_t *ids, size_t n, struct psp_diagnosis *diagnosis,
    struct psp_error *err)
{
	struct diagnosing d = { .log = log,
		.plan = plan,
		.cube = &log->cubes[cube],
		.ids = ids,
		.n_ids = n,
		.err = err };
	bool is_done = false;

	memset(diagnosis, 0, sizeof(*diagnosis));
	psp_keys_init(&d.companies, SUBJECT_WORDS);
	if (!rank_sessions(&d) || !see_companies(&d) || !see_unknown(&d))
		goto done;
	d.points = calloc(d.n_ranks + MOST_HOURS, sizeof(*d.points));
	if (d.points == NULL) {
		psp_error_memory(err);
		goto done;
	}
	test_rate(&d, diagnosis);
	if (!test_file(&d, &diagnosis->causes[PSP_CAUSE_END_OF_FILE])
	    || !test_target(&d, diagnosis))
		goto done;
	test_market(&d, &diagnosis->causes[PSP_CAUSE_MARKET]);
	is_done = true;
done:
	free(d.points);
	free(d.seen);
	free(d.first);
	free(d.ranks);
	psp_keys_clear(&d.companies);
	return is_done;
}

const char *
psp_cause_word(enum psp_cause cause)
{
	static const char *const words[] = { N_("fatigue"),
		N_("end of the file"), N_("change of target"),
		N_("shrinking market") };

	return words[cause];
}

const char *
psp_finding_word(enum psp_finding finding)
{
	static const char *const words[] = { N_("cannot tell"), N_("supported"),
		N_("contradicted") };

	return words[finding];
}
