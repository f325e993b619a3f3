/*
 * Settings: YAML text to a tree of nodes with positions, and from there to
 * values by a table of keys. libyaml gives events and no types: a scalar is
 * text until the key's type reads it. Whatever is wrong is added to a list of
 * problems, so that a user sees all of it at once; aliases, anchors, tags,
 * merge keys, repeated keys and a second document are refused.
 */
#ifndef PSP_SETTINGS_SETTINGS_H
#define PSP_SETTINGS_SETTINGS_H

#include <stdint.h>

#include "libprospect/base/arena.h"
#include "libprospect/base/buffer.h"
#include "libprospect/base/problems.h"
#include "libprospect/settings/node.h"

struct psp_settings {
	struct psp_node *root; /* a map; NULL before the first load */
	struct psp_arena arena;
};

void psp_settings_init(struct psp_settings *settings);

void psp_settings_clear(struct psp_settings *settings);

/*
 * Reads the file `path` ("-" is not accepted) and merges it over what is
 * there: maps key by key, anything else replaced by the later. Problems of the
 * text (not UTF-8, syntax, limits: 1 MiB, depth 64, 100,000 nodes) go to
 * `problems`, with a hint where the slip is a usual one (a regex in double
 * quotes, `*.csv`, a tab as indentation, `key: a: b`, ` #` in a value).
 * Returns false when a problem was added, and with PSP_EUSAGE (for "-"),
 * PSP_EIO or PSP_ENOMEM in `err`. A text whose syntax is wrong leaves the tree
 * as it was; one with lesser faults (a repeated key, an anchor) is merged all
 * the same, so that callers can go on and look for more.
 */
PSP_NODISCARD bool psp_settings_load(struct psp_settings *settings,
    const char *path, struct psp_problems *problems, struct psp_error *err);

/* The same from memory; `name` stands for the file in messages. */
PSP_NODISCARD bool psp_settings_parse(struct psp_settings *settings,
    struct psp_slice text, const char *name, struct psp_problems *problems,
    struct psp_error *err);

/* Appends the tree as YAML that reads back as the same tree. PSP_ENOMEM. */
PSP_NODISCARD bool psp_settings_print(
    const struct psp_node *node, struct psp_buffer *out, struct psp_error *err);

/* Types that a key can have. */
enum psp_key_type {
	PSP_KEY_TEXT,    /* struct psp_slice, borrowed from the tree */
	PSP_KEY_BOOL,    /* bool: true or false only, others with a hint */
	PSP_KEY_INTEGER, /* int64_t, strictly decimal */
	PSP_KEY_NUMBER,  /* int64_t, hundredths: -15, 0.5; `1,5` has a hint */
	PSP_KEY_CHOICE,  /* int: the index of one of `choices` */
	PSP_KEY_MAP,     /* const struct psp_node * of that kind */
	PSP_KEY_LIST,
	PSP_KEY_NODE /* const struct psp_node *, whatever it is */
};

/* A row of a table of keys; a table ends with a row whose name is NULL. */
struct psp_key {
	const char *name;
	enum psp_key_type type;
	bool is_required;
	size_t offset;              /* of the value in the caller's struct */
	const char *const *choices; /* ends with NULL */
};

#define PSP_KEY(name, type, structure, member)                                 \
	{                                                                      \
		name, type, false, offsetof(structure, member), NULL           \
	}
#define PSP_KEY_REQUIRED(name, type, structure, member)                        \
	{                                                                      \
		name, type, true, offsetof(structure, member), NULL            \
	}
#define PSP_KEY_OF(name, structure, member, choices)                           \
	{                                                                      \
		name, PSP_KEY_CHOICE, false, offsetof(structure, member),      \
		    choices                                                    \
	}
#define PSP_KEY_END                                                            \
	{                                                                      \
		NULL, PSP_KEY_NODE, false, 0, NULL                             \
	}

/* A table and what it fills, which holds the defaults. */
struct psp_key_table {
	const struct psp_key *keys;
	void *into;
};

/*
 * Reads `map` by one or several tables. `where` names the map for people.
 * Unknown, missing and ill-typed keys are problems, each with its position and
 * the nearest known name. Returns false when it added one. Keys in `also`
 * (names ending with NULL, may be NULL) pass. Without a map (NULL) the defaults
 * stay and nothing is missing. The tables and `also` have at most 128 names
 * together, and so have choices. The top level of a file: see file.h.
 */
PSP_NODISCARD bool psp_settings_read_tables(const struct psp_node *map,
    const char *where, const struct psp_key_table *tables, size_t n_tables,
    const char *const *also, struct psp_problems *problems);

/* The same by one table, into `into`. */
PSP_NODISCARD bool psp_settings_read(const struct psp_node *map,
    const char *where, const struct psp_key *keys, const char *const *also,
    void *into, struct psp_problems *problems);

/* A scalar by type, with the same problems. */
PSP_NODISCARD bool psp_node_bool(
    const struct psp_node *node, bool *value, struct psp_problems *problems);
PSP_NODISCARD bool psp_node_integer(
    const struct psp_node *node, int64_t *value, struct psp_problems *problems);
PSP_NODISCARD bool psp_node_hundredths(
    const struct psp_node *node, int64_t *value, struct psp_problems *problems);

#endif
