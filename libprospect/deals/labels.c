/* Numbered texts; see the header. */
#include <config.h>

#include "libprospect/deals/labels.h"

#include <stdlib.h>

#include "libprospect/base/text.h"
#include "libprospect/base/word.h"

void
psp_labels_init(struct psp_labels *labels)
{
	memset(labels, 0, sizeof(*labels));
	psp_map_init(&labels->map);
	psp_buffer_init(&labels->folded);
}

void
psp_labels_clear(struct psp_labels *labels)
{
	psp_map_clear(&labels->map);
	psp_buffer_clear(&labels->folded);
	free(labels->names);
	psp_labels_init(labels);
}

/* A text of at most 16 bytes as two words: with its size no other text has
 * the same. */
static inline struct psp_label_memo
memo_of(struct psp_slice text)
{
	size_t head = text.size < 8 ? text.size : 8;
	struct psp_label_memo memo = { .size = (uint32_t)text.size };

	memo.first = psp_word_of(psp_slice(text.bytes, head));
	if (text.size > 8)
		memo.last = psp_word_load(text.bytes + text.size - 8);
	return memo;
}

/* Where the memo of a text is kept, whatever else was there. */
static inline struct psp_label_memo *
memo_place(struct psp_labels *labels, const struct psp_label_memo *memo)
{
	uint64_t mixed = (memo->first ^ memo->last ^ memo->size)
	                 * UINT64_C(0x9E3779B97F4A7C15);

	return &labels->memos[mixed >> 59];
}

static bool
put(struct psp_labels *labels, struct psp_slice text, uint32_t *number,
    struct psp_error *err)
{
	struct psp_slice key = text;
	struct psp_map_entry *entry;
	struct psp_slice *names;
	const char *copy;
	bool is_new;

	names = psp_array_reserve(labels->names, &labels->capacity,
	    labels->n + 1, sizeof(*names), err);
	if (names == NULL)
		return false;
	labels->names = names;
	if (!labels->is_exact) {
		labels->folded.size = 0;
		if (!psp_text_fold(&labels->folded, text, err))
			return false;
		key = psp_buffer_content(&labels->folded);
	}
	if (!psp_map_put(
		&labels->map, key, labels->n + 1, &entry, &is_new, err))
		return false;
	*number = (uint32_t)entry->value;
	if (!is_new)
		return true;
	copy = labels->is_exact
	           ? entry->key.bytes
	           : psp_arena_copy(&labels->map.keys, text, err);
	if (copy == NULL)
		return false;
	labels->names[labels->n++] = psp_slice(copy, text.size);
	return true;
}

bool
psp_labels_put(struct psp_labels *labels, struct psp_slice text,
    uint32_t *number, struct psp_error *err)
{
	struct psp_label_memo memo, *place;

	*number = 0;
	if (text.size == 0)
		return true;
	if (text.size > PSP_LABEL_MEMO_SIZE)
		return put(labels, text, number, err);
	memo = memo_of(text);
	place = memo_place(labels, &memo);
	if (place->number != 0 && place->first == memo.first
	    && place->last == memo.last && place->size == memo.size) {
		*number = place->number;
		return true;
	}
	if (!put(labels, text, number, err))
		return false;
	*place = memo;
	place->number = *number;
	return true;
}

struct psp_slice
psp_labels_get(const struct psp_labels *labels, uint32_t number)
{
	return number == 0 ? psp_slice("", 0) : labels->names[number - 1];
}
