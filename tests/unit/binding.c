/*
 * binding: what the user says of columns, the order of search, two candidates,
 * messages. Linked with --wrap for malloc, calloc and realloc, so that the n-th
 * allocation can fail.
 */
#include <config.h>

#include "tests/unit/unit.h"

#include <stdlib.h>

#include "libprospect/columns/columns.h"
#include "tests/unit/exhaustion.h"

struct fixture {
	struct psp_schema *schema;
	struct psp_settings settings, file;
	struct psp_problems problems;
	struct psp_error err;
	struct psp_column column;
	char message[256];
};

static void
begin(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	psp_error_init(&f->err);
	psp_problems_init(&f->problems);
	psp_settings_init(&f->settings);
	psp_settings_init(&f->file);
	f->schema = psp_schema_new(&f->err);
	assert_non_null(f->schema);
}

static void
end(struct fixture *f)
{
	psp_schema_free(f->schema);
	psp_settings_clear(&f->settings);
	psp_settings_clear(&f->file);
	psp_problems_clear(&f->problems);
}

/* Reads settings and adds their columns: and fields:. */
static bool
settings_say(struct fixture *f, const char *text)
{
	bool columns, fields;

	assert_true(psp_settings_parse(
	    &f->settings, psp_slice_of(text), "s.yaml", &f->problems, &f->err));
	columns = psp_schema_add_columns(f->schema,
	    psp_node_get(f->settings.root, "columns"), &f->problems, &f->err);
	fields = psp_schema_add_fields(f->schema,
	    psp_node_get(f->settings.root, "fields"), &f->problems, &f->err);
	return columns && fields;
}

static bool
file_says(struct fixture *f, const char *text)
{
	assert_true(psp_settings_parse(
	    &f->file, psp_slice_of(text), "c.yaml", &f->problems, &f->err));
	return psp_schema_add_columns_file(
	    f->schema, f->file.root, &f->problems, &f->err);
}

/* Binds in a header written with ';' between names. */
static enum psp_bind_result
bind(struct fixture *f, const char *header, const char *name)
{
	struct psp_slice names[64];
	size_t n = 0;

	for (;;) {
		size_t size = strcspn(header, ";");

		assert_true(n < 64);
		names[n++] = psp_slice(header, size);
		if (header[size] == '\0')
			break;
		header += size + 1;
	}
	f->message[0] = '\0';
	return psp_schema_bind(f->schema, (struct psp_slices){ names, n },
	    psp_slice_of(name), &f->column, f->message, sizeof(f->message));
}

/* The name binds to this column, from 1. */
#define assert_column(f, header, name, number)                                 \
	do {                                                                   \
		if (bind(f, header, name) != PSP_BOUND)                        \
			fail_msg("%s: %s", name, (f)->message);                \
		assert_int_equal((f)->column.index + 1, number);               \
	} while (false)

static void
assert_problem(struct fixture *f, const char *part)
{
	assert_true(f->problems.n > 0);
	if (strstr(f->problems.items[0].message, part) == NULL)
		fail_msg("'%s'", f->problems.items[0].message);
	assert_string_equal(f->problems.items[0].file, "s.yaml");
	assert_true(f->problems.items[0].line > 0);
}

static void
steps_go_down(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_column(&f, "CP;Code commune;Dept", "department", 3);
	assert_int_equal(f.column.type, PSP_TYPE_DEPARTMENT);
	assert_column(&f, "CP;Code commune;Ville", "department", 2);
	assert_int_equal(f.column.type, PSP_TYPE_COMMUNE);
	assert_column(&f, "Ville;CP", "department", 2);
	assert_int_equal(f.column.type, PSP_TYPE_POSTCODE);
	assert_column(&f, "Dept;department", "department", 2);
	assert_column(
	    &f, "trancheEffectifsUniteLegale;effectif", "headcount", 2);
	assert_false(f.column.is_band);
	assert_column(&f,
	    "trancheEffectifsEtablissement;trancheEffectifsUniteLegale",
	    "headcount", 2);
	assert_true(f.column.is_band);
	assert_column(&f, "dateCreationEtablissement;dateCreationUniteLegale",
	    "created", 2);
	assert_column(&f, "siret;siren", "siren", 2);
	assert_column(&f, "x;siret", "siren", 2);
	assert_int_equal(f.column.type, PSP_TYPE_SIRET);
	assert_column(&f, "Create Date;Year Founded", "created", 2);
	end(&f);
}

/* In a file of CRM records "Date de création" is when the record was made. */
static void
the_day_of_a_record_is_not_the_birth_of_a_company(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_column(&f, "Nom;Date de création", "created", 2);
	assert_column(&f,
	    "Date de création;Année de fondation;Dernière modification",
	    "created", 2);
	assert_column(&f,
	    "Date de création;Date de création de l'entreprise;Modifié le",
	    "created", 2);
	assert_int_equal(bind(&f, "Nom;Date de création;Modifié le", "created"),
	    PSP_BIND_TWICE);
	assert_string_equal(f.message,
	    "'created' may be 'Date de création' (column 2), but beside "
	    "'Modifié le' that may be the day of the record; if it is the day "
	    "of the company, say so with columns: {created: {position: 2}}");
	assert_null(f.column.criterion);
	assert_int_equal(
	    bind(&f, "Name;Created;Last Modified", "created"), PSP_BIND_TWICE);
	assert_column(&f, "name;created;last_contact", "created", 2);
	assert_column(&f, "Siren;Last Modified", "siren", 1);
	assert_true(settings_say(&f, "columns: {created: {position: 2}}\n"));
	assert_column(&f, "Nom;Date de création;Modifié le", "created", 2);
	end(&f);
}

/* Words that may be yes or no, or a person, are no better than each other. */
static void
a_client_is_no_better_a_name_than_a_name(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_column(&f, "Client;Ville", "name", 1);
	assert_column(&f, "Client;Raison sociale", "name", 2);
	assert_int_equal(bind(&f, "Nom;Ville;Client", "name"), PSP_BIND_TWICE);
	assert_int_equal(
	    bind(&f, "Prospect;Nom;Ville", "name"), PSP_BIND_TWICE);
	end(&f);
}

static void
two_on_a_step_are_refused(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_int_equal(bind(&f, "email;x;email", "email"), PSP_BIND_TWICE);
	assert_string_equal(f.message,
	    "'email' may be 'email' (column 1) and 'email' (column 3); choose "
	    "with columns: {email: {position: 1}}");
	assert_null(f.column.criterion);
	assert_int_equal(
	    bind(&f, "Tél;Téléphone;tel;TEL", "phone"), PSP_BIND_TWICE);
	assert_non_null(strstr(f.message, "and 1 more"));
	assert_int_equal(bind(&f, "email;Email", "email"), PSP_BIND_TWICE);
	/* Those nobody needs may repeat. */
	assert_column(&f, "a;a;siren;a", "siren", 3);
	/* A plain header. */
	assert_int_equal(bind(&f, "zone;zone", "zone"), PSP_BIND_TWICE);
	assert_column(&f, "zone;Zone", "Zone", 2);
	assert_int_equal(bind(&f, "zone;Zone", "ZONE"), PSP_BIND_TWICE);
	/* Names that look alike. */
	assert_int_equal(bind(&f, "a\xC2\xA0z;a z", "a z"), PSP_BIND_TWICE);
	assert_non_null(strstr(f.message, "no-break space"));
	assert_int_equal(
	    bind(&f, "z\xC3\xA9;ze\xCC\x81", "z\xC3\xA9"), PSP_BIND_TWICE);
	assert_non_null(strstr(f.message, "NFC and NFD"));
	assert_int_equal(
	    bind(&f, "\xEF\xBB\xBFsiren;siren", "siren"), PSP_BIND_TWICE);
	assert_non_null(strstr(f.message, "invisible"));
	assert_int_equal(bind(&f, "Code\xC2\xA0postal;Code postal", "postcode"),
	    PSP_BIND_TWICE);
	assert_non_null(strstr(f.message, "no-break space"));
	end(&f);
}

static void
an_alias_is_its_own_header_first(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_column(&f, "headcount;x", "effectifs", 1);
	assert_column(&f, "effectif;trancheEffectifsUniteLegale",
	    "trancheEffectifsUniteLegale", 2);
	assert_true(f.column.is_band);
	assert_column(&f,
	    "statutDiffusionUniteLegale;statutDiffusionEtablissement",
	    "statutDiffusionEtablissement", 2);
	assert_string_equal(f.column.criterion->key, "disclosure");
	assert_column(&f, "Dept;Code postal", "code_postal", 2);
	assert_string_equal(f.column.criterion->key, "postcode");
	end(&f);
}

static void
plain_headers_are_found(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_column(&f, "x;Zone B;y", "Zone B", 2);
	assert_null(f.column.criterion);
	assert_int_equal(f.column.type, PSP_TYPE_NONE);
	assert_column(&f, "x;Zone B;y", "zone_b", 2);
	assert_true(psp_slice_is(f.column.header, "Zone B"));
	assert_int_equal(bind(&f, "a;-;b", "_"), PSP_BIND_MISSING);
	assert_column(&f, "a;-;b", "-", 2);
	assert_true(
	    settings_say(&f, "fields:\n"
			     "  Zone B: {type: date, absent: [inconnu, '?']}\n"
			     "  headcount: {type: number}\n"
			     "  code postal: {type: postcode}\n"
			     "  département: {type: department}\n"));
	assert_column(&f, "x;Zone B", "ZONE B", 2);
	assert_int_equal(f.column.type, PSP_TYPE_DATE);
	assert_int_equal(f.column.rules.n_absent, 2);
	assert_true(psp_slice_is(f.column.rules.absent[1], "?"));
	assert_column(&f, "trancheEffectifsUniteLegale", "headcount", 1);
	assert_int_equal(f.column.type, PSP_TYPE_NUMBER);
	assert_false(f.column.is_band);
	/* Its own type does not make a postal code a department code. */
	assert_column(&f, "cp", "department", 1);
	assert_int_equal(f.column.type, PSP_TYPE_POSTCODE);
	assert_column(&f, "cp", "postcode", 1);
	assert_int_equal(f.column.type, PSP_TYPE_POSTCODE);
	end(&f);
}

static void
the_user_comes_first(void **state)
{
	static const char header[] = "siren;siret;CA;Mon CA;Autre CA;ca";
	struct fixture f;

	(void)state;
	begin(&f);
	assert_true(settings_say(&f, "columns: {turnover: Mon CA}\n"));
	assert_column(&f, header, "turnover", 4);
	assert_column(&f, header, "chiffre d'affaires", 4);
	assert_true(
	    psp_schema_add_option(f.schema, "turnover=Autre CA", &f.err));
	assert_column(&f, header, "turnover", 5);
	assert_true(file_says(&f, "{turnover: ca}\n"));
	assert_column(&f, header, "turnover", 5);
	assert_true(psp_schema_add_option(f.schema, "ca=CA", &f.err));
	assert_column(&f, header, "turnover", 3);
	end(&f);
}

static void
a_columns_file_goes_before_settings(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_true(file_says(
	    &f, "version: 1\ntargets: {}\ncolumns: {turnover: a, zone: b}\n"));
	assert_true(settings_say(&f, "columns: {turnover: b, ville: a}\n"));
	assert_column(&f, "a;b", "turnover", 1);
	assert_column(&f, "a;b", "city", 1);
	assert_column(&f, "a;b", "zone", 2);
	assert_null(f.column.criterion);
	end(&f);
	begin(&f);
	assert_true(file_says(&f, "columns: {position: 2}\nname: a\n"));
	assert_column(&f, "a;b", "columns", 2);
	assert_column(&f, "a;b", "name", 1);
	end(&f);
}

static void
positions_tell_repeated_headers_apart(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_true(settings_say(&f, "columns:\n"
				     "  email: {position: 3}\n"
				     "  department: {position: 2}\n"
				     "  zone: {position: 4}\n"));
	assert_column(&f, "email;cp;email", "email", 3);
	assert_column(&f, "email;cp;email", "department", 2);
	assert_int_equal(f.column.type, PSP_TYPE_POSTCODE);
	assert_int_equal(bind(&f, "email;cp;email", "zone"), PSP_BIND_MISSING);
	assert_string_equal(f.message,
	    "'zone' is said in 'columns' to be column 4, but the header has 3");
	end(&f);
}

static void
what_is_said_takes_the_reading_of_its_header(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_true(settings_say(&f,
	    "columns: {headcount: trancheEffectifsUniteLegale,\n"
	    "  department: Code postal, siren: siret}\n"));
	assert_column(
	    &f, "effectif;trancheEffectifsUniteLegale", "headcount", 2);
	assert_true(f.column.is_band);
	assert_column(&f, "Dept;code_postal", "department", 2);
	assert_int_equal(f.column.type, PSP_TYPE_POSTCODE);
	assert_column(&f, "siren;siret", "siren", 2);
	assert_int_equal(f.column.type, PSP_TYPE_SIRET);
	end(&f);
	/* The name says bands, the header does not. */
	begin(&f);
	assert_true(
	    settings_say(&f, "columns: {tranche_effectifs: Effectifs}\n"));
	assert_column(&f, "x;EFFECTIFS", "headcount", 2);
	assert_true(f.column.is_band);
	end(&f);
}

static void
what_is_missing_is_said(void **state)
{
	struct psp_slice names[1];
	struct fixture f;

	(void)state;
	begin(&f);
	assert_int_equal(
	    bind(&f, "siren;Efectifs;nom", "headcount"), PSP_BIND_MISSING);
	assert_string_equal(f.message,
	    "no column for 'headcount'; nearest: 'Efectifs'; name it with "
	    "--column headcount=HEADER");
	assert_int_equal(bind(&f, "siren;Zone A", "Zone B"), PSP_BIND_MISSING);
	assert_string_equal(
	    f.message, "no column for 'Zone B'; nearest: 'Zone A'");
	assert_int_equal(bind(&f, "siren", "effectifs"), PSP_BIND_MISSING);
	assert_non_null(strstr(f.message, "'effectifs' (headcount)"));
	assert_int_equal(
	    bind(&f, "siren,nom,effectif", "headcount"), PSP_BIND_MISSING);
	assert_string_equal(f.message,
	    "no column for 'headcount': 1 column found, ',' looks likely");
	assert_int_equal(bind(&f, "a\tb|c\td", "zone"), PSP_BIND_MISSING);
	assert_string_equal(f.message,
	    "no column for 'zone': 1 column found, a tab looks likely");
	assert_true(settings_say(&f, "columns: {naf: Code Ape}\n"));
	assert_int_equal(bind(&f, "siren;Code App", "naf"), PSP_BIND_MISSING);
	assert_string_equal(f.message, "'naf' is said in 'columns' to be 'Code "
				       "Ape', which is not in the header; "
				       "nearest: 'Code App'");
	/* A side file is bound without what was said of another. */
	names[0] = psp_slice_of("APE");
	assert_int_equal(
	    psp_schema_bind(f.schema, (struct psp_slices){ names, 1 },
		psp_slice_of("naf"), &f.column, f.message, sizeof(f.message)),
	    PSP_BIND_MISSING);
	assert_int_equal(
	    psp_schema_bind(NULL, (struct psp_slices){ names, 1 },
		psp_slice_of("naf"), &f.column, f.message, sizeof(f.message)),
	    PSP_BOUND);
	end(&f);
}

static void
messages_are_cut_at_a_character(void **state)
{
	struct psp_slice names[2];
	struct psp_column column;
	char long_name[600], small[20];

	(void)state;
	for (size_t i = 0; i < sizeof(long_name); i += 2)
		memcpy(long_name + i, "\xC3\xA9", 2);
	long_name[0] = 'x';
	long_name[1] = '\n';
	names[0] = psp_slice(long_name, sizeof(long_name));
	names[1] = names[0];
	memset(small, 'x', sizeof(small));
	assert_int_equal(psp_schema_bind(NULL, (struct psp_slices){ names, 2 },
			     names[0], &column, small, sizeof(small)),
	    PSP_BIND_TWICE);
	assert_string_equal(small, "'x\\x0a\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
				   "\xC3\xA9\xC3\xA9");
	assert_int_equal(
	    psp_schema_bind(NULL, (struct psp_slices){ names, 0 },
		psp_slice_of("naf"), &column, small, sizeof(small)),
	    PSP_BIND_MISSING);
	assert_int_equal(strlen(small), sizeof(small) - 1);
}

static void
wrong_columns_are_told(void **state)
{
	static const char *const cases[][2] = {
		{ "columns: [a]\n", "expected a map" },
		{ "columns: {naf: ''}\n", "'naf' has no header" },
		{ "columns: {naf: [a]}\n", "'naf' is a list" },
		{ "columns: {naf: {position: 0}}\n", "the first column is 1" },
		{ "columns: {naf: {position: x}}\n", "x" },
		{ "columns: {naf: {positon: 2}}\n", "positon" },
		{ "columns: {naf: {}}\n", "position" },
		{ "columns: {naf: a, Code APE: b}\n", "mean the same" },
		{ "columns: {zone a: a, zone_a: b}\n", "mean the same" },
		{ "fields: 3\n", "expected a map" },
		{ "fields: {x: number}\n", "{type: number}" },
		{ "fields: {x: {type: nunber}}\n", "did you mean 'number'?" },
		{ "fields: {x: {type: colour}}\n", "expected text, number" },
		{ "fields: {x: {typ: number}}\n", "did you mean 'type'?" },
		{ "fields: {x: {missing: pass}}\n", "missing" },
		{ "fields: {x: {scale: [0]}}\n", "two bounds" },
		{ "fields: {x: {scale: [20, 0]}}\n", "not below" },
		{ "fields: {x: {scale: [a, 0]}}\n", "a" },
		{ "fields: {x: {scale: [0, 92233720368547757]}}\n", "large" },
		{ "fields: {x: {better: lower}}\n", "lower" },
		{ "fields: {naf: {version: rev3}}\n", "rev3" },
		{ "fields: {x: {version: rev2}}\n", "type: naf" },
		{ "fields: {headcount: {version: rev2}}\n", "NAF codes" },
		{ "fields: {created: {scale: [0, 1]}}\n", "numbers" },
		{ "fields: {x: {type: money, scale: [0, 1]}}\n",
		    "scale is of numbers; the type here is 'money'" },
		{ "fields: {x: {type: percent, scale: [0, 1]}}\n", "percent" },
		{ "fields: {digital_presence: {scale: [0, 1]}}\n", "digital" },
		{ "fields: {created: {separator: ','}}\n", "sets" },
		{ "fields: {tags: {separator: 'ab'}}\n", "one ASCII" },
		{ "fields: {tags: {separator: 'é'}}\n", "one ASCII" },
		{ "fields: {x: {absent: {a: b}}}\n", "list of words" },
		{ "fields: {x: {absent: [[a]]}}\n", "not a list" },
		{ "fields: {naf: {}, ape: {}}\n", "there already" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture f;

		begin(&f);
		if (settings_say(&f, cases[i][0]))
			fail_msg("%s passes", cases[i][0]);
		assert_problem(&f, cases[i][1]);
		assert_int_equal(f.err.status, PSP_OK);
		end(&f);
	}
}

static void
all_that_is_wrong_is_told_at_once(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_false(settings_say(&f,
	    "columns:\n  naf: ''\n  name: []\n  city: Ville\n"
	    "fields:\n  x: {type: nunber, scale: [1], separator: ab}\n"));
	assert_int_equal(f.problems.n, 5);
	assert_column(&f, "a;ville", "city", 2);
	end(&f);
}

static void
rules_are_known_before_a_header(void **state)
{
	const struct psp_field_rules *rules;
	struct fixture f;

	(void)state;
	begin(&f);
	assert_true(settings_say(&f,
	    "fields:\n"
	    "  score financier: {type: number, scale: [0, 20], better: low}\n"
	    "  naf: {version: rev2}\n"
	    "  tags: {separator: '|', absent: rien}\n"
	    "  x: {scale: [-1.5, 0.25]}\n"
	    "  y: {type: turnover}\n"));
	rules = psp_schema_rules(f.schema, psp_slice_of("financial_score"));
	assert_non_null(rules);
	assert_true(rules->has_scale && rules->lower_is_better);
	assert_int_equal(rules->scale_high, 20000000);
	rules = psp_schema_rules(f.schema, psp_slice_of("Code APE"));
	assert_int_equal(rules->version, PSP_NAF_REV2);
	rules = psp_schema_rules(f.schema, psp_slice_of("tags"));
	assert_int_equal(rules->separator, '|');
	assert_int_equal(rules->n_absent, 1);
	assert_int_equal(rules->type, PSP_TYPE_NONE);
	rules = psp_schema_rules(f.schema, psp_slice_of("X"));
	assert_int_equal(rules->scale_low, -1500000);
	assert_int_equal(rules->scale_high, 250000);
	rules = psp_schema_rules(f.schema, psp_slice_of("y"));
	assert_int_equal(rules->type, PSP_TYPE_MONEY);
	rules = psp_schema_rules(f.schema, psp_slice_of("naf25"));
	assert_int_equal(rules->version, PSP_NAF_2025);
	assert_null(psp_schema_rules(f.schema, psp_slice_of("z")));
	assert_null(psp_schema_rules(NULL, psp_slice_of("naf")));
	end(&f);
}

static void
options_are_checked(void **state)
{
	static const char *const wrong[] = { "", "a", "=b", "a=", "=" };
	struct fixture f;

	(void)state;
	begin(&f);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		psp_error_init(&f.err);
		assert_false(psp_schema_add_option(f.schema, wrong[i], &f.err));
		assert_int_equal(f.err.status, PSP_EUSAGE);
	}
	psp_error_init(&f.err);
	assert_true(psp_schema_add_option(f.schema, "naf=a=b", &f.err));
	assert_column(&f, "a;a=b", "naf", 2);
	end(&f);
}

/* Every allocation in turn fails: said as such, nothing lost. */
static void
memory_may_run_out(void **state)
{
	bool is_done = false;

	(void)state;
	for (long n = 0; !is_done; n++) {
		struct fixture f;
		struct psp_schema *schema;
		enum psp_bind_result result = PSP_BIND_FAILED;

		begin(&f);
		assert_true(psp_settings_parse(&f.settings,
		    psp_slice_of("columns: {naf: Code Ape}\n"
				 "fields: {naf: {absent: [x]}}\n"),
		    "s.yaml", &f.problems, &f.err));
		allocations_left = n;
		schema = psp_schema_new(&f.err);
		if (schema != NULL
		    && psp_schema_add_columns(schema,
			psp_node_get(f.settings.root, "columns"), &f.problems,
			&f.err)
		    && psp_schema_add_fields(schema,
			psp_node_get(f.settings.root, "fields"), &f.problems,
			&f.err)
		    && psp_schema_add_option(schema, "name=é", &f.err)) {
			struct psp_schema *old = f.schema;

			f.schema = schema;
			result = bind(&f, "a;Code App", "naf");
			is_done = result == PSP_BIND_MISSING;
			f.schema = old;
		}
		allocations_left = -1;
		assert_true(
		    is_done || f.err.status == PSP_ENOMEM
		    || (f.err.status == PSP_OK && result == PSP_BIND_FAILED));
		assert_int_equal(f.problems.n, 0);
		psp_schema_free(schema);
		end(&f);
		assert_true(n < 1000);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_go_down),
		cmocka_unit_test(
		    the_day_of_a_record_is_not_the_birth_of_a_company),
		cmocka_unit_test(a_client_is_no_better_a_name_than_a_name),
		cmocka_unit_test(two_on_a_step_are_refused),
		cmocka_unit_test(an_alias_is_its_own_header_first),
		cmocka_unit_test(plain_headers_are_found),
		cmocka_unit_test(the_user_comes_first),
		cmocka_unit_test(a_columns_file_goes_before_settings),
		cmocka_unit_test(positions_tell_repeated_headers_apart),
		cmocka_unit_test(what_is_said_takes_the_reading_of_its_header),
		cmocka_unit_test(what_is_missing_is_said),
		cmocka_unit_test(messages_are_cut_at_a_character),
		cmocka_unit_test(wrong_columns_are_told),
		cmocka_unit_test(all_that_is_wrong_is_told_at_once),
		cmocka_unit_test(rules_are_known_before_a_header),
		cmocka_unit_test(options_are_checked),
		cmocka_unit_test(memory_may_run_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
