/*
 * Cells are kept as values and made into text when the audience is known. The
 * texts of all cells lie one after the other in one buffer.
 */
#include <config.h>

#include "libprospect/report/report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/report/bars.h"
#include "libprospect/values/date.h"
#include "libprospect/values/number.h"

enum { RATE_DECIMALS = 4, RATE_SCALE = 10000, P_DECIMALS = 4, DIGITS = 64 };

/* Below it four decimals say little, and soon nothing. */
#define LEAST_P 0.0001

/* Numbers below it that are whole are told by their digits alone. */
static const double MOST_WHOLE = 1e15;

/* Small, for a report may have millions. */
struct cell {
	union {
		double number;    /* numbers, rates, bars */
		int64_t integer;  /* counts, cents, days */
		size_t at;        /* of its text, and of the signs of a spark */
		const char *term; /* one of our words */
	};
	uint32_t size; /* of its text */
	uint8_t kind;  /* enum psp_report_kind */
	uint8_t decimals;
	bool is_unknown;
	bool is_term;
};

struct psp_report {
	const char *schema;
	const struct psp_report_column *columns;
	size_t n_columns;
	struct cell *cells;
	size_t n_cells, capacity;
	struct psp_buffer texts;
	struct psp_slice *remarks;
	size_t n_remarks, remarks_capacity;
	struct psp_arena arena;  /* of the remarks */
	psp_report_row_fn *make; /* NULL: no rows are made later */
	void (*release)(void *user);
	void *user;
	size_t n_later;
	struct psp_error err; /* memory that ran out while it was filled */
};

struct psp_report *
psp_report_new(const char *schema, const struct psp_report_column *columns,
    size_t n_columns, struct psp_error *err)
{
	struct psp_report *report = calloc(1, sizeof(*report));

	if (report == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	report->schema = schema;
	report->columns = columns;
	report->n_columns = n_columns;
	psp_buffer_init(&report->texts);
	psp_arena_init(&report->arena);
	psp_error_init(&report->err);
	return report;
}

void
psp_report_free(struct psp_report *report)
{
	if (report == NULL)
		return;
	if (report->release != NULL)
		report->release(report->user);
	free(report->cells);
	free(report->remarks);
	psp_buffer_clear(&report->texts);
	psp_arena_clear(&report->arena);
	free(report);
}

/* The next cell, unknown as yet; NULL when memory ran out. */
static struct cell *
add_cell(struct psp_report *report)
{
	const struct psp_report_column *column =
	    &report->columns[report->n_cells % report->n_columns];
	struct cell *cells, *cell;

	if (report->err.status != PSP_OK)
		return NULL;
	cells = psp_array_reserve(report->cells, &report->capacity,
	    report->n_cells + 1, sizeof(*cells), &report->err);
	if (cells == NULL)
		return NULL;
	report->cells = cells;
	cell = &cells[report->n_cells++];
	memset(cell, 0, sizeof(*cell));
	cell->kind = PSP_REPORT_TEXT;
	cell->decimals = (uint8_t)column->decimals;
	cell->is_unknown = true;
	return cell;
}

void
psp_report_unknown(struct psp_report *report)
{
	(void)add_cell(report);
}

void
psp_report_text(struct psp_report *report, struct psp_slice text)
{
	struct cell *cell = add_cell(report);

	if (cell == NULL)
		return;
	cell->at = report->texts.size;
	if (!psp_buffer_slice(&report->texts, text, &report->err))
		return;
	cell->size = (uint32_t)text.size;
	cell->is_unknown = false;
}

void
psp_report_words(struct psp_report *report, const char *text)
{
	psp_report_text(report, psp_slice_of(text));
}

void
psp_report_term(struct psp_report *report, const char *term)
{
	struct cell *cell = add_cell(report);

	if (cell == NULL)
		return;
	cell->term = term;
	cell->is_term = true;
	cell->is_unknown = false;
}

static void
put_integer(
    struct psp_report *report, enum psp_report_kind kind, int64_t integer)
{
	struct cell *cell = add_cell(report);

	if (cell == NULL)
		return;
	cell->kind = (uint8_t)kind;
	cell->integer = integer;
	cell->is_unknown = false;
}

void
psp_report_count(struct psp_report *report, size_t count)
{
	put_integer(report, PSP_REPORT_COUNT, (int64_t)count);
}

void
psp_report_money(struct psp_report *report, int64_t cents)
{
	put_integer(report, PSP_REPORT_MONEY, cents);
}

void
psp_report_day(struct psp_report *report, int32_t day)
{
	put_integer(report, PSP_REPORT_DAY, day);
}

static void
put_number(struct psp_report *report, enum psp_report_kind kind, double number)
{
	struct cell *cell = add_cell(report);

	if (cell == NULL)
		return;
	cell->kind = (uint8_t)kind;
	cell->number = number;
	cell->is_unknown = !isfinite(number);
}

void
psp_report_number(struct psp_report *report, double number)
{
	put_number(report, PSP_REPORT_NUMBER, number);
}

void
psp_report_p(struct psp_report *report, double p)
{
	put_number(report, PSP_REPORT_P, p);
}

void
psp_report_bar(struct psp_report *report, double fraction)
{
	put_number(report, PSP_REPORT_BAR, fraction);
}

void
psp_report_rate(struct psp_report *report, double rate)
{
	put_number(report, PSP_REPORT_RATE, rate);
	if (report->n_cells > 0)
		report->cells[report->n_cells - 1].decimals = RATE_DECIMALS;
}

void
psp_report_share(struct psp_report *report, size_t n_yes, size_t n)
{
	/* Rounded half up as whole numbers, so that no tie is lost. */
	unsigned long long share =
	    n > 0 ? ((unsigned long long)n_yes * RATE_SCALE + n / 2) / n : 0;

	if (n == 0)
		psp_report_unknown(report);
	else
		psp_report_rate(report, (double)share / RATE_SCALE);
}

void
psp_report_spark(struct psp_report *report, const double *values, size_t n)
{
	struct cell *cell = add_cell(report);
	double low = INFINITY, high = -INFINITY;

	if (cell == NULL)
		return;
	cell->kind = PSP_REPORT_SPARK;
	cell->at = report->texts.size;
	for (size_t i = 0; i < n; i++) {
		if (isfinite(values[i]) && values[i] < low)
			low = values[i];
		if (isfinite(values[i]) && values[i] > high)
			high = values[i];
	}
	for (size_t i = 0; i < n; i++) {
		char sign = ' ';

		if (isfinite(values[i]))
			sign = (char)('0'
				      + psp_spark_height(values[i], low, high));
		if (!psp_buffer_put(&report->texts, sign, &report->err))
			return;
	}
	cell->size = (uint32_t)n;
	cell->is_unknown = low > high;
}

void
psp_report_interval(struct psp_report *report,
    const struct psp_interval *interval, bool is_rate, int decimals)
{
	char text[2 * DIGITS];
	double scale = is_rate ? 100 : 1;

	if (!interval->is_known) {
		for (int i = 0; i < 3; i++)
			psp_report_unknown(report);
		return;
	}
	if (is_rate) {
		psp_report_rate(report, interval->low);
		psp_report_rate(report, interval->high);
	} else {
		psp_report_number(report, interval->low);
		psp_report_number(report, interval->high);
	}
	snprintf(text, sizeof(text), "%.*f - %.*f%s", is_rate ? 2 : decimals,
	    interval->low * scale, is_rate ? 2 : decimals,
	    interval->high * scale, is_rate ? " %" : "");
	psp_report_words(report, text);
}

void
psp_report_remark(struct psp_report *report, const char *format, ...)
{
	struct psp_slice *remarks;
	char *text;
	va_list arguments;
	int size;

	if (report->err.status != PSP_OK)
		return;
	format = psp_message(format);
	va_start(arguments, format);
	size = vsnprintf(NULL, 0, _(format), arguments);
	va_end(arguments);
	remarks = psp_array_reserve(report->remarks, &report->remarks_capacity,
	    report->n_remarks + 1, sizeof(*remarks), &report->err);
	if (remarks == NULL || size < 0)
		return;
	report->remarks = remarks;
	text = psp_arena_alloc(&report->arena, (size_t)size + 1, &report->err);
	if (text == NULL)
		return;
	va_start(arguments, format);
	vsnprintf(text, (size_t)size + 1, _(format), arguments);
	va_end(arguments);
	remarks[report->n_remarks++] = psp_slice(text, (size_t)size);
}

size_t
psp_report_n_rows(const struct psp_report *report)
{
	return report->n_cells / report->n_columns + report->n_later;
}

void
psp_report_rows_later(struct psp_report *report, size_t n_rows,
    psp_report_row_fn *make, void (*release)(void *user), void *user)
{
	report->n_later = n_rows;
	report->make = make;
	report->release = release;
	report->user = user;
}

/* Appends "-12345.67" of cents, grouped by threes for people. */
static bool
put_money(struct psp_buffer *out, int64_t cents, bool for_people,
    struct psp_error *err)
{
	unsigned long long left = cents < 0 ? 0 - (unsigned long long)cents
	                                    : (unsigned long long)cents;
	unsigned part = (unsigned)(left % 100);
	char digits[DIGITS], text[DIGITS];
	size_t n = psp_decimal_format((int64_t)(left / 100), 1, digits);
	size_t size = 0;

	if (cents < 0)
		text[size++] = '-';
	for (size_t i = 0; i < n; i++) {
		if (for_people && i > 0 && (n - i) % 3 == 0)
			text[size++] = ' ';
		text[size++] = digits[i];
	}
	text[size++] = '.';
	text[size++] = (char)('0' + part / 10);
	text[size++] = (char)('0' + part % 10);
	return psp_buffer_append(out, text, size, err);
}

static bool
put_sparks(struct psp_buffer *out, struct psp_slice heights, bool ascii,
    struct psp_error *err)
{
	for (size_t i = 0; i < heights.size; i++)
		if (!psp_spark_put(out,
			heights.bytes[i] == ' ' ? -1 : heights.bytes[i] - '0',
			ascii, err))
			return false;
	return true;
}

/* How a report is being written. */
struct writing {
	const struct psp_report *report;
	bool for_people;
	bool ascii;
	size_t *shown; /* columns for this audience */
	size_t n_shown;
	struct psp_slice *names;
	struct psp_cell *cells;
	size_t *ends; /* of the cells' texts in `texts` */
	struct psp_buffer texts;
};

static bool
put_decimal(
    struct psp_buffer *out, const struct cell *cell, struct psp_error *err)
{
	size_t at = out->size, n = 0;
	char whole[DIGITS];

	/* No function of the mathematical library, which a filter would
	 * load for this alone. */
	if (cell->decimals == 0 && fabs(cell->number) < MOST_WHOLE
	    && cell->number == (double)(int64_t)cell->number)
		return psp_buffer_append(out, whole,
		    psp_decimal_format((int64_t)cell->number, 1, whole), err);
	if (!psp_buffer_format(out, err, "%.*f", cell->decimals, cell->number))
		return false;
	/* No sign before what was rounded to nothing. */
	for (size_t i = at; i < out->size; i++)
		n += out->bytes[i] >= '1' && out->bytes[i] <= '9';
	if (n == 0 && out->bytes[at] == '-') {
		memmove(
		    out->bytes + at, out->bytes + at + 1, out->size - at - 1);
		out->size--;
	}
	return true;
}

void
psp_p_words(double p, char words[PSP_P_WORDS])
{
	if (p > 0 && p < LEAST_P)
		snprintf(words, PSP_P_WORDS, "<%g", LEAST_P);
	else
		snprintf(words, PSP_P_WORDS, "%.*f", P_DECIMALS, p);
}

/* What four decimals do not show is not nothing. */
static bool
put_p(struct psp_buffer *out, double p, bool for_people, struct psp_error *err)
{
	char words[PSP_P_WORDS];

	if (!for_people && p > 0 && p < LEAST_P)
		return psp_buffer_format(out, err, "%.1e", p);
	psp_p_words(p, words);
	return psp_buffer_slice(out, psp_slice_of(words), err);
}

/* The bytes that a text or a spark keeps. */
static struct psp_slice
text_of(const struct psp_report *report, const struct cell *cell)
{
	if (cell->size == 0)
		return psp_slice(NULL, 0);
	return psp_slice(report->texts.bytes + cell->at, cell->size);
}

/* A text that is written as it stands. */
static bool
is_plain_text(const struct cell *cell)
{
	return cell->kind == PSP_REPORT_TEXT && !cell->is_term
	       && !cell->is_unknown;
}

/* Appends the text of a cell that is no plain text, and says what kind it is
 * for the writer. */
static bool
put_cell(struct writing *writing, const struct psp_report *report,
    const struct cell *cell, enum psp_cell_kind *kind, struct psp_error *err)
{
	struct psp_buffer *out = &writing->texts;
	char text[DIGITS];

	*kind = PSP_CELL_TEXT;
	switch ((enum psp_report_kind)cell->kind) {
	case PSP_REPORT_COUNT:
		*kind = PSP_CELL_NUMBER;
		return psp_buffer_append(
		    out, text, psp_decimal_format(cell->integer, 1, text), err);
	case PSP_REPORT_NUMBER:
		*kind = PSP_CELL_NUMBER;
		return put_decimal(out, cell, err);
	case PSP_REPORT_P:
		*kind = PSP_CELL_NUMBER;
		return put_p(out, cell->number, writing->for_people, err);
	case PSP_REPORT_RATE:
		*kind = PSP_CELL_RATE;
		return put_decimal(out, cell, err);
	case PSP_REPORT_MONEY:
		*kind = PSP_CELL_NUMBER;
		return put_money(out, cell->integer, writing->for_people, err);
	case PSP_REPORT_DAY:
		psp_date_format((int32_t)cell->integer, text);
		return psp_buffer_slice(out, psp_slice_of(text), err);
	case PSP_REPORT_BAR:
		return psp_bar_put(out, cell->number, writing->ascii, err);
	case PSP_REPORT_SPARK:
		return put_sparks(
		    out, text_of(report, cell), writing->ascii, err);
	case PSP_REPORT_TEXT:
		break;
	}
	return psp_buffer_slice(out,
	    psp_slice_of(writing->for_people ? _(cell->term) : cell->term),
	    err);
}

static bool
put_row(struct writing *writing, const struct psp_report *report,
    const struct cell *row, struct psp_rows *rows, struct psp_error *err)
{
	size_t start = 0;

	writing->texts.size = 0;
	for (size_t i = 0; i < writing->n_shown; i++) {
		const struct cell *cell = &row[writing->shown[i]];
		struct psp_cell *made = &writing->cells[i];

		made->kind = PSP_CELL_NULL;
		made->text = psp_slice(NULL, 0);
		if (is_plain_text(cell)) {
			made->kind = PSP_CELL_TEXT;
			made->text = text_of(report, cell);
		} else if (!cell->is_unknown
			   && !put_cell(
			       writing, report, cell, &made->kind, err))
			return false;
		writing->ends[i] = writing->texts.size;
	}
	for (size_t i = 0; i < writing->n_shown; i++) {
		if (start < writing->ends[i])
			writing->cells[i].text =
			    psp_slice(writing->texts.bytes + start,
				writing->ends[i] - start);
		start = writing->ends[i];
	}
	return psp_rows_put(rows, NULL, writing->cells, err);
}

/* The rows that are made now, each in the place of the one before. */
static bool
put_later_rows(struct writing *writing, struct psp_writer *writer,
    struct psp_rows *rows, struct psp_error *err)
{
	const struct psp_report *report = writing->report;
	struct psp_report one = { .columns = report->columns,
		.n_columns = report->n_columns };
	bool is_done = true;

	psp_buffer_init(&one.texts);
	psp_error_init(&one.err);
	for (size_t i = 0; i < report->n_later && is_done; i++) {
		one.n_cells = 0;
		one.texts.size = 0;
		is_done = report->make(report->user, &one, i, err);
		if (is_done && one.err.status != PSP_OK) {
			*err = one.err;
			is_done = false;
		}
		is_done = is_done
		          && put_row(writing, &one, one.cells, rows, err)
		          && psp_writer_take(writer, rows, SIZE_MAX, err);
	}
	free(one.cells);
	psp_buffer_clear(&one.texts);
	return is_done;
}

static bool
put_rows(
    struct writing *writing, struct psp_writer *writer, struct psp_error *err)
{
	const struct psp_report *report = writing->report;
	size_t n_rows = report->n_cells / report->n_columns;
	struct psp_rows rows = { .writer = writer };
	bool is_done = psp_writer_begin(writer, err);

	for (size_t i = 0; i < n_rows && is_done; i++)
		is_done = put_row(writing, report,
			      report->cells + i * report->n_columns, &rows, err)
		          && psp_writer_take(writer, &rows, SIZE_MAX, err);
	is_done = is_done && put_later_rows(writing, writer, &rows, err);
	psp_rows_clear(&rows);
	return is_done && psp_writer_finish(writer, err);
}

/* Chooses the columns and takes memory for a row of them. */
static bool
prepare(struct writing *writing, struct psp_arena *arena, struct psp_error *err)
{
	const struct psp_report *report = writing->report;
	enum psp_report_audience others =
	    writing->for_people ? PSP_REPORT_PROGRAMS : PSP_REPORT_PEOPLE;
	size_t n = report->n_columns;

	writing->shown =
	    psp_arena_array(arena, n, sizeof(*writing->shown), err);
	writing->names =
	    psp_arena_array(arena, n, sizeof(*writing->names), err);
	writing->cells =
	    psp_arena_array(arena, n, sizeof(*writing->cells), err);
	writing->ends = psp_arena_array(arena, n, sizeof(*writing->ends), err);
	if (writing->shown == NULL || writing->names == NULL
	    || writing->cells == NULL || writing->ends == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (report->columns[i].audience == others)
			continue;
		writing->shown[writing->n_shown] = i;
		writing->names[writing->n_shown++] =
		    psp_slice_of(report->columns[i].name);
	}
	return true;
}

bool
psp_report_write(const struct psp_report *report, int fd, const char *name,
    const struct psp_format *format, const struct psp_writer_options *options,
    struct psp_error *err)
{
	const struct psp_slices none = { NULL, 0 };
	const struct psp_notes silent = { NULL, NULL };
	struct writing writing = { .report = report,
		.for_people = format->is_for_people,
		.ascii = options->ascii };
	struct psp_writer_options form = *options;
	struct psp_slices names;
	struct psp_layout layout = { 0 };
	struct psp_writer *writer = NULL;
	struct psp_arena arena;
	bool is_done = false;

	if (report->err.status != PSP_OK) {
		*err = report->err;
		return false;
	}
	form.schema = report->schema;
	form.remarks.items = report->remarks;
	form.remarks.n = report->n_remarks;
	psp_arena_init(&arena);
	psp_buffer_init(&writing.texts);
	if (!prepare(&writing, &arena, err))
		goto done;
	names.items = writing.names;
	names.n = writing.n_shown;
	if (!psp_layout_init(&layout, none, names, &silent, err))
		goto done;
	writer = psp_writer_open(fd, name, format, &form, &layout, err);
	is_done = writer != NULL && put_rows(&writing, writer, err);
done:
	psp_writer_close(writer);
	psp_layout_clear(&layout);
	psp_buffer_clear(&writing.texts);
	psp_arena_clear(&arena);
	return is_done;
}
