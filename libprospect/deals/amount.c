/* Amounts and currencies; see the header. */
#include <config.h>

#include "libprospect/deals/amount.h"

#include "libprospect/base/text.h"
#include "libprospect/base/word.h"

/* What may stand before or behind an amount, longest first where one begins
 * like another. */
static const struct sign {
	const char *sign;
	const char *code;
} signs[] = {
	{ "euros", "EUR" },
	{ "euro", "EUR" },
	{ "\xE2\x82\xAC", "EUR" },
	{ "US$", "USD" },
	{ "$US", "USD" },
	{ "CA$", "CAD" },
	{ "$CA", "CAD" },
	{ "dollars", "USD" },
	{ "dollar", "USD" },
	{ "$", "USD" },
	{ "\xC2\xA3", "GBP" },
	{ "\xC2\xA5", "JPY" },
};

static const char *const codes[] = { "EUR", "USD", "GBP", "CHF", "CAD", "JPY",
	"AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN",
	"TRY", "ILS", "MAD", "TND", "DZD", "XOF", "XAF", "XPF", "BRL", "MXN",
	"INR", "CNY", "HKD", "SGD", "KRW", "ZAR", "AED", "SAR", "RUB", "UAH" };

static char
upper(char letter)
{
	return letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A')
	                                      : letter;
}

static bool
is_letter(char byte)
{
	return upper(byte) >= 'A' && upper(byte) <= 'Z';
}

static bool
matches(const char *text, const char *word, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (upper(text[i]) != upper(word[i]))
			return false;
	return true;
}

/* The code of the sign or code at one end of `cell` and its size, or NULL.
 * Letters beside a word make it another word. */
static const char *
find_sign(struct psp_slice cell, bool at_end, size_t *size)
{
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		size_t n = strlen(signs[i].sign);

		if (n <= cell.size
		    && matches(at_end ? cell.bytes + cell.size - n : cell.bytes,
			signs[i].sign, n)) {
			*size = n;
			return signs[i].code;
		}
	}
	for (size_t i = 0; cell.size >= 3 && i < sizeof(codes) / sizeof(*codes);
	     i++) {
		const char *at =
		    at_end ? cell.bytes + cell.size - 3 : cell.bytes;
		bool is_part =
		    cell.size > 3 && is_letter(at_end ? at[-1] : at[3]);

		if (matches(at, codes[i], 3) && !is_part) {
			*size = 3;
			return codes[i];
		}
	}
	return NULL;
}

/* Whether `currency` is empty or already `code`; sets it. */
static bool
settle(char currency[PSP_CURRENCY_SIZE], const char *code)
{
	if (currency[0] != '\0')
		return strcmp(currency, code) == 0;
	memcpy(currency, code, PSP_CURRENCY_SIZE);
	return true;
}

/* Whether a cell begins and ends like a number alone: most do. */
static bool
is_bare(struct psp_slice cell)
{
	char first, last;

	if (cell.size == 0)
		return true;
	first = cell.bytes[0];
	last = cell.bytes[cell.size - 1];
	return ((first >= '0' && first <= '9') || first == '-') && last >= '0'
	       && last <= '9';
}

enum psp_amount_result
psp_amount_read(struct psp_slice cell, enum psp_number_style style,
    int64_t *cents, char currency[PSP_CURRENCY_SIZE])
{
	const char *code;
	size_t size;

	currency[0] = '\0';
	/* Digits alone are euros in every style. */
	if (psp_digits_read(cell, cents)) {
		*cents *= PSP_MONEY_SCALE;
		return PSP_AMOUNT_READ;
	}
	cell = psp_text_trim(cell);
	if (is_bare(cell))
		return psp_money_read(cell, style, cents) ? PSP_AMOUNT_READ
		                                          : PSP_AMOUNT_UNREAD;
	for (;;) {
		code = find_sign(cell, false, &size);
		if (code == NULL)
			break;
		if (!settle(currency, code))
			return PSP_AMOUNT_CURRENCIES;
		cell = psp_text_trim(
		    psp_slice(cell.bytes + size, cell.size - size));
	}
	for (;;) {
		code = find_sign(cell, true, &size);
		if (code == NULL)
			break;
		if (!settle(currency, code))
			return PSP_AMOUNT_CURRENCIES;
		cell = psp_text_trim(psp_slice(cell.bytes, cell.size - size));
	}
	/* The multipliers of "12 k EUR" and what else euros are written with
	 * are left to the reader of money, which knows "k€" in one word. */
	return psp_money_read(cell, style, cents) ? PSP_AMOUNT_READ
	                                          : PSP_AMOUNT_UNREAD;
}

bool
psp_currency_read(struct psp_slice cell, char currency[PSP_CURRENCY_SIZE])
{
	const char *code;
	size_t size;

	cell = psp_text_trim(cell);
	code = find_sign(cell, false, &size);
	if (code != NULL && size == cell.size) {
		memcpy(currency, code, PSP_CURRENCY_SIZE);
		return true;
	}
	if (cell.size != 3)
		return false;
	for (size_t i = 0; i < 3; i++) {
		if (!is_letter(cell.bytes[i]))
			return false;
		currency[i] = upper(cell.bytes[i]);
	}
	currency[3] = '\0';
	return true;
}
