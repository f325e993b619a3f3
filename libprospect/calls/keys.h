/*
 * Numbers for keys of fixed size: each new key gets the next number. Keys are
 * small groups of 32-bit words (a cell of a table, a person in a cell), held
 * one after the other, found by hashing with open addressing.
 */
#ifndef PSP_CALLS_KEYS_H
#define PSP_CALLS_KEYS_H

#include <stdint.h>

#include "libprospect/base/error.h"

enum { PSP_MAX_KEY_WORDS = 12 };

struct psp_keys {
	uint32_t width;   /* words of a key */
	uint32_t *words;  /* n keys of `width` words */
	uint32_t *places; /* 1 + number of the key; 0: empty */
	size_t n, capacity;
	size_t n_places; /* a power of two, or 0 */
};

/* Whether two keys of `width` words are one: they are too short for memcmp. */
static inline bool
psp_keys_equal(const uint32_t *a, const uint32_t *b, uint32_t width)
{
	uint32_t differs = 0;

	for (uint32_t i = 0; i < width; i++)
		differs |= a[i] ^ b[i];
	return differs == 0;
}

/* Keys of `width` words, 1 to PSP_MAX_KEY_WORDS. */
void psp_keys_init(struct psp_keys *keys, uint32_t width);

void psp_keys_clear(struct psp_keys *keys);

/* The number of `key`, new or old. At most 2^32 - 2 of them; PSP_ENOMEM. */
PSP_NODISCARD bool psp_keys_put(struct psp_keys *keys, const uint32_t *key,
    uint32_t *number, bool *is_new, struct psp_error *err);

/* The key of this number, borrowed until the next put. */
static inline const uint32_t *
psp_keys_get(const struct psp_keys *keys, size_t number)
{
	return keys->words + number * keys->width;
}

#endif
