/* The terms of a settings file; see the header. */
#include <config.h>

#include "libprospect/targeting/terms.h"

bool
psp_terms_init(struct psp_terms *terms, const struct psp_file_keys *common,
    struct psp_arena *arena, struct psp_schema *schema, int32_t today,
    struct psp_problems *problems, struct psp_error *err)
{
	bool is_good;

	memset(terms, 0, sizeof(*terms));
	terms->rules.arena = arena;
	terms->rules.schema = schema;
	terms->rules.codes = &terms->codes;
	terms->rules.horizons = common->horizons;
	terms->rules.missing = (enum psp_missing)common->missing;
	terms->rules.today = today;
	terms->key = "siren";
	if (common->key.size > 0)
		terms->key = psp_arena_copy(arena, common->key, err);
	psp_signal_codes_init(&terms->codes);
	is_good = psp_signal_codes_add(&terms->codes, common->codes, problems);
	is_good = psp_schema_add_columns(schema, common->columns, problems, err)
	          && is_good;
	is_good = psp_schema_add_fields(schema, common->fields, problems, err)
	          && is_good;
	return is_good && terms->key != NULL;
}
