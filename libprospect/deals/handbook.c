/* Reading a stage file as a whole; see the header. Stages: stage.c. */
#include <config.h>

#include "libprospect/deals/handbook.h"

#include <stdlib.h>

#include "libprospect/base/text.h"
#include "libprospect/deals/stage.h"

enum { KEY_SIZE = 256 };

/* The keys of a stage file. */
struct file {
	const struct psp_node *tracks, *stages, *transitions, *qualification;
	const struct psp_node *families, *alerts, *snooze_max, *currency;
};

static const struct psp_key file_keys[] = {
	PSP_KEY("tracks", PSP_KEY_MAP, struct file, tracks),
	PSP_KEY_REQUIRED("stages", PSP_KEY_MAP, struct file, stages),
	PSP_KEY("transitions", PSP_KEY_MAP, struct file, transitions),
	PSP_KEY("qualification", PSP_KEY_MAP, struct file, qualification),
	PSP_KEY("families", PSP_KEY_MAP, struct file, families),
	PSP_KEY("alerts", PSP_KEY_LIST, struct file, alerts),
	PSP_KEY("snooze_max", PSP_KEY_NODE, struct file, snooze_max),
	PSP_KEY("currency", PSP_KEY_NODE, struct file, currency),
	PSP_KEY_END,
};

static const char *const alert_names[PSP_N_ALERTS] = {
	[PSP_ALERT_STALE] = "stale",
	[PSP_ALERT_OVER_AGE] = "over_age",
	[PSP_ALERT_NO_NEXT_STEP] = "no_next_step",
	[PSP_ALERT_PAST_DUE] = "past_due",
	[PSP_ALERT_STAGE_MISMATCH] = "stage_mismatch",
	[PSP_ALERT_MISSING_FIELDS] = "missing_fields",
	[PSP_ALERT_AMOUNT_DROP] = "amount_drop",
	[PSP_ALERT_CONCENTRATION] = "concentration",
};

const char *
psp_alert_name(enum psp_alert_kind kind)
{
	return alert_names[kind];
}

/* `{suspect: [suspect], prospect: [chaud, froid], client: [client]}` */
static bool
read_tracks(
    const struct psp_handbook_reading *reading, const struct psp_node *map)
{
	struct psp_handbook *handbook = reading->handbook;
	const struct psp_node *node, *item;
	bool is_good = true;

	if (map == NULL)
		return true;
	handbook->tracks = psp_arena_array(&handbook->arena,
	    map->n_children + 1, sizeof(*handbook->tracks), reading->err);
	if (handbook->tracks == NULL)
		return false;
	for (node = map->first; node != NULL; node = node->next) {
		if (node->kind != PSP_NODE_LIST)
			is_good = psp_node_problem(node, reading->problems,
			    "track '%.*s': a list of stages expected, found %s",
			    PSP_SLICE_ARGS(node->key),
			    psp_node_kind_name(node));
		for (item = node->first; item != NULL; item = item->next) {
			size_t stage = psp_stage_named(reading, item);

			if (stage == PSP_NO_STAGE) {
				is_good = false;
				continue;
			}
			if (handbook->stages[stage].track != SIZE_MAX)
				is_good =
				    psp_node_problem(item, reading->problems,
					"stage '%.*s' is in a track already",
					PSP_SLICE_ARGS(item->text));
			handbook->stages[stage].track = handbook->n_tracks;
		}
		handbook->tracks[handbook->n_tracks++] = node->key;
	}
	return is_good;
}

static bool
read_transitions(
    const struct psp_handbook_reading *reading, const struct psp_node *map)
{
	static const char *const severities[] = { "ignore", "warn", "error",
		NULL };
	struct written {
		int skip, backward, reopen;
	} written = { PSP_SEVERITY_WARN, PSP_SEVERITY_WARN,
		PSP_SEVERITY_ERROR };
	static const struct psp_key keys[] = {
		PSP_KEY_OF("skip", struct written, skip, severities),
		PSP_KEY_OF("backward", struct written, backward, severities),
		PSP_KEY_OF("reopen", struct written, reopen, severities),
		PSP_KEY_END,
	};
	struct psp_handbook *handbook = reading->handbook;
	bool is_good = psp_settings_read(
	    map, "'transitions'", keys, NULL, &written, reading->problems);

	handbook->skip = (enum psp_severity)written.skip;
	handbook->backward = (enum psp_severity)written.backward;
	handbook->reopen = (enum psp_severity)written.reopen;
	return is_good;
}

static bool
read_roles(const struct psp_handbook_reading *reading,
    const struct psp_node *list, uint32_t *roles)
{
	const struct psp_node *item;
	bool is_good = true;

	for (item = list != NULL ? list->first : NULL; item != NULL;
	     item = item->next) {
		enum psp_role role;

		if (item->kind == PSP_NODE_SCALAR
		    && psp_role_read(item->text, &role))
			*roles |= (uint32_t)1 << role;
		else
			is_good = psp_node_problem(item, reading->problems,
			    "'%.*s' is no role: expected decision_maker, "
			    "co_decider, influencer, assistant, partner, "
			    "friend, press or unknown",
			    PSP_SLICE_ARGS(item->text));
	}
	return is_good;
}

/* `{project: {requires: [...], source_role: [...]}, lead: {else: true}}` */
static bool
read_qualification(
    const struct psp_handbook_reading *reading, const struct psp_node *map)
{
	struct written {
		const struct psp_node *project, *lead;
	} written = { NULL, NULL };
	struct project {
		const struct psp_node *requires, *source_role, *optional;
	} project = { NULL, NULL, NULL };
	struct lead {
		bool otherwise;
	} lead = { true };
	static const struct psp_key keys[] = {
		PSP_KEY_REQUIRED(
		    "project", PSP_KEY_MAP, struct written, project),
		PSP_KEY("lead", PSP_KEY_MAP, struct written, lead),
		PSP_KEY_END,
	};
	static const struct psp_key project_keys[] = {
		PSP_KEY_REQUIRED(
		    "requires", PSP_KEY_LIST, struct project, requires),
		PSP_KEY(
		    "source_role", PSP_KEY_LIST, struct project, source_role),
		PSP_KEY("optional", PSP_KEY_LIST, struct project, optional),
		PSP_KEY_END,
	};
	static const struct psp_key lead_keys[] = {
		PSP_KEY("else", PSP_KEY_BOOL, struct lead, otherwise),
		PSP_KEY_END,
	};
	struct psp_handbook *handbook = reading->handbook;
	uint32_t optional;
	bool is_good;

	if (map == NULL) {
		handbook->project_requires =
		    PSP_FACT_BIT(PSP_FACT_DECISION_MAKER)
		    | PSP_FACT_BIT(PSP_FACT_OBJECT)
		    | PSP_FACT_BIT(PSP_FACT_TIME);
		handbook->project_roles =
		    1U << PSP_ROLE_DECISION_MAKER | 1U << PSP_ROLE_CO_DECIDER;
		return true;
	}
	is_good = psp_settings_read(
	    map, "'qualification'", keys, NULL, &written, reading->problems);
	is_good = psp_settings_read(written.project, "'project'", project_keys,
		      NULL, &project, reading->problems)
	          && is_good;
	is_good = psp_settings_read(written.lead, "'lead'", lead_keys, NULL,
		      &lead, reading->problems)
	          && is_good;
	is_good = psp_facts_read(
		      reading, project.requires, &handbook->project_requires)
	          && is_good;
	is_good =
	    psp_facts_read(reading, project.optional, &optional) && is_good;
	return read_roles(
		   reading, project.source_role, &handbook->project_roles)
	       && is_good;
}

static bool
read_families(
    const struct psp_handbook_reading *reading, const struct psp_node *map)
{
	struct written {
		struct psp_slice column, separator;
		const struct psp_node *values;
	} written = { { NULL, 0 }, { NULL, 0 }, NULL };
	static const struct psp_key keys[] = {
		PSP_KEY("column", PSP_KEY_TEXT, struct written, column),
		PSP_KEY("separator", PSP_KEY_TEXT, struct written, separator),
		PSP_KEY("values", PSP_KEY_LIST, struct written, values),
		PSP_KEY_END,
	};
	struct psp_handbook *handbook = reading->handbook;
	bool is_good = psp_settings_read(
	    map, "'families'", keys, NULL, &written, reading->problems);

	if (written.separator.size > 1)
		is_good = psp_node_problem(psp_node_get(map, "separator"),
		    reading->problems, "'separator': one character expected");
	else if (written.separator.size == 1)
		handbook->family_separator = written.separator.bytes[0];
	if (written.column.size > 0
	    && !psp_slice_is(written.column, "families")) {
		struct psp_buffer option;

		/* As --column families=HEADER would say it. */
		psp_buffer_init(&option);
		if (psp_buffer_format(&option, reading->err, "families=%.*s",
			PSP_SLICE_ARGS(written.column))) {
			const char *text = psp_arena_copy(&handbook->arena,
			    psp_buffer_content(&option), reading->err);

			is_good = text != NULL
			          && psp_schema_add_option(
				      handbook->schema, text, reading->err)
			          && is_good;
		}
		psp_buffer_clear(&option);
	}
	return psp_texts_read(reading, written.values, &handbook->families,
		   &handbook->n_families)
	       && is_good;
}

/* `stale` or `amount_drop: {pct: 30}` */
static bool
read_alert(
    const struct psp_handbook_reading *reading, const struct psp_node *item)
{
	struct written {
		int64_t pct;
	} written = { 0 };
	static const struct psp_key keys[] = {
		PSP_KEY_REQUIRED("pct", PSP_KEY_NUMBER, struct written, pct),
		PSP_KEY_END,
	};
	const struct psp_node *map =
	    item->kind == PSP_NODE_MAP && item->n_children == 1 ? item->first
								: NULL;
	struct psp_slice name = map != NULL ? map->key : item->text;
	struct psp_alert_rule *rule;
	int kind = 0;

	while (kind < PSP_N_ALERTS && !psp_slice_is(name, alert_names[kind]))
		kind++;
	if (kind == PSP_N_ALERTS || item->kind == PSP_NODE_LIST)
		return psp_node_problem(item, reading->problems,
		    "'%.*s' is no alert: expected stale, over_age, "
		    "no_next_step, past_due, stage_mismatch, missing_fields, "
		    "amount_drop: {pct: 30} or concentration: {pct: 40}",
		    PSP_SLICE_ARGS(name));
	rule = &reading->handbook->alerts[kind];
	rule->is_on = true;
	if (kind != PSP_ALERT_AMOUNT_DROP && kind != PSP_ALERT_CONCENTRATION)
		return map == NULL
		       || psp_node_problem(map, reading->problems,
			   "alert '%.*s' takes no limit here: it is in the "
			   "stages",
			   PSP_SLICE_ARGS(name));
	if (map == NULL)
		return psp_node_problem(item, reading->problems,
		    "alert '%.*s' needs a limit: expected %.*s: {pct: 30}",
		    PSP_SLICE_ARGS(name), PSP_SLICE_ARGS(name));
	if (!psp_settings_read(
		map, "an alert", keys, NULL, &written, reading->problems))
		return false;
	rule->share = written.pct * (PSP_NUMBER_SCALE / 10000);
	return (written.pct > 0 && written.pct <= 10000)
	       || psp_node_problem(
		   map, reading->problems, "'pct': from 0 to 100 expected");
}

static bool
read_alerts(
    const struct psp_handbook_reading *reading, const struct psp_node *list)
{
	struct psp_handbook *handbook = reading->handbook;
	const struct psp_node *item;
	bool is_good = true;

	if (list == NULL) {
		for (int i = 0; i < PSP_ALERT_AMOUNT_DROP; i++)
			handbook->alerts[i].is_on = true;
		return true;
	}
	for (item = list->first; item != NULL; item = item->next)
		is_good = read_alert(reading, item) && is_good;
	return is_good;
}

/* From every open stage an end must be within reach, however it goes round. */
static bool
check_ends(const struct psp_handbook_reading *reading)
{
	const struct psp_handbook *handbook = reading->handbook;
	uint64_t reaches = 0; /* stages from which there is an end */
	uint64_t before;
	bool is_good = true;

	for (size_t i = 0; i < handbook->n_stages; i++)
		if (handbook->stages[i].is_won || handbook->stages[i].is_lost)
			reaches |= (uint64_t)1 << i;
	if (reaches == 0)
		return true;
	do {
		before = reaches;
		for (size_t i = 0; i < handbook->n_stages; i++)
			if (!handbook->stages[i].has_to
			    || (handbook->stages[i].to & reaches) != 0)
				reaches |= (uint64_t)1 << i;
	} while (reaches != before);
	for (size_t i = 0; i < handbook->n_stages; i++) {
		const struct psp_stage *stage = &handbook->stages[i];

		if ((reaches >> i & 1) == 0)
			is_good =
			    psp_place_problem(stage->place, reading->problems,
				"from stage '%.*s' no won or lost stage can be "
				"reached: add one to its 'to' or to that of a "
				"stage behind it",
				PSP_SLICE_ARGS(stage->name));
	}
	return is_good;
}

static bool
read_handbook(
    const struct psp_handbook_reading *reading, const struct file *file)
{
	struct psp_handbook *handbook = reading->handbook;
	bool is_good;

	if (file->stages == NULL)
		return false;
	is_good = psp_stages_read(reading, file->stages);
	if (reading->err->status != PSP_OK || handbook->stages == NULL)
		return false;
	is_good = read_tracks(reading, file->tracks) && is_good;
	is_good = read_transitions(reading, file->transitions) && is_good;
	is_good = read_qualification(reading, file->qualification) && is_good;
	is_good = read_families(reading, file->families) && is_good;
	is_good = read_alerts(reading, file->alerts) && is_good;
	is_good = psp_handbook_duration(reading, file->snooze_max,
		      &handbook->snooze_max, &handbook->has_snooze_max)
	          && is_good;
	if (file->currency != NULL
	    && (file->currency->kind != PSP_NODE_SCALAR
		|| !psp_currency_read(
		    file->currency->text, handbook->currency)))
		is_good = psp_node_problem(file->currency, reading->problems,
		    "'currency': a code such as EUR expected, found '%.*s'",
		    PSP_SLICE_ARGS(file->currency->text));
	return is_good && check_ends(reading);
}

struct psp_handbook *
psp_handbook_new(const struct psp_node *root, struct psp_schema *schema,
    int32_t today, struct psp_problems *problems, struct psp_error *err)
{
	struct psp_handbook *handbook;
	struct psp_handbook_reading reading = { NULL, problems, err };
	struct psp_file_keys common;
	struct file file = { .tracks = NULL };
	bool is_good;

	if (root == NULL) {
		psp_problems_add(problems, PSP_ESETTINGS, NULL, 0, 0,
		    "no stages to follow deals by: give a stage file with -c "
		    "FILE");
		return NULL;
	}
	handbook = calloc(1, sizeof(*handbook));
	if (handbook == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	reading.handbook = handbook;
	psp_arena_init(&handbook->arena);
	psp_map_init(&handbook->names);
	is_good = psp_file_read(
	    root, "stage settings", file_keys, &file, &common, problems);
	is_good = psp_terms_init(&handbook->terms, &common, &handbook->arena,
		      schema, today, problems, err)
	          && is_good;
	handbook->schema = schema;
	is_good =
	    err->status == PSP_OK && read_handbook(&reading, &file) && is_good;
	if (!is_good) {
		psp_handbook_free(handbook);
		return NULL;
	}
	return handbook;
}

void
psp_handbook_free(struct psp_handbook *handbook)
{
	if (handbook == NULL)
		return;
	psp_map_clear(&handbook->names);
	psp_arena_clear(&handbook->arena);
	free(handbook);
}

size_t
psp_handbook_stage(const struct psp_handbook *handbook, struct psp_slice cell)
{
	const struct psp_map_entry *entry;
	char key[KEY_SIZE];
	size_t size;

	if (!psp_text_key_into(cell, key, sizeof(key), &size))
		return PSP_NO_STAGE;
	entry = psp_map_get(&handbook->names, psp_slice(key, size));
	return entry != NULL ? entry->value : PSP_NO_STAGE;
}

size_t
psp_handbook_won(const struct psp_handbook *handbook)
{
	for (size_t i = 0; i < handbook->n_stages; i++)
		if (handbook->stages[i].is_won)
			return i;
	return PSP_NO_STAGE;
}

size_t
psp_handbook_lost(const struct psp_handbook *handbook)
{
	for (size_t i = 0; i < handbook->n_stages; i++)
		if (handbook->stages[i].is_lost)
			return i;
	return PSP_NO_STAGE;
}

enum psp_move_kind
psp_handbook_move(const struct psp_handbook *handbook, size_t from, size_t to)
{
	const struct psp_stage *stage;

	if (from >= handbook->n_stages || to >= handbook->n_stages
	    || from == to)
		return PSP_MOVE_ALLOWED;
	stage = &handbook->stages[from];
	if (stage->has_to && (stage->to >> to & 1) != 0)
		return PSP_MOVE_ALLOWED;
	if (psp_handbook_state(handbook, from) != PSP_STATE_OPEN)
		return PSP_MOVE_REOPEN;
	/* Losing a deal is a step forward from anywhere unless `to` says where
	 * it may be lost. */
	if (to < from && !handbook->stages[to].is_lost)
		return PSP_MOVE_BACKWARD;
	return stage->has_to ? PSP_MOVE_SKIP : PSP_MOVE_ALLOWED;
}

enum psp_severity
psp_handbook_severity(
    const struct psp_handbook *handbook, enum psp_move_kind kind)
{
	switch (kind) {
	case PSP_MOVE_SKIP:
		return handbook->skip;
	case PSP_MOVE_BACKWARD:
		return handbook->backward;
	case PSP_MOVE_REOPEN:
		return handbook->reopen;
	case PSP_MOVE_ALLOWED:
		break;
	}
	return PSP_SEVERITY_IGNORE;
}
