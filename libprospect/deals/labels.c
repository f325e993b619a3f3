/* Numbered texts; see the header. */
#include <config.h>

#include "libprospect/deals/labels.h"

#include <stdlib.h>

#include "libprospect/base/buffer.h"

void
psp_labels_init(struct psp_labels *labels)
{
	memset(labels, 0, sizeof(*labels));
	psp_map_init(&labels->map);
}

void
psp_labels_clear(struct psp_labels *labels)
{
	psp_map_clear(&labels->map);
	free(labels->names);
	psp_labels_init(labels);
}

bool
psp_labels_put(struct psp_labels *labels, struct psp_slice text,
    uint32_t *number, struct psp_error *err)
{
	struct psp_map_entry *entry;
	struct psp_slice *names;
	bool is_new;

	*number = 0;
	if (text.size == 0)
		return true;
	names = psp_array_reserve(labels->names, &labels->capacity,
	    labels->n + 1, sizeof(*names), err);
	if (names == NULL)
		return false;
	labels->names = names;
	if (!psp_map_put(
		&labels->map, text, labels->n + 1, &entry, &is_new, err))
		return false;
	if (is_new)
		labels->names[labels->n++] = entry->key;
	*number = (uint32_t)entry->value;
	return true;
}

struct psp_slice
psp_labels_get(const struct psp_labels *labels, uint32_t number)
{
	return number == 0 ? psp_slice("", 0) : labels->names[number - 1];
}
