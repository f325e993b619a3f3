/*
 * YAML text to a tree of nodes: what settings.c asks of the only file that
 * meets libyaml.
 */
#ifndef PSP_SETTINGS_YAML_H
#define PSP_SETTINGS_YAML_H

#include "libprospect/base/arena.h"
#include "libprospect/settings/node.h"

/* Limits of one file. */
enum {
	PSP_YAML_MAX_SIZE = 1024 * 1024,
	PSP_YAML_MAX_DEPTH = 64,
	PSP_YAML_MAX_NODES = 100000
};

/*
 * Reads `text` into nodes of `arena`; `name`, which stands for the file in
 * messages, must live as long. `*root` is the top map, or NULL when reading
 * had to stop: then a problem was added or `err` holds PSP_ENOMEM. Problems
 * that reading survives (a repeated key, an anchor) leave a tree without the
 * part in question. Returns whether nothing was wrong.
 */
PSP_NODISCARD bool psp_yaml_read(struct psp_slice text, const char *name,
    struct psp_arena *arena, struct psp_problems *problems,
    struct psp_node **root, struct psp_error *err);

#endif
