/* What the user said of columns, as the binding asks for it. */
#ifndef PSP_COLUMNS_SCHEMA_H
#define PSP_COLUMNS_SCHEMA_H

#include "libprospect/columns/registry.h"

/* Who said it; the higher wins. */
enum psp_said_by { PSP_SAID_SETTINGS, PSP_SAID_FILE, PSP_SAID_OPTION };

/* One `name: header`, `name: {position: N}` or `name: null`. */
struct psp_said {
	const struct psp_said *before;         /* said of the same */
	struct psp_slice name;                 /* as written */
	struct psp_slice key;                  /* of the name */
	const struct psp_criterion *criterion; /* NULL: a name of the user's */
	const struct psp_alias *alias;         /* when the name is one */
	enum psp_said_by by;
	struct psp_slice header; /* empty: by position */
	size_t position;         /* from 1 */
	bool is_absent;          /* no column is it, whatever it is called */
};

/*
 * What was said of a criterion, or of the name with this key when `criterion`
 * is NULL: the highest, of equals the latest. NULL when nothing was; `schema`
 * may be NULL.
 */
const struct psp_said *psp_schema_said(const struct psp_schema *schema,
    const struct psp_criterion *criterion, struct psp_slice key);

/* As psp_registry_find; `schema` may be NULL. */
const struct psp_criterion *psp_schema_find(const struct psp_schema *schema,
    struct psp_slice key, const struct psp_alias **alias);

/* The rules of a criterion or of a key, as psp_schema_rules. */
const struct psp_field_rules *psp_schema_rules_of(
    const struct psp_schema *schema, const struct psp_criterion *criterion,
    struct psp_slice key);

#endif
