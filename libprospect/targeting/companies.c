/* Linear probing in a table at most half full. */
#include <config.h>

#include "libprospect/targeting/companies.h"

#include <stdlib.h>

#include "libprospect/base/word.h"

enum { FIRST_PLACES = 1024, SIREN_SIZE = 9 };

void
psp_companies_init(struct psp_companies *companies, bool are_sirens)
{
	memset(companies, 0, sizeof(*companies));
	companies->are_sirens = are_sirens;
	psp_map_init(&companies->texts);
}

void
psp_companies_clear(struct psp_companies *companies)
{
	if (companies == NULL)
		return;
	free(companies->places);
	psp_map_clear(&companies->texts);
	companies->places = NULL;
	companies->n_places = 0;
	companies->n = 0;
}

/* The place of the number, or the empty one where it belongs. The factor is
 * 2^64 over the golden ratio: numbers in a row lie far from one another. */
static struct psp_company_place *
find_place(struct psp_company_place *places, size_t n_places, uint32_t number)
{
	uint64_t hash = number * UINT64_C(0x9E3779B97F4A7C15);
	size_t i = (size_t)(hash >> 32) & (n_places - 1);

	while (places[i].number != 0 && places[i].number != number)
		i = (i + 1) & (n_places - 1);
	return &places[i];
}

static bool
grow(struct psp_companies *companies, struct psp_error *err)
{
	size_t n =
	    companies->n_places > 0 ? companies->n_places * 2 : FIRST_PLACES;
	struct psp_company_place *places = calloc(n, sizeof(*places));

	if (places == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < companies->n_places; i++) {
		const struct psp_company_place *old = &companies->places[i];

		if (old->number != 0)
			*find_place(places, n, old->number) = *old;
	}
	free(companies->places);
	companies->places = places;
	companies->n_places = n;
	return true;
}

/* Reads a key of nine digits. */
static bool
read_number(struct psp_slice key, uint32_t *number)
{
	int64_t value;

	if (key.size != SIREN_SIZE || !psp_digits_read(key, &value))
		return false;
	*number = (uint32_t)value + 1;
	return true;
}

static bool
put_text(struct psp_companies *companies, struct psp_slice key, uint32_t *value,
    struct psp_error *err)
{
	struct psp_map_entry *entry;
	bool is_new;

	if (!psp_map_put(
		&companies->texts, key, companies->n, &entry, &is_new, err))
		return false;
	companies->n += is_new;
	*value = (uint32_t)entry->value;
	return true;
}

bool
psp_companies_put(struct psp_companies *companies, struct psp_slice key,
    uint32_t *value, struct psp_error *err)
{
	struct psp_company_place *place;
	uint32_t number;

	if (companies->n == UINT32_MAX)
		return psp_error_memory(err);
	if (!companies->are_sirens || !read_number(key, &number))
		return put_text(companies, key, value, err);
	if (companies->n >= companies->n_places / 2 && !grow(companies, err))
		return false;
	place = find_place(companies->places, companies->n_places, number);
	if (place->number == 0) {
		place->number = number;
		place->value = (uint32_t)companies->n++;
	}
	*value = place->value;
	return true;
}

bool
psp_companies_get(const struct psp_companies *companies, struct psp_slice key,
    uint32_t *value)
{
	const struct psp_company_place *place;
	const struct psp_map_entry *entry;
	uint32_t number;

	if (companies->n_places > 0 && read_number(key, &number)) {
		place =
		    find_place(companies->places, companies->n_places, number);
		*value = place->value;
		return place->number != 0;
	}
	entry = psp_map_get(&companies->texts, key);
	if (entry == NULL)
		return false;
	*value = (uint32_t)entry->value;
	return true;
}

void
psp_companies_renumber(struct psp_companies *companies, const uint32_t *values)
{
	for (size_t i = 0; i < companies->n_places; i++)
		if (companies->places[i].number != 0)
			companies->places[i].value =
			    values[companies->places[i].value];
	for (size_t i = 0; i < companies->texts.n_places; i++) {
		struct psp_map_entry *entry = &companies->texts.places[i];

		if (entry->key.bytes != NULL)
			entry->value = values[entry->value];
	}
}
