/*
 * libcsv as judge. Bytes are fed in runs of ordinary ones; separators, quotes,
 * CR and line ends one by one, so that its state (`pstate`, `quoted`: both
 * public) is known at each of them:
 *
 *   state before the byte     byte                     we
 *   closing quote just seen   not sep, newline, quote  call it junk
 *   outside quotes            CR before a line end     leave the CR out
 *   inside quotes             end of the bytes         call it unclosed
 *
 * A field whose quote is at fault is read again with that quote as text: the
 * quote of libcsv is then one that the field does not begin with, and so it is
 * for every field where the dialect has no quote.
 */
#include <config.h>

#include "libprospect/stream/irregular.h"

#include <csv.h>
#include <stdlib.h>

/* The values of csv_parser.pstate, which <csv.h> does not name. */
enum { STATE_FIELD_BEGUN = 2, STATE_MIGHT_HAVE_ENDED = 3 };

enum { LIBCSV_BLOCK = 65536 };

struct psp_judge {
	struct psp_judge_rules rules;
	struct csv_parser parser;
	bool has_parser;
	struct psp_buffer text;
	uint32_t *ends;
	size_t n_ends;
	size_t ends_capacity;
	/* while a record is read */
	struct psp_slice bytes;
	bool is_whole;         /* nothing follows them */
	size_t field_at;       /* offset of the field being read */
	bool is_literal;       /* its first quote is text */
	bool is_repaired;      /* one was so in this record */
	struct psp_error *err; /* of the call under way */
	bool has_failed;       /* in a callback, where libcsv cannot stop */
	size_t at;             /* offset of the byte being fed */
};

/* libcsv asks which bytes are spaces to trim: none. */
static int
is_space(unsigned char byte)
{
	(void)byte;
	return 0;
}

static int
is_line_feed(unsigned char byte)
{
	return byte == '\n';
}

static int
is_carriage_return(unsigned char byte)
{
	return byte == '\r';
}

/* The quote for the field that begins at `field_at`. */
static unsigned char
quote_of(const struct psp_judge *judge)
{
	const struct psp_scanner *scanner = &judge->rules.scanner;

	if (scanner->has_quote && !judge->is_literal)
		return scanner->quote;
	return judge->field_at < judge->bytes.size
	               && judge->bytes.bytes[judge->field_at] == '\xFF'
	           ? 0xFE
	           : 0xFF;
}

/* A new parser: after a fault the old one's state is of no use. */
static bool
renew_parser(struct psp_judge *judge, struct psp_error *err)
{
	const struct psp_scanner *scanner = &judge->rules.scanner;

	if (judge->has_parser)
		csv_free(&judge->parser);
	judge->has_parser = false;
	if (csv_init(&judge->parser, CSV_REPALL_NL) != 0)
		return psp_error_memory(err);
	judge->has_parser = true;
	csv_set_delim(&judge->parser, scanner->separator);
	csv_set_quote(&judge->parser, quote_of(judge));
	csv_set_space_func(&judge->parser, is_space);
	csv_set_term_func(&judge->parser,
	    scanner->newline == '\r' ? is_carriage_return : is_line_feed);
	csv_set_blk_size(&judge->parser, LIBCSV_BLOCK);
	return true;
}

struct psp_judge *
psp_judge_new(const struct psp_judge_rules *rules, struct psp_error *err)
{
	struct psp_judge *judge = calloc(1, sizeof(*judge));

	if (judge == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	judge->rules = *rules;
	psp_buffer_init(&judge->text);
	if (!renew_parser(judge, err)) {
		psp_judge_free(judge);
		return NULL;
	}
	return judge;
}

void
psp_judge_free(struct psp_judge *judge)
{
	if (judge == NULL)
		return;
	if (judge->has_parser)
		csv_free(&judge->parser);
	psp_buffer_clear(&judge->text);
	free(judge->ends);
	free(judge);
}

void
psp_judge_set_fields(struct psp_judge *judge, size_t n_fields)
{
	judge->rules.n_fields = n_fields;
}

/* Whether the field's bytes are regular as they stand. */
static bool
is_regular_field(const struct psp_judge *judge, struct psp_slice raw)
{
	const struct psp_scanner *scanner = &judge->rules.scanner;

	if (!scanner->has_quote)
		return true;
	if (raw.size > 0 && (unsigned char)raw.bytes[0] == scanner->quote)
		return !judge->is_literal;
	return memchr(raw.bytes, scanner->quote, raw.size) == NULL
	       && (!scanner->has_cr
		   || memchr(raw.bytes, '\r', raw.size) == NULL);
}

/* Appends the content quoted, quotes in it doubled. */
static bool
put_quoted(struct psp_judge *judge, struct psp_slice content)
{
	char quote = (char)judge->rules.scanner.quote;

	if (!psp_buffer_put(&judge->text, quote, judge->err))
		return false;
	for (size_t i = 0; i < content.size; i++) {
		if (content.bytes[i] == quote
		    && !psp_buffer_put(&judge->text, quote, judge->err))
			return false;
		if (!psp_buffer_put(&judge->text, content.bytes[i], judge->err))
			return false;
	}
	return psp_buffer_put(&judge->text, quote, judge->err);
}

/* Keeps a field that libcsv has read: as it stood, or made regular. */
static bool
keep_field(struct psp_judge *judge, struct psp_slice content)
{
	struct psp_slice raw = psp_slice(
	    judge->bytes.bytes + judge->field_at, judge->at - judge->field_at);
	uint32_t *ends;

	if (judge->n_ends > 0
	    && !psp_buffer_put(
		&judge->text, (char)judge->rules.scanner.separator, judge->err))
		return false;
	if (is_regular_field(judge, raw)) {
		if (!psp_buffer_slice(&judge->text, raw, judge->err))
			return false;
	} else if (!put_quoted(judge, content)) {
		return false;
	}
	ends = psp_array_reserve(judge->ends, &judge->ends_capacity,
	    judge->n_ends + 1, sizeof(*ends), judge->err);
	if (ends == NULL)
		return false;
	judge->ends = ends;
	ends[judge->n_ends++] = (uint32_t)judge->text.size;
	return true;
}

/* libcsv has read a field. It cannot be stopped here: a failure is kept. */
static void
take_field(void *content, size_t size, void *user)
{
	struct psp_judge *judge = user;

	if (!judge->has_failed && !keep_field(judge, psp_slice(content, size)))
		judge->has_failed = true;
}

/* libcsv has seen a line end; the caller knows, since it fed it. */
static void
take_row(int byte, void *user)
{
	(void)byte;
	(void)user;
}

static bool
feed(struct psp_judge *judge, const char *bytes, size_t size)
{
	if (csv_parse(&judge->parser, bytes, size, take_field, take_row, judge)
		!= size
	    || judge->has_failed)
		return psp_error_memory(judge->err);
	return true;
}

static bool
is_inside_quotes(const struct psp_judge *judge)
{
	return judge->parser.quoted
	       && judge->parser.pstate == STATE_FIELD_BEGUN;
}

static bool
has_just_closed(const struct psp_judge *judge)
{
	return judge->parser.quoted
	       && judge->parser.pstate == STATE_MIGHT_HAVE_ENDED;
}

/* How many ordinary bytes stand at `at`. */
static size_t
ordinary_run(const struct psp_judge *judge, size_t at, size_t end)
{
	const struct psp_scanner *scanner = &judge->rules.scanner;
	size_t i = at;

	while (i < end) {
		unsigned char c = (unsigned char)judge->bytes.bytes[i];

		if (c == scanner->separator || c == scanner->newline
		    || (c == scanner->quote && scanner->has_quote) || c == '\r')
			break;
		i++;
	}
	return i - at;
}

/*
 * Sets the judgement of a fault: the record's first line alone is bad. Its end
 * is waited for, but not past the limit.
 */
static void
give_up(const struct psp_judge *judge, enum psp_verdict verdict,
    struct psp_judgement *judgement)
{
	const char *newline = memchr(judge->bytes.bytes,
	    judge->rules.scanner.newline, judge->bytes.size);

	if (newline == NULL && !judge->is_whole
	    && judge->bytes.size <= judge->rules.max_record) {
		judgement->verdict = PSP_VERDICT_MORE;
		return;
	}
	judgement->verdict = verdict;
	judgement->line_goes_on = newline == NULL;
	judgement->consumed = newline == NULL
	                          ? judge->bytes.size
	                          : (size_t)(newline - judge->bytes.bytes) + 1;
}

/* Goes back to the start of the field and reads its quote as text. */
static bool
take_quote_as_text(struct psp_judge *judge)
{
	judge->at = judge->field_at;
	judge->is_literal = true;
	judge->is_repaired = true;
	return renew_parser(judge, judge->err);
}

/*
 * A fault in the field being read. True when it can be read again with its
 * quote as text; else the judgement is made.
 */
static bool
meet_fault(struct psp_judge *judge, enum psp_verdict verdict,
    struct psp_judgement *judgement)
{
	if (!judge->is_repaired) {
		judgement->fault = verdict;
		judgement->quote_at = judge->field_at;
		judgement->field_number = judge->n_ends + 1;
	}
	if (judge->rules.n_fields == 0) {
		give_up(judge, verdict, judgement);
		return false;
	}
	if (!take_quote_as_text(judge)) {
		judge->has_failed = true;
		return false;
	}
	return true;
}

/* The record ended after a line end at `at` - 1, or at the end of all bytes. */
static void
end_record(
    const struct psp_judge *judge, bool is_cut, struct psp_judgement *judgement)
{
	if (judge->is_repaired
	    && (judge->n_ends != judge->rules.n_fields
		|| (is_cut && judgement->fault == PSP_VERDICT_UNCLOSED))) {
		give_up(judge, judgement->fault, judgement);
		return;
	}
	judgement->verdict =
	    judge->is_repaired ? PSP_VERDICT_REPAIRED : PSP_VERDICT_RECORD;
	judgement->consumed = judge->at;
	judgement->text = psp_buffer_content(&judge->text);
	judgement->ends = judge->ends;
	judgement->n_fields = judge->n_ends;
}

/* Ends the last field of bytes without a final line end. */
static bool
end_without_newline(struct psp_judge *judge)
{
	char newline = (char)judge->rules.scanner.newline;

	return feed(judge, &newline, 1);
}

/* What the loop of judging does next. */
enum step { STEP_ON, STEP_DONE, STEP_FAILED };

/* Feeds one byte that is no ordinary one. */
static enum step
feed_special(
    struct psp_judge *judge, bool is_whole, struct psp_judgement *judgement)
{
	const struct psp_scanner *scanner = &judge->rules.scanner;
	const char *p = judge->bytes.bytes + judge->at;
	unsigned char c = (unsigned char)*p;
	bool has_next = judge->at + 1 < judge->bytes.size;
	bool is_end_cr = scanner->has_cr && c == '\r'
	                 && (has_next ? p[1] == '\n' : is_whole);

	if (c == '\r' && scanner->has_cr && !has_next && !is_whole) {
		judgement->verdict = PSP_VERDICT_MORE;
		return STEP_DONE;
	}
	if (is_end_cr && !is_inside_quotes(judge)) {
		/* The field ends here: its line end is fed in the CR's place.
		 */
		if (!end_without_newline(judge))
			return STEP_FAILED;
		judge->at += has_next ? 2 : 1;
		end_record(judge, false, judgement);
		return STEP_DONE;
	}
	if (has_just_closed(judge) && c != scanner->separator
	    && c != scanner->newline && c != scanner->quote) {
		if (meet_fault(judge, PSP_VERDICT_JUNK, judgement))
			return STEP_ON;
		return judge->has_failed ? STEP_FAILED : STEP_DONE;
	}
	if (is_inside_quotes(judge)
	    || (c != scanner->separator && c != scanner->newline)) {
		if (!feed(judge, p, 1))
			return STEP_FAILED;
		judge->at++;
		return STEP_ON;
	}
	if (!feed(judge, p, 1))
		return STEP_FAILED;
	judge->at++;
	judge->field_at = judge->at;
	judge->is_literal = false;
	csv_set_quote(&judge->parser, quote_of(judge));
	if (c == scanner->newline) {
		end_record(judge, false, judgement);
		return STEP_DONE;
	}
	return STEP_ON;
}

/* All bytes are fed and the record has not ended. */
static enum step
feed_end(struct psp_judge *judge, bool is_whole, bool is_limit,
    struct psp_judgement *judgement)
{
	if (!is_whole && !is_limit) {
		judgement->verdict = PSP_VERDICT_MORE;
		return STEP_DONE;
	}
	if (is_inside_quotes(judge)) {
		if (meet_fault(judge, PSP_VERDICT_UNCLOSED, judgement))
			return STEP_ON;
		return judge->has_failed ? STEP_FAILED : STEP_DONE;
	}
	if (is_limit) {
		give_up(judge,
		    judge->is_repaired ? judgement->fault
				       : PSP_VERDICT_OVER_LIMIT,
		    judgement);
		return STEP_DONE;
	}
	if (!end_without_newline(judge))
		return STEP_FAILED;
	end_record(judge, true, judgement);
	return STEP_DONE;
}

bool
psp_judge_record(struct psp_judge *judge, struct psp_slice bytes, bool is_last,
    struct psp_judgement *judgement, struct psp_error *err)
{
	bool is_limit = bytes.size > judge->rules.max_record;
	size_t end = is_limit ? judge->rules.max_record : bytes.size;
	enum step step = STEP_ON;

	memset(judgement, 0, sizeof(*judgement));
	judge->bytes = bytes;
	judge->is_whole = is_last;
	judge->at = 0;
	judge->field_at = 0;
	judge->is_literal = false;
	judge->is_repaired = false;
	judge->has_failed = false;
	judge->err = err;
	judge->text.size = 0;
	judge->n_ends = 0;
	if (!renew_parser(judge, err))
		return false;
	while (step == STEP_ON) {
		size_t run = ordinary_run(judge, judge->at, end);

		if (run > 0 && has_just_closed(judge)) {
			if (meet_fault(judge, PSP_VERDICT_JUNK, judgement))
				continue;
			step = judge->has_failed ? STEP_FAILED : STEP_DONE;
		} else if (run > 0) {
			if (!feed(judge, bytes.bytes + judge->at, run))
				return false;
			judge->at += run;
		} else if (judge->at < end) {
			step = feed_special(
			    judge, is_last && !is_limit, judgement);
		} else {
			step = feed_end(
			    judge, is_last && !is_limit, is_limit, judgement);
		}
	}
	return step == STEP_DONE;
}
