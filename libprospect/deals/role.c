/* Roles of sources and the two qualifications; see the header. */
#include <config.h>

#include "libprospect/deals/role.h"

#include "libprospect/base/catalog.h"
#include "libprospect/values/wording.h"

static const char *const roles[PSP_N_ROLES] = {
	[PSP_ROLE_UNKNOWN] = "unknown",
	[PSP_ROLE_DECISION_MAKER] = "decision_maker",
	[PSP_ROLE_CO_DECIDER] = "co_decider",
	[PSP_ROLE_INFLUENCER] = "influencer",
	[PSP_ROLE_ASSISTANT] = "assistant",
	[PSP_ROLE_PARTNER] = "partner",
	[PSP_ROLE_FRIEND] = "friend",
	[PSP_ROLE_PRESS] = "press",
};

static const struct psp_word_meaning words[] = {
	{ "unknown", PSP_ROLE_UNKNOWN },
	{ "inconnu", PSP_ROLE_UNKNOWN },
	{ "inconnue", PSP_ROLE_UNKNOWN },
	{ "non identifie", PSP_ROLE_UNKNOWN },
	{ "non identifiee", PSP_ROLE_UNKNOWN },
	{ "personne non identifiee", PSP_ROLE_UNKNOWN },
	{ "anonyme", PSP_ROLE_UNKNOWN },
	{ "decision maker", PSP_ROLE_DECISION_MAKER },
	{ "economic buyer", PSP_ROLE_DECISION_MAKER },
	{ "decider", PSP_ROLE_DECISION_MAKER },
	{ "decideur", PSP_ROLE_DECISION_MAKER },
	{ "decideuse", PSP_ROLE_DECISION_MAKER },
	{ "decisionnaire", PSP_ROLE_DECISION_MAKER },
	{ "acheteur", PSP_ROLE_DECISION_MAKER },
	{ "acheteuse", PSP_ROLE_DECISION_MAKER },
	{ "responsable achat", PSP_ROLE_DECISION_MAKER },
	{ "responsable achats", PSP_ROLE_DECISION_MAKER },
	{ "responsable formation", PSP_ROLE_DECISION_MAKER },
	{ "buyer", PSP_ROLE_DECISION_MAKER },
	{ "co decider", PSP_ROLE_CO_DECIDER },
	{ "codecider", PSP_ROLE_CO_DECIDER },
	{ "codecideur", PSP_ROLE_CO_DECIDER },
	{ "co decideur", PSP_ROLE_CO_DECIDER },
	{ "influencer", PSP_ROLE_INFLUENCER },
	{ "influenceur", PSP_ROLE_INFLUENCER },
	{ "prescripteur", PSP_ROLE_INFLUENCER },
	{ "prescriptrice", PSP_ROLE_INFLUENCER },
	{ "utilisateur", PSP_ROLE_INFLUENCER },
	{ "user", PSP_ROLE_INFLUENCER },
	{ "assistant", PSP_ROLE_ASSISTANT },
	{ "assistante", PSP_ROLE_ASSISTANT },
	{ "secretaire", PSP_ROLE_ASSISTANT },
	{ "standard", PSP_ROLE_ASSISTANT },
	{ "standardiste", PSP_ROLE_ASSISTANT },
	{ "gatekeeper", PSP_ROLE_ASSISTANT },
	{ "partner", PSP_ROLE_PARTNER },
	{ "partenaire", PSP_ROLE_PARTNER },
	{ "intermediaire", PSP_ROLE_PARTNER },
	{ "friend", PSP_ROLE_FRIEND },
	{ "ami", PSP_ROLE_FRIEND },
	{ "amie", PSP_ROLE_FRIEND },
	{ "collegue", PSP_ROLE_FRIEND },
	{ "colleague", PSP_ROLE_FRIEND },
	{ "relation", PSP_ROLE_FRIEND },
	{ "press", PSP_ROLE_PRESS },
	{ "presse", PSP_ROLE_PRESS },
	{ "article", PSP_ROLE_PRESS },
	{ "article de presse", PSP_ROLE_PRESS },
	{ "media", PSP_ROLE_PRESS },
};

static const struct psp_word_meaning qualifications[] = {
	{ "lead", PSP_QUALIFICATION_LEAD },
	{ "piste", PSP_QUALIFICATION_LEAD },
	{ "piste commerciale", PSP_QUALIFICATION_LEAD },
	{ "project", PSP_QUALIFICATION_PROJECT },
	{ "projet", PSP_QUALIFICATION_PROJECT },
};

const char *
psp_role_name(enum psp_role role)
{
	return roles[role];
}

const char *
psp_qualification_name(enum psp_qualification qualification)
{
	static const char *const names[] = { "", N_("lead"), N_("project") };

	return names[qualification];
}

/* The words of a cell with a space for '_' and '-', without an article. */
static bool
read_words(
    struct psp_slice cell, struct psp_wording *wording, struct psp_slice *text)
{
	static const char *const articles[] = { "l'", "le ", "la ", "un ",
		"une ", "the ", "a ", "an " };

	if (!psp_wording_read(cell, wording))
		return false;
	for (size_t i = 0; i < wording->size; i++)
		if (wording->bytes[i] == '_' || wording->bytes[i] == '-')
			wording->bytes[i] = ' ';
	*text = psp_wording_slice(wording);
	for (size_t i = 0; i < sizeof(articles) / sizeof(articles[0]); i++) {
		size_t n = strlen(articles[i]);

		if (text->size > n && memcmp(text->bytes, articles[i], n) == 0)
			*text = psp_slice(text->bytes + n, text->size - n);
	}
	return true;
}

bool
psp_role_read(struct psp_slice cell, enum psp_role *role)
{
	struct psp_wording wording;
	struct psp_slice text;
	int meaning;

	if (!read_words(cell, &wording, &text))
		return false;
	meaning = psp_word_find(text, words, sizeof(words) / sizeof(words[0]));
	if (meaning < 0)
		return false;
	*role = (enum psp_role)meaning;
	return true;
}

bool
psp_qualification_read(
    struct psp_slice cell, enum psp_qualification *qualification)
{
	struct psp_wording wording;
	struct psp_slice text;
	int meaning;

	if (!read_words(cell, &wording, &text))
		return false;
	meaning = psp_word_find(text, qualifications,
	    sizeof(qualifications) / sizeof(qualifications[0]));
	if (meaning < 0)
		return false;
	*qualification = (enum psp_qualification)meaning;
	return true;
}
