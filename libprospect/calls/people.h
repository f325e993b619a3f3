/*
 * What is kept of each person besides what cubes count: how many attempts it
 * took to reach the decision maker, and what is due. One entry a person,
 * whatever the number of its calls.
 */
#ifndef PSP_CALLS_PEOPLE_H
#define PSP_CALLS_PEOPLE_H

#include "libprospect/calls/cube.h"

/* Attempts, in the order of the log. */
struct psp_attempts {
	uint32_t n; /* calls until the decision maker was reached, or all */
	bool is_reached; /* the last of them did */
};

/* The last call, its group, and what was agreed. */
struct psp_due {
	uint32_t group;          /* a cell of the groups of --by */
	int64_t at;              /* PSP_NO_TIME */
	uint32_t slot;           /* its outcome */
	int32_t next, next_last; /* days of the next date; PSP_NO_DAY */
	uint32_t company, contact, agent; /* symbols */
};

struct psp_person {
	struct psp_attempts attempts;
	struct psp_due due;
};

struct psp_people {
	bool by_group; /* persons are told apart within their groups */
	/* The group where they are, else 0; then four words of hash. */
	struct psp_keys keys;
	struct psp_person *items;
	size_t capacity;
	size_t n_unknown; /* calls of nobody known */
};

void psp_people_init(struct psp_people *people, bool by_group);

void psp_people_clear(struct psp_people *people);

enum { PSP_PERSON_WORDS = 5 };

/* Adds what was kept of a person later in the log; `key` as above. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_people_put(struct psp_people *people,
    const uint32_t key[PSP_PERSON_WORDS], const struct psp_person *person,
    struct psp_error *err);

/* Adds all of `next`, whose symbols are `symbols` here, and whose groups are
 * `groups`. PSP_ENOMEM. */
PSP_NODISCARD bool psp_people_merge(struct psp_people *into,
    const struct psp_people *next, const uint32_t *symbols,
    const uint32_t *groups, struct psp_error *err);

#endif
