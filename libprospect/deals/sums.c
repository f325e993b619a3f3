/* Adding deals up by group; see the header. */
#include <config.h>

#include "libprospect/deals/sums.h"

#include <stdlib.h>

#include "libprospect/deals/standing.h"

/* What of a deal is added up. */
struct standing {
	enum psp_state state;
	bool is_stale, is_past_due;
	int64_t chance;     /* millionths; -1: not known */
	int64_t in_percent; /* the same, if plain shares are percentages */
	int32_t age;        /* days; -1: not known */
};

static struct standing
standing_of(
    const struct psp_book *book, const struct psp_deal *deal, int32_t today)
{
	struct standing standing = { .state = psp_deal_state(book, deal),
		.age = -1 };
	enum psp_chance_source source;
	int32_t since = psp_deal_since(deal), day;

	if (standing.state != PSP_STATE_OPEN)
		return standing;
	standing.is_stale = psp_deal_is_stale(book, deal, today, &day);
	standing.is_past_due = psp_deal_is_past_due(book, deal, today, &day);
	standing.chance = psp_deal_chance(book, deal, NULL, &source);
	standing.in_percent = standing.chance;
	if (source == PSP_CHANCE_DEAL && deal->is_plain_share)
		standing.in_percent /= 100;
	if (since != PSP_NO_DAY && since <= today)
		standing.age = today - since;
	return standing;
}

/* The open deal's amount by its chance. A share without a sign is weighed as
 * what it says and as a percentage: the last deal tells which it was. */
static bool
add_weighted(struct psp_sums_table *table, struct psp_sums *sums,
    int64_t amount, const struct standing *standing, struct psp_error *err)
{
	struct psp_error reason;
	int64_t weight;

	if (standing->chance < 0)
		return true;
	weight = psp_cents_weigh(amount, standing->in_percent);
	if (!psp_cents_add(&sums->in_percent, weight, err))
		return false;
	if (table->are_percentages)
		return true;
	if (standing->in_percent != standing->chance)
		weight = psp_cents_weigh(amount, standing->chance);
	psp_error_init(&reason);
	if (!psp_cents_add(&sums->weighted, weight, &reason))
		table->is_too_much = true;
	return true;
}

static bool
add_open(struct psp_sums_table *table, struct psp_sums *sums,
    const struct psp_deal *deal, const struct standing *standing,
    struct psp_error *err)
{
	sums->n_open++;
	sums->n_stale += standing->is_stale;
	sums->n_past_due += standing->is_past_due;
	sums->n_doubtful += standing->is_stale || standing->is_past_due;
	if (standing->age >= 0) {
		sums->n_aged++;
		sums->age += standing->age;
		if (standing->age > sums->oldest)
			sums->oldest = standing->age;
	}
	if (deal->amount == PSP_NO_AMOUNT)
		return true;
	return psp_cents_add(&sums->open, deal->amount, err)
	       && add_weighted(table, sums, deal->amount, standing, err);
}

static bool
add_deal(struct psp_sums_table *table, struct psp_sums *sums,
    const struct psp_deal *deal, const struct standing *standing,
    struct psp_error *err)
{
	bool has_amount = deal->amount != PSP_NO_AMOUNT;
	int64_t amount = has_amount ? deal->amount : 0;

	sums->n++;
	sums->n_no_amount += !has_amount;
	sums->n_no_reason += deal->labels[PSP_LABEL_REASON] == 0;
	switch (standing->state) {
	case PSP_STATE_WON:
		sums->n_won++;
		sums->n_won_amounts += has_amount;
		return psp_cents_add(&sums->won, amount, err);
	case PSP_STATE_LOST:
		sums->n_lost++;
		return psp_cents_add(&sums->lost, amount, err);
	case PSP_STATE_OPEN:
		break;
	}
	return add_open(table, sums, deal, standing, err);
}

/* Tells --rows in which columns the deal was counted. */
static void
count_deal(struct psp_inquiry *inquiry, size_t index,
    const struct psp_grouping *grouping, size_t group,
    const struct standing *standing)
{
	static const char *const states[] = {
		[PSP_STATE_OPEN] = "open_deals",
		[PSP_STATE_WON] = "won",
		[PSP_STATE_LOST] = "lost",
	};
	bool is_doubtful = standing->is_stale || standing->is_past_due;
	const char *names[6] = { "deals", states[standing->state] };
	size_t n = 2;

	if (!inquiry->marks)
		return;
	if (inquiry->book.deals[index].amount == PSP_NO_AMOUNT)
		names[n++] = "no_amount";
	if (standing->is_stale)
		names[n++] = "stale";
	if (standing->is_past_due)
		names[n++] = "past_due";
	if (is_doubtful)
		names[n++] = "doubtful";
	for (size_t i = 0; i < n; i++)
		psp_inquiry_count_in(inquiry, index, grouping, group, names[i]);
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

/* Adds the deal to the whole and to its `*n` groups. */
static bool
add_to_groups(struct psp_sums_table *table, const struct psp_deal *deal,
    const struct standing *standing, const size_t **groups, size_t *n,
    struct psp_error *err)
{
	if (!psp_grouping_put(&table->grouping, deal, groups, n, err)
	    || !grow(table, err)
	    || !add_deal(table, &table->whole, deal, standing, err))
		return false;
	for (size_t i = 0; i < *n; i++)
		if (!add_deal(
			table, &table->all[(*groups)[i]], deal, standing, err))
			return false;
	return true;
}

bool
psp_sums_begin(struct psp_sums_table *table, const struct psp_inquiry *inquiry,
    struct psp_error *err)
{
	const struct psp_inquiry_options *options = &inquiry->options;

	if (inquiry->form->take == PSP_TAKE_ALL && options->n_by == 1
	    && options->by[0] == PSP_BY_STAGE
	    && !psp_grouping_put_stages(&table->grouping, err))
		return false;
	return grow(table, err);
}

bool
psp_sums_collect(struct psp_inquiry *inquiry, struct psp_sums_table *table,
    struct psp_error *err)
{
	const struct psp_book *book = &inquiry->book;

	psp_sums_init(table, inquiry);
	table->has_history = inquiry->history.file != NULL;
	if (!psp_sums_begin(table, inquiry, err))
		return false;
	for (size_t i = 0; i < book->n; i++) {
		const struct psp_deal *deal = &book->deals[i];
		const size_t *groups;
		struct standing standing;
		size_t n;

		if ((inquiry->form->take >> psp_deal_state(book, deal) & 1)
		    == 0)
			continue;
		standing = standing_of(book, deal, inquiry->options.today);
		if (!add_to_groups(table, deal, &standing, &groups, &n, err))
			return false;
		for (size_t j = 0; j < n; j++)
			count_deal(
			    inquiry, i, &table->grouping, groups[j], &standing);
	}
	return psp_sums_settle(table, err);
}

bool
psp_sums_add(struct psp_sums_table *table, const struct psp_inquiry *inquiry,
    const struct psp_deal *deal, struct psp_error *err)
{
	const struct psp_book *book = table->grouping.book;
	const size_t *groups;
	struct standing standing;
	size_t n;

	/* Of any deal, whether it is one of those added up or not. */
	if (deal->is_plain_share && deal->probability > PSP_NUMBER_SCALE)
		table->are_percentages = true;
	if ((inquiry->form->take >> psp_deal_state(book, deal) & 1) == 0)
		return true;
	standing = standing_of(book, deal, inquiry->options.today);
	return add_to_groups(table, deal, &standing, &groups, &n, err);
}

bool
psp_sums_settle(struct psp_sums_table *table, struct psp_error *err)
{
	if (!table->are_percentages)
		return !table->is_too_much
		       || psp_error_set(err, PSP_ELIMIT, NULL, 0, 0,
			   "the amounts add up to more than 92 quadrillion");
	table->whole.weighted = table->whole.in_percent;
	for (size_t i = 0; i < table->grouping.n; i++)
		table->all[i].weighted = table->all[i].in_percent;
	return true;
}

void
psp_sums_init(struct psp_sums_table *table, const struct psp_inquiry *inquiry)
{
	memset(table, 0, sizeof(*table));
	psp_grouping_init(&table->grouping, &inquiry->book, inquiry->options.by,
	    inquiry->options.n_by);
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
		psp_inquiry_put_group(
		    inquiry, grouping, order[i], psp_slice("", 0));
		put(inquiry, &table->all[order[i]], user);
	}
	free(order);
	return is_put;
}

enum { N_NUMBERS = 17 };

/* The members in the order of a state. */
static void
list_numbers(const struct psp_sums *s, int64_t numbers[N_NUMBERS])
{
	const int64_t all[N_NUMBERS] = { (int64_t)s->n, (int64_t)s->n_open,
		(int64_t)s->n_won, (int64_t)s->n_lost, (int64_t)s->n_no_amount,
		(int64_t)s->n_no_reason, (int64_t)s->n_aged,
		(int64_t)s->n_stale, (int64_t)s->n_past_due,
		(int64_t)s->n_doubtful, (int64_t)s->n_won_amounts, s->open,
		s->weighted, s->won, s->lost, s->age, s->oldest };

	memcpy(numbers, all, sizeof(all));
}

/* Adds what list_numbers listed. */
static bool
add_numbers(
    struct psp_sums *s, const int64_t numbers[N_NUMBERS], struct psp_error *err)
{
	size_t *const counts[] = { &s->n, &s->n_open, &s->n_won, &s->n_lost,
		&s->n_no_amount, &s->n_no_reason, &s->n_aged, &s->n_stale,
		&s->n_past_due, &s->n_doubtful, &s->n_won_amounts };
	int64_t *const amounts[] = { &s->open, &s->weighted, &s->won, &s->lost,
		&s->age };
	const size_t n_counts = sizeof(counts) / sizeof(counts[0]);
	const size_t n_amounts = sizeof(amounts) / sizeof(amounts[0]);

	for (size_t i = 0; i < n_counts; i++)
		*counts[i] += (size_t)numbers[i];
	for (size_t i = 0; i < n_amounts; i++)
		if (!psp_cents_add(amounts[i], numbers[n_counts + i], err))
			return false;
	if (numbers[N_NUMBERS - 1] > s->oldest)
		s->oldest = numbers[N_NUMBERS - 1];
	return true;
}

static void
write_numbers(const struct psp_sums *sums, struct psp_partial *partial)
{
	int64_t numbers[N_NUMBERS];

	list_numbers(sums, numbers);
	for (size_t i = 0; i < N_NUMBERS; i++)
		psp_partial_number(partial, numbers[i]);
}

void
psp_group_write(const struct psp_grouping *grouping, size_t group,
    struct psp_partial *partial)
{
	char day[16];

	for (size_t i = 0; i < grouping->n_by; i++)
		psp_partial_text(
		    partial, psp_grouping_is_said(grouping, group, i)
				 ? psp_grouping_name(grouping, group, i, day)
				 : psp_slice("", 0));
}

bool
psp_group_read(struct psp_inquiry *inquiry, struct psp_grouping *grouping,
    struct psp_partial_reader *reader, size_t *group, struct psp_error *err)
{
	uint32_t keys[PSP_MAX_BY] = { 0 };
	struct psp_slice name;

	for (size_t i = 0; i < grouping->n_by; i++)
		if (!psp_partial_get_text(reader, &name, err)
		    || !psp_grouping_key(
			grouping, &inquiry->book, i, name, &keys[i], err))
			return false;
	return psp_grouping_put_keys(grouping, keys, group, err);
}

void
psp_sums_write(const struct psp_sums_table *table, struct psp_partial *partial)
{
	const struct psp_grouping *grouping = &table->grouping;

	if (table->has_history)
		psp_partial_line(partial, "history");
	psp_partial_line(partial, "whole");
	write_numbers(&table->whole, partial);
	for (size_t i = 0; i < grouping->n; i++) {
		psp_partial_line(partial, "group");
		psp_group_write(grouping, i, partial);
		write_numbers(&table->all[i], partial);
	}
}

static bool
read_numbers(struct psp_partial_reader *reader, struct psp_sums *sums,
    struct psp_error *err)
{
	int64_t numbers[N_NUMBERS];

	for (size_t i = 0; i < N_NUMBERS; i++)
		if (!psp_partial_get_number(reader, &numbers[i], err))
			return false;
	return add_numbers(sums, numbers, err);
}

static bool
read_group(struct psp_inquiry *inquiry, struct psp_sums_table *table,
    struct psp_partial_reader *reader, struct psp_error *err)
{
	size_t group;

	return psp_group_read(inquiry, &table->grouping, reader, &group, err)
	       && grow(table, err)
	       && read_numbers(reader, &table->all[group], err);
}

bool
psp_sums_read(struct psp_inquiry *inquiry, struct psp_sums_table *table,
    struct psp_partial_reader *reader, struct psp_error *err)
{
	while (psp_partial_next(reader)) {
		bool is_read = true;

		if (psp_partial_is(reader, "history"))
			table->has_history = true;
		else if (psp_partial_is(reader, "whole"))
			is_read = read_numbers(reader, &table->whole, err);
		else if (psp_partial_is(reader, "group"))
			is_read = read_group(inquiry, table, reader, err);
		else
			is_read = psp_partial_refuse(reader, err);
		if (!is_read)
			return false;
	}
	return true;
}
