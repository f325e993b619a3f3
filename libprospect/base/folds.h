/*
 * Folded forms kept ready for the characters of most texts in Latin letters:
 * taking them from utf8proc costs some 150 instructions each, and French has
 * one in thirty. What they are is text.h's affair; a test compares both.
 */
#ifndef PSP_BASE_FOLDS_H
#define PSP_BASE_FOLDS_H

/* The characters that `psp_latin_folds` knows: U+00A0 to U+017F. */
enum { PSP_LATIN_START = 0xA0, PSP_LATIN_END = 0x180 };

/* An ASCII byte without case; white space as ' '. */
extern const unsigned char psp_ascii_folds[128];

/* What a character folds to, one or two ASCII bytes; "" for anything else. */
extern const char psp_latin_folds[PSP_LATIN_END - PSP_LATIN_START][3];

#endif
