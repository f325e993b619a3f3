/*
 * From nodes to values: tables of keys and typed scalars. Only here does a
 * text become a number or a truth, by the type that its key has; YAML's own
 * guesses (NO is false, 012 is ten) are never made. A value written otherwise
 * is refused with the way to write it.
 */
#include <config.h>

#include "libprospect/settings/settings.h"

#include <assert.h>
#include <stdio.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"

enum { MAX_KNOWN = 128, MAX_HINT = 40 };

/* "'limit': " for a node with a key, "" for an item of a list. */
struct label {
	char text[80];
};

static struct label
label_of(const struct psp_node *node)
{
	struct label label = { "" };

	if (node->key.size > 0 && node->key.size < sizeof(label.text) - 5)
		snprintf(label.text, sizeof(label.text), _("'%.*s': "),
		    PSP_SLICE_ARGS(node->key));
	return label;
}

/* Refuses a node that is no scalar, or an empty one. `wanted` as in "a date".
 */
static bool
check_scalar(const struct psp_node *node, const char *wanted,
    struct psp_problems *problems)
{
	if (node->kind != PSP_NODE_SCALAR)
		return psp_node_problem(node, problems,
		    "%s%s expected, found %s", label_of(node).text, wanted,
		    psp_node_kind_name(node));
	if (node->text.size == 0 && !node->is_quoted)
		return psp_node_problem(node, problems,
		    "%s%s expected, found nothing; write a value (after a "
		    "blank, '#' begins a comment: put such a text in quotes)",
		    label_of(node).text, wanted);
	return true;
}

/* Refuses the text of a scalar; `hint` is "" or "; write 1.5". */
static bool
refuse(const struct psp_node *node, const char *wanted, const char *hint,
    struct psp_problems *problems)
{
	return psp_node_problem(node, problems, "%s%s expected, found '%.*s'%s",
	    label_of(node).text, wanted, PSP_SLICE_ARGS(node->text), hint);
}

bool
psp_node_bool(
    const struct psp_node *node, bool *value, struct psp_problems *problems)
{
	if (!check_scalar(node, _("true or false"), problems))
		return false;
	if (psp_slice_is(node->text, "true"))
		*value = true;
	else if (psp_slice_is(node->text, "false"))
		*value = false;
	else
		return refuse(node, _("a truth value"),
		    _("; write true or false"), problems);
	return true;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The number of digits from `at`. */
static size_t
count_digits(struct psp_slice text, size_t at)
{
	size_t n = 0;

	while (at + n < text.size && is_digit(text.bytes[at + n]))
		n++;
	return n;
}

/*
 * Appends a digit to `*value`, which is negative or 0 (the negative range is
 * the larger). Returns false when it leaves the range.
 */
static bool
append_digit(int64_t *value, char digit)
{
	int64_t unit = digit - '0';

	if (*value < (INT64_MIN + unit) / 10)
		return false;
	*value = *value * 10 - unit;
	return true;
}

/* What a number's text can have wrong. */
enum number_fault {
	NUMBER_FINE,
	NUMBER_NONE,       /* no number at all, or with other signs */
	NUMBER_REWRITABLE, /* 012, +1, 1,5, 1_000: it is clear what is meant */
	NUMBER_DECIMALS,   /* too many */
	NUMBER_LARGE
};

/* A number whose thousands are set apart by '_', '\'' or any kind of space. */
static bool
is_separated(struct psp_slice text)
{
	size_t at = 0, n_digits = 0, n_others = 0;

	while (at < text.size) {
		uint32_t c = psp_utf8_next(text, &at);

		if (c < 0x80 && is_digit((char)c))
			n_digits++;
		else if (n_digits > 0
			 && (c == '_' || c == '\'' || c == ' ' || c == 0xA0
			     || c == 0x202F || c == 0x2009))
			n_others++;
		else if ((c != '-' || n_digits > 0)
			 && ((c != ',' && c != '.') || n_digits == 0))
			return false;
	}
	return n_others > 0;
}

/* Reads a number with up to `n_decimals` of them, in units of the last. */
static enum number_fault
parse_number(struct psp_slice text, size_t n_decimals, int64_t *value)
{
	bool is_negative = text.size > 0 && text.bytes[0] == '-';
	size_t start =
	    text.size > 0 && (is_negative || text.bytes[0] == '+') ? 1 : 0;
	size_t n_whole = count_digits(text, start);
	size_t point = start + n_whole;
	size_t n_after = 0;
	int64_t sum = 0;

	if (is_separated(text))
		return NUMBER_REWRITABLE;
	if (n_whole == 0)
		return NUMBER_NONE;
	if (point < text.size) {
		n_after = count_digits(text, point + 1);
		if (n_after == 0 || point + 1 + n_after != text.size
		    || strchr(".,", text.bytes[point]) == NULL)
			return NUMBER_NONE;
		if (text.bytes[point] == ',')
			return NUMBER_REWRITABLE;
		if (n_after > n_decimals)
			return NUMBER_DECIMALS;
	}
	if (n_whole > 1 && text.bytes[start] == '0')
		return NUMBER_REWRITABLE;
	if (start == 1 && !is_negative)
		return NUMBER_REWRITABLE;
	for (size_t i = 0; i < n_whole; i++)
		if (!append_digit(&sum, text.bytes[start + i]))
			return NUMBER_LARGE;
	for (size_t i = 0; i < n_decimals; i++)
		if (!append_digit(
			&sum, i < n_after ? text.bytes[point + 1 + i] : '0'))
			return NUMBER_LARGE;
	if (!is_negative && sum == INT64_MIN)
		return NUMBER_LARGE;
	*value = is_negative ? sum : -sum;
	return NUMBER_FINE;
}

/* The text with only what a number is made of; "" when it is long. */
static void
make_hint(struct psp_slice text, char hint[MAX_HINT])
{
	size_t n = 0, i = 0;

	hint[0] = '\0';
	if (text.size >= MAX_HINT)
		return;
	if (text.bytes[0] == '-' || text.bytes[0] == '+')
		i = 1;
	if (text.bytes[0] == '-')
		hint[n++] = '-';
	while (i + 1 < text.size && text.bytes[i] == '0'
	       && text.bytes[i + 1] != ',' && text.bytes[i + 1] != '.')
		i++;
	for (; i < text.size; i++) {
		if (is_digit(text.bytes[i]) || text.bytes[i] == '.')
			hint[n++] = text.bytes[i];
		else if (text.bytes[i] == ',')
			hint[n++] = '.';
	}
	hint[n] = '\0';
}

static bool
read_number(const struct psp_node *node, const char *wanted, size_t n_decimals,
    int64_t *value, struct psp_problems *problems)
{
	const char *rule =
	    n_decimals == 0 ? _("; write digits only")
			    : _("; write digits, and a point before decimals");
	char hint[MAX_HINT];
	int64_t ignored;

	if (!check_scalar(node, wanted, problems))
		return false;
	switch (parse_number(node->text, n_decimals, value)) {
	case NUMBER_FINE:
		return true;
	case NUMBER_REWRITABLE:
		make_hint(node->text, hint);
		/* No hint that would be refused in its turn. */
		if (parse_number(psp_slice_of(hint), n_decimals, &ignored)
		    != NUMBER_FINE)
			return refuse(node, wanted, rule, problems);
		return psp_node_problem(node, problems,
		    "%s%s expected, found '%.*s'; write %s",
		    label_of(node).text, wanted, PSP_SLICE_ARGS(node->text),
		    hint);
	case NUMBER_DECIMALS:
		return refuse(node, wanted,
		    n_decimals == 0 ? _("; write it without decimals")
				    : _("; write at most 2 decimals"),
		    problems);
	case NUMBER_LARGE:
		return refuse(
		    node, wanted, _(", which is too large"), problems);
	default:
		return refuse(node, wanted, rule, problems);
	}
}

bool
psp_node_integer(
    const struct psp_node *node, int64_t *value, struct psp_problems *problems)
{
	return read_number(
	    node, _("a whole number such as 12"), 0, value, problems);
}

bool
psp_node_hundredths(
    const struct psp_node *node, int64_t *value, struct psp_problems *problems)
{
	return read_number(
	    node, _("a number such as 12 or 0.5"), 2, value, problems);
}

/* One of some names. */
static bool
read_choice(const struct psp_node *node, const char *const *choices, int *value,
    struct psp_problems *problems)
{
	struct psp_slice names[MAX_KNOWN], nearest;
	char list[256] = "";
	size_t used = 0;
	int n = 0;

	for (; choices[n] != NULL; n++) {
		assert(n < MAX_KNOWN);
		names[n] = psp_slice_of(choices[n]);
		if (used < sizeof(list) - 1)
			used +=
			    (size_t)snprintf(list + used, sizeof(list) - used,
				"%s%s", n > 0 ? ", " : "", choices[n]);
	}
	if (!check_scalar(node, list, problems))
		return false;
	for (int i = 0; i < n; i++)
		if (psp_slice_equal(node->text, names[i])) {
			*value = i;
			return true;
		}
	nearest = psp_text_nearest(
	    node->text, (struct psp_slices){ names, (size_t)n });
	if (nearest.size > 0)
		return psp_node_problem(node, problems,
		    "%sone of %s expected, found '%.*s'; did you mean '%.*s'?",
		    label_of(node).text, list, PSP_SLICE_ARGS(node->text),
		    PSP_SLICE_ARGS(nearest));
	return psp_node_problem(node, problems,
	    "%sone of %s expected, found '%.*s'", label_of(node).text, list,
	    PSP_SLICE_ARGS(node->text));
}

/* A map or a list. */
static bool
check_kind(const struct psp_node *node, enum psp_node_kind kind,
    struct psp_problems *problems)
{
	const char *wanted = kind == PSP_NODE_MAP ? _("a map") : _("a list");

	if (node->kind == kind)
		return true;
	if (node->kind != PSP_NODE_SCALAR)
		return psp_node_problem(node, problems,
		    "%s%s expected, found %s", label_of(node).text, wanted,
		    psp_node_kind_name(node));
	if (node->text.size == 0 && !node->is_quoted)
		return psp_node_problem(node, problems,
		    "%s%s expected, found nothing; indent what belongs to it "
		    "on the next lines",
		    label_of(node).text, wanted);
	if (kind == PSP_NODE_MAP)
		return psp_node_problem(node, problems,
		    "%sa map expected, found '%.*s'; write {key: value} or "
		    "indented lines 'key: value'",
		    label_of(node).text, PSP_SLICE_ARGS(node->text));
	return psp_node_problem(node, problems,
	    "%sa list expected, found '%.*s'; write [%.*s]",
	    label_of(node).text, PSP_SLICE_ARGS(node->text),
	    PSP_SLICE_ARGS(node->text));
}

/* Reads one child by its row of the table. */
static bool
read_value(const struct psp_node *node, const struct psp_key *key, void *into,
    struct psp_problems *problems)
{
	void *place = (char *)into + key->offset;

	switch (key->type) {
	case PSP_KEY_TEXT:
		if (!check_scalar(node, _("text"), problems))
			return false;
		*(struct psp_slice *)place = node->text;
		return true;
	case PSP_KEY_BOOL:
		return psp_node_bool(node, place, problems);
	case PSP_KEY_INTEGER:
		return psp_node_integer(node, place, problems);
	case PSP_KEY_NUMBER:
		return psp_node_hundredths(node, place, problems);
	case PSP_KEY_CHOICE:
		return read_choice(node, key->choices, place, problems);
	case PSP_KEY_MAP:
		if (!check_kind(node, PSP_NODE_MAP, problems))
			return false;
		break;
	case PSP_KEY_LIST:
		if (!check_kind(node, PSP_NODE_LIST, problems))
			return false;
		break;
	case PSP_KEY_NODE:
		break;
	}
	*(const struct psp_node **)place = node;
	return true;
}

/* The row of this name and what its table fills, or NULL. */
static const struct psp_key *
find_key(const struct psp_key_table *tables, size_t n_tables,
    struct psp_slice name, void **into)
{
	for (size_t i = 0; i < n_tables; i++)
		for (const struct psp_key *key = tables[i].keys;
		     key->name != NULL; key++)
			if (psp_slice_is(name, key->name)) {
				*into = tables[i].into;
				return key;
			}
	return NULL;
}

static bool
is_among(struct psp_slice name, const char *const *names)
{
	for (; names != NULL && *names != NULL; names++)
		if (psp_slice_is(name, *names))
			return true;
	return false;
}

/* A key that neither the tables nor `also` have. */
static bool
refuse_unknown(const struct psp_node *node, const char *where,
    const struct psp_key_table *tables, size_t n_tables,
    const char *const *also, struct psp_problems *problems)
{
	struct psp_slice known[MAX_KNOWN];
	void *ignored;
	size_t n = 0;

	for (size_t i = 0; i < n_tables; i++)
		for (const struct psp_key *key = tables[i].keys;
		     key->name != NULL && n < MAX_KNOWN; key++)
			known[n++] = psp_slice_of(key->name);
	for (; also != NULL && *also != NULL && n < MAX_KNOWN; also++) {
		known[n] = psp_slice_of(*also);
		if (find_key(tables, n_tables, known[n], &ignored) == NULL)
			n++;
	}
	return psp_node_unknown_key(
	    node, where, (struct psp_slices){ known, n }, problems);
}

/* Whether all keys are there that a map must have. */
static bool
check_required(const struct psp_node *map, const char *where,
    const struct psp_key *keys, struct psp_problems *problems)
{
	bool is_right = true;

	for (; keys->name != NULL; keys++)
		if (keys->is_required && psp_node_get(map, keys->name) == NULL)
			is_right = psp_node_key_problem(map, problems,
			    "the key '%s' is missing in %s", keys->name,
			    _(where));
	return is_right;
}

bool
psp_settings_read_tables(const struct psp_node *map, const char *where,
    const struct psp_key_table *tables, size_t n_tables,
    const char *const *also, struct psp_problems *problems)
{
	const struct psp_key *key;
	bool is_right = true;
	void *into;

	if (map == NULL)
		return true;
	if (map->kind != PSP_NODE_MAP) {
		if (map->key.size > 0)
			return check_kind(map, PSP_NODE_MAP, problems);
		return psp_node_problem(map, problems,
		    "%s is a map of keys, found %s; write 'key: value'",
		    _(where), psp_node_kind_name(map));
	}
	for (const struct psp_node *node = map->first; node != NULL;
	     node = node->next) {
		key = find_key(tables, n_tables, node->key, &into);
		if (key != NULL)
			is_right &= read_value(node, key, into, problems);
		else if (!is_among(node->key, also))
			is_right &= refuse_unknown(
			    node, where, tables, n_tables, also, problems);
	}
	for (size_t i = 0; i < n_tables; i++)
		is_right &=
		    check_required(map, where, tables[i].keys, problems);
	return is_right;
}

bool
psp_settings_read(const struct psp_node *map, const char *where,
    const struct psp_key *keys, const char *const *also, void *into,
    struct psp_problems *problems)
{
	struct psp_key_table table = { keys, into };

	return psp_settings_read_tables(map, where, &table, 1, also, problems);
}
