/* Growth by doubling, with every sum and product of sizes checked. */
#include <config.h>

#include "libprospect/base/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_CAPACITY = 64 };

void
psp_buffer_init(struct psp_buffer *buffer)
{
	buffer->bytes = NULL;
	buffer->size = 0;
	buffer->capacity = 0;
}

void
psp_buffer_clear(struct psp_buffer *buffer)
{
	if (buffer == NULL)
		return;
	free(buffer->bytes);
	psp_buffer_init(buffer);
}

bool
psp_buffer_reserve(
    struct psp_buffer *buffer, size_t more, struct psp_error *err)
{
	char *bytes;

	if (more > SIZE_MAX - buffer->size)
		return psp_error_memory(err);
	bytes = psp_array_reserve(
	    buffer->bytes, &buffer->capacity, buffer->size + more, 1, err);
	if (bytes == NULL)
		return false;
	buffer->bytes = bytes;
	return true;
}

bool
psp_buffer_format(
    struct psp_buffer *buffer, struct psp_error *err, const char *format, ...)
{
	va_list arguments;
	size_t room;
	int n;

	/* Most texts fit at once; else the first try tells their size. */
	if (!psp_buffer_reserve(buffer, 1, err))
		return false;
	room = buffer->capacity - buffer->size;
	va_start(arguments, format);
	n = vsnprintf(buffer->bytes + buffer->size, room, format, arguments);
	va_end(arguments);
	if (n < 0)
		return psp_error_memory(err);
	if ((size_t)n >= room) {
		if (!psp_buffer_reserve(buffer, (size_t)n + 1, err))
			return false;
		va_start(arguments, format);
		vsnprintf(buffer->bytes + buffer->size, (size_t)n + 1, format,
		    arguments);
		va_end(arguments);
	}
	buffer->size += (size_t)n;
	return true;
}

void *
psp_array_reserve(void *items, size_t *capacity, size_t n, size_t item_size,
    struct psp_error *err)
{
	size_t wanted = *capacity > 0 ? *capacity : FIRST_CAPACITY;
	void *moved;

	if (n <= *capacity && items != NULL)
		return items;
	while (wanted < n) {
		if (wanted > SIZE_MAX / 2) {
			psp_error_memory(err);
			return NULL;
		}
		wanted *= 2;
	}
	if (wanted > SIZE_MAX / item_size) {
		psp_error_memory(err);
		return NULL;
	}
	moved = realloc(items, wanted * item_size);
	if (moved == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	*capacity = wanted;
	return moved;
}
