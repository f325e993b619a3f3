/* The top level of a settings file; see the header. */
#include <config.h>

#include "libprospect/settings/file.h"

#include <assert.h>

/* The policies of enum psp_missing, in its order. */
static const char *const policies[] = { "unknown", "fail", "pass", NULL };

static const struct psp_key common_keys[] = {
	PSP_KEY("version", PSP_KEY_INTEGER, struct psp_file_keys, version),
	PSP_KEY("columns", PSP_KEY_NODE, struct psp_file_keys, columns),
	PSP_KEY("fields", PSP_KEY_NODE, struct psp_file_keys, fields),
	PSP_KEY_OF("missing", struct psp_file_keys, missing, policies),
	PSP_KEY("key", PSP_KEY_TEXT, struct psp_file_keys, key),
	PSP_KEY("signal_codes", PSP_KEY_LIST, struct psp_file_keys, codes),
	PSP_KEY("horizons", PSP_KEY_MAP, struct psp_file_keys, horizons),
	PSP_KEY_END,
};

/* clang-format off */
/* What the files of all tools have besides. */
static const char *const tool_keys[] = {
	/* prospect-filter */
	"targets", "segments",
	/* prospect-score */
	"scores", "score", "groups", "disqualify", "grid", "classes", "probability",
	/* prospect-ratios */
	"session", "outcomes", "ratios", "advice", "reasons", "pressure",
	"effort",
	/* prospect-pipeline */
	"tracks", "stages", "transitions", "qualification", "families",
	"alerts", "snooze_max", "currency",
	/* prospect-watch */
	"watch", "ignore", "dedupe",
	NULL,
};
/* clang-format on */

/* Whether all keys of a tool are in the list: else they would be unknown to
 * the other tools. */
static bool
are_listed(const struct psp_key *keys)
{
	for (; keys->name != NULL; keys++) {
		size_t i = 0;

		while (tool_keys[i] != NULL
		       && strcmp(tool_keys[i], keys->name) != 0)
			i++;
		if (tool_keys[i] == NULL)
			return false;
	}
	return true;
}

bool
psp_file_has_key(struct psp_slice name)
{
	for (const struct psp_key *key = common_keys; key->name != NULL; key++)
		if (psp_slice_is(name, key->name))
			return true;
	for (size_t i = 0; tool_keys[i] != NULL; i++)
		if (psp_slice_is(name, tool_keys[i]))
			return true;
	return false;
}

bool
psp_file_read(const struct psp_node *root, const char *where,
    const struct psp_key *keys, void *into, struct psp_file_keys *common,
    struct psp_problems *problems)
{
	const struct psp_key_table tables[] = { { common_keys, common },
		{ keys, into } };
	bool is_good;

	assert(are_listed(keys));
	memset(common, 0, sizeof(*common));
	common->version = 1;
	is_good = psp_settings_read_tables(root, where, tables,
	    sizeof(tables) / sizeof(tables[0]), tool_keys, problems);
	if (common->version != 1)
		is_good =
		    psp_node_problem(psp_node_get(root, "version"), problems,
			"version %lld of the settings is not known: expected 1",
			(long long)common->version);
	return is_good;
}
