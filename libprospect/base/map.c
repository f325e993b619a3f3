/* Linear probing in a table at most half full. */
#include <config.h>

#include "libprospect/base/map.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { FIRST_PLACES = 16 };

uint64_t
psp_hash(struct psp_slice bytes, uint64_t seed)
{
	return XXH3_64bits_withSeed(
	    bytes.size > 0 ? bytes.bytes : "", bytes.size, seed);
}

void
psp_hash128(struct psp_slice bytes, uint32_t hash[4])
{
	XXH128_hash_t whole = XXH3_128bits(
	    bytes.bytes != NULL ? bytes.bytes : "", bytes.size);

	hash[0] = (uint32_t)whole.low64;
	hash[1] = (uint32_t)(whole.low64 >> 32);
	hash[2] = (uint32_t)whole.high64;
	hash[3] = (uint32_t)(whole.high64 >> 32);
}

void
psp_map_init(struct psp_map *map)
{
	map->places = NULL;
	map->n_places = 0;
	map->n_entries = 0;
	psp_arena_init(&map->keys);
}

void
psp_map_clear(struct psp_map *map)
{
	if (map == NULL)
		return;
	free(map->places);
	psp_arena_clear(&map->keys);
	psp_map_init(map);
}

/* The place of the key, or the empty one where it belongs. */
static struct psp_map_entry *
find_place(struct psp_map_entry *places, size_t n_places, struct psp_slice key,
    uint64_t hash)
{
	size_t i = (size_t)hash & (n_places - 1);

	while (
	    places[i].key.bytes != NULL
	    && (places[i].hash != hash || !psp_slice_equal(places[i].key, key)))
		i = (i + 1) & (n_places - 1);
	return &places[i];
}

static bool
grow(struct psp_map *map, struct psp_error *err)
{
	size_t n_places = map->n_places > 0 ? map->n_places * 2 : FIRST_PLACES;
	struct psp_map_entry *places;

	if (n_places < map->n_places)
		return psp_error_memory(err);
	places = calloc(n_places, sizeof(*places));
	if (places == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < map->n_places; i++) {
		const struct psp_map_entry *old = &map->places[i];

		if (old->key.bytes != NULL)
			*find_place(places, n_places, old->key, old->hash) =
			    *old;
	}
	free(map->places);
	map->places = places;
	map->n_places = n_places;
	return true;
}

bool
psp_map_put(struct psp_map *map, struct psp_slice key, size_t value,
    struct psp_map_entry **entry, bool *is_new, struct psp_error *err)
{
	uint64_t hash = psp_hash(key, 0);
	struct psp_map_entry *place;

	if (map->n_entries >= map->n_places / 2 && !grow(map, err))
		return false;
	place = find_place(map->places, map->n_places, key, hash);
	if (is_new != NULL)
		*is_new = place->key.bytes == NULL;
	if (place->key.bytes == NULL) {
		const char *copy = psp_arena_copy(&map->keys, key, err);

		if (copy == NULL)
			return false;
		place->key = psp_slice(copy, key.size);
		place->hash = hash;
		place->value = value;
		map->n_entries++;
	}
	*entry = place;
	return true;
}

struct psp_map_entry *
psp_map_get(const struct psp_map *map, struct psp_slice key)
{
	struct psp_map_entry *place;

	if (map->n_places == 0)
		return NULL;
	place = find_place(map->places, map->n_places, key, psp_hash(key, 0));
	return place->key.bytes != NULL ? place : NULL;
}
