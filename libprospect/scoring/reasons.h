/* A score in words: why, and how to begin the call. */
#ifndef PSP_SCORING_REASONS_H
#define PSP_SCORING_REASONS_H

#include "libprospect/scoring/score.h"

/* Room for psp_points_format. */
enum { PSP_POINTS_SIZE = 32 };

/* Writes points as people do, "12.5"; with `signed` "+12.5". Returns the size.
 */
size_t psp_points_format(int64_t points, bool is_signed, char *text);

/*
 * Makes `out` the rules that gave or took points, largest first, equal ones in
 * written order: "target sector +20; headcount +10; fragile -15". What
 * disqualifies comes before them, without points. `order` holds as many numbers
 * as the model has rules. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_reasons_put(const struct psp_score_plan *plan,
    const struct psp_score *score, size_t *order, struct psp_buffer *out,
    struct psp_error *err);

/*
 * Makes `out` the opener of a call: of the company's signals the one with most
 * points after decay, of equals the newest, as "title (date, source)"; its code
 * stands for a missing title. Signals that take points are no opener. Empty
 * without any. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_context_put(const struct psp_score_plan *plan,
    const struct psp_score *score, struct psp_buffer *out,
    struct psp_error *err);

#endif
