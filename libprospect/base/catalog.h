/*
 * Messages in another language. Sources are written in English and marked;
 * po/ keeps the translations, and msgfmt makes of them a catalog, a file that
 * is read here. Formats are translated where they are formatted, in
 * psp_error_setv (and so by all that ends there: psp_error_set,
 * psp_problems_add, psp_note), so that those who call it just write English.
 *
 * The catalog is read here and not by gettext(), which looks at the locale: it
 * translates nothing in "C", nor in C.UTF-8 of late, and French ones need not
 * be installed. What prospect says depends on no locale.
 *
 * The catalog in use belongs to the process, as its standard error does. It is
 * chosen once, before there are threads and before messages are made.
 */
#ifndef PSP_BASE_CATALOG_H
#define PSP_BASE_CATALOG_H

#include "libprospect/base/error.h"

/* Translates a text that stands in the place of another's argument. */
#define _(text) psp_message(text)

/* Marks a text that is translated later, where it is used. */
#define N_(text) text

/*
 * Reads the catalog in the file `path` (.mo, little-endian, UTF-8) and uses it
 * from now on, instead of one that was in use. Fails, and lets all be as it
 * was, with PSP_EIO (it cannot be read, or is no catalog) or PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_catalog_use(const char *path, struct psp_error *err);

/* Goes back to English and frees the catalog; texts from it are gone. */
void psp_catalog_drop(void);

/*
 * The translation of `text`; `text` itself when there is none, or one that
 * does not take the same arguments in the same order. Lives until the catalog
 * is dropped.
 */
const char *psp_message(const char *text) PSP_FORMAT_OF(1);

/*
 * The same of a text that depends on a count: `one` for 1 and `many` for all
 * else in English; in French `one` is for 0 too.
 */
const char *psp_message_plural(const char *one, const char *many, size_t count)
    PSP_FORMAT_OF(1) PSP_FORMAT_OF(2);

#endif
