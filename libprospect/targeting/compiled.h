/*
 * The inside of a plan, for plan.c, which makes it, and evaluation.c, which
 * runs it. Nobody else includes this.
 */
#ifndef PSP_TARGETING_COMPILED_H
#define PSP_TARGETING_COMPILED_H

#include "libprospect/base/map.h"
#include "libprospect/targeting/keywords.h"
#include "libprospect/targeting/memos.h"
#include "libprospect/targeting/needle.h"
#include "libprospect/targeting/pattern.h"
#include "libprospect/targeting/plan.h"

enum psp_field_kind {
	PSP_FIELD_COLUMN,
	PSP_FIELD_VIRTUAL,
	PSP_FIELD_AGE,   /* of operands[0] */
	PSP_FIELD_SHARE, /* operands[0] / operands[1] */
	PSP_FIELD_SILENT
};

struct psp_field {
	enum psp_field_kind kind;
	struct psp_slice name;
	size_t index;                  /* column, or slot of a virtual field */
	enum psp_type asked;           /* of a header without a type */
	struct psp_cell_format format; /* but for the style */
	const struct psp_field_rules *rules;
	struct psp_slice *absent; /* folded words of `fields:` */
	size_t n_absent;
	bool is_created;     /* 1900-01-01 says nothing */
	size_t nomenclature; /* column beside a NAF code; SIZE_MAX: none */
	int64_t scale;       /* of plain digits to the unit; 0: they are read */
	bool is_asked_ahead; /* its number, of every record */
	size_t slot;         /* of its numbers; SIZE_MAX: none */
	size_t operands[2];
};

enum psp_test_kind {
	PSP_TEST_ALL,
	PSP_TEST_ANY,
	PSP_TEST_NOT,
	PSP_TEST_AT_LEAST,
	PSP_TEST_RANGES,
	PSP_TEST_WORDS, /* the text is one of them */
	PSP_TEST_CONTAINS,
	PSP_TEST_STARTS,
	PSP_TEST_ENDS,
	PSP_TEST_PATTERNS,
	PSP_TEST_ANY_MEMBER,
	PSP_TEST_ALL_MEMBERS,
	PSP_TEST_COUNT,
	PSP_TEST_DEPARTMENTS,
	PSP_TEST_NAF,
	PSP_TEST_LEGAL_FORM,
	PSP_TEST_EMPTY,
	PSP_TEST_COMPARE,
	PSP_TEST_SIGNAL,
	PSP_TEST_KEYWORDS
};

/* How a test is asked of a cell, see shortcut.h. */
enum psp_way {
	PSP_WAY_READ,   /* by the value of its field */
	PSP_WAY_DIGITS, /* plain digits are compared at once */
	PSP_WAY_DAY,    /* so is a date of ten bytes */
	PSP_WAY_MEMO,   /* the answers for short cells are kept */
	PSP_WAY_TEXT,   /* texts are looked for in the cell as it stands */
	PSP_WAY_GIVEN   /* a number that the caller supplies is compared */
};

/* What it means that a value which is itself a range lies partly in what is
 * asked for. */
enum psp_overlap { PSP_OVERLAP_UNKNOWN, PSP_OVERLAP_TRUE, PSP_OVERLAP_FALSE };

/* Both ends included. Sorted, apart from one another. */
struct psp_range {
	int64_t first, last;
};

/* NAF codes by nomenclature, each list sorted and apart. */
struct psp_naf_ranges {
	struct psp_range *items[3]; /* by enum psp_naf_version */
	size_t n[3];
};

struct psp_test {
	enum psp_test_kind kind;
	bool is_negated;
	enum psp_missing missing; /* of tests, not of groups */

	enum psp_way way;
	uint32_t number; /* among the plan's tests, as written */
	size_t column;   /* of all ways but READ; of GIVEN the slot */
	size_t beside;   /* of MEMO: another column that counts, or SIZE_MAX */
	size_t n_plain;
	struct psp_range *plain; /* of DIGITS: whole units; of DAY: YYYYMMDD */
	struct psp_needle *needles; /* of TEXT, as many as texts */

	bool is_asked_ahead; /* of every record, says the plan's owner */
	size_t slot;         /* of its answers, see ahead.h; SIZE_MAX: none */

	size_t cost;       /* about instructions */
	bool is_opened;    /* a group whose children its parent has */
	size_t n_decisive; /* sample records of which it decides its group */

	struct psp_test **children; /* cheap ones first */
	size_t n_children, n_needed;

	size_t field, other;
	bool is_text;       /* COMPARE by texts */
	enum psp_core core; /* of COMPARE */
	enum psp_overlap overlap;
	bool is_headcount; /* NN is 0 in ranges, and not `eq: 0` */
	bool is_equality;
	bool takes_not_employer;
	struct psp_range *ranges;
	size_t n_ranges;
	struct psp_slice *texts;
	size_t n_texts;
	struct psp_map *words; /* of many texts; else NULL */
	struct psp_pattern **patterns;
	struct psp_departments departments;
	struct psp_naf_ranges naf;
	struct psp_legal_form *forms;
	size_t n_forms;
	struct psp_signal_condition signal;

	bool needs_all;
	size_t *ids; /* of keywords */
	size_t n_ids;
	uint64_t *wanted; /* the same as bits */
	size_t *sources;
	size_t n_sources;

	struct psp_test *next; /* of the plan */
};

/* A text that keywords are looked for in. */
struct psp_source {
	bool is_signal;
	size_t part; /* of a signal: 0 title, 1 source, 2 url; else a field */
	bool is_asked_ahead;
};

/* Things of a plan to be freed one by one. */
struct psp_owned {
	struct psp_pattern *pattern;
	struct psp_map *words;
	struct psp_owned *next;
};

struct psp_plan {
	struct psp_condition_rules rules; /* with the plan's own arena */
	struct psp_slices header;
	const char *key;
	struct psp_arena arena;
	struct psp_owned *owned;

	struct psp_test *tests; /* all of them, the last made first */
	uint32_t n_tests;
	bool has_memo;           /* a test keeps its answers */
	struct psp_memos *memos; /* for evaluations; NULL: no test has */
	struct psp_field *fields;
	size_t n_fields, fields_capacity;
	size_t *slot_fields; /* of virtual fields; SIZE_MAX: nobody asks */
	struct psp_source *sources;
	size_t n_sources, sources_capacity;
	struct psp_keywords *keywords;
	size_t n_keywords;
	bool has_patterns;
	size_t n_answer_slots, n_number_slots; /* see ahead.h */
	size_t n_columns_ahead;

	bool uses_signals;
	bool has_key;
	struct psp_column key_column;
};

/* A code of psp_naf_range as a number of the same order. */
static inline int64_t
psp_naf_number(const char code[6])
{
	int64_t number = 0;

	for (size_t i = 0; i < 5; i++)
		number = number * 256 + (unsigned char)code[i];
	return number;
}

/* The field of a column that was found by `name`; `type` is that of a header
 * without one. PSP_ENOMEM; PSP_EUSAGE when two columns may say by which
 * nomenclature a NAF code is one. */
PSP_NODISCARD bool psp_plan_put_column(struct psp_plan *plan,
    struct psp_slice name, const struct psp_column *column, enum psp_type type,
    size_t *number, struct psp_error *err);

/*
 * Compiles what a settled FIELD asks of a value into `test`; its fields are
 * bound already. PSP_ENOMEM, or a problem.
 */
PSP_NODISCARD bool psp_test_compile(struct psp_plan *plan,
    const struct psp_condition *leaf, struct psp_test *test,
    struct psp_problems *problems, struct psp_error *err);

#endif
