/*
 * Suppression: who must not be contacted. A list is a CSV file with any of the
 * columns siren, siret, phone, email, domain, sha256, or one value a line
 * without header; a hash is the SHA-256 of the normal form (nine digits, E.164,
 * lower case).
 */
#ifndef PSP_TARGETING_SUPPRESSION_H
#define PSP_TARGETING_SUPPRESSION_H

#include "libprospect/columns/columns.h"
#include "libprospect/stream/reader.h"

struct psp_suppression;

/* Reads `path`. Fails as psp_reader_open; a value that is none of these is
 * counted and sent as a note. */
PSP_NODISCARD struct psp_suppression *psp_suppression_open(const char *path,
    const struct psp_reader_options *options, struct psp_error *err);

void psp_suppression_close(struct psp_suppression *list);

/* The columns of a header that are looked up. Start from zeros. */
struct psp_suppression_columns {
	struct psp_suppression_column *items;
	size_t n;
	size_t capacity;
};

/*
 * Finds all columns of `header` that hold a SIREN, SIRET, phone, e-mail or
 * domain, by any of their usual names or what `schema` says: whoever has two
 * telephones must not be called on the second. Fails with PSP_EUSAGE when
 * nothing on the list can be compared with any column, and PSP_ENOMEM; what
 * else cannot be compared is said to `notes`.
 */
PSP_NODISCARD bool psp_suppression_bind(const struct psp_suppression *list,
    const struct psp_schema *schema, struct psp_slices header,
    const struct psp_notes *notes, struct psp_suppression_columns *columns,
    struct psp_error *err);

void psp_suppression_columns_clear(struct psp_suppression_columns *columns);

/*
 * `*is_suppressed` tells whether a cell of the record is on the list (a SIRET
 * also by its SIREN, an e-mail also by its domain). `scratch` is reused.
 * PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_suppression_has(const struct psp_suppression *list,
    const struct psp_suppression_columns *columns, struct psp_record *record,
    struct psp_buffer *scratch, bool *is_suppressed, struct psp_error *err);

/* Values on the list, and lines that were none. */
size_t psp_suppression_size(const struct psp_suppression *list);
size_t psp_suppression_n_rejected(const struct psp_suppression *list);

#endif
