/*
 * One scanner for numbers, amounts and percentages: sign or parentheses,
 * currency, digits with separators, multiplier, currency, HT, %.
 *
 * The digits are gone through twice. The first pass measures the runs between
 * separators, which tells whether the last separator is the decimal one; the
 * second adds up the digits, exactly, to the unit's decimals.
 */
#include <config.h>

#include "libprospect/values/number.h"

#include "libprospect/base/text.h"

enum separator { NO_SEPARATOR, SPACE, APOSTROPHE, POINT, COMMA };

enum kind { PLAIN, MONEY, PERCENT };

/* The runs of digits of a number: first, inner ones, last. */
struct shape {
	const char *start;
	const char *end;     /* past the last digit */
	const char *last_at; /* where the last separator is */
	size_t n_separators;
	size_t first_size;
	size_t last_size;
	enum separator last;
	enum separator group; /* the separators before the last */
	bool inner_is_grouped;
	bool first_is_zero;
};

struct amount {
	bool is_negative;
	bool has_sign;
	bool is_open; /* a parenthesis */
	bool has_unit;
	size_t shift; /* power of ten of the multiplier */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether `text` starts with `word`, ASCII case not counting; `word` is in
 * lower case. If so, passes it. */
static bool
take(struct psp_slice *text, const char *word)
{
	size_t i = 0;

	for (; word[i] != '\0'; i++) {
		char c;

		if (i == text->size)
			return false;
		c = text->bytes[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 'a' - 'A');
		if (c != word[i])
			return false;
	}
	text->bytes += i;
	text->size -= i;
	return true;
}

/* Whether a cell's first byte may begin an absent value. */
static bool
may_be_absent(unsigned char first)
{
	switch (first) {
	case '[':
	case 'n':
	case 'N':
	case '-':
	case ' ':
	case 0xC2: /* of U+00A0 and U+00A4 */
	case 0xE2: /* of U+202F */
		return true;
	default:
		return first >= '\t' && first <= '\r';
	}
}

bool
psp_value_is_absent(struct psp_slice cell)
{
	static const char *const words[] = { "[nd]", "nc", "n.c.", "n/a", "-",
		"--", "\xC2\xA4", "null" };

	if (cell.size == 0)
		return true;
	if (PSP_LIKELY(!may_be_absent((unsigned char)cell.bytes[0])))
		return false;
	cell = psp_text_trim(cell);
	if (cell.size == 0)
		return true;
	if (cell.size > 4)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct psp_slice rest = cell;

		if (take(&rest, words[i]) && rest.size == 0)
			return true;
	}
	return false;
}

/* The separator that `text` starts with and its size in bytes. */
static enum separator
separator_at(struct psp_slice text, size_t *size)
{
	const unsigned char *p = (const unsigned char *)text.bytes;

	*size = 1;
	if (text.size == 0)
		return NO_SEPARATOR;
	switch (p[0]) {
	case ' ':
		return SPACE;
	case '\'':
		return APOSTROPHE;
	case '.':
		return POINT;
	case ',':
		return COMMA;
	case 0xC2:
		*size = 2;
		return text.size >= 2 && p[1] == 0xA0 ? SPACE : NO_SEPARATOR;
	case 0xE2:
		*size = 3;
		if (text.size < 3 || p[1] != 0x80)
			return NO_SEPARATOR;
		if (p[2] == 0xAF || p[2] == 0x89)
			return SPACE;
		return p[2] == 0x99 ? APOSTROPHE : NO_SEPARATOR;
	default:
		return NO_SEPARATOR;
	}
}

static void
skip_spaces(struct psp_slice *text)
{
	size_t size;

	while (separator_at(*text, &size) == SPACE) {
		text->bytes += size;
		text->size -= size;
	}
}

/* Passes the digits that `text` starts with; returns their number. */
static size_t
take_digits(struct psp_slice *text)
{
	size_t n = 0;

	while (n < text->size && is_digit(text->bytes[n]))
		n++;
	text->bytes += n;
	text->size -= n;
	return n;
}

/* Measures the number that `text` starts with and passes it. A separator
 * without digits after it is not part of it. */
static void
shape_read(struct psp_slice *text, struct shape *shape)
{
	memset(shape, 0, sizeof(*shape));
	shape->start = text->bytes;
	shape->inner_is_grouped = true;
	shape->first_is_zero = text->size > 0 && text->bytes[0] == '0';
	shape->first_size = take_digits(text);
	for (;;) {
		size_t size, n_digits;
		enum separator separator = separator_at(*text, &size);
		struct psp_slice rest;

		if (separator == NO_SEPARATOR)
			break;
		rest = psp_slice(text->bytes + size, text->size - size);
		n_digits = take_digits(&rest);
		if (n_digits == 0)
			break;
		if (shape->n_separators == 1)
			shape->group = shape->last;
		if (shape->n_separators > 0
		    && (shape->last_size != 3 || shape->last != shape->group))
			shape->inner_is_grouped = false;
		shape->n_separators++;
		shape->last = separator;
		shape->last_at = text->bytes;
		shape->last_size = n_digits;
		*text = rest;
	}
	shape->end = text->bytes;
}

/*
 * Finds the decimal separator: `*decimal` is NULL when all of them part
 * thousands. False when the separators make no sense or, with one point or
 * comma and three digits after it, two senses and no style to choose.
 */
static bool
find_decimal(const struct shape *shape, enum psp_number_style style,
    const char **decimal)
{
	bool is_mark = shape->last == POINT || shape->last == COMMA;
	bool is_alone = shape->n_separators == 1;
	bool is_grouped = shape->inner_is_grouped && shape->first_size >= 1
	                  && shape->first_size <= 3 && !shape->first_is_zero;
	bool has_decimals, has_groups;

	*decimal = NULL;
	if (shape->n_separators == 0)
		return shape->first_size > 0;
	has_groups = is_grouped && shape->last_size == 3
	             && (is_alone || shape->last == shape->group);
	has_decimals =
	    is_mark
	    && (is_alone || (is_grouped && shape->last != shape->group));
	if (has_groups && has_decimals) {
		if (style == PSP_STYLE_UNKNOWN)
			return false;
		has_decimals =
		    (shape->last == POINT) == (style == PSP_STYLE_POINT);
	}
	if (has_decimals)
		*decimal = shape->last_at;
	return has_groups || has_decimals;
}

/* Puts a digit behind `*sum`; false when int64_t is too small. */
static bool
push_digit(int64_t *sum, int digit)
{
	if (*sum > (INT64_MAX - digit) / 10)
		return false;
	*sum = *sum * 10 + digit;
	return true;
}

/* The number of `shape` in units of 10^-kept, rounded half away from zero. */
static bool
add_up(
    const struct shape *shape, const char *decimal, size_t kept, int64_t *sum)
{
	size_t n_decimals = 0;
	bool is_after = false, rounds_up = false;

	*sum = 0;
	for (const char *p = shape->start; p < shape->end; p++) {
		if (!is_digit(*p)) {
			if (p == decimal)
				is_after = true;
			continue;
		}
		if (is_after && n_decimals == kept) {
			rounds_up = *p >= '5';
			break;
		}
		if (!push_digit(sum, *p - '0'))
			return false;
		n_decimals += is_after;
	}
	for (; n_decimals < kept; n_decimals++)
		if (!push_digit(sum, 0))
			return false;
	if (rounds_up && *sum == INT64_MAX)
		return false;
	*sum += rounds_up;
	return true;
}

static bool
take_currency(struct psp_slice *text)
{
	return take(text, "\xE2\x82\xAC") || take(text, "euros")
	       || take(text, "euro") || take(text, "eur");
}

static bool
take_sign(struct psp_slice *text, struct amount *amount)
{
	if (take(text, "-") || take(text, "\xE2\x88\x92")) {
		amount->is_negative = true;
		return true;
	}
	return take(text, "+");
}

/* What may stand before the digits: a sign or a parenthesis, a currency, in
 * either order. */
static void
read_front(struct psp_slice *text, enum kind kind, struct amount *amount)
{
	for (;;) {
		if (text->size > 0 && is_digit(text->bytes[0]))
			return;
		skip_spaces(text);
		if (!amount->has_sign && !amount->is_open) {
			amount->has_sign = take_sign(text, amount);
			if (amount->has_sign)
				continue;
			amount->is_open = take(text, "(");
			if (amount->is_open) {
				amount->is_negative = true;
				continue;
			}
		}
		if (kind != MONEY || amount->has_unit)
			return;
		amount->has_unit = take_currency(text);
		if (!amount->has_unit)
			return;
	}
}

/* "k", "M", "Md" and their words. A small m is left: it is milli elsewhere. */
static void
read_multiplier(struct psp_slice *text, struct amount *amount)
{
	struct psp_slice rest;

	if (take(text, "milliards") || take(text, "milliard")
	    || take(text, "mds") || take(text, "md")) {
		amount->shift = 9;
	} else if (take(text, "millions") || take(text, "million")) {
		amount->shift = 6;
	} else if (text->size > 0 && text->bytes[0] == 'M') {
		amount->shift = 6;
		text->bytes++;
		text->size--;
	} else if (take(text, "k")) {
		amount->shift = 3;
	}
	skip_spaces(text);
	rest = *text;
	if (amount->shift > 0 && !amount->has_unit
	    && (take(&rest, "d'") || take(&rest, "d\xE2\x80\x99"))
	    && take_currency(&rest)) {
		amount->has_unit = true;
		*text = rest;
	}
}

static void
read_unit(struct psp_slice *text, enum kind kind, struct amount *amount)
{
	skip_spaces(text);
	if (amount->has_unit)
		return;
	if (kind == MONEY)
		amount->has_unit = take_currency(text);
	else if (kind == PERCENT)
		amount->has_unit = take(text, "%");
}

/* What may stand after the digits; true when that is all. */
static bool
read_back(struct psp_slice *text, enum kind kind, struct amount *amount)
{
	if (text->size == 0)
		return !amount->is_open;
	skip_spaces(text);
	if (kind == MONEY)
		read_multiplier(text, amount);
	read_unit(text, kind, amount);
	skip_spaces(text);
	if (kind == MONEY && !take(text, "ht"))
		(void)take(text, "h.t.");
	skip_spaces(text);
	if (amount->is_open) {
		if (!take(text, ")"))
			return false;
		read_unit(text, kind, amount);
	}
	return text->size == 0;
}

/* The short way: up to 12 plain digits, with a minus before them or not. */
static bool
read_digits(struct psp_slice cell, int64_t scale, int64_t *value)
{
	size_t i = 0;
	int64_t sum = 0;
	bool is_negative = cell.size > 0 && cell.bytes[0] == '-';

	i += is_negative;
	if (cell.size == i || cell.size - i > 12)
		return false;
	for (; i < cell.size; i++) {
		if (!is_digit(cell.bytes[i]))
			return false;
		sum = sum * 10 + (cell.bytes[i] - '0');
	}
	*value = (is_negative ? -sum : sum) * scale;
	return true;
}

static bool
read_amount(struct psp_slice cell, enum psp_number_style style, enum kind kind,
    size_t kept, int64_t *value)
{
	struct amount amount = { 0 };
	struct shape shape;
	const char *decimal;
	int64_t sum;

	cell = psp_text_trim(cell);
	if (cell.size == 0)
		return false;
	read_front(&cell, kind, &amount);
	shape_read(&cell, &shape);
	if (!find_decimal(&shape, style, &decimal)
	    || !read_back(&cell, kind, &amount)
	    || !add_up(&shape, decimal, kept + amount.shift, &sum))
		return false;
	*value = amount.is_negative ? -sum : sum;
	return true;
}

bool
psp_number_read(
    struct psp_slice cell, enum psp_number_style style, int64_t *millionths)
{
	return read_digits(cell, PSP_NUMBER_SCALE, millionths)
	       || read_amount(cell, style, PLAIN, 6, millionths);
}

bool
psp_money_read(
    struct psp_slice cell, enum psp_number_style style, int64_t *cents)
{
	return read_digits(cell, PSP_MONEY_SCALE, cents)
	       || read_amount(cell, style, MONEY, 2, cents);
}

bool
psp_percent_read(
    struct psp_slice cell, enum psp_number_style style, int64_t *thousandths)
{
	return read_digits(cell, PSP_PERCENT_SCALE, thousandths)
	       || read_amount(cell, style, PERCENT, 3, thousandths);
}

size_t
psp_decimal_format(int64_t value, int64_t scale, char *text)
{
	char digits[32];
	size_t n = 0, size = 0;
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	uint64_t whole = rest / (uint64_t)scale;
	uint64_t fraction = rest % (uint64_t)scale;

	if (value < 0)
		text[size++] = '-';
	do {
		digits[n++] = (char)('0' + whole % 10);
		whole /= 10;
	} while (whole > 0);
	while (n > 0)
		text[size++] = digits[--n];
	if (fraction > 0)
		text[size++] = '.';
	while (fraction > 0) {
		scale /= 10;
		text[size++] = (char)('0' + fraction / (uint64_t)scale);
		fraction %= (uint64_t)scale;
	}
	return size;
}
