/* Numbers drawn as text: bars and sparklines, in Unicode or plain ASCII. */
#ifndef PSP_REPORT_BARS_H
#define PSP_REPORT_BARS_H

#include "libprospect/base/buffer.h"

/* Columns that a full bar takes. */
enum { PSP_BAR_WIDTH = 20 };

/*
 * Appends a bar for `fraction` of its full width, cut to 0 to 1: blocks to an
 * eighth of a column, or whole '#'. What is more than 0 shows. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_bar_put(
    struct psp_buffer *out, double fraction, bool ascii, struct psp_error *err);

/* Heights of a sparkline, from 0 to this. */
enum { PSP_SPARK_TOP = 7 };

/* The height of `value` between `low` and `high` (all alike: the middle). */
int psp_spark_height(double value, double low, double high);

/* Appends the sign of a height; a negative one is a gap. PSP_ENOMEM. */
PSP_NODISCARD bool psp_spark_put(
    struct psp_buffer *out, int height, bool ascii, struct psp_error *err);

#endif
