/* Options that list words parted by commas: columns, classes. */
#ifndef PSP_SCORING_LISTED_H
#define PSP_SCORING_LISTED_H

#include "libprospect/base/error.h"
#include "libprospect/base/slice.h"

/* Moves `*list` past its next word, trimmed; false at the end. */
bool psp_listed_next(const char **list, struct psp_slice *word);

/* Refuses a word of `option` that is none of those known. PSP_EUSAGE. */
bool psp_listed_refuse(const char *option, struct psp_slice word,
    struct psp_slices known, struct psp_error *err);

#endif
