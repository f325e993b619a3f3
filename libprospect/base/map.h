/*
 * A hash table from bytes to a number: header names, sets of texts, keys of
 * companies. Keys are copied. Open addressing over xxHash (XXH3).
 */
#ifndef PSP_BASE_MAP_H
#define PSP_BASE_MAP_H

#include <stdint.h>

#include "libprospect/base/arena.h"

struct psp_map_entry {
	struct psp_slice key; /* key.bytes is NULL in an empty place */
	uint64_t hash;
	size_t value;
};

struct psp_map {
	struct psp_map_entry *places;
	size_t n_places; /* a power of two, or 0 */
	size_t n_entries;
	struct psp_arena keys;
};

void psp_map_init(struct psp_map *map);

/* Frees all; `map` may be NULL. */
void psp_map_clear(struct psp_map *map);

/*
 * Adds `key` with `value` unless it is there. `*entry` is then its entry, new
 * or old, borrowed until the next put; `*is_new` (may be NULL) tells which.
 * Fails with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_map_put(struct psp_map *map, struct psp_slice key,
    size_t value, struct psp_map_entry **entry, bool *is_new,
    struct psp_error *err);

/* The entry of `key`, borrowed until the next put; NULL when not there. */
struct psp_map_entry *psp_map_get(
    const struct psp_map *map, struct psp_slice key);

/* 128 bits of XXH3, the same on every machine: enough to stand for the bytes
 * where billions are told apart. */
void psp_hash128(struct psp_slice bytes, uint32_t hash[4]);

/* XXH3 of the bytes, the same on every machine. */
uint64_t psp_hash(struct psp_slice bytes, uint64_t seed);

#endif
