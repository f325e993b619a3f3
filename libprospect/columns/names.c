/*
 * An open table of marks: the upper half of the hash of a name, and the place
 * of the criterion or, past all of those, of the row of aliases.c that has it.
 * A name is put in once, where it is met first. The names themselves stay in
 * their tables, since this one is made at every start.
 */
#include <config.h>

#include "libprospect/columns/names.h"

#include <assert.h>

#include "libprospect/base/map.h"
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

/* Whether `key` is a name of the criterion or row at `place`. */
static bool
has_name(size_t place, size_t n_criteria, struct psp_slice key)
{
	return place < n_criteria
	           ? psp_key_is(key, psp_criteria()[place].key)
	           : psp_alias_has(&psp_aliases[place - n_criteria], key);
}

/* The index of `key`, or that of the empty mark where it belongs. */
static size_t
find_index(const struct psp_names *names, size_t n_criteria,
    struct psp_slice key, uint64_t hash)
{
	const uint16_t upper = (uint16_t)(hash >> 48);
	size_t i = (size_t)hash % PSP_NAMES_SIZE;

	while (names->marks[i].place != 0
	       && (names->marks[i].hash != upper
		   || !has_name(names->marks[i].place - 1, n_criteria, key)))
		i = (i + 1) % PSP_NAMES_SIZE;
	return i;
}

static void
put_name(struct psp_names *names, size_t n_criteria, struct psp_slice key,
    size_t place)
{
	const uint64_t hash = psp_hash(key, 0);
	struct psp_name_mark *mark =
	    &names->marks[find_index(names, n_criteria, key, hash)];

	if (mark->place == 0) {
		mark->hash = (uint16_t)(hash >> 48);
		mark->place = (uint16_t)(place + 1);
	}
}

/* Puts in the names between '|' of `text`, which need no folding but that of
   case. */
static void
put_names(
    struct psp_names *names, size_t n_criteria, const char *text, size_t place)
{
	char key[MAX_NAME_SIZE];
	size_t size = 0;

	for (; *text != '\0'; text++) {
		if (*text == '|') {
			put_name(
			    names, n_criteria, psp_slice(key, size), place);
			size = 0;
		} else if (!psp_text_is_joint(*text)) {
			assert(size < sizeof(key));
			key[size++] = psp_text_lower(*text);
		}
	}
	put_name(names, n_criteria, psp_slice(key, size), place);
}

void
psp_names_init(struct psp_names *names)
{
	const size_t n_criteria = count_criteria();

	memset(names, 0, sizeof(*names));
	for (size_t i = 0; i < n_criteria; i++)
		put_names(names, n_criteria, psp_criteria()[i].key, i);
	for (size_t i = 0; psp_aliases[i].key != NULL; i++)
		if ((psp_aliases[i].marks & (PSP_ALIAS_SOURCE | PSP_ALIAS_LIKE))
		    == 0)
			put_names(names, n_criteria, psp_aliases[i].headers,
			    n_criteria + i);
}

const struct psp_criterion *
psp_names_find(const struct psp_names *names, struct psp_slice key,
    const struct psp_alias **alias)
{
	const size_t n_criteria = count_criteria();
	size_t place =
	    names->marks[find_index(names, n_criteria, key, psp_hash(key, 0))]
		.place;

	*alias = NULL;
	if (place == 0)
		return NULL;
	if (place <= n_criteria)
		return &psp_criteria()[place - 1];
	*alias = &psp_aliases[place - 1 - n_criteria];
	return psp_registry_get((*alias)->key);
}
