/*
 * Which scanner runs: the fastest one that the processor has, unless another
 * is asked for by name. The portable forms of their smaller functions.
 */
#include <config.h>

#include "libprospect/stream/scan.h"

#include <string.h>

#include "libprospect/stream/scanners.h"

static const char *const names[PSP_N_SCANNERS] = { "portable", "sse2", "avx2",
	"avx512", "neon" };

const struct psp_scan_functions *const psp_scanners[PSP_N_SCANNERS] = {
	[0] = &psp_scan_portable,
#if defined(__x86_64__)
	[1] = &psp_scan_sse2,
	[2] = &psp_scan_avx2,
	[3] = &psp_scan_avx512,
#elif defined(__aarch64__)
	[4] = &psp_scan_neon,
#endif
};

bool
psp_scan_can_run(const struct psp_scan_functions *functions)
{
	if (functions == NULL)
		return false;
#if defined(__x86_64__)
	__builtin_cpu_init();
	if (functions != &psp_scan_portable && functions != &psp_scan_sse2)
		if (!__builtin_cpu_supports("avx2")
		    || !__builtin_cpu_supports("bmi")
		    || !__builtin_cpu_supports("bmi2")
		    || !__builtin_cpu_supports("popcnt")
		    || !__builtin_cpu_supports("pclmul"))
			return false;
	if (functions == &psp_scan_avx512
	    || functions == &psp_scan_avx512_vbmi2)
		return __builtin_cpu_supports("avx512f")
		       && __builtin_cpu_supports("avx512bw");
#endif
	return true;
}

/* The form of a scanner that suits the processor. */
static const struct psp_scan_functions *
suited(const struct psp_scan_functions *functions)
{
#if defined(__x86_64__)
	/* AMD's pdep was microcode before Zen 3: slower than walking. */
	if (functions == &psp_scan_avx2
	    && (__builtin_cpu_is("znver1") || __builtin_cpu_is("znver2")
		|| __builtin_cpu_is("amdfam15h")))
		return &psp_scan_avx2_slow_pdep;
	if (functions == &psp_scan_avx512
	    && __builtin_cpu_supports("avx512vbmi2"))
		return &psp_scan_avx512_vbmi2;
#endif
	return functions;
}

const struct psp_scan_functions *
psp_scan_best(void)
{
	size_t i = PSP_N_SCANNERS - 1;

	while (!psp_scan_can_run(psp_scanners[i]))
		i--;
	return suited(psp_scanners[i]);
}

const struct psp_scan_functions *
psp_scan_find(const char *name, struct psp_error *err)
{
	for (size_t i = 0; i < PSP_N_SCANNERS; i++) {
		if (strcmp(name, names[i]) != 0)
			continue;
		if (psp_scan_can_run(psp_scanners[i]))
			return suited(psp_scanners[i]);
		psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "this machine cannot run the scanner '%s'; its best is "
		    "'%s'",
		    name, psp_scan_best()->name);
		return NULL;
	}
	psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
	    "expected the scanner portable, sse2, avx2, avx512 or neon, not "
	    "'%s'",
	    name);
	return NULL;
}

size_t
psp_find_bit(const uint64_t *mask, size_t from, size_t n)
{
	size_t w = from / 64;
	uint64_t bits = mask[w] & ~psp_bits_below(from % 64);

	for (;;) {
		for (; bits != 0; bits &= bits - 1)
			if (n-- == 0)
				return w * 64 + psp_lowest_bit(bits);
		bits = mask[++w];
	}
}

void
psp_find_fields(
    const uint64_t *mask, size_t rank, struct psp_field_place *places, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t start = places[i].start;

		if (rank > 0)
			start = psp_find_bit(mask, start, rank - 1) + 1;
		places[i].start = start;
		places[i].end = psp_find_bit(mask, start, 0);
	}
}

void
psp_list_bits(const uint64_t *mask, size_t from, size_t to, uint32_t *places)
{
	uint64_t above = ~psp_bits_below(from % 64);

	for (size_t w = from / 64; w * 64 < to; w++) {
		uint64_t bits = mask[w] & above;

		above = ~UINT64_C(0);
		for (; bits != 0; bits &= bits - 1)
			*places++ =
			    (uint32_t)(w * 64 + psp_lowest_bit(bits) - from);
	}
}

/* The position of the bit before `end` that has `n` others behind it there. */
static size_t
find_bit_back(const uint64_t *mask, size_t end, size_t n)
{
	size_t w = end / 64;
	uint64_t bits = mask[w] & psp_bits_below(end % 64);

	while (n >= psp_count_bits(bits)) {
		n -= psp_count_bits(bits);
		bits = mask[--w];
	}
	for (n = psp_count_bits(bits) - n; n > 1; n--)
		bits &= bits - 1;
	return w * 64 + psp_lowest_bit(bits);
}

void
psp_find_fields_back(const uint64_t *mask, size_t n_behind,
    struct psp_field_place *places, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		places[i].start =
		    find_bit_back(mask, places[i].end, n_behind) + 1;
		if (n_behind > 0)
			places[i].end = psp_find_bit(mask, places[i].start, 0);
	}
}

bool
psp_is_odd(const char *bytes, size_t size, unsigned char byte)
{
	const char *end = bytes + size;
	bool is_odd = false;

	while (bytes < end) {
		bytes = memchr(bytes, byte, (size_t)(end - bytes));
		if (bytes == NULL)
			break;
		is_odd = !is_odd;
		bytes++;
	}
	return is_odd;
}
