/*
 * A report: named columns of typed cells, kept until all of it is known and
 * then written in any format of the writer. What people read and what programs
 * read differ: an interval is one column of a table ("31.27-83.18 %") and two
 * of a CSV, a bar stands in tables only. Remarks are sentences below a table;
 * in JSON they are a list of their own, in CSV they have no place.
 *
 *   {"schema":"prospect-ratios/summary/1","rows":[{...}],"remarks":["..."]}
 */
#ifndef PSP_REPORT_REPORT_H
#define PSP_REPORT_REPORT_H

#include "libprospect/stats/intervals.h"
#include "libprospect/stream/writer.h"

enum psp_report_kind {
	PSP_REPORT_TEXT,
	PSP_REPORT_COUNT,  /* a whole number */
	PSP_REPORT_NUMBER, /* with the decimals of its column */
	PSP_REPORT_P,      /* of a test: four decimals; below 0.0001 3.2e-07 for
	                    * programs, <0.0001 for people */
	PSP_REPORT_RATE,   /* 0.5972 for programs, 59.72 % for people */
	PSP_REPORT_MONEY,  /* cents; two decimals, grouped for people */
	PSP_REPORT_DAY,    /* days since 1970-01-01; 2026-11-23 */
	PSP_REPORT_BAR,    /* a fraction, drawn */
	PSP_REPORT_SPARK   /* a series, drawn */
};

enum psp_report_audience {
	PSP_REPORT_ALL,
	PSP_REPORT_PEOPLE,  /* tables, Markdown and other pages */
	PSP_REPORT_PROGRAMS /* CSV, JSON */
};

struct psp_report_column {
	const char *name;
	enum psp_report_kind kind;
	enum psp_report_audience audience;
	int decimals; /* of PSP_REPORT_NUMBER */
};

struct psp_report;

/*
 * An empty report. `schema` ("prospect-ratios/summary/1") and `columns` are
 * borrowed until the free. NULL with PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_report *psp_report_new(const char *schema,
    const struct psp_report_column *columns, size_t n_columns,
    struct psp_error *err);

void psp_report_free(struct psp_report *report);

/*
 * The next cell of the row, in the order of the columns; a column says what its
 * cells usually are, the function what this one is. After the last column the
 * next row begins. Memory that ran out is told by
 * psp_report_write. A number that is not finite is unknown.
 */
void psp_report_unknown(struct psp_report *report);
void psp_report_text(struct psp_report *report, struct psp_slice text);
void psp_report_words(struct psp_report *report, const char *text);
/* A word of ours, marked N_(): people read its translation. */
void psp_report_term(struct psp_report *report, const char *term);
void psp_report_count(struct psp_report *report, size_t count);
void psp_report_number(struct psp_report *report, double number);
void psp_report_p(struct psp_report *report, double p);

/* The p of a test as people read it in a sentence: 0.0312, <0.0001. */
enum { PSP_P_WORDS = 16 };
void psp_p_words(double p, char words[PSP_P_WORDS]);
void psp_report_money(struct psp_report *report, int64_t cents);
void psp_report_day(struct psp_report *report, int32_t day);
void psp_report_bar(struct psp_report *report, double fraction);

/* A rate; of counts exactly, unknown when `n` is 0. */
void psp_report_rate(struct psp_report *report, double rate);
void psp_report_share(struct psp_report *report, size_t n_yes, size_t n);

/* A series of `n` values; those that are not finite are gaps. */
void psp_report_spark(
    struct psp_report *report, const double *values, size_t n);

/*
 * An interval: three cells, for columns that PSP_REPORT_INTERVAL_OF declares.
 * Of a rate with `is_rate`, else with `decimals`, those of the declaration.
 */
void psp_report_interval(struct psp_report *report,
    const struct psp_interval *interval, bool is_rate, int decimals);

/* clang-format off */
#define PSP_REPORT_INTERVAL_OF(kind, decimals)                                 \
	{ "low", kind, PSP_REPORT_PROGRAMS, decimals },                        \
	{ "high", kind, PSP_REPORT_PROGRAMS, decimals },                       \
	{ "interval", PSP_REPORT_TEXT, PSP_REPORT_PEOPLE, 0 }
/* clang-format on */

/* A sentence that stands below the table; the format is translated. */
void psp_report_remark(struct psp_report *report, const char *format, ...)
    PSP_PRINTF(2, 3);

/*
 * Rows that are made when they are written, behind those that were put: for
 * reports of so many that their cells would fill the memory. `make` puts the
 * cells of row `index` (from 0, in their order) into the report that it is
 * given, which keeps only that row; false with `err` filled ends the writing.
 * `user` is the report's from here on: freed by `release` with it. Once a
 * report.
 */
typedef bool psp_report_row_fn(
    void *user, struct psp_report *report, size_t index, struct psp_error *err);
void psp_report_rows_later(struct psp_report *report, size_t n_rows,
    psp_report_row_fn *make, void (*release)(void *user), void *user);

/* How many there are, those made later too. */
size_t psp_report_n_rows(const struct psp_report *report);

/*
 * Writes all of it to `fd`, named `name` in messages. `options` are the
 * writer's, but for schema and remarks, which are the report's. Fails with
 * PSP_EIO or PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_report_write(const struct psp_report *report, int fd,
    const char *name, const struct psp_format *format,
    const struct psp_writer_options *options, struct psp_error *err);

#endif
