/* Keys to numbers; see the header. */
#include <config.h>

#include "libprospect/calls/keys.h"

#include <stdlib.h>
#include <string.h>

#include "libprospect/base/buffer.h"

enum {
	FIRST_PLACES = 256,
	FIRST_SHIFT = 24,
	FEW_PLACES = 8192,
	WORD_SIZE = sizeof(uint32_t),
	MAX_KEYS = 1 << 30
};
_Static_assert(FIRST_PLACES == 1 << (32 - FIRST_SHIFT), "a place for a hash");

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

/* The first empty place at or after that of the hash. */
static struct psp_key_place *
empty_place(struct psp_key_place *places, size_t n, size_t at)
{
	while (places[at].number != 0)
		at = (at + 1) & (n - 1);
	return &places[at];
}

/* Whether another key needs more places. Of few keys, which are met all the
 * time, nearly all stand where their hash says; of many two in three places
 * are taken. */
static bool
is_full(const struct psp_keys *keys)
{
	return keys->n_places <= FEW_PLACES
	           ? 8 * keys->n >= keys->n_places
	           : 3 * keys->n >= 2 * keys->n_places;
}

/* Twice as many places. */
static bool
grow(struct psp_keys *keys, struct psp_error *err)
{
	size_t n = keys->n_places > 0 ? 2 * keys->n_places : FIRST_PLACES;
	unsigned shift = keys->n_places > 0 ? keys->shift - 1 : FIRST_SHIFT;
	struct psp_key_place *places = NULL;

	if (keys->n < MAX_KEYS)
		places = calloc(n, sizeof(*places));
	if (places == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < keys->n_places; i++)
		if (keys->places[i].number != 0)
			*empty_place(places, n, keys->places[i].hash >> shift) =
			    keys->places[i];
	free(keys->places);
	keys->places = places;
	keys->n_places = n;
	keys->shift = shift;
	return true;
}

/* Takes `place` for a new key. */
static bool
add(struct psp_keys *keys, const uint32_t *key, uint32_t hash,
    struct psp_key_place *place, struct psp_error *err)
{
	uint32_t *words = psp_array_reserve(keys->words, &keys->capacity,
	    keys->n + 1, keys->width * WORD_SIZE, err);

	if (words == NULL)
		return false;
	keys->words = words;
	memcpy(words + keys->n * keys->width, key, keys->width * WORD_SIZE);
	place->hash = hash;
	place->number = (uint32_t)++keys->n;
	return true;
}

bool
psp_keys_search(struct psp_keys *keys, const uint32_t *key, uint32_t *number,
    bool *is_new, struct psp_error *err)
{
	uint32_t hash = psp_keys_hash(key, keys->width);
	size_t at;

	if (is_full(keys) && !grow(keys, err))
		return false;
	at = hash >> keys->shift;
	while (keys->places[at].number != 0
	       && (keys->places[at].hash != hash
		   || !psp_keys_equal(
		       psp_keys_get(keys, keys->places[at].number - 1), key,
		       keys->width)))
		at = (at + 1) & (keys->n_places - 1);
	*is_new = keys->places[at].number == 0;
	if (*is_new && !add(keys, key, hash, &keys->places[at], err))
		return false;
	*number = keys->places[at].number - 1;
	return true;
}

void
psp_keys_expect(const struct psp_keys *keys, const struct psp_keys *next,
    size_t from, const uint32_t *firsts, const void *items, size_t size)
{
	const struct psp_key_place *places[PSP_KEYS_AHEAD];
	size_t n = next->n - from;

	if (keys->n == 0)
		return;
	if (n > PSP_KEYS_AHEAD)
		n = PSP_KEYS_AHEAD;
	for (size_t i = 0; i < n; i++) {
		uint32_t key[PSP_MAX_KEY_WORDS];

		memcpy(key, psp_keys_get(next, from + i),
		    next->width * WORD_SIZE);
		if (firsts != NULL)
			key[0] = firsts[key[0]];
		places[i] = &keys->places[psp_keys_hash(key, keys->width)
					  >> keys->shift];
		PSP_PREFETCH(places[i]);
	}
	for (size_t i = 0; i < n; i++) {
		size_t number = places[i]->number;

		if (number == 0)
			continue;
		PSP_PREFETCH(psp_keys_get(keys, number - 1));
		PSP_PREFETCH((const char *)items + (number - 1) * size);
	}
}
