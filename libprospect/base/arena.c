/* Blocks in a chain, filled from the front; the newest serves requests. */
#include <config.h>

#include "libprospect/base/arena.h"

#include <stdint.h>
#include <stdlib.h>

enum { BLOCK_SIZE = 8192, ALIGNMENT = sizeof(max_align_t) };

struct psp_arena_block {
	struct psp_arena_block *next;
	size_t size;
	size_t used;
	max_align_t bytes[];
};

void
psp_arena_init(struct psp_arena *arena)
{
	arena->blocks = NULL;
}

void
psp_arena_clear(struct psp_arena *arena)
{
	struct psp_arena_block *block;

	if (arena == NULL)
		return;
	while (arena->blocks != NULL) {
		block = arena->blocks;
		arena->blocks = block->next;
		free(block);
	}
}

void
psp_arena_reset(struct psp_arena *arena)
{
	struct psp_arena_block *block, *next, *largest = NULL;

	for (block = arena->blocks; block != NULL; block = block->next)
		if (largest == NULL || block->size > largest->size)
			largest = block;
	for (block = arena->blocks; block != NULL; block = next) {
		next = block->next;
		if (block != largest)
			free(block);
	}
	arena->blocks = largest;
	if (largest != NULL) {
		largest->next = NULL;
		largest->used = 0;
	}
}

static bool
add_block(struct psp_arena *arena, size_t size, struct psp_error *err)
{
	struct psp_arena_block *block;

	if (size < BLOCK_SIZE)
		size = BLOCK_SIZE;
	if (size > SIZE_MAX - sizeof(*block))
		return psp_error_memory(err);
	block = malloc(sizeof(*block) + size);
	if (block == NULL)
		return psp_error_memory(err);
	block->next = arena->blocks;
	block->size = size;
	block->used = 0;
	arena->blocks = block;
	return true;
}

void *
psp_arena_alloc(struct psp_arena *arena, size_t size, struct psp_error *err)
{
	char *bytes;

	if (size > SIZE_MAX - ALIGNMENT) {
		psp_error_memory(err);
		return NULL;
	}
	size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if ((arena->blocks == NULL
		|| size > arena->blocks->size - arena->blocks->used)
	    && !add_block(arena, size, err))
		return NULL;
	bytes = (char *)arena->blocks->bytes + arena->blocks->used;
	arena->blocks->used += size;
	memset(bytes, 0, size);
	return bytes;
}

void *
psp_arena_array(
    struct psp_arena *arena, size_t n, size_t item_size, struct psp_error *err)
{
	if (item_size > 0 && n > SIZE_MAX / item_size) {
		psp_error_memory(err);
		return NULL;
	}
	return psp_arena_alloc(arena, n * item_size, err);
}

char *
psp_arena_copy(
    struct psp_arena *arena, struct psp_slice slice, struct psp_error *err)
{
	char *copy;

	if (slice.size == SIZE_MAX) {
		psp_error_memory(err);
		return NULL;
	}
	copy = psp_arena_alloc(arena, slice.size + 1, err);
	if (copy != NULL && slice.size > 0)
		memcpy(copy, slice.bytes, slice.size);
	return copy;
}
