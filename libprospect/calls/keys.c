/* Keys to numbers; see the header. */
#include <config.h>

#include "libprospect/calls/keys.h"

#include <stdlib.h>
#include <string.h>

#include "libprospect/base/buffer.h"

enum { FIRST_PLACES = 32, WORD_SIZE = sizeof(uint32_t) };

void
psp_keys_init(struct psp_keys *keys, uint32_t width)
{
	memset(keys, 0, sizeof(*keys));
	keys->width = width;
}

void
psp_keys_clear(struct psp_keys *keys)
{
	free(keys->words);
	free(keys->places);
	psp_keys_init(keys, keys->width);
}

/* Mixes the words; the multiplier is that of splitmix64. */
static uint64_t
hash(const uint32_t *key, uint32_t width)
{
	uint64_t mixed = width;

	for (uint32_t i = 0; i < width; i++) {
		mixed = (mixed ^ key[i]) * UINT64_C(0xBF58476D1CE4E5B9);
		mixed ^= mixed >> 29;
	}
	return mixed;
}

/* The place where `key` is, or where it would go. */
static size_t
find_place(const struct psp_keys *keys, const uint32_t *key)
{
	size_t mask = keys->n_places - 1;
	size_t place = (size_t)hash(key, keys->width) & mask;

	while (keys->places[place] != 0
	       && !psp_keys_equal(psp_keys_get(keys, keys->places[place] - 1),
		   key, keys->width))
		place = (place + 1) & mask;
	return place;
}

/* Twice as many places, at most half of which are taken. */
static bool
grow(struct psp_keys *keys, struct psp_error *err)
{
	size_t n = keys->n_places > 0 ? 2 * keys->n_places : FIRST_PLACES;
	uint32_t *places = calloc(n, sizeof(*places));

	if (places == NULL || keys->n >= UINT32_MAX / 2) {
		free(places);
		return psp_error_memory(err);
	}
	free(keys->places);
	keys->places = places;
	keys->n_places = n;
	for (size_t i = 0; i < keys->n; i++)
		places[find_place(keys, psp_keys_get(keys, i))] =
		    (uint32_t)(i + 1);
	return true;
}

bool
psp_keys_put(struct psp_keys *keys, const uint32_t *key, uint32_t *number,
    bool *is_new, struct psp_error *err)
{
	uint32_t *words;
	size_t place;

	if (2 * keys->n >= keys->n_places && !grow(keys, err))
		return false;
	place = find_place(keys, key);
	*is_new = keys->places[place] == 0;
	if (!*is_new) {
		*number = keys->places[place] - 1;
		return true;
	}
	words = psp_array_reserve(keys->words, &keys->capacity, keys->n + 1,
	    keys->width * WORD_SIZE, err);
	if (words == NULL)
		return false;
	keys->words = words;
	memcpy(words + keys->n * keys->width, key, keys->width * WORD_SIZE);
	*number = (uint32_t)keys->n++;
	keys->places[place] = *number + 1;
	return true;
}
