/* Reading the values of options; see the header. */
#include <config.h>

#include "cmd/cli/argument.h"

#include <stdlib.h>

#include <string.h>

#include "libprospect/base/text.h"

/* How far digits go, and the number they make; false on overflow. */
static bool
read_digits(const char **text, size_t *value)
{
	size_t number = 0;
	bool fits = true;

	while (**text >= '0' && **text <= '9') {
		size_t digit = (size_t)(**text - '0');

		if (number > (SIZE_MAX - digit) / 10)
			fits = false;
		number = number * 10 + digit;
		(*text)++;
	}
	*value = number;
	return fits;
}

bool
cli_read_count(const char *text, size_t low, size_t high, size_t *value,
    struct psp_error *err)
{
	const char *end = text;
	size_t number;
	bool fits = read_digits(&end, &number);

	if (end == text || *end != '\0')
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "expected a whole number in digits, not '%s'", text);
	if (!fits || number > high)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "expected a number up to %zu, not '%s'", high, text);
	if (number < low)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "expected a number from %zu, not '%s'", low, text);
	*value = number;
	return true;
}

/* The bytes that a suffix multiplies by; 0 when it is none. */
static size_t
unit_size(const char *suffix)
{
	static const char letters[] = "KMG";
	size_t size = 1;

	if (*suffix == '\0')
		return 1;
	for (size_t i = 0; letters[i] != '\0'; i++) {
		size *= 1024;
		if (*suffix == letters[i] || *suffix == letters[i] + 32)
			return suffix[1] == '\0' ? size : 0;
	}
	return 0;
}

bool
cli_read_size(const char *text, size_t low, size_t high, size_t *value,
    struct psp_error *err)
{
	const char *end = text;
	size_t number, unit;
	bool fits = read_digits(&end, &number);

	unit = unit_size(end);
	if (end == text || unit == 0)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "expected a size such as 64K, 16M or 1G, not '%s'", text);
	if (!fits || number > high / unit)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "expected a size up to %zu bytes, not '%s'", high, text);
	if (number * unit < low)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "expected a size from %zu bytes, not '%s'", low, text);
	*value = number * unit;
	return true;
}

/* Says which words there are, and which of them was perhaps meant. */
static bool
refuse_choice(
    const char *text, const struct cli_choice *choices, struct psp_error *err)
{
	struct psp_slice names[32], near;
	struct psp_buffer list;
	struct psp_slices all = { names, 0 };

	psp_buffer_init(&list);
	for (size_t i = 0; choices[i].name != NULL && all.n < 32; i++) {
		names[all.n++] = psp_slice_of(choices[i].name);
		if (!psp_buffer_format(
			&list, err, "%s%s", i > 0 ? ", " : "", choices[i].name))
			goto done;
	}
	near = psp_text_nearest(psp_slice_of(text), all);
	if (near.size > 0)
		psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "expected one of %.*s, not '%s'; did you mean '%.*s'?",
		    PSP_SLICE_ARGS(psp_buffer_content(&list)), text,
		    PSP_SLICE_ARGS(near));
	else
		psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "expected one of %.*s, not '%s'",
		    PSP_SLICE_ARGS(psp_buffer_content(&list)), text);
done:
	psp_buffer_clear(&list);
	return false;
}

bool
cli_read_choice(const char *text, const struct cli_choice *choices, int *value,
    struct psp_error *err)
{
	for (size_t i = 0; choices[i].name != NULL; i++)
		if (strcmp(text, choices[i].name) == 0) {
			*value = choices[i].value;
			return true;
		}
	return refuse_choice(text, choices, err);
}

bool
cli_read_char(const char *text, unsigned char *value, struct psp_error *err)
{
	if (strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0) {
		*value = '\t';
		return true;
	}
	if ((unsigned char)text[0] >= 0x80)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "expected one ASCII character or 'tab', not '%s', which "
		    "takes several bytes or depends on the encoding",
		    text);
	if (text[0] == '\0' || text[1] != '\0' || text[0] == '\n'
	    || text[0] == '\r')
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "expected one character or 'tab', not '%s'", text);
	*value = (unsigned char)text[0];
	return true;
}

bool
cli_read_names(const char *text, void *value, struct psp_error *err)
{
	struct psp_slices *list = value;
	struct psp_slice *names = NULL;
	size_t capacity = 0, n = 0;

	for (;;) {
		const char *comma = strchr(text, ',');
		size_t size =
		    comma != NULL ? (size_t)(comma - text) : strlen(text);
		struct psp_slice *more = psp_array_reserve(
		    names, &capacity, n + 1, sizeof(*names), err);

		if (more == NULL) {
			free(names);
			return false;
		}
		names = more;
		names[n++] = psp_slice(text, size);
		if (comma == NULL)
			break;
		text = comma + 1;
	}
	cli_names_clear(list);
	list->items = names;
	list->n = n;
	return true;
}

void
cli_names_clear(struct psp_slices *names)
{
	free((void *)(uintptr_t)names->items);
	names->items = NULL;
	names->n = 0;
}
