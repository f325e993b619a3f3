/*
 * Values as people read them, in tables and pages: control characters made
 * visible, rates as percentages. CSV and JSON never pass here.
 */
#ifndef PSP_REPORT_DISPLAY_H
#define PSP_REPORT_DISPLAY_H

#include "libprospect/stream/writer.h"

/*
 * The text of a column of a row as it stands, empty when unknown; `*kind` is
 * what it is, text for the columns of the input. Borrowed as `record`'s cells
 * are.
 */
struct psp_slice psp_display_cell(const struct psp_layout_column *column,
    struct psp_record *record, const struct psp_cell *cells,
    enum psp_cell_kind *kind);

/*
 * The name of a column as its heading: that of a column of ours is translated,
 * that of the input is not.
 */
struct psp_slice psp_display_name(const struct psp_layout_column *column);

/*
 * Appends `rate`, a decimal number, as a percentage with the decimals that are
 * left: "0.0512" gives "5.12 %". What is no such number is appended as it
 * stands. Fails with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_display_rate(
    struct psp_buffer *buffer, struct psp_slice rate, struct psp_error *err);

/* Appends a cell of `kind` for people. Fails with PSP_ENOMEM. */
PSP_NODISCARD bool psp_display_put(struct psp_buffer *buffer,
    struct psp_slice text, enum psp_cell_kind kind, struct psp_error *err);

/*
 * Appends the remarks of a report, which stand below it after an empty line,
 * a line each. Fails with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_display_remarks(const struct psp_writer *writer,
    struct psp_buffer *buffer, struct psp_error *err);

#endif
