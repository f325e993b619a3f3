/*
 * Memory that runs out at the n-th allocation, and at all after it. Programs
 * that use it are linked with exhaustion.c and --wrap for malloc, calloc and
 * realloc (tests/unit/local.mk).
 */
#ifndef TESTS_UNIT_EXHAUSTION_H
#define TESTS_UNIT_EXHAUSTION_H

#include <stdbool.h>

/* Allocations that still succeed; negative: all do. */
extern long allocations_left;

/* Whether the one after them fails alone, and all others succeed again. */
extern bool allocation_fails_once;

#endif
