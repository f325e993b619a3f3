/*
 * What a cell says, by its type: the one place where the readers of values/
 * meet the types of columns/. Constants of settings are read the same way.
 */
#ifndef PSP_TARGETING_CELL_H
#define PSP_TARGETING_CELL_H

#include "libprospect/targeting/operators.h"
#include "libprospect/values/legal_form.h"
#include "libprospect/values/number.h"
#include "libprospect/values/place.h"

enum psp_value_state {
	PSP_VALUE_READ,
	PSP_VALUE_ABSENT, /* says nothing */
	PSP_VALUE_UNREAD  /* its type cannot read it; counted */
};

/* What a cell says, by the family of its type; members that the family does not
 * use mean nothing. */
struct psp_value {
	enum psp_value_state state;
	/* Numbers in the type's unit (millionths, cents, thousandths of a
	 * percent, seconds, 0 or 1), days, headcounts: both ends included. */
	int64_t first, last;
	bool is_not_employer;
	bool has_members;      /* a set: `text` is the cell */
	struct psp_slice text; /* folded or normal form; borrowed until the next
	                        * record */
	struct psp_departments departments;
	char low[6], high[6]; /* NAF */
	enum psp_naf_version version;
	struct psp_legal_form form;
};

/* Types of sites, as values of PSP_TYPE_SITE_TYPE. */
enum { PSP_SITE_HEAD, PSP_SITE_MAIN, PSP_SITE_SECONDARY, PSP_SITE_FORMER_HEAD };

/* How a cell is to be read. */
struct psp_cell_format {
	enum psp_type type;
	enum psp_number_style style;
	bool is_band;   /* of headcounts: INSEE band codes */
	char separator; /* of sets; 0: the usual ones */
};

/*
 * Reads a cell that is not absent into `*value`: its state becomes READ or
 * UNREAD. Texts go to `text`, cleared first, and are borrowed from it; those of
 * sets from the cell. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_cell_read(struct psp_slice cell,
    const struct psp_cell_format *format, struct psp_value *value,
    struct psp_buffer *text, struct psp_error *err);

/* One number for a value that was read: the geometric middle of a headcount
 * band, the first day of a date. */
int64_t psp_value_number(enum psp_type type, const struct psp_value *value);

/* Puts the range of codes that begin with `digits` into low and high. */
void psp_naf_range(const char *digits, char low[6], char high[6]);

#endif
