/*
 * Ratios: what is divided by what, and in which unit it is counted. Those of
 * the method are built in; settings change them and add others.
 *
 *   appointment_rate: {num: appointment, den: pitched, unit: person}
 */
#ifndef PSP_CALLS_RATIOS_H
#define PSP_CALLS_RATIOS_H

#include "libprospect/calls/outcomes.h"
#include "libprospect/settings/settings.h"

/* What is counted once. */
enum psp_unit { PSP_UNIT_CALL, PSP_UNIT_COMPANY, PSP_UNIT_PERSON, PSP_N_UNITS };

enum psp_denominator { PSP_PER_MARK, PSP_PER_HOUR, PSP_PER_SESSION };

struct psp_ratio {
	struct psp_slice name;
	enum psp_mark num;
	enum psp_denominator per;
	enum psp_mark den; /* of PSP_PER_MARK: counted where both hold */
	enum psp_unit unit;
	bool has_unit; /* --unit may change it */
	bool has_target;
	int64_t target; /* millionths */
};

struct psp_ratios {
	struct psp_ratio *items;
	size_t n;
	struct psp_arena arena;
};

extern const char *const psp_unit_names[]; /* ends with NULL */

/*
 * The built-in ratios, then what `map` (node `ratios:`) changes or adds and
 * `targets` (node `targets:`) demands; both may be NULL. Problems, PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_ratios_init(struct psp_ratios *ratios,
    const struct psp_node *map, const struct psp_node *targets,
    struct psp_problems *problems, struct psp_error *err);

void psp_ratios_clear(struct psp_ratios *ratios);

/* --unit: all ratios that have a unit take this one. */
void psp_ratios_set_unit(struct psp_ratios *ratios, enum psp_unit unit);

/* The ratio of this name, or NULL. */
const struct psp_ratio *psp_ratios_find(
    const struct psp_ratios *ratios, struct psp_slice name);

/* What is counted of one cell: of each ratio what holds and what of. */
struct psp_fraction {
	size_t num, den; /* den of PSP_PER_MARK and PSP_PER_SESSION */
	int64_t seconds; /* of PSP_PER_HOUR; 0: no hours are known */
};

/* The value in millionths, rounded half up; false when the denominator is
 * empty. */
bool psp_fraction_millionths(const struct psp_ratio *ratio,
    const struct psp_fraction *fraction, int64_t *millionths);

/* The value: a rate or a level; NaN when the denominator is empty. */
double psp_fraction_value(
    const struct psp_ratio *ratio, const struct psp_fraction *fraction);

#endif
