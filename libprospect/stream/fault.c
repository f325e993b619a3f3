/* Words for faults; see the header. */
#include <config.h>

#include "libprospect/stream/fault.h"

#include "libprospect/base/catalog.h"

/* The constant text by which faults of a kind are counted. */
static const char *
kind_name(enum psp_fault_kind kind)
{
	switch (kind) {
	case PSP_FAULT_FIELDS:
		return N_("wrong number of fields");
	case PSP_FAULT_JUNK:
		return N_("text after a closing quote");
	case PSP_FAULT_UNCLOSED:
		return N_("quote not closed");
	case PSP_FAULT_UNDECODABLE:
		return N_("undecodable bytes");
	case PSP_FAULT_OVER_LIMIT:
		return N_("record over the limit");
	case PSP_FAULT_HEADER:
		return N_("header again");
	case PSP_FAULT_CONTINUED:
		break;
	}
	return "continued";
}

bool
psp_fault_counts(const struct psp_fault *fault)
{
	return !fault->is_repair && fault->kind != PSP_FAULT_CONTINUED;
}

static bool
describe_undecodable(
    enum psp_encoding encoding, struct psp_buffer *text, struct psp_error *err)
{
	switch (encoding) {
	case PSP_ENCODING_UTF8:
		return psp_buffer_format(text, err,
		    _("bytes that are not UTF-8 (--encoding mixed reads such "
		      "records as Windows-1252)"));
	case PSP_ENCODING_MIXED:
		return psp_buffer_format(text, err,
		    _("bytes that are neither UTF-8 nor Windows-1252"));
	default:
		return psp_buffer_format(text, err, _("bytes that are not %s"),
		    psp_encoding_name(encoding));
	}
}

bool
psp_fault_describe(const struct psp_batch *batch, const struct psp_fault *fault,
    struct psp_buffer *text, struct psp_error *err)
{
	const char *after =
	    fault->is_repair ? _("; the quote was taken as text") : "";

	switch (fault->kind) {
	case PSP_FAULT_FIELDS:
		return psp_buffer_format(text, err,
		    psp_message_plural("%zu field where the header has %zu",
			"%zu fields where the header has %zu", fault->n_fields),
		    fault->n_fields, fault->n_expected);
	case PSP_FAULT_JUNK:
		return psp_buffer_format(text, err,
		    _("text after the closing quote of field %zu, opened at "
		      "line %zu%s"),
		    fault->field_number,
		    batch->first_line + fault->n_quote_lines, after);
	case PSP_FAULT_UNCLOSED:
		return psp_buffer_format(text, err,
		    _("the quote opened at line %zu (field %zu) is not "
		      "closed%s"),
		    batch->first_line + fault->n_quote_lines,
		    fault->field_number, after);
	case PSP_FAULT_UNDECODABLE:
		return describe_undecodable(
		    batch->dialect->encoding, text, err);
	case PSP_FAULT_OVER_LIMIT:
		return psp_buffer_format(text, err,
		    _("the record is longer than --max-record allows"));
	case PSP_FAULT_HEADER:
		return psp_buffer_format(text, err,
		    _("the header again, after a byte order mark: the input "
		      "seems to be files joined by cat; name them one by "
		      "one"));
	case PSP_FAULT_CONTINUED:
		break;
	}
	return true;
}

bool
psp_fault_note(const struct psp_batch *batch, const struct psp_fault *fault,
    const struct psp_notes *notes, struct psp_error *err)
{
	struct psp_buffer text;
	bool is_done = false;

	if (fault->kind == PSP_FAULT_CONTINUED)
		return true;
	psp_buffer_init(&text);
	if (psp_fault_describe(batch, fault, &text, err)) {
		psp_note(notes,
		    fault->is_repair ? PSP_NOTE_REPAIR : PSP_NOTE_REJECT,
		    kind_name(fault->kind), batch->file,
		    batch->first_line + fault->n_lines, 0, "%.*s",
		    PSP_SLICE_ARGS(psp_buffer_content(&text)));
		is_done = true;
	}
	psp_buffer_clear(&text);
	return is_done;
}

void
psp_fault_note_cut(const struct psp_batch *batch, const struct psp_notes *notes)
{
	psp_note(notes, PSP_NOTE_WARNING, NULL, batch->file, 0, 0,
	    "the last line has no line end: the input may be cut");
}
