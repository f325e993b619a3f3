/*
 * Numbers for keys of fixed size: each new key gets the next number. Keys are
 * small groups of 32-bit words (a cell of a table, a person in a cell), held
 * one after the other, found by hashing with open addressing.
 *
 * A place holds the hash beside the number: another key is told without
 * looking at its words, and a table grows without reading them. Millions of
 * persons do not fit a cache: who has many keys to put says so some keys
 * ahead (psp_keys_expect).
 */
#ifndef PSP_CALLS_KEYS_H
#define PSP_CALLS_KEYS_H

#include <stdint.h>

#include "libprospect/base/error.h"

enum { PSP_MAX_KEY_WORDS = 12 };

struct psp_key_place {
	uint32_t hash;
	uint32_t number; /* 1 + number of the key; 0: empty */
};

struct psp_keys {
	uint32_t width;  /* words of a key */
	uint32_t *words; /* n keys of `width` words */
	struct psp_key_place *places;
	size_t n, capacity;
	size_t n_places; /* a power of two, or 0 */
	unsigned shift;  /* of a hash, to its place */
};

/* Keys of `width` words, 1 to PSP_MAX_KEY_WORDS. */
void psp_keys_init(struct psp_keys *keys, uint32_t width);

void psp_keys_clear(struct psp_keys *keys);

/* Whether two keys of `width` words are one: they are too short for memcmp. */
static inline bool
psp_keys_equal(const uint32_t *a, const uint32_t *b, uint32_t width)
{
	uint32_t differs = a[0] ^ b[0];

	if (width == 2)
		return (differs | (a[1] ^ b[1])) == 0;
	for (uint32_t i = 1; i < width; i++)
		differs |= a[i] ^ b[i];
	return differs == 0;
}

/* The key of this number, borrowed until the next put. */
static inline const uint32_t *
psp_keys_get(const struct psp_keys *keys, size_t number)
{
	return keys->words + number * keys->width;
}

/* Mixes the words, two at a time; the multiplier is that of splitmix64. Its high
 * bits are the best. */
static inline uint32_t
psp_keys_hash(const uint32_t *key, uint32_t width)
{
	const uint64_t multiplier = UINT64_C(0xBF58476D1CE4E5B9);
	uint64_t mixed = 0;
	uint32_t i = 0;

	if (width == 2)
		return (uint32_t)(
		    (key[0] ^ (uint64_t)key[1] << 32) * multiplier >> 32);
	for (; i + 1 < width; i += 2)
		mixed = (mixed ^ mixed >> 29 ^ key[i]
			    ^ (uint64_t)key[i + 1] << 32)
		        * multiplier;
	if (i < width)
		mixed = (mixed ^ mixed >> 29 ^ key[i]) * multiplier;
	return (uint32_t)(mixed >> 32);
}

/* psp_keys_put, of a key that is not where its hash says. */
PSP_NODISCARD bool psp_keys_search(struct psp_keys *keys, const uint32_t *key,
    uint32_t *number, bool *is_new, struct psp_error *err);

/* Whether `key` stands where its hash says: its number. `width` is that of the
 * keys, a constant where it can be. */
static inline bool
psp_keys_has(const struct psp_keys *keys, uint32_t width, const uint32_t *key,
    uint32_t *number)
{
	uint32_t hash = psp_keys_hash(key, width);
	const struct psp_key_place *place;

	if (PSP_UNLIKELY(keys->n == 0))
		return false;
	place = &keys->places[hash >> keys->shift];
	*number = place->number - 1;
	return PSP_LIKELY(
	    place->hash == hash && place->number != 0
	    && psp_keys_equal(
		keys->words + (size_t)*number * width, key, width));
}

/* The number of `key`, new or old. At most 2^30 of them; PSP_ENOMEM. */
PSP_NODISCARD static inline bool
psp_keys_put(struct psp_keys *keys, const uint32_t *key, uint32_t *number,
    bool *is_new, struct psp_error *err)
{
	*is_new = false;
	return psp_keys_has(keys, keys->width, key, number)
	       || psp_keys_search(keys, key, number, is_new, err);
}

/*
 * Says that the keys of `next` from `from` on, PSP_KEYS_AHEAD of them, are to be
 * put here soon: fetches their places, and what `items` (`size` bytes each, by
 * number) has of them. `firsts` tells what their first word will be; NULL: what
 * it is.
 */
enum { PSP_KEYS_AHEAD = 16 };
void psp_keys_expect(const struct psp_keys *keys, const struct psp_keys *next,
    size_t from, const uint32_t *firsts, const void *items, size_t size);

#endif
