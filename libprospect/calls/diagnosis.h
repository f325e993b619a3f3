/*
 * Why appointments fall. The method names four causes; each has a mark that it
 * would leave in the log:
 *
 *   fatigue           the rate falls hour by hour within sessions
 *   end of the file   fewer and fewer companies are called for the first time
 *   another target    the mix of segments has changed, to those that yield less
 *   the market        the rate falls over the sessions where segment, hour of
 *                     the session and novelty of the company are the same
 *
 * Each is tested on what was pitched, company by company. A cause is supported
 * when its mark is there at 5 %; contradicted when at least 30 were counted and
 * there is less of it than chance alone would show in one case of six (a
 * statistic above -1); else the data cannot tell.
 */
#ifndef PSP_CALLS_DIAGNOSIS_H
#define PSP_CALLS_DIAGNOSIS_H

#include "libprospect/calls/totals.h"
#include "libprospect/stats/trend.h"

enum psp_cause {
	PSP_CAUSE_FATIGUE,
	PSP_CAUSE_END_OF_FILE,
	PSP_CAUSE_TARGET,
	PSP_CAUSE_MARKET,
	PSP_N_CAUSES
};

enum psp_finding { PSP_CANNOT_TELL, PSP_SUPPORTED, PSP_CONTRADICTED };

struct psp_diagnosis {
	struct psp_trend overall; /* of the rate over the sessions */
	struct psp_cause_test {
		struct psp_trend trend;
		size_t n; /* counted */
		enum psp_finding finding;
	} causes[PSP_N_CAUSES];
};

/*
 * The cube that a diagnosis is made of: the dimensions of --by, the session,
 * the segment (or source, campaign, function: the first that the log has) and
 * the quarter of an hour. Returns its index.
 */
size_t psp_diagnosis_plan(struct psp_log_plan *plan);

/* Diagnoses the group whose cells begin with the `n` ids `ids`. PSP_ENOMEM. */
PSP_NODISCARD bool psp_diagnose(const struct psp_log *log,
    const struct psp_log_plan *plan, size_t cube, const uint32_t *ids, size_t n,
    struct psp_diagnosis *diagnosis, struct psp_error *err);

/* Their words, marked N_(). */
const char *psp_cause_word(enum psp_cause cause);
const char *psp_finding_word(enum psp_finding finding);

#endif
