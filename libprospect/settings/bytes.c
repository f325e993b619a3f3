/*
 * Bytes of a settings file, looked at before libyaml does: its words for what
 * it cannot read name no place. %TAG is refused here because libyaml compares
 * each such line with all before it.
 */
#include <config.h>

#include "libprospect/settings/bytes.h"

#include "libprospect/base/text.h"
#include "libprospect/settings/spot.h"

/* Adds what is wrong with the character at `place`; false when it is. */
static bool
check_character(const struct psp_spot *place, size_t next, uint32_t character,
    const char *name, size_t line, size_t column, struct psp_problems *problems)
{
	if (character == 0xFFFD && next == place->at + 1)
		return psp_problems_add(problems, PSP_ESETTINGS, name, line,
		    column,
		    "settings are not UTF-8 (byte %zu); save the file as "
		    "UTF-8",
		    place->at + 1);
	if (character == 0)
		return psp_problems_add(problems, PSP_ESETTINGS, name, line,
		    column,
		    "settings hold a NUL byte (byte %zu); save the file as "
		    "plain text in UTF-8",
		    place->at + 1);
	if ((character >= ' ' && character < 0x7F) || character == '\t'
	    || character == '\n' || character == '\r')
		return true;
	if (character < 0xA0 || character == 0x2028 || character == 0x2029
	    || character == 0xFEFF || character == 0xFFFE
	    || character == 0xFFFF)
		return psp_problems_add(problems, PSP_ESETTINGS, name, line,
		    column,
		    "the invisible character U+%04X is not allowed in "
		    "settings; remove it",
		    (unsigned)character);
	return true;
}

static bool
check_line(struct psp_spot place, const char *name, size_t line,
    struct psp_problems *problems)
{
	size_t next, column = 1;
	uint32_t character;

	if (place.end - place.start >= 4
	    && memcmp(place.text.bytes + place.start, "%TAG", 4) == 0)
		return psp_problems_add(problems, PSP_ESETTINGS, name, line, 1,
		    "tags are not allowed in settings; remove this line, or "
		    "quote a text that begins with '%%'");
	while (place.at < place.end) {
		next = place.at;
		character = psp_utf8_next(place.text, &next);
		if (!check_character(
			&place, next, character, name, line, column, problems))
			return false;
		place.at = next;
		column++;
	}
	return true;
}

bool
psp_bytes_check(
    struct psp_slice text, const char *name, struct psp_problems *problems)
{
	struct psp_spot place = psp_spot_find(text, 1, 1);
	size_t line = 1;

	if (text.size >= 2
	    && (memcmp(text.bytes, "\xFF\xFE", 2) == 0
		|| memcmp(text.bytes, "\xFE\xFF", 2) == 0))
		return psp_problems_add(problems, PSP_ESETTINGS, name, 1, 1,
		    "settings are UTF-16, not UTF-8 (byte 1); save the file as "
		    "UTF-8");
	do {
		if (!check_line(place, name, line, problems))
			return false;
		line++;
	} while (psp_spot_next_line(&place));
	return true;
}

void
psp_bytes_join_lines(char *message)
{
	for (; *message != '\0'; message++)
		if (*message == '\n' || *message == '\r')
			*message = ' ';
}
