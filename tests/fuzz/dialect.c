/*
 * The dialect of a sample. Four bytes choose: what the user said (separator,
 * quote, encoding, lines to skip), whether the sample is the whole file, and
 * the size of the pieces in which it is decoded afterwards.
 */
#include <config.h>

#include "tests/fuzz/fuzz.h"

#include "libprospect/stream/dialect.h"

/* What was said while the dialect was found. */
struct said {
	size_t n_details;
};

static void
take_note(void *user, enum psp_note_level level, const char *kind,
    const struct psp_error *note)
{
	struct said *said = user;

	(void)kind;
	fuzz_must(note->message[0] != '\0', "a note says something");
	fuzz_must(level == PSP_NOTE_DETAIL || level == PSP_NOTE_WARNING,
	    "a dialect rejects and repairs nothing");
	said->n_details += level == PSP_NOTE_DETAIL;
}

static bool
choose(struct psp_slice *input, struct psp_dialect_options *chosen)
{
	static const unsigned char separators[] = { ',', ';', '\t', '|', ':',
		'^', '~', ' ' };
	unsigned char separator = fuzz_take(input);
	unsigned char signs = fuzz_take(input);
	unsigned char lines = fuzz_take(input);

	memset(chosen, 0, sizeof(*chosen));
	if ((separator & 8) != 0)
		chosen->separator = separators[separator & 7];
	chosen->quote = (signs & 3) == 1   ? PSP_QUOTE_NONE
	                : (signs & 3) == 2 ? '\''
	                : (signs & 3) == 3 ? '"'
	                                   : PSP_QUOTE_DETECT;
	chosen->encoding = (enum psp_encoding)((signs >> 2 & 15) % 7);
	chosen->skip_lines_given = (lines & 1) != 0;
	chosen->skip_lines =
	    chosen->skip_lines_given ? (size_t)(lines >> 1 & 7) : 0;
	return (lines & 16) != 0;
}

/* What was found can be read by, and is what the user said. */
static void
check_found(const struct psp_dialect_options *chosen,
    const struct psp_dialect *found, struct psp_slice sample)
{
	fuzz_must(found->separator != 0 && found->separator != '\n'
		      && found->separator != '\r',
	    "there is a separator");
	fuzz_must(found->newline == '\n' || found->newline == '\r',
	    "there is a line end");
	fuzz_must(found->quote == PSP_QUOTE_NONE || found->quote > 0,
	    "there is a quote, or none");
	fuzz_must(
	    found->quote != found->separator, "quote and separator differ");
	fuzz_must(found->encoding != PSP_ENCODING_AUTO, "an encoding is found");
	fuzz_must(found->bom_size <= sample.size, "the mark is in the sample");
	fuzz_must(
	    chosen->separator == 0 || chosen->separator == found->separator,
	    "the separator is the user's");
	fuzz_must(
	    chosen->quote == PSP_QUOTE_DETECT || chosen->quote == found->quote,
	    "the quote is the user's");
	fuzz_must(
	    found->n_skipped_lines <= found->skip_size, "lines have an end");
}

/* Decodes in pieces of `piece` bytes. */
static void
decode(const struct psp_dialect *found, struct psp_slice sample, size_t piece,
    struct psp_buffer *decoded)
{
	struct psp_decoder decoder;
	struct psp_error err;
	size_t at = found->bom_size;

	psp_error_init(&err);
	psp_buffer_init(decoded);
	psp_decoder_init(&decoder, found->encoding);
	do {
		size_t size =
		    sample.size - at < piece ? sample.size - at : piece;
		struct psp_slice bytes = psp_slice(sample.bytes + at, size);

		at += size;
		fuzz_must(psp_decoder_run(&decoder, bytes, at == sample.size,
			      decoded, &err),
		    "decoding fails for want of memory only");
	} while (at < sample.size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct psp_slice sample = fuzz_bytes(data, size);
	struct said said = { 0 };
	struct psp_notes notes = { take_note, &said };
	struct psp_dialect_options chosen;
	bool is_whole = choose(&sample, &chosen);
	size_t piece = fuzz_take(&sample) % 64 + (size_t)1;
	struct psp_dialect found;
	struct psp_buffer whole, cut;
	struct psp_error err;
	bool is_found;

	psp_error_init(&err);
	is_found = psp_dialect_detect(
	    sample, is_whole, &chosen, "sample", &notes, &found, &err);
	fuzz_must_tell(is_found, NULL, &err);
	if (!is_found) {
		fuzz_must(err.status == PSP_ESYNTAX, "the data are at fault");
		return 0;
	}
	fuzz_must(said.n_details == 1, "what was found is said once");
	check_found(&chosen, &found, sample);
	decode(&found, sample, SIZE_MAX, &whole);
	decode(&found, sample, piece, &cut);
	fuzz_must_equal(psp_buffer_content(&whole), psp_buffer_content(&cut),
	    "the cuts change nothing");
	fuzz_must(found.skip_size <= whole.size, "what is skipped is there");
	psp_buffer_clear(&whole);
	psp_buffer_clear(&cut);
	return 0;
}
