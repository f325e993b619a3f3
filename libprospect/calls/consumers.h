/*
 * When a consumer may be called, by French law: code de la consommation,
 * L. 223-1 and D. 223-9; law 2025-594 of 30 June 2025 from 11 August 2026 on.
 *
 *   Mondays to Fridays, no public holiday, 10 to 13 and 14 to 20 h where the
 *   consumer is; at most 4 calls in 30 days; none for 60 days after a refusal.
 *   Prior consent lifts days and hours, not the number.
 *   From 11 August 2026 on only with prior consent or a running contract.
 */
#ifndef PSP_CALLS_CONSUMERS_H
#define PSP_CALLS_CONSUMERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libprospect/base/slice.h"

enum {
	PSP_CONSUMER_DAYS = 30, /* of the number of calls */
	PSP_CONSUMER_CALLS = 4, /* within them */
	PSP_CONSUMER_REST = 60  /* days after a refusal */
};

enum psp_consent { PSP_CONSENT_NONE, PSP_CONSENT_GIVEN, PSP_CONSENT_CONTRACT };

/* What a cell says of consent: yes, a contract, anything else is none. */
enum psp_consent psp_consent_read(struct psp_slice cell);

struct psp_consumer_call {
	int64_t at; /* where the consumer is, seconds since 1970 */
	enum psp_consent consent;
	size_t n_recent; /* calls in the PSP_CONSUMER_DAYS days to that day */
	int32_t refused; /* day of the last refusal, INT32_MIN: none */
	bool has_stop;   /* asked not to be called at all */
};

/* Why a call is forbidden, the first that holds; NULL: it is not. The word is
 * marked N_(). */
const char *psp_consumer_forbids(const struct psp_consumer_call *call);

/* Whether `day` is a public holiday in all of France. */
bool psp_is_public_holiday(int32_t day);

/*
 * A moment of Paris as the time of a department, given as people write it or as
 * a postal code: those overseas have zones of their own, all others (and what
 * is no department) are in Paris time.
 */
int64_t psp_local_time(int64_t paris, struct psp_slice department);

#endif
