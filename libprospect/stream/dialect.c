/*
 * The parts of a dialect in the order in which each needs those before it:
 * what the bytes are (foreign), encoding, quote, line end, lines to skip,
 * separator and header (shape), decimals (decimal). Every part is a function
 * of the sample alone.
 */
#include <config.h>

#include "libprospect/stream/dialect.h"

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/stream/decimal.h"
#include "libprospect/stream/foreign.h"
#include "libprospect/stream/shape.h"

/* What is known while the parts are found. */
struct search {
	struct psp_slice sample; /* raw */
	struct psp_slice text;   /* decoded, after the byte order mark */
	bool is_whole;
	const struct psp_dialect_options *options;
	const char *name;
	const struct psp_notes *notes;
	struct psp_dialect *dialect;
};

static bool
starts_with(struct psp_slice bytes, const char *start, size_t size)
{
	return bytes.size >= size && memcmp(bytes.bytes, start, size) == 0;
}

/* The sample without a character that its end may cut. */
static struct psp_slice
without_cut_character(struct psp_slice sample)
{
	size_t n = 0;

	while (n < 3 && n < sample.size) {
		unsigned char c =
		    (unsigned char)sample.bytes[sample.size - 1 - n];
		size_t size = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;

		n++;
		if (c < 0x80)
			break;
		if (c >= 0xC0) {
			if (size > n)
				sample.size -= n;
			break;
		}
	}
	return sample;
}

static bool
is_ascii(struct psp_slice bytes)
{
	for (size_t i = 0; i < bytes.size; i++)
		if ((unsigned char)bytes.bytes[i] >= 0x80)
			return false;
	return true;
}

/* Whether some character beyond ASCII is UTF-8, in bytes that are not. */
static bool
holds_utf8(struct psp_slice bytes)
{
	size_t i = 0;

	while (i < bytes.size) {
		size_t before = i;

		(void)psp_utf8_next(bytes, &i);
		if (i - before > 1)
			return true;
	}
	return false;
}

/* The encoding of bytes without a byte order mark, from one-byte ones. */
static enum psp_encoding
byte_encoding(const struct search *search)
{
	struct psp_slice whole = without_cut_character(search->sample);
	bool is_cut = whole.size < search->sample.size;

	if (is_ascii(whole) && (!is_cut || !search->is_whole))
		return PSP_ENCODING_MIXED;
	if (psp_utf8_valid(whole) && !is_ascii(whole))
		return PSP_ENCODING_UTF8;
	if (holds_utf8(whole))
		psp_note(search->notes, PSP_NOTE_WARNING, NULL, search->name, 0,
		    0,
		    "characters in UTF-8 and in Windows-1252: read as "
		    "Windows-1252; --encoding mixed reads each record by "
		    "itself");
	return PSP_ENCODING_WINDOWS_1252;
}

/* Sets encoding and bom_size. A mark of UTF-16 tells the order of bytes even
 * when the user named another. */
static bool
find_encoding(struct search *search, struct psp_error *err)
{
	struct psp_dialect *dialect = search->dialect;
	enum psp_encoding wanted = search->options->encoding;
	bool any = wanted == PSP_ENCODING_AUTO;
	bool is_16 =
	    wanted == PSP_ENCODING_UTF16LE || wanted == PSP_ENCODING_UTF16BE;

	dialect->encoding = wanted;
	if (starts_with(search->sample, "\xEF\xBB\xBF", 3) && !is_16) {
		dialect->bom_size = 3;
		if (any)
			dialect->encoding = PSP_ENCODING_UTF8;
		return true;
	}
	if ((any || is_16) && starts_with(search->sample, "\xFF\xFE", 2)) {
		dialect->bom_size = 2;
		dialect->encoding = PSP_ENCODING_UTF16LE;
		return true;
	}
	if ((any || is_16) && starts_with(search->sample, "\xFE\xFF", 2)) {
		dialect->bom_size = 2;
		dialect->encoding = PSP_ENCODING_UTF16BE;
		return true;
	}
	if (!any)
		return true;
	switch (psp_nul_pattern_of(search->sample)) {
	case PSP_NUL_UTF16LE:
		dialect->encoding = PSP_ENCODING_UTF16LE;
		return true;
	case PSP_NUL_UTF16BE:
		dialect->encoding = PSP_ENCODING_UTF16BE;
		return true;
	case PSP_NUL_UNCLEAR:
		return psp_error_set(err, PSP_ESYNTAX, search->name, 0, 0,
		    "many NUL bytes: UTF-16 without byte order mark, or no "
		    "text; say --encoding utf-16le or utf-16be if it is text");
	case PSP_NUL_UTF32:
	case PSP_NUL_FEW:
		break;
	}
	dialect->encoding = byte_encoding(search);
	return true;
}

static bool
decode_sample(
    struct search *search, struct psp_buffer *decoded, struct psp_error *err)
{
	struct psp_dialect *dialect = search->dialect;
	struct psp_slice bytes =
	    psp_slice(search->sample.bytes + dialect->bom_size,
		search->sample.size - dialect->bom_size);
	struct psp_decoder decoder;

	search->text = bytes;
	if (dialect->encoding == PSP_ENCODING_UTF8
	    || dialect->encoding == PSP_ENCODING_MIXED)
		return true;
	psp_decoder_init(&decoder, dialect->encoding);
	if (!psp_decoder_run(&decoder, bytes, search->is_whole, decoded, err))
		return false;
	if (decoded->size > 0)
		search->text = psp_buffer_content(decoded);
	else
		search->text.size = 0;
	return true;
}

/* CR is a line end where no LF is outside quotes. A CR at the cut of the
 * sample may be half of CRLF. */
static unsigned char
find_newline(const struct search *search)
{
	struct psp_slice text = search->text;
	size_t n_cr = 0, n_lf_inside = 0;
	bool in_quotes = false;

	for (size_t i = 0; i < text.size; i++) {
		char c = text.bytes[i];

		if ((unsigned char)c == search->dialect->quote) {
			in_quotes = !in_quotes;
		} else if (c == '\n') {
			if (!in_quotes)
				return '\n';
			n_lf_inside++;
		} else if (c == '\r' && !in_quotes) {
			if (i + 1 == text.size ? search->is_whole
					       : text.bytes[i + 1] != '\n')
				n_cr++;
		}
	}
	return n_cr > n_lf_inside ? '\r' : '\n';
}

/* The separator that a first line "sep=;" tells, 0 when it is none. */
static unsigned char
told_separator(struct psp_slice line)
{
	unsigned char c;

	while (line.size > 0
	       && (line.bytes[line.size - 1] == '\n'
		   || line.bytes[line.size - 1] == '\r'))
		line.size--;
	if (line.size == 7 && line.bytes[0] == '"' && line.bytes[6] == '"')
		line = psp_slice(line.bytes + 1, 5);
	if (line.size != 5 || (line.bytes[0] | 0x20) != 's'
	    || (line.bytes[1] | 0x20) != 'e' || (line.bytes[2] | 0x20) != 'p'
	    || line.bytes[3] != '=')
		return 0;
	c = (unsigned char)line.bytes[4];
	if ((c < ' ' && c != '\t') || c >= 0x7F || c == '"' || c == '\''
	    || (c >= '0' && c <= '9')
	    || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
		return 0;
	return c;
}

static struct psp_slice
text_from(const struct search *search, size_t at)
{
	return psp_slice(search->text.bytes + at, search->text.size - at);
}

/* Sets skip_size for --skip-lines. */
static bool
skip_wanted_lines(struct search *search, struct psp_error *err)
{
	struct psp_dialect *dialect = search->dialect;

	for (size_t n = 0; n < search->options->skip_lines; n++) {
		struct psp_slice rest = text_from(search, dialect->skip_size);
		size_t size = psp_line_size(rest, dialect->newline);

		if (size > 0
		    && (search->is_whole
			|| (unsigned char)rest.bytes[size - 1]
			       == dialect->newline)) {
			dialect->skip_size += size;
			continue;
		}
		if (search->is_whole)
			return psp_error_set(err, PSP_ESYNTAX, search->name, 0,
			    0, "--skip-lines %zu: there are only %zu lines",
			    search->options->skip_lines, n);
		return psp_error_set(err, PSP_ESYNTAX, search->name, 0, 0,
		    "--skip-lines %zu: the header must begin in the first %d "
		    "KiB",
		    search->options->skip_lines, PSP_SAMPLE_SIZE / 1024);
	}
	return true;
}

/* A separator as it is shown in messages. */
static const char *
separator_name(unsigned char separator, char *name)
{
	if (separator == '\t')
		return _("tab");
	name[0] = name[2] = '\'';
	name[1] = (char)separator;
	name[3] = '\0';
	return name;
}

static void
warn_of_doubt(const struct search *search, const struct psp_shape *shape)
{
	char name[4], rival_name[4];
	const char *separator = separator_name(shape->separator, name);
	const char *rival = separator_name(shape->rival, rival_name);

	switch (shape->doubt) {
	case PSP_SHAPE_SURE:
		break;
	case PSP_SHAPE_RIVAL:
		psp_note(search->notes, PSP_NOTE_WARNING, NULL, search->name, 0,
		    0,
		    "separator %s taken, but %s splits the lines as evenly: "
		    "say which with -d",
		    separator, rival);
		break;
	case PSP_SHAPE_ONE_COLUMN:
		psp_note(search->notes, PSP_NOTE_WARNING, NULL, search->name, 0,
		    0,
		    "read as one column, for ',' does not split the lines "
		    "evenly: say -d ',' if it separates");
		break;
	case PSP_SHAPE_ABSENT:
		psp_note(search->notes, PSP_NOTE_WARNING, NULL, search->name, 0,
		    0, "1 column found with separator %s: %s looks likely",
		    separator, rival);
		break;
	case PSP_SHAPE_UNEVEN:
		psp_note(search->notes, PSP_NOTE_WARNING, NULL, search->name, 0,
		    0,
		    "separator %s taken from the header, but most lines below "
		    "do not hold it: say which with -d",
		    separator);
		break;
	}
}

/* Sets separator, skip_size and the number of lines in it. */
static bool
find_shape(
    struct search *search, struct psp_cells *cells, struct psp_error *err)
{
	const struct psp_dialect_options *options = search->options;
	struct psp_dialect *dialect = search->dialect;
	struct psp_slice skipped;
	struct psp_shape shape;
	size_t first_size = psp_line_size(search->text, dialect->newline);
	unsigned char told =
	    told_separator(psp_slice(search->text.bytes, first_size));
	unsigned char separator = options->separator;

	if (options->skip_lines_given) {
		if (!skip_wanted_lines(search, err))
			return false;
		if (options->skip_lines == 0)
			told = 0;
	} else if (told != 0) {
		dialect->skip_size = first_size;
	}
	if (separator == 0)
		separator = told;
	cells->text = text_from(search, dialect->skip_size);
	if (!psp_shape_find(
		cells, separator, options->skip_lines_given, &shape, err))
		return false;
	if (shape.separator == dialect->quote)
		return psp_error_set(err, PSP_EUSAGE, search->name, 0, 0,
		    "'%c' was found to be the separator, which cannot be the "
		    "quote too: say one of them with -d or --quote",
		    shape.separator);
	dialect->separator = shape.separator;
	dialect->separator_is_sure = shape.doubt == PSP_SHAPE_SURE;
	dialect->skip_size += shape.header_at;
	skipped = psp_slice(search->text.bytes, dialect->skip_size);
	for (size_t i = 0; i < skipped.size; i++)
		dialect->n_skipped_lines +=
		    (unsigned char)skipped.bytes[i] == dialect->newline;
	warn_of_doubt(search, &shape);
	if (shape.skipped_words)
		psp_note(search->notes, PSP_NOTE_WARNING, NULL, search->name,
		    dialect->n_skipped_lines + 1, 0,
		    "header taken from this line: what is above it was left "
		    "out; say --skip-lines %zu to settle it",
		    dialect->n_skipped_lines);
	cells->separator = dialect->separator;
	cells->text = text_from(search, dialect->skip_size);
	return true;
}

static void
note_dialect(const struct search *search)
{
	static const char *const decimals[] = {
		[PSP_DECIMAL_UNKNOWN] = N_("not shown"),
		[PSP_DECIMAL_POINT] = N_("point"),
		[PSP_DECIMAL_COMMA] = N_("comma"),
	};
	const struct psp_dialect *dialect = search->dialect;
	char separator[4], quote[4];

	psp_note(search->notes, PSP_NOTE_DETAIL, NULL, search->name, 0, 0,
	    "encoding %s%s, separator %s, quote %s, line end %s, decimal mark "
	    "%s, header on line %zu",
	    psp_encoding_name(dialect->encoding),
	    dialect->bom_size > 0 ? _(" with byte order mark") : "",
	    separator_name(dialect->separator, separator),
	    dialect->quote == PSP_QUOTE_NONE
		? _("none")
		: separator_name((unsigned char)dialect->quote, quote),
	    dialect->newline == '\r' ? "CR" : _("LF or CRLF"),
	    _(decimals[dialect->decimal]), dialect->n_skipped_lines + 1);
}

bool
psp_dialect_detect(struct psp_slice sample, bool is_whole,
    const struct psp_dialect_options *options, const char *name,
    const struct psp_notes *notes, struct psp_dialect *dialect,
    struct psp_error *err)
{
	struct search search = { .sample = sample,
		.is_whole = is_whole,
		.options = options,
		.name = name,
		.notes = notes,
		.dialect = dialect };
	struct psp_cells cells = { .is_whole = is_whole };
	struct psp_buffer decoded;
	bool done = false;

	*dialect = (struct psp_dialect){ .quote = options->quote,
		.decimal = options->decimal };
	psp_buffer_init(&decoded);
	if (sample.size == 0)
		search.sample = psp_slice("", 0);
	if (!psp_foreign_refuse(sample, name, err)
	    || !find_encoding(&search, err)
	    || !decode_sample(&search, &decoded, err))
		goto done;
	if (dialect->quote == PSP_QUOTE_DETECT)
		dialect->quote = psp_quote_find(search.text);
	dialect->newline = find_newline(&search);
	cells.quote = dialect->quote;
	cells.newline = dialect->newline;
	if (!find_shape(&search, &cells, err))
		goto done;
	if (dialect->decimal == PSP_DECIMAL_UNKNOWN
	    && !psp_decimal_find(&cells, &dialect->decimal, err))
		goto done;
	note_dialect(&search);
	done = true;
done:
	psp_buffer_clear(&decoded);
	return done;
}
