/*
 * Conditions bound to a header: names have become fields with column numbers,
 * constants sets, bitmaps and sorted ranges, keywords one automaton. A plan is
 * read only once it is finished, so that workers share it; but for tables that
 * evaluations hand to one another (memos.h).
 *
 * A field is a column (or a derived or virtual value) read by a type; tests of
 * the same column share one, so that a cell is read and counted once a record.
 */
#ifndef PSP_TARGETING_PLAN_H
#define PSP_TARGETING_PLAN_H

#include "libprospect/targeting/condition.h"

struct psp_plan;

/* A bound condition; belongs to the plan. */
struct psp_test;

/*
 * A plan for `header`. All arguments are borrowed until the free; `rules` are
 * those the conditions were read by, `key` the name of the column that joins
 * signals ("siren": from `siret` when alone). NULL with PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_plan *psp_plan_new(
    const struct psp_condition_rules *rules, struct psp_slices header,
    const char *key, struct psp_error *err);

void psp_plan_free(struct psp_plan *plan);

/*
 * Binds `condition` (borrowed until the free). Columns that are missing or
 * found twice, and constants that the column's type cannot read, are problems,
 * all of them. NULL then, or with PSP_ENOMEM.
 */
PSP_NODISCARD const struct psp_test *psp_plan_add(struct psp_plan *plan,
    const struct psp_condition *condition, struct psp_problems *problems,
    struct psp_error *err);

/*
 * Binds a name alone, for those who want its value: `*field` is its number
 * from 0. `type` is that of a header without one. False with a problem at
 * `place`, or PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_plan_add_field(struct psp_plan *plan,
    struct psp_slice name, enum psp_type type, struct psp_place place,
    size_t *field, struct psp_problems *problems, struct psp_error *err);

/*
 * Binds the key that joins signals, for a plan that looks at them without a
 * condition (psp_evaluation_signals). False with a problem at `place`.
 */
PSP_NODISCARD bool psp_plan_add_key(struct psp_plan *plan,
    struct psp_place place, struct psp_problems *problems,
    struct psp_error *err);

/*
 * Tells, before the plan is finished, that a test or the number of a field is
 * asked of every record: where records come in a stretch, that is done ahead
 * (psp_evaluation_look_ahead). A hint: answers and counts are the same.
 */
void psp_plan_ask_ahead(struct psp_plan *plan, const struct psp_test *test);
void psp_plan_ask_number_ahead(struct psp_plan *plan, size_t field);

/* After the last add: builds the automaton. PSP_ENOMEM. */
PSP_NODISCARD bool psp_plan_finish(
    struct psp_plan *plan, struct psp_error *err);

/*
 * Orders the tests of each group, once the plan is finished, by what records
 * like those of `sample` tell: those first that decide much for little work.
 * Settled by the sample and the settings alone; fewer than 32 records change
 * nothing. Answers do not hang on it, but which cells are read does.
 * PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_plan_tune(struct psp_plan *plan,
    const struct psp_signals *signals, const struct psp_batch *sample,
    struct psp_error *err);

size_t psp_plan_n_fields(const struct psp_plan *plan);

/* What a field was bound to: its name as written first, its type, its column
 * (index SIZE_MAX: derived or virtual). */
struct psp_field_info {
	struct psp_slice name;
	enum psp_type type;
	size_t index;
	const struct psp_field_rules *rules; /* NULL: none */
};
struct psp_field_info psp_plan_field(const struct psp_plan *plan, size_t field);

/* Whether a test of the plan, which is finished, asks for the virtual field
 * `slot`. */
bool psp_plan_wants(const struct psp_plan *plan, size_t slot);

/* The slot of the answers of a test that is asked ahead, once the plan is
 * finished; SIZE_MAX: it has none. */
size_t psp_plan_answer_slot(const struct psp_test *test);

/* How many columns are asked for ahead: for psp_stretch_take. */
size_t psp_plan_n_columns_ahead(const struct psp_plan *plan);

/*
 * Whether a test asks no more than that the virtual field `*slot`, a number,
 * lies from `*first` to `*last`; it is unknown without a number.
 */
bool psp_plan_is_range(const struct psp_plan *plan, const struct psp_test *test,
    size_t *slot, int64_t *first, int64_t *last);

/* Whether the plan needs the signals file. */
bool psp_plan_uses_signals(const struct psp_plan *plan);

#endif
