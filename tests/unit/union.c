/* stream: inputs with different headers as one. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/stream/union.h"

static struct psp_slices
names(struct psp_slice items[8], const char *list)
{
	struct psp_slices header = { items, 0 };

	while (*list != '\0') {
		size_t size = strcspn(list, " ");

		items[header.n++] = psp_slice(list, size);
		list += size + (list[size] == ' ');
	}
	return header;
}

/* The union of two headers, as text. */
static void
check(const char *first, const char *second, const char *expected, bool is_same,
    size_t n_missing)
{
	struct psp_slice items[2][8];
	struct psp_slices headers[2] = { names(items[0], first),
		names(items[1], second) };
	struct psp_error err;
	struct psp_union *all;
	struct psp_slices header;
	char text[64] = "";

	psp_error_init(&err);
	all = psp_union_new(headers, 2, &err);
	assert_non_null(all);
	header = psp_union_header(all);
	for (size_t i = 0; i < header.n; i++) {
		strncat(text, header.items[i].bytes, header.items[i].size);
		strcat(text, i + 1 < header.n ? " " : "");
	}
	assert_string_equal(text, expected);
	assert_int_equal(psp_union_is_same(all, 1), is_same);
	assert_int_equal(psp_union_n_missing(all, 1), n_missing);
	psp_union_free(all);
}

static void
columns_come_in_the_order_of_their_first_header(void **state)
{
	(void)state;
	check("a b", "a b", "a b", true, 0);
	check("a b", "b a", "a b", false, 0);
	check("a b", "b c", "a b c", false, 1);
	check("a b", "c", "a b c", false, 2);
	check("a a", "a", "a a", false, 1);
	check("a", "a a", "a a", true, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    columns_come_in_the_order_of_their_first_header),
	};

	return cmocka_run_group_tests_name("union", tests, NULL, NULL);
}
