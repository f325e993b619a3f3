/*
 * The kinds of files that bench/generate makes: for each its header, and how
 * one row of it is drawn.
 */
#ifndef BENCH_KINDS_H
#define BENCH_KINDS_H

#include "bench/draw.h"

struct kind {
	const char *name;
	const char *summary;
	const char *const *header; /* ends in NULL */
	/* Writes the fields of row `index`, counted from 0. */
	void (*write_row)(struct rows *rows, uint64_t index);
	char separator;
	bool quote_all;
};

extern const char *const bench_etab_header[];
extern const char *const bench_prospects_header[];
extern const char *const bench_calls_header[];
extern const char *const bench_signals_header[];
extern const char *const bench_deals_header[];
extern const char *const bench_moves_header[];

void bench_etab_row(struct rows *rows, uint64_t index);
void bench_prospects_row(struct rows *rows, uint64_t index);
void bench_calls_row(struct rows *rows, uint64_t index);
void bench_signals_row(struct rows *rows, uint64_t index);
void bench_deals_row(struct rows *rows, uint64_t index);
void bench_moves_row(struct rows *rows, uint64_t index);

#endif
