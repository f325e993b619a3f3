/* The rows of the registry: data only. */
#ifndef PSP_COLUMNS_ALIASES_H
#define PSP_COLUMNS_ALIASES_H

#include "libprospect/columns/registry.h"

/* The rows of one criterion stand together; ends with a NULL key. */
extern const struct psp_alias psp_aliases[];

/* Headers that tell of a file of records that people enter and change. */
extern const struct psp_alias psp_record_signs;

#endif
