/* Binding the facts of deals; see the header. Reading: take.c. */
#include <config.h>

#include "libprospect/deals/intake.h"

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"

enum { MESSAGE_SIZE = 512 };

/* Facts whose values conditions get from us: days that words may tell. */
static bool
is_ours(enum psp_fact fact)
{
	return fact == PSP_FACT_CREATED || fact == PSP_FACT_DECISION_DATE
	       || fact == PSP_FACT_CLOSED;
}

static enum psp_type
type_of(enum psp_fact fact)
{
	const struct psp_criterion *criterion =
	    psp_criterion_find(psp_slice_of(psp_fact_name(fact)));

	return criterion != NULL ? criterion->type : PSP_TYPE_TEXT;
}

static bool
bind_fact(struct psp_intake *intake, enum psp_fact fact,
    struct psp_slices header, struct psp_problems *problems,
    struct psp_error *err)
{
	bool is_needed = fact == PSP_FACT_DEAL || fact == PSP_FACT_STAGE;
	char message[MESSAGE_SIZE];

	switch (psp_fact_bind(fact, intake->handbook->schema, header,
	    &intake->columns[fact], message, sizeof(message))) {
	case PSP_BOUND:
		intake->is_bound[fact] = true;
		return true;
	case PSP_BIND_MISSING:
		return !is_needed
		       || psp_problems_add(
			   problems, PSP_EUSAGE, NULL, 0, 0, "%s", message);
	case PSP_BIND_TWICE:
		return psp_problems_add(
		    problems, PSP_EUSAGE, NULL, 0, 0, "%s", message);
	case PSP_BIND_FAILED:
		break;
	}
	return psp_error_memory(err);
}

/* Facts without a column are unknown to criteria, not wrong. */
static void
name_virtuals(struct psp_intake *intake)
{
	for (int i = 0; i < PSP_N_FACTS; i++) {
		enum psp_fact fact = (enum psp_fact)i;

		intake->slots[i] = SIZE_MAX;
		if (intake->is_bound[i] && !is_ours(fact))
			continue;
		intake->slots[i] = intake->n_virtuals;
		intake->virtuals[intake->n_virtuals].name =
		    psp_slice_of(psp_fact_name(fact));
		intake->virtuals[intake->n_virtuals].type = type_of(fact);
		intake->n_virtuals++;
	}
	intake->rules = intake->handbook->terms.rules;
	intake->rules.virtuals = intake->virtuals;
	intake->rules.n_virtuals = intake->n_virtuals;
}

/* The criteria of a stage, together and one by one. */
static bool
bind_stage(struct psp_intake *intake, size_t index,
    struct psp_problems *problems, struct psp_error *err)
{
	const struct psp_stage *stage = &intake->handbook->stages[index];
	size_t n = psp_criteria_count(stage);

	if (n == 0)
		return true;
	intake->tests[index].all =
	    psp_plan_add(intake->plan, stage->when, problems, err);
	if (intake->tests[index].all == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		intake->tests[index].parts[i] = psp_plan_add(
		    intake->plan, psp_criteria_get(stage, i), problems, err);
		if (intake->tests[index].parts[i] == NULL)
			return false;
	}
	return true;
}

static bool
bind_criteria(struct psp_intake *intake, struct psp_slices header,
    struct psp_problems *problems, struct psp_error *err)
{
	const struct psp_handbook *handbook = intake->handbook;
	bool is_bound = true;

	name_virtuals(intake);
	intake->plan =
	    psp_plan_new(&intake->rules, header, handbook->terms.key, err);
	if (intake->plan == NULL)
		return false;
	for (size_t i = 0; i < handbook->n_stages; i++)
		is_bound = bind_stage(intake, i, problems, err) && is_bound;
	return is_bound && psp_plan_finish(intake->plan, err);
}

bool
psp_intake_init(struct psp_intake *intake, const struct psp_handbook *handbook,
    struct psp_slices header, uint32_t needs, bool asks_criteria, int32_t today,
    struct psp_problems *problems, struct psp_error *err)
{
	bool is_good = true;

	memset(intake, 0, sizeof(*intake));
	intake->handbook = handbook;
	intake->today = today;
	intake->needs = needs | PSP_FACT_BIT(PSP_FACT_DEAL)
	                | PSP_FACT_BIT(PSP_FACT_STAGE)
	                | PSP_FACT_BIT(PSP_FACT_STATUS);
	intake->asks_criteria = asks_criteria && handbook->has_criteria;
	if (intake->asks_criteria)
		intake->needs |= PSP_FACT_BIT(PSP_FACT_CREATED)
		                 | PSP_FACT_BIT(PSP_FACT_DECISION_DATE)
		                 | PSP_FACT_BIT(PSP_FACT_TIME)
		                 | PSP_FACT_BIT(PSP_FACT_CLOSED)
		                 | PSP_FACT_BIT(PSP_FACT_LAST_CONTACT)
		                 | PSP_FACT_BIT(PSP_FACT_STAGE_DATE);
	for (int i = 0; i < PSP_N_FACTS; i++)
		is_good =
		    bind_fact(intake, (enum psp_fact)i, header, problems, err)
		    && is_good;
	if (err->status != PSP_OK)
		return false;
	for (size_t i = 0; i < PSP_N_FACTS; i++) {
		bool is_read = intake->is_bound[i]
		               && (intake->needs & PSP_FACT_BIT(i)) != 0;

		intake->places[i] =
		    is_read ? (uint32_t)intake->columns[i].index : PSP_NOT_READ;
		intake->has_absent[i] = intake->columns[i].rules.n_absent > 0;
	}
	if (intake->is_bound[PSP_FACT_PROBABILITY]) {
		struct psp_slice name =
		    intake->columns[PSP_FACT_PROBABILITY].header;

		intake->is_percent = memchr(name.bytes, '%', name.size) != NULL;
	}
	if (intake->asks_criteria)
		is_good =
		    bind_criteria(intake, header, problems, err) && is_good;
	return is_good;
}

void
psp_intake_clear(struct psp_intake *intake)
{
	psp_plan_free(intake->plan);
	intake->plan = NULL;
}

bool
psp_intake_note(const struct psp_intake *intake, const struct psp_book *book,
    bool strict, const struct psp_notes *notes, struct psp_error *err)
{
	for (int i = 0; i < PSP_N_FACTS; i++) {
		const struct psp_unread *unread = &book->unread[i];
		const char *name = psp_fact_name((enum psp_fact)i);

		if (unread->n == 0)
			continue;
		if (strict)
			return psp_error_set(err, PSP_ESYNTAX, unread->file,
			    unread->line, intake->columns[i].index + 1,
			    "%s: '%s' is not understood (--strict)", name,
			    unread->text);
		psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
		    psp_message_plural(
			"%s: %zu value not understood, first '%s' at %s:%zu",
			"%s: %zu values not understood, first '%s' at %s:%zu",
			unread->n),
		    name, unread->n, unread->text, unread->file, unread->line);
	}
	return true;
}
