/* What a score is called: disqualifiers, the grid of grades, classes. */
#ifndef PSP_SCORING_CLASSES_H
#define PSP_SCORING_CLASSES_H

#include "libprospect/scoring/rule.h"

/* All of them take a node that may be NULL (not said) and return false with
 * problems or PSP_ENOMEM. The groups must have their names. */

PSP_NODISCARD bool psp_disqualifiers_read(
    const struct psp_model_reading *reading, const struct psp_node *list);

PSP_NODISCARD bool psp_grid_read(
    const struct psp_model_reading *reading, const struct psp_node *map);

PSP_NODISCARD bool psp_classes_read(
    const struct psp_model_reading *reading, const struct psp_node *list);

#endif
