/*
 * The roll of deals: the numbers of those that were met, each once, with the
 * place where it stands. Reports that are sums need no more of the deals that
 * they added up.
 */
#ifndef PSP_DEALS_ROLL_H
#define PSP_DEALS_ROLL_H

#include <stdint.h>

#include "libprospect/base/buffer.h"

struct psp_enrolled {
	size_t text_at; /* of its number */
	uint32_t id_size;
	uint32_t line;
	const char *file;
};

/* A place of the hash table. Part of `tag`, the low bits of the hash, tells
 * where a number belongs, the rest tells most others from it. */
struct psp_roll_place {
	uint32_t item; /* 1 + its place in the roll; 0: empty */
	uint32_t tag;
};

struct psp_roll {
	struct psp_enrolled *items;
	size_t n, capacity;
	struct psp_buffer text;
	struct psp_roll_place *places;
	size_t n_places; /* a power of two, or 0 */
};

void psp_roll_init(struct psp_roll *roll);

void psp_roll_clear(struct psp_roll *roll);

/* Makes room for `n` more. PSP_ENOMEM, PSP_ELIMIT. */
PSP_NODISCARD bool psp_roll_reserve(
    struct psp_roll *roll, size_t n, struct psp_error *err);

/* Fetches ahead where a number with this hash belongs. */
#define PSP_ROLL_PREFETCH(roll, hash)                                          \
	PSP_PREFETCH(                                                          \
	    &(roll)->places[(uint32_t)(hash) & ((roll)->n_places - 1)])

/*
 * Puts a number in, for which room was made, unless it is there: `*before` is
 * then where it stands, borrowed until the next call, else NULL. An empty
 * number is nobody's. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_roll_put(struct psp_roll *roll, struct psp_slice id,
    uint64_t hash, const char *file, uint32_t line,
    const struct psp_enrolled **before, struct psp_error *err);

#endif
