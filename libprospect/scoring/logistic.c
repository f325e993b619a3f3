/* The logistic function in whole numbers; see the header. */
#include <config.h>

#include "libprospect/scoring/logistic.h"

#include "libprospect/scoring/decay.h"

/* An exponent of 1 in hundred-millionths; scores beyond ten million points and
 * exponents beyond 20 make no difference to what is shown. */
enum { EXPONENT_ONE = 100000000, MAX_SCORE = 1000000000 };

static const int64_t max_exponent = (int64_t)20 * EXPONENT_ONE;

int32_t
psp_chance_of(int64_t intercept, int64_t slope, int64_t score)
{
	int64_t exponent;
	uint64_t unit = (uint64_t)1 << 48, rest, chance;
	struct psp_decay power;

	if (score > MAX_SCORE)
		score = MAX_SCORE;
	if (score < -MAX_SCORE)
		score = -MAX_SCORE;
	exponent = intercept * (EXPONENT_ONE / 1000000) + slope * score;
	if (exponent > max_exponent)
		exponent = max_exponent;
	if (exponent < -max_exponent)
		exponent = -max_exponent;
	/* e^-|exponent| in units of 2^-48, then 1 / (1 + that). */
	power = psp_decay_exp((uint64_t)(exponent < 0 ? -exponent : exponent));
	rest = (power.fraction >> 15) >> power.halvings;
	chance =
	    (2 * PSP_CHANCE_SCALE * unit + unit + rest) / (2 * (unit + rest));
	if (exponent < 0)
		chance = PSP_CHANCE_SCALE - chance;
	if (chance < 1)
		chance = 1;
	if (chance > PSP_CHANCE_SCALE - 1)
		chance = PSP_CHANCE_SCALE - 1;
	return (int32_t)chance;
}
