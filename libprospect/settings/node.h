/*
 * A node of a settings tree: what a YAML text says and where it says so.
 */
#ifndef PSP_SETTINGS_NODE_H
#define PSP_SETTINGS_NODE_H

#include "libprospect/base/problems.h"
#include "libprospect/base/slice.h"

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

#endif
