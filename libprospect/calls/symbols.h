/*
 * Texts of a log that come again and again (agents, reasons, segments), each
 * with a number; the empty text is 0. Those of a column are one whatever their
 * case and accents, and stand as they were met first.
 */
#ifndef PSP_CALLS_SYMBOLS_H
#define PSP_CALLS_SYMBOLS_H

#include "libprospect/base/buffer.h"
#include "libprospect/base/map.h"

struct psp_symbols {
	struct psp_map numbers; /* of texts that stand for themselves */
	struct psp_map folded;  /* of a column's: its byte, and what is folded */
	struct psp_slice *texts; /* borrowed from the maps */
	size_t n, capacity;
	unsigned char *columns; /* of each text; PSP_SYMBOL_ALONE */
	size_t columns_capacity;
	struct psp_buffer key;
};

/* The column of a text that stands for itself. */
enum { PSP_SYMBOL_ALONE = 255 };

/* PSP_ENOMEM. */
PSP_NODISCARD bool psp_symbols_init(
    struct psp_symbols *symbols, struct psp_error *err);

void psp_symbols_clear(struct psp_symbols *symbols);

/* The number of `text`, new or old. PSP_ENOMEM. */
PSP_NODISCARD bool psp_symbols_put(struct psp_symbols *symbols,
    struct psp_slice text, uint32_t *number, struct psp_error *err);

/* The same of a text of column `column`, a number below PSP_SYMBOL_ALONE, as it
 * is compared there: without case and accents. */
PSP_NODISCARD bool psp_symbols_put_in(struct psp_symbols *symbols,
    size_t column, struct psp_slice text, uint32_t *number,
    struct psp_error *err);

/*
 * Adds the texts of `next` and puts their numbers here into `numbers`, room for
 * next->n of them. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_symbols_merge(struct psp_symbols *into,
    const struct psp_symbols *next, uint32_t *numbers, struct psp_error *err);

#endif
