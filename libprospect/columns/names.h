/* The names of all criteria, hashed: what a settings file with thousands of
 * names needs. registry.h finds the same without memory, one by one. */
#ifndef PSP_COLUMNS_NAMES_H
#define PSP_COLUMNS_NAMES_H

#include "libprospect/columns/registry.h"

enum { PSP_NAMES_SIZE = 4096 }; /* a power of two, far above their number */

struct psp_name_mark {
	uint16_t hash;
	uint16_t place; /* from 1; 0 of an empty mark */
};

struct psp_names {
	struct psp_name_mark marks[PSP_NAMES_SIZE];
};

/* Puts all names in. */
void psp_names_init(struct psp_names *names);

/* As psp_registry_find. */
const struct psp_criterion *psp_names_find(const struct psp_names *names,
    struct psp_slice key, const struct psp_alias **alias);

#endif
