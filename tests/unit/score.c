/* score: decay, random models whose explanations must add up. */
#include <config.h>

#include "tests/unit/unit.h"

#include "tests/unit/scores.h"

#include "libprospect/scoring/decay.h"
#include "libprospect/scoring/logistic.h"
#include "libprospect/scoring/reasons.h"

/* points x strength x 2^(-age / half_life), worked out with 80 digits
 * and rounded half away from zero */
static const struct {
	int64_t points, strength;
	int32_t age, half_life;
	int64_t amount;
} decays[] = {
	{ 1200, 1000000, 90, 90, 600 },
	{ 1200, 1000000, 45, 90, 849 },
	{ 1, 1000000, 90, 90, 1 },
	{ 1, 1000000, 91, 90, 0 },
	{ -1, 1000000, 90, 90, -1 },
	{ 3, 1000000, 90, 90, 2 },
	{ 100000000, 1000000, 1, 2, 70710678 },
	{ 100000000, 1000000, 365, 180, 24523252 },
	{ 100000000, 999999, 100000, 36500, 14971312 },
	{ -100000000, 1000000, 7, 3, -19842513 },
	{ 1500, 500000, 53, 180, 612 },
	{ 1500, 333333, 0, 90, 500 },
	{ 1500, 1000000, -5, 90, 1500 },
	{ 1200, 1000000, 10, 0, 1200 },
	{ 100000000, 1000000, 5760, 90, 0 },
	{ 100000000, 1000000, 27, 1, 1 },
	{ 100000000, 1000000, 28, 1, 0 },
	{ 100000000, 1, 1, 1, 50 },
	{ 5, 100000, 0, 0, 1 },
	{ 4, 100000, 0, 0, 0 },
	{ 25, 20000, 0, 0, 1 },
	{ 100000000, 1000000, 2147483647, 1, 0 },
	{ 0, 1000000, 3, 4, 0 },
	{ -48121822, 1000000, 1721, 477, -3946717 },
	{ 6959626, 1000000, 231, 381, 4571636 },
	{ -6239, 1000000, 1175, 256, -259 },
	{ 29088982, 427977, 372, 785, 8963864 },
	{ -1179, 145508, 259, 136, -46 },
	{ 215, 1000000, 1966, 170, 0 },
	{ 41111, 1000000, 372, 708, 28562 },
	{ 313303, 22618, 849, 170, 222 },
	{ 8538, 347974, 1674, 618, 454 },
	{ 5668969, 69229, 727, 314, 78854 },
	{ -42385034, 193748, 967, 722, -3245411 },
	{ 263, 1000000, 1944, 768, 45 },
	{ -18946, 575737, 749, 386, -2842 },
	{ 48997, 1000000, 1277, 202, 613 },
	{ 7573, 361110, 1828, 538, 259 },
	{ -113302, 618411, 1760, 303, -1250 },
	{ 991744, 1000000, 697, 526, 395828 },
	{ -5570, 1000000, 639, 703, -2966 },
	{ -23263, 1000000, 1283, 153, -70 },
	{ -169376, 1000000, 165, 616, -140676 },
	{ -244, 776531, 1692, 257, -2 },
	{ -56607305, 1000000, 1876, 654, -7751174 },
	{ 350419, 1000000, 267, 750, 273792 },
	{ 55542305, 1000000, 889, 382, 11067750 },
	{ 866, 441079, 289, 465, 248 },
};

static void
decay_follows_its_formula(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(decays) / sizeof(decays[0]); i++) {
		struct psp_decay decay =
		    psp_decay_of(decays[i].age, decays[i].half_life);

		assert_int_equal(psp_decay_apply(decays[i].points,
				     decays[i].strength, decay),
		    decays[i].amount);
	}
	assert_int_equal(psp_decay_shown(psp_decay_of(53, 180)), 8154);
	assert_int_equal(psp_decay_shown(psp_decay_of(1, 0)), 10000);
	assert_int_equal(psp_decay_shown(psp_decay_of(60, 1)), 0);
}

/* 1 / (1 + e^-(intercept + slope x score)), worked out with 60 digits. */
static const struct {
	int64_t intercept, slope, score;
	int32_t chance;
} chances[] = {
	{ 0, 0, 5000, 5000 },
	{ -3200000, 53219, 6000, 4983 },
	{ -3200000, 53219, 0, 392 },
	{ -3200000, 53219, -5000, 28 },
	{ 1000000000, -1000000000, 100, 5000 },
	{ 0, 1000000000, 1000000000000000, 9999 },
	{ 0, -1000000000, 1000000000000000, 1 },
	{ 0, 1, 1000000000, 9999 },
	{ 9210340, 0, 0, 9999 },
	{ 9210241, 0, 0, 9999 },
	{ -9210240, 0, 0, 1 },
	{ 1, 0, 0, 5000 },
	{ 200, 0, 0, 5000 },
	{ 199, 0, 0, 5000 },
	{ 0, -53219, 12345, 14 },
	{ -4007617, 110714, 7833, 9907 },
	{ -5811869, -6037, 9789, 17 },
	{ -46702, 128057, 9033, 9999 },
	{ -6900609, 117508, -9569, 1 },
	{ 7247442, 46012, -1502, 9986 },
	{ 1240632, -77144, -3717, 9838 },
	{ 4031747, 46553, 7726, 9995 },
	{ 6033494, 88165, 5609, 9999 },
	{ -1337188, 135055, -5065, 3 },
	{ -4108995, 132849, -5032, 1 },
	{ 6563383, 74297, 2777, 9998 },
	{ 4436142, -192059, -7902, 9999 },
	{ -5325713, 197531, 9369, 9999 },
	{ -7282120, -42049, -8984, 292 },
	{ 5817220, -58741, 5491, 9303 },
	{ 1978241, 176870, 2701, 9988 },
	{ 3981104, 23836, 2942, 9908 },
	{ 4215926, 102466, 4569, 9999 },
	{ 7696540, -129668, 1977, 9941 },
	{ -6364988, -181186, -5545, 9754 },
	{ 302765, -86237, -1547, 8371 },
	{ 3274980, 28674, -136, 9622 },
	{ -934301, 65941, 2644, 6919 },
	{ 1630503, -16022, 7501, 6056 },
	{ 1815914, 13687, 9144, 9555 },
};

static void
chances_follow_their_formula(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(chances) / sizeof(chances[0]); i++)
		assert_int_equal(psp_chance_of(chances[i].intercept,
				     chances[i].slope, chances[i].score),
		    chances[i].chance);
}

/* Older never gives more, whatever the half-life. */
static void
decay_never_rises_with_age(void **state)
{
	(void)state;
	for (int32_t half_life = 1; half_life < 400; half_life += 7) {
		uint64_t last = UINT64_MAX;
		uint32_t halvings = 0;

		for (int32_t age = 0; age < 2000; age++) {
			struct psp_decay decay = psp_decay_of(age, half_life);

			if (decay.halvings > halvings)
				last = UINT64_MAX;
			assert_true(decay.fraction < last);
			assert_true(decay.fraction > (uint64_t)1 << 62);
			assert_true(decay.fraction <= (uint64_t)1 << 63);
			last = decay.fraction;
			halvings = decay.halvings;
		}
	}
}

static void
points_are_written_short(void **state)
{
	static const struct {
		int64_t points;
		bool is_signed;
		const char *text;
	} rows[] = {
		{ 2000, true, "+20" },
		{ 1250, true, "+12.5" },
		{ -1500, true, "-15" },
		{ -5, true, "-0.05" },
		{ 612, false, "6.12" },
		{ 0, true, "0" },
		{ -10000000000000, true, "-100000000000" },
	};
	char text[PSP_POINTS_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t size =
		    psp_points_format(rows[i].points, rows[i].is_signed, text);

		assert_int_equal(size, strlen(rows[i].text));
		assert_memory_equal(text, rows[i].text, size);
	}
}

/* A generator of our own, so that every machine tests the same. */
static uint32_t seed;

static uint32_t
chance(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

/* Text that grows. */
struct text {
	char bytes[60000];
	size_t size;
};

static void add(struct text *text, const char *format, ...) PSP_PRINTF(2, 3);

static void
add(struct text *text, const char *format, ...)
{
	va_list arguments;
	int n;

	va_start(arguments, format);
	n = vsnprintf(text->bytes + text->size,
	    sizeof(text->bytes) - text->size, format, arguments);
	va_end(arguments);
	assert_true(n >= 0 && (size_t)n < sizeof(text->bytes) - text->size);
	text->size += (size_t)n;
}

/* Points from -20.00 to 20.00. */
static void
add_points(struct text *text, const char *before)
{
	int32_t points = (int32_t)chance(4001) - 2000;

	add(text, "%s%s%d.%02d", before, points < 0 ? "-" : "",
	    abs(points) / 100, abs(points) % 100);
}

static const char *const codes[] = { "buzz", "hr_moves", "distress" };

static void
add_rule(struct text *text)
{
	uint32_t kind = chance(5), bound = chance(50);
	uint32_t points;

	switch (kind) {
	case 0:
		add(text, "    - {when: {headcount: {ge: %u}}", bound);
		add_points(text, ", points: ");
		if (chance(3) == 0)
			add_points(text, ", missing: ");
		break;
	case 1:
		add(text, "    - {field: headcount, bins: [[0, %u", bound);
		add_points(text, ", ");
		add(text, "], [%u, %u", bound, bound + 20);
		add_points(text, ", ");
		add(text, "], [%u, null", bound + 30);
		add_points(text, ", ");
		add(text, "]]");
		if (chance(2) == 0)
			add_points(text, ", else: ");
		break;
	case 2:
		add(text, "    - {field: function, map: {ceo");
		add_points(text, ": ");
		add_points(text, ", it: ");
		add(text, "}");
		if (chance(2) == 0)
			add_points(text, ", missing: ");
		break;
	default:
		points = 1 + chance(3000);
		add(text, "    - {signal: %s, points: %s%u.%02u",
		    codes[chance(3)], kind == 3 ? "-" : "", points / 100,
		    points % 100);
		if (chance(2) == 0)
			add(text, ", cap: %s%u", kind == 3 ? "-" : "",
			    1 + chance(40));
		if (chance(2) == 0)
			add(text, ", half_life: %u days", 1 + chance(400));
		break;
	}
	if (chance(2) == 0)
		add(text, ", because: \"b%u, x\"", chance(9));
	add(text, "}\n");
}

static void
make_model(struct text *text)
{
	uint32_t n_groups = 1 + chance(3);

	text->size = 0;
	if (chance(2) == 0)
		add(text, "score: {min: -%u, max: %u}\n", chance(30),
		    chance(50));
	add(text, "groups:\n");
	for (uint32_t i = 0; i < n_groups; i++) {
		add(text, "  g%u:\n", i);
		if (chance(2) == 0)
			add(text, "    max: %u\n", chance(30));
		if (chance(2) == 0)
			add(text, "    min: -%u\n", chance(20));
		if (chance(2) == 0)
			add(text, "    half_life: %u months\n", 1 + chance(9));
		add(text, "    rules:\n");
		for (uint32_t n = 1 + chance(5); n > 0; n--)
			add_rule(text);
	}
	if (chance(2) == 0)
		add(text, "disqualify: [{when: {headcount: %u}}]\n",
		    chance(60));
	add(text, "classes: [{name: hot, when: {score: {ge: 10}}}, "
		  "{name: rest}]\n");
}

static void
make_companies(struct text *text, uint32_t n)
{
	static const char *const functions[] = { "CEO", "it", "chef", "" };

	text->size = 0;
	add(text, "siren,headcount,function\n");
	for (uint32_t i = 0; i < n; i++) {
		add(text, "1%08u,", i);
		if (chance(5) > 0)
			add(text, "%u", chance(100));
		add(text, ",%s\n", functions[chance(4)]);
	}
}

static void
make_signals(struct text *text, uint32_t n)
{
	text->size = 0;
	add(text, "siren,date,signal,strength\n");
	for (uint32_t i = 0; i < n * 2; i++)
		add(text, "1%08u,202%u-0%u-1%u,%s,0.%u\n", chance(n),
		    4 + chance(3), 1 + chance(9), chance(9), codes[chance(3)],
		    1 + chance(9));
}

/* Moves past a cell of a line of ours, none of which is quoted before the
 * cells read here. */
static const char *
next_cell(const char *at)
{
	while (*at != ',' && *at != '\n' && *at != '\0')
		at++;
	return *at == ',' ? at + 1 : at;
}

/* Hundredths at `at`; an empty cell is 0. */
static int64_t
read_points(const char *at)
{
	bool is_negative = *at == '-';
	int64_t value = 0, unit = 100;

	for (at += is_negative; *at >= '0' && *at <= '9'; at++)
		value = value * 10 + (*at - '0');
	value *= 100;
	if (*at == '.')
		for (at++; *at >= '0' && *at <= '9'; at++) {
			unit /= 10;
			value += (*at - '0') * unit;
		}
	return is_negative ? -value : value;
}

enum { N_COMPANIES = 40, N_MODELS = 400 };

/* The sums of the lines by company, and the scores they stand with. */
static void
add_up(const char *text, int64_t sums[N_COMPANIES], int64_t shown[N_COMPANIES],
    size_t counts[N_COMPANIES])
{
	const char *line = strchr(text, '\n') + 1;

	memset(sums, 0, N_COMPANIES * sizeof(*sums));
	memset(counts, 0, N_COMPANIES * sizeof(*counts));
	for (; *line != '\0'; line = strchr(line, '\n') + 1) {
		long company = strtol(line + 1, NULL, 10);
		const char *cell = next_cell(line);

		assert_in_range(company, 0, N_COMPANIES - 1);
		shown[company] = read_points(cell);
		for (size_t i = 0; i < 7; i++)
			cell = next_cell(cell);
		sums[company] += read_points(cell);
		counts[company]++;
	}
}

static void
explanations_add_up(void **state)
{
	static struct text yaml, csv, signals;
	int64_t sums[N_COMPANIES], shown[N_COMPANIES] = { 0 };
	size_t counts[N_COMPANIES], n_different = 0;

	(void)state;
	seed = 20261123;
	for (size_t model = 0; model < N_MODELS; model++) {
		struct psp_scorer_options options = scores_options();
		struct scores s;
		const char *line;

		make_model(&yaml);
		make_companies(&csv, N_COMPANIES);
		make_signals(&signals, N_COMPANIES);
		scores_init(&s, yaml.bytes, csv.bytes, signals.bytes);
		options.explains = true;
		add_up(scores_of(&s, &options), sums, shown, counts);
		options.explains = false;
		options.add = "score";
		line = strchr(scores_of(&s, &options), '\n') + 1;
		for (size_t i = 0; i < N_COMPANIES; i++) {
			const char *cell = line;

			for (size_t j = 0; j < 3; j++)
				cell = next_cell(cell);
			if (counts[i] == 0 || sums[i] != read_points(cell)
			    || shown[i] != sums[i])
				fail_msg("%zu lines add up to %lld, not %s\n%s",
				    counts[i], (long long)sums[i], line,
				    yaml.bytes);
			n_different += sums[i] != 0;
			line = strchr(line, '\n') + 1;
		}
		scores_clear(&s);
	}
	assert_true(n_different > N_MODELS * N_COMPANIES / 2);
}

/* Where the first cell after three ends a company's line. */
static int64_t
score_of(const char *line)
{
	for (size_t i = 0; i < 3; i++)
		line = next_cell(line);
	return read_points(line);
}

/* Sorted lines fall, and of equal scores the input's order stays; the best so
 * many are the head of that. */
static void
the_best_are_the_head_of_all_sorted(void **state)
{
	static struct text yaml, csv, signals;
	static const size_t tops[] = { 1, 2, 17, 39, 40, 41 };

	(void)state;
	seed = 7;
	for (size_t model = 0; model < 60; model++) {
		struct psp_scorer_options options = scores_options();
		struct scores s;
		const char *line, *next, *part;
		char *all;

		make_model(&yaml);
		make_companies(&csv, N_COMPANIES);
		make_signals(&signals, N_COMPANIES);
		scores_init(&s, yaml.bytes, csv.bytes, signals.bytes);
		options.add = "score,class";
		options.ranking.order = PSP_RANKING_BEST_FIRST;
		all = strdup(scores_of(&s, &options));
		assert_non_null(all);
		line = strchr(all, '\n') + 1;
		for (; *line != '\0'; line = next) {
			bool is_out, was_out;

			next = strchr(line, '\n') + 1;
			if (*next == '\0')
				break;
			was_out = memcmp(next - 13, "disqualified", 12) == 0;
			is_out =
			    memcmp(strchr(next, '\n') - 12, "disqualified", 12)
			    == 0;
			assert_true(was_out <= is_out);
			if (was_out == is_out) {
				assert_true(score_of(line) >= score_of(next));
				assert_true(score_of(line) != score_of(next)
					    || memcmp(line, next, 9) < 0);
			}
		}
		for (size_t i = 0; i < sizeof(tops) / sizeof(tops[0]); i++) {
			options.ranking.limit = tops[i];
			part = scores_of(&s, &options);
			assert_memory_equal(part, all, strlen(part));
			line = part;
			for (size_t n = 0; n <= tops[i] && n <= N_COMPANIES;
			     n++)
				line = strchr(line, '\n') + 1;
			assert_int_equal(*line, '\0');
		}
		free(all);
		scores_clear(&s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decay_follows_its_formula),
		cmocka_unit_test(chances_follow_their_formula),
		cmocka_unit_test(decay_never_rises_with_age),
		cmocka_unit_test(points_are_written_short),
		cmocka_unit_test(explanations_add_up),
		cmocka_unit_test(the_best_are_the_head_of_all_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
