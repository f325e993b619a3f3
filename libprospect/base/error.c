/* Filling errors; see the header. Nothing here allocates. */
#include <config.h>

#include "libprospect/base/error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "libprospect/base/catalog.h"

void
psp_error_init(struct psp_error *err)
{
	err->status = PSP_OK;
	err->file[0] = '\0';
	err->line = 0;
	err->column = 0;
	err->message[0] = '\0';
}

/* Ends a text that did not fit in "...", not in the middle of a character. */
static void
end_cut_text(char *text, size_t size)
{
	size_t end = size - 4;

	while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80)
		end--;
	memcpy(text + end, "...", 4);
}

bool
psp_error_setv(struct psp_error *err, enum psp_status status, const char *file,
    size_t line, size_t column, const char *format, va_list arguments)
{
	int n;

	if (err->status != PSP_OK)
		return false;
	err->status = status;
	err->line = line;
	err->column = column;
	n = snprintf(
	    err->file, sizeof(err->file), "%s", file != NULL ? file : "");
	if (n >= (int)sizeof(err->file))
		end_cut_text(err->file, sizeof(err->file));
	n = vsnprintf(err->message, sizeof(err->message), _(format), arguments);
	if (n >= (int)sizeof(err->message))
		end_cut_text(err->message, sizeof(err->message));
	return false;
}

bool
psp_error_set(struct psp_error *err, enum psp_status status, const char *file,
    size_t line, size_t column, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	psp_error_setv(err, status, file, line, column, format, arguments);
	va_end(arguments);
	return false;
}

bool
psp_error_memory(struct psp_error *err)
{
	return psp_error_set(err, PSP_ENOMEM, NULL, 0, 0, "out of memory");
}

/*
 * The system's words for what went wrong. strerror() speaks the language of
 * the locale, which is none here; those that users meet have a translation.
 */
static const char *
system_reason(int errnum)
{
	switch (errnum) {
	case ENOENT:
		return _("No such file or directory");
	case EACCES:
		return _("Permission denied");
	case EPERM:
		return _("Operation not permitted");
	case EISDIR:
		return _("Is a directory");
	case ENOTDIR:
		return _("Not a directory");
	case EEXIST:
		return _("File exists");
	case ENOSPC:
		return _("No space left on device");
	case EDQUOT:
		return _("Disk quota exceeded");
	case EFBIG:
		return _("File too large");
	case EROFS:
		return _("Read-only file system");
	case EIO:
		return _("Input/output error");
	case EPIPE:
		return _("Broken pipe");
	case EBADF:
		return _("Bad file descriptor");
	case EMFILE:
	case ENFILE:
		return _("Too many open files");
	case ELOOP:
		return _("Too many levels of symbolic links");
	case ENAMETOOLONG:
		return _("File name too long");
	case ENXIO:
		return _("No such device or address");
	default:
		return strerror(errnum);
	}
}

bool
psp_error_system(
    struct psp_error *err, const char *file, const char *doing, int errnum)
{
	return psp_error_set(err, PSP_EIO, file, 0, 0, "cannot %s: %s",
	    _(doing), system_reason(errnum));
}
