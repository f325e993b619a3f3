/*
 * The values written in a condition: read by the type they are compared with,
 * and turned into what fits the operator. `ge: 20` of a number is the range
 * from 20 on, `within: 90 days` the days from today - 90 to today; so tests of
 * ordered values are all alike.
 */
#ifndef PSP_TARGETING_CONSTANT_H
#define PSP_TARGETING_CONSTANT_H

#include "libprospect/targeting/cell.h"
#include "libprospect/values/duration.h"

/* Where settings say something. */
struct psp_place {
	const char *file;
	size_t line, column;
};

/* A value written in a condition, and what its type made of it. */
struct psp_constant {
	struct psp_slice text; /* as written */
	struct psp_place place;
	bool is_quoted;

	/* Values that fit the operator, both included, in the type's unit. */
	int64_t first, last;
	bool is_not_employer; /* the headcount NN */
	bool is_word; /* of types read as a number or as words: `normal` counts
	               */
	struct psp_slice normal;
	struct psp_departments departments;
	char low[6], high[6]; /* NAF: the first and last code that fit */
	enum psp_naf_version version;
	struct psp_legal_form form;
};

/* What a constant is read by. */
struct psp_constant_rules {
	enum psp_type type;
	const struct psp_operator *op;
	const struct psp_field_rules *field; /* may be NULL */
	const struct psp_node *horizons;     /* may be NULL */
	int32_t today;
	struct psp_arena *arena;
};

/*
 * Reads `constant->text`. What the type cannot read becomes a problem that says
 * what was expected, with an example. False then, or with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_constant_read(struct psp_constant *constant,
    const struct psp_constant_rules *rules, struct psp_problems *problems,
    struct psp_error *err);

/* Makes `low` the range from it to `high` (both read by PSP_CORE_BETWEEN);
 * false with a problem when that is empty. */
PSP_NODISCARD bool psp_constant_join(struct psp_constant *low,
    const struct psp_constant *high, enum psp_type type,
    struct psp_problems *problems);

/*
 * The type of a header without one, by what it is compared with; TEXT when the
 * constants are not all of one kind.
 */
enum psp_type psp_constant_guess(const struct psp_constant *constants, size_t n,
    const struct psp_operator *op);

/* Reads a duration or the name of a horizon; false when it is neither. */
bool psp_constant_duration(struct psp_slice text,
    const struct psp_node *horizons, struct psp_duration *duration);

/* Adds the problem that `type` cannot read the constant. Returns false. */
bool psp_constant_refuse(const struct psp_constant *constant,
    enum psp_type type, struct psp_problems *problems);

/* Whether a text is made of digits alone. */
bool psp_all_digits(struct psp_slice text);

/* Adds a problem at `place`. Returns false. */
bool psp_place_problem(struct psp_place place, struct psp_problems *problems,
    const char *format, ...) PSP_PRINTF(3, 4);

#endif
