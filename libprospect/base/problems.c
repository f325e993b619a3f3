/* A growing list of errors; see the header. */
#include <config.h>

#include "libprospect/base/problems.h"

#include <stdlib.h>
#include <string.h>

#include "libprospect/base/buffer.h"

enum { MAX_PROBLEMS = 200 };

void
psp_problems_init(struct psp_problems *problems)
{
	memset(problems, 0, sizeof(*problems));
}

void
psp_problems_clear(struct psp_problems *problems)
{
	if (problems == NULL)
		return;
	free(problems->items);
	psp_problems_init(problems);
}

/* Whether the same was said of the same place. */
static bool
is_known(const struct psp_problems *problems, const struct psp_error *item)
{
	for (size_t i = 0; i < problems->n; i++) {
		const struct psp_error *other = &problems->items[i];

		if (other->line == item->line && other->column == item->column
		    && strcmp(other->message, item->message) == 0
		    && strcmp(other->file, item->file) == 0)
			return true;
	}
	return false;
}

bool
psp_problems_add(struct psp_problems *problems, enum psp_status status,
    const char *file, size_t line, size_t column, const char *format, ...)
{
	struct psp_error ignored, *items;
	va_list arguments;

	if (problems->n == MAX_PROBLEMS)
		return false;
	psp_error_init(&ignored);
	items = psp_array_reserve(problems->items, &problems->capacity,
	    problems->n + 1, sizeof(*items), &ignored);
	if (items == NULL) {
		problems->out_of_memory = true;
		return false;
	}
	problems->items = items;
	psp_error_init(&items[problems->n]);
	va_start(arguments, format);
	psp_error_setv(
	    &items[problems->n], status, file, line, column, format, arguments);
	va_end(arguments);
	if (!is_known(problems, &items[problems->n]))
		problems->n++;
	return false;
}

bool
psp_problems_full(const struct psp_problems *problems)
{
	return problems->n == MAX_PROBLEMS;
}

static bool
comes_after(const struct psp_error *a, const struct psp_error *b)
{
	return strcmp(a->file, b->file) == 0
	       && (a->line > b->line
		   || (a->line == b->line && a->column > b->column));
}

void
psp_problems_sort(struct psp_problems *problems)
{
	struct psp_error *items = problems->items;

	/* Insertion keeps the order of equals and of files; the list is
	 * short. */
	for (size_t i = 1; i < problems->n; i++) {
		struct psp_error moved = items[i];
		size_t j = i;

		/* behind the last one of its file, if there is one */
		while (j > 0 && strcmp(items[j - 1].file, moved.file) != 0)
			j--;
		if (j == 0)
			continue;
		while (j > 0 && comes_after(&items[j - 1], &moved))
			j--;
		memmove(items + j + 1, items + j, (i - j) * sizeof(*items));
		items[j] = moved;
	}
}
