/*
 * From records to deals: which column holds which fact, and how its cells are
 * read. Only the facts that a report needs are read.
 *
 * A period in words ("février prochain") means what it meant on the day when
 * it was said: the last contact, else the day of the stage, else of the
 * opening, else today.
 */
#ifndef PSP_DEALS_INTAKE_H
#define PSP_DEALS_INTAKE_H

#include "libprospect/deals/book.h"
#include "libprospect/deals/criteria.h"
#include "libprospect/targeting/evaluation.h"

#define PSP_NOT_READ UINT32_MAX

struct psp_intake {
	const struct psp_handbook *handbook;
	int32_t today;
	uint32_t needs; /* facts to read */
	bool asks_criteria;
	struct psp_column columns[PSP_N_FACTS];
	bool is_bound[PSP_N_FACTS];
	/* What is asked of every record, in one place: the column of a fact
	 * that is read, else PSP_NOT_READ; whether `fields:` has words of its
	 * own that say nothing. */
	uint32_t places[PSP_N_FACTS];
	bool has_absent[PSP_N_FACTS];
	bool is_percent; /* the header of the probability says so */
	struct psp_virtual_field virtuals[PSP_N_FACTS];
	size_t n_virtuals;
	size_t slots[PSP_N_FACTS]; /* of facts that are virtual; SIZE_MAX */
	struct psp_condition_rules rules;
	struct psp_plan *plan; /* NULL: no criteria are asked */
	/* By stage: its criteria together, NULL without any, and one by one. */
	struct {
		const struct psp_test *all;
		const struct psp_test *parts[PSP_MAX_CRITERIA];
	} tests[PSP_MAX_STAGES];
};

/*
 * Binds the facts to a header, borrowed until the clear like the handbook;
 * `needs` are read besides number, stage and status; `asks_criteria` binds
 * those of the stages. A missing number or stage, two columns for one fact,
 * and criteria that name a column which is neither there nor a fact are
 * problems; facts without a column are unknown. False then, or with
 * PSP_ENOMEM; to be cleared then too.
 */
PSP_NODISCARD bool psp_intake_init(struct psp_intake *intake,
    const struct psp_handbook *handbook, struct psp_slices header,
    uint32_t needs, bool asks_criteria, int32_t today,
    struct psp_problems *problems, struct psp_error *err);

void psp_intake_clear(struct psp_intake *intake);

/*
 * Reads the record at hand into a new deal of a batch's book. `evaluation` is
 * of intake->plan, NULL without one. `scratch` is reused. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_intake_take(const struct psp_intake *intake,
    struct psp_record *record, struct psp_evaluation *evaluation,
    struct psp_book *batch, struct psp_buffer *scratch, struct psp_error *err);

/* Says which cells were not understood, fact by fact; with `strict` the first
 * is PSP_ESYNTAX. */
PSP_NODISCARD bool psp_intake_note(const struct psp_intake *intake,
    const struct psp_book *book, bool strict, const struct psp_notes *notes,
    struct psp_error *err);

#endif
