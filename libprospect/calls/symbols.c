/* Texts to numbers; see the header. */
#include <config.h>

#include "libprospect/calls/symbols.h"

#include <stdlib.h>

#include "libprospect/base/text.h"

bool
psp_symbols_init(struct psp_symbols *symbols, struct psp_error *err)
{
	uint32_t empty;

	memset(symbols, 0, sizeof(*symbols));
	psp_map_init(&symbols->numbers);
	psp_map_init(&symbols->folded);
	psp_buffer_init(&symbols->key);
	return psp_symbols_put(symbols, psp_slice("", 0), &empty, err);
}

void
psp_symbols_clear(struct psp_symbols *symbols)
{
	psp_map_clear(&symbols->numbers);
	psp_map_clear(&symbols->folded);
	psp_buffer_clear(&symbols->key);
	free(symbols->texts);
	free(symbols->columns);
	symbols->texts = NULL;
	symbols->columns = NULL;
	symbols->n = symbols->capacity = symbols->columns_capacity = 0;
}

/* Makes room for one text more. */
static bool
reserve(struct psp_symbols *symbols, struct psp_error *err)
{
	struct psp_slice *texts =
	    psp_array_reserve(symbols->texts, &symbols->capacity,
		symbols->n + 1, sizeof(*texts), err);
	unsigned char *columns;

	if (texts == NULL)
		return false;
	symbols->texts = texts;
	columns = psp_array_reserve(symbols->columns,
	    &symbols->columns_capacity, symbols->n + 1, 1, err);
	if (columns != NULL)
		symbols->columns = columns;
	return columns != NULL;
}

bool
psp_symbols_put(struct psp_symbols *symbols, struct psp_slice text,
    uint32_t *number, struct psp_error *err)
{
	struct psp_map_entry *entry;
	bool is_new;

	if (!reserve(symbols, err)
	    || !psp_map_put(
		&symbols->numbers, text, symbols->n, &entry, &is_new, err))
		return false;
	if (is_new) {
		symbols->columns[symbols->n] = PSP_SYMBOL_ALONE;
		symbols->texts[symbols->n++] = entry->key;
	}
	*number = (uint32_t)entry->value;
	return true;
}

bool
psp_symbols_put_in(struct psp_symbols *symbols, size_t column,
    struct psp_slice text, uint32_t *number, struct psp_error *err)
{
	struct psp_buffer *key = &symbols->key;
	struct psp_map_entry *entry;
	const char *copy;
	bool is_new;

	*number = 0;
	if (text.size == 0)
		return true;
	key->size = 0;
	if (!reserve(symbols, err) || !psp_buffer_put(key, (char)column, err)
	    || !psp_text_fold(key, text, err)
	    || !psp_map_put(&symbols->folded, psp_buffer_content(key),
		symbols->n, &entry, &is_new, err))
		return false;
	*number = (uint32_t)entry->value;
	if (!is_new)
		return true;
	copy = psp_arena_copy(&symbols->folded.keys, text, err);
	if (copy == NULL)
		return false;
	symbols->columns[symbols->n] = (unsigned char)column;
	symbols->texts[symbols->n++] = psp_slice(copy, text.size);
	return true;
}

bool
psp_symbols_merge(struct psp_symbols *into, const struct psp_symbols *next,
    uint32_t *numbers, struct psp_error *err)
{
	for (size_t i = 0; i < next->n; i++) {
		unsigned char column = next->columns[i];

		if (column == PSP_SYMBOL_ALONE
			? !psp_symbols_put(
			    into, next->texts[i], &numbers[i], err)
			: !psp_symbols_put_in(into, column, next->texts[i],
			    &numbers[i], err))
			return false;
	}
	return true;
}
