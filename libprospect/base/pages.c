/* Large pages by advice, which the system may not take; see the header. */
#include <config.h>

#include "libprospect/base/pages.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LARGE_PAGE = 2097152 };

void *
psp_pages_array(size_t n, size_t size, struct psp_error *err)
{
	void *memory = NULL;

#ifdef MADV_HUGEPAGE
	if (size > 0 && n >= 2 * LARGE_PAGE / size
	    && n <= (SIZE_MAX - LARGE_PAGE) / size) {
		size_t whole = (n * size + LARGE_PAGE - 1) / LARGE_PAGE;

		memory = aligned_alloc(LARGE_PAGE, whole * LARGE_PAGE);
		if (memory != NULL) {
			(void)madvise(
			    memory, whole * LARGE_PAGE, MADV_HUGEPAGE);
			return memset(memory, 0, n * size);
		}
	}
#endif
	memory = calloc(n, size);
	if (memory == NULL)
		psp_error_memory(err);
	return memory;
}
