/* Cells as plain words, for the readers of codes and names. */
#include <config.h>

#include "libprospect/values/plain.h"

#include "libprospect/base/text.h"

static bool
is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Whether the byte may stand between words; `%` or `*` say that the cell is
 * something else. */
static bool
is_mark(char c)
{
	return c != '\0' && strchr(" -_.,;:'/()[]\"&", c) != NULL;
}

static bool
add_word(struct psp_plain *plain, size_t *used, struct psp_slice word)
{
	if (plain->n_words == PSP_PLAIN_WORDS)
		return false;
	if (psp_slice_is(word, "st"))
		word = psp_slice_of("saint");
	else if (psp_slice_is(word, "&"))
		word = psp_slice_of("et");
	if (word.size > sizeof(plain->text) - *used)
		return false;
	memcpy(plain->text + *used, word.bytes, word.size);
	plain->words[plain->n_words++] =
	    psp_slice(plain->text + *used, word.size);
	*used += word.size;
	return true;
}

bool
psp_plain_read(struct psp_slice cell, struct psp_plain *plain)
{
	char folded[PSP_PLAIN_SIZE];
	size_t size, used = 0, at = 0;

	plain->n_words = 0;
	if (!psp_text_fold_into(cell, folded, sizeof(folded), &size))
		return false;
	if (size >= 2 && folded[0] == '-' && is_word_byte(folded[1]))
		return false;
	while (at < size) {
		size_t start = at;

		while (at < size && is_word_byte(folded[at]))
			at++;
		if (at == start) {
			if (!is_mark(folded[at]))
				return false;
			at++;
			if (folded[start] != '&')
				continue;
		}
		if (!add_word(
			plain, &used, psp_slice(folded + start, at - start)))
			return false;
	}
	return true;
}

struct psp_slice
psp_plain_key(const struct psp_plain *plain, size_t first, size_t n)
{
	const char *start = plain->words[first].bytes;
	const struct psp_slice *last = &plain->words[first + n - 1];

	return psp_slice(start, (size_t)(last->bytes - start) + last->size);
}

const char *
psp_plain_find(
    const struct psp_plain_name *aliases, size_t n, struct psp_slice name)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *other = aliases[middle].name;
		size_t other_size = strlen(other);
		size_t shorter =
		    name.size < other_size ? name.size : other_size;
		int order = memcmp(name.bytes, other, shorter);

		if (order == 0 && name.size == other_size)
			return aliases[middle].meaning;
		if (order < 0 || (order == 0 && name.size < other_size))
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

bool
psp_plain_is_space(uint32_t character)
{
	return character == ' ' || (character >= '\t' && character <= '\r')
	       || character == 0xA0 || character == 0xAD
	       || (character >= 0x2000 && character <= 0x200F)
	       || (character >= 0x202A && character <= 0x202F)
	       || (character >= 0x2066 && character <= 0x2069)
	       || character == 0x2060 || character == 0x3000
	       || character == 0xFEFF;
}

bool
psp_plain_is_gap(uint32_t character)
{
	return character == '.' || character == '-'
	       || (character >= 0x2010 && character <= 0x2014)
	       || character == 0x2212 || psp_plain_is_space(character);
}
