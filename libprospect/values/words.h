/* Booleans, sets and words of denial as cells write them. */
#ifndef PSP_VALUES_WORDS_H
#define PSP_VALUES_WORDS_H

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"

/* oui/non, yes/no, vrai/faux, true/false, O/N, Y/N, V/F, T/F, 1/0, case and
 * accents not counting. */
PSP_NODISCARD bool psp_bool_read(struct psp_slice cell, bool *value);

/* What a cell says of something that is there or not. */
enum psp_denial {
	PSP_DENIAL_NOT, /* something */
	PSP_DENIAL_NONE, /* that there is none: "aucun", "néant", "Non cotée" */
	PSP_DENIAL_OPEN /* "non renseigné", "inconnu", "?": none or nobody
	                 * knows */
};

/* Whether a cell of free words denies. What it denies is looked at: "non" and a
 * word that is not of ours leave it open. */
enum psp_denial psp_denial_read(struct psp_slice cell);

/*
 * The next member of a set cell, trimmed: parted by `|`, `;`, `,` or a line
 * end, or by `separator` alone when it is not 0. `*at` starts at 0. Empty
 * members are passed over. Returns false at the end.
 */
bool psp_set_next(struct psp_slice cell, char separator, size_t *at,
    struct psp_slice *member);

#endif
