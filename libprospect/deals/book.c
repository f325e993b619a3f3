/* The order book; see the header. */
#include <config.h>

#include "libprospect/deals/book.h"

#include <stdlib.h>

#include "libprospect/base/pages.h"

enum { FIRST_PLACES = 4096, GROWTH = 4, AHEAD = 16 };

void
psp_book_init(struct psp_book *book, const struct psp_handbook *handbook)
{
	memset(book, 0, sizeof(*book));
	book->handbook = handbook;
	psp_buffer_init(&book->text);
	psp_buffer_init(&book->rows);
	for (size_t i = 0; i < PSP_N_LABELS; i++)
		psp_labels_init(&book->labels[i]);
}

void
psp_book_clear(struct psp_book *book)
{
	if (book == NULL)
		return;
	free(book->deals);
	psp_buffer_clear(&book->text);
	for (size_t i = 0; i < PSP_N_LABELS; i++)
		psp_labels_clear(&book->labels[i]);
	free(book->stages);
	free(book->places);
	free(book->repeats);
	psp_buffer_clear(&book->rows);
	free(book->kept);
	memset(book, 0, sizeof(*book));
}

/* Room for one more deal, and for its row where those are kept. */
static bool
reserve(struct psp_book *book, struct psp_error *err)
{
	struct psp_deal *deals = psp_array_reserve(
	    book->deals, &book->capacity, book->n + 1, sizeof(*deals), err);
	struct psp_kept_row *kept;

	if (deals == NULL)
		return false;
	book->deals = deals;
	if (!book->keeps_rows)
		return true;
	kept = psp_array_reserve(
	    book->kept, &book->kept_capacity, book->n + 1, sizeof(*kept), err);
	if (kept == NULL)
		return false;
	book->kept = kept;
	return true;
}

struct psp_deal *
psp_book_new_deal(struct psp_book *book, struct psp_error *err)
{
	struct psp_deal *deal;

	if (!reserve(book, err))
		return NULL;
	deal = &book->deals[book->n++];
	memset(deal, 0, sizeof(*deal));
	deal->text_at = book->text.size;
	deal->amount = PSP_NO_AMOUNT;
	deal->siren = -1;
	deal->probability = -1;
	deal->created = PSP_NO_DAY;
	deal->stage_date = PSP_NO_DAY;
	deal->next_date = PSP_NO_DAY;
	deal->renewal = PSP_NO_DAY;
	deal->last_contact = PSP_NO_DAY;
	deal->closed = PSP_NO_DAY;
	deal->decision_first = PSP_NO_DAY;
	deal->decision_last = PSP_NO_DAY;
	deal->stage = PSP_NO_STAGE;
	deal->from = PSP_NO_STAGE;
	deal->criteria = PSP_TRUE;
	return deal;
}

/* A text of the book; before the first one there are no bytes to point to. */
static struct psp_slice
text_at(const struct psp_book *book, size_t at, size_t size)
{
	return psp_slice(size > 0 ? book->text.bytes + at : NULL, size);
}

struct psp_slice
psp_deal_id(const struct psp_book *book, const struct psp_deal *deal)
{
	return text_at(book, deal->text_at, deal->id_size);
}

struct psp_slice
psp_deal_name(const struct psp_book *book, const struct psp_deal *deal)
{
	return text_at(book, deal->text_at + deal->id_size, deal->name_size);
}

struct psp_slice
psp_deal_label(const struct psp_book *book, const struct psp_deal *deal,
    enum psp_label_kind kind)
{
	return psp_labels_get(&book->labels[kind], deal->labels[kind]);
}

struct psp_slice
psp_deal_stage_name(const struct psp_book *book, const struct psp_deal *deal)
{
	if (deal->stage < book->handbook->n_stages)
		return book->handbook->stages[deal->stage].name;
	return psp_deal_label(book, deal, PSP_LABEL_STAGE);
}

bool
psp_book_stage(struct psp_book *book, uint32_t label, uint8_t *stage,
    struct psp_error *err)
{
	const struct psp_labels *labels = &book->labels[PSP_LABEL_STAGE];
	uint8_t *stages;

	*stage = PSP_NO_STAGE;
	if (label == 0)
		return true;
	while (book->n_stages < label) {
		stages = psp_array_reserve(book->stages, &book->stages_capacity,
		    book->n_stages + 1, sizeof(*stages), err);
		if (stages == NULL)
			return false;
		book->stages = stages;
		stages[book->n_stages] = (uint8_t)psp_handbook_stage(
		    book->handbook, labels->names[book->n_stages]);
		book->n_stages++;
	}
	*stage = book->stages[label - 1];
	return true;
}

/* The place of the deal with this id and its hash, or the empty one where it
 * belongs. */
static struct psp_book_place *
find_place(const struct psp_book *book, struct psp_slice id, uint64_t hash)
{
	size_t i = (size_t)hash & (book->n_places - 1);
	uint32_t tag = (uint32_t)(hash >> 32);
	struct psp_book_place *place = &book->places[i];

	while (place->deal != 0
	       && (place->tag != tag
		   || !psp_slice_equal(
		       psp_deal_id(book, &book->deals[place->deal - 1]), id))) {
		i = (i + 1) & (book->n_places - 1);
		place = &book->places[i];
	}
	return place;
}

size_t
psp_book_find(const struct psp_book *book, struct psp_slice id)
{
	if (book->n_places == 0 || id.size == 0)
		return SIZE_MAX;
	return (size_t)find_place(book, id, psp_hash(id, 0))->deal - 1;
}

/* Puts the deals of the book, which are all different, into its empty table. */
static void
fill_places(struct psp_book *book)
{
	for (size_t i = 0; i < book->n; i++) {
		size_t at = (size_t)book->deals[i].hash & (book->n_places - 1);

		if (book->deals[i].id_size == 0)
			continue;
		while (book->places[at].deal != 0)
			at = (at + 1) & (book->n_places - 1);
		book->places[at].deal = (uint32_t)i + 1;
		book->places[at].tag = (uint32_t)(book->deals[i].hash >> 32);
	}
}

/* Makes the table so large that at most half of it is filled by `n` deals. */
static bool
grow_places(struct psp_book *book, size_t n, struct psp_error *err)
{
	size_t n_places = book->n_places > 0 ? book->n_places : FIRST_PLACES;
	struct psp_book_place *places;

	while (n_places / 2 < n)
		n_places *= GROWTH;
	if (n_places == book->n_places)
		return true;
	if (n >= UINT32_MAX / 2)
		return psp_error_set(
		    err, PSP_ELIMIT, NULL, 0, 0, "more than 2147483646 deals");
	places = psp_pages_array(n_places, sizeof(*places), err);
	if (places == NULL)
		return false;
	free(book->places);
	book->places = places;
	book->n_places = n_places;
	fill_places(book);
	return true;
}

bool
psp_book_translate(struct psp_book *book, const struct psp_book *batch,
    struct psp_translation *translation, struct psp_error *err)
{
	memset(translation, 0, sizeof(*translation));
	for (size_t kind = 0; kind < PSP_N_LABELS; kind++) {
		const struct psp_labels *labels = &batch->labels[kind];
		uint32_t *numbers = calloc(labels->n + 1, sizeof(*numbers));

		if (numbers == NULL)
			return psp_error_memory(err);
		translation->numbers[kind] = numbers;
		for (uint32_t i = 1; i <= labels->n; i++)
			if (!psp_labels_put(&book->labels[kind],
				psp_labels_get(labels, i), &numbers[i], err))
				return false;
	}
	return true;
}

void
psp_translation_clear(struct psp_translation *translation)
{
	for (size_t i = 0; i < PSP_N_LABELS; i++)
		free(translation->numbers[i]);
}

static bool
add_repeat(struct psp_book *book, size_t deal, const struct psp_deal *again,
    struct psp_error *err)
{
	struct psp_repeat *repeats =
	    psp_array_reserve(book->repeats, &book->repeats_capacity,
		book->n_repeats + 1, sizeof(*repeats), err);

	if (repeats == NULL)
		return false;
	book->repeats = repeats;
	repeats[book->n_repeats].deal = deal;
	repeats[book->n_repeats].line = again->line;
	repeats[book->n_repeats].file = again->file;
	book->n_repeats++;
	return true;
}

/* The stage by the cell, or by a status that says won or lost. */
static bool
settle_stage(
    struct psp_book *book, struct psp_deal *deal, struct psp_error *err)
{
	size_t ended = PSP_NO_STAGE;

	if (!psp_book_stage(
		book, deal->labels[PSP_LABEL_STAGE], &deal->stage, err))
		return false;
	if (deal->status == PSP_STATUS_WON)
		ended = psp_handbook_won(book->handbook);
	else if (deal->status == PSP_STATUS_LOST)
		ended = psp_handbook_lost(book->handbook);
	if (ended != PSP_NO_STAGE
	    && psp_deal_state(book, deal) == PSP_STATE_OPEN)
		deal->stage = (uint8_t)ended;
	return true;
}

bool
psp_book_adopt(struct psp_book *book, const struct psp_translation *translation,
    struct psp_deal *deal, struct psp_error *err)
{
	for (size_t kind = 0; kind < PSP_N_LABELS; kind++)
		deal->labels[kind] =
		    translation->numbers[kind][deal->labels[kind]];
	if (!settle_stage(book, deal, err))
		return false;
	/* Where nobody wrote down when it ended, it was on its decision. */
	if (deal->closed == PSP_NO_DAY
	    && psp_deal_state(book, deal) != PSP_STATE_OPEN)
		deal->closed = deal->decision_last;
	return true;
}

/* One deal of the batch. */
static bool
add_deal(struct psp_book *book, const struct psp_book *batch, size_t index,
    const struct psp_translation *all, struct psp_error *err)
{
	const struct psp_deal *from = &batch->deals[index];
	size_t size = (size_t)from->id_size + from->name_size;
	struct psp_book_place *place = NULL;
	struct psp_deal *deal;

	/* A deal without a number is nobody's repetition. */
	if (from->id_size > 0) {
		place = find_place(book, psp_deal_id(batch, from), from->hash);
		if (place->deal != 0)
			return add_repeat(book, place->deal - 1, from, err);
	}
	if (!reserve(book, err))
		return false;
	deal = &book->deals[book->n];
	*deal = *from;
	deal->text_at = book->text.size;
	if (!psp_buffer_slice(
		&book->text, text_at(batch, from->text_at, size), err))
		return false;
	if (!psp_book_adopt(book, all, deal, err))
		return false;
	if (book->keeps_rows) {
		const struct psp_kept_row *row = &batch->kept[index];

		book->kept[book->n].at = book->rows.size;
		book->kept[book->n].size = row->size;
		if (!psp_buffer_append(&book->rows, batch->rows.bytes + row->at,
			row->size, err))
			return false;
	}
	book->n++;
	if (place != NULL) {
		place->deal = (uint32_t)book->n;
		place->tag = (uint32_t)(from->hash >> 32);
	}
	return true;
}

void
psp_book_add_unread(struct psp_book *book, const struct psp_book *batch)
{
	for (size_t i = 0; i < PSP_N_FACTS; i++) {
		struct psp_unread *unread = &book->unread[i];
		size_t n = unread->n;

		if (n == 0)
			*unread = batch->unread[i];
		else
			unread->n = n + batch->unread[i].n;
	}
}

bool
psp_book_add(
    struct psp_book *book, const struct psp_book *batch, struct psp_error *err)
{
	struct psp_translation all;
	bool is_added = false;

	if (!psp_book_translate(book, batch, &all, err)
	    || !grow_places(book, book->n + batch->n, err))
		goto done;
	/* The table is larger than any cache: its places are fetched ahead. */
	for (size_t i = 0; i < batch->n; i++) {
		if (i + AHEAD < batch->n)
			PSP_PREFETCH(&book->places[batch->deals[i + AHEAD].hash
						   & (book->n_places - 1)]);
		if (!add_deal(book, batch, i, &all, err))
			goto done;
	}
	for (size_t i = 0; i < batch->n_repeats; i++) {
		const struct psp_repeat *repeat = &batch->repeats[i];
		struct psp_deal again = batch->deals[repeat->deal];

		again.line = repeat->line;
		again.file = repeat->file;
		if (!add_repeat(book,
			psp_book_find(book, psp_deal_id(batch, &again)), &again,
			err))
			goto done;
	}
	psp_book_add_unread(book, batch);
	is_added = true;
done:
	psp_translation_clear(&all);
	return is_added;
}

/* Whether shares without a sign are percentages; then they have one. */
static void
settle_probabilities(struct psp_book *book)
{
	bool are_percentages = false;

	for (size_t i = 0; i < book->n; i++)
		if (book->deals[i].is_plain_share
		    && book->deals[i].probability > PSP_NUMBER_SCALE)
			are_percentages = true;
	for (size_t i = 0; i < book->n; i++) {
		if (are_percentages && book->deals[i].is_plain_share)
			book->deals[i].probability /= 100;
		book->deals[i].is_plain_share = false;
	}
}

void
psp_currencies_look(struct psp_currencies *currencies,
    const struct psp_book *book, const struct psp_deal *deal)
{
	uint32_t label = deal->labels[PSP_LABEL_CURRENCY];
	struct psp_currency_place *place = &currencies->first;

	if (deal->amount == PSP_NO_AMOUNT || label == 0
	    || currencies->other.label != 0)
		return;
	if (book->handbook->currency[0] != '\0') {
		if (psp_slice_is(psp_labels_get(
				     &book->labels[PSP_LABEL_CURRENCY], label),
			book->handbook->currency))
			return;
		place = &currencies->other;
	} else if (place->label == label) {
		return;
	} else if (place->label != 0) {
		place = &currencies->other;
	}
	place->label = label;
	place->line = deal->line;
	place->file = deal->file;
}

bool
psp_currencies_check(const struct psp_currencies *currencies,
    const struct psp_book *book, struct psp_error *err)
{
	const struct psp_labels *labels = &book->labels[PSP_LABEL_CURRENCY];
	const struct psp_currency_place *first = &currencies->first;
	const struct psp_currency_place *other = &currencies->other;

	if (other->label == 0)
		return true;
	if (first->label == 0)
		return psp_error_set(err, PSP_ESYNTAX, other->file, other->line,
		    0,
		    "an amount in %.*s, and 'currency:' says %.*s: "
		    "convert it, or follow these deals apart",
		    PSP_SLICE_ARGS(psp_labels_get(labels, other->label)),
		    PSP_SLICE_ARGS(psp_slice_of(book->handbook->currency)));
	return psp_error_set(err, PSP_ESYNTAX, other->file, other->line, 0,
	    "an amount in %.*s, and one in %.*s at %s:%u: two "
	    "currencies do not add up; convert them, or follow these "
	    "deals apart",
	    PSP_SLICE_ARGS(psp_labels_get(labels, other->label)),
	    PSP_SLICE_ARGS(psp_labels_get(labels, first->label)), first->file,
	    (unsigned)first->line);
}

bool
psp_book_finish(
    struct psp_book *book, bool allows_currencies, struct psp_error *err)
{
	struct psp_currencies currencies = { .first = { 0, 0, NULL } };

	settle_probabilities(book);
	if (allows_currencies)
		return true;
	for (size_t i = 0; i < book->n; i++)
		psp_currencies_look(&currencies, book, &book->deals[i]);
	return psp_currencies_check(&currencies, book, err);
}
