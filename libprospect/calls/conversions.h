/*
 * How many appointments lead to a quote, and how many quotes are signed, from
 * what `prospect-pipeline funnel` writes, as CSV or JSON: the deals that entered
 * each stage. The file may be made by hand, too: it needs the columns stage and
 * entered.
 */
#ifndef PSP_CALLS_CONVERSIONS_H
#define PSP_CALLS_CONVERSIONS_H

#include "libprospect/stats/hours.h"
#include "libprospect/stream/reader.h"

/* The stages that mean them. */
struct psp_goal_stages {
	struct psp_slice appointment, quote, signature;
};

/*
 * Reads the file at `path`; rows of one stage, of several groups, are added up.
 * `*n_rejected` records were none, which the notes of `options` are told.
 * PSP_EUSAGE where a column or a stage is missing, a number is none, or more
 * deals entered a later stage than the one before; as psp_reader_open and
 * psp_settings_load.
 */
PSP_NODISCARD bool psp_conversions_read(const char *path,
    const struct psp_goal_stages *stages,
    const struct psp_reader_options *options, struct psp_step *quotes,
    struct psp_step *signatures, size_t *n_rejected, struct psp_error *err);

#endif
