/* Bytes with a length: they may hold NUL and end without one. */
#ifndef PSP_BASE_SLICE_H
#define PSP_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Borrowed bytes. `bytes` may be NULL when `size` is 0. */
struct psp_slice {
	const char *bytes;
	size_t size;
};

/* `n` slices, such as the names of a header. */
struct psp_slices {
	const struct psp_slice *items;
	size_t n;
};

/* The slice of `size` bytes at `bytes`. */
static inline struct psp_slice
psp_slice(const char *bytes, size_t size)
{
	struct psp_slice slice = { bytes, size };

	return slice;
}

/* The slice of a text that ends in NUL, without the NUL. */
static inline struct psp_slice
psp_slice_of(const char *text)
{
	return psp_slice(text, strlen(text));
}

/* Whether both hold the same bytes. */
static inline bool
psp_slice_equal(struct psp_slice a, struct psp_slice b)
{
	return a.size == b.size
	       && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

/* Whether `slice` holds the bytes of `text`. */
static inline bool
psp_slice_is(struct psp_slice slice, const char *text)
{
	return psp_slice_equal(slice, psp_slice_of(text));
}

/* Arguments for "%.*s" in a message; NUL bytes cut what is printed. */
#define PSP_SLICE_ARGS(slice)                                                  \
	(int)((slice).size < 200 ? (slice).size : 200),                        \
	    (slice).size > 0 ? (slice).bytes : ""

#endif
