/* From the lowest digit of 11 bits to the highest; see the header. */
#include <config.h>

#include "libprospect/base/sort.h"

#include <stdlib.h>
#include <string.h>

enum { DIGIT = 11, N_VALUES = 1 << DIGIT, FEW = 32 };

static void
insert_all(uint64_t *numbers, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t number = numbers[i];
		size_t at = i;

		for (; at > 0 && numbers[at - 1] > number; at--)
			numbers[at] = numbers[at - 1];
		numbers[at] = number;
	}
}

/* Puts the numbers in the order of one digit, equal ones as they stood. */
static void
order_by(const uint64_t *from, uint64_t *to, size_t n, unsigned shift)
{
	size_t starts[N_VALUES] = { 0 }, sum = 0;

	for (size_t i = 0; i < n; i++)
		starts[from[i] >> shift & (N_VALUES - 1)]++;
	for (size_t i = 0; i < N_VALUES; i++) {
		size_t count = starts[i];

		starts[i] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		to[starts[from[i] >> shift & (N_VALUES - 1)]++] = from[i];
}

bool
psp_sort_numbers(uint64_t *numbers, size_t n, struct psp_error *err)
{
	uint64_t *other, *from = numbers, *to, differ = 0;

	if (n <= FEW) {
		insert_all(numbers, n);
		return true;
	}
	other = calloc(n, sizeof(*other));
	if (other == NULL)
		return psp_error_memory(err);
	to = other;
	for (size_t i = 1; i < n; i++)
		differ |= numbers[i] ^ numbers[0];
	for (unsigned shift = 0; shift < 64; shift += DIGIT) {
		uint64_t *swapped = from;

		if ((differ >> shift & (N_VALUES - 1)) == 0)
			continue;
		order_by(from, to, n, shift);
		from = to;
		to = swapped;
	}
	if (from != numbers)
		memcpy(numbers, from, n * sizeof(*numbers));
	free(other);
	return true;
}
