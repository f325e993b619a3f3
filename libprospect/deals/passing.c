/* Adding up without a book; see the header. */
#include <config.h>

#include "libprospect/deals/passing.h"

#include <stdlib.h>

enum { AHEAD = 16 }; /* deals */

bool
psp_passing_fits(const struct psp_inquiry *inquiry)
{
	return inquiry->form->show != NULL && !inquiry->marks
	       && inquiry->options.history == NULL;
}

struct psp_passing *
psp_passing_new(const struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct psp_passing *passing = calloc(1, sizeof(*passing));

	if (passing == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	passing->inquiry = inquiry;
	psp_book_init(&passing->book, inquiry->handbook);
	psp_roll_init(&passing->roll);
	psp_sums_init(&passing->table, inquiry);
	passing->table.grouping.book = &passing->book;
	psp_buffer_init(&passing->repeated);
	psp_error_init(&passing->failure);
	if (!psp_sums_begin(&passing->table, inquiry, err)) {
		psp_passing_free(passing);
		return NULL;
	}
	return passing;
}

void
psp_passing_free(struct psp_passing *passing)
{
	if (passing == NULL)
		return;
	psp_sums_clear(&passing->table);
	psp_roll_clear(&passing->roll);
	psp_book_clear(&passing->book);
	psp_buffer_clear(&passing->repeated);
	free(passing);
}

/* A deal that was there before: the first one is told. */
static bool
add_repeat(struct psp_passing *passing, struct psp_slice id, const char *file,
    uint32_t line, const struct psp_enrolled *before, struct psp_error *err)
{
	struct psp_oddities *odd = &passing->oddities;

	if (odd->n_repeats++ > 0)
		return true;
	if (!psp_buffer_slice(&passing->repeated, id, err))
		return false;
	odd->repeated = psp_buffer_content(&passing->repeated);
	odd->repeat_line = line;
	odd->repeat_file = file;
	odd->before_line = before->line;
	odd->before_file = before->file;
	return true;
}

static void
look_for_stage(struct psp_passing *passing, const struct psp_deal *deal)
{
	struct psp_oddities *odd = &passing->oddities;

	if (deal->stage != PSP_NO_STAGE || odd->n_unknown++ > 0)
		return;
	odd->unknown = deal->labels[PSP_LABEL_STAGE];
	odd->unknown_line = deal->line;
	odd->unknown_file = deal->file;
}

/* One deal of the batch. */
static bool
add_deal(struct psp_passing *passing, const struct psp_book *batch, size_t index,
    const struct psp_translation *translation, struct psp_error *err)
{
	const struct psp_deal *from = &batch->deals[index];
	struct psp_slice id = psp_deal_id(batch, from);
	const struct psp_enrolled *before;
	struct psp_deal deal;

	if (!psp_roll_put(&passing->roll, id, from->hash, from->file, from->line,
		&before, err))
		return false;
	if (before != NULL)
		return add_repeat(
		    passing, id, from->file, from->line, before, err);
	deal = *from;
	if (!psp_book_adopt(&passing->book, translation, &deal, err))
		return false;
	look_for_stage(passing, &deal);
	if (!passing->inquiry->form->allows_currencies)
		psp_currencies_look(&passing->currencies, &passing->book, &deal);
	/* What else there is to tell comes before sums that are too large. */
	if (passing->failure.status != PSP_OK
	    || psp_sums_add(
		&passing->table, passing->inquiry, &deal, &passing->failure)
	    || passing->failure.status == PSP_ELIMIT)
		return true;
	*err = passing->failure;
	return false;
}

bool
psp_passing_add(struct psp_passing *passing, const struct psp_book *batch,
    struct psp_error *err)
{
	struct psp_translation translation;
	bool is_added = false;

	if (!psp_book_translate(&passing->book, batch, &translation, err)
	    || !psp_roll_reserve(&passing->roll, batch->n, err))
		goto done;
	/* The table is larger than any cache: its places are fetched ahead. */
	for (size_t i = 0; i < batch->n; i++) {
		if (i + AHEAD < batch->n)
			PSP_ROLL_PREFETCH(
			    &passing->roll, batch->deals[i + AHEAD].hash);
		if (!add_deal(passing, batch, i, &translation, err))
			goto done;
	}
	psp_book_add_unread(&passing->book, batch);
	is_added = true;
done:
	psp_translation_clear(&translation);
	return is_added;
}
