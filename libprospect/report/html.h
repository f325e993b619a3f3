/*
 * A page of HTML with one table: nothing is loaded, nothing runs, light or dark
 * as the reader's screen is. Whatever a cell holds is text.
 */
#ifndef PSP_REPORT_HTML_H
#define PSP_REPORT_HTML_H

#include "libprospect/stream/writer.h"

/* Rows leave as they come, so that a page of any length needs no memory. A line
 * end in a cell is one; --no-header changes nothing. */
extern const struct psp_format psp_format_html;

#endif
