/*
 * Sentences for people that settings name by a code: the questions that the
 * method asks of a ratio.
 */
#ifndef PSP_CALLS_PHRASES_H
#define PSP_CALLS_PHRASES_H

#include "libprospect/base/slice.h"

/*
 * The sentence of a code such as "offer_relevance", in the language of
 * messages; NULL when there is none.
 */
const char *psp_phrase(struct psp_slice code);

#endif
