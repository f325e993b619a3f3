/*
 * Rows as a table for people: a header, a rule, columns two spaces apart,
 * numbers to the right.
 *
 *   siren      name           score
 *   ─────────  ─────────────  ─────
 *   123456782  Scierie du L…   72.5
 *
 *   columns left out: city, phone
 *
 * Widths are known only at the end: memory grows with the output.
 */
#ifndef PSP_REPORT_TABLE_H
#define PSP_REPORT_TABLE_H

#include "libprospect/stream/writer.h"

extern const struct psp_format psp_format_table;

#endif
