/* Sending notes; see the header. */
#include <config.h>

#include "libprospect/stream/note.h"

void
psp_note(const struct psp_notes *notes, enum psp_note_level level,
    const char *kind, const char *file, size_t line, size_t column,
    const char *format, ...)
{
	struct psp_error note;
	va_list arguments;

	if (notes == NULL || notes->call == NULL)
		return;
	psp_error_init(&note);
	va_start(arguments, format);
	psp_error_setv(
	    &note, PSP_ESYNTAX, file, line, column, format, arguments);
	va_end(arguments);
	if (level != PSP_NOTE_REJECT)
		note.status = PSP_OK;
	notes->call(notes->user, level, kind, &note);
}
