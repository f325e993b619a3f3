/* Decay in whole numbers; see the header. */
#include <config.h>

#include "libprospect/scoring/decay.h"

#include <stddef.h>

enum { STRENGTH_ONE = 1000000, N_ROOTS = 48 };

static const uint64_t one = (uint64_t)1 << 63;

/* 2^(-2^-k) for k = 1, 2, ... 48 in units of 2^-63, to the nearest. */
static const uint64_t roots[N_ROOTS] = {
	0x5a827999fcef3242,
	0x6ba27e656b4eb57a,
	0x75606373ee921c97,
	0x7a92be8a92436616,
	0x7d41d96db915019d,
	0x7e9f06067a4360ba,
	0x7f4f08ae3dc7c426,
	0x7fa765aca88f6453,
	0x7fd3ab290e46d769,
	0x7fe9d3a8e07bf086,
	0x7ff4e9597bed93ab,
	0x7ffa748dff8dc61f,
	0x7ffd3a3f50020332,
	0x7ffe9d1dbc0a75aa,
	0x7fff4e8e6306ed59,
	0x7fffa74712c3cdfd,
	0x7fffd3a381b1fa29,
	0x7fffe9d1beed018a,
	0x7ffff4e8defb81d7,
	0x7ffffa746f5f012f,
	0x7ffffd3a37a7d0a8,
	0x7ffffe9d1bd1fc58,
	0x7fffff4e8de8832d,
	0x7fffffa746f422d7,
	0x7fffffd3a37a09bb,
	0x7fffffe9d1bd02f2,
	0x7ffffff4e8de80fe,
	0x7ffffffa746f4060,
	0x7ffffffd3a37a028,
	0x7ffffffe9d1bd012,
	0x7fffffff4e8de809,
	0x7fffffffa746f404,
	0x7fffffffd3a37a02,
	0x7fffffffe9d1bd01,
	0x7ffffffff4e8de81,
	0x7ffffffffa746f40,
	0x7ffffffffd3a37a0,
	0x7ffffffffe9d1bd0,
	0x7fffffffff4e8de8,
	0x7fffffffffa746f4,
	0x7fffffffffd3a37a,
	0x7fffffffffe9d1bd,
	0x7ffffffffff4e8df,
	0x7ffffffffffa746f,
	0x7ffffffffffd3a38,
	0x7ffffffffffe9d1c,
	0x7fffffffffff4e8e,
	0x7fffffffffffa747,
};

/* A product of two numbers of 64 bits. */
struct wide {
	uint64_t high, low;
};

static struct wide
multiply(uint64_t a, uint64_t b)
{
	uint64_t a0 = a & UINT32_MAX, a1 = a >> 32;
	uint64_t b0 = b & UINT32_MAX, b1 = b >> 32;
	uint64_t low = a0 * b0;
	uint64_t middle = a1 * b0 + (low >> 32);
	uint64_t other = a0 * b1 + (middle & UINT32_MAX);
	struct wide product;

	product.high = a1 * b1 + (middle >> 32) + (other >> 32);
	product.low = (other << 32) | (low & UINT32_MAX);
	return product;
}

/* The product without its lowest `n` bits, 1 or more; it must fit. */
static uint64_t
shift_down(struct wide product, uint32_t n)
{
	if (n >= 128)
		return 0;
	if (n >= 64)
		return product.high >> (n - 64);
	return (product.high << (64 - n)) | (product.low >> n);
}

struct psp_decay
psp_decay_of(int32_t age, int32_t half_life)
{
	struct psp_decay decay = { one, 0 };
	uint64_t rest, whole;

	if (half_life <= 0 || age <= 0)
		return decay;
	decay.halvings = (uint32_t)(age / half_life);
	rest = (uint64_t)(age % half_life);
	whole = (uint64_t)half_life;
	/* The bits of rest / whole, from the first after the point. */
	for (size_t k = 0; k < N_ROOTS && rest > 0; k++) {
		rest *= 2;
		if (rest < whole)
			continue;
		rest -= whole;
		decay.fraction =
		    shift_down(multiply(decay.fraction, roots[k]), 63);
	}
	return decay;
}

struct psp_decay
psp_decay_exp(uint64_t x)
{
	/* log2(e) / 10^8 in units of 2^-80 */
	static const uint64_t log2_e = 0x3df69987c4e2ee;
	struct psp_decay decay = { one, 0 };
	uint64_t binary = shift_down(multiply(x, log2_e), 32);

	decay.halvings = (uint32_t)(binary >> N_ROOTS);
	for (size_t k = 0; k < N_ROOTS; k++)
		if ((binary >> (N_ROOTS - 1 - k) & 1) != 0)
			decay.fraction =
			    shift_down(multiply(decay.fraction, roots[k]), 63);
	return decay;
}

int64_t
psp_decay_shown(struct psp_decay decay)
{
	uint64_t doubled =
	    shift_down(multiply(decay.fraction, 20000), 63 + decay.halvings);

	return (int64_t)((doubled + 1) / 2);
}

int64_t
psp_decay_apply(int64_t points, int64_t strength, struct psp_decay decay)
{
	uint64_t size = (uint64_t)(points < 0 ? -points : points);
	uint64_t amount =
	    shift_down(multiply(size * (uint64_t)strength, decay.fraction),
		63 + decay.halvings);
	int64_t rounded = (int64_t)((amount + STRENGTH_ONE / 2) / STRENGTH_ONE);

	return points < 0 ? -rounded : rounded;
}
