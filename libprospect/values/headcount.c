/*
 * A headcount cell is a band code, a number, or words around one or two whole
 * numbers. The words are reduced to a pattern of a character each ('#' being a
 * number: "10 à 19 salariés" is "#&#"), and a table says what a pattern means.
 *
 * In words, thousands may be parted by any separator ("1,001-5,000"): people
 * are whole. A lone "1,250" may be full-time equivalents and is left.
 */
#include <config.h>

#include "libprospect/values/headcount.h"

#include "libprospect/base/text.h"
#include "libprospect/values/number.h"
#include "libprospect/values/wording.h"

enum { MAX_PIECES = 8, NOISE = ' ', NUMBER = '#' };

struct band {
	char code[3];
	int32_t first;
	int32_t last;
};

/* INSEE, trancheEffectifs. */
static const struct band bands[] = { { "00", 0, 0 }, { "01", 1, 2 },
	{ "02", 3, 5 }, { "03", 6, 9 }, { "11", 10, 19 }, { "12", 20, 49 },
	{ "21", 50, 99 }, { "22", 100, 199 }, { "31", 200, 249 },
	{ "32", 250, 499 }, { "41", 500, 999 }, { "42", 1000, 1999 },
	{ "51", 2000, 4999 }, { "52", 5000, 9999 },
	{ "53", 10000, INT32_MAX } };

static const struct psp_word_meaning words[] = { { "a", '&' }, { "to", '&' },
	{ "-", '&' }, { "et", '&' }, { "and", '&' }, { "ou", '|' },
	{ "or", '|' }, { "plus", '+' }, { "more", '+' }, { "+", '+' },
	{ "moins", '-' }, { "less", '-' }, { "fewer", '-' }, { "au", '@' },
	{ "at", '@' }, { "least", 'l' }, { "most", 'm' }, { "up", 'u' },
	{ "jusqu'a", 'j' }, { "<", '<' }, { "under", '<' }, { ">", '>' },
	{ "over", '>' }, { "<=", '[' }, { "\xE2\x89\xA4", '[' },
	{ "\xE2\x89\xA5", ']' }, { ">=", ']' }, { "de", NOISE },
	{ "of", NOISE }, { "from", NOISE }, { "entre", NOISE },
	{ "between", NOISE }, { "than", NOISE }, { "salarie", NOISE },
	{ "salaries", NOISE }, { "salarie(s)", NOISE }, { "employe", NOISE },
	{ "employes", NOISE }, { "employee", NOISE }, { "employees", NOISE },
	{ "employee(s)", NOISE }, { "personne", NOISE }, { "personnes", NOISE },
	{ "people", NOISE }, { "collaborateur", NOISE },
	{ "collaborateurs", NOISE } };

enum sense { EXACTLY, RANGE, AT_LEAST, ABOVE, AT_MOST, BELOW };

static const struct psp_word_meaning patterns[] = { { "#", EXACTLY },
	{ "#&#", RANGE }, { "#|#", RANGE }, { "#+", AT_LEAST },
	{ "#&+", AT_LEAST }, { "#|+", AT_LEAST }, { "@-#", AT_LEAST },
	{ "@l#", AT_LEAST }, { "]#", AT_LEAST }, { "+#", ABOVE },
	{ ">#", ABOVE }, { "#&-", AT_MOST }, { "#|-", AT_MOST },
	{ "@+#", AT_MOST }, { "@m#", AT_MOST }, { "u&#", AT_MOST },
	{ "j#", AT_MOST }, { "[#", AT_MOST }, { "-#", BELOW },
	{ "<#", BELOW } };

struct pieces {
	char pattern[MAX_PIECES];
	size_t n;
	int32_t numbers[2];
	size_t n_numbers;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
count_digits(struct psp_slice text)
{
	size_t n = 0;

	while (n < text.size && is_digit(text.bytes[n]))
		n++;
	return n;
}

static void
pass(struct psp_slice *text, size_t n)
{
	text->bytes += n;
	text->size -= n;
}

/* Passes a whole number, with groups of three after one separator or none. */
static bool
take_number(struct psp_slice *text, int32_t *number)
{
	size_t n = count_digits(*text);
	bool may_group = n <= 3 && text->bytes[0] != '0';
	int value = psp_word_integer(psp_slice(text->bytes, n));
	char separator = '\0';

	if (value < 0)
		return false;
	pass(text, n);
	while (
	    may_group && text->size >= 4
	    && strchr(" .,'", text->bytes[0]) != NULL
	    && (separator == '\0' || separator == text->bytes[0])
	    && count_digits(psp_slice(text->bytes + 1, text->size - 1)) == 3) {
		separator = text->bytes[0];
		if (value > INT32_MAX / 1000 - 1)
			return false;
		value = value * 1000
		        + psp_word_integer(psp_slice(text->bytes + 1, 3));
		pass(text, 4);
	}
	*number = value;
	return true;
}

/* Size of the word or mark that `text` starts with. */
static size_t
word_size(struct psp_slice text)
{
	size_t n = 0;

	if (strchr("<>", text.bytes[0]) != NULL)
		return text.size > 1 && text.bytes[1] == '=' ? 2 : 1;
	if (strchr("+-", text.bytes[0]) != NULL)
		return 1;
	while (n < text.size && strchr(" <>+-", text.bytes[n]) == NULL
	       && !is_digit(text.bytes[n]))
		n++;
	return n;
}

static bool
read_pieces(struct psp_slice text, struct pieces *pieces)
{
	pieces->n = 0;
	pieces->n_numbers = 0;
	while (text.size > 0) {
		int piece = NUMBER;

		if (text.bytes[0] == ' ') {
			pass(&text, 1);
			continue;
		}
		if (is_digit(text.bytes[0])) {
			if (pieces->n_numbers == 2
			    || !take_number(
				&text, &pieces->numbers[pieces->n_numbers++]))
				return false;
		} else {
			size_t size = word_size(text);

			piece = psp_word_find(psp_slice(text.bytes, size),
			    words, sizeof(words) / sizeof(words[0]));
			if (piece < 0)
				return false;
			pass(&text, size);
		}
		if (piece == NOISE)
			continue;
		if (pieces->n == MAX_PIECES)
			return false;
		pieces->pattern[pieces->n++] = (char)piece;
	}
	return true;
}

static bool
read_words(struct psp_slice text, struct psp_headcount *headcount)
{
	struct pieces pieces;
	int32_t number;

	if (!read_pieces(text, &pieces) || pieces.n_numbers == 0)
		return false;
	number = pieces.numbers[0];
	headcount->first = number;
	headcount->last = number;
	switch (psp_word_find(psp_slice(pieces.pattern, pieces.n), patterns,
	    sizeof(patterns) / sizeof(patterns[0]))) {
	case EXACTLY:
		/* a number alone was not read as one: see above */
		return !is_digit(text.bytes[text.size - 1]);
	case RANGE:
		headcount->last = pieces.numbers[1];
		return pieces.numbers[1] >= number;
	case AT_LEAST:
		headcount->last = INT32_MAX;
		return true;
	case ABOVE:
		headcount->first = number + 1;
		headcount->last = INT32_MAX;
		return true;
	case AT_MOST:
		headcount->first = 0;
		return true;
	case BELOW:
		headcount->first = 0;
		headcount->last = number - 1;
		return number > 0;
	default:
		return false;
	}
}

static bool
find_band(struct psp_slice code, struct psp_headcount *headcount)
{
	for (size_t i = 0; i < sizeof(bands) / sizeof(bands[0]); i++) {
		if (memcmp(code.bytes, bands[i].code, 2) != 0)
			continue;
		headcount->first = bands[i].first;
		headcount->last = bands[i].last;
		return true;
	}
	return false;
}

/* `cell` up to the remark that the labels of INSEE put in parentheses. */
static struct psp_slice
without_remark(struct psp_slice cell)
{
	for (size_t i = 1; i + 1 < cell.size; i++)
		if (cell.bytes[i] == ' ' && cell.bytes[i + 1] == '(')
			return psp_slice(cell.bytes, i);
	return cell;
}

static bool
set_not_employer(struct psp_headcount *headcount)
{
	headcount->first = 0;
	headcount->last = 0;
	headcount->is_not_employer = true;
	return true;
}

bool
psp_headcount_read(
    struct psp_slice cell, bool is_band_column, struct psp_headcount *headcount)
{
	struct psp_wording wording;
	int64_t number;

	if (psp_slice_is(cell, "NN"))
		return set_not_employer(headcount);
	headcount->is_not_employer = false;
	cell = psp_text_trim(cell);
	if (is_band_column && cell.size <= 2 && count_digits(cell) == cell.size)
		return cell.size == 2 && find_band(cell, headcount);
	if (psp_slice_is(cell, "01") || psp_slice_is(cell, "02")
	    || psp_slice_is(cell, "03"))
		return false;
	/* "+50" is more than 50 people. */
	if (cell.size > 0 && cell.bytes[0] != '+'
	    && psp_number_read(cell, PSP_STYLE_UNKNOWN, &number)) {
		if (number < 0 || number % PSP_NUMBER_SCALE != 0
		    || number / PSP_NUMBER_SCALE >= INT32_MAX)
			return false;
		headcount->first = (int32_t)(number / PSP_NUMBER_SCALE);
		headcount->last = headcount->first;
		return true;
	}
	if (!psp_wording_read(without_remark(cell), &wording))
		return false;
	cell = psp_wording_slice(&wording);
	if (psp_slice_is(cell, "nn")
	    || psp_slice_is(cell, "unite non employeuse"))
		return set_not_employer(headcount);
	return read_words(cell, headcount);
}

/* The square root of `square`, rounded. */
static int32_t
root(int64_t square)
{
	int64_t low = 0, high = INT32_MAX;

	while (low < high) {
		int64_t middle = (low + high + 1) / 2;

		if (middle * middle <= square)
			low = middle;
		else
			high = middle - 1;
	}
	return (int32_t)(low + (square - low * low > low));
}

int32_t
psp_headcount_middle(const struct psp_headcount *headcount)
{
	int64_t first = headcount->first;

	if (headcount->last == INT32_MAX || headcount->first == headcount->last)
		return headcount->first;
	if (first == 0)
		first = 1;
	return root(first * headcount->last);
}
