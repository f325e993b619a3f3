#include "bench/draw.h"

#include <stdio.h>
#include <string.h>

/* splitmix64, of Steele, Lea and Flood: "Fast splittable pseudorandom number
   generators" (2014). */
static uint64_t
next(struct draw *draw)
{
	uint64_t mixed = draw->state += 0x9e3779b97f4a7c15;

	mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
	mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
	return mixed ^ (mixed >> 31);
}

uint32_t
draw_below(struct draw *draw, uint32_t n)
{
	return (uint32_t)(((next(draw) >> 32) * n) >> 32);
}

uint32_t
draw_between(struct draw *draw, uint32_t low, uint32_t high)
{
	return low + draw_below(draw, high - low + 1);
}

bool
draw_chance(struct draw *draw, uint32_t percent)
{
	return draw_below(draw, 100) < percent;
}

void
text_add(struct text *text, const char *string)
{
	size_t size = strlen(string);

	memcpy(text->bytes + text->size, string, size);
	text->size += size;
}

void
text_add_char(struct text *text, char c)
{
	text->bytes[text->size++] = c;
}

void
text_add_number(struct text *text, uint64_t number, unsigned width)
{
	char digits[20];
	size_t n = 0;

	do {
		digits[n++] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0 || n < width);
	while (n > 0)
		text_add_char(text, digits[--n]);
}

void
text_add_date(
    struct text *text, struct draw *draw, uint32_t first, uint32_t last)
{
	text_add_number(text, draw_between(draw, first, last), 4);
	text_add_char(text, '-');
	text_add_number(text, draw_between(draw, 1, 12), 2);
	text_add_char(text, '-');
	text_add_number(text, draw_between(draw, 1, 28), 2);
}

void
text_add_time(struct text *text, struct draw *draw, uint32_t first_hour,
    uint32_t last_hour)
{
	text_add_number(text, draw_between(draw, first_hour, last_hour), 2);
	text_add_char(text, ':');
	text_add_number(text, draw_below(draw, 60), 2);
	text_add_char(text, ':');
	text_add_number(text, draw_below(draw, 60), 2);
}

/* Adds the digit that makes the digits from `start` on a multiple of ten by
   Luhn's sum, every second one from the right doubled. */
static void
add_check_digit(struct text *text, size_t start)
{
	unsigned sum = 0;
	bool is_doubled = true;

	for (size_t i = text->size; i-- > start;) {
		unsigned digit = (unsigned)(text->bytes[i] - '0');

		if (is_doubled)
			digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
		is_doubled = !is_doubled;
		sum += digit;
	}
	text_add_char(text, (char)('0' + (10 - sum % 10) % 10));
}

/* The step has no divisor in common with the range, so that it comes back to
   a number only after all others. */
void
text_add_siren(struct text *text, uint64_t index)
{
	const uint64_t lowest = 30000000, range = 69000000, step = 41893277;
	size_t start = text->size;

	text_add_number(text, lowest + index % range * step % range, 8);
	add_check_digit(text, start);
}

void
text_add_siret(struct text *text, uint64_t index, uint32_t site)
{
	size_t start = text->size;

	text_add_siren(text, index);
	text_add_number(text, site, 4);
	add_check_digit(text, start);
}

/* Makes room for `size` bytes, much fewer than there are in all. An error
   shows at the end. */
static void
make_room(struct rows *rows, size_t size)
{
	if (size <= sizeof(rows->bytes) - rows->size)
		return;
	rows->n_written += rows->size;
	fwrite(rows->bytes, 1, rows->size, stdout);
	rows->size = 0;
}

static bool
wants_quotes(const struct rows *rows, const char *field, size_t size)
{
	const char separator = rows->separator;

	if (rows->quote_all)
		return true;
	for (size_t i = 0; i < size; i++)
		if (field[i] == separator || field[i] == '"'
		    || field[i] == '\n')
			return true;
	return false;
}

void
rows_field(struct rows *rows, const char *field, size_t size)
{
	char *to;

	make_room(rows, 2 * size + 3);
	to = rows->bytes + rows->size;
	if (rows->is_inside)
		*to++ = rows->separator;
	rows->is_inside = true;
	if (!wants_quotes(rows, field, size)) {
		memcpy(to, field, size);
		to += size;
	} else {
		*to++ = '"';
		for (size_t i = 0; i < size; i++) {
			if (field[i] == '"')
				*to++ = '"';
			*to++ = field[i];
		}
		*to++ = '"';
	}
	rows->size = (size_t)(to - rows->bytes);
}

void
rows_string(struct rows *rows, const char *field)
{
	rows_field(rows, field, strlen(field));
}

void
rows_text(struct rows *rows, const struct text *text)
{
	rows_field(rows, text->bytes, text->size);
}

void
rows_number(struct rows *rows, uint64_t number)
{
	struct text text = { .size = 0 };

	text_add_number(&text, number, 1);
	rows_text(rows, &text);
}

void
rows_empty(struct rows *rows, size_t n_fields)
{
	for (size_t i = 0; i < n_fields; i++)
		rows_field(rows, "", 0);
}

void
rows_end_row(struct rows *rows)
{
	make_room(rows, 1);
	rows->bytes[rows->size++] = '\n';
	rows->is_inside = false;
}

uint64_t
rows_n_bytes(const struct rows *rows)
{
	return rows->n_written + rows->size;
}

bool
rows_finish(struct rows *rows)
{
	fwrite(rows->bytes, 1, rows->size, stdout);
	rows->n_written += rows->size;
	rows->size = 0;
	return !ferror(stdout) && fclose(stdout) == 0;
}
