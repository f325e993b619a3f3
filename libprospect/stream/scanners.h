/*
 * What the scanners share among themselves and what each is called: for
 * scan.c and the scan-*.c only.
 */
#ifndef PSP_STREAM_SCANNERS_H
#define PSP_STREAM_SCANNERS_H

#include "libprospect/base/compiler.h"
#include "libprospect/stream/scan.h"

extern const struct psp_scan_functions psp_scan_portable;
#if defined(__x86_64__)
extern const struct psp_scan_functions psp_scan_sse2, psp_scan_avx2,
    psp_scan_avx512;
/* The same as psp_scan_avx2 for processors whose pdep is slow. */
extern const struct psp_scan_functions psp_scan_avx2_slow_pdep;
/* The same as psp_scan_avx512 for processors that can move bytes together. */
extern const struct psp_scan_functions psp_scan_avx512_vbmi2;
#elif defined(__aarch64__)
extern const struct psp_scan_functions psp_scan_neon;
#endif

/* Which of 64 bytes are of each class. */
struct classes {
	uint64_t separator, newline, high;
	bool is_special; /* perhaps there are quotes or CR */
};

struct quotes {
	uint64_t quote, cr;
};

/* Portable forms of what a processor may do better. */
size_t psp_find_bit(const uint64_t *mask, size_t from, size_t n);
void psp_find_fields(const uint64_t *mask, size_t rank,
    struct psp_field_place *places, size_t n);
void psp_list_bits(
    const uint64_t *mask, size_t from, size_t to, uint32_t *places);
void psp_find_fields_back(const uint64_t *mask, size_t n_behind,
    struct psp_field_place *places, size_t n);
bool psp_is_odd(const char *bytes, size_t size, unsigned char byte);

/* Bit i of the result is the xor of bits 0 to i. */
static inline uint64_t
psp_prefix_xor(uint64_t bits)
{
	bits ^= bits << 1;
	bits ^= bits << 2;
	bits ^= bits << 4;
	bits ^= bits << 8;
	bits ^= bits << 16;
	bits ^= bits << 32;
	return bits;
}

#endif
