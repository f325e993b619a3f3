/* Texts of a log that come again and again (agents, reasons, segments), each
 * with a number; the empty text is 0. */
#ifndef PSP_CALLS_SYMBOLS_H
#define PSP_CALLS_SYMBOLS_H

#include "libprospect/base/buffer.h"
#include "libprospect/base/map.h"

struct psp_symbols {
	struct psp_map numbers;
	struct psp_slice *texts; /* borrowed from the map's keys */
	size_t n, capacity;
};

/* PSP_ENOMEM. */
PSP_NODISCARD bool psp_symbols_init(
    struct psp_symbols *symbols, struct psp_error *err);

void psp_symbols_clear(struct psp_symbols *symbols);

/* The number of `text`, new or old. PSP_ENOMEM. */
PSP_NODISCARD bool psp_symbols_put(struct psp_symbols *symbols,
    struct psp_slice text, uint32_t *number, struct psp_error *err);

/*
 * Adds the texts of `next` and puts their numbers here into `numbers`, room for
 * next->n of them. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_symbols_merge(struct psp_symbols *into,
    const struct psp_symbols *next, uint32_t *numbers, struct psp_error *err);

#endif
