/*
 * The everyday slips of those who write YAML, told in one line each: what
 * libyaml says, looked at together with the text around the place.
 */
#ifndef PSP_SETTINGS_SLIPS_H
#define PSP_SETTINGS_SLIPS_H

#include "libprospect/base/problems.h"
#include "libprospect/base/slice.h"

/* Where and why libyaml stopped; lines and columns from 1. */
struct psp_slip {
	const char *problem; /* libyaml's words, "" when it has none */
	const char *context;
	size_t line, column; /* of the problem */
	size_t context_line, context_column;
	size_t quote_line; /* where a quote that just closed began, or 0 */
	char message[400];
};

/*
 * Fills `slip->message` for people, and moves `line` and `column` to where the
 * fault is when libyaml noticed it late.
 */
void psp_slip_explain(struct psp_slip *slip, struct psp_slice text);

#endif
