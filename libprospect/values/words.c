/* Booleans and denials by lists of words; sets by their separators. */
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

enum psp_denial
psp_denial_read(struct psp_slice cell)
{
	enum { DENIES, OPEN, DENIED };
	static const struct psp_word_meaning words[] = { { "non", DENIES },
		{ "not", DENIES }, { "no", DENIES }, { "pas", DENIES },
		{ "aucun", DENIES }, { "aucune", DENIES }, { "sans", DENIES },
		{ "none", DENIES }, { "neant", DENIES }, { "rien", DENIES },
		{ "nil", DENIES }, { "inconnu", OPEN }, { "inconnue", OPEN },
		{ "unknown", OPEN }, { "?", OPEN }, { "cote", DENIED },
		{ "cotee", DENIED }, { "cotation", DENIED },
		{ "listed", DENIED }, { "public", DENIED },
		{ "exportateur", DENIED }, { "exportatrice", DENIED },
		{ "export", DENIED }, { "implantation", DENIED },
		{ "presence", DENIED }, { "site", DENIED } };
	const size_t n_words = sizeof(words) / sizeof(words[0]);
	struct psp_wording wording;
	struct psp_slice text, parts[2];
	size_t n;
	int first;

	if (!psp_wording_read(cell, &wording))
		return PSP_DENIAL_NOT;
	text = psp_wording_slice(&wording);
	if (text.size > 1 && text.bytes[text.size - 1] == '.')
		text.size--;
	/* No comma: "NO, DE" is Norway and Germany. */
	n = psp_wording_split(text, " ", parts, 2);
	first = n == 0 ? -1 : psp_word_find(parts[0], words, n_words);
	if (first == OPEN)
		return PSP_DENIAL_OPEN;
	if (first != DENIES)
		return PSP_DENIAL_NOT;
	if (n == 1 || psp_word_find(parts[1], words, n_words) == DENIED)
		return PSP_DENIAL_NONE;
	return PSP_DENIAL_OPEN;
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
