/*
 * Places in the text of a settings file: from line and column, as libyaml and
 * people have them, to offsets. Lines end in LF, CR or CRLF.
 */
#ifndef PSP_SETTINGS_SPOT_H
#define PSP_SETTINGS_SPOT_H

#include "libprospect/base/slice.h"

/* The text and one place in it. */
struct psp_spot {
	struct psp_slice text;
	size_t at;    /* offset of the place */
	size_t start; /* of its line */
	size_t end;   /* of its line, without the line break */
};

/* Bytes of the byte order mark at the start of `text`: 3, or 0. */
size_t psp_spot_mark_size(struct psp_slice text);

/* The start of the line that begins at the offset `start`. */
struct psp_spot psp_spot_line(struct psp_slice text, size_t start);

/* Moves to the line after. Returns false at the end of the text. */
bool psp_spot_next_line(struct psp_spot *place);

/*
 * The place of line and column, both from 1 and columns in characters; the end
 * of the line or of the text when it is beyond them.
 */
struct psp_spot psp_spot_find(
    struct psp_slice text, size_t line, size_t column);

/* The byte at an offset from the place, or NUL outside of its line. */
char psp_spot_peek(const struct psp_spot *place, ptrdiff_t offset);

#endif
