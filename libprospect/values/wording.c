/*
 * Folding is base's; here its result is kept in place and looked up. The word
 * lists are short, so that going through them costs less than a hash.
 */
#include <config.h>

#include "libprospect/values/wording.h"

#include "libprospect/base/text.h"

bool
psp_wording_read(struct psp_slice cell, struct psp_wording *wording)
{
	size_t size, kept = 0;

	wording->size = 0;
	if (!psp_text_fold_into(
		cell, wording->bytes, sizeof(wording->bytes), &size))
		return false;
	for (size_t i = 0; i < size; i++)
		if (wording->bytes[i] != ' '
		    || (kept > 0 && wording->bytes[kept - 1] != ' '))
			wording->bytes[kept++] = wording->bytes[i];
	if (kept > 0 && wording->bytes[kept - 1] == ' ')
		kept--;
	wording->size = kept;
	return true;
}

size_t
psp_wording_split(struct psp_slice text, const char *separators,
    struct psp_slice *words, size_t max)
{
	size_t n = 0, i = 0;

	while (i < text.size) {
		size_t start = i;

		while (i < text.size
		       && (text.bytes[i] == '\0'
			   || strchr(separators, text.bytes[i]) == NULL))
			i++;
		if (i > start) {
			if (n == max)
				return max + 1;
			words[n++] = psp_slice(text.bytes + start, i - start);
		}
		i++;
	}
	return n;
}

int
psp_word_find(
    struct psp_slice word, const struct psp_word_meaning *table, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (psp_slice_is(word, table[i].word))
			return table[i].meaning;
	return -1;
}

int
psp_word_integer(struct psp_slice text)
{
	int value = 0;

	if (text.size == 0 || text.size > 9)
		return -1;
	for (size_t i = 0; i < text.size; i++) {
		if (text.bytes[i] < '0' || text.bytes[i] > '9')
			return -1;
		value = value * 10 + (text.bytes[i] - '0');
	}
	return value;
}

int
psp_word_numeral(struct psp_slice word)
{
	static const struct psp_word_meaning numbers[] = { { "un", 1 },
		{ "une", 1 }, { "deux", 2 }, { "trois", 3 }, { "quatre", 4 },
		{ "cinq", 5 }, { "six", 6 }, { "sept", 7 }, { "huit", 8 },
		{ "neuf", 9 }, { "dix", 10 }, { "onze", 11 }, { "douze", 12 },
		{ "quinze", 15 }, { "trente", 30 }, { "a", 1 }, { "an", 1 },
		{ "one", 1 }, { "two", 2 }, { "three", 3 }, { "four", 4 },
		{ "five", 5 }, { "seven", 7 }, { "eight", 8 }, { "nine", 9 },
		{ "ten", 10 }, { "eleven", 11 }, { "twelve", 12 },
		{ "thirty", 30 } };

	return psp_word_find(
	    word, numbers, sizeof(numbers) / sizeof(numbers[0]));
}
