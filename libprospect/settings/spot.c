/* Lines and columns of a text; see the header. */
#include <config.h>

#include "libprospect/settings/spot.h"

#include "libprospect/base/text.h"

static bool
is_break(char c)
{
	return c == '\n' || c == '\r';
}

struct psp_spot
psp_spot_line(struct psp_slice text, size_t start)
{
	struct psp_spot place = { text, start, start, start };

	while (place.end < text.size && !is_break(text.bytes[place.end]))
		place.end++;
	return place;
}

bool
psp_spot_next_line(struct psp_spot *place)
{
	size_t at = place->end;

	if (at == place->text.size)
		return false;
	if (place->text.bytes[at] == '\r' && at + 1 < place->text.size
	    && place->text.bytes[at + 1] == '\n')
		at++;
	*place = psp_spot_line(place->text, at + 1);
	return true;
}

size_t
psp_spot_mark_size(struct psp_slice text)
{
	if (text.size >= 3 && memcmp(text.bytes, "\xEF\xBB\xBF", 3) == 0)
		return 3;
	return 0;
}

struct psp_spot
psp_spot_find(struct psp_slice text, size_t line, size_t column)
{
	struct psp_spot place = psp_spot_line(text, psp_spot_mark_size(text));

	while (line > 1 && psp_spot_next_line(&place))
		line--;
	while (column > 1 && place.at < place.end) {
		(void)psp_utf8_next(text, &place.at);
		column--;
	}
	return place;
}

char
psp_spot_peek(const struct psp_spot *place, ptrdiff_t offset)
{
	ptrdiff_t at = (ptrdiff_t)place->at + offset;

	if (at < (ptrdiff_t)place->start || at >= (ptrdiff_t)place->end)
		return '\0';
	return place->text.bytes[at];
}
