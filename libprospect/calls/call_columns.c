/* Headers of call logs; see the header. */
#include <config.h>

#include "libprospect/calls/call_columns.h"

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"

enum { MAX_KEY = 256, MAX_MESSAGE = 512 };

/* Names as settings write them, and what logs write, parted by '|', the first
 * found wins. */
static const struct {
	const char *name;
	const char *headers;
} fields[PSP_N_CALL_FIELDS] = {
	[PSP_CALL_DATE] = { "date",
	    "date_time|datetime|date heure|date et heure|horodatage|date appel|"
	    "date de l'appel|date d'appel|call date|called at|timestamp|jour" },
	[PSP_CALL_TIME] = { "time",
	    "heure|heure appel|heure de l'appel|heure d'appel|call time" },
	[PSP_CALL_AGENT] = { "agent",
	    "agent name|nom de l'agent|teleprospecteur|teleprospectrice|"
	    "teleconseiller|operateur|conseiller|appelant|caller|"
	    "commercial|vendeur|owner|utilisateur|user" },
	[PSP_CALL_COMPANY] = { "siren", "" },
	[PSP_CALL_CONTACT] = { "contact", "interlocuteur|personne|decideur" },
	[PSP_CALL_FUNCTION] = { "function", "" },
	[PSP_CALL_OUTCOME] = { "outcome",
	    "resultat|resultat appel|resultat de l'appel|issue|code resultat|"
	    "code|qualification|statut|statut appel|call outcome|call result|"
	    "result|disposition|status" },
	[PSP_CALL_REASON] = { "reason",
	    "motif|raison|motif de refus|motif du refus|reasons|commentaire "
	    "motif" },
	[PSP_CALL_GATE_TYPE] = { "gate_type",
	    "barrage|type de barrage|nature du barrage|gatekeeper" },
	[PSP_CALL_GATE_HELP] = { "gate_help",
	    "aide|aide apportee|aide assistante|gatekeeper help" },
	[PSP_CALL_GATE_TROUBLE] = { "gate_trouble",
	    "difficulte|difficultes|gatekeeper trouble" },
	[PSP_CALL_NEXT_DATE] = { "next_date",
	    "rappel le|date de rappel|date rappel|a rappeler le|relance le|"
	    "date de relance|prochain contact|prochaine date|callback date|"
	    "next call|follow up date" },
	[PSP_CALL_DURATION] = { "duration",
	    "duree|duree appel|duree de l'appel|call duration|talk time|"
	    "talk duration|avg talk duration" },
	[PSP_CALL_SESSION] = { "session", "" },
	[PSP_CALL_SOURCE] = { "source", "fichier" },
	[PSP_CALL_CAMPAIGN] = { "campaign",
	    "campagne|operation|campaign name|nom de campagne" },
	[PSP_CALL_SEGMENT] = { "segment", "cible|secteur|label" },
	[PSP_CALL_PHONE] = { "phone", "" },
	[PSP_CALL_CONSENT] = { "consent",
	    "consentement|consentement prealable|accord" },
	[PSP_CALL_DEPARTMENT] = { "department", "" },
	[PSP_CALL_START] = { "start",
	    "debut|heure de debut|heure debut|begin|started" },
	[PSP_CALL_END] = { "end", "fin|heure de fin|heure fin|ended" },
	[PSP_CALL_PAUSE] = { "pause", "pauses|duree de pause|break" },
};

const char *
psp_call_field_name(enum psp_call_field field)
{
	return fields[field].name;
}

/* Whether `header` is `alias`, as people write it. */
static bool
is_alias(struct psp_slice header, struct psp_slice alias)
{
	char header_key[MAX_KEY], alias_key[MAX_KEY];
	size_t header_size, alias_size;

	return psp_text_key_into(header, header_key, MAX_KEY, &header_size)
	       && psp_text_key_into(alias, alias_key, MAX_KEY, &alias_size)
	       && psp_slice_equal(psp_slice(header_key, header_size),
		   psp_slice(alias_key, alias_size));
}

/* The first of `aliases` that a header has; its column, or SIZE_MAX. */
static size_t
find_alias(struct psp_slices header, const char *aliases)
{
	while (*aliases != '\0') {
		size_t size = strcspn(aliases, "|");

		for (size_t i = 0; i < header.n; i++)
			if (is_alias(header.items[i], psp_slice(aliases, size)))
				return i;
		aliases += size + (aliases[size] == '|');
	}
	return SIZE_MAX;
}

/* What a binding has to know. */
struct search {
	const struct psp_schema *schema;
	struct psp_slices header;
	struct psp_problems *problems;
	struct psp_error *err;
};

/* Finds one name; `column->index` stays SIZE_MAX when it is nowhere. */
static bool
find(const struct search *search, struct psp_slice name, const char *aliases,
    struct psp_call_column *column)
{
	char message[MAX_MESSAGE] = "";
	struct psp_column found;

	switch (psp_schema_bind(search->schema, search->header, name, &found,
	    message, sizeof(message))) {
	case PSP_BOUND:
		column->index = found.index;
		column->type = found.type;
		return true;
	case PSP_BIND_FAILED:
		return psp_error_memory(search->err);
	case PSP_BIND_TWICE:
		return psp_problems_add(
		    search->problems, PSP_ESETTINGS, NULL, 0, 0, "%s", message);
	case PSP_BIND_MISSING:
		break;
	}
	switch (psp_schema_said_of(search->schema, name)) {
	case PSP_SAID_NONE:
		return true;
	case PSP_SAID_NOTHING:
		if (aliases != NULL)
			break;
		/* Fall through. */
	case PSP_SAID_COLUMN:
		return psp_problems_add(
		    search->problems, PSP_ESETTINGS, NULL, 0, 0, "%s", message);
	}
	column->index = find_alias(search->header, aliases);
	return true;
}

bool
psp_call_columns_bind(struct psp_call_columns *columns,
    const struct psp_schema *schema, struct psp_slices header,
    struct psp_slice session_name, struct psp_problems *problems,
    struct psp_error *err)
{
	const struct search search = { schema, header, problems, err };
	struct psp_call_column *company = &columns->fields[PSP_CALL_COMPANY];
	bool is_good = true;

	for (size_t i = 0; i < PSP_N_CALL_FIELDS; i++) {
		struct psp_slice name = psp_slice_of(fields[i].name);
		const char *headers = fields[i].headers;

		columns->fields[i].index = SIZE_MAX;
		columns->fields[i].type = PSP_TYPE_NONE;
		/* The settings name it, and not as it is called anyway. */
		if (i == PSP_CALL_SESSION && session_name.size > 0
		    && !psp_slice_equal(name, session_name)) {
			name = session_name;
			headers = NULL;
		}
		is_good = find(&search, name, headers, &columns->fields[i])
		          && is_good;
		if (err->status != PSP_OK)
			return false;
	}
	/* Without a number of the company its name tells who it is. */
	if (company->index == SIZE_MAX
	    && !find(&search, psp_slice_of("name"),
		"company|societe|entreprise", company))
		is_good = false;
	return is_good;
}

bool
psp_call_columns_need(const struct psp_call_columns *columns,
    enum psp_call_field field, const char *what, struct psp_problems *problems)
{
	if (psp_call_has(columns, field))
		return true;
	return psp_problems_add(problems, PSP_ESETTINGS, NULL, 0, 0,
	    "%s needs the column '%s', which is missing; where the header "
	    "calls it otherwise say columns: {%s: HEADER}",
	    _(what), fields[field].name, fields[field].name);
}
