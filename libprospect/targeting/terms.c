/* The terms of a settings file; see the header. */
#include <config.h>

#include "libprospect/targeting/terms.h"

#include "libprospect/values/duration.h"

/* Names for durations, those that nothing uses too. */
static bool
check_horizons(const struct psp_node *map, struct psp_problems *problems)
{
	const struct psp_node *node = map != NULL ? map->first : NULL;
	struct psp_duration duration;
	bool is_good = true;

	for (; node != NULL; node = node->next)
		if (node->kind != PSP_NODE_SCALAR
		    || !psp_duration_read(node->text, &duration))
			is_good = psp_node_problem(node, problems,
			    "'%.*s': a duration such as 90 days or 3 months "
			    "expected, found '%.*s'",
			    PSP_SLICE_ARGS(node->key),
			    PSP_SLICE_ARGS(node->text));
	return is_good;
}

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
	is_good = check_horizons(common->horizons, problems) && is_good;
	is_good = psp_schema_add_columns(schema, common->columns, problems, err)
	          && is_good;
	is_good = psp_schema_add_fields(schema, common->fields, problems, err)
	          && is_good;
	return is_good && terms->key != NULL;
}
