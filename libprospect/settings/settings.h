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

enum psp_node_kind { PSP_NODE_SCALAR, PSP_NODE_MAP, PSP_NODE_LIST };

/*
 * A node. Children of a map carry their key. All texts end in NUL besides
 * having a size. Nodes live as long as the settings they came with.
 */
struct psp_node {
	enum psp_node_kind kind;
	struct psp_slice text; /* of a scalar */
	bool is_quoted;        /* a scalar in '…' or "…", or a block */
	struct psp_slice key;  /* of a child of a map */
	size_t key_line, key_column;
	const char *file;
	size_t line, column;    /* from 1; column in characters */
	struct psp_node *first; /* child of a map or list */
	struct psp_node *next;  /* sibling */
	size_t n_children;
};

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

/* The child of a map with this key, or NULL. `map` may be NULL. */
const struct psp_node *psp_node_get(
    const struct psp_node *map, const char *key);

/* "a map", "a list", "text": for messages. */
const char *psp_node_kind_name(const struct psp_node *node);

/* Adds a problem at the node (its value) or at its key. Returns false. */
bool psp_node_problem(const struct psp_node *node,
    struct psp_problems *problems, const char *format, ...) PSP_PRINTF(3, 4);
bool psp_node_key_problem(const struct psp_node *node,
    struct psp_problems *problems, const char *format, ...) PSP_PRINTF(3, 4);

/*
 * "unknown key 'x' in WHERE; did you mean 'y'? (known: …)" at the node's key.
 * `where` names the map for people, such as "a target". Returns false.
 */
bool psp_node_unknown_key(const struct psp_node *node, const char *where,
    struct psp_slices known, struct psp_problems *problems);

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

/*
 * Reads `map` by the table into `into`, which holds the defaults. `where`
 * names the map for people. Unknown, missing and ill-typed keys are problems,
 * each with its position and the nearest known name. Returns false when it
 * added one. The tools share one file: keys of the whole contract that another
 * tool owns are in `also`, (names ending with NULL, may be NULL) and pass.
 * Without a map (NULL) the defaults stay and nothing is missing. A table and
 * `also` have at most 128 names together, and so have choices.
 */
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
