/*
 * Companies by their key, each with a number: what a side file says of them is
 * found by it. Keys of nine digits (SIREN) are kept as integers, eight bytes a
 * place, so that a search costs one look at memory that is seldom in a cache;
 * other keys are kept as texts.
 */
#ifndef PSP_TARGETING_COMPANIES_H
#define PSP_TARGETING_COMPANIES_H

#include "libprospect/base/map.h"

struct psp_company_place {
	uint32_t number; /* 1 + the SIREN; 0: empty */
	uint32_t value;
};

struct psp_companies {
	bool are_sirens;
	struct psp_company_place *places;
	size_t n_places; /* a power of two, or 0 */
	struct psp_map texts;
	size_t n;
};

/* `are_sirens`: all keys are nine digits. */
void psp_companies_init(struct psp_companies *companies, bool are_sirens);

/* Frees all; `companies` may be NULL. */
void psp_companies_clear(struct psp_companies *companies);

/* Gives the company of `key` the next value from 0 unless it is there; `*value`
 * is its value. PSP_ENOMEM, also for more than 2^32 - 1. */
PSP_NODISCARD bool psp_companies_put(struct psp_companies *companies,
    struct psp_slice key, uint32_t *value, struct psp_error *err);

/* The value of `key`; false when it is not there. */
bool psp_companies_get(const struct psp_companies *companies,
    struct psp_slice key, uint32_t *value);

/* Replaces each value by that of `values`, which has one for each. */
void psp_companies_renumber(
    struct psp_companies *companies, const uint32_t *values);

#endif
