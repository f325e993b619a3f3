/* Sorting millions of numbers by their digits, without comparing any two. */
#ifndef PSP_BASE_SORT_H
#define PSP_BASE_SORT_H

#include <stdint.h>

#include "libprospect/base/error.h"

/* Sorts `n` numbers upwards. Takes memory for as many: PSP_ENOMEM. */
PSP_NODISCARD bool psp_sort_numbers(
    uint64_t *numbers, size_t n, struct psp_error *err);

#endif
