/*
 * What a text must be before libyaml may read it, and a message before people
 * do.
 */
#ifndef PSP_SETTINGS_BYTES_H
#define PSP_SETTINGS_BYTES_H

#include "libprospect/base/problems.h"
#include "libprospect/base/slice.h"

/*
 * Whether the bytes of a settings file can be read: UTF-8, no NUL, no control
 * or invisible character that would end a line, no %TAG directive. What is
 * wrong first is added to `problems`.
 */
PSP_NODISCARD bool psp_bytes_check(
    struct psp_slice text, const char *name, struct psp_problems *problems);

/* Makes a message one line: a key that it quotes may hold line breaks. */
void psp_bytes_join_lines(char *message);

#endif
