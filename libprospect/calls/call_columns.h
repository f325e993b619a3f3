/*
 * The columns of a call log. Those that companies have too (siren, contact,
 * source ...) are found as everywhere; the others by the headers that logs and
 * spreadsheets of callers give them.
 */
#ifndef PSP_CALLS_CALL_COLUMNS_H
#define PSP_CALLS_CALL_COLUMNS_H

#include "libprospect/columns/columns.h"
#include "libprospect/stream/note.h"

enum psp_call_field {
	PSP_CALL_DATE,
	PSP_CALL_TIME,
	PSP_CALL_AGENT,
	PSP_CALL_COMPANY, /* siren, else the name of the company */
	PSP_CALL_CONTACT,
	PSP_CALL_FUNCTION,
	PSP_CALL_OUTCOME,
	PSP_CALL_REASON,
	PSP_CALL_GATE_TYPE,
	PSP_CALL_GATE_HELP,
	PSP_CALL_GATE_TROUBLE,
	PSP_CALL_NEXT_DATE,
	PSP_CALL_DURATION,
	PSP_CALL_SESSION,
	PSP_CALL_SOURCE,
	PSP_CALL_CAMPAIGN,
	PSP_CALL_SEGMENT,
	PSP_CALL_PHONE,
	PSP_CALL_CONSENT,
	PSP_CALL_DEPARTMENT,
	PSP_CALL_START, /* of a sessions file */
	PSP_CALL_END,
	PSP_CALL_PAUSE,
	PSP_N_CALL_FIELDS
};

/* The name of a field: "gate_type". */
const char *psp_call_field_name(enum psp_call_field field);

/* A column of the log; index SIZE_MAX: it has none. */
struct psp_call_column {
	size_t index;
	enum psp_type type; /* of PSP_CALL_COMPANY: SIREN, SIRET or text */
};

struct psp_call_columns {
	struct psp_call_column fields[PSP_N_CALL_FIELDS];
};

static inline bool
psp_call_has(const struct psp_call_columns *columns, enum psp_call_field field)
{
	return columns->fields[field].index != SIZE_MAX;
}

/*
 * Finds the columns of `header`. `session_name` is what the settings call the
 * column of sessions (empty: "session"). A column that the user names and the
 * header lacks, or that two headers may be, is a problem. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_call_columns_bind(struct psp_call_columns *columns,
    const struct psp_schema *schema, struct psp_slices header,
    struct psp_slice session_name, struct psp_problems *problems,
    struct psp_error *err);

/*
 * Demands a column for `what` ("'reasons'"): a problem that says which headers
 * would do, when it is not there.
 */
PSP_NODISCARD bool psp_call_columns_need(const struct psp_call_columns *columns,
    enum psp_call_field field, const char *what, struct psp_problems *problems);

#endif
