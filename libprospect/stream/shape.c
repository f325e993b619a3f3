/*
 * Each candidate cuts the sample into rows, of which only counts are kept.
 * The number of fields that most rows have is the candidate's width; the
 * header is the first row, or the first of that width below rows that look
 * like titles. The score is the share of rows below that are as wide as the
 * header; a comma that is always followed by a space is one of prose.
 */
#include <config.h>

#include "libprospect/stream/shape.h"

#include <stdint.h>
#include <stdlib.h>

#include "libprospect/base/buffer.h"

enum { MAX_TITLES = 50, NO_WIDTH = 0 };

static const unsigned char candidates[] = { ',', ';', '\t', '|' };

struct row {
	size_t at;       /* offset in the text */
	size_t n_fields; /* cells */
	size_t n_filled; /* that are not blank; at least 1 of low rows */
	size_t n_words;  /* filled ones with a letter and no space before */
	bool is_odd;     /* some cell has quotes that no CSV has */
	bool is_phrase;  /* the first filled cell is more than one word */
	bool after_gap;  /* a blank row stands above */
};

/* The rows of the sample that are not blank. */
struct rows {
	struct row *items;
	size_t n;
	size_t capacity;
	size_t n_separators;
	size_t n_spaced; /* separators with a space after them */
};

struct trial {
	unsigned char separator;
	size_t header;   /* index of its row */
	size_t n_fields; /* of the header; 0 without any row */
	size_t header_at;
	size_t n_below; /* rows below the header */
	size_t n_even;  /* of them, as wide as the header */
	size_t n_whole; /* of them, of one field */
	bool is_prose;
	bool is_odd;   /* the header has quotes that no CSV has */
	bool is_split; /* some row has more than one field */
	bool
	    splits_most; /* nearly all rows below have the same width above 1 */
};

static bool
is_letter(unsigned char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80
	       || c == '_' || c == '%' || c == '#';
}

static bool
has_letter(struct psp_slice text)
{
	for (size_t i = 0; i < text.size; i++)
		if (is_letter((unsigned char)text.bytes[i]))
			return true;
	return false;
}

/* Several words, or one with a digit or a sign that names do not have. */
static bool
is_phrase(struct psp_slice text)
{
	for (size_t i = 0; i < text.size; i++)
		if (strchr(" :#*=/0123456789", text.bytes[i]) != NULL)
			return true;
	return false;
}

/* Whether a row may be the header, stand above it or next below it: what its
 * cells hold matters of no other, but that it is not blank. */
static bool
is_high(const struct rows *rows)
{
	return rows->n <= MAX_TITLES + 1;
}

static void
count_cell(
    struct rows *rows, struct row *row, const struct psp_sample_cell *cell)
{
	struct psp_slice text;
	bool is_spaced = cell->raw.size > 0 && cell->raw.bytes[0] == ' ';

	if (row->n_fields > 0) {
		rows->n_separators++;
		rows->n_spaced += is_spaced;
	}
	row->n_fields++;
	row->is_odd = row->is_odd || cell->is_odd;
	if (row->n_filled > 0 && !is_high(rows))
		return;
	text = psp_sample_cell_text(cell);
	if (text.size == 0)
		return;
	if (row->n_filled == 0)
		row->is_phrase = is_phrase(text);
	row->n_filled++;
	row->n_words += has_letter(text) && !is_spaced;
}

static bool
read_rows(struct psp_cells cells, struct rows *rows, struct psp_error *err)
{
	struct psp_sample_cell cell;
	struct row row = { 0 };
	bool gap = false;

	rows->n = rows->n_separators = rows->n_spaced = 0;
	cells.at = 0;
	while (psp_cells_next(&cells, &cell)) {
		struct row *items;

		count_cell(rows, &row, &cell);
		if (!cell.ends_record)
			continue;
		row.after_gap = gap;
		gap = row.n_filled == 0;
		/* the sample cuts its last record */
		if (!gap
		    && (cell.ends_line || cells.is_whole || rows->n == 0)) {
			items = psp_array_reserve(rows->items, &rows->capacity,
			    rows->n + 1, sizeof(row), err);
			if (items == NULL)
				return false;
			rows->items = items;
			rows->items[rows->n++] = row;
		}
		row = (struct row){ .at = cells.at };
	}
	return true;
}

static int
compare_sizes(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

/* The most common width above 1 of two rows at least, and how many have it. */
static bool
find_width(const struct rows *rows, size_t *width, size_t *n_wide,
    struct psp_error *err)
{
	size_t *sorted, n = 0, run = 0;

	*width = NO_WIDTH;
	*n_wide = 1;
	if (rows->n == 0)
		return true;
	sorted = calloc(rows->n, sizeof(*sorted));
	if (sorted == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < rows->n; i++)
		if (rows->items[i].n_fields > 1)
			sorted[n++] = rows->items[i].n_fields;
	qsort(sorted, n, sizeof(*sorted), compare_sizes);
	for (size_t i = 0; i < n; i++) {
		run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
		if (run > *n_wide) {
			*n_wide = run;
			*width = sorted[i];
		}
	}
	free(sorted);
	return true;
}

/* Names and nothing else: no number, no date, few holes. */
static bool
is_like_header(const struct row *row)
{
	return row->n_words == row->n_filled
	       && row->n_filled * 5 >= row->n_fields * 4;
}

/* Whether a row above the header `header` may be a title or a note on the
 * file ("Period;01/01/2026"), seen against the width of the header. */
static bool
is_like_title(
    const struct rows *rows, size_t index, size_t header, size_t width)
{
	const struct row *row = &rows->items[index];
	bool parted = rows->items[header].after_gap;

	if (row->n_filled == 1)
		return row->n_fields == 1 || width >= 3;
	return row->n_filled * 2 <= width
	       && (parted || row->n_words < row->n_filled);
}

/* One word above a table may be a title or the header of a bad table: there
 * must be something that tells. */
static bool
titles_are_told(const struct rows *rows, size_t header)
{
	const struct row *first = &rows->items[0];

	if (rows->items[header].after_gap || first->is_phrase
	    || first->n_fields > 1 || header > 1)
		return true;
	return header + 1 < rows->n
	       && !is_like_header(&rows->items[header + 1]);
}

/* The row of the header: the first one unless titles stand above another. */
static size_t
find_header(const struct rows *rows, size_t width)
{
	size_t n_even = 0, header = 0, n_below;

	if (rows->n < 2)
		return 0;
	if (width == NO_WIDTH) {
		/* a table without rows below its titles and a blank line */
		const struct row *last = &rows->items[rows->n - 1];

		if (!last->after_gap || last->n_fields < 3)
			return 0;
		width = last->n_fields;
	}
	if (rows->items[0].n_fields == width
	    && (width < 3 || rows->items[0].n_filled > 1))
		return 0;
	while (header < rows->n && header <= MAX_TITLES
	       && !(rows->items[header].n_fields == width
		    && rows->items[header].n_filled > 1
		    && rows->items[header].n_filled * 2 > width))
		header++;
	if (header == rows->n || header > MAX_TITLES
	    || !is_like_header(&rows->items[header]))
		return 0;
	for (size_t i = 0; i < header; i++)
		if (!is_like_title(rows, i, header, width))
			return 0;
	for (size_t i = header + 1; i < rows->n; i++)
		n_even += rows->items[i].n_fields == width;
	n_below = rows->n - header - 1;
	if (n_even * 5 < n_below * 4 || !titles_are_told(rows, header))
		return 0;
	return header;
}

static bool
try_separator(struct psp_cells cells, unsigned char separator,
    bool header_is_first, struct rows *rows, struct trial *trial,
    struct psp_error *err)
{
	size_t width, n_wide;

	*trial = (struct trial){ .separator = separator };
	cells.separator = separator;
	if (!read_rows(cells, rows, err)
	    || !find_width(rows, &width, &n_wide, err))
		return false;
	if (rows->n == 0)
		return true;
	trial->header = header_is_first ? 0 : find_header(rows, width);
	trial->n_fields = rows->items[trial->header].n_fields;
	trial->header_at = rows->items[trial->header].at;
	trial->n_below = rows->n - trial->header - 1;
	for (size_t i = trial->header + 1; i < rows->n; i++) {
		trial->n_even += rows->items[i].n_fields == trial->n_fields
		                 && !rows->items[i].is_odd;
		trial->n_whole += rows->items[i].n_fields == 1;
	}
	trial->is_odd = rows->items[trial->header].is_odd;
	trial->is_split = rows->n_separators > 0;
	trial->is_prose =
	    rows->n_separators > 0 && rows->n_spaced == rows->n_separators;
	trial->splits_most = width != NO_WIDTH && !trial->is_prose
	                     && n_wide * 10 >= trial->n_below * 9;
	return true;
}

/* From 0 to 1000; a candidate that does not split the header has 0. */
static size_t
score_of(const struct trial *trial)
{
	size_t score = 1000;

	if (trial->n_fields < 2)
		return 0;
	if (trial->n_below > 0)
		score = 100 + trial->n_even * 900 / trial->n_below;
	if (trial->is_prose || trial->is_odd)
		score /= 4;
	if (trial->header > 0)
		score -= score / 10;
	return score;
}

/* One column: a candidate must be found that leaves all lines whole. */
static void
choose_one_column(const struct trial *trials, size_t n, struct psp_shape *shape)
{
	size_t chosen = 0;

	for (size_t i = n; i-- > 0;) {
		if (!trials[i].is_split)
			chosen = i;
		else if (trials[i].splits_most) {
			shape->doubt = PSP_SHAPE_RIVAL;
			shape->rival = trials[i].separator;
		}
	}
	shape->separator = trials[chosen].separator;
	shape->header_at = trials[chosen].header_at;
	shape->skipped_words = false;
	if (chosen != 0 && shape->doubt == PSP_SHAPE_SURE)
		shape->doubt = PSP_SHAPE_ONE_COLUMN;
}

static void
choose(const struct trial *trials, size_t n, struct psp_shape *shape)
{
	size_t best = 0, second = 0, best_score = 0;

	for (size_t i = 0; i < n; i++) {
		size_t score = score_of(&trials[i]);
		bool is_better =
		    score > best_score
		    || (score == best_score && score > 0
			&& trials[i].n_fields > trials[best].n_fields);

		if (is_better) {
			second = best_score;
			best_score = score;
			shape->rival = trials[best].separator;
			best = i;
		} else if (score > second) {
			second = score;
			shape->rival = trials[i].separator;
		}
	}
	shape->doubt = PSP_SHAPE_SURE;
	/* "name, first name" over a column of words */
	if (best_score == 0
	    || (trials[best].is_prose
		&& trials[best].n_even * 2 < trials[best].n_below)) {
		choose_one_column(trials, n, shape);
		return;
	}
	shape->separator = trials[best].separator;
	shape->header_at = trials[best].header_at;
	shape->skipped_words = trials[best].header > 0;
	if (second * 3 > best_score * 2)
		shape->doubt = PSP_SHAPE_RIVAL;
	else if (trials[best].n_whole > 1
		 && trials[best].n_whole * 2 > trials[best].n_below)
		shape->doubt = PSP_SHAPE_UNEVEN;
}

/* Tries all candidates; those that are not in the text are all alike. */
static bool
try_all(const struct psp_cells *cells, bool header_is_first, struct rows *rows,
    struct trial *trials, struct psp_error *err)
{
	const struct trial *absent = NULL;

	for (size_t i = 0; i < sizeof(candidates); i++) {
		bool is_absent = cells->text.size == 0
		                 || memchr(cells->text.bytes, candidates[i],
					cells->text.size)
		                        == NULL;

		if (is_absent && absent != NULL) {
			trials[i] = *absent;
			trials[i].separator = candidates[i];
			continue;
		}
		if (!try_separator(*cells, candidates[i], header_is_first, rows,
			&trials[i], err))
			return false;
		if (is_absent)
			absent = &trials[i];
	}
	return true;
}

/* The separator that the user named, unless it is plainly another's file. */
static void
judge_named(const struct trial *named, const struct trial *trials, size_t n,
    struct psp_shape *shape)
{
	shape->separator = named->separator;
	shape->header_at = named->header_at;
	shape->skipped_words = named->header > 0;
	for (size_t i = 0; i < n && shape->doubt == PSP_SHAPE_SURE; i++)
		if (named->n_fields == 1 && score_of(&trials[i]) >= 800) {
			shape->doubt = PSP_SHAPE_ABSENT;
			shape->rival = trials[i].separator;
		}
}

bool
psp_shape_find(const struct psp_cells *cells, unsigned char separator,
    bool header_is_first, struct psp_shape *shape, struct psp_error *err)
{
	struct trial trials[sizeof(candidates)], named;
	struct rows rows = { 0 };
	bool done = false;

	*shape = (struct psp_shape){ .doubt = PSP_SHAPE_SURE };
	if (!try_all(cells, header_is_first, &rows, trials, err))
		goto done;
	if (separator == 0) {
		choose(trials, sizeof(candidates), shape);
	} else {
		if (!try_separator(
			*cells, separator, header_is_first, &rows, &named, err))
			goto done;
		judge_named(&named, trials, sizeof(candidates), shape);
	}
	if (header_is_first)
		shape->header_at = 0;
	done = true;
done:
	free(rows.items);
	return done;
}

static bool
is_border(struct psp_slice text, size_t i)
{
	return i >= text.size || text.bytes[i] == '\n' || text.bytes[i] == '\r'
	       || memchr(candidates, text.bytes[i], sizeof(candidates)) != NULL;
}

int
psp_quote_find(struct psp_slice text)
{
	size_t n_open = 0, n_close = 0, n_lines = 0;

	for (size_t i = 0; i < text.size; i++) {
		char c = text.bytes[i];
		bool opens;

		n_lines += c == '\n' || c == '\r';
		if (c != '"' && c != '\'')
			continue;
		opens = i == 0 || is_border(text, i - 1);
		if (c == '"' && opens)
			return '"';
		if (c == '"')
			continue;
		n_open += opens;
		n_close += is_border(text, i + 1);
	}
	/* "l'Oréal" and "les Amis'" do not wrap: openings and closings are as
	 * many, and most lines have some */
	if (n_open < 2 || n_open * 2 < n_lines)
		return '"';
	if (n_close * 20 < n_open * 19 || n_open * 20 < n_close * 19)
		return '"';
	return '\'';
}
