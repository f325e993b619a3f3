/*
 * Rows as a table of GitHub Markdown, written as they come. Signs that
 * Markdown would read are escaped, line ends become spaces.
 */
#ifndef PSP_REPORT_MARKDOWN_H
#define PSP_REPORT_MARKDOWN_H

#include "libprospect/stream/writer.h"

extern const struct psp_format psp_format_markdown;

#endif
