/* The names of all criteria, hashed: what a settings file with thousands of
 * names needs. registry.h finds the same without memory, one by one. */
#ifndef PSP_COLUMNS_NAMES_H
#define PSP_COLUMNS_NAMES_H

#include "libprospect/base/map.h"
#include "libprospect/columns/registry.h"

struct psp_names {
	struct psp_map places; /* of keys: criteria first, then aliases */
};

/* Puts all names in. PSP_ENOMEM; to be cleared then too. */
PSP_NODISCARD bool psp_names_init(
    struct psp_names *names, struct psp_error *err);

void psp_names_clear(struct psp_names *names);

/* As psp_registry_find. */
const struct psp_criterion *psp_names_find(const struct psp_names *names,
    struct psp_slice key, const struct psp_alias **alias);

#endif
