/*
 * A plain walk over the cells of a sample, for finding the dialect only: each
 * candidate separator is tried with it. It is lenient: what is no CSV still
 * gives cells. Records proper are cut by the scan.
 */
#ifndef PSP_STREAM_CELLS_H
#define PSP_STREAM_CELLS_H

#include "libprospect/base/slice.h"

/* How to cut; `text` is decoded and begins at a record. */
struct psp_cells {
	struct psp_slice text;
	bool is_whole; /* the text ends where the file ends */
	unsigned char separator;
	unsigned char newline;
	int quote; /* a byte, or PSP_QUOTE_NONE */
	size_t at; /* of the next cell */
};

/* A cell as it stands, quotes included, and without the line end. */
struct psp_sample_cell {
	struct psp_slice raw;
	bool is_quoted;
	bool is_odd; /* quotes that no CSV has, such as "a"b */
	bool ends_record;
	bool ends_line; /* there is a line end after it */
};

/* Moves `*cell` to the next cell; false at the end. */
bool psp_cells_next(struct psp_cells *cells, struct psp_sample_cell *cell);

/* The cell without its quotes and white space; doubled quotes stay. */
struct psp_slice psp_sample_cell_text(const struct psp_sample_cell *cell);

/* Size of the first line with its end, all of it when there is no end. */
size_t psp_line_size(struct psp_slice text, unsigned char newline);

#endif
