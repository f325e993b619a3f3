/* Persons; see the header. */
#include <config.h>

#include "libprospect/calls/people.h"

#include <stdlib.h>
#include <string.h>

#include "libprospect/base/buffer.h"

void
psp_people_init(struct psp_people *people, bool by_group)
{
	memset(people, 0, sizeof(*people));
	people->by_group = by_group;
	psp_keys_init(&people->keys, PSP_PERSON_WORDS);
}

void
psp_people_clear(struct psp_people *people)
{
	psp_keys_clear(&people->keys);
	free(people->items);
	psp_people_init(people, people->by_group);
}

/* What came later joins what is known: attempts are over once the decision
 * maker was reached. */
static void
join(struct psp_person *known, const struct psp_person *later)
{
	if (!known->attempts.is_reached) {
		known->attempts.n += later->attempts.n;
		known->attempts.is_reached = later->attempts.is_reached;
	}
	if (later->due.at >= known->due.at)
		known->due = later->due;
}

bool
psp_people_put(struct psp_people *people, const uint32_t key[PSP_PERSON_WORDS],
    const struct psp_person *person, struct psp_error *err)
{
	struct psp_person *items;
	uint32_t number;
	bool is_new;

	if (!psp_keys_put(&people->keys, key, &number, &is_new, err))
		return false;
	items = psp_array_reserve(people->items, &people->capacity,
	    people->keys.n, sizeof(*items), err);
	if (items == NULL)
		return false;
	people->items = items;
	if (is_new)
		items[number] = *person;
	else
		join(&items[number], person);
	return true;
}

bool
psp_people_merge(struct psp_people *into, const struct psp_people *next,
    const uint32_t *symbols, const uint32_t *groups, struct psp_error *err)
{
	into->n_unknown += next->n_unknown;
	for (size_t i = 0; i < next->keys.n; i++) {
		struct psp_person person = next->items[i];
		uint32_t key[PSP_PERSON_WORDS];

		if (i % PSP_KEYS_AHEAD == 0)
			psp_keys_expect(&into->keys, &next->keys, i,
			    into->by_group ? groups : NULL, into->items,
			    sizeof(*into->items));
		person.due.company = symbols[person.due.company];
		person.due.contact = symbols[person.due.contact];
		person.due.agent = symbols[person.due.agent];
		person.due.group = groups[person.due.group];
		memcpy(key, psp_keys_get(&next->keys, i), sizeof(key));
		if (into->by_group)
			key[0] = groups[key[0]];
		if (!psp_people_put(into, key, &person, err))
			return false;
	}
	return true;
}
