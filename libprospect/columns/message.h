/* What people are told when a column is missing or found twice. */
#ifndef PSP_COLUMNS_MESSAGE_H
#define PSP_COLUMNS_MESSAGE_H

#include "libprospect/columns/schema.h"

enum { PSP_MAX_CANDIDATES = 3 };

/* Columns that a name may mean, the first of them by index. */
struct psp_candidates {
	size_t indices[PSP_MAX_CANDIDATES];
	size_t n;
};

/* What was looked for. */
struct psp_want {
	struct psp_slices header;
	struct psp_slice name;
	const struct psp_criterion *criterion; /* may be NULL */
	const struct psp_said *said;           /* may be NULL */
};

/*
 * In what two names differ that the eye cannot see: " (they differ by a
 * no-break space)"; "" when there is nothing of the kind.
 */
const char *psp_hidden_difference(struct psp_slice a, struct psp_slice b);

/* They write a text with its NUL into `message`, cut at a character where it
 * does not fit, and fail with PSP_ENOMEM. */
PSP_NODISCARD bool psp_say_missing(const struct psp_want *want, char *message,
    size_t message_size, struct psp_error *err);
/* `index` may be of the record, since column `sign` tells of records. */
PSP_NODISCARD bool psp_say_doubtful(const struct psp_want *want, size_t index,
    size_t sign, char *message, size_t message_size, struct psp_error *err);
PSP_NODISCARD bool psp_say_twice(const struct psp_want *want,
    const struct psp_candidates *found, char *message, size_t message_size,
    struct psp_error *err);

#endif
