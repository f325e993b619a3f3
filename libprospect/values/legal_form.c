/*
 * Legal forms: a code, a name, or several of them in one cell that agree ("SAS,
 * société par actions simplifiée", "5710 - SAS"). Each part is looked up as one
 * folded key without spaces, so that S.A.R.L. and SARL are the same; words that
 * change nothing (capital variable, associé unique) are taken off its end.
 */
#include <config.h>

#include "libprospect/values/legal_form.h"

#include "libprospect/base/text.h"
#include "libprospect/values/legal-forms-list.h"
#include "libprospect/values/plain.h"

/* Whether a category begins with the one to four digits. */
static bool
list_has(struct psp_slice digits)
{
	size_t low = 0, high = PSP_LEGAL_CODE_COUNT;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = memcmp(digits.bytes,
		    psp_legal_codes + middle * PSP_LEGAL_CODE_SIZE,
		    digits.size);

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
is_code(struct psp_slice text)
{
	if (text.size == 0 || text.size > PSP_LEGAL_CODE_SIZE)
		return false;
	for (size_t i = 0; i < text.size; i++)
		if (text.bytes[i] < '0' || text.bytes[i] > '9')
			return false;
	return true;
}

static void
add_prefix(struct psp_legal_form *form, struct psp_slice digits)
{
	char *prefix = form->prefixes[form->n_prefixes++];

	memcpy(prefix, digits.bytes, digits.size);
	prefix[digits.size] = '\0';
}

/*
 * A code the list has; or four digits it lacks (5400, 5498: withdrawn ones),
 * which count by their first two. The first level has no 0.
 */
static bool
read_code(struct psp_slice digits, struct psp_legal_form *form)
{
	form->n_prefixes = 0;
	form->is_sole_partner = false;
	if (digits.size == 1 && digits.bytes[0] == '0')
		return false;
	if (!list_has(digits)) {
		if (digits.size != PSP_LEGAL_CODE_SIZE)
			return false;
		form->is_sole_partner = psp_slice_is(digits, "5498")
		                        || psp_slice_is(digits, "5720");
		digits.size = 2;
		if (!list_has(digits))
			return false;
	}
	add_prefix(form, digits);
	return true;
}

static bool
ends_with(struct psp_slice text, const char *end)
{
	size_t size = strlen(end);

	return text.size >= size
	       && memcmp(text.bytes + text.size - size, end, size) == 0;
}

/* `key` without the words at its end that change no category; `*is_sole` when
 * they tell of a sole partner. */
static struct psp_slice
drop_qualifiers(struct psp_slice key, bool *is_sole)
{
	enum { N_SOLE = 4 }; /* the first of them */
	static const char *const qualifiers[] = { "unipersonnelle",
		"unipersonnel", "aassocieunique", "associeunique",
		"acapitalvariable", "capitalvariable", "loide1901", "loi1901",
		"dedroitfrancais", "sansautreindication" };
	const size_t n = sizeof(qualifiers) / sizeof(qualifiers[0]);
	size_t i = 0;

	*is_sole = false;
	while (i < n) {
		if (ends_with(key, qualifiers[i])) {
			key.size -= strlen(qualifiers[i]);
			*is_sole = *is_sole || i < N_SOLE;
			i = 0;
		} else {
			i++;
		}
	}
	return key;
}

static bool
read_alias(struct psp_slice key, struct psp_legal_form *form)
{
	const char *p =
	    psp_plain_find(psp_legal_aliases, PSP_LEGAL_ALIAS_COUNT, key);

	form->n_prefixes = 0;
	form->is_sole_partner =
	    psp_slice_is(key, "eurl") || psp_slice_is(key, "sasu");
	if (p == NULL)
		return false;
	while (*p != '\0') {
		size_t size = strcspn(p, " ");

		add_prefix(form, psp_slice(p, size));
		p += size;
		p += *p == ' ';
	}
	return true;
}

enum part { PART_READ, PART_NEUTRAL, PART_UNKNOWN };

/* One part of a cell, or all of it. */
static enum part
read_part(struct psp_slice text, struct psp_legal_form *form)
{
	struct psp_plain plain;
	struct psp_slice key, short_key;
	bool is_sole;

	if (!psp_plain_read(text, &plain))
		return PART_UNKNOWN;
	if (plain.n_words == 0)
		return PART_NEUTRAL;
	key = psp_plain_key(&plain, 0, plain.n_words);
	if (is_code(key))
		return plain.n_words == 1 && read_code(key, form)
		           ? PART_READ
		           : PART_UNKNOWN;
	if (read_alias(key, form))
		return PART_READ;
	short_key = drop_qualifiers(key, &is_sole);
	if (short_key.size == 0 || psp_slice_is(key, "sai"))
		return PART_NEUTRAL;
	if (short_key.size == key.size || !read_alias(short_key, form))
		return PART_UNKNOWN;
	form->is_sole_partner = form->is_sole_partner || is_sole;
	return PART_READ;
}

/* The size of what parts two names at `at`: one of ( ) , ; : / or a dash
 * between spaces; 0 when there is none. */
static size_t
part_end(struct psp_slice cell, size_t at)
{
	static const char dash[] = "\xE2\x80\x93";
	const char *p = cell.bytes + at;
	size_t left = cell.size - at;

	if (*p != '\0' && strchr("(),;:/", *p) != NULL)
		return 1;
	if (left >= 3 && memcmp(p, " - ", 3) == 0)
		return 3;
	if (left >= 3 && memcmp(p, dash, 3) == 0)
		return 3;
	return 0;
}

static bool
begins_with(const char *code, const char *prefix)
{
	return strncmp(code, prefix, strlen(prefix)) == 0;
}

/* Whether the categories of `cell` are all among those of `wanted`. */
static bool
categories_within(const struct psp_legal_form *cell,
    const struct psp_legal_form *wanted, bool *some)
{
	bool all = cell->n_prefixes > 0;

	*some = false;
	for (size_t i = 0; i < cell->n_prefixes; i++) {
		bool is_in = false;

		for (size_t j = 0; j < wanted->n_prefixes; j++) {
			const char *ours = cell->prefixes[i];
			const char *theirs = wanted->prefixes[j];

			is_in = is_in || begins_with(ours, theirs);
			*some = *some || begins_with(ours, theirs)
			        || begins_with(theirs, ours);
		}
		all = all && is_in;
	}
	return all;
}

/* Keeps the narrower of two forms; false when neither is in the other. */
static bool
narrow(struct psp_legal_form *form, const struct psp_legal_form *other)
{
	bool some, is_sole = other->is_sole_partner;

	if (form->n_prefixes > 0)
		is_sole = is_sole || form->is_sole_partner;
	if (form->n_prefixes > 0 && !categories_within(other, form, &some)) {
		form->is_sole_partner = is_sole;
		return categories_within(form, other, &some);
	}
	*form = *other;
	form->is_sole_partner = is_sole;
	return true;
}

/*
 * The parts of a cell, all of which must be understood and agree. Behind a code
 * they may be words we do not know: INSEE's labels are long, and the code
 * rules.
 */
static bool
read_parts(struct psp_slice cell, struct psp_legal_form *form)
{
	size_t start = 0, end = 0, gap;
	struct psp_legal_form other;
	bool has_code = false;

	form->n_prefixes = 0;
	while (start < cell.size) {
		struct psp_slice part;

		gap = 0;
		for (end = start; end < cell.size && gap == 0; end++)
			gap = part_end(cell, end);
		end -= gap > 0;
		part =
		    psp_text_trim(psp_slice(cell.bytes + start, end - start));
		switch (read_part(part, &other)) {
		case PART_READ:
			if (!narrow(form, &other))
				return false;
			has_code = has_code || (start == 0 && is_code(part));
			break;
		case PART_NEUTRAL:
			break;
		case PART_UNKNOWN:
			if (!has_code)
				return false;
			break;
		}
		start = end + gap;
	}
	return form->n_prefixes > 0;
}

bool
psp_legal_form_read(struct psp_slice cell, struct psp_legal_form *form)
{
	if (is_code(cell))
		return read_code(cell, form);
	if (read_part(cell, form) == PART_READ)
		return true;
	return read_parts(cell, form);
}

bool
psp_legal_form_within(const struct psp_legal_form *cell,
    const struct psp_legal_form *wanted, bool *some)
{
	bool all = categories_within(cell, wanted, some);

	return all && (cell->is_sole_partner || !wanted->is_sole_partner);
}
