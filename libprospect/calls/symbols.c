/* Texts to numbers; see the header. */
#include <config.h>

#include "libprospect/calls/symbols.h"

#include <stdlib.h>

bool
psp_symbols_init(struct psp_symbols *symbols, struct psp_error *err)
{
	uint32_t empty;

	memset(symbols, 0, sizeof(*symbols));
	psp_map_init(&symbols->numbers);
	return psp_symbols_put(symbols, psp_slice("", 0), &empty, err);
}

void
psp_symbols_clear(struct psp_symbols *symbols)
{
	psp_map_clear(&symbols->numbers);
	free(symbols->texts);
	symbols->texts = NULL;
	symbols->n = symbols->capacity = 0;
}

bool
psp_symbols_put(struct psp_symbols *symbols, struct psp_slice text,
    uint32_t *number, struct psp_error *err)
{
	struct psp_map_entry *entry;
	struct psp_slice *texts;
	bool is_new;

	texts = psp_array_reserve(symbols->texts, &symbols->capacity,
	    symbols->n + 1, sizeof(*texts), err);
	if (texts == NULL)
		return false;
	symbols->texts = texts;
	if (!psp_map_put(
		&symbols->numbers, text, symbols->n, &entry, &is_new, err))
		return false;
	if (is_new)
		texts[symbols->n++] = entry->key;
	*number = (uint32_t)entry->value;
	return true;
}

bool
psp_symbols_merge(struct psp_symbols *into, const struct psp_symbols *next,
    uint32_t *numbers, struct psp_error *err)
{
	for (size_t i = 0; i < next->n; i++)
		if (!psp_symbols_put(into, next->texts[i], &numbers[i], err))
			return false;
	return true;
}
