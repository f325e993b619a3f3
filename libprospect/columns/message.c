/*
 * Messages of the binding. They name what was looked for, what the header
 * offers instead and what to do, within the 256 bytes that callers have: long
 * names are cut, control characters made visible. What the eye cannot see, a
 * no-break space or the form of an accent, is said in words.
 */
#include <config.h>

#include "libprospect/columns/message.h"

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"

enum {
	MAX_NAME_SIZE = 40,
	MAX_NEAR_NAMES = 3,
	MAX_NEAR_HEADER = 1024, /* names of a header that are looked at */
	MAX_KEYS = 128,         /* criteria that are looked at */
	MAX_HEADER_SHOWN = 120  /* bytes of a header in a message */
};

/* Appends the name between quotes, cut at a character. */
static bool
put_name(struct psp_buffer *text, struct psp_slice name, struct psp_error *err)
{
	size_t size = 0;

	if (name.size > MAX_NAME_SIZE) {
		for (size_t next = 0; next <= MAX_NAME_SIZE;) {
			size = next;
			psp_utf8_next(name, &next);
		}
		return psp_buffer_put(text, '\'', err)
		       && psp_text_visible(
			   text, psp_slice(name.bytes, size), err)
		       && psp_buffer_format(text, err, "…'");
	}
	return psp_buffer_put(text, '\'', err)
	       && psp_text_visible(text, name, err)
	       && psp_buffer_put(text, '\'', err);
}

/* Copies the text, cut at a character. */
static void
copy_message(const struct psp_buffer *text, char *message, size_t message_size)
{
	size_t size = text->size;

	if (message_size == 0)
		return;
	if (size >= message_size) {
		size = message_size - 1;
		while (size > 0
		       && ((unsigned char)text->bytes[size] & 0xC0) == 0x80)
			size--;
	}
	if (size > 0)
		memcpy(message, text->bytes, size);
	message[size] = '\0';
}

/* Names of the header that are near to what was looked for. */
struct near_names {
	struct psp_slice names[MAX_NEAR_NAMES];
	size_t n;
};

static void
add_near(
    struct near_names *near, struct psp_slices header, struct psp_slice name)
{
	struct psp_slice found;

	if (header.n > MAX_NEAR_HEADER)
		header.n = MAX_NEAR_HEADER;
	found = psp_text_nearest(name, header);
	if (found.size == 0 || near->n == MAX_NEAR_NAMES)
		return;
	for (size_t i = 0; i < near->n; i++)
		if (psp_slice_equal(near->names[i], found))
			return;
	near->names[near->n++] = found;
}

/* Looks near each header that the registry knows for a criterion. */
static void
add_near_aliases(struct near_names *near, const struct psp_want *want)
{
	size_t n;
	const struct psp_alias *rows = psp_registry_steps(want->criterion, &n);

	add_near(near, want->header, psp_slice_of(want->criterion->key));
	for (size_t i = 0; i < n; i++) {
		const char *name = rows[i].headers;

		if ((rows[i].marks & PSP_ALIAS_LIKE) != 0)
			continue;
		while (near->n < MAX_NEAR_NAMES) {
			size_t size = strcspn(name, "|");

			add_near(near, want->header, psp_slice(name, size));
			if (name[size] == '\0')
				break;
			name += size + 1;
		}
	}
}

/* The separator that a single name holds most often, 0 when none. */
static char
likely_separator(struct psp_slices header)
{
	static const char separators[] = ",;\t|";
	size_t most = 0;
	char likely = 0;

	if (header.n != 1)
		return 0;
	for (const char *s = separators; *s != '\0'; s++) {
		size_t n = 0;

		for (size_t i = 0; i < header.items[0].size; i++)
			n += header.items[0].bytes[i] == *s;
		if (n > most) {
			most = n;
			likely = *s;
		}
	}
	return likely;
}

/* Where it was said what a column is: there it is to be mended. */
static const char *
where_said(const struct psp_said *said)
{
	switch (said->by) {
	case PSP_SAID_SETTINGS:
		return _("in 'columns'");
	case PSP_SAID_FILE:
		return _("in the file of --columns");
	case PSP_SAID_OPTION:
		break;
	}
	return _("by --column");
}

/* What could not be found. */
static bool
put_wanted(
    struct psp_buffer *text, const struct psp_want *want, struct psp_error *err)
{
	const struct psp_said *said = want->said;

	if (said == NULL) {
		if (!psp_buffer_format(text, err, _("no column for "))
		    || !put_name(text, want->name, err))
			return false;
		if (want->criterion == NULL
		    || psp_slice_is(want->name, want->criterion->key))
			return true;
		return psp_buffer_format(
		    text, err, " (%s)", want->criterion->key);
	}
	if (!put_name(text, want->name, err))
		return false;
	if (said->is_absent)
		return psp_buffer_format(text, err,
		    _(" is said %s to have no column"), where_said(said));
	if (said->position > 0)
		return psp_buffer_format(text, err,
		    _(" is said %s to be column %zu, but the header has %zu"),
		    where_said(said), said->position, want->header.n);
	return psp_buffer_format(
		   text, err, _(" is said %s to be "), where_said(said))
	       && put_name(text, said->header, err)
	       && psp_buffer_format(
		   text, err, _(", which is not in the header"));
}

/* Nothing is near: the header itself, or its beginning. */
static bool
put_header(
    struct psp_buffer *text, struct psp_slices header, struct psp_error *err)
{
	size_t limit = text->size + MAX_HEADER_SHOWN;

	for (size_t i = 0; i < header.n; i++) {
		if (text->size >= limit)
			return psp_buffer_format(text, err, ", ...");
		if (!psp_buffer_format(
			text, err, i == 0 ? _("; the header has ") : ", ")
		    || !put_name(text, header.items[i], err))
			return false;
	}
	return true;
}

/* The key of a criterion that was perhaps meant. */
static bool
put_near_key(
    struct psp_buffer *text, struct psp_slice name, struct psp_error *err)
{
	struct psp_slice keys[MAX_KEYS];
	struct psp_slices all = { keys, 0 };
	struct psp_slice near;

	for (const struct psp_criterion *row = psp_criteria();
	     row->key != NULL && all.n < MAX_KEYS; row++)
		keys[all.n++] = psp_slice_of(row->key);
	near = psp_text_nearest(name, all);
	return near.size == 0
	       || (psp_buffer_format(text, err, _("; did you mean "))
		   && put_name(text, near, err)
		   && psp_buffer_format(text, err, _("?")));
}

/* What to do about it. */
static bool
put_missing_hint(
    struct psp_buffer *text, const struct psp_want *want, struct psp_error *err)
{
	struct near_names near = { .n = 0 };
	char separator = likely_separator(want->header);

	if (want->said != NULL && want->said->is_absent)
		return true;
	if (separator == '\t')
		return psp_buffer_format(
		    text, err, _(": 1 column found, a tab looks likely"));
	if (separator != 0)
		return psp_buffer_format(text, err,
		    _(": 1 column found, '%c' looks likely"), separator);
	if (want->said == NULL || want->said->position == 0)
		add_near(&near, want->header,
		    want->said == NULL ? want->name : want->said->header);
	if (want->said == NULL && want->criterion != NULL)
		add_near_aliases(&near, want);
	for (size_t i = 0; i < near.n; i++)
		if (!psp_buffer_format(
			text, err, i == 0 ? _("; nearest: ") : ", ")
		    || !put_name(text, near.names[i], err))
			return false;
	if (near.n == 0 && want->criterion == NULL && want->said == NULL
	    && !put_near_key(text, want->name, err))
		return false;
	if (near.n == 0 && (want->said == NULL || want->said->position == 0)
	    && !put_header(text, want->header, err))
		return false;
	if (want->said == NULL && want->criterion != NULL)
		return psp_buffer_format(text, err,
		    _("; name it with --column %s=HEADER"),
		    want->criterion->key);
	return true;
}

bool
psp_say_missing(const struct psp_want *want, char *message, size_t message_size,
    struct psp_error *err)
{
	struct psp_buffer text;
	bool result;

	psp_buffer_init(&text);
	result =
	    put_wanted(&text, want, err) && put_missing_hint(&text, want, err);
	if (result)
		copy_message(&text, message, message_size);
	psp_buffer_clear(&text);
	return result;
}

/* Characters of a kind in a name. */
enum kind { KIND_NO_BREAK, KIND_INVISIBLE, KIND_COMBINING, N_KINDS };

static void
count_kinds(struct psp_slice name, size_t counts[N_KINDS])
{
	for (size_t i = 0; i < name.size;) {
		uint32_t c = psp_utf8_next(name, &i);

		if (c == 0xA0 || c == 0x202F || c == 0x2007)
			counts[KIND_NO_BREAK]++;
		else if (c == 0xFEFF || c == 0xAD
			 || (c >= 0x200B && c <= 0x200F))
			counts[KIND_INVISIBLE]++;
		else if (c >= 0x300 && c <= 0x36F)
			counts[KIND_COMBINING]++;
	}
}

const char *
psp_hidden_difference(struct psp_slice a, struct psp_slice b)
{
	size_t in_a[N_KINDS] = { 0 }, in_b[N_KINDS] = { 0 };

	count_kinds(a, in_a);
	count_kinds(b, in_b);
	if (in_a[KIND_NO_BREAK] != in_b[KIND_NO_BREAK])
		return _(" (they differ by a no-break space)");
	if (in_a[KIND_INVISIBLE] != in_b[KIND_INVISIBLE])
		return _(" (they differ by an invisible character)");
	if (in_a[KIND_COMBINING] != in_b[KIND_COMBINING])
		return _(" (they differ by the form of accents, NFC and NFD)");
	return "";
}

static bool
put_candidates(struct psp_buffer *text, const struct psp_want *want,
    const struct psp_candidates *found, struct psp_error *err)
{
	size_t n =
	    found->n < PSP_MAX_CANDIDATES ? found->n : PSP_MAX_CANDIDATES;

	for (size_t i = 0; i < n; i++) {
		const char *between = i == 0             ? ""
		                      : i + 1 < found->n ? ", "
		                                         : _(" and ");

		if (!psp_buffer_format(text, err, "%s", between)
		    || !put_name(
			text, want->header.items[found->indices[i]], err)
		    || !psp_buffer_format(
			text, err, _(" (column %zu)"), found->indices[i] + 1))
			return false;
	}
	if (found->n > n
	    && !psp_buffer_format(text, err, _(" and %zu more"), found->n - n))
		return false;
	return psp_buffer_format(text, err, "%s",
	    psp_hidden_difference(want->header.items[found->indices[0]],
		want->header.items[found->indices[1]]));
}

bool
psp_say_twice(const struct psp_want *want, const struct psp_candidates *found,
    char *message, size_t message_size, struct psp_error *err)
{
	struct psp_buffer text;
	bool result = false;

	psp_buffer_init(&text);
	if (put_name(&text, want->name, err)
	    && psp_buffer_format(&text, err, _(" may be "))
	    && put_candidates(&text, want, found, err)
	    && psp_buffer_format(&text, err, _("; choose with columns: {"))
	    && psp_text_visible(&text,
		want->criterion != NULL ? psp_slice_of(want->criterion->key)
					: want->name,
		err)
	    && psp_buffer_format(
		&text, err, ": {position: %zu}}", found->indices[0] + 1)) {
		copy_message(&text, message, message_size);
		result = true;
	}
	psp_buffer_clear(&text);
	return result;
}

bool
psp_say_doubtful(const struct psp_want *want, size_t index, size_t sign,
    char *message, size_t message_size, struct psp_error *err)
{
	struct psp_buffer text;
	bool result = false;

	psp_buffer_init(&text);
	if (put_name(&text, want->name, err)
	    && psp_buffer_format(&text, err, _(" may be "))
	    && put_name(&text, want->header.items[index], err)
	    && psp_buffer_format(
		&text, err, _(" (column %zu), but beside "), index + 1)
	    && put_name(&text, want->header.items[sign], err)
	    && psp_buffer_format(&text, err,
		_(" that may be the day of the record; if it is the day of the "
		  "company, say so with columns: {%s: {position: %zu}}"),
		want->criterion->key, index + 1)) {
		copy_message(&text, message, message_size);
		result = true;
	}
	psp_buffer_clear(&text);
	return result;
}
