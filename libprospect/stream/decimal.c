/*
 * A cell speaks when it is wholly a number and reads in one way only: 1234,56,
 * 1 234,5, 12.50, 1.234,5, but not 1.234. What looks like a number and is none
 * must not speak: a column with leading zeros (identifiers), several points
 * (dates, versions, addresses) or commas (lists), or letters among digits
 * (62.01Z), and codes by their name. Two digits, point, one or two digits may
 * be a code of activity: such a column speaks when enough of it cannot be one.
 */
#include <config.h>

#include "libprospect/stream/decimal.h"

#include <stdlib.h>

#include "libprospect/base/buffer.h"
#include "libprospect/base/text.h"
#include "libprospect/base/word.h"

enum kind {
	KIND_TEXT,   /* nothing of a number: does not count */
	KIND_OTHER,  /* digits, but no number */
	KIND_NUMBER, /* a number that tells nothing */
	KIND_COMMA,
	KIND_POINT,
	KIND_CODE, /* a number, or a code of activity */
	KIND_ALIEN /* shows that the column is no number */
};

struct column {
	size_t n[KIND_ALIEN + 1];
	size_t n_impossible; /* KIND_CODE that no nomenclature has */
	bool is_code;        /* its name says so */
};

/*
 * The last group of each division 00 to 99 in NAF rev. 2 and NAF 2025 (INSEE);
 * '-': no such division. 12.50 is no code, for division 12 has group 12.0 only.
 */
static const char last_groups[] =
    "-743-22299900932222262295989939092-40030-299-499-5"
    "4233-94-223999933-32222390-539339-36999-3402949020";

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Moves past one of the thousands' spaces; false when there is none. */
static bool
skip_space(struct psp_slice *text)
{
	static const char *const spaces[] = { " ", "\xC2\xA0", "\xE2\x80\xAF",
		"\xE2\x80\x89", "'", "\xE2\x80\x99" };

	if (text->size == 0
	    || (text->bytes[0] != ' ' && text->bytes[0] != '\''
		&& (unsigned char)text->bytes[0] < 0x80))
		return false;
	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++) {
		size_t size = strlen(spaces[i]);

		if (text->size >= size
		    && memcmp(text->bytes, spaces[i], size) == 0) {
			text->bytes += size;
			text->size -= size;
			return true;
		}
	}
	return false;
}

static bool
skip_text(struct psp_slice *text, const char *start)
{
	size_t size = strlen(start);

	if (text->size < size || memcmp(text->bytes, start, size) != 0)
		return false;
	text->bytes += size;
	text->size -= size;
	return true;
}

static bool
is_unit(struct psp_slice text)
{
	static const char *const units[] = { "%", "\xE2\x82\xAC",
		"k\xE2\x82\xAC", "K\xE2\x82\xAC", "M\xE2\x82\xAC",
		"Md\xE2\x82\xAC", "EUR", "euros", "$", "k", "K", "M", "h", "j",
		"km", "kg", "m2" };

	text = psp_text_trim(text);
	if (text.size == 0)
		return true;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (psp_slice_is(text, units[i]))
			return true;
	return false;
}

/* A number taken apart: up to three runs of digits and what parts them. */
struct parts {
	size_t n_points, n_commas;
	char last;         /* the last point or comma, 0 without one */
	size_t n_before;   /* digits before the first mark */
	size_t n_after;    /* digits after the last one */
	bool has_spaces;   /* of thousands */
	bool has_groups;   /* all runs between marks are of three digits */
	bool leading_zero; /* and more digits after it */
	bool all_zero;     /* before the first mark */
};

/* Reads digits, spaces of thousands and marks; what follows is left. */
static struct parts
take_apart(struct psp_slice *text)
{
	struct parts parts = { .has_groups = true, .all_zero = true };
	size_t run = 0;
	bool first_zero = text->size > 0 && text->bytes[0] == '0';

	while (text->size > 0) {
		char c = text->bytes[0];
		struct psp_slice after = *text;

		if (is_digit(c)) {
			run++;
			if (parts.last == 0) {
				parts.n_before++;
				parts.all_zero = parts.all_zero && c == '0';
			}
		} else if (c == '.' || c == ',') {
			if (parts.last != 0 && run != 3)
				parts.has_groups = false;
			parts.n_points += c == '.';
			parts.n_commas += c == ',';
			parts.last = c;
			run = 0;
		} else if (!skip_space(&after) || after.size == 0
			   || !is_digit(after.bytes[0]) || run == 0) {
			break;
		} else {
			*text = after;
			parts.has_spaces = true;
			continue;
		}
		text->bytes++;
		text->size--;
	}
	parts.n_after = parts.last != 0 ? run : 0;
	parts.leading_zero = first_zero && parts.n_before > 1;
	return parts;
}

/* Whether no nomenclature has a code dd.d or dd.dd that begins so. */
static bool
is_no_activity(const char *digits)
{
	char last = last_groups[(digits[0] - '0') * 10 + (digits[1] - '0')];

	return last == '-' || digits[3] > last;
}

/* What one mark between digits tells. */
static enum kind
judge_mark(const struct parts *parts, bool is_bare)
{
	if (parts->leading_zero)
		return KIND_ALIEN;
	if (parts->n_after == 0)
		return KIND_OTHER;
	if (parts->n_after == 3 && parts->n_before <= 3 && !parts->all_zero)
		return KIND_NUMBER;
	if (parts->last == '.' && is_bare && parts->n_before == 2
	    && parts->n_after <= 2)
		return KIND_CODE;
	return parts->last == ',' ? KIND_COMMA : KIND_POINT;
}

/* What several marks tell: 1.234,56 or nothing. */
static enum kind
judge_marks(const struct parts *parts)
{
	size_t n_last = parts->last == ',' ? parts->n_commas : parts->n_points;

	if (!parts->has_groups || parts->n_before > 3)
		return KIND_ALIEN;
	if (parts->n_points == 0 || parts->n_commas == 0)
		return parts->n_after == 3 ? KIND_NUMBER : KIND_ALIEN;
	if (n_last != 1 || parts->n_after == 0)
		return KIND_ALIEN;
	return parts->last == ',' ? KIND_COMMA : KIND_POINT;
}

static bool
has_digit(struct psp_slice text)
{
	size_t i = 0;

	for (; text.size - i >= sizeof(uint64_t); i += sizeof(uint64_t))
		if (psp_word_has_digit(psp_word_load(text.bytes + i)))
			return true;
	for (; i < text.size; i++)
		if (is_digit(text.bytes[i]))
			return true;
	return false;
}

static enum kind
judge(struct psp_slice text, bool *is_impossible)
{
	static const char *const signs[] = { "-", "+", "\xE2\x88\x92", "(",
		"\xE2\x82\xAC", "$", "EUR" };
	struct psp_slice cell = text, rest;
	struct parts parts;
	bool is_bare;
	enum kind kind;

	*is_impossible = false;
	if (!has_digit(text))
		return KIND_TEXT;
	if ((text.bytes[0] >= 'A' && text.bytes[0] <= 'Z'
		&& text.bytes[0] != 'E')
	    || (text.bytes[0] >= 'a' && text.bytes[0] <= 'z'))
		return KIND_OTHER;
	for (size_t i = 0;
	     i < sizeof(signs) / sizeof(signs[0]) && !is_digit(text.bytes[0]);
	     i++)
		if (skip_text(&text, signs[i]))
			while (skip_space(&text))
				continue;
	rest = text;
	parts = take_apart(&rest);
	is_bare = rest.size == 0 && text.size == cell.size && !parts.has_spaces;
	if (rest.size > 0 && rest.bytes[rest.size - 1] == ')')
		rest.size--;
	if (!is_unit(rest))
		return KIND_OTHER;
	if (parts.last == 0)
		return KIND_NUMBER;
	if (parts.n_points + parts.n_commas > 1)
		return judge_marks(&parts);
	kind = judge_mark(&parts, is_bare);
	*is_impossible = kind == KIND_CODE && is_no_activity(text.bytes);
	return kind;
}

/* Whether a name, folded, says that the column holds codes. */
static bool
names_code(const struct psp_buffer *folded)
{
	static const char *const words[] = { "naf", "naf25", "ape", "nace",
		"nap", "code", "version", "activite", "activiteprincipale",
		"ip" };
	size_t start = 0;

	for (size_t i = 0; i <= folded->size; i++) {
		struct psp_slice word;

		if (i < folded->size
		    && strchr(" _-.()/:", folded->bytes[i]) == NULL)
			continue;
		word = psp_slice(folded->bytes + start, i - start);
		for (size_t j = 0; j < sizeof(words) / sizeof(words[0]); j++)
			if (psp_slice_is(word, words[j]))
				return true;
		if (word.size > 18
		    && memcmp(word.bytes, "activiteprincipale", 18) == 0)
			return true;
		start = i + 1;
	}
	return false;
}

/* Whether the column tells nothing, whatever its other cells hold. */
static bool
is_settled(const struct column *column)
{
	return column->is_code || column->n[KIND_ALIEN] > 0;
}

/* Adds what the column tells. */
static void
ask_column(const struct column *column, bool *comma, bool *point)
{
	size_t n_numbers = column->n[KIND_NUMBER] + column->n[KIND_COMMA]
	                   + column->n[KIND_POINT] + column->n[KIND_CODE];

	if (is_settled(column) || n_numbers < 3 * column->n[KIND_OTHER])
		return;
	*comma = *comma || column->n[KIND_COMMA] > 0;
	*point = *point || column->n[KIND_POINT] > 0
	         || (column->n_impossible > 0
		     && column->n_impossible * 4 >= column->n[KIND_CODE]);
}

bool
psp_decimal_find(const struct psp_cells *cells, enum psp_decimal *decimal,
    struct psp_error *err)
{
	struct psp_cells walk = *cells;
	struct psp_sample_cell cell;
	struct psp_buffer folded;
	struct column *columns = NULL, *grown;
	size_t n_columns = 0, capacity = 0, index = 0;
	bool in_header = true, comma = false, point = false, done = false;

	psp_buffer_init(&folded);
	walk.at = 0;
	while (psp_cells_next(&walk, &cell)) {
		struct psp_slice text = psp_sample_cell_text(&cell);
		bool is_impossible;

		/* the sample may cut its last cell */
		if (!cell.ends_line && !walk.is_whole
		    && walk.at > walk.text.size)
			break;
		if (in_header) {
			grown = psp_array_reserve(columns, &capacity,
			    n_columns + 1, sizeof(*columns), err);
			if (grown == NULL)
				goto done;
			columns = grown;
			folded.size = 0;
			if (!psp_text_fold(&folded, text, err))
				goto done;
			columns[n_columns] = (struct column){
				.is_code = names_code(&folded),
			};
			n_columns++;
		} else if (index < n_columns && !is_settled(&columns[index])) {
			columns[index].n[judge(text, &is_impossible)]++;
			columns[index].n_impossible += is_impossible;
		}
		index = cell.ends_record ? 0 : index + 1;
		in_header = in_header && !cell.ends_record;
	}
	for (size_t i = 0; i < n_columns; i++)
		ask_column(&columns[i], &comma, &point);
	*decimal = PSP_DECIMAL_UNKNOWN;
	if (comma != point)
		*decimal = comma ? PSP_DECIMAL_COMMA : PSP_DECIMAL_POINT;
	done = true;
done:
	psp_buffer_clear(&folded);
	free(columns);
	return done;
}
