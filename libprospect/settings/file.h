/*
 * The top level of a settings file: the keys that files of all tools have, and
 * those of the tool that reads it. One file may serve several tools, so keys
 * that are another tool's pass; the one list of them is in file.c.
 *
 *   version: 1            common      read into struct psp_file_keys
 *   key: siret            common
 *   groups: {...}         its own     read by the tool's table
 *   stages: {...}         of others   passed over
 *   grups: {...}          unknown     a problem, with the nearest name
 */
#ifndef PSP_SETTINGS_FILE_H
#define PSP_SETTINGS_FILE_H

#include "libprospect/settings/settings.h"

/* What the common keys say. Nodes are NULL where nothing is said. */
struct psp_file_keys {
	int64_t version; /* 1 */
	/* What becomes of the unknown: an enum psp_missing. */
	int missing;
	struct psp_slice key;            /* empty when not said */
	const struct psp_node *columns;  /* for psp_schema_add_columns */
	const struct psp_node *fields;   /* for psp_schema_add_fields */
	const struct psp_node *codes;    /* for psp_signal_codes_add */
	const struct psp_node *horizons; /* names of durations */
};

/* Whether files of some tool have this key. */
bool psp_file_has_key(struct psp_slice name);

/*
 * Reads the top level of a file. `where` names it for people ("scoring
 * settings"); `keys` are the tool's own, read `into` its defaults; `common`
 * becomes what the common keys say. Every key of `keys` must be in the list of
 * file.c. `root` may be NULL: no file, the defaults. False with problems.
 */
PSP_NODISCARD bool psp_file_read(const struct psp_node *root, const char *where,
    const struct psp_key *keys, void *into, struct psp_file_keys *common,
    struct psp_problems *problems);

#endif
