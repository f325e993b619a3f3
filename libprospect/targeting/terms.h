/*
 * The terms in which a settings file speaks: the key that joins its records to
 * signals, its signal codes, and what its conditions are read by. The same for
 * every tool whose files have conditions.
 */
#ifndef PSP_TARGETING_TERMS_H
#define PSP_TARGETING_TERMS_H

#include "libprospect/settings/file.h"
#include "libprospect/targeting/condition.h"

/* Its rules point to its codes, so it stays where it was made ready. */
struct psp_terms {
	const char *key; /* "siren" when not said */
	struct psp_signal_codes codes;
	struct psp_condition_rules rules;
};

/*
 * Makes them ready from the common keys of a file; the schema gets `columns:`
 * and `fields:`. All arguments but `common` are borrowed as long as the terms
 * are used; the nodes of `common` too. False with problems or PSP_ENOMEM; the
 * rules can be used all the same where `err` is empty, to look for more.
 */
PSP_NODISCARD bool psp_terms_init(struct psp_terms *terms,
    const struct psp_file_keys *common, struct psp_arena *arena,
    struct psp_schema *schema, int32_t today, struct psp_problems *problems,
    struct psp_error *err);

#endif
