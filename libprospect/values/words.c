/* Booleans by a list of words; sets by their separators. */
#include <config.h>

#include "libprospect/values/words.h"

#include "libprospect/base/text.h"
#include "libprospect/values/wording.h"

bool
psp_bool_read(struct psp_slice cell, bool *value)
{
	static const struct psp_word_meaning words[] = { { "1", 1 }, { "0", 0 },
		{ "oui", 1 }, { "non", 0 }, { "yes", 1 }, { "no", 0 },
		{ "true", 1 }, { "false", 0 }, { "vrai", 1 }, { "faux", 0 },
		{ "o", 1 }, { "n", 0 }, { "y", 1 }, { "t", 1 }, { "f", 0 },
		{ "v", 1 } };
	struct psp_wording wording;
	int meaning;

	if (cell.size == 1 && (cell.bytes[0] == '0' || cell.bytes[0] == '1')) {
		*value = cell.bytes[0] == '1';
		return true;
	}
	if (!psp_wording_read(cell, &wording))
		return false;
	meaning = psp_word_find(psp_wording_slice(&wording), words,
	    sizeof(words) / sizeof(words[0]));
	if (meaning < 0)
		return false;
	*value = meaning == 1;
	return true;
}

static bool
is_separator(char c, char separator)
{
	if (separator != '\0')
		return c == separator;
	return c == '|' || c == ';' || c == ',' || c == '\n' || c == '\r';
}

bool
psp_set_next(
    struct psp_slice cell, char separator, size_t *at, struct psp_slice *member)
{
	while (*at < cell.size) {
		size_t start = *at, end = start;

		while (end < cell.size
		       && !is_separator(cell.bytes[end], separator))
			end++;
		*at = end < cell.size ? end + 1 : end;
		*member =
		    psp_text_trim(psp_slice(cell.bytes + start, end - start));
		if (member->size > 0)
			return true;
	}
	return false;
}
