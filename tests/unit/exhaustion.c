/* Allocators that can be told to fail; see the header. */
#include <config.h>

#include "tests/unit/exhaustion.h"

#include <stddef.h>

long allocations_left = -1;
bool allocation_fails_once = false;

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__real_realloc(void *bytes, size_t size);
void *__wrap_realloc(void *bytes, size_t size);

static bool
allocation_fails(void)
{
	if (allocations_left > 0) {
		allocations_left--;
	} else if (allocations_left == 0) {
		if (allocation_fails_once)
			allocations_left = -1;
		return true;
	}
	return false;
}

void *
__wrap_malloc(size_t size)
{
	return allocation_fails() ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t n, size_t size)
{
	return allocation_fails() ? NULL : __real_calloc(n, size);
}

void *
__wrap_realloc(void *bytes, size_t size)
{
	return allocation_fails() ? NULL : __real_realloc(bytes, size);
}
