/*
 * Conditions as settings and `-e` say them: a tree of all / any / not /
 * at_least over tests of fields, signals and keywords. It needs no header:
 * constants are read by the type of the criterion they stand with. plan.h binds
 * a tree to the columns of a header, evaluation.h asks it of a record.
 *
 *        all
 *       /   \
 *     any    not
 *    /   \     \
 *  naf  naf   signal distress within 12 months
 */
#ifndef PSP_TARGETING_CONDITION_H
#define PSP_TARGETING_CONDITION_H

#include "libprospect/targeting/constant.h"
#include "libprospect/targeting/signals.h"

/* Kleene's values, in their order: and = the least, or = the greatest. */
enum psp_truth { PSP_FALSE, PSP_UNKNOWN, PSP_TRUE };

/* What an unknown test counts as. */
enum psp_missing { PSP_MISSING_UNKNOWN, PSP_MISSING_FAIL, PSP_MISSING_PASS };

enum psp_condition_kind {
	PSP_CONDITION_ALL, /* without children: true */
	PSP_CONDITION_ANY, /* without children: false */
	PSP_CONDITION_NOT,
	PSP_CONDITION_AT_LEAST,
	PSP_CONDITION_FIELD,
	PSP_CONDITION_SIGNAL,
	PSP_CONDITION_KEYWORDS
};

/* `signal: {distress: {within: 12 months, min: 2}}` */
struct psp_signal_condition {
	size_t code;
	int32_t first, last; /* days, both included */
	size_t n_needed;     /* occurrences */
	int64_t strength;    /* the least, millionths */
};

/* `keywords: {any: […], in: […]}`, a node for each of any, all and none. */
struct psp_keywords_condition {
	bool needs_all; /* else any */
	struct psp_constant *words;
	size_t n_words;
	struct psp_constant *in; /* fields or signal.title …; none: default */
	size_t n_in;
};

struct psp_condition {
	enum psp_condition_kind kind;
	struct psp_place place;
	struct psp_slice label; /* empty: none */
	enum psp_missing missing;
	bool is_negated; /* a test that is turned round, before `missing` */

	struct psp_condition *first; /* children, in written order */
	struct psp_condition *last;
	struct psp_condition *next;
	size_t n_children;
	size_t n_needed; /* AT_LEAST */

	/* FIELD */
	struct psp_slice name; /* as written; of a signal its code */
	struct psp_place name_place;
	const struct psp_operator *op;
	enum psp_type type; /* NONE: settled by the column */
	struct psp_constant *constants;
	size_t n_constants;
	struct psp_slice other; /* the column to compare with; empty: none */
	struct psp_place other_place;
	bool of_count;  /* tests the number of members of a set */
	bool is_inside; /* a band must lie inside, not only overlap */

	struct psp_signal_condition signal;
	struct psp_keywords_condition keywords;
};

/* A name whose values the caller supplies at evaluation: `score`. */
struct psp_virtual_field {
	struct psp_slice name;
	enum psp_type type;
};

/* What conditions are read by; all is borrowed. */
struct psp_condition_rules {
	struct psp_arena *arena;              /* conditions live there */
	const struct psp_schema *schema;      /* may be NULL */
	const struct psp_signal_codes *codes; /* NULL: no signals here */
	const struct psp_virtual_field *virtuals;
	size_t n_virtuals;
	const struct psp_node *horizons; /* names of durations, may be NULL */
	enum psp_missing missing;        /* of tests that do not say */
	int32_t today;
};

/* A new node of `kind` in the arena. NULL with PSP_ENOMEM. */
PSP_NODISCARD struct psp_condition *psp_condition_new(
    const struct psp_condition_rules *rules, enum psp_condition_kind kind,
    struct psp_place place, struct psp_error *err);

/* Adds `child` as the last of `parent`. */
void psp_condition_append(
    struct psp_condition *parent, struct psp_condition *child);

/*
 * Completes a FIELD whose name, operator and raw constants are given: finds its
 * type and reads its constants. False with a problem or PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_condition_settle(const struct psp_condition_rules *rules,
    struct psp_condition *field, struct psp_problems *problems,
    struct psp_error *err);

/* The same by the type that a column turned out to have. */
PSP_NODISCARD bool psp_condition_retype(const struct psp_condition_rules *rules,
    struct psp_condition *field, enum psp_type type,
    struct psp_problems *problems, struct psp_error *err);

/* The condition's label, else a short text of its own: "naf", "not (…)",
 * "signal distress". Appends to `out`. PSP_ENOMEM. */
PSP_NODISCARD bool psp_condition_describe(const struct psp_condition *condition,
    struct psp_buffer *out, struct psp_error *err);

/* Values that are worked out from others. */
enum psp_derived {
	PSP_DERIVED_NONE,
	PSP_DERIVED_AGE,          /* whole years since `created` */
	PSP_DERIVED_EXPORT_SHARE, /* export_turnover / turnover */
	PSP_DERIVED_MARGIN,       /* profit / turnover */
	PSP_DERIVED_SILENT        /* no row in the signals file */
};

/* The derived value of this name and its type. */
enum psp_derived psp_derived_find(struct psp_slice name, enum psp_type *type);

/* Whether a signal is needed to decide the condition. */
bool psp_condition_uses_signals(const struct psp_condition *condition);

#endif
