/*
 * Bytes that grow by doubling. All checks of sums and products of sizes are
 * here. A buffer is cleared by its owner; its bytes move when it grows.
 */
#ifndef PSP_BASE_BUFFER_H
#define PSP_BASE_BUFFER_H

#include "libprospect/base/error.h"
#include "libprospect/base/slice.h"

struct psp_buffer {
	char *bytes; /* NULL while nothing was kept */
	size_t size;
	size_t capacity;
};

void psp_buffer_init(struct psp_buffer *buffer);

/* Frees the bytes; `buffer` may be NULL and may be used again. */
void psp_buffer_clear(struct psp_buffer *buffer);

/* Makes room for `more` bytes past `size`. Fails with PSP_ENOMEM. */
PSP_NODISCARD bool psp_buffer_reserve(
    struct psp_buffer *buffer, size_t more, struct psp_error *err);

/* The next three append; they fail with PSP_ENOMEM. */
PSP_NODISCARD static inline bool
psp_buffer_append(struct psp_buffer *buffer, const void *bytes, size_t size,
    struct psp_error *err)
{
	if (PSP_UNLIKELY(size > buffer->capacity - buffer->size)
	    && !psp_buffer_reserve(buffer, size, err))
		return false;
	if (size > 0)
		memcpy(buffer->bytes + buffer->size, bytes, size);
	buffer->size += size;
	return true;
}

PSP_NODISCARD static inline bool
psp_buffer_put(struct psp_buffer *buffer, char byte, struct psp_error *err)
{
	if (PSP_UNLIKELY(buffer->size == buffer->capacity)
	    && !psp_buffer_reserve(buffer, 1, err))
		return false;
	buffer->bytes[buffer->size++] = byte;
	return true;
}

PSP_NODISCARD static inline bool
psp_buffer_slice(
    struct psp_buffer *buffer, struct psp_slice slice, struct psp_error *err)
{
	return psp_buffer_append(buffer, slice.bytes, slice.size, err);
}

/* Appends formatted text without its NUL. */
PSP_NODISCARD bool psp_buffer_format(struct psp_buffer *buffer,
    struct psp_error *err, const char *format, ...) PSP_PRINTF(3, 4);

/* What the buffer holds, borrowed until it changes. */
static inline struct psp_slice
psp_buffer_content(const struct psp_buffer *buffer)
{
	return psp_slice(buffer->bytes, buffer->size);
}

/*
 * Grows the array `items` of `*capacity` elements of `item_size` bytes so that
 * it can hold `n` elements, by doubling. Returns the array, moved or not; NULL
 * with PSP_ENOMEM, the old array still valid and owned by the caller.
 */
PSP_NODISCARD void *psp_array_reserve(void *items, size_t *capacity, size_t n,
    size_t item_size, struct psp_error *err);

#endif
