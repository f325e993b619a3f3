/* Tables taken and given by exchanging pointers; see the header. */
#include <config.h>

#include "libprospect/targeting/memos.h"

#include <stdlib.h>

void
psp_memos_init(struct psp_memos *memos)
{
	for (size_t i = 0; i < PSP_SPARE_MEMOS; i++)
		atomic_init(&memos->spare[i], NULL);
}

void
psp_memos_clear(struct psp_memos *memos)
{
	for (size_t i = 0; memos != NULL && i < PSP_SPARE_MEMOS; i++)
		free(atomic_exchange(&memos->spare[i], NULL));
}

struct psp_memo *
psp_memos_take(struct psp_memos *memos, struct psp_error *err)
{
	struct psp_memo *table;

	for (size_t i = 0; i < PSP_SPARE_MEMOS; i++) {
		table = atomic_exchange(&memos->spare[i], NULL);
		if (table != NULL)
			return table;
	}
	table = calloc(PSP_N_MEMOS, sizeof(*table));
	if (table == NULL)
		psp_error_memory(err);
	return table;
}

void
psp_memos_give(struct psp_memos *memos, struct psp_memo *table)
{
	for (size_t i = 0; table != NULL && i < PSP_SPARE_MEMOS; i++) {
		struct psp_memo *none = NULL;

		if (atomic_compare_exchange_strong(
			&memos->spare[i], &none, table))
			return;
	}
	free(table);
}
