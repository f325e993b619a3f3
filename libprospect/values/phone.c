/*
 * Telephone numbers. A cell becomes its digits and whether they are
 * international; those of the French plan (country codes 33 and five overseas)
 * are put as dialled at home, "0199001234", looked up in phone-plan.c and
 * written with the country code that their range has.
 */
#include <config.h>

#include "libprospect/values/phone.h"

#include "libprospect/base/text.h"
#include "libprospect/values/phone-plan.h"
#include "libprospect/values/plain.h"

enum { MAX_DIGITS = 20, MIN_FOREIGN_DIGITS = 7, MAX_E164_DIGITS = 15 };

struct dialled {
	char digits[MAX_DIGITS + 1];
	size_t n; /* all of them, kept or not: too many are no number */
	bool is_international; /* it began with + or 00, which are gone */
};

/* The country codes whose numbers are in the French plan. */
static const char *const french_codes[] = { "33", "262", "508", "590", "594",
	"596" };

static const size_t n_french_codes =
    sizeof(french_codes) / sizeof(french_codes[0]);

static bool
begins_with(const char *digits, const char *start)
{
	return strncmp(digits, start, strlen(start)) == 0;
}

/* `cell` without white space, a "tel:" or "Tél." in front, or the apostrophe
 * that keeps spreadsheets from reading a number. */
static struct psp_slice
drop_label(struct psp_slice cell)
{
	static const char *const labels[] = { "tel", "t\xC3\xA9l", "Tel",
		"T\xC3\xA9l", "TEL", "T\xC3\x89L" };
	struct psp_slice rest = psp_text_trim(cell);

	if (rest.size > 0 && rest.bytes[0] == '\'')
		return psp_slice(rest.bytes + 1, rest.size - 1);
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		size_t size = strlen(labels[i]);

		if (rest.size <= size
		    || memcmp(rest.bytes, labels[i], size) != 0)
			continue;
		rest = psp_slice(rest.bytes + size, rest.size - size);
		while (rest.size > 0
		       && (rest.bytes[0] == '.' || rest.bytes[0] == ':'
			   || rest.bytes[0] == ' '))
			rest = psp_text_trim(
			    psp_slice(rest.bytes + 1, rest.size - 1));
		return rest;
	}
	return rest;
}

/* Whether "(0)" stands at `at`: the zero not dialled from abroad. Italy's is
 * part of the number. */
static bool
is_trunk_zero(struct psp_slice cell, size_t at, const struct dialled *dialled)
{
	return dialled->is_international && cell.size - at >= 3
	       && memcmp(cell.bytes + at, "(0)", 3) == 0
	       && !begins_with(dialled->digits, "39");
}

/* Collects the digits; false for what no number has. */
static bool
collect(struct psp_slice cell, struct dialled *dialled)
{
	size_t at = 0;

	memset(dialled, 0, sizeof(*dialled));
	while (at < cell.size) {
		size_t before = at;
		uint32_t character = psp_utf8_next(cell, &at);

		if (character >= '0' && character <= '9') {
			if (dialled->n < MAX_DIGITS)
				dialled->digits[dialled->n] = (char)character;
			dialled->n++;
			if (dialled->n == 2 && !dialled->is_international
			    && begins_with(dialled->digits, "00")) {
				memset(dialled->digits, 0, 2);
				dialled->n = 0;
				dialled->is_international = true;
			}
		} else if (character == '+') {
			if (dialled->n > 0 || dialled->is_international)
				return false;
			dialled->is_international = true;
		} else if (is_trunk_zero(cell, before, dialled)) {
			at = before + 3;
		} else if (character != '/' && character != '('
			   && character != ')'
			   && !psp_plain_is_gap(character)) {
			return false;
		}
	}
	return dialled->n > 0;
}

/* The range of a number as dialled at home, NULL when there is none: the last
 * that matches, since longer prefixes come after shorter ones. */
static const struct psp_phone_range *
find_range(const char *national)
{
	const struct psp_phone_range *best = NULL;

	for (size_t i = 0; i < PSP_PHONE_RANGE_COUNT; i++) {
		const struct psp_phone_range *range = &psp_phone_ranges[i];

		if (range->prefix[1] == national[1]
		    && begins_with(national, range->prefix))
			best = range;
	}
	return best;
}

/* Emergency and service numbers, which exist inside one country only. */
static bool
is_short(const char *digits, size_t n)
{
	switch (n) {
	case 2:
	case 3:
		return digits[0] == '1';
	case 4:
		return digits[0] == '3' || begins_with(digits, "10");
	case 6:
		return begins_with(digits, "118") || begins_with(digits, "116");
	default:
		return false;
	}
}

static void
write_e164(struct psp_phone *phone, const char *country, const char *rest)
{
	size_t country_size = strlen(country), size = strlen(rest);

	phone->e164[0] = '+';
	memcpy(phone->e164 + 1, country, country_size);
	memcpy(phone->e164 + 1 + country_size, rest, size + 1);
}

/*
 * A number as dialled at home, `n` digits with the 0 in front. `country` is
 * the code it came with, NULL when it came without.
 */
static enum psp_phone_result
read_national(const char *national, size_t n, const char *country,
    struct psp_phone *phone)
{
	const struct psp_phone_range *range = NULL;
	bool is_moved;

	if (n != 10 && n != 14)
		return PSP_PHONE_LENGTH;
	range = find_range(national);
	if (range == NULL)
		return n == 10 ? PSP_PHONE_RANGE : PSP_PHONE_LENGTH;
	if (range->size != n)
		return PSP_PHONE_LENGTH;
	is_moved = country != NULL && strcmp(country, range->country) != 0;
	if (is_moved && strcmp(country, "33") != 0)
		return PSP_PHONE_MISMATCH;
	write_e164(phone, range->country, national + 1);
	phone->zone = range->zone;
	phone->type = range->type;
	phone->is_sales_platform = range->is_sales_platform;
	return is_moved ? PSP_PHONE_CORRECTED : PSP_PHONE_VALID;
}

/* What follows a country code of the French plan; a 0 that should not be
 * there is taken away. */
static enum psp_phone_result
read_french(const char *country, const char *rest, struct psp_phone *phone)
{
	char national[MAX_DIGITS + 2] = "0";
	size_t n = strlen(rest);
	bool has_zero = rest[0] == '0';
	enum psp_phone_result result;

	if (is_short(rest, n))
		return PSP_PHONE_SHORT;
	memcpy(national + !has_zero, rest, n + 1);
	result =
	    read_national(national, n + (has_zero ? 0 : 1), country, phone);
	if (result == PSP_PHONE_VALID && has_zero)
		return PSP_PHONE_CORRECTED;
	return result;
}

static enum psp_phone_result
read_territory(const struct psp_phone_territory *territory, const char *rest,
    struct psp_phone *phone)
{
	size_t n = strlen(rest);

	if (n < territory->min_size || n > territory->max_size)
		return PSP_PHONE_LENGTH;
	write_e164(phone, territory->country, rest);
	phone->zone = territory->zone;
	phone->type = "plan propre";
	return PSP_PHONE_VALID;
}

static enum psp_phone_result
read_international(const struct dialled *dialled, struct psp_phone *phone)
{
	const char *digits = dialled->digits;

	for (size_t i = 0; i < n_french_codes; i++)
		if (begins_with(digits, french_codes[i]))
			return read_french(french_codes[i],
			    digits + strlen(french_codes[i]), phone);
	for (size_t i = 0; i < PSP_PHONE_TERRITORY_COUNT; i++)
		if (begins_with(digits, psp_phone_territories[i].country))
			return read_territory(&psp_phone_territories[i],
			    digits + strlen(psp_phone_territories[i].country),
			    phone);
	if (digits[0] == '0')
		return PSP_PHONE_RANGE;
	if (dialled->n < MIN_FOREIGN_DIGITS || dialled->n > MAX_E164_DIGITS)
		return PSP_PHONE_LENGTH;
	write_e164(phone, "", digits);
	phone->zone = "étranger";
	phone->type = "étranger";
	return PSP_PHONE_FOREIGN;
}

/* Without a code: the first 0 may be lost, or the + before a country code. */
static enum psp_phone_result
read_domestic(const struct dialled *dialled, struct psp_phone *phone)
{
	char national[MAX_DIGITS + 2] = "0";
	const char *digits = dialled->digits;
	enum psp_phone_result result;

	if (digits[0] == '0')
		return read_national(digits, dialled->n, NULL, phone);
	if (is_short(digits, dialled->n))
		return PSP_PHONE_SHORT;
	if (dialled->n == 9) {
		memcpy(national + 1, digits, dialled->n + 1);
		result = read_national(national, 10, NULL, phone);
		return result == PSP_PHONE_VALID ? PSP_PHONE_ZERO_RESTORED
		                                 : result;
	}
	for (size_t i = 0; i < n_french_codes; i++) {
		size_t size = strlen(french_codes[i]);

		if (dialled->n != size + 9
		    || !begins_with(digits, french_codes[i]))
			continue;
		result = read_french(french_codes[i], digits + size, phone);
		return result == PSP_PHONE_VALID ? PSP_PHONE_CORRECTED : result;
	}
	return PSP_PHONE_LENGTH;
}

enum psp_phone_result
psp_phone_read(struct psp_slice cell, struct psp_phone *phone)
{
	struct dialled dialled;

	memset(phone->e164, 0, sizeof(phone->e164));
	phone->zone = "";
	phone->type = "";
	phone->is_sales_platform = false;
	if (!collect(drop_label(cell), &dialled))
		return PSP_PHONE_SHAPE;
	return dialled.is_international ? read_international(&dialled, phone)
	                                : read_domestic(&dialled, phone);
}
