/*
 * Bits found by pdep, for the scanners of x86 processors that have it: included
 * once by each of them, which has defined PSP_TARGET before. A bit put at place
 * n and spread over the bits of a word goes to the one that has n below it.
 */
#ifndef PSP_STREAM_SCAN_PDEP_H
#define PSP_STREAM_SCAN_PDEP_H

PSP_TARGET static size_t
find_bit(const uint64_t *mask, size_t from, size_t n)
{
	size_t w = from / 64;
	uint64_t bits = mask[w] & ~psp_bits_below(from % 64);
	size_t count = psp_count_bits(bits);

	while (n >= count) {
		n -= count;
		bits = mask[++w];
		count = psp_count_bits(bits);
	}
	return w * 64 + psp_lowest_bit(_pdep_u64((uint64_t)1 << n, bits));
}

/*
 * The same, where it is one of many: four words are looked at without asking in
 * which the bit lies, for that is what no processor foresees.
 */
PSP_TARGET static inline size_t
select_bit(const uint64_t *mask, size_t from, size_t n)
{
	size_t w = from / 64;
	uint64_t above = ~psp_bits_below(from % 64);

	for (;; w += PSP_MASK_PADDING, above = ~UINT64_C(0)) {
		size_t in_first = psp_count_bits(mask[w] & above);
		size_t in_two = in_first + psp_count_bits(mask[w + 1]);
		size_t in_three = in_two + psp_count_bits(mask[w + 2]);
		size_t in_four = in_three + psp_count_bits(mask[w + 3]);
		size_t is_behind = n >= in_first;
		size_t k =
		    is_behind + (size_t)(n >= in_two) + (size_t)(n >= in_three);
		const size_t before[4] = { 0, in_first, in_two, in_three };
		uint64_t bits = mask[w + k] & (above | (0 - is_behind));

		if (PSP_LIKELY(n < in_four))
			return (w + k) * 64
			       + psp_lowest_bit(_pdep_u64(
				   (uint64_t)1 << (n - before[k]), bits));
		n -= in_four;
	}
}

/* 64 bits of the mask from `from` on. */
PSP_TARGET static inline uint64_t
bits_from(const uint64_t *mask, size_t from)
{
	size_t w = from / 64, shift = from % 64;

	return mask[w] >> shift | mask[w + 1] << 1 << (63 - shift);
}

/* The first bit at or after `from`. */
PSP_TARGET static inline size_t
next_bit(const uint64_t *mask, size_t from)
{
	size_t w = from / 64;
	uint64_t bits = bits_from(mask, from);

	if (PSP_LIKELY(bits != 0))
		return from + psp_lowest_bit(bits);
	bits = mask[++w] & ~psp_bits_below(from % 64);
	while (bits == 0)
		bits = mask[++w];
	return w * 64 + psp_lowest_bit(bits);
}

/* The place of the bit of `bits` that has `n` others below it. */
PSP_TARGET static inline size_t
place_of(uint64_t bits, size_t n)
{
	return psp_lowest_bit(_pdep_u64((uint64_t)1 << n, bits));
}

PSP_TARGET static void
find_fields(
    const uint64_t *mask, size_t rank, struct psp_field_place *places, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t start = places[i].start;

		if (rank > 0) {
			uint64_t bits = bits_from(mask, start);

			start +=
			    rank <= psp_count_bits(bits)
				? place_of(bits, rank - 1) + 1
				: select_bit(mask, start, rank - 1) + 1 - start;
		}
		places[i].start = start;
		places[i].end = next_bit(mask, start);
	}
}

/* The bit before `end` that has `n` others behind it there, not among the 64
 * bits before `end`, where there are `count`. */
PSP_TARGET static PSP_NOINLINE size_t
find_far_bit_back(const uint64_t *mask, size_t end, size_t n, size_t count)
{
	size_t w = (end - 64) / 64;
	uint64_t bits = mask[w] & psp_bits_below(end % 64);

	for (n -= count;; n -= count) {
		count = psp_count_bits(bits);
		if (n < count)
			return w * 64 + place_of(bits, count - 1 - n);
		bits = mask[--w];
	}
}

PSP_TARGET static void
find_fields_back(const uint64_t *mask, size_t n_behind,
    struct psp_field_place *places, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t end = places[i].end, start, count;
		uint64_t bits;

		if (PSP_UNLIKELY(end < 64)) {
			psp_find_fields_back(mask, n_behind, &places[i], 1);
			continue;
		}
		bits = bits_from(mask, end - 64);
		count = psp_count_bits(bits);
		start = PSP_LIKELY(n_behind < count)
		            ? end - 64 + place_of(bits, count - 1 - n_behind)
		            : find_far_bit_back(mask, end, n_behind, count);
		places[i].start = start + 1;
		if (n_behind > 0)
			places[i].end = next_bit(mask, start + 1);
	}
}

#endif
