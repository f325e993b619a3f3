/*
 * dialect: what is found in samples, what is said, what is refused. Linked
 * with --wrap for malloc and its like, so that the n-th allocation can fail.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include <stdlib.h>

#include "libprospect/stream/dialect.h"
#include "tests/unit/exhaustion.h"

#define BYTES(text) psp_slice(text, sizeof(text) - 1)

/* What the last detection said. */
static char warnings[1024];
static char detail[600];

static void
keep_note(void *user, enum psp_note_level level, const char *kind,
    const struct psp_error *note)
{
	(void)user;
	(void)kind;
	if (level == PSP_NOTE_DETAIL) {
		snprintf(detail, sizeof(detail), "%s", note->message);
	} else {
		size_t size = strlen(warnings);

		snprintf(warnings + size, sizeof(warnings) - size, "%s\n",
		    note->message);
	}
}

/* Detects in an exact copy, so that a sanitizer sees what reads too far. */
static bool
detect(struct psp_slice bytes, bool is_whole,
    const struct psp_dialect_options *options, struct psp_dialect *dialect,
    struct psp_error *err)
{
	static const struct psp_dialect_options none = { 0 };
	const struct psp_notes notes = { keep_note, NULL };
	char *copy = malloc(bytes.size + (bytes.size == 0));
	bool found;

	assert_non_null(copy);
	if (bytes.size > 0)
		memcpy(copy, bytes.bytes, bytes.size);
	psp_error_init(err);
	warnings[0] = detail[0] = '\0';
	found = psp_dialect_detect(psp_slice(copy, bytes.size), is_whole,
	    options != NULL ? options : &none, "f.csv", &notes, dialect, err);
	free(copy);
	return found;
}

static struct psp_dialect
found(struct psp_slice bytes)
{
	struct psp_dialect dialect;
	struct psp_error err;

	assert_true(detect(bytes, true, NULL, &dialect, &err));
	return dialect;
}

static struct psp_dialect
found_with(struct psp_slice bytes, struct psp_dialect_options options)
{
	struct psp_dialect dialect;
	struct psp_error err;

	assert_true(detect(bytes, true, &options, &dialect, &err));
	return dialect;
}

static void
assert_refused(struct psp_slice bytes, const char *words)
{
	struct psp_dialect dialect;
	struct psp_error err;

	assert_false(detect(bytes, true, NULL, &dialect, &err));
	assert_int_equal(err.status, PSP_ESYNTAX);
	assert_string_equal(err.file, "f.csv");
	assert_non_null(strstr(err.message, words));
}

/* The separator, and whether it was taken without doubt. */
static void
assert_separator(const char *text, char separator, bool is_sure)
{
	struct psp_dialect dialect = found(psp_slice_of(text));

	assert_int_equal(dialect.separator, separator);
	assert_int_equal(dialect.separator_is_sure, is_sure);
	assert_int_equal(strlen(warnings) == 0, is_sure);
	assert_int_equal(dialect.skip_size, 0);
}

static void
empty_sample_has_the_defaults(void **state)
{
	struct psp_dialect dialect = found(psp_slice(NULL, 0));

	(void)state;
	assert_int_equal(dialect.separator, ',');
	assert_int_equal(dialect.quote, '"');
	assert_int_equal(dialect.newline, '\n');
	assert_int_equal(dialect.encoding, PSP_ENCODING_MIXED);
	assert_int_equal(dialect.decimal, PSP_DECIMAL_UNKNOWN);
	assert_true(dialect.separator_is_sure);
	dialect = found(BYTES("\xEF\xBB\xBF"));
	assert_int_equal(dialect.encoding, PSP_ENCODING_UTF8);
	assert_int_equal(dialect.bom_size, 3);
	dialect = found(BYTES("\xFF\xFE"));
	assert_int_equal(dialect.encoding, PSP_ENCODING_UTF16LE);
	assert_int_equal(dialect.skip_size, 0);
}

static void
encodings_are_found(void **state)
{
	struct psp_dialect dialect;
	struct psp_error err;

	(void)state;
	assert_int_equal(
	    found(BYTES("a;b\n1;2\n")).encoding, PSP_ENCODING_MIXED);
	assert_int_equal(
	    found(BYTES("nom;v\nCaf\xC3\xA9;2\n")).encoding, PSP_ENCODING_UTF8);
	dialect = found(BYTES("nom;v\nCaf\xE9;1\n"));
	assert_int_equal(dialect.encoding, PSP_ENCODING_WINDOWS_1252);
	assert_int_equal(dialect.separator, ';');
	assert_string_equal(warnings, "");
	/* an accent as the last byte is one when the file ends there */
	assert_int_equal(
	    found(BYTES("Caf\xE9")).encoding, PSP_ENCODING_WINDOWS_1252);
	/* but not when the sample ends there */
	assert_true(detect(
	    BYTES("nom;v\nCaf\xC3\xA9;\xE2\x82"), false, NULL, &dialect, &err));
	assert_int_equal(dialect.encoding, PSP_ENCODING_UTF8);
	assert_true(detect(
	    BYTES("nom;v\nCafe;\xF0\x9F\x98"), false, NULL, &dialect, &err));
	assert_int_equal(dialect.encoding, PSP_ENCODING_MIXED);
	/* a file of UTF-8 that was cut stays one */
	assert_int_equal(found(BYTES("nom\nCaf\xC3\xA9\nCaf\xC3")).encoding,
	    PSP_ENCODING_UTF8);
	/* both kinds of records: said */
	dialect = found(BYTES("nom\nCaf\xC3\xA9\nCaf\xE9\n"));
	assert_int_equal(dialect.encoding, PSP_ENCODING_WINDOWS_1252);
	assert_non_null(strstr(warnings, "--encoding mixed"));
	dialect = found_with(BYTES("nom\nCaf\xE9\n"),
	    (struct psp_dialect_options){
		.encoding = PSP_ENCODING_ISO_8859_15 });
	assert_int_equal(dialect.encoding, PSP_ENCODING_ISO_8859_15);
}

static void
marks_tell_the_encoding(void **state)
{
	struct psp_dialect dialect;

	(void)state;
	dialect = found(BYTES("\xEF\xBB\xBF\"id\";\"n\"\n1;2\n"));
	assert_int_equal(dialect.encoding, PSP_ENCODING_UTF8);
	assert_int_equal(dialect.bom_size, 3);
	assert_int_equal(dialect.skip_size, 0);
	dialect = found(BYTES("\xFF\xFE"
			      "a\0;\0b\0\n\0"
			      "1\0;\0"
			      "2\0\n\0"));
	assert_int_equal(dialect.encoding, PSP_ENCODING_UTF16LE);
	assert_int_equal(dialect.bom_size, 2);
	assert_int_equal(dialect.separator, ';');
	dialect = found(BYTES("\xFE\xFF\0a\0\t\0b\0\r\0\n\0"
			      "1\0\t\0"
			      "2"));
	assert_int_equal(dialect.encoding, PSP_ENCODING_UTF16BE);
	assert_int_equal(dialect.separator, '\t');
	assert_int_equal(dialect.newline, '\n');
	/* "utf-16" leaves the order of bytes to the mark */
	dialect = found_with(BYTES("\xFE\xFF\0a\0;\0b\0\n"),
	    (struct psp_dialect_options){ .encoding = PSP_ENCODING_UTF16LE });
	assert_int_equal(dialect.encoding, PSP_ENCODING_UTF16BE);
	/* a mark of UTF-8 is no text, whatever the encoding asked for */
	dialect = found_with(BYTES("\xEF\xBB\xBF"
				   "a;b\n"),
	    (struct psp_dialect_options){
		.encoding = PSP_ENCODING_WINDOWS_1252 });
	assert_int_equal(dialect.encoding, PSP_ENCODING_WINDOWS_1252);
	assert_int_equal(dialect.bom_size, 3);
}

static void
utf16_without_mark_is_told_by_its_nuls(void **state)
{
	struct psp_dialect dialect;

	(void)state;
	dialect = found(BYTES("a\0;\0\xE9\0\n\0"
			      "1\0;\0"
			      "2\0\n\0"));
	assert_int_equal(dialect.encoding, PSP_ENCODING_UTF16LE);
	assert_int_equal(dialect.bom_size, 0);
	assert_int_equal(dialect.separator, ';');
	dialect = found(BYTES("\0a\0;\0\xE9\0\n\0"
			      "1\0;\0"
			      "2\0\n"));
	assert_int_equal(dialect.encoding, PSP_ENCODING_UTF16BE);
	/* some NULs are data */
	dialect = found(BYTES("a;b\n1;x\0y\n"));
	assert_int_equal(dialect.encoding, PSP_ENCODING_MIXED);
	/* many in no pattern */
	assert_refused(
	    BYTES("ab\0\0\0\0cd;\0\0\0ef\0\0"), "--encoding utf-16le");
	dialect = found_with(BYTES("ab\0\0\0\0cd;\0\0\0ef\0\0"),
	    (struct psp_dialect_options){ .encoding = PSP_ENCODING_UTF8 });
	assert_int_equal(dialect.encoding, PSP_ENCODING_UTF8);
}

static void
foreign_bytes_are_named(void **state)
{
	(void)state;
	assert_refused(BYTES("\x1F\x8B\x08\0\0\0"), "gzip");
	assert_refused(BYTES("\x1F\x8B\x08\0\0\0"), "zcat 'f.csv' | ...");
	assert_refused(BYTES("PK\x03\x04\x14\0\0\0data.csv"), "unzip -p");
	assert_refused(
	    BYTES("PK\x03\x04\x14\0\x06\0[Content_Types].xml"), "xlsx");
	assert_refused(BYTES("PK\x03\x04\x14\0\0\0mimetypeapplication/"
			     "vnd.oasis.opendocument.spreadsheet"),
	    "ods");
	assert_refused(BYTES("\x28\xB5\x2F\xFD\0"), "zstdcat");
	assert_refused(BYTES("\xFD"
			     "7zXZ\0\0"),
	    "xzcat");
	assert_refused(BYTES("BZh91AY&SY\0\0"), "bzcat");
	assert_refused(BYTES("PAR1\x15\x04\x15"), "Parquet");
	assert_refused(BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "Excel 97");
	assert_refused(BYTES("SQLite format 3\0"), "SQLite");
	assert_refused(BYTES("%PDF-1.7\n"), "PDF");
	assert_refused(BYTES("\r\n<!DOCTYPE HTML>\n<html>"), "web page");
	assert_refused(BYTES("\xEF\xBB\xBF<html><head>"), "web page");
	assert_refused(BYTES("\xFF\xFE\0\0a\0\0\0"), "UTF-32");
	assert_refused(BYTES("\0\0\xFE\xFF\0\0\0a"), "UTF-32");
	assert_refused(BYTES("a\0\0\0;\0\0\0b\0\0\0\n\0\0\0"), "UTF-32");
	/* headers of letters that begin alike */
	assert_int_equal(found(BYTES("PAR1;PAR2\n1;2\n")).separator, ';');
	assert_int_equal(found(BYTES("BZh9;b\n1;2\n")).separator, ';');
	assert_int_equal(found(BYTES("PK;b\n1;2\n")).separator, ';');
}

static void
line_ends_are_found(void **state)
{
	struct psp_dialect dialect;
	struct psp_error err;

	(void)state;
	assert_int_equal(found(BYTES("a;b\n1;2\n")).newline, '\n');
	assert_int_equal(found(BYTES("a;b\r\n1;2\r\n")).newline, '\n');
	dialect = found(BYTES("a;b\r1;2\r3;4\r"));
	assert_int_equal(dialect.newline, '\r');
	assert_int_equal(dialect.separator, ';');
	/* LF inside quotes only */
	assert_int_equal(found(BYTES("a;b\r1;\"x\ny\"\r3;4\r")).newline, '\r');
	/* lone CR in a cell */
	assert_int_equal(found(BYTES("a;b\nx\ry;2\n")).newline, '\n');
	assert_int_equal(found(BYTES("a;\"x\ry\"\n1;2\n")).newline, '\n');
	/* half of CRLF at the cut of a sample */
	assert_true(detect(BYTES("a;b\r"), false, NULL, &dialect, &err));
	assert_int_equal(dialect.newline, '\n');
}

static void
separators_are_found(void **state)
{
	(void)state;
	assert_separator("a,b,c\n1,2,3\n", ',', true);
	assert_separator("a;b;c\n1;2;3", ';', true);
	assert_separator("a\tb\n1\t2\n", '\t', true);
	assert_separator("a|b\n1|2\n", '|', true);
	assert_separator("foo,bar,baz", ',', true);
	assert_separator("foo\n1\n", ',', true);
	assert_separator("foo\n\n", ',', true);
	assert_separator("\n\n", ',', true);
	/* decimal commas, prose, lists of tags */
	assert_separator("nom;prix\nA;1,5\nB;2,5\nC;3,5\n", ';', true);
	assert_separator("nom;prix;poids\nA;1,5;0,5\nB;2,5;7,1\n", ';', true);
	assert_separator(
	    "nom,note\nA,\"x;y;z\"\nB,\"x;y\"\nC,\"x;y;z;t\"\n", ',', true);
	assert_separator(
	    "nom;adresse\nA;12, rue X\nB;3, rue Y\nC;rue Z\n", ';', true);
	assert_separator(
	    "nom, pr\xC3\xA9nom;ville\nA, B;Lyon\nC, D;Metz\n", ';', true);
	assert_separator("id,tags\n1,a|b\n2,c|d\n3,e|f\n", ',', true);
	/* quoted separators and line ends */
	assert_separator("\"a;b\",c\n\"1;2\n3;4\",5\n\"6;7\",8\n", ',', true);
	/* rows that do not fit */
	assert_separator("foo,bar,baz\n1,2\n", ',', true);
	assert_separator("foo,bar,baz\n1,2,3,4\n", ',', true);
	assert_separator("a;b\n1\n1;2;3\n", ';', true);
	assert_separator("foo,bar,baz\n1,\"never closed,3\n4,5,6\n", ',', true);
	assert_separator("n;m\n5\" pipe;x\n\"a\"b;c\nd;e\n", ';', true);
}

static void
doubts_are_said(void **state)
{
	(void)state;
	assert_separator("a,b;c,d\n1,2;3,4\n", ',', false);
	assert_separator("a,b;c\n1,2;3\n", ',', false);
	assert_separator(
	    "adresse\n12, rue X\nrue Y\n3, rue Z, Lyon\n", ';', false);
	assert_separator("nom, prenom\nDupont\nDurand\nMartin\n", ';', false);
	assert_separator("nom;ville\nDupont\nDurand\nMartin\n", ';', false);
	/* what the user named is not there */
	assert_int_equal(found_with(BYTES("a,b\n1,2\n3,4\n"),
			     (struct psp_dialect_options){ .separator = ';' })
			     .separator,
	    ';');
	assert_string_equal(
	    warnings, "1 column found with separator ';': ',' looks likely\n");
	found_with(BYTES("n\nA, B\nC\n"),
	    (struct psp_dialect_options){ .separator = ';' });
	assert_string_equal(warnings, "");
	/* the user's word ends it */
	found_with(BYTES("a,b;c,d\n1,2;3,4\n"),
	    (struct psp_dialect_options){ .separator = ';' });
	assert_string_equal(warnings, "");
}

static void
one_column_may_hold_quoted_commas(void **state)
{
	(void)state;
	assert_separator("\"nom\"\n\"Dupont, Jean\"\n\"x\"\n", ',', true);
}

static void
sep_line_is_followed(void **state)
{
	struct psp_dialect dialect = found(BYTES("sep=;\r\na,b;c\r\n1,2;3"));

	(void)state;
	assert_int_equal(dialect.separator, ';');
	assert_int_equal(dialect.skip_size, 7);
	assert_int_equal(dialect.n_skipped_lines, 1);
	assert_true(dialect.separator_is_sure);
	assert_string_equal(warnings, "");
	assert_int_equal(found(BYTES("\"SEP=|\"\na|b\n")).separator, '|');
	assert_int_equal(found(BYTES("sep=\t\na\tb\n")).separator, '\t');
	assert_int_equal(found(BYTES("sep=^\na^b\n1^2\n")).separator, '^');
	/* a column of that name */
	assert_int_equal(found(BYTES("sep=a\nx\n")).skip_size, 0);
	dialect = found_with(BYTES("sep=;\na,b\n1,2\n"),
	    (struct psp_dialect_options){ .separator = ',' });
	assert_int_equal(dialect.separator, ',');
	assert_int_equal(dialect.skip_size, 6);
	dialect = found_with(BYTES("sep=;\na;b\n1;2\n"),
	    (struct psp_dialect_options){ .skip_lines_given = true });
	assert_int_equal(dialect.skip_size, 0);
}

static void
assert_skipped(struct psp_slice text, size_t n_lines, const char *header)
{
	struct psp_dialect dialect = found(text);

	assert_int_equal(dialect.n_skipped_lines, n_lines);
	assert_true(dialect.skip_size + strlen(header) <= text.size);
	assert_memory_equal(
	    text.bytes + dialect.skip_size, header, strlen(header));
}

static void
preamble_is_skipped(void **state)
{
	(void)state;
	assert_skipped(BYTES("Export du 12/03/2026\nnom;ville;cp\n"
			     "A;Lyon;69001\nB;Metz;57000\n"),
	    1, "nom;");
	assert_non_null(strstr(warnings, "--skip-lines 1"));
	assert_skipped(BYTES("Export du 12/03/2026, agence de Lyon\n\n"
			     "nom;ville;cp\nA;Lyon;69001\nB;Metz;57000\n"),
	    2, "nom;");
	assert_skipped(BYTES("Clients\r\n\r\nnom,ville,cp\r\nA,Lyon,x\r\n"
			     "B,Metz,y\r\n"),
	    2, "nom,");
	/* cells of a sheet: padded titles, notes in two cells */
	assert_skipped(BYTES("Clients;;;\n;;;\nDu;01/01/2026;;\n"
			     "nom;ville;cp;ca\nA;Lyon;69001;1\n"
			     "B;Metz;57000;2\n"),
	    3, "nom;");
	assert_skipped(
	    BYTES("sep=;\nListe des clients\nnom;cp\nA;1\nB;2\n"), 2, "nom;");
	/* blank lines alone are nothing to speak of */
	assert_skipped(BYTES("\n \nnom;ville\nA;Lyon\n"), 2, "nom;");
	assert_string_equal(warnings, "");
	assert_skipped(BYTES("\r\nnom\r\nA\r\n"), 1, "nom");
	/* a table without rows */
	assert_skipped(
	    BYTES("Export du 12/03/2026\n\nnom;ville;cp\n"), 2, "nom;");
	/* a title of two lines in quotes */
	assert_skipped(BYTES("\"Export\ndu 12/03\"\nnom;ville;cp\nA;B;1\n"
			     "C;D;2\n"),
	    2, "nom;");
}

/* What the cells hold matters of the first rows alone: fifty titles, the header
 * and the row below it. */
static void
header_stands_below_fifty_titles_at_most(void **state)
{
	(void)state;
	for (size_t n_titles = 45; n_titles < 56; n_titles++) {
		struct psp_dialect dialect;
		char text[4096];
		size_t size = 0;

		for (size_t i = 0; i < n_titles; i++)
			size += (size_t)snprintf(
			    text + size, sizeof(text) - size, "Note %zu\n", i);
		size += (size_t)snprintf(
		    text + size, sizeof(text) - size, "\na;b;c\n");
		for (size_t i = 0; i < 60; i++)
			size += (size_t)snprintf(
			    text + size, sizeof(text) - size, "%zu;;\n", i);
		dialect = found(psp_slice(text, size));
		assert_int_equal(
		    dialect.n_skipped_lines, n_titles <= 50 ? n_titles + 1 : 0);
	}
}

static void
first_line_is_the_header_when_in_doubt(void **state)
{
	(void)state;
	/* too few names, rows of numbers, one word above words */
	assert_skipped(BYTES("foo,bar,baz\n1,2,3,4\n5,6,7,8\n"), 0, "foo");
	assert_skipped(BYTES("nom\nA;1\nB;2\n"), 0, "nom");
	assert_skipped(BYTES("a,b\n1,2,3,4\n5,6,7,8\n"), 0, "a,b");
	assert_skipped(BYTES("a;b\n1;\n2;\n3;\n"), 0, "a;b");
	assert_skipped(BYTES("nom\nDupont,Jean\nDurand,Anne\n"), 0, "nom");
	assert_skipped(BYTES("adresse\n12, rue X\n14, rue Y\n"), 0, "adresse");
}

static void
skip_lines_overrides(void **state)
{
	struct psp_dialect_options options = { .skip_lines_given = true,
		.skip_lines = 2 };
	struct psp_dialect dialect;
	struct psp_error err;

	(void)state;
	dialect = found_with(BYTES("x;y\nz;t\na,b\n1,2\n"), options);
	assert_int_equal(dialect.skip_size, 8);
	assert_int_equal(dialect.n_skipped_lines, 2);
	assert_int_equal(dialect.separator, ',');
	assert_string_equal(warnings, "");
	options.skip_lines = 0;
	dialect =
	    found_with(BYTES("Export du 12\n\na;b;c\n1;2;3\n4;5;6\n"), options);
	assert_int_equal(dialect.skip_size, 0);
	options.skip_lines = 9;
	assert_false(detect(BYTES("a\nb\n"), true, &options, &dialect, &err));
	assert_string_equal(
	    err.message, "--skip-lines 9: there are only 2 lines");
	assert_false(detect(BYTES("a\nb\n"), false, &options, &dialect, &err));
	assert_non_null(strstr(err.message, "first 64 KiB"));
}

static void
quotes_are_found(void **state)
{
	struct psp_dialect dialect;

	(void)state;
	assert_int_equal(found(BYTES("a;b\n1;2\n")).quote, '"');
	dialect = found(BYTES("'a','b'\n'x,y','l''un'\n'z','t'\n"));
	assert_int_equal(dialect.quote, '\'');
	assert_int_equal(dialect.separator, ',');
	assert_int_equal(
	    found(BYTES("n;v\nl'un;d'eux\n'tis;amis'\nx;y\nz;t\n")).quote, '"');
	assert_int_equal(found(BYTES("n;v\n'=1+1;'=2\n'+3;'-4\n")).quote, '"');
	assert_int_equal(
	    found(BYTES("'a';\"b\"\n'x';\"y\"\n'z';\"t\"\n")).quote, '"');
	dialect = found_with(BYTES("a;b\n'x';'y'\n'z';'t'\n"),
	    (struct psp_dialect_options){ .quote = PSP_QUOTE_NONE });
	assert_int_equal(dialect.quote, PSP_QUOTE_NONE);
	dialect = found_with(
	    BYTES("a;\"b\"\n"), (struct psp_dialect_options){ .quote = '$' });
	assert_int_equal(dialect.quote, '$');
}

static void
assert_decimal(const char *text, enum psp_decimal decimal)
{
	assert_int_equal(found(psp_slice_of(text)).decimal, decimal);
}

static void
decimals_are_found(void **state)
{
	(void)state;
	assert_decimal("n;ca\nA;1234,56\n", PSP_DECIMAL_COMMA);
	assert_decimal("n;ca\nA;1 234,5\n", PSP_DECIMAL_COMMA);
	assert_decimal("n;ca\nA;1\xC2\xA0"
		       "234,50 \xE2\x82\xAC\n",
	    PSP_DECIMAL_COMMA);
	assert_decimal("n;ca\nA;1.234,56\n", PSP_DECIMAL_COMMA);
	assert_decimal("n;ca\nA;0,125\n", PSP_DECIMAL_COMMA);
	assert_decimal("n;ca\nA;-3,5 %\n", PSP_DECIMAL_COMMA);
	assert_decimal("n,ca\nA,\"1,5 M\xE2\x82\xAC\"\n", PSP_DECIMAL_COMMA);
	assert_decimal(
	    "n;prix\nA;12.50\nB;8.90\nC;120.00\n", PSP_DECIMAL_POINT);
	assert_decimal(
	    "n;prix\nA;12.50\nB;45.90\nC;34.00\n", PSP_DECIMAL_POINT);
	assert_decimal("n,ca\nA,\"1,234.56\"\n", PSP_DECIMAL_POINT);
	assert_decimal("n;lat\nA;45.764043\n", PSP_DECIMAL_POINT);
	assert_decimal("n;ca\nA;1234.567\n", PSP_DECIMAL_POINT);
	assert_decimal("n;note\nA;4.5\nB;3.0\nC;NC\n", PSP_DECIMAL_POINT);
	assert_decimal("n;ca\nA;(1234,56)\n", PSP_DECIMAL_COMMA);
	assert_decimal("n;ca\nA;1 2.5\n", PSP_DECIMAL_POINT);
}

static void
what_is_no_number_tells_no_decimals(void **state)
{
	(void)state;
	/* reads in two ways */
	assert_decimal("n;ca\nA;1.234\nB;12.345\n", PSP_DECIMAL_UNKNOWN);
	assert_decimal("n,ca\nA,\"1,234\"\n", PSP_DECIMAL_UNKNOWN);
	assert_decimal("n;ca\nA;1.234.567\n", PSP_DECIMAL_UNKNOWN);
	assert_decimal("n;ca\nA;1 234\nB;12\n", PSP_DECIMAL_UNKNOWN);
	/* codes of activity */
	assert_decimal(
	    "n;secteur\nA;62.01\nB;46.90\nC;10.71\n", PSP_DECIMAL_UNKNOWN);
	assert_decimal("n;secteur\nA;62.01Z\nB;62.0\n", PSP_DECIMAL_UNKNOWN);
	assert_decimal("n;Code APE\nA;12.50\nB;44.12\n", PSP_DECIMAL_UNKNOWN);
	assert_decimal("n;x\nA;01.11\nB;46.9\n", PSP_DECIMAL_UNKNOWN);
	assert_decimal(
	    "activitePrincipaleUniteLegale,n\n12.50,A\n", PSP_DECIMAL_UNKNOWN);
	/* dates, telephones, addresses, versions, identifiers, lists */
	assert_decimal("n;x\nA;12.03.2026\nB;1.5.26\n", PSP_DECIMAL_UNKNOWN);
	assert_decimal("n;x\nA;01.99.00.12.34\n", PSP_DECIMAL_UNKNOWN);
	assert_decimal("n;x\nA;192.168.1.10\nB;10.1\n", PSP_DECIMAL_UNKNOWN);
	assert_decimal("n;x\nA;1.2.3\nB;1.2\n", PSP_DECIMAL_UNKNOWN);
	assert_decimal("n;version\nA;1.2\n", PSP_DECIMAL_UNKNOWN);
	assert_decimal("n;x\nA;068.02726\nB;51.12345\n", PSP_DECIMAL_UNKNOWN);
	assert_decimal("n;x\nA;1,2\nB;1,2,3\n", PSP_DECIMAL_UNKNOWN);
	assert_decimal("n;x\nA;12,5 rue X\nB;3,5 rue Y\n", PSP_DECIMAL_UNKNOWN);
	/* the header is no cell */
	assert_decimal("n;1,5\nA;2\n", PSP_DECIMAL_UNKNOWN);
	/* columns that contradict */
	assert_decimal("lat;ca\n45.764043;1234,56\n", PSP_DECIMAL_UNKNOWN);
	assert_int_equal(
	    found_with(BYTES("lat;ca\n45.76;1234,56\n"),
		(struct psp_dialect_options){ .decimal = PSP_DECIMAL_COMMA })
		.decimal,
	    PSP_DECIMAL_COMMA);
}

static void
cut_sample_does_not_count_its_last_record(void **state)
{
	struct psp_dialect dialect;
	struct psp_error err;

	(void)state;
	/* 1,50 | 0 was cut: not the decimals of 1,500 */
	assert_true(detect(
	    BYTES("n;ca\nA;1,500\nB;1,50"), false, NULL, &dialect, &err));
	assert_int_equal(dialect.decimal, PSP_DECIMAL_UNKNOWN);
	assert_true(detect(
	    BYTES("a,b;c\n1;2\n3;4\n5;\"x"), false, NULL, &dialect, &err));
	assert_int_equal(dialect.separator, ';');
	assert_true(dialect.separator_is_sure);
}

static void
findings_are_said(void **state)
{
	(void)state;
	found(BYTES("\xEF\xBB\xBF\nn;ca\nA;1,5\n"));
	assert_string_equal(detail,
	    "encoding UTF-8 with byte order mark, separator ';', quote '\"', "
	    "line end LF or CRLF, decimal mark comma, header on line 2");
	found(BYTES("n\tca\rA\t2\r"));
	assert_string_equal(detail,
	    "encoding mixed, separator tab, quote '\"', line end CR, decimal "
	    "mark not shown, header on line 1");
}

/* Every prefix of a nasty text is judged without a fault. */
static void
any_cut_is_bearable(void **state)
{
	static const char text[] =
	    "sep=;\r\nTitre \xC3\xA9;;\r\n\r\n\"nom\";ca,\t|\r\n'A';\"1 234,5"
	    "\"\"\r\n\";-0.5\r\nB;\"x\"y;\xE9\r\n\0;12.50 \xE2\x82\xAC;62.\r";

	(void)state;
	for (size_t start = 0; start < 40; start++)
		for (size_t end = start; end < sizeof(text); end++) {
			struct psp_slice bytes =
			    psp_slice(text + start, end - start);
			struct psp_dialect dialect;
			struct psp_error err;

			assert_true(
			    detect(bytes, end % 2 == 0, NULL, &dialect, &err));
			assert_true(dialect.skip_size <= bytes.size * 3);
			assert_int_not_equal(dialect.separator, 0);
		}
}

static void
memory_that_runs_out_is_an_error(void **state)
{
	static const char text[] = "n\0o\0t\0e\0\n\0\n\0"
				   "a\0;\0b\0\n\0"
				   "1\0;\0"
				   "2\0\n\0"
				   "3\0;\0"
				   "4\0";
	static const struct psp_dialect_options none = { 0 };
	const struct psp_notes notes = { NULL, NULL };
	struct psp_dialect dialect;
	struct psp_error err;
	bool done = false;
	long n = 0;

	(void)state;
	while (!done) {
		psp_error_init(&err);
		allocations_left = n++;
		done = psp_dialect_detect(psp_slice(text, sizeof(text) - 1),
		    true, &none, "f.csv", &notes, &dialect, &err);
		allocations_left = -1;
		assert_int_equal(err.status, done ? PSP_OK : PSP_ENOMEM);
		assert_true(n < 100);
	}
	assert_true(n > 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_sample_has_the_defaults),
		cmocka_unit_test(encodings_are_found),
		cmocka_unit_test(marks_tell_the_encoding),
		cmocka_unit_test(utf16_without_mark_is_told_by_its_nuls),
		cmocka_unit_test(foreign_bytes_are_named),
		cmocka_unit_test(line_ends_are_found),
		cmocka_unit_test(separators_are_found),
		cmocka_unit_test(doubts_are_said),
		cmocka_unit_test(one_column_may_hold_quoted_commas),
		cmocka_unit_test(sep_line_is_followed),
		cmocka_unit_test(preamble_is_skipped),
		cmocka_unit_test(header_stands_below_fifty_titles_at_most),
		cmocka_unit_test(first_line_is_the_header_when_in_doubt),
		cmocka_unit_test(skip_lines_overrides),
		cmocka_unit_test(quotes_are_found),
		cmocka_unit_test(decimals_are_found),
		cmocka_unit_test(what_is_no_number_tells_no_decimals),
		cmocka_unit_test(cut_sample_does_not_count_its_last_record),
		cmocka_unit_test(findings_are_said),
		cmocka_unit_test(any_cut_is_bearable),
		cmocka_unit_test(memory_that_runs_out_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
