/*
 * Plain cells as they stand: digits and dates of ten bytes. Whoever reads them
 * here reads what the reader of the type would; what is anything else is left
 * to that. Part of shortcut.h.
 */
#ifndef PSP_TARGETING_PLAIN_H
#define PSP_TARGETING_PLAIN_H

#include "libprospect/base/word.h"
#include "libprospect/targeting/running.h"
#include "libprospect/values/date.h"

enum {
	PSP_PLAIN_FIRST_DAY = PSP_MIN_YEAR * 10000 + 101,
	PSP_PLAIN_LAST_DAY = PSP_MAX_YEAR * 10000 + 1231,
	PSP_PLAIN_NO_BIRTH = 19000101 /* says nothing of a company:
	                               * evaluation.c */
};

/* Whether a plain value lies in one of the ranges of a test, which are few: no
 * branch, since it is not to be foretold. */
static inline bool
psp_plain_is_within(const struct psp_test *test, int64_t value)
{
	unsigned is_within = 0;

	for (size_t i = 0; i < test->n_plain; i++)
		is_within |= (unsigned)(value >= test->plain[i].first)
		             & (unsigned)(value <= test->plain[i].last);
	return is_within != 0;
}

/*
 * A date of ten bytes as YYYYMMDD: ISO, or day first with / - or . alike. False
 * for what is anything else, for 29 February, and for a day on which nobody was
 * born.
 */
static inline bool
psp_plain_day(struct psp_slice cell, int64_t *day)
{
	/* February has 28 here: whether it has 29 the long way finds. */
	static const unsigned char lengths[13] = { 0, 31, 28, 31, 30, 31, 30,
		31, 31, 30, 31, 30, 31 };
	const char *p = cell.bytes;
	uint64_t word;
	uint32_t number, month;

	if (cell.size != 10)
		return false;
	word = psp_word_load(p);
	if (p[4] == '-' && p[7] == '-') /* YYYY-MM- to YYYYMM */
		word = (word & UINT64_C(0xFFFFFFFF))
		       | (word >> 8 & UINT64_C(0xFFFF00000000))
		       | (uint64_t)(unsigned char)p[8] << 48
		       | (uint64_t)(unsigned char)p[9] << 56;
	else if (p[2] == p[5] && (p[2] == '/' || p[2] == '-' || p[2] == '.'))
		word = psp_word_load4(p + 6)
		       | (word << 8 & UINT64_C(0xFFFF00000000)) | word << 48;
	else
		return false;
	if (!psp_word_is_digits(word))
		return false;
	number = psp_word_number(word);
	month = number / 100 % 100;
	if (number < PSP_PLAIN_FIRST_DAY || number > PSP_PLAIN_LAST_DAY
	    || month > 12 || number % 100 == 0 || number % 100 > lengths[month]
	    || number == PSP_PLAIN_NO_BIRTH)
		return false;
	*day = number;
	return true;
}

/* Whether digits that begin with `first` and say `value` are those of a
 * headcount: "03" may be a band; so many people there are not. */
static inline bool
psp_plain_is_headcount(char first, size_t size, int64_t value)
{
	return (first != '0' || size == 1) && value < INT32_MAX;
}

/* The most bytes of plain digits and their sign. */
enum { PSP_PLAIN_SIZE = 13 };

/* Digits that the reader of the type understands as what they say. */
static inline bool
psp_plain_digits(struct psp_slice cell, bool is_headcount, int64_t *value)
{
	bool is_negative;

	if (cell.size - 1 >= PSP_PLAIN_SIZE) /* 0 is the largest, less one */
		return false;
	is_negative = !is_headcount && cell.bytes[0] == '-';
	cell.bytes += is_negative;
	cell.size -= is_negative;
	if (!psp_digits_read(cell, value))
		return false;
	if (is_negative)
		*value = -*value;
	return !is_headcount
	       || psp_plain_is_headcount(cell.bytes[0], cell.size, *value);
}

/* The same of a cell before whose end 16 bytes may be read, without a branch on
 * its digits' number. */
static inline bool
psp_plain_digits_behind(
    struct psp_slice cell, bool is_headcount, int64_t *value)
{
	bool is_negative;
	int64_t number;

	if (cell.size - 1 >= PSP_PLAIN_SIZE)
		return false;
	is_negative = !is_headcount && cell.bytes[0] == '-';
	cell.bytes += is_negative;
	cell.size -= is_negative;
	if (!psp_digits_read_behind(cell, &number))
		return false;
	*value = is_negative ? -number : number;
	return !is_headcount
	       || psp_plain_is_headcount(cell.bytes[0], cell.size, number);
}

/* A test by the digits or the day of a cell. */
static inline bool
psp_plain_take(
    const struct psp_test *test, struct psp_slice cell, enum psp_truth *truth)
{
	int64_t value;

	if (cell.size == 0) { /* absent */
		*truth = PSP_UNKNOWN;
		return true;
	}
	if (test->way == PSP_WAY_DIGITS) {
		if (!psp_plain_digits(cell, test->is_headcount, &value))
			return false;
	} else if (!psp_plain_day(cell, &value)) {
		return false;
	}
	*truth = psp_truth_of(psp_plain_is_within(test, value));
	return true;
}

#endif
