/* Settings as the common options give them; see the header. */
#include <config.h>

#include "cmd/cli/settings.h"

#include "cmd/cli/common.h"

void
cli_settings_init(struct cli_settings *settings)
{
	psp_settings_init(&settings->tree);
	psp_settings_init(&settings->columns);
	settings->schema = NULL;
}

void
cli_settings_clear(struct cli_settings *settings)
{
	psp_schema_free(settings->schema);
	psp_settings_clear(&settings->columns);
	psp_settings_clear(&settings->tree);
	cli_settings_init(settings);
}

/* Reads --columns and --column into the schema. */
static bool
load_columns(struct cli_settings *settings, struct cli_run *run)
{
	if (cli_common.columns_file != NULL
	    && (!cli_run_keep(run, "--columns", cli_common.columns_file)
		|| !psp_settings_load(&settings->columns,
		    cli_common.columns_file, &run->problems, &run->err)
		|| !psp_schema_add_columns_file(settings->schema,
		    settings->columns.root, &run->problems, &run->err)))
		return false;
	for (size_t i = 0; i < cli_common.columns.n; i++)
		if (!psp_schema_add_option(settings->schema,
			cli_common.columns.items[i], &run->err))
			return false;
	return true;
}

bool
cli_settings_load(struct cli_settings *settings, struct cli_run *run)
{
	bool is_right = true;

	settings->schema = psp_schema_new(&run->err);
	if (settings->schema == NULL)
		return false;
	for (size_t i = 0; i < cli_common.settings.n; i++)
		if (!cli_run_keep(
			run, "--config", cli_common.settings.items[i]))
			return false;
	for (size_t i = 0; i < cli_common.settings.n; i++)
		if (!psp_settings_load(&settings->tree,
			cli_common.settings.items[i], &run->problems,
			&run->err))
			is_right = false;
	return load_columns(settings, run) && is_right;
}

/* A tree, if there is one. */
static bool
put_tree(const struct psp_settings *tree, struct psp_buffer *text,
    struct psp_error *err)
{
	return tree->root == NULL || psp_settings_print(tree->root, text, err);
}

enum cli_result
cli_settings_print(const struct cli_settings *settings, struct cli_run *run)
{
	struct psp_buffer text;
	bool is_done;

	psp_buffer_init(&text);
	is_done =
	    put_tree(&settings->tree, &text, &run->err)
	    && cli_run_output(run, &run->err)
	    && cli_output_write(&run->output, text.bytes, text.size, &run->err);
	psp_buffer_clear(&text);
	return is_done ? CLI_OK : CLI_FAILED;
}

bool
cli_settings_describe(const struct cli_settings *settings,
    struct psp_buffer *text, struct psp_error *err)
{
	bool is_done = put_tree(&settings->tree, text, err)
	               && put_tree(&settings->columns, text, err);

	for (size_t i = 0; is_done && i < cli_common.columns.n; i++)
		is_done = psp_buffer_format(
		    text, err, "column %s\n", cli_common.columns.items[i]);
	return is_done;
}
