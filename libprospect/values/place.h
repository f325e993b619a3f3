/*
 * Departments and regions of France. A department is a small number (its rank
 * in the list), so that a set of them is a bitmap. Source: INSEE, code
 * officiel géographique 2026; La Poste for the postal codes that lie about
 * their department.
 */
#ifndef PSP_VALUES_PLACE_H
#define PSP_VALUES_PLACE_H

#include <stdint.h>

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"

enum { PSP_MAX_DEPARTMENTS = 128 };

/* A set of departments by rank. A cell is usually one; `20` is both Corsican
 * ones. */
struct psp_departments {
	uint64_t bits[PSP_MAX_DEPARTMENTS / 64];
};

/*
 * The department(s) of a cell or a settings word: a code (`01`, `1`, `2A`,
 * `20`, `971`), a name without case and accents (`Bouches-du-Rhône`), or both
 * when they agree (`75 - Paris`). False when not understood.
 */
PSP_NODISCARD bool psp_department_read(
    struct psp_slice cell, struct psp_departments *departments);

/*
 * The same from a postal code (`1000` for `01000` too, CEDEX by its prefix;
 * where a code spans two departments, the main one) and from a commune code,
 * which tells best.
 */
PSP_NODISCARD bool psp_department_from_postcode(
    struct psp_slice cell, struct psp_departments *departments);
PSP_NODISCARD bool psp_department_from_commune(
    struct psp_slice cell, struct psp_departments *departments);

/* The postal code with its leading zero back, in five digits and a NUL. True
 * for any five digits: whether they lead anywhere is the department's affair.
 */
PSP_NODISCARD bool psp_postcode_read(struct psp_slice cell, char text[6]);

/*
 * The departments of a region, by its name (`Île-de-France`, `ile_de_france`),
 * its INSEE code, an old name of before 2016 (`Rhône-Alpes`), or a named group:
 * `metropole`, `france`, `outre_mer` (drom and com), `drom`.
 */
PSP_NODISCARD bool psp_region_read(
    struct psp_slice name, struct psp_departments *departments);

/* The code of a department of the set, by rank: for labels. NULL past the
 * end. */
const char *psp_department_code(size_t rank);

static inline bool
psp_departments_meet(
    const struct psp_departments *a, const struct psp_departments *b)
{
	return ((a->bits[0] & b->bits[0]) | (a->bits[1] & b->bits[1])) != 0;
}

/* Whether all of `a` are in `b`. */
static inline bool
psp_departments_within(
    const struct psp_departments *a, const struct psp_departments *b)
{
	return ((a->bits[0] & ~b->bits[0]) | (a->bits[1] & ~b->bits[1])) == 0;
}

#endif
