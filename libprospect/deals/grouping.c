/* Groups of deals; see the header. */
#include <config.h>

#include "libprospect/deals/grouping.h"

#include <stdio.h>
#include <stdlib.h>

#include "libprospect/base/calendar.h"
#include "libprospect/base/text.h"
#include "libprospect/values/date.h"
#include "libprospect/values/words.h"

static const struct {
	const char *name;
	enum psp_fact fact;
} kinds[PSP_N_BY] = {
	[PSP_BY_ALL] = { "all", PSP_FACT_DEAL },
	[PSP_BY_STAGE] = { "stage", PSP_FACT_STAGE },
	[PSP_BY_OWNER] = { "owner", PSP_FACT_OWNER },
	[PSP_BY_FAMILY] = { "family", PSP_FACT_FAMILIES },
	[PSP_BY_SOURCE] = { "source", PSP_FACT_SOURCE },
	[PSP_BY_TRACK] = { "track", PSP_FACT_STAGE },
	[PSP_BY_REASON] = { "reason", PSP_FACT_REASON },
	[PSP_BY_CREATED] = { "created", PSP_FACT_CREATED },
	[PSP_BY_CLOSED] = { "closed", PSP_FACT_CLOSED },
	[PSP_BY_FROM] = { "from", PSP_FACT_STAGE },
};

const char *
psp_by_name(enum psp_by by)
{
	return kinds[by].name;
}

enum psp_fact
psp_by_fact(enum psp_by by)
{
	return kinds[by].fact;
}

bool
psp_by_read(const char *text, enum psp_by *by, size_t *n, struct psp_error *err)
{
	struct psp_slice list = psp_slice_of(text), word;
	size_t at = 0;

	*n = 0;
	while (psp_set_next(list, ',', &at, &word)) {
		int kind = PSP_BY_ALL;

		while (kind < PSP_N_BY && !psp_slice_is(word, kinds[kind].name))
			kind++;
		if (kind == PSP_N_BY)
			return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
			    "expected stage, owner, family, source, track, "
			    "reason, created, closed or "
			    "from, not '%.*s'",
			    PSP_SLICE_ARGS(word));
		for (size_t i = 0; i < *n; i++)
			if (by[i] == (enum psp_by)kind)
				return psp_error_set(err, PSP_EUSAGE, NULL, 0,
				    0, "'%s' comes twice", kinds[kind].name);
		if (*n == PSP_MAX_BY)
			return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
			    "more than %d groupings: leave out some",
			    PSP_MAX_BY);
		by[(*n)++] = (enum psp_by)kind;
	}
	return *n > 0
	       || psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		   "expected such as owner or stage,family");
}

void
psp_grouping_init(struct psp_grouping *grouping, const struct psp_book *book,
    const enum psp_by *by, size_t n_by)
{
	memset(grouping, 0, sizeof(*grouping));
	grouping->book = book;
	grouping->n_by = n_by;
	for (size_t i = 0; i < n_by; i++)
		grouping->by[i] = by[i];
	psp_map_init(&grouping->map);
	psp_labels_init(&grouping->families);
}

void
psp_grouping_clear(struct psp_grouping *grouping)
{
	psp_map_clear(&grouping->map);
	psp_labels_clear(&grouping->families);
	free(grouping->keys);
	free(grouping->members);
	free(grouping->starts);
	free(grouping->sizes);
	free(grouping->found);
	memset(grouping, 0, sizeof(*grouping));
}

/* Adds `family` to the last cell looked at, once. */
static bool
put_member(struct psp_grouping *grouping, size_t label, struct psp_slice family,
    struct psp_error *err)
{
	size_t start = grouping->starts[label];
	uint32_t number, *members;

	if (!psp_labels_put(&grouping->families, family, &number, err))
		return false;
	for (size_t i = start; i < grouping->n_members; i++)
		if (grouping->members[i] == number)
			return true;
	members =
	    psp_array_reserve(grouping->members, &grouping->members_capacity,
		grouping->n_members + 1, sizeof(*members), err);
	if (members == NULL)
		return false;
	grouping->members = members;
	members[grouping->n_members++] = number;
	return true;
}

/* Parts the cells up to `label` into families. */
static bool
part_cells(struct psp_grouping *grouping, size_t label, struct psp_error *err)
{
	const struct psp_labels *cells =
	    &grouping->book->labels[PSP_LABEL_FAMILIES];
	char separator = grouping->book->handbook->family_separator;

	while (grouping->n_starts <= label) {
		struct psp_slice member;
		size_t at = 0, n = grouping->n_starts, *starts, *sizes;

		starts = psp_array_reserve(grouping->starts,
		    &grouping->starts_capacity, n + 1, sizeof(*starts), err);
		if (starts == NULL)
			return false;
		grouping->starts = starts;
		sizes = psp_array_reserve(grouping->sizes,
		    &grouping->sizes_capacity, n + 1, sizeof(*sizes), err);
		if (sizes == NULL)
			return false;
		grouping->sizes = sizes;
		starts[n] = grouping->n_members;
		while (psp_set_next(psp_labels_get(cells, (uint32_t)n),
		    separator, &at, &member))
			if (!put_member(grouping, n, member, err))
				return false;
		sizes[n] = grouping->n_members - starts[n];
		grouping->n_starts++;
	}
	return true;
}

bool
psp_grouping_families(struct psp_grouping *grouping,
    const struct psp_deal *deal, const uint32_t **families, size_t *n,
    struct psp_error *err)
{
	size_t label = deal->labels[PSP_LABEL_FAMILIES];

	if (!part_cells(grouping, label, err))
		return false;
	*n = grouping->sizes[label];
	*families = *n > 0 ? grouping->members + grouping->starts[label] : NULL;
	return true;
}

/* A month as a number from 1 on; 0: none. */
static uint32_t
month_of(int32_t day)
{
	struct psp_civil civil;

	if (day == PSP_NO_DAY)
		return 0;
	civil = psp_civil_from_days(day);
	return (uint32_t)(civil.year * 12 + civil.month);
}

/* The key of a deal for all but families; 0: not said. */
static uint32_t
key_of(const struct psp_grouping *grouping, const struct psp_deal *deal,
    enum psp_by by)
{
	const struct psp_handbook *handbook = grouping->book->handbook;

	switch (by) {
	case PSP_BY_STAGE:
		/* Stages that are none of ours come behind, each by itself. */
		return deal->stage < handbook->n_stages
		           ? (uint32_t)deal->stage + 1
		           : PSP_MAX_STAGES + 1 + deal->labels[PSP_LABEL_STAGE];
	case PSP_BY_TRACK:
		return deal->stage < handbook->n_stages
		               && handbook->stages[deal->stage].track
		                      != SIZE_MAX
		           ? (uint32_t)handbook->stages[deal->stage].track + 1
		           : 0;
	case PSP_BY_OWNER:
		return deal->labels[PSP_LABEL_OWNER];
	case PSP_BY_SOURCE:
		return deal->labels[PSP_LABEL_SOURCE];
	case PSP_BY_REASON:
		return deal->labels[PSP_LABEL_REASON];
	case PSP_BY_CREATED:
		return month_of(deal->created);
	case PSP_BY_CLOSED:
		return month_of(deal->closed);
	case PSP_BY_FROM:
		return deal->from < handbook->n_stages
		           ? (uint32_t)deal->from + 1
		           : 0;
	default:
		return 0;
	}
}

/* The number of the group with this key. */
static bool
find_group(struct psp_grouping *grouping, const uint32_t *key, size_t *group,
    struct psp_error *err)
{
	size_t size = grouping->n_by * sizeof(*key);
	struct psp_map_entry *entry;
	uint32_t *keys;
	bool is_new;

	keys = psp_array_reserve(grouping->keys, &grouping->keys_capacity,
	    (grouping->n + 1) * grouping->n_by, sizeof(*keys), err);
	if (keys == NULL)
		return false;
	grouping->keys = keys;
	if (!psp_map_put(&grouping->map, psp_slice((const char *)key, size),
		grouping->n, &entry, &is_new, err))
		return false;
	if (is_new) {
		memcpy(keys + grouping->n * grouping->n_by, key, size);
		grouping->n++;
	}
	*group = entry->value;
	return true;
}

bool
psp_grouping_put(struct psp_grouping *grouping, const struct psp_deal *deal,
    const size_t **groups, size_t *n, struct psp_error *err)
{
	static const uint32_t none[] = { 0 };
	const uint32_t *families = none;
	uint32_t key[PSP_MAX_BY] = { 0 };
	size_t n_families = 1, family_at = SIZE_MAX;
	size_t *found;

	for (size_t i = 0; i < grouping->n_by; i++)
		if (grouping->by[i] == PSP_BY_FAMILY)
			family_at = i;
		else
			key[i] = key_of(grouping, deal, grouping->by[i]);
	if (family_at != SIZE_MAX
	    && !psp_grouping_families(
		grouping, deal, &families, &n_families, err))
		return false;
	if (n_families == 0) {
		families = none;
		n_families = 1;
	}
	found = psp_array_reserve(grouping->found, &grouping->found_capacity,
	    n_families, sizeof(*found), err);
	if (found == NULL)
		return false;
	grouping->found = found;
	for (size_t i = 0; i < n_families; i++) {
		if (family_at != SIZE_MAX)
			key[family_at] = families[i];
		if (!find_group(grouping, key, &found[i], err))
			return false;
	}
	*groups = found;
	*n = n_families;
	return true;
}

bool
psp_grouping_put_stages(struct psp_grouping *grouping, struct psp_error *err)
{
	size_t n_stages = grouping->book->handbook->n_stages, group;

	for (uint32_t key = 1; key <= n_stages; key++)
		if (!find_group(grouping, &key, &group, err))
			return false;
	return true;
}

bool
psp_grouping_is_said(
    const struct psp_grouping *grouping, size_t group, size_t which)
{
	uint32_t key = grouping->keys[group * grouping->n_by + which];

	/* A stage that no file wrote has a key of its own. */
	return key != 0
	       && !(grouping->by[which] == PSP_BY_STAGE
		    && key == PSP_MAX_STAGES + 1);
}

/* The key of a stage by its name in the handbook, or 0. */
static uint32_t
key_of_stage(const struct psp_handbook *handbook, struct psp_slice name)
{
	for (size_t i = 0; i < handbook->n_stages; i++)
		if (psp_slice_equal(handbook->stages[i].name, name))
			return (uint32_t)i + 1;
	return 0;
}

/* "2026-03" as the key of a month. */
static uint32_t
key_of_month(struct psp_slice name)
{
	struct psp_days days;

	return psp_date_read(name, &days, NULL) == PSP_DATE_READ
	           ? month_of(days.first)
	           : 0;
}

/* The key that a name stands for. */
static bool
key_of_name(struct psp_grouping *grouping, struct psp_book *book,
    enum psp_by by, struct psp_slice name, uint32_t *key, struct psp_error *err)
{
	static const enum psp_label_kind kinds_of[PSP_N_BY] = {
		[PSP_BY_OWNER] = PSP_LABEL_OWNER,
		[PSP_BY_SOURCE] = PSP_LABEL_SOURCE,
		[PSP_BY_REASON] = PSP_LABEL_REASON,
	};
	const struct psp_handbook *handbook = book->handbook;

	*key = 0;
	switch (by) {
	case PSP_BY_OWNER:
	case PSP_BY_SOURCE:
	case PSP_BY_REASON:
		return psp_labels_put(
		    &book->labels[kinds_of[by]], name, key, err);
	case PSP_BY_FAMILY:
		return psp_labels_put(&grouping->families, name, key, err);
	case PSP_BY_FROM:
		*key = key_of_stage(handbook, name);
		return true;
	case PSP_BY_TRACK:
		for (size_t i = 0; i < handbook->n_tracks; i++)
			if (psp_slice_equal(handbook->tracks[i], name))
				*key = (uint32_t)i + 1;
		return true;
	case PSP_BY_CREATED:
	case PSP_BY_CLOSED:
		*key = key_of_month(name);
		return true;
	case PSP_BY_STAGE:
		*key = key_of_stage(handbook, name);
		if (*key > 0)
			return true;
		if (!psp_labels_put(
			&book->labels[PSP_LABEL_STAGE], name, key, err))
			return false;
		*key += PSP_MAX_STAGES + 1;
		return true;
	default:
		return true;
	}
}

bool
psp_grouping_key(struct psp_grouping *grouping, struct psp_book *book,
    size_t which, struct psp_slice name, uint32_t *key, struct psp_error *err)
{
	return key_of_name(grouping, book, grouping->by[which], name, key, err);
}

bool
psp_grouping_put_keys(struct psp_grouping *grouping, const uint32_t *keys,
    size_t *group, struct psp_error *err)
{
	return find_group(grouping, keys, group, err);
}

struct psp_slice
psp_grouping_name(const struct psp_grouping *grouping, size_t group,
    size_t which, char text[16])
{
	const struct psp_book *book = grouping->book;
	uint32_t key = grouping->keys[group * grouping->n_by + which];
	struct psp_slice name = { NULL, 0 };

	switch (grouping->by[which]) {
	case PSP_BY_ALL:
		return psp_slice_of("all");
	case PSP_BY_FROM:
		if (key > 0)
			name = book->handbook->stages[key - 1].name;
		break;
	case PSP_BY_STAGE:
		if (key <= book->handbook->n_stages && key > 0)
			name = book->handbook->stages[key - 1].name;
		else
			name = psp_labels_get(&book->labels[PSP_LABEL_STAGE],
			    key - PSP_MAX_STAGES - 1);
		break;
	case PSP_BY_TRACK:
		if (key > 0)
			name = book->handbook->tracks[key - 1];
		break;
	case PSP_BY_OWNER:
		name = psp_labels_get(&book->labels[PSP_LABEL_OWNER], key);
		break;
	case PSP_BY_SOURCE:
		name = psp_labels_get(&book->labels[PSP_LABEL_SOURCE], key);
		break;
	case PSP_BY_REASON:
		name = psp_labels_get(&book->labels[PSP_LABEL_REASON], key);
		break;
	case PSP_BY_FAMILY:
		name = psp_labels_get(&grouping->families, key);
		break;
	default:
		if (key > 0) {
			snprintf(text, 16, "%04u-%02u", (key - 1) / 12 % 10000,
			    (key - 1) % 12 + 1);
			name = psp_slice_of(text);
		}
		break;
	}
	return name.size > 0 ? name : psp_slice_of("(none)");
}

/* What groups are compared by: qsort has no argument of its own. */
struct sorted {
	const struct psp_grouping *grouping;
	size_t group;
};

static int
compare_bytes(struct psp_slice a, struct psp_slice b)
{
	size_t n = a.size < b.size ? a.size : b.size;
	int order = n > 0 ? memcmp(a.bytes, b.bytes, n) : 0;

	if (order != 0)
		return order;
	return a.size < b.size ? -1 : a.size > b.size;
}

static int
compare_groups(const void *a, const void *b)
{
	const struct sorted *left = a, *right = b;
	const struct psp_grouping *grouping = left->grouping;

	for (size_t i = 0; i < grouping->n_by; i++) {
		uint32_t keys[2] = {
			grouping->keys[left->group * grouping->n_by + i],
			grouping->keys[right->group * grouping->n_by + i]
		};
		enum psp_by by = grouping->by[i];
		char text[2][16];
		int order;

		if (keys[0] == keys[1])
			continue;
		if (!psp_grouping_is_said(grouping, left->group, i))
			return 1;
		if (!psp_grouping_is_said(grouping, right->group, i))
			return -1;
		if ((by == PSP_BY_STAGE || by == PSP_BY_TRACK
			|| by == PSP_BY_FROM)
		    && (keys[0] <= PSP_MAX_STAGES || keys[1] <= PSP_MAX_STAGES))
			return keys[0] < keys[1] ? -1 : 1;
		order = compare_bytes(
		    psp_grouping_name(grouping, left->group, i, text[0]),
		    psp_grouping_name(grouping, right->group, i, text[1]));
		if (order != 0)
			return order;
	}
	return 0;
}

bool
psp_grouping_order(
    const struct psp_grouping *grouping, size_t *order, struct psp_error *err)
{
	struct sorted *sorted = calloc(grouping->n + 1, sizeof(*sorted));

	if (sorted == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < grouping->n; i++) {
		sorted[i].grouping = grouping;
		sorted[i].group = i;
	}
	qsort(sorted, grouping->n, sizeof(*sorted), compare_groups);
	for (size_t i = 0; i < grouping->n; i++)
		order[i] = sorted[i].group;
	free(sorted);
	return true;
}
