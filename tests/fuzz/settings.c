/*
 * Settings: a YAML text, or two of them parted by a form feed, the second
 * merged over the first. What is read must print as YAML that reads as the
 * same, whatever is wrong must be said with its place, the line ends of Windows
 * must not count, and a table of keys must be able to read it.
 */
#include <config.h>

#include "tests/fuzz/fuzz.h"

#include "libprospect/settings/settings.h"

/* What a table of all types reads into. */
struct values {
	struct psp_slice text;
	bool flag;
	int64_t integer, number;
	int choice;
	const struct psp_node *map, *list, *node;
};

static const char *const choices[] = { "drop", "keep", "only", NULL };
static const char *const others[] = { "version", "columns", NULL };
static const struct psp_key keys[] = {
	PSP_KEY("key", PSP_KEY_TEXT, struct values, text),
	PSP_KEY("required", PSP_KEY_BOOL, struct values, flag),
	PSP_KEY("min", PSP_KEY_INTEGER, struct values, integer),
	PSP_KEY("max", PSP_KEY_NUMBER, struct values, number),
	PSP_KEY_OF("unknown", struct values, choice, choices),
	PSP_KEY("fields", PSP_KEY_MAP, struct values, map),
	PSP_KEY("rules", PSP_KEY_LIST, struct values, list),
	PSP_KEY("when", PSP_KEY_NODE, struct values, node),
	PSP_KEY_END,
};

/* Texts end in NUL, places are places, and children are counted. */
static void
check_node(const struct psp_node *node)
{
	size_t n = 0;

	fuzz_must(node->line > 0 && node->column > 0 && node->file != NULL,
	    "a node has a place");
	if (node->kind == PSP_NODE_SCALAR)
		fuzz_must(node->first == NULL
			      && node->text.bytes[node->text.size] == '\0',
		    "a scalar is a text");
	for (const struct psp_node *child = node->first; child != NULL;
	     child = child->next) {
		if (node->kind == PSP_NODE_MAP)
			fuzz_must(child->key.bytes[child->key.size] == '\0'
				      && child->key_line > 0
				      && child->key_column > 0,
			    "a child of a map has a key");
		check_node(child);
		n++;
	}
	fuzz_must(n == node->n_children, "children are counted");
}

static void
check_problems(struct psp_problems *problems)
{
	fuzz_must(!problems->out_of_memory, "memory suffices");
	psp_problems_sort(problems);
	for (size_t i = 0; i < problems->n && i < 200; i++) {
		const struct psp_error *problem = &problems->items[i];

		fuzz_must(problem->message[0] != '\0', "a problem has words");
		fuzz_must(strchr(problem->message, '\n') == NULL,
		    "a message is one line");
		fuzz_must(problem->file[0] != '\0', "a problem has a file");
	}
}

static struct psp_buffer
print(const struct psp_settings *settings)
{
	struct psp_buffer printed;
	struct psp_error err;

	psp_error_init(&err);
	psp_buffer_init(&printed);
	fuzz_must(psp_settings_print(settings->root, &printed, &err),
	    "memory suffices");
	return printed;
}

/* Both trees say the same, wherever they say it. */
static void
check_equal(const struct psp_node *a, const struct psp_node *b)
{
	const struct psp_node *other = b->first;

	fuzz_must(a->kind == b->kind && a->n_children == b->n_children,
	    "a node of the same kind");
	fuzz_must_equal(a->text, b->text, "the same text");
	fuzz_must_equal(a->key, b->key, "the same key");
	for (const struct psp_node *child = a->first; child != NULL;
	     child = child->next) {
		check_equal(child, other);
		other = other->next;
	}
}

/* What is printed reads as the same. */
static void
check_printed(const struct psp_settings *settings)
{
	struct psp_settings again;
	struct psp_problems problems;
	struct psp_buffer printed = print(settings), twice;
	struct psp_error err;

	psp_error_init(&err);
	psp_problems_init(&problems);
	psp_settings_init(&again);
	if (!psp_settings_parse(&again, psp_buffer_content(&printed), "printed",
		&problems, &err)) {
		fwrite(printed.bytes, 1, printed.size, stderr);
		fuzz_must(problems.n > 0, "failure and message go together");
		fprintf(stderr, "%zu:%zu: %s\n", problems.items[0].line,
		    problems.items[0].column, problems.items[0].message);
		fuzz_must(false, "what is printed can be read");
	}
	check_equal(settings->root, again.root);
	twice = print(&again);
	fuzz_must_equal(psp_buffer_content(&printed),
	    psp_buffer_content(&twice), "it reads as the same");
	psp_buffer_clear(&twice);
	psp_buffer_clear(&printed);
	psp_settings_clear(&again);
	psp_problems_clear(&problems);
}

/* The text with the line ends of Windows reads as the same. */
static void
check_windows(struct psp_slice text)
{
	struct psp_settings settings[2];
	struct psp_problems problems[2];
	struct psp_buffer windows;
	struct psp_error err;
	bool is_right[2];

	if (text.size == 0 || memchr(text.bytes, '\r', text.size) != NULL
	    || memchr(text.bytes, '\0', text.size) != NULL)
		return;
	psp_error_init(&err);
	psp_buffer_init(&windows);
	for (size_t i = 0; i < text.size; i++)
		fuzz_must((text.bytes[i] != '\n'
			      || psp_buffer_put(&windows, '\r', &err))
			      && psp_buffer_put(&windows, text.bytes[i], &err),
		    "memory suffices");
	for (int i = 0; i < 2; i++) {
		psp_settings_init(&settings[i]);
		psp_problems_init(&problems[i]);
		psp_error_init(&err);
		is_right[i] = psp_settings_parse(&settings[i],
		    i == 0 ? text : psp_buffer_content(&windows), "one.yaml",
		    &problems[i], &err);
	}
	fuzz_must(is_right[0] == is_right[1] && problems[0].n == problems[1].n,
	    "the line ends of Windows are line ends");
	for (size_t i = 0; i < problems[0].n; i++)
		fuzz_must(problems[0].items[i].line == problems[1].items[i].line
			      && problems[0].items[i].column
				     == problems[1].items[i].column,
		    "problems stand at the same places");
	if (is_right[0] && settings[0].root != NULL)
		check_equal(settings[0].root, settings[1].root);
	for (int i = 0; i < 2; i++) {
		psp_settings_clear(&settings[i]);
		psp_problems_clear(&problems[i]);
	}
	psp_buffer_clear(&windows);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "one.yaml", "two.yaml" };
	struct psp_slice input = fuzz_bytes(data, size);
	struct psp_settings settings;
	struct psp_problems problems;
	struct psp_error err;
	struct values values;
	bool is_right = true;

	psp_settings_init(&settings);
	psp_problems_init(&problems);
	psp_error_init(&err);
	for (int i = 0; i < 2 && (i == 0 || input.size > 0); i++)
		if (!psp_settings_parse(&settings, fuzz_take_part(&input),
			names[i], &problems, &err))
			is_right = false;
	fuzz_must_tell(is_right, &problems, &err);
	if (settings.root != NULL) {
		fuzz_must(
		    settings.root->kind == PSP_NODE_MAP, "the root is a map");
		check_node(settings.root);
		if (is_right)
			check_printed(&settings);
		memset(&values, 0, sizeof(values));
		is_right = psp_settings_read(
		    settings.root, "a file", keys, others, &values, &problems);
		fuzz_must(
		    is_right || problems.n > 0, "what cannot be read is said");
	}
	check_problems(&problems);
	psp_problems_clear(&problems);
	psp_settings_clear(&settings);
	input = fuzz_bytes(data, size);
	check_windows(fuzz_take_part(&input));
	return 0;
}
