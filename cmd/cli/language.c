/* Choosing the language and finding its catalog; see the header. */
#include <config.h>

#include "cmd/cli/language.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cli/argument.h"
#include "libprospect/base/buffer.h"
#include "libprospect/base/catalog.h"

static const struct cli_choice languages[] = {
	{ "en", CLI_LANGUAGE_EN },
	{ "fr", CLI_LANGUAGE_FR },
	{ NULL, 0 },
};

/* The language that things are said in: one for the whole program. */
static int in_use = CLI_LANGUAGE_EN;

/* Appends the path of the catalog in a folder of locales, with its NUL. */
static bool
put_path(struct psp_buffer *path, struct psp_slice folder, const char *language,
    struct psp_error *err)
{
	path->size = 0;
	return psp_buffer_slice(path, folder, err)
	       && psp_buffer_format(
		   path, err, "/%s/LC_MESSAGES/prospect.mo", language)
	       && psp_buffer_put(path, '\0', err);
}

/* Appends the path of the catalog that was built beside this program. */
static bool
put_path_of_build(
    struct psp_buffer *path, const char *language, struct psp_error *err)
{
	static const char folder[] = "po";
	char program[PATH_MAX + sizeof(folder)];
	ssize_t size = readlink("/proc/self/exe", program, PATH_MAX);
	const char *slash =
	    size > 0 ? memrchr(program, '/', (size_t)size) : NULL;

	if (slash == NULL) /* the system does not tell: another place */
		return put_path(path, psp_slice_of(LOCALEDIR), language, err);
	size = slash + 1 - program;
	memcpy(program + size, folder, sizeof(folder) - 1);
	return put_path(path,
	    psp_slice(program, (size_t)size + sizeof(folder) - 1), language,
	    err);
}

/* Appends the path of the catalog, whether it is there or not. */
static bool
find_catalog(
    struct psp_buffer *path, const char *language, struct psp_error *err)
{
	const char *folder = getenv("PROSPECT_LOCALEDIR");

	if (folder != NULL && *folder != '\0')
		return put_path(path, psp_slice_of(folder), language, err);
	if (!put_path_of_build(path, language, err))
		return false;
	return access(path->bytes, F_OK) == 0
	       || put_path(path, psp_slice_of(LOCALEDIR), language, err);
}

static bool
use_catalog(const char *language, struct psp_error *err)
{
	struct psp_error reason;
	struct psp_buffer path;
	bool is_used = false;

	psp_error_init(&reason);
	psp_buffer_init(&path);
	if (!find_catalog(&path, language, err))
		goto done;
	if (psp_catalog_use(path.bytes, &reason))
		is_used = true;
	else if (reason.status == PSP_EIO)
		psp_error_set(err, PSP_EIO, reason.file, 0, 0,
		    "no messages in '%s': %s; install prospect whole, or say "
		    "in PROSPECT_LOCALEDIR in which folder they are",
		    language, reason.message);
	else
		*err = reason;
done:
	psp_buffer_clear(&path);
	return is_used;
}

bool
cli_read_language(const char *text, void *value, struct psp_error *err)
{
	int language;

	if (!cli_read_choice(text, languages, &language, err))
		return false;
	if (language == CLI_LANGUAGE_EN)
		psp_catalog_drop();
	else if (language != in_use && !use_catalog(text, err))
		return false;
	in_use = language;
	*(int *)value = language;
	return true;
}

/* The value of the last --lang, or NULL. */
static const char *
find_option(char *const *arguments, size_t n)
{
	static const char option[] = "--lang";
	const char *text = NULL;

	for (size_t i = 0; i < n && strcmp(arguments[i], "--") != 0; i++) {
		const char *rest = arguments[i] + strlen(option);

		if (strncmp(arguments[i], option, strlen(option)) != 0)
			continue;
		if (*rest == '=')
			text = rest + 1;
		else if (*rest == '\0' && i + 1 < n)
			text = arguments[i + 1];
	}
	return text;
}

bool
cli_language_begin(char *const *arguments, size_t n, struct psp_error *err)
{
	const char *option = find_option(arguments, n);
	const char *text = getenv("PROSPECT_LANG");
	struct psp_error reason;
	int language;

	psp_error_init(&reason);
	if (option != NULL) {
		if (cli_read_language(option, &language, &reason))
			return true;
		if (reason.status != PSP_EUSAGE) {
			*err = reason;
			return false;
		}
	}
	if (text == NULL || *text == '\0')
		return true;
	psp_error_init(&reason);
	if (cli_read_language(text, &language, &reason))
		return true;
	return psp_error_set(err, reason.status,
	    reason.file[0] != '\0' ? reason.file : NULL, 0, 0,
	    "PROSPECT_LANG: %s", reason.message);
}
