/*
 * A suppression list as one set of tagged normal forms: "s552100554" a SIREN,
 * "p+33199001234" a telephone, "e…" an address, "d…" a domain, "h" and 32
 * bytes a SHA-256. Cells of a record are brought to the same form and looked
 * up; hashes only when the list holds some. The only file that meets <sha2.h>.
 */
#include <config.h>

#include "libprospect/targeting/suppression.h"

#include <sys/types.h>

#include <sha2.h>
#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/map.h"
#include "libprospect/base/text.h"
#include "libprospect/columns/registry.h"
#include "libprospect/values/company.h"
#include "libprospect/values/number.h"
#include "libprospect/values/phone.h"

enum { HASH_SIZE = SHA256_DIGEST_LENGTH };

/* What a list may hold; a hash may be of any of the others. */
enum kind { KIND_COMPANY, KIND_PHONE, KIND_EMAIL, KIND_DOMAIN, KIND_HASH };
enum { N_KINDS = KIND_HASH + 1 };

struct psp_suppression {
	struct psp_map values;
	bool holds[N_KINDS];
	size_t n_rejected;
	struct psp_buffer scratch;
};

/* Columns of a list, by the names a header may have. */
enum { N_NAMES = 6, NAME_SHA256 = 5 };

struct psp_suppression_column {
	size_t index;
	enum psp_type type; /* PSP_TYPE_CODE: hashes; NONE: told by its shape */
};

static const char *const column_names[N_NAMES] = { "siren", "siret", "phone",
	"email", "domain", "sha256" };

static const enum psp_type column_types[N_NAMES] = { PSP_TYPE_SIREN,
	PSP_TYPE_SIRET, PSP_TYPE_PHONE, PSP_TYPE_EMAIL, PSP_TYPE_DOMAIN,
	PSP_TYPE_CODE };

static enum kind
kind_of(enum psp_type type)
{
	switch (type) {
	case PSP_TYPE_SIREN:
	case PSP_TYPE_SIRET:
		return KIND_COMPANY;
	case PSP_TYPE_PHONE:
		return KIND_PHONE;
	case PSP_TYPE_EMAIL:
		return KIND_EMAIL;
	case PSP_TYPE_DOMAIN:
		return KIND_DOMAIN;
	default:
		return KIND_HASH;
	}
}

static char
tag_of(enum psp_type type)
{
	static const char tags[N_KINDS] = { 's', 'p', 'e', 'd', 'h' };

	return tags[kind_of(type)];
}

/* Appends the normal form of a cell by its type; nothing when it has none. */
static bool
put_normal(struct psp_buffer *buffer, struct psp_slice cell, enum psp_type type,
    struct psp_error *err)
{
	char digits[15];
	struct psp_phone phone;

	switch (type) {
	case PSP_TYPE_SIREN:
		return psp_siren_read(cell, digits) > PSP_ID_CHECKSUM
		       || psp_buffer_append(buffer, digits, 9, err);
	case PSP_TYPE_SIRET:
		return psp_siret_read(cell, digits) > PSP_ID_CHECKSUM
		       || psp_buffer_append(buffer, digits, 9, err);
	case PSP_TYPE_PHONE:
		return psp_phone_read(cell, &phone) > PSP_PHONE_FOREIGN
		       || psp_buffer_slice(
			   buffer, psp_slice_of(phone.e164), err);
	case PSP_TYPE_EMAIL:
		return psp_email_normal(buffer, cell, err);
	case PSP_TYPE_DOMAIN:
		return psp_domain_normal(buffer, cell, err);
	default:
		return true;
	}
}

static bool
add_value(
    struct psp_suppression *list, struct psp_slice value, struct psp_error *err)
{
	struct psp_map_entry *entry;

	return psp_map_put(&list->values, value, 0, &entry, NULL, err);
}

static int
hexadecimal(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Reads 64 hexadecimal digits behind the tag 'h'. */
static bool
read_hash(struct psp_slice text, char value[1 + HASH_SIZE])
{
	text = psp_text_trim(text);
	if (text.size != 2 * HASH_SIZE)
		return false;
	value[0] = 'h';
	for (size_t i = 0; i < HASH_SIZE; i++) {
		int high = hexadecimal(text.bytes[2 * i]);
		int low = hexadecimal(text.bytes[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		value[1 + i] = (char)(high * 16 + low);
	}
	return true;
}

/* Adds a cell of a known kind; `*is_read` tells whether it was understood. */
static bool
add_cell(struct psp_suppression *list, struct psp_slice cell,
    enum psp_type type, bool *is_read, struct psp_error *err)
{
	struct psp_buffer *scratch = &list->scratch;

	scratch->size = 0;
	*is_read = false;
	if (!psp_buffer_put(scratch, tag_of(type), err)
	    || !put_normal(scratch, cell, type, err))
		return false;
	*is_read = scratch->size > 1;
	if (*is_read)
		list->holds[kind_of(type)] = true;
	return !*is_read || add_value(list, psp_buffer_content(scratch), err);
}

static bool
add_hash(struct psp_suppression *list, struct psp_slice cell, bool *is_read,
    struct psp_error *err)
{
	char value[1 + HASH_SIZE];

	*is_read = read_hash(cell, value);
	if (!*is_read)
		return true;
	list->holds[KIND_HASH] = true;
	return add_value(list, psp_slice(value, sizeof(value)), err);
}

/* A value without a column: told by its shape. */
static bool
add_untold(struct psp_suppression *list, struct psp_slice cell, bool *is_read,
    struct psp_error *err)
{
	static const enum psp_type types[] = { PSP_TYPE_SIREN, PSP_TYPE_SIRET,
		PSP_TYPE_PHONE, PSP_TYPE_DOMAIN };

	if (!add_hash(list, cell, is_read, err))
		return false;
	if (*is_read)
		return true;
	if (memchr(cell.bytes, '@', cell.size) != NULL)
		return add_cell(list, cell, PSP_TYPE_EMAIL, is_read, err);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (!add_cell(list, cell, types[i], is_read, err))
			return false;
		if (*is_read)
			break;
	}
	return true;
}

/* Adds a column that is not there yet. */
static bool
add_column(struct psp_suppression_columns *columns, size_t index,
    enum psp_type type, struct psp_error *err)
{
	struct psp_suppression_column *items;

	for (size_t i = 0; i < columns->n; i++)
		if (columns->items[i].index == index)
			return true;
	items = psp_array_reserve(columns->items, &columns->capacity,
	    columns->n + 1, sizeof(*items), err);
	if (items == NULL)
		return false;
	columns->items = items;
	items[columns->n].index = index;
	items[columns->n++].type = type;
	return true;
}

/* Adds the columns whose headers are usual ones of the criterion `name`. */
static bool
add_usual(struct psp_slices header, const char *name, enum psp_type type,
    struct psp_suppression_columns *columns, struct psp_error *err)
{
	const struct psp_criterion *criterion = psp_registry_get(name);
	const struct psp_alias *steps;
	struct psp_buffer key;
	bool is_done = false;
	size_t n;

	if (criterion == NULL)
		return true;
	steps = psp_registry_steps(criterion, &n);
	psp_buffer_init(&key);
	for (size_t i = 0; i < header.n; i++) {
		bool is_usual;

		key.size = 0;
		if (!psp_text_key(&key, header.items[i], err))
			goto done;
		is_usual = psp_key_is(psp_buffer_content(&key), name);
		for (size_t j = 0; j < n && !is_usual; j++)
			is_usual = steps[j].type == PSP_TYPE_NONE
			           && psp_alias_has(
				       &steps[j], psp_buffer_content(&key));
		if (is_usual && !add_column(columns, i, type, err))
			goto done;
	}
	is_done = true;
done:
	psp_buffer_clear(&key);
	return is_done;
}

/* Finds the columns that hold what the first `n_names` names say. */
static bool
find_columns(const struct psp_schema *schema, struct psp_slices header,
    size_t n_names, struct psp_suppression_columns *columns,
    struct psp_error *err)
{
	for (size_t i = 0; i < n_names; i++) {
		struct psp_column column;

		switch (psp_schema_bind(schema, header,
		    psp_slice_of(column_names[i]), &column, NULL, 0)) {
		case PSP_BIND_FAILED:
			return psp_error_memory(err);
		case PSP_BOUND:
			/* not a SIRET found where a SIREN was looked for */
			if ((column.type == column_types[i] || i == NAME_SHA256)
			    && !add_column(
				columns, column.index, column_types[i], err))
				return false;
			break;
		case PSP_BIND_MISSING:
		case PSP_BIND_TWICE:
			break;
		}
		if (!add_usual(
			header, column_names[i], column_types[i], columns, err))
			return false;
	}
	return true;
}

static void
reject(struct psp_suppression *list, const struct psp_notes *notes,
    const char *file, size_t line, struct psp_slice value)
{
	list->n_rejected++;
	psp_note(notes, PSP_NOTE_REJECT, "suppressed value not understood",
	    file, line, 0,
	    "'%.*s' is no SIREN, SIRET, telephone, e-mail, domain or SHA-256",
	    PSP_SLICE_ARGS(value));
}

/* Adds a cell of a column, or says that it is none of what a list holds. */
static bool
take_cell(struct psp_suppression *list, struct psp_slice cell,
    enum psp_type type, const struct psp_notes *notes, const char *file,
    size_t line, struct psp_error *err)
{
	bool is_read, is_done;

	if (psp_value_is_absent(cell))
		return true;
	if (type == PSP_TYPE_NONE)
		is_done = add_untold(list, cell, &is_read, err);
	else if (type == PSP_TYPE_CODE)
		is_done = add_hash(list, cell, &is_read, err);
	else
		is_done = add_cell(list, cell, type, &is_read, err);
	if (is_done && !is_read)
		reject(list, notes, file, line, cell);
	return is_done;
}

static bool
read_columns(struct psp_suppression *list, struct psp_reader *reader,
    const struct psp_suppression_columns *columns,
    const struct psp_notes *notes, struct psp_error *err)
{
	struct psp_record *record;
	int found;

	while ((found = psp_reader_next(reader, &record, err)) > 0)
		for (size_t i = 0; i < columns->n; i++)
			if (!take_cell(list,
				psp_record_text(
				    record, columns->items[i].index),
				columns->items[i].type, notes,
				psp_reader_name(reader),
				psp_record_line(record), err))
				return false;
	list->n_rejected += psp_reader_n_rejected(reader);
	return found == 0;
}

/* Reads a list of one value a line: what was the header is the first. */
static bool
read_values(struct psp_suppression *list, struct psp_reader *reader,
    const struct psp_notes *notes, struct psp_error *err)
{
	struct psp_slices header = psp_reader_header(reader);
	struct psp_suppression_column only = { 0, PSP_TYPE_NONE };
	const struct psp_suppression_columns columns = { &only, 1, 1 };

	return take_cell(list, header.items[0], PSP_TYPE_NONE, notes,
		   psp_reader_name(reader), psp_reader_header_line(reader), err)
	       && read_columns(list, reader, &columns, notes, err);
}

static bool
read_list(struct psp_suppression *list, struct psp_reader *reader,
    const struct psp_notes *notes, struct psp_error *err)
{
	struct psp_slices header = psp_reader_header(reader);
	struct psp_suppression_columns columns = { NULL, 0, 0 };
	bool is_read = false;

	if (header.n == 0)
		return true;
	if (!find_columns(NULL, header, N_NAMES, &columns, err))
		goto done;
	if (columns.n > 0)
		is_read = read_columns(list, reader, &columns, notes, err);
	else if (header.n == 1)
		is_read = read_values(list, reader, notes, err);
	else
		psp_error_set(err, PSP_EUSAGE, psp_reader_name(reader),
		    psp_reader_header_line(reader), 0,
		    "no column of a suppression list found: expected siren, "
		    "siret, phone, email, domain or sha256, or one value a "
		    "line");
done:
	psp_suppression_columns_clear(&columns);
	return is_read;
}

struct psp_suppression *
psp_suppression_open(const char *path, const struct psp_reader_options *options,
    struct psp_error *err)
{
	struct psp_suppression *list = calloc(1, sizeof(*list));
	struct psp_reader_options allowing = *options;
	struct psp_reader *reader = NULL;
	bool is_open = false;

	if (list == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_map_init(&list->values);
	psp_buffer_init(&list->scratch);
	allowing.allow_empty = true; /* an empty list suppresses nobody */
	reader = psp_reader_open(path, &allowing, err);
	if (reader != NULL)
		is_open = read_list(list, reader, &options->notes, err);
	psp_reader_close(reader);
	if (!is_open) {
		psp_suppression_close(list);
		return NULL;
	}
	return list;
}

void
psp_suppression_close(struct psp_suppression *list)
{
	if (list == NULL)
		return;
	psp_map_clear(&list->values);
	psp_buffer_clear(&list->scratch);
	free(list);
}

/* Whether values of this kind can be found in some column. */
static bool
can_compare(const struct psp_suppression_columns *columns, enum kind kind)
{
	for (size_t i = 0; i < columns->n; i++) {
		enum kind own = kind_of(columns->items[i].type);

		if (kind == KIND_HASH || own == kind
		    || (kind == KIND_DOMAIN && own == KIND_EMAIL))
			return true;
	}
	return false;
}

/* Says what of the list cannot be compared; fails when nothing can. */
static bool
check_kinds(const struct psp_suppression *list,
    const struct psp_suppression_columns *columns,
    const struct psp_notes *notes, struct psp_error *err)
{
	static const char *const names[N_KINDS] = { "SIREN", N_("telephones"),
		N_("e-mail addresses"), N_("domains"), N_("hashes") };
	size_t n_held = 0, n_compared = 0;

	for (size_t i = 0; i < N_KINDS; i++) {
		n_held += list->holds[i];
		n_compared +=
		    list->holds[i] && can_compare(columns, (enum kind)i);
	}
	if (n_held > 0 && n_compared == 0)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "no column of the input can be compared with the "
		    "suppression list: say which holds its values, such as "
		    "--column email=HEADER");
	for (size_t i = 0; i < N_KINDS; i++)
		if (list->holds[i] && !can_compare(columns, (enum kind)i))
			psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
			    "the suppression list holds %s, but no column of "
			    "the input does: they are not compared",
			    _(names[i]));
	return true;
}

bool
psp_suppression_bind(const struct psp_suppression *list,
    const struct psp_schema *schema, struct psp_slices header,
    const struct psp_notes *notes, struct psp_suppression_columns *columns,
    struct psp_error *err)
{
	return find_columns(schema, header, NAME_SHA256, columns, err)
	       && check_kinds(list, columns, notes, err);
}

void
psp_suppression_columns_clear(struct psp_suppression_columns *columns)
{
	if (columns == NULL)
		return;
	free(columns->items);
	memset(columns, 0, sizeof(*columns));
}

/* Whether the tagged form in `value`, or its hash, is on the list. */
static bool
is_on_list(const struct psp_suppression *list, struct psp_slice value)
{
	char hashed[1 + HASH_SIZE];
	SHA2_CTX context;

	if (psp_map_get(&list->values, value) != NULL)
		return true;
	if (!list->holds[KIND_HASH])
		return false;
	hashed[0] = 'h';
	SHA256Init(&context);
	SHA256Update(
	    &context, (const uint8_t *)value.bytes + 1, value.size - 1);
	SHA256Final((uint8_t *)hashed + 1, &context);
	return psp_map_get(&list->values, psp_slice(hashed, sizeof(hashed)))
	       != NULL;
}

/* Whether a cell is on the list, an address also by its domain. */
static bool
has_cell(const struct psp_suppression *list, struct psp_slice cell,
    enum psp_type type, struct psp_buffer *scratch, bool *is_suppressed,
    struct psp_error *err)
{
	scratch->size = 0;
	if (!psp_buffer_put(scratch, tag_of(type), err)
	    || !put_normal(scratch, cell, type, err))
		return false;
	if (scratch->size > 1 && is_on_list(list, psp_buffer_content(scratch)))
		*is_suppressed = true;
	if (*is_suppressed || type != PSP_TYPE_EMAIL)
		return true;
	return has_cell(
	    list, cell, PSP_TYPE_DOMAIN, scratch, is_suppressed, err);
}

bool
psp_suppression_has(const struct psp_suppression *list,
    const struct psp_suppression_columns *columns, struct psp_record *record,
    struct psp_buffer *scratch, bool *is_suppressed, struct psp_error *err)
{
	*is_suppressed = false;
	for (size_t i = 0; i < columns->n && !*is_suppressed; i++) {
		const struct psp_suppression_column *column =
		    &columns->items[i];
		struct psp_slice cell = psp_record_text(record, column->index);

		if (!psp_value_is_absent(cell)
		    && !has_cell(
			list, cell, column->type, scratch, is_suppressed, err))
			return false;
	}
	return true;
}

size_t
psp_suppression_size(const struct psp_suppression *list)
{
	return list->values.n_entries;
}

size_t
psp_suppression_n_rejected(const struct psp_suppression *list)
{
	return list->n_rejected;
}
