/*
 * A targeting file and what the command line adds to it: the columns, the
 * target that was chosen, and its criteria one by one for --explain and
 * --funnel.
 *
 * The target, each -e, and the -k together must all hold; of several -k any
 * will do, as of a list `keywords: {any: …}`. With none, every record passes.
 */
#ifndef PSP_TARGETING_TARGETS_H
#define PSP_TARGETING_TARGETS_H

#include "libprospect/targeting/terms.h"

/* What the command line says. Texts are borrowed until the free. */
struct psp_targets_options {
	const char *target; /* --target; NULL: the only one, or none */
	bool all_targets;   /* no target is asked for: --check looks at all */
	const char *const *expressions; /* -e */
	size_t n_expressions;
	const char *const *keywords; /* -k */
	size_t n_keywords;
	int32_t today;
};

/* A target or segment. */
struct psp_target {
	struct psp_slice name;
	struct psp_slice label; /* the name when none was given */
	struct psp_condition *condition;
};

struct psp_targets;

/*
 * Reads the tree of a targeting file (`root` may be NULL: no file) with the
 * options of the command. The schema gets `columns:` and `fields:`. All is
 * borrowed until the free. NULL with problems, or PSP_ENOMEM in `err`.
 */
PSP_NODISCARD struct psp_targets *psp_targets_new(const struct psp_node *root,
    const struct psp_targets_options *options, struct psp_schema *schema,
    struct psp_problems *problems, struct psp_error *err);

void psp_targets_free(struct psp_targets *targets);

/* The key, the signal codes and what the conditions were read by. */
const struct psp_terms *psp_targets_terms(const struct psp_targets *targets);

/* All of what a record must hold to pass, one condition. */
const struct psp_condition *psp_targets_condition(
    const struct psp_targets *targets);

/* The target chosen, or NULL: none in the file. */
const struct psp_target *psp_targets_chosen(const struct psp_targets *targets);

/*
 * The criteria that make up psp_targets_condition, `*n` of them in written
 * order: what stands in a target's `all` one by one, its `any`, `not`,
 * `at_least`, each of its signals and keywords, each -e and the -k.
 */
const struct psp_condition *const *psp_targets_criteria(
    const struct psp_targets *targets, size_t *n);

/* All targets of the file in their order. */
const struct psp_target *psp_targets_all(
    const struct psp_targets *targets, size_t *n);

/* The segments of the file in their order; without `segments:` its targets. */
const struct psp_target *psp_targets_segments(
    const struct psp_targets *targets, size_t *n);

/* Whether a condition that will be asked needs the signals file; `segments`
 * adds those of the segments. */
bool psp_targets_use_signals(const struct psp_targets *targets, bool segments);

#endif
