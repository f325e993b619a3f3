/* Calls to each company of late; see the header. */
#include <config.h>

#include "libprospect/calls/touches.h"

#include <stdlib.h>

#include "libprospect/base/buffer.h"

enum { HASH_WORDS = 4 };

void
psp_touches_init(struct psp_touches *touches)
{
	memset(touches, 0, sizeof(*touches));
	psp_keys_init(&touches->keys, HASH_WORDS);
}

void
psp_touches_clear(struct psp_touches *touches)
{
	psp_keys_clear(&touches->keys);
	free(touches->items);
	psp_touches_init(touches);
}

/* An unknown day is the least of all. */
static int32_t
later_of(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static void
join(struct psp_touched *known, const struct psp_touched *later)
{
	known->n_calls += later->n_calls;
	known->n_recent += later->n_recent;
	known->last = later_of(known->last, later->last);
	known->refused = later_of(known->refused, later->refused);
	known->has_stop = known->has_stop || later->has_stop;
	if (later->last_at >= known->last_at) {
		known->last_at = later->last_at;
		known->group = later->group;
	}
	/* A call that does not say it takes nothing back. */
	for (size_t i = 0; i < PSP_N_TOUCHED_TEXTS; i++) {
		if (later->texts[i] == 0
		    || (known->texts[i] != 0 && later->at[i] < known->at[i]))
			continue;
		known->at[i] = later->at[i];
		known->texts[i] = later->texts[i];
	}
}

bool
psp_touches_put(struct psp_touches *touches, const uint32_t hash[4],
    const struct psp_touched *touched, struct psp_error *err)
{
	struct psp_touched *items;
	uint32_t number;
	bool is_new;

	if (!psp_keys_put(&touches->keys, hash, &number, &is_new, err))
		return false;
	items = psp_array_reserve(touches->items, &touches->capacity,
	    touches->keys.n, sizeof(*items), err);
	if (items == NULL)
		return false;
	touches->items = items;
	if (is_new)
		items[number] = *touched;
	else
		join(&items[number], touched);
	return true;
}

bool
psp_touches_merge(struct psp_touches *into, const struct psp_touches *next,
    const uint32_t *symbols, const uint32_t *groups, struct psp_error *err)
{
	into->n_unknown += next->n_unknown;
	for (size_t i = 0; i < next->keys.n; i++) {
		struct psp_touched touched = next->items[i];

		if (i % PSP_KEYS_AHEAD == 0)
			psp_keys_expect(&into->keys, &next->keys, i, NULL,
			    into->items, sizeof(*into->items));
		touched.group = groups[touched.group];
		for (size_t j = 0; j < PSP_N_TOUCHED_TEXTS; j++)
			touched.texts[j] = symbols[touched.texts[j]];
		if (!psp_touches_put(
			into, psp_keys_get(&next->keys, i), &touched, err))
			return false;
	}
	return true;
}
