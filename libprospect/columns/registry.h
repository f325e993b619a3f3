/* The table of criteria and of the headers that files give them. */
#ifndef PSP_COLUMNS_REGISTRY_H
#define PSP_COLUMNS_REGISTRY_H

#include "libprospect/columns/columns.h"

/* One step of the search for a criterion: headers of equal standing. */
struct psp_alias {
	const char *key;     /* of the criterion */
	enum psp_type type;  /* PSP_TYPE_NONE: that of the criterion */
	unsigned marks;      /* of enum psp_alias_mark */
	const char *headers; /* parted by '|' */
};

enum psp_alias_mark {
	PSP_ALIAS_BAND = 1,   /* INSEE band codes */
	PSP_ALIAS_SOURCE = 2, /* found in a header; as a name it means another
	                       * criterion or nothing */
	PSP_ALIAS_LIKE = 4,   /* `headers` is the key of a criterion whose steps
	                       * go on here */
	PSP_ALIAS_RECORD = 8  /* in a file of records it may be the record's */
};

/* The criterion of a key such as "headcount", NULL when there is none. */
const struct psp_criterion *psp_registry_get(const char *key);

/* The steps of a criterion, in the order of search, and how many. */
const struct psp_alias *psp_registry_steps(
    const struct psp_criterion *criterion, size_t *n);

/* Whether a header tells that the file is one of records that people enter and
 * change; `key` comes from psp_text_key. */
bool psp_is_record_sign(struct psp_slice key);

/* Whether a header or name is one of `alias`; `key` comes from psp_text_key.
 * Never true of a row marked PSP_ALIAS_LIKE. */
bool psp_alias_has(const struct psp_alias *alias, struct psp_slice key);

/* Whether `key`, from psp_text_key, is `text` written in ASCII as people do. */
bool psp_key_is(struct psp_slice key, const char *text);

/*
 * The criterion that a name means, `key` being from psp_text_key. `*alias` is
 * the row it stands in, NULL when it is the criterion's own key. Returns NULL
 * when it means none.
 */
const struct psp_criterion *psp_registry_find(
    struct psp_slice key, const struct psp_alias **alias);

#endif
