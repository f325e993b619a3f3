/*
 * What the user said of columns: `columns:` and `fields:` of the settings, a
 * --columns file, --column options. Everything said is kept; what is said of
 * the same criterion or name is a chain, newest first, and who wins is decided
 * when a name is looked up, so that the order in which the three sources are
 * added does not matter. The binding to a header is in columns.c.
 */
#include <config.h>

#include "libprospect/columns/schema.h"

#include <stdlib.h>

#include "libprospect/base/map.h"
#include "libprospect/base/text.h"
#include "libprospect/columns/names.h"

enum { MILLIONTHS_IN_HUNDREDTH = 10000, MAX_KEY_SIZE = 1024 };

/* What `fields:` says of one name. */
struct said_rules {
	struct psp_slice key;
	const struct psp_criterion *criterion;
	struct psp_field_rules rules;
};

struct psp_schema {
	struct psp_arena arena;
	struct psp_names names;
	struct psp_said **said; /* oldest first */
	size_t n_said, said_capacity;
	struct psp_map said_of; /* of a subject: the newest said of it */
	struct said_rules **rules;
	size_t n_rules, rules_capacity;
	struct psp_map rules_of;
};

/* The NAF 2025 column tells its version by its name. */
static const struct psp_field_rules naf25_rules = { .version = PSP_NAF_2025 };

struct psp_schema *
psp_schema_new(struct psp_error *err)
{
	struct psp_schema *schema = calloc(1, sizeof(*schema));

	if (schema == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_arena_init(&schema->arena);
	psp_map_init(&schema->said_of);
	psp_map_init(&schema->rules_of);
	psp_names_init(&schema->names);
	return schema;
}

void
psp_schema_free(struct psp_schema *schema)
{
	if (schema == NULL)
		return;
	psp_map_clear(&schema->said_of);
	psp_map_clear(&schema->rules_of);
	free(schema->said);
	free(schema->rules);
	psp_arena_clear(&schema->arena);
	free(schema);
}

/* The key of `name`, kept in the arena. */
static bool
keep_name_key(struct psp_schema *schema, struct psp_slice name,
    struct psp_slice *key, struct psp_error *err)
{
	struct psp_buffer buffer;
	char *copy = NULL;

	psp_buffer_init(&buffer);
	if (psp_text_key(&buffer, name, err))
		copy = psp_arena_copy(
		    &schema->arena, psp_buffer_content(&buffer), err);
	if (copy != NULL)
		*key = psp_slice(copy, buffer.size);
	psp_buffer_clear(&buffer);
	return copy != NULL;
}

/* Something said of `name`, not yet in the list. NULL with PSP_ENOMEM. */
static struct psp_said *
new_said(struct psp_schema *schema, enum psp_said_by by, struct psp_slice name,
    struct psp_error *err)
{
	struct psp_said *said =
	    psp_arena_alloc(&schema->arena, sizeof(*said), err);

	if (said == NULL || !keep_name_key(schema, name, &said->key, err))
		return NULL;
	said->name = name;
	said->by = by;
	said->criterion = psp_schema_find(schema, said->key, &said->alias);
	return said;
}

/* What something is said of, in one word: no key of a name is that of a
 * criterion. */
static struct psp_slice
subject(const struct psp_criterion *criterion, struct psp_slice key)
{
	return criterion != NULL ? psp_slice_of(criterion->key) : key;
}

/* Adds `said` to what was said before. */
static bool
keep_said(
    struct psp_schema *schema, struct psp_said *said, struct psp_error *err)
{
	struct psp_said **all = psp_array_reserve(schema->said,
	    &schema->said_capacity, schema->n_said + 1, sizeof(*all), err);
	struct psp_map_entry *entry;
	bool is_new;

	if (all == NULL)
		return false;
	schema->said = all;
	if (!psp_map_put(&schema->said_of, subject(said->criterion, said->key),
		schema->n_said, &entry, &is_new, err))
		return false;
	if (!is_new)
		said->before = all[entry->value];
	entry->value = schema->n_said;
	all[schema->n_said++] = said;
	return true;
}

const struct psp_criterion *
psp_schema_find(const struct psp_schema *schema, struct psp_slice key,
    const struct psp_alias **alias)
{
	return schema == NULL ? psp_registry_find(key, alias)
	                      : psp_names_find(&schema->names, key, alias);
}

const struct psp_criterion *
psp_schema_criterion(const struct psp_schema *schema, struct psp_slice name)
{
	const struct psp_alias *alias;
	char key[MAX_KEY_SIZE];
	size_t size;

	if (!psp_text_key_into(name, key, sizeof(key), &size))
		return NULL;
	return psp_schema_find(schema, psp_slice(key, size), &alias);
}

const struct psp_said *
psp_schema_said(const struct psp_schema *schema,
    const struct psp_criterion *criterion, struct psp_slice key)
{
	const struct psp_said *best = NULL, *said;
	const struct psp_map_entry *entry = NULL;

	if (schema != NULL)
		entry = psp_map_get(&schema->said_of, subject(criterion, key));
	if (entry == NULL)
		return NULL;
	for (said = schema->said[entry->value]; said != NULL;
	     said = said->before)
		if (best == NULL || said->by > best->by)
			best = said;
	return best;
}

const struct psp_field_rules *
psp_schema_rules_of(const struct psp_schema *schema,
    const struct psp_criterion *criterion, struct psp_slice key)
{
	const struct psp_map_entry *entry = NULL;

	if (schema != NULL)
		entry = psp_map_get(&schema->rules_of, subject(criterion, key));
	if (entry != NULL)
		return &schema->rules[entry->value]->rules;
	if (criterion != NULL && strcmp(criterion->key, "naf25") == 0)
		return &naf25_rules;
	return NULL;
}

enum psp_said_what
psp_schema_said_of(const struct psp_schema *schema, struct psp_slice name)
{
	const struct psp_criterion *criterion;
	const struct psp_alias *alias;
	const struct psp_said *said;
	char key[MAX_KEY_SIZE];
	size_t size;

	if (!psp_text_key_into(name, key, sizeof(key), &size))
		return PSP_SAID_NOTHING;
	criterion = psp_schema_find(schema, psp_slice(key, size), &alias);
	said = psp_schema_said(schema, criterion, psp_slice(key, size));
	if (said == NULL)
		return PSP_SAID_NOTHING;
	return said->is_absent ? PSP_SAID_NONE : PSP_SAID_COLUMN;
}

const struct psp_field_rules *
psp_schema_rules(const struct psp_schema *schema, struct psp_slice name)
{
	const struct psp_criterion *criterion;
	const struct psp_alias *alias;
	char key[MAX_KEY_SIZE];
	size_t size;

	if (!psp_text_key_into(name, key, sizeof(key), &size))
		return NULL;
	criterion = psp_schema_find(schema, psp_slice(key, size), &alias);
	return psp_schema_rules_of(schema, criterion, psp_slice(key, size));
}

/* Whether it is YAML's null: no column. A header of that name has quotes. */
static bool
is_null(const struct psp_node *node)
{
	static const char *const words[] = { "null", "Null", "NULL", "~" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!node->is_quoted && psp_slice_is(node->text, words[i]))
			return true;
	return false;
}

/* Reads the header or position that `node` gives. */
static bool
read_target(const struct psp_node *node, struct psp_said *said,
    struct psp_problems *problems)
{
	struct target {
		int64_t position;
	} target = { 0 };
	static const struct psp_key keys[] = {
		PSP_KEY_REQUIRED(
		    "position", PSP_KEY_INTEGER, struct target, position),
		PSP_KEY_END,
	};

	if (node->kind == PSP_NODE_SCALAR) {
		if (node->text.size == 0)
			return psp_node_problem(node, problems,
			    "columns: '%.*s' has no header; expected the name "
			    "of a column, {position: N}, or null where there "
			    "is none",
			    PSP_SLICE_ARGS(node->key));
		said->is_absent = is_null(node);
		if (!said->is_absent)
			said->header = node->text;
		return true;
	}
	if (node->kind == PSP_NODE_LIST)
		return psp_node_problem(node, problems,
		    "columns: '%.*s' is a list; expected the name of one "
		    "column or {position: N}",
		    PSP_SLICE_ARGS(node->key));
	if (!psp_settings_read(node, "a column", keys, NULL, &target, problems))
		return false;
	if (target.position < 1)
		return psp_node_problem(psp_node_get(node, "position"),
		    problems,
		    "columns: '%.*s' has position %lld; the first column is 1",
		    PSP_SLICE_ARGS(node->key), (long long)target.position);
	said->position = (size_t)target.position;
	return true;
}

/* Reads the map `columns`, saying it is `by` somebody. */
static bool
add_columns(struct psp_schema *schema, const struct psp_node *columns,
    enum psp_said_by by, struct psp_problems *problems, struct psp_error *err)
{
	const size_t n_before = schema->n_said;
	bool result = true;

	if (columns == NULL)
		return true;
	if (columns->kind != PSP_NODE_MAP)
		return psp_node_problem(columns, problems,
		    "columns is %s; expected a map such as {headcount: "
		    "Effectif}",
		    psp_node_kind_name(columns));
	for (const struct psp_node *node = columns->first; node != NULL;
	     node = node->next) {
		struct psp_said *said = new_said(schema, by, node->key, err);
		const struct psp_map_entry *old;

		if (said == NULL)
			return false;
		if (!read_target(node, said, problems)) {
			result = false;
			continue;
		}
		old = psp_map_get(
		    &schema->said_of, subject(said->criterion, said->key));
		if (old != NULL && old->value >= n_before) {
			result = psp_node_key_problem(node, problems,
			    "columns: '%.*s' and '%.*s' mean the same; keep "
			    "one",
			    PSP_SLICE_ARGS(schema->said[old->value]->name),
			    PSP_SLICE_ARGS(node->key));
			continue;
		}
		if (!keep_said(schema, said, err))
			return false;
	}
	return result;
}

bool
psp_schema_add_columns(struct psp_schema *schema,
    const struct psp_node *columns, struct psp_problems *problems,
    struct psp_error *err)
{
	return add_columns(schema, columns, PSP_SAID_SETTINGS, problems, err);
}

bool
psp_schema_add_columns_file(struct psp_schema *schema,
    const struct psp_node *root, struct psp_problems *problems,
    struct psp_error *err)
{
	const struct psp_node *columns = psp_node_get(root, "columns");

	/* A settings file, or a map alone with a name "columns" in it. */
	if (columns != NULL && columns->kind == PSP_NODE_MAP
	    && psp_node_get(columns, "position") == NULL)
		root = columns;
	return add_columns(schema, root, PSP_SAID_FILE, problems, err);
}

bool
psp_schema_add_option(
    struct psp_schema *schema, const char *option, struct psp_error *err)
{
	const char *equals = strchr(option, '=');
	struct psp_said *said;

	if (equals == NULL || equals == option || equals[1] == '\0')
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--column '%s': expected a name and a header, such as "
		    "headcount=Effectif",
		    option);
	said = new_said(schema, PSP_SAID_OPTION,
	    psp_slice(option, (size_t)(equals - option)), err);
	if (said == NULL)
		return false;
	said->header = psp_slice_of(equals + 1);
	return keep_said(schema, said, err);
}

/* The keys of one field as the table reads them. */
struct field {
	struct psp_slice type;
	const struct psp_node *scale;
	int better;
	int version;
	const struct psp_node *absent;
	struct psp_slice separator;
};

enum { BETTER_HIGH, BETTER_LOW };
enum { VERSION_REV2, VERSION_2025 };

static bool
read_type(const struct psp_node *node, struct psp_slice name,
    enum psp_type *type, struct psp_problems *problems)
{
	struct psp_slice known[PSP_TYPE_DOMAIN], near;
	size_t n = 0;

	if (name.bytes == NULL || psp_type_find(name, type))
		return true;
	for (; n < PSP_TYPE_DOMAIN; n++)
		known[n] = psp_slice_of(psp_type_name((enum psp_type)(n + 1)));
	near = psp_text_nearest(name, (struct psp_slices){ known, n });
	if (near.size > 0)
		return psp_node_problem(psp_node_get(node, "type"), problems,
		    "unknown type '%.*s'; did you mean '%.*s'?",
		    PSP_SLICE_ARGS(name), PSP_SLICE_ARGS(near));
	return psp_node_problem(psp_node_get(node, "type"), problems,
	    "unknown type '%.*s'; expected text, number, money, percent, date, "
	    "duration, bool, code, set or a criterion such as naf",
	    PSP_SLICE_ARGS(name));
}

static bool
read_scale(const struct psp_node *scale, struct psp_field_rules *rules,
    struct psp_problems *problems)
{
	int64_t bounds[2];
	const struct psp_node *node;

	if (scale == NULL)
		return true;
	if (scale->n_children != 2)
		return psp_node_problem(
		    scale, problems, "scale: expected two bounds: [0, 20]");
	node = scale->first;
	for (size_t i = 0; i < 2; i++, node = node->next) {
		if (!psp_node_hundredths(node, &bounds[i], problems))
			return false;
		if (bounds[i] > INT64_MAX / MILLIONTHS_IN_HUNDREDTH
		    || bounds[i] < INT64_MIN / MILLIONTHS_IN_HUNDREDTH)
			return psp_node_problem(node, problems,
			    "scale: the bound is too large; give a smaller "
			    "number");
	}
	if (bounds[0] >= bounds[1])
		return psp_node_problem(scale, problems,
		    "scale: the first bound is not below the second; 'better: "
		    "low' tells the direction");
	rules->has_scale = true;
	rules->scale_low = bounds[0] * MILLIONTHS_IN_HUNDREDTH;
	rules->scale_high = bounds[1] * MILLIONTHS_IN_HUNDREDTH;
	return true;
}

/* `absent: [a, b]`, or one word alone. */
static bool
read_absent(struct psp_schema *schema, const struct psp_node *absent,
    struct psp_field_rules *rules, struct psp_problems *problems,
    struct psp_error *err)
{
	size_t n;

	if (absent == NULL)
		return true;
	if (absent->kind == PSP_NODE_MAP)
		return psp_node_problem(absent, problems,
		    "absent: expected a list of words: [inconnu, unknown]");
	n = absent->kind == PSP_NODE_SCALAR ? 1 : absent->n_children;
	if (n == 0)
		return true;
	rules->absent =
	    psp_arena_array(&schema->arena, n, sizeof(*rules->absent), err);
	if (rules->absent == NULL)
		return false;
	for (const struct psp_node *node =
		 absent->kind == PSP_NODE_SCALAR ? absent : absent->first;
	     rules->n_absent < n; node = node->next) {
		if (node->kind != PSP_NODE_SCALAR)
			return psp_node_problem(node, problems,
			    "absent: expected a word, not %s",
			    psp_node_kind_name(node));
		rules->absent[rules->n_absent++] = node->text;
	}
	return true;
}

/* The keys that only some types have. */
static bool
check_keys_of_type(const struct psp_node *node, enum psp_type type,
    struct psp_problems *problems)
{
	const struct psp_node *version = psp_node_get(node, "version");
	const struct psp_node *separator = psp_node_get(node, "separator");
	const struct psp_node *scale = psp_node_get(node, "scale");
	bool result = true;

	if (version != NULL && type != PSP_TYPE_NAF)
		result = psp_node_key_problem(version, problems,
		    "version is of NAF codes; expected it with 'type: naf'");
	if (separator != NULL && type != PSP_TYPE_NONE && type != PSP_TYPE_SET
	    && type != PSP_TYPE_DIGITAL && type != PSP_TYPE_INTERNATIONAL)
		result = psp_node_key_problem(separator, problems,
		    "separator is of sets; the type here is '%s'",
		    psp_type_name(type));
	if (scale != NULL && type != PSP_TYPE_NONE && type != PSP_TYPE_NUMBER)
		result = psp_node_key_problem(scale, problems,
		    "scale is of numbers; the type here is '%s'",
		    psp_type_name(type));
	return result;
}

static bool
read_separator(const struct psp_node *node, struct psp_slice separator,
    struct psp_field_rules *rules, struct psp_problems *problems)
{
	if (separator.bytes == NULL)
		return true;
	if (separator.size != 1 || (unsigned char)separator.bytes[0] >= 0x80
	    || separator.bytes[0] == '\0')
		return psp_node_problem(psp_node_get(node, "separator"),
		    problems,
		    "separator: expected one ASCII character such as '|'");
	rules->separator = separator.bytes[0];
	return true;
}

static bool
read_field(struct psp_schema *schema, const struct psp_node *node,
    const struct psp_criterion *criterion, struct psp_field_rules *rules,
    struct psp_problems *problems, struct psp_error *err)
{
	static const char *const directions[] = { "high", "low", NULL };
	static const char *const versions[] = { "rev2", "2025", NULL };
	static const struct psp_key keys[] = {
		PSP_KEY("type", PSP_KEY_TEXT, struct field, type),
		PSP_KEY("scale", PSP_KEY_LIST, struct field, scale),
		PSP_KEY_OF("better", struct field, better, directions),
		PSP_KEY_OF("version", struct field, version, versions),
		PSP_KEY("absent", PSP_KEY_NODE, struct field, absent),
		PSP_KEY("separator", PSP_KEY_TEXT, struct field, separator),
		PSP_KEY_END,
	};
	struct field field = { .better = BETTER_HIGH, .version = -1 };
	enum psp_type type;
	bool result;

	if (node->kind != PSP_NODE_MAP)
		return psp_node_problem(node, problems,
		    "fields: '%.*s' is %s; expected a map such as {type: "
		    "number}",
		    PSP_SLICE_ARGS(node->key), psp_node_kind_name(node));
	if (!psp_settings_read(node, "a field", keys, NULL, &field, problems))
		return false;
	if (criterion != NULL && strcmp(criterion->key, "naf25") == 0)
		*rules = naf25_rules;
	if (field.version >= 0)
		rules->version =
		    field.version == VERSION_REV2 ? PSP_NAF_REV2 : PSP_NAF_2025;
	rules->lower_is_better = field.better == BETTER_LOW;
	result = read_type(node, field.type, &rules->type, problems);
	type = rules->type;
	if (type == PSP_TYPE_NONE && criterion != NULL)
		type = criterion->type;
	if (result)
		result = check_keys_of_type(node, type, problems);
	result = read_scale(field.scale, rules, problems) && result;
	result =
	    read_separator(node, field.separator, rules, problems) && result;
	return read_absent(schema, field.absent, rules, problems, err)
	       && result;
}

/* Puts `said` in the place of what was said before. */
static bool
keep_rules(
    struct psp_schema *schema, struct said_rules *said, struct psp_error *err)
{
	struct said_rules **all = psp_array_reserve(schema->rules,
	    &schema->rules_capacity, schema->n_rules + 1, sizeof(*all), err);
	struct psp_map_entry *entry;

	if (all == NULL)
		return false;
	schema->rules = all;
	if (!psp_map_put(&schema->rules_of, subject(said->criterion, said->key),
		schema->n_rules, &entry, NULL, err))
		return false;
	entry->value = schema->n_rules;
	all[schema->n_rules++] = said;
	return true;
}

bool
psp_schema_add_fields(struct psp_schema *schema, const struct psp_node *fields,
    struct psp_problems *problems, struct psp_error *err)
{
	const size_t n_before = schema->n_rules;
	bool result = true;

	if (fields == NULL)
		return true;
	if (fields->kind != PSP_NODE_MAP)
		return psp_node_problem(fields, problems,
		    "fields is %s; expected a map such as {financial_score: "
		    "{type: number}}",
		    psp_node_kind_name(fields));
	for (const struct psp_node *node = fields->first; node != NULL;
	     node = node->next) {
		struct said_rules *said =
		    psp_arena_alloc(&schema->arena, sizeof(*said), err);
		const struct psp_map_entry *old;
		const struct psp_alias *alias;

		if (said == NULL
		    || !keep_name_key(schema, node->key, &said->key, err))
			return false;
		said->criterion = psp_schema_find(schema, said->key, &alias);
		old = psp_map_get(
		    &schema->rules_of, subject(said->criterion, said->key));
		if (old != NULL && old->value >= n_before)
			result = psp_node_key_problem(node, problems,
			    "fields: '%.*s' is there already, under this or "
			    "another of its names; keep one",
			    PSP_SLICE_ARGS(node->key));
		if (!read_field(schema, node, said->criterion, &said->rules,
			problems, err))
			result = false;
		if (err->status == PSP_ENOMEM)
			return false;
		if (!keep_rules(schema, said, err))
			return false;
	}
	return result;
}
