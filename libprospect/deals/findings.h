/*
 * What `check` finds: small enough to be kept by the million, for value and
 * expectation are told anew from the deal when a finding is written.
 */
#ifndef PSP_DEALS_FINDINGS_H
#define PSP_DEALS_FINDINGS_H

#include "libprospect/deals/inquiry.h"

/* The rules; what `at` of a finding means stands behind. */
enum psp_rule {
	PSP_RULE_NO_NUMBER,
	PSP_RULE_UNKNOWN_STAGE,
	PSP_RULE_MISSING_FIELDS,
	PSP_RULE_STAGE_MISMATCH,
	PSP_RULE_STAGE_UNKNOWN,
	PSP_RULE_DATES,       /* enum psp_date_order */
	PSP_RULE_OPEN_CLOSED, /* open, with a day of closing */
	PSP_RULE_LEAD_IS_PROJECT,
	PSP_RULE_PROJECT_IS_LEAD,
	PSP_RULE_UNKNOWN_FAMILY, /* its number */
	PSP_RULE_UNKNOWN_REASON,
	PSP_RULE_TWO_CURRENCIES, /* in one amount */
	PSP_RULE_OTHER_CURRENCY,
	PSP_RULE_OUT_OF_ORDER, /* this and the next four: the move */
	PSP_RULE_GAP,
	PSP_RULE_SKIP,
	PSP_RULE_BACKWARD,
	PSP_RULE_REOPEN,
	PSP_RULE_HISTORY_MISMATCH, /* the last move */
	PSP_RULE_REPEATED,         /* the number of the repeat */
	PSP_RULE_UNKNOWN_DEAL,     /* this and the next two: of no deal */
	PSP_RULE_UNKNOWN_MOVE,
	PSP_RULE_NO_DATE,
	PSP_N_RULES
};

/* Days of a deal of which the first must not be after the second. */
enum psp_date_order {
	PSP_CREATED_CLOSED,
	PSP_CREATED_STAGE_DATE,
	PSP_CREATED_TODAY,
	PSP_STAGE_DATE_TODAY,
	PSP_LAST_CONTACT_TODAY,
	PSP_CLOSED_TODAY,
	PSP_MOVED_CLOSED
};

struct psp_finding {
	uint64_t at;
	uint32_t deal; /* its number in the book */
	uint8_t rule;
	uint8_t severity; /* enum psp_severity */
};

/* A family of the deals, looked up in the settings once. */
struct psp_listed_family {
	bool is_known;
	struct psp_slice nearest; /* in the settings; empty: none is near */
};

struct psp_findings {
	const struct psp_inquiry *inquiry;
	struct psp_finding *items;
	size_t n, capacity;
	size_t n_errors, n_warnings;
	struct psp_grouping grouping;       /* knows the families of deals */
	struct psp_listed_family *families; /* by number, from 1 on */
	size_t n_families, families_capacity;
	struct psp_slice currency; /* that amounts should be in */
	struct psp_buffer value, expected, place; /* of the row at hand */
};

/* None yet, of deals of `inquiry`, borrowed. NULL with PSP_ENOMEM. */
PSP_NODISCARD struct psp_findings *psp_findings_new(
    const struct psp_inquiry *inquiry, struct psp_error *err);

/* `findings` are psp_findings; NULL is accepted. */
void psp_findings_free(void *findings);

/* Adds one, unless its severity is to ignore it. PSP_ENOMEM. */
PSP_NODISCARD bool psp_findings_add(struct psp_findings *findings,
    enum psp_rule rule, enum psp_severity severity, size_t deal, uint64_t at,
    struct psp_error *err);

/* The days in that order; PSP_NO_DAY: not known. */
void psp_findings_days(const struct psp_findings *findings, size_t deal,
    enum psp_date_order order, int32_t days[2]);

/* Puts one as a row of the report: a psp_report_row_fn. */
bool psp_findings_put(void *findings, struct psp_report *report, size_t index,
    struct psp_error *err);

#endif
