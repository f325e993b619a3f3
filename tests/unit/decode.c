/* decode: every encoding to UTF-8, whatever the cuts between blocks. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/base/text.h"
#include "libprospect/stream/decode.h"

/* The bytes decoded in pieces of `step`; the caller clears the buffer. */
static struct psp_buffer
decoded(enum psp_encoding encoding, struct psp_slice bytes, size_t step)
{
	struct psp_decoder decoder;
	struct psp_buffer out;
	struct psp_error err;

	psp_error_init(&err);
	psp_buffer_init(&out);
	psp_decoder_init(&decoder, encoding);
	for (size_t i = 0; i < bytes.size; i += step) {
		size_t size = bytes.size - i < step ? bytes.size - i : step;

		assert_true(
		    psp_decoder_run(&decoder, psp_slice(bytes.bytes + i, size),
			i + size == bytes.size, &out, &err));
	}
	return out;
}

static void
check(enum psp_encoding encoding, struct psp_slice bytes, struct psp_slice want)
{
	for (size_t step = 1; step <= bytes.size + 1; step++) {
		struct psp_buffer out = decoded(encoding, bytes, step);

		assert_int_equal(out.size, want.size);
		if (want.size > 0)
			assert_memory_equal(out.bytes, want.bytes, want.size);
		psp_buffer_clear(&out);
	}
}

#define BYTES(text) psp_slice(text, sizeof(text) - 1)

static void
names_are_found(void **state)
{
	static const char *const known[] = { "UTF-8", "mixed", "Windows-1252",
		"ISO-8859-15", "UTF-16LE", "UTF-16BE" };
	enum psp_encoding encoding = PSP_ENCODING_AUTO;

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		assert_true(psp_encoding_find(known[i], &encoding));
		assert_string_equal(psp_encoding_name(encoding), known[i]);
	}
	assert_true(psp_encoding_find("CP1252", &encoding));
	assert_int_equal(encoding, PSP_ENCODING_WINDOWS_1252);
	assert_true(psp_encoding_find("Latin_9", &encoding));
	assert_int_equal(encoding, PSP_ENCODING_ISO_8859_15);
	assert_true(psp_encoding_find("utf8", &encoding));
	assert_int_equal(encoding, PSP_ENCODING_UTF8);
	assert_false(psp_encoding_find("", &encoding));
	assert_false(psp_encoding_find("utf-7", &encoding));
	assert_false(psp_encoding_find(
	    "utf-8-utf-8-utf-8-utf-8-utf-8-utf-8", &encoding));
	assert_int_equal(encoding, PSP_ENCODING_UTF8);
}

static void
windows_1252_has_its_own_signs(void **state)
{
	(void)state;
	check(PSP_ENCODING_WINDOWS_1252,
	    BYTES("Caf\xE9; 12 \x80 l\x92"
		  "\x9C"
		  "uvre \x96 \xFF;plain text"),
	    BYTES("Caf\xC3\xA9; 12 \xE2\x82\xAC l\xE2\x80\x99\xC5\x93uvre"
		  " \xE2\x80\x93 \xC3\xBF;plain text"));
}

/* Each of the 256 bytes alone: one character, or no UTF-8. */
static void
windows_1252_undefined_bytes_are_no_utf8(void **state)
{
	(void)state;
	for (unsigned byte = 0; byte < 256; byte++) {
		char text[3] = { ';', (char)byte, ';' };
		bool undefined = byte == 0x81 || byte == 0x8D || byte == 0x8F
		                 || byte == 0x90 || byte == 0x9D;
		struct psp_buffer out =
		    decoded(PSP_ENCODING_WINDOWS_1252, psp_slice(text, 3), 3);
		struct psp_slice content = psp_buffer_content(&out);
		size_t at = 1;

		assert_int_equal(psp_utf8_valid(content), !undefined);
		assert_int_equal(content.bytes[content.size - 1], ';');
		if (byte < 0x80 || byte >= 0xA0)
			assert_int_equal(psp_utf8_next(content, &at), byte);
		psp_buffer_clear(&out);
	}
}

static void
iso_8859_15_has_the_euro(void **state)
{
	(void)state;
	check(PSP_ENCODING_ISO_8859_15,
	    BYTES("\xA4\xA6\xA8\xB4\xB8\xBC\xBD\xBE \xE9\xA9\x85"),
	    BYTES("\xE2\x82\xAC\xC5\xA0\xC5\xA1\xC5\xBD\xC5\xBE\xC5\x92"
		  "\xC5\x93\xC5\xB8 \xC3\xA9\xC2\xA9\xC2\x85"));
}

static void
utf16_pairs_are_joined(void **state)
{
	(void)state;
	check(PSP_ENCODING_UTF16LE,
	    BYTES("a\0;\0\xE9\0\xAC\x20\x3D\xD8\x00\xDE\n\0b\0c\0d\0e\0f\0"),
	    BYTES("a;\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\nbcdef"));
	check(PSP_ENCODING_UTF16BE,
	    BYTES("\0a\0;\0\xE9\x20\xAC\xD8\x3D\xDE\x00\0\n\0b\0c\0d\0e\0f"),
	    BYTES("a;\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\nbcdef"));
}

static void
utf16_broken_is_no_utf8(void **state)
{
	(void)state;
	/* a high surrogate before a letter, at the end, twice; a low one */
	check(PSP_ENCODING_UTF16LE,
	    BYTES("\x3D\xD8"
		  "a\0"),
	    BYTES("\xED\xA0\xBD"
		  "a"));
	check(
	    PSP_ENCODING_UTF16LE, BYTES("a\0\x3D\xD8"), BYTES("a\xED\xA0\xBD"));
	check(PSP_ENCODING_UTF16LE,
	    BYTES("\x3D\xD8\x3D\xD8\x3D\xD8\x00\xDE;\0"),
	    BYTES("\xED\xA0\xBD\xED\xA0\xBD\xF0\x9F\x98\x80;"));
	check(PSP_ENCODING_UTF16BE, BYTES("\xDE\x00\0a"),
	    BYTES("\xED\xB8\x80"
		  "a"));
	assert_false(psp_utf8_valid(BYTES("\xED\xA0\xBD")));
	/* an odd last byte, also after a high surrogate */
	check(PSP_ENCODING_UTF16LE, BYTES("a\0;\0b"), BYTES("a;\xFF"));
	check(PSP_ENCODING_UTF16BE, BYTES("\0a\xD8\x3D\xDE"),
	    BYTES("a\xED\xA0\xBD\xFF"));
}

/* An end that comes by itself, after the last bytes. */
static void
utf16_last_call_may_be_empty(void **state)
{
	struct psp_decoder decoder;
	struct psp_buffer out;
	struct psp_error err;

	(void)state;
	psp_error_init(&err);
	psp_buffer_init(&out);
	psp_decoder_init(&decoder, PSP_ENCODING_UTF16LE);
	assert_true(psp_decoder_run(
	    &decoder, BYTES("a\0\x3D\xD8\x01"), false, &out, &err));
	assert_int_equal(out.size, 1);
	assert_true(
	    psp_decoder_run(&decoder, psp_slice(NULL, 0), true, &out, &err));
	assert_int_equal(out.size, 5);
	assert_memory_equal(out.bytes, "a\xED\xA0\xBD\xFF", 5);
	psp_buffer_clear(&out);
}

static void
utf8_passes(void **state)
{
	(void)state;
	check(PSP_ENCODING_UTF8, BYTES("\xC3\xA9\xFF\0\x80"),
	    BYTES("\xC3\xA9\xFF\0\x80"));
	check(
	    PSP_ENCODING_MIXED, BYTES("\xE9;\xC3\xA9"), BYTES("\xE9;\xC3\xA9"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found),
		cmocka_unit_test(windows_1252_has_its_own_signs),
		cmocka_unit_test(windows_1252_undefined_bytes_are_no_utf8),
		cmocka_unit_test(iso_8859_15_has_the_euro),
		cmocka_unit_test(utf16_pairs_are_joined),
		cmocka_unit_test(utf16_broken_is_no_utf8),
		cmocka_unit_test(utf16_last_call_may_be_empty),
		cmocka_unit_test(utf8_passes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
