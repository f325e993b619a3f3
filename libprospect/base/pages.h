/*
 * Memory for large tables that are asked at random: in large pages where the
 * system has them, so that each access does not also cost a walk through the
 * tables of pages.
 */
#ifndef PSP_BASE_PAGES_H
#define PSP_BASE_PAGES_H

#include <stddef.h>

#include "libprospect/base/error.h"

/* `n` items of `size` bytes, all zero, for free(). NULL with PSP_ENOMEM. */
PSP_NODISCARD void *psp_pages_array(
    size_t n, size_t size, struct psp_error *err);

#endif
