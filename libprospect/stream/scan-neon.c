/*
 * The scanner of 64-bit ARM processors: 16 bytes at a time, four of them
 * folded into one mask. UTF-8 is proven as in scan-avx2.c.
 */
#include <config.h>

#include "libprospect/stream/scanners.h"

#if defined(__aarch64__)

#include <arm_neon.h>

#include "libprospect/stream/scan-utf8.h"

#define PSP_TARGET

struct needles {
	uint8x16_t separator, quote, newline, cr;
	uint64_t quote_counts, cr_counts; /* all ones or 0 */
	uint8x16_t lowest;                /* of all bytes so far */
};

static inline struct needles
prepare(const struct psp_scanner *scanner)
{
	struct needles needles;

	needles.separator = vdupq_n_u8(scanner->separator);
	needles.quote = vdupq_n_u8(scanner->quote);
	needles.newline = vdupq_n_u8(scanner->newline);
	needles.cr = vdupq_n_u8('\r');
	needles.quote_counts = scanner->has_quote ? ~UINT64_C(0) : 0;
	needles.cr_counts = scanner->has_cr ? ~UINT64_C(0) : 0;
	needles.lowest = vdupq_n_u8(1);
	return needles;
}

static inline bool
saw_nul(const struct needles *needles)
{
	return vminvq_u8(needles->lowest) == 0;
}

/* One bit a byte of 64 that are 0xFF or 0: each keeps the bit of its place in
 * eight, and neighbours are added up three times. */
static inline uint64_t
bits_of(const uint8x16_t bytes[4])
{
	static const uint8_t places[16] = { 1, 2, 4, 8, 16, 32, 64, 128, 1, 2,
		4, 8, 16, 32, 64, 128 };
	const uint8x16_t place = vld1q_u8(places);
	uint8x16_t low =
	    vpaddq_u8(vandq_u8(bytes[0], place), vandq_u8(bytes[1], place));
	uint8x16_t high =
	    vpaddq_u8(vandq_u8(bytes[2], place), vandq_u8(bytes[3], place));
	uint8x16_t sums = vpaddq_u8(low, high);

	sums = vpaddq_u8(sums, sums);
	return vgetq_lane_u64(vreinterpretq_u64_u8(sums), 0);
}

static inline uint64_t
equal_bits(const uint8x16_t parts[4], uint8x16_t needle)
{
	const uint8x16_t equal[4] = { vceqq_u8(parts[0], needle),
		vceqq_u8(parts[1], needle), vceqq_u8(parts[2], needle),
		vceqq_u8(parts[3], needle) };

	return bits_of(equal);
}

static inline uint64_t
high_bits(const uint8x16_t parts[4])
{
	const uint8x16_t first = vdupq_n_u8(0x80);
	const uint8x16_t high[4] = { vcgeq_u8(parts[0], first),
		vcgeq_u8(parts[1], first), vcgeq_u8(parts[2], first),
		vcgeq_u8(parts[3], first) };

	return bits_of(high);
}

static inline struct quotes
find_quotes(const struct needles *needles, const char *bytes)
{
	const uint8_t *p = (const uint8_t *)bytes;
	const uint8x16_t parts[4] = { vld1q_u8(p), vld1q_u8(p + 16),
		vld1q_u8(p + 32), vld1q_u8(p + 48) };
	struct quotes quotes;

	quotes.quote =
	    equal_bits(parts, needles->quote) & needles->quote_counts;
	quotes.cr = equal_bits(parts, needles->cr) & needles->cr_counts;
	return quotes;
}

static inline struct classes
classify(struct needles *needles, const char *bytes)
{
	const uint8_t *p = (const uint8_t *)bytes;
	const uint8x16_t parts[4] = { vld1q_u8(p), vld1q_u8(p + 16),
		vld1q_u8(p + 32), vld1q_u8(p + 48) };
	uint8x16_t special = vdupq_n_u8(0);
	struct classes classes;

	for (size_t i = 0; i < 4; i++)
		special = vorrq_u8(
		    special, vorrq_u8(vceqq_u8(parts[i], needles->quote),
				 vceqq_u8(parts[i], needles->cr)));
	classes.separator = equal_bits(parts, needles->separator);
	classes.newline = equal_bits(parts, needles->newline);
	classes.high = high_bits(parts);
	classes.is_special = vmaxvq_u8(special) != 0;
	needles->lowest =
	    vminq_u8(needles->lowest, vminq_u8(vminq_u8(parts[0], parts[1]),
					  vminq_u8(parts[2], parts[3])));
	return classes;
}

/* Not 0 where 16 bytes, after the three before them, are no UTF-8. */
static inline uint8x16_t
utf8_faults(const uint8_t *bytes)
{
	uint8x16_t now = vld1q_u8(bytes), before = vld1q_u8(bytes - 1);
	uint8x16_t faults =
	    vandq_u8(vandq_u8(vqtbl1q_u8(vld1q_u8(psp_utf8_first_high),
				  vshrq_n_u8(before, 4)),
			 vqtbl1q_u8(vld1q_u8(psp_utf8_first_low),
			     vandq_u8(before, vdupq_n_u8(0x0F)))),
		vqtbl1q_u8(vld1q_u8(psp_utf8_second_high), vshrq_n_u8(now, 4)));
	uint8x16_t third =
	    vqsubq_u8(vld1q_u8(bytes - 2), vdupq_n_u8(0xE0 - 0x80));
	uint8x16_t fourth =
	    vqsubq_u8(vld1q_u8(bytes - 3), vdupq_n_u8(0xF0 - 0x80));
	uint8x16_t continues =
	    vandq_u8(vorrq_u8(third, fourth), vdupq_n_u8(0x80));

	return veorq_u8(faults, continues);
}

static inline bool
is_doubtful(const char *bytes)
{
	const uint8_t *p = (const uint8_t *)bytes;
	uint8x16_t faults =
	    vorrq_u8(vorrq_u8(utf8_faults(p), utf8_faults(p + 16)),
		vorrq_u8(utf8_faults(p + 32), utf8_faults(p + 48)));

	return vmaxvq_u8(faults) != 0;
}

static inline uint64_t
prefix_xor(uint64_t bits)
{
	return psp_prefix_xor(bits);
}

#include "libprospect/stream/scan-words.h"

const struct psp_scan_functions psp_scan_neon = {
	.name = "neon",
	.scan = scan_words,
	.find_bit = psp_find_bit,
	.find_fields = psp_find_fields,
	.find_fields_back = psp_find_fields_back,
	.list_bits = psp_list_bits,
	.is_odd = psp_is_odd,
};

#endif
