/*
 * Regular expressions, bounded: no back-references and no recursion, at most
 * 1,024 bytes, repeats that multiply to 10,000 at most, and limits on what a
 * match may cost. Subjects are folded text (no case, no accents), so accents of
 * the pattern are taken off too. The only file that meets <pcre2.h>.
 */
#ifndef PSP_TARGETING_PATTERN_H
#define PSP_TARGETING_PATTERN_H

#include "libprospect/base/buffer.h"

struct psp_pattern;

/*
 * Compiles `text`. On a pattern that is refused, `message` says why and `*at`
 * is the byte of `text` concerned; `err` then has PSP_EUSAGE. PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_pattern *psp_pattern_new(struct psp_slice text,
    char *message, size_t message_size, size_t *at, struct psp_error *err);

void psp_pattern_free(struct psp_pattern *pattern);

/* Room for matching, one for each worker. */
struct psp_matcher;

PSP_NODISCARD struct psp_matcher *psp_matcher_new(struct psp_error *err);

void psp_matcher_free(struct psp_matcher *matcher);

/* What a match came to. */
enum psp_match {
	PSP_MATCH_NO,
	PSP_MATCH_YES,
	PSP_MATCH_LIMIT, /* too costly, subject over 64 KiB, or no UTF-8 */
	PSP_MATCH_FAILED /* PSP_ENOMEM */
};

/* Looks for `pattern` anywhere in `subject`, which is folded. */
PSP_NODISCARD enum psp_match psp_pattern_match(
    const struct psp_pattern *pattern, struct psp_matcher *matcher,
    struct psp_slice subject, struct psp_error *err);

#endif
