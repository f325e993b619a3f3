/*
 * The stage file, which reads as the sales handbook: the stages with the
 * criteria and fields that each asks for, where a deal may go from there, how
 * long it may stay, and what is out of the ordinary. It needs no header;
 * book.h binds its criteria to one.
 *
 *   tracks:  suspect | prospect ............. | client
 *   stages:            nouveau -> chaud -> ... -> signe (won)
 *                                      \-> perdu (lost)
 */
#ifndef PSP_DEALS_HANDBOOK_H
#define PSP_DEALS_HANDBOOK_H

#include "libprospect/base/map.h"
#include "libprospect/deals/amount.h"
#include "libprospect/deals/fact.h"
#include "libprospect/deals/role.h"
#include "libprospect/targeting/terms.h"

/* Stages are numbered in the order of the file; NO_STAGE: none of them. */
enum { PSP_MAX_STAGES = 64, PSP_NO_STAGE = 255 };

/* How often a deal of a stage should be touched. */
struct psp_touches {
	bool is_there;
	struct psp_duration per;
	int64_t min, max;
};

struct psp_stage {
	struct psp_slice name;
	struct psp_slice label; /* the name when not said */
	struct psp_slice meaning;
	struct psp_place place;
	uint32_t requires;               /* facts */
	struct psp_condition *when;      /* NULL: no criteria */
	const struct psp_node *criteria; /* as written */
	bool has_to;                     /* else it may go anywhere */
	uint64_t to;                     /* bit i: to stage i */
	bool has_probability;
	int64_t probability; /* millionths; 1 of won, 0 of lost stages */
	bool has_max_age, has_idle;
	struct psp_duration max_age, idle;
	bool never_stale;
	bool is_won, is_lost;
	enum psp_qualification qualification; /* what the stage is called */
	struct psp_touches touches;
	int64_t effort;            /* hours for the next step, hundredths */
	struct psp_slice *reasons; /* that may be given; none: any */
	size_t n_reasons;
	size_t track; /* SIZE_MAX: none */
};

enum psp_severity {
	PSP_SEVERITY_IGNORE,
	PSP_SEVERITY_WARN,
	PSP_SEVERITY_ERROR
};

enum psp_alert_kind {
	PSP_ALERT_STALE,
	PSP_ALERT_OVER_AGE,
	PSP_ALERT_NO_NEXT_STEP,
	PSP_ALERT_PAST_DUE,
	PSP_ALERT_STAGE_MISMATCH,
	PSP_ALERT_MISSING_FIELDS,
	PSP_ALERT_AMOUNT_DROP,
	PSP_ALERT_CONCENTRATION,
	PSP_N_ALERTS
};

struct psp_alert_rule {
	bool is_on;
	int64_t share; /* AMOUNT_DROP, CONCENTRATION: millionths */
};

const char *psp_alert_name(enum psp_alert_kind kind);

struct psp_handbook {
	struct psp_arena arena;
	struct psp_terms terms; /* of the criteria */
	struct psp_schema *schema;
	struct psp_stage *stages;
	size_t n_stages;
	struct psp_map
	    names; /* keys of names, labels and `aliases` to stages */
	struct psp_slice *tracks;
	size_t n_tracks;
	enum psp_severity skip, backward, reopen;

	uint32_t project_requires; /* facts of a project */
	uint32_t project_roles;    /* bits of enum psp_role; 0: any */

	struct psp_slice *families; /* that may be given; none: any */
	size_t n_families;
	char family_separator; /* 0: the usual ones */

	struct psp_alert_rule alerts[PSP_N_ALERTS];
	bool has_snooze_max;
	struct psp_duration snooze_max;
	char currency[PSP_CURRENCY_SIZE]; /* of amounts; empty: not said */
	bool has_criteria;                /* a stage has some */
};

/*
 * Reads the tree of a stage file; keys that other tools own pass. The schema
 * gets `columns:` and `fields:`. `root` (may be NULL: no file) and `schema` are
 * borrowed until the free. NULL with problems, or PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_handbook *psp_handbook_new(const struct psp_node *root,
    struct psp_schema *schema, int32_t today, struct psp_problems *problems,
    struct psp_error *err);

void psp_handbook_free(struct psp_handbook *handbook);

/*
 * The stage that a cell names: by its name, label or one of its aliases, case,
 * accents and punctuation not counting. PSP_NO_STAGE when it is none.
 */
size_t psp_handbook_stage(
    const struct psp_handbook *handbook, struct psp_slice cell);

/* The first won or lost stage; PSP_NO_STAGE when there is none. */
size_t psp_handbook_won(const struct psp_handbook *handbook);
size_t psp_handbook_lost(const struct psp_handbook *handbook);

/* What becomes of a deal in a stage: open, won or lost. */
enum psp_state { PSP_STATE_OPEN, PSP_STATE_WON, PSP_STATE_LOST };
static inline enum psp_state
psp_handbook_state(const struct psp_handbook *handbook, size_t stage)
{
	if (stage >= handbook->n_stages)
		return PSP_STATE_OPEN;
	if (handbook->stages[stage].is_won)
		return PSP_STATE_WON;
	return handbook->stages[stage].is_lost ? PSP_STATE_LOST
	                                       : PSP_STATE_OPEN;
}

/* Why a move from a stage to another is out of the order of the handbook. */
enum psp_move_kind {
	PSP_MOVE_ALLOWED, /* in `to`, or the stage says nothing */
	PSP_MOVE_SKIP,    /* forward, but not in `to` */
	PSP_MOVE_BACKWARD,
	PSP_MOVE_REOPEN /* from a won or lost stage */
};
enum psp_move_kind psp_handbook_move(
    const struct psp_handbook *handbook, size_t from, size_t to);

/* How grave the handbook finds a move of that kind. */
enum psp_severity psp_handbook_severity(
    const struct psp_handbook *handbook, enum psp_move_kind kind);

#endif
