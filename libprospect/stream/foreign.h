/*
 * Bytes that are no text of ours: compressed files, archives, spreadsheets,
 * data bases, pages of the web. A file called .csv may hold any of them.
 */
#ifndef PSP_STREAM_FOREIGN_H
#define PSP_STREAM_FOREIGN_H

#include "libprospect/base/error.h"
#include "libprospect/base/slice.h"

/*
 * Fails with PSP_ESYNTAX when `sample`, the first bytes of the file `name`, is
 * of a kind we know and cannot read; the message says which, and the command
 * that opens it.
 */
PSP_NODISCARD bool psp_foreign_refuse(
    struct psp_slice sample, const char *name, struct psp_error *err);

/*
 * What the NUL bytes of a sample without byte order mark tell. UNCLEAR: there
 * are too many for a text that holds some, but not where UTF-16 has them.
 */
enum psp_nul_pattern {
	PSP_NUL_FEW,
	PSP_NUL_UTF16LE,
	PSP_NUL_UTF16BE,
	PSP_NUL_UTF32,
	PSP_NUL_UNCLEAR
};

enum psp_nul_pattern psp_nul_pattern_of(struct psp_slice sample);

#endif
