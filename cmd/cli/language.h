/*
 * The language of messages and labels: --lang, else PROSPECT_LANG, else
 * English. The locale is not looked at. For another language than English its
 * catalog is read, the first of
 *
 *   $PROSPECT_LOCALEDIR/fr/LC_MESSAGES/prospect.mo   when that is set
 *   po/fr/LC_MESSAGES/prospect.mo beside the program, where it was built
 *   the same in the folder of locales that configure was told
 *
 * A catalog that is not there is an error: to go on in English would be to
 * pass over in silence what was asked for.
 */
#ifndef CLI_LANGUAGE_H
#define CLI_LANGUAGE_H

#include <stddef.h>

#include "libprospect/base/error.h"

enum cli_language { CLI_LANGUAGE_EN, CLI_LANGUAGE_FR };

/*
 * Reads the name of a language into `*value`, an enum cli_language, and goes
 * over to it: what is said from now on is said in it. PSP_EUSAGE, PSP_EIO,
 * PSP_ENOMEM.
 */
PSP_NODISCARD bool cli_read_language(
    const char *text, void *value, struct psp_error *err);

/*
 * Goes over to the language of the last --lang among the arguments, so that
 * what is wrong with others before it is said in it, too. Without one, or with
 * a value that is none (which the reading of options will tell), to that of
 * PROSPECT_LANG, if it is set. The same errors.
 */
PSP_NODISCARD bool cli_language_begin(
    char *const *arguments, size_t n, struct psp_error *err);

#endif
