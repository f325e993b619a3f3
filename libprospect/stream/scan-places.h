/*
 * Bits of a mask to a list of their places, for the scanners of processors that
 * have instructions for it; PSP_TARGET is theirs.
 *
 * Four places or eight are written of each word, whether it has as many or not:
 * how many it has is not to be foretold, and a branch that goes wrong costs
 * more than some places do. Those too many are written over by the next word's.
 */

/* The place of the lowest bit, which is taken out; 63 without one. */
PSP_TARGET static inline uint32_t
take_bit(uint64_t *bits)
{
	uint32_t at = (uint32_t)psp_lowest_bit(*bits | (uint64_t)1 << 63);

	*bits &= *bits - 1;
	return at;
}

PSP_TARGET static void
list_bits(const uint64_t *mask, size_t from, size_t to, uint32_t *places)
{
	uint64_t above = ~psp_bits_below(from % 64);

	for (size_t w = from / 64; w * 64 < to; w++) {
		uint64_t bits = mask[w] & above;
		uint32_t base = (uint32_t)(w * 64 - from);
		size_t n = psp_count_bits(bits);

		above = ~UINT64_C(0);
		places[0] = base + take_bit(&bits);
		places[1] = base + take_bit(&bits);
		places[2] = base + take_bit(&bits);
		places[3] = base + take_bit(&bits);
		if (n > 4) {
			places[4] = base + take_bit(&bits);
			places[5] = base + take_bit(&bits);
			places[6] = base + take_bit(&bits);
			places[7] = base + take_bit(&bits);
			for (size_t i = 8; i < n; i++)
				places[i] = base + take_bit(&bits);
		}
		places += n;
	}
}
