/* Words of an option; see the header. */
#include <config.h>

#include "libprospect/scoring/listed.h"

#include "libprospect/base/text.h"

bool
psp_listed_next(const char **list, struct psp_slice *word)
{
	const char *comma;

	if (*list == NULL)
		return false;
	comma = strchr(*list, ',');
	*word = psp_text_trim(comma != NULL
				  ? psp_slice(*list, (size_t)(comma - *list))
				  : psp_slice_of(*list));
	*list = comma != NULL ? comma + 1 : NULL;
	return true;
}

bool
psp_listed_refuse(const char *option, struct psp_slice word,
    struct psp_slices known, struct psp_error *err)
{
	struct psp_slice near = psp_text_nearest(word, known);
	char list[256] = "";
	size_t n = 0;

	if (near.size > 0)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--%s: there is no '%.*s'; did you mean '%.*s'?", option,
		    PSP_SLICE_ARGS(word), PSP_SLICE_ARGS(near));
	for (size_t i = 0; i < known.n; i++) {
		struct psp_slice name = known.items[i];

		if (n + name.size + 3 > sizeof(list))
			break;
		if (n > 0) {
			memcpy(list + n, ", ", 2);
			n += 2;
		}
		memcpy(list + n, name.bytes, name.size);
		n += name.size;
		list[n] = '\0';
	}
	return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
	    "--%s: there is no '%.*s'; expected some of %s", option,
	    PSP_SLICE_ARGS(word), list);
}
