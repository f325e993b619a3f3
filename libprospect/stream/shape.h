/*
 * Which byte separates the fields of a sample, and where its header begins.
 * The right separator gives the records after the header as many fields as
 * the header has; what stands above the header (titles, blank lines) has not.
 */
#ifndef PSP_STREAM_SHAPE_H
#define PSP_STREAM_SHAPE_H

#include "libprospect/base/error.h"
#include "libprospect/stream/cells.h"

/* What is doubtful about a separator. */
enum psp_shape_doubt {
	PSP_SHAPE_SURE,
	PSP_SHAPE_RIVAL,      /* `rival` splits as well */
	PSP_SHAPE_ONE_COLUMN, /* one column, though ',' is in the text */
	PSP_SHAPE_ABSENT,     /* the one to take is not there, `rival` is */
	PSP_SHAPE_UNEVEN /* most lines do not hold the header's separator */
};

struct psp_shape {
	unsigned char separator;
	unsigned char rival;
	enum psp_shape_doubt doubt;
	size_t header_at;   /* offset of the header in the text */
	bool skipped_words; /* more than blank lines stand above it */
};

/*
 * Looks at `cells` (its separator does not count, its quote and newline do).
 * `separator` is the one to take, 0 to choose among ',' ';' tab '|'; with
 * `header_is_first` nothing is skipped. Fails with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_shape_find(const struct psp_cells *cells,
    unsigned char separator, bool header_is_first, struct psp_shape *shape,
    struct psp_error *err);

/*
 * The quote of the text: '"', or '\'' where the text shows that cells are
 * wrapped in it.
 */
int psp_quote_find(struct psp_slice text);

#endif
