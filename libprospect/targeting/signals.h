/*
 * Business signals: the rows of `signals.csv` (key, date, signal; title,
 * source, url, strength if there), joined to companies by key, any order, in
 * memory that grows with the signals and not with the companies.
 */
#ifndef PSP_TARGETING_SIGNALS_H
#define PSP_TARGETING_SIGNALS_H

#include <stdint.h>

#include "libprospect/columns/columns.h"
#include "libprospect/stream/reader.h"

/* The nine codes of the method, then those of `signal_codes:`. */
enum { PSP_N_SIGNAL_CODES = 9, PSP_MAX_SIGNAL_CODES = 64 };

/* Codes known to a run: a code is its index. */
struct psp_signal_codes {
	struct psp_slice names[PSP_MAX_SIGNAL_CODES];
	size_t n;
};

/* The nine. */
void psp_signal_codes_init(struct psp_signal_codes *codes);

/* Adds those of `signal_codes: [...]` (node may be NULL, borrowed). */
PSP_NODISCARD bool psp_signal_codes_add(struct psp_signal_codes *codes,
    const struct psp_node *list, struct psp_problems *problems);

/* The code's index; false when unknown. Case, dashes and spaces do not count.
 */
bool psp_signal_codes_find(
    const struct psp_signal_codes *codes, struct psp_slice name, size_t *code);

/* A signal, in 64 bytes. Texts live as long as the signals. */
struct psp_signal {
	int32_t date;     /* days since 1970-01-01 */
	int32_t strength; /* millionths, 0 to 1; default 1 */
	uint16_t code;
	bool is_last; /* of its company */
	struct psp_slice title, source, url;
};

struct psp_signals;

/*
 * Reads `path`. Rows after `today` are left out, equal rows count once; rows
 * whose key, date or code cannot be read are rejected: counted, sent as notes.
 * `key` is the name of the joining column ("siren": from a siret column when
 * alone); columns are found by their usual names, whatever `columns:` says of
 * the main input. Fails as psp_reader_open and with PSP_EUSAGE when a needed
 * column is missing.
 */
PSP_NODISCARD struct psp_signals *psp_signals_open(const char *path,
    const struct psp_signal_codes *codes, const char *key, int32_t today,
    const struct psp_reader_options *options, struct psp_error *err);

void psp_signals_close(struct psp_signals *signals);

/*
 * The signals of the company `key` (as psp_key_normal gives it), newest first,
 * of equal dates in the order of the file. NULL and 0 without any.
 */
const struct psp_signal *psp_signals_get(
    const struct psp_signals *signals, struct psp_slice key, size_t *n);

/* Rows read, left out as future, equal to another, rejected. */
struct psp_signals_counts {
	size_t n_read, n_future, n_repeated, n_rejected;
};
const struct psp_signals_counts *psp_signals_counts(
    const struct psp_signals *signals);

/* Sends what became of the rows, as a detail. */
void psp_signals_note(const struct psp_signals *signals, const char *file,
    const struct psp_notes *notes);

/*
 * Appends the joining form of a key cell by its column's type: nine digits of
 * a SIREN (from a SIRET its first nine), else the text trimmed and without
 * case. Nothing when absent. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_key_normal(struct psp_buffer *buffer,
    struct psp_slice cell, enum psp_type type, struct psp_error *err);

#endif
