/*
 * What the codes of a call log mean. Each code has marks: how far the call came
 * (nobody, a machine, the gatekeeper, the decision maker), whether the pitch
 * was made, what came out of it. Every ratio is computed from marks, so that a
 * log with codes of its own only has to say what they mean.
 *
 *   RDV: {reached: dm, pitched: true, result: appointment}
 */
#ifndef PSP_CALLS_OUTCOMES_H
#define PSP_CALLS_OUTCOMES_H

#include <stdint.h>

#include "libprospect/base/map.h"
#include "libprospect/settings/settings.h"

/* Marks of a call, or of a person by all of its calls. */
enum psp_mark {
	PSP_MARK_CALL,
	PSP_MARK_NONE,    /* nobody answered */
	PSP_MARK_MACHINE, /* voicemail */
	PSP_MARK_INVALID, /* wrong number */
	PSP_MARK_GATE,    /* the call ended with the gatekeeper */
	PSP_MARK_DM,      /* the decision maker */
	PSP_MARK_REACHED_PERSON,
	PSP_MARK_GATE_MET,
	PSP_MARK_GATE_PASSED,
	PSP_MARK_PITCHED,
	PSP_MARK_FOLLOW_UP, /* no now, yes later */
	PSP_MARK_APPOINTMENT,
	PSP_MARK_REFUSAL,
	PSP_MARK_PROJECT,
	PSP_MARK_LEAD,
	PSP_MARK_CALLBACK,
	PSP_MARK_BAD_NUMBER,
	PSP_MARK_STALE_CONTACT,
	PSP_MARK_OFF_TARGET,
	PSP_MARK_DO_NOT_CALL,
	PSP_N_MARKS
};

/* A set of marks. */
typedef uint32_t psp_marks;

#define PSP_MARK_BIT(mark) ((psp_marks)1 << (mark))

/* What comes out of a call: its outcome settles these, the last call decides.
 */
#define PSP_RESULT_MARKS                                                       \
	(PSP_MARK_BIT(PSP_MARK_FOLLOW_UP) | PSP_MARK_BIT(PSP_MARK_APPOINTMENT) \
	    | PSP_MARK_BIT(PSP_MARK_REFUSAL) | PSP_MARK_BIT(PSP_MARK_PROJECT)  \
	    | PSP_MARK_BIT(PSP_MARK_LEAD) | PSP_MARK_BIT(PSP_MARK_CALLBACK)    \
	    | PSP_MARK_BIT(PSP_MARK_BAD_NUMBER)                                \
	    | PSP_MARK_BIT(PSP_MARK_STALE_CONTACT)                             \
	    | PSP_MARK_BIT(PSP_MARK_OFF_TARGET)                                \
	    | PSP_MARK_BIT(PSP_MARK_DO_NOT_CALL))

/* Results that decide a person's outcome, whatever comes after them. */
#define PSP_DECISIVE_MARKS                                                     \
	(PSP_MARK_BIT(PSP_MARK_APPOINTMENT) | PSP_MARK_BIT(PSP_MARK_REFUSAL)   \
	    | PSP_MARK_BIT(PSP_MARK_PROJECT))

/* The mark of this name, as settings and --rows write it; -1: none. */
int psp_mark_find(struct psp_slice name);

const char *psp_mark_name(enum psp_mark mark);

struct psp_outcome {
	struct psp_slice code; /* as written */
	/* Marks of a call whose gatekeeper is not described, and of one whose
	 * `gate_type` is filled. */
	psp_marks marks[2];
};

/* Outcome 0 is that of the codes nobody knows. */
enum { PSP_OUTCOME_UNKNOWN, PSP_MAX_OUTCOMES = 1000 };

struct psp_outcomes {
	struct psp_outcome *items;
	size_t n;
	struct psp_map codes; /* folded code to its item */
	struct psp_arena arena;
};

/*
 * The outcomes of the method, then those of `map` (the node `outcomes:`, may be
 * NULL): a code that both have is the map's. Problems, or PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_outcomes_init(struct psp_outcomes *outcomes,
    const struct psp_node *map, struct psp_problems *problems,
    struct psp_error *err);

void psp_outcomes_clear(struct psp_outcomes *outcomes);

/*
 * Settles what meeting the gatekeeper means: with a column `gate_type` in the
 * log whoever fills it or ends there; without, everybody who answered.
 */
void psp_outcomes_settle(struct psp_outcomes *outcomes, bool has_gate_type);

/* The item of a code as a cell writes it; PSP_OUTCOME_UNKNOWN for none. Case,
 * accents and white space around do not count. */
size_t psp_outcomes_find(
    const struct psp_outcomes *outcomes, struct psp_slice code);

#endif
