/*
 * The normal form of a company name, made in the caller's buffer without any
 * other memory:
 *
 *     cell      "S.A.R.L. Dupont & Fils"
 *     folded    "s.a.r.l. dupont & fils"     psp_text_fold
 *     spelled   "S.A.R.L. DUPONT  ET  FILS"  one kind of gap but for points
 *     joined    "SARL DUPONT ET FILS"        in place, single letters joined
 *     trimmed   "DUPONT ET FILS"             forms dropped at both ends
 */
#include <config.h>

#include "libprospect/values/company_name.h"

#include "libprospect/base/text.h"

/* Dropped at either end of a name. Longer ones first where one begins or ends
 * another. */
static const char *const forms[] = {
	"ENTREPRISE UNIPERSONNELLE A RESPONSABILITE LIMITEE",
	"EXPLOITATION AGRICOLE A RESPONSABILITE LIMITEE",
	"SOCIETE A RESPONSABILITE LIMITEE", "SOCIETE PAR ACTIONS SIMPLIFIEE",
	"SOCIETE EN NOM COLLECTIF", "SOCIETE CIVILE IMMOBILIERE",
	"SOCIETE ANONYME", "ETABLISSEMENTS", "SELARLU", "SOCIETE", "SELAFA",
	"SELARL", "SELASU", "SARLU", "SELAS", "EARL", "EIRL", "EURL", "GAEC",
	"GEIE", "SARL", "SASU", "SCCV", "SCEA", "SCIC", "SCOP", "SCPI", "CIE",
	"ETS", "GIE", "SAS", "SCA", "SCI", "SCM", "SCP", "SCS", "SNC", "STE",
	"SA"
};

/* Only at the end: in front they are as often the beginning of a name. */
static const char *const end_forms[] = { "LIMITED", "GMBH", "CORP", "LTD",
	"LLC", "INC", "PLC", "SPRL", "SRL", "AG", "BV", "KG", "NV", "SC",
	"SE" };

static const size_t n_forms = sizeof(forms) / sizeof(forms[0]);
static const size_t n_end_forms = sizeof(end_forms) / sizeof(end_forms[0]);

static bool
is_letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_word_byte(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9');
}

/*
 * Appends the folded bytes from `at` to `end` of the buffer itself spelled out:
 * capitals and digits, '.' and '\'' kept for what comes next, all else a space.
 */
static bool
spell(struct psp_buffer *buffer, size_t at, size_t end, struct psp_error *err)
{
	while (at < end) {
		const char *p = buffer->bytes + at;
		char c = *p;
		const char *spelled = NULL;

		if (c == '&')
			spelled = " ET ";
		else if (c == '+')
			spelled = " PLUS ";
		else if (end - at >= 4 && memcmp(p, "[nd]", 4) == 0)
			spelled = " ";
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		else if (!is_word_byte(c) && c != '.' && c != '\'')
			c = ' ';
		at += *p == '[' && spelled != NULL ? 4 : 1;
		if (spelled != NULL
			? !psp_buffer_slice(buffer, psp_slice_of(spelled), err)
			: !psp_buffer_put(buffer, c, err))
			return false;
	}
	return true;
}

static bool
is_form(const char *const *list, size_t n, struct psp_slice word)
{
	for (size_t i = 0; i < n; i++)
		if (psp_slice_is(word, list[i]))
			return true;
	return false;
}

/* Whether a lone letter stands at `p`, and not one that an apostrophe ties to
 * what follows: the L of L'ATELIER. */
static bool
is_lone_letter(const char *p, const char *end)
{
	return p < end && is_letter(*p)
	       && (end - p == 1 || (!is_word_byte(p[1]) && p[1] != '\''));
}

/*
 * Reads the run of lone letters at `p` that only points part ("S.A.R.L.") into
 * `letters`; returns how many, and moves `*next` past the last letter.
 */
static size_t
pointed_run(const char *p, const char *end, char letters[16], const char **next)
{
	size_t n = 0;

	for (;;) {
		if (n < 16)
			letters[n] = *p;
		n++;
		*next = p + 1;
		if (end - p < 3 || p[1] != '.' || !is_lone_letter(p + 2, end))
			return n;
		p += 2;
	}
}

/*
 * Writes the words of `text` over it with one space between, runs of lone
 * letters as one word; returns the size. A pointed run that is a legal form
 * stays a word of its own: "H & M S.A." is H ET M SA. The written part never
 * overtakes the read one.
 */
static size_t
join_words(char *text, size_t size)
{
	const char *p = text, *end = text + size;
	size_t written = 0;
	bool may_join = false; /* the last word is lone letters, no form */

	while (p < end) {
		char letters[16];
		const char *next = p;
		size_t n;
		bool is_lone = is_lone_letter(p, end), is_legal;

		if (!is_word_byte(*p)) {
			p++;
			continue;
		}
		if (!is_lone) {
			while (next < end && is_word_byte(*next))
				next++;
			if (written > 0)
				text[written++] = ' ';
			memmove(text + written, p, (size_t)(next - p));
			written += (size_t)(next - p);
			may_join = false;
			p = next;
			continue;
		}
		n = pointed_run(p, end, letters, &next);
		is_legal = n >= 2 && n <= sizeof(letters)
		           && is_form(forms, n_forms, psp_slice(letters, n));
		if (written > 0 && (!may_join || is_legal))
			text[written++] = ' ';
		for (; p < next; p++)
			if (is_letter(*p))
				text[written++] = *p;
		may_join = !is_legal;
	}
	return written;
}

/* Size of the form at the end of `name` with the space before it, 0 if none. */
static size_t
form_at_end(struct psp_slice name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t size = strlen(list[i]);

		if (name.size > size + 1
		    && name.bytes[name.size - size - 1] == ' '
		    && memcmp(name.bytes + name.size - size, list[i], size)
			   == 0)
			return size + 1;
	}
	return 0;
}

static size_t
form_at_start(struct psp_slice name)
{
	for (size_t i = 0; i < n_forms; i++) {
		size_t size = strlen(forms[i]);

		if (name.size > size + 1 && name.bytes[size] == ' '
		    && memcmp(name.bytes, forms[i], size) == 0)
			return size + 1;
	}
	return 0;
}

/* Drops forms at both ends, and the ET that "et Cie" leaves; the last word
 * left always stays. */
static struct psp_slice
drop_forms(struct psp_slice name)
{
	static const char *const link[] = { "ET" };
	size_t size;

	if (is_form(forms, n_forms, name))
		return name;
	for (;;) {
		size = form_at_end(name, forms, n_forms);
		if (size == 0)
			size = form_at_end(name, end_forms, n_end_forms);
		if (size == 0)
			break;
		name.size -= size;
		name.size -= form_at_end(name, link, 1);
	}
	for (;;) {
		size = form_at_start(name);
		if (size == 0)
			return name;
		name.bytes += size;
		name.size -= size;
	}
}

bool
psp_company_name_normal(
    struct psp_buffer *buffer, struct psp_slice cell, struct psp_error *err)
{
	size_t start = buffer->size, spelled;
	struct psp_slice name;

	if (!psp_text_fold(buffer, cell, err))
		return false;
	spelled = buffer->size;
	if (!spell(buffer, start, spelled, err))
		return false;
	if (buffer->size == spelled) {
		buffer->size = start;
		return true;
	}
	name.bytes = buffer->bytes + spelled;
	name.size = join_words(buffer->bytes + spelled, buffer->size - spelled);
	name = drop_forms(name);
	memmove(buffer->bytes + start, name.bytes, name.size);
	buffer->size = start + name.size;
	return true;
}
