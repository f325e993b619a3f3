/*
 * Pages that the stage file alone makes: the handbook for the staff in
 * Markdown, and the graph of the stages for Graphviz.
 */
#ifndef PSP_DEALS_PAGES_H
#define PSP_DEALS_PAGES_H

#include "libprospect/deals/handbook.h"

/* Appends the page of the handbook. PSP_ENOMEM. */
PSP_NODISCARD bool psp_manual_put(const struct psp_handbook *handbook,
    struct psp_buffer *page, struct psp_error *err);

/* Appends the graph in the DOT language. PSP_ENOMEM. */
PSP_NODISCARD bool psp_graph_put(const struct psp_handbook *handbook,
    struct psp_buffer *page, struct psp_error *err);

#endif
