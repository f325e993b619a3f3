/*
 * Sentences for people, in English and French: the questions that the method
 * asks of a ratio, and the words of reports.
 */
#ifndef PSP_CALLS_PHRASES_H
#define PSP_CALLS_PHRASES_H

#include "libprospect/base/slice.h"

enum psp_language { PSP_ENGLISH, PSP_FRENCH };

/*
 * The sentence of a code such as "offer_relevance"; NULL when there is none.
 */
const char *psp_phrase(enum psp_language language, struct psp_slice code);

/* The same for a code that is there. */
const char *psp_phrase_of(enum psp_language language, const char *code);

#endif
