/*
 * What the made rows are drawn from and written with: numbers that are the
 * same on every machine for the same seed, and fields with quotes where CSV
 * wants them. No floating point, no locale, no clock.
 */
#ifndef BENCH_DRAW_H
#define BENCH_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A stream of numbers; any seed will do. */
struct draw {
	uint64_t state;
};

/* A number from 0 to `n` - 1. */
uint32_t draw_below(struct draw *draw, uint32_t n);

/* A number from `low` to `high`, both included. */
uint32_t draw_between(struct draw *draw, uint32_t low, uint32_t high);

/* Whether something that happens `percent` times in a hundred does. */
bool draw_chance(struct draw *draw, uint32_t percent);

/* One of the strings of an array. */
#define DRAW_ONE(draw, array)                                                  \
	((array)[draw_below(draw, sizeof(array) / sizeof((array)[0]))])

/* The text of a field while it is put together; the longest has 600 bytes. */
struct text {
	size_t size;
	char bytes[1024];
};

void text_add(struct text *text, const char *string);
void text_add_char(struct text *text, char c);

/* In at least `width` digits, with zeros before them. */
void text_add_number(struct text *text, uint64_t number, unsigned width);

/* A day of the years `first` to `last`, as 2024-01-31; never after the 28th. */
void text_add_date(
    struct text *text, struct draw *draw, uint32_t first, uint32_t last);

/* A time of the day from `first_hour` to `last_hour`, as 09:30:00. */
void text_add_time(struct text *text, struct draw *draw, uint32_t first_hour,
    uint32_t last_hour);

/*
 * The SIREN of company `index`: nine digits with their check digit, another
 * one for each index below 69 million.
 */
void text_add_siren(struct text *text, uint64_t index);

/* The same with the number of site `site`, below 10,000: a SIRET. */
void text_add_siret(struct text *text, uint64_t index, uint32_t site);

/* Rows on their way to standard output. */
struct rows {
	struct draw draw;
	char separator;
	bool quote_all;
	bool is_inside;       /* a row has begun */
	uint64_t n_companies; /* whose SIRENs are drawn */
	const char *stage;    /* of the deal whose moves are written */
	struct text stage_date;
	uint64_t n_written; /* bytes, without those still in `bytes` */
	size_t size;
	char bytes[1 << 16];
};

void rows_field(struct rows *rows, const char *field, size_t size);
void rows_string(struct rows *rows, const char *field);
void rows_text(struct rows *rows, const struct text *text);
void rows_number(struct rows *rows, uint64_t number);
void rows_empty(struct rows *rows, size_t n_fields);
void rows_end_row(struct rows *rows);

/* The bytes of all rows so far. */
uint64_t rows_n_bytes(const struct rows *rows);

/* Writes what is left. False, with `errno`, when something was not written. */
bool rows_finish(struct rows *rows);

#endif
