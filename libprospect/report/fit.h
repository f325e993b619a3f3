/*
 * How wide the columns of a table become in a given room, and which of them
 * are shown at all.
 */
#ifndef PSP_REPORT_FIT_H
#define PSP_REPORT_FIT_H

#include <stdbool.h>
#include <stddef.h>

enum { PSP_FIT_GAP = 2 }; /* between two columns */

struct psp_fit {
	size_t natural; /* width that shows all */
	size_t least;   /* width below which it is not worth showing */
	bool is_ours;   /* a column that the tool added */
	bool is_shown;  /* the answer, and how wide */
	size_t width;
};

/*
 * Fills is_shown and width. `room` 0: all as they are. Where not all fit, the
 * first two columns of the input (they name the record) and ours come before
 * the others, which are shown from the left. At least one column is shown.
 * What is left over goes to the narrowest first: no cell is cut while a wider
 * one could be.
 */
void psp_fit_columns(struct psp_fit *columns, size_t n_columns, size_t room);

#endif
