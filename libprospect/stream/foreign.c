/* Signatures at the start of files, as their formats define them. */
#include <config.h>

#include "libprospect/stream/foreign.h"

#include "libprospect/base/catalog.h"

enum { PATTERN_SIZE = 4096 };

/* `open` is the command that writes the content as text; NULL where `advice`
 * stands alone. */
struct signature {
	const char *bytes;
	size_t size;
	const char *what;
	const char *open;
	const char *advice;
};

#define SIGNATURE(bytes, what, open, advice)                                   \
	{                                                                      \
		bytes, sizeof(bytes) - 1, what, open, advice                   \
	}
#define SAVE_AS_CSV "save the sheet as CSV first"
#define ENCODE "say iconv -f UTF-32 -t UTF-8 before it"

static const struct signature signatures[] = {
	SIGNATURE("\x1F\x8B", "gzip", "zcat", NULL),
	SIGNATURE("\x28\xB5\x2F\xFD", "zstd", "zstdcat", NULL),
	SIGNATURE("\xFD\x37\x7A\x58\x5A\x00", "xz", "xzcat", NULL),
	SIGNATURE("BZh", "bzip2", "bzcat", NULL),
	SIGNATURE("\x04\x22\x4D\x18", "lz4", "lz4cat", NULL),
	SIGNATURE("\x1F\x9D", "compress", "zcat", NULL),
	SIGNATURE("7z\xBC\xAF\x27\x1C", "7-Zip", "7z x -so", NULL),
	SIGNATURE("Rar!\x1A\x07", "RAR", "unrar p -inul", NULL),
	SIGNATURE("PK\x03\x04", "zip", "unzip -p", NULL),
	SIGNATURE("PK\x05\x06", "an empty zip archive", NULL,
	    "there is no file in it"),
	SIGNATURE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an Excel 97 workbook",
	    NULL, SAVE_AS_CSV),
	SIGNATURE("PAR1", "Parquet", NULL,
	    "write it as CSV first, for example with duckdb"),
	SIGNATURE("SQLite format 3\x00", "an SQLite data base", NULL,
	    "write a table as CSV first with sqlite3 -csv -header"),
	SIGNATURE("%PDF-", "a PDF document", NULL, "get the data as CSV"),
	SIGNATURE("\xFF\xFE\x00\x00", "UTF-32", NULL, ENCODE),
	SIGNATURE("\x00\x00\xFE\xFF", "UTF-32", NULL, ENCODE),
};

static const struct signature xlsx =
    SIGNATURE("", "an Excel workbook (xlsx)", NULL, SAVE_AS_CSV);
static const struct signature ods =
    SIGNATURE("", "an OpenDocument sheet (ods)", NULL, SAVE_AS_CSV);
static const struct signature html = SIGNATURE("", "a web page (HTML)", NULL,
    "an error page may have been saved in place of the data");
static const struct signature xml =
    SIGNATURE("", "an XML document", NULL, "get the data as CSV");
static const struct signature utf32 = SIGNATURE("", "UTF-32", NULL, ENCODE);

/* Whether `sample` goes on with `text`, in any case, after white space. */
static bool
begins_with(struct psp_slice sample, const char *text)
{
	size_t size = strlen(text), at = 0;

	if (sample.size >= 3 && memcmp(sample.bytes, "\xEF\xBB\xBF", 3) == 0)
		at = 3;
	while (at < sample.size && sample.bytes[at] != '\0'
	       && strchr(" \t\r\n", sample.bytes[at]) != NULL)
		at++;
	if (sample.size - at < size)
		return false;
	for (size_t i = 0; i < size; i++) {
		char c = sample.bytes[at + i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 'a' - 'A');
		if (c != text[i])
			return false;
	}
	return true;
}

static bool
holds(struct psp_slice sample, const char *text)
{
	size_t size = strlen(text);

	for (size_t i = 0; i + size <= sample.size; i++)
		if (memcmp(sample.bytes + i, text, size) == 0)
			return true;
	return false;
}

/* Office files are zip archives: the first names in them tell. */
static const struct signature *
look_into_zip(struct psp_slice sample, const struct signature *zip)
{
	if (sample.size > 2048)
		sample.size = 2048;
	if (holds(sample, "opendocument.spreadsheet"))
		return &ods;
	if (holds(sample, "[Content_Types].xml") || holds(sample, "xl/")
	    || holds(sample, "docProps/"))
		return &xlsx;
	return zip;
}

/* Signatures of letters need more than letters: a header may begin so. */
static bool
is_confirmed(struct psp_slice sample, const struct signature *signature)
{
	if (strcmp(signature->what, "Parquet") == 0)
		return sample.size > 4 && (unsigned char)sample.bytes[4] < 0x20
		       && strchr("\t\r\n", sample.bytes[4]) == NULL;
	if (strcmp(signature->what, "bzip2") == 0)
		return sample.size >= 10
		       && memcmp(sample.bytes + 4, "1AY&SY", 6) == 0;
	return true;
}

static const struct signature *
find_signature(struct psp_slice sample)
{
	for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]);
	     i++) {
		const struct signature *signature = &signatures[i];

		if (sample.size < signature->size
		    || memcmp(sample.bytes, signature->bytes, signature->size)
			   != 0
		    || !is_confirmed(sample, signature))
			continue;
		if (strcmp(signature->what, "zip") == 0)
			return look_into_zip(sample, signature);
		return signature;
	}
	if (begins_with(sample, "<!doctype html")
	    || begins_with(sample, "<html"))
		return &html;
	if (begins_with(sample, "<?xml"))
		return &xml;
	return NULL;
}

bool
psp_foreign_refuse(
    struct psp_slice sample, const char *name, struct psp_error *err)
{
	const struct signature *signature = find_signature(sample);

	if (signature == NULL && psp_nul_pattern_of(sample) == PSP_NUL_UTF32)
		signature = &utf32;
	if (signature == NULL)
		return true;
	if (signature->open == NULL)
		return psp_error_set(err, PSP_ESYNTAX, name, 0, 0,
		    "this is %s, not CSV: %s", signature->what,
		    signature->advice);
	if (strcmp(name, _("standard input")) == 0)
		return psp_error_set(err, PSP_ESYNTAX, name, 0, 0,
		    "these are %s bytes, not CSV: open them first (%s FILE | "
		    "...)",
		    signature->what, signature->open);
	return psp_error_set(err, PSP_ESYNTAX, name, 0, 0,
	    "these are %s bytes, not CSV: open them first (%s '%.200s' | ...)",
	    signature->what, signature->open, name);
}

enum psp_nul_pattern
psp_nul_pattern_of(struct psp_slice sample)
{
	size_t n[4] = { 0, 0, 0, 0 };
	size_t size = sample.size < PATTERN_SIZE ? sample.size : PATTERN_SIZE;
	size_t even, odd, half = size / 2;

	for (size_t i = 0; i < size; i++)
		n[i % 4] += sample.bytes[i] == '\0';
	even = n[0] + n[2];
	odd = n[1] + n[3];
	if (size >= 8 && n[1] * 5 >= size && n[2] * 5 >= size
	    && (n[0] * 5 >= size) != (n[3] * 5 >= size))
		return PSP_NUL_UTF32;
	if (size >= 4 && odd * 10 >= half * 7 && even * 20 <= half)
		return PSP_NUL_UTF16LE;
	if (size >= 4 && even * 10 >= half * 7 && odd * 20 <= half)
		return PSP_NUL_UTF16BE;
	if (even + odd >= 4 && (even + odd) * 8 > size)
		return PSP_NUL_UNCLEAR;
	return PSP_NUL_FEW;
}
