/*
 * A name is put in once, where it is met first: the keys of the criteria, then
 * the rows of aliases.c in their order. Its value is the place of the
 * criterion, or past all of those the place of the row.
 */
#include <config.h>

#include "libprospect/columns/names.h"

#include "libprospect/base/text.h"
#include "libprospect/columns/aliases.h"

enum { MAX_NAME_SIZE = 128 };

static size_t
count_criteria(void)
{
	size_t n = 0;

	while (psp_criteria()[n].key != NULL)
		n++;
	return n;
}

static bool
put_name(struct psp_names *names, struct psp_slice name, size_t place,
    struct psp_error *err)
{
	struct psp_map_entry *entry;
	char key[MAX_NAME_SIZE];
	size_t size;

	/* A longer name than all of ours could not be found either. */
	return !psp_text_key_into(name, key, sizeof(key), &size)
	       || psp_map_put(&names->places, psp_slice(key, size), place,
		   &entry, NULL, err);
}

static bool
put_row(struct psp_names *names, const char *headers, size_t place,
    struct psp_error *err)
{
	for (;;) {
		size_t size = strcspn(headers, "|");

		if (!put_name(names, psp_slice(headers, size), place, err))
			return false;
		if (headers[size] == '\0')
			return true;
		headers += size + 1;
	}
}

bool
psp_names_init(struct psp_names *names, struct psp_error *err)
{
	const size_t n_criteria = count_criteria();

	psp_map_init(&names->places);
	for (size_t i = 0; i < n_criteria; i++)
		if (!put_name(
			names, psp_slice_of(psp_criteria()[i].key), i, err))
			return false;
	for (size_t i = 0; psp_aliases[i].key != NULL; i++)
		if ((psp_aliases[i].marks & (PSP_ALIAS_SOURCE | PSP_ALIAS_LIKE))
			== 0
		    && !put_row(
			names, psp_aliases[i].headers, n_criteria + i, err))
			return false;
	return true;
}

void
psp_names_clear(struct psp_names *names)
{
	psp_map_clear(&names->places);
}

const struct psp_criterion *
psp_names_find(const struct psp_names *names, struct psp_slice key,
    const struct psp_alias **alias)
{
	const struct psp_map_entry *entry = psp_map_get(&names->places, key);
	const size_t n_criteria = count_criteria();

	*alias = NULL;
	if (entry == NULL)
		return NULL;
	if (entry->value < n_criteria)
		return &psp_criteria()[entry->value];
	*alias = &psp_aliases[entry->value - n_criteria];
	return psp_registry_get((*alias)->key);
}
