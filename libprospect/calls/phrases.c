/* Sentences; see the header. The questions are the method's, in our words. */
#include <config.h>

#include "libprospect/calls/phrases.h"

#include "libprospect/base/catalog.h"

static const struct {
	const char *code;
	const char *text;
} phrases[] = {
	/* Many callbacks. */
	{ "exhausting",
	    N_("how long do you want to go on calling? it is fine where the "
	       "stake is worth it") },
	{ "other_channel",
	    N_("would another channel do better, such as professional "
	       "networks?") },
	{ "file_targeting", N_("is the file well targeted: do these people "
			       "exist and decide?") },
	{ "other_hours",
	    N_("try other hours and days: see the report 'hours'") },
	/* Many refusals. */
	{ "offer_relevance", N_("is the offer relevant, and now?") },
	{ "targeting", N_("is the targeting relevant?") },
	{ "script", N_("do the script and the pitch work?") },
	{ "differentiation", N_("what sets you apart from competitors?") },
	/* Appointments. */
	{ "well_done",
	    N_("well done: the approach is mastered and the file bears "
	       "fruit") },
	{ "fatigue", N_("are the callers tired?") },
	{ "end_of_file", N_("is the file coming to its end?") },
	{ "target_change", N_("has the target changed?") },
	{ "shrinking_market", N_("is the market shrinking?") },
	{ "first_values",
	    N_("first figures say little: what counts is how they move from "
	       "session to session") },
};

enum { N_PHRASES = sizeof(phrases) / sizeof(phrases[0]) };

const char *
psp_phrase(struct psp_slice code)
{
	for (size_t i = 0; i < N_PHRASES; i++)
		if (psp_slice_is(code, phrases[i].code))
			return _(phrases[i].text);
	return NULL;
}
