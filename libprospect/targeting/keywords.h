/*
 * Keywords: one automaton for all of them (Aho and Corasick 1975), over text
 * without case and accents. Whole words by default, `*` at an end for a stem,
 * phrases with any white space between their words; hundreds cost about as
 * much as one.
 */
#ifndef PSP_TARGETING_KEYWORDS_H
#define PSP_TARGETING_KEYWORDS_H

#include <stdint.h>

#include "libprospect/base/buffer.h"

struct psp_keywords;

PSP_NODISCARD struct psp_keywords *psp_keywords_new(struct psp_error *err);

void psp_keywords_free(struct psp_keywords *keywords);

/*
 * Adds a word or phrase, `*id` being its number from 0 (the same for the same
 * word). Fails with PSP_EUSAGE for one that holds no letter or digit, or a `*`
 * elsewhere than at an end; with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_keywords_add(struct psp_keywords *keywords,
    struct psp_slice word, size_t *id, struct psp_error *err);

size_t psp_keywords_count(const struct psp_keywords *keywords);

/* Builds the automaton; after that, no more adding. PSP_ENOMEM. */
PSP_NODISCARD bool psp_keywords_compile(
    struct psp_keywords *keywords, struct psp_error *err);

/*
 * Sets the bit of each word found in `text` in `found` (psp_keywords_count
 * bits in 64-bit words, not cleared first). `scratch` is the caller's, reused
 * from call to call. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_keywords_search(const struct psp_keywords *keywords,
    struct psp_slice text, uint64_t *found, struct psp_buffer *scratch,
    struct psp_error *err);

#endif
