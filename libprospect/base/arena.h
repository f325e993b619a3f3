/*
 * Memory that is freed all at once: what a settings file, a compiled plan or a
 * batch of records holds. Pointers stay valid until the arena is cleared.
 */
#ifndef PSP_BASE_ARENA_H
#define PSP_BASE_ARENA_H

#include "libprospect/base/error.h"
#include "libprospect/base/slice.h"

struct psp_arena {
	struct psp_arena_block *blocks; /* newest first */
};

void psp_arena_init(struct psp_arena *arena);

/* Frees all; `arena` may be NULL and may be used again. */
void psp_arena_clear(struct psp_arena *arena);

/*
 * Forgets what was handed out but keeps the largest block for reuse: for work
 * that repeats, such as a batch.
 */
void psp_arena_reset(struct psp_arena *arena);

/* `size` zeroed bytes, aligned for any type. NULL with PSP_ENOMEM. */
PSP_NODISCARD void *psp_arena_alloc(
    struct psp_arena *arena, size_t size, struct psp_error *err);

/* `n` zeroed elements of `item_size` bytes. NULL with PSP_ENOMEM. */
PSP_NODISCARD void *psp_arena_array(
    struct psp_arena *arena, size_t n, size_t item_size, struct psp_error *err);

/*
 * Copies `slice` and a NUL after it. Returns the copy, NULL with PSP_ENOMEM.
 */
PSP_NODISCARD char *psp_arena_copy(
    struct psp_arena *arena, struct psp_slice slice, struct psp_error *err);

#endif
