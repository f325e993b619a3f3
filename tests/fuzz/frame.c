/*
 * Bytes to records, whatever the cuts and the scanner. Ten bytes choose: rules,
 * separator and quote, number of fields, limit of a record, records of a batch,
 * and five sizes of the pieces in which the rest comes. The same bytes come
 * whole and in pieces, to every scanner that runs here: what they give must be
 * equal, every byte must be in a record or in a fault, and what is regular must
 * read as libcsv reads it.
 */
#include <config.h>

#include "tests/fuzz/records.h"

#include <csv.h>

#include "libprospect/base/text.h"
#include "libprospect/stream/frame.h"

enum { N_PIECES = 5, SMALL_RECORD = 24, LARGE_RECORD = 1 << 20 };

struct choices {
	struct psp_block_rules rules;
	struct psp_dialect dialect;
	bool has_header;
	size_t n_fields;
	size_t max_records;
	size_t pieces[N_PIECES];
};

static const char header[] = "nom;ville";

static void
choose(struct psp_slice *input, struct choices *chosen)
{
	static const unsigned char separators[] = { ';', ',', '\t', '|' };
	unsigned char rules = fuzz_take(input);
	unsigned char signs = fuzz_take(input);

	memset(chosen, 0, sizeof(*chosen));
	chosen->rules.repair = (rules & 1) == 0;
	chosen->rules.ragged = (rules & 2) != 0;
	chosen->rules.is_mixed = (rules & 4) != 0;
	chosen->has_header = (rules & 8) != 0;
	chosen->dialect.separator = separators[signs & 3];
	chosen->dialect.quote = (signs & 12) == 12  ? PSP_QUOTE_NONE
	                        : (signs & 12) == 8 ? '\''
	                                            : '"';
	chosen->dialect.newline = (signs & 16) != 0 ? '\r' : '\n';
	chosen->dialect.encoding =
	    chosen->rules.is_mixed ? PSP_ENCODING_MIXED : PSP_ENCODING_UTF8;
	chosen->n_fields = fuzz_take(input) % 8;
	chosen->rules.max_record =
	    (fuzz_take(input) & 1) != 0 ? SMALL_RECORD : LARGE_RECORD;
	chosen->max_records = fuzz_take(input) % 16 + (size_t)1;
	for (size_t i = 0; i < N_PIECES; i++)
		chosen->pieces[i] = fuzz_take(input) % 128 + (size_t)1;
}

/* Takes all that the block can give before more bytes come. */
static void
drain(const struct choices *chosen, struct psp_block *block, bool is_last,
    size_t max_records, struct fuzz_records *framed, struct psp_error *err)
{
	const struct psp_batch *batch = &block->batch;
	size_t n;

	do {
		fuzz_must(psp_frame_run(block, is_last, max_records, err),
		    "framing fails for want of memory only");
		n = batch->n_spans + batch->n_faults + batch->n_blank_lines;
		fuzz_records_take_batch(&chosen->dialect, batch, framed, err);
		psp_block_next(block);
	} while (n > 0);
	fuzz_must(
	    !is_last || block->start == block->size, "nothing is left over");
}

/* Frames `text` whole or, with `in_pieces`, as chosen. */
static void
frame(const struct choices *chosen, struct psp_slice text, bool in_pieces,
    struct fuzz_records *framed)
{
	struct psp_block block;
	struct psp_error err;
	size_t at = 0, piece = 0;
	bool is_last = false;

	psp_error_init(&err);
	memset(framed, 0, sizeof(*framed));
	fuzz_must(psp_block_init(
		      &block, &chosen->rules, &chosen->dialect, "test", &err),
	    "memory suffices");
	psp_block_set_fields(&block, chosen->n_fields);
	if (chosen->has_header)
		psp_block_set_header(&block, psp_slice_of(header));
	while (!is_last) {
		size_t size = text.size - at;
		char *room;

		if (in_pieces && size > chosen->pieces[piece])
			size = chosen->pieces[piece];
		piece = (piece + 1) % N_PIECES;
		room = psp_block_room(&block, size, &err);
		fuzz_must(room != NULL, "memory suffices");
		if (size > 0)
			memcpy(room, text.bytes + at, size);
		psp_block_added(&block, size);
		at += size;
		/* The end may show in a read of its own. */
		is_last =
		    size == 0
		    || (at == text.size && (chosen->max_records & 1) != 0);
		drain(chosen, &block, is_last,
		    in_pieces ? chosen->max_records : SIZE_MAX, framed, &err);
	}
	psp_block_clear(&block);
}

/* Whether RFC 4180 has no doubt about the text, by a walk of our own. */
static bool
is_regular(const struct choices *chosen, struct psp_slice text)
{
	enum { BEGIN, PLAIN, QUOTED, CLOSED } state = BEGIN;
	const unsigned char quote = (unsigned char)chosen->dialect.quote;
	const unsigned char separator = chosen->dialect.separator;

	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.bytes[i];

		if (state == QUOTED) {
			state = c == quote ? CLOSED : QUOTED;
		} else if (c == quote) {
			if (state == PLAIN)
				return false;
			state = QUOTED;
		} else if (c == separator || c == '\n') {
			state = BEGIN;
		} else if (c == '\r') {
			if (i + 1 == text.size || text.bytes[i + 1] != '\n')
				return false;
		} else if (state == CLOSED) {
			return false;
		} else {
			state = PLAIN;
		}
	}
	return state != QUOTED;
}

/* A row that libcsv reads. */
struct peer {
	struct psp_buffer cells; /* of rows with the right number of fields */
	struct psp_buffer row;
	size_t n_cells; /* of the row */
	size_t n_fields;
	size_t n_rows, n_right;
	struct psp_error err;
};

static void
peer_cell(void *text, size_t size, void *user)
{
	struct peer *peer = user;

	fuzz_records_show(&peer->row, "cell", peer->n_cells++,
	    psp_slice(text, size), &peer->err);
}

static void
peer_row(int byte, void *user)
{
	struct peer *peer = user;

	(void)byte;
	/* An empty line is an empty cell where there is one column. */
	if (peer->n_cells == 0 && peer->n_fields == 1)
		peer_cell(NULL, 0, peer);
	if (peer->n_cells == peer->n_fields) {
		fuzz_must(psp_buffer_slice(&peer->cells,
			      psp_buffer_content(&peer->row), &peer->err),
		    "memory suffices");
		peer->n_right++;
	}
	peer->n_rows++;
	peer->n_cells = 0;
	peer->row.size = 0;
}

static int
is_carriage_return(unsigned char byte)
{
	return byte == '\r';
}

static int
is_line_feed(unsigned char byte)
{
	return byte == '\n';
}

/* What libcsv reads of a regular text is what was framed. */
static void
compare_with_peer(const struct choices *chosen, struct psp_slice text,
    const struct fuzz_records *framed)
{
	struct csv_parser parser;
	struct peer peer = { .n_fields = chosen->n_fields };

	psp_error_init(&peer.err);
	fuzz_must(csv_init(&parser, CSV_REPALL_NL) == 0, "memory suffices");
	csv_set_delim(&parser, chosen->dialect.separator);
	csv_set_quote(&parser, (unsigned char)chosen->dialect.quote);
	csv_set_space_func(&parser, is_carriage_return);
	csv_set_term_func(&parser, is_line_feed);
	fuzz_must(csv_parse(&parser, text.bytes, text.size, peer_cell, peer_row,
		      &peer)
		      == text.size,
	    "libcsv reads it");
	fuzz_must(csv_fini(&parser, peer_cell, peer_row, &peer) == 0,
	    "libcsv finishes");
	csv_free(&parser);
	fuzz_must(peer.n_right == framed->n_spans, "as many records as libcsv");
	fuzz_must(peer.n_rows
		      == framed->n_spans + framed->n_rejected + framed->n_blank,
	    "as many rows as libcsv");
	fuzz_must_equal(psp_buffer_content(&peer.cells),
	    psp_buffer_content(&framed->cells), "the cells of libcsv");
	psp_buffer_clear(&peer.cells);
	psp_buffer_clear(&peer.row);
}

/* What is framed so is what `whole` has. */
static void
compare_cuts(const struct choices *chosen, struct psp_slice text,
    const struct fuzz_records *whole, bool in_pieces)
{
	struct fuzz_records framed;

	frame(chosen, text, in_pieces, &framed);
	fuzz_must_equal(psp_buffer_content(&whole->shown),
	    psp_buffer_content(&framed.shown),
	    "the cuts and the scanner change nothing");
	fuzz_must(whole->n_blank == framed.n_blank, "nor the blank lines");
	fuzz_records_clear(&framed);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct psp_slice text = fuzz_bytes(data, size);
	struct fuzz_records whole;
	struct choices chosen;

	choose(&text, &chosen);
	chosen.rules.scan = psp_scanners[0];
	frame(&chosen, text, false, &whole);
	for (size_t i = 0; i < PSP_N_SCANNERS; i++) {
		chosen.rules.scan = psp_scanners[i];
		if (!psp_scan_can_run(chosen.rules.scan))
			continue;
		compare_cuts(&chosen, text, &whole, true);
		if (i > 0)
			compare_cuts(&chosen, text, &whole, false);
	}
	if (!chosen.rules.is_mixed) {
		struct psp_buffer wanted;
		struct psp_error err;

		psp_error_init(&err);
		psp_buffer_init(&wanted);
		fuzz_records_keep(&chosen.dialect, text, &wanted, &err);
		fuzz_must_equal(psp_buffer_content(&wanted),
		    psp_buffer_content(&whole.kept),
		    "every byte is in a record or in a fault");
		psp_buffer_clear(&wanted);
	}
	if (chosen.n_fields > 0 && !chosen.rules.ragged && !chosen.has_header
	    && chosen.dialect.newline == '\n'
	    && chosen.dialect.quote != PSP_QUOTE_NONE
	    && chosen.rules.max_record == LARGE_RECORD && text.size > 0
	    && is_regular(&chosen, text) && psp_utf8_valid(text))
		compare_with_peer(&chosen, text, &whole);
	fuzz_records_clear(&whole);
	return 0;
}
