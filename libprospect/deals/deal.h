/*
 * A deal as reports see it: numbers, days and labels; texts lie in the book
 * that holds it (book.h). What is not known has a value of its own, never 0.
 */
#ifndef PSP_DEALS_DEAL_H
#define PSP_DEALS_DEAL_H

#include <stdint.h>

#include "libprospect/deals/handbook.h"

#define PSP_NO_DAY INT32_MIN
#define PSP_NO_AMOUNT INT64_MIN

/* Texts that many deals share; each kind has its own list in the book, where
 * number 0 is the empty one: not said. */
enum psp_label_kind {
	PSP_LABEL_STAGE, /* as files write it */
	PSP_LABEL_OWNER,
	PSP_LABEL_FAMILIES, /* the whole cell */
	PSP_LABEL_SOURCE,
	PSP_LABEL_REASON,
	PSP_LABEL_CURRENCY,
	PSP_N_LABELS
};

/* What a deal's own status says. */
enum psp_deal_status {
	PSP_STATUS_NONE,
	PSP_STATUS_OPEN,
	PSP_STATUS_WON,
	PSP_STATUS_LOST
};

struct psp_deal {
	size_t text_at; /* of its number, then its name, in the book */
	uint64_t hash;  /* of its number */
	uint32_t id_size, name_size;
	int64_t amount; /* cents */
	const char *file;
	uint32_t line;       /* of the record, from 1 */
	int32_t siren;       /* -1: not known */
	int32_t probability; /* millionths; -1: not known */
	uint32_t labels[PSP_N_LABELS];
	int32_t created, stage_date, next_date, renewal, last_contact, closed;
	int32_t decision_first, decision_last; /* both or none known */
	uint32_t filled;                       /* facts that are said */
	uint32_t unmet; /* criteria of its stage (criteria.h) that are not true,
	                 * but as `criteria` has them */
	uint8_t stage;
	uint8_t from; /* the stage before, as the history tells; or NO_STAGE */
	uint8_t status;        /* enum psp_deal_status */
	uint8_t role;          /* enum psp_role */
	uint8_t qualification; /* as the file says it */
	uint8_t criteria;      /* of its stage: enum psp_truth */
	uint8_t stage_date_precision, closed_precision; /* psp_date_precision */
	bool is_suppressed;     /* must not be contacted */
	bool is_plain_share;    /* `probability` had no sign: see book.c */
	bool is_two_currencies; /* in the cell of its amount */
};

/* Whether a fact of the deal is said. */
static inline bool
psp_deal_has(const struct psp_deal *deal, enum psp_fact fact)
{
	return (deal->filled & PSP_FACT_BIT(fact)) != 0;
}

#endif
