/*
 * Domains and e-mail addresses out of what people type: a URL, `Name
 * <address>`, `mailto:`. Nothing is resolved or checked against a list; bytes
 * beyond ASCII stay as they are.
 */
#include <config.h>

#include "libprospect/values/internet.h"

#include "libprospect/base/text.h"

enum { MAX_DOMAIN_SIZE = 253, MAX_LABEL_SIZE = 63 };

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether `text` begins with `start`, which is in lower case. */
static bool
begins_with(struct psp_slice text, const char *start)
{
	size_t size = strlen(start);

	if (text.size < size)
		return false;
	for (size_t i = 0; i < size; i++)
		if (lower(text.bytes[i]) != start[i])
			return false;
	return true;
}

static struct psp_slice
after(struct psp_slice text, size_t size)
{
	return psp_slice(text.bytes + size, text.size - size);
}

/* Where the first of `bytes` is in `text`, its size when nowhere. */
static size_t
find_any(struct psp_slice text, const char *bytes)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.bytes[i] != '\0'
		    && strchr(bytes, text.bytes[i]) != NULL)
			return i;
	return text.size;
}

static bool
is_letter(char c)
{
	return (lower(c) >= 'a' && lower(c) <= 'z')
	       || ((unsigned char)c & 0x80) != 0;
}

/* One label of a domain: letters, digits, dashes inside. */
static bool
is_label(struct psp_slice label)
{
	if (label.size == 0 || label.size > MAX_LABEL_SIZE
	    || label.bytes[0] == '-' || label.bytes[label.size - 1] == '-')
		return false;
	for (size_t i = 0; i < label.size; i++) {
		char c = label.bytes[i];

		if (!is_letter(c) && !(c >= '0' && c <= '9') && c != '-'
		    && c != '_')
			return false;
	}
	return true;
}

/* At least two labels, the last of two characters or more. */
static bool
is_domain(struct psp_slice domain)
{
	struct psp_slice rest = domain, label;
	size_t n_labels = 0;

	if (domain.size > MAX_DOMAIN_SIZE)
		return false;
	for (;;) {
		label = psp_slice(rest.bytes, find_any(rest, "."));
		if (!is_label(label))
			return false;
		n_labels++;
		if (label.size == rest.size)
			break;
		rest = after(rest, label.size + 1);
	}
	return n_labels >= 2 && label.size >= 2 && is_letter(label.bytes[0]);
}

/* `text` inside <…> when it has that at its end, and without `mailto:`. */
static struct psp_slice
unwrap(struct psp_slice text)
{
	size_t open;

	text = psp_text_trim(text);
	if (text.size > 0 && text.bytes[text.size - 1] == '>') {
		open = find_any(text, "<");
		if (open < text.size) {
			text = after(text, open + 1);
			text.size--;
		}
	}
	if (begins_with(text, "mailto:")) {
		text = after(text, strlen("mailto:"));
		text.size = find_any(text, "?");
	}
	return psp_text_trim(text);
}

/* Splits an address at its only `@`. */
static bool
split_address(
    struct psp_slice text, struct psp_slice *local, struct psp_slice *domain)
{
	size_t at = find_any(text, "@");

	if (at == 0 || at == text.size)
		return false;
	*local = psp_slice(text.bytes, at);
	*domain = after(text, at + 1);
	if (domain->size > 0 && domain->bytes[domain->size - 1] == '.')
		domain->size--;
	return find_any(*local, " \t\r\n,;<>()") == local->size
	       && is_domain(*domain);
}

/* The host of a URL or a bare domain: no scheme, user, port, path, www. */
static struct psp_slice
host_of(struct psp_slice text)
{
	size_t at;

	if (begins_with(text, "http://"))
		text = after(text, strlen("http://"));
	else if (begins_with(text, "https://"))
		text = after(text, strlen("https://"));
	else if (begins_with(text, "//"))
		text = after(text, strlen("//"));
	text.size = find_any(text, "/?#");
	at = find_any(text, "@");
	if (at < text.size)
		text = after(text, at + 1);
	at = find_any(text, ":");
	if (at + 1 < text.size
	    && find_any(after(text, at + 1), "0123456789") > 0)
		return psp_slice(NULL, 0);
	text.size = at;
	if (text.size > 0 && text.bytes[text.size - 1] == '.')
		text.size--;
	return text;
}

static bool
append_lower(
    struct psp_buffer *buffer, struct psp_slice text, struct psp_error *err)
{
	for (size_t i = 0; i < text.size; i++)
		if (!psp_buffer_put(buffer, lower(text.bytes[i]), err))
			return false;
	return true;
}

bool
psp_domain_normal(
    struct psp_buffer *buffer, struct psp_slice cell, struct psp_error *err)
{
	struct psp_slice text = unwrap(cell), local, domain;

	if (!split_address(text, &local, &domain)) {
		domain = host_of(text);
		if (!is_domain(domain))
			return true;
	}
	if (begins_with(domain, "www.")
	    && is_domain(after(domain, strlen("www."))))
		domain = after(domain, strlen("www."));
	return append_lower(buffer, domain, err);
}

bool
psp_email_normal(
    struct psp_buffer *buffer, struct psp_slice cell, struct psp_error *err)
{
	struct psp_slice text = unwrap(cell), local, domain;

	if (!split_address(text, &local, &domain))
		return true;
	return append_lower(buffer, local, err)
	       && psp_buffer_put(buffer, '@', err)
	       && append_lower(buffer, domain, err);
}
