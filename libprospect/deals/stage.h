/* Reading a stage file: what its two parts share. */
#ifndef PSP_DEALS_STAGE_H
#define PSP_DEALS_STAGE_H

#include "libprospect/deals/handbook.h"

/* A stage file being read. */
struct psp_handbook_reading {
	struct psp_handbook *handbook;
	struct psp_problems *problems;
	struct psp_error *err;
};

/*
 * Reads the map `stages:` into the handbook: first the names of all, then what
 * each says, since stages speak of one another. False with problems or
 * PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_stages_read(
    const struct psp_handbook_reading *reading, const struct psp_node *map);

/* Reads a list of facts, such as `[decision_maker, object]`, into a set.
 * `node` may be NULL: none. */
PSP_NODISCARD bool psp_facts_read(const struct psp_handbook_reading *reading,
    const struct psp_node *node, uint32_t *facts);

/* Reads a duration or the name of a horizon. `*is_there` tells whether there
 * was one; a `node` of NULL is none. */
PSP_NODISCARD bool psp_handbook_duration(
    const struct psp_handbook_reading *reading, const struct psp_node *node,
    struct psp_duration *duration, bool *is_there);

/* Reads a share such as 0.3 or 30 % into millionths, from 0 to 1. */
PSP_NODISCARD bool psp_share_read(const struct psp_handbook_reading *reading,
    const struct psp_node *node, int64_t *millionths);

/* The stage that a node names; PSP_NO_STAGE after a problem. */
size_t psp_stage_named(
    const struct psp_handbook_reading *reading, const struct psp_node *node);

/* Reads a list of texts into the handbook's arena; `node` may be NULL. */
PSP_NODISCARD bool psp_texts_read(const struct psp_handbook_reading *reading,
    const struct psp_node *node, struct psp_slice **texts, size_t *n);

#endif
