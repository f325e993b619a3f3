/*
 * Options of a command, described by one table: parsing, --help and --version
 * come from it. GNU manners: options and operands in any order, `--` ends the
 * options, `-` is an operand, short ones bundle, long ones take `=VALUE` and
 * may be cut short while they remain unmistakable. Of an option given twice
 * the later value stands, but for lists. No value may be empty.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "libprospect/base/error.h"
#include "libprospect/base/slice.h"

enum cli_kind {
	CLI_KIND_END,
	CLI_KIND_HEADING, /* `help` stands above the options that follow */
	CLI_KIND_RARE,    /* those that follow are in the manual only */
	CLI_KIND_TABLE,   /* `table` is one that commands share */
	CLI_KIND_HELP,
	CLI_KIND_VERSION,
	CLI_KIND_FLAG,   /* bool */
	CLI_KIND_STRING, /* const char * */
	CLI_KIND_LIST,   /* struct cli_list */
	CLI_KIND_COUNT,  /* size_t, within low and high */
	CLI_KIND_SIZE,   /* size_t in bytes: 64K, 16M, 1G; low and high */
	CLI_KIND_CHOICE, /* int or an enum: one of `choices` */
	CLI_KIND_CHAR,   /* unsigned char: one byte, or `tab` */
	CLI_KIND_READ    /* what `read` makes of it */
};

/* A word that a choice takes, and what it means; the last has no name. */
struct cli_choice {
	const char *name;
	int value;
};

/* Values of an option that may be repeated, in order, borrowed from argv. */
struct cli_list {
	const char **items;
	size_t n;
	size_t capacity;
};

/*
 * Reads an option's value into `*value`. Fails with PSP_EUSAGE, its message
 * saying what was expected ("expected a date, not 'x'"), or with PSP_ENOMEM.
 */
typedef bool cli_read_fn(const char *text, void *value, struct psp_error *err);

/* A row of a table; see the macros. */
struct cli_option {
	enum cli_kind kind;
	char letter; /* 0: none */
	const char *name;
	void *value; /* where it goes, by kind */
	const struct cli_option *table;
	const char *argument; /* how --help calls the value */
	const char *help;
	size_t low, high;
	const struct cli_choice *choices;
	cli_read_fn *read;
	const char *implied; /* the value when none is given: needs `=` */
};

/* clang-format off */
#define CLI_END { .kind = CLI_KIND_END }
#define CLI_HEADING(text) { .kind = CLI_KIND_HEADING, .help = (text) }
#define CLI_RARE { .kind = CLI_KIND_RARE }
#define CLI_TABLE(rows) { .kind = CLI_KIND_TABLE, .table = (rows) }
#define CLI_ROW(the_kind, l, n, v, a, h)                                       \
	.kind = (the_kind), .letter = (l), .name = (n), .value = (v),          \
	.argument = (a), .help = (h)
#define CLI_HELP(l, n, h) { CLI_ROW(CLI_KIND_HELP, l, n, NULL, NULL, h) }
#define CLI_VERSION(l, n, h) { CLI_ROW(CLI_KIND_VERSION, l, n, NULL, NULL, h) }
#define CLI_FLAG(l, n, v, h) { CLI_ROW(CLI_KIND_FLAG, l, n, v, NULL, h) }
#define CLI_STRING(l, n, v, a, h) { CLI_ROW(CLI_KIND_STRING, l, n, v, a, h) }
#define CLI_LIST(l, n, v, a, h) { CLI_ROW(CLI_KIND_LIST, l, n, v, a, h) }
#define CLI_COUNT(l, n, v, from, to, a, h)                                     \
	{ CLI_ROW(CLI_KIND_COUNT, l, n, v, a, h), .low = (from), .high = (to) }
#define CLI_SIZE(l, n, v, from, to, a, h)                                      \
	{ CLI_ROW(CLI_KIND_SIZE, l, n, v, a, h), .low = (from), .high = (to) }
#define CLI_CHOICE(l, n, v, c, a, h)                                           \
	{ CLI_ROW(CLI_KIND_CHOICE, l, n, v, a, h), .choices = (c) }
#define CLI_CHOICE_IMPLIED(l, n, v, c, i, a, h)                                \
	{ CLI_ROW(CLI_KIND_CHOICE, l, n, v, a, h), .choices = (c), .implied = (i) }
#define CLI_CHAR(l, n, v, a, h) { CLI_ROW(CLI_KIND_CHAR, l, n, v, a, h) }
#define CLI_READ(l, n, v, function, a, h)                                      \
	{ CLI_ROW(CLI_KIND_READ, l, n, v, a, h), .read = (function) }
/* clang-format on */

/*
 * Goes through a table and the tables in it, row by row, headings included.
 * Start with cli_cursor_start; tables may nest four deep.
 */
struct cli_cursor {
	const struct cli_option *next[4];
	size_t depth;
	bool is_rare; /* the row last given is in the manual only */
};

void cli_cursor_start(
    struct cli_cursor *cursor, const struct cli_option *options);

/* The next heading or option, or NULL after the last. */
const struct cli_option *cli_cursor_next(struct cli_cursor *cursor);

/* What a command line asks for. */
enum cli_request { CLI_RUN, CLI_SHOW_HELP, CLI_SHOW_VERSION };

/*
 * Reads the command line by the table. Operands are moved to the front of
 * `arguments`, which begins after the command's name, and `*n` becomes their
 * number. At --help or --version the rest is not looked at. Fails with
 * PSP_EUSAGE or PSP_ENOMEM.
 */
PSP_NODISCARD bool cli_options_parse(const struct cli_option *options,
    char **arguments, size_t *n, enum cli_request *request,
    struct psp_error *err);

/* Frees the lists. */
void cli_options_clear(const struct cli_option *options);

#endif
