/* Sentences; see the header. The questions are the method's, in our words. */
#include <config.h>

#include "libprospect/calls/phrases.h"

static const struct {
	const char *code;
	const char *texts[2];
} phrases[] = {
	/* Many callbacks. */
	{ "exhausting",
	    { "how long do you want to go on calling? it is fine where the "
	      "stake is worth it",
		"jusqu'où insister au téléphone ? c'est acceptable si "
		"l'enjeu le mérite" } },
	{ "other_channel",
	    { "would another channel do better, such as professional networks?",
		"un autre canal irait-il mieux, par exemple les réseaux "
		"professionnels ?" } },
	{ "file_targeting",
	    { "is the file well targeted: do these people exist and decide?",
		"le fichier est-il bien ciblé : ces personnes existent-elles, "
		"décident-elles ?" } },
	{ "other_hours",
	    { "try other hours and days: see the report 'hours'",
		"essayez d'autres heures et d'autres jours : voir le rapport "
		"« hours »" } },
	/* Many refusals. */
	{ "offer_relevance",
	    { "is the offer relevant, and now?",
		"l'offre est-elle pertinente, et maintenant ?" } },
	{ "targeting",
	    { "is the targeting relevant?", "le ciblage est-il pertinent ?" } },
	{ "script", { "do the script and the pitch work?",
			"le script et l'argumentaire portent-ils ?" } },
	{ "differentiation",
	    { "what sets you apart from competitors?",
		"qu'est-ce qui vous distingue de la concurrence ?" } },
	/* Appointments. */
	{ "well_done",
	    { "well done: the approach is mastered and the file bears fruit",
		"bravo : l'approche est maîtrisée et le fichier rapporte" } },
	{ "fatigue",
	    { "are the callers tired?", "les appelants sont-ils fatigués ?" } },
	{ "end_of_file", { "is the file coming to its end?",
			     "le fichier arrive-t-il à sa fin ?" } },
	{ "target_change",
	    { "has the target changed?", "la cible a-t-elle changé ?" } },
	{ "shrinking_market",
	    { "is the market shrinking?", "le marché s'étiole-t-il ?" } },
	{ "first_values",
	    { "first figures say little: what counts is how they move from "
	      "session to session",
		"les premiers chiffres disent peu : c'est leur évolution de "
		"session en session qui compte" } },
	/* Words of reports. */
	{ "above", { "above", "au-dessus" } },
	{ "below", { "below", "en dessous" } },
	{ "cannot_tell", { "cannot tell", "on ne peut pas dire" } },
	{ "rising", { "rising", "en hausse" } },
	{ "falling", { "falling", "en baisse" } },
	{ "steady", { "no trend", "sans tendance" } },
	{ "too_little", { "too little to tell", "trop peu pour le dire" } },
	{ "supported",
	    { "supported by the data", "confirmé par les données" } },
	{ "contradicted",
	    { "contradicted by the data", "démenti par les données" } },
	{ "falling_appointments",
	    { "appointments are falling; of the four causes that the method "
	      "names:",
		"les rendez-vous baissent ; des quatre causes que nomme la "
		"méthode :" } },
	{ "reasons_empty",
	    { "of refusals have no reason: counting refusals without their "
	      "reasons leads nowhere",
		"des refus n'ont pas de motif : compter les refus sans leurs "
		"motifs ne mène à rien" } },
	{ "best_hour",
	    { "best time to reach people", "meilleur moment pour joindre" } },
	{ "best_gate_hour", { "best hour to pass the gatekeeper",
				"meilleure heure pour passer le barrage" } },
	{ "best_stop",
	    { "most decision makers for a call when one stops after attempt",
		"le plus de décideurs par appel en s'arrêtant après la "
		"tentative" } },
};

enum { N_PHRASES = sizeof(phrases) / sizeof(phrases[0]) };

const char *
psp_phrase(enum psp_language language, struct psp_slice code)
{
	for (size_t i = 0; i < N_PHRASES; i++)
		if (psp_slice_is(code, phrases[i].code))
			return phrases[i].texts[language];
	return NULL;
}

const char *
psp_phrase_of(enum psp_language language, const char *code)
{
	const char *found = psp_phrase(language, psp_slice_of(code));

	return found != NULL ? found : code;
}
