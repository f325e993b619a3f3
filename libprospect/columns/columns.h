/*
 * Columns: which header means which criterion. Each criterion has a canonical
 * key ("headcount"), a type and aliases, the headers of Sirene,
 * ratios_inpi_bce, BODACC, HubSpot, Salesforce, Zoho, Pipedrive and of French
 * and English hand-made files. Settings and `-e` know the same names.
 *
 * Order of search, first match wins: --column, --columns, `columns:`, a header
 * equal to the key, an alias. A name that is no key and no alias is a header of
 * the file, typed by `fields:`.
 */
#ifndef PSP_COLUMNS_COLUMNS_H
#define PSP_COLUMNS_COLUMNS_H

#include "libprospect/settings/settings.h"
#include "libprospect/values/naf.h"

/* How a cell is read. */
enum psp_type {
	PSP_TYPE_NONE, /* a header without `fields:`: typed by the constant */
	PSP_TYPE_TEXT,
	PSP_TYPE_NUMBER,
	PSP_TYPE_MONEY,
	PSP_TYPE_PERCENT,
	PSP_TYPE_DATE,
	PSP_TYPE_DURATION,
	PSP_TYPE_BOOL,
	PSP_TYPE_CODE, /* text compared byte for byte without blanks, case apart
	                */
	PSP_TYPE_SET,
	PSP_TYPE_DEPARTMENT,
	PSP_TYPE_POSTCODE, /* read as its department */
	PSP_TYPE_COMMUNE,  /* read as its department */
	PSP_TYPE_NAF,
	PSP_TYPE_LEGAL_FORM,
	PSP_TYPE_HEADCOUNT,
	PSP_TYPE_LISTED,        /* yes/no, a market, an ISIN */
	PSP_TYPE_SITE_TYPE,     /* siège, principal, secondaire; true/false of
	                         * etablissementSiege */
	PSP_TYPE_INTERNATIONAL, /* yes/no, countries, a count */
	PSP_TYPE_DIGITAL,       /* a set or 0 to 100 */
	PSP_TYPE_SIREN,
	PSP_TYPE_SIRET,
	PSP_TYPE_PHONE,
	PSP_TYPE_EMAIL,
	PSP_TYPE_DOMAIN
};

/* The type that `fields: {x: {type: NAME}}` names; false when unknown. */
bool psp_type_find(struct psp_slice name, enum psp_type *type);

const char *psp_type_name(enum psp_type type);

/* A canonical column. */
struct psp_criterion {
	const char *key;
	enum psp_type type;
	const char *label_en; /* for people: "headcount" */
	const char *label_fr; /* "effectifs" */
};

/* The criterion that `name` (a key or an alias, as people write it) means, or
 * NULL. */
const struct psp_criterion *psp_criterion_find(struct psp_slice name);

/* All criteria, for hints; ends with a row whose key is NULL. */
const struct psp_criterion *psp_criteria(void);

/* What `fields:` says of one name. */
struct psp_field_rules {
	enum psp_type type;       /* PSP_TYPE_NONE: not said */
	struct psp_slice *absent; /* more words that say nothing */
	size_t n_absent;
	enum psp_naf_version version;
	bool has_scale;
	int64_t scale_low, scale_high; /* millionths */
	bool lower_is_better;
	char separator; /* of a set; 0: usual ones */
};

/* What the user said of columns: settings and options together. */
struct psp_schema;

PSP_NODISCARD struct psp_schema *psp_schema_new(struct psp_error *err);

void psp_schema_free(struct psp_schema *schema);

/*
 * Adds `columns:` and `fields:` of a settings file (nodes, either may be NULL,
 * borrowed until the free). What is wrong goes to `problems`. PSP_ENOMEM in
 * `err`; false in both cases.
 */
PSP_NODISCARD bool psp_schema_add_columns(struct psp_schema *schema,
    const struct psp_node *columns, struct psp_problems *problems,
    struct psp_error *err);
PSP_NODISCARD bool psp_schema_add_fields(struct psp_schema *schema,
    const struct psp_node *fields, struct psp_problems *problems,
    struct psp_error *err);

/*
 * Adds a `--columns` file, given the root of its tree: a map of names to
 * headers, alone or under `columns:`, where other keys are passed over. It goes
 * before the settings' own `columns:`, in whatever order both are added.
 */
PSP_NODISCARD bool psp_schema_add_columns_file(struct psp_schema *schema,
    const struct psp_node *root, struct psp_problems *problems,
    struct psp_error *err);

/*
 * Adds `--column key=header` (text borrowed). The last one of a
 * key wins. PSP_EUSAGE, PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_schema_add_option(
    struct psp_schema *schema, const char *option, struct psp_error *err);

/* What the user said of `name`. */
enum psp_said_what {
	PSP_SAID_NOTHING,
	PSP_SAID_COLUMN, /* which column it is */
	PSP_SAID_NONE    /* that there is none */
};
enum psp_said_what psp_schema_said_of(
    const struct psp_schema *schema, struct psp_slice name);

/* A name bound to a column of a header. */
struct psp_column {
	const struct psp_criterion *criterion; /* NULL: a plain header */
	struct psp_slice header;               /* as it stands */
	size_t index;                          /* from 0 */
	enum psp_type type; /* after `fields:`, and of the alias: a postal
	                     * code column has PSP_TYPE_POSTCODE */
	bool is_band;       /* headcount: INSEE band codes */
	struct psp_field_rules rules;
};

enum psp_bind_result {
	PSP_BOUND,
	PSP_BIND_MISSING, /* no such column */
	PSP_BIND_TWICE,   /* two candidates on one step, or one that may be
	                   * something else ("Date de création" in a CRM) */
	PSP_BIND_FAILED   /* memory */
};

/*
 * Finds the column that `name` (of settings or -e) means in `header`. On
 * MISSING and TWICE `message` (256 bytes at least) says so for people, with the
 * nearest names or the candidates and their positions; NULL where nobody wants
 * to know. On a result other than BOUND `*column` is all zero.
 *
 * What the user said is taken first, and is MISSING when the header lacks it,
 * or when it is said that there is no such column (`contact: null`).
 * Else a key is looked for step by step (aliases.c); an alias, first as the
 * header of that very name, then as its key. A column of another criterion may
 * stand in: `type` is then PSP_TYPE_POSTCODE or PSP_TYPE_COMMUNE for
 * `department`, PSP_TYPE_SIRET for `siren`. Where the user names a band column
 * by an alias of that kind (`columns: {tranche_effectifs: X}`), `is_band`
 * holds.
 *
 * `schema` may be NULL: nothing was said. So a side file (signals), of whose
 * header `columns:` may not speak, is bound again without it when MISSING.
 */
PSP_NODISCARD enum psp_bind_result psp_schema_bind(
    const struct psp_schema *schema, struct psp_slices header,
    struct psp_slice name, struct psp_column *column, char *message,
    size_t message_size);

/* As psp_criterion_find, but at once: the schema has all names hashed. It may
 * be NULL. */
const struct psp_criterion *psp_schema_criterion(
    const struct psp_schema *schema, struct psp_slice name);

/* The rules of `fields:` for a name, or NULL. Known before any header. */
const struct psp_field_rules *psp_schema_rules(
    const struct psp_schema *schema, struct psp_slice name);

#endif
