/*
 * manual: prospect-settings(5) against the program: each key with its type,
 * the headers named for it, each type, each operator.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include <stdlib.h>

#include "libprospect/targeting/operators.h"

static char text[256 * 1024];

/* Reads the manual into `text`. */
static int
read_manual(void **state)
{
	const char *source = getenv("srcdir");
	char path[4096];
	FILE *file;
	size_t size;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/man/prospect-settings.5",
	    source != NULL ? source : ".");
	file = fopen(path, "r");
	if (file == NULL)
		return -1;
	size = fread(text, 1, sizeof(text) - 1, file);
	text[size] = '\0';
	return fclose(file);
}

/* The text behind the line ".It Cm KEY Pq TYPE" of a criterion. */
static const char *
find_entry(const struct psp_criterion *criterion)
{
	char line[256];
	const char *at;
	int size = snprintf(line, sizeof(line), "\n.It Cm %s Pq %s\n",
	    criterion->key, psp_type_name(criterion->type));

	at = strstr(text, line);
	return at == NULL ? NULL : at + size;
}

/* Whether the items of a section list `word`; they may go on over lines. */
static bool
lists(const char *section, const char *word)
{
	const char *line = strstr(text, section), *end, *at;
	size_t size = strlen(word);

	assert_non_null(line);
	for (line = strchr(line, '\n') + 1; strncmp(line, ".Sh", 3) != 0;
	     line = end + 1) {
		end = strchr(line, '\n');
		assert_non_null(end);
		if (strncmp(line, ".It Cm ", 7) != 0
		    && strncmp(line, "Cm ", 3) != 0)
			continue;
		for (at = strstr(line, word); at != NULL && at < end;
		     at = strstr(at + 1, word))
			if (at[-1] == ' '
			    && (at[size] == ' ' || at[size] == '\n'))
				return true;
	}
	return false;
}

static void
each_key_is_there_with_its_type(void **state)
{
	const struct psp_criterion *criterion;
	int n_missing = 0;

	(void)state;
	for (criterion = psp_criteria(); criterion->key != NULL; criterion++) {
		if (find_entry(criterion) != NULL)
			continue;
		print_error("no '.It Cm %s Pq %s'\n", criterion->key,
		    psp_type_name(criterion->type));
		n_missing++;
	}
	assert_int_equal(n_missing, 0);
}

/* Up to the first `;`, the line names headers parted by `, `. */
static void
each_header_means_its_key(void **state)
{
	const struct psp_criterion *criterion;
	int n_wrong = 0, n_headers = 0;

	(void)state;
	for (criterion = psp_criteria(); criterion->key != NULL; criterion++) {
		const char *at = find_entry(criterion);
		const char *end = at == NULL ? NULL : strpbrk(at, ";\n");

		while (end != NULL && at < end) {
			const char *comma = strstr(at, ", ");
			size_t size =
			    (size_t)((comma != NULL && comma < end ? comma
								   : end)
				     - at);
			struct psp_slice name = psp_slice(at, size);

			if (psp_criterion_find(name) != criterion) {
				print_error("'%.*s' is not %s\n",
				    PSP_SLICE_ARGS(name), criterion->key);
				n_wrong++;
			}
			n_headers++;
			at += size + 2;
		}
	}
	assert_int_equal(n_wrong, 0);
	assert_true(n_headers > 100);
}

static void
each_type_is_there(void **state)
{
	int n_missing = 0;

	(void)state;
	for (int type = PSP_TYPE_TEXT; type <= PSP_TYPE_DOMAIN; type++) {
		const char *name = psp_type_name((enum psp_type)type);

		if (lists(".Sh TYPES\n", name))
			continue;
		print_error("no type '%s'\n", name);
		n_missing++;
	}
	assert_int_equal(n_missing, 0);
}

static void
each_operator_is_there(void **state)
{
	const struct psp_operator *op;
	int n_missing = 0;

	(void)state;
	for (op = psp_operators(); op->name != NULL; op++) {
		if (lists(".Sh OPERATORS\n", op->name))
			continue;
		print_error("no operator '%s'\n", op->name);
		n_missing++;
	}
	assert_int_equal(n_missing, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_key_is_there_with_its_type),
		cmocka_unit_test(each_header_means_its_key),
		cmocka_unit_test(each_type_is_there),
		cmocka_unit_test(each_operator_is_there),
	};

	return cmocka_run_group_tests(tests, read_manual, NULL);
}
