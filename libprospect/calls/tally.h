/*
 * How often something was met in a log, and where first: cells that are not
 * understood, findings of `check`, codes that nobody knows. Files and texts are
 * kept in a table of symbols of their own: which there are hangs on the pieces
 * that were counted apart.
 */
#ifndef PSP_CALLS_TALLY_H
#define PSP_CALLS_TALLY_H

#include "libprospect/calls/symbols.h"
#include "libprospect/stream/record.h"

struct psp_call_tally {
	size_t n;
	size_t record; /* number of the first, from 1, in the log's pieces */
	size_t line;   /* its place in its file; 0: none has one */
	uint32_t file; /* a symbol */
	uint32_t text; /* a symbol: what stood there, 0 for nothing */
};

/* Counts one more, met in `record`, the `number`-th of the log that has
 * `symbols`. The place and `text` of the first are kept. PSP_ENOMEM. */
PSP_NODISCARD bool psp_call_tally_add(struct psp_call_tally *tally,
    struct psp_symbols *symbols, size_t number, const struct psp_record *record,
    struct psp_slice text, struct psp_error *err);

/* Adds what was counted later, of a log whose symbols are `symbols` here and
 * that begins behind `n_before` records. */
void psp_call_tally_join(struct psp_call_tally *tally,
    const struct psp_call_tally *later, const uint32_t *symbols,
    size_t n_before);

/* Codes, each with its tally; written with other case or accents they are one,
 * and `text` is what was met first. */
struct psp_call_codes {
	struct psp_map numbers; /* of what is folded */
	struct psp_call_tally *items;
	size_t n, capacity;
	struct psp_buffer folded;
};

void psp_call_codes_init(struct psp_call_codes *codes);
void psp_call_codes_clear(struct psp_call_codes *codes);

/* The tally of `code`, new or old, borrowed until the next. NULL with
 * PSP_ENOMEM. */
struct psp_call_tally *psp_call_codes_find(
    struct psp_call_codes *codes, struct psp_slice code, struct psp_error *err);

#endif
