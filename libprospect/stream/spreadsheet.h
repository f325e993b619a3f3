/*
 * Cells that a spreadsheet would run instead of showing (CWE-1236): what
 * `--excel` has to keep from doing so.
 */
#ifndef PSP_STREAM_SPREADSHEET_H
#define PSP_STREAM_SPREADSHEET_H

#include "libprospect/base/slice.h"

/*
 * Whether `text` needs a `'` before it: after any blanks and apostrophes it
 * begins with = + - @, a tab, a CR, or the full-width form of one of them, and
 * is no plain number, amount or telephone (-12,5; -3 %; +33 6 12 34 56 78).
 * Texts that already begin with `'` before such a sign count too, so that
 * taking one `'` off gives every cell back.
 */
bool psp_spreadsheet_runs(struct psp_slice text);

#endif
