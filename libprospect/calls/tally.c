/* Counts with their first places; see the header. */
#include <config.h>

#include "libprospect/calls/tally.h"

#include <stdlib.h>

#include "libprospect/base/text.h"

bool
psp_call_tally_add(struct psp_call_tally *tally, struct psp_symbols *symbols,
    size_t number, const struct psp_record *record, struct psp_slice text,
    struct psp_error *err)
{
	if (tally->n++ > 0)
		return true;
	tally->record = number;
	tally->line = psp_record_line(record);
	return psp_symbols_put(symbols, psp_slice_of(record->batch->file),
		   &tally->file, err)
	       && psp_symbols_put(symbols, text, &tally->text, err);
}

void
psp_call_tally_join(struct psp_call_tally *tally,
    const struct psp_call_tally *later, const uint32_t *symbols,
    size_t n_before)
{
	size_t n = tally->n + later->n;

	if (tally->n == 0 && later->n > 0) {
		*tally = *later;
		tally->record += n_before;
		tally->file = symbols[later->file];
		tally->text = symbols[later->text];
	}
	tally->n = n;
}

void
psp_call_codes_init(struct psp_call_codes *codes)
{
	memset(codes, 0, sizeof(*codes));
	psp_map_init(&codes->numbers);
	psp_buffer_init(&codes->folded);
}

void
psp_call_codes_clear(struct psp_call_codes *codes)
{
	psp_map_clear(&codes->numbers);
	psp_buffer_clear(&codes->folded);
	free(codes->items);
	codes->items = NULL;
	codes->n = codes->capacity = 0;
}

struct psp_call_tally *
psp_call_codes_find(
    struct psp_call_codes *codes, struct psp_slice code, struct psp_error *err)
{
	struct psp_call_tally *items = psp_array_reserve(
	    codes->items, &codes->capacity, codes->n + 1, sizeof(*items), err);
	struct psp_map_entry *entry;
	bool is_new;

	if (items == NULL)
		return NULL;
	codes->items = items;
	codes->folded.size = 0;
	if (!psp_text_fold(&codes->folded, code, err)
	    || !psp_map_put(&codes->numbers, psp_buffer_content(&codes->folded),
		codes->n, &entry, &is_new, err))
		return NULL;
	if (is_new)
		memset(&items[codes->n++], 0, sizeof(*items));
	return &items[entry->value];
}
