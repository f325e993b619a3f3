/*
 * What fuzz targets share. A target is one function; libFuzzer calls it with
 * bytes it invents (tests/fuzz.sh), replay.c with those of its corpus (make
 * check). Where bytes have parts, a form feed stands between them; where they
 * begin with choices, each is one byte, so that a corpus can be written by
 * hand.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "libprospect/base/buffer.h"
#include "libprospect/base/problems.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stops the run, saying `what` should hold, when it does not. */
static inline void
fuzz_must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "does not hold: %s\n", what);
	abort();
}

/* The same for two texts, which are shown when they differ. */
static inline void
fuzz_must_equal(struct psp_slice a, struct psp_slice b, const char *what)
{
	if (psp_slice_equal(a, b))
		return;
	fprintf(stderr, "--- one (%zu bytes)\n", a.size);
	if (a.size > 0)
		fwrite(a.bytes, 1, a.size, stderr);
	fprintf(stderr, "\n--- other (%zu bytes)\n", b.size);
	if (b.size > 0)
		fwrite(b.bytes, 1, b.size, stderr);
	fprintf(stderr, "\n");
	fuzz_must(false, what);
}

/* What fails says so, by an error or a problem, and only what fails. */
static inline void
fuzz_must_tell(bool is_done, const struct psp_problems *problems,
    const struct psp_error *err)
{
	bool has_said =
	    err->status != PSP_OK || (problems != NULL && problems->n > 0);

	fuzz_must(is_done != has_said, "failure and message go together");
	fuzz_must(err->status != PSP_ENOMEM, "memory suffices");
	fuzz_must(err->status == PSP_OK || err->message[0] != '\0',
	    "an error has a message");
}

/* The bytes of an input. */
static inline struct psp_slice
fuzz_bytes(const uint8_t *data, size_t size)
{
	return psp_slice((const char *)data, size);
}

/* Takes the first byte, 0 when there is none. */
static inline unsigned char
fuzz_take(struct psp_slice *input)
{
	unsigned char byte;

	if (input->size == 0)
		return 0;
	byte = (unsigned char)input->bytes[0];
	input->bytes++;
	input->size--;
	return byte;
}

/* Takes what stands before the first form feed, and the form feed. */
static inline struct psp_slice
fuzz_take_part(struct psp_slice *input)
{
	struct psp_slice part = *input;
	const char *end =
	    input->size > 0 ? memchr(input->bytes, '\f', input->size) : NULL;

	if (end == NULL) {
		input->bytes += input->size;
		input->size = 0;
		return part;
	}
	part.size = (size_t)(end - input->bytes);
	input->bytes += part.size + 1;
	input->size -= part.size + 1;
	return part;
}

#endif
