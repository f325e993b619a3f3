/* SIREN, SIRET and VAT numbers: digits among gaps, and their keys. */
#include <config.h>

#include "libprospect/values/company.h"

#include "libprospect/base/text.h"
#include "libprospect/values/plain.h"

enum { SIREN_SIZE = 9, SIRET_SIZE = 14, VAT_SIZE = 13, VAT_KEY_SIZE = 2 };

static bool
is_digit(uint32_t character)
{
	return character >= '0' && character <= '9';
}

/* Luhn: from the right, every second digit doubled. */
static bool
luhn_holds(const char *digits, size_t size)
{
	unsigned sum = 0;

	for (size_t i = 0; i < size; i++) {
		unsigned digit = (unsigned)(digits[size - 1 - i] - '0');

		if (i % 2 == 1)
			digit *= 2;
		sum += digit > 9 ? digit - 9 : digit;
	}
	return sum % 10 == 0;
}

/* Luhn holds for zeros too, but no company has that number: it fills cells. */
static bool
siren_holds(const char *siren)
{
	return memcmp(siren, "000000000", SIREN_SIZE) != 0
	       && luhn_holds(siren, SIREN_SIZE);
}

static bool
siret_holds(const char *siret)
{
	unsigned sum = 0;

	if (memcmp(siret, "000000000", SIREN_SIZE) == 0)
		return false;
	if (luhn_holds(siret, SIRET_SIZE))
		return true;
	if (memcmp(siret, "356000000", SIREN_SIZE) != 0)
		return false;
	for (size_t i = 0; i < SIRET_SIZE; i++)
		sum += (unsigned)(siret[i] - '0');
	return sum % 5 == 0;
}

/* Collects `wanted` digits and a NUL. */
static enum psp_id_result
collect_digits(struct psp_slice cell, char *digits, size_t wanted)
{
	size_t at = 0, n = 0;

	/* The short way: the digits and nothing else. */
	if (cell.size == wanted) {
		while (n < wanted && is_digit((unsigned char)cell.bytes[n])) {
			digits[n] = cell.bytes[n];
			n++;
		}
		digits[wanted] = '\0';
		if (n == wanted)
			return PSP_ID_VALID;
		n = 0;
	}
	while (at < cell.size) {
		uint32_t character = psp_utf8_next(cell, &at);

		if (is_digit(character)) {
			if (n < wanted)
				digits[n] = (char)character;
			n++;
		} else if (!psp_plain_is_gap(character)) {
			return PSP_ID_CHARACTER;
		}
	}
	if (n == 0)
		return PSP_ID_CHARACTER;
	if (n != wanted)
		return PSP_ID_LENGTH;
	digits[n] = '\0';
	return PSP_ID_VALID;
}

enum psp_id_result
psp_siren_read(struct psp_slice cell, char siren[10])
{
	enum psp_id_result result = collect_digits(cell, siren, SIREN_SIZE);

	if (result == PSP_ID_VALID && !siren_holds(siren))
		return PSP_ID_CHECKSUM;
	return result;
}

enum psp_id_result
psp_siret_read(struct psp_slice cell, char siret[15])
{
	enum psp_id_result result = collect_digits(cell, siret, SIRET_SIZE);

	if (result == PSP_ID_VALID && !siret_holds(siret))
		return PSP_ID_CHECKSUM;
	return result;
}

/*
 * The characters of a VAT number in upper case, up to VAT_SIZE of them; `*n`
 * counts all. False when one is neither a letter, a digit nor a gap.
 */
static bool
collect_vat(struct psp_slice cell, char *text, size_t *n)
{
	size_t at = 0;

	*n = 0;
	while (at < cell.size) {
		uint32_t character = psp_utf8_next(cell, &at);

		if (psp_plain_is_gap(character))
			continue;
		if (character >= 'a' && character <= 'z')
			character -= 'a' - 'A';
		if (!is_digit(character)
		    && !(character >= 'A' && character <= 'Z'))
			return false;
		if (*n < VAT_SIZE)
			text[*n] = (char)character;
		(*n)++;
	}
	return true;
}

/* Whether the `n` characters may be a number of another state of the VAT area
 * (Northern Ireland is XI, Greece EL) or of two neighbours. */
static bool
is_foreign(const char *text, size_t n)
{
	static const char states[] =
	    "AT BE BG CY CZ DE DK EE EL ES FI GB HR HU IE IT LT LU LV MT NL "
	    "PL PT RO SE SI SK XI CH";
	size_t n_digits = 0;
	bool is_state = false;

	if (n < 8)
		return false;
	for (size_t i = 0; i < sizeof(states); i += 3)
		is_state = is_state || memcmp(text, states + i, 2) == 0;
	for (size_t i = 2; i < n && i < VAT_SIZE; i++)
		n_digits += is_digit((unsigned char)text[i]);
	return is_state && n_digits >= 5;
}

/* What follows FR: the key and nine digits. */
static enum psp_vat_result
check_vat(const char *key, const char *digits)
{
	unsigned long number = 0;
	bool has_letter = false;

	for (size_t i = 0; i < SIREN_SIZE; i++)
		if (!is_digit((unsigned char)digits[i]))
			return PSP_VAT_CHARACTER;
	for (size_t i = 0; i < VAT_KEY_SIZE; i++) {
		if (key[i] == 'I' || key[i] == 'O')
			return PSP_VAT_CHARACTER;
		has_letter = has_letter || !is_digit((unsigned char)key[i]);
	}
	if (has_letter)
		return PSP_VAT_UNCHECKED;
	if (!siren_holds(digits))
		return PSP_VAT_SIREN;
	for (size_t i = 0; i < SIREN_SIZE; i++)
		number = number * 10 + (unsigned long)(digits[i] - '0');
	number = (12 + 3 * (number % 97)) % 97;
	if (number
	    != (unsigned long)(key[0] - '0') * 10
		   + (unsigned long)(key[1] - '0'))
		return PSP_VAT_CHECKSUM;
	return PSP_VAT_VALID;
}

enum psp_vat_result
psp_vat_read(struct psp_slice cell, char siren[10])
{
	char text[VAT_SIZE];
	const char *digits = text + VAT_SIZE - SIREN_SIZE;
	enum psp_vat_result result;
	size_t n;

	if (!collect_vat(cell, text, &n) || n < 2)
		return PSP_VAT_CHARACTER;
	if (text[0] != 'F' || text[1] != 'R')
		return is_foreign(text, n) ? PSP_VAT_FOREIGN
		                           : PSP_VAT_CHARACTER;
	if (n != VAT_SIZE)
		return PSP_VAT_LENGTH;
	result = check_vat(text + 2, digits);
	if (siren != NULL && result != PSP_VAT_CHARACTER) {
		memcpy(siren, digits, SIREN_SIZE);
		siren[SIREN_SIZE] = '\0';
	}
	return result;
}
