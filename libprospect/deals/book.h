/*
 * The order book: all deals of a run, each once, found by their numbers. A
 * batch of records fills a small book of its own, which is then added to that
 * of the run in input order: what is found does not depend on where the input
 * was cut.
 *
 *   deals   |deal 0|deal 1|deal 2| ...      numbers, days, labels
 *   text    |D-17Scierie du Lac|D-18...     numbers and names
 *   labels  owner: 1 Anne, 2 Paul; stage: 1 "Chaud", 2 "A suivre" ...
 */
#ifndef PSP_DEALS_BOOK_H
#define PSP_DEALS_BOOK_H

#include "libprospect/deals/deal.h"
#include "libprospect/deals/labels.h"
#include "libprospect/stream/writer.h"

/* Cells of a fact that were not understood, and the first of them. */
struct psp_unread {
	size_t n;
	size_t line;
	const char *file;
	char text[64];
};

/* A deal that stands in the input again: the first record counts. */
struct psp_repeat {
	size_t deal; /* its number in the book */
	uint32_t line;
	const char *file;
};

/* The bytes of a record, kept to be written. */
struct psp_kept_row {
	size_t at;
	size_t size;
};

/* A place of the hash table: most others are told by a part of the hash. */
struct psp_book_place {
	uint32_t deal; /* 1 + its number in the book; 0: empty */
	uint32_t tag;
};

/* Currencies of amounts: that of the first one that names some, and the first
 * that is another than it should be. */
struct psp_currency_place {
	uint32_t label; /* 0: none */
	uint32_t line;
	const char *file;
};

struct psp_currencies {
	struct psp_currency_place first, other;
};

/* What the labels of a batch are called in a book: by kind, by number. */
struct psp_translation {
	uint32_t *numbers[PSP_N_LABELS];
};

struct psp_book {
	const struct psp_handbook *handbook;
	struct psp_deal *deals;
	size_t n, capacity;
	struct psp_buffer text;
	struct psp_labels labels[PSP_N_LABELS];
	uint8_t *stages; /* of each stage label from 1 on */
	size_t stages_capacity, n_stages;
	struct psp_book_place *places; /* hash table over the numbers */
	size_t n_places; /* a power of two, or 0: of a batch, none */
	struct psp_repeat *repeats;
	size_t n_repeats, repeats_capacity;
	struct psp_unread unread[PSP_N_FACTS];
	bool keeps_rows;
	struct psp_buffer rows;
	struct psp_kept_row *kept; /* by deal */
	size_t kept_capacity;
};

void psp_book_init(struct psp_book *book, const struct psp_handbook *handbook);

void psp_book_clear(struct psp_book *book);

/*
 * A new deal at the end of a batch's book, nothing known of it. NULL with
 * PSP_ENOMEM. It moves when another one comes.
 */
PSP_NODISCARD struct psp_deal *psp_book_new_deal(
    struct psp_book *book, struct psp_error *err);

/* Adds the deals of a batch, which come later in the input. PSP_ENOMEM. */
PSP_NODISCARD bool psp_book_add(
    struct psp_book *book, const struct psp_book *batch, struct psp_error *err);

/*
 * The parts of it: the labels of the batch are put into the book, a copy of a
 * deal of the batch gets them and its stage, cells that were not understood are
 * counted. A translation is to be cleared, on failure too. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_book_translate(struct psp_book *book,
    const struct psp_book *batch, struct psp_translation *translation,
    struct psp_error *err);
void psp_translation_clear(struct psp_translation *translation);
PSP_NODISCARD bool psp_book_adopt(struct psp_book *book,
    const struct psp_translation *translation, struct psp_deal *deal,
    struct psp_error *err);
void psp_book_add_unread(struct psp_book *book, const struct psp_book *batch);

/* Looks at the currency of a deal of the book. */
void psp_currencies_look(struct psp_currencies *currencies,
    const struct psp_book *book, const struct psp_deal *deal);

/* Fails with PSP_ESYNTAX where two were met, or another than the settings
 * say. */
PSP_NODISCARD bool psp_currencies_check(const struct psp_currencies *currencies,
    const struct psp_book *book, struct psp_error *err);

/*
 * After the last deal: settles what only all deals together tell. Where a
 * probability above 1 stands without a sign, all of them are percentages.
 * Amounts in two currencies are PSP_ESYNTAX unless `allows_currencies`.
 */
PSP_NODISCARD bool psp_book_finish(
    struct psp_book *book, bool allows_currencies, struct psp_error *err);

/* The number of the deal with this id; SIZE_MAX: not there. */
size_t psp_book_find(const struct psp_book *book, struct psp_slice id);

struct psp_slice psp_deal_id(
    const struct psp_book *book, const struct psp_deal *deal);
struct psp_slice psp_deal_name(
    const struct psp_book *book, const struct psp_deal *deal);
struct psp_slice psp_deal_label(const struct psp_book *book,
    const struct psp_deal *deal, enum psp_label_kind kind);

/* Open, won or lost, by its stage. */
static inline enum psp_state
psp_deal_state(const struct psp_book *book, const struct psp_deal *deal)
{
	return psp_handbook_state(book->handbook, deal->stage);
}

/* What of its stage people read: the name in the handbook, else as the file
 * writes it. */
struct psp_slice psp_deal_stage_name(
    const struct psp_book *book, const struct psp_deal *deal);

/* The stage that a label of kind STAGE means; PSP_NO_STAGE: none. Settled when
 * first asked; PSP_ENOMEM. */
PSP_NODISCARD bool psp_book_stage(struct psp_book *book, uint32_t label,
    uint8_t *stage, struct psp_error *err);

#endif
