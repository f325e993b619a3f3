/* Records joined by a key; see the header. */
#include <config.h>

#include "libprospect/scoring/rollup.h"

#include <stdlib.h>

#include "libprospect/base/text.h"
#include "libprospect/stream/held.h"
#include "libprospect/targeting/signals.h"

/* Bytes of records that are no longer the best, before they are let go. */
enum { SPARE_SIZE = 65536 };

struct psp_rolled {
	struct psp_slice key; /* empty: stands alone; of the map */
	size_t place;         /* of the best among all records */
	int64_t best;         /* its score */
	bool is_disqualified;
	size_t at, size; /* of the best in `records` */
	int64_t sum;     /* of those not disqualified */
	size_t n;        /* of them */
};

bool
psp_rollup_rule_read(struct psp_rollup_rule *rule, const char *text,
    const struct psp_schema *schema, struct psp_slices header,
    struct psp_error *err)
{
	static const char *const hows[] = { "max", "sum", "mean" };
	const char *sign = text != NULL ? strrchr(text, '=') : NULL;
	char message[512];
	size_t i = 0;

	memset(rule, 0, sizeof(*rule));
	if (text == NULL)
		return true;
	while (i < 3 && (sign == NULL || strcmp(sign + 1, hows[i]) != 0))
		i++;
	if (i == 3 || sign == text)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--rollup: expected a key and max, sum or mean, such as "
		    "siren=max, not '%s'",
		    text);
	rule->is_given = true;
	rule->how = (enum psp_rollup_how)i;
	rule->name = psp_slice(text, (size_t)(sign - text));
	switch (psp_schema_bind(
	    schema, header, rule->name, &rule->key, message, sizeof(message))) {
	case PSP_BOUND:
		return true;
	case PSP_BIND_FAILED:
		return psp_error_memory(err);
	case PSP_BIND_MISSING:
	case PSP_BIND_TWICE:
		break;
	}
	return psp_error_set(
	    err, PSP_EUSAGE, NULL, 0, 0, "--rollup: %s", message);
}

void
psp_rollup_init(struct psp_rollup *rollup)
{
	memset(rollup, 0, sizeof(*rollup));
	psp_map_init(&rollup->keys);
	psp_buffer_init(&rollup->records);
	psp_buffer_init(&rollup->scratch);
}

void
psp_rollup_clear(struct psp_rollup *rollup)
{
	psp_map_clear(&rollup->keys);
	psp_buffer_clear(&rollup->records);
	psp_buffer_clear(&rollup->scratch);
	free(rollup->items);
	psp_rollup_init(rollup);
}

/* Adds within int64_t; what leaves it stays at its end. */
static int64_t
add(int64_t a, int64_t b)
{
	if (b > 0 && a > INT64_MAX - b)
		return INT64_MAX;
	if (b < 0 && a < INT64_MIN - b)
		return INT64_MIN;
	return a + b;
}

/* The item of a key, a new one when it has none. */
static struct psp_rolled *
find_item(struct psp_rollup *rollup, struct psp_slice key, bool *is_new,
    struct psp_error *err)
{
	struct psp_map_entry *entry = NULL;
	struct psp_rolled *items;

	*is_new = true;
	if (key.size > 0
	    && !psp_map_put(&rollup->keys, key, rollup->n, &entry, is_new, err))
		return NULL;
	if (!*is_new)
		return &rollup->items[entry->value];
	items = psp_array_reserve(rollup->items, &rollup->capacity,
	    rollup->n + 1, sizeof(*items), err);
	if (items == NULL)
		return NULL;
	rollup->items = items;
	memset(&items[rollup->n], 0, sizeof(*items));
	if (entry != NULL)
		items[rollup->n].key = entry->key;
	return &items[rollup->n++];
}

/* Whether a record, which comes later, is better than the best so far. */
static bool
is_better(const struct psp_rolled *item, int64_t score, bool is_disqualified)
{
	if (is_disqualified != item->is_disqualified)
		return item->is_disqualified;
	return score > item->best;
}

/* Lets go of records that are no longer the best, when they take half. */
static bool
drop_unused(struct psp_rollup *rollup, struct psp_error *err)
{
	struct psp_buffer kept;

	if (rollup->n_unused < SPARE_SIZE
	    || rollup->n_unused < rollup->records.size / 2)
		return true;
	psp_buffer_init(&kept);
	if (!psp_buffer_reserve(
		&kept, rollup->records.size - rollup->n_unused + 1, err))
		return false;
	for (size_t i = 0; i < rollup->n; i++) {
		struct psp_rolled *item = &rollup->items[i];

		memcpy(kept.bytes + kept.size, rollup->records.bytes + item->at,
		    item->size);
		item->at = kept.size;
		kept.size += item->size;
	}
	psp_buffer_clear(&rollup->records);
	rollup->records = kept;
	rollup->n_unused = 0;
	return true;
}

/* Makes the record that was appended from `at` on the best of the item. */
static bool
replace_best(struct psp_rollup *rollup, struct psp_rolled *item, size_t at,
    struct psp_error *err)
{
	rollup->n_unused += item->size;
	item->at = at;
	item->size = rollup->records.size - at;
	return drop_unused(rollup, err);
}

bool
psp_rollup_add(struct psp_rollup *rollup, const struct psp_rollup_rule *rule,
    struct psp_record *record, int64_t score, bool is_disqualified,
    struct psp_error *err)
{
	struct psp_rolled *item;
	size_t at = rollup->records.size, place = rollup->n_records++;
	bool is_new;

	rollup->scratch.size = 0;
	if (!psp_key_normal(&rollup->scratch,
		psp_record_text(record, rule->key.index), rule->key.type, err))
		return false;
	rollup->n_without += rollup->scratch.size == 0;
	item = find_item(
	    rollup, psp_buffer_content(&rollup->scratch), &is_new, err);
	if (item == NULL)
		return false;
	if (!is_disqualified) {
		item->sum = add(item->sum, score);
		item->n++;
	}
	if (!is_new && !is_better(item, score, is_disqualified))
		return true;
	item->best = score;
	item->is_disqualified = is_disqualified;
	item->place = place;
	return psp_held_put(&rollup->records, record, NULL, 0, err)
	       && replace_best(rollup, item, at, err);
}

bool
psp_rollup_merge(struct psp_rollup *into, const struct psp_rollup *next,
    struct psp_error *err)
{
	for (size_t i = 0; i < next->n; i++) {
		const struct psp_rolled *other = &next->items[i];
		struct psp_rolled *item;
		size_t at = into->records.size;
		bool is_new;

		item = find_item(into, other->key, &is_new, err);
		if (item == NULL)
			return false;
		item->sum = add(item->sum, other->sum);
		item->n += other->n;
		if (!is_new
		    && !is_better(item, other->best, other->is_disqualified))
			continue;
		item->best = other->best;
		item->is_disqualified = other->is_disqualified;
		item->place = into->n_records + other->place;
		if (!psp_buffer_append(&into->records,
			next->records.bytes + other->at, other->size, err)
		    || !replace_best(into, item, at, err))
			return false;
	}
	into->n_records += next->n_records;
	into->n_without += next->n_without;
	return true;
}

static int
by_place(const void *a, const void *b)
{
	const struct psp_rolled *x = a, *y = b;

	return (x->place > y->place) - (x->place < y->place);
}

/* sum / n, rounded half away from zero. */
static int64_t
mean_of(int64_t sum, size_t n)
{
	int64_t count = (int64_t)n, mean = sum / count, rest = sum % count;

	if (rest < 0)
		rest = -rest;
	if (rest >= count - rest)
		mean += sum < 0 ? -1 : 1;
	return mean;
}

bool
psp_rollup_each(struct psp_rollup *rollup, enum psp_rollup_how how,
    psp_rollup_fn *take, void *user, struct psp_error *err)
{
	/* The map's numbers mean nothing from here on. */
	if (rollup->n > 1)
		qsort(
		    rollup->items, rollup->n, sizeof(*rollup->items), by_place);
	for (size_t i = 0; i < rollup->n; i++) {
		const struct psp_rolled *item = &rollup->items[i];
		int64_t score = item->best;

		if (how != PSP_ROLLUP_MAX && item->n > 0)
			score = how == PSP_ROLLUP_SUM
			            ? item->sum
			            : mean_of(item->sum, item->n);
		if (!take(user,
			psp_slice(rollup->records.bytes + item->at, item->size),
			score, item->is_disqualified, err))
			return false;
	}
	return true;
}
