/*
 * A formula is known by its first sign. Dashes between the digits of a
 * telephone would be subtracted, so such a telephone counts as a formula.
 */
#include <config.h>

#include "libprospect/stream/spreadsheet.h"

static bool
starts(struct psp_slice text, const char *with)
{
	size_t size = strlen(with);

	return text.size >= size && memcmp(text.bytes, with, size) == 0;
}

/* Size of the space at the start of `text`, no-break ones too; 0: none. */
static size_t
space_size(struct psp_slice text)
{
	if (starts(text, " "))
		return 1;
	if (starts(text, "\xC2\xA0"))
		return 2;
	return starts(text, "\xE2\x80\xAF") ? 3 : 0;
}

static struct psp_slice
after(struct psp_slice text, size_t size)
{
	return psp_slice(text.bytes + size, text.size - size);
}

/* Size of the sign that starts a formula at the start of `text`; 0: none. */
static size_t
sign_size(struct psp_slice text)
{
	static const char *const wide[] = { "\xEF\xBC\x9D", "\xEF\xBC\x8B",
		"\xEF\xBC\x8D", "\xEF\xBC\xA0" };

	if (text.size == 0)
		return 0;
	if (text.bytes[0] != '\0' && strchr("=+-@\t\r", text.bytes[0]) != NULL)
		return 1;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (starts(text, wide[i]))
			return 3;
	return 0;
}

/* Whether what follows a + or - is a number, an amount or a telephone. */
static bool
is_plain_number(struct psp_slice text)
{
	size_t n_digits = 0;

	while (text.size > 0) {
		size_t size = space_size(text);
		char c = text.bytes[0];

		if (c >= '0' && c <= '9') {
			n_digits++;
			size = 1;
		} else if (c == '.' || c == ',' || c == '(' || c == ')') {
			size = 1;
		}
		if (size == 0)
			break;
		text = after(text, size);
	}
	return n_digits > 0
	       && (text.size == 0 || psp_slice_is(text, "%")
		   || psp_slice_is(text, "\xE2\x82\xAC"));
}

/* Whether there are dashes only, as in cells of absent values. */
static bool
is_dashes(struct psp_slice text)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.bytes[i] != '-')
			return false;
	return true;
}

bool
psp_spreadsheet_runs(struct psp_slice text)
{
	size_t size;

	for (;;) {
		size = starts(text, "'") ? 1 : space_size(text);
		if (size == 0)
			break;
		text = after(text, size);
	}
	size = sign_size(text);
	if (size == 0)
		return false;
	if (text.bytes[0] == '+' || text.bytes[0] == '-')
		return !is_plain_number(after(text, 1)) && !is_dashes(text);
	return true;
}
