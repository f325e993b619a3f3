/*
 * Deals put into groups: by stage, owner, family and so on, or several of
 * these. A deal of two families is in the group of each.
 */
#ifndef PSP_DEALS_GROUPING_H
#define PSP_DEALS_GROUPING_H

#include "libprospect/deals/book.h"

enum psp_by {
	PSP_BY_ALL, /* all of them in one group */
	PSP_BY_STAGE,
	PSP_BY_OWNER,
	PSP_BY_FAMILY,
	PSP_BY_SOURCE,
	PSP_BY_TRACK,
	PSP_BY_REASON,
	PSP_BY_CREATED, /* month of the opening */
	PSP_BY_CLOSED,  /* month of the end */
	PSP_BY_FROM,    /* the stage before, by the history */
	PSP_N_BY
};

enum { PSP_MAX_BY = 4 };

struct psp_grouping {
	const struct psp_book *book;
	enum psp_by by[PSP_MAX_BY];
	size_t n_by;
	struct psp_map map; /* of keys, the bytes of `n_by` numbers */
	uint32_t *keys;     /* of group g from n_by * g on */
	size_t keys_capacity;
	size_t n; /* groups */

	struct psp_labels families;
	uint32_t *members; /* families of each cell, one after the other */
	size_t n_members, members_capacity;
	size_t *starts; /* of the cell's, by label; SIZE_MAX: not looked at */
	size_t starts_capacity, n_starts;
	size_t *sizes;
	size_t sizes_capacity;

	size_t *found; /* groups of the deal asked for last */
	size_t found_capacity;
};

/* The name of one, in options and as a column. */
const char *psp_by_name(enum psp_by by);

/* The fact that a deal needs to be put into groups by it. */
enum psp_fact psp_by_fact(enum psp_by by);

/*
 * Reads "owner,family" into `by` (PSP_MAX_BY of them). Fails with PSP_EUSAGE
 * where one is none of ours or comes twice.
 */
PSP_NODISCARD bool psp_by_read(
    const char *text, enum psp_by *by, size_t *n, struct psp_error *err);

/* Groups of the deals of `book`, borrowed; it may grow still. */
void psp_grouping_init(struct psp_grouping *grouping,
    const struct psp_book *book, const enum psp_by *by, size_t n_by);

void psp_grouping_clear(struct psp_grouping *grouping);

/*
 * The groups that a deal is in: `*groups` are `*n` >= 1 different numbers,
 * borrowed until the next call. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_grouping_put(struct psp_grouping *grouping,
    const struct psp_deal *deal, const size_t **groups, size_t *n,
    struct psp_error *err);

/* The families of a deal, numbers of grouping->families; none: 0 of them.
 * PSP_ENOMEM. */
PSP_NODISCARD bool psp_grouping_families(struct psp_grouping *grouping,
    const struct psp_deal *deal, const uint32_t **families, size_t *n,
    struct psp_error *err);

/* A group for each stage of the handbook, in its order, whether it has deals
 * or not; for groups by stage alone. PSP_ENOMEM. */
PSP_NODISCARD bool psp_grouping_put_stages(
    struct psp_grouping *grouping, struct psp_error *err);

/* Whether the `which`-th name of a group is said, not "(none)". */
bool psp_grouping_is_said(
    const struct psp_grouping *grouping, size_t group, size_t which);

/*
 * The key of the `which`-th name of a group, as psp_grouping_name gives it; an
 * empty one is not said. Owners and the like that are new are put into `book`,
 * the grouping's own. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_grouping_key(struct psp_grouping *grouping,
    struct psp_book *book, size_t which, struct psp_slice name, uint32_t *key,
    struct psp_error *err);

/* The group with these keys, `n_by` of them. PSP_ENOMEM. */
PSP_NODISCARD bool psp_grouping_put_keys(struct psp_grouping *grouping,
    const uint32_t *keys, size_t *group, struct psp_error *err);

/* How the `which`-th name of a group is written to `text` (at least 16 bytes
 * for days) or borrowed: "(none)" where nothing is said. */
struct psp_slice psp_grouping_name(const struct psp_grouping *grouping,
    size_t group, size_t which, char text[16]);

/*
 * The order of the groups in a report: stages and tracks as in the handbook,
 * all else by its name, what is not said last. `order` is room for all of
 * them. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_grouping_order(
    const struct psp_grouping *grouping, size_t *order, struct psp_error *err);

#endif
