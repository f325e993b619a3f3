/* Bars and sparklines; see the header. */
#include <config.h>

#include "libprospect/report/bars.h"

enum { EIGHTHS = 8 };

bool
psp_bar_put(
    struct psp_buffer *out, double fraction, bool ascii, struct psp_error *err)
{
	static const char *const parts[EIGHTHS] = { "", "\u258F", "\u258E",
		"\u258D", "\u258C", "\u258B", "\u258A", "\u2589" };
	double length = fraction * PSP_BAR_WIDTH * EIGHTHS;
	int eighths;

	if (!(length > 0))
		return true;
	if (length > PSP_BAR_WIDTH * EIGHTHS)
		length = PSP_BAR_WIDTH * EIGHTHS;
	eighths = (int)(length + 0.5);
	if (ascii)
		eighths = (eighths + EIGHTHS / 2) / EIGHTHS * EIGHTHS;
	if (eighths == 0)
		eighths = ascii ? EIGHTHS : 1;
	for (int i = 0; i < eighths / EIGHTHS; i++)
		if (!psp_buffer_slice(
			out, psp_slice_of(ascii ? "#" : "\u2588"), err))
			return false;
	return psp_buffer_slice(
	    out, psp_slice_of(parts[eighths % EIGHTHS]), err);
}

int
psp_spark_height(double value, double low, double high)
{
	int height;

	if (!(high > low))
		return PSP_SPARK_TOP / 2;
	height = (int)((value - low) / (high - low) * PSP_SPARK_TOP + 0.5);
	if (height < 0)
		return 0;
	return height > PSP_SPARK_TOP ? PSP_SPARK_TOP : height;
}

bool
psp_spark_put(
    struct psp_buffer *out, int height, bool ascii, struct psp_error *err)
{
	static const char *const signs[] = { "\u2581", "\u2582", "\u2583",
		"\u2584", "\u2585", "\u2586", "\u2587", "\u2588" };
	static const char plain[] = "_.-~=+*#";

	if (height < 0)
		return psp_buffer_put(out, ' ', err);
	if (ascii)
		return psp_buffer_put(out, plain[height], err);
	return psp_buffer_slice(out, psp_slice_of(signs[height]), err);
}
