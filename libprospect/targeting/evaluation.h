/*
 * Asking a plan's tests of records, by Kleene's logic. One evaluation a worker:
 * it holds what was read of the record at hand (each cell once, signals and
 * keywords when first asked for) and counts the cells that were not understood.
 */
#ifndef PSP_TARGETING_EVALUATION_H
#define PSP_TARGETING_EVALUATION_H

#include "libprospect/stream/stretch.h"
#include "libprospect/targeting/cell.h"
#include "libprospect/targeting/plan.h"

/* Cells of a field that were not understood, and the place of the first of
 * them; without any, of the first match that was given up. */
struct psp_tally {
	size_t n_unread;
	size_t n_limits; /* matches given up */
	size_t record_number, line;
	const char *file; /* borrowed from the batch */
	char text[64];    /* its cell, visible, cut */
};

struct psp_evaluation;

/*
 * An evaluation of `plan` (finished; borrowed). `signals` may be NULL when the
 * plan needs none. NULL with PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_evaluation *psp_evaluation_new(
    const struct psp_plan *plan, const struct psp_signals *signals,
    struct psp_error *err);

void psp_evaluation_free(struct psp_evaluation *evaluation);

/* Forgets what was counted, as if it were new. */
void psp_evaluation_reset(struct psp_evaluation *evaluation);

/* Moves to a record, borrowed until the next move; NULL for tests of virtual
 * fields alone. */
void psp_evaluation_seek(
    struct psp_evaluation *evaluation, struct psp_record *record);

/*
 * Answers what the plan's owner asks of every record (psp_plan_ask_ahead) for
 * the records of a stretch, which are then moved to by psp_evaluation_step, by
 * their place in it (SIZE_MAX: a record of no stretch). What takes more than a
 * look at the cell is left until then. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_evaluation_look_ahead(struct psp_evaluation *evaluation,
    const struct psp_stretch *stretch, struct psp_error *err);
void psp_evaluation_step(
    struct psp_evaluation *evaluation, struct psp_record *record, size_t row);

/*
 * The answers there are ahead for the record at hand: that of a test stands at
 * its slot (psp_plan_answer_slot) times PSP_STRETCH_RECORDS, an enum psp_truth
 * or PSP_NO_ANSWER, which psp_evaluate then finds. NULL: there are none.
 */
enum { PSP_NO_ANSWER = PSP_TRUE + 1 };
const unsigned char *psp_evaluation_answers(
    const struct psp_evaluation *evaluation);

/* The answers of one test for the records of the stretch. */
const unsigned char *psp_evaluation_column(
    const struct psp_evaluation *evaluation, size_t slot);

/* Plain numbers of a field for them, to be multiplied by `scale`. */
struct psp_numbers {
	const int64_t *items;
	const unsigned char *is_number; /* 0: psp_field_value reads it */
	int64_t scale;
};

/* False: none are read of the field (psp_plan_ask_number_ahead). */
bool psp_evaluation_numbers(const struct psp_evaluation *evaluation,
    size_t field, struct psp_numbers *numbers);

/* The place in the stretch of the record at hand; SIZE_MAX: it is of none. */
size_t psp_evaluation_row(const struct psp_evaluation *evaluation);

/* Gives virtual field `slot` (its rank in rules.virtuals) a value until the
 * next seek; without one it is absent. The text is borrowed. */
void psp_evaluation_supply(struct psp_evaluation *evaluation, size_t slot,
    const struct psp_value *value);

/* Fails with PSP_ENOMEM only. */
PSP_NODISCARD bool psp_evaluate(struct psp_evaluation *evaluation,
    const struct psp_test *test, enum psp_truth *truth, struct psp_error *err);

/*
 * The rest of an `all` of which screening (screen.h) knows that its first
 * children, up to before `next`, make it `so_far`. Fails with PSP_ENOMEM only.
 */
PSP_NODISCARD bool psp_evaluate_from(struct psp_evaluation *evaluation,
    const struct psp_test *test, size_t next, enum psp_truth so_far,
    enum psp_truth *truth, struct psp_error *err);

/*
 * The value of a field of the plan, borrowed until the next seek. Texts of type
 * TEXT are folded, a set's is the cell. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_field_value(struct psp_evaluation *evaluation,
    size_t field, const struct psp_value **value, struct psp_error *err);

/*
 * The value of a field whose cell is a plain number, in the unit of its type,
 * without reading it as psp_field_value does. False where it is anything else.
 */
bool psp_field_number(
    struct psp_evaluation *evaluation, size_t field, int64_t *value);

/*
 * The signals of the record's company, newest first. `*is_known` is false when
 * its key is absent. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_evaluation_signals(struct psp_evaluation *evaluation,
    const struct psp_signal **signals, size_t *n, bool *is_known,
    struct psp_error *err);

/* The cell's text as it stands in the file, for explanations. Empty for
 * derived and virtual fields. */
struct psp_slice psp_field_text(
    struct psp_evaluation *evaluation, size_t field);

/* The count of field `field`, kept over records. */
const struct psp_tally *psp_evaluation_tally(
    const struct psp_evaluation *evaluation, size_t field);

/* Adds the counts of `next`, which comes later in the input. */
void psp_evaluation_merge(
    struct psp_evaluation *into, const struct psp_evaluation *next);

#endif
