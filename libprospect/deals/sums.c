/* Adding deals up by group; see the header. */
#include <config.h>

#include "libprospect/deals/sums.h"

#include <stdlib.h>

#include "libprospect/deals/standing.h"

/* An open deal: its weight, its age, and what is wrong with it. */
static bool
add_open(struct psp_inquiry *inquiry, size_t index,
    const struct psp_grouping *grouping, size_t group, struct psp_sums *sums,
    struct psp_error *err)
{
	const struct psp_book *book = &inquiry->book;
	const struct psp_deal *deal = &book->deals[index];
	int32_t today = inquiry->options.today, day;
	enum psp_chance_source source;
	int64_t chance = psp_deal_chance(book, deal, NULL, &source);
	int32_t since = psp_deal_since(deal);
	bool is_stale = psp_deal_is_stale(book, deal, today, &day);
	bool is_past_due = psp_deal_is_past_due(book, deal, today, &day);

	sums->n_open++;
	psp_inquiry_count_in(inquiry, index, grouping, group, "open_deals");
	if (since != PSP_NO_DAY && since <= today) {
		sums->n_aged++;
		sums->age += today - since;
		if (today - since > sums->oldest)
			sums->oldest = today - since;
	}
	if (is_stale || is_past_due) {
		sums->n_doubtful++;
		psp_inquiry_count_in(
		    inquiry, index, grouping, group, "doubtful");
	}
	if (is_stale) {
		sums->n_stale++;
		psp_inquiry_count_in(inquiry, index, grouping, group, "stale");
	}
	if (is_past_due) {
		sums->n_past_due++;
		psp_inquiry_count_in(
		    inquiry, index, grouping, group, "past_due");
	}
	if (deal->amount == PSP_NO_AMOUNT)
		return true;
	return psp_cents_add(&sums->open, deal->amount, err)
	       && (chance < 0
		   || psp_cents_add(&sums->weighted,
		       psp_cents_weigh(deal->amount, chance), err));
}

static bool
add_deal(struct psp_inquiry *inquiry, size_t index,
    const struct psp_grouping *grouping, size_t group, struct psp_sums *sums,
    struct psp_error *err)
{
	const struct psp_deal *deal = &inquiry->book.deals[index];
	int64_t amount = deal->amount != PSP_NO_AMOUNT ? deal->amount : 0;

	sums->n++;
	psp_inquiry_count_in(inquiry, index, grouping, group, "deals");
	if (deal->amount == PSP_NO_AMOUNT) {
		sums->n_no_amount++;
		psp_inquiry_count_in(
		    inquiry, index, grouping, group, "no_amount");
	}
	switch (psp_deal_state(&inquiry->book, deal)) {
	case PSP_STATE_WON:
		sums->n_won++;
		sums->n_won_amounts += deal->amount != PSP_NO_AMOUNT;
		psp_inquiry_count_in(inquiry, index, grouping, group, "won");
		return psp_cents_add(&sums->won, amount, err);
	case PSP_STATE_LOST:
		sums->n_lost++;
		psp_inquiry_count_in(inquiry, index, grouping, group, "lost");
		return psp_cents_add(&sums->lost, amount, err);
	case PSP_STATE_OPEN:
		break;
	}
	return add_open(inquiry, index, grouping, group, sums, err);
}

/* Makes room for the groups there are now. */
static bool
grow(struct psp_sums_table *table, struct psp_error *err)
{
	size_t n = table->grouping.n;
	struct psp_sums *items = psp_array_reserve(
	    table->all, &table->capacity, n + 1, sizeof(*items), err);

	if (items == NULL)
		return false;
	table->all = items;
	for (; table->n_ready < n; table->n_ready++)
		memset(&items[table->n_ready], 0, sizeof(*items));
	return true;
}

bool
psp_sums_collect(struct psp_inquiry *inquiry, unsigned take,
    struct psp_sums_table *table, struct psp_error *err)
{
	const struct psp_inquiry_options *options = &inquiry->options;
	const struct psp_book *book = &inquiry->book;
	struct psp_grouping *grouping = &table->grouping;

	memset(table, 0, sizeof(*table));
	psp_grouping_init(grouping, book, options->by, options->n_by);
	if (take == PSP_TAKE_ALL && options->n_by == 1
	    && options->by[0] == PSP_BY_STAGE
	    && !psp_grouping_put_stages(grouping, err))
		return false;
	if (!grow(table, err))
		return false;
	for (size_t i = 0; i < book->n; i++) {
		const size_t *groups;
		size_t n;

		if ((take >> psp_deal_state(book, &book->deals[i]) & 1) == 0)
			continue;
		if (!psp_grouping_put(
			grouping, &book->deals[i], &groups, &n, err)
		    || !grow(table, err))
			return false;
		for (size_t j = 0; j < n; j++)
			if (!add_deal(inquiry, i, grouping, groups[j],
				&table->all[groups[j]], err))
				return false;
	}
	return true;
}

void
psp_sums_clear(struct psp_sums_table *table)
{
	free(table->all);
	psp_grouping_clear(&table->grouping);
	memset(table, 0, sizeof(*table));
}

bool
psp_sums_each(struct psp_inquiry *inquiry, const struct psp_sums_table *table,
    psp_sums_fn *put, void *user, struct psp_error *err)
{
	const struct psp_grouping *grouping = &table->grouping;
	size_t *order = calloc(grouping->n + 1, sizeof(*order));
	bool is_put = order != NULL || psp_error_memory(err);

	is_put = is_put && psp_grouping_order(grouping, order, err);
	for (size_t i = 0; is_put && i < grouping->n; i++) {
		psp_inquiry_put_group(inquiry, grouping, order[i]);
		put(inquiry, &table->all[order[i]], user);
	}
	free(order);
	return is_put;
}
