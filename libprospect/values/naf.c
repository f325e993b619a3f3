/* Activity codes: their shapes, and a search in the two sorted lists. */
#include <config.h>

#include "libprospect/values/naf.h"

#include "libprospect/base/text.h"
#include "libprospect/values/naf-codes.h"
#include "libprospect/values/plain.h"

static bool
is_digit(uint32_t character)
{
	return character >= '0' && character <= '9';
}

/* The capital of an ASCII letter, else 0. */
static char
capital(uint32_t character)
{
	if (character >= 'A' && character <= 'Z')
		return (char)character;
	if (character >= 'a' && character <= 'z')
		return (char)(character - 'a' + 'A');
	return '\0';
}

/*
 * Whether what follows a sub-class is nothing or its label: "62.01Z -
 * Programmation". A digit before any letter may be a second code.
 */
static bool
is_label(struct psp_slice rest)
{
	size_t at = 0;
	bool is_parted = false;

	while (at < rest.size) {
		uint32_t character = psp_utf8_next(rest, &at);

		if (psp_plain_is_gap(character) || character == ':'
		    || character == '(' || character == ',')
			is_parted = true;
		else
			return is_parted && !is_digit(character)
			       && (capital(character) != '\0'
				   || character >= 0xC0);
	}
	return true;
}

/*
 * Collects the code without its point. The letter ends it, so that a section
 * is a lone letter; nothing but white space may follow one.
 */
static bool
read_shape(struct psp_slice cell, char digits[6], size_t *size)
{
	size_t at = 0, n = 0, n_after_point = 0;
	bool has_point = false;

	while (at < cell.size) {
		uint32_t character = psp_utf8_next(cell, &at);
		char letter = capital(character);

		if (psp_plain_is_space(character))
			continue;
		if (character == '.' && n == 2 && !has_point) {
			has_point = true;
		} else if (is_digit(character) && n < 4) {
			digits[n++] = (char)character;
			n_after_point += has_point;
		} else if (letter != '\0' && (n == 0 || n == 4)) {
			struct psp_slice rest =
			    psp_slice(cell.bytes + at, cell.size - at);

			digits[n++] = letter;
			digits[n] = '\0';
			*size = n;
			return n == 1 ? psp_text_trim(rest).size == 0
			              : is_label(rest);
		} else {
			return false;
		}
	}
	digits[n] = '\0';
	*size = n;
	return n >= 2 && (!has_point || n_after_point > 0);
}

/* Whether a code of the list begins with the `size` bytes of `prefix`. */
static bool
list_has(const char *codes, size_t n_codes, const char *prefix, size_t size)
{
	size_t low = 0, high = n_codes;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order =
		    memcmp(prefix, codes + middle * PSP_NAF_CODE_SIZE, size);

		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

static bool
rev2_has(const struct psp_naf *naf)
{
	return list_has(psp_naf_rev2_codes, PSP_NAF_REV2_COUNT, naf->digits,
	    strlen(naf->digits));
}

static bool
naf_2025_has(const struct psp_naf *naf)
{
	return list_has(psp_naf_2025_codes, PSP_NAF_2025_COUNT, naf->digits,
	    strlen(naf->digits));
}

/* The last letter of a sub-class tells its list. */
static enum psp_naf_version
version_of_letter(char letter)
{
	if (letter == 'Z' || (letter >= 'A' && letter <= 'F'))
		return PSP_NAF_REV2;
	if (strchr("YGHJKL", letter) != NULL)
		return PSP_NAF_2025;
	return PSP_NAF_ANY;
}

static bool
is_known(const struct psp_naf *naf)
{
	if (naf->level == PSP_NAF_SECTION)
		return strchr(psp_naf_2025_sections, naf->digits[0]) != NULL
		       || strchr(psp_naf_rev2_sections, naf->digits[0]) != NULL;
	switch (naf->version) {
	case PSP_NAF_REV2:
		return rev2_has(naf);
	case PSP_NAF_2025:
		return naf_2025_has(naf);
	default:
		return naf->level != PSP_NAF_SUBCLASS
		       && (rev2_has(naf) || naf_2025_has(naf));
	}
}

enum psp_naf_result
psp_naf_read(struct psp_slice cell, struct psp_naf *naf)
{
	size_t size;

	if (!read_shape(cell, naf->digits, &size))
		return PSP_NAF_SHAPE;
	naf->level = (enum psp_naf_level)size;
	naf->version = PSP_NAF_ANY;
	if (naf->level == PSP_NAF_SUBCLASS)
		naf->version = version_of_letter(naf->digits[4]);
	return is_known(naf) ? PSP_NAF_READ : PSP_NAF_UNKNOWN;
}

void
psp_naf_format(const struct psp_naf *naf, char text[8])
{
	size_t size = strlen(naf->digits);

	if (size <= 2) {
		memcpy(text, naf->digits, size + 1);
		return;
	}
	memcpy(text, naf->digits, 2);
	text[2] = '.';
	memcpy(text + 3, naf->digits + 2, size - 1);
}

char
psp_naf_section(const char *division, enum psp_naf_version version)
{
	size_t number;
	char rev2, naf_2025;

	if (!is_digit((unsigned char)division[0])
	    || !is_digit((unsigned char)division[1]))
		return '\0';
	number = (size_t)(division[0] - '0') * 10 + (size_t)(division[1] - '0');
	rev2 = psp_naf_rev2_sections[number];
	naf_2025 = psp_naf_2025_sections[number];
	if (version == PSP_NAF_2025)
		rev2 = naf_2025;
	else if (version == PSP_NAF_ANY && rev2 != naf_2025)
		return '\0';
	return rev2 == '.' ? '\0' : rev2;
}

bool
psp_naf_section_divisions(
    char section, enum psp_naf_version version, int *first, int *last)
{
	const char *sections = version == PSP_NAF_2025 ? psp_naf_2025_sections
	                                               : psp_naf_rev2_sections;
	const char *start, *end;
	int other_first, other_last;

	if (section < 'A' || section > 'Z')
		return false;
	start = strchr(sections, section);
	end = strrchr(sections, section);
	if (start == NULL)
		return false;
	*first = (int)(start - sections);
	*last = (int)(end - sections);
	return version != PSP_NAF_ANY
	       || (psp_naf_section_divisions(
		       section, PSP_NAF_2025, &other_first, &other_last)
		   && *first == other_first && *last == other_last);
}

enum psp_naf_version
psp_naf_version_find(struct psp_slice nomenclature)
{
	struct psp_plain plain;
	struct psp_slice key;

	if (psp_slice_is(nomenclature, "NAFRev2"))
		return PSP_NAF_REV2;
	if (!psp_plain_read(nomenclature, &plain) || plain.n_words == 0)
		return PSP_NAF_ANY;
	key = psp_plain_key(&plain, 0, plain.n_words);
	if (psp_slice_is(key, "nafrev2") || psp_slice_is(key, "rev2"))
		return PSP_NAF_REV2;
	if (psp_slice_is(key, "naf2025") || psp_slice_is(key, "naf25")
	    || psp_slice_is(key, "2025"))
		return PSP_NAF_2025;
	return PSP_NAF_ANY;
}
