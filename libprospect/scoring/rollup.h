/*
 * Records joined by a key, such as the establishments of a company: the best of
 * each key is kept, with what the scores of all amount to. Memory grows with
 * the keys and their best records.
 *
 *   siren  score            best   max  sum    mean
 *   A      40               A 70   70   110    55
 *   B      10                B 10   10   10     10
 *   A      70
 *
 * Disqualified records lend nothing; a key that has no others is disqualified.
 * Records without the key stand alone.
 */
#ifndef PSP_SCORING_ROLLUP_H
#define PSP_SCORING_ROLLUP_H

#include "libprospect/base/map.h"
#include "libprospect/columns/columns.h"
#include "libprospect/stream/record.h"

enum psp_rollup_how { PSP_ROLLUP_MAX, PSP_ROLLUP_SUM, PSP_ROLLUP_MEAN };

/* What --rollup says, bound to a header. */
struct psp_rollup_rule {
	bool is_given;
	enum psp_rollup_how how;
	struct psp_slice name; /* of the key, as written */
	struct psp_column key;
};

/*
 * Reads `KEY=max`, `=sum` or `=mean` (borrowed; NULL: not given) and finds the
 * column of the key. PSP_EUSAGE, PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_rollup_rule_read(struct psp_rollup_rule *rule,
    const char *text, const struct psp_schema *schema, struct psp_slices header,
    struct psp_error *err);

struct psp_rolled; /* a key */

/* psp_rollup_init makes it ready. */
struct psp_rollup {
	struct psp_map keys; /* to items, by number */
	struct psp_rolled *items;
	size_t n, capacity;
	struct psp_buffer records; /* held: see stream/held.h */
	size_t n_unused;           /* bytes of records that are not the best */
	size_t n_records;          /* that came */
	size_t n_without;          /* a key, among them */
	struct psp_buffer scratch;
};

void psp_rollup_init(struct psp_rollup *rollup);

void psp_rollup_clear(struct psp_rollup *rollup);

/* Adds a record that was scored: in hundredths. PSP_ENOMEM. */
PSP_NODISCARD bool psp_rollup_add(struct psp_rollup *rollup,
    const struct psp_rollup_rule *rule, struct psp_record *record,
    int64_t score, bool is_disqualified, struct psp_error *err);

/* Adds the records of `next`, which come later in the input. PSP_ENOMEM. */
PSP_NODISCARD bool psp_rollup_merge(struct psp_rollup *into,
    const struct psp_rollup *next, struct psp_error *err);

/* Takes the best record of a key (bytes for psp_held_take), and what the scores
 * amount to unless it is disqualified. */
typedef bool psp_rollup_fn(void *user, struct psp_slice record, int64_t score,
    bool is_disqualified, struct psp_error *err);

/* Hands out the best records in the order of the input. Fails with what `take`
 * failed with. */
PSP_NODISCARD bool psp_rollup_each(struct psp_rollup *rollup,
    enum psp_rollup_how how, psp_rollup_fn *take, void *user,
    struct psp_error *err);

#endif
