/*
 * A reader of JSON for what targets wrote: strings and the signs about them.
 * It takes what RFC 8259 allows of them and stops the run at anything else.
 */
#ifndef TESTS_FUZZ_JSON_H
#define TESTS_FUZZ_JSON_H

#include "libprospect/base/text.h"
#include "tests/fuzz/fuzz.h"

/* Whether the next byte is `sign`, which is taken then. */
static inline bool
fuzz_json_has(struct psp_slice *json, char sign)
{
	if (json->size == 0 || json->bytes[0] != sign)
		return false;
	(void)fuzz_take(json);
	return true;
}

static inline void
fuzz_json_sign(struct psp_slice *json, char sign)
{
	fuzz_must(fuzz_json_has(json, sign), "JSON has its signs");
}

/* What \u00NN stands for: we write no other. */
static inline char
fuzz_json_code(struct psp_slice *json)
{
	static const char digits[] = "0123456789abcdef";
	unsigned int code = 0;

	for (int i = 0; i < 4; i++) {
		const char *digit = strchr(digits, fuzz_take(json));

		fuzz_must(digit != NULL && *digit != '\0', "\\u has 4 digits");
		code = code * 16 + (unsigned int)(digit - digits);
	}
	fuzz_must(code < 0x20, "what has no need of an escape has none");
	return (char)code;
}

/* Takes a string and appends what it says. */
static inline void
fuzz_json_string(
    struct psp_slice *json, struct psp_buffer *text, struct psp_error *err)
{
	static const char escapes[] = "\"\\bfnrt", meant[] = "\"\\\b\f\n\r\t";

	fuzz_json_sign(json, '"');
	while (!fuzz_json_has(json, '"')) {
		char c;

		fuzz_must(json->size > 0, "a string ends");
		c = (char)fuzz_take(json);
		fuzz_must((unsigned char)c >= 0x20, "a string has no controls");
		if (c == '\\' && fuzz_json_has(json, 'u')) {
			c = fuzz_json_code(json);
		} else if (c == '\\') {
			const char *escape = strchr(escapes, fuzz_take(json));

			fuzz_must(escape != NULL && *escape != '\0',
			    "an escape is one of JSON");
			c = meant[escape - escapes];
		}
		fuzz_must(psp_buffer_put(text, c, err), "memory suffices");
	}
	fuzz_must(psp_utf8_valid(psp_buffer_content(text)), "JSON is UTF-8");
}

#endif
