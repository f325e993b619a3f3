/*
 * Numbers, amounts and percentages. The first byte chooses the style, the rest
 * is the cell. What is read must read again from how it is written, blanks
 * around it must not count, and the three readers must agree.
 */
#include <config.h>

#include "tests/fuzz/fuzz.h"

#include "libprospect/values/number.h"

enum { MOST_PADDED = 512 };

typedef bool read_fn(
    struct psp_slice cell, enum psp_number_style style, int64_t *value);

/* What a reader makes of a cell. */
struct reading {
	bool is_read;
	int64_t value;
};

static struct reading
read_cell(read_fn *read, struct psp_slice cell, enum psp_number_style style)
{
	struct reading reading = { false, 0 };

	reading.is_read = read(cell, style, &reading.value);
	return reading;
}

/* The decimal form of a value gives the value back. */
static void
check_written(read_fn *read, int64_t value, int64_t scale)
{
	char text[32];
	size_t size = psp_decimal_format(value, scale, text);
	struct reading again;

	fuzz_must(size > 0 && size <= sizeof(text), "a number fits its text");
	again = read_cell(read, psp_slice(text, size), PSP_STYLE_POINT);
	fuzz_must(again.is_read && again.value == value,
	    "a number that is written reads back");
}

/* Blanks about a cell change nothing. */
static void
check_padded(read_fn *read, struct psp_slice cell, enum psp_number_style style,
    struct reading reading)
{
	static const char before[] = " \xC2\xA0", after[] = "\xE2\x80\xAF \t";
	char padded[MOST_PADDED + sizeof(before) + sizeof(after)];
	size_t size = 0;
	struct reading again;

	if (cell.size > MOST_PADDED)
		return;
	memcpy(padded, before, sizeof(before) - 1);
	size += sizeof(before) - 1;
	if (cell.size > 0)
		memcpy(padded + size, cell.bytes, cell.size);
	size += cell.size;
	memcpy(padded + size, after, sizeof(after) - 1);
	size += sizeof(after) - 1;
	again = read_cell(read, psp_slice(padded, size), style);
	fuzz_must(
	    again.is_read == reading.is_read && again.value == reading.value,
	    "blanks about a cell do not count");
}

/* A minus before a cell that begins with a digit turns its sign. */
static void
check_negative(read_fn *read, struct psp_slice cell,
    enum psp_number_style style, struct reading reading)
{
	char negative[MOST_PADDED + 1];
	struct reading again;

	if (cell.size == 0 || cell.size > MOST_PADDED || cell.bytes[0] < '0'
	    || cell.bytes[0] > '9' || !reading.is_read)
		return;
	negative[0] = '-';
	memcpy(negative + 1, cell.bytes, cell.size);
	again = read_cell(read, psp_slice(negative, cell.size + 1), style);
	fuzz_must(again.is_read && again.value == -reading.value,
	    "a minus turns the sign");
}

static struct reading
check_reader(read_fn *read, struct psp_slice cell, enum psp_number_style style,
    int64_t scale)
{
	struct reading reading = read_cell(read, cell, style);

	if (reading.is_read) {
		fuzz_must(!psp_value_is_absent(cell),
		    "what says nothing is no number");
		check_written(read, reading.value, scale);
	}
	check_padded(read, cell, style, reading);
	check_negative(read, cell, style, reading);
	return reading;
}

/* Whether two readings of one cell are no further apart than rounding. */
static bool
are_near(int64_t fine, int64_t coarse, int64_t ratio)
{
	int64_t whole = coarse - fine / ratio;
	int64_t apart = fine % ratio - whole * ratio;

	return whole >= -1 && whole <= 1 && apart <= ratio / 2
	       && apart >= -(ratio / 2);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct psp_slice cell = fuzz_bytes(data, size);
	enum psp_number_style style =
	    (enum psp_number_style)(fuzz_take(&cell) % 3);
	struct reading number =
	    check_reader(psp_number_read, cell, style, PSP_NUMBER_SCALE);
	struct reading money =
	    check_reader(psp_money_read, cell, style, PSP_MONEY_SCALE);
	struct reading percent =
	    check_reader(psp_percent_read, cell, style, PSP_PERCENT_SCALE);

	if (number.is_read) {
		fuzz_must(money.is_read && percent.is_read,
		    "a number is an amount and a share too");
		fuzz_must(are_near(number.value, money.value,
			      PSP_NUMBER_SCALE / PSP_MONEY_SCALE),
		    "an amount is the number, rounded");
		fuzz_must(are_near(number.value, percent.value,
			      PSP_NUMBER_SCALE / PSP_PERCENT_SCALE),
		    "a share is the number, rounded");
	}
	return 0;
}
