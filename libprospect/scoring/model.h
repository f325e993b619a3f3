/*
 * A scoring file, read and checked: groups of rules that give or take points,
 * what disqualifies, classes and grades; or several scores of that kind, each
 * with a name. It needs no header; score_plan.h binds a score to one.
 *
 *   groups: {fit: {max: 60, rules: [...]}, ...}     points
 *   score: {min: 0, max: 100}                       their sum, cut
 *   disqualify: [...]                               whatever the sum
 *   grid: {...}, classes: [...]                     what it is called
 *
 * Points are hundredths throughout.
 */
#ifndef PSP_SCORING_MODEL_H
#define PSP_SCORING_MODEL_H

#include "libprospect/targeting/terms.h"

/* No bound, no cap. */
#define PSP_POINTS_NONE INT64_MIN

/* The most points a file can speak of, in hundredths: a million. */
enum { PSP_MAX_POINTS = 100000000 };

enum psp_rule_kind {
	PSP_RULE_WHEN,  /* a condition */
	PSP_RULE_BINS,  /* ranges of a field */
	PSP_RULE_MAP,   /* values of a field */
	PSP_RULE_SIGNAL /* each occurrence of a signal */
};

/* A bin, or a value of a map: a test of the rule's field, and its points. */
struct psp_choice {
	struct psp_condition *condition; /* of a bin: between two bounds */
	int64_t points;
};

struct psp_rule {
	enum psp_rule_kind kind;
	struct psp_place place;
	struct psp_slice name;    /* field, signal or the condition in words */
	struct psp_slice because; /* the name when not said */
	int64_t points;           /* WHEN; of one occurrence of a SIGNAL */
	struct psp_condition *when;
	struct psp_choice *choices; /* BINS, MAP, in written order */
	size_t n_choices;
	int64_t otherwise; /* no choice fits */
	int64_t missing;   /* the field or condition is unknown */
	size_t code;       /* SIGNAL */
	int64_t cap;       /* SIGNAL, with the sign of its points, or NONE */
	int32_t half_life; /* SIGNAL, in days; 0: no decay */
	int64_t weight;    /* the most it can give or take */
};

struct psp_group {
	struct psp_slice name;
	struct psp_place place;
	int64_t min, max; /* or NONE */
	struct psp_rule *rules;
	size_t n_rules;
	size_t first_rule; /* number of its first rule among all */
};

struct psp_disqualifier {
	struct psp_condition *when;
	struct psp_slice because; /* the condition in words when not said */
};

/* How many of the best records: see quotas.h. */
struct psp_quota {
	int64_t share; /* thousandths of a percent; 0: the count */
	size_t count;
};

struct psp_class {
	struct psp_slice name;
	struct psp_slice label;     /* the name when not said */
	struct psp_condition *when; /* NULL: all that come to it */
	bool has_quota;
	struct psp_quota quota;
};

/* A step of a grade: `name` from so many points of the group on. */
struct psp_grade_step {
	struct psp_slice name;
	int64_t points;
};

/* What one group gives to the grade. */
struct psp_grade_axis {
	size_t group;
	struct psp_grade_step *steps; /* best first */
	size_t n_steps;
};

/* Turns a score into a chance: see logistic.h. */
struct psp_chance_rule {
	bool is_there;
	int64_t intercept, slope; /* millionths */
	int64_t base_rate;        /* millionths, above 0; 0: not said */
};

/* Results that classes can ask for, as virtual fields in this order, the
 * groups last. */
enum psp_result_slot {
	PSP_SLOT_SCORE,
	PSP_SLOT_COVERAGE,
	PSP_SLOT_GRADE,
	PSP_SLOT_PROBABILITY,
	PSP_SLOT_LIFT,
	PSP_SLOT_GROUPS
};

struct psp_model {
	struct psp_slice name;   /* under `scores:`; empty: the one without */
	struct psp_slice label;  /* the name when not said */
	struct psp_arena *arena; /* these two are the file's */
	const struct psp_terms *terms;
	/* What conditions of classes are read by: as those of rules, and with
	 * the results. */
	struct psp_condition_rules class_rules;
	int64_t min, max; /* of the score, or NONE */
	struct psp_group *groups;
	size_t n_groups;
	size_t n_rules; /* of all groups */
	struct psp_disqualifier *disqualifiers;
	size_t n_disqualifiers;
	struct psp_class *classes;
	size_t n_classes;
	bool has_quotas;             /* a class has one */
	struct psp_grade_axis *axes; /* of the grid */
	size_t n_axes;
	bool has_grid;
	struct psp_chance_rule chance; /* `probability:` */
	bool has_signal_rules;
	bool uses_signals; /* rules or conditions do */
};

/* The scores of a file, at least one: that without a name, then those of
 * `scores:` as written. */
struct psp_models {
	struct psp_arena arena;
	struct psp_terms terms;
	struct psp_model *items;
	size_t n;
	bool use_signals; /* any of them does */
};

/*
 * Reads the tree of a scoring file; keys that other tools own pass. The schema
 * gets `columns:` and `fields:`. `root` (may be NULL: no file) and `schema` are
 * borrowed until the free. Half-lives in months are counted from `today` back
 * by the calendar, so that a signal of this day six months ago has half its
 * points at a half-life of 6 months. NULL with problems, or PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_models *psp_models_new(const struct psp_node *root,
    struct psp_schema *schema, int32_t today, struct psp_problems *problems,
    struct psp_error *err);

void psp_models_free(struct psp_models *models);

#endif
