/*
 * stream: every scanner that this machine can run says what a walk byte by
 * byte says, on random and on hostile bytes that begin and end anywhere.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/base/text.h"
#include "libprospect/stream/scan.h"

enum { BEFORE = 64, ROUNDS = 4000 };

/* The bytes scanned: some text stands before them, zeros behind. */
struct text {
	char all[BEFORE + PSP_SCAN_SIZE + 64];
	char *bytes;
	size_t size;
	unsigned skip;
};

/* What the walk finds. */
struct walk {
	uint64_t separators[PSP_SCAN_WORDS + 1];
	struct psp_scan_end ends[PSP_SCAN_SIZE];
	size_t n_ends;
	size_t irregular;
	struct psp_scan_state state;  /* behind the whole words */
	size_t n_separators, n_lines; /* in the whole words */
	bool in_quotes;
};

static uint64_t random_state = 88172645463325252u;

static unsigned
random_below(unsigned n)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (unsigned)((random_state >> 33) % n);
}

/* Fills `text` with what is likely to mislead. */
static void
make_text(struct text *text, const struct psp_scanner *scanner)
{
	static const char *const pieces[] = { "\"", ";", "\n", "\r", "\r\n",
		"\"\"", "\";\"", "\"\n\"", "a", "bc", "\xC3\xA9",
		"\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\x80", "\xC3", "\xED\xA0",
		"\xF4\x90", "\xC0\xAF", "\xE0\x80\xAF", "plain text", "'",
		"\xFF", " ", "," };
	const unsigned n_pieces = sizeof(pieces) / sizeof(pieces[0]);
	/* Some texts are regular for long, some are nothing but traps. */
	const unsigned dull = random_below(40);
	const size_t size =
	    BEFORE + (random_below(3) == 0 ? PSP_SCAN_SIZE : random_below(400));
	size_t at = 0;

	memset(text, 0, sizeof(*text));
	while (at < size) {
		const char *piece = pieces[random_below(n_pieces)];
		size_t n = strlen(piece);

		if (random_below(40) < dull)
			piece = "xy;", n = random_below(3) + 1u;
		if (random_below(200) == 0)
			piece = "", n = 1; /* a NUL */
		if (n > size - at)
			n = size - at;
		memcpy(text->all + at, piece, n);
		at += n;
	}
	text->bytes = text->all + BEFORE;
	text->size = size - BEFORE;
	/* What comes before has no part in its first character. */
	text->bytes[-1] = '\n';
	text->skip = 0;
	if (random_below(2) == 0 && text->size > 0)
		text->skip =
		    random_below(text->size < 64 ? (unsigned)text->size : 64);
	/* A skip means that a record ended there. */
	if (text->skip > 0)
		text->bytes[text->skip - 1] = (char)scanner->newline;
}

static void
walk(const struct text *text, const struct psp_scanner *scanner,
    struct psp_scan_state state, struct walk *walk)
{
	bool in_quotes = state.in_quotes != 0, may_open = state.may_open != 0;
	bool has_closed = state.has_closed != 0, had_cr = state.had_cr != 0;
	uint32_t n_separators = 0, n_lines = 0;

	memset(walk, 0, sizeof(*walk));
	walk->irregular = SIZE_MAX;
	for (size_t i = text->skip; i < text->size; i++) {
		unsigned char c = (unsigned char)text->bytes[i];
		bool is_quote = scanner->has_quote && c == scanner->quote;
		bool is_newline = c == scanner->newline;
		bool is_cr = scanner->has_cr && c == '\r' && !in_quotes;
		bool is_end = c == scanner->separator || is_newline;

		if ((had_cr && !is_newline)
		    || (has_closed && !is_end && !is_quote && !is_cr)
		    || (is_quote && !in_quotes && !may_open)) {
			walk->irregular = i;
			return;
		}
		n_lines += is_newline;
		if (is_end && !in_quotes) {
			walk->separators[i / 64] |= (uint64_t)1 << i % 64;
			if (is_newline) {
				struct psp_scan_end *end =
				    &walk->ends[walk->n_ends++];

				end->at = (uint32_t)i;
				end->n_separators = n_separators;
				end->n_lines = n_lines;
			}
			n_separators++;
		}
		may_open = is_end && !in_quotes;
		has_closed = is_quote && in_quotes;
		if (is_quote)
			in_quotes = !in_quotes;
		may_open = may_open || has_closed;
		had_cr = is_cr;
		if (i % 64 == 63) {
			walk->n_separators = n_separators;
			walk->n_lines = n_lines;
			walk->state.in_quotes = in_quotes ? ~UINT64_C(0) : 0;
			walk->state.may_open = may_open;
			walk->state.has_closed = has_closed;
			walk->state.had_cr = had_cr;
		}
	}
	walk->in_quotes = in_quotes;
}

/* Every record of which no word is doubtful is UTF-8. */
static void
check_utf8(const struct text *text, const struct psp_scan_window *found)
{
	size_t start = text->skip;

	for (size_t i = 0; i < found->n_ends; i++) {
		size_t end = found->ends[i].at;
		bool is_doubtful = false;

		for (size_t w = start / 64; w <= end / 64; w++)
			is_doubtful =
			    is_doubtful || (found->doubtful >> w & 1) != 0;
		assert_true(is_doubtful
			    || psp_utf8_valid(
				psp_slice(text->bytes + start, end - start)));
		start = end + 1;
	}
}

static void
compare(const struct psp_scan_functions *functions, const struct text *text,
    const struct psp_scanner *scanner, struct psp_scan_state start)
{
	static struct psp_scan_window found;
	static struct walk wanted;
	uint64_t separators[PSP_SCAN_WORDS + 1];
	struct psp_scan_state state = start;
	uint64_t kept = psp_bits_below(text->skip);
	size_t n_words = (text->size + 63) / 64;

	walk(text, scanner, start, &wanted);
	memset(separators, 0xFF, sizeof(separators));
	functions->scan(scanner, text->bytes, text->size, text->skip, true,
	    &state, separators, &found);
	assert_int_equal(found.irregular, wanted.irregular);
	assert_int_equal(found.n_ends, wanted.n_ends);
	for (size_t i = 0; i < wanted.n_ends; i++) {
		assert_int_equal(found.ends[i].at, wanted.ends[i].at);
		assert_int_equal(
		    found.ends[i].n_separators, wanted.ends[i].n_separators);
		assert_int_equal(found.ends[i].n_lines, wanted.ends[i].n_lines);
	}
	if (wanted.irregular != SIZE_MAX)
		n_words = wanted.irregular / 64;
	for (size_t w = 0; w < n_words; w++)
		assert_int_equal(
		    separators[w], wanted.separators[w] | (w == 0 ? kept : 0));
	check_utf8(text, &found);
	if (wanted.irregular != SIZE_MAX)
		return;
	assert_int_equal(found.ends_in_quotes, wanted.in_quotes);
	assert_int_equal(found.n_separators, wanted.n_separators);
	assert_int_equal(found.n_lines, wanted.n_lines);
	if (memchr(text->bytes + text->skip, '\0', text->size - text->skip)
	    != NULL)
		assert_true(found.has_nul);
	if (text->size >= 64) {
		assert_int_equal(state.in_quotes, wanted.state.in_quotes);
		assert_int_equal(state.may_open, wanted.state.may_open);
		assert_int_equal(state.has_closed, wanted.state.has_closed);
		assert_int_equal(state.had_cr, wanted.state.had_cr);
	}
}

static void
scanners_agree_with_a_walk(void **state)
{
	static const struct psp_scanner scanners[] = {
		{ ';', '"', true, '\n', true },
		{ ';', '"', true, '\r', false },
		{ ',', '\'', true, '\n', true },
		{ ';', 0, false, '\n', false },
	};
	static struct text text;
	size_t n_run = 0;

	(void)state;
	for (size_t i = 0; i < PSP_N_SCANNERS; i++) {
		if (!psp_scan_can_run(psp_scanners[i]))
			continue;
		n_run++;
		for (size_t j = 0; j < ROUNDS; j++) {
			const struct psp_scanner *scanner = &scanners[j % 4];
			struct psp_scan_state start = psp_scan_start();

			make_text(&text, scanner);
			if (text.skip == 0 && random_below(2) == 0) {
				bool in_quotes =
				    scanner->has_quote && random_below(2) == 0;

				start.in_quotes = in_quotes ? ~UINT64_C(0) : 0;
				start.may_open = 0;
				start.had_high = 1;
			}
			compare(psp_scanners[i], &text, scanner, start);
		}
	}
	assert_true(n_run > 0);
}

/* Puts a quoted field with what ends it: returns its bytes. */
static size_t
put_quoted(char *to, const struct psp_scanner *scanner)
{
	const char inner[] = { 'a', 'b', 'c', 'd', (char)scanner->separator,
		(char)scanner->newline };
	size_t n = 0;

	to[n++] = (char)scanner->quote;
	for (size_t left = random_below(12); left > 0; left--) {
		to[n++] = inner[random_below(sizeof(inner))];
		if (random_below(8) == 0) {
			to[n++] = (char)scanner->quote;
			to[n++] = (char)scanner->quote;
		}
	}
	to[n++] = (char)scanner->quote;
	if (random_below(6) > 0) {
		to[n++] = (char)scanner->separator;
	} else {
		if (scanner->has_cr)
			to[n++] = '\r';
		to[n++] = (char)scanner->newline;
	}
	return n;
}

/* A whole window of quoted fields, regular but for one byte in half of them. */
static void
windows_of_quotes_agree(void **state)
{
	static const struct psp_scanner scanners[] = {
		{ ';', '"', true, '\n', true },
		{ ',', '\'', true, '\r', false },
	};
	static const char strays[] = { '"', '\'', '\r', '\n', 'x', ';' };
	static struct text text;
	size_t n_regular = 0;

	(void)state;
	for (size_t i = 0; i < PSP_N_SCANNERS; i++) {
		if (!psp_scan_can_run(psp_scanners[i]))
			continue;
		for (size_t j = 0; j < ROUNDS; j++) {
			const struct psp_scanner *scanner = &scanners[j % 2];
			struct psp_scan_state start = psp_scan_start();
			static struct walk walked;
			size_t at = BEFORE;

			memset(&text, 0, sizeof(text));
			text.bytes = text.all + BEFORE;
			text.size = PSP_SCAN_SIZE;
			if (random_below(2) == 0) { /* what began before */
				start.in_quotes = ~UINT64_C(0);
				start.may_open = 0;
				text.all[at++] = 'x';
				text.all[at++] = (char)scanner->quote;
				text.all[at++] = (char)scanner->separator;
			}
			while (at < BEFORE + PSP_SCAN_SIZE) {
				char field[64];
				size_t n = put_quoted(field, scanner);

				if (n > BEFORE + PSP_SCAN_SIZE - at)
					n = BEFORE + PSP_SCAN_SIZE - at;
				memcpy(text.all + at, field, n);
				at += n;
			}
			if (random_below(2) == 0)
				text.bytes[random_below(PSP_SCAN_SIZE)] =
				    strays[random_below(sizeof(strays))];
			walk(&text, scanner, start, &walked);
			n_regular += walked.irregular == SIZE_MAX;
			compare(psp_scanners[i], &text, scanner, start);
		}
	}
	assert_true(n_regular > 0);
}

/* All ends from 0 to two words and a half, with each piece at the end. */
static void
scanners_agree_at_every_end(void **state)
{
	static const struct psp_scanner scanner = { ';', '"', true, '\n',
		true };
	static const char *const tails[] = { "\"", "\r", "\n", "\"\"", "\"\r\n",
		"\"\"\"", "\r\r", "\xC3", "\xE2\x82", ";\"", "\"x" };
	static struct text text;

	(void)state;
	for (size_t i = 0; i < PSP_N_SCANNERS; i++) {
		if (!psp_scan_can_run(psp_scanners[i]))
			continue;
		for (size_t size = 0; size < 160; size++)
			for (size_t j = 0; j < sizeof(tails) / sizeof(*tails);
			     j++) {
				size_t n = strlen(tails[j]);

				memset(&text, 0, sizeof(text));
				text.bytes = text.all + BEFORE;
				memset(text.all, 'x', BEFORE + size);
				if (size > 0 && n > 1)
					text.bytes[size - 1] = ';';
				memcpy(text.bytes + size, tails[j], n);
				for (text.size = size; text.size <= size + n;
				     text.size++)
					compare(psp_scanners[i], &text,
					    &scanner, psp_scan_start());
			}
	}
}

/* The list of bits from `from` to before `to` of a mask of 512. */
static void
check_list(const struct psp_scan_functions *scan, const uint64_t *mask,
    size_t from, size_t to)
{
	uint32_t places[512 + PSP_SCAN_SPARE_PLACES + 1];
	size_t n = 0;

	for (size_t at = from; at < to; at++)
		n += mask[at / 64] >> at % 64 & 1;
	places[n + PSP_SCAN_SPARE_PLACES] = 4321;
	scan->list_bits(mask, from, to, places);
	assert_int_equal(places[n + PSP_SCAN_SPARE_PLACES], 4321);
	n = 0;
	for (size_t at = from; at < to; at++)
		if ((mask[at / 64] >> at % 64 & 1) != 0)
			assert_int_equal(places[n++], at - from);
}

static void
bits_are_found(void **state)
{
	(void)state;
	/* The last is the form of one of them that suits this processor. */
	for (size_t i = 0; i <= PSP_N_SCANNERS; i++) {
		const struct psp_scan_functions *scan =
		    i < PSP_N_SCANNERS ? psp_scanners[i] : psp_scan_best();

		if (!psp_scan_can_run(scan))
			continue;
		for (size_t j = 0; j < ROUNDS; j++) {
			uint64_t mask[8];
			size_t from = random_below(400), n = 0;

			for (size_t w = 0; w < 8; w++)
				mask[w] = random_below(3) == 0
				              ? 0
				              : random_state
				                    & random_state
				                          << random_below(60);
			for (size_t at = from; at < 512; at++) {
				if ((mask[at / 64] >> at % 64 & 1) == 0)
					continue;
				assert_int_equal(
				    scan->find_bit(mask, from, n), at);
				n++;
			}
			check_list(scan, mask, from,
			    from + random_below(512 - (uint32_t)from + 1));
		}
	}
}

/* Fields of records that begin anywhere, long and short ones mixed. */
static void
fields_are_found(void **state)
{
	enum { WORDS = 40, PLACES = 50 };
	uint64_t mask[WORDS + PSP_MASK_PADDING];
	struct psp_field_place places[PLACES];
	size_t starts[PLACES], n_behind = 0;

	(void)state;
	for (size_t j = 0; j < ROUNDS; j++) {
		size_t rank = random_below(3) == 0 ? 0 : random_below(70);

		for (size_t w = 0; w < WORDS + PSP_MASK_PADDING; w++) {
			mask[w] = random_state;
			for (unsigned k = random_below(8); k > 0; k--)
				mask[w] &= random_state << random_below(60) | k;
		}
		/* Bits enough for the last of them. */
		mask[WORDS - 2] = mask[WORDS - 1] = ~UINT64_C(0);
		for (size_t i = 0; i < PLACES; i++)
			starts[i] = random_below((WORDS - 2) * 64);
		for (size_t s = 0; s < PSP_N_SCANNERS; s++) {
			if (!psp_scan_can_run(psp_scanners[s]))
				continue;
			for (size_t i = 0; i < PLACES; i++)
				places[i].start = starts[i];
			psp_scanners[s]->find_fields(
			    mask, rank, places, PLACES);
			for (size_t i = 0; i < PLACES; i++) {
				size_t at = starts[i], n = rank;

				for (; n > 0; at++)
					n -= mask[at / 64] >> at % 64 & 1;
				assert_int_equal(places[i].start, at);
				while ((mask[at / 64] >> at % 64 & 1) == 0)
					at++;
				assert_int_equal(places[i].end, at);
				n_behind += places[i].start / 64
				            > starts[i] / 64 + PSP_MASK_PADDING;
			}
		}
	}
	assert_true(n_behind > ROUNDS);
}

/* The same from the ends of records. */
static void
fields_are_found_from_behind(void **state)
{
	enum { WORDS = 40, PLACES = 50 };
	uint64_t mask[WORDS + PSP_MASK_PADDING];
	struct psp_field_place places[PLACES];
	size_t ends[PLACES], n_behind = 0;

	(void)state;
	for (size_t j = 0; j < ROUNDS; j++) {
		size_t n_others = random_below(3) == 0 ? 0 : random_below(70);

		for (size_t w = 0; w < WORDS + PSP_MASK_PADDING; w++) {
			mask[w] = random_state;
			for (unsigned k = random_below(8); k > 0; k--)
				mask[w] &= random_state << random_below(60) | k;
		}
		/* Bits enough before the first of them. */
		mask[0] = mask[1] = ~UINT64_C(0);
		for (size_t i = 0; i < PLACES; i++)
			ends[i] = 71 + random_below(WORDS * 64 - 71);
		for (size_t s = 0; s < PSP_N_SCANNERS; s++) {
			if (!psp_scan_can_run(psp_scanners[s]))
				continue;
			for (size_t i = 0; i < PLACES; i++)
				places[i].end = ends[i];
			psp_scanners[s]->find_fields_back(
			    mask, n_others, places, PLACES);
			for (size_t i = 0; i < PLACES; i++) {
				size_t at = ends[i], end = at, n = n_others;

				for (at--;
				     n > 0
				     || (mask[at / 64] >> at % 64 & 1) == 0;
				     at--)
					if ((mask[at / 64] >> at % 64 & 1)
					    != 0) {
						n--;
						end = at;
					}
				assert_int_equal(places[i].start, at + 1);
				assert_int_equal(places[i].end, end);
				n_behind += ends[i] - at > 64;
			}
		}
	}
	assert_true(n_behind > ROUNDS);
}

static void
bytes_are_counted(void **state)
{
	char bytes[300];

	(void)state;
	for (size_t i = 0; i < PSP_N_SCANNERS; i++) {
		if (!psp_scan_can_run(psp_scanners[i]))
			continue;
		for (size_t size = 0; size < sizeof(bytes); size++) {
			size_t n = 0;

			for (size_t j = 0; j < size; j++) {
				bytes[j] = random_below(4) == 0 ? '"' : 'x';
				n += bytes[j] == '"';
			}
			assert_int_equal(
			    psp_scanners[i]->is_odd(bytes, size, '"'), n % 2);
		}
	}
}

static void
names_choose(void **state)
{
	static const char *const names[] = { "portable", "sse2", "avx2",
		"avx512", "neon" };
	struct psp_error err;

	(void)state;
	for (size_t i = 0; i < PSP_N_SCANNERS; i++) {
		const struct psp_scan_functions *found;

		psp_error_init(&err);
		found = psp_scan_find(names[i], &err);
		assert_int_equal(
		    found != NULL, psp_scan_can_run(psp_scanners[i]));
		if (found != NULL)
			assert_string_equal(found->name, names[i]);
		else
			assert_int_equal(err.status, PSP_EUSAGE);
	}
	psp_error_init(&err);
	assert_null(psp_scan_find("mmx", &err));
	assert_string_equal(err.message,
	    "expected the scanner portable, sse2, avx2, avx512 or neon, not "
	    "'mmx'");
	assert_true(psp_scan_can_run(psp_scan_best()));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scanners_agree_with_a_walk),
		cmocka_unit_test(windows_of_quotes_agree),
		cmocka_unit_test(scanners_agree_at_every_end),
		cmocka_unit_test(bits_are_found),
		cmocka_unit_test(fields_are_found),
		cmocka_unit_test(fields_are_found_from_behind),
		cmocka_unit_test(bytes_are_counted),
		cmocka_unit_test(names_choose),
	};

	return cmocka_run_group_tests_name(
	    "stream: scanners", tests, NULL, NULL);
}
