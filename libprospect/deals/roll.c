/* Numbers that were met; see the header. */
#include <config.h>

#include "libprospect/deals/roll.h"

#include <stdlib.h>

#include "libprospect/base/pages.h"

enum { FIRST_PLACES = 4096 };

void
psp_roll_init(struct psp_roll *roll)
{
	memset(roll, 0, sizeof(*roll));
	psp_buffer_init(&roll->text);
}

void
psp_roll_clear(struct psp_roll *roll)
{
	free(roll->items);
	free(roll->places);
	psp_buffer_clear(&roll->text);
	psp_roll_init(roll);
}

/* Puts what is in the old places, all different, into empty ones. */
static void
move_places(
    const struct psp_roll *roll, struct psp_roll_place *places, size_t n_places)
{
	for (size_t i = 0; i < roll->n_places; i++) {
		size_t at = roll->places[i].tag & (n_places - 1);

		if (roll->places[i].item == 0)
			continue;
		while (places[at].item != 0)
			at = (at + 1) & (n_places - 1);
		places[at] = roll->places[i];
	}
}

bool
psp_roll_reserve(struct psp_roll *roll, size_t n, struct psp_error *err)
{
	size_t n_places = roll->n_places > 0 ? roll->n_places : FIRST_PLACES;
	struct psp_enrolled *items;
	struct psp_roll_place *places;

	if (n >= UINT32_MAX / 2 || roll->n + n >= UINT32_MAX / 2)
		return psp_error_set(
		    err, PSP_ELIMIT, NULL, 0, 0, "more than 2147483646 deals");
	items = psp_array_reserve(
	    roll->items, &roll->capacity, roll->n + n + 1, sizeof(*items), err);
	if (items == NULL)
		return false;
	roll->items = items;
	while (n_places / 2 < roll->n + n)
		n_places *= 2;
	if (n_places == roll->n_places)
		return true;
	places = psp_pages_array(n_places, sizeof(*places), err);
	if (places == NULL)
		return false;
	move_places(roll, places, n_places);
	free(roll->places);
	roll->places = places;
	roll->n_places = n_places;
	return true;
}

static bool
has_id(const struct psp_roll *roll, uint32_t item, struct psp_slice id)
{
	const struct psp_enrolled *known = &roll->items[item - 1];

	return psp_slice_equal(
	    psp_slice(roll->text.bytes + known->text_at, known->id_size), id);
}

bool
psp_roll_put(struct psp_roll *roll, struct psp_slice id, uint64_t hash,
    const char *file, uint32_t line, const struct psp_enrolled **before,
    struct psp_error *err)
{
	uint32_t tag = (uint32_t)hash;
	size_t at = tag & (roll->n_places - 1);
	struct psp_enrolled *item = &roll->items[roll->n];

	*before = NULL;
	if (id.size == 0)
		return true;
	while (roll->places[at].item != 0) {
		if (roll->places[at].tag == tag
		    && has_id(roll, roll->places[at].item, id)) {
			*before = &roll->items[roll->places[at].item - 1];
			return true;
		}
		at = (at + 1) & (roll->n_places - 1);
	}
	item->text_at = roll->text.size;
	item->id_size = (uint32_t)id.size;
	item->line = line;
	item->file = file;
	if (!psp_buffer_slice(&roll->text, id, err))
		return false;
	roll->n++;
	roll->places[at].item = (uint32_t)roll->n;
	roll->places[at].tag = tag;
	return true;
}
